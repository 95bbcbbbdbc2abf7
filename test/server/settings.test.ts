import { SHADOW_ROOT } from '../../server/shadow/shadow.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { withoutStamp } from '../support/without-stamp.js';

/** Settings in the client's own terms, against a real Meilisearch. */
let justuju: TestJustuju;
const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);
const direct = (method: string, path: string, body?: unknown): Promise<Answer> =>
  request(justuju.engineUrl, method, path, body, { authorization: `Bearer ${justuju.adminKey ?? ''}` });

const ARABIC_KAF = '\u0643';
const ARABIC_YEH = '\u064A';

beforeAll(async () => {
  justuju = await startJustuju();
});
afterAll(() => justuju?.stop());

/** Sends a change and waits for it. Answers with the task. */
async function change(method: string, path: string, body?: unknown): Promise<Answer['body']> {
  const answer = await call(method, path, body);
  expect(answer.status).toBe(202);
  const task = await finished(justuju.url, answer.body.taskUid);
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
  return task;
}
const add = (uid: string, documents: unknown): Promise<unknown> => change('POST', `/indexes/${uid}/documents?primaryKey=id`, documents);
const ids = async (uid: string, body: object): Promise<number[]> =>
  (await call('POST', `/indexes/${uid}/search`, body)).body.hits.map((hit: { id: number }) => hit.id);

describe('a client reads back exactly what it set', () => {
  it.each([
    ['searchable-attributes', 'PUT', 'searchableAttributes', ['title', 'id', 'author.name']],
    ['searchable-attributes', 'PUT', 'searchableAttributes', []],
    ['searchable-attributes', 'PUT', 'searchableAttributes', ['*']],
    ['stop-words', 'PUT', 'stopWords', ['a', 'the', `${ARABIC_KAF}وئ${ARABIC_YEH}`, 'کے']],
    ['dictionary', 'PUT', 'dictionary', ['J. R. R.', `وز${ARABIC_YEH}ر اعظم`]],
    ['synonyms', 'PUT', 'synonyms', { car: ['auto', 'wagon'], الیکشن: ['انتخابات', 'چناؤ'], [`${ARABIC_KAF}ار`]: ['گاڑی'] }],
    ['localized-attributes', 'PUT', 'localizedAttributes', [{ attributePatterns: ['*_ja'], locales: ['jpn'] }]],
  ])('%s', async (path, method, name, value) => {
    const task = await change(method, `/indexes/set/settings/${path}`, value);
    expect(task.details).toEqual({ [name]: value });
    expect((await call('GET', `/indexes/set/settings/${path}`)).body).toEqual(value);
    expect((await call('GET', '/indexes/set/settings')).body[name]).toEqual(value);
  });

  it('typo tolerance, in words and attributes', async () => {
    const task = await change('PATCH', '/indexes/set/settings/typo-tolerance', {
      disableOnWords: [`پا${ARABIC_KAF}ستان`],
      disableOnAttributes: ['title'],
    });
    expect(task.details).toEqual({ typoTolerance: { disableOnWords: [`پا${ARABIC_KAF}ستان`], disableOnAttributes: ['title'] } });
    expect((await call('GET', '/indexes/set/settings/typo-tolerance')).body).toMatchObject(task.details.typoTolerance);
  });

  it('several at once, and each setting keeps what was set before', async () => {
    const task = await change('PATCH', '/indexes/set/settings', {
      stopWords: ['سے'],
      filterableAttributes: ['tags'],
      displayedAttributes: ['id', 'title'],
    });
    expect(task.details).toEqual({ stopWords: ['سے'], filterableAttributes: ['tags'], displayedAttributes: ['id', 'title'] });
    const { body } = await call('GET', '/indexes/set/settings');
    expect(body).toMatchObject({
      stopWords: ['سے'],
      dictionary: ['J. R. R.', `وز${ARABIC_YEH}ر اعظم`],
      synonyms: { [`${ARABIC_KAF}ار`]: ['گاڑی'] },
    });
    expect(JSON.stringify(body)).not.toContain('_urdu');
  });

  it('and gets the defaults back after a reset', async () => {
    expect((await change('DELETE', '/indexes/set/settings/synonyms')).details).toEqual({ synonyms: null });
    expect((await call('GET', '/indexes/set/settings/synonyms')).body).toEqual({});
    await change('DELETE', '/indexes/set/settings');
    await direct('POST', '/indexes', { uid: 'untouched' }).then(({ body }) => finished(justuju.url, body.taskUid));
    expect((await call('GET', '/indexes/set/settings')).body).toEqual((await direct('GET', '/indexes/untouched/settings')).body);
  });

  it('also when one change follows the other at once', async () => {
    const tasks = [];
    for (const [path, value] of [
      ['stop-words', [`${ARABIC_KAF}ے`]],
      ['dictionary', [`وز${ARABIC_YEH}ر اعظم`]],
      ['searchable-attributes', ['title']],
    ] as const) {
      tasks.push((await call('PUT', `/indexes/hasty/settings/${path}`, value)).body.taskUid);
    }
    for (const taskUid of tasks) expect((await finished(justuju.url, taskUid)).status).toBe('succeeded');
    expect((await call('GET', '/indexes/hasty/settings')).body).toMatchObject({
      stopWords: [`${ARABIC_KAF}ے`],
      dictionary: [`وز${ARABIC_YEH}ر اعظم`],
      searchableAttributes: ['title'],
    });
  });

  it('through a swap', async () => {
    await change('PUT', '/indexes/one/settings/stop-words', [`${ARABIC_KAF}ے`]);
    await change('PUT', '/indexes/two/settings/stop-words', ['the']);
    await change('POST', '/swap-indexes', [{ indexes: ['one', 'two'] }]);
    expect((await call('GET', '/indexes/two/settings/stop-words')).body).toEqual([`${ARABIC_KAF}ے`]);
    expect((await call('GET', '/indexes/one/settings/stop-words')).body).toEqual(['the']);
  });
});

describe('settings hold', () => {
  beforeAll(() =>
    add('news', [
      { id: 1, title: 'الیکشن کی خبر', body: 'لاہور' },
      { id: 2, title: 'انتخابات کا نتیجہ', body: 'کراچی' },
      { id: 3, title: 'موسم', body: 'الیکشن' },
    ]),
  );

  it('synonyms, in whatever spelling, also of words that begin with ال', async () => {
    await change('PUT', '/indexes/news/settings/synonyms', { [`الیکشن`]: ['انتخابات'] });
    expect((await ids('news', { q: `ال${ARABIC_YEH}${ARABIC_KAF}شن`, attributesToSearchOn: ['title'] })).sort()).toEqual([1, 2]);
    await change('DELETE', '/indexes/news/settings/synonyms');
  });

  it('searchable attributes, and searches go on in the documents that are there', async () => {
    await change('PUT', '/indexes/news/settings/searchable-attributes', ['title']);
    expect(await ids('news', { q: 'الیکشن' })).toEqual([1]);
    await change('PUT', '/indexes/news/settings/searchable-attributes', ['*']);
    expect((await ids('news', { q: 'الیکشن' })).sort()).toEqual([1, 3]);
  });

  it('and an attribute that is not searched is refused by its own name', async () => {
    await change('PUT', '/indexes/news/settings/searchable-attributes', ['title', 'body']);
    const { status, body } = await call('POST', '/indexes/news/search', { q: 'الیکشن', attributesToSearchOn: ['id'] });
    expect({ status, message: body.message }).toEqual({
      status: 400,
      message: 'Index `news`: Attribute `id` is not searchable. Available searchable attributes are: `body, title`.',
    });
    await change('DELETE', '/indexes/news/settings/searchable-attributes');
  });
});

describe('filters and facets compare Urdu text by folded spelling', () => {
  const BOOK = `${ARABIC_KAF}تاب`;
  beforeAll(async () => {
    await change('PATCH', '/indexes/tagged/settings', { filterableAttributes: ['tags', 'year'] });
    await add('tagged', [
      { id: 1, tags: [BOOK, 'x'], year: 1 },
      { id: 2, tags: ['کتاب'], year: 2 },
      { id: 3, tags: ['کِتاب'], year: 3 },
      { id: 4, tags: ['کتابیں', "it's"], year: 4 },
      { id: 5, tags: null },
    ]);
  });

  it.each([
    ['tags = "کتاب"', [1, 2, 3], 'every spelling of the value'],
    [`tags = ${BOOK}`, [1, 2, 3], 'without quotes'],
    ["tags = 'کِتاب'", [1, 2, 3], 'in simple quotes, with a mark'],
    ['tags != کتاب', [4, 5], 'not'],
    ['NOT tags = کتاب AND year > 0', [4], 'with other conditions'],
    ['(tags IN [کتاب, "کتابیں"] AND year < 4) OR year = 4', [1, 2, 3, 4], 'a list'],
    ['tags NOT IN [کتاب]', [4, 5], 'not in a list'],
    ['tags STARTS WITH "كتا"', [1, 2, 3, 4], 'a beginning'],
    [['tags = کتاب', ['year = 1', 'year = 2']], [1, 2], 'nested arrays'],
    ['tags = "it\'s"', [4], 'other scripts as Meilisearch does'],
    ['tags = گلاب', [], 'a value that nobody has'],
  ])('%j → %j (%s)', async (filter: unknown, expected: readonly number[], _why: string) =>
    expect((await ids('tagged', { filter })).sort()).toEqual(expected),
  );

  it('refuses what Meilisearch refuses, in its words for what the client wrote', async () => {
    for (const filter of ['tags = "کتاب', 'titel = کتاب', 'tags IN [کتاب', 'کتاب']) {
      const [ours, theirs] = await Promise.all([
        call('POST', '/indexes/tagged/search', { filter }),
        direct('POST', '/indexes/tagged/search', { filter }),
      ]);
      expect({ status: ours.status, body: ours.body }).toEqual({ status: 400, body: withoutStamp(theirs.body) });
    }
  });

  it('counts the spellings of a value as one', async () => {
    const { body } = await call('POST', '/indexes/tagged/search', { facets: ['*'], limit: 0 });
    expect(
      Object.entries(body.facetDistribution.tags)
        .map(([, count]) => count)
        .sort(),
    ).toEqual([1, 1, 1, 3]);
    expect(Object.keys(body.facetDistribution)).toEqual(['tags', 'year']);
  });

  it('finds facet values from any spelling', async () => {
    const { body } = await call('POST', '/indexes/tagged/facet-search', { facetName: 'tags', facetQuery: `${ARABIC_KAF}تا` });
    expect(body.facetQuery).toBe(`${ARABIC_KAF}تا`);
    expect(body.facetHits.map(({ count }: { count: number }) => count).sort()).toEqual([1, 3]);
  });

  it('finds none for phrases that stand nowhere in the fields that are asked for', async () => {
    await change('PATCH', '/indexes/phrased/settings', { searchableAttributes: ['body', 'title'], filterableAttributes: ['topic'] });
    await add('phrased', [
      { id: 1, title: 'شہر', body: 'باغ خوبصورت', topic: 'ادب' },
      { id: 2, title: 'دریا', body: 'کتابیں', topic: 'ادب' },
    ]);
    const counts = async (q: string): Promise<unknown> =>
      (await call('POST', '/indexes/phrased/facet-search', { q, attributesToSearchOn: ['title'], facetName: 'topic' })).body.facetHits;
    expect(await counts('"باغ" "کتاب"')).toEqual([]);
    expect(await counts('"شہر"')).toEqual([{ value: 'ادب', count: 1 }]);
  });

  it('also in an attribute of more values than Meilisearch lists', async () => {
    const letters = [...'ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہی'];
    await change('PATCH', '/indexes/many/settings', { filterableAttributes: ['place'] });
    const others = letters.flatMap((first, i) =>
      letters.slice(0, 8).map((second, j) => ({ id: 100 + i * 10 + j, place: `${first}${second}آباد` })),
    );
    await add('many', [{ id: 1, place: `${ARABIC_KAF}راچی` }, { id: 2, place: `کراچ${ARABIC_YEH}` }, { id: 3, place: 'کراچی' }, ...others]);
    expect((await ids('many', { filter: 'place = کراچی' })).sort()).toEqual([1, 2, 3]);
  });

  it('in reads of documents too', async () => {
    const { body } = await call('POST', '/indexes/tagged/documents/fetch', { filter: 'tags = کتاب', fields: ['id'] });
    expect(body.results).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('in query strings, as an expression and as an array', async () => {
    await change('PATCH', '/indexes/alike/settings', {
      filterableAttributes: ['tags'],
      embedders: { own: { source: 'userProvided', dimensions: 2 } },
    });
    await add(
      'alike',
      [BOOK, 'کتاب', 'قلم', 'کِتاب'].map((tag, i) => ({ id: i + 1, tags: [tag], _vectors: { own: [1, i / 10] } })),
    );
    for (const filter of ['tags = "کتاب"', '["tags = کتاب"]', '[["tags = کتاب", "tags = گلاب"]]']) {
      const parameters = new URLSearchParams({ filter });
      const similar = await call('GET', `/indexes/alike/similar?id=1&embedder=own&${parameters.toString()}`);
      expect(similar.body.hits?.map(({ id }: { id: number }) => id)).toEqual([2, 4]);
      const posted = await call('POST', '/indexes/alike/similar', {
        id: 1,
        embedder: 'own',
        filter: filter.startsWith('[') ? JSON.parse(filter) : filter,
      });
      expect(posted.body.hits).toEqual(similar.body.hits);
      const read = await call('GET', `/indexes/alike/documents?${parameters.toString()}`);
      expect(read.body.results?.map(({ id }: { id: number }) => id)).toEqual([1, 2, 4]);
    }
    const [ours, theirs] = await Promise.all(
      [call, direct].map((ask) => ask('GET', '/indexes/alike/similar?id=1&embedder=own&filter=titel%20%3D%20x')),
    );
    expect({ status: ours?.status, body: ours?.body }).toEqual({ status: 400, body: withoutStamp(theirs?.body) });
  });
});

describe('what can be filtered', () => {
  it.each([[[]], [['tags']], [['tags', 'year']]])('is listed as Meilisearch lists it, where that is %j', async (filterableAttributes) => {
    const uid = `listed${filterableAttributes.length}`;
    const documents = [{ id: 1, tags: ['کتاب'], year: 1, title: 'قلم' }];
    await change('PATCH', `/indexes/${uid}/settings`, { filterableAttributes });
    await add(uid, documents);
    for (const [method, path, body] of [
      ['PATCH', `/indexes/${uid}_alone/settings`, { filterableAttributes }],
      ['POST', `/indexes/${uid}_alone/documents?primaryKey=id`, documents],
    ] as const)
      expect((await finished(justuju.url, (await direct(method, path, body)).body.taskUid)).status).toBe('succeeded');
    const requests: readonly (readonly [route: string, body: object])[] = [
      ['search', { filter: 'title = x' }],
      ['search', { q: 'قلم ', filter: 'title = x' }],
      ['search', { q: 'قلم ', facets: ['title'] }],
      ['search', { q: 'قلم ', facets: ['title', 'id'] }],
      ['search', { q: 'قلم ', distinct: 'title' }],
      ['search', { q: 'قلم ', facets: ['*'] }],
      ['search', { facets: ['*'] }],
      ['facet-search', { facetName: 'title', q: 'قلم ' }],
      ['documents/fetch', { filter: 'title = x' }],
    ];
    for (const [route, body] of requests) {
      const ours = await call('POST', `/indexes/${uid}/${route}`, body);
      const alone = await direct('POST', `/indexes/${uid}_alone/${route}`, body);
      const told = ({ message, code, facetDistribution, facetStats }: Answer['body']): unknown => ({
        message,
        code,
        facetDistribution,
        facetStats,
      });
      expect([ours.status, told(JSON.parse(JSON.stringify(ours.body).replaceAll(uid, `${uid}_alone`)))]).toEqual([
        alone.status,
        told(alone.body),
      ]);
    }
  });

  it.each([null, []])('is shown in the task as it was set: %j', async (filterableAttributes) => {
    expect((await change('PATCH', '/indexes/set/settings', { filterableAttributes })).details).toEqual({ filterableAttributes });
    expect((await change('PUT', '/indexes/set/settings/filterable-attributes', ['tags'])).details).toEqual({
      filterableAttributes: ['tags'],
    });
    expect((await call('GET', '/indexes/set/settings/filterable-attributes')).body).toEqual(['tags']);
  });
});

describe('what belongs to Justuju is not shown', () => {
  it('in statistics, lists and tasks', async () => {
    await add('plain', [{ id: 1, title: 'گلاب' }]);
    for (const path of [
      '/stats',
      '/indexes/plain/stats',
      '/indexes',
      '/tasks?limit=1000',
      '/batches?limit=1000',
      '/indexes/plain/settings',
    ]) {
      const { status, body } = await call('GET', path);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/_urdu|_justuju|note of justuju/);
    }
    expect((await call('GET', '/indexes/plain/stats')).body.fieldDistribution).toEqual({ id: 1, title: 1 });
  });

  it('in the message of a task that failed', async () => {
    const { body } = await call('POST', '/indexes/plain/documents', [{ title: 'بے شناخت "}`' }]);
    const { error } = await finished(justuju.url, body.taskUid);
    expect(error.message).toBe('Document doesn\'t have a `id` attribute: `{"title":"بے شناخت \\"}`"}`.');
  });

  it('even when it is asked for by name', async () => {
    expect((await call('GET', '/indexes/_justuju_vocabulary/documents')).body.code).toBe('index_not_found');
    expect((await call('POST', '/indexes/_justuju_vocabulary/search', {})).body.code).toBe('index_not_found');
    expect((await call('POST', '/multi-search', { queries: [{ indexUid: '_justuju_vocabulary' }] })).body.code).toBe('index_not_found');
    expect((await call('POST', '/swap-indexes', [{ indexes: ['_justuju_vocabulary', 'plain'] }])).body.code).toBe('index_not_found');
    expect((await call('GET', `/indexes/plain/documents?fields=${SHADOW_ROOT}.title`)).body.results).toEqual([{}]);
  });
});
