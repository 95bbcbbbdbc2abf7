import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { articleSettings, readArticles } from '../seed/articles.js';
import { reindex } from './indexing/reindex.js';
import { adminClient, type EngineAddress } from './meilisearch/client.js';

/** The repository's own sample articles: beside the code both in the source tree and in dist/. */
const SAMPLE_FOLDERS = ['../samples', '../../samples'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** The index that the search page shows. */
const SAMPLE_INDEX = 'articles';

/**
 * Fills an engine that holds no index at all with the sample articles, so that the first start has something to search.
 * An engine with any index is left alone: it is somebody's.
 */
export async function loadSamples(engine: EngineAddress, log: Logger): Promise<void> {
  const folder = SAMPLE_FOLDERS.find((path) => existsSync(path));
  if (folder === undefined) return;
  const { total } = await adminClient(engine).getIndexes({ limit: 1 });
  if (total > 0) return;
  const { documents, milliseconds } = await reindex(engine, SAMPLE_INDEX, readArticles([folder]), { settings: articleSettings });
  log.info({ documents, milliseconds: Math.round(milliseconds) }, `loaded ${documents} sample articles into the index "${SAMPLE_INDEX}"`);
}
