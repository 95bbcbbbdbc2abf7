/** Sorting by texts: in the order of the Urdu alphabet, and of the keys that make it nothing is seen. */
import { Readable } from 'node:stream';
import { generateTenantToken } from 'meilisearch/token';
import { reindex } from '../../../server/indexing/reindex.js';
import { type Answer, finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const MASTER = 'a-master-key-of-the-tests';
let justuju: TestJustuju;
const as =
  (key: string, base = justuju.url) =>
  (method: string, path: string, body?: unknown): Promise<Answer> =>
    request(base, method, path, body, { authorization: `Bearer ${key}` });
const call = (method: string, path: string, body?: unknown): Promise<Answer> => as(MASTER)(method, path, body);
const plain = (method: string, path: string, body?: unknown): Promise<Answer> => as(MASTER, justuju.engineUrl)(method, path, body);

async function change(method: string, path: string, body?: unknown, send = call): Promise<Answer['body']> {
  const answer = await send(method, path, body);
  const task: Answer['body'] = await finished(justuju.url, answer.body.taskUid, { authorization: `Bearer ${MASTER}` });
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
  return task;
}

const sortedIds = async (uid: string, body: object, send = call): Promise<number[]> => {
  const { body: found } = await send('POST', `/indexes/${uid}/search`, { q: '', limit: 50, ...body });
  expect(found.message).toBeUndefined();
  return (found.hits as { id: number }[]).map(({ id }) => id);
};

const ARABIC_LAHORE = '\u0644\u0627\u0647\u0648\u0631';
/** In the order in which they are to be. */
const NAMES = [
  '2 nai dilli',
  'Apple',
  'zebra',
  'اجمل',
  '\u0627\u0650\u062D\u0633\u0627\u0646',
  'آم',
  'بات',
  'پانی',
  'تار',
  'ٹماٹر',
  'ثمر',
  'چاول',
  'ڈاک',
  'ژالہ',
  'کان',
  'گاجر',
  ARABIC_LAHORE,
  'لاہوری',
  'وقت',
  'ہاتھ',
  'یاد',
];
const ids = NAMES.map((_name, i) => i + 1);
const PEOPLE = NAMES.map((name, i) => ({
  id: i + 1,
  name,
  author: { name: [name] },
  group: i % 2 === 0 ? 'ٹیم' : 'وفد',
  rank: 100 - i,
  mixed: i % 3 === 0 ? i : name,
  text: 'خبر',
}));
const SORTABLE = ['author.name', 'group', 'mixed', 'name', 'rank'];
const KEY = /_urdu\d/;
const PRIVATE = /[\uE000-\uF8FF]/;

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER });
  await change('POST', '/indexes', { uid: 'people', primaryKey: 'id' });
  await change('PATCH', '/indexes/people/settings', { sortableAttributes: SORTABLE, filterableAttributes: ['group', 'rank'] });
  await change('POST', '/indexes/people/documents', PEOPLE.toReversed());
});
afterAll(() => justuju?.stop());

describe('hits are sorted by the alphabet', () => {
  it.each<[what: string, body: object, order: number[]]>([
    ['upwards', { sort: ['name:asc'] }, ids],
    ['downwards', { sort: ['name:desc'] }, ids.toReversed()],
    ['a field of an object', { sort: ['author.name:desc'] }, ids.toReversed()],
    ['by two criteria', { sort: ['group:desc', 'name:asc'] }, [...ids.filter((id) => id % 2 === 0), ...ids.filter((id) => id % 2 === 1)]],
    ['with a number before', { sort: ['rank:asc', 'name:asc'] }, ids.toReversed()],
    ['filtered', { sort: ['name:asc'], filter: 'group = "ٹیم"' }, ids.filter((id) => id % 2 === 1)],
    ['found by words', { q: 'خبر', sort: ['name:asc'] }, ids],
    ['found by words, with the details', { q: 'خبر', sort: ['name:asc'], showRankingScoreDetails: true }, ids],
    ['texts before numbers', { sort: ['mixed:asc'] }, [...ids.filter((id) => id % 3 !== 1), ...ids.filter((id) => id % 3 === 1)]],
  ])('%s', async (_what, body, order) => expect(await sortedIds('people', body)).toEqual(order));

  it('asked by GET, in several searches, and in one list of several', async () => {
    const { body: got } = await call('GET', '/indexes/people/search?limit=50&sort=name:desc');
    expect(got.hits.map(({ id }: { id: number }) => id)).toEqual(ids.toReversed());
    const queries = [{ indexUid: 'people', q: '', sort: ['name:asc'] }];
    const { body: several } = await call('POST', '/multi-search', { queries: [{ ...queries[0], limit: 50 }] });
    expect(several.results[0].hits.map(({ id }: { id: number }) => id)).toEqual(ids);
    const { body: one } = await call('POST', '/multi-search', { federation: { limit: 50 }, queries });
    expect(one.hits.map(({ id }: { id: number }) => id)).toEqual(ids);
    expect(JSON.stringify([got, several, one])).not.toMatch(KEY);
  });

  it('in one list with an index that has no keys, as by Meilisearch', async () => {
    await change('POST', '/indexes/keyless/documents', [{ id: 101, name: 'ٹماٹر' }]);
    await change('PUT', '/indexes/keyless/settings/sortable-attributes', ['name'], plain);
    const queries = ['people', 'keyless'].map((indexUid) => ({ indexUid, q: '', sort: ['name:asc'] }));
    const { body: found } = await call('POST', '/multi-search', { federation: { limit: 50 }, queries });
    const names = (found.hits as { name: string }[]).map(({ name }) => name.normalize('NFKD').toLowerCase());
    expect(names).toEqual(names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
  });

  it('with a search key and a tenant token', async () => {
    const { body: key } = await call('POST', '/keys', { actions: ['search'], indexes: ['people'], expiresAt: null });
    const token = await generateTenantToken({ apiKey: key.key, apiKeyUid: key.uid, searchRules: { people: { filter: 'rank < 95' } } });
    expect(await sortedIds('people', { sort: ['name:asc'] }, as(key.key))).toEqual(ids);
    expect(await sortedIds('people', { sort: ['name:desc'] }, as(token))).toEqual(ids.filter((id) => id > 6).toReversed());
  });

  it('after a part of a document changed', async () => {
    await change('POST', '/indexes', { uid: 'changing', primaryKey: 'id' });
    await change('PUT', '/indexes/changing/settings/sortable-attributes', ['name']);
    await change('POST', '/indexes/changing/documents', [
      { id: 1, name: 'بات' },
      { id: 2, name: 'ٹماٹر' },
      { id: 3, name: 'وقت' },
    ]);
    await change('PUT', '/indexes/changing/documents', [{ id: 1, name: 'گاجر' }]);
    expect(await sortedIds('changing', { sort: ['name:asc'] })).toEqual([2, 1, 3]);
    await change('PUT', '/indexes/changing/documents', [{ id: 2, name: 7 }]);
    expect(await sortedIds('changing', { sort: ['name:asc'] })).toEqual([1, 3, 2]);
  });
});

describe('keys are seen nowhere', () => {
  it('not in settings, and what is set is read', async () => {
    const { body: one } = await call('GET', '/indexes/people/settings/sortable-attributes');
    const { body: all } = await call('GET', '/indexes/people/settings');
    expect([one, all.sortableAttributes]).toEqual([SORTABLE, SORTABLE]);
    expect(JSON.stringify(all)).not.toMatch(KEY);
  });

  it('not in tasks, which show what was asked', async () => {
    await change('POST', '/indexes', { uid: 'tasks', primaryKey: 'id' });
    const task = await change('PUT', '/indexes/tasks/settings/sortable-attributes', ['title', 'place.city']);
    expect(task.details).toEqual({ sortableAttributes: ['place.city', 'title'] });
    await change('DELETE', '/indexes/tasks/settings/sortable-attributes');
    expect((await call('GET', '/indexes/tasks/settings/sortable-attributes')).body).toEqual([]);
  });

  it.each<[what: string, method: string, path: string, body: unknown]>([
    ['hits', 'POST', 'search', { q: 'خبر', sort: ['name:asc'], attributesToRetrieve: ['*'], attributesToHighlight: ['*'] }],
    ['details of scores', 'POST', 'search', { q: '', sort: ['name:asc', 'rank:asc'], showRankingScoreDetails: true }],
    ['facets', 'POST', 'search', { q: '', facets: ['*'] }],
    ['documents', 'GET', 'documents?limit=50', undefined],
    ['one document', 'GET', 'documents/4', undefined],
    ['statistics', 'GET', 'stats', undefined],
    ['a refusal to sort', 'POST', 'search', { sort: ['name:asc', 'colour:asc'] }],
    ['a malformed sort', 'POST', 'search', { sort: ['name:asc', 'name:up'] }],
  ])('%s', async (_what, method, path, body) => {
    const { body: found } = await call(method, `/indexes/people/${path}`, body);
    expect(JSON.stringify(found)).not.toMatch(KEY);
    expect(JSON.stringify(found)).not.toMatch(PRIVATE);
  });

  it('a key is no text that is searched', async () => {
    for (const q of ['\uE000', '\uE001\uE026']) {
      expect((await call('POST', '/indexes/people/search', { q })).body.hits).toEqual([]);
    }
  });
});

describe('beside Meilisearch alone', () => {
  const OTHER = 'plain';
  beforeAll(async () => {
    await change('POST', '/indexes', { uid: OTHER, primaryKey: 'id' }, plain);
    await change('PATCH', `/indexes/${OTHER}/settings`, { sortableAttributes: SORTABLE, filterableAttributes: ['group', 'rank'] }, plain);
    await change('POST', `/indexes/${OTHER}/documents`, PEOPLE, plain);
  });

  it.each<[what: string, displayed: string[] | null]>([
    ['all fields are displayed', null],
    ['all sorted fields are', ['id', ...SORTABLE]],
    ['some sorted fields are', ['id', 'name', 'rank']],
  ])('a field that is not sortable is refused in its words where %s', async (_what, displayed) => {
    await change('PATCH', '/indexes/people/settings', { displayedAttributes: displayed });
    await change('PATCH', `/indexes/${OTHER}/settings`, { displayedAttributes: displayed }, plain);
    for (const sort of [['colour:asc'], ['name:asc', 'colour:desc'], ['name'], ['name:up', 'name:asc'], ['_urdu:asc']]) {
      const [ours, theirs] = await Promise.all([
        call('POST', '/indexes/people/search', { sort }),
        plain('POST', `/indexes/${OTHER}/search`, { sort }),
      ]);
      expect([ours.status, ours.body]).toEqual([theirs.status, JSON.parse(JSON.stringify(theirs.body).replaceAll(OTHER, 'people'))]);
    }
    await change('PATCH', '/indexes/people/settings', { displayedAttributes: null });
    await change('PATCH', `/indexes/${OTHER}/settings`, { displayedAttributes: null }, plain);
  });

  it.each([null, ['id', 'rank', 'group']])('details of scores are numbered as there where %j is displayed', async (displayed) => {
    await change('PATCH', '/indexes/people/settings', { displayedAttributes: displayed });
    await change('PATCH', `/indexes/${OTHER}/settings`, { displayedAttributes: displayed }, plain);
    const body = { q: '', sort: ['rank:asc', 'name:asc', 'group:asc'], showRankingScoreDetails: true, limit: 1 };
    const [ours, theirs] = [await call('POST', '/indexes/people/search', body), await plain('POST', `/indexes/${OTHER}/search`, body)];
    expect(ours.body.hits[0]._rankingScoreDetails).toEqual(theirs.body.hits[0]._rankingScoreDetails);
    await change('PATCH', '/indexes/people/settings', { displayedAttributes: null });
    await change('PATCH', `/indexes/${OTHER}/settings`, { displayedAttributes: null }, plain);
  });

  it('sorts in one list that do not go together are refused in its words', async () => {
    const ask = (indexUid: string, send: typeof call): Promise<Answer> =>
      send('POST', '/multi-search', {
        federation: {},
        queries: [
          { indexUid, q: '', sort: ['name:asc'] },
          { indexUid, q: '', sort: ['name:desc'] },
        ],
      });
    const [ours, theirs] = [await ask('people', call), await ask(OTHER, plain)];
    // What comes after names the ranking rules, and an index of Urdu has fewer.
    const said = ({ status, body }: Answer): unknown => [
      status,
      (body.message as string).replaceAll('people', OTHER).split('\n  - note')[0],
    ];
    expect(said(ours)).toEqual(said(theirs));
  });
});

describe('without keys for all documents', () => {
  it('a field made sortable past Justuju is sorted as by Meilisearch, whatever comes later', async () => {
    await change('POST', '/indexes/later/documents', [
      { id: 1, name: 'وقت' },
      { id: 2, name: 'گاجر' },
    ]);
    await change('PUT', '/indexes/later/settings/sortable-attributes', ['name'], plain);
    await change('POST', '/indexes/later/documents', [{ id: 3, name: 'ٹماٹر' }]);
    expect(await sortedIds('later', { sort: ['name:asc'] })).toEqual([1, 3, 2]);
    const { body: held } = await plain('GET', '/indexes/later/documents');
    expect(JSON.stringify(held)).not.toContain('_sort');
    const stored = (await call('GET', '/indexes/later/documents')).body.results as Record<string, unknown>[];
    const settings = (await call('GET', '/indexes/later/settings')).body as Record<string, unknown>;
    await reindex({ url: justuju.engineUrl, adminKey: MASTER }, 'later', Readable.from(stored), { settings });
    // Built past the proxy: it sees so by itself.
    const inOrder = async (): Promise<boolean> => String(await sortedIds('later', { sort: ['name:asc'] })) === '3,2,1';
    await eventually('the order of the alphabet', inOrder);
    await change('POST', '/indexes/later/documents', [{ id: 4, name: 'آم' }]);
    await change('PUT', '/indexes/later/documents', [{ id: 1, name: 'پانی' }]);
    expect(await sortedIds('later', { sort: ['name:asc'] })).toEqual([4, 1, 3, 2]);
  });

  it('documents that are there get their keys when a field becomes sortable, and stay the versions that they are', async () => {
    await change('POST', '/indexes/since/documents', [
      { id: 1, name: 'وقت', price: 3 },
      { id: 2, name: 'گاجر', price: 1 },
      { id: 3, name: 'آم', price: 2 },
    ]);
    const stamps = async (): Promise<unknown> =>
      ((await plain('GET', '/indexes/since/documents')).body.results as Record<string, unknown>[]).map((one) => one['_urdu5_stamp']);
    const before = await stamps();
    const { details } = await change('PUT', '/indexes/since/settings/sortable-attributes', ['price', 'name']);
    expect(details).toEqual({ sortableAttributes: ['name', 'price'] });
    expect(await sortedIds('since', { sort: ['name:asc'] })).toEqual([3, 2, 1]);
    expect(await sortedIds('since', { sort: ['price:asc'] })).toEqual([2, 3, 1]);
    expect(await stamps()).toEqual(before);
    await change('POST', '/indexes/since/documents', [{ id: 4, name: 'ٹماٹر', price: 0 }]);
    expect(await sortedIds('since', { sort: ['name:desc'] })).toEqual([1, 2, 4, 3]);
    expect((await call('GET', '/indexes/since/settings/sortable-attributes')).body.toSorted()).toEqual(['name', 'price']);
  });

  it('documents are listed in that order, and refusals name what was asked', async () => {
    const listed = async (query: string): Promise<Answer['body']> => (await call('GET', `/indexes/since/documents?${query}`)).body;
    const idsOf = (body: Answer['body']): unknown => (body.results as { id: number }[]).map(({ id }) => id);
    expect(idsOf(await listed('sort=name:asc'))).toEqual([3, 4, 2, 1]);
    expect(idsOf(await listed('sort=name:desc,price:asc&limit=2'))).toEqual([1, 2]);
    expect((await listed('sort=name:asc&fields=id')).results[0]).toEqual({ id: 3 });
    expect(idsOf((await call('POST', '/indexes/since/documents/fetch', { sort: ['name:asc'] })).body)).toEqual([3, 4, 2, 1]);
    const refused = await listed('sort=name:asc,nothing:asc');
    expect(refused.message).toBe('Attribute `nothing` is not sortable. Available sortable attributes are: `name, price`.');
  });

  it('an index that nobody sorts, or of another language, holds none', async () => {
    await change('POST', '/indexes', { uid: 'english', primaryKey: 'id' });
    await change('PUT', '/indexes/english/settings/sortable-attributes', ['name']);
    await change('POST', '/indexes/english/documents', [
      { id: 1, name: 'Zoo' },
      { id: 2, name: 'apple' },
    ]);
    expect(await sortedIds('english', { sort: ['name:asc'] })).toEqual([2, 1]);
    await change('POST', '/indexes/unsorted/documents', PEOPLE);
    for (const uid of ['english', 'unsorted'])
      expect(JSON.stringify((await plain('GET', `/indexes/${uid}/documents`)).body)).not.toContain('_sort');
  });
});
