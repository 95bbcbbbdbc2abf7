import { request as httpRequest } from 'node:http';
import { canonicalTarget } from '../../../server/routes/canonical-path.js';
import { finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

/** Each spelling of an address means the same to Justuju as to the Meilisearch behind it. */
let justuju: TestJustuju;

const OWN = '_justuju_vocabulary';
const SWAP = [{ indexes: ['books', OWN] }];

beforeAll(async () => {
  justuju = await startJustuju();
  const { body } = await request(justuju.url, 'POST', '/indexes/books/documents?primaryKey=id', [{ id: 1, title: 'کتاب' }]);
  await finished(justuju.url, body.taskUid);
  // Whatever Justuju keeps in Meilisearch, there is an index of that name.
  const made = await request(
    justuju.engineUrl,
    'POST',
    `/indexes/${OWN}/documents?primaryKey=id`,
    [{ id: 'books', words: 'secret' }],
    admin(),
  );
  await finished(justuju.engineUrl, made.body.taskUid, admin());
});
afterAll(() => justuju?.stop());

const admin = (): Record<string, string> => ({ authorization: `Bearer ${justuju.adminKey ?? ''}` });

interface Raw {
  readonly status: number;
  readonly text: string;
}

/** The address goes out as it is written here: `fetch` would mend it. */
function raw(base: string, method: string, path: string, body?: unknown): Promise<Raw> {
  const { hostname, port } = new URL(base);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...admin(),
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

const SPELLINGS = [
  '/indexes/books/documents/1',
  '//indexes/books/documents/1',
  '/indexes//books///documents/1',
  '/indexes/books/documents/1/',
  '/indexes/books/documents/1//',
  '/%69ndexes/books/documents/1',
  '/%49ndexes/books/documents/1',
  '/indexes/%62ooks/documents/1',
  '/indexes/books/documents/%31',
  '/indexes/books/documents/%2531',
  '/INDEXES/books/documents/1',
  '/indexes/BOOKS/documents/1',
  '/indexes/books/Documents/1',
  '/indexes/./books/documents/1',
  '/x/../indexes/books/documents/1',
  '/indexes/x/../books/documents/1',
  '/indexes/x/%2e%2e/books/documents/1',
  '/%2e/indexes/books/documents/1',
  '/indexes/..',
  '/indexes/../documents',
  '/indexes/../documents?filter=x',
  '/indexes/../search?q=x',
  '/indexes/./settings',
  '/indexes/books/documents/..',
  '/indexes%2Fbooks/documents/1',
  '/indexes/books%2Fdocuments/1',
  '/indexes/books%2fdocuments%2f1',
  '/indexes/books;a=b/documents/1',
  '/indexes;a/books/documents/1',
  '/indexes/books/documents/1;x',
  '/indexes/books%00/documents/1',
  '/indexes/books%0A/stats',
  '/indexes/books%20/stats',
  '/indexes\\books/documents/1',
  '/%5cindexes/books/documents/1',
  '/%2569ndexes/books/documents/1',
  '/indexes/%2562ooks/documents/1',
  'http://x/indexes/books/documents/1',
  'HTTP://x:99/indexes/books/documents/1',
  'ftp://user:pw@x/indexes/books/documents/1',
  'http://x//indexes/books/documents/1/',
  'http://x@/indexes/books/documents/1',
  '/indexes/books/documents/1?',
  '/indexes/books/documents/1??',
  '/indexes/books/documents/1#x',
  '/indexes/books/documents/1#x?foo=t',
  '/indexes/books/documents/1?fields=id#x',
  '/indexes/books/documents/1%3F',
  '/indexes/books/documents/1%23',
  '/indexes/books/documents/<1>',
  '/indexes/books/documents/1`',
  '/indexes/books/documents/1"',
  '/indexes/books/documents?filter="x"',
  '/indexes/books/documents?filter=<x>',
  '/indexes/books/documents?limit=1&fields=%69d',
  '/indexes/%zz/stats',
  '/indexes/%/stats',
  '/indexes/%f0%28/stats',
  '/indexes/%e2%82/stats',
  '/indexes/b%c3%a9/stats',
  '/indexes/bo+oks/stats',
  '/indexes/bo%2Boks/stats',
  '/indexes/{x}|^"[books]/stats',
  '/indexes/books/settings/ranking%2Drules/',
  '/indexes/books/settings/Ranking-Rules',
  '/indexes/books/settings/synonyms/x',
  '/indexes/',
  '/indexes',
  '/Indexes',
  '//',
  '/tasks/',
  '/Tasks',
  '/tasks/%30',
  '/tasks/+0',
  '/batches//0/',
  '/%68ealth/',
  '/HEALTH',
  '/health/.',
  '/health%00',
  '/%2fhealth',
  '/stats/',
  '/STATS',
  '/version/',
  '/multi%2Dsearch',
  '/keys/',
  '/%',
];

it.each(SPELLINGS)('GET %s', async (path) => {
  const theirs = await raw(justuju.engineUrl, 'GET', path);
  const ours = await raw(justuju.url, 'GET', path);
  expect({ path, status: ours.status }).toEqual({ path, status: theirs.status });
  expect(ours.text).not.toMatch(/_urdu|_justuju/);
});

it.each(['/indexes/books/search', '//indexes/books/search/', '/%69ndexes/%62ooks/sear%63h', 'http://x/indexes//books/search'])(
  'a search at %s finds the same, by its words, and shows no shadow',
  async (path) => {
    const { status, text } = await raw(justuju.url, 'POST', path, { q: 'كتاب', attributesToRetrieve: ['*'] });
    expect({ status, hits: (JSON.parse(text) as { hits: unknown }).hits }).toEqual({ status: 200, hits: [{ id: 1, title: 'کتاب' }] });
    expect(text).not.toMatch(/_urdu\d/);
  },
);

describe('Justuju’s own index is not there', () => {
  const prefixes = ['', '/', '//', 'http://x'];
  const names = [OWN, '%5Fjustuju_vocabulary', '_%6austuju_vocabulary', '_justuju%5fvocabulary', '%5%66justuju_vocabulary', '_justuju_new'];
  const routes: readonly (readonly [string, string, unknown?])[] = [
    ['GET', ''],
    ['GET', '/'],
    ['GET', '//documents'],
    ['GET', '/documents/books'],
    ['POST', '/documents/fetch', {}],
    ['POST', '/search', {}],
    ['GET', '/search?q='],
    ['POST', '/sear%63h', {}],
    ['POST', '/facet-search', { facetName: 'id' }],
    ['POST', '/similar', { id: 'books', embedder: 'x' }],
    ['POST', '/documents', [{ id: 7 }]],
    ['PUT', '/documents/', [{ id: 7 }]],
    ['POST', '/documents/delete-batch', ['books']],
    ['DELETE', '/documents'],
    ['DELETE', '/documents/..'],
    ['GET', '/settings'],
    ['PATCH', '/settings', { displayedAttributes: ['*'] }],
    ['GET', '/stats'],
    ['PATCH', '', { primaryKey: 'words' }],
    ['POST', '/compact'],
    ['POST', '/fields', {}],
    ['DELETE', ''],
  ];
  const requests = prefixes.flatMap((prefix) => names.flatMap((name) => routes.map((route) => [prefix, name, ...route] as const)));

  it('whatever its address is spelled like', async () => {
    for (const [prefix, name, method, rest, body] of requests) {
      const path = `${prefix}/indexes/${name}${rest}`;
      const { status, text } = await raw(justuju.url, method, path, body);
      expect([method, path, status < 400, text.includes('secret')]).toEqual([method, path, false, false]);
    }
  });

  it.each([
    ['POST', '/indexes', { uid: '_justuju_x' }, 'invalid_index_uid'],
    ['POST', '//indexes/', { uid: OWN }, 'invalid_index_uid'],
    ['PATCH', '/indexes/books', { uid: '_justuju_x' }, 'invalid_index_uid'],
    ['PATCH', '//indexes/%62ooks/', { uid: OWN }, 'invalid_index_uid'],
    ['POST', '/swap-indexes', [{ indexes: ['books', '_justuju_x'], rename: true }], 'index_not_found'],
    ['POST', '/render-template', { template: { kind: 'inlineTemplate' }, input: { indexUid: OWN, id: 'books' } }, 'index_not_found'],
    ['GET', `/suggest?index=${OWN}&q=x`, undefined, 'index_not_found'],
    ['POST', '/export', { url: 'http://127.0.0.1:9', indexes: { [OWN]: {} } }, 'index_not_found'],
  ])('nor made, renamed to, shown, told of or exported: %s %s %j', async (method, path, body, code) => {
    const { status, text } = await raw(justuju.url, method, path, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.parse(text)).toMatchObject({ code });
  });

  it.each(['/swap-indexes', '//swap-indexes', '/swap%2Dindexes', '/swap-indexes/', 'http://x/swap-indexes'])(
    'for a swap at %s',
    async (path) => {
      expect((await raw(justuju.url, 'POST', path, SWAP)).status).toBe(400);
    },
  );

  it.each(['/multi-search', '//multi-search', '/multi%2Dsearch', '/multi-search/', 'http://x/multi-search'])(
    'for a search at %s',
    async (path) => {
      for (const body of [{ queries: [{ indexUid: OWN, q: '' }] }, { federation: {}, queries: [{ indexUid: OWN, q: '' }] }])
        expect((await raw(justuju.url, 'POST', path, body)).status).toBe(400);
    },
  );
});

it('the page of the reference is where its links are right', async () => {
  const answer = await fetch(`${justuju.url}/docs/`, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([308, '../docs']);
});

describe('the normal form', () => {
  it.each([
    ['/indexes/a.b/..?x=//', '/indexes/a.b/..?x=//'],
    ['///a//b///', '/a/b'],
    ['/%41%2F%25%2B+%20', '/A%2F%25%2B%2B%20'],
    ['http://host:1?x=1#y', '/?x=1'],
    ['/a%', '/a%25'],
  ])('of %s is %s', (written, form) => {
    expect(canonicalTarget(written)).toBe(form);
    expect(canonicalTarget(form)).toBe(form);
  });

  it.each(['http:///x', 'x', '', '/a<', '/a?"', '/%5%66', '/%2%66', '/%%32%35'])('there is none of %p', (written) =>
    expect(canonicalTarget(written)).toBeUndefined(),
  );
});
