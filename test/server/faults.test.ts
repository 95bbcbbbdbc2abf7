/** What is answered while the engine hangs, is gone, or answers nonsense. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLiveState } from '../../server/engine/data-folder.js';
import { call } from '../support/call.js';
import { endAll, eventually, type Justuju, requireBuild, startJustuju } from '../support/processes.js';
import { BOOKS, type Said, type Scripted, startScripted } from '../support/scripted-engine.js';

describe('a local engine', () => {
  let folder: string;
  let justuju: Justuju;
  let url: string;
  const engineOf = async (): Promise<number> => (await readLiveState(join(folder, 'data')))?.engine?.pid ?? 0;
  const search = (): ReturnType<typeof call> => call(url, 'POST', '/indexes/books/search', { q: 'کتاب' });

  beforeAll(async () => {
    requireBuild();
    folder = await realpath(await mkdtemp(join(tmpdir(), 'justuju-faults-')));
    justuju = startJustuju({ DATA_DIR: join(folder, 'data'), STALE_ANSWERS_S: '3600' });
    url = await justuju.url;
    const { body } = await call(url, 'POST', '/indexes/books/documents', [{ id: 1, title: 'نئی کتاب' }]);
    await eventually('the document', async () =>
      (await call(url, 'GET', `/tasks/${body.taskUid}`)).body.status === 'succeeded' ? true : undefined,
    );
  }, 120_000);
  afterAll(async () => {
    await endAll();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('that hangs is found out, told, and asked again when it goes on', async () => {
    const pid = await engineOf();
    expect((await search()).body.hits).toHaveLength(1);
    process.kill(pid, 'SIGSTOP');
    try {
      // One that was never asked before has no last answer.
      const ask = (): ReturnType<typeof call> => call(url, 'POST', '/indexes/books/search', { q: 'نئی' });
      expect(await ask()).toMatchObject({ status: 503, body: { code: 'engine_unreachable', type: 'system' } });
      const refused = await ask();
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      // The address of the engine is nobody's business.
      expect(JSON.stringify(refused.body)).not.toMatch(/127\.0\.0\.1/);
      for (const path of ['/health', '/ready', '/tasks', '/indexes/books/documents'])
        expect([path, (await call(url, 'GET', path)).status]).toEqual([path, 503]);
      expect((await call(url, 'POST', '/indexes/books/documents', [{ id: 2 }])).status).toBe(503);
      // The last good answer stands in, and says so.
      const stale = await search();
      expect(stale.status).toBe(200);
      expect(stale.headers.get('warning')).toBe('110 - "Response is Stale"');
      expect(stale.body).toMatchObject({ hits: [{ id: 1 }], urdu: { stale: { ageSeconds: expect.any(Number) as number } } });
      // Not to another key.
      expect((await call(url, 'POST', '/indexes/books/search', { q: 'کتاب' }, { authorization: 'Bearer other' })).status).toBe(503);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await eventually('good answers', async () => ((await search()).body.urdu?.stale === undefined ? true : undefined));
    expect((await call(url, 'GET', '/health')).status).toBe(200);
    expect((await call(url, 'GET', '/ready')).status).toBe(200);
    expect((await call(url, 'GET', '/metrics')).body).toMatch(/^justuju_meilisearch_losses_total 1$/m);
  }, 120_000);

  it('that is killed again and again is there again each time, without a pause that grows', async () => {
    for (let round = 0; round < 3; round += 1) {
      const pid = await engineOf();
      process.kill(pid, 'SIGKILL');
      await eventually(
        'another engine',
        async () => ((await engineOf()) !== pid && (await call(url, 'GET', '/health')).status === 200 ? true : undefined),
        60_000,
      );
      expect((await search()).status).toBe(200);
    }
    expect(justuju.stderr()).not.toMatch(/"restartInMs":\d{4}/);
  }, 200_000);
});

describe('an engine that answers nonsense', () => {
  let justuju: Scripted;
  let said: Said | undefined;
  beforeAll(async () => {
    const wrong = Object.fromEntries(
      ['POST /indexes/books/search', 'POST /multi-search', 'GET /health', 'GET /indexes/books/documents', 'GET /tasks/1', 'GET /stats'].map(
        (route) => [route, () => said],
      ),
    );
    justuju = await startScripted('1.21.0', { ...BOOKS, ...wrong });
  });
  afterAll(() => justuju.stop());

  it.each([
    ['a page of HTML', { headers: { 'content-type': 'text/html' }, text: '<html>' }],
    ['JSON that is cut off', { text: '{"hits": [' }],
  ] as const)('%s is 502', async (_name, what) => {
    said = { text: what.text };
    for (const [method, path, body] of [
      ['POST', '/indexes/books/search', { q: 'hello' }],
      ['GET', '/health', undefined],
      ['GET', '/tasks/1', undefined],
      ['GET', '/stats', undefined],
    ] as const) {
      const answer = await call(justuju.url, method, path, body);
      expect([path, answer.status, answer.body.code]).toEqual([path, 502, 'engine_answer_unreadable']);
      expect(JSON.stringify(answer.body)).not.toMatch(/html|hits/);
    }
  });

  it('of the wrong shape is 502 too', async () => {
    for (const body of [{}, [], null, 'text', { hits: 1 }, { results: [] }]) {
      said = { body };
      for (const [method, path, sent] of [
        ['POST', '/indexes/books/search', { q: 'کتاب' }],
        ['POST', '/indexes/books/search', { q: 'hello' }],
        ['GET', '/tasks/1', undefined],
        ['GET', '/stats', undefined],
      ] as const) {
        const answer = await call(justuju.url, method, path, sent);
        expect([path, body, answer.status]).not.toEqual([path, body, 500]);
      }
    }
  });
});
