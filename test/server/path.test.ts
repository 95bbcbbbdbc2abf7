import { analyzeAnew } from '../../server/indexing/analyze-anew.js';
import { SHADOW_ROOT } from '../../server/shadow/shadow.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

/** The whole path against a real Meilisearch: documents in, highlighted results out. */
let justuju: TestJustuju;
const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
  request(justuju.url, method, path, body, headers);
const direct = (method: string, path: string, body?: unknown): Promise<Answer> =>
  request(justuju.engineUrl, method, path, body, { authorization: `Bearer ${justuju.adminKey ?? ''}` });

const ARABIC_YEH = '\u064A';
const ARABIC_KAF = '\u0643';
const ZWNJ = '\u200C';

const BOOKS = [
  {
    id: 1,
    title: `پا${ARABIC_KAF}ستان ${ARABIC_KAF}ی کہان${ARABIC_YEH}`,
    body: 'یہ کتاب ۱۹۴۷ کے بعد لکھی گئی۔ اس میں لاہور کا ذکر ہے۔',
    year: 1968,
    tags: ['تاریخ', 'سفر'],
    author: { name: 'احمد علی', city: 'کراچی' },
  },
  {
    id: 2,
    title: 'زِندگی اور شاعری',
    body: 'غالب کی شاعری پر مضامین۔ <b>قیمت</b> 500 روپے',
    year: 2001,
    tags: ['ادب'],
    author: { name: 'سارا خان', city: 'لاہور' },
  },
  { id: 3, title: `خوب${ZWNJ}صورت باغ`, body: 'PIA کی پرواز کیساتھ سفر', year: 2020, tags: [], author: null },
];

beforeAll(async () => {
  justuju = await startJustuju();
  const { body, status } = await call('POST', '/indexes/books/documents?primaryKey=id', BOOKS);
  expect(status).toBe(202);
  expect((await finished(justuju.url, body.taskUid)).status).toBe('succeeded');
});
afterAll(() => justuju?.stop());

const search = async (q: string, more: object = {}): Promise<Answer['body']> =>
  (await call('POST', '/indexes/books/search', { q, ...more })).body;
const ids = async (q: string, more?: object): Promise<number[]> => (await search(q, more)).hits.map((hit: { id: number }) => hit.id);

describe('search finds words however they are spelled', () => {
  it.each([
    ['پاکستان', [1], 'the document has Arabic kaf'],
    [`${ARABIC_KAF}تاب`, [1], 'the query has Arabic kaf'],
    ['زندگی', [2], 'the document has a vowel mark'],
    ['زندگي', [2], 'Arabic yeh against a vowel mark'],
    ['1947', [1], 'Urdu digits in the document'],
    ['١٩٤٧', [1], 'Arabic digits in the query'],
    ['خوب صورت', [3], 'ZWNJ in the document'],
    ['کے ساتھ', [3], 'fused in the document'],
    ['PIA', [3], 'Latin'],
    ['۲۰۰۱', [2], 'a number'],
    ['سارا', [2], 'a nested field'],
    ['تاریخ', [1], 'an array'],
    ['کہکشاں', [], 'not there'],
  ])('%s → %p (%s)', async (q, expected) => expect(await ids(q, { matchingStrategy: 'all' })).toEqual(expected));

  it('in one attribute', async () => {
    expect(await ids('لاہور', { attributesToSearchOn: ['body'] })).toEqual([1]);
    expect(await ids('لاہور', { attributesToSearchOn: ['author.city'] })).toEqual([2]);
  });

  it('by phrase and negative, with quotes of all kinds', async () => {
    expect(await ids('“پاکستان کی”')).toEqual([1]);
    expect(await ids('"کی پاکستان"')).toEqual([]);
    expect(await ids('شاعری -غالب')).toEqual([]);
    expect(await ids('سفر –پرواز')).toEqual([1]);
  });
});

describe('answers', () => {
  it('show the original, untouched, and no shadow field anywhere', async () => {
    const answer = await search('کتاب', { attributesToHighlight: ['*'], showMatchesPosition: true, showRankingScore: true });
    expect(JSON.stringify(answer)).not.toContain('_urdu');
    const { _formatted, _matchesPosition, _rankingScore, ...document } = answer.hits[0];
    expect(document).toEqual(BOOKS[0]);
    expect(_formatted.title).toBe(BOOKS[0]?.title);
    expect(_formatted.body).toBe('یہ <em>کتاب</em> ۱۹۴۷ کے بعد لکھی گئی۔ اس میں لاہور کا ذکر ہے۔');
    expect(_formatted.year).toBe('1968');
    // Bytes, as Meilisearch counts: "یہ " is five.
    expect(_matchesPosition).toEqual({ body: [{ start: 5, length: 8 }] });
    expect(_rankingScore).toBeGreaterThan(0);
  });

  it('mark the word as it is written, not as it was asked', async () => {
    const { hits } = await search('زندگی پاکستان', {
      attributesToHighlight: ['title'],
      matchingStrategy: 'last',
      highlightPreTag: '[',
      highlightPostTag: ']',
    });
    expect(hits[0]._formatted.title).toBe('[زِندگی] اور شاعری');
  });

  it('crop around the match', async () => {
    const { hits } = await search('لاہور', {
      attributesToCrop: ['body'],
      cropLength: 4,
      attributesToHighlight: ['body'],
      attributesToSearchOn: ['body'],
    });
    expect(hits[0]._formatted.body).toBe('…اس میں <em>لاہور</em> کا…');
  });

  it('retrieve only what was asked, and mark what was not', async () => {
    const { hits } = await search('غالب', { attributesToRetrieve: ['id'], attributesToHighlight: ['body'] });
    expect(Object.keys(hits[0]).sort()).toEqual(['_formatted', 'id']);
    expect(hits[0]._formatted.body).toContain('<em>غالب</em>');
  });

  it('say how the query was understood', async () => {
    const { urdu, query } = await search(`زندگ${ARABIC_YEH}`);
    expect(query).toBe(`زندگ${ARABIC_YEH}`);
    expect(urdu.understood.words[0]).toMatchObject({ text: `زندگ${ARABIC_YEH}`, readings: [{ terms: ['زندگی'], reason: 'exact' }] });
  });

  it('come by GET too', async () => {
    const { body } = await call(
      'GET',
      `/indexes/books/search?q=${encodeURIComponent('كتاب')}&attributesToHighlight=body&limit=1&attributesToRetrieve=id,body`,
    );
    expect(body.hits[0]._formatted.body).toContain('<em>کتاب</em>');
    expect(body.limit).toBe(1);
  });

  it('filter, sort, facets and pages work on the client’s own fields', async () => {
    const { body } = await call('PATCH', '/indexes/books/settings', {
      filterableAttributes: ['year', 'tags'],
      sortableAttributes: ['year'],
    });
    expect((await finished(justuju.url, body.taskUid)).status).toBe('succeeded');
    const answer = await search('', { sort: ['year:desc'], filter: 'year > 1990', facets: ['tags'], hitsPerPage: 1, page: 2 });
    expect(answer.hits.map((hit: { id: number }) => hit.id)).toEqual([2]);
    expect(answer).toMatchObject({ totalHits: 2, totalPages: 2, page: 2, facetDistribution: { tags: { ادب: 1 } } });
  });
});

describe('multi-search', () => {
  it('answers each query', async () => {
    const { body } = await call('POST', '/multi-search', {
      queries: [
        { indexUid: 'books', q: 'زندگي', attributesToHighlight: ['title'] },
        { indexUid: 'books', q: 'PIA' },
      ],
    });
    expect(body.results.map((result: { hits: { id: number }[] }) => result.hits.map((hit) => hit.id))).toEqual([[2], [3]]);
    expect(body.results[0].hits[0]._formatted.title).toBe('<em>زِندگی</em> اور شاعری');
    expect(JSON.stringify(body)).not.toContain('_urdu');
  });

  it('federates', async () => {
    const { body } = await call('POST', '/multi-search', {
      federation: { limit: 5 },
      queries: [
        { indexUid: 'books', q: 'زندگي', attributesToHighlight: ['title'] },
        { indexUid: 'books', q: 'كتاب' },
      ],
    });
    expect(body.hits.map((hit: { id: number }) => hit.id).sort()).toEqual([1, 2]);
    expect(body.hits.find((hit: { id: number }) => hit.id === 2)._formatted.title).toBe('<em>زِندگی</em> اور شاعری');
    expect(JSON.stringify(body)).not.toContain('_urdu');
  });
});

describe('documents', () => {
  it('are read back without shadows', async () => {
    expect((await call('GET', '/indexes/books/documents/1')).body).toEqual(BOOKS[0]);
    expect((await call('GET', '/indexes/books/documents?limit=3')).body.results).toEqual(BOOKS);
    expect((await call('POST', '/indexes/books/documents/fetch', { ids: [2] })).body.results).toEqual([BOOKS[1]]);
  });

  it('updated in part keep the shadow of the other fields', async () => {
    const { body } = await call('PUT', '/indexes/books/documents', [{ id: 3, title: `نیا ${ARABIC_KAF}مرہ` }]);
    await finished(justuju.url, body.taskUid);
    expect(await ids('کمرہ')).toEqual([3]);
    expect(await ids('پرواز')).toEqual([3]);
    expect(await ids('خوب صورت')).toEqual([]);
    expect((await call('GET', '/indexes/books/documents/3')).body).toEqual({ ...BOOKS[2], title: `نیا ${ARABIC_KAF}مرہ` });
  });

  it('come as NDJSON and CSV too', async () => {
    const lines = '{"id":10,"title":"دریائے سندھ","big":12345678901234567890}\n{"id":11,"title":"كوہ قراقرم"}\n';
    const first = await call('POST', '/indexes/places/documents?primaryKey=id', lines, { 'content-type': 'application/x-ndjson' });
    expect((await finished(justuju.url, first.body.taskUid)).status).toBe('succeeded');
    const second = await call('PUT', '/indexes/places/documents?csvDelimiter=;', 'id;title;height:number\n12;"نانگا; پربت";8126\n', {
      'content-type': 'text/csv',
    });
    expect((await finished(justuju.url, second.body.taskUid)).status).toBe('succeeded');
    const found = async (q: string): Promise<unknown> => (await call('POST', '/indexes/places/search', { q })).body.hits;
    expect(await found('کوه')).toMatchObject([{ id: 11 }]);
    expect(await found('پربت')).toEqual([{ id: '12', title: 'نانگا; پربت', height: 8126 }]);
    // Beyond 2^53: the text of the answer is what counts, JavaScript would round it.
    const raw = await fetch(`${justuju.engineUrl}/indexes/places/documents/10`, {
      headers: { authorization: `Bearer ${justuju.adminKey ?? ''}` },
    });
    expect(await raw.text()).toContain('12345678901234567890');
  });

  it('are found by a number as it was written, however many digits it has, also when they were analyzed anew', async () => {
    const numbers = '[{"id":1,"title":"گنتی","n":12345678901234567890},{"id":2,"title":"گنتی","n":12345678901234567891}]';
    const { body } = await call('POST', '/indexes/numbers/documents?primaryKey=id', numbers);
    await finished(justuju.url, body.taskUid);
    const found = async (q: string): Promise<unknown> =>
      (await call('POST', '/indexes/numbers/search', { q, matchingStrategy: 'all', attributesToRetrieve: ['id'] })).body.hits;
    for (const when of ['written', 'analyzed anew']) {
      expect([when, await found('گنتی 12345678901234567891')]).toEqual([when, [{ id: 2 }]]);
      await analyzeAnew({ url: justuju.engineUrl, adminKey: justuju.adminKey }, 'numbers');
    }
  });

  it('of an index that was never analyzed are searched as Meilisearch would', async () => {
    const { body } = await direct('POST', '/indexes/plain/documents?primaryKey=id', [{ id: 1, title: 'پاکستان زندہ باد' }]);
    await finished(justuju.url, body.taskUid);
    const answer = await call('POST', '/indexes/plain/search', { q: 'پاکستان', attributesToHighlight: ['title'] });
    expect(answer.body.hits).toEqual([{ id: 1, title: 'پاکستان زندہ باد', _formatted: { id: '1', title: '<em>پاکستان</em> زندہ باد' } }]);
  });
});

describe('POST /analyze', () => {
  it('gives tokens with UTF-16 offsets in the text as given', async () => {
    const text = '\u{1F600} \u0643تاب';
    const { body } = await call('POST', '/analyze', { text });
    const token = body.tokens.find((one: { type: string }) => one.type === 'word');
    expect(token).toMatchObject({ text: '\u0643تاب', term: 'کتاب', start: 3, end: 7 });
    expect(text.slice(token.start, token.end)).toBe(token.text);
  });
});

describe('bad input gets a clear error, and the service stays up', () => {
  it.each([
    ['a body that is not JSON', 'POST', '/indexes/books/search', '{"q": ', 400, 'malformed_payload'],
    ['an unknown parameter', 'POST', '/indexes/books/search', '{"foo": 1}', 400, 'bad_request'],
    ['a query that is a number', 'POST', '/indexes/books/search', '{"q": 1}', 400, 'invalid_search_q'],
    ['an unknown index', 'POST', '/indexes/nope/search', '{"q": "پاکستان"}', 404, 'index_not_found'],
    ['an index name that cannot be', 'POST', '/indexes/%20/search', '{"q": "پاکستان"}', 400, 'invalid_index_uid'],
    ['documents that are not JSON', 'POST', '/indexes/books/documents', '[{"id": 1,}]', 400, 'malformed_payload'],
    ['documents cut off', 'POST', '/indexes/books/documents', '[{"id": 1}', 400, 'malformed_payload'],
    [
      'a document with a reserved name',
      'POST',
      '/indexes/books/documents',
      `[{"id": 1, "${SHADOW_ROOT}.title": "x"}]`,
      400,
      'invalid_document_fields',
    ],
    ['text that is no string', 'POST', '/analyze', '{"text": 7}', 400, 'bad_request'],
    ['an array for an object', 'POST', '/indexes/books/search', '[]', 400, 'bad_request'],
  ])('%s', async (_name, method, path, body, status, code) => {
    const answer = await call(method, path, body);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.message.length).toBeGreaterThan(10);
  });

  it('a missing content type', async () => {
    const answer = await fetch(`${justuju.url}/indexes/books/search`, { method: 'POST', body: new Uint8Array([0x7b, 0x7d]) });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ code: 'missing_content_type' });
  });

  it('a query of 100,000 characters, lone surrogates, only quotes', async () => {
    for (const q of ['پاکستان '.repeat(12_500), 'کتاب \uD800 \uDFFF', '"""', '-', '- - -', '\u202E\u200F', '۔۔۔']) {
      expect((await call('POST', '/indexes/books/search', { q, attributesToHighlight: ['*'] })).status).toBe(200);
    }
    expect((await call('GET', '/health')).body).toEqual({ status: 'available' });
  });
});

describe('keys', () => {
  it('hold as in Meilisearch when they are configured', async () => {
    const locked = await startJustuju({ masterKey: 'a-master-key-of-sixteen' });
    try {
      expect((await request(locked.url, 'POST', '/indexes/x/search', { q: 'کتاب' })).body.code).toBe('missing_authorization_header');
      expect((await request(locked.url, 'POST', '/indexes/x/documents', [{ id: 1 }])).body.code).toBe('missing_authorization_header');
      expect((await request(locked.url, 'POST', '/analyze', { text: 'کتاب' })).body.code).toBe('missing_authorization_header');
      const wrong = { authorization: 'Bearer wrong' };
      expect((await request(locked.url, 'POST', '/indexes/x/documents', [{ id: 1 }], wrong)).body.code).toBe('invalid_api_key');
      expect(
        (await request(locked.url, 'GET', '/indexes', undefined, { authorization: 'Bearer a-master-key-of-sixteen' })).body.results,
      ).toEqual([]);
    } finally {
      await locked.stop();
    }
  });
});
