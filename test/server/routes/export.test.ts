import { type Answer, finished, call as request } from '../../support/call.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

/** An export by the real Meilisearch, to a Meilisearch and to another Justuju: the client's own fields and settings, and nothing else. */
let justuju: TestJustuju;
let target: TestEngine;
let other: TestJustuju;
const OWN = '_justuju_vocabulary';
const KEY = { authorization: 'Bearer a-master-key-of-sixteen' };
const SETTINGS = {
  searchableAttributes: ['title', 'note'],
  filterableAttributes: ['city'],
  synonyms: { کتاب: ['پستک'] },
  stopWords: ['کا'],
};
const BOOKS = [
  { id: 1, title: 'لاہور کی كتاب', city: 'لاہور', note: '' },
  { id: 2, title: 'A book', city: 'کراچی', note: 'کہانی', n: 3 },
];

const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);
const admin = (): Record<string, string> => ({ authorization: `Bearer ${justuju.adminKey ?? ''}` });

beforeAll(async () => {
  [justuju, target, other] = await Promise.all([
    startJustuju(),
    startTestEngine({ meiliMasterKey: 'a-master-key-of-sixteen' }),
    startJustuju({ masterKey: 'a-master-key-of-sixteen' }),
  ]);
  await finished(justuju.url, (await call('PATCH', '/indexes/books/settings', SETTINGS)).body.taskUid);
  const big = JSON.stringify(BOOKS).replace('"n":3', '"n":12345678901234567890');
  await finished(justuju.url, (await call('POST', '/indexes/books/documents?primaryKey=id', big)).body.taskUid);
  await finished(justuju.url, (await call('POST', '/indexes/plain/documents?primaryKey=id', [{ id: 1, title: 'One' }])).body.taskUid);
  const own = await request(justuju.engineUrl, 'POST', `/indexes/${OWN}/documents?primaryKey=id`, [{ id: 'books', words: 'x' }], admin());
  await finished(justuju.engineUrl, own.body.taskUid, admin());
});
afterAll(async () => {
  await Promise.all([justuju?.stop(), target?.stop(), other?.stop()]);
});

async function exported(body: object): Promise<Answer['body']> {
  const answer = await call('POST', '/export', body);
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200, body: { type: 'export' } });
  return finished(justuju.url, answer.body.taskUid);
}

/** Waits for what the export enqueued there. */
async function settled(base: string): Promise<void> {
  for (;;) {
    const { body } = await request(base, 'GET', '/tasks?statuses=enqueued,processing', undefined, KEY);
    if (body.total === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe.each(['Meilisearch', 'another Justuju'])('to %s', (kind) => {
  const url = (): string => (kind === 'Meilisearch' ? target.url : other.url);
  const there = (path: string): Promise<Answer> => request(url(), 'GET', path, undefined, KEY);

  it('go the client’s own documents, settings and indexes', async () => {
    const task = await exported({ url: url(), apiKey: 'a-master-key-of-sixteen' });
    expect(task).toMatchObject({ status: 'succeeded', error: null });
    expect(task.details.url).toBe(url());
    expect(JSON.stringify(task)).not.toMatch(/_urdu|_justuju|127.0.0.1:(?!\d+")/);
    await settled(url());
    expect((await there('/indexes')).body.results.map(({ uid }: { uid: string }) => uid).sort()).toEqual(['books', 'plain']);
    expect((await there('/indexes/books/settings')).body).toMatchObject({
      ...SETTINGS,
      displayedAttributes: ['*'],
      rankingRules: expect.arrayContaining(['typo']),
    });
    const documents = await fetch(`${url()}/indexes/books/documents`, { headers: KEY });
    const text = await documents.text();
    expect(text).not.toContain('_urdu');
    expect(text).toContain('12345678901234567890');
    expect(
      (JSON.parse(text) as { results: object[] }).results.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ).toMatchObject(BOOKS.map(({ id, title, city, note }) => ({ id, title, city, note })));
    if (kind !== 'Meilisearch') {
      const { body } = await request(url(), 'POST', '/indexes/books/search', { q: 'کتاب' }, KEY);
      expect(body.hits).toMatchObject([{ id: 1 }]);
    }
  });
});

it('filters hold as in a search', async () => {
  const task = await exported({ url: target.url, apiKey: 'a-master-key-of-sixteen', indexes: { books: { filter: 'city = "لاھور"' } } });
  expect(task.details.indexes.books).toEqual({ filter: 'city = "لاھور"', matched_documents: 1, overrideSettings: false });
  expect(task.status).toBe('succeeded');
});

it('a target that refuses says so in the task', async () => {
  const task = await exported({ url: target.url, apiKey: 'wrong' });
  expect(task.status).toBe('failed');
  expect(task.error.message).toContain('invalid');
});

it.each([
  ['nothing', {}, 'invalid_export_url'],
  ['no address', { url: 'elsewhere' }, 'invalid_export_url'],
  ['a number', { url: 7 }, 'invalid_export_url'],
  ['an own index', { url: 'http://127.0.0.1:9', indexes: { [OWN]: {} } }, 'index_not_found'],
  ['an unknown parameter', { url: 'http://127.0.0.1:9', foo: 1 }, 'bad_request'],
])('%s is refused', async (_what, body, code) => {
  const answer = await call('POST', '/export', body);
  expect([answer.status, answer.body.code]).toEqual([400, code]);
});

it('nobody gets through the relay without a ticket', async () => {
  const { body } = await request(justuju.engineUrl, 'GET', '/tasks?types=export&limit=1', undefined, admin());
  const relay = body.results[0].details.url as string;
  expect((await request(relay, 'GET', '/indexes', undefined, KEY)).status).toBe(403);
});
