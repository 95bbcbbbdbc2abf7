import type { Batch, DocumentName } from './batch.js';
import type { CountChanges, NewWords } from './dictionary.js';
import { type Settings, Weigher } from './impact.js';
import { alignedCopy, bytesOf, META, numberBytes, openTables, pack, type Tables, unpack } from './layout.js';
import { catchUp, isInLog, loadCheckpoint } from './load.js';
import { SegmentBuilder } from './segment-builder.js';
import { type Change, type Checkpoint, LIVE, State } from './state.js';
import { Tally } from './tally.js';
import type { DocumentTerms } from './term-vector.js';
import { VectorWriter, type Numbers } from './vector-writer.js';

/** lmdb's own flags: a transaction that can be given up, is there for readers when it returns, and on disk soon after. */
const TRANSACTION = 0x1 | 0x2 | 0x10000;
/** Changes after which everything is written down anew: so many a reader may have to go through when it opens. */
const LOG_LENGTH = 256;

/** Writes to one store. Each call is one transaction: all of it happens, or nothing. Other processes may write in between. */
export class StoreWriter {
  readonly tables: Tables;
  private state: State | undefined;
  private readonly roots = new Tally();
  private readonly terms = new Tally();
  private readonly forms = new Tally();
  private liveChange = 0;
  private live = new Set<number>();
  private dead: number[] = [];
  private weigher = new Weigher(
    (name) => this.current.rankOfField(name),
    (form) => this.current.dictionary.termOfForm(form),
  );

  constructor(folder: string, version: string) {
    this.tables = openTables(folder, false);
    this.tables.root.transactionSync(() => {
      const { meta } = this.tables;
      if (meta.getBinary(META.version) !== undefined) return;
      void meta.put(META.checkpoint, pack(new State().checkpoint(0, 0)));
      void meta.put(META.generation, numberBytes(0));
      void meta.put(META.version, Buffer.from(version));
    }, TRANSACTION);
  }

  close(): Promise<void> {
    return this.tables.root.close();
  }

  add(batch: Batch, task: number | undefined): void {
    this.write(() => {
      const numbers = this.numbersOf(batch);
      const vectors = new VectorWriter(batch, numbers);
      const segment = new SegmentBuilder();
      const { next: first, nextSegment, segments } = this.current;
      const chosen = this.chosen(batch);
      chosen.forEach((index, i) => {
        const document = first + i;
        const vector = vectors.write(index);
        void this.tables.vectors.put(document, bytesOf(vector));
        void this.tables.documents.put(document, Buffer.from(JSON.stringify(batch.names[index])));
        this.index(vector, document, segment);
        if (task === undefined) this.enliven(document, batch.names[index] as DocumentName, vector);
      });
      segment.write(nextSegment, this.tables);
      const added = Uint32Array.from(chosen, (_, i) => first + i);
      const end = first + added.length;
      this.record({
        next: end,
        nextSegment: nextSegment + 1,
        segments: [...segments, { number: nextSegment, first, end, documents: added.length }],
        ...this.takeChanges(),
        ...(task === undefined ? {} : { pending: added, opened: { task, added, removed: [] } }),
      });
    });
  }

  remove(keys: readonly string[] | 'all', task: number | undefined): void {
    this.write(() => {
      if (task !== undefined) return this.record({ opened: { task, added: new Uint32Array(0), removed: keys } });
      this.removeNow(keys);
      this.record(this.takeChanges());
    });
  }

  settle(task: number, succeeded: boolean): void {
    this.write(() => {
      for (const { added, removed } of this.current.tasks.filter((pending) => pending.task === task)) {
        if (!succeeded) {
          for (const document of added) this.bury(document);
          continue;
        }
        this.removeNow(removed);
        for (const document of added) {
          this.enliven(document, this.nameOf(document) as DocumentName, this.vectorOf(document) as DocumentTerms);
        }
      }
      this.record({ settled: task, ...this.takeChanges() });
    });
  }

  note(sync: { readonly lastTask?: number; readonly syncedUpdatedAt?: string }): void {
    this.write(() => this.record({ sync: { ...this.current.sync, ...sync } }));
  }

  configure(settings: Settings): void {
    this.write(() => this.record({ settings }));
  }

  /** Documents that are no more, whatever their keys say. */
  forget(documents: Iterable<number>): void {
    this.write(() => {
      for (const document of documents) {
        const name = this.nameOf(document);
        const key = name === undefined ? undefined : this.keyOf(name);
        if (key !== undefined && this.tables.keys.getBinaryFast(key)?.readUInt32LE(0) === document) void this.tables.keys.remove(key);
        this.bury(document);
      }
      this.record(this.takeChanges());
    });
  }

  /** As of the last transaction. */
  get current(): State {
    if (this.state === undefined) throw new Error('the store is not loaded');
    return this.state;
  }

  private write(action: () => void): void {
    const { meta } = this.tables;
    try {
      this.tables.root.transactionSync(() => {
        this.catchUp();
        action();
        void meta.put(META.generation, numberBytes(this.current.generation));
        this.writeCheckpoint();
      }, TRANSACTION);
    } catch (error) {
      // What was changed in memory did not happen: it is read again.
      this.state = undefined;
      this.takeChanges();
      throw error;
    }
  }

  /** Takes in what other processes wrote. */
  catchUp(): void {
    const { tables } = this;
    if (this.state === undefined || !isInLog(tables, this.state.generation)) {
      const loading = loadCheckpoint(tables);
      let step = loading.next();
      while (step.done !== true) step = loading.next();
      this.state = step.value;
    }
    catchUp(tables, this.state);
  }

  private record(change: Change): void {
    const { tables } = this;
    const bytes = pack(change);
    this.current.apply(change);
    void tables.log.put(this.current.generation, bytes);
  }

  /** Writes down the whole state where the log has grown long, so that opening takes little time. The log is kept from the checkpoint before on, for readers. */
  private writeCheckpoint(): void {
    const { tables, current } = this;
    const old = unpack<Checkpoint>(tables.meta.getBinary(META.checkpoint) as Buffer);
    if (current.generation - old.generation < LOG_LENGTH) return;
    let { parts } = old;
    for (const words of current.dictionary.since(old.words)) void tables.words.put(parts++, pack(words));
    void tables.meta.put(META.checkpoint, pack(current.checkpoint(parts, old.generation)));
    for (let generation = old.previous + 1; generation <= old.generation; generation += 1) void tables.log.remove(generation);
  }

  /** Gives numbers to what the batch brings. */
  private numbersOf(batch: Batch): Numbers {
    const { dictionary, fieldNames } = this.current;
    const { rootCount, termCount, formCount } = dictionary;
    const roots: string[] = [];
    const rootNumbers = batch.roots.map((root) => dictionary.findRoot(root) ?? rootCount + roots.push(root) - 1);
    const terms: string[] = [];
    const termRoots: number[] = [];
    const termNumbers = batch.terms.map((term, i) => {
      const known = dictionary.findTerm(term);
      if (known !== undefined) return known;
      termRoots.push(rootNumbers[batch.termRoots[i] as number] as number);
      return termCount + terms.push(term) - 1;
    });
    const spellings: string[] = [];
    const formTerms: number[] = [];
    const forms = Uint32Array.from(batch.spellings, (spelling, i) => {
      const term = termNumbers[batch.formTerms[i] as number] as number;
      const known = term < termCount ? dictionary.findForm(term, spelling) : undefined;
      if (known !== undefined) return known;
      formTerms.push(term);
      return formCount + spellings.push(spelling) - 1;
    });
    const words: NewWords = { roots, terms, termRoots: Uint32Array.from(termRoots), spellings, formTerms: Uint32Array.from(formTerms) };
    const fields = batch.fields.filter((field) => !fieldNames.includes(field));
    if (spellings.length + fields.length > 0) this.record({ words, fields });
    const names = this.current.fieldNames;
    return {
      forms,
      roots: forms.map((form) => dictionary.rootOfForm(form)),
      fields: Uint32Array.from(batch.fields, (field) => names.indexOf(field)),
    };
  }

  /** The documents of a batch that count: of several with one key the last. */
  private chosen(batch: Batch): readonly number[] {
    const last = new Map<string | number, number>();
    batch.names.forEach((name, index) => {
      last.set(this.keyOf(name) ?? index, index);
    });
    return [...last.values()].sort((a, b) => a - b);
  }

  private keyOf({ ids }: DocumentName): string | undefined {
    const { primaryKey } = this.current.settings;
    const key = primaryKey === undefined ? undefined : ids[primaryKey];
    return key === undefined ? undefined : String(key);
  }

  private index(vector: DocumentTerms, document: number, segment: SegmentBuilder): void {
    const { dictionary } = this.current;
    this.weigher.weigh(
      vector,
      (root, impact, mask) => segment.addRoot(root, document, impact, mask),
      (term, impact, mask) => segment.addTerm(term, dictionary.textOfTerm(term), document, impact, mask),
      () => undefined,
    );
  }

  /** Makes a document the one of its key. */
  private enliven(document: number, name: DocumentName, vector: DocumentTerms): void {
    const key = this.keyOf(name);
    if (key !== undefined) {
      const old = this.tables.keys.getBinaryFast(key)?.readUInt32LE(0);
      if (old !== undefined) this.bury(old);
      void this.tables.keys.put(key, numberBytes(document));
    }
    this.live.add(document);
    this.count(vector, 1);
  }

  private removeNow(keys: readonly string[] | 'all'): void {
    const { tables } = this;
    for (const key of keys === 'all' ? [...tables.keys.getKeys()] : keys) {
      const document = tables.keys.getBinaryFast(key)?.readUInt32LE(0);
      if (document === undefined) continue;
      void tables.keys.remove(key);
      this.bury(document);
    }
  }

  /** A document is no more: what it held is taken off the counts. Its postings go when its segment is merged. */
  private bury(document: number): void {
    const vector = this.vectorOf(document);
    if (vector === undefined) return;
    if (this.live.delete(document) || this.current.statusOf(document) === LIVE) this.count(vector, -1);
    this.dead.push(document);
    void this.tables.vectors.remove(document);
    void this.tables.documents.remove(document);
  }

  private count(vector: DocumentTerms, change: number): void {
    this.liveChange += change;
    this.weigher.weigh(
      vector,
      (root) => this.roots.add(root, change),
      (term) => this.terms.add(term, change),
      (form) => this.forms.add(form, change),
    );
  }

  /** What documents came alive and died since the last call, and what that does to the counts. */
  private takeChanges(): { readonly counts: CountChanges; readonly live: Uint32Array; readonly dead: Uint32Array } {
    const live = Uint32Array.from(this.live);
    const dead = Uint32Array.from(this.dead);
    const counts = { documents: this.liveChange, roots: this.roots.take(), terms: this.terms.take(), forms: this.forms.take() };
    this.liveChange = 0;
    this.live.clear();
    this.dead = [];
    return { counts, live, dead };
  }

  private nameOf(document: number): DocumentName | undefined {
    const bytes = this.tables.documents.getBinary(document);
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as DocumentName);
  }

  private vectorOf(document: number): DocumentTerms | undefined {
    const bytes = this.tables.vectors.getBinaryFast(document);
    return bytes === undefined ? undefined : alignedCopy(bytes);
  }
}
