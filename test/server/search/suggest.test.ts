import { generateTenantToken } from 'meilisearch/token';
import { readPageSettings } from '../../../server/page/settings.js';
import { type Answer, call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const TITLES = [
  'شطرنج کی بساط',
  'شطرنج کے کھلاڑی',
  'شہر میں شطرنج',
  'شہر کی سڑک',
  'شہر کا بازار',
  'شاعری کی رات',
  'شاعری اور زندگی',
  'زندگی اور شہر',
  'زندگی کی کہانی',
  'آج کی خبر',
  'آج کا دن',
  'شہد',
];

let justuju: TestJustuju;
let admin: Record<string, string>;
let searchKey: { readonly uid: string; readonly key: string };
beforeAll(async () => {
  const masterKey = 'a-master-key-of-sixteen-letters';
  const page = readPageSettings(
    JSON.stringify({
      indexes: [
        { uid: 'lines', fields: { headline: 'content.line' } },
        { uid: 'untitled', fields: { headline: null } },
      ],
    }),
    'page.json',
  );
  justuju = await startJustuju({ masterKey, page });
  admin = { authorization: `Bearer ${masterKey}` };
  const documents = TITLES.map((title, id) => ({
    id,
    title,
    body: id < 2 ? 'کھیل کا بیان' : 'خبر کا بیان',
    owner: id === 0 ? 'sara' : 'ali',
  }));
  const { body } = await call(justuju.url, 'POST', '/indexes/articles/documents', documents, admin);
  await finished(justuju.url, body.taskUid, admin);
  const settings = await call(justuju.url, 'PATCH', '/indexes/articles/settings', { filterableAttributes: ['owner'] }, admin);
  await finished(justuju.url, settings.body.taskUid, admin);
  const keys = await call(justuju.url, 'GET', '/keys', undefined, admin);
  searchKey = keys.body.results.find((key: { actions: string[] }) => key.actions.length === 1 && key.actions[0] === 'search');
  // Completions come from indexes that are built when indexing has settled.
  await eventually('words are completed', async () => (await texts('شطر')).includes('شطرنج'));
}, 60_000);
afterAll(() => justuju.stop());

const suggest = (q: string, more = '', headers = admin): Promise<Answer> =>
  call(justuju.url, 'GET', `/suggest?q=${encodeURIComponent(q)}${more}`, undefined, headers);
const texts = async (q: string, kind?: 'words' | 'title', more = ''): Promise<string[]> => {
  const { status, body } = await suggest(q, more);
  expect(status).toBe(200);
  return (body.suggestions as { text: string; kind: string }[])
    .filter((one) => kind === undefined || one.kind === kind)
    .map(({ text }) => text);
};

describe('suggest', () => {
  it('completes a word, and finds titles that hold it', async () => {
    const { body } = await suggest('شطر');
    expect(body.query).toBe('شطر');
    expect(body.suggestions[0]).toEqual({ text: 'شطرنج', kind: 'words', documents: 3 });
    expect(await texts('شطر', 'title')).toEqual(expect.arrayContaining(TITLES.filter((title) => title.includes('شطرنج'))));
  });

  it('the most frequent completion first, words before titles, nothing twice', async () => {
    const { body } = await suggest('ش', '&limit=20');
    const counts = (body.suggestions as { kind: string; documents?: number }[])
      .filter(({ kind }) => kind === 'words')
      .map(({ documents }) => documents ?? 0);
    expect(counts.length).toBeGreaterThan(1);
    expect([...counts].sort((a, b) => b - a)).toEqual(counts);
    const kinds = (body.suggestions as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds).toEqual([...kinds].sort((a, b) => (a === b ? 0 : a === 'words' ? -1 : 1)));
    const all = await texts('ش', undefined, '&limit=20');
    expect(new Set(all).size).toBe(all.length);
  });

  it('keeps the words before the one that is typed', async () => expect(await texts('شہر میں شطر', 'words')).toEqual(['شہر میں شطرنج']));

  it.each(['خبر اور شطر', 'khabar aur shah', 'شطرنج شہ'])('suggests no words that stand together nowhere: %s', async (typed) =>
    expect(await texts(typed, 'words')).toEqual([]),
  );

  it('writes words as the collection does', async () => expect(await texts('اج', 'words')).toEqual(['آج']));

  it.each([
    ['shat', 'شطرنج'],
    ['shatr', 'شطرنج'],
    ['zind', 'زندگی'],
    ['zindagi aur shah', 'زندگی اور شہر'],
    ['shay', 'شاعری'],
  ])('reads Roman %s as the beginning of %s', async (typed, expected) => expect(await texts(typed, 'words')).toContain(expected));

  it('suggests what only one document holds where there is room, last', async () => {
    expect(await texts('شہ', 'words')).toEqual(['شہر', 'شہد']);
    expect(await texts('شہ', 'words', '&limit=2')).toEqual(['شہر']);
  });

  it('suggests titles alone after a finished word', async () => {
    expect(await texts('شطرنج ', 'words')).toEqual([]);
    expect(await texts('شطرنج ', 'title')).not.toEqual([]);
  });

  it.each([
    ['1', 1],
    ['3', 3],
    ['0', 0],
  ])('gives no more than %s', async (limit, most) =>
    expect((await texts('ش', undefined, `&limit=${limit}`)).length).toBeLessThanOrEqual(most),
  );

  it.each(['', ' ', '۔', '"', '-', '😀', '\u202E', 'قرنطینہ', 'ش'.repeat(5_000)])('has a sensible answer to %j', async (q) => {
    const { status, body } = await suggest(q.slice(0, 2_000));
    expect(status).toBe(200);
    expect(Array.isArray(body.suggestions)).toBe(true);
  });

  it.each(['&limit=many', '&limit=-1', '&limit=51', '&index=no%20such%20name', '&q=twice'])('refuses %s', async (more) => {
    const { status, body } = await suggest('ش', more);
    expect(status).toBe(400);
    expect(body).toMatchObject({ type: 'invalid_request', message: expect.any(String) as unknown });
  });

  it('says of an index that is not there what Meilisearch says', async () => {
    const { status, body } = await suggest('ش', '&index=nowhere');
    expect([status, body.code]).toEqual([404, 'index_not_found']);
  });

  it('tells a stranger nothing', async () => {
    const { status, body } = await suggest('ش', '', { authorization: 'Bearer wrong' });
    expect([status, body.code]).toEqual([403, 'invalid_api_key']);
  });

  it('gives a tenant the titles that he may read, and the words of his documents', async () => {
    const token = await generateTenantToken({
      apiKey: searchKey.key,
      apiKeyUid: searchKey.uid,
      searchRules: { articles: { filter: 'owner = sara' } },
    });
    const { status, body } = await suggest('شطر', '', { authorization: `Bearer ${token}` });
    expect(status).toBe(200);
    expect(body.suggestions).toEqual([
      { text: 'شطرنج', kind: 'words', documents: 1 },
      { text: TITLES[0], kind: 'title' },
    ]);
  });
});

describe('suggest in a small collection without titles', () => {
  const TEXTS = ['وزیراعظم کا دورہ', 'وزیر اعظم کا خطاب', 'کراچی کی بندرگاہ', 'کپتان کا انتخاب', 'پاکستان کی ریل', 'ماڈل XR-5520 کی قیمت'];
  beforeAll(async () => {
    const documents = TEXTS.map((text, id) => ({ id, text }));
    await finished(justuju.url, (await call(justuju.url, 'POST', '/indexes/small/documents', documents, admin)).body.taskUid, admin);
    const titled = TEXTS.map((title, id) => ({ id, title }));
    await finished(justuju.url, (await call(justuju.url, 'POST', '/indexes/titled/documents', titled, admin)).body.taskUid, admin);
    await eventually('words are completed', async () => (await texts('کپتا', undefined, '&index=small')).includes('کپتان'));
  }, 60_000);

  it.each([
    ['وزیرا', 'وزیراعظم', 'a compound that was begun as one word'],
    ['karach', 'کراچی', 'a word of one document, where there is nothing else'],
    ['पाकि', 'پاکستان', 'from Devanagari'],
  ])('%s → %s: %s', async (typed, expected) => expect(await texts(typed, undefined, '&index=small')).toContain(expected));

  it('no far-fetched reading of a Latin word', async () => expect(await texts('kubernet', undefined, '&index=small')).toEqual([]));

  it('the code that is typed, completed, and a title with it', async () =>
    expect(await texts('XR-55', undefined, '&index=titled')).toEqual(['XR-5520', TEXTS[5]]));
});

describe('titles of a suggestion', () => {
  const TEXT = 'کتاب کی دنیا';
  const index = async (uid: string, document: object, settings: object = {}): Promise<void> => {
    await finished(justuju.url, (await call(justuju.url, 'PATCH', `/indexes/${uid}/settings`, settings, admin)).body.taskUid, admin);
    await finished(justuju.url, (await call(justuju.url, 'POST', `/indexes/${uid}/documents`, [document], admin)).body.taskUid, admin);
  };

  it('stand in the field that the page has as its headline, wherever it lies', async () => {
    await index(
      'lines',
      { id: 1, title: 'اور کچھ', content: { line: TEXT, note: 'کتاب' } },
      { searchableAttributes: ['content.line', 'title'] },
    );
    expect(await texts('کتاب', 'title', '&index=lines')).toEqual([TEXT]);
  });

  it('else in one that is called as headlines are', async () => {
    await index('called', { id: 1, متن: 'اور کچھ', شہ_سرخی: TEXT });
    expect(await texts('کتاب', 'title', '&index=called')).toEqual([TEXT]);
  });

  it('are none where the page has none', async () => {
    await index('untitled', { id: 1, title: TEXT });
    expect(await texts('کتاب', 'title', '&index=untitled')).toEqual([]);
  });
});
