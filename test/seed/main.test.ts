import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { databasePath } from '../../server/engine/launch.js';
import { endAll, eventually, processesNaming, requireBuild, start, startJustuju } from '../support/processes.js';

/** The command as a person runs it: whole processes, the built program. */
const SEED = resolve('dist/seed/main.js');
const GOLDEN = 'test/seed/golden/*.txt';
/** For tests that start engines; seconds on an idle machine. */
const PATIENCE_MS = 120_000;

let folder: string;
let dataDir: string;
beforeAll(requireBuild);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-seed-'));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function begin(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; stderr: () => string; ended: Promise<Ended> } {
  const child = start(process.execPath, [SEED, ...args], { DATA_DIR: dataDir, ...env });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((done) => child.once('close', (status) => done({ status, stdout, stderr })));
  return { child, stderr: () => stderr, ended };
}

const seed = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> => begin(args, env).ended;

const put = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

it(
  'starts an engine of its own for as long as it needs it, and reports',
  async () => {
    const { status, stdout, stderr } = await seed([GOLDEN]);
    expect(stderr).toContain('an engine started for this run');
    expect(stdout).toMatch(/^Read: \d+ files, \d+ articles \(\d+ files held several reports\)$/m);
    expect(stdout).toMatch(/^Indexed: \d+ articles into "articles" in [\d.]+ s \(\d+ sent; it holds \d+\)$/m);
    expect(status).toBe(0);
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
  },
  PATIENCE_MS,
);

it(
  'uses the engine of the Justuju that runs on the same data folder, and searches find the articles at once',
  async () => {
    const justuju = startJustuju({ DATA_DIR: dataDir });
    const url = await justuju.url;
    const { status, stderr } = await seed([GOLDEN, '--index', 'news']);
    expect(stderr).toContain(`using the engine of the running Justuju (${url})`);
    expect(status).toBe(0);
    const found = async (q: string): Promise<unknown> => {
      const answer = await fetch(`${url}/indexes/news/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ q }),
      });
      const { hits } = (await answer.json()) as { hits: { title: string }[] };
      return hits[0]?.title;
    };
    await eventually(
      'the new index is seen',
      async () => (await found('موتیوں کی کاشت')) === 'موتیوں کی کاشت کا پہلا تجربہ کامیاب' || undefined,
    );
  },
  PATIENCE_MS,
);

it(
  'ends with 3 when some files were skipped, and names them',
  async () => {
    put('good.txt', 'نئے باغ کا افتتاح\n\nشہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں۔\n');
    const empty = put('empty.txt', '');
    const { status, stdout } = await seed([folder]);
    expect(stdout).toContain(`Skipped: 1\n  ${empty}: the file is empty. Fetch the article again, or remove the file.`);
    expect(status).toBe(3);
  },
  PATIENCE_MS,
);

it('ends with 1 when there is no article, without starting an engine', async () => {
  const { status, stdout } = await seed([folder, join(folder, 'missing')]);
  expect(stdout).toContain('Failed: no article was found; the index "articles" is untouched.');
  expect(status).toBe(1);
  expect(existsSync(dataDir)).toBe(false);
});

it(
  'ends with 1 when the engine does not answer',
  async () => {
    const { status, stdout } = await seed([GOLDEN], { MEILI_URL: 'http://127.0.0.1:9' });
    expect(stdout).toMatch(/^Failed: .*127\.0\.0\.1:9/m);
    expect(status).toBe(1);
  },
  PATIENCE_MS,
);

it.each([
  [[], "error: missing required argument 'PATH'"],
  [
    [GOLDEN, '--index', 'a b'],
    "error: option '--index <UID>' argument 'a b' is invalid. An index is named with letters a-z, digits, - and _ only.",
  ],
  [[GOLDEN, '--quiet'], "error: unknown option '--quiet'"],
])('ends with 2 for wrong usage: %j', async (args, message) => {
  const { status, stderr } = await seed(args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

it('prints the articles in a dry run and touches nothing', async () => {
  const { status, stdout } = await seed([GOLDEN, '--dry-run']);
  expect(stdout).toContain('title   موتیوں کی کاشت کا پہلا تجربہ کامیاب');
  expect(stdout).toContain('Dry run: nothing was indexed.');
  expect(status).toBe(0);
  expect(existsSync(dataDir)).toBe(false);
});

it('speaks JSON: one article a line, the report last', async () => {
  const { stdout } = await seed([GOLDEN, '--dry-run', '--json']);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.at(-1)).toMatchObject({ articles: lines.length - 1, status: 0, dryRun: true, skipped: [] });
});

it('explains every line of a page: what it was taken for', async () => {
  const path = put(
    'a.txt',
    'نئے باغ کا افتتاح\n\nویب ڈیسک  بدھ 14 جون 2023\n\nShares:\n\nشہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں۔\n',
  );
  const { stderr } = await seed([path, '--dry-run', '--explain']);
  expect(stderr.replaceAll(path, 'a.txt')).toBe(
    [
      'a.txt:1: title: نئے باغ کا افتتاح',
      'a.txt:3: date = 2023-06-14 (it stands above or below the text): ویب ڈیسک  بدھ 14 جون 2023',
      'a.txt:5: dropped, share bars: Shares:',
      'a.txt:7: text: شہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں۔',
      '',
    ].join('\n'),
  );
});

it('reads standard input, and takes names of fields', async () => {
  const child = start(
    'sh',
    [
      '-c',
      `printf '[{"h":"نئے باغ","t":"شہر کے نئے باغ میں درخت لگ گئے ہیں۔"}]' | ${process.execPath} ${SEED} - --dry-run --json --map title=h,body=t`,
    ],
    { DATA_DIR: dataDir },
  );
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  await new Promise((done) => child.once('close', done));
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
    title: 'نئے باغ',
    body: 'شہر کے نئے باغ میں درخت لگ گئے ہیں۔',
    file: 'standard-input',
  });
});

it('inspects files without touching an index, and tells what is unusual in their letters', async () => {
  const path = put('a.txt', 'نئے باغ کا افتتاح\n\nشہر کے نئے باغ ميں درخت لگا ديے گئے ہيں۔\n');
  const { status, stdout } = await seed(['inspect', path]);
  expect(stdout).toContain(
    'In the letters: 3 Arabic yeh, kaf or heh in place of the Urdu ones; searches find them, the text stays as it is without --repair.',
  );
  expect(status).toBe(0);
  expect(existsSync(dataDir)).toBe(false);
});

it(
  'tells the state of the indexes, backs one up and brings it back',
  async () => {
    put('a.txt', 'نئے باغ کا افتتاح\n\nشہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں۔\n');
    await seed([join(folder, 'a.txt')]);
    const file = join(folder, 'a.backup.gz');
    expect((await seed(['backup', file])).stdout).toBe(`1 documents of "articles" and its settings are in ${file}\n`);
    expect((await seed(['restore', file, '--index', 'copy'])).stdout).toBe(`"copy" holds the 1 documents of ${file}\n`);
    expect((await seed(['status'])).stdout).toContain('articles: 1 documents, analyzed\ncopy: 1 documents, analyzed\n');
    expect((await seed(['verify', join(folder, 'a.txt')])).status).toBe(0);
    const { status, stderr } = await seed(['backup', file, '--index', 'none']);
    expect(stderr).toMatch(/^Justuju: There is no index `none` with documents in Meilisearch at /m);
    expect(status).toBe(1);
  },
  PATIENCE_MS,
);

it(
  'stops in order on Ctrl-C: no engine and no half-built index stay behind',
  async () => {
    const { child, stderr, ended } = begin([GOLDEN]);
    await eventually('the run has begun', () => stderr().includes('using an engine') || undefined);
    child.kill('SIGINT');
    const { status, stdout } = await ended;
    expect(stdout).toContain(
      'Failed: stopped by SIGINT. No search saw half an index "articles". Run the command again: what is in is not sent twice.',
    );
    expect(status).toBe(1);
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
  },
  PATIENCE_MS,
);
