/** `npm run seed -- PATH...`: articles from files and folders into an index. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { readConfig } from '../server/config.js';
import type { Article } from './article.js';
import { readArticles } from './articles.js';
import { load } from './load.js';
import { type Progress, showProgress } from './progress.js';
import { EXIT, exitStatus, formatDropped, formatReport, newReport, type Outcome, type SeedReport } from './report.js';

interface Options {
  readonly index: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

function commandLine(): Command {
  return new Command('npm run seed --')
    .description('Reads Urdu articles (.txt, UTF-8) as crawled, cleans them and puts them into an index in the place of what is there.')
    .argument('<PATH...>', 'files, and folders that are searched for .txt files')
    .option('--index <UID>', 'the index', indexUid, 'articles')
    .option('--dry-run', 'print the articles as recognized; touch no index', false)
    .option('--json', 'the report as JSON', false)
    .option('--verbose', 'every dropped line on stderr, and all files in the report', false)
    .addHelpText(
      'after',
      '\nExit status: 0 all fine, 1 nothing indexed (the old index is untouched), 2 wrong usage, 3 indexed, but some files were skipped.',
    )
    .exitOverride();
}

function indexUid(value: string): string {
  if (!/^[\w-]{1,400}$/.test(value)) throw new InvalidArgumentError('An index is named with letters a-z, digits, - and _ only.');
  return value;
}

async function main(argv: readonly string[]): Promise<number> {
  const command = commandLine();
  try {
    command.parse(argv);
  } catch (error) {
    // Commander has written its message already; --help ends with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.allFine : EXIT.usage;
    throw error;
  }
  return seed(command.args, command.opts<Options>());
}

async function seed(paths: readonly string[], options: Options): Promise<number> {
  const report = newReport();
  const stopping = stopOnSignal();
  const progress = options.dryRun ? undefined : showProgress(process.stderr);
  const articles = readArticles(paths, {
    report,
    signal: stopping.signal,
    onFile: (file, done, all) => progress?.file(file, done, all),
    ...(options.verbose && {
      onDropped: (file, dropped) => process.stderr.write(dropped.map((line) => `${formatDropped(file, line)}\n`).join('')),
    }),
  });
  let outcome: Outcome;
  try {
    outcome = options.dryRun ? await print(articles, options) : await index(articles, options, progress, stopping.signal);
  } catch (error) {
    const reason = stopping.signal.aborted
      ? `stopped by ${String(stopping.signal.reason)}`
      : error instanceof Error
        ? error.message
        : String(error);
    const untouched = options.dryRun ? '' : ` The index "${options.index}" is untouched.`;
    outcome = { indexed: null, dryRun: options.dryRun, failure: `${/[.!?]$/.test(reason) ? reason : `${reason}.`}${untouched}` };
  } finally {
    progress?.end();
  }
  outcome = orNothingFound(outcome, report, options);
  writeReport(report, outcome, options);
  return exitStatus(report, outcome);
}

async function index(
  articles: AsyncGenerator<Article, void, undefined>,
  options: Options,
  progress: Progress | undefined,
  signal: AbortSignal,
): Promise<Outcome> {
  const config = readConfig(process.env);
  const loaded = await load(articles, options.index, config, { signal, onProgress: (step) => progress?.step(step) });
  return { indexed: loaded === null ? null : { index: options.index, ...loaded }, dryRun: false, failure: null };
}

/** With --json one article a line, the report as the last line; else for the eyes of an editor. */
async function print(articles: AsyncGenerator<Article, void, undefined>, { json }: Options): Promise<Outcome> {
  for await (const article of articles) process.stdout.write(json ? `${JSON.stringify(article)}\n` : `${formatArticle(article)}\n\n`);
  return { indexed: null, dryRun: true, failure: null };
}

function formatArticle(article: Article): string {
  const facts = [
    `file    ${article.file}  (${article.id})`,
    `title   ${article.title}${article.titleDerived ? '  (first sentence)' : ''}`,
    `date    ${article.date ?? '-'}   source  ${article.source ?? '-'}   topic  ${article.topic ?? '-'}   place  ${article.place ?? '-'}`,
  ];
  return [...facts, ...article.body.split('\n').map((paragraph) => `  | ${paragraph}`)].join('\n');
}

function orNothingFound(outcome: Outcome, report: SeedReport, { dryRun, index: uid }: Options): Outcome {
  if (outcome.failure !== null || report.articles > 0) return outcome;
  return { ...outcome, failure: `no article was found${dryRun ? '.' : `; the index "${uid}" is untouched.`}` };
}

function writeReport(report: SeedReport, outcome: Outcome, { json, verbose, dryRun }: Options): void {
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
      process.stderr.write(`\n${signal}: stopping, the index stays as it was\n`);
      stopping.abort(signal);
    });
  }
  return stopping;
}

// `npm run seed -- ... | head`: the reader went away, the run goes on in order.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv);
