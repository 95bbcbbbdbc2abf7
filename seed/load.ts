import { pino } from 'pino';
import type { Config } from '../server/config.js';
import { findRunningEngine, startEngine } from '../server/engine/engine.js';
import { reindex } from '../server/indexing/reindex.js';
import { type Article, articleSettings } from './article.js';

/** Where Meilisearch is, for as long as a run needs it. */
export interface SeedEngine {
  readonly url: string;
  readonly adminKey: string | undefined;
  /** For people: which of the three ways it was. */
  readonly from: string;
  /** Ends it when it was started for this run; leaves it alone otherwise. */
  readonly release: () => Promise<void>;
}

/** MEILI_URL, else the engine of the Justuju that runs on DATA_DIR, else one of our own. */
export async function openEngine(config: Config, signal: AbortSignal): Promise<SeedEngine> {
  if (config.meiliUrl === undefined) {
    const running = await findRunningEngine(config.dataDir);
    if (running !== undefined) {
      const { url, adminKey, justujuUrl } = running;
      return {
        url,
        adminKey,
        from: `the engine of the running Justuju${justujuUrl === undefined ? '' : ` (${justujuUrl})`}`,
        release: () => Promise.resolve(),
      };
    }
  }
  // The engine's own log belongs to stderr; a seed run shows only what goes wrong, unless asked for more.
  const log = pino({ level: process.env.LOG_LEVEL === undefined ? 'warn' : config.logLevel }, pino.destination(2));
  const engine = await startEngine(config, log, { as: 'seed', signal });
  const from = engine.kind === 'remote' ? `Meilisearch at ${engine.url}` : `an engine started for this run on ${config.dataDir}`;
  return { url: engine.url, adminKey: engine.adminKey, from, release: () => engine.stop() };
}

export interface LoadOptions {
  readonly signal: AbortSignal;
  /** In words, when a new step begins or some documents more are in. */
  readonly onProgress: (step: string) => void;
}

/**
 * Articles into an index, in the place of the one that is there.
 * @returns null when there is not one article: then no engine is opened and the index stays as it is
 */
export async function load(
  articles: AsyncIterator<Article>,
  index: string,
  config: Config,
  { signal, onProgress }: LoadOptions,
): Promise<{ documents: number; milliseconds: number } | null> {
  const first = await articles.next();
  if (first.done === true) return null;
  const engine = await openEngine(config, signal);
  try {
    onProgress(`using ${engine.from}`);
    return await reindex(engine, index, chain(first.value, articles), {
      settings: articleSettings,
      onProgress: ({ phase, documents }) => onProgress(inWords(phase, documents)),
      signal,
    });
  } finally {
    await engine.release();
  }
}

async function* chain<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T, void, undefined> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function inWords(phase: 'create' | 'load' | 'wait' | 'swap' | 'clean', documents: number): string {
  switch (phase) {
    case 'create':
      return 'creating the new index';
    case 'load':
      return `${documents} articles handed over`;
    case 'wait':
      return `waiting until ${documents} articles are indexed`;
    case 'swap':
      return 'swapping the new index in';
    case 'clean':
      return 'removing the old index';
  }
}
