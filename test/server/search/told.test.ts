/** What is told of a collection beside its hits, through the whole of Justuju before a real Meilisearch: only what the caller could find. */
import { generateTenantToken } from 'meilisearch/token';
import { SHADOW_ROOT } from '../../../server/shadow/shadow.js';
import { type Answer, finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const MASTER = 'a-master-key-of-the-tests';
type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;
let justuju: TestJustuju;
let searchKey: { readonly uid: string; readonly key: string };
const as =
  (key: string, base = (): string => justuju.url): Ask =>
  (method, path, body) =>
    request(base(), method, path, body, { authorization: `Bearer ${key}` });
const call = as(MASTER);
const direct = as(MASTER, () => justuju.engineUrl);

async function change(method: string, path: string, body?: unknown, ask = call): Promise<void> {
  const answer = await ask(method, path, body);
  expect(answer.status).toBe(202);
  const task = await finished(justuju.engineUrl, answer.body.taskUid, { authorization: `Bearer ${MASTER}` });
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
}

async function tenantOf(searchRules: object): Promise<Ask> {
  return as(await generateTenantToken({ apiKey: searchKey.key, apiKeyUid: searchKey.uid, searchRules: searchRules as never }));
}

/** All that is told when `typed` is typed, and shown with `hits`. */
async function toldOf(uid: string, typed: string, ask: Ask, { hits = true } = {}): Promise<string> {
  const answers = [
    await ask('GET', `/suggest?index=${uid}&q=${encodeURIComponent(typed.trim().slice(0, -1))}`),
    await ask('GET', `/suggest?index=${uid}&q=${encodeURIComponent(typed.trim())}`),
    await ask('POST', `/indexes/${uid}/search`, { q: typed }),
    await ask('POST', `/indexes/${uid}/search`, { q: typed, urdu: { why: true } }),
    await ask('POST', '/multi-search', { queries: [{ indexUid: uid, q: typed }] }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  return JSON.stringify(answers.map(({ body }) => (hits ? body : [body.suggestions, body.urdu ?? body.results?.[0].urdu])));
}

/** Words that the vocabulary corrects to the secret, transliterates to it, and completes. */
const SECRETS = [
  { secret: 'قرنطینہ', typed: ['قرنتینہ ', 'qarantina ', 'قرنطی'] },
  { secret: 'zanzibar', typed: ['zanzbiar ', 'zanzib'] },
];
const text = (word: string): string => `شہر کی خبر ${word} کا بیان`;
const VISIBLE = [
  { id: 1, title: 'شہر کی خبر', body: 'کتاب اور زندگی', note: 'سڑک', owner: 'sara' },
  { id: 2, title: 'زندگی کی خبر', body: 'شہر اور شاعری', note: 'سڑک', owner: 'sara' },
];

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER });
  const { body } = await call('GET', '/keys');
  searchKey = body.results.find((key: { actions: string[] }) => key.actions.length === 1 && key.actions[0] === 'search');
}, 60_000);
afterAll(() => justuju?.stop());

/** An index in which all that was indexed is known: `/suggest` completes it, searches correct to it. */
async function indexOf(uid: string, documents: readonly object[], settings: object = {}): Promise<void> {
  await change('PATCH', `/indexes/${uid}/settings`, { filterableAttributes: ['owner'], ...settings });
  await change('POST', `/indexes/${uid}/documents?primaryKey=id`, [...VISIBLE, ...documents]);
}
const isKnown = (uid: string, secret: string, typed: string): Promise<unknown> =>
  eventually(`${secret} is known`, async () => (await toldOf(uid, typed, call, { hits: false })).includes(secret));

describe.each(SECRETS)('$secret', ({ secret, typed }) => {
  const uidOf = (what: string): string => `${what}-${secret === 'zanzibar' ? 'latin' : 'urdu'}`;
  const secrets = [
    { id: 8, title: 'خبر', body: text(secret), note: 'سڑک', owner: 'ali' },
    { id: 9, title: 'خبر', body: text(secret), note: 'سڑک', owner: 'ali' },
  ];
  const isToldNobody = async (uid: string, ask = call, shown = { hits: true }): Promise<void> => {
    for (const one of typed) expect(await toldOf(uid, one, ask, shown)).not.toContain(secret);
  };

  it('is told to whoever may find it', async () => {
    await indexOf(uidOf('seen'), secrets);
    for (const one of typed) await isKnown(uidOf('seen'), secret, one);
    const tenant = await tenantOf({ [uidOf('seen')]: { filter: 'owner = ali' } });
    for (const one of typed) expect(await toldOf(uidOf('seen'), one, tenant, { hits: false })).toContain(secret);
  }, 30_000);

  it('is not told to a tenant who may not', async () => {
    await isToldNobody(uidOf('seen'), await tenantOf({ [uidOf('seen')]: { filter: 'owner = sara' } }));
  });

  it('is missed by a tenant who may not like a word that nobody holds', async () => {
    const tenant = await tenantOf({ [uidOf('seen')]: { filter: 'owner = sara' } });
    const nowhere = secret === 'zanzibar' ? 'xylophor' : 'طژغڑضق';
    for (const rest of ['', ' ', ' کتاب '])
      for (const before of ['', 'شہر ']) {
        const missing = async (word: string): Promise<unknown> =>
          (await tenant('POST', `/indexes/${uidOf('seen')}/search`, { q: before + word + rest })).body.urdu?.wordsNotFound?.map(
            (one: string) => one.replace(word, 'WORD'),
          );
        expect(await missing(secret)).toEqual(await missing(nowhere));
      }
  });

  it('is not told of fields that are not shown, nor found by, at once', async () => {
    await change('PATCH', `/indexes/${uidOf('seen')}/settings`, { displayedAttributes: ['id', 'title', 'note', 'owner'] });
    await isToldNobody(uidOf('seen'));
    await change('PATCH', `/indexes/${uidOf('seen')}/settings`, { displayedAttributes: ['id', 'title', 'body'] });
    for (const one of typed) expect(await toldOf(uidOf('seen'), one, call, { hits: false })).toContain(secret);
    await change('PATCH', `/indexes/${uidOf('seen')}/settings`, { searchableAttributes: ['title', 'note'], displayedAttributes: ['*'] });
    await isToldNobody(uidOf('seen'));
  }, 30_000);

  it('is not told of fields that were never shown and never searched', async () => {
    await indexOf(uidOf('hidden'), secrets, { displayedAttributes: ['id', 'title', 'body'], searchableAttributes: ['title', 'note'] });
    // Known by now, if ever.
    await new Promise((done) => setTimeout(done, 1_500));
    // It stands in a field of the hits that is shown, but nobody finds it there.
    await isToldNobody(uidOf('hidden'), call, { hits: false });
  }, 30_000);

  it('is not told once its documents are gone, or replaced, whoever did it', async () => {
    const uid = uidOf('gone');
    await indexOf(uid, secrets);
    for (const one of typed) await isKnown(uid, secret, one);
    await change('POST', `/indexes/${uid}/documents`, [{ id: 8, title: 'خبر', body: 'کتاب' }]);
    await change('DELETE', `/indexes/${uid}/documents/9`, undefined, direct);
    await isToldNobody(uid);
  }, 30_000);

  it('is not told to a key of other indexes, nor to one that is gone', async () => {
    const uid = uidOf('gone');
    const { body: key } = await call('POST', '/keys', { actions: ['search'], indexes: [uidOf('seen')], expiresAt: null });
    const answersTo = async (one: string): Promise<[number, string][]> => {
      const ask = as(key.key);
      const answers = [
        await ask('GET', `/suggest?index=${one}&q=${encodeURIComponent('خ')}`),
        await ask('POST', `/indexes/${one}/search`, { q: 'خبر' }),
        await ask('POST', '/multi-search', { queries: [{ indexUid: one, q: 'خبر' }] }),
        await ask('POST', `/indexes/${one}/facet-search`, { facetName: 'owner', q: 'خبر' }),
      ];
      return answers.map(({ status, body }) => [status, body.code]);
    };
    expect(await answersTo(uid)).toEqual(Array(4).fill([403, 'invalid_api_key']));
    expect(await answersTo(uidOf('seen'))).toEqual(Array(4).fill([200, undefined]));
    expect((await call('DELETE', `/keys/${key.uid}`)).status).toBe(204);
    expect(await answersTo(uidOf('seen'))).toEqual(Array(4).fill([403, 'invalid_api_key']));
  });
});

describe('suggestions', () => {
  it('count the documents in which the caller finds the word', async () => {
    const documents = [3, 4, 5].map((id) => ({ id, title: 'کتاب کا باب', body: 'کتابوں', owner: id === 3 ? 'sara' : 'ali' }));
    await indexOf('counted', documents);
    const of = async (ask: Ask): Promise<unknown[]> =>
      (await ask('GET', `/suggest?index=counted&q=${encodeURIComponent('کتا')}`)).body.suggestions.filter(
        ({ kind }: { kind: string }) => kind === 'words',
      );
    await eventually('words are completed', async () => (await of(call)).length > 0);
    expect(await of(call)).toEqual([{ text: 'کتاب', kind: 'words', documents: 4 }]);
    expect(await of(await tenantOf({ counted: { filter: 'owner = sara' } }))).toEqual([{ text: 'کتاب', kind: 'words', documents: 2 }]);
  }, 30_000);

  it('take titles from a field that is shown and searched', async () => {
    const ask = async (): Promise<Answer> => call('GET', `/suggest?index=titles&q=${encodeURIComponent('شطرنج ')}`);
    await indexOf('titles', [{ id: 3, title: 'شطرنج کا راز', name: 'شطرنج کا نام' }]);
    expect((await ask()).body.suggestions).toEqual([{ text: 'شطرنج کا راز', kind: 'title' }]);
    await change('PATCH', '/indexes/titles/settings', { displayedAttributes: ['id', 'name'] });
    expect(JSON.stringify((await ask()).body)).not.toContain('راز');
    await change('PATCH', '/indexes/titles/settings', { displayedAttributes: ['*'], searchableAttributes: ['name'] });
    const { status, body } = await ask();
    expect([status, body.suggestions]).toEqual([200, [{ text: 'شطرنج کا نام', kind: 'title' }]]);
  });
});

describe('inner fields', () => {
  it('are told of where they are shown', async () => {
    await indexOf('inner', [
      { id: 3, author: { name: 'زنجبیل', alias: 'قرنفل' } },
      { id: 4, author: { name: 'زنجبیل', alias: 'قرنفل' } },
    ]);
    await isKnown('inner', 'زنجبیل', 'زنجبی');
    await isKnown('inner', 'قرنفل', 'قرنف');
    await change('PATCH', '/indexes/inner/settings', { displayedAttributes: ['id', 'author.name'] });
    expect(await toldOf('inner', 'زنجبی', call, { hits: false })).toContain('زنجبیل');
    expect(await toldOf('inner', 'قرنف', call)).not.toContain('قرنفل');
  }, 30_000);
});

describe('hits from the store', () => {
  const search = async (uid: string, body: object, ask = call): Promise<Answer['body']> =>
    (await ask('POST', `/indexes/${uid}/search`, body)).body;
  const storeOf = async (uid: string): Promise<void> => {
    await change('POST', `/indexes/${uid}/documents?primaryKey=id`, VISIBLE);
    expect((await search(uid, { q: 'خبر' })).hits).toHaveLength(2);
  };

  it.each([call, direct].map((ask, i) => [i === 0 ? 'through Justuju' : 'past it', ask] as const))(
    'show and find nothing that was withdrawn a moment ago, %s',
    async (how, ask) => {
      const uid = how === 'past it' ? 'past' : 'through';
      await storeOf(uid);
      await change('PATCH', `/indexes/${uid}/settings`, { displayedAttributes: ['id', 'title'] }, ask);
      const narrowed = await search(uid, { q: 'خبر' });
      expect(narrowed.hits).toHaveLength(2);
      for (const hit of narrowed.hits) expect(Object.keys(hit).sort()).toEqual(['id', 'title']);
      await change('PATCH', `/indexes/${uid}/settings`, { displayedAttributes: null }, ask);
      expect((await search(uid, { q: 'سڑک' })).hits).toHaveLength(2);
      const searched = ask === direct ? { searchableAttributes: [`${SHADOW_ROOT}.title`] } : { searchableAttributes: ['title'] };
      await change('PATCH', `/indexes/${uid}/settings`, searched, ask);
      // What is searched hides nothing from anyone: changed past Justuju it may count for as long as the settings are kept.
      if (ask === direct) await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect((await search(uid, { q: 'سڑک' })).hits).toEqual([]);
      await change(
        'PATCH',
        `/indexes/${uid}/settings`,
        ask === direct ? { searchableAttributes: [SHADOW_ROOT] } : { searchableAttributes: null },
        ask,
      );
      expect((await search(uid, { q: 'خبر' })).hits).toHaveLength(2);
      await change('DELETE', `/indexes/${uid}/documents/1`, undefined, ask);
      const multi = await call('POST', '/multi-search', { queries: [{ indexUid: uid, q: 'خبر' }] });
      expect(multi.body.results[0].hits.map(({ id }: { id: number }) => id)).toEqual([2]);
      expect((await search(uid, { q: 'خبر' })).hits.map(({ id }: { id: number }) => id)).toEqual([2]);
    },
    30_000,
  );

  it('are shown to no key that has expired', async () => {
    await storeOf('expiring');
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const { body: key } = await call('POST', '/keys', { actions: ['search'], indexes: ['expiring'], expiresAt });
    expect((await search('expiring', { q: 'خبر' }, as(key.key))).hits).toHaveLength(2);
    await new Promise((done) => setTimeout(done, 2_100));
    expect(await search('expiring', { q: 'خبر' }, as(key.key))).toMatchObject({ code: 'invalid_api_key' });
  });

  it('are shown to no key that is gone', async () => {
    await storeOf('keyless');
    const { body: key } = await call('POST', '/keys', { actions: ['search'], indexes: ['keyless'], expiresAt: null });
    expect((await search('keyless', { q: 'خبر' }, as(key.key))).hits).toHaveLength(2);
    expect((await call('DELETE', `/keys/${key.uid}`)).status).toBe(204);
    expect(await search('keyless', { q: 'خبر' }, as(key.key))).toMatchObject({ code: 'invalid_api_key' });
  });
});
