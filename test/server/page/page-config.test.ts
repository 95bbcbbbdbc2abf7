import { EngineHttp } from '../../../server/meilisearch/http.js';
import { mayDoMore } from '../../../server/page/rights.js';
import { readPageSettings } from '../../../server/page/settings.js';
import { type Answer, call, finished } from '../../support/call.js';
import { createKey, keyOf, tenantToken } from '../../support/credentials.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const settings = (given: object) => readPageSettings(JSON.stringify(given), 'page.json');
const MASTER = 'master-key-of-this-test';
const asMaster = { authorization: `Bearer ${MASTER}` };

const POEM = { slug: 'deewan-1', متن: 'دل ہی تو ہے نہ سنگ و خشت\nدرد سے بھر نہ آئے کیوں', شاعر: 'غالب', secret: 'راز' };

async function write(base: string, uid: string, change: object, documents: object[], headers = {}): Promise<void> {
  const set = await call(base, 'PATCH', `/indexes/${uid}/settings`, change, headers);
  await finished(base, set.body.taskUid, headers);
  const added = await call(base, 'POST', `/indexes/${uid}/documents?primaryKey=slug`, documents, headers);
  expect(await finished(base, added.body.taskUid, headers)).toMatchObject({ status: 'succeeded' });
}

const config = (base: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call(base, 'GET', '/page-config', undefined, headers);

describe('GET /page-config without keys', () => {
  let justuju: TestJustuju;
  beforeAll(async () => {
    justuju = await startJustuju({ samples: true });
    await write(justuju.url, 'poems', { displayedAttributes: ['slug', 'متن', 'شاعر'], filterableAttributes: ['شاعر', 'secret'] }, [POEM]);
  });
  afterAll(() => justuju?.stop());

  it('describes all indexes by their settings and documents', async () => {
    const { status, body, headers } = await config(justuju.url);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(body).toMatchObject({ title: { ur: 'جستجو', en: 'Justuju' }, languages: ['ur', 'en'], key: null, numerals: 'urdu' });
    expect(body.indexes.map(({ uid }: { uid: string }) => uid)).toEqual(['articles', 'poems']);
    const [articles, poems] = body.indexes;
    expect(articles).toMatchObject({
      primaryKey: 'id',
      fields: { headline: 'title', text: ['body'], date: 'date', source: 'source' },
      verse: false,
      dateFilter: { field: 'timestamp', unit: 'seconds' },
      maxTotalHits: 1000,
    });
    expect(articles.facets.map(({ field }: { field: string }) => field).slice(0, 2)).toEqual(['source', 'topic']);
    expect(poems).toMatchObject({
      primaryKey: 'slug',
      fields: { headline: null, text: ['متن'], author: 'شاعر' },
      verse: true,
      facets: [{ field: 'شاعر' }],
      sorts: [],
      dateFilter: null,
    });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('names only what its own routes take', async () => {
    const { body } = await config(justuju.url);
    for (const { uid, facets, sorts, dateFilter } of body.indexes) {
      const asked = {
        facets: facets.map(({ field }: { field: string }) => field),
        filter: dateFilter === null ? [] : [`${dateFilter.field} >= ${dateFilter.unit === 'iso' ? '"2000-01-01"' : '0'}`],
      };
      expect(await call(justuju.url, 'POST', `/indexes/${uid}/search`, asked)).toMatchObject({ status: 200 });
      for (const { by } of sorts)
        expect(await call(justuju.url, 'POST', `/indexes/${uid}/search`, { sort: [by] })).toMatchObject({ status: 200 });
    }
  });

  it('has an ETag, by which nothing is sent twice', async () => {
    const first = await config(justuju.url);
    const tag = first.headers.get('etag') as string;
    const again = await config(justuju.url, { 'if-none-match': tag });
    expect([again.status, again.body]).toEqual([304, '']);
    expect((await config(justuju.url, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('follows a change of settings', async () => {
    const { headers } = await config(justuju.url);
    const { body } = await call(justuju.url, 'PUT', '/indexes/poems/settings/displayed-attributes', ['slug', 'متن']);
    await finished(justuju.url, body.taskUid);
    const poems = await eventually('settings of the poems', async () => {
      const found = (await config(justuju.url)).body.indexes.find(({ uid }: { uid: string }) => uid === 'poems');
      return found.fields.author === null ? found : undefined;
    });
    expect(poems.facets).toEqual([]);
    expect((await config(justuju.url, { 'if-none-match': headers.get('etag') as string })).status).toBe(200);
  });

  it('is there for pages of other origins', async () => {
    const { headers } = await config(justuju.url, { origin: 'https://example.pk' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('vary')).toContain('authorization');
  });
});

describe('GET /page-config with keys', () => {
  let justuju: TestJustuju;
  beforeAll(async () => {
    justuju = await startJustuju({
      masterKey: MASTER,
      page: settings({ title: 'اشعار', indexes: [{ uid: 'poems', name: 'نظمیں', verse: true, examples: ['دل'] }, { uid: 'later' }] }),
    });
    for (const uid of ['poems', 'private']) await write(justuju.url, uid, { filterableAttributes: ['شاعر'] }, [POEM], asMaster);
  });
  afterAll(() => justuju?.stop());

  const keyOfPage = async (): Promise<{ authorization: string }> => ({ authorization: `Bearer ${(await config(justuju.url)).body.key}` });

  it('has a key that searches the indexes of the page, and does nothing else', async () => {
    const { body } = await config(justuju.url);
    expect(body.title).toEqual({ ur: 'اشعار', en: 'اشعار' });
    expect(body.indexes).toMatchObject([{ uid: 'poems', name: { ur: 'نظمیں', en: 'نظمیں' }, verse: true, examples: ['دل'] }]);
    const headers = await keyOfPage();
    expect((await call(justuju.url, 'POST', '/indexes/poems/search', { q: 'دل' }, headers)).body.hits).toHaveLength(1);
    for (const [method, path] of [
      ['POST', '/indexes/private/search'],
      ['GET', '/indexes/private/search'],
      ['GET', '/indexes'],
      ['GET', '/keys'],
      ['GET', '/indexes/poems/documents'],
      ['GET', '/indexes/poems/settings'],
      ['GET', '/tasks'],
      ['POST', '/indexes/poems/documents'],
      ['DELETE', '/indexes/poems'],
    ] as const) {
      const answer = await call(justuju.url, method, path, method === 'POST' ? [] : undefined, headers);
      expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} 403`);
    }
  });

  it('has a key with which all works that the page asks', async () => {
    const headers = await keyOfPage();
    const ask = (path: string, body?: object) => call(justuju.url, body === undefined ? 'GET' : 'POST', path, body, headers);
    const search = (body: object) => ask('/indexes/poems/search', body);
    expect((await search({ q: 'دل', facets: ['شاعر'], attributesToHighlight: ['متن'], urdu: { why: true } })).body).toMatchObject({
      hits: [{ slug: POEM.slug, _formatted: { متن: expect.stringContaining('<em>دل</em>') } }],
      facetDistribution: { شاعر: { غالب: 1 } },
    });
    expect((await search({ q: 'dil', filter: [['شاعر = "غالب"']] })).body.hits).toHaveLength(1);
    expect((await search({ q: '', limit: 0, facets: ['شاعر'] })).status).toBe(200);
    expect((await search({ q: 'دل', urdu: { document: POEM.slug } })).body.hits).toMatchObject([{ slug: POEM.slug }]);
    expect((await ask('/multi-search', { queries: [{ indexUid: 'poems', q: 'دل' }] })).body.results[0].hits).toHaveLength(1);
    expect((await ask('/indexes/poems/facet-search', { facetName: 'شاعر', facetQuery: 'غا' })).body.facetHits).toEqual([
      { value: 'غالب', count: 1 },
    ]);
    expect((await ask(`/suggest?index=poems&q=${encodeURIComponent('سن')}`)).status).toBe(200);
    expect((await ask('/analyze', { text: 'دل', explain: true })).body.words).toHaveLength(1);
    // What is not of the page stays closed on each of these ways.
    expect((await ask('/suggest?index=private&q=a')).status).toBe(403);
    expect((await ask('/indexes/private/search', { urdu: { document: POEM.slug } })).status).toBe(403);
    expect((await ask('/indexes/private/facet-search', { facetName: 'شاعر' })).status).toBe(403);
  });

  it('is found again, and made anew for other indexes with the same value', async () => {
    const { results } = (await call(justuju.url, 'GET', '/keys?limit=100', undefined, asMaster)).body;
    const made = results.filter(({ name }: { name: string }) => name === 'Justuju page');
    expect(made).toMatchObject([{ actions: ['search'], indexes: ['poems', 'later'], expiresAt: null }]);
    expect((await config(justuju.url)).body.key).toBe(made[0].key);
  });

  it('with a key of its own tells of the indexes that this key may search', async () => {
    const { body } = await call(justuju.url, 'POST', '/keys', { actions: ['search'], indexes: ['private'], expiresAt: null }, asMaster);
    const own = await config(justuju.url, { authorization: `Bearer ${body.key}` });
    expect(own.body.indexes.map(({ uid }: { uid: string }) => uid)).toEqual(['private']);
    expect(own.body.key).toBeNull();
    const wrong = await config(justuju.url, { authorization: 'Bearer nobody' });
    expect(wrong.body.indexes).toEqual([]);
  });
});

describe('GET /page-config with keys and without indexes that are named', () => {
  it('shows none: nothing is public unless somebody says so', async () => {
    const justuju = await startJustuju({ masterKey: MASTER });
    try {
      await write(justuju.url, 'private', {}, [POEM], asMaster);
      expect((await config(justuju.url)).body).toMatchObject({ key: null, indexes: [] });
      expect(
        (await call(justuju.url, 'GET', '/keys', undefined, asMaster)).body.results.map(({ name }: { name: string }) => name),
      ).not.toContain('Justuju page');
    } finally {
      await justuju.stop();
    }
  });
});

describe('PAGE_KEY', () => {
  const SEARCH_KEY = '6062abda-a5aa-4414-ac91-ecd7944c0f8d';
  const READ_KEY = '6062abda-a5aa-4414-ac91-ecd7944c0f8e';
  const tenant = tenantToken(SEARCH_KEY, keyOf(MASTER, SEARCH_KEY), { poems: { filter: 'slug = deewan-1' } });

  it.each<[string, string, string | null, string[]]>([
    ['that may only search is shown', keyOf(MASTER, SEARCH_KEY), keyOf(MASTER, SEARCH_KEY), ['poems']],
    ['that is a tenant token is shown', tenant, tenant, ['poems']],
    ['that may read documents is not', keyOf(MASTER, READ_KEY), null, []],
    ['that is the master key is not', MASTER, null, []],
  ])('%s', async (_name, pageKey, key, uids) => {
    const justuju = await startJustuju({ masterKey: MASTER, pageKey });
    try {
      for (const uid of ['poems', 'private']) await write(justuju.url, uid, { filterableAttributes: ['slug'] }, [POEM], asMaster);
      await createKey(justuju.url, MASTER, { uid: SEARCH_KEY, actions: ['search'], indexes: ['poems'] });
      await createKey(justuju.url, MASTER, { uid: READ_KEY, actions: ['search', 'documents.get'], indexes: ['poems'] });
      const { body } = await config(justuju.url);
      expect(body.key).toBe(key);
      expect(body.indexes.map(({ uid }: { uid: string }) => uid)).toEqual(uids);
    } finally {
      await justuju.stop();
    }
  });

  it('is tried where its rights cannot be looked up', async () => {
    const justuju = await startJustuju({ masterKey: MASTER });
    const http = new EngineHttp(justuju.engineUrl);
    try {
      await write(justuju.url, 'poems', {}, [POEM], asMaster);
      await createKey(justuju.url, MASTER, { uid: SEARCH_KEY, actions: ['search'], indexes: ['poems'] });
      await createKey(justuju.url, MASTER, { uid: READ_KEY, actions: ['search', 'documents.*', 'settings.update'], indexes: ['poems'] });
      expect(await mayDoMore(keyOf(MASTER, SEARCH_KEY), ['poems'], http)).toEqual([]);
      expect(await mayDoMore(keyOf(MASTER, READ_KEY), ['poems'], http)).toEqual(['documents.get', 'documents.add', 'settings.update']);
      expect((await call(justuju.url, 'GET', '/indexes/poems/documents', undefined, asMaster)).body.results).toEqual([POEM]);
    } finally {
      await http.close();
      await justuju.stop();
    }
  });
});
