import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../server/config.js';
import { OperatorError } from '../server/errors.js';
import { embedderKeysIn } from '../server/indexing/embedder-keys.js';
import type { Article } from './article.js';
import { readArticles } from './articles.js';
import { collection } from './collection.js';
import { explain } from './explain.js';
import type { FieldMap } from './fields.js';
import { type LoadOptions, load } from './load.js';
import { type Progress, showProgress } from './progress.js';
import { exitStatus, formatDropped, formatReport, newReport, type Outcome, type SeedReport } from './report.js';
import { isAddress } from './sources.js';

export interface SeedOptions {
  readonly index: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly explain: boolean;
  readonly map?: FieldMap;
  readonly comments: boolean;
  /** Of posts of WordPress. */
  readonly types?: readonly string[];
  readonly prune: boolean;
  readonly keepNearDuplicates: boolean;
  readonly repair: boolean;
  readonly rebuild: boolean;
  readonly force: boolean;
  readonly watch: boolean;
  /** Milliseconds. */
  readonly every?: number;
}

/** One run, told on standard output. @returns the exit status */
export async function seed(paths: readonly string[], options: SeedOptions, stopping: AbortController = stopOnSignal()): Promise<number> {
  const report = newReport();
  const progress = options.dryRun ? undefined : showProgress(process.stderr);
  const formerIds = new WeakMap<Article, string>();
  const leftOut: string[] = [];
  const read = readArticles(paths, {
    report,
    formerIds,
    signal: stopping.signal,
    comments: options.comments,
    ...(options.map !== undefined && { map: options.map }),
    ...(options.types !== undefined && { types: options.types }),
    onFile: (file, done, all) => progress?.file(file, done, all, report.articles),
    ...(options.verbose && {
      onDropped: (file, dropped) => process.stderr.write(dropped.map((line) => `${formatDropped(file, line)}\n`).join('')),
    }),
    ...(options.explain && { onPage: (file, page, found) => process.stderr.write(explain(file, page, found)) }),
  });
  const { keepNearDuplicates, repair } = options;
  const collected = (all: AsyncIterable<Article>, isEarly: boolean): AsyncGenerator<Article, void, undefined> =>
    collection(all, { report, formerIds, keepNearDuplicates, repair, isEarly, onLeftOut: (id) => void leftOut.push(id) });
  let outcome: Outcome;
  try {
    outcome = options.dryRun
      ? await print(collected(read, false), options)
      : await index(read, options, { report, progress, signal: stopping.signal, formerIds, leftOut, collected });
  } catch (error) {
    const reason = stopping.signal.aborted
      ? `stopped by ${String(stopping.signal.reason)}`
      : error instanceof Error
        ? error.message
        : String(error);
    // What an operator can mend says by itself what became of the index.
    const untouched = options.dryRun || error instanceof OperatorError ? '' : ` ${stateAfterFailure(options)}`;
    outcome = { indexed: null, dryRun: options.dryRun, failure: `${/[.!?]$/.test(reason) ? reason : `${reason}.`}${untouched}` };
  } finally {
    progress?.end();
  }
  outcome = orNothingFound(outcome, report, options);
  writeReport(report, outcome, options);
  return exitStatus(report, outcome);
}

/** A new index is swapped in whole or not at all; one that is brought up to date keeps what it was sent, and the next run sends the rest. */
const stateAfterFailure = ({ index: uid }: SeedOptions): string =>
  `No search saw half an index "${uid}". Run the command again: what is in is not sent twice.`;

interface Run {
  readonly report: SeedReport;
  readonly progress: Progress | undefined;
  readonly signal: AbortSignal;
  readonly formerIds: WeakMap<Article, string>;
  /** Ids of articles that a better version stands in for. */
  readonly leftOut: readonly string[];
  readonly collected: NonNullable<LoadOptions['collected']>;
}

async function index(
  articles: AsyncGenerator<Article, void, undefined>,
  options: SeedOptions,
  { report, progress, signal, formerIds, leftOut, collected }: Run,
): Promise<Outcome> {
  const config = readConfig(process.env);
  const loaded = await load(articles, options.index, config, {
    signal,
    onProgress: (step) => progress?.step(step),
    rebuild: options.rebuild,
    prune: options.prune,
    force: options.force,
    sources: () => ({ read: report.filesRead, failed: report.skipped.length }),
    embedderKeys: embedderKeysIn(process.env),
    formerIdOf: (article) => formerIds.get(article),
    leftOut,
    collected,
  });
  if (loaded === null) return { indexed: null, dryRun: false, failure: null };
  report.refused.push(...loaded.refused);
  return { indexed: { index: options.index, ...loaded }, dryRun: false, failure: null };
}

/** With --json one article a line, the report as the last line; else for the eyes of an editor. */
async function print(articles: AsyncGenerator<Article, void, undefined>, { json }: SeedOptions): Promise<Outcome> {
  for await (const article of articles) process.stdout.write(json ? `${JSON.stringify(article)}\n` : `${formatArticle(article)}\n\n`);
  return { indexed: null, dryRun: true, failure: null };
}

export function formatArticle(article: Article): string {
  const line = (name: string, value: string | null): string[] => (value === null || value === '' ? [] : [`${name.padEnd(7)} ${value}`]);
  return [
    `file    ${article.file}  (${article.id})`,
    `title   ${article.title}${article.titleDerived ? '  (first sentence)' : ''}`,
    ...line('part of', article.partOf),
    ...line('below', article.subtitle),
    `date    ${article.date ?? '-'}   source  ${article.source ?? '-'}   topic  ${article.topic ?? '-'}   place  ${article.place ?? '-'}`,
    ...line('author', article.author),
    ...line('tags', article.tags.join('، ')),
    ...line('url', article.url),
    ...article.body.split('\n').map((paragraph) => `  | ${paragraph}`),
  ].join('\n');
}

function orNothingFound(outcome: Outcome, report: SeedReport, { dryRun, index: uid }: SeedOptions): Outcome {
  if (outcome.failure !== null || report.articles > 0) return outcome;
  return { ...outcome, failure: `no article was found${dryRun ? '.' : `; the index "${uid}" is untouched.`}` };
}

function writeReport(report: SeedReport, outcome: Outcome, { json, verbose, dryRun }: SeedOptions): void {
  if (!json) process.stdout.write(`${formatReport(report, outcome, verbose)}\n`);
  // In a dry run one line, after the lines of the articles.
  else process.stdout.write(`${JSON.stringify({ ...report, ...outcome, status: exitStatus(report, outcome) }, null, dryRun ? 0 : 2)}\n`);
}

/** The first signal stops the run in order: the half-built index is deleted, our engine ended. Further ones are the same wish: npm hands Ctrl-C on. */
function stopOnSignal(): AbortController {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) return;
      process.stderr.write(`\n${signal}: stopping in order\n`);
      stopping.abort(signal);
    });
  }
  return stopping;
}

/** Milliseconds of quiet after a change: a file that is written takes a moment. */
const QUIET_MS = 1_000;

/** `--watch` and `--every`: runs until it is stopped. @returns the status of the last run */
export async function seedAgainAndAgain(paths: readonly string[], options: SeedOptions): Promise<number> {
  const stopping = stopOnSignal();
  const changes = new Changes(options.watch ? paths.filter((path) => !isAddress(path) && path !== '-') : []);
  let status = 0;
  try {
    while (!stopping.signal.aborted) {
      changes.forget();
      status = await seed(paths, options, stopping);
      await changes.next(options.every, stopping.signal);
    }
  } finally {
    changes.close();
  }
  return status;
}

/** What changes below folders. */
class Changes {
  private readonly watchers;
  private changed = false;
  private wake: () => void = () => undefined;

  constructor(paths: readonly string[]) {
    this.watchers = paths.map((path) =>
      watch(path, { recursive: true }, () => {
        this.changed = true;
        this.wake();
      }),
    );
  }

  forget(): void {
    this.changed = false;
  }

  /** Ends when something has changed and it is quiet again, after `every` milliseconds, or when the run is stopped. */
  async next(every: number | undefined, signal: AbortSignal): Promise<void> {
    const timer = new AbortController();
    const stop = (): void => timer.abort();
    signal.addEventListener('abort', stop, { once: true });
    this.wake = stop;
    if (!this.changed && !signal.aborted) await sleep(every ?? 2 ** 31 - 1, undefined, { signal: timer.signal }).catch(() => undefined);
    signal.removeEventListener('abort', stop);
    this.wake = () => undefined;
    while (this.changed && !signal.aborted) {
      this.changed = false;
      await sleep(QUIET_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  close(): void {
    for (const watcher of this.watchers) watcher.close();
  }
}
