import { setImmediate as nextTurn } from 'node:timers/promises';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { fetchDocuments, type Wanted } from '../meilisearch/fetch-documents.js';
import type { EngineAnswer, EngineHttp } from '../meilisearch/http.js';
import { patiently } from '../meilisearch/patiently.js';
import { isReserved, isShadow, ownFields, STAMP } from '../shadow/shadow.js';
import { type Batch, BatchBuilder, type DocumentName } from './batch.js';
import type { Lease } from './lease.js';
import type { Progress } from './requests.js';
import { LIVE } from './state.js';
import { wordsOfDocument } from './words.js';
import type { StoreWriter } from './writer.js';

/** What a store is compared with. */
export interface Compared {
  readonly engine: EngineAddress;
  readonly uid: string;
  readonly primaryKey: string;
  /** Only these documents; undefined: all. */
  readonly keys?: readonly string[];
  /** Only those at the end, where new ones stand: what vanished is not looked for. */
  readonly isTail?: boolean;
}

/** What a comparison found. */
export interface Reconciled {
  /** In the index. */
  readonly documents: number;
  readonly added: number;
  readonly removed: number;
  /** Documents without a stamp cannot be verified: the store does not hold them. */
  readonly unstamped: number;
}

/** Stamps are short, documents are long. */
const STAMPS_PAGE = 2_000;
/** Pages at the end that are written to the store before all others are compared. */
const TAIL_PAGES = 2;
const DOCUMENTS_PAGE = 200;
const KEYS_PAGE = 1_000;
/** What is gathered before it is written: many small segments would have to be merged. */
const BATCH_DOCUMENTS = 500;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Milliseconds of analysis after which other requests to the worker get their turn. */
const SLICE_MS = 20;

/** A store that is compared, while others write to it. */
export interface Reconcilable {
  readonly writer: StoreWriter;
  /** To be called after each pause: throws where the store has been closed, or has moved. */
  readonly check: () => void;
  /** Something was written. */
  readonly written: () => void;
}

type Fields = Readonly<Record<string, unknown>>;

/** Of a document that shall not be written: without a key it is left out. */
const NAMELESS: DocumentName = { stamp: '', ids: {} };

/** The index is not there, or its documents cannot be read. */
export class Unreadable extends Error {}

/**
 * Makes a store hold what an index of Meilisearch holds: stamps are compared page by page, missing documents are read and analyzed, vanished ones removed. In the worker, since
 * analysis takes time. New documents mostly stand at the end of the list, so it is read from there.
 */
export class Reconciler {
  /** By document number: it stands in the index as it is in the store. */
  private seen = new Uint8Array(0);
  private builder: BatchBuilder;
  /** `documentsChanged` of the store before the first document in `builder` was read. */
  private readSince = 0;
  private added = 0;
  private unstamped = 0;
  private waiting: { readonly generation: number; readonly stamps: ReadonlySet<string> } = { generation: -1, stamps: new Set() };

  /** @param progress told how many of how many documents were compared */
  constructor(
    private readonly home: Reconcilable,
    private readonly http: EngineHttp,
    private readonly compared: Compared,
    private readonly progress: (progress: Progress) => void,
  ) {
    this.builder = new BatchBuilder(compared.primaryKey);
  }

  private get writer(): StoreWriter {
    return this.home.writer;
  }

  /** @param lease so that two processes do not read the same documents at the same time; undefined result: another process does */
  async all(lease: Lease): Promise<Reconciled | undefined> {
    if (!lease.take()) return undefined;
    try {
      return await this.compareAll(lease);
    } finally {
      lease.release();
    }
  }

  /** Reads these documents again, for a write of which only a part of each was known. */
  async some(keys: readonly string[]): Promise<Reconciled> {
    let removed = 0;
    for (let i = 0; i < keys.length; i += DOCUMENTS_PAGE) {
      const page = keys.slice(i, i + DOCUMENTS_PAGE);
      const candidates = this.numbersOf(page);
      const results = await this.fetchStamps(page);
      await this.add(this.missingOf(results));
      removed += this.remove(candidates.filter(([key]) => !results.some((document) => this.keyOf(document) === key)));
    }
    await this.flush();
    return { documents: keys.length, added: this.added, removed, unstamped: this.unstamped };
  }

  private async compareAll(lease: Lease): Promise<Reconciled> {
    this.writer.catchUp();
    const { next } = this.writer.current.now;
    this.seen = new Uint8Array(next);
    const { total } = await this.fetch({ limit: 1, fields: [this.compared.primaryKey] });
    const pages = Math.ceil(total / STAMPS_PAGE);
    const ask = (page: number): Promise<{ readonly results: readonly Fields[] }> =>
      this.fetch({ offset: page * STAMPS_PAGE, limit: STAMPS_PAGE, fields: this.keyAndStamp });
    // One page beyond the end: what was added meanwhile.
    let coming = ask(pages);
    const first = this.compared.isTail === true ? Math.max(0, pages - TAIL_PAGES) : 0;
    for (let page = pages; page >= first; page -= 1) {
      const { results } = await coming;
      coming = page > first ? ask(page - 1) : Promise.resolve({ results: [] });
      // Whether it fails is looked at when it is waited for.
      coming.catch(() => undefined);
      lease.renew();
      const missing = this.missingOf(results);
      await this.add(missing, lease);
      if (page >= pages - TAIL_PAGES) await this.flush();
      this.progress({ done: Math.min(total, (pages - page) * STAMPS_PAGE), total });
      await nextTurn();
      this.home.check();
    }
    await this.flush();
    const removed = this.compared.isTail === true ? 0 : await this.removeVanished(next);
    return { documents: total, added: this.added, removed, unstamped: this.unstamped };
  }

  /** Keys and stamps of a page's documents that the store does not hold so. Marks the others as seen. */
  private missingOf(page: readonly Fields[]): ReadonlyMap<string, string> {
    const missing = new Map<string, string>();
    this.writer.tables.root.resetReadTxn();
    for (const document of page) {
      const key = this.keyOf(document);
      const stamp = document[STAMP];
      if (typeof stamp !== 'string') {
        this.unstamped += 1;
        continue;
      }
      const number = this.writer.numberOf(key);
      // An older version in the store is no vanished document: it makes room for the new one.
      if (number !== undefined && number < this.seen.length) this.seen[number] = 1;
      if (number === undefined || this.stampOf(number) !== stamp) missing.set(key, stamp);
    }
    if (missing.size === 0) return missing;
    // A write of our own that is done, but not settled yet.
    const waiting = this.pendingStamps();
    for (const [key, stamp] of missing) if (waiting.has(stamp)) missing.delete(key);
    return missing;
  }

  private async add(missing: ReadonlyMap<string, string>, lease?: Lease): Promise<void> {
    if (missing.size === 0) return;
    const keys = [...missing.keys()];
    // After the stamps: the fields of every version that stands in them are among these.
    const fields = await this.fields();
    const ask = async (from: number): Promise<{ readonly results: readonly Fields[]; readonly since: number }> => {
      const ids = keys.slice(from, from + DOCUMENTS_PAGE);
      const since = this.documentsChanged();
      if (ids.length === 0) return { results: [], since };
      return { ...(await this.fetch({ ids, limit: ids.length, fields })), since };
    };
    let coming = ask(0);
    for (let from = 0; from < keys.length; from += DOCUMENTS_PAGE) {
      const { results, since } = await coming;
      coming = ask(from + DOCUMENTS_PAGE);
      coming.catch(() => undefined);
      lease?.renew();
      if (this.builder.documents === 0) this.readSince = since;
      await this.analyze(results, missing);
      if (this.builder.documents >= BATCH_DOCUMENTS || this.builder.bytes >= BATCH_BYTES) await this.flush();
    }
  }

  private async analyze(documents: readonly Fields[], wanted: ReadonlyMap<string, string>): Promise<void> {
    let began = performance.now();
    for (const document of documents) {
      const stamp = document[STAMP];
      // Changed since its stamp was read: its fields may be others. The index has moved, so it is looked at again.
      if (typeof stamp !== 'string' || wanted.get(this.keyOf(document)) !== stamp) continue;
      const own = ownFields(document);
      this.builder.add({ stamp, ids: own }, wordsOfDocument(own));
      if (performance.now() - began < SLICE_MS) continue;
      await nextTurn();
      this.home.check();
      began = performance.now();
    }
  }

  private async flush(): Promise<void> {
    const { builder } = this;
    if (builder.documents === 0) return;
    this.home.check();
    this.builder = new BatchBuilder(this.compared.primaryKey);
    let batch = builder.take();
    for (let since = this.readSince; ; ) {
      const added = this.writer.addUnchanged(batch, since);
      if (added !== undefined) {
        this.added += added;
        break;
      }
      // A write of our own has had its effect since they were read: an older version must not take its place, nor a document come back that it has removed.
      since = this.documentsChanged();
      batch = await this.stillSo(batch);
    }
    this.home.written();
  }

  /** A batch without the documents that Meilisearch has in another version by now, or no more. */
  private async stillSo(batch: Batch): Promise<Batch> {
    const stamps = new Map<string, unknown>();
    const keys = batch.names.flatMap(({ ids }) => ids[this.compared.primaryKey] ?? []);
    for (let i = 0; i < keys.length; i += KEYS_PAGE) {
      const page = keys.slice(i, i + KEYS_PAGE);
      for (const document of await this.fetchStamps(page)) stamps.set(this.keyOf(document), document[STAMP]);
    }
    const isSo = ({ ids, stamp }: DocumentName): boolean => stamps.get(String(ids[this.compared.primaryKey])) === stamp;
    return { ...batch, names: batch.names.map((name) => (isSo(name) ? name : NAMELESS)) };
  }

  private documentsChanged(): number {
    return this.writer.catchUp().documentsChanged;
  }

  /** Removes what was in the store before and not seen in the index. Pages shift while others write: so it is asked for once more. */
  private async removeVanished(next: number): Promise<number> {
    this.writer.catchUp();
    const { current } = this.writer;
    const vanished: [key: string, number: number][] = [];
    for (let number = 0; number < next; number += 1) {
      if (this.seen[number] === 1 || current.statusOf(number) !== LIVE) continue;
      const key = this.writer.nameOf(number)?.ids[this.compared.primaryKey];
      if (key !== undefined) vanished.push([String(key), number]);
    }
    let removed = 0;
    for (let i = 0; i < vanished.length; i += KEYS_PAGE) {
      const page = vanished.slice(i, i + KEYS_PAGE);
      const results = await this.fetchStamps(page.map(([key]) => key));
      const stillThere = new Set(results.filter((document) => typeof document[STAMP] === 'string').map((document) => this.keyOf(document)));
      removed += this.remove(page.filter(([key]) => !stillThere.has(key)));
    }
    return removed;
  }

  private numbersOf(keys: readonly string[]): readonly [key: string, number: number][] {
    this.writer.tables.root.resetReadTxn();
    return keys.flatMap((key): [string, number][] => {
      const number = this.writer.numberOf(key);
      return number === undefined ? [] : [[key, number]];
    });
  }

  /** By number: a document that was written anew meanwhile has another. */
  private remove(vanished: readonly (readonly [key: string, number: number])[]): number {
    if (vanished.length === 0) return 0;
    this.home.check();
    this.writer.forget(vanished.map(([, number]) => number));
    this.home.written();
    return vanished.length;
  }

  private stampOf(number: number): string | undefined {
    return this.writer.nameOf(number)?.stamp;
  }

  private pendingStamps(): ReadonlySet<string> {
    this.writer.catchUp();
    const { generation, now } = this.writer.current;
    if (this.waiting.generation !== generation) {
      const stamps = new Set<string>();
      for (const { added } of now.tasks) for (const number of added) stamps.add(this.stampOf(number) ?? '');
      this.waiting = { generation, stamps };
    }
    return this.waiting.stamps;
  }

  private keyOf(document: Fields): string {
    return String(document[this.compared.primaryKey]);
  }

  private get keyAndStamp(): readonly string[] {
    return [this.compared.primaryKey, STAMP];
  }

  /** The documents' own fields, the key and the stamp. */
  private async fields(): Promise<readonly string[]> {
    const { uid, primaryKey, engine } = this.compared;
    const answer = await this.patiently(() =>
      this.http.request({ method: 'GET', path: `/indexes/${encodeURIComponent(uid)}/stats`, authorization: adminAuthorization(engine) }),
    );
    const { fieldDistribution } = answer.json() as { readonly fieldDistribution: Fields };
    const own = Object.keys(fieldDistribution).filter((field) => !isShadow(field) && !isReserved(field));
    return [...new Set([...own, primaryKey, STAMP])];
  }

  /** Of these documents, as far as they are there. */
  private async fetchStamps(ids: readonly unknown[]): Promise<readonly Fields[]> {
    return (await this.fetch({ ids, limit: ids.length, fields: this.keyAndStamp })).results;
  }

  private async fetch(wanted: Wanted): Promise<{ readonly results: readonly Fields[]; readonly total: number }> {
    const { engine, uid } = this.compared;
    const answer = await this.patiently(() => fetchDocuments(this.http, adminAuthorization(engine), uid, wanted));
    return answer.json() as { readonly results: readonly Fields[]; readonly total: number };
  }

  private async patiently(ask: () => Promise<EngineAnswer>): Promise<EngineAnswer> {
    const answer = await patiently(async () => {
      this.home.check();
      const given = await ask();
      this.home.check();
      return given;
    });
    if (answer.status === 200) return answer;
    throw new Unreadable(`the documents of \`${this.compared.uid}\` could not be read: ${answer.status} ${answer.text.slice(0, 300)}`);
  }
}
