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
    expect(stdout).toMatch(/^Read: \d+ files, \d+ articles \(3 files held several reports\)$/m);
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
