import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

/** `GET /metrics` against a real Meilisearch, without keys and with keys. */
/** Samples of one metric, by their labels as they are written. */
const samples = (text: string, name: string): Record<string, number> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .map((line) => [line.slice(name.length, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );

/** A family is described once, and its samples follow: what Prometheus's parser asks for. */
function expectWellFormed(text: string): void {
  const described = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  expect(described).toEqual([...new Set(described)]);
  for (const line of text.split('\n')) expect(line).toMatch(/^($|# (HELP|TYPE) \S|[a-z_:][\w:]*(\{(\w+="[^"]*",?)*\})? \S+$)/);
}

describe('without keys', () => {
  let justuju: TestJustuju;
  const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);
  const metrics = async (): Promise<string> => (await call('GET', '/metrics')).body as string;

  beforeAll(async () => {
    justuju = await startJustuju();
    const { body } = await call('POST', '/indexes/books/documents?primaryKey=id', [
      { id: 1, title: 'کتاب اور قلم' },
      { id: 2, title: 'کتاب کی دکان' },
      { id: 3, title: 'زندگی کا سفر' },
      { id: 4, title: 'زندگی اور سفر' },
    ]);
    await finished(justuju.url, body.taskUid);
    // Words by sound are prepared behind the first answers.
    await eventually('a completion from Roman letters', async () => {
      const { suggestions } = (await call('GET', '/suggest?q=zindag&index=books')).body as { suggestions: unknown[] };
      return suggestions.length > 0 || undefined;
    });
  });
  afterAll(() => justuju?.stop());

  it('counts requests by route pattern and status, whatever stands in the path', async () => {
    await call('GET', '/indexes/books/documents/1');
    await call('GET', '/indexes/books/documents/404');
    await call('GET', '/keys');
    await call('GET', `/${'x'.repeat(50)}`);
    await call('POST', '/indexes/_justuju_vocabulary/search', {});
    const text = await metrics();
    expectWellFormed(text);
    expect(samples(text, 'justuju_http_request_duration_seconds_count')).toMatchObject({
      '{method="POST",route="/indexes/:uid/documents",status="202"}': 1,
      '{method="GET",route="/indexes/:uid/documents/:id",status="200"}': 1,
      '{method="GET",route="/indexes/:uid/documents/:id",status="404"}': 1,
      '{method="GET",route="passed on",status="200"}': 1,
      '{method="GET",route="passed on",status="404"}': 1,
      '{method="POST",route="other",status="404"}': 1,
    });
    expect(text).not.toContain('xxx');
    expect(text).not.toContain('books');
  });

  it('counts searches by what was understood', async () => {
    const q = (words: string): Promise<Answer> => call('POST', '/indexes/books/search', { q: words });
    expect((await q('کتاب')).body.urdu.understood.words[0].readings[0].reason).toBe('exact');
    expect((await q('zindagi')).body.urdu.understood.words[0].readings[0].reason).toBe('transliterated');
    expect((await q('')).body.urdu).toBeUndefined();
    await q('گلبرگ');
    await call('POST', '/multi-search', { queries: [{ indexUid: 'books', q: 'کتاب' }, { indexUid: 'books' }] });
    await call('POST', '/multi-search', { federation: {}, queries: [{ indexUid: 'books', q: 'کتاب' }] });

    const text = await metrics();
    expect(samples(text, 'justuju_searches_total')).toEqual({
      '{kind="urdu",found="yes"}': 3,
      '{kind="urdu",found="no"}': 1,
      '{kind="other",found="yes"}': 2,
      '{kind="federated",found="yes"}': 1,
    });
    expect(samples(text, 'justuju_search_readings_total')).toMatchObject({ '{reason="transliterated"}': 1 });
  });

  it('times Meilisearch, and measures the process', async () => {
    const text = await metrics();
    expect(samples(text, 'justuju_meilisearch_request_duration_seconds_count')['{status="200"}']).toBeGreaterThan(5);
    expect(samples(text, 'justuju_meilisearch_request_duration_seconds_sum')['{status="200"}']).toBeGreaterThan(0);
    expect(samples(text, 'justuju_process_resident_memory_bytes')['']).toBeGreaterThan(1e6);
    expect(Object.keys(samples(text, 'justuju_nodejs_eventloop_lag_p99_seconds'))).toEqual(['']);
  });

  it('adds Meilisearch’s own where they are switched on, as one text', async () => {
    expect(await metrics()).not.toContain('meilisearch_db_size_bytes');
    await call('PATCH', '/experimental-features', { metrics: true });
    const text = await metrics();
    expectWellFormed(text);
    expect(samples(text, 'meilisearch_db_size_bytes')['']).toBeGreaterThan(0);
    expect(samples(text, 'meilisearch_index_docs_count')).toEqual({ '{index="books"}': 4 });
    await call('PATCH', '/experimental-features', { metrics: false });
  });
});

describe('with keys', () => {
  const MASTER_KEY = 'a-master-key-of-sixteen';
  let justuju: TestJustuju;
  const call = (method: string, path: string, key?: string, body?: unknown): Promise<Answer> =>
    request(justuju.url, method, path, body, key === undefined ? {} : { authorization: `Bearer ${key}` });

  beforeAll(async () => {
    justuju = await startJustuju({ masterKey: MASTER_KEY });
  });
  afterAll(() => justuju?.stop());

  it.each([true, false])('answers only to a key that Meilisearch would answer to (its feature on: %s)', async (isOn) => {
    await call('PATCH', '/experimental-features', MASTER_KEY, { metrics: isOn });
    const made = await call('POST', '/keys', MASTER_KEY, { actions: ['metrics.get'], indexes: ['*'], expiresAt: null });
    const { results } = (await call('GET', '/keys', MASTER_KEY)).body as { results: { name: string; key: string }[] };
    const searchKey = results.find(({ name }) => name === 'Default Search API Key')?.key;
    for (const key of [MASTER_KEY, made.body.key as string]) {
      const { status, headers, body } = await call('GET', '/metrics', key);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
      expect(body).toContain('justuju_http_request_duration_seconds');
      expect((body as string).includes('meilisearch_db_size_bytes')).toBe(isOn);
    }
    expect(await call('GET', '/metrics')).toMatchObject({ status: 401, body: { code: 'missing_authorization_header' } });
    for (const key of [searchKey, 'nobody']) {
      expect(await call('GET', '/metrics', key)).toMatchObject({ status: 403, body: { code: 'invalid_api_key' } });
    }
  });
});
