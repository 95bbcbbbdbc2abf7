import { type Answer, finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

/** What readers look for, against a real Meilisearch with keys. */

const MASTER = 'a-master-key-of-tests';
const ARABIC_YEH = '\u064A';
const BOOKS = [
  { id: 1, title: 'دیوانِ غالب', author: 'مرزا غالب' },
  { id: 2, title: 'غالب کے خطوط', author: 'مرزا غالب' },
  { id: 3, title: 'بانگِ درا', author: 'محمد اقبال' },
  { id: 4, title: 'زندگی کا سفر', author: 'نامعلوم' },
  { id: 5, title: 'زندگی اور کتاب', author: 'نامعلوم' },
];

let justuju: TestJustuju;
let searchKey: string;
const as = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = as(MASTER)): Promise<Answer> =>
  request(justuju.url, method, path, body, headers);

const search = (q: string, more: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  call('POST', '/indexes/books/search', { q, ...more }, { ...as(searchKey), ...headers });
const WITH_ID = { 'meili-include-metadata': 'true' };

interface Row {
  readonly query: string;
  readonly searches: number;
  readonly spellings: { text: string; searches: number; readAs?: string }[];
  readonly [more: string]: unknown;
}
const queries = async (more = '', index = 'books'): Promise<{ totals: Row; results: Row[]; total: number }> =>
  (await call('GET', `/analytics/queries?index=${index}${more}`)).body as { totals: Row; results: Row[]; total: number };

/** When so many searches are counted. */
const counted = (searches: number, index = 'books'): Promise<{ totals: Row; results: Row[] }> =>
  eventually(
    `${searches} searches are counted`,
    async () => {
      const report = await queries('', index);
      return report.totals.searches >= searches ? report : undefined;
    },
    15_000,
  );

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER });
  for (const index of ['books', 'typed', 'clicks']) {
    const { body } = await call('POST', `/indexes/${index}/documents?primaryKey=id`, BOOKS);
    await finished(justuju.url, body.taskUid as number, as(MASTER));
  }
  const { body } = await call('POST', '/keys', { actions: ['search'], indexes: ['*'], expiresAt: null });
  searchKey = body.key as string;
  await eventually('a correction and Roman letters are understood', async () => {
    const { body: answer } = await search('zindagi', {}, { 'justuju-record': 'no' });
    return answer.urdu?.understood?.words[0]?.readings[0]?.reason === 'transliterated' || undefined;
  });
});
afterAll(() => justuju?.stop());

describe('the queries of readers', () => {
  it('are one row in every spelling, in Roman letters and corrected', async () => {
    for (const q of ['زندگی', 'زندگی', `زندگ${ARABIC_YEH}`, 'zindagi', 'زندگئ', 'زنندگی']) await search(q);
    await search('نہیںملےگا');
    const { results, totals } = await counted(7);
    expect(totals).toMatchObject({ searches: 7, withoutResults: 1 });
    expect(results[0]).toMatchObject({ query: 'زندگی', searches: 6, withoutResults: 0, clickThrough: 0 });
    expect(results[0]?.spellings.map(({ text }) => text).sort()).toEqual(
      [`زندگ${ARABIC_YEH}`, 'زندگی', 'زندگئ', 'زنندگی', 'zindagi'].sort(),
    );
    expect(results[0]?.spellings.find(({ text }) => text === 'زنندگی')).toMatchObject({ searches: 1, readAs: 'زندگی' });
    expect((await queries('&list=empty')).results.map(({ query }) => query)).toEqual(['نہیںملےگا']);
    expect((await queries('&list=corrected')).results.map(({ query }) => query)).toEqual(['زندگی']);
  });

  it('are not those of each keystroke, of further pages, and of who does not want it', async () => {
    const typed = async (q: string, more: object = {}, headers = {}): Promise<unknown> =>
      call('POST', '/indexes/typed/search', { q, ...more }, { ...as(searchKey), ...headers });
    for (const q of ['غا', 'غال', 'غالب', 'غالب ک', 'غالب کے خطوط']) await typed(q);
    await typed('غالب کے خطوط', { offset: 20 });
    await typed('غالب کے خطوط', { limit: 0 });
    await typed('اقبال', {}, { 'justuju-record': 'no' });
    await call('POST', '/multi-search', { queries: [1, 2, 3].map(() => ({ indexUid: 'typed', q: 'بانگ درا' })) }, as(searchKey));
    const { results, totals } = await counted(2, 'typed');
    expect(totals.searches).toBe(2);
    expect(results.map(({ query }) => query).sort()).toEqual(['بانگ درا', 'غالب کے خطوط'].sort());
  });

  it('are told page by page, and as a table that runs nothing', async () => {
    await search('=HYPERLINK("http://example.com")');
    await counted(8);
    const { total, results } = await queries('&limit=1&offset=1');
    expect([total, results.length]).toEqual([3, 1]);
    const { body, headers } = await call('GET', '/analytics/queries?index=books&format=csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(body).toContain('زندگی');
    expect(body).toContain('"\'=HYPERLINK(""http://example.com"")"');
    expect((await queries('&from=2020-01-01&to=2020-01-02')).totals.searches).toBe(0);
  });
});

describe('events', () => {
  const event = (more: object): object => ({
    eventType: 'click',
    eventName: 'Search Result Clicked',
    indexUid: 'clicks',
    userId: 'r1',
    ...more,
  });
  const send = (body: unknown, key = searchKey): Promise<Answer> => call('POST', '/events', body, as(key));
  const ask = async (q: string): Promise<string> =>
    (await call('POST', '/indexes/clicks/search', { q }, { ...as(searchKey), ...WITH_ID })).body.metadata.queryUid as string;

  it('are counted by place, once for a search, with the query in any spelling', async () => {
    const first = await ask('غالب');
    const second = await ask('ghalib');
    await ask('غالب');
    expect((await send(event({ queryUid: first, objectId: '2', position: 0 }))).status).toBe(201);
    expect((await send(event({ queryUid: first, objectId: 1, position: 1 }))).status).toBe(201);
    expect((await send(event({ queryUid: second, objectId: '2', position: 0 }))).status).toBe(201);
    expect((await send(event({ eventType: 'conversion', queryUid: second }))).status).toBe(201);
    expect((await send(event({ position: 5 }))).status).toBe(201);
    const row = await eventually(
      'clicks are counted',
      async () => {
        const { results } = await queries('', 'clicks');
        return results[0]?.['clicks'] === 3 ? results[0] : undefined;
      },
      20_000,
    );
    expect(row).toMatchObject({
      query: 'غالب',
      searches: 3,
      clickedSearches: 2,
      clickThrough: 0.667,
      clicks: 3,
      conversions: 1,
      averagePosition: 0.333,
      clicksByPosition: [2, 1],
      documents: [
        { id: '2', clicks: 2 },
        { id: '1', clicks: 1 },
      ],
    });
    expect((await queries('', 'clicks')).totals).toMatchObject({ searches: 3, clicks: 4, clickedSearches: 2 });
  });

  it('tells the id of a search where it is asked for, each its own', async () => {
    const { body } = await search('غالب', {}, WITH_ID);
    expect(body.metadata).toEqual({ queryUid: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/), indexUid: 'books', primaryKey: 'id' });
    expect((await search('غالب')).body.metadata).toBeUndefined();
    expect(await ask('غالب')).not.toBe(await ask('غالب'));
  });

  it.each<[string, unknown, number, string, string]>([
    [
      'no type',
      event({ eventType: undefined }),
      400,
      'missing_event_type',
      'Missing field `eventType`: it must be "click" or "conversion".',
    ],
    [
      'another type',
      event({ eventType: 'view' }),
      400,
      'invalid_event_type',
      'Invalid value at `.eventType`: expected "click" or "conversion", but found `"view"`.',
    ],
    [
      'a place before the first',
      event({ position: -1 }),
      400,
      'invalid_event_position',
      'Invalid value at `.position`: expected the place of the hit in the list, a whole number from 0, but found `-1`.',
    ],
    [
      'an unknown field',
      event({ ip: '1.2.3.4' }),
      400,
      'bad_request',
      'Unknown field `ip`: expected one of `eventType`, `eventName`, `indexUid`, `userId`, `queryUid`, `objectId`, `objectName`, `position`',
    ],
    [
      'no object',
      [event({})],
      400,
      'bad_request',
      'An event must be an object such as {"eventType": "click", "eventName": "...", "indexUid": "..."}.',
    ],
    [
      'a large one',
      event({ objectName: 'x'.repeat(20_000) }),
      413,
      'payload_too_large',
      'The provided payload reached the size limit. The maximum accepted payload size is 10000 bytes.',
    ],
    ['no index', event({ indexUid: 'nowhere' }), 404, 'index_not_found', 'Index `nowhere` not found.'],
  ])('with %s are refused', async (_what, body, status, code, message) => {
    const answer = await send(body);
    expect({ status: answer.status, code: answer.body.code, message: answer.body.message }).toEqual({ status, code, message });
  });

  it('are taken from who may search that index only, and told to who may read its statistics only', async () => {
    const { body: other } = await call('POST', '/keys', { actions: ['search', 'stats.get'], indexes: ['books'], expiresAt: null });
    const { body: writer } = await call('POST', '/keys', { actions: ['documents.add'], indexes: ['*'], expiresAt: null });
    expect((await send(event({}), other.key as string)).status).toBe(403);
    expect((await send(event({}), writer.key as string)).status).toBe(403);
    expect((await send(event({}), 'no-key')).status).toBe(403);
    expect((await call('GET', '/analytics/queries?index=books', undefined, as(other.key as string))).status).toBe(200);
    expect((await call('GET', '/analytics/queries?index=clicks', undefined, as(other.key as string))).status).toBe(403);
    expect((await call('GET', '/analytics/queries?index=books', undefined, as(searchKey))).status).toBe(403);
    expect((await call('GET', '/analytics/queries?index=books', undefined, {})).status).toBe(401);
  });

  it.each([
    ['index=b%20c', 'invalid_index_uid'],
    ['index=books&from=2026-02-30', 'invalid_analytics_from'],
    ['index=books&from=2026-03-02&to=2026-03-01', 'invalid_analytics_from'],
    ['index=books&limit=1001', 'invalid_analytics_limit'],
    ['index=books&list=some', 'invalid_analytics_list'],
    ['index=books&format=xml', 'invalid_analytics_format'],
    ['index=books&index=clicks', 'invalid_analytics_index'],
  ])('%s is refused', async (query, code) => {
    const answer = await call('GET', `/analytics/queries?${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });
});
