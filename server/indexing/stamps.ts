import { stringifyExactly } from '../json/exact-json.js';
import { fetchDocuments } from '../meilisearch/fetch-documents.js';
import { finishedTask } from '../meilisearch/finished-task.js';
import { patiently } from '../meilisearch/patiently.js';
import { type Access, storedDocuments } from '../meilisearch/stored-documents.js';
import { rootOfVersion, stampUnder } from '../shadow/shadow.js';

/** A document of an index, and what names its version. */
export interface Version {
  /** The value of the primary key. */
  readonly key: unknown;
  readonly stamp: string;
}

/** Documents read, or removed, at a time, when only ids and stamps are. */
const PAGE = 10_000;
/** Documents read whole at a time. */
const WHOLE = 200;

/** Some fields of all documents of an index. */
export async function* fieldsOfAll(
  { http, authorization }: Access,
  uid: string,
  fields: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Record<string, unknown>, void, undefined> {
  for (let offset = 0; ; offset += PAGE) {
    signal?.throwIfAborted();
    const answer = await patiently(() => fetchDocuments(http, authorization, uid, { fields, offset, limit: PAGE }));
    if (answer.status !== 200) throw new Error(`The documents of \`${uid}\` could not be read: ${answer.text}`);
    const { results } = answer.json() as { results: Record<string, unknown>[] };
    yield* results;
    if (results.length < PAGE) return;
  }
}

/**
 * The versions of all documents of an index, by their stamps.
 *
 * @param version of the analyzer that the index was made by; undefined: its documents have no stamps, and are read whole
 */
export async function* versionsIn(
  access: Access,
  uid: string,
  primaryKey: string,
  version: number | undefined,
  signal?: AbortSignal,
): AsyncGenerator<Version, void, undefined> {
  if (version === undefined) {
    for await (const document of storedDocuments(access, uid)) yield { key: document[primaryKey], stamp: stringifyExactly(document) };
    return;
  }
  const field = stampUnder(rootOfVersion(version));
  for await (const document of fieldsOfAll(access, uid, [primaryKey, field], signal))
    yield { key: document[primaryKey], stamp: typeof document[field] === 'string' ? document[field] : '' };
}

/** Documents by their primary keys, whole, shadow fields and vectors included. What is not there does not come. */
export async function* documentsByKey(
  { http, authorization }: Access,
  uid: string,
  keys: readonly unknown[],
): AsyncGenerator<Record<string, unknown>, void, undefined> {
  for (let at = 0; at < keys.length; at += WHOLE) {
    const ids = keys.slice(at, at + WHOLE);
    const answer = await patiently(() => fetchDocuments(http, authorization, uid, { ids, limit: ids.length, retrieveVectors: true }));
    if (answer.status !== 200) throw new Error(`The documents of \`${uid}\` could not be read: ${answer.text}`);
    yield* (answer.json() as { results: Record<string, unknown>[] }).results;
  }
}

/** Removes documents by their primary keys, and waits until they are gone. */
export async function removeDocuments(access: Access, uid: string, keys: readonly unknown[], signal?: AbortSignal): Promise<void> {
  const path = `/indexes/${encodeURIComponent(uid)}/documents/delete-batch`;
  for (let at = 0; at < keys.length; at += PAGE) {
    const answer = await access.http.send('POST', path, access.authorization, keys.slice(at, at + PAGE));
    if (answer.status !== 202) throw new Error(`Meilisearch did not remove documents of \`${uid}\`: ${answer.text}`);
    const { status, error } = await finishedTask(access, (answer.json() as { taskUid: number }).taskUid, signal);
    if (status !== 'succeeded') throw new Error(`Meilisearch did not remove documents of \`${uid}\`: ${error?.message ?? status}`);
  }
}
