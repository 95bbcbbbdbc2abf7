/** What hostile requests do, and what is written down of them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { OPERATIONS } from '../../server/reference/operations.js';
import { checkAuditLog } from '../../server/routes/audit.js';
import { call } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

const MASTER = 'a-master-key-of-tests';
const KEY = { authorization: `Bearer ${MASTER}` };
/** Bytes: small, so that a bomb need not be large. */
const PAYLOAD = 2_000_000;
const lines: string[] = [];
let folder: string;
let audit: string;
let justuju: TestJustuju;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-security-'));
  audit = join(folder, 'audit.log');
  // A page as large as the real one, which is sent in pieces.
  writeFileSync(join(folder, 'playground.html'), 'x'.repeat(200_000));
  justuju = await startJustuju({
    masterKey: MASTER,
    webFolder: folder,
    limits: { payload: PAYLOAD, queryLength: 500, multiSearch: 3, perAddress: 100_000 },
    access: { trustProxy: 1, origins: ['https://example.pk'], auditLog: audit },
    log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
  });
  port = Number(new URL(justuju.url).port);
  await done(await ask('POST', '/indexes/books/documents', [{ id: 1, title: 'کتاب' }]));
}, 60_000);
afterAll(async () => {
  await justuju?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): ReturnType<typeof call> =>
  call(justuju.url, method, path, body, { ...KEY, ...headers });

async function done({ body }: Awaited<ReturnType<typeof call>>): Promise<void> {
  while (['enqueued', 'processing'].includes((await ask('GET', `/tasks/${body.taskUid}`)).body.status as string))
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Bytes as they are; what the server says until it closes, or answers. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

/** Sends bytes, and is gone. */
function breakOff(text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1', () => setTimeout(() => socket.destroy(), 30)));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}

const statusesIn = (answer: string): string[] => [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => String(status));

describe('the log', () => {
  it('is not written into by who is refused, nor by who asks', async () => {
    lines.length = 0;
    await ask('GET', '/indexes/nowhere/documents');
    await ask('POST', '/indexes/books/search', { q: 1 });
    await ask('POST', '/analyze', 'x');
    await call(justuju.url, 'GET', '/indexes', undefined, { authorization: 'Bearer wrong' });
    await raw('NONSENSE\r\n\r\n');
    // The store of the first documents may just be built.
    expect(lines.filter((line) => !line.includes('the store of the index'))).toEqual([]);
  });

  it('is not written into by who breaks off, or goes on with what is no request', async () => {
    lines.length = 0;
    const head = (method: string, path: string): string => `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${MASTER}\r\n`;
    const body = 'content-type: application/json\r\ncontent-length: 500\r\n\r\n{"q":"';
    for (const path of [
      '/indexes/books/search',
      '/indexes/books/documents',
      '/indexes/books/settings',
      '/multi-search',
      '/analyze',
      '/tasks/cancel',
    ])
      for (const method of ['POST', 'PATCH']) await breakOff(head(method, path) + body);
    for (const path of ['/playground', '/health', '/indexes/books/documents', '/docs'])
      for (let time = 0; time < 5; time += 1) await raw(`${head('GET', path)}\r\n{"a":{"a":${'{"a":'.repeat(1_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lines.filter((line) => !line.includes('the store of the index'))).toEqual([]);
  });

  it.each(['a\r\nb', 'a b', '{"x":1}', 'x'.repeat(200), '\u0001', '<x>'])('takes no name of a request that is not sane: %j', async (id) => {
    // `fetch` refuses some by itself.
    const answer = await raw(`GET /health HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n`);
    expect(answer).not.toContain(`x-request-id: ${id}\r\n`);
  });

  it('takes one that is', async () => {
    expect((await ask('GET', '/health', undefined, { 'x-request-id': 'req-1.a_b:c/d+e=f' })).headers.get('x-request-id')).toBe(
      'req-1.a_b:c/d+e=f',
    );
    expect((await ask('GET', '/health')).headers.get('x-request-id')).toBeNull();
  });
});

describe('the rate limits', () => {
  const left = async (path: string, body: unknown): Promise<number> =>
    Number(/r=(\d+)/.exec((await ask('POST', path, body)).headers.get('ratelimit') ?? '')?.[1]);

  it.each([
    ['/events', { eventType: 'click', eventName: 'x', indexUid: 'books' }],
    ['/multi-search', { queries: [] }],
    ['/analyze', { text: 'کتاب' }],
  ])('count POST %s', async (path, body) => {
    const before = await left(path, body);
    expect(await left(path, body)).toBe(before - 1);
  });
});

it('reads no more of a body for /analyze than the operator allows', async () => {
  expect((await ask('POST', '/analyze', { text: 'x'.repeat(PAYLOAD) })).body.code).toBe('payload_too_large');
});

describe('the audit log', () => {
  it('has writes, refusals and keys in use, with hashes of keys and one line each', async () => {
    const uid = encodeURIComponent('a\n{"event":"forged"}');
    await ask('POST', `/indexes/${uid}/documents`, [{ id: 1 }], { 'x-forwarded-for': '203.0.113.9', 'x-request-id': 'one' });
    await call(justuju.url, 'GET', '/indexes', undefined, { authorization: 'Bearer wrong' });
    await ask('GET', `/keys/${MASTER}`);
    await ask('POST', '/indexes/books/search', { q: 'کتاب' });
    expect((await ask('POST', '/events', { eventType: 'click', eventName: 'x', indexUid: 'books' })).status).toBe(201);
    const text = readFileSync(audit, 'utf8');
    const written = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(written).toContainEqual(expect.objectContaining({ event: 'write', requestId: 'one', address: '203.0.113.9', method: 'POST' }));
    expect(written).toContainEqual(expect.objectContaining({ event: 'refused', status: 403, path: '/indexes' }));
    expect(written).toContainEqual(expect.objectContaining({ event: 'keys', path: '/keys/...' }));
    expect(written).toContainEqual(expect.objectContaining({ event: 'key in use', key: expect.stringMatching(/^[\da-f]{16}$/) as string }));
    expect(written.filter(({ event }) => event === 'forged')).toEqual([]);
    // What readers do is no write, and stands beside no address.
    expect(
      written.filter(({ event, method, path }) => event === 'write' && method === 'POST' && /\/(?:search|events)$/.test(String(path))),
    ).toEqual([]);
    expect(text).not.toContain(MASTER);
  });

  it('has no line for who asks too often: nothing was written, and no key was looked at', async () => {
    const lines: string[] = [];
    const limited = await startJustuju({
      limits: { perAddress: 1 },
      access: { trustProxy: undefined, origins: undefined, auditLog: 'log' },
      log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
    });
    try {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await call(limited.url, 'DELETE', '/indexes/none')).status);
      expect(statuses).toEqual([202, 429, 429, 429]);
      expect(lines.filter((line) => line.includes('"event":"write"'))).toHaveLength(1);
    } finally {
      await limited.stop();
    }
  }, 60_000);

  it('is tried before anything is started', () => {
    expect(() => checkAuditLog(folder)).toThrow(/^AUDIT_LOG=.* cannot be written \(EISDIR.*Give the path of a file/);
    expect(() => checkAuditLog(join(audit, 'below'))).toThrow(/cannot be written/);
    expect(() => checkAuditLog(join(folder, 'new', 'audit.log'))).not.toThrow();
  });

  it.each([
    ['DELETE', '/indexes/search'],
    ['DELETE', '/indexes/books/documents/events'],
    ['PATCH', '/indexes/fields'],
    ['PUT', '/indexes/fetch/settings/synonyms'],
    ['POST', '/indexes/suggest/documents'],
  ])('takes no name for a question: %s %s', async (method, path) => {
    await ask(method, path, method === 'DELETE' ? undefined : {});
    const last = readFileSync(audit, 'utf8').trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ event: 'write', method, path });
  });
});

describe('a request that two servers would read differently is refused', () => {
  const body = '{"queries":[]}';
  it.each([
    [
      'both lengths',
      `Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /version HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    ['two lengths', `Content-Length: ${body.length}\r\nContent-Length: 3\r\n\r\n${body}`],
    ['a length with a sign', `Content-Length: +${body.length}\r\n\r\n${body}`],
    ['a coding that is none', `Transfer-Encoding: xchunked\r\n\r\n${body}`],
    ['a blank before the colon', `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['a header that is folded', `X-A: b\r\n c\r\nContent-Length: ${body.length}\r\n\r\n${body}`],
  ])('%s', async (_name, rest) => {
    const statuses = statusesIn(await raw(`POST /multi-search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${rest}`));
    expect(statuses.length).toBeLessThanOrEqual(1);
    expect(['400', '401']).toContain(statuses[0] ?? '400');
  });

  it('no header of the client passes for one of ours', async () => {
    const answer = await raw(
      `GET /indexes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\nAuthorization: Bearer ${MASTER}\r\nConnection: close\r\n\r\n`,
    );
    expect(statusesIn(answer)).toEqual(['403']);
    const named = await raw(`GET /indexes HTTP/1.1\r\nHost: x\r\nConnection: close, authorization\r\nAuthorization: Bearer wrong\r\n\r\n`);
    expect(statusesIn(named)).toEqual(['403']);
  });
});

describe('paths', () => {
  it.each([
    '/../../etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../package.json',
    '/indexes/..%2f..%2fkeys/search',
    '/indexes/%5f%6austuju/search',
    '//etc/passwd',
    '/\\..\\..\\etc\\passwd',
    '/%00',
    '/indexes/a%00b/documents',
  ])('%s reaches no file and no other route', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${MASTER}\r\nConnection: close\r\n\r\n`);
    expect(statusesIn(answer)[0]).toMatch(/^4\d\d$/);
    expect(answer).not.toMatch(/root:|"dependencies"/);
  });
});

describe('bodies', () => {
  it.each([
    ['application/x-ndjson', '[1]'],
    ['application/x-ndjson', 'null'],
    ['application/x-ndjson', '{"id":1}\n60888389]2'],
    ['application/json', '[1]'],
    ['application/json', '[[{"id":1}]]'],
  ])('of documents that are none are the fault of who sends them: %s %s', async (type, text) => {
    for (const index of ['books', 'not-there']) {
      const { status, body } = await ask('POST', `/indexes/${index}/documents`, text, { 'content-type': type });
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'malformed_payload' });
    }
  });

  it('that set prototypes set nothing', async () => {
    const poison = '{"q":"کتاب","__proto__":{"limit":0,"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    await ask('POST', '/indexes/books/search', poison, { 'content-type': 'application/json' });
    await ask('POST', '/analyze', '{"text":"x","__proto__":{"polluted":1}}', { 'content-type': 'application/json' });
    await ask('PATCH', '/indexes/books/settings', '{"synonyms":{"__proto__":["polluted"]}}', { 'content-type': 'application/json' });
    await ask('GET', '/suggest?q=a&__proto__[polluted]=1&constructor[prototype][polluted]=1');
    await done(
      await ask('POST', '/indexes/books/documents', '[{"id":2,"__proto__":{"polluted":1},"title":"قلم"}]', {
        'content-type': 'application/json',
      }),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await ask('POST', '/indexes/books/search', { q: 'قلم' })).body.hits).toHaveLength(1);
  });

  const bombs = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync } as const;
  describe.each(Object.entries(bombs))('a bomb in %s', (coding, pack) => {
    const bomb = pack(Buffer.from(`{"q":"${'a'.repeat(40 * PAYLOAD)}"}`));
    const send = (path: string, body: Buffer): Promise<Response> =>
      fetch(justuju.url + path, {
        method: 'POST',
        headers: { ...KEY, 'content-type': 'application/json', 'content-encoding': coding },
        body: new Uint8Array(body),
      });

    // `/keys` is passed on as it comes: Meilisearch would unpack it, before it looks for a key.
    it.each([
      '/indexes/books/search',
      '/multi-search',
      '/indexes/books/documents',
      '/analyze',
      '/indexes',
      '/indexes/books/facet-search',
      '/keys',
    ])('is refused at %s', async (path) => {
      const answer = await send(path, bomb);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([413, 'payload_too_large']);
    });

    it.each(['/indexes/books/search', '/multi-search', '/indexes/books/documents', '/analyze', '/indexes', '/indexes/books/facet-search'])(
      'and one that is cut off, or no such coding, at %s',
      async (path) => {
        const whole = pack(Buffer.from(`{"q":"${'x'.repeat(5_000)}","text":"${'کتاب '.repeat(500)}"}`));
        for (const body of [whole.subarray(0, whole.length / 2), Buffer.from('no such coding')]) {
          const answer = await send(path, body);
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.status).toBeLessThan(500);
        }
      },
    );
  });

  it('that are too large are refused where they are passed on too, and what is packed there arrives', async () => {
    const large = JSON.stringify({ description: 'x'.repeat(PAYLOAD), actions: ['search'], indexes: ['books'], expiresAt: null });
    const inPieces = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });
    for (const body of [large, inPieces]) {
      const init = { method: 'POST', headers: { ...KEY, 'content-type': 'application/json' }, body, duplex: 'half' };
      expect((await fetch(`${justuju.url}/keys`, init as RequestInit)).status).toBe(413);
    }
    const packed = await fetch(`${justuju.url}/keys`, {
      method: 'POST',
      headers: { ...KEY, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: new Uint8Array(gzipSync(large.replace(/x+/, 'packed'))),
    });
    expect(await packed.json()).toMatchObject({ description: 'packed' });
  });

  it('to be analyzed keep nobody waiting, up to a size', async () => {
    const text = 'دریا کے کنارے بازار لگتا ہے۔ '.repeat(10_000);
    const order: string[] = [];
    const long = ask('POST', '/analyze', { text }).then((answer) => {
      order.push('long');
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await ask('POST', '/analyze', { text: 'دریا' });
    order.push('short');
    const { status, body } = await long;
    expect([status, order]).toEqual([200, ['short', 'long']]);
    expect(body.tokens).toHaveLength(60_000);
    expect((body.tokens as { text: string }[]).at(-1)).toMatchObject({ text: 'ہے' });
    expect((await ask('POST', '/analyze', { text: 'b'.repeat(1_000_001) })).body.message).toBe(
      '`text` must have 1000000 characters at most, got 1000001. Send it in parts.',
    );
  });

  const MALFORMED = [
    '',
    '{',
    '[]',
    '"x"',
    'null',
    '1',
    'true',
    '{"q":',
    '[1,',
    '{"a":1}}',
    '\u0000',
    '{"q":"\\ud800"}',
    `${'['.repeat(5_000)}`,
    '{"q":{"$gt":""}}',
    '{"text":{}}',
  ];
  const written = OPERATIONS.filter(({ method }) => method !== 'get');
  it.each(
    written.map(({ method, path }) => [
      method.toUpperCase(),
      path.replace(/\{(\w+)\}/g, (_all, name: string) => (name === 'uid' ? 'books' : '0')),
    ]),
  )(
    'malformed, at %s %s, are refused by a 4xx, or taken',
    async (method, path) => {
      for (const body of MALFORMED) {
        const answer = await call(justuju.url, method, path, body, { authorization: 'Bearer wrong', 'content-type': 'application/json' });
        expect([body.slice(0, 20), answer.status < 500]).toEqual([body.slice(0, 20), true]);
        if (method === 'DELETE' || /settings|dumps|snapshots|keys|network|export|swap/.test(path)) continue;
        const allowed = await ask(method, path, body, { 'content-type': 'application/json' });
        expect([body.slice(0, 20), allowed.status < 500]).toEqual([body.slice(0, 20), true]);
      }
    },
    60_000,
  );
});

describe('limits', () => {
  it('of a query, of a multi-search', async () => {
    const long = 'ک'.repeat(501);
    const message = '`q` has 501 characters. Here it may have 500 (QUERY_LENGTH_LIMIT): send a shorter one.';
    expect((await ask('POST', '/indexes/books/search', { q: long })).body).toMatchObject({ message, code: 'query_too_long' });
    expect((await ask('GET', `/indexes/books/search?q=${encodeURIComponent(long)}`)).body).toMatchObject({ message });
    // Of a parameter that is given twice the last one counts.
    expect((await ask('GET', `/indexes/books/search?q=a&q=${encodeURIComponent(long)}`)).body).toMatchObject({ message });
    expect((await ask('GET', `/suggest?q=${encodeURIComponent(long)}`)).body).toMatchObject({ message });
    expect(
      (
        await ask('POST', '/multi-search', {
          queries: [
            { indexUid: 'books', q: 'a' },
            { indexUid: 'books', q: long },
          ],
        })
      ).body,
    ).toMatchObject({
      message: `Inside \`.queries[1]\`: ${message}`,
    });
    expect((await ask('POST', '/multi-search', { queries: Array(4).fill({ indexUid: 'books', q: 'a' }) })).body).toMatchObject({
      message: '`queries` has 4 queries. Here it may have 3 (MULTI_SEARCH_LIMIT): send several requests.',
      code: 'too_many_queries',
    });
    expect((await ask('POST', '/indexes/books/search', { q: long.slice(1) })).status).toBe(200);
  });

  it('of origins', async () => {
    const from = (origin: string): ReturnType<typeof call> => ask('GET', '/health', undefined, { origin });
    expect((await from('https://example.pk')).headers.get('access-control-allow-origin')).toBe('https://example.pk');
    expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await ask('OPTIONS', '/indexes/books/search', undefined, {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([400, null]);
  });

  it('nothing tells who answers', async () => {
    const { headers, body } = await ask('GET', '/health');
    expect([headers.get('x-powered-by'), headers.get('server'), body]).toEqual([null, null, { status: 'available' }]);
    expect((await call(justuju.url, 'GET', '/version')).status).toBe(401);
    expect((await call(justuju.url, 'GET', '/ready')).body).not.toHaveProperty('analyzerVersion');
  });
});

describe('queries on which careless regular expressions would hang', () => {
  const LENGTH = 50_000;
  it.each([
    ['blanks', ' '.repeat(LENGTH)],
    ['quotes', '"'.repeat(LENGTH)],
    ['one letter', 'ا'.repeat(LENGTH)],
    ['letters and digits in turn', 'a1'.repeat(LENGTH / 2)],
    ['marks', `ک${'\u0650'.repeat(LENGTH)}`],
    ['dots', '.'.repeat(LENGTH)],
    ['minus signs', '-'.repeat(LENGTH)],
    ['a near miss', `${'a'.repeat(LENGTH)}!`],
    ['joiners', '\u200C'.repeat(LENGTH)],
  ])('%s take no longer than twice as many take twice as long', async (_name, text) => {
    const time = async (one: string): Promise<number> => {
      const began = performance.now();
      expect((await ask('POST', '/analyze', { text: one })).status).toBe(200);
      return performance.now() - began;
    };
    await time(text.slice(0, 1_000));
    const half = await time(text.slice(0, LENGTH / 2));
    // Quadratic would be four times; a busy machine gets some room.
    expect(await time(text)).toBeLessThan(Math.max(5_000, 8 * half));
  });
});
