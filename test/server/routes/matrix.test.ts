import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { call, finished } from '../../support/call.js';
import { type Credential, createKey, type Key, keyOf, tenantToken } from '../../support/credentials.js';
import { Draw } from '../../support/draw.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

/**
 * Credentials × requests × spellings of the path. Beside Justuju runs a Meilisearch with the same documents, keys and settings: what it refuses to a
 * credential Justuju does not answer, and what it does not show to it Justuju does not show.
 * Each request of each credential in one spelling, chosen by a seed; in all of them with JUSTUJU_MATRIX=all.
 */
const MASTER = 'a-master-key-of-sixteen';
const OPEN = 'openshelf';
const CLOSED = 'closedshelf';
const RAW = 'rawshelf';
const OWN = '_justuju_vocabulary';

const [FIRST, SECOND, HIDDEN, OTHER, PRIVATE] = ['کہکشاں', 'زعفران', 'چمگادڑ', 'فانوس', 'مرغزار'] as const;
const BOOKS = [
  { id: 1, tenant: 1, shelf: `${FIRST} خانہ`, title: `${FIRST} کی کتاب`, note: `${HIDDEN} کا ذکر` },
  { id: 2, tenant: 1, shelf: 'عام', title: 'ایک کتاب', note: '' },
  { id: 3, tenant: 2, shelf: `${SECOND} خانہ`, title: `${SECOND} کی کتاب`, note: '' },
  { id: 4, tenant: 2, shelf: 'عام', title: `${OTHER} والی کتاب`, note: '' },
];
const LETTERS = [{ id: 1, title: `${PRIVATE} کا خط` }];
/** What can be told to somebody: words of documents, and names of indexes. */
const SECRETS = [FIRST, SECOND, HIDDEN, OTHER, PRIVATE, CLOSED, OPEN, RAW];

const SETTINGS = {
  displayedAttributes: ['id', 'title', 'tenant', 'shelf'],
  searchableAttributes: ['title'],
  filterableAttributes: ['tenant', 'shelf'],
};

interface Case {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Changes something: sent through Justuju only where Meilisearch refuses it. */
  readonly changes?: boolean;
  /** May find more by spelling: what it shows is measured by all that Meilisearch shows to this credential. */
  readonly finds?: boolean;
  /** Not a route of Meilisearch: whether it is refused is measured by this one; undefined: it is for everybody. */
  readonly like?: Pick<Case, 'method' | 'path' | 'body'> | 'everybody';
}

const READS: readonly Case[] = [
  ...[
    '/indexes',
    '/indexes?limit=1&offset=1',
    `/indexes/${OPEN}`,
    `/indexes/${CLOSED}`,
    `/indexes/${OPEN}/stats`,
    '/stats',
    `/indexes/${OPEN}/settings`,
    `/indexes/${OPEN}/settings/displayed-attributes`,
    `/indexes/${OPEN}/settings/synonyms`,
    `/indexes/${OPEN}/documents`,
    `/indexes/${OPEN}/documents/1`,
    `/indexes/${CLOSED}/documents?fields=*`,
    `/indexes/${OPEN}/search?q=`,
    `/indexes/${OPEN}/search?q=&foo=1`,
    `/indexes/${OPEN}/similar?id=1&embedder=none`,
    '/tasks',
    `/tasks?indexUids=${CLOSED}`,
    `/tasks?indexUids=${OWN}`,
    '/tasks/0',
    '/batches',
    '/batches/0',
    '/keys',
    '/keys/00000000-0000-4000-8000-000000000001',
    '/version',
    '/experimental-features',
    '/network',
    '/webhooks',
    '/chats',
    '/metrics',
    '/health',
    `/indexes/${OWN}`,
    `/indexes/${OWN}/documents`,
    `/indexes/${OWN}/search?q=`,
  ].map((path) => ({ method: 'GET' as const, path })),
  { method: 'POST', path: `/indexes/${OPEN}/documents/fetch`, body: {} },
  { method: 'POST', path: `/indexes/${OPEN}/search`, body: {} },
  { method: 'POST', path: `/indexes/${OPEN}/search`, body: { q: OTHER, attributesToRetrieve: ['*'], attributesToHighlight: ['*'] } },
  { method: 'POST', path: `/indexes/${OPEN}/search`, body: { facets: ['*'], showMatchesPosition: true, showRankingScoreDetails: true } },
  { method: 'POST', path: `/indexes/${OPEN}/search`, body: { filter: 'nothing = 1' } },
  { method: 'POST', path: `/indexes/${CLOSED}/search`, body: {} },
  { method: 'POST', path: `/indexes/${OWN}/search`, body: {} },
  { method: 'POST', path: '/multi-search', body: { queries: [{ indexUid: OPEN }, { indexUid: CLOSED }] } },
  { method: 'POST', path: '/multi-search', body: { federation: {}, queries: [{ indexUid: OPEN }, { indexUid: CLOSED }] } },
  { method: 'POST', path: '/multi-search', body: { queries: [{ indexUid: OWN }] } },
  { method: 'POST', path: '/multi-search', body: { federation: { facetsByIndex: { [OWN]: ['id'] } }, queries: [{ indexUid: OPEN }] } },
  { method: 'POST', path: `/indexes/${OPEN}/facet-search`, body: { facetName: 'shelf', facetQuery: '' } },
  // A letter short of words that not everybody may see.
  { method: 'POST', path: `/indexes/${OPEN}/search`, body: { q: FIRST.slice(0, -1) }, finds: true },
  { method: 'POST', path: `/indexes/${OPEN}/search`, body: { q: HIDDEN.slice(0, -1) }, finds: true },
  { method: 'POST', path: `/indexes/${OPEN}/search`, body: { q: `کتاب ${SECOND.slice(0, -1)}` }, finds: true },
  { method: 'POST', path: '/multi-search', body: { queries: [{ indexUid: OPEN, q: SECOND.slice(0, -1) }] }, finds: true },
];

const OWN_ROUTES: readonly Case[] = [
  ...[FIRST, SECOND].map((word) => suggest(OPEN, word)),
  suggest(CLOSED, PRIVATE),
  suggest(OPEN, HIDDEN),
  suggest(OWN, PRIVATE),
  {
    method: 'POST',
    path: '/analyze',
    body: { text: 'کتاب' },
    like: { method: 'POST', path: '/multi-search', body: { queries: [] } },
    finds: true,
  },
  { method: 'GET', path: '/ready', like: 'everybody', finds: true },
  { method: 'GET', path: '/openapi.json', like: 'everybody', finds: true },
  { method: 'GET', path: '/docs', like: 'everybody', finds: true },
];

function suggest(index: string, word: string): Case {
  const path = `/suggest?index=${index}&q=${encodeURIComponent(word.slice(0, 3))}`;
  return { method: 'GET', path, like: { method: 'GET', path: `/indexes/${index}/search?q=` }, finds: true };
}

const CHANGES: readonly Case[] = (
  [
    ['POST', `/indexes/${OPEN}/documents`, [{ id: 9, title: 'نیا' }]],
    ['PUT', `/indexes/${OPEN}/documents`, [{ id: 9, title: 'نیا' }]],
    ['POST', '/indexes/newshelf/documents?primaryKey=id', [{ id: 9, title: 'نیا' }]],
    ['POST', `/indexes/${OPEN}/documents/edit`, { function: 'doc.title = "x"' }],
    ['POST', `/indexes/${OPEN}/documents/delete`, { filter: 'tenant = 9' }],
    ['POST', `/indexes/${OPEN}/documents/delete-batch`, [99]],
    ['DELETE', `/indexes/${OPEN}/documents/99`],
    ['PATCH', `/indexes/${OPEN}`, { primaryKey: 'id' }],
    ['PATCH', `/indexes/${OPEN}/settings`, { stopWords: ['کا'] }],
    ['PUT', `/indexes/${OPEN}/settings/stop-words`, ['کا']],
    ['DELETE', `/indexes/${OPEN}/settings/synonyms`],
    ['POST', '/indexes', { uid: 'newshelf' }],
    ['DELETE', '/indexes/newshelf'],
    ['POST', '/swap-indexes', [{ indexes: ['newshelf', 'shelfnew'] }]],
    ['POST', '/keys', { actions: ['search'], indexes: [OPEN], expiresAt: null }],
    ['PATCH', '/keys/00000000-0000-4000-8000-000000000001', { name: 'x' }],
    ['DELETE', '/keys/00000000-0000-4000-8000-999999999999'],
    ['POST', '/tasks/cancel?uids=99999'],
    ['DELETE', '/tasks?uids=99999'],
    ['PATCH', '/experimental-features', { metrics: true }],
    ['PATCH', '/network', { self: 'x' }],
    ['POST', '/webhooks', { url: 'not an address' }],
    ['POST', `/indexes/${OPEN}/compact`],
    ['POST', '/dumps'],
    ['POST', '/export', { url: 7 }],
    ['POST', '/logs/stream', { mode: 'x' }],
    ['PATCH', '/chats/room/settings', { source: 'x' }],
  ] as const
).map(([method, path, body]) => ({ method, path, body, changes: true }));

const CASES: readonly Case[] = [...READS, ...OWN_ROUTES, ...CHANGES];

/** Of the path; the query string stays as it is. */
const SPELLINGS: Readonly<Record<string, (path: string) => string>> = {
  'as it is': (path) => path,
  'two slashes': (path) => `/${path}`,
  'slashes everywhere': (path) => `${path.replaceAll('/', '//')}//`,
  'a slash at the end': (path) => `${path}/`,
  'a letter escaped': (path) => path.replace(/[a-z]/, escaped),
  'every letter escaped': (path) => path.replace(/[^/]/g, escaped),
  'a hyphen or a low line escaped': (path) => path.replace(/[-_]/g, escaped),
  'absolute form': (path) => `http://elsewhere${path}`,
  'upper case': (path) => path.replace(/^\/[^/]*/, (first) => first.toUpperCase()),
  'dot segments': (path) => `/x/..${path}`,
  'an escaped slash': (path) => path.replace(/(?<=.)\//, '%2F'),
  'escaped twice': (path) => path.replace(/[a-z]/, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
};
const escaped = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;

function spelled(path: string, spelling: string): string {
  const [route = '', ...query] = path.split('?');
  const spell = SPELLINGS[spelling] as (path: string) => string;
  return [spell(route), ...query].join('?');
}

const ACTIONS = [
  'search',
  'documents.add',
  'documents.get',
  'documents.delete',
  'indexes.create',
  'indexes.get',
  'indexes.update',
  'indexes.delete',
].concat(
  [
    'indexes.swap',
    'tasks.get',
    'tasks.cancel',
    'tasks.delete',
    'settings.get',
    'settings.update',
    'stats.get',
    'metrics.get',
    'dumps.create',
  ],
  [
    'version',
    'keys.get',
    'keys.create',
    'keys.update',
    'keys.delete',
    'experimental.get',
    'export',
    'network.get',
    'webhooks.get',
    'chats.get',
    '*.get',
  ],
);

const uidOf = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const KEYS: readonly (Key & { readonly name: string })[] = [
  { name: 'admin', actions: ['*'], indexes: ['*'] },
  { name: 'search', actions: ['search'], indexes: ['*'] },
  { name: 'search in one', actions: ['search'], indexes: [OPEN] },
  { name: 'search in the other', actions: ['search'], indexes: [CLOSED] },
  { name: 'search by pattern', actions: ['search'], indexes: ['open*'] },
  { name: 'search in nothing that is there', actions: ['search'], indexes: ['nothing'] },
  { name: 'everything in one', actions: ['*'], indexes: [OPEN] },
  { name: 'everything of Justuju', actions: ['*'], indexes: ['_just*'] },
  { name: 'tasks of one', actions: ['tasks.get'], indexes: [OPEN] },
  { name: 'expired', actions: ['*'], indexes: ['*'], expiresIn: 700 },
  ...ACTIONS.slice(1).map((action) => ({ name: `only ${action}`, actions: [action], indexes: ['*'] })),
].map((key, nth) => ({ ...key, uid: uidOf(nth + 1) }));

function credentials(): readonly Credential[] {
  const keyed = KEYS.map(({ name, uid }) => ({ name, authorization: `Bearer ${keyOf(MASTER, uid)}` }));
  const uid = (name: string): string => KEYS.find((key) => key.name === name)?.uid ?? '';
  const token = (name: string, of: string, rules: unknown, more?: object): Credential => ({
    name: `token: ${name}`,
    authorization: `Bearer ${tenantToken(uid(of), keyOf(MASTER, uid(of)), rules, more)}`,
  });
  const search = keyOf(MASTER, uid('search'));
  return [
    { name: 'none', authorization: undefined },
    { name: 'master', authorization: `Bearer ${MASTER}` },
    { name: 'wrong', authorization: `Bearer ${'0'.repeat(64)}` },
    { name: 'a key and something', authorization: `Bearer ${search} x` },
    { name: 'of another scheme', authorization: `Basic ${search}` },
    { name: 'a key alone', authorization: search },
    { name: 'empty', authorization: 'Bearer' },
    ...keyed,
    token('everything', 'search', ['*']),
    token('one index', 'search', { [OPEN]: null }),
    token('one tenant', 'search', { [OPEN]: { filter: 'tenant = 1' } }),
    token('a filter on all', 'search', { '*': { filter: 'tenant = 2' } }),
    token('another index', 'search', { [CLOSED]: null }),
    token('more than its key', 'search in one', ['*']),
    token('of Justuju', 'search', { [OWN]: null }),
    token('expired', 'search', ['*'], { exp: 1_000_000_000 }),
    token('signed by another', 'search', ['*'], { signedBy: 'x' }),
    token('unsigned', 'search', ['*'], { algorithm: 'none' }),
  ];
}

let engine: TestEngine;
let justuju: TestJustuju;
const pools: Pool[] = [];
const master = { authorization: `Bearer ${MASTER}` };

beforeAll(async () => {
  [engine, justuju] = await Promise.all([startTestEngine({ meiliMasterKey: MASTER }), startJustuju({ masterKey: MASTER })]);
  for (const base of [engine.url, justuju.url]) {
    const change = async (method: string, path: string, body: unknown): Promise<void> => {
      const answer = await call(base, method, path, body, master);
      expect([path, answer.status]).toEqual([path, 202]);
      expect(await finished(base, answer.body.taskUid, master)).toMatchObject({ status: 'succeeded' });
    };
    await change('PATCH', `/indexes/${OPEN}/settings`, SETTINGS);
    await change('POST', `/indexes/${OPEN}/documents?primaryKey=id`, BOOKS);
    await change('POST', `/indexes/${CLOSED}/documents?primaryKey=id`, LETTERS);
    await call(
      base,
      'PATCH',
      '/experimental-features',
      { metrics: true, network: true, chatCompletions: true, editDocumentsByFunction: true },
      master,
    );
    for (const key of KEYS) await createKey(base, MASTER, key);
  }
  // What was never analyzed is named by /ready; and there is an index of Justuju's own, whether it keeps one or not.
  for (const [base, uid] of [
    [engine.url, RAW],
    [justuju.engineUrl, RAW],
    [justuju.engineUrl, OWN],
  ] as const) {
    const { body } = await call(base, 'POST', `/indexes/${uid}/documents?primaryKey=id`, [{ id: 'x', words: PRIVATE }], master);
    await finished(base, body.taskUid, master);
  }
  await sleep(1_000);
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await Promise.all([engine?.stop(), justuju?.stop()]);
});

interface Got {
  readonly status: number;
  readonly text: string;
}

function client(base: string): (credential: Credential, asked: Pick<Case, 'method' | 'path' | 'body'>) => Promise<Got> {
  const pool = new Pool(base, { connections: 24, pipelining: 1, keepAliveTimeout: 1_000 });
  pools.push(pool);
  return async ({ authorization }, { method, path, body }) => {
    const headers = {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const answer = await pool.request({ method, path, headers, body: body === undefined ? null : JSON.stringify(body) });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
}

async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: 24 }, work));
}

const secretsIn = (text: string): readonly string[] => SECRETS.filter((secret) => text.includes(secret));
const isRefusal = ({ status }: Got): boolean => status >= 400;

/** What Meilisearch answers to each credential, and all that it shows to it. */
interface Measure {
  readonly credential: Credential;
  readonly answers: readonly Got[];
  readonly shown: ReadonlySet<string>;
}

async function measured(ask: ReturnType<typeof client>): Promise<readonly Measure[]> {
  const all = credentials().map((credential) => ({ credential, answers: [] as Got[], shown: new Set<string>() }));
  // First what only reads, for everybody.
  for (const changes of [undefined, true]) {
    await inParallel(all, async ({ credential, answers, shown }) => {
      for (const [nth, one] of CASES.entries()) {
        if (one.changes !== changes) continue;
        const asked = one.like === undefined ? one : one.like;
        const got = asked === 'everybody' ? { status: 200, text: '' } : await ask(credential, asked);
        answers[nth] = got;
        for (const secret of secretsIn(got.text)) shown.add(secret);
      }
    });
  }
  return all;
}

interface Cell {
  readonly measure: Measure;
  readonly nth: number;
  readonly spelling: string;
}

function cells(measures: readonly Measure[]): readonly Cell[] {
  const draw = new Draw(11);
  const all = process.env['JUSTUJU_MATRIX'] === 'all';
  return measures.flatMap((measure) =>
    CASES.flatMap(({ changes }, nth) => {
      if (changes === true && !isRefusal(measure.answers[nth] as Got)) return [];
      const spellings = Object.keys(SPELLINGS);
      const one = draw.whole(0, spellings.length - 1);
      return spellings.filter((_spelling, i) => all || i === one).map((spelling) => ({ measure, nth, spelling }));
    }),
  );
}

/** What is wrong with an answer of Justuju, or undefined. */
function fault(one: Case, got: Got, theirs: Got, shown: ReadonlySet<string>): string | undefined {
  if (got.status >= 500) return `answers ${got.status}: ${got.text}`;
  if (!isRefusal(got) && isRefusal(theirs))
    return `answers ${got.status} where Meilisearch answers ${theirs.status}: ${got.text.slice(0, 200)}`;
  const given = JSON.stringify([decodeURIComponent(one.path), one.body]);
  const seen = one.finds === true || isRefusal(theirs) ? shown : new Set(secretsIn(theirs.text));
  const told = secretsIn(got.text).filter((secret) => !seen.has(secret) && !given.includes(secret));
  if (told.length > 0) return `tells ${told.join(', ')}: ${got.text.slice(0, 400)}`;
  const ours = /_urdu\d|_justuju/.exec(got.text)?.[0];
  // A refusal names what was asked for, by the request or by the token; the reference speaks of it to everybody.
  if (ours !== undefined && one.like !== 'everybody' && !(isRefusal(got) && (given + theirs.text).includes(ours)))
    return `shows ${got.text.slice(Math.max(0, got.text.search(/_urdu\d|_justuju/) - 200)).slice(0, 400)}`;
  return undefined;
}

it('nothing is answered that Meilisearch refuses, and nothing shown that it does not show', async () => {
  const measures = await measured(client(engine.url));
  const ask = client(justuju.url);
  const faults: string[] = [];
  const asked = cells(measures);
  const answered = { well: 0, refused: 0 };
  await inParallel(asked, async ({ measure: { credential, answers, shown }, nth, spelling }) => {
    const one = CASES[nth] as Case;
    const path = spelled(one.path, spelling);
    const got = await ask(credential, { ...one, path });
    answered[isRefusal(got) ? 'refused' : 'well'] += 1;
    const wrong = fault(one, got, answers[nth] as Got, shown);
    if (wrong !== undefined) faults.push(`${credential.name}: ${one.method} ${path} ${JSON.stringify(one.body) ?? ''} ${wrong}`);
  });
  expect(faults).toEqual([]);
  // Both happened, or the test is none.
  expect(answered.well).toBeGreaterThan(200);
  expect(answered.refused).toBeGreaterThan(2_000);
}, 900_000);
