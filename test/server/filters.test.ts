/** Filters are asked with all stored spellings; what is said against one speaks of what the client wrote. */
import { generateTenantToken } from 'meilisearch/token';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { withoutStamp } from '../support/without-stamp.js';

const MASTER = 'a-master-key-of-the-tests';
type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;
let justuju: TestJustuju;
const as =
  (key: string, base = (): string => justuju.url): Ask =>
  (method, path, body) =>
    request(base(), method, path, body, { authorization: `Bearer ${key}` });
const call = as(MASTER);
const direct = as(MASTER, () => justuju.engineUrl);
let sara: Ask;
let saraDirect: Ask;

async function change(method: string, path: string, body?: unknown): Promise<void> {
  const answer = await call(method, path, body);
  expect(answer.status).toBe(202);
  const task = await finished(justuju.url, answer.body.taskUid, { authorization: `Bearer ${MASTER}` });
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
}

const KEHEH = '\u06A9';
const ARABIC_KAF = '\u0643';
/** Two spellings of one value. Only the other tenant's documents hold the second. */
const OWN = `${KEHEH}تاب`;
const OTHERS = `${ARABIC_KAF}تاب`;

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER });
  await change('PATCH', '/indexes/books/settings', {
    filterableAttributes: ['kind', 'owner'],
    embedders: { own: { source: 'userProvided', dimensions: 2 } },
  });
  await change('POST', '/indexes/books/documents?primaryKey=id', [
    { id: 1, title: 'شہر', kind: OWN, owner: 'sara', year: 1, _vectors: { own: [1, 0] } },
    { id: 2, title: 'شہر', kind: OTHERS, owner: 'ali', year: 2, _vectors: { own: [0, 1] } },
  ]);
  const { body } = await call('GET', '/keys');
  const key = body.results.find(({ actions }: { actions: string[] }) => actions.length === 1 && actions[0] === 'search');
  const token = await generateTenantToken({ apiKey: key.key, apiKeyUid: key.uid, searchRules: { books: { filter: 'owner = sara' } } });
  sara = as(token);
  saraDirect = as(token, () => justuju.engineUrl);
}, 60_000);
afterAll(() => justuju?.stop());

/** Written rightly, but of an attribute that is not filterable; and written wrongly. */
const REFUSED = [
  `kind = "${OWN}" AND year = 1`,
  `kind IN ["${OWN}", "x"] AND year = 1`,
  `year = 1 OR kind != "${OWN}"`,
  `kind = "${OWN}" AND`,
  `kind = "${OWN}" AND (owner = x`,
];
const inUrl = (filter: string): string => encodeURIComponent(filter);
const ROUTES: [string, (filter: unknown) => [string, string, unknown?]][] = [
  ['search', (filter) => ['POST', '/indexes/books/search', { q: 'شہر', filter }]],
  ['search without words', (filter) => ['POST', '/indexes/books/search', { filter: [filter] }]],
  ['GET search', (filter) => ['GET', `/indexes/books/search?q=${inUrl('شہر')}&filter=${inUrl(String(filter))}`]],
  [
    'multi-search',
    (filter) => [
      'POST',
      '/multi-search',
      {
        queries: [
          { indexUid: 'books', filter: `kind = "${OWN}"` },
          { indexUid: 'books', q: 'شہر', filter },
        ],
      },
    ],
  ],
  [
    'federation',
    (filter) => [
      'POST',
      '/multi-search',
      {
        federation: {},
        queries: [
          { indexUid: 'books', q: 'شہر' },
          { indexUid: 'books', filter },
        ],
      },
    ],
  ],
  ['facet-search', (filter) => ['POST', '/indexes/books/facet-search', { facetName: 'kind', facetQuery: 'کتا', filter }]],
  ['similar', (filter) => ['POST', '/indexes/books/similar', { id: 1, embedder: 'own', filter }]],
  ['GET similar', (filter) => ['GET', `/indexes/books/similar?id=1&embedder=own&filter=${inUrl(String(filter))}`]],
];
const OF_DOCUMENTS: typeof ROUTES = [
  ['GET documents', (filter) => ['GET', `/indexes/books/documents?filter=${inUrl(String(filter))}`]],
  ['documents/fetch', (filter) => ['POST', '/indexes/books/documents/fetch', { filter }]],
  ['documents/delete', (filter) => ['POST', '/indexes/books/documents/delete', { filter }]],
];

/** Shadow names and what follows from them aside, the same refusal. */
const refusal = ({ status, body }: Answer): unknown => [status, body.code, body.message];

describe('a filter that Meilisearch refuses', () => {
  it.each(ROUTES)('is quoted to a tenant as it was written: %s', async (_name, of) => {
    for (const filter of REFUSED) {
      const answer = await sara(...of(filter));
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).not.toContain(OTHERS);
      expect(refusal(answer)).toEqual(refusal(withoutStamp(await saraDirect(...of(filter)))));
    }
  });

  it.each([...ROUTES, ...OF_DOCUMENTS])('is quoted to everybody as it was written: %s', async (_name, of) => {
    for (const filter of REFUSED) {
      const answer = await call(...of(filter));
      // A deletion by a filter that is written rightly is refused later, in its task.
      if (answer.status === 202) continue;
      expect(refusal(answer)).toEqual(refusal(withoutStamp(await direct(...of(filter)))));
    }
  });
});

describe('a filter that is answered', () => {
  const idsOf = (body: Answer['body']): number[] =>
    (body.hits ?? body.results?.[1]?.hits ?? body.results ?? []).map(({ id }: { id: number }) => id).sort();
  const filter = `kind = "${OWN}"`;

  it.each([...ROUTES.slice(0, 3), ROUTES[3] as (typeof ROUTES)[0], ...OF_DOCUMENTS.slice(0, 2)])(
    'finds all spellings: %s',
    async (_name, of) => {
      const { status, body } = await call(...of(filter));
      expect([status, idsOf(body)]).toEqual([200, [1, 2]]);
    },
  );

  it.each(ROUTES.slice(0, 4))('finds nothing that is not the tenant’s: %s', async (_name, of) => {
    const { status, body } = await sara(...of(filter));
    expect([status, idsOf(body)]).toEqual([200, [1]]);
    expect(JSON.stringify(body)).not.toContain(OTHERS);
  });

  it('deletes what it names to the letter: a deletion takes no other spelling with it', async () => {
    await change('POST', '/indexes/letters/documents?primaryKey=id', [
      { id: 1, kind: OWN },
      { id: 2, kind: OTHERS },
    ]);
    await change('PATCH', '/indexes/letters/settings', { filterableAttributes: ['kind'] });
    await change('POST', '/indexes/letters/documents/delete', { filter });
    expect(idsOf((await call('GET', '/indexes/letters/documents')).body)).toEqual([2]);
  });
});
