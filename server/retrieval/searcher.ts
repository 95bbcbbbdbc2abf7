import type { DocumentName } from './batch.js';
import type { Dictionary } from './dictionary.js';
import { beginningKey, openTables, type PostingList, Postings, readNumber, rootKey, type Tables, META } from './layout.js';
import { catchUp, isInLog, loadCheckpoint } from './load.js';
import { LIVE, PENDING, State } from './state.js';
import type { DocumentTerms } from './term-vector.js';

export type { PostingList } from './layout.js';

/** Reads a store, in the main thread: one consistent state until the next `refresh()`. */
export class Searcher {
  private tables: Tables | undefined;
  private state = new State();
  private readonly list = new Postings();
  private scratch = new Uint32Array(1024);

  constructor(private readonly folder: string) {}

  /** Reads what is kept in memory, in slices. Until then nothing is found. */
  async open(): Promise<void> {
    const tables = openTables(this.folder, true);
    this.tables = tables;
    await this.load(tables);
  }

  /** Takes in what was written since the last call. Costs microseconds where nothing was. */
  refresh(): void {
    const { tables, state } = this;
    if (tables === undefined) return;
    tables.root.resetReadTxn();
    if (readNumber(tables.meta, META.generation) === state.generation) return;
    if (isInLog(tables, state.generation)) catchUp(tables, state);
  }

  get generation(): number {
    return this.state.generation;
  }

  get sync(): { readonly lastTask: number | undefined; readonly syncedUpdatedAt: string | undefined; readonly pendingTasks: readonly number[] } {
    return { ...this.state.sync, pendingTasks: [...new Set(this.state.tasks.map(({ task }) => task))] };
  }

  /** Live documents. */
  get documents(): number {
    return this.state.dictionary.documents;
  }

  /** All document numbers are below. */
  get numbers(): number {
    return this.state.next;
  }

  /** The names of fields, by their numbers in term vectors. */
  get fieldNames(): readonly string[] {
    return this.state.fieldNames;
  }

  get dictionary(): Dictionary {
    return this.state.dictionary;
  }

  /** The documents that hold a root in a searched field: once a segment, so that documents rise from list to list. */
  postings(root: number, each: (list: PostingList) => void): void {
    for (const { number } of this.state.segments) this.read(rootKey(number, root), each);
  }

  /** The documents that hold a term which begins with these two or three letters. */
  beginnings(prefix: string, each: (list: PostingList) => void): void {
    for (const { number } of this.state.segments) this.read(beginningKey(number, prefix), each);
  }

  /** Valid until the next call; undefined for a dead document. */
  vector(document: number): DocumentTerms | undefined {
    const bytes = this.tables?.vectors.getBinaryFast(document);
    if (bytes === undefined) return undefined;
    const { length } = bytes;
    if (length / 4 > this.scratch.length) this.scratch = new Uint32Array(length / 2);
    new Uint8Array(this.scratch.buffer).set(bytes.subarray(0, length));
    return this.scratch.subarray(0, length / 4);
  }

  /** The version of a document; empty for a dead one. */
  stampOf(document: number): string {
    return this.nameOf(document)?.stamp ?? '';
  }

  /** The primary key of a document; empty for a dead one. */
  keyOf(document: number): string | number {
    return this.nameOf(document)?.ids[this.state.settings.primaryKey ?? ''] ?? '';
  }

  isLive(document: number): boolean {
    return this.state.statusOf(document) === LIVE;
  }

  isPending(document: number): boolean {
    return this.state.statusOf(document) === PENDING;
  }

  /** The live document with a primary key. */
  numberOf(key: string | number): number | undefined {
    return this.tables?.keys.getBinaryFast(String(key))?.readUInt32LE(0);
  }

  async close(): Promise<void> {
    await this.tables?.root.close();
    this.tables = undefined;
  }

  private async load(tables: Tables): Promise<void> {
    const loading = loadCheckpoint(tables);
    let step = loading.next();
    while (step.done !== true) {
      await new Promise((resolve) => setImmediate(resolve));
      step = loading.next();
    }
    catchUp(tables, step.value);
    this.state = step.value;
  }

  private read(key: Buffer, each: (list: PostingList) => void): void {
    const bytes = this.tables?.postings.getBinaryFast(key);
    if (bytes === undefined) return;
    this.list.read(bytes);
    each(this.list);
  }

  private nameOf(document: number): DocumentName | undefined {
    const bytes = this.tables?.documents.getBinaryFast(document);
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8', 0, bytes.length)) as DocumentName);
  }
}
