/** Several processes behind one port: they answer alike, and one that falls is replaced. */
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databasePath } from '../../server/engine/launch.js';
import { startTimeOf } from '../../server/engine/process.js';
import { endAll, eventually, type Justuju, processesNaming, requireBuild, startJustuju } from '../support/processes.js';

const WORKERS = 2;
const LIMIT = 400;
let folder: string;
let justuju: Justuju;
let url: string;

beforeAll(async () => {
  requireBuild();
  folder = await realpath(await mkdtemp(join(tmpdir(), 'justuju-workers-')));
  justuju = startJustuju({ DATA_DIR: join(folder, 'data'), WORKERS: String(WORKERS), RATE_LIMIT_PER_KEY: String(LIMIT) });
  url = await justuju.url;
}, 120_000);
afterAll(async () => {
  await endAll();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Each on a connection of its own: connections go to the workers in turn. */
function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url + path,
      { method, agent: new Agent(), headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const parsed = async (...asked: Parameters<typeof ask>): Promise<Record<string, unknown>> =>
  JSON.parse((await ask(...asked)).text) as Record<string, unknown>;

/** Of the children of the process, without the engine. */
async function workers(): Promise<number[]> {
  const children = await readFile(`/proc/${justuju.pid}/task/${justuju.pid}/children`, 'utf8');
  const engines = processesNaming(databasePath(join(folder, 'data')));
  return children
    .trim()
    .split(' ')
    .map(Number)
    .filter((pid) => !engines.includes(pid));
}

async function write(documents: readonly object[]): Promise<void> {
  const { taskUid } = await parsed('POST', '/indexes/books/documents?primaryKey=id', documents);
  await eventually(
    'the task',
    async () => ((await parsed('GET', `/tasks/${String(taskUid)}`))['status'] === 'succeeded' ? true : undefined),
    60_000,
  );
}

it('what is written through one is found through each, as soon as the task is done, and answers are alike', async () => {
  expect(await workers()).toHaveLength(WORKERS);
  for (let round = 1; round <= 5; round += 1) {
    await write([1, 2, 3].map((nth) => ({ id: round * 10 + nth, title: `کتاب نمبر ${round * 10 + nth}`, body: 'نئی کتابیں آ گئیں' })));
    const answers = await Promise.all(
      Array.from({ length: 2 * WORKERS }, () => parsed('POST', '/indexes/books/search', { q: 'کتابوں', limit: 100 })),
    );
    for (const { hits, estimatedTotalHits } of answers) {
      expect(hits).toHaveLength(round * 3);
      expect([hits, estimatedTotalHits]).toEqual([answers[0]?.['hits'], answers[0]?.['estimatedTotalHits']]);
    }
  }
  // A document of which a part is written, and one that is deleted.
  const { taskUid } = await parsed('DELETE', '/indexes/books/documents/11');
  await eventually(
    'the deletion',
    async () => ((await parsed('GET', `/tasks/${String(taskUid)}`))['status'] === 'succeeded' ? true : undefined),
    60_000,
  );
  const answers = await Promise.all(
    Array.from({ length: 2 * WORKERS }, () => parsed('POST', '/indexes/books/search', { q: 'کتابوں', limit: 100 })),
  );
  for (const { hits } of answers) expect(hits).toHaveLength(14);
}, 200_000);

it('metrics are those of all', async () => {
  const count = async (): Promise<number> =>
    Number(/^justuju_searches_total\{kind="urdu",found="yes"\} (\d+)$/m.exec((await ask('GET', '/metrics')).text)?.[1]);
  const before = await count();
  for (let i = 0; i < 4 * WORKERS; i += 1) await ask('POST', '/indexes/books/search', { q: 'کتاب' });
  expect(await count()).toBe(before + 4 * WORKERS);
}, 60_000);

it('requests of one key are counted together', async () => {
  const headers = { authorization: 'Bearer somebody' };
  const answers: Answer[] = [];
  for (let i = 0; i < LIMIT + 5; i += 1) answers.push(await ask('GET', '/version', undefined, headers));
  expect(answers.slice(0, LIMIT).filter(({ status }) => status === 429)).toEqual([]);
  const [refused] = answers.slice(LIMIT);
  expect(refused?.status).toBe(429);
  expect(JSON.parse(refused?.text ?? '')).toMatchObject({ code: 'too_many_requests', type: 'invalid_request' });
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused?.headers['ratelimit']).toMatch(/^"key"; r=0; t=\d+$/);
  expect((await ask('GET', '/health', undefined, headers)).status).toBe(200);
}, 120_000);

it('one that is killed is replaced, and nobody notices but who was talking to it', async () => {
  const [first] = await workers();
  process.kill(first as number, 'SIGKILL');
  await eventually('another worker', async () => {
    const now = await workers();
    return now.length === WORKERS && !now.includes(first as number) ? true : undefined;
  });
  await eventually(
    'good answers',
    async () => {
      const answers = await Promise.all(
        Array.from({ length: 2 * WORKERS }, () => ask('POST', '/indexes/books/search', { q: 'کتاب' }).catch(() => undefined)),
      );
      return answers.every((answer) => answer?.status === 200) ? true : undefined;
    },
    60_000,
  );
  expect(justuju.stderr()).toMatch(/a worker is gone and will be replaced/);
}, 120_000);

it('a stop ends all in order, with the requests under way answered', async () => {
  const pids = await workers();
  const slow = ask('POST', '/indexes/books/search', { q: 'کتاب' });
  justuju.kill('SIGTERM');
  expect([200, 0]).toContain(
    await slow.then(
      ({ status }) => status,
      () => 0,
    ),
  );
  expect(await justuju.exited).toEqual({ code: 0, signal: null });
  for (const pid of pids) expect(startTimeOf(pid)).toBeUndefined();
  expect(processesNaming(databasePath(join(folder, 'data')))).toEqual([]);
}, 60_000);
