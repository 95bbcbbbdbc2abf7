import { join } from 'node:path';
import { analyzeAnew } from '../../../server/indexing/analyze-anew.js';
import { readBackup, writeBackup } from '../../../server/indexing/backup.js';
import { type Answer, finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

/** Pins and synonyms, against a real Meilisearch with keys. */

const MASTER = 'a-master-key-of-tests';
const ARABIC_KAF = '\u0643';
const ARTICLES = [
  { id: 1, title: 'کتاب کی دکان', topic: 'بازار' },
  { id: 2, title: 'کتاب اور قلم', topic: 'تعلیم' },
  { id: 3, title: 'نئی کتاب کی رونمائی', topic: 'ادب' },
  { id: 4, title: 'ادبی میلہ اتوار سے', topic: 'ادب' },
  { id: 5, title: 'زندگی کا سفر', topic: 'ادب' },
  { id: 6, title: 'دوا سستی', topic: 'صحت' },
  { id: 7, title: 'گولیاں مہنگی', topic: 'صحت' },
];
const SPELLINGS = ['کتاب', `${ARABIC_KAF}تاب`, 'کتابیں', 'kitab', 'کتتاب'];

let justuju: TestJustuju;
let searchKey: string;
const as = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = as(MASTER)): Promise<Answer> =>
  request(justuju.url, method, path, body, headers);
const search = async (q: string, more: object = {}, index = 'articles', key = searchKey) =>
  (await call('POST', `/indexes/${index}/search`, { q, ...more }, as(key))).body;
const ids = async (q: string, more: object = {}, index = 'articles'): Promise<number[]> =>
  (await search(q, more, index)).hits.map(({ id }: { id: number }) => id);
const pin = async (body: object, index = 'articles'): Promise<void> => {
  const answer = await call('PUT', `/indexes/${index}/pins`, body);
  expect(answer.status).toBe(202);
  expect(await finished(justuju.url, answer.body.taskUid as number, as(MASTER))).toMatchObject({ status: 'succeeded', details: {} });
};
const within = (what: string, look: () => Promise<boolean>): Promise<true> =>
  eventually(what, async () => ((await look()) ? true : undefined), 1_000);

async function fill(index: string, documents: object[] = ARTICLES): Promise<void> {
  const { body } = await call('POST', `/indexes/${index}/documents?primaryKey=id`, documents);
  expect((await finished(justuju.url, body.taskUid as number, as(MASTER))).status).toBe('succeeded');
}

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER });
  const { body } = await call('POST', '/keys', { actions: ['search'], indexes: ['*'], expiresAt: null });
  searchKey = body.key as string;
  await fill('articles');
  const settings = await call('PATCH', '/indexes/articles/settings', { filterableAttributes: ['topic'], sortableAttributes: ['id'] });
  await finished(justuju.url, settings.body.taskUid as number, as(MASTER));
  await eventually('Roman letters are understood', async () => (await ids('kitab')).length === 3 || undefined);
});
afterAll(() => justuju?.stop());

describe('a pin', () => {
  it('acts within a second in every spelling, and counts and pages are one truth', async () => {
    expect(await ids('کتاب')).not.toContain(4);
    const before = (await search('کتاب')).estimatedTotalHits as number;
    await pin({ query: 'kitab', documents: [4, '3'] });
    for (const spelling of SPELLINGS) {
      await within(`${spelling} shows what is pinned first`, async () => (await ids(spelling)).slice(0, 2).join() === '4,3');
      const answer = await search(spelling);
      expect([spelling, answer.urdu.pinned, answer.estimatedTotalHits]).toEqual([spelling, [0, 1], before + 1]);
    }
    const pages = await Promise.all([1, 2, 3, 4].map((page) => search('کتاب', { page, hitsPerPage: 1, facets: ['topic'] })));
    expect(pages.map(({ hits }) => hits[0].id).sort()).toEqual([1, 2, 3, 4]);
    expect(pages.map(({ totalHits, urdu }) => [totalHits, urdu.pinned])).toEqual([
      [4, [0]],
      [4, [0]],
      [4, undefined],
      [4, undefined],
    ]);
    expect(pages[0]?.facetDistribution).toEqual({ topic: { ادب: 2, بازار: 1, تعلیم: 1 } });
    expect(await ids('کتاب دکان')).not.toContain(4);
  });

  it('is shown to who may see it only, and to who did not filter it out', async () => {
    expect(await ids('کتاب', { filter: 'topic = تعلیم' })).toEqual([2]);
    expect(await ids('کتاب', { filter: 'topic = ادب' })).toEqual([4, 3]);
    expect((await search('کتاب', { filter: 'topic = تعلیم' })).urdu.pinned).toBeUndefined();
    expect(await ids('کتاب', { sort: ['id:asc'] })).toEqual([1, 2, 3]);
    expect((await search('کتاب', { attributesToRetrieve: ['title'] })).hits[0]).toEqual({ title: 'ادبی میلہ اتوار سے' });
  });

  it('shows an article where nothing else is found, and for words that are not Urdu', async () => {
    await pin({ query: 'WhatsApp', documents: ['6'] });
    await pin({ query: 'ناپید', documents: ['7'] });
    await within('both are shown', async () => (await ids('whatsapp')).join() === '6' && (await ids('ناپید')).join() === '7');
  });

  it('stays through changes of settings, a reindex, a swap and a backup', async () => {
    const { body } = await call('PATCH', '/indexes/articles/settings', { synonyms: { دوا: ['دارو'] }, stopWords: ['سے'] });
    await finished(justuju.url, body.taskUid as number, as(MASTER));
    expect((await call('GET', '/indexes/articles/settings/synonyms')).body).toEqual({ دوا: ['دارو'] });
    const kept = (await call('GET', '/indexes/articles/pins')).body;
    expect(kept).toMatchObject({ total: 3, results: [{ query: 'kitab', readAs: 'کتاب', documents: ['4', '3'] }, {}, {}] });
    const engine = { url: justuju.engineUrl, adminKey: MASTER };
    await analyzeAnew(engine, 'articles');
    expect((await call('GET', '/indexes/articles/pins')).body).toEqual(kept);
    await eventually('the new index shows it', async () => (await ids('کتاب')).slice(0, 2).join() === '4,3' || undefined);
    await fill('others', [{ id: 1, title: 'کتاب' }]);
    const swap = await call('POST', '/swap-indexes', [{ indexes: ['articles', 'others'] }]);
    await finished(justuju.url, swap.body.taskUid as number, as(MASTER));
    await eventually('it went with its articles', async () => (await ids('کتاب', {}, 'others'))[0] === 4 || undefined);
    const file = join(justuju.dataDir, 'others.backup.gz');
    await writeBackup(engine, 'others', file);
    await readBackup(engine, 'restored', file);
    expect((await call('GET', '/indexes/restored/pins')).body).toEqual(kept);
    expect((await call('GET', '/indexes/restored/settings')).body).not.toHaveProperty('_justujuPins');
  });

  it('is replaced by another for the same need, ends when it is to, and is removed in any spelling', async () => {
    await fill('ends');
    await pin({ query: 'کتاب', documents: ['5'] }, 'ends');
    const soon = new Date(Date.now() + 2_000).toISOString();
    await pin({ query: 'کتابیں', documents: ['4'], until: soon }, 'ends');
    expect((await call('GET', '/indexes/ends/pins')).body).toEqual({
      results: [{ query: 'کتابیں', documents: ['4'], until: soon }],
      total: 1,
    });
    await within('it acts', async () => (await ids('کتاب', {}, 'ends'))[0] === 4);
    await eventually('it ends', async () => !(await ids('کتاب', {}, 'ends')).includes(4) || undefined, 5_000);
    const removed = await call('DELETE', `/indexes/ends/pins?query=${encodeURIComponent(`${ARABIC_KAF}تاب`)}`);
    await finished(justuju.url, removed.body.taskUid as number, as(MASTER));
    expect((await call('GET', '/indexes/ends/pins')).body).toEqual({ results: [], total: 0 });
  });

  it('stays where the address says something else than what to remove', async () => {
    await fill('kept');
    await pin({ query: 'کتاب', documents: ['5'] }, 'kept');
    const { status, body } = await call('DELETE', '/indexes/kept/pins?qeury=x');
    expect([status, body.message]).toEqual([400, 'Unknown parameter `qeury`: expected one of `query`']);
    expect((await call('GET', '/indexes/kept/pins')).body.total).toBe(1);
  });

  it('is not lost where several are set at once', async () => {
    await fill('many');
    const words = ['ایک', 'بازار', 'قلم', 'دکان', 'میلہ', 'سفر', 'زندگی', 'رونمائی'];
    const answers = await Promise.all(words.map((query) => call('PUT', '/indexes/many/pins', { query, documents: ['1'] })));
    for (const { body } of answers) await finished(justuju.url, body.taskUid as number, as(MASTER));
    expect((await call('GET', '/indexes/many/pins')).body.total).toBe(words.length);
  });

  it.each<[string, unknown, number, string]>([
    ['no words', { query: '؟', documents: ['1'] }, 400, 'invalid_pin_query'],
    ['no documents', { query: 'کتاب', documents: [] }, 400, 'invalid_pin_documents'],
    ['a document that is not there', { query: 'کتاب', documents: ['999'] }, 404, 'document_not_found'],
    ['an end that is over', { query: 'کتاب', documents: ['1'], until: '2020-01-01' }, 400, 'invalid_pin_until'],
    ['a day that is none', { query: 'کتاب', documents: ['1'], until: '2030-02-30' }, 400, 'invalid_pin_until'],
    ['an unknown field', { query: 'کتاب', documents: ['1'], position: 3 }, 400, 'invalid_pin'],
  ])('with %s is refused', async (_what, body, status, code) => {
    const answer = await call('PUT', '/indexes/many/pins', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is set and read by who may change and read settings of that index only', async () => {
    const { body: other } = await call('POST', '/keys', {
      actions: ['settings.get', 'settings.update', 'documents.get'],
      indexes: ['ends'],
      expiresAt: null,
    });
    const one = { query: 'سفر', documents: ['5'] };
    for (const [index, key, expected] of [
      ['many', other.key, 403],
      ['many', searchKey, 403],
      ['ends', other.key, 202],
      ['ends', 'none', 403],
    ] as [string, string, number][])
      expect((await call('PUT', `/indexes/${index}/pins`, one, as(key))).status).toBe(expected);
    expect((await call('GET', '/indexes/many/pins', undefined, as(searchKey))).status).toBe(403);
    expect((await call('DELETE', '/indexes/many/pins', undefined, as(searchKey))).status).toBe(403);
    expect((await call('PUT', '/indexes/nowhere/pins', one)).body.code).toBe('index_not_found');
    expect((await call('PATCH', '/indexes/many/settings', { _justujuPins: [], synonyms: {} })).status).toBe(400);
    expect((await call('GET', '/indexes/many/pins')).body.total).toBe(8);
  });
});

it('a synonym acts within a second in every spelling, and survives a reindex', async () => {
  await fill('health');
  await eventually('Roman letters are understood', async () => (await ids('dawa', {}, 'health')).includes(6) || undefined);
  expect(await ids('دوا', {}, 'health')).toEqual([6]);
  const { body } = await call('PUT', '/indexes/health/settings/synonyms', { دوا: ['گولی'] });
  await finished(justuju.url, body.taskUid as number, as(MASTER));
  for (const spelling of ['دوا', 'دوائیں', 'dawa'])
    await within(spelling, async () => (await ids(spelling, {}, 'health')).join() === '6,7');
  await analyzeAnew({ url: justuju.engineUrl, adminKey: MASTER }, 'health');
  expect((await call('GET', '/indexes/health/settings/synonyms')).body).toEqual({ دوا: ['گولی'] });
  await eventually('the new index knows it', async () => (await ids('دوا', {}, 'health')).join() === '6,7' || undefined);
});
