/** Hits proposed from memory, through the whole of Justuju before a real Meilisearch. */
import { type Answer, finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

const MASTER = 'a-master-key-of-the-tests';
let justuju: TestJustuju;

const as =
  (key: string) =>
  (method: string, path: string, body?: unknown): Promise<Answer> =>
    request(justuju.url, method, path, body, { authorization: `Bearer ${key}` });
const call = as(MASTER);
const direct = (method: string, path: string, body?: unknown): Promise<Answer> =>
  request(justuju.engineUrl, method, path, body, { authorization: `Bearer ${MASTER}` });

async function change(method: string, path: string, body?: unknown, ask = call): Promise<void> {
  const answer = await ask(method, path, body);
  expect(answer.status).toBe(202);
  const task = await finished(justuju.url, answer.body.taskUid, { authorization: `Bearer ${MASTER}` });
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
}
const search = async (uid: string, body: object): Promise<Answer['body']> => (await call('POST', `/indexes/${uid}/search`, body)).body;
const idsOf = ({ hits }: Answer['body']): number[] => hits.map(({ id }: { id: number }) => id);

const BOOKS = [
  { id: 1, title: 'غالب کے خطوط', kind: 'نثر', author: { name: 'مرزا غالب' }, year: 1868 },
  { id: 2, title: 'دیوان غالب', kind: 'شاعری', author: { name: 'مرزا غالب' }, year: 1841 },
  { id: 3, title: 'بانگ درا', kind: 'شاعری', author: { name: 'محمد اقبال' }, year: 1924 },
];

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER });
  await change('PATCH', '/indexes/books/settings', { filterableAttributes: ['kind'], sortableAttributes: ['year'] });
  await change('POST', '/indexes/books/documents?primaryKey=id', BOOKS);
  const many = Array.from({ length: 90 }, (_none, id) => ({
    id,
    title: `کتاب نمبر ${id}`,
    body: `ایک ${id % 2 === 0 ? 'شہر' : 'گاؤں'} کی کہانی `.repeat(1 + (id % 7)),
  }));
  await change('POST', '/indexes/many/documents?primaryKey=id', many);
}, 60_000);
afterAll(() => justuju?.stop());

describe('hits', () => {
  it('come from memory, whole', async () => {
    const found = await search('books', { q: 'غالب' });
    expect(found.urdu.proposedBy).toBe('memory');
    expect(found.hits).toEqual(expect.arrayContaining([BOOKS[0], BOOKS[1]]));
    expect(found).toMatchObject({ estimatedTotalHits: 2, limit: 20, offset: 0, query: 'غالب' });
  });

  it.each([
    [['title'], { title: 'دیوان غالب' }],
    [['id'], { id: 2 }],
    [['title', 'id'], { id: 2, title: 'دیوان غالب' }],
    [['author.name'], { author: { name: 'مرزا غالب' } }],
    [['nothing'], {}],
    [[], {}],
    [['*'], BOOKS[1]],
  ])('show %j', async (attributesToRetrieve, expected) => {
    const found = await search('books', { q: 'دیوان غالب ', limit: 1, attributesToRetrieve });
    expect(found.urdu.proposedBy).toBe('memory');
    expect(found.hits).toEqual([expected]);
  });

  it('are marked', async () => {
    const [hit] = (await search('books', { q: 'د\u064Aوان ', attributesToHighlight: ['title'] })).hits;
    expect(hit._formatted.title).toBe('<em>دیوان</em> غالب');
  });

  it('come with their facets', async () => {
    const found = await search('books', { q: 'غالب', facets: ['kind'] });
    expect(found.urdu.proposedBy).toBe('memory');
    expect(found.facetDistribution).toEqual({ kind: { نثر: 1, شاعری: 1 } });
  });

  it('come to each query of a multi-search', async () => {
    const { body } = await call('POST', '/multi-search', {
      queries: [
        { indexUid: 'books', q: 'بانگ', attributesToRetrieve: ['id'] },
        { indexUid: 'many', q: 'شہر', limit: 2 },
        { indexUid: 'books', q: 'غالب', filter: 'kind = نثر' },
      ],
    });
    expect(body.results.map(({ urdu }: Answer['body']) => urdu.proposedBy)).toEqual(['memory', 'memory', 'meilisearch']);
    expect(body.results[0].hits).toEqual([{ id: 3 }]);
    expect(body.results[1].hits).toHaveLength(2);
    expect(idsOf(body.results[2])).toEqual([1]);
  });
});

describe('Meilisearch decides', () => {
  it.each<[string, object, number[]]>([
    ['a filter', { q: 'غالب', filter: 'kind = شاعری' }, [2]],
    ['a phrase', { q: '"دیوان غالب"' }, [2]],
    ['a negative', { q: 'غالب -دیوان' }, [1]],
    ['a sorting', { q: 'غالب', sort: ['year:asc'] }, [2, 1]],
    ['the fields that are searched', { q: 'مرزا', attributesToSearchOn: ['title'] }, []],
    ['the strategy `all`', { q: 'دیوان خطوط ', matchingStrategy: 'all' }, []],
    ['`exact`', { q: 'دیوان ', urdu: { exact: true } }, [2]],
  ])('%s', async (_what, body, expected) => {
    const found = await search('books', body);
    expect(idsOf(found)).toEqual(expected);
    expect(found.urdu.proposedBy).toBe('meilisearch');
  });

  it('the score that is shown', async () => {
    const found = await search('books', { q: 'دیوان', showRankingScore: true });
    expect(found.urdu.proposedBy).toBe('meilisearch');
    expect(found.hits[0]._rankingScore).toBeGreaterThan(0);
  });

  it('who may search: a key of another index gets no hits', async () => {
    const { body: key } = await call('POST', '/keys', { actions: ['search'], indexes: ['many'], expiresAt: null });
    const stranger = as(key.key);
    expect((await stranger('POST', '/indexes/many/search', { q: 'شہر' })).body.urdu.proposedBy).toBe('memory');
    const refused = await stranger('POST', '/indexes/books/search', { q: 'غالب' });
    expect([refused.status, refused.body.code, refused.body.hits]).toEqual([403, 'invalid_api_key', undefined]);
    const both = { queries: [{ indexUid: 'books', q: 'غالب' }] };
    expect((await stranger('POST', '/multi-search', both)).body.results).toBeUndefined();
  });

  it('what is shown, where not all fields are', async () => {
    await change('POST', '/indexes/hidden/documents?primaryKey=id', BOOKS);
    await change('PATCH', '/indexes/hidden/settings', { displayedAttributes: ['id', 'title'] });
    const found = await search('hidden', { q: 'غالب', attributesToRetrieve: ['*'] });
    expect(found.urdu.proposedBy).toBe('meilisearch');
    for (const hit of found.hits) expect(Object.keys(hit).sort()).toEqual(['id', 'title']);
  });
});

describe('pages', () => {
  it.each([7, 20, 33])('of %d make one list, whichever way they are asked', async (size) => {
    const [byOffset, byNumber]: [number[], number[]] = [[], []];
    for (let page = 0; page * size < 90; page += 1) {
      byOffset.push(...idsOf(await search('many', { q: 'کتاب شہر', offset: page * size, limit: size })));
      const numbered = await search('many', { q: 'کتاب شہر', page: page + 1, hitsPerPage: size });
      expect(numbered).toMatchObject({ page: page + 1, hitsPerPage: size, totalHits: 90, totalPages: Math.ceil(90 / size) });
      byNumber.push(...idsOf(numbered));
    }
    expect((await search('many', { q: 'کتاب شہر' })).urdu.proposedBy).toBe('memory');
    expect(byOffset).toHaveLength(90);
    expect(new Set(byOffset).size).toBe(90);
    expect(byNumber).toEqual(byOffset);
  });
});

describe('an index that changes', () => {
  const found = async (q: string): Promise<[string, number[]]> => {
    const answer = await search('changing', { q });
    return [answer.urdu.proposedBy, idsOf(answer)];
  };

  it('is found as it is now', async () => {
    const write = (method: string, body: unknown): Promise<void> => change(method, '/indexes/changing/documents?primaryKey=id', body);
    await write('POST', [{ id: 1, title: 'شطرنج' }]);
    expect(await found('شطرنج')).toEqual(['memory', [1]]);
    await write('POST', [{ id: 2, title: 'شطرنج کا کھیل' }]);
    expect((await found('شطرنج'))[1].sort()).toEqual([1, 2]);
    await write('PUT', [{ id: 1, title: 'کبڈی' }]);
    expect(await found('شطرنج')).toEqual(['memory', [2]]);
    expect(await found('کبڈی')).toEqual(['memory', [1]]);
    await change('DELETE', '/indexes/changing/documents/2');
    expect((await found('شطرنج'))[1]).toEqual([]);
  });

  it('past Justuju is left to Meilisearch', async () => {
    await change('POST', '/indexes/past/documents?primaryKey=id', [
      { id: 1, title: 'شطرنج' },
      { id: 2, title: 'کبڈی' },
    ]);
    expect((await search('past', { q: 'کبڈی' })).urdu.proposedBy).toBe('memory');
    await change('POST', '/indexes/past/documents', [{ id: 3, title: 'chess' }], direct);
    const after = await search('past', { q: 'کبڈی' });
    expect([after.urdu.proposedBy, idsOf(after)]).toEqual(['meilisearch', [2]]);
    await change('DELETE', '/indexes/past/documents/3', undefined, direct);
    expect((await search('past', { q: 'کبڈی' })).urdu.proposedBy).toBe('memory');
  });
});
