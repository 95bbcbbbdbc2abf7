import { OperatorError } from '../errors.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import type { Access } from '../meilisearch/stored-documents.js';
import { clientSettingsOf } from './client-settings.js';
import type { EmbedderKeys } from './embedder-keys.js';
import { ownDocuments } from './own-documents.js';
import { type Reindexed, type ReindexOptions, reindex } from './reindex.js';

export interface AnalyzeAnewOptions extends Pick<ReindexOptions, 'onProgress' | 'signal' | 'onLeftovers'> {
  /** Of embedders that have one: Meilisearch does not tell them. */
  readonly embedderKeys?: EmbedderKeys;
}

/**
 * Analyzes the documents of an existing index anew, from what Meilisearch has stored: for an index that was made by another version of the analyzer, or
 * past Justuju. Settings stay. The old index serves until the new one takes its place, and is kept for some days (beside.ts).
 */
export async function analyzeAnew(
  address: EngineAddress,
  uid: string,
  { embedderKeys = new Map(), ...options }: AnalyzeAnewOptions = {},
): Promise<Reindexed> {
  const http = new EngineHttp(address.url);
  const access: Access = { http, authorization: adminAuthorization(address) };
  const ask = async (path: string): Promise<Record<string, unknown>> =>
    (await http.request({ method: 'GET', path, authorization: access.authorization })).json() as Record<string, unknown>;
  try {
    const path = `/indexes/${encodeURIComponent(uid)}`;
    const index = await ask(path);
    if (typeof index['uid'] !== 'string')
      throw new OperatorError(`There is no index \`${uid}\` in Meilisearch at ${address.url}: ${String(index['message'])}`);
    const { primaryKey } = index;
    if (typeof primaryKey !== 'string')
      throw new OperatorError(`The index \`${uid}\` has no primary key, and so no documents: there is nothing to analyze.`);
    return await reindex(address, uid, ownDocuments(access, uid), {
      ...options,
      primaryKey,
      settings: () => clientSettingsOf(address, uid, embedderKeys),
      beforeSwap: ({ refused: [bad] }) => {
        if (bad !== undefined)
          throw new OperatorError(
            `Meilisearch does not take the document \`${bad.id}\` of \`${uid}\`: ${bad.reason} The index stays as it was.`,
          );
      },
    });
  } finally {
    await http.close();
  }
}
