import type { Database } from 'lmdb';
import type { DocumentName } from './batch.js';
import type { Dictionary } from './dictionary.js';
import type { Settings } from './impact.js';
import {
  beginningKey,
  currentFolder,
  isKey,
  META,
  openTables,
  type PostingList,
  Postings,
  pairKey,
  readNumber,
  type Tables,
  termKey,
} from './layout.js';
import { catchUp, isInLog, loadCheckpoint } from './load.js';
import { LIVE, PENDING, State } from './state.js';
import { StoreError, toStoreError } from './store-error.js';

export type { PostingList } from './layout.js';

/** Milliseconds that taking in news may hold the event loop; the rest follows in the next turns. */
const REFRESH_BUDGET = 15;

/** Reads a store, in the main thread: one consistent state until the next `refresh()`. */
export class Searcher {
  private tables: Tables | undefined;
  private state = new State();
  private readonly list = new Postings();
  private isLoading = false;
  /** Read anew: taken at the next `refresh`. */
  private fresh: { readonly tables: Tables; readonly state: State } | undefined;
  private isBehind = false;
  private isClosed = false;

  /**
   * @param base where the store's folders lie
   * @param prepare opens the folder in which the store is now for writing, in the worker: within a process lmdb opens a file once for all threads, by the first one's rights
   */
  constructor(
    private readonly base: string,
    private readonly prepare: () => Promise<void>,
  ) {}

  /** Reads what is kept in memory, in slices. Until then nothing is found. */
  async open(): Promise<void> {
    await this.prepare();
    const folder = currentFolder(this.base);
    if (folder === undefined) throw new StoreError('gone', `there is no store in ${this.base}`);
    await this.load(openTables(folder, true));
    this.refresh();
  }

  /** Takes in what was written since the last call. Costs microseconds where nothing was. */
  refresh(): void {
    this.adopt();
    const { tables, state } = this;
    if (tables === undefined || this.isLoading) return;
    try {
      tables.root.resetReadTxn();
      if (!isInLog(tables, state.generation)) {
        this.reload(() => this.load(tables));
        return;
      }
      // Behind the floor postings would be missing: then it takes as long as it takes.
      const isBelow = state.generation < readNumber(tables.meta, META.floor);
      catchUp(tables, state, isBelow ? undefined : performance.now() + REFRESH_BUDGET);
      if (state.generation < readNumber(tables.meta, META.generation)) this.refreshSoon();
      else if (state.now.successor !== null) this.reload(() => this.open());
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** What was taken in is put in order before more is, each in a turn of its own: all at once, an upload of many new words would hold the event loop for a fifth of a second. */
  private refreshSoon(): void {
    if (this.isBehind) return;
    this.isBehind = true;
    setImmediate(() => {
      this.dictionary.sort();
      setImmediate(() => {
        this.isBehind = false;
        try {
          this.refresh();
        } catch {
          // Whoever searches next is told.
        }
      });
    });
  }

  private adopt(): void {
    const { fresh, tables: old } = this;
    if (fresh === undefined) return;
    this.fresh = undefined;
    this.tables = fresh.tables;
    this.state = fresh.state;
    if (old !== undefined && old !== fresh.tables) void old.root.close();
  }

  /** Reads everything anew; until that is done goes on with the old state. */
  private reload(load: () => Promise<void>): void {
    this.isLoading = true;
    load()
      .catch(() => undefined)
      .finally(() => {
        this.isLoading = false;
      });
  }

  private async load(tables: Tables): Promise<void> {
    try {
      const loading = loadCheckpoint(tables);
      let step = loading.next();
      while (step.done !== true) {
        await new Promise((resolve) => setImmediate(resolve));
        step = loading.next();
      }
      const state = step.value;
      while (state.generation < readNumber(tables.meta, META.generation)) {
        // So much was written meanwhile that the log was cut.
        if (!isInLog(tables, state.generation)) return await this.load(tables);
        catchUp(tables, state, performance.now() + REFRESH_BUDGET);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (this.isClosed) await tables.root.close();
      else this.fresh = { tables, state };
    } catch (error) {
      throw toStoreError(error);
    }
  }

  get generation(): number {
    return this.state.generation;
  }

  get sync(): {
    readonly lastTask: number | undefined;
    readonly syncedUpdatedAt: string | undefined;
    readonly pendingTasks: readonly number[];
  } {
    return { ...this.state.now.sync, pendingTasks: [...new Set(this.state.now.tasks.map(({ task }) => task))] };
  }

  /** Tasks after the last one of `sync` whose work is in the store, whichever process wrote it. */
  get doneTasks(): readonly number[] {
    return this.state.now.done;
  }

  /** What impacts, masks and counts are made by. */
  get settings(): Settings {
    return this.state.now.settings;
  }

  /** Live documents. */
  get documents(): number {
    return this.state.dictionary.documents;
  }

  /** In how many parts the postings lie. */
  get segments(): number {
    return this.state.now.segments.length;
  }

  /** All document numbers are below. */
  get numbers(): number {
    return this.state.now.next;
  }

  /** The names of fields, by their numbers in term vectors. */
  get fieldNames(): readonly string[] {
    return this.state.now.fieldNames;
  }

  /** The rank of a field among those that are searched, by the number of its name; -1 where it is not. */
  rankOf(name: number): number {
    return this.state.rankOfField(name);
  }

  get dictionary(): Dictionary {
    return this.state.dictionary;
  }

  /** The documents that hold a term in a searched field: once a segment, so that documents rise from list to list. */
  postings(term: number, each: (list: PostingList) => void): void {
    for (const { number } of this.state.now.segments) this.read(termKey(number, term), each);
  }

  /** The documents that hold a term which begins with these two or three letters. */
  beginnings(prefix: string, each: (list: PostingList) => void): void {
    for (const { number } of this.state.now.segments) this.read(beginningKey(number, prefix), each);
  }

  /** The documents in which a word stands before one that begins with a letter; see `pairOf`. */
  pairs(pair: number, each: (list: PostingList) => void): void {
    for (const { number } of this.state.now.segments) this.read(pairKey(number, pair), each);
  }

  /** The term vector of a document, for `PackedTerms`. Valid until the next call; undefined for a dead document. */
  vector(document: number): Uint8Array | undefined {
    return this.get(this.tables?.vectors, document);
  }

  /** The version of a document; empty for a dead one. */
  stampOf(document: number): string {
    const bytes = this.get(this.tables?.documents, document);
    return bytes === undefined ? '' : stampIn(bytes, bytes.length);
  }

  /** The primary key of a document; empty for a dead one. */
  keyOf(document: number): string | number {
    return this.nameOf(document)?.ids[this.state.now.settings.primaryKey ?? ''] ?? '';
  }

  /** What decides between documents that answer alike, the lower first: the same in every store of an index. */
  tieBreakOf(document: number): number {
    return this.state.tieBreakOf(document);
  }

  isLive(document: number): boolean {
    return this.state.statusOf(document) === LIVE;
  }

  isPending(document: number): boolean {
    return this.state.statusOf(document) === PENDING;
  }

  /** The live document with a primary key. */
  numberOf(key: string | number): number | undefined {
    return isKey(String(key)) ? this.get(this.tables?.keys, String(key))?.readUInt32LE(0) : undefined;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.adopt();
    await this.tables?.root.close();
    this.tables = undefined;
  }

  private read(key: Buffer, each: (list: PostingList) => void): void {
    const bytes = this.get(this.tables?.postings, key);
    if (bytes === undefined) return;
    this.list.read(bytes);
    each(this.list);
  }

  private get<K extends string | number | Uint8Array>(table: Database<Buffer, K> | undefined, key: K): Buffer | undefined {
    try {
      return table?.getBinaryFast(key);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  private nameOf(document: number): DocumentName | undefined {
    const bytes = this.get(this.tables?.documents, document);
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8', 0, bytes.length)) as DocumentName);
  }
}

/** A search needs the stamps of hundreds of documents, and nothing else of their names: `{"stamp":"...",`. */
function stampIn(bytes: Buffer, length: number): string {
  const start = STAMP_AT.length;
  const stamp = bytes.toString('latin1', start, bytes.indexOf(QUOTE, start));
  // Not one that we made.
  const isPlain = /^[\w-]+$/.test(stamp) && bytes.toString('latin1', 0, start) === STAMP_AT;
  return isPlain ? stamp : (JSON.parse(bytes.toString('utf8', 0, length)) as DocumentName).stamp;
}

const STAMP_AT = '{"stamp":"';
const QUOTE = 0x22;
