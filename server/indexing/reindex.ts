import { randomBytes } from 'node:crypto';
import { DocumentEncoder } from '../documents/document-encoder.js';
import type { Language } from '../documents/language.js';
import { LanguageCount, leftIn, type Reading } from '../documents/reading.js';
import { stringifyExactly } from '../json/exact-json.js';
import { adminAuthorization, adminClient, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { readingOf } from '../settings/languages.js';
import { defaultRulesOf, isMostlyUrdu } from '../settings/lean.js';
import { toApplied } from '../settings/terms.js';
import { SHADOW_ROOT, STAMP, shadowFields, stampOf } from '../shadow/shadow.js';

export interface ReindexOptions {
  /** Index settings in the client's own terms: `searchableAttributes: ["title", "body"]`. */
  readonly settings?: Record<string, unknown>;
  /** Default `id`. */
  readonly primaryKey?: string;
  readonly onProgress?: (done: { readonly phase: 'create' | 'load' | 'wait' | 'swap' | 'clean'; readonly documents: number }) => void;
  readonly signal?: AbortSignal;
  /** Asked when the new index is ready, before it takes the place of the old one; throws to leave the old one there. */
  readonly beforeSwap?: () => Promise<void>;
}

/** Documents, or characters, in one request: small enough to show progress, large enough for Meilisearch to index in one go. */
const BATCH = { documents: 1_000, characters: 16 * 1024 * 1024 } as const;

/**
 * Builds a new index beside `uid`, swaps it in, deletes the old one. Searches go on meanwhile and never see a half-built index.
 * On failure or abort the old index is untouched and the half-built one is deleted.
 *
 * @returns how many documents the new index holds, and how long it took in milliseconds
 */
export async function reindex(
  address: EngineAddress,
  uid: string,
  documents: AsyncIterable<Record<string, unknown>>,
  { settings = {}, primaryKey = 'id', onProgress = () => undefined, signal, beforeSwap = () => Promise.resolve() }: ReindexOptions = {},
): Promise<{ documents: number; milliseconds: number }> {
  const started = performance.now();
  const client = adminClient(address);
  const http = new EngineHttp(address.url);
  const authorization = adminAuthorization(address);
  const fresh = `${uid}_new_${randomBytes(4).toString('hex')}`;
  try {
    const { first, all } = await peek(documents, signal);
    onProgress({ phase: 'create', documents: 0 });
    await succeed(client.createIndex(fresh, { primaryKey }).waitTask());
    const fields = readingOf({ localizedAttributes: settings['localizedAttributes'] }).languageOfField;
    const count = new LanguageCount(fields);
    for (const document of first) count.add(document);
    const language = count.language();
    const reading: Reading = { language, languageOfField: fields };
    const rules = await defaultRulesAt(http, authorization);
    // Lean only at the end: then it is known what most of the documents are.
    const applied = shadowTerms(settings, language === 'urd' ? undefined : language, rules);
    await succeed(client.index(fresh).updateSettings(applied).waitTask());
    const loader = new Loader({
      http,
      authorization,
      uid: fresh,
      reading,
      onLoaded: (sent) => onProgress({ phase: 'load', documents: sent }),
    });
    for await (const document of all) {
      signal?.throwIfAborted();
      await loader.add(document);
    }
    await loader.flush();
    onProgress({ phase: 'wait', documents: loader.sent });
    await settled(client, fresh, signal);
    // Only now it is known what most of the documents are. It takes Meilisearch no time.
    if ((language === 'urd' || language === undefined) && isMostlyUrdu(loader.urdu, loader.sent))
      await succeed(
        client
          .index(fresh)
          .updateSettings(toApplied({}, applied, [], SHADOW_ROOT, 'urd', rules))
          .waitTask(),
      );
    const { numberOfDocuments } = await client.index(fresh).getStats();
    if (numberOfDocuments === 0) throw new Error(`No document reached the new index; \`${uid}\` stays as it was.`);

    onProgress({ phase: 'swap', documents: numberOfDocuments });
    signal?.throwIfAborted();
    await beforeSwap();
    const { results } = await client.getIndexes({ limit: 100_000 });
    if (!results.some((index) => index.uid === uid)) await succeed(client.createIndex(uid, { primaryKey }).waitTask());
    await succeed(client.swapIndexes([{ indexes: [uid, fresh], rename: false }]).waitTask());
    onProgress({ phase: 'clean', documents: numberOfDocuments });
    await succeed(client.deleteIndex(fresh).waitTask());
    return { documents: numberOfDocuments, milliseconds: performance.now() - started };
  } catch (error) {
    await client.deleteIndexIfExists(fresh).catch(() => undefined);
    throw error;
  } finally {
    await http.close();
  }
}

interface LoaderOptions {
  readonly http: EngineHttp;
  readonly authorization: string | undefined;
  readonly uid: string;
  readonly reading: Reading;
  readonly onLoaded: (documents: number) => void;
}

/** Analyzes documents and sends them to an index, many at a time. */
class Loader {
  sent = 0;
  private readonly encoder = new DocumentEncoder();
  private lines: string[] = [];
  private characters = 0;

  constructor(private readonly options: LoaderOptions) {}

  /** Documents that hold Urdu. */
  get urdu(): number {
    return this.encoder.urdu;
  }

  async add(document: Record<string, unknown>): Promise<void> {
    const shadow = shadowFields(document, this.encoder.encode, SHADOW_ROOT, leftIn(document, this.options.reading));
    const stamp = { [STAMP]: stampOf(stringifyExactly(document)) };
    const line = stringifyExactly({ ...document, ...shadow, ...stamp });
    this.encoder.endDocument(document, undefined);
    this.lines.push(line);
    this.characters += line.length;
    if (this.lines.length >= BATCH.documents || this.characters >= BATCH.characters) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.lines.length === 0) return;
    const { http, authorization, uid, onLoaded } = this.options;
    const answer = await http.request({
      method: 'POST',
      path: `/indexes/${uid}/documents`,
      authorization,
      headers: { 'content-type': 'application/x-ndjson' },
      lane: 'upload',
      body: this.lines.join('\n'),
    });
    if (answer.status !== 202) throw new Error(`Meilisearch did not take a batch of documents: ${answer.text}`);
    this.sent += this.lines.length;
    this.lines = [];
    this.characters = 0;
    onLoaded(this.sent);
  }
}

/** Settings in the client's terms → in the terms of the shadow fields. */
const shadowTerms = (settings: Record<string, unknown>, language: Language, rules: readonly string[]): Record<string, unknown> =>
  toApplied(
    { searchableAttributes: null, localizedAttributes: null, filterableAttributes: null, ...settings },
    {},
    Object.keys(settings),
    SHADOW_ROOT,
    language ?? null,
    rules,
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

/** Waits until every task of the index is done; a failed one is an error. */
async function settled(client: ReturnType<typeof adminClient>, uid: string, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const { results } = await client.tasks.getTasks({ indexUids: [uid], statuses: ['enqueued', 'processing'], limit: 1 });
    if (results.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { results } = await client.tasks.getTasks({ indexUids: [uid], statuses: ['failed', 'canceled'], limit: 1 });
  const failed = results[0];
  if (failed !== undefined)
    throw new Error(`Meilisearch ${failed.status} a batch of documents: ${failed.error?.message ?? 'no reason given'}`);
}
