import { isDeepStrictEqual } from 'node:util';
import { OperatorError } from '../errors.js';
import { stringifyExactly } from '../json/exact-json.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { patiently } from '../meilisearch/patiently.js';
import type { Access } from '../meilisearch/stored-documents.js';
import { readingOf } from '../settings/languages.js';
import { ownFields, stampOf, versionOf } from '../shadow/shadow.js';
import { CompactMap } from './compact-map.js';
import { Loader, type Refused } from './loader.js';
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
  const { primaryKey, version, signal, onProgress = () => undefined } = options;
  try {
    const settings = (await ask(access, `/indexes/${encodeURIComponent(uid)}/settings`)).body;
    const known = await readStamps(access, uid, primaryKey, version, signal);
    let unchanged = 0;
    const loader = new Loader({
      ...access,
      uid,
      primaryKey,
      version,
      reading: readingOf(settings),
      signal,
      onLoaded: (sent) => onProgress({ sent, unchanged }),
    });
    let touched: Record<string, unknown>[] = [];
    const compare = async (): Promise<void> => {
      unchanged += await sendChanged(access, uid, primaryKey, touched, loader);
      touched = [];
    };
    for await (const document of documents) {
      signal?.throwIfAborted();
      const same = known.take(String(document[primaryKey]), stampOf(stringifyExactly(document)));
      if (same === true) unchanged += 1;
      else if (same === undefined) await loader.add(document);
      else touched.push(document);
      if (touched.length >= COMPARED) await compare();
    }
    await compare();
    await loader.settle();
    const removed = await removeVanished(access, uid, known, options);
    return { sent: loader.sent, unchanged, removed, refused: loader.refused, milliseconds: performance.now() - started };
  } finally {
    await http.close();
  }
}

async function ask({ http, authorization }: Access, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await patiently(() => http.request({ method: 'GET', path, authorization }));
  return { status: answer.status, body: answer.json() as Record<string, unknown> };
}

async function readStamps(
  access: Access,
  uid: string,
  primaryKey: string,
  version: number,
  signal: AbortSignal | undefined,
): Promise<CompactMap> {
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
  for await (const document of documentsByKey(access, uid, keys)) stored.set(String(document[primaryKey]), ownFields(document));
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
