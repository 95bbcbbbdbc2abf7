import { randomBytes } from 'node:crypto';
import { SHADOW_ROOT, toShadow } from '../documents/shadow.js';
import { shadowSettings } from '../documents/write.js';
import { shadowFields } from '../documents/shadow.js';
import { adminClient, type EngineAddress } from '../engine/client.js';
import { EngineHttp } from '../engine/http.js';
import { CountingEncoder } from '../vocabulary/counting-encoder.js';
import { VocabularyStore } from '../vocabulary/store.js';
import type { Vocabulary } from '../vocabulary/vocabulary.js';

export interface ReindexOptions {
  /** Index settings in the client's own terms: `searchableAttributes: ["title", "body"]`. */
  readonly settings?: Record<string, unknown>;
  readonly onProgress?: (done: { readonly phase: 'create' | 'load' | 'wait' | 'swap' | 'clean'; readonly documents: number }) => void;
  readonly signal?: AbortSignal;
}

/** Documents in one request: small enough to show progress, large enough for Meilisearch to index in one go. */
const BATCH = 1_000;

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
  { settings = {}, onProgress = () => undefined, signal }: ReindexOptions = {},
): Promise<{ documents: number; milliseconds: number }> {
  const started = performance.now();
  const client = adminClient(address);
  const fresh = `${uid}_new_${randomBytes(4).toString('hex')}`;
  try {
    onProgress({ phase: 'create', documents: 0 });
    await succeed(client.createIndex(fresh, { primaryKey: 'id' }).waitTask());
    await succeed(client.index(fresh).updateSettings(shadowTerms(settings)).waitTask());
    const encoder = new CountingEncoder();
    let count = 0;
    let batch: Record<string, unknown>[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return;
      await client.index(fresh).addDocuments(batch);
      count += batch.length;
      batch = [];
      onProgress({ phase: 'load', documents: count });
    };
    for await (const document of documents) {
      signal?.throwIfAborted();
      batch.push({ ...document, ...shadowFields(document, encoder.encode) });
      encoder.endDocument();
      if (batch.length >= BATCH) await flush();
    }
    await flush();
    onProgress({ phase: 'wait', documents: count });
    await settled(client, fresh, signal);
    const { numberOfDocuments } = await client.index(fresh).getStats();
    if (numberOfDocuments === 0) throw new Error(`No document reached the new index; \`${uid}\` stays as it was.`);

    onProgress({ phase: 'swap', documents: numberOfDocuments });
    signal?.throwIfAborted();
    const { results } = await client.getIndexes({ limit: 100_000 });
    if (!results.some((index) => index.uid === uid)) await succeed(client.createIndex(uid, { primaryKey: 'id' }).waitTask());
    await succeed(client.swapIndexes([{ indexes: [uid, fresh], rename: false }]).waitTask());
    await storeVocabulary(address, uid, encoder.counted);
    onProgress({ phase: 'clean', documents: numberOfDocuments });
    await succeed(client.deleteIndex(fresh).waitTask());
    return { documents: numberOfDocuments, milliseconds: performance.now() - started };
  } catch (error) {
    await client.deleteIndexIfExists(fresh).catch(() => undefined);
    throw error;
  }
}

/** What was counted on the way, where every Justuju finds it. */
async function storeVocabulary(address: EngineAddress, uid: string, counted: Vocabulary): Promise<void> {
  const http = new EngineHttp(address.url);
  try {
    await new VocabularyStore(http, address).save(uid, counted);
  } finally {
    await http.close();
  }
}

/** Settings in the client's terms → in the terms of the shadow fields. */
function shadowTerms(settings: Record<string, unknown>): Record<string, unknown> {
  const searchable = settings['searchableAttributes'];
  return {
    ...settings,
    ...shadowSettings(SHADOW_ROOT),
    ...(Array.isArray(searchable) ? { searchableAttributes: searchable.map((name) => toShadow(String(name))) } : {}),
  };
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
  if (failed !== undefined) throw new Error(`Meilisearch ${failed.status} a batch of documents: ${failed.error?.message ?? 'no reason given'}`);
}
