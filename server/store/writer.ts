import type { Batch, DocumentName } from './batch.js';
import { type CountChanges, inParts } from './dictionary.js';
import { ranksOf, type Settings, Weigher } from './impact.js';
import { APPEND, isKey, META, numberBytes, openTables, pack, readNumber, type Tables, unpack } from './layout.js';
import { catchUp, isInLog, loadCheckpoint } from './load.js';
import { PairReader } from './pairs.js';
import { SegmentBuilder } from './segment-builder.js';
import { type Change, type Checkpoint, LIVE, type Segment, State } from './state.js';
import { StoreError, toStoreError } from './store-error.js';
import { Tally } from './tally.js';
import type { DocumentTerms } from './term-vector.js';
import { VectorDecoder, VectorEncoder } from './vector-codec.js';
import { type Numbers, VectorWriter } from './vector-writer.js';

/** lmdb's own flags: a transaction that can be given up, is there for readers when it returns, and on disk soon after. */
const TRANSACTION = 0x1 | 0x2 | 0x10000;
/** Changes, or bytes of them, after which everything is written down anew: so many a reader may have to go through when it opens. */
const LOG_LENGTH = 256;
const LOG_BYTES = 4 * 1024 * 1024;

/** The store goes on in another folder. */
export class Moved extends Error {
  constructor(readonly successor: number) {
    super(`the store has moved to folder ${successor}`);
  }
}

/** Writes to one store. Each call is one transaction: all of it happens, or nothing. Other processes may write in between. */
export class StoreWriter {
  readonly tables: Tables;
  private state: State | undefined;
  private readonly roots = new Tally();
  private readonly terms = new Tally();
  private readonly forms = new Tally();
  private liveChange = 0;
  /** Of changes since this writer saw a checkpoint. */
  private logBytes = 0;
  private live = new Set<number>();
  private dead: number[] = [];
  private readonly encoder = new VectorEncoder();
  private readonly decoder = new VectorDecoder();
  private readonly pairs = new PairReader(
    (name) => this.current.rankOfField(name),
    () => this.current.dictionary,
  );
  private readonly weigher = new Weigher(
    (name) => this.current.rankOfField(name),
    (form) => this.current.dictionary.termOfForm(form),
  );

  /** @param between called before each document of a batch: a place to rest */
  constructor(
    readonly folder: string,
    version: string,
    private readonly between: () => void = () => undefined,
  ) {
    this.tables = openTables(folder, false);
    const { meta, root } = this.tables;
    root.transactionSync(() => {
      const found = meta.getBinary(META.version)?.toString();
      if (found === version) return;
      if (found !== undefined) throw new StoreError('damaged', `the store in ${folder} is of version ${found}, not ${version}`);
      meta.putSync(META.checkpoint, pack(new State().checkpoint(0, 0)));
      meta.putSync(META.generation, numberBytes(0));
      meta.putSync(META.version, Buffer.from(version));
    }, TRANSACTION);
  }

  close(): Promise<void> {
    return this.tables.root.close();
  }

  /** As of the last transaction. */
  get current(): State {
    return this.state ?? this.catchUp();
  }

  /** Returns the numbers of those documents of the batch that count, by their places in it, and the number of the first one. */
  add(batch: Batch, task: number | undefined): { readonly first: number; readonly chosen: readonly number[] } {
    return this.write(() => this.put(batch, task));
  }

  /**
   * Adds documents that were read from Meilisearch, unless others came or went since: what was read may be older than those.
   *
   * @param since `documentsChanged` of the time before they were read
   * @returns how many; undefined where nothing was written
   */
  addUnchanged(batch: Batch, since: number): number | undefined {
    return this.write(() => (this.current.documentsChanged === since ? this.put(batch, undefined).chosen.length : undefined));
  }

  private put(batch: Batch, task: number | undefined): { readonly first: number; readonly chosen: readonly number[] } {
    const vectors = new VectorWriter(batch, this.numbersOf(batch));
    const segment = new SegmentBuilder(this.current.dictionary, batch.texts.length);
    const { next: first, nextSegment, segments } = this.current.now;
    const chosen = this.chosen(batch, task === undefined);
    if (chosen.length === 0) return { first, chosen };
    chosen.forEach((index, i) => {
      this.between();
      const document = first + i;
      const vector = vectors.write(index);
      this.tables.vectors.putSync(document, this.encoder.encode(vector), APPEND);
      this.tables.documents.putSync(document, Buffer.from(JSON.stringify(batch.names[index])), APPEND);
      if (task === undefined) this.take(document, batch.names[index] as DocumentName);
      this.index(vector, document, segment, task === undefined);
    });
    segment.write(nextSegment, this.tables);
    const added = Uint32Array.from(chosen, (_, i) => first + i);
    const end = first + added.length;
    this.record({
      next: end,
      tieBreaks: Uint32Array.from(chosen, (index) => hashOf((batch.names[index] as DocumentName).stamp)),
      nextSegment: nextSegment + 1,
      segments: [...segments, { number: nextSegment, first, end, documents: added.length }],
      ...this.takeChanges(),
      ...(task === undefined ? {} : { pending: added, opened: { task, added, removed: [] } }),
    });
    return { first, chosen };
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
      const own = this.current.now.tasks.filter((pending) => pending.task === task);
      if (own.length === 0) return;
      for (const { added, removed } of own) {
        if (succeeded) this.removeNow(removed);
        for (const document of added) {
          const name = this.nameOf(document);
          if (!succeeded || name === undefined || this.keyOf(name) === undefined) this.bury(document);
          else {
            this.take(document, name);
            this.count(this.vectorOf(document) as DocumentTerms, 1);
          }
        }
      }
      this.record({ settled: task, ...(succeeded && { done: task }), ...this.takeChanges() });
    });
  }

  note(sync: { readonly lastTask?: number; readonly syncedUpdatedAt?: string }): void {
    this.write(() => this.record({ sync: { ...this.current.now.sync, ...sync } }));
  }

  /** Takes new settings, or, where they change what documents are worth, notes that the store is to be made anew. */
  configure(settings: Settings): void {
    this.write(() => {
      const { dictionary, now } = this.current;
      if (isSame(settings, now.target ?? now.settings)) return;
      const ranksBy = (other: Settings): readonly number[] => ranksOf(now.fieldNames, other);
      const isAsBefore = isSame(ranksBy(settings), ranksBy(now.settings));
      const isKeyed = settings.primaryKey !== now.settings.primaryKey && dictionary.documents > 0;
      const isEmpty = dictionary.documents === 0 && now.tasks.length === 0;
      if (isEmpty || (isAsBefore && !isKeyed)) this.record({ settings, target: null });
      // Documents that wait cannot come alive without a key: it is taken at once where no other documents have keys.
      else if (dictionary.documents === 0)
        this.record({ settings: { ...now.settings, primaryKey: settings.primaryKey }, target: settings });
      else this.record({ target: settings });
    });
  }

  /** Documents that are no more, whatever their keys say. */
  forget(documents: Iterable<number>): void {
    this.write(() => {
      for (const document of documents) {
        const key = this.keyOf(this.nameOf(document));
        if (key !== undefined && this.numberOf(key) === document) this.tables.keys.removeSync(key);
        this.bury(document);
      }
      this.record(this.takeChanges());
    });
  }

  /** Does something in one transaction, on top of all that others have written. */
  write<T>(action: () => T): T {
    const { meta, root } = this.tables;
    try {
      return root.transactionSync(() => {
        this.catchUp();
        const { generation, now } = this.current;
        if (now.successor !== null) throw new Moved(now.successor);
        const result = action();
        if (this.current.generation === generation) return result;
        meta.putSync(META.generation, numberBytes(this.current.generation));
        this.writeCheckpoint();
        return result;
      }, TRANSACTION);
    } catch (error) {
      // What was changed in memory did not happen: it is read again.
      this.state = undefined;
      this.takeChanges();
      throw error instanceof Moved ? error : toStoreError(error, this.folder);
    }
  }

  /** To be called within `write`. */
  record(change: Change): void {
    const bytes = pack(change);
    this.logBytes += bytes.length;
    this.current.apply(change);
    this.tables.log.putSync(this.current.generation, bytes, APPEND);
  }

  nameOf(document: number): DocumentName | undefined {
    const bytes = this.tables.documents.getBinary(document);
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString()) as DocumentName);
  }

  /** Valid until the next call. */
  vectorOf(document: number): DocumentTerms | undefined {
    const bytes = this.tables.vectors.getBinaryFast(document);
    const { dictionary } = this.current;
    return bytes === undefined ? undefined : this.decoder.decode(bytes, bytes.length, (form) => dictionary.rootOfForm(form));
  }

  /** Takes in what other processes wrote. */
  catchUp(): State {
    const { tables } = this;
    if (this.state === undefined || !isInLog(tables, this.state.generation)) {
      const loading = loadCheckpoint(tables);
      let step = loading.next();
      while (step.done !== true) step = loading.next();
      this.state = step.value;
    }
    catchUp(tables, this.state);
    return this.state;
  }

  /** Writes down the whole state where the log has grown long, so that opening takes little time. The log is kept from the checkpoint before on, for readers. */
  private writeCheckpoint(): void {
    const { tables, current } = this;
    const length = current.generation - readNumber(tables.meta, META.checkpointed);
    if (length < LOG_LENGTH && this.logBytes < LOG_BYTES) return;
    this.logBytes = 0;
    // Readers that were killed would keep old pages from being used again.
    tables.root.readerCheck();
    const old = unpack<Checkpoint>(tables.meta.getBinary(META.checkpoint) as Buffer);
    let { parts } = old;
    for (const words of current.dictionary.since(old.words)) tables.words.putSync(parts++, pack(words));
    tables.meta.putSync(META.checkpoint, pack(current.checkpoint(parts, old.generation)));
    tables.meta.putSync(META.checkpointed, numberBytes(current.generation));
    for (let generation = old.previous + 1; generation <= old.generation; generation += 1) tables.log.removeSync(generation);
  }

  /** Gives numbers to what the batch brings. */
  private numbersOf(batch: Batch): Numbers {
    const { dictionary, now } = this.current;
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
    // In parts, so that readers can take them in between searches.
    const words = { roots, terms, termRoots: Uint32Array.from(termRoots), spellings, formTerms: Uint32Array.from(formTerms) };
    for (const part of inParts(words)) this.record({ words: part });
    const fields = batch.fields.filter((field) => !now.fieldNames.includes(field));
    if (fields.length > 0) this.record({ fields });
    const names = this.current.now.fieldNames;
    return {
      forms,
      roots: forms.map((form) => dictionary.rootOfForm(form)),
      fields: Uint32Array.from(batch.fields, (field) => names.indexOf(field)),
    };
  }

  /** The documents of a batch that count: of several with one key the last. */
  private chosen(batch: Batch, isLive: boolean): readonly number[] {
    const last = new Map<string | number, number>();
    batch.names.forEach((name, index) => {
      const key = this.keyOf(name);
      // Of one that waits the primary key may still become known.
      if (key !== undefined || !isLive) last.set(key ?? index, index);
    });
    return [...last.values()].sort((a, b) => a - b);
  }

  private keyOf(name: DocumentName | undefined): string | undefined {
    const key = name?.ids[this.current.now.settings.primaryKey ?? ''];
    return key === undefined || !isKey(String(key)) ? undefined : String(key);
  }

  /** The live document with a primary key. */
  numberOf(key: string): number | undefined {
    return this.tables.keys.getBinaryFast(key)?.readUInt32LE(0);
  }

  /** Puts a document's words into a segment, and, of one that is live, into the counts. */
  private index(vector: DocumentTerms, document: number, segment: SegmentBuilder, isLive: boolean): void {
    if (isLive) this.liveChange += 1;
    this.weigher.weigh(
      vector,
      (root) => {
        if (isLive) this.roots.add(root, 1);
      },
      (term, impact, mask) => {
        segment.addTerm(term, document, impact, mask);
        if (isLive) this.terms.add(term, 1);
      },
      (form) => {
        if (isLive) this.forms.add(form, 1);
      },
    );
    this.pairs.read(vector, (pair, impact, mask) => segment.addPair(pair, document, impact, mask));
  }

  /** Makes a document the one of its key. */
  private take(document: number, name: DocumentName): void {
    const key = this.keyOf(name);
    if (key !== undefined) {
      const old = this.numberOf(key);
      if (old !== undefined) this.bury(old);
      this.tables.keys.putSync(key, numberBytes(document));
    }
    this.live.add(document);
  }

  private removeNow(keys: readonly string[] | 'all'): void {
    if (keys === 'all') this.clear();
    else
      for (const key of keys) {
        const document = this.numberOf(key);
        if (document === undefined) continue;
        this.tables.keys.removeSync(key);
        this.bury(document);
      }
  }

  /** Drops all live documents at once. Those that wait for a task stay. */
  private clear(): void {
    const { tables, current } = this;
    this.takeChanges();
    const waiting = current.now.tasks.flatMap(({ added }) => [...added]);
    const kept = waiting.map((document) => [document, tables.documents.getBinary(document), tables.vectors.getBinary(document)] as const);
    for (const table of [tables.keys, tables.documents, tables.vectors]) table.clearSync();
    for (const [document, name, vector] of kept) {
      if (name === undefined || vector === undefined) continue;
      tables.documents.putSync(document, name);
      tables.vectors.putSync(document, vector);
    }
    const isWaiting = ({ first, end }: Segment): boolean => waiting.some((document) => document >= first && document < end);
    const segments = current.now.segments.filter(isWaiting);
    this.record({
      cleared: true,
      segments,
      ...this.retire(current.now.segments.filter((segment) => !segments.includes(segment)).map(({ number }) => number)),
    });
  }

  /** Segments that are no longer searched: they are deleted when every reader has gone on. */
  retire(segments: readonly number[]): Pick<Change, 'retired'> {
    const { generation, now } = this.current;
    return { retired: [...now.retired, ...segments.map((segment) => ({ segment, generation: generation + 1, at: Date.now() }))] };
  }

  /** A document is no more: what it held is taken off the counts. Its postings go when its segment is merged. */
  private bury(document: number): void {
    const vector = this.vectorOf(document);
    if (vector === undefined) return;
    if (this.live.delete(document) || this.current.statusOf(document) === LIVE) this.count(vector, -1);
    this.dead.push(document);
    this.tables.vectors.removeSync(document);
    this.tables.documents.removeSync(document);
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
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** FNV-1a, 32 bits (Fowler, Noll & Vo). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
