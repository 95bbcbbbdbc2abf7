/** Settings where Meilisearch is newer than 1.21: a scripted engine answers as 1.37 in what differs, a real 1.21 does the rest. */
import { DEFAULT_RULES, defaultRulesOf, LEAN_RULES } from '../../server/settings/lean.js';
import { SHADOW_ROOT, STAMP } from '../../server/shadow/shadow.js';
import type { Script, ScriptedAnswer, ScriptedRequest } from '../support/altered-engine.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

/** What Justuju adds: documents can be asked for by their stamps. */
const STAMP_RULE = {
  attributePatterns: [STAMP],
  features: { facetSearch: false, filter: { equality: true, comparison: false } },
};

const DEFAULTS_OF_1_37 = ['words', 'typo', 'proximity', 'attributeRank', 'sort', 'wordPosition', 'exactness'];

/** Settings that exist in 1.37 no more, and some that this scripted version refuses though the client never named them. */
const refused = new Set(['vectorStore']);

const isSettings = ({ path }: ScriptedRequest): boolean => /^\/indexes\/[^/]+\/settings(\?|$)/.test(path);
const isSame = (one: unknown, other: readonly string[]): boolean => JSON.stringify(one) === JSON.stringify(other);

const AS_1_37: Script = {
  answer: (asked) => (asked.path === '/version' ? version : asked.method === 'PATCH' && isSettings(asked) ? refusalOf(asked) : undefined),
  // The real engine does not know the two rules that `attribute` has become.
  onRequest: ({ body }) =>
    withRules(body, (rules) =>
      rules.filter((rule) => rule !== 'wordPosition').map((rule) => (rule === 'attributeRank' ? 'attribute' : rule)),
    ),
  onAnswer: (asked, { status, body }) =>
    status === 200 && isSettings(asked) ? withRules(body, (rules) => (isSame(rules, DEFAULT_RULES) ? DEFAULTS_OF_1_37 : rules)) : undefined,
};
const version: ScriptedAnswer = { status: 200, body: { commitSha: 'unknown', commitDate: 'unknown', pkgVersion: '1.37.0' } };

function refusalOf({ body }: ScriptedRequest): ScriptedAnswer | undefined {
  const name = Object.keys(body as object).find((one) => refused.has(one));
  if (name === undefined) return undefined;
  const message = `Unknown field \`${name}\`: expected one of \`displayedAttributes\`, \`searchableAttributes\``;
  return {
    status: 400,
    body: { message, code: 'bad_request', type: 'invalid_request', link: 'https://docs.meilisearch.com/errors#bad_request' },
  };
}

function withRules(body: unknown, change: (rules: readonly string[]) => readonly string[]): unknown {
  const { rankingRules } = (body ?? {}) as { rankingRules?: readonly string[] | null };
  return Array.isArray(rankingRules) ? { ...(body as object), rankingRules: change(rankingRules as readonly string[]) } : undefined;
}

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju({ script: AS_1_37 });
});
afterAll(() => justuju.stop());
beforeEach(() => {
  refused.clear();
  refused.add('vectorStore');
});

const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);
const held = async (uid: string): Promise<Answer['body']> =>
  (await request(justuju.engineUrl, 'GET', `/indexes/${uid}/settings`, undefined, { authorization: `Bearer ${justuju.adminKey ?? ''}` }))
    .body;
const read = async (uid: string): Promise<Answer['body']> => (await call('GET', `/indexes/${uid}/settings`)).body;

async function change(method: string, path: string, body?: unknown): Promise<Answer['body']> {
  const answer = await call(method, path, body);
  expect(answer).toMatchObject({ status: 202 });
  const task = await finished(justuju.url, answer.body.taskUid);
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
  return task;
}

const URDU = [
  { id: 1, title: 'پاکستان کی حکومت' },
  { id: 2, title: 'کراچی کا موسم' },
];
const add = (uid: string): Promise<unknown> => change('POST', `/indexes/${uid}/documents`, URDU);

describe('ranking rules', () => {
  it('by default are those of its version', () => {
    expect(['1.21.0', '1.35.1', 'unknown'].map((one) => defaultRulesOf(one))).toEqual(Array(3).fill(DEFAULT_RULES));
    expect(['1.36.0', '1.37.0', '1.50.0', '2.0.0'].map((one) => defaultRulesOf(one))).toEqual(Array(4).fill(DEFAULTS_OF_1_37));
  });

  it('of an index made before its documents become lean, and read back as this version gives them', async () => {
    await change('POST', '/indexes', { uid: 'made' });
    await change('PATCH', '/indexes/made/settings', { searchableAttributes: ['title'] });
    expect((await read('made')).rankingRules).toEqual(DEFAULTS_OF_1_37);
    await add('made');
    expect((await held('made')).rankingRules).toEqual(LEAN_RULES);
    expect((await read('made')).rankingRules).toEqual(DEFAULTS_OF_1_37);
    expect((await call('GET', '/indexes/made/settings/ranking-rules')).body).toEqual(DEFAULTS_OF_1_37);
  });

  it('that are named as this version has them by default stay lean', async () => {
    await add('named');
    await change('PUT', '/indexes/named/settings/ranking-rules', DEFAULTS_OF_1_37);
    expect((await held('named')).rankingRules).toEqual(LEAN_RULES);
    expect((await read('named')).rankingRules).toEqual(DEFAULTS_OF_1_37);
  });

  it("of the client's own go as they are", async () => {
    await add('own');
    await change('PUT', '/indexes/own/settings/ranking-rules', ['words', 'exactness']);
    expect((await held('own')).rankingRules).toEqual(['words', 'exactness']);
    await change('DELETE', '/indexes/own/settings/ranking-rules');
    expect((await read('own')).rankingRules).toEqual(DEFAULTS_OF_1_37);
  });
});

describe('a reset of all settings', () => {
  it('names what this version has, and leaves the index one of Urdu', async () => {
    await add('reset');
    await change('PATCH', '/indexes/reset/settings', { stopWords: ['سے'], filterableAttributes: ['id'] });
    await change('DELETE', '/indexes/reset/settings');
    expect(await held('reset')).toMatchObject({
      searchableAttributes: [SHADOW_ROOT],
      rankingRules: LEAN_RULES,
      filterableAttributes: [STAMP_RULE],
    });
    expect(await read('reset')).toMatchObject({
      searchableAttributes: ['*'],
      stopWords: [],
      filterableAttributes: [],
      rankingRules: DEFAULTS_OF_1_37,
    });
    expect((await call('POST', '/indexes/reset/search', { q: 'حکومت' })).body.hits).toEqual([URDU[0]]);
  });

  it('that is refused nevertheless changes nothing', async () => {
    await add('kept');
    refused.add('faceting');
    expect(await call('DELETE', '/indexes/kept/settings')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('`faceting`') },
    });
    expect((await held('kept')).searchableAttributes).toEqual([SHADOW_ROOT]);
  });
});

describe('a change that is refused for what Justuju adds to it', () => {
  it('is not sent as it came: the index would be none of Urdu any more', async () => {
    await add('refused');
    refused.add('synonyms');
    const answer = await call('PATCH', '/indexes/refused/settings', { searchableAttributes: ['title'], stopWords: ['سے'] });
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request', message: expect.stringContaining('`synonyms`') } });
    expect(await held('refused')).toMatchObject({ searchableAttributes: [SHADOW_ROOT], stopWords: [] });
  });
});
