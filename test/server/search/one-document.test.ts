/** `urdu: {"document": ID}`: an article is opened with search rights alone, and only by who may see it. */
import { type Answer, call, finished } from '../../support/call.js';
import { createKey, keyOf, tenantToken } from '../../support/credentials.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

const MASTER = 'master-key-of-this-test';
const asMaster = { authorization: `Bearer ${MASTER}` };
const SEARCH_BOOKS = '6062abda-a5aa-4414-ac91-ecd7944c0f8d';
const SEARCH_OTHERS = '6062abda-a5aa-4414-ac91-ecd7944c0f8e';

const DIWAN = { slug: 'diwan-1', title: 'دیوانِ غالب', body: 'کتابوں میں کتاب', owner: 'a', number: 1 };
const SECRET = { slug: 'secret-2', title: 'رازوں کی کتاب', body: 'یہ راز ہے', owner: 'b', number: 2 };

describe('one document by its primary key', () => {
  let justuju: TestJustuju;

  const task = async (answer: Answer, base = justuju.url): Promise<void> =>
    expect(await finished(base, answer.body.taskUid, asMaster)).toMatchObject({ status: 'succeeded' });

  beforeAll(async () => {
    justuju = await startJustuju({ masterKey: MASTER });
    const { url, engineUrl } = justuju;
    await task(await call(url, 'PATCH', '/indexes/books/settings', { filterableAttributes: ['owner', 'number'] }, asMaster));
    await task(await call(url, 'POST', '/indexes/books/documents?primaryKey=slug', [DIWAN, SECRET], asMaster));
    // Past Justuju: never analyzed.
    await task(
      await call(engineUrl, 'POST', '/indexes/plain/documents?primaryKey=slug', [DIWAN, { ...SECRET, slug: 'DIWAN-1' }], asMaster),
    );
    await createKey(engineUrl, MASTER, { uid: SEARCH_BOOKS, actions: ['search'], indexes: ['books', 'plain'] });
    await createKey(engineUrl, MASTER, { uid: SEARCH_OTHERS, actions: ['search'], indexes: ['others'] });
  });
  afterAll(() => justuju?.stop());

  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const reader = bearer(keyOf(MASTER, SEARCH_BOOKS));
  const tenant = bearer(tenantToken(SEARCH_BOOKS, keyOf(MASTER, SEARCH_BOOKS), { books: { filter: 'owner = a' } }));
  const open = (document: unknown, more: object = {}, headers: Record<string, string> = reader, uid = 'books'): Promise<Answer> =>
    call(justuju.url, 'POST', `/indexes/${uid}/search`, { ...more, urdu: { document } }, headers);
  const steady = ({ status, body }: Answer): unknown => ({ status, body: { ...body, processingTimeMs: 0, query: '' } });

  it('is the only hit, though its key is not filterable', async () => {
    const { status, body } = await open('diwan-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({ hits: [DIWAN], estimatedTotalHits: 1 });
    expect(Object.keys(body.hits[0])).toEqual(Object.keys(DIWAN));
  });

  it('has the words of the query marked, whichever words find it', async () => {
    const { body } = await open('diwan-1', {
      q: 'کتابیں kubernetes',
      attributesToHighlight: ['title', 'body'],
      attributesToRetrieve: ['slug'],
    });
    expect(body.query).toBe('کتابیں kubernetes');
    expect(body.hits).toEqual([
      { slug: 'diwan-1', _formatted: { slug: 'diwan-1', title: 'دیوانِ غالب', body: '<em>کتابوں</em> میں <em>کتاب</em>' } },
    ]);
  });

  it('is searched in vain where the filter takes it away', async () => {
    expect((await open('diwan-1', { filter: 'owner = b' })).body.hits).toEqual([]);
    expect((await open('diwan-1', { filter: ['owner = a', ['number = 1', 'number = 5']] })).body.hits).toHaveLength(1);
    expect(await open('diwan-1', { filter: 'nothing = b' })).toMatchObject({ status: 400, body: { code: 'invalid_search_filter' } });
  });

  it('is not there for a tenant token that may not see it, as if it did not exist', async () => {
    expect((await open('diwan-1', {}, tenant)).body.hits).toEqual([DIWAN]);
    const hidden = await open('secret-2', {}, tenant);
    expect(hidden.body.hits).toEqual([]);
    expect(steady(hidden)).toEqual(steady(await open('no-such-book', {}, tenant)));
    expect((await open('secret-2')).body.hits).toEqual([SECRET]);
  });

  it.each([
    ['a key of another index', bearer(keyOf(MASTER, SEARCH_OTHERS)), 403, 'invalid_api_key'],
    ['no key', {}, 401, 'missing_authorization_header'],
    ['a wrong key', bearer('nobody'), 403, 'invalid_api_key'],
  ])('is refused to %s, whether it is there or not', async (_name, headers: Record<string, string>, status, code) => {
    for (const [uid, id] of [
      ['books', 'diwan-1'],
      ['books', 'no-such-book'],
      ['plain', 'diwan-1'],
      ['missing', 'x'],
    ] as const)
      expect(await open(id, {}, headers, uid)).toMatchObject({ status, body: { code } });
  });

  it('is found in its newest version, also where only a part was written', async () => {
    await task(await call(justuju.url, 'PUT', '/indexes/books/documents', [{ slug: 'diwan-1', number: 7 }], asMaster));
    expect((await open('diwan-1')).body.hits).toEqual([{ ...DIWAN, number: 7 }]);
    await task(await call(justuju.url, 'POST', '/indexes/books/documents', [DIWAN], asMaster));
    expect((await open('diwan-1')).body.hits).toEqual([DIWAN]);
  });

  it('comes in a multi-search too, in one list as well', async () => {
    const queries = [
      { indexUid: 'books', urdu: { document: 'secret-2' } },
      { indexUid: 'books', q: 'غالب' },
    ];
    const { body } = await call(justuju.url, 'POST', '/multi-search', { queries }, reader);
    expect(body.results.map(({ hits }: { hits: unknown }) => hits)).toEqual([[SECRET], [DIWAN]]);
    const federated = await call(justuju.url, 'POST', '/multi-search', { queries: [queries[0]], federation: {} }, reader);
    expect(federated.body.hits).toMatchObject([SECRET]);
  });

  it('shows what is displayed', async () => {
    const set = (names: string[] | null) => call(justuju.url, 'PUT', '/indexes/books/settings/displayed-attributes', names, asMaster);
    await task(await set(['title']));
    expect((await open('diwan-1')).body.hits).toEqual([{ title: DIWAN.title }]);
    await task(await set(null));
  });

  it.each<[unknown, string]>([
    ['a/b', '"a/b"'],
    ['..', '".."'],
    ['', '""'],
    ['کتاب', '"کتاب"'],
    [1.5, '1.5'],
    [{ id: 1 }, '{"id":1}'],
  ])('refuses %j', async (id, shown) => {
    expect(await open(id)).toMatchObject({
      status: 400,
      body: {
        message: `\`urdu.document\` must be the primary key of a document, a whole number or letters, digits, - and _, got \`${shown}\`.`,
        code: 'invalid_search_urdu',
      },
    });
  });

  it('needs a filterable primary key in an index that was never analyzed', async () => {
    expect(await open('diwan-1', {}, reader, 'plain')).toMatchObject({
      status: 400,
      body: {
        message:
          '`urdu.document` cannot name a document of the index `plain`, which Justuju has not analyzed: analyze it with `npm run reindex -- plain`, or add `slug` to its filterable attributes.',
      },
    });
    await task(
      await call(justuju.engineUrl, 'PUT', '/indexes/plain/settings/filterable-attributes', ['slug'], asMaster),
      justuju.engineUrl,
    );
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await open('diwan-1', {}, reader, 'plain')).body.hits).toEqual([DIWAN]);
    expect((await open('no-such-book', {}, reader, 'plain')).body.hits).toEqual([]);
  });
});
