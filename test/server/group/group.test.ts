/** Three real Meilisearch servers behind one Justuju, beside a Justuju with one: the same answers; and what is told while a server is gone. */
import { rm } from 'node:fs/promises';
import { placeOf } from '../../../server/group/place.js';
import { type Answer, call, finished } from '../../support/call.js';
import { keyOf, tenantToken } from '../../support/credentials.js';
import { MASTER_KEY, startGroupJustuju, type TestGroup, TestServer } from '../../support/group.js';
import { eventually } from '../../support/processes.js';
import { storeIsOpen } from '../../support/store-is-open.js';

const AUTH = { authorization: `Bearer ${MASTER_KEY}` };
const QUERIES = [
  'پانی',
  'پاکستان',
  'کتابیں',
  'cricket',
  'kitab',
  'لاہور کی تاریخ',
  'سیاصت',
  '"پاکستان کی"',
  'پانی -دریا',
  'غالب',
  'موسم کی خبر',
];

const servers: TestServer[] = [];
let one: TestGroup;
let group: TestGroup;

beforeAll(async () => {
  servers.push(...(await Promise.all([0, 1, 2, 3].map(() => TestServer.start()))));
  one = await startGroupJustuju(servers.slice(3), { samples: true });
  group = await startGroupJustuju(servers.slice(0, 3), { samples: true });
  await Promise.all([storeIsOpen(one.url, MASTER_KEY), storeIsOpen(group.url, MASTER_KEY)]);
});

afterAll(async () => {
  for (const justuju of [one, group]) await justuju?.stop();
  for (const server of servers) await server.remove();
  for (const justuju of [one, group]) if (justuju !== undefined) await rm(justuju.dataDir, { recursive: true, force: true });
});

const ask = (url: string, path: string, body?: unknown, method = 'POST', headers = AUTH): Promise<Answer> =>
  call(url, method, path, body, headers);
const search = (url: string, body: object, headers = AUTH): Promise<Answer> => ask(url, '/indexes/articles/search', body, 'POST', headers);
const write = async (path: string, body: unknown, method = 'POST'): Promise<Answer['body']> => {
  const answer = await ask(group.url, path, body, method);
  expect(answer).toMatchObject({ status: 202 });
  return finished(group.url, answer.body.taskUid, AUTH);
};
const holding = async (uid: string, id: string): Promise<number[]> => {
  const answers = await Promise.all(
    servers.slice(0, 3).map((server) => ask(server.url, `/indexes/${uid}/documents/${id}`, undefined, 'GET')),
  );
  return answers.flatMap(({ status }, place) => (status === 200 ? [place] : []));
};
const ids = ({ body }: Answer): unknown[] => body.hits.map(({ id }: { id: unknown }) => id);
const comparable = ({ body }: Answer): object => {
  const { processingTimeMs: _time, requestUid: _uid, ...rest } = body;
  return rest;
};

describe('the same as with one server', () => {
  it('spreads the samples over all of them', async () => {
    const stats = await Promise.all(servers.slice(0, 3).map((server) => ask(server.url, '/indexes/articles/stats', undefined, 'GET')));
    const counts = stats.map(({ body }) => body.numberOfDocuments as number);
    const { body } = await ask(one.url, '/indexes/articles/stats', undefined, 'GET');
    expect(counts.reduce((a, b) => a + b)).toBe(body.numberOfDocuments);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    const all = await ask(group.url, '/indexes/articles/stats', undefined, 'GET');
    const { isIndexing: _, rawDocumentDbSize: _size, avgDocumentSize: _average, ...same } = all.body;
    expect(body).toMatchObject(same);
  });

  it.each(QUERIES)('finds, orders and counts %s', async (q) => {
    const asked = { q, limit: 30, attributesToRetrieve: ['id', 'title'], attributesToHighlight: ['title'] };
    expect(comparable(await search(group.url, asked))).toEqual(comparable(await search(one.url, asked)));
  });

  it.each(QUERIES)('counts facets and pages of %s', async (q) => {
    for (const page of [1, 2, 3]) {
      const asked = { q, page, hitsPerPage: 5, facets: ['*'], attributesToRetrieve: ['id'] };
      const [found, expected] = [await search(group.url, asked), await search(one.url, asked)];
      expect(comparable(found)).toEqual(comparable(expected));
      expect(Object.entries(found.body.facetDistribution.topic)).toEqual(Object.entries(expected.body.facetDistribution.topic));
    }
  });

  it.each([
    ['a filter', { q: 'پاکستان', filter: 'topic EXISTS AND timestamp > 0' }],
    ['all words', { q: 'پاکستان کی تاریخ', matchingStrategy: 'all' }],
    ['an order by a number', { q: 'پاکستان', sort: ['timestamp:desc', 'title:asc'], limit: 50 }],
    ['an order by texts', { q: '', sort: ['title:asc'], limit: 50 }],
    ['no hits at all', { q: 'پاکستان', limit: 0 }],
    ['one page of many', { q: 'پاکستان', offset: 3, limit: 4 }],
    ['details of scores', { q: 'cricket', showRankingScore: true, showRankingScoreDetails: true }],
    ['refusals', { q: 'پانی', filter: 'no_such_field = 1' }],
    ['refused numbers', { q: 'پانی', limit: 'many' }],
  ])('searches with %s', async (_what, wishes) => {
    const asked = { attributesToRetrieve: ['id', 'timestamp', 'title'], ...wishes };
    const [found, expected] = [await search(group.url, asked), await search(one.url, asked)];
    expect(found.status).toBe(expected.status);
    expect(comparable(found)).toEqual(comparable(expected));
  });

  it('counts all documents where no words are asked for', async () => {
    const asked = { facets: ['topic', 'timestamp'], limit: 200, attributesToRetrieve: ['id'] };
    const [found, expected] = [await search(group.url, asked), await search(one.url, asked)];
    expect(new Set(ids(found))).toEqual(new Set(ids(expected)));
    expect({ ...comparable(found), hits: [] }).toEqual({ ...comparable(expected), hits: [] });
  });

  it('answers several searches at once, and by GET', async () => {
    const queries = QUERIES.slice(0, 4).map((q) => ({ indexUid: 'articles', q, limit: 5, attributesToRetrieve: ['id'] }));
    const [found, expected] = [await ask(group.url, '/multi-search', { queries }), await ask(one.url, '/multi-search', { queries })];
    expect(found.body.results.map(({ hits }: Answer['body']) => hits)).toEqual(
      expected.body.results.map(({ hits }: Answer['body']) => hits),
    );
    const path = `/indexes/articles/search?q=${encodeURIComponent('پانی')}&limit=7&attributesToRetrieve=id`;
    expect(comparable(await ask(group.url, path, undefined, 'GET'))).toEqual(comparable(await ask(one.url, path, undefined, 'GET')));
    const federated = {
      queries: queries.map(({ limit: _, ...query }) => query),
      federation: { limit: 10, facetsByIndex: { articles: ['topic'] } },
    };
    const [merged, whole] = [await ask(group.url, '/multi-search', federated), await ask(one.url, '/multi-search', federated)];
    expect(merged.body.facetsByIndex).toEqual(whole.body.facetsByIndex);
    expect(merged.body.estimatedTotalHits).toBe(whole.body.estimatedTotalHits);
    expect(merged.body.hits.map((hit: Answer['body']) => hit._federation.weightedRankingScore)).toEqual(
      whole.body.hits.map((hit: Answer['body']) => hit._federation.weightedRankingScore),
    );
  });

  it('suggests, and searches facets', async () => {
    for (const q of ['پا', 'کتا', 'لاہو']) {
      const path = `/suggest?q=${encodeURIComponent(q)}`;
      const [found, expected] = [await ask(group.url, path, undefined, 'GET'), await ask(one.url, path, undefined, 'GET')];
      expect(found.body.suggestions).toEqual(expected.body.suggestions);
    }
    const asked = { facetName: 'topic', facetQuery: '' };
    const path = '/indexes/articles/facet-search';
    expect((await ask(group.url, path, asked)).body.facetHits).toEqual((await ask(one.url, path, asked)).body.facetHits);
  });

  it('lets tenants see what they may', async () => {
    const uid = '3c1f6bb8-7ee1-4c4c-9d0f-6a3bb5d0f001';
    const key = { uid, actions: ['search'], indexes: ['articles'], expiresAt: null };
    for (const { url } of [one, group]) expect(await ask(url, '/keys', key)).toMatchObject({ status: 201 });
    const topic = Object.keys((await search(one.url, { q: 'پاکستان', facets: ['topic'] })).body.facetDistribution.topic)[0] as string;
    const token = tenantToken(uid, keyOf(MASTER_KEY, uid), { articles: { filter: `topic = "${topic}"` } });
    const headers = { authorization: `Bearer ${token}` };
    const asked = { q: 'پاکستان', facets: ['topic'], attributesToRetrieve: ['id', 'topic'], limit: 50 };
    const [found, expected] = [await search(group.url, asked, headers), await search(one.url, asked, headers)];
    expect(comparable(found)).toEqual(comparable(expected));
    expect(new Set(found.body.hits.map((hit: Answer['body']) => hit.topic))).toEqual(new Set([topic]));
    expect((await ask(group.url, '/keys', undefined, 'GET')).body.results).toMatchObject([{ uid }]);
  });
});

describe('documents', () => {
  const notes = Array.from({ length: 40 }, (_, i) => ({ id: `note-${i}`, title: `لاہور میں دن ${i}`, number: i }));

  it('writes each to exactly one server, which its primary key tells', async () => {
    expect(await write('/indexes/notes/documents', notes)).toMatchObject({
      status: 'succeeded',
      details: { receivedDocuments: 40, indexedDocuments: 40 },
    });
    for (const { id } of notes) expect(await holding('notes', id)).toEqual([placeOf(id, 3)]);
    expect(await ask(group.url, '/indexes/notes', undefined, 'GET')).toMatchObject({ body: { uid: 'notes', primaryKey: 'id' } });
  });

  it('makes an index for them, however far each server is with making it', async () => {
    for (let nth = 0; nth < 15; nth += 1) await write(`/indexes/new-${nth}/documents?primaryKey=id`, notes.slice(0, 6));
  });

  it('changes, reads and removes them there', async () => {
    await write('/indexes/notes/documents', [{ id: 'note-3', number: 300 }], 'PUT');
    expect((await ask(group.url, '/indexes/notes/documents/note-3', undefined, 'GET')).body).toEqual({ ...notes[3], number: 300 });
    await write('/indexes/notes/documents/note-4', undefined, 'DELETE');
    await write('/indexes/notes/documents/delete-batch', ['note-5', 'note-6', 'note-7']);
    await write('/indexes/notes/settings', { filterableAttributes: ['number'] }, 'PATCH');
    await write('/indexes/notes/documents/delete', { filter: 'number >= 30 AND number < 300' });
    for (const id of ['note-4', 'note-5', 'note-6', 'note-7', 'note-39']) expect(await holding('notes', id)).toEqual([]);
    expect(await ask(group.url, '/indexes/notes/documents/note-4', undefined, 'GET')).toMatchObject({
      status: 404,
      body: { code: 'document_not_found' },
    });
    expect((await ask(group.url, '/indexes/notes/stats', undefined, 'GET')).body.numberOfDocuments).toBe(26);
  });

  it('lists each of them once, page by page', async () => {
    const listed: unknown[] = [];
    for (let offset = 0; offset < 30; offset += 7) {
      const { body } = await ask(group.url, '/indexes/notes/documents/fetch', { offset, limit: 7 });
      expect(body.total).toBe(26);
      listed.push(...body.results.map(({ id }: Answer['body']) => id));
    }
    expect(listed).toHaveLength(26);
    expect(new Set(listed).size).toBe(26);
    const { body } = await ask(group.url, '/indexes/notes/documents?limit=5&filter=number%20%3C%203&fields=id', undefined, 'GET');
    expect(body.results.map(({ id }: Answer['body']) => id).sort()).toEqual(['note-0', 'note-1', 'note-2']);
  });

  it('takes a batch whole or not at all', async () => {
    const task = await write('/indexes/notes/documents', [
      { id: 'sound-1', title: 'ایک' },
      { id: 'not sound', title: 'دو' },
    ]);
    expect(task).toMatchObject({ status: 'failed', error: { code: 'invalid_document_id' } });
    expect(await holding('notes', 'sound-1')).toEqual([]);
  });

  it('tells tasks by numbers of its own, newest first', async () => {
    const { body } = await ask(group.url, '/tasks?indexUids=notes&types=documentDeletion&limit=2', undefined, 'GET');
    expect(body.results.map(({ type, indexUid }: Answer['body']) => [type, indexUid])).toEqual([
      ['documentDeletion', 'notes'],
      ['documentDeletion', 'notes'],
    ]);
    expect(body.results[0].uid).toBeGreaterThan(body.results[1].uid);
    const next = await ask(group.url, `/tasks?indexUids=notes&types=documentDeletion&limit=2&from=${body.next}`, undefined, 'GET');
    expect(next.body).toMatchObject({ results: [{ type: 'documentDeletion' }], next: null });
    const failed = await ask(group.url, '/tasks?statuses=failed&indexUids=notes', undefined, 'GET');
    expect(failed.body.results).toMatchObject([{ error: { code: 'invalid_document_id' } }]);
    expect(await ask(group.url, '/tasks/99999', undefined, 'GET')).toMatchObject({ status: 404, body: { code: 'task_not_found' } });
    expect((await ask(group.url, '/tasks?statuses=enqueued,processing', undefined, 'GET')).body.results).toEqual([]);
  });

  it.each([
    ['POST', '/dumps', undefined],
    ['POST', '/snapshots', undefined],
    ['GET', '/batches', undefined],
    ['GET', '/network', undefined],
    ['PATCH', '/indexes/notes/settings', { distinctAttribute: 'number' }],
    ['PUT', '/indexes/notes/settings/distinct-attribute', '"number"'],
    ['POST', '/indexes/notes/search', { q: 'x', hybrid: { embedder: 'e' } }],
    ['POST', '/indexes/notes/search', { q: 'لاہور', distinct: 'number' }],
    ['POST', '/indexes/notes/documents/fetch', { sort: ['number:asc'] }],
  ])('refuses %s %s, and says why', async (method, path, body) => {
    expect(await ask(group.url, path, body, method)).toMatchObject({ status: 501, body: { code: 'not_served_by_several_servers' } });
  });
});

describe('a server that is gone', () => {
  const gone = 1;
  const id = 'note-0';

  it('leaves the others to answer, and that is told', async () => {
    const before = await search(group.url, { q: 'لاہور میں', facets: ['source'], limit: 100 });
    expect(before.body.urdu.partial).toBeUndefined();
    expect(before.headers.get('x-justuju-partial')).toBeNull();
    await servers[gone]?.kill();
    const { status, headers, body } = await search(group.url, { q: 'لاہور میں', facets: ['source'], limit: 100 });
    expect({ status, partial: body.urdu.partial }).toEqual({
      status: 200,
      partial: { servers: 3, missing: [{ server: gone + 1, message: 'does not answer' }] },
    });
    expect(headers.get('x-justuju-partial')).toBe('true');
    const left = before.body.hits.filter((hit: Answer['body']) => placeOf(hit.id, 3) !== gone);
    expect(ids({ body } as Answer)).toEqual(left.map((hit: Answer['body']) => hit.id));
    expect(left.length).toBeLessThan(before.body.hits.length);
    expect(body.estimatedTotalHits).toBe(left.length);
    expect(Object.values(body.facetDistribution.source as Record<string, number>).reduce((a, b) => a + b)).toBeLessThanOrEqual(left.length);
    const federated = await ask(group.url, '/multi-search', { federation: {}, queries: [{ indexUid: 'articles', q: 'پانی' }] });
    expect(federated.body.urdu.partial).toMatchObject({ servers: 3 });
    expect(
      (await ask(group.url, '/multi-search', { queries: [{ indexUid: 'articles', q: 'پانی' }] })).body.results[0].urdu.partial,
    ).toMatchObject({ servers: 3 });
  });

  it('refuses what it would have to hold, and takes what others hold', async () => {
    const place = (at: number): string => Array.from({ length: 99 }, (_, i) => `late-${i}`).find((key) => placeOf(key, 3) === at) as string;
    const refused = await ask(group.url, '/indexes/notes/documents', [{ id: place(gone), title: 'نیا' }]);
    expect(refused).toMatchObject({ status: 503, body: { message: expect.stringContaining('server 2') } });
    expect(refused.headers.get('retry-after')).not.toBeNull();
    const taken = await write('/indexes/notes/documents', [{ id: place(0), title: 'نیا' }]);
    expect(taken).toMatchObject({ status: 'succeeded' });
    expect(await ask(group.url, '/indexes/notes/settings', { filterableAttributes: [] }, 'PATCH')).toMatchObject({ status: 503 });
    expect(await ask(group.url, '/indexes/notes/documents', undefined, 'GET')).toMatchObject({ status: 503 });
    expect(await ask(group.url, '/health', undefined, 'GET')).toMatchObject({ status: 200 });
    expect((await ask(group.url, '/tasks?limit=1', undefined, 'GET')).body.partial).toMatchObject({ servers: 3 });
  });

  it('is asked again when it is back', async () => {
    await servers[gone]?.startAgain();
    await eventually('all servers answer', async () => (await search(group.url, { q: 'پانی' })).headers.get('x-justuju-partial') === null);
    const asked = { q: 'پانی', facets: ['topic'], attributesToRetrieve: ['id'] };
    expect(comparable(await search(group.url, asked))).toEqual(comparable(await search(one.url, asked)));
    expect(await holding('notes', id)).toEqual([placeOf(id, 3)]);
  });

  it('that has lost its data is told as missing, and gets no write', async () => {
    await servers[2]?.lose();
    await servers[2]?.startAgain();
    await eventually(
      'it answers',
      async () => (await search(group.url, { q: 'پانی' })).body.urdu.partial?.missing[0]?.message === 'does not have the index',
    );
    const lost = notesOn(2);
    expect(await ask(group.url, '/indexes/notes/documents', [{ id: lost, title: 'نیا' }])).toMatchObject({ status: 503 });
  });

  const notesOn = (place: number): string =>
    Array.from({ length: 99 }, (_, i) => `lost-${i}`).find((key) => placeOf(key, 3) === place) as string;
});
