import { isDeepStrictEqual } from 'node:util';
import type { Reading } from '../documents/reading.js';
import { OperatorError } from '../errors.js';
import { stringifyExactly } from '../json/exact-json.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { patiently } from '../meilisearch/patiently.js';
import type { Access } from '../meilisearch/stored-documents.js';
import { readingOf } from '../settings/languages.js';
import { stampOf, versionOf } from '../shadow/shadow.js';
import { CompactMap } from './compact-map.js';
import { Loader, type Refused } from './loader.js';
import { ownPart } from './own-documents.js';
import { documentsByKey, fieldsOfAll, removeDocuments, versionsIn } from './stamps.js';

/** What is in an index, as far as it matters to who fills it. */
export interface IndexState {
  readonly primaryKey: string | null;
  readonly documents: number;
  /** Of the analyzer that its documents were made by; undefined where they were not. */
  readonly version: number | undefined;
}

export interface Updated {
  readonly sent: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly refused: readonly Refused[];
  readonly milliseconds: number;
}

export interface UpdateOptions {
  readonly primaryKey: string;
  readonly version: number;
  readonly onProgress?: (done: { readonly sent: number; readonly unchanged: number }) => void;
  readonly signal?: AbortSignal;
  /** Of the documents that are in the index and did not come again, those that may be removed, by their own fields. */
  readonly mayRemove?: (document: Readonly<Record<string, unknown>>) => boolean;
  /** The primary key by which a document was known before: what stands there with the same `title` is this document, and moves. */
  readonly formerKeyOf?: (document: Record<string, unknown>) => string | undefined;
  /** Primary keys of documents in whose place another one came; asked when all have come. */
  readonly superseded?: () => readonly string[];
  /** Asked before any is removed; throws to keep them all. */
  readonly beforeRemoving?: (counts: { readonly vanished: number; readonly all: number }) => void;
}

/** Documents compared at a time. */
const COMPARED = 200;

/** @returns undefined where there is no such index */
export async function indexState(address: EngineAddress, uid: string): Promise<IndexState | undefined> {
  const http = new EngineHttp(address.url);
  const access: Access = { http, authorization: adminAuthorization(address) };
  try {
    const path = `/indexes/${encodeURIComponent(uid)}`;
    const { status, body } = await ask(access, path);
    if (status === 404) return undefined;
    if (status !== 200)
      throw new OperatorError(`Meilisearch at ${address.url} does not tell of the index \`${uid}\`: ${JSON.stringify(body)}`);
    const settings = (await ask(access, `${path}/settings`)).body;
    const stats = (await ask(access, `${path}/stats`)).body;
    return {
      primaryKey: (body['primaryKey'] ?? null) as string | null,
      documents: Number(stats['numberOfDocuments'] ?? 0),
      version: versionOf((settings['searchableAttributes'] ?? []) as string[]),
    };
  } finally {
    await http.close();
  }
}

/**
 * Brings an index up to date with documents, in place: what is in it unchanged is not sent. The stamp of a document is a hash of what was sent, so the index itself says
 * what it holds, whatever happened to the run that sent it. Where somebody changed a document otherwise its fields are compared, and fields that are not ours stay.
 */
export async function updateInPlace(
  address: EngineAddress,
  uid: string,
  documents: AsyncIterable<Record<string, unknown>>,
  options: UpdateOptions,
): Promise<Updated> {
  const started = performance.now();
  const http = new EngineHttp(address.url);
  const access: Access = { http, authorization: adminAuthorization(address) };
  try {
    const settings = (await ask(access, `/indexes/${encodeURIComponent(uid)}/settings`)).body;
    const known = await readStamps(access, uid, options);
    return {
      ...(await new Update(access, uid, known, readingOf(settings), options).run(documents)),
      milliseconds: performance.now() - started,
    };
  } finally {
    await http.close();
  }
}

interface Moved {
  readonly document: Record<string, unknown>;
  readonly former: string;
  readonly isNew: boolean;
}

class Update {
  private readonly loader: Loader;
  private unchanged = 0;
  /** Documents whose stamp is not the one that is known. */
  private touched: Record<string, unknown>[] = [];
  private moved: Moved[] = [];
  /** Primary keys that are to go when all has been sent. */
  private readonly outlived: unknown[] = [];

  constructor(
    private readonly access: Access,
    private readonly uid: string,
    private readonly known: CompactMap,
    reading: Reading,
    private readonly options: UpdateOptions,
  ) {
    const { primaryKey, version, signal, onProgress } = options;
    const onLoaded = (sent: number): void => onProgress?.({ sent, unchanged: this.unchanged });
    this.loader = new Loader({ ...access, uid, primaryKey, version, reading, signal, onLoaded });
  }

  async run(documents: AsyncIterable<Record<string, unknown>>): Promise<Omit<Updated, 'milliseconds'>> {
    const { loader, access, uid, known, options } = this;
    for await (const document of documents) {
      options.signal?.throwIfAborted();
      await this.take(document);
    }
    await this.compare();
    await this.move();
    await loader.settle();
    const superseded = (options.superseded?.() ?? []).filter((key) => known.has(key));
    for (const key of superseded) known.take(key, '');
    await removeDocuments(access, uid, [...this.outlived, ...superseded], options.signal);
    const removed = superseded.length + (await removeVanished(access, uid, known, options));
    return { sent: loader.sent, unchanged: this.unchanged, removed, refused: loader.refused };
  }

  private async take(document: Record<string, unknown>): Promise<void> {
    const { known, options } = this;
    const same = known.take(String(document[options.primaryKey]), stampOf(stringifyExactly(document)));
    const former = options.formerKeyOf?.(document);
    if (same === true) this.unchanged += 1;
    if (former !== undefined && known.has(former)) {
      this.moved.push({ document, former, isNew: same === undefined });
      if (this.moved.length >= COMPARED) await this.move();
    } else if (same === undefined) await this.loader.add(document);
    if (same === false) this.touched.push(document);
    if (this.touched.length >= COMPARED) await this.compare();
  }

  /** Sends what has changed in something that is ours. */
  private async compare(): Promise<void> {
    this.unchanged += await sendChanged(this.access, this.uid, this.options.primaryKey, this.touched, this.loader);
    this.touched = [];
  }

  /** Documents that stand in the index under a key of before go on under their new one, with the fields that others gave them. */
  private async move(): Promise<void> {
    const { moved, access, uid, known, loader, options } = this;
    if (moved.length === 0) return;
    this.moved = [];
    const stored = new Map<string, Record<string, unknown>>();
    const formers = moved.map(({ former }) => former);
    for await (const document of documentsByKey(access, uid, formers)) stored.set(String(document[options.primaryKey]), ownPart(document));
    for (const { document, former, isNew } of moved) {
      const before = stored.get(former);
      const isSame = before !== undefined && before['title'] === document['title'];
      if (isNew) await loader.add(isSame ? { ...before, ...document } : document);
      if (!isSame) continue;
      known.take(former, '');
      this.outlived.push(former);
    }
  }
}

async function ask({ http, authorization }: Access, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await patiently(() => http.request({ method: 'GET', path, authorization }));
  return { status: answer.status, body: answer.json() as Record<string, unknown> };
}

async function readStamps(access: Access, uid: string, { primaryKey, version, signal }: UpdateOptions): Promise<CompactMap> {
  const known = new CompactMap();
  for await (const { key, stamp } of versionsIn(access, uid, primaryKey, version, signal)) known.set(String(key), stamp);
  return known;
}

/** @returns how many had changed in nothing that is ours */
async function sendChanged(
  access: Access,
  uid: string,
  primaryKey: string,
  documents: readonly Record<string, unknown>[],
  loader: Loader,
): Promise<number> {
  if (documents.length === 0) return 0;
  const stored = new Map<string, Record<string, unknown>>();
  const keys = documents.map((document) => document[primaryKey]);
  for await (const document of documentsByKey(access, uid, keys)) stored.set(String(document[primaryKey]), ownPart(document));
  let unchanged = 0;
  for (const document of documents) {
    const there = stored.get(String(document[primaryKey])) ?? {};
    const hasOthers = Object.keys(there).some((field) => !(field in document));
    if (
      Object.entries(document).every(([field, value]) =>
        isDeepStrictEqual(there[field], JSON.parse(JSON.stringify(value ?? null)) as unknown),
      )
    )
      unchanged += 1;
    else await loader.add(document, hasOthers ? 'a document with other fields' : undefined);
  }
  return unchanged;
}

async function removeVanished(access: Access, uid: string, known: CompactMap, options: UpdateOptions): Promise<number> {
  const { mayRemove, primaryKey, beforeRemoving, signal } = options;
  if (mayRemove === undefined) return 0;
  const vanished: unknown[] = [];
  for await (const document of fieldsOfAll(access, uid, [primaryKey, 'file'], signal)) {
    const id = String(document[primaryKey]);
    if (known.has(id) && !known.wasTaken(id) && mayRemove(document)) vanished.push(document[primaryKey]);
  }
  if (vanished.length === 0) return 0;
  beforeRemoving?.({ vanished: vanished.length, all: known.size });
  await removeDocuments(access, uid, vanished, signal);
  return vanished.length;
}
