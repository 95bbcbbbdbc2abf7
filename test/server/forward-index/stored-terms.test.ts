import { pino } from 'pino';
import { STAMP } from '../../../server/documents/shadow.js';
import { EngineHttp } from '../../../server/engine/http.js';
import { ForwardIndex } from '../../../server/forward-index/forward-index.js';
import { StoredTerms } from '../../../server/forward-index/stored-terms.js';
import { call } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

let justuju: TestJustuju;
let http: EngineHttp;
const log = pino({ level: 'silent' });
const stored = { uid: 'books', primaryKey: 'id', fields: ['id', 'title'] };

beforeAll(async () => {
  justuju = await startJustuju();
  http = new EngineHttp(justuju.engineUrl);
  await send('POST', [
    { id: 1, title: 'کتاب گھر' },
    { id: 2, title: 'کتاب اور قلم' },
  ]);
}, 60_000);
afterAll(async () => {
  await http?.close();
  await justuju?.stop();
});

async function send(method: 'POST' | 'PUT', documents: object[]): Promise<void> {
  const { body } = await call(justuju.url, method, '/indexes/books/documents?primaryKey=id', documents);
  await eventually('the task is done', async () => (await call(justuju.url, 'GET', `/tasks/${body.taskUid}`)).body.status === 'succeeded');
}

async function stampsOf(): Promise<Map<number, string>> {
  const answer = await http.send('POST', '/indexes/books/documents/fetch', `Bearer ${justuju.adminKey}`, {});
  const { results } = answer.json() as { results: Record<string, unknown>[] };
  return new Map(results.map((document) => [document['id'] as number, document[STAMP] as string]));
}

const openTerms = (): StoredTerms =>
  new StoredTerms(new ForwardIndex(1e7), http, { url: justuju.engineUrl, adminKey: justuju.adminKey }, log);

describe('the terms of stored documents', () => {
  it('are read where they are not known, kept, and given in the order of the hits', async () => {
    const terms = openTerms();
    const stamps = await stampsOf();
    const hits = [2, 1].map((id) => ({ id, [STAMP]: stamps.get(id) }));
    const [second, first] = await terms.of(hits, stored);
    expect(second?.length).toBeGreaterThan(first?.length ?? Number.POSITIVE_INFINITY);
    expect(terms.forward.get(stamps.get(1) ?? '')).toBe(first);
    terms.close();
  });

  it('are read of documents without a stamp too, and not of one that is gone', async () => {
    const terms = openTerms();
    const [known, gone] = await terms.of([{ id: 1 }, { id: 99 }], stored);
    expect(known).toBeDefined();
    expect(gone).toBeUndefined();
    terms.close();
  });

  it('are read whole: which documents there are, in Meilisearch’s order, and their terms', async () => {
    const terms = openTerms();
    const stamps = await stampsOf();
    expect(await terms.all(stored)).toEqual([...stamps].map(([id, stamp]) => ({ id, stamp })));
    for (const stamp of stamps.values()) expect(terms.forward.has(stamp)).toBe(true);
    terms.close();
  });

  it('are not read whole where there is no room for them', async () => {
    const terms = new StoredTerms(new ForwardIndex(0), http, { url: justuju.engineUrl, adminKey: justuju.adminKey }, log);
    expect(await terms.all(stored)).toBeUndefined();
    terms.close();
  });

  it('have another stamp as soon as the document is another, and the same where it is not', async () => {
    const before = await stampsOf();
    await send('PUT', [{ id: 1, title: 'شطرنج' }]);
    await send('POST', [{ id: 2, title: 'کتاب اور قلم' }]);
    const after = await stampsOf();
    expect(after.get(1)).not.toBe(before.get(1));
    expect(after.get(2)).toBe(before.get(2));
  });

  it('never reach a client', async () => {
    const found = await call(justuju.url, 'POST', '/indexes/books/search', { q: 'قلم' });
    const documents = await call(justuju.url, 'GET', '/indexes/books/documents');
    const stats = await call(justuju.url, 'GET', '/indexes/books/stats');
    for (const { body } of [found, documents, stats]) expect(JSON.stringify(body)).not.toContain('_urdu1');
    expect(found.body.hits).toHaveLength(1);
  });
});
