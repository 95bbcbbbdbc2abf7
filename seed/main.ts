#!/usr/bin/env node
/** The command `justuju` (`npm run seed -- ...`): articles from files, folders and addresses into an index, and what an editor asks about it. */
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { VERSION } from '../server/version.js';
import { backup, restore } from './backup.js';
import { doctor } from './doctor.js';
import { type FieldMap, readFieldMap } from './fields.js';
import { inspect } from './inspect.js';
import { JUDGED, type JudgeOptions, judge } from './judge-search.js';
import { EXIT } from './report.js';
import { rollback } from './rollback.js';
import { type SeedOptions, seed, seedAgainAndAgain } from './run.js';
import { status } from './status.js';
import { checkInventory, recordInventory, type UpgradeWish, undoUpgrade, upgrade } from './upgrade.js';
import { type VerifyOptions, verify } from './verify.js';

// What is alive is the same for any number of articles, some 50 MB; V8 would let garbage grow to four times as much before it collects, on a machine with much memory.
setFlagsFromString('--heap-growing-percent=50');

function commandLine(done: (status: Promise<number>) => void): Command {
  const program = new Command('justuju')
    .description('Urdu articles as publishers have them, into an index that is searched.')
    .version(VERSION, '-V, --version', 'the version')
    .exitOverride();
  program
    .command('seed', { isDefault: true })
    .description('brings an index up to date with articles: what it holds already is not sent')
    .argument('[PATH...]', 'files, folders, patterns, addresses (http, https), or - for standard input')
    .option('--index <UID>', 'the index', indexUid, 'articles')
    .option('--dry-run', 'print the articles as recognized; touch no index', false)
    .option('--json', 'the report as JSON', false)
    .option('--verbose', 'every dropped line on stderr, and all files in the report', false)
    .option('--explain', 'with --dry-run: what each line was taken for, and why', false)
    .option('--map <FIELD=NAME,...>', 'names of fields in CSV, JSON and XML: title=headline,body=text', fieldMap)
    .option('--types <NAME,...>', 'types of posts in exports of WordPress that are articles (default: post,page)', names)
    .option('--comments', "readers' comments in exports of WordPress are part of the text", false)
    .option('--prune', 'remove articles of the index that are not among these', false)
    .option('--keep-near-duplicates', 'index a report also where another site has it, nearly the same', false)
    .option('--repair', 'store letters as Urdu writes them; without it texts stay as they are', false)
    .option('--rebuild', 'build the index anew from these articles alone, beside the old one, and swap', false)
    .option('--rollback', 'without PATH: back to the index before the last rebuild', false)
    .option('--force', 'also when many articles would go', false)
    .option('--watch', 'go on, and run again when something in the folders changes', false)
    .option('--every <TIME>', 'go on, and run again every 30s, 5m or 1h', duration)
    .addHelpText(
      'after',
      '\nExit status: 0 all fine, 1 nothing indexed (the old index is untouched), 2 wrong usage, 3 indexed, but some files were skipped.',
    )
    .action((paths: string[], options: SeedOptions & { readonly rollback: boolean }, command: Command) => {
      if (options.rollback !== (paths.length === 0))
        command.error(options.rollback ? 'error: --rollback takes no PATH' : "error: missing required argument 'PATH'");
      if (options.rollback) return done(told(rollback(options)));
      return done(options.watch || options.every !== undefined ? seedAgainAndAgain(paths, options) : seed(paths, options));
    });
  program
    .command('inspect')
    .description('what would be indexed of these files, and what in their letters is unusual; touches no index')
    .argument('<PATH...>', 'as for seed')
    .option('--json', 'as JSON', false)
    .option('--map <FIELD=NAME,...>', 'as for seed', fieldMap)
    .option('--types <NAME,...>', 'as for seed', names)
    .action((paths: string[], options: Parameters<typeof inspect>[1]) => done(told(inspect(paths, options))));
  program
    .command('status')
    .description('which indexes there are, what they hold, who is at work')
    .option('--json', 'as JSON', false)
    .action((options: { readonly json: boolean }) => done(told(status(options))));
  program
    .command('doctor')
    .description(
      'whether engine, versions, indexes, stores, disk, keys and clock are as the service needs them, and what to do; changes nothing',
    )
    .option('--json', 'as JSON', false)
    .option('--config <FILE>', "the service's settings, as `--config` of the service; default: JUSTUJU_CONFIG, or justuju.config.json here")
    .addHelpText('after', '\nExit status: 0 no problem (there may be warnings), 1 problems.')
    .action((options: { readonly json: boolean; readonly config?: string }) => done(told(doctor(options))));
  program
    .command('verify')
    .description('compares an index with the articles that it was filled from')
    .argument('<PATH...>', 'as for seed')
    .option('--index <UID>', 'the index', indexUid, 'articles')
    .option('--json', 'as JSON', false)
    .option('--map <FIELD=NAME,...>', 'as for seed', fieldMap)
    .option('--types <NAME,...>', 'as for seed', names)
    .option('--keep-near-duplicates', 'as for seed', false)
    .option('--repair', 'as for seed', false)
    .action((paths: string[], options: VerifyOptions) => done(told(verify(paths, options))));
  program
    .command('backup')
    .description('documents and settings of an index into a file')
    .argument('<FILE>', 'for example articles.backup.gz')
    .option('--index <UID>', 'the index', indexUid, 'articles')
    .action((file: string, options: { readonly index: string }) => done(told(backup(file, options))));
  program
    .command('restore')
    .description('an index as a backup has it, built beside the one that is there and swapped in')
    .argument('<FILE>', 'made by backup')
    .option('--index <UID>', 'another name for it', indexUid)
    .action((file: string, options: { readonly index?: string }) => done(told(restore(file, options))));
  program
    .command('upgrade')
    .description('another version of Meilisearch for the data of the local engine; while the service is stopped')
    .argument('[MEILISEARCH]', 'its executable')
    .option('--from <OLD>', 'the executable that wrote the data, where MEILI_BIN names another one already')
    .option('--copy', "by Meilisearch's own upgrade of a copy of the database (from 1.12 on): quicker than by a dump", false)
    .option('--rollback', 'back to the data from before the last upgrade', false)
    .option('--record <FILE>', 'for a Meilisearch at MEILI_URL: write down what it holds, before')
    .option('--check <FILE>', 'and whether it is all there, afterwards')
    .addHelpText('after', '\nExit status: 0 all is as before, 1 not, and nothing was changed.')
    .action((to: string | undefined, options: UpgradeWish, command: Command) => {
      const { rollback, record, check } = options;
      const wishes = [
        to === undefined ? undefined : () => upgrade(to, options),
        rollback ? undoUpgrade : undefined,
        record === undefined ? undefined : () => recordInventory(record),
        check === undefined ? undefined : () => checkInventory(check),
      ].filter((wish) => wish !== undefined);
      const [wish] = wishes;
      if (wish === undefined || wishes.length > 1) command.error('error: give MEILISEARCH, or one of --rollback, --record, --check');
      done(told(wish()));
    });
  program
    .command('judge')
    .description('how well a running Justuju answers queries whose right articles are known, and what a change has done')
    .argument('<FILE>', 'NDJSON, {"query": "...", "documents": ["1", "2"]} in each line, or CSV with the columns query,documents')
    .option('--index <UID>', 'the index', indexUid, 'articles')
    .option('--url <URL>', 'address of Justuju; a key goes into JUSTUJU_KEY', address, 'http://127.0.0.1:3000')
    .option('--save <RUN>', 'keep what was found in a file, to compare with later')
    .option('--compare <RUN>', 'say what has changed since that run')
    .option('--min-mrr <NUMBER>', 'status 1 where the mean reciprocal rank is lower', share)
    .option('--max-drop <NUMBER>', 'with --compare: status 1 where it has fallen by more', share)
    .option('--json', 'as JSON', false)
    .addHelpText('after', '\nExit status: 0 as good as asked, 1 not as good, 2 wrong usage, or not to be judged.')
    .action((file: string, options: JudgeOptions, command: Command) => {
      if (options.maxDrop !== undefined && options.compare === undefined)
        command.error('error: --max-drop needs --compare RUN, the run before the change');
      return done(told(judge(file, options), JUDGED.unusable));
    });
  return program;
}

/** What an operator can mend is said in a line, without a stack. */
async function told(running: Promise<number>, otherwise: number = EXIT.nothingIndexed): Promise<number> {
  try {
    return await running;
  } catch (error) {
    process.stderr.write(`Justuju: ${error instanceof Error ? error.message : String(error)}\n`);
    return otherwise;
  }
}

function address(value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value)) throw new InvalidArgumentError('An address begins with http:// or https://.');
  return value;
}

/** A number from 0 to 1. */
function share(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1)) throw new InvalidArgumentError('It is a number from 0 to 1, such as 0.85.');
  return number;
}

function indexUid(value: string): string {
  if (!/^[\w-]{1,400}$/.test(value)) throw new InvalidArgumentError('An index is named with letters a-z, digits, - and _ only.');
  return value;
}

function fieldMap(value: string): FieldMap {
  try {
    return readFieldMap(value);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

function names(value: string): readonly string[] {
  const list = value.split(',').map((name) => name.trim());
  if (list.includes('')) throw new InvalidArgumentError('Names stand one behind the other with commas between them: post,page,recipe.');
  return list;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds. */
function duration(value: string): number {
  const [, amount, unit = ''] = /^(\d{1,6})([smh])$/.exec(value) ?? [];
  const milliseconds = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (!(milliseconds > 0)) throw new InvalidArgumentError('A time is written as 30s, 5m or 1h.');
  return milliseconds;
}

async function main(argv: readonly string[]): Promise<number> {
  let running: Promise<number> | undefined;
  try {
    commandLine((status) => {
      running = status;
    }).parse(argv);
  } catch (error) {
    // Commander has written its message already; --help ends with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.allFine : EXIT.usage;
    throw error;
  }
  return (await running) ?? EXIT.usage;
}

// `npm run seed -- ... | head`: the reader went away, the run goes on in order.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv);
