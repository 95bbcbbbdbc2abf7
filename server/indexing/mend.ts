import { DocumentEncoder } from '../documents/document-encoder.js';
import type { Reading } from '../documents/reading.js';
import { shadowsOf } from '../documents/shadows-of.js';
import { stringifyExactly } from '../json/exact-json.js';
import { finishedTask } from '../meilisearch/finished-task.js';
import { type Access, type StoredDocument, storedDocuments } from '../meilisearch/stored-documents.js';
import { readingOf } from '../settings/languages.js';
import { freshStamp, isShadow, isSortShadow, ownFields, rootOfVersion, STAMP, versionOf } from '../shadow/shadow.js';

/** Documents sent at a time. */
const BATCH = 1_000;

interface MendOptions {
  /** A task of Meilisearch that comes first. */
  readonly afterTask?: number;
  /** Also the keys of fields that documents are not sorted by yet. */
  readonly withAllKeys?: boolean;
}

/**
 * Brings the shadow fields of an index up to date with its documents, after something inside Meilisearch changed these. All documents are read, those
 * whose shadows are not as they should be are written.
 *
 * @returns how many were
 */
export async function mendShadows(access: Access, uid: string, { afterTask, withAllKeys = false }: MendOptions = {}): Promise<number> {
  if (afterTask !== undefined && (await finishedTask(access, afterTask)).status !== 'succeeded') return 0;
  const path = `/indexes/${encodeURIComponent(uid)}`;
  const ask = async (rest: string): Promise<unknown> =>
    (await access.http.request({ method: 'GET', path: path + rest, authorization: access.authorization })).json();
  const { primaryKey } = (await ask('')) as { primaryKey?: string | null };
  const settings = (await ask('/settings')) as Record<string, unknown>;
  const version = versionOf((settings['searchableAttributes'] ?? []) as string[]);
  if (primaryKey == null || version === undefined) return 0;
  const sortable = (settings['sortableAttributes'] ?? []) as string[];
  const reading = { ...readingOf(settings), ...(withAllKeys && { keyed: sortable.filter((field) => !isShadow(field)) }) };

  let written = 0;
  let lines: string[] = [];
  let last: number | undefined;
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const answer = await access.http.request({
      method: 'PUT',
      path: `${path}/documents`,
      authorization: access.authorization,
      headers: { 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
    });
    if (answer.status !== 202) throw new Error(`Meilisearch did not take the search terms: ${answer.text}`);
    last = (answer.json() as { taskUid: number }).taskUid;
    written += lines.length;
    lines = [];
  };
  for await (const document of storedDocuments(access, uid)) {
    const change = changeOf(document, rootOfVersion(version), reading);
    if (change === undefined) continue;
    lines.push(stringifyExactly({ [primaryKey]: document[primaryKey], ...change }));
    if (lines.length >= BATCH) await flush();
  }
  await flush();
  if (last !== undefined) await finishedTask(access, last);
  return written;
}

/** The shadow fields that are to be written so that those of a document are right; undefined where they are. */
function changeOf(document: StoredDocument, root: string, reading: Reading): Record<string, unknown> | undefined {
  const own = ownFields(document);
  const wanted = shadowsOf(own, new DocumentEncoder().encode, root, reading);
  const change: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(wanted))
    if (stringifyExactly(value) !== stringifyExactly(document[field] ?? null)) change[field] = value;
  // Fields that are gone: null is as good as nothing, and a partial update cannot take a field away.
  for (const [field, value] of Object.entries(document))
    if (isShadow(field) && field !== STAMP && !(field in wanted) && value !== null) change[field] = null;
  if (Object.keys(change).length === 0) return undefined;
  // A stamp names what the document says; the order it stands in is none of that.
  return Object.keys(change).every(isSortShadow) ? change : { ...change, [STAMP]: freshStamp() };
}
