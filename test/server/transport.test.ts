import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

/** How requests and answers travel: each request is sent to the real Meilisearch and through Justuju, and is to be told the same. */
let justuju: TestJustuju;
const LIMIT = 3_000_000;
const MASTER = 'a-master-key-for-tests';
const key = { authorization: `Bearer ${MASTER}` };
const JSON_TYPE = { 'content-type': 'application/json' };
const NDJSON = { 'content-type': 'application/x-ndjson' };
const CSV = { 'content-type': 'text/csv' };
const BOM = '\uFEFF';
const NO_BREAK_SPACE = '\u00A0';

interface Raw {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}
interface Asked {
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer | readonly Buffer[];
  readonly agent?: Agent;
}

/** With node's own client, which adds no headers; pieces of a body are sent one by one. */
function raw(base: string, method: string, path: string, { headers = {}, body, agent }: Asked = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      base + path,
      { method, path, headers: { ...key, ...headers }, agent: agent ?? false, timeout: 20_000 },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(pieces) }));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject);
    void (async () => {
      for (const piece of body === undefined ? [] : Array.isArray(body) ? (body as Buffer[]) : [body as string]) {
        outgoing.write(piece);
        await new Promise((go) => setTimeout(go, 5));
      }
      outgoing.end();
    })();
  });
}

const told = ({ status, bytes }: Raw): unknown => ({
  status,
  text: bytes.toString().replace(/"taskUid":\d+|"enqueuedAt":"[^"]*"|"processingTimeMs":\d+/g, ''),
});
async function both(method: string, path: string, asked: Asked = {}): Promise<[ours: Raw, theirs: Raw]> {
  const theirs = await raw(justuju.engineUrl, method, path, asked);
  return [await raw(justuju.url, method, path, asked), theirs];
}
const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
  request(justuju.url, method, path, body, { ...key, ...headers });

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER, payloadLimit: LIMIT });
  const books = [
    { id: 1, title: 'کتاب', year: 1968, _geo: { lat: 1, lng: 1 } },
    { id: 2, title: 'کتابیں اور کتاب گھر', year: 2001, _geo: { lat: 50, lng: 50 } },
  ];
  for (const [method, path, body] of [
    ['POST', '/indexes/books/documents?primaryKey=id', books],
    ['PATCH', '/indexes/books/settings', { sortableAttributes: ['_geo', 'year'], filterableAttributes: ['year'] }],
  ] as const)
    await finished(justuju.url, (await call(method, path, body)).body.taskUid, key);
});
afterAll(() => justuju?.stop());

describe('a request that is refused before its body was read', () => {
  const large = JSON.stringify([{ id: 9, title: 'x'.repeat(300_000) }]);
  it.each([
    ['a wrong key', '/indexes/books/documents', { authorization: 'Bearer wrong' }],
    ['a wrong parameter', '/indexes/books/documents?foo=1', {}],
    ['a wrong content type, passed on', '/indexes/books/documents', { 'content-type': 'text/plain' }],
    ['a route that is not there, passed on', '/nope', {}],
    ['a search with a wrong key', '/indexes/books/search', { authorization: 'Bearer wrong' }],
  ])(
    'holds up nobody else: %s',
    async (_what, path, headers) => {
      const refused = await Promise.all(
        Array.from({ length: 80 }, () => raw(justuju.url, 'POST', path, { headers: { ...JSON_TYPE, ...headers }, body: large })),
      );
      expect(new Set(refused.map(({ status }) => status >= 400 && status < 500))).toEqual(new Set([true]));
      const asked = Array.from({ length: 80 }, () => call('POST', '/indexes/books/search', { q: 'کتاب' }));
      const others = Array.from({ length: 80 }, () => call('GET', '/version'));
      for (const { status } of await Promise.all([...asked, ...others])) expect(status).toBe(200);
    },
    20_000,
  );

  it('and leaves the client’s connection as it was, for the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (let i = 0; i < 5; i += 1) {
        expect((await raw(justuju.url, 'POST', '/nope', { headers: JSON_TYPE, body: large, agent })).status).toBe(404);
        expect((await raw(justuju.url, 'GET', '/version', { agent })).headers.connection).toBe('keep-alive');
      }
    } finally {
      agent.destroy();
    }
  });
});

describe('content types', () => {
  it.each([
    'application/json',
    'Application/JSON;charset="utf-8"',
    'application/vnd.api+json',
    'application/geo+json; a=b',
    'text/json',
    'application/json+x',
    'application/a+b+json',
    'application/json;',
    'application/json ; charset=utf-8',
    'application/json; charset',
    'application/x-json',
    'a/json+b+c',
    '/json',
    'text/plain',
  ])('%s is JSON where Meilisearch takes it as JSON', async (type) => {
    const headers = { 'content-type': type };
    const [ours, theirs] = await both('POST', '/indexes/books/search', { headers, body: '{"q":"کتابوں"}' });
    expect(ours.status).toBe(theirs.status);
    expect(ours.bytes.toString().includes('"understood"')).toBe(theirs.status === 200);
    expect(ours.bytes.toString()).not.toContain('_urdu');
    const [written, theirsWritten] = await both('POST', '/indexes/books/documents', { headers, body: '[]' });
    expect(told(written)).toEqual(told(theirsWritten));
  });

  it('of settings too', async () => {
    const headers = { 'content-type': 'application/vnd.api+json' };
    const answer = await call('PUT', '/indexes/typed/settings/searchable-attributes', ['title'], headers);
    await finished(justuju.url, answer.body.taskUid, key);
    expect((await call('GET', '/indexes/typed/settings/searchable-attributes')).body).toEqual(['title']);
    const direct = await request(justuju.engineUrl, 'GET', '/indexes/typed/settings/searchable-attributes', undefined, key);
    expect(direct.body).toEqual([expect.stringMatching(/^_urdu\d+\.title$/)]);
  });
});

describe('what is no UTF-8, no NDJSON, no CSV', () => {
  const broken = (before: string, after: string): Buffer =>
    Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xfe]), Buffer.from(after)]);
  const surrogate = (before: string, after: string): Buffer =>
    Buffer.concat([Buffer.from(before), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(after)]);
  /** A letter of two bytes of which the second is missing, at the end of a piece. */
  const halved = (before: string, after: string): readonly Buffer[] => [
    Buffer.concat([Buffer.from(before), Buffer.from([0xd8])]),
    Buffer.from(after),
  ];
  const documents = '/indexes/scratch/documents';
  beforeAll(async () => {
    await finished(justuju.url, (await call('POST', `${documents}?primaryKey=id`, [{ id: 1, t: 'a' }])).body.taskUid, key);
  });
  it.each<[string, string, string, Record<string, string>, Asked['body']]>([
    ['a search', 'POST', '/indexes/books/search', JSON_TYPE, broken('{"q":"', '"}')],
    ['a search, halved', 'POST', '/indexes/books/search', JSON_TYPE, halved('{"q":"', '"}')],
    ['a search with a surrogate', 'POST', '/indexes/books/search', JSON_TYPE, surrogate('{"q":"', '"}')],
    ['a multi-search', 'POST', '/multi-search', JSON_TYPE, broken('{"queries":[{"indexUid":"books","q":"', '"}]}')],
    ['a facet search', 'POST', '/indexes/books/facet-search', JSON_TYPE, broken('{"facetName":"year","facetQuery":"', '"}')],
    ['a fetch of documents', 'POST', `${documents}/fetch`, JSON_TYPE, broken('{"filter":"', '"}')],
    ['a setting', 'PUT', '/indexes/books/settings/stop-words', JSON_TYPE, broken('["', '"]')],
    ['documents as JSON', 'POST', documents, JSON_TYPE, broken('[{"id":1,"t":"', '"}]')],
    ['documents as JSON, halved', 'POST', documents, JSON_TYPE, halved('[{"id":1,"t":"', '"}]')],
    ['a field of a document', 'PUT', documents, JSON_TYPE, broken('[{"id":1,"', '":1}]')],
    ['what comes after the documents', 'POST', documents, JSON_TYPE, broken('[{"id":1}]', '')],
    ['a line of NDJSON', 'POST', documents, NDJSON, broken('{"id":1,"t":"a"}\n{"id":2,"t":"', '"}\n')],
    ['a line of NDJSON, halved', 'POST', documents, NDJSON, halved('{"id":1,"t":"a"}\n{"id":2,"t":"', '"}\n')],
    ['between lines of NDJSON', 'POST', documents, NDJSON, broken('{"id":1}\n', '\n{"id":2}')],
    ['a cell of CSV', 'POST', documents, CSV, broken('id,t\n1,a\n2,', 'b\n')],
    ['a cell of CSV, halved', 'POST', documents, CSV, halved('id,t\n1,a\n2,', 'b\n')],
    ['the head of a CSV', 'POST', documents, CSV, broken('id,t', '\n1,a\n')],
    ['NDJSON with a byte order mark', 'POST', documents, NDJSON, `${BOM}{"id":1}\n{"id":2}`],
    ['NDJSON with one in its second line', 'POST', documents, NDJSON, `{"id":1}\n${BOM}{"id":2}`],
    ['a byte order mark alone', 'POST', documents, NDJSON, BOM],
    ['JSON with a byte order mark', 'POST', documents, JSON_TYPE, `${BOM}[{"id":1}]`],
    ['CSV with a byte order mark', 'POST', documents, CSV, `${BOM}id,t\n1,a\n`],
    ['commas after lines', 'POST', documents, NDJSON, '{"id":1},\n{"id":2}'],
    ['commas before lines', 'POST', documents, NDJSON, '{"id":1}\n,{"id":2}'],
    ['commas for lines', 'POST', documents, NDJSON, '{"id":1},{"id":2}'],
    ['a last comma', 'POST', documents, NDJSON, '{"id":1}\n{"id":2},'],
    ['a blank that JSON does not know', 'POST', documents, NDJSON, `{"id":1}${NO_BREAK_SPACE}\n{"id":2}`],
    ['line breaks of other systems', 'POST', documents, NDJSON, '{"id":1}\r\n{"id":2}\r{"id":3}'],
    ['an empty delimiter', 'POST', `${documents}?csvDelimiter=`, CSV, 'id;t\n1;2\n'],
    ['an empty delimiter for JSON', 'POST', `${documents}?csvDelimiter=`, JSON_TYPE, '[]'],
    ['a delimiter that is no ASCII', 'POST', `${documents}?csvDelimiter=%C3%A9`, CSV, 'id;t\n1;2\n'],
    ['a quote as a delimiter', 'POST', `${documents}?csvDelimiter=%22`, CSV, 'id;t\n1;2\n'],
    ['a line break as a delimiter', 'POST', `${documents}?csvDelimiter=%0A`, CSV, 'id;t\n1;2\n'],
  ])('%s', async (_what, method, path, headers, body) => {
    const [ours, theirs] = await both(method, path, { headers, body: body as string });
    expect(told(ours)).toEqual(told(theirs));
  });

  it('in a body that is too long to be held: nothing of it is stored', async () => {
    const unlimited = await startJustuju();
    try {
      const line = `{"id":1,"t":"${'x'.repeat(1_000)}"}\n`;
      const body = [...Array.from({ length: 9 }, () => Buffer.from(line.repeat(1_000))), broken('{"id":2,"t":"', '"}\n')];
      const answer = await raw(unlimited.url, 'POST', '/indexes/long/documents', {
        headers: { ...NDJSON, authorization: `Bearer ${unlimited.adminKey ?? ''}` },
        body,
      });
      expect(told(answer)).toMatchObject({ status: 400, text: expect.stringContaining('invalid unicode code point') });
      expect((await request(unlimited.url, 'GET', '/indexes/long/documents')).body.total ?? 0).toBe(0);
    } finally {
      await unlimited.stop();
    }
  });
});

describe('a search by GET', () => {
  const search = (query: string): Promise<[Raw, Raw]> => both('GET', `/indexes/books/search?${query}`);
  const parsed = ({ bytes }: Raw): Answer['body'] => JSON.parse(bytes.toString());

  it.each([
    'foo=1',
    'useNetwork=true',
    'showPerformanceDetails=true',
    'personalizeUserContext=a',
    'limit=abc',
    'limit=-1',
    'limit=18446744073709551616',
    'matchingStrategy=foo',
    'rankingScoreThreshold=0x1',
    'hybridSemanticRatio=0.5',
    'vector=1,2',
    'sort=',
    'urdu=1',
    'media=1',
  ])('with %s is refused in Meilisearch’s words', async (query) => {
    const [ours, theirs] = await search(`q=کتاب&${query}`.replace('کتاب', encodeURIComponent('کتاب')));
    expect(theirs.status).toBe(400);
    expect(told(ours)).toEqual(told(theirs));
  });

  it.each([
    'limit=9007199254740993',
    'limit=%2B1',
    'cropLength=99999999999999999&attributesToCrop=title',
    'sort=_geoPoint(1,1):asc',
    'sort=_geoPoint(1,1):desc,year:asc',
    'sort="year:asc"',
    'hybridEmbedder=',
    'attributesToSearchOn=*',
  ])('with %s is one in Urdu, and shows no shadows', async (query) => {
    const [ours, theirs] = await search(`q=${encodeURIComponent('کتابوں')}&${encodeURI(query).replace('%252B', '%2B')}`);
    expect(theirs.status).toBe(query.includes('hybrid') ? 400 : 200);
    if (theirs.status === 400) expect(told(ours)).toEqual(told(theirs));
    else {
      expect(parsed(ours).urdu.understood).toBeDefined();
      expect(parsed(ours).hits.length).toBeGreaterThan(0);
    }
    expect(ours.bytes.toString()).not.toMatch(/"_urdu\d/);
  });

  it('sorts by distance', async () => {
    const [ours] = await search(`q=${encodeURIComponent('کتاب')}&sort=_geoPoint(50,50):asc`);
    expect(parsed(ours).hits.map(({ id }: { id: number }) => id)).toEqual([2, 1]);
  });

  it('takes the last of two values', async () => {
    const [ours, theirs] = await search('q=a&limit=1&q=b');
    expect(parsed(ours)).toMatchObject({ query: parsed(theirs).query, limit: 1 });
  });
});

describe('a search by POST', () => {
  it.each([
    { q: 'کتابوں', attributesToSearchOn: ['*'] },
    { q: 'book', attributesToSearchOn: ['*'] },
    { q: 'کتابوں', attributesToSearchOn: ['title', '*'] },
  ])('in all attributes: %j', async (body) => {
    const everywhere = await call('POST', '/indexes/books/search', { q: body.q });
    expect(await call('POST', '/indexes/books/search', body)).toMatchObject({
      status: 200,
      body: { estimatedTotalHits: everywhere.body.estimatedTotalHits },
    });
  });

  it.each(['18446744073709551615', '9007199254740993'])('with numbers of many digits: %s', async (digits) => {
    const [ours, theirs] = await both('POST', '/indexes/books/search', {
      headers: JSON_TYPE,
      body: `{"q":"کتاب","limit":${digits},"cropLength":${digits},"attributesToCrop":["title"],"attributesToRetrieve":["id"]}`,
    });
    expect([ours.status, theirs.status]).toEqual([200, 200]);
    expect(ours.bytes.toString()).toContain(`"limit":${digits}`);
    expect(ours.bytes.toString()).toContain('"understood"');
  });
});

describe('headers', () => {
  const ORIGIN = { origin: 'http://page.example' };
  it.each<[string, string, Record<string, string>]>([
    ['GET', '/health', {}],
    ['GET', '/health', ORIGIN],
    ['GET', '/version', ORIGIN],
    ['GET', '/nope', {}],
    ['GET', '/indexes/books/settings/stop-words', {}],
    ['POST', '/indexes/books/search', ORIGIN],
    ['GET', '/indexes/nope/search?q=a', {}],
    ['HEAD', '/health', {}],
    ['HEAD', '/indexes/books/search', {}],
    ['HEAD', '/indexes', {}],
    ['HEAD', '/tasks', {}],
    ['HEAD', '/indexes/books/settings', {}],
    ['HEAD', '/metrics', {}],
    ['OPTIONS', '/indexes/books/search', {}],
    ['OPTIONS', '/indexes/books/documents', ORIGIN],
    ['OPTIONS', '/nope', {}],
    ['OPTIONS', '/indexes/books/search', { ...ORIGIN, 'access-control-request-method': 'POST', 'access-control-request-headers': 'a,b' }],
    ['OPTIONS', '/nope', { 'access-control-request-method': 'PATCH' }],
    ['OPTIONS', '/nope', { ...ORIGIN, 'access-control-request-method': 'FOO' }],
    ['PUT', '/health', {}],
  ])('%s %s %j: as Meilisearch’s', async (method, path, headers) => {
    const [ours, theirs] = await both(method, path, {
      headers: { ...headers, ...(method === 'POST' ? JSON_TYPE : {}) },
      ...(method === 'POST' ? { body: '{"q":"x"}' } : {}),
    });
    const named = (answer: Raw): Record<string, unknown> => {
      const { date: _date, connection: _connection, 'content-length': _length, ...rest } = answer.headers;
      // In an order that changes with each start of Meilisearch. `Accept-Encoding` stands there for caches, also where an answer was not compressed.
      const sorted = (value: string | undefined): string[] | undefined =>
        value
          ?.split(', ')
          .filter((name) => name !== 'Accept-Encoding')
          .sort();
      return { ...rest, vary: sorted(rest.vary), 'access-control-allow-methods': sorted(rest['access-control-allow-methods']) };
    };
    expect(ours.status).toBe(theirs.status);
    expect(named(ours)).toEqual(named(theirs));
  });

  it.each([20_000, 60_000])('of %d bytes, and addresses as long', async (length) => {
    const long = 'a'.repeat(length);
    for (const [path, headers] of [
      ['/version', { 'x-long': long }],
      [`/version?q=${long}`, {}],
      [`/indexes/books/search?q=${long}`, {}],
    ] as const) {
      const [ours, theirs] = await both('GET', path, { headers: { ...headers } });
      expect([ours.status, theirs.status]).toEqual([200, 200]);
    }
  });

  it.each(['/indexes/%zz', '/indexes/%zz/search', '/indexes/%ff/documents', '/indexes/books/documents/%zz'])(
    '%s is refused',
    async (path) => {
      expect(JSON.parse((await raw(justuju.url, 'GET', path)).bytes.toString())).toEqual({
        message: expect.stringMatching(/%zz|\uFFFD/),
        code: expect.any(String),
        type: 'invalid_request',
        link: expect.any(String),
      });
    },
  );

  it.each(['gzip', 'br', 'deflate', 'gzip, br', 'br;q=0.5, gzip', 'zstd', 'identity', ''])(
    'the shortest answer is compressed for %p as in Meilisearch',
    async (encoding) => {
      for (const path of [
        '/health',
        '/version',
        '/indexes/nope/settings',
        '/indexes/books/search?limit=0',
        '/indexes/books/documents?limit=0',
      ]) {
        const [ours, theirs] = await both('GET', path, { headers: { 'accept-encoding': encoding } });
        expect([path, ours.status, ours.headers['content-encoding']]).toEqual([path, theirs.status, theirs.headers['content-encoding']]);
      }
    },
  );
});

describe('answers to searches', () => {
  it.each(['gzip', 'br'])('are compressed for %p where they are longer than a packet', async (encoding) => {
    const search = (q: string): ReturnType<typeof raw> =>
      raw(justuju.url, 'POST', '/indexes/books/search', {
        headers: { ...JSON_TYPE, 'accept-encoding': encoding },
        body: JSON.stringify({ q, limit: 0 }),
      });
    expect((await search('x')).headers['content-encoding']).toBeUndefined();
    expect((await search('x'.repeat(2_000))).headers['content-encoding']).toBe(encoding);
  });
});

describe('the largest body', () => {
  const large = 'x'.repeat(LIMIT);
  it.each<[string, string, string, Record<string, string>, string | Buffer]>([
    ['documents', 'POST', '/indexes/books/documents', JSON_TYPE, `[{"id":5,"t":"${large}"}]`],
    ['lines', 'POST', '/indexes/books/documents', NDJSON, `{"id":5,"t":"x"}\n`.repeat(LIMIT / 16)],
    [
      'packed documents',
      'PUT',
      '/indexes/books/documents',
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      gzipSync(`[{"id":5,"t":"${large}"}]`),
    ],
    ['a search', 'POST', '/indexes/books/search', JSON_TYPE, `{"q":"${large}"}`],
    ['settings', 'PATCH', '/indexes/books/settings', JSON_TYPE, `{"stopWords":["${large}"]}`],
  ])('is the operator’s: %s', async (_what, method, path, headers, body) => {
    const answer = await raw(justuju.url, method, path, { headers, body });
    expect({ status: answer.status, ...JSON.parse(answer.bytes.toString()) }).toMatchObject({
      status: 413,
      message: 'The provided payload reached the size limit. The maximum accepted payload size is 3 MB.',
      code: 'payload_too_large',
    });
  });
});
