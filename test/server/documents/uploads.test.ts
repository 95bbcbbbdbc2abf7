import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { pino } from 'pino';
import { AnalysisThread } from '../../../server/documents/analysis-thread.js';
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

/** Large uploads are analyzed in a thread of their own: whatever ends one of them, it ends cleanly, and the next one is as any other. */

const NDJSON = { 'content-type': 'application/x-ndjson' };
const lineOf = (id: number): string => `${JSON.stringify({ id, title: `بڑی کتاب ${id}`, body: 'یہ ایک لمبا متن ہے۔ '.repeat(100) })}\n`;
/** A megabyte: held, and analyzed in the thread. */
const HELD = Array.from({ length: 300 }, (_none, i) => lineOf(i)).join('');

let justuju: TestJustuju;
const logged: string[] = [];
/** As the service has made it. */
let thread: AnalysisThread;
const before = process.env['MEILI_HTTP_PAYLOAD_SIZE_LIMIT'];

beforeAll(async () => {
  // So small that Meilisearch refuses in the middle what we let through.
  process.env['MEILI_HTTP_PAYLOAD_SIZE_LIMIT'] = '4MB';
  const analyze = jest.spyOn(AnalysisThread.prototype, 'analyze');
  // One at a time: an upload that never ends would be seen by the next one.
  justuju = await startJustuju({ limits: { uploads: 1 }, log: pino({ level: 'error' }, { write: (line) => void logged.push(line) }) });
  await upload('first', HELD);
  thread = analyze.mock.contexts[0] as AnalysisThread;
  analyze.mockRestore();
});

afterAll(async () => {
  if (before === undefined) delete process.env['MEILI_HTTP_PAYLOAD_SIZE_LIMIT'];
  else process.env['MEILI_HTTP_PAYLOAD_SIZE_LIMIT'] = before;
  await justuju.stop();
});

const upload = (uid: string, body: string): ReturnType<typeof call> =>
  call(justuju.url, 'POST', `/indexes/${uid}/documents?primaryKey=id`, body, NDJSON);

async function expectTaken(uid: string): Promise<void> {
  const answer = await upload(uid, HELD);
  expect([answer.status, answer.body.message]).toEqual([202, undefined]);
  expect(await finished(justuju.url, answer.body.taskUid as number)).toMatchObject({ status: 'succeeded' });
  const { body } = await call(justuju.url, 'POST', `/indexes/${uid}/search`, { q: 'کتابیں', limit: 1 });
  expect(body.estimatedTotalHits).toBe(300);
}

/** Nor is a task to make some. */
async function expectNoDocuments(uid: string): Promise<void> {
  const { body } = await call(justuju.url, 'GET', `/tasks?indexUids=${uid}&types=documentAdditionOrUpdate`);
  expect(body.total).toBe(0);
}

interface Begun {
  readonly answer: Promise<{ status: number; text: string }>;
  send(part?: Buffer): Promise<void>;
  end(): void;
  destroy(): void;
}

/** An upload that has begun to stream, and goes on for as long as one likes. */
function begin(uid: string, headers: Readonly<Record<string, string>> = {}): Begun {
  const outgoing = request(`${justuju.url}/indexes/${uid}/documents?primaryKey=id`, { method: 'POST', headers: { ...NDJSON, ...headers } });
  const answer = (async () => {
    const [incoming] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    return { status: incoming.statusCode, text };
  })();
  answer.catch(() => undefined);
  outgoing.on('error', () => undefined);
  return {
    answer,
    send: (part = Buffer.from(HELD)) => new Promise((resolve) => outgoing.write(part, () => resolve())),
    end: () => outgoing.end(),
    destroy: () => outgoing.destroy(),
  };
}

/** As if memory had run out, or there was a bug. */
const crash = (): void => (thread as unknown as { thread: { post(message: unknown): void } }).thread.post({ do: 'analyze' });

it('is taken, and found', () => expectTaken('taken'));

it('is refused by Meilisearch in the middle', async () => {
  const answer = await upload('early', HELD.repeat(12));
  expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
  await expectTaken('behind-early');
});

it.each<[string, Record<string, string>, Buffer]>([
  ['at its beginning', {}, Buffer.from(HELD.slice(0, 500))],
  ['in the midst', {}, Buffer.from(HELD.repeat(10))],
  ['in the midst, packed', { 'content-encoding': 'gzip' }, gzipSync(HELD.repeat(10)).subarray(0, -100)],
])('loses its client %s: told nowhere, who breaks off could fill the disk', async (when, headers, part) => {
  logged.length = 0;
  const { send, destroy } = begin('aborted', headers);
  await send(part);
  // It is being read.
  await sleep(200);
  destroy();
  await expectTaken(`behind-${when.replace(/\W+/g, '-')}`);
  expect(logged).toEqual([]);
});

it('is in the thread when that falls: told so, and the next one has a new thread', async () => {
  const analyze = jest.spyOn(AnalysisThread.prototype, 'analyze');
  const { answer, send, end } = begin('fallen');
  for (let i = 0; i < 10; i += 1) await send();
  // What was sent may still lie in the system's buffers.
  await eventually('it is in the thread', () => Promise.resolve(analyze.mock.calls.length > 0 || undefined));
  analyze.mockRestore();
  crash();
  await send();
  end();
  const { status, text } = await answer;
  expect(status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({ code: 'internal', message: expect.stringContaining('nothing of it was taken') });
  await expectNoDocuments('fallen');
  await expectTaken('behind-fallen');
});

it('is under way when the service stops', async () => {
  const said: string[] = [];
  const stopped = await startJustuju({ log: pino({ level: 'error' }, { write: (line) => void said.push(line) }) });
  const outgoing = request(`${stopped.url}/indexes/a/documents?primaryKey=id`, { method: 'POST', headers: NDJSON });
  outgoing.on('error', () => undefined);
  for (let i = 0; i < 10; i += 1) await new Promise<void>((resolve) => outgoing.write(HELD, () => resolve()));
  const began = performance.now();
  await stopped.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(said).toEqual([]);
  outgoing.destroy();
});
