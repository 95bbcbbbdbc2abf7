import { randomBytes } from 'node:crypto';
import { ANALYZER_VERSION } from '@justuju/urdu';
import type { Language } from '../documents/language.js';
import { LanguageCount, type Reading } from '../documents/reading.js';
import { adminAuthorization, adminClient, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { HALF_BUILT } from '../meilisearch/own-indexes.js';
import { readingOf } from '../settings/languages.js';
import { defaultRulesOf, isMostlyUrdu } from '../settings/lean.js';
import { toApplied } from '../settings/terms.js';
import { SHADOW_ROOT } from '../shadow/shadow.js';
import { BATCH, Loader, type Refused } from './loader.js';

export interface ReindexOptions {
  /** Index settings in the client's own terms: `searchableAttributes: ["title", "body"]`. */
  readonly settings?: Record<string, unknown>;
  /** Default `id`. */
  readonly primaryKey?: string;
  readonly onProgress?: (done: { readonly phase: 'create' | 'load' | 'wait' | 'swap' | 'clean'; readonly documents: number }) => void;
  readonly signal?: AbortSignal;
  /** Asked when the new index is ready, before it takes the place of the old one; throws to leave the old one there. */
  readonly beforeSwap?: (built: { readonly documents: number; readonly refused: readonly Refused[] }) => Promise<void>;
}

/** See `HALF_BUILT`. */
const freshUid = (uid: string): string => `${uid}_new_${randomBytes(4).toString('hex')}`;

/** Half-built indexes that killed runs left behind. Only who holds `uid` (index-lock.ts) may believe that they are nobody's. */
export async function leftoversOf(address: EngineAddress, uid: string): Promise<string[]> {
  const { results } = await adminClient(address).getIndexes({ limit: 100_000 });
  return results.map((index) => index.uid).filter((name) => HALF_BUILT.test(name) && name.replace(HALF_BUILT, '') === uid);
}

export async function removeIndexes(address: EngineAddress, uids: readonly string[]): Promise<void> {
  const client = adminClient(address);
  for (const uid of uids) await succeed(client.deleteIndex(uid).waitTask());
}

/**
 * Builds a new index beside `uid`, swaps it in, deletes the old one. Searches go on meanwhile and never see a half-built index.
 * On failure or abort the old index is untouched and the half-built one is deleted.
 *
 * @returns how many documents the new index holds, how long it took in milliseconds, and which documents Meilisearch refused
 */
export async function reindex(
  address: EngineAddress,
  uid: string,
  documents: AsyncIterable<Record<string, unknown>>,
  { settings = {}, primaryKey = 'id', onProgress = () => undefined, signal, beforeSwap = () => Promise.resolve() }: ReindexOptions = {},
): Promise<{ documents: number; milliseconds: number; refused: readonly Refused[] }> {
  const started = performance.now();
  const client = adminClient(address);
  const http = new EngineHttp(address.url);
  const authorization = adminAuthorization(address);
  const fresh = freshUid(uid);
  try {
    const { first, all } = await peek(documents, signal);
    onProgress({ phase: 'create', documents: 0 });
    await succeed(client.createIndex(fresh, { primaryKey }).waitTask());
    const fields = readingOf({ localizedAttributes: settings['localizedAttributes'] }).languageOfField;
    const count = new LanguageCount(fields);
    for (const document of first) count.add(document);
    const language = count.language();
    const rules = await defaultRulesAt(http, authorization);
    // Lean only at the end: then it is known what most of the documents are.
    const applied = shadowTerms(settings, language === 'urd' ? undefined : language, rules, language === 'urd');
    const reading: Reading = { language, languageOfField: fields, keyed: readingOf(applied).keyed ?? [] };
    await succeed(client.index(fresh).updateSettings(applied).waitTask());
    const loader = new Loader({
      http,
      authorization,
      uid: fresh,
      primaryKey,
      version: ANALYZER_VERSION,
      reading,
      signal,
      onLoaded: (sent) => onProgress({ phase: 'load', documents: sent }),
    });
    for await (const document of all) {
      signal?.throwIfAborted();
      await loader.add(document);
    }
    await loader.flush();
    onProgress({ phase: 'wait', documents: loader.sent });
    await loader.settle();
    // Only now it is known what most of the documents are. It takes Meilisearch no time.
    if ((language === 'urd' || language === undefined) && isMostlyUrdu(loader.urdu, loader.sent))
      await succeed(
        client
          .index(fresh)
          .updateSettings(toApplied({}, applied, [], SHADOW_ROOT, 'urd', rules))
          .waitTask(),
      );
    const { numberOfDocuments } = await client.index(fresh).getStats();
    if (numberOfDocuments === 0)
      throw new Error(`No document reached the new index; \`${uid}\` stays as it was. ${loader.refused[0]?.reason ?? ''}`.trim());

    onProgress({ phase: 'swap', documents: numberOfDocuments });
    signal?.throwIfAborted();
    await beforeSwap({ documents: numberOfDocuments, refused: loader.refused });
    const { results } = await client.getIndexes({ limit: 100_000 });
    if (!results.some((index) => index.uid === uid)) await succeed(client.createIndex(uid, { primaryKey }).waitTask());
    await succeed(client.swapIndexes([{ indexes: [uid, fresh], rename: false }]).waitTask());
    onProgress({ phase: 'clean', documents: numberOfDocuments });
    await succeed(client.deleteIndex(fresh).waitTask());
    return { documents: numberOfDocuments, milliseconds: performance.now() - started, refused: loader.refused };
  } catch (error) {
    await client.deleteIndexIfExists(fresh).catch(() => undefined);
    throw error;
  } finally {
    await http.close();
  }
}

/**
 * Settings in the client's terms → in the terms of the shadow fields.
 *
 * @param hasSortKeys not where it may be found out only at the end that the index is one of Urdu: the first documents would have none
 */
const shadowTerms = (
  settings: Record<string, unknown>,
  language: Language,
  rules: readonly string[],
  hasSortKeys: boolean,
): Record<string, unknown> =>
  toApplied(
    { searchableAttributes: null, localizedAttributes: null, filterableAttributes: null, ...settings },
    {},
    Object.keys(settings),
    SHADOW_ROOT,
    language ?? null,
    rules,
    hasSortKeys,
  );

/** What this Meilisearch gives an index without ranking rules of its own. */
async function defaultRulesAt(http: EngineHttp, authorization: string | undefined): Promise<readonly string[]> {
  const { pkgVersion } = (await http.request({ method: 'GET', path: '/version', authorization })).json() as { pkgVersion?: string };
  return defaultRulesOf(pkgVersion ?? 'unknown');
}

/** The first documents, and all of them. */
async function peek<T>(documents: AsyncIterable<T>, signal?: AbortSignal): Promise<{ first: readonly T[]; all: AsyncIterable<T> }> {
  const rest = documents[Symbol.asyncIterator]();
  const first: T[] = [];
  let next = await rest.next();
  for (; next.done !== true; next = await rest.next()) {
    signal?.throwIfAborted();
    first.push(next.value);
    if (first.length === BATCH.documents) break;
  }
  return { first, all: again() };

  async function* again(): AsyncGenerator<T> {
    try {
      yield* first;
      for (let more = await rest.next(); more.done !== true; more = await rest.next()) yield more.value;
    } finally {
      await rest.return?.();
    }
  }
}

interface Finished {
  readonly status: string;
  readonly error: { readonly message: string } | null;
}

async function succeed(task: Promise<Finished>): Promise<void> {
  const { status, error } = await task;
  if (status !== 'succeeded') throw new Error(`Meilisearch ${status} a step of the reindexing: ${error?.message ?? 'no reason given'}`);
}
