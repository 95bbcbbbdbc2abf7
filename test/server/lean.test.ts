import { Readable } from 'node:stream';
import { Meilisearch } from 'meilisearch';
import { analyzeAnew } from '../../server/indexing/analyze-anew.js';
import { reindex } from '../../server/indexing/reindex.js';
import { DEFAULT_RULES, LEAN_RULES } from '../../server/settings/lean.js';
import { STAMP } from '../../server/shadow/shadow.js';
import { sortShadow } from '../../server/shadow/sort-keys.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

/** An index of Urdu documents runs lean in Meilisearch, and its clients notice nothing; an index of others is Meilisearch's own. */
let justuju: TestJustuju;
const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
  request(justuju.url, method, path, body, headers);
const direct = (method: string, path: string, body?: unknown): Promise<Answer> =>
  request(justuju.engineUrl, method, path, body, { authorization: `Bearer ${justuju.adminKey ?? ''}` });

const TYPOS = {
  enabled: true,
  minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
  disableOnWords: [],
  disableOnAttributes: [],
  disableOnNumbers: false,
};

const URDU = [
  { id: 1, title: 'پاکستان کی حکومت', body: 'لاہور میں Meilisearch کا ذکر' },
  { id: 2, title: 'کراچی کا موسم', body: 'بارش اور ہوا' },
];
const ENGLISH = [
  { id: 1, title: 'Birds of the Indus', body: 'Herons and cranes' },
  { id: 2, title: 'Rivers', body: 'The Indus, the Jhelum' },
];

beforeAll(async () => {
  justuju = await startJustuju();
});
afterAll(() => justuju?.stop());

async function change(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer['body']> {
  const answer = await call(method, path, body, headers);
  expect(answer).toMatchObject({ status: 202 });
  const task = await finished(justuju.url, answer.body.taskUid);
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
  return task;
}
const add = (uid: string, documents: unknown): Promise<Answer['body']> =>
  change('POST', `/indexes/${uid}/documents?primaryKey=id`, documents);
const held = async (uid: string): Promise<Answer['body']> => (await direct('GET', `/indexes/${uid}/settings`)).body;
const read = async (uid: string, path = ''): Promise<Answer['body']> => (await call('GET', `/indexes/${uid}/settings${path}`)).body;
const ids = async (uid: string, body: object): Promise<number[]> =>
  (await call('POST', `/indexes/${uid}/search`, body)).body.hits.map((hit: { id: number }) => hit.id);
const tasksOf = async (uid: string): Promise<string[]> =>
  (await direct('GET', `/tasks?indexUids=${uid}&limit=100`)).body.results.map(({ type }: { type: string }) => type).reverse();

/** Spelling is known a second after the last document. */
const corrects = (uid: string): Promise<unknown> =>
  eventually('حقومت is corrected', async () => ((await ids(uid, { q: 'حقومت' })).length > 0 ? true : undefined));

const LEAN = { rankingRules: LEAN_RULES, typoTolerance: { ...TYPOS, enabled: false } };
const PLAIN = { rankingRules: DEFAULT_RULES, typoTolerance: TYPOS };

describe('an index is lean from its first documents on, if half of them are Urdu', () => {
  it.each([
    ['urdu', URDU, LEAN],
    ['half', [URDU[0], ENGLISH[1]], LEAN],
    ['third', [URDU[0], ENGLISH[1], { id: 3, title: 'Ravi' }], PLAIN],
    ['english', ENGLISH, PLAIN],
  ])('%s', async (uid, documents, expected) => {
    await add(uid, documents);
    expect(await held(uid)).toMatchObject(expected);
    expect(await read(uid)).toMatchObject(PLAIN);
    expect(await tasksOf(uid)).toEqual(['settingsUpdate', 'documentAdditionOrUpdate']);
    // Later documents change nothing.
    await add(uid, uid === 'english' ? URDU : ENGLISH);
    expect(await held(uid)).toMatchObject(expected);
    expect(await tasksOf(uid)).toEqual(['settingsUpdate', 'documentAdditionOrUpdate', 'documentAdditionOrUpdate']);
  });

  it('an empty one that was made, and has settings', async () => {
    await change('POST', '/indexes', { uid: 'made', primaryKey: 'id' });
    await change('PATCH', '/indexes/made/settings', { searchableAttributes: ['title'], typoTolerance: { disableOnNumbers: true } });
    await add('made', URDU);
    expect(await held('made')).toMatchObject({ ...LEAN, typoTolerance: { ...LEAN.typoTolerance, disableOnNumbers: true } });
    expect(await read('made')).toMatchObject({ searchableAttributes: ['title'], typoTolerance: { ...TYPOS, disableOnNumbers: true } });
    expect(await tasksOf('made')).toEqual(['indexCreation', 'settingsUpdate', 'settingsUpdate', 'documentAdditionOrUpdate']);
    // Two settings tasks of which one is ours: it shows nothing.
    const { results } = (await call('GET', '/tasks?indexUids=made&types=settingsUpdate')).body;
    expect(results.map(({ details }: { details: unknown }) => details)).toEqual([
      {},
      { searchableAttributes: ['title'], typoTolerance: { disableOnNumbers: true } },
    ]);
  });

  it('as its documents are when it is filled again', async () => {
    await add('again', URDU);
    await change('DELETE', '/indexes/again/documents');
    await add('again', ENGLISH);
    expect(await held('again')).toMatchObject(PLAIN);
    await change('DELETE', '/indexes/again/documents');
    await add('again', URDU);
    expect(await held('again')).toMatchObject(LEAN);
  });

  it('by the first of several batches, however fast they come', async () => {
    const answers = [];
    for (const documents of [ENGLISH, URDU, ENGLISH]) answers.push(await call('POST', '/indexes/hasty/documents?primaryKey=id', documents));
    for (const { body } of answers) await finished(justuju.url, body.taskUid);
    expect(await held('hasty')).toMatchObject(PLAIN);
    expect(await tasksOf('hasty')).toEqual(['settingsUpdate', ...Array<string>(3).fill('documentAdditionOrUpdate')]);
  });

  it('by the beginning of a long stream', async () => {
    const long = (document: object): string => `${JSON.stringify({ ...document, filler: 'x'.repeat(100_000) })}\n`;
    const lines = Array.from({ length: 90 }, (_, i) => long({ id: i, title: i < 10 ? 'حکومت' : 'government' })).join('');
    expect(lines.length).toBeGreaterThan(8 * 1024 * 1024);
    await change('POST', '/indexes/stream/documents?primaryKey=id', lines, { 'content-type': 'application/x-ndjson' });
    expect(await held('stream')).toMatchObject(LEAN);
    expect((await call('GET', '/indexes/stream/stats')).body.numberOfDocuments).toBe(90);
  });

  it('not by documents that Meilisearch refuses to take', async () => {
    await change('PUT', '/indexes/refused/settings/stop-words', ['the']);
    const answer = await call('POST', '/indexes/refused/documents?primaryKey=id', URDU, { authorization: 'Bearer wrong' });
    expect(answer.status).toBe(403);
    expect(await tasksOf('refused')).toEqual(['settingsUpdate']);
    expect(await held('refused')).toMatchObject(PLAIN);
  });

  it('and also when it is built anew', async () => {
    const address = { url: justuju.engineUrl, adminKey: justuju.adminKey };
    const all = (documents: Record<string, unknown>[]): AsyncIterable<Record<string, unknown>> => Readable.from(documents);
    await reindex(address, 'seeded', all(URDU), { settings: { typoTolerance: { enabled: false }, stopWords: ['اور'] } });
    expect(await held('seeded')).toMatchObject(LEAN);
    expect(await read('seeded')).toMatchObject({
      typoTolerance: { ...TYPOS, enabled: false },
      rankingRules: DEFAULT_RULES,
      stopWords: ['اور'],
    });
    await reindex(address, 'seeded', all(ENGLISH));
    expect(await held('seeded')).toMatchObject(PLAIN);

    // An index that stayed plain because its first documents were English.
    await add('grown', ENGLISH);
    await change('PATCH', '/indexes/grown/settings', { rankingRules: ['words', 'id:asc'], displayedAttributes: ['id', 'title'] });
    await add('grown', [...URDU.map((document) => ({ ...document, id: document.id + 10 }))]);
    await analyzeAnew(address, 'grown');
    expect(await held('grown')).toMatchObject({ typoTolerance: { enabled: false }, rankingRules: ['words', 'id:asc'] });
    expect(await read('grown')).toMatchObject({ ...PLAIN, rankingRules: ['words', 'id:asc'], displayedAttributes: ['id', 'title'] });
    // And one of which most is English now.
    await add(
      'grown',
      Array.from({ length: 5 }, (_, i) => ({ id: 100 + i, title: 'river' })),
    );
    await analyzeAnew(address, 'grown');
    expect(await held('grown')).toMatchObject({ typoTolerance: TYPOS, rankingRules: ['words', 'id:asc'] });
  });
});

describe('the settings of an Urdu index are the client’s', () => {
  beforeAll(() => add('own', URDU));

  it.each([
    ['PATCH', '/typo-tolerance', { minWordSizeForTypos: { oneTypo: 4 } }, 'typoTolerance'],
    ['PATCH', '/typo-tolerance', { enabled: false, disableOnWords: ['پا\u0643ستان'] }, 'typoTolerance'],
    ['PATCH', '/typo-tolerance', { disableOnAttributes: ['title'], disableOnNumbers: true }, 'typoTolerance'],
    ['PATCH', '/typo-tolerance', { enabled: true, minWordSizeForTypos: { twoTypos: 8 } }, 'typoTolerance'],
    ['PATCH', '/typo-tolerance', { enabled: null, disableOnWords: null }, 'typoTolerance'],
    ['DELETE', '/typo-tolerance', undefined, 'typoTolerance'],
    ['PUT', '/ranking-rules', ['words', 'typo', 'id:desc'], 'rankingRules'],
    ['PUT', '/ranking-rules', [...LEAN_RULES], 'rankingRules'],
    ['PUT', '/ranking-rules', [...DEFAULT_RULES], 'rankingRules'],
    ['DELETE', '/ranking-rules', undefined, 'rankingRules'],
    ['PUT', '/displayed-attributes', ['id', 'title'], 'displayedAttributes'],
    ['DELETE', '/displayed-attributes', undefined, 'displayedAttributes'],
  ])('%s %s %j: answers as Meilisearch does', async (method, path, body, name) => {
    // The same changes, one after the other, in an index that Justuju knows nothing of.
    const theirs = await direct(method, `/indexes/model/settings${path}`, body);
    const model = await finished(justuju.url, theirs.body.taskUid);
    const task = await change(method, `/indexes/own/settings${path}`, body);
    expect(task.details).toEqual(model.details);
    const expected = (await direct('GET', `/indexes/model/settings${path}`)).body;
    expect(await read('own', path)).toEqual(expected);
    expect((await read('own'))[name]).toEqual(expected);
    expect((await held('own')).typoTolerance.enabled).toBe(false);
    expect(JSON.stringify(await read('own'))).not.toContain('_urdu');
  });

  it('what must be seen of a hit is, and not by the client', async () => {
    await change('PUT', '/indexes/own/settings/displayed-attributes', ['title']);
    expect((await held('own')).displayedAttributes).toEqual(['title', sortShadow('title'), STAMP]);
    expect((await call('POST', '/indexes/own/search', { q: 'کراچی' })).body.hits).toEqual([{ title: 'کراچی کا موسم' }]);
    await change('DELETE', '/indexes/own/settings/displayed-attributes');
  });

  it('is refused in Meilisearch’s words', async () => {
    for (const [path, method, body] of [
      ['typo-tolerance', 'PATCH', { enabled: 'no' }],
      ['typo-tolerance', 'PATCH', { enabled: false, minWordSizeForTypos: { oneTypo: 9, twoTypos: 5 } }],
      ['typo-tolerance', 'PATCH', { enabeld: false }],
      ['ranking-rules', 'PUT', ['wrods']],
      ['ranking-rules', 'PUT', 'words'],
    ] as const) {
      const [ours, theirs] = [
        await call(method, `/indexes/own/settings/${path}`, body),
        await direct(method, `/indexes/model/settings/${path}`, body),
      ];
      expect({ status: ours.status, body: ours.body }).toEqual({ status: 400, body: theirs.body });
    }
  });

  it('survives a reset of everything', async () => {
    await change('PATCH', '/indexes/own/settings', { rankingRules: ['words'], typoTolerance: { enabled: false }, synonyms: { a: ['b'] } });
    await change('DELETE', '/indexes/own/settings');
    await direct('DELETE', '/indexes/model/settings').then(({ body }) => finished(justuju.url, body.taskUid));
    expect(await read('own')).toEqual((await direct('GET', '/indexes/model/settings')).body);
    expect(await held('own')).toMatchObject(LEAN);
  });

  it('goes along in a swap', async () => {
    await add('left', URDU);
    await add('right', ENGLISH);
    await change('PATCH', '/indexes/left/settings/typo-tolerance', { minWordSizeForTypos: { oneTypo: 4 } });
    await change('POST', '/swap-indexes', [{ indexes: ['left', 'right'] }]);
    expect(await read('right', '/typo-tolerance')).toEqual({ ...TYPOS, minWordSizeForTypos: { oneTypo: 4, twoTypos: 9 } });
    expect(await read('left', '/typo-tolerance')).toEqual(TYPOS);
    await change('PATCH', '/indexes/right/settings/typo-tolerance', { enabled: true });
    await change('PATCH', '/indexes/left/settings/typo-tolerance', { enabled: true });
    expect((await held('right')).typoTolerance.enabled).toBe(false);
    expect((await held('left')).typoTolerance.enabled).toBe(true);
    await corrects('right');
    expect(await ids('left', { q: 'jehlum' })).toEqual([2]);
  });

  it('costs no indexing when it comes or goes', async () => {
    const documents = Array.from({ length: 1_500 }, (_, id) => ({ id, title: 'حکومت', body: 'لاہور کراچی پشاور کوئٹہ '.repeat(60) }));
    const indexing = await add('quick', documents);
    const quick = await direct('PATCH', '/indexes/quick/settings', { ...PLAIN, synonyms: {} });
    const leaving = await finished(justuju.url, quick.body.taskUid);
    const back = await direct('PATCH', '/indexes/quick/settings', { ...LEAN, synonyms: { note: ['x'.repeat(500)] } });
    const entering = await finished(justuju.url, back.body.taskUid);
    for (const task of [leaving, entering]) expect(secondsOf(task) * 5).toBeLessThan(secondsOf(indexing));
  });
});

const secondsOf = ({ duration }: { readonly duration: string }): number => Number(/^PT([\d.]+)S$/.exec(duration)?.[1]);

describe('typos', () => {
  beforeAll(async () => {
    await add('typos', URDU);
    await corrects('typos');
  });
  const typos = (body: unknown): Promise<unknown> => change('PATCH', '/indexes/typos/settings/typo-tolerance', body);
  const isCorrected = async (q: string): Promise<boolean> => {
    const { body } = await call('POST', '/indexes/typos/search', { q });
    return JSON.stringify(body.urdu?.understood ?? {}).includes('"corrected"');
  };
  afterEach(() => change('DELETE', '/indexes/typos/settings/typo-tolerance'));

  it('of Urdu words and of Latin words are corrected by Justuju', async () => {
    for (const q of ['حقومت', 'Meilisaerch', 'Meilsaerch']) expect([q, await isCorrected(q)]).toEqual([q, true]);
    expect(await ids('typos', { q: 'حقومت' })).toEqual([1]);
    expect(await ids('typos', { q: 'Meilisaerch' })).toEqual([1]);
    expect(await ids('typos', { q: 'karachi' })).toEqual([2]);
    const { body } = await call('POST', '/indexes/typos/search', { q: 'Meilisaerch', attributesToHighlight: ['body'] });
    expect(body.hits[0]._formatted.body).toContain('<em>Meilisearch</em>');
    expect(body.urdu.didYouMean).toBe('Meilisearch');
  });

  it('are not, where the client says so', async () => {
    await typos({ enabled: false });
    for (const q of ['حقومت', 'Meilisaerch']) expect([q, await isCorrected(q)]).toEqual([q, false]);
    expect(await ids('typos', { q: 'حقومت' })).toEqual([]);
    for (const [q, id] of [
      ['حکومت', 1],
      ['karachi', 2],
      ['کر اچی', 2],
    ] as const)
      expect([q, await ids('typos', { q })]).toEqual([q, [id]]);
  });

  it('are not in the words that the client names', async () => {
    await typos({ disableOnWords: ['حقومت', 'meilisaerch'] });
    for (const q of ['حقومت', 'Meilisaerch']) expect([q, await isCorrected(q)]).toEqual([q, false]);
    expect(await ids('typos', { q: 'حقومت' })).toEqual([]);
    expect(await ids('typos', { q: 'حکومتت' })).toEqual([1]);
  });

  it('are not in short words, where the client sets sizes', async () => {
    await typos({ minWordSizeForTypos: { oneTypo: 7, twoTypos: 12 } });
    expect(await ids('typos', { q: 'حقومت' })).toEqual([]);
    expect(await ids('typos', { q: 'Meilisaerch' })).toEqual([1]);
    // Two letters are wrong, and it has ten.
    expect(await isCorrected('Meilsaerch')).toBe(false);
  });

  it('are not where only fields without typos are searched', async () => {
    await typos({ disableOnAttributes: ['title'] });
    expect(await ids('typos', { q: 'حقومت', attributesToSearchOn: ['title'] })).toEqual([]);
    expect(await ids('typos', { q: 'حقومت' })).toEqual([1]);
  });

  it('and ranking scores of an English index are Meilisearch’s', async () => {
    await add('birds', ENGLISH);
    await direct('POST', '/indexes/theirs/documents?primaryKey=id', ENGLISH).then(({ body }) => finished(justuju.url, body.taskUid));
    const asked = { q: 'hreons crane', showRankingScoreDetails: true, showRankingScore: true, attributesToHighlight: ['body'] };
    const [ours, theirs] = [await call('POST', '/indexes/birds/search', asked), await direct('POST', '/indexes/theirs/search', asked)];
    expect(ours.body.hits).toHaveLength(1);
    expect(Object.keys(ours.body.hits[0]._rankingScoreDetails)).toEqual(Object.keys(theirs.body.hits[0]._rankingScoreDetails));
    expect(ours.body.hits[0]).toMatchObject({ _formatted: theirs.body.hits[0]._formatted });
    expect(ours.body.hits[0]._rankingScoreDetails.typo).toEqual(theirs.body.hits[0]._rankingScoreDetails.typo);
  });

  it('and of an Urdu index are Justuju’s, by which its hits have their places', async () => {
    const { body } = await call('POST', '/indexes/typos/search', { q: 'حکومت', showRankingScoreDetails: true });
    expect(body.hits[0]._rankingScoreDetails).toEqual({ urdu: { order: 0, score: expect.any(Number) as number } });
  });
});

it('the official client sets and reads them', async () => {
  const client = new Meilisearch({
    host: justuju.url,
    ...(justuju.adminKey === undefined ? {} : { apiKey: justuju.adminKey }),
    defaultWaitOptions: { interval: 20, timeout: 20_000 },
  });
  const index = client.index('official');
  await index.addDocuments([...URDU], { primaryKey: 'id' }).waitTask();
  expect(await index.getTypoTolerance()).toEqual(TYPOS);
  expect(await index.getRankingRules()).toEqual(DEFAULT_RULES);
  await index.updateTypoTolerance({ enabled: false, minWordSizeForTypos: { oneTypo: 4 } }).waitTask();
  expect(await index.getTypoTolerance()).toEqual({ ...TYPOS, enabled: false, minWordSizeForTypos: { oneTypo: 4, twoTypos: 9 } });
  await index.updateRankingRules(['words', 'exactness']).waitTask();
  expect(await index.getRankingRules()).toEqual(['words', 'exactness']);
  expect((await held('official')).rankingRules).toEqual(['words', 'exactness']);
  await index.resetRankingRules().waitTask();
  await index.resetTypoTolerance().waitTask();
  await index.updateDisplayedAttributes(['id']).waitTask();
  expect(await index.getSettings()).toMatchObject({ ...PLAIN, displayedAttributes: ['id'] });
  expect(await held('official')).toMatchObject(LEAN);
});
