import { analyzeAnew } from '../../server/indexing/analyze-anew.js';
import { SHADOW_ROOT } from '../../server/shadow/shadow.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { type ChatServer, startChatServer } from '../support/chat-server.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

/** Chat settings, an experimental feature: what a language model is told of documents is the client's own fields. */
let justuju: TestJustuju;
let model: ChatServer;
const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body, key());
const direct = (method: string, path: string, body?: unknown): Promise<Answer> =>
  request(justuju.engineUrl, method, path, body, { authorization: `Bearer ${justuju.adminKey ?? ''}` });
const MASTER_KEY = 'a-master-key-of-sixteen';
const key = (): Record<string, string> => ({ authorization: `Bearer ${MASTER_KEY}` });

beforeAll(async () => {
  model = await startChatServer({ index_uid: 'books', q: 'دیوان' });
  justuju = await startJustuju({ masterKey: MASTER_KEY });
});
afterAll(async () => {
  await justuju?.stop();
  await model?.stop();
});

async function change(ask: typeof call, method: string, path: string, body?: unknown): Promise<Answer['body']> {
  const answer = await ask(method, path, body);
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202 });
  const task = await finished(justuju.url, answer.body.taskUid, key());
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
  return task;
}

/** What the model is told of the books that it looks for. */
async function told(): Promise<string | undefined> {
  const question = { model: 'm', stream: true, messages: [{ role: 'user', content: 'دیوان؟' }] };
  const { status, body } = await call('POST', '/chats/test/chat/completions', question);
  expect({ status, body }).toMatchObject({ status: 200 });
  return model.told();
}

it('while the feature is off, settings are refused and reset as in Meilisearch alone', async () => {
  const [ours, theirs] = await Promise.all([call, direct].map((ask) => ask('PATCH', '/indexes/off/settings/chat', { description: 'x' })));
  expect({ status: ours?.status, body: ours?.body }).toEqual({ status: 400, body: theirs?.body });
  await change(call, 'POST', '/indexes/off/documents?primaryKey=id', [{ id: 1, title: 'کتاب' }]);
  for (const path of ['settings/chat', 'settings']) {
    const task = await change(call, 'DELETE', `/indexes/off/${path}`);
    expect(task.details['chat'] ?? null).toBeNull();
  }
  expect((await call('POST', '/indexes/off/search', { q: 'کتابیں' })).body.hits).toHaveLength(1);
});

describe('where the feature is on', () => {
  beforeAll(async () => {
    await direct('PATCH', '/experimental-features', { chatCompletions: true });
    await direct('PATCH', '/chats/test/settings', model.workspace);
  });

  it('settings are read back as in Meilisearch alone, whole, by themselves and in tasks', async () => {
    await change(call, 'POST', '/indexes/read/documents?primaryKey=id', [{ id: 1, title: 'کتاب' }]);
    await change(direct, 'POST', '/indexes/readx/documents?primaryKey=id', [{ id: 1, title: 'کتاب' }]);
    const changes: [string, string, unknown][] = [
      ['PATCH', 'settings', { chat: { description: 'کتابیں', documentTemplateMaxBytes: 300 } }],
      ['PATCH', 'settings/chat', { searchParameters: { attributesToSearchOn: ['title', 'id'], limit: 3 } }],
      ['PATCH', 'settings/chat', { searchParameters: { limit: 4 } }],
      ['PATCH', 'settings/chat', { documentTemplate: '{{ doc.title }}' }],
      ['PATCH', 'settings/chat', { documentTemplateMaxBytes: 200 }],
      ['PATCH', 'settings/chat', { documentTemplate: null }],
      ['PATCH', 'settings', { chat: null, stopWords: ['کے'] }],
      ['PATCH', 'settings/chat', { searchParameters: null }],
      ['DELETE', 'settings/chat', undefined],
    ];
    for (const [method, path, body] of changes) {
      const [ours, theirs] = [
        await change(call, method, `/indexes/read/${path}`, body),
        await change(direct, method, `/indexes/readx/${path}`, body),
      ];
      expect(ours.details).toEqual(theirs.details);
      const [read, expected] = await Promise.all([
        call('GET', '/indexes/read/settings/chat'),
        direct('GET', '/indexes/readx/settings/chat'),
      ]);
      expect(read.body).toEqual(expected.body);
      expect((await call('GET', '/indexes/read/settings')).body.chat).toEqual(expected.body);
    }
  });

  it('settings are refused in Meilisearch’s words', async () => {
    for (const chat of [{ documentTemplate: 7 }, { searchParameters: { attributesToSearchOn: 'title' } }, { searchParameters: [] }, 3]) {
      const [ours, theirs] = await Promise.all([call, direct].map((ask) => ask('PATCH', '/indexes/read/settings', { chat })));
      expect({ status: ours?.status, body: ours?.body }).toEqual({ status: 400, body: theirs?.body });
    }
  });

  it('a model is told the client’s own fields', async () => {
    await change(call, 'PATCH', '/indexes/books/settings', { chat: { description: 'کتابیں' }, searchableAttributes: ['title', 'note'] });
    await change(call, 'POST', '/indexes/books/documents?primaryKey=id', [
      { id: 1, title: 'دیوانِ غالب', note: 'کتابوں میں' },
      { id: 2, title: 'خطوط', note: 'دیوان' },
    ]);
    expect(await told()).toContain('title: دیوانِ غالب');
    expect(await told()).toContain('note: کتابوں میں');
    expect(await told()).not.toContain('_urdu');
    await change(call, 'PATCH', '/indexes/books/settings/chat', { searchParameters: { attributesToSearchOn: ['title'] } });
    expect(await told()).toContain('title: دیوانِ غالب');
    expect(await told()).not.toContain('خطوط');
    await change(call, 'DELETE', '/indexes/books/settings/chat');
    expect(await told()).toContain('note: کتابوں میں');
    expect(await told()).not.toContain('_urdu');
  });

  it('settings that were there before the first documents are translated along', async () => {
    const chat = { description: 'پہلے', searchParameters: { attributesToSearchOn: ['note'], limit: 5 } };
    for (const [uid, more] of [
      ['before', undefined],
      ['changed', { description: 'پھر', searchParameters: { limit: 6 } }],
    ] as const) {
      await change(direct, 'PATCH', `/indexes/${uid}/settings`, { chat });
      if (more !== undefined) await change(call, 'PATCH', `/indexes/${uid}/settings/chat`, more);
      await change(call, 'POST', `/indexes/${uid}/documents?primaryKey=id`, [{ id: 1, title: 'کتاب', note: 'گلاب' }]);
      const held = (await direct('GET', `/indexes/${uid}/settings/chat`)).body;
      expect(held.documentTemplate).toContain(`"${SHADOW_ROOT}."`);
      expect(held.searchParameters).toEqual({ attributesToSearchOn: [`${SHADOW_ROOT}.note`], limit: more === undefined ? 5 : 6 });
      const read = (await call('GET', `/indexes/${uid}/settings/chat`)).body;
      expect(read).toMatchObject({ ...chat, ...more, searchParameters: { attributesToSearchOn: ['note'] } });
    }
  });

  it('settings stay when the documents are analyzed anew', async () => {
    await change(call, 'PATCH', '/indexes/books/settings/chat', {
      description: 'نئی',
      searchParameters: { attributesToSearchOn: ['note'] },
    });
    const before = (await call('GET', '/indexes/books/settings')).body;
    await analyzeAnew({ url: justuju.engineUrl, adminKey: justuju.adminKey }, 'books');
    expect((await call('GET', '/indexes/books/settings')).body).toEqual(before);
    expect(await told()).toContain('title: خطوط');
    expect(await told()).not.toContain('_urdu');
  });
});
