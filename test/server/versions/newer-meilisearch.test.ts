/** What versions of Meilisearch after 1.21 do otherwise, told by a scripted engine; see docs/compatibility.md. */
import { EngineHttp } from '../../../server/meilisearch/http.js';
import { storedDocuments } from '../../../server/meilisearch/stored-documents.js';
import { SHADOW_ROOT, STAMP } from '../../../server/shadow/shadow.js';
import { type Answer, call } from '../../support/call.js';
import { eventually } from '../../support/processes.js';
import { type Asked, BOOKS, read, type Said, type Script, type Scripted, startScripted } from '../../support/scripted-engine.js';

const SEARCH = 'POST /indexes/books/search';
const FETCH = 'POST /indexes/books/documents/fetch';
const SHADOW = `${SHADOW_ROOT}.title`;

let scripted: Scripted | undefined;
afterEach(async () => {
  await scripted?.stop();
  scripted = undefined;
});

async function start(version: string, script: Script): Promise<Scripted> {
  scripted = await startScripted(version, { ...BOOKS, ...script });
  return scripted;
}

/** Searches until the store holds the documents, which it reads in the background. */
async function searchIn(url: string, body: object, isStored: (body: Answer['body']) => boolean = isUnderstood): Promise<Answer['body']> {
  return eventually('the store holds the documents', async () => {
    const answer = await call(url, 'POST', '/indexes/books/search', body);
    return isStored(answer.body) ? (answer.body as unknown) : undefined;
  });
}
const isUnderstood = ({ hits, urdu }: Answer['body']): boolean => urdu !== undefined && hits.length > 0 && hits[0].id !== 1;

const hit = (id: number, title: string, more: object = {}): object => ({ id, title, [SHADOW]: 'roots', [STAMP]: `s${id}`, ...more });
const found = (hits: readonly object[], more: object = {}): Said => ({
  body: { hits, query: '', processingTimeMs: 1, limit: 20, offset: 0, estimatedTotalHits: hits.length, ...more },
});

describe('POST /indexes/{uid}/fields (1.33)', () => {
  const field = (name: string, isSearchable = false): object => ({
    name,
    displayed: { enabled: true },
    searchable: { enabled: isSearchable },
  });
  const FIELDS = [field(SHADOW_ROOT), field(`${SHADOW_ROOT}.id_`, true), field(SHADOW, true), field(STAMP), field('id'), field('title')];
  const pages: Script = {
    'POST /indexes/books/fields': ({ body: { offset = 0, limit = 20 } }) => ({
      body: { results: FIELDS.slice(offset, offset + limit), offset, limit, total: FIELDS.length },
    }),
  };
  const shown = (name: string): object => ({ name, displayed: { enabled: true }, searchable: { enabled: true } });

  it.each([
    ['shows the client its own fields, and counts them', {}, [shown('id'), shown('title')], { offset: 0, limit: 20, total: 2 }],
    ['in pages', { offset: 1, limit: 1 }, [shown('title')], { offset: 1, limit: 1, total: 2 }],
    ['that are searched', { filter: { searchable: true } }, [shown('id'), shown('title')], { offset: 0, limit: 20, total: 2 }],
    ['that are not', { filter: { searchable: false } }, [], { offset: 0, limit: 20, total: 0 }],
  ])('%s', async (_what, body, results, page) => {
    const { url } = await start('1.35.0', pages);
    expect((await call(url, 'POST', '/indexes/books/fields', body)).body).toEqual({ results, ...page });
  });

  it('is a list before 1.35, which takes no pages', async () => {
    const { url, to } = await start('1.34.3', {
      'POST /indexes/books/fields': ({ body }) => ('limit' in body ? { status: 400, body: { code: 'bad_request' } } : { body: FIELDS }),
    });
    expect((await call(url, 'POST', '/indexes/books/fields', {})).body).toEqual([shown('id'), shown('title')]);
    expect(to('POST /indexes/books/fields')[0]?.body).toEqual({});
  });

  it('is refused by Meilisearch where it has no such route, or the parameters are wrong', async () => {
    const { url, to } = await start('1.35.0', {
      'POST /indexes/books/fields': () => ({ status: 400, body: { message: 'no', code: 'invalid_index_limit' } }),
    });
    const wrong = { limit: 'many' };
    expect(await call(url, 'POST', '/indexes/books/fields', wrong)).toMatchObject({ status: 400, body: { code: 'invalid_index_limit' } });
    expect(to('POST /indexes/books/fields')[0]?.body).toEqual(wrong);
  });
});

describe('what a search is asked for', () => {
  const headers = { 'meili-include-metadata': 'true', 'x-meilisearch-client': 'Test (v1)' };
  const metadata = { queryUid: 'q', indexUid: 'books', primaryKey: 'id' };

  it.each([
    ['in Urdu', SEARCH, { q: 'کتاب' }],
    ['in English', SEARCH, { q: 'book' }],
    ['by facets', 'POST /indexes/books/facet-search', { facetName: 'title', facetQuery: 'b' }],
    ['in many', 'POST /multi-search', { queries: [{ indexUid: 'books', q: 'کتاب' }] }],
  ])('goes on with its headers %s (1.24)', async (_what, route, body) => {
    const answer = (): Said => found([], { metadata, facetHits: [] });
    const { url, to } = await start('1.24.0', {
      [SEARCH]: answer,
      'POST /indexes/books/facet-search': answer,
      'POST /multi-search': () => ({ body: { results: [{ indexUid: 'books', ...(answer().body as object) }] } }),
    });
    const answered = await call(url, 'POST', route.split(' ')[1] ?? '', body, headers);
    expect(answered.status).toBe(200);
    const told = (answered.body.results?.[0] ?? answered.body).metadata;
    // Of searches the id is Justuju's own: events find their query by it.
    expect(told).toEqual(route.endsWith('facet-search') ? metadata : { ...metadata, queryUid: expect.stringMatching(/^[\da-f-]{36}$/) });
    // Each query of many is asked by itself.
    const sent = [...to(route), ...to(SEARCH)];
    for (const one of sent) expect(one.headers).toMatchObject(headers);
    expect(sent.length).toBeGreaterThan(0);
  });

  it('goes on with parameters that came later, and comes back with what they ask for', async () => {
    const { url, to } = await start('1.35.0', {
      [SEARCH]: () => found([hit(1, 'کتاب')], { performanceDetails: { search: '1ms' }, requestUid: 'r' }),
    });
    const asked = { showPerformanceDetails: true, useNetwork: false, personalize: { userContext: 'likes poems' } };
    const { body } = await call(url, 'POST', '/indexes/books/search', { q: 'کتاب', ...asked });
    expect(to(SEARCH)[0]?.body).toMatchObject(asked);
    expect(body).toMatchObject({ hits: [{ id: 1, title: 'کتاب' }], performanceDetails: { search: '1ms' }, requestUid: 'r' });
  });

  const MEILISEARCHS_ORDER = ['قلم', 'کتاب'];
  it.each<[string, object, Script]>([
    ['personalized (1.25)', { personalize: { userContext: 'likes pens' } }, {}],
    ['from many machines (1.34)', { useNetwork: true }, {}],
    [
      'from a network with a leader, which is asked unless the request says otherwise (1.41)',
      {},
      { 'GET /experimental-features': () => ({ body: { network: true } }), 'GET /network': () => ({ body: { leader: 'one' } }) },
    ],
  ])('keeps its order: %s', async (_what, asked, script) => {
    const { url } = await start('1.41.0', { [SEARCH]: () => found([hit(1, 'قلم'), hit(2, 'کتاب')]), ...script });
    const { body } = await call(url, 'POST', '/indexes/books/search', { q: 'کتاب', ...asked });
    expect(body.hits.map(({ title }: { title: string }) => title)).toEqual(MEILISEARCHS_ORDER);
  });

  it('is ranked by Justuju otherwise', async () => {
    const { url } = await start('1.41.0', { [SEARCH]: () => found([hit(1, 'قلم'), hit(2, 'کتاب')]) });
    const body = await searchIn(url, { q: 'کتاب' });
    expect(body.hits.map(({ title }: { title: string }) => title)).not.toEqual(MEILISEARCHS_ORDER);
  });
});

describe('documents inside documents (foreign keys, 1.39)', () => {
  const author = { id: 7, name: 'فیض', [`${SHADOW_ROOT}.name`]: 'roots', [STAMP]: 's' };
  const withAuthors = hit(2, 'کتاب', { authors: [author], first: author, _formatted: { ...hit(2, 'کتاب'), first: author } });
  const clean = { id: 7, name: 'فیض' };

  it.each([
    ['an Urdu search', SEARCH, { q: 'کتاب' }],
    ['another search', SEARCH, { q: '' }],
    ['a federated search', 'POST /multi-search', { federation: {}, queries: [{ indexUid: 'books', q: 'کتاب' }] }],
    ['documents like it', 'POST /indexes/books/similar', { id: 1, embedder: 'e' }],
    ['documents', FETCH, {}],
  ])('hold no shadows: %s', async (_what, route, body) => {
    const results = [{ ...withAuthors, ...(route.includes('multi') && { _federation: { queriesPosition: 0 } }) }];
    const { url } = await start('1.39.0', {
      [route]: () => ({ body: { ...(found(results).body as object), results: route === FETCH ? results : undefined, total: 1 } }),
    });
    const answered = await call(url, 'POST', route.split(' ')[1] ?? '', body);
    expect(JSON.stringify(answered.body)).not.toContain(SHADOW_ROOT);
    expect((answered.body.hits ?? answered.body.results)[0]).toMatchObject({ id: 2, authors: [clean], first: clean });
  });

  it.each([
    ['PUT', '/indexes/books/settings/foreign-keys', [{ fieldName: 'id', foreignIndexUid: '_justuju_vocabulary' }]],
    ['PATCH', '/indexes/books/settings', { foreignKeys: [{ fieldName: 'id', foreignIndexUid: '_justuju_vocabulary' }] }],
    [
      'POST',
      '/render-template',
      {
        template: { kind: 'inlineDocumentTemplate', inline: '{{doc.words}}' },
        input: { kind: 'indexDocument', indexUid: '_justuju_vocabulary', id: 'x' },
      },
    ],
  ])("of Justuju's own indexes there are none: %s %s", async (method, path, body) => {
    const { url, to } = await start('1.48.0', {});
    expect(await call(url, method, path, body)).toMatchObject({
      status: 400,
      body: { message: 'Index `_justuju_vocabulary` not found.', code: 'index_not_found' },
    });
    expect(to(`${method} ${path}`)).toEqual([]);
  });
});

/** Counts its own calls, from 1. */
function counter(): () => number {
  let calls = 0;
  return () => {
    calls += 1;
    return calls;
  };
}

describe('reading documents while Meilisearch is busy (1.48)', () => {
  const busy: Said = {
    status: 503,
    headers: { 'retry-after': '10' },
    body: { message: 'Too many search requests', code: 'too_many_search_requests' },
  };

  it('is tried again: no hit changes its place', async () => {
    const count = counter();
    const { url, to } = await start('1.48.0', {
      [SEARCH]: () => found([hit(3, 'نئی کتاب'), hit(1, 'قلم'), hit(2, 'کتاب')]),
      [FETCH]: ({ body }) => (count() <= 2 ? busy : read(body as object)),
    });
    const ids = async (): Promise<number[]> =>
      (await call(url, 'POST', '/indexes/books/search', { q: 'کتاب ' })).body.hits.map(({ id }: { id: number }) => id);
    await eventually('the documents were read', async () => (await ids()).join() === '2,3');
    expect(to(FETCH).length).toBeGreaterThan(3);
  });

  it('leaves the order to Meilisearch as long as they cannot be read', async () => {
    const { url } = await start('1.48.0', { [SEARCH]: () => found([hit(3, 'نئی کتاب'), hit(2, 'کتاب')]), [FETCH]: () => busy });
    const { status, body } = await call(url, 'POST', '/indexes/books/search', { q: 'کتاب ' });
    expect([status, body.hits.map(({ id }: { id: number }) => id)]).toEqual([200, [3, 2]]);
  });

  it('and a search that is refused so says so, in the code that clients retry on', async () => {
    const { url } = await start('1.48.0', { [SEARCH]: () => busy });
    expect(await call(url, 'POST', '/indexes/books/search', { q: 'کتاب ' })).toMatchObject({
      status: 503,
      body: { code: 'too_many_search_requests' },
    });
  });

  it('does not end a rebuild', async () => {
    const count = counter();
    const { engineUrl } = await start('1.48.0', {
      'GET /indexes/books/documents': () => (count() === 1 ? busy : { body: { results: [{ id: 1 }] } }),
    });
    const http = new EngineHttp(engineUrl);
    const documents: unknown[] = [];
    for await (const document of storedDocuments({ http, authorization: undefined }, 'books')) documents.push(document);
    expect(documents).toEqual([{ id: 1 }]);
    await http.close();
  });
});

describe('streams of tasks and batches (1.52)', () => {
  const event = (work: object): string => `data: ${JSON.stringify(work)}\n\n`;
  const own = event({ uid: 1, indexUid: '_justuju_vocabulary', status: 'enqueued' });
  const theirs = { uid: 2, indexUid: 'books', status: 'enqueued', details: { searchableAttributes: [SHADOW_ROOT] } };
  const text = `retry: 10000\n\n${own}${event(theirs)}`;

  it.each(['tasks', 'batches'])('of %s come as they happen, without those of own indexes', async (kind) => {
    const { url, listeners } = await start('1.52.0', {
      // Cut where it hurts: within an event, and within what is left out.
      [`GET /${kind}/stream`]: () => ({
        headers: { 'content-type': 'text/event-stream' },
        stream: [text.slice(0, 40), text.slice(40, 130), text.slice(130)],
      }),
    });
    const answered = await fetch(`${url}/${kind}/stream`, { headers: { 'accept-encoding': 'gzip' }, signal: AbortSignal.timeout(5_000) });
    expect(answered.headers.get('content-type')).toBe('text/event-stream');
    const reader = (answered.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
    let read = '';
    while (!read.includes('"uid":2')) read += (await reader.read()).value ?? '';
    expect(listeners.size).toBe(1);
    await reader.cancel();
    await eventually('Meilisearch is told that nobody listens', () => Promise.resolve(listeners.size === 0));
    expect(read).toBe(`retry: 10000\n\n${event({ ...theirs, details: { searchableAttributes: ['*'] } })}`);
  });

  it('are refused by Meilisearch where it has none', async () => {
    const refusal = { message: 'no', code: 'invalid_task_uid', type: 'invalid_request', link: 'x' };
    const { url } = await start('1.51.0', { 'GET /tasks/stream': () => ({ status: 400, body: refusal }) });
    expect(await call(url, 'GET', '/tasks/stream')).toMatchObject({ status: 400, body: refusal });
  });
});

describe('dynamic search rules (1.41)', () => {
  const RULES: Script = {
    'GET /experimental-features': () => ({ body: { dynamicSearchRules: true, network: false } }),
    'POST /dynamic-search-rules': () => ({ body: { results: [{ uid: 'rule', active: true }], offset: 0, limit: 1, total: 1 } }),
  };
  /** In Meilisearch's order; Justuju's is 2, 3, and 1 is no hit. */
  const organic = [hit(1, 'قلم'), hit(2, 'کتاب'), hit(3, 'نئی کتاب')];
  const details = (more: object): object => ({ _rankingScoreDetails: more });
  /** Sent to Meilisearch as its root. */
  const TYPED = 'کتابیں';
  /** The rule says: who types this word sees document 9 in the second place. */
  const byRule = ({ body: { q, filter, offset = 0, limit = 20, showRankingScoreDetails } }: Asked): Said => {
    const hits = q === TYPED ? [hit(1, 'قلم', details({})), hit(9, 'دیوان', details({ pin: { order: 0, position: 1 } }))] : organic;
    // Of named versions those are answered.
    const named = hits.filter((one) => typeof filter !== 'string' || filter.includes(`"${(one as { [STAMP]: string })[STAMP]}"`));
    return found(
      named
        .slice(offset, offset + limit)
        .map((one) => (showRankingScoreDetails === true ? one : { ...one, _rankingScoreDetails: undefined })),
    );
  };
  const idsOf = (hits: { id: number }[]): number[] => hits.map(({ id }) => id);

  it.each([
    ['stays where it is pinned', {}, [2, 9, 3]],
    ['on its page', { limit: 2 }, [2, 9]],
    ['and moves the others to the next one', { offset: 2, limit: 2 }, [3]],
    ['on numbered pages', { page: 1, hitsPerPage: 2 }, [2, 9]],
  ])('a document %s', async (_what, page, ids) => {
    const { url } = await start('1.41.0', { ...RULES, [SEARCH]: byRule });
    await searchIn(url, { q: TYPED });
    const { body } = await call(url, 'POST', '/indexes/books/search', { q: TYPED, ...page });
    expect(idsOf(body.hits)).toEqual(ids);
    expect(JSON.stringify(body.hits)).not.toMatch(new RegExp(`${SHADOW_ROOT}|_rankingScoreDetails`));
  });

  it('with its key only where that is wanted', async () => {
    const { url } = await start('1.41.0', { ...RULES, [SEARCH]: byRule });
    await searchIn(url, { q: TYPED });
    const { body } = await call(url, 'POST', '/indexes/books/search', { q: TYPED, attributesToRetrieve: ['title'], limit: 2 });
    expect(body.hits).toEqual([{ title: 'کتاب' }, { title: 'دیوان' }]);
  });

  it('in each query of many', async () => {
    const { url } = await start('1.41.0', {
      ...RULES,
      [SEARCH]: byRule,
      'POST /multi-search': ({ body }) => ({
        body: { results: body.queries.map((one: object) => ({ indexUid: 'books', ...(byRule({ body: one } as Asked).body as object) })) },
      }),
    });
    await searchIn(url, { q: TYPED });
    const { body } = await call(url, 'POST', '/multi-search', { queries: [{ indexUid: 'books', q: TYPED }] });
    expect(idsOf(body.results[0].hits)).toEqual([2, 9, 3]);
  });

  it.each<[string, string, Script]>([
    ['the version has none', '1.40.0', RULES],
    ['they are switched off', '1.50.0', { ...RULES, 'GET /experimental-features': () => ({ body: { dynamicSearchRules: false } }) }],
    ['none is active', '1.50.0', { ...RULES, 'POST /dynamic-search-rules': () => ({ body: { results: [], total: 0 } }) }],
  ])('are not asked for where %s', async (_what, version, script) => {
    const { url, to } = await start(version, { ...script, [SEARCH]: () => found(organic) });
    await call(url, 'POST', '/indexes/books/search', { q: TYPED });
    expect(to(SEARCH).every(({ body }) => body.showRankingScoreDetails === undefined)).toBe(true);
    if (version === '1.40.0') expect(to('GET /experimental-features')).toEqual([]);
  });

  it('are asked for again when the engine was gone: another version may have come', async () => {
    let isGone = false;
    const { url, to } = await start('1.41.0', { ...RULES, [SEARCH]: () => (isGone ? { isGone } : found(organic)) });
    const versions = async (): Promise<number> => {
      await call(url, 'POST', '/indexes/books/search', { q: TYPED });
      return to('GET /version').length;
    };
    await searchIn(url, { q: TYPED });
    expect([await versions(), await versions()]).toEqual([1, 1]);
    isGone = true;
    await versions();
    isGone = false;
    expect(await versions()).toBe(2);
  });
});
