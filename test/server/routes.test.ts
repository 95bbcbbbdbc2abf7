import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { analyzeAnew } from '../../server/indexing/analyze-anew.js';
import { SHADOW_ROOT } from '../../server/shadow/shadow.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';
import { withoutStamp } from '../support/without-stamp.js';

/** Bad input, and what goes past Justuju, against a real Meilisearch: where Meilisearch has something to say, it is what the client hears. */
let justuju: TestJustuju;
const admin = (): Record<string, string> => ({ authorization: `Bearer ${justuju.adminKey ?? ''}` });
const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
  request(justuju.url, method, path, body, headers);
const direct = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  request(justuju.engineUrl, method, path, body, { ...admin(), ...headers });

const ARABIC_KAF = '\u0643';
const NDJSON = { 'content-type': 'application/x-ndjson' };
const CSV = { 'content-type': 'text/csv' };

beforeAll(async () => {
  justuju = await startJustuju();
  await change('POST', '/indexes/books/documents?primaryKey=id', [{ id: 1, title: 'کتاب' }]);
});
afterAll(() => justuju?.stop());

async function change(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer['body']> {
  const answer = await call(method, path, body, headers);
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 202 });
  return finished(justuju.url, answer.body.taskUid);
}
const hits = async (uid: string, q: string): Promise<unknown[]> => (await call('POST', `/indexes/${uid}/search`, { q })).body.hits;

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a refusal is Meilisearch’s own, word for word', () => {
  it.each([
    ['JSON with a comma too many', '/indexes/books/documents', '[{"id": 1,}]', {}],
    ['an array with a comma too many', '/indexes/books/documents', '[{"id": 1},]', {}],
    ['JSON cut off', '/indexes/books/documents', '[{"id": 1}', {}],
    ['no body', '/indexes/books/documents', '', {}],
    ['numbers for documents', '/indexes/books/documents', '[1,2]', {}],
    ['a string for documents', '/indexes/books/documents', '"x"', {}],
    ['NDJSON cut off in its first document', '/indexes/books/documents', '\n\n{"id":', NDJSON],
    ['NDJSON with a wrong last line', '/indexes/books/documents', '{"id":7}\n\n{"id":8}\n{"id":}', NDJSON],
    ['NDJSON with a last line that is wrong and cut off', '/indexes/books/documents', '{"id":7}\n{"id":8,"title":"a "b', NDJSON],
    ['NDJSON with a line cut off in the middle', '/indexes/books/documents', '{"id":7}\n{"id":8,"title":\n{"id":9}\n{"id":10}', NDJSON],
    ['NDJSON with a string cut off in the middle', '/indexes/books/documents', '{"id":7}\n{"id":8,"title":"x\n{"id":9}\n', NDJSON],
    ['NDJSON cut off in a list', '/indexes/books/documents', '{"id":7}\n[{"id":8}', NDJSON],
    ['NDJSON cut off after a wrong line', '/indexes/books/documents', '{"id":7}\n[]\n{"id":8', NDJSON],
    ['CSV with a cell too many', '/indexes/books/documents', 'id,n\n1,2,3\n', CSV],
    ['CSV with a number that is none', '/indexes/books/documents', 'id,n:number\n1,abc\n', CSV],
    ['a delimiter of two characters', '/indexes/books/documents?csvDelimiter=;;', 'id,n\n1,2\n', CSV],
    ['a delimiter for JSON', '/indexes/books/documents?csvDelimiter=;', '[]', {}],
    ['an unknown parameter', '/indexes/books/documents?foo=1', '[{"id":1}]', {}],
    ['a wrong content type', '/indexes/books/documents', '[{"id":1}]', { 'content-type': 'text/plain' }],
    ['an index name that cannot be', '/indexes/a%20b/documents', '[{"id":1}]', {}],
    ['documents nested 300,000 deep', '/indexes/books/documents', nested(300_000), {}],
    ['a search cut off', '/indexes/books/search', '{"q": ', {}],
    ['a search of another content type', '/indexes/books/search', '{"q": "x"}', { 'content-type': 'text/plain' }],
    ['a search that is an array', '/indexes/books/search', '[]', {}],
    ['a search without body', '/indexes/books/search', '', {}],
    ['a search nested 300 deep', '/indexes/books/search', `{"filter": ${nested(300)}}`, {}],
    ['a search nested 300,000 deep', '/indexes/books/search', `{"filter": ${nested(300_000)}}`, {}],
    ['an unknown field', '/indexes/books/search', '{"foo": 1}', {}],
    ['a search in an unknown index', '/indexes/nope/search', '{"q": "کتاب"}', {}],
    ['an attribute that cannot be filtered', '/indexes/books/search', '{"filter": "title = کتاب"}', {}],
    ['queries that are no list', '/multi-search', '{"queries": 3}', {}],
    [
      'a limit inside a federated query',
      '/multi-search',
      '{"federation": {}, "queries": [{"indexUid": "books", "q": "کتاب", "limit": 3}]}',
      {},
    ],
    ['an unknown index among several', '/multi-search', '{"queries": [{"indexUid": "nope", "q": "کتاب"}]}', {}],
    ['an unknown facet', '/indexes/books/facet-search', '{"facetName": "nope", "facetQuery": "کت"}', {}],
    ['a setting of the wrong type', '/indexes/books/settings', '{"stopWords": 7}', {}],
  ])('%s', async (_what, path, body, headers) => {
    const method = path.endsWith('/settings') ? 'PATCH' : 'POST';
    const [ours, theirs] = [await call(method, path, body, headers), await direct(method, path, body, headers)];
    expect(theirs.status).toBeGreaterThanOrEqual(400);
    if (theirs.status === 500) {
      // Of some documents that are none Meilisearch says that it has failed itself; it is the sender's fault all the same.
      expect({ status: ours.status, code: ours.body.code }).toEqual({ status: 400, code: 'malformed_payload' });
      expect(ours.body.message).toContain(theirs.body.message);
    } else expect({ status: ours.status, body: ours.body }).toEqual({ status: theirs.status, body: withoutStamp(theirs.body) });
  });

  it.each([
    ['an id that is not allowed', [{ id: 'بے جا' }]],
    ['no id', [{ title: 'کتاب' }]],
    ['two candidates for an id', [{ aid: 1, bid: 2, title: 'کتاب' }]],
    ['half a letter', '[{"id":1,"title":"\\ud800"}]'],
    ['a document nested 300 deep', `[{"id":1,"title":${nested(300)}}]`],
  ])('in a task: %s', async (_what, body) => {
    const uid = `task${Math.random().toString(36).slice(2)}`;
    const ours = await change('POST', `/indexes/${uid}/documents`, body);
    const theirs = await direct('POST', `/indexes/${uid}x/documents`, body).then((answer) => finished(justuju.url, answer.body.taskUid));
    expect(theirs.error).not.toBeNull();
    expect(JSON.parse(JSON.stringify(ours.error).replaceAll(uid, `${uid}x`))).toEqual(theirs.error);
    expect(ours.details).toEqual(theirs.details);
  });

  it('and a refused first batch makes no index', async () => {
    expect((await call('POST', '/indexes/unmade/documents', '[{"id": 1,}]')).status).toBe(400);
    expect((await call('POST', '/indexes/unmade/documents?foo=1', '[{"id": 1}]')).status).toBe(400);
    expect((await call('GET', '/indexes/unmade')).status).toBe(404);
  });
});

describe('documents', () => {
  it('may not use the names of the search terms', async () => {
    const { status, body } = await call('POST', '/indexes/books/documents', `{"id":1}\n{"id":2,"${SHADOW_ROOT}.title":"x"}`, NDJSON);
    expect({ status, code: body.code, message: body.message }).toEqual({
      status: 400,
      code: 'invalid_document_fields',
      message: `Document 2 has a field \`${SHADOW_ROOT}.title\`. Names that begin with \`_urdu\` and a number are reserved for Justuju's search terms: rename the field.`,
    });
  });

  it('come in any form of NDJSON that Meilisearch takes', async () => {
    expect(
      (
        await change(
          'POST',
          '/indexes/lines/documents',
          `{"id":1,"t":"گلاب"}{"id":2,"t":"${ARABIC_KAF}نول"}\n\n{"id":\n3,"t":"نرگس"}`,
          NDJSON,
        )
      ).details.indexedDocuments,
    ).toBe(3);
    expect(await hits('lines', 'کنول')).toMatchObject([{ id: 2 }]);
    expect(await hits('lines', 'نرگس')).toMatchObject([{ id: 3 }]);
  });

  it('come compressed, and so do searches', async () => {
    const send = (path: string, text: string): Promise<Response> =>
      fetch(justuju.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync(text),
      });
    const { taskUid } = (await (await send('/indexes/packed/documents', `[{"id":1,"t":"${ARABIC_KAF}نول"}]`)).json()) as {
      taskUid: number;
    };
    await finished(justuju.url, taskUid);
    expect(await (await send('/indexes/packed/search', '{"q":"کنول"}')).json()).toMatchObject({ hits: [{ id: 1 }] });
  });

  it('keep numbers as they were written, in every answer', async () => {
    await change('POST', '/indexes/numbers/documents', '[{"id":1,"big":12345678901234567890,"f":1.0,"t":"گلاب"}]');
    for (const [method, path, body] of [
      ['GET', '/indexes/numbers/documents/1', undefined],
      ['GET', '/indexes/numbers/documents', undefined],
      ['POST', '/indexes/numbers/search', '{"q":"گلاب"}'],
      ['POST', '/indexes/numbers/search', '{"q":""}'],
      ['POST', '/multi-search', '{"queries":[{"indexUid":"numbers","q":"گلاب"}]}'],
    ] as const) {
      const answer = await fetch(justuju.url + path, {
        method,
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      });
      expect(await answer.text()).toContain('"big":12345678901234567890,"f":1.0');
    }
  });

  it('and show them so in what is marked', async () => {
    const { body } = await call('POST', '/indexes/numbers/search', { q: 'گلاب', attributesToHighlight: ['*'] });
    expect(body.hits[0]._formatted).toEqual({ id: '1', big: '12345678901234567890', f: '1.0', t: '<em>گلاب</em>' });
  });

  it('larger than Meilisearch would take are refused while they come, and nothing is held', async () => {
    const before = process.memoryUsage().rss;
    const answer = await post(
      '/indexes/books/documents',
      (function* () {
        yield '[{"id":1,"t":"';
        for (let i = 0; i < 200; i += 1) yield 'x'.repeat(1_000_000);
        yield '"}]';
      })(),
    );
    expect(answer).toMatchObject({ status: 413, text: expect.stringContaining('payload_too_large') });
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
    expect((await call('GET', '/health')).status).toBe(200);
  });

  it.each<[string, (packed: Buffer) => Buffer]>([
    ['cut off', (packed) => packed.subarray(0, -9)],
    ['damaged', (packed) => Buffer.concat([packed.subarray(0, -9), Buffer.alloc(9, 7)])],
  ])('packed, and %s behind what is held: the client’s fault, not Meilisearch’s', async (_how, spoil) => {
    const line = `${JSON.stringify({ id: 1, t: 'گلاب '.repeat(1_000) })}\n`;
    const answer = await fetch(`${justuju.url}/indexes/packed/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      body: new Uint8Array(spoil(gzipSync(line.repeat(1_000)))),
    });
    expect(await answer.json()).toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('is not what its Content-Encoding'),
    });
    expect([answer.status, (await call('GET', '/ready')).status]).toEqual([400, 200]);
  });

  it('stream, and searches go on meanwhile', async () => {
    const line = JSON.stringify({ title: 'کتاب', body: 'یہ ایک متن ہے۔ '.repeat(500) }).slice(1);
    let answered = 0;
    let busy = true;
    const searching = (async () => {
      while (busy) {
        await call('POST', '/indexes/books/search', { q: 'کتاب' });
        if (busy) answered += 1;
      }
    })();
    const answer = await post(
      '/indexes/stream/documents',
      (function* () {
        for (let id = 0; id < 500; id += 1) yield `{"id":${id},${line}\n`;
      })(),
      NDJSON,
    );
    busy = false;
    await searching;
    expect((await finished(justuju.url, (JSON.parse(answer.text) as { taskUid: number }).taskUid)).details).toEqual({
      receivedDocuments: 500,
      indexedDocuments: 500,
    });
    expect(answered).toBeGreaterThan(3);
  });
});

/** A request whose body is made while it is sent. */
function post(
  path: string,
  body: Iterable<string>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(justuju.url + path, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    let answered = false;
    outgoing.on('response', () => {
      answered = true;
    });
    outgoing.on('error', (error) => {
      if (!answered) reject(error);
    });
    void (async () => {
      for (const piece of body) {
        if (answered) break;
        if (!outgoing.write(piece))
          await new Promise((resume) => {
            outgoing.once('drain', resume);
            outgoing.once('response', resume);
            outgoing.once('close', resume);
          });
      }
      outgoing.end();
    })();
  });
}

describe('NDJSON that is cut off in its last document', () => {
  const line = (id: number, word: string, filler = ''): string => `${JSON.stringify({ id, title: `گلاب ${word}`, filler })}\n`;
  /** With more than the 8 MB that are held, these stream. */
  const longLines = Array.from({ length: 90 }, (_, i) => line(i, 'کنول', 'x'.repeat(100_000))).join('');
  const refused = (where: number, taken: string): unknown => ({
    message: expect.stringMatching(
      new RegExp(
        `^The \`ndjson\` payload provided is malformed: it is cut off in line ${where}. ${taken} as task \\d+; send the rest again, from line ${where} on.$`,
      ),
    ),
    code: 'malformed_payload',
    type: 'invalid_request',
    link: 'https://docs.meilisearch.com/errors#malformed_payload',
  });

  it.each([
    ['in a value', `${line(1, 'الف')}\n${line(2, 'ب')}{"title":"گلاب","id":`, 4, 2],
    ['in a string', `${line(1, 'الف')}{"id":3,"title":"گلا`, 2, 1],
    ['in an escape', `${line(1, 'الف')}{"id":3,"title":"\\u06`, 2, 1],
    [
      'in a letter',
      Buffer.from(`${line(1, 'الف')}{"id":3,"title":"گلاب`)
        .subarray(0, -1)
        .toString('latin1'),
      2,
      1,
    ],
    ['between two fields', `${line(1, 'الف')}{"id":3,`, 2, 1],
    ['before its brace', `${line(1, 'الف')}{"id":3,"title":"نرگس"\n`, 2, 1],
    ['after its first brace', `${line(1, 'الف')}{`, 2, 1],
    ['in an object inside it', `${line(1, 'الف')}{"id":3,"a":[{"b":1},{"c":`, 2, 1],
    ['over several lines', `${line(1, 'الف')}{"id":2,\n"title":"گلاب ب"}\n\n{"id":\n3,"title":"گلاب",\n`, 5, 2],
    ['on the line of others', `{"id":1,"title":"گلاب الف"}{"id":2,"title":"گلاب ب"}{"id":3,"title":"گلاب"`, 1, 2],
    ['in a stream', `${longLines}{"id":900,"title":"گلاب","x":`, 91, 90],
  ])('%s: what came before is taken, and the error says so', async (what, text, where, count) => {
    for (const method of ['POST', 'PUT']) {
      const uid = `cut${Math.random().toString(36).slice(2)}`;
      const body = what === 'in a letter' ? Buffer.from(text, 'latin1') : text;
      const answer = await fetch(`${justuju.url}/indexes/${uid}/documents?primaryKey=id`, { method, headers: NDJSON, body });
      const error = (await answer.json()) as { message: string };
      const taken = count === 1 ? 'The document before it was taken' : `The ${count} documents before it were taken`;
      expect({ status: answer.status, error }).toEqual({ status: 400, error: refused(where, taken) });
      const task = await finished(justuju.url, Number(/task (\d+)/.exec(error.message)?.[1]));
      expect(task).toMatchObject({ status: 'succeeded', indexUid: uid, details: { receivedDocuments: count, indexedDocuments: count } });
      expect((await call('POST', `/indexes/${uid}/search`, { q: 'گلاب', limit: 0 })).body.estimatedTotalHits).toBe(count);
      // The vocabulary has counted what was taken, and nothing of the rest.
      if (count === 1) continue;
      const word = await eventually('the word is known', async () => {
        const { suggestions } = (await call('GET', `/suggest?index=${uid}&q=${encodeURIComponent('گلا')}`)).body;
        return (suggestions as { kind: string; documents?: number }[]).find(({ kind }) => kind === 'words');
      });
      expect(word).toEqual({ text: 'گلاب', kind: 'words', documents: count });
    }
  });

  it('is refused whole where the caller may not write', async () => {
    const headers = { ...NDJSON, authorization: 'Bearer wrong' };
    const [ours, theirs] = [
      await call('POST', '/indexes/books/documents', `${line(1, 'الف')}{"id":`, headers),
      await direct('POST', '/indexes/books/documents', `${line(1, 'الف')}{"id":`, headers),
    ];
    expect({ status: ours.status, body: ours.body }).toEqual({ status: 403, body: theirs.body });
  });
});

describe('an index that was never analyzed', () => {
  beforeAll(async () => {
    const { body } = await direct('POST', '/indexes/plain/documents?primaryKey=key', [{ key: 'a', title: `${ARABIC_KAF}تاب گھر`, n: 12 }]);
    await finished(justuju.url, body.taskUid);
    await direct('PATCH', '/indexes/plain/settings', {
      searchableAttributes: ['title'],
      stopWords: ['کے'],
      sortableAttributes: ['n'],
    }).then((answer) => finished(justuju.url, answer.body.taskUid));
  });

  it('answers as Meilisearch would, and says what mends it', async () => {
    const { body } = await call('POST', '/indexes/plain/search', { q: 'گھر' });
    expect(body).toMatchObject({ hits: [{ key: 'a' }], urdu: { reindex: 'npm run reindex -- plain' } });
    expect((await call('GET', '/ready')).body).toMatchObject({
      status: 'ready',
      reindex: [{ uid: 'plain', analyzerVersion: null, command: 'npm run reindex -- plain' }],
    });
  });

  it('takes documents and settings as Meilisearch does', async () => {
    await change('POST', '/indexes/plain/documents', [{ key: 'b', title: 'گھر', n: 1 }]);
    expect((await direct('GET', '/indexes/plain/documents/b')).body).toEqual({ key: 'b', title: 'گھر', n: 1 });
  });

  it('is analyzed by that, and keeps its settings', async () => {
    await analyzeAnew({ url: justuju.engineUrl, adminKey: justuju.adminKey }, 'plain');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const { body } = await call('POST', '/indexes/plain/search', { q: 'کتاب', sort: ['n:asc'] });
    expect(body.hits).toEqual([{ key: 'a', title: `${ARABIC_KAF}تاب گھر`, n: 12 }]);
    expect(body.urdu.reindex).toBeUndefined();
    expect((await call('GET', '/indexes/plain/settings')).body).toMatchObject({
      searchableAttributes: ['title'],
      stopWords: ['کے'],
      sortableAttributes: ['n'],
    });
    expect((await call('GET', '/ready')).body.reindex).toEqual([]);
    expect((await call('GET', '/indexes/plain')).body.primaryKey).toBe('key');
  });

  it('is not touched when there is nothing to analyze', async () => {
    await expect(analyzeAnew({ url: justuju.engineUrl, adminKey: justuju.adminKey }, 'nope')).rejects.toThrow('There is no index `nope`');
  });
});

describe('an index of another analyzer version', () => {
  it('says so, and goes on taking documents', async () => {
    const { body } = await direct('PATCH', '/indexes/older/settings', {
      searchableAttributes: ['_urdu0'],
      localizedAttributes: [{ attributePatterns: ['_urdu0.*'], locales: ['urd'] }],
    });
    await finished(justuju.url, body.taskUid);
    await change('POST', '/indexes/older/documents', [{ id: 1, title: `${ARABIC_KAF}تاب` }]);
    const answer = await call('POST', '/indexes/older/search', { q: 'کتاب' });
    expect(answer.body).toMatchObject({ hits: [{ id: 1, title: `${ARABIC_KAF}تاب` }], urdu: { reindex: 'npm run reindex -- older' } });
    expect((await call('GET', '/indexes/older/settings/searchable-attributes')).body).toEqual(['*']);
  });
});
