import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Batch, BatchBuilder, type DocumentName, type TextWords } from './batch.js';
import type { Settings } from './impact.js';
import { numberedFolder } from './layout.js';
import { chooseMerge, claim, merge, sweep } from './merge.js';
import { LIVE, type State } from './state.js';
import { TermsReader } from './term-vector.js';
import { StoreWriter } from './writer.js';

/** Documents that are copied at a time, and that may be left when the store is closed for writing while the last ones are. */
const COPIED_AT_ONCE = 250;
/** After so many times over all documents the rest is copied at once, however much still comes in. */
const MOST_ROUNDS = 4;
/** In place of the number of a copy, where the new store does not take the document: it has no key there, or another has the same. */
const NOT_COPIED = -1;
const BUILDING = 'building';
/** Numbers that may be unused for each one in use, beside some: what a search keeps for each number must not outgrow the store. */
const NUMBERS_PER_DOCUMENT = 4;
const NUMBERS_TO_SPARE = 200_000;

/** Whether a store must be made anew: for other settings, or because most of its document numbers are of dead documents. */
export function isWorn(state: State): boolean {
  const waiting = state.now.tasks.reduce((sum, { added }) => sum + added.length, 0);
  return state.now.target !== null || state.now.next > NUMBERS_PER_DOCUMENT * (state.dictionary.documents + waiting) + NUMBERS_TO_SPARE;
}

/**
 * Makes a store anew from its term vectors, in a folder beside it: with other settings, without numbers and words that nobody needs. Documents are copied while the old store is
 * written to; at the end it is closed for writing for a moment, gets what came meanwhile, and names the folder as its successor.
 */
export function* rebuild(old: StoreWriter, version: string, by: string): Generator<undefined> {
  if (!old.write(() => claim(old, by))) return;
  const base = dirname(old.folder);
  const successor = Number(basename(old.folder)) + 1;
  for (const name of readdirSync(base))
    if (name.startsWith(BUILDING) || Number(name) >= successor) rmSync(join(base, name), { recursive: true });
  const folder = join(base, `${BUILDING}-${by}`);
  mkdirSync(folder, { recursive: true });
  const wanted = (): Settings => old.current.now.target ?? old.current.now.settings;
  const settings = wanted();
  const fresh = new StoreWriter(folder, version);
  let isDone = false;
  try {
    fresh.configure(settings);
    const copy = new Copy(old, fresh, settings);
    while (copy.rounds < MOST_ROUNDS && copy.next() > 0) {
      yield;
      if (!old.write(() => claim(old, by))) return;
      yield* tidy(fresh, by);
    }
    isDone = old.write(() => {
      // Where other settings came meanwhile it was in vain.
      if (old.current.now.claim?.by !== by || wanted() !== settings) return false;
      copy.finish();
      renameSync(folder, numberedFolder(base, successor));
      old.record({ successor, claim: null });
      return true;
    });
  } finally {
    void fresh.close();
    if (!isDone) rmSync(folder, { recursive: true, force: true });
  }
}

/** Merges all there is to merge in a store that nobody reads yet. */
function* tidy(writer: StoreWriter, by: string): Generator<undefined> {
  for (let sources = chooseMerge(writer.current); sources.length > 0; sources = chooseMerge(writer.current)) {
    yield* merge(writer, sources, by);
    yield* sweep(writer, 0);
  }
}

/** Copies documents from store to store, as if they were added. */
class Copy {
  /** For each document of the old store that was copied its number in the new one. */
  private readonly copies = new Map<number, number>();
  private readonly reader = new TermsReader();
  private at = 0;
  /** How many times it went over all documents. */
  rounds = 0;

  constructor(
    private readonly old: StoreWriter,
    private readonly fresh: StoreWriter,
    private readonly settings: Settings,
  ) {}

  /** Copies some documents that are live and not copied yet. Returns how many there were. */
  next(): number {
    const numbers = this.missing(COPIED_AT_ONCE);
    if (numbers.length > 0) this.add(numbers, undefined);
    return numbers.length;
  }

  /** The rest, while nobody writes: the documents that came or went meanwhile, and those that wait for a task. */
  finish(): void {
    const { fresh, old } = this;
    while (this.next() > 0);
    const { current } = old;
    fresh.forget(
      [...this.copies].filter(([number, copy]) => copy !== NOT_COPIED && current.statusOf(number) !== LIVE).map(([, copy]) => copy),
    );
    for (const { task, added, removed } of current.now.tasks) {
      if (added.length > 0) this.add([...added], task);
      if (removed.length > 0) fresh.remove(removed, task);
    }
    const { lastTask, syncedUpdatedAt } = current.now.sync;
    fresh.note({ ...(lastTask === undefined ? {} : { lastTask }), ...(syncedUpdatedAt === undefined ? {} : { syncedUpdatedAt }) });
  }

  private missing(most: number): number[] {
    const { current } = this.old;
    const numbers: number[] = [];
    // Twice: documents behind those that were looked at may have come alive.
    for (let round = 0; round < 2 && numbers.length === 0; round += 1) {
      for (; this.at < current.now.next && numbers.length < most; this.at += 1) {
        if (current.statusOf(this.at) === LIVE && !this.copies.has(this.at)) numbers.push(this.at);
      }
      if (this.at < current.now.next) break;
      this.at = 0;
      this.rounds += 1;
    }
    return numbers;
  }

  private add(numbers: readonly number[], task: number | undefined): void {
    const { first, chosen } = this.fresh.add(this.batchOf(numbers), task);
    for (const number of numbers) this.copies.set(number, NOT_COPIED);
    chosen.forEach((index, i) => {
      this.copies.set(numbers[index] as number, first + i);
    });
  }

  private batchOf(numbers: readonly number[]): Batch {
    const builder = new BatchBuilder(this.settings.primaryKey);
    for (const number of numbers) builder.add(this.old.nameOf(number) as DocumentName, this.textsOf(number));
    return builder.take();
  }

  /** The words of a document, in the order of its texts. */
  private textsOf(document: number): TextWords[] {
    const { reader } = this;
    const { dictionary, now } = this.old.current;
    const vector = this.old.vectorOf(document);
    if (vector === undefined) return [];
    reader.open(vector);
    const forms: number[][] = [];
    for (let order = 0; order < reader.size; order += 1) {
      for (let at = reader.from(order); at < reader.to(order); at += 1) {
        const position = reader.positionAt(at);
        forms[position] = [...(forms[position] ?? []), reader.termAt(order)];
      }
    }
    const textOf = (form: number): string => dictionary.textOfTerm(dictionary.termOfForm(form));
    // A compound stands where its first part does, and is longer than that.
    for (const all of forms) if (all !== undefined && all.length > 1) all.sort((a, b) => textOf(b).length - textOf(a).length);
    const texts: TextWords[] = [];
    let sentence = 0;
    reader.fields((name, first, length) => {
      const words = forms.slice(first, first + length).flatMap((all, i) => {
        sentence = reader.sentenceOf(first + i, sentence);
        return all.map((form, nth) => ({
          spelling: dictionary.spellingOfForm(form),
          term: textOf(form),
          root: dictionary.textOfRoot(dictionary.rootOfForm(form)),
          sentence,
          ...(nth < all.length - 1 && { isWhole: true as const }),
        }));
      });
      texts.push({ field: now.fieldNames[name] as string, words });
    });
    return texts;
  }
}
