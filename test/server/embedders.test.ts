import { resolve } from 'node:path';
import { OperatorError } from '../../server/errors.js';
import { analyzeAnew } from '../../server/indexing/analyze-anew.js';
import { readEmbedderKeys } from '../../server/indexing/embedder-keys.js';
import type { EngineAddress } from '../../server/meilisearch/client.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { type EmbeddingServer, startEmbeddingServer } from '../support/embedding-server.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { endAll, requireBuild, start } from '../support/processes.js';

/** What embedders are given to read: the client's own fields, as Meilisearch alone would give them. */
let justuju: TestJustuju;
let embedding: EmbeddingServer;
const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);
const direct = (method: string, path: string, body?: unknown): Promise<Answer> =>
  request(justuju.engineUrl, method, path, body, { authorization: `Bearer ${justuju.adminKey ?? ''}` });

beforeAll(async () => {
  embedding = await startEmbeddingServer();
  justuju = await startJustuju();
  await direct('PATCH', '/experimental-features', { compositeEmbedders: true });
});
afterAll(async () => {
  await justuju?.stop();
  await embedding?.stop();
});

async function change(ask: typeof call, method: string, path: string, body?: unknown): Promise<Answer['body']> {
  const answer = await ask(method, path, body);
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202 });
  const task = await finished(justuju.url, answer.body.taskUid);
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
  return task;
}

// `paid` ends as a primary key does, `tags` is a list, `note` is null, and not every document has every field.
const DOCUMENTS = [
  { id: 1, title: 'کتابیں اور قلم', tags: ['الف', 'b'], n: 5, note: null, isNew: false, paid: 'ہاں', inner: { text: 'گلاب' } },
  { id: 2, other: 'کنول' },
];

/** The texts that Meilisearch sends for the documents of an index with these settings. */
async function textsOf(ask: typeof call, uid: string, settings: object): Promise<string[]> {
  await change(ask, 'PATCH', `/indexes/${uid}/settings`, { embedders: { rest: embedding.embedder }, ...settings });
  embedding.seen();
  await change(ask, 'POST', `/indexes/${uid}/documents?primaryKey=id`, DOCUMENTS);
  return embedding.seen().sort();
}

it.each([
  ['all fields', {}],
  ['some fields', { searchableAttributes: ['title', 'paid'] }],
  ['an inner field', { searchableAttributes: ['inner.text', 'n'] }],
  ['a field of its own', { searchableAttributes: ['title'], embedders: { rest: null } }],
])('reads what it would in Meilisearch alone: %s', async (_what, settings) => {
  const uid = `plain${Math.random().toString(36).slice(2)}`;
  const [ours, theirs] = [await textsOf(call, uid, settings), await textsOf(direct, `${uid}x`, settings)];
  expect(ours).toEqual(theirs);
  if (!('embedders' in settings)) expect(theirs.join('')).not.toBe('');
});

it('follows the searchable attributes', async () => {
  const texts = await textsOf(call, 'following', { searchableAttributes: ['title'] });
  expect(texts).toEqual(['', 'title: کتابیں اور قلم\n']);
  await change(call, 'PUT', '/indexes/following/settings/searchable-attributes', ['n']);
  await change(call, 'POST', '/indexes/following/documents', [{ id: 3, title: 'نیا', n: 7 }]);
  expect(embedding.seen()).toContain('n: 7\n');
});

it('is read back as in Meilisearch alone, whole, by itself and in tasks', async () => {
  const embedders = {
    rest: embedding.embedder,
    own: { source: 'userProvided', dimensions: 3 },
    mine: { ...embedding.embedder, documentTemplate: 'ایک {{ doc.title }}' },
    two: { source: 'composite', searchEmbedder: embedding.embedder, indexingEmbedder: embedding.embedder },
  };
  const changes: [string, string, unknown][] = [
    ['PATCH', 'settings', { embedders }],
    ['PATCH', 'settings/embedders', { rest: { documentTemplateMaxBytes: 500 }, mine: { documentTemplateMaxBytes: 600 } }],
    ['PATCH', 'settings/embedders', { own: null, rest: { documentTemplate: '{{ doc.id }}' } }],
    ['PATCH', 'settings/embedders', { rest: { documentTemplateMaxBytes: 700 } }],
    ['PATCH', 'settings', { embedders: { mine: { documentTemplate: null } }, stopWords: ['کے'] }],
    ['DELETE', 'settings/embedders', undefined],
  ];
  for (const [method, path, body] of changes) {
    const [ours, theirs] = [
      await change(call, method, `/indexes/read/${path}`, body),
      await change(direct, method, `/indexes/readx/${path}`, body),
    ];
    expect(ours.details).toEqual(theirs.details);
    const [read, expected] = await Promise.all([
      call('GET', '/indexes/read/settings/embedders'),
      direct('GET', '/indexes/readx/settings/embedders'),
    ]);
    expect(read.body).toEqual(expected.body);
    expect((await call('GET', '/indexes/read/settings')).body.embedders).toEqual(expected.body);
  }
});

it('is refused in Meilisearch’s words', async () => {
  for (const embedders of [
    { own: { source: 'userProvided' } },
    { rest: { ...embedding.embedder, documentTemplate: 7 } },
    { rest: 3 },
    [],
  ]) {
    const [ours, theirs] = await Promise.all([call, direct].map((ask) => ask('PATCH', '/indexes/refused/settings', { embedders })));
    expect({ status: ours?.status, body: ours?.body }).toEqual({ status: 400, body: theirs?.body });
  }
});

it('that was set before Justuju came reads the same, and keeps its key', async () => {
  const uid = 'before';
  await change(direct, 'PATCH', `/indexes/${uid}/settings`, {
    embedders: { rest: { ...embedding.embedder, apiKey: 'a-key-of-some-length' } },
  });
  embedding.seen();
  await change(call, 'POST', `/indexes/${uid}/documents?primaryKey=id`, [{ id: 1, title: 'کتابیں' }]);
  expect(embedding.seen()).toEqual(['id: 1\ntitle: کتابیں\n']);
  expect(embedding.key()).toBe('Bearer a-key-of-some-length');
});

describe('whose key Meilisearch shows in part, when the documents are analyzed anew', () => {
  const key = 'a-key-of-some-length';
  let withKey: object;
  beforeAll(() => {
    requireBuild();
    withKey = { ...embedding.embedder, apiKey: key };
  });
  afterEach(endAll);
  const address = (): EngineAddress => ({ url: justuju.engineUrl, adminKey: justuju.adminKey });
  const indexes = async (): Promise<string[]> =>
    (await direct('GET', '/indexes')).body.results.map((index: { uid: string }) => index.uid).sort();

  it('has its key asked for before anything is changed', async () => {
    const embedders = {
      rest: withKey,
      short: { ...withKey, apiKey: 'short' },
      free: embedding.embedder,
    };
    await textsOf(call, 'locked', { embedders });
    const before = [(await direct('GET', '/indexes/locked')).body, await indexes()];
    await expect(analyzeAnew(address(), 'locked', { embedderKeys: new Map([['other', key]]) })).rejects.toThrow(
      new OperatorError(
        'Meilisearch shows the keys of the embedders `rest`, `short` of `locked` only in part, so Justuju cannot copy them. The index stays as it was. ' +
          'Give them: npm run reindex -- locked --embedder-key rest=KEY --embedder-key short=KEY, ' +
          'or in the environment: JUSTUJU_EMBEDDER_KEYS="rest=KEY short=KEY".',
      ),
    );
    expect([(await direct('GET', '/indexes/locked')).body, await indexes()]).toEqual(before);
  });

  it('keeps the key that is given', async () => {
    await textsOf(call, 'keyed', { embedders: { rest: withKey } });
    const before = (await call('GET', '/indexes/keyed/settings')).body;
    await analyzeAnew(address(), 'keyed', { embedderKeys: readEmbedderKeys([`rest=${key}`]) });
    expect((await call('GET', '/indexes/keyed/settings')).body).toEqual(before);
    await change(call, 'POST', '/indexes/keyed/documents', [{ id: 3, title: 'کتابوں' }]);
    expect(embedding.key()).toBe(`Bearer ${key}`);
  });

  it('is given on the command line or in the environment', async () => {
    await textsOf(call, 'told', { embedders: { rest: withKey, other: withKey } });
    const run = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; stderr: string }> => {
      const engine = { MEILI_URL: justuju.engineUrl, MEILI_API_KEY: justuju.adminKey };
      const child = start(process.execPath, [resolve('dist/server/indexing/main.js'), 'told', ...args], { ...engine, ...env });
      let stderr = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
      });
      return new Promise((done) => child.once('close', (code) => done({ code, stderr })));
    };
    const args = ['--embedder-key', `other=${key}`];
    expect(await run(args, {})).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Justuju: Meilisearch shows the key of the embedder `rest` of `told`/),
    });
    expect(await run([...args, '--embedder-key', key], {})).toMatchObject({ code: 1, stderr: expect.not.stringContaining(key) });
    expect(await run(args, { JUSTUJU_EMBEDDER_KEYS: ` rest=${key} ` })).toMatchObject({ code: 0 });
    await change(call, 'POST', '/indexes/told/documents', [{ id: 3, title: 'کتابوں' }]);
    expect(embedding.key()).toBe(`Bearer ${key}`);
  });
});

it('reads the same after the documents were analyzed anew', async () => {
  await textsOf(call, 'anew', {});
  const before = (await call('GET', '/indexes/anew/settings')).body;
  await analyzeAnew({ url: justuju.engineUrl, adminKey: justuju.adminKey }, 'anew');
  expect((await call('GET', '/indexes/anew/settings')).body).toEqual(before);
  embedding.seen();
  await change(call, 'POST', '/indexes/anew/documents', [{ id: 3, title: 'کتابوں' }]);
  expect(embedding.seen()).toEqual(['id: 3\ntitle: کتابوں\n']);
});
