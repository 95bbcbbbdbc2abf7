import { instantMeiliSearch } from '@meilisearch/instant-meilisearch';
import { Meilisearch } from 'meilisearch';
import { generateTenantToken } from 'meilisearch/token';
import { SHADOW_ROOT } from '../../server/shadow/shadow.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

/** The official clients, unmodified, against a Justuju with keys. */
const MASTER_KEY = 'a-master-key-of-sixteen';
const ARABIC_KAF = '\u0643';

interface Book {
  readonly id: number;
  readonly title: string;
  readonly genre: string;
  readonly year: number;
  readonly owner: string;
}

const BOOKS: readonly Book[] = [
  { id: 1, title: `پا${ARABIC_KAF}ستان کی کہانی`, genre: 'تاریخ', year: 1968, owner: 'ali' },
  { id: 2, title: 'زِندگی اور شاعری', genre: 'شاعری', year: 2001, owner: 'sara' },
  { id: 3, title: 'پاکستان کے پرندے', genre: 'تار\u064Aخ', year: 2020, owner: 'sara' },
  { id: 4, title: 'Birds of the Indus', genre: 'science', year: 2020, owner: 'ali' },
];

let justuju: TestJustuju;
let admin: Meilisearch;
let searchKey: { key: string; uid: string };

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER_KEY });
  admin = new Meilisearch({ host: justuju.url, apiKey: MASTER_KEY, defaultWaitOptions: { interval: 20, timeout: 20_000 } });
  const { results } = await admin.getKeys();
  searchKey = results.find(({ name }) => name === 'Default Search API Key') as typeof searchKey;
  await admin.createIndex('books', { primaryKey: 'id' }).waitTask();
  await admin
    .index('books')
    .updateSettings({
      filterableAttributes: ['genre', 'year', 'owner'],
      sortableAttributes: ['year'],
      searchableAttributes: ['title', 'genre'],
    })
    .waitTask();
  await admin
    .index('books')
    .addDocuments([...BOOKS])
    .waitTask();
  await admin
    .index('notes')
    .addDocuments([{ id: 1, text: 'پاکستان پر ایک نوٹ' }])
    .waitTask();
});
afterAll(() => justuju?.stop());

const idsOf = (hits: readonly object[]): unknown[] => hits.map((hit) => (hit as { id?: unknown }).id);

describe('meilisearch', () => {
  it('searches, by POST and by GET', async () => {
    const books = new Meilisearch({ host: justuju.url, apiKey: searchKey.key }).index<Book>('books');
    const found = await books.search(`پا${ARABIC_KAF}ستان`, {
      attributesToHighlight: ['title'],
      sort: ['year:desc'],
      filter: 'year > 1960',
    });
    expect(idsOf(found.hits)).toEqual([3, 1]);
    expect(found.hits[0]?._formatted?.title).toBe('<em>پاکستان</em> کے پرندے');
    expect(idsOf((await books.searchGet('زندگی', { attributesToRetrieve: ['id'] })).hits)).toEqual([2]);
  });

  it('reads its own settings and documents', async () => {
    const books = admin.index<Book>('books');
    expect(await books.getSearchableAttributes()).toEqual(['title', 'genre']);
    expect((await books.getDocuments({ limit: 10 })).results).toEqual(BOOKS);
    expect(await books.getDocument(1)).toEqual(BOOKS[0]);
    expect((await books.getStats()).fieldDistribution).toEqual({ genre: 4, id: 4, owner: 4, title: 4, year: 4 });
  });

  it('updates and deletes documents', async () => {
    const temp = admin.index('temp');
    await temp
      .addDocuments([
        { id: 1, title: 'گلاب', note: 'سرخ' },
        { id: 2, title: 'چنبیلی' },
      ])
      .waitTask();
    await temp.updateDocuments([{ id: 1, note: 'سفید' }]).waitTask();
    expect(idsOf((await temp.search('گلاب')).hits)).toEqual([1]);
    expect(idsOf((await temp.search('سفید')).hits)).toEqual([1]);
    expect(idsOf((await temp.search('سرخ')).hits)).toEqual([]);
    await temp.deleteDocument(1).waitTask();
    expect(idsOf((await temp.search('گلاب')).hits)).toEqual([]);
    await temp.deleteAllDocuments().waitTask();
    await temp.addDocumentsFromString('{"id":3,"title":"نرگس"}\n', 'application/x-ndjson').waitTask();
    expect(idsOf((await temp.search('نرگس')).hits)).toEqual([3]);
    await admin.deleteIndex('temp').waitTask();
    await expect(temp.search('نرگس')).rejects.toThrow('Index `temp` not found.');
  });

  it('adds documents right after it deleted the index', async () => {
    const temp = admin.index('again');
    await temp.addDocuments([{ id: 1, title: 'گلاب' }]).waitTask();
    await admin.deleteIndex('again');
    await temp.addDocuments([{ id: 2, title: `${ARABIC_KAF}نول` }]).waitTask();
    expect(idsOf((await temp.search('کنول')).hits)).toEqual([2]);
    expect(await temp.getSearchableAttributes()).toEqual(['*']);
  });

  it('edits documents by function, and finds what they say then', async () => {
    await admin.updateExperimentalFeatures({ editDocumentsByFunction: true });
    const temp = admin.index('edited');
    await temp
      .addDocuments([
        { id: 1, title: 'گلاب', n: 12 },
        { id: 2, title: 'چنبیلی', n: 13 },
      ])
      .waitTask();
    const task = await temp.updateDocumentsByFunction({ function: 'if doc.id == 1 { doc.title = "نیلا \u0643نول" }' }).waitTask();
    expect(task.status).toBe('succeeded');
    expect(idsOf((await temp.search('کنول')).hits)).toEqual([1]);
    expect(idsOf((await temp.search('گلاب')).hits)).toEqual([]);
    expect(await temp.getDocument(1)).toEqual({ id: 1, title: `نیلا ${ARABIC_KAF}نول`, n: 12 });
  });

  it('federates indexes, with weights, pages and facets', async () => {
    const client = new Meilisearch({ host: justuju.url, apiKey: searchKey.key });
    const found = await client.multiSearch({
      federation: { limit: 2, facetsByIndex: { books: ['genre'] } },
      queries: [
        { indexUid: 'books', q: `پا${ARABIC_KAF}ستان`, attributesToHighlight: ['title'] },
        { indexUid: 'notes', q: 'پاکستان', federationOptions: { weight: 2 } },
      ],
    });
    expect(found.hits).toHaveLength(2);
    expect(found.hits[0]).toMatchObject({ text: 'پاکستان پر ایک نوٹ', _federation: { indexUid: 'notes', queriesPosition: 1 } });
    expect(found.hits[1]?._formatted?.['title']).toMatch(/<em>پا[كک]ستان<\/em>/);
    expect(Object.values(found.facetsByIndex?.['books']?.distribution['genre'] ?? {})).toEqual([2]);
    expect(JSON.stringify(found)).not.toContain('_urdu');
  });

  it('holds a tenant to its rules', async () => {
    const token = await generateTenantToken({
      apiKey: searchKey.key,
      apiKeyUid: searchKey.uid,
      searchRules: { books: { filter: 'owner = sara' } },
    });
    const tenant = new Meilisearch({ host: justuju.url, apiKey: token });
    expect(idsOf((await tenant.index('books').search('پاکستان')).hits)).toEqual([3]);
    expect(idsOf((await tenant.index('books').search('', { filter: 'genre = "تاریخ"' })).hits)).toEqual([3]);
    expect((await tenant.index('books').search('', { facets: ['genre'] })).facetDistribution?.['genre']).toEqual({
      'تار\u064Aخ': 1,
      شاعری: 1,
    });
    expect((await tenant.index('books').searchForFacetValues({ facetName: 'genre', facetQuery: 'تاری' })).facetHits).toEqual([
      { value: 'تار\u064Aخ', count: 1 },
    ]);
    await expect(tenant.index('notes').search('پاکستان')).rejects.toMatchObject({ cause: { code: 'invalid_api_key' } });
    await expect(tenant.index('books').addDocuments([{ id: 9 }])).rejects.toMatchObject({ cause: { code: 'invalid_api_key' } });
    // Not to be searched or seen: what Justuju keeps for itself.
    await expect(tenant.index('_justuju_vocabulary').search('')).rejects.toMatchObject({ cause: { code: 'index_not_found' } });
  });

  it('keeps a key that may not make indexes from making them', async () => {
    const { key } = await admin.createKey({ actions: ['documents.add'], indexes: ['*'], expiresAt: null });
    const writer = new Meilisearch({ host: justuju.url, apiKey: key });
    const { taskUid } = await writer.index('never').addDocuments([{ id: 1, title: 'گلاب' }]);
    expect((await admin.tasks.waitForTask(taskUid)).error?.code).toBe('index_not_found');
    await expect(admin.getIndex('never')).rejects.toMatchObject({ cause: { code: 'index_not_found' } });
  });

  it('shows one task for one request, and says what happened', async () => {
    const before = (await admin.tasks.getTasks({ indexUids: ['books'] })).total;
    const task = await admin
      .index('books')
      .updateDocuments([{ id: 4, year: 2021 }])
      .waitTask();
    expect(task.details).toEqual({ receivedDocuments: 1, indexedDocuments: 1 });
    expect((await admin.tasks.getTasks({ indexUids: ['books'] })).total).toBe(before + 1);
  });
});

describe('@meilisearch/instant-meilisearch', () => {
  const instant = (): ReturnType<typeof instantMeiliSearch>['searchClient'] =>
    instantMeiliSearch(justuju.url, searchKey.key, { finitePagination: true }).searchClient;

  it('searches with facets, filters and pages', async () => {
    const { results } = await instant().search([
      { indexName: 'books', params: { query: 'پاکستان', facets: ['genre'], hitsPerPage: 1, page: 0, facetFilters: [['genre:تاریخ']] } },
    ]);
    const [result] = results as unknown as {
      hits: (Book & { _highlightResult: Record<string, { value: string }> })[];
      nbHits: number;
      nbPages: number;
      facets: Record<string, Record<string, number>>;
    }[];
    expect({ nbHits: result?.nbHits, nbPages: result?.nbPages }).toEqual({ nbHits: 2, nbPages: 2 });
    expect(result?.hits[0]?._highlightResult['title']?.value).toMatch(/__ais-highlight__پا[كک]ستان__\/ais-highlight__/);
    expect(Object.values(result?.facets['genre'] ?? {})).toEqual([2]);
    expect(JSON.stringify(result)).not.toContain(SHADOW_ROOT);
  });

  it('searches in facet values', async () => {
    const search = instant() as unknown as {
      searchForFacetValues(requests: unknown[]): Promise<{ facetHits: { value: string; count: number }[] }[]>;
    };
    const [result] = await search.searchForFacetValues([
      { indexName: 'books', params: { query: '', facetName: 'genre', facetQuery: 'تار' } },
    ]);
    expect(result?.facetHits.map(({ count }) => count)).toEqual([2]);
  });
});
