import { ANALYZER_VERSION } from '@justuju/urdu';
import { pino } from 'pino';
import type { Config } from '../server/config.js';
import { findRunningEngine, startEngine } from '../server/engine/engine.js';
import { OperatorError } from '../server/errors.js';
import { besideOf, removeIndexes, removeOutdated } from '../server/indexing/beside.js';
import { clientSettingsOf } from '../server/indexing/client-settings.js';
import { reindexCommand } from '../server/indexing/command.js';
import { holdIndex } from '../server/indexing/index-lock.js';
import type { Refused } from '../server/indexing/loader.js';
import { type Phase, reindex } from '../server/indexing/reindex.js';
import { type IndexState, indexState, updateInPlace } from '../server/indexing/update.js';
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
  /** Build the index anew from these articles alone, beside the old one, and put it in its place. */
  readonly rebuild?: boolean;
  /** Remove articles of the index that are not among these. */
  readonly prune?: boolean;
  /** Do what loses articles all the same. */
  readonly force?: boolean;
  /** Sources read and sources that could not be, so far. */
  readonly sources?: () => { readonly read: number; readonly failed: number };
  readonly embedderKeys?: ReadonlyMap<string, string>;
  /** The id by which an article was known to older versions of the command. */
  readonly formerIdOf?: (article: Article) => string | undefined;
  /** What becomes of the articles that were read before they are sent (collection.ts). @param isEarly whether the index is one that nobody sees yet */
  readonly collected?: (articles: AsyncIterable<Article>, isEarly: boolean) => AsyncIterable<Article>;
  /** Ids of articles that are left out for a better version; known when all articles have come. */
  readonly leftOut?: readonly string[];
}

/** An article that Meilisearch did not take: an id is a hash, so it is named by what an editor can find it by. */
export interface RefusedArticle {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly reason: string;
}

/** Meilisearch begins with the name of the half-built index, which nobody knows. */
function named({ id, reason, document }: Refused): RefusedArticle {
  const { title, file } = JSON.parse(document) as Article;
  return { id, title, file, reason: reason.replace(/^Index `[^`]*`: /, '') };
}

/** What became of the articles. */
export interface Loaded {
  /** Documents in the index now. */
  readonly documents: number;
  readonly sent: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly refused: readonly RefusedArticle[];
  readonly milliseconds: number;
  /** Articles that a killed run had built already. */
  readonly resumed?: number;
  /** What the index before a rebuild is called now. */
  readonly former?: string | undefined;
}

/** Part of the documents of an index that must be there afterwards. */
const LEAST_KEPT = 0.8;
/** Part of the sources that may fail before nothing is taken away. */
const MOST_FAILED = 0.2;

/**
 * Articles into an index. A new index is built beside and swapped in when it is whole; one that is there is brought up to date: what it holds already is not sent.
 * @returns null when there is not one article: then no engine is opened and the index stays as it is
 */
export async function load(articles: AsyncIterator<Article>, index: string, config: Config, options: LoadOptions): Promise<Loaded | null> {
  const first = await articles.next();
  if (first.done === true) return null;
  const { signal, onProgress, collected = (all) => all } = options;
  const engine = await openEngine(config, signal);
  try {
    onProgress(`using ${engine.from}`);
    const release = await holdIndex(config.dataDir, engine.url, index, 'seed');
    try {
      const state = await indexState(engine, index);
      const all = chain(first.value, articles);
      const isNew = state === undefined || state.documents === 0 || options.rebuild === true;
      return isNew
        ? await buildAnew(engine, index, collected(all, true), state, options)
        : await bringUpToDate(engine, index, collected(all, false), state, options);
    } finally {
      await release();
    }
  } finally {
    await engine.release();
  }
}

/** Half-built indexes of runs that were killed, and former ones that have been kept long enough. */
async function tidy(engine: SeedEngine, index: string, onProgress: (step: string) => void): Promise<void> {
  const beside = await besideOf(engine, index);
  if (beside.halfBuilt.length > 0) onProgress(leftBehind(beside.halfBuilt));
  await removeIndexes(engine, beside.halfBuilt);
  const outdated = await removeOutdated(engine, beside);
  if (outdated.length > 0) onProgress(`removing what was kept long enough: ${outdated.join(', ')}`);
}

const leftBehind = (uids: readonly string[]): string => `removing what a run that was killed left behind: ${uids.join(', ')}`;

async function buildAnew(
  engine: SeedEngine,
  index: string,
  articles: AsyncIterable<Article>,
  state: IndexState | undefined,
  { signal, onProgress, force, sources, embedderKeys, leftOut = [] }: LoadOptions,
): Promise<Loaded> {
  const { documents, milliseconds, refused, resumed, former } = await reindex(engine, index, articles, {
    settings: state === undefined ? articleSettings : () => clientSettingsOf(engine, index, embedderKeys),
    onProgress: ({ phase, documents: done }) => onProgress(inWords(phase, done)),
    signal,
    superseded: () => leftOut,
    onLeftovers: (uids) => onProgress(leftBehind(uids)),
    beforeSwap: (built) => {
      if (force !== true) refuseLoss(index, state?.documents ?? 0, built.documents, sources?.());
    },
  });
  return {
    documents,
    sent: Math.max(0, documents - resumed),
    resumed,
    former,
    unchanged: 0,
    removed: Math.max(0, (state?.documents ?? 0) - documents),
    refused: refused.map(named),
    milliseconds,
  };
}

/** Nothing is thrown away because a disk was not mounted or a site was down. */
function refuseLoss(index: string, before: number, after: number, sources: { read: number; failed: number } | undefined): void {
  if (before === 0) return;
  if (after < before * LEAST_KEPT)
    throw new OperatorError(
      `"${index}" holds ${before} articles and would hold ${after}: ${before - after} are missing. If that is right, say --force; if not, see whether all folders were given.`,
    );
  const { read = 0, failed = 0 } = sources ?? {};
  if (failed > (read + failed) * MOST_FAILED)
    throw new OperatorError(
      `${failed} of ${read + failed} sources could not be read, and what they held would go. Mend them (they are listed above), or say --force.`,
    );
}

async function bringUpToDate(
  engine: SeedEngine,
  index: string,
  articles: AsyncIterable<Article>,
  state: IndexState,
  { signal, onProgress, prune, force, sources, formerIdOf, leftOut }: LoadOptions,
): Promise<Loaded> {
  const { primaryKey, version } = state;
  if (primaryKey !== 'id')
    throw new OperatorError(
      `The index "${index}" has the primary key \`${primaryKey ?? ''}\`, and articles have \`id\`: it is somebody else's. Name another one with --index.`,
    );
  if (version !== ANALYZER_VERSION)
    throw new OperatorError(
      `The documents of "${index}" were ${version === undefined ? 'never analyzed' : `analyzed by version ${version}`}. Run ${reindexCommand(index)} first, or say --rebuild to build it anew from these articles alone.`,
    );
  await tidy(engine, index, onProgress);
  const { sent, unchanged, removed, refused, milliseconds } = await updateInPlace(engine, index, articles, {
    primaryKey,
    version,
    signal,
    ...(formerIdOf !== undefined && { formerKeyOf: (document) => formerIdOf(document as Article) }),
    superseded: () => leftOut ?? [],
    onProgress: (done) => onProgress(`${articlesIn(done.sent)} sent, ${done.unchanged} unchanged`),
    // What came from elsewhere has no file.
    ...(prune === true && { mayRemove: ({ file }) => typeof file === 'string' }),
    beforeRemoving: ({ vanished, all }) => {
      if (force !== true) refuseLoss(index, all, all - vanished, sources?.());
    },
  });
  const documents = (await indexState(engine, index))?.documents ?? 0;
  return { documents, sent, unchanged, removed, refused: refused.map(named), milliseconds };
}

async function* chain<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T, void, undefined> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

const articlesIn = (count: number): string => `${count} ${count === 1 ? 'article' : 'articles'}`;

function inWords(phase: Phase, documents: number): string {
  switch (phase) {
    case 'resume':
      return `going on with what a killed run has built: ${articlesIn(documents)}`;
    case 'create':
      return 'creating the new index';
    case 'load':
      return `${articlesIn(documents)} handed over`;
    case 'wait':
      return `waiting until they are searchable (${articlesIn(documents)})`;
    case 'swap':
      return 'swapping the new index in';
    case 'clean':
      return 'tidying up';
  }
}
