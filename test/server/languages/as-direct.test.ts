/**
 * Collections of other languages: the same documents in Meilisearch alone and through Justuju, the same queries, the same hits in the same order.
 * Both are one real engine; `alone` is written past Justuju.
 */
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { COLLECTIONS } from './collections.js';

let justuju: TestJustuju;
const asAdmin = (): Record<string, string> => (justuju.adminKey === undefined ? {} : { authorization: `Bearer ${justuju.adminKey}` });

beforeAll(async () => {
  justuju = await startJustuju();
});
afterAll(() => justuju.stop());

/** Two indexes with the same documents and settings. */
async function twice(uid: string, documents: readonly object[], settings: object = {}): Promise<void> {
  for (const [base, name] of [
    [justuju.engineUrl, `${uid}_alone`],
    [justuju.url, uid],
  ] as const) {
    if (Object.keys(settings).length > 0) await done(base, 'PATCH', `/indexes/${name}/settings`, settings);
    await done(base, 'POST', `/indexes/${name}/documents`, documents);
  }
}

async function done(base: string, method: string, path: string, body: unknown): Promise<void> {
  const { body: task } = await call(base, method, path, body, asAdmin());
  expect(await finished(base, task.taskUid, asAdmin())).toMatchObject({ status: 'succeeded' });
}

interface Found {
  readonly alone: unknown;
  readonly through: unknown;
}

async function search(uid: string, body: object): Promise<Found> {
  const marked = { attributesToHighlight: ['*'], showRankingScore: true, ...body };
  const [alone, through] = await Promise.all([
    call(justuju.engineUrl, 'POST', `/indexes/${uid}_alone/search`, marked, asAdmin()),
    call(justuju.url, 'POST', `/indexes/${uid}/search`, marked, asAdmin()),
  ]);
  const shown = ({ status, body: answer }: typeof alone): unknown => ({ status, hits: answer.hits, total: answer.estimatedTotalHits });
  return { alone: shown(alone), through: shown(through) };
}

describe.each(COLLECTIONS)('a collection in $language', ({ language, documents, queries }) => {
  beforeAll(() => twice(language, documents));

  it.each(queries)('finds for %s what Meilisearch finds alone', async (q) => {
    const { alone, through } = await search(language, { q });
    expect(through).toEqual(alone);
  });
});

const ARABIC = COLLECTIONS.find(({ language }) => language === 'arabic')?.documents ?? [];
const JAPANESE = COLLECTIONS.find(({ language }) => language === 'japanese')?.documents ?? [];
const settingsOf = async (base: string, uid: string): Promise<unknown> =>
  (await call(base, 'GET', `/indexes/${uid}/settings`, undefined, asAdmin())).body;
const ids = async (uid: string, body: object): Promise<number[]> => {
  const { body: answer } = await call(justuju.url, 'POST', `/indexes/${uid}/search`, body, asAdmin());
  return (answer.hits as { id: number }[]).map(({ id }) => id).sort((a, b) => a - b);
};

describe('settings of other languages', () => {
  it('read back as without Justuju, and hold', async () => {
    const settings = {
      stopWords: ['في', 'عن'],
      synonyms: { مباراة: ['لقاء'] },
      dictionary: ['كرة القدم'],
      rankingRules: ['words', 'typo'],
    };
    await twice('arabic_set', [...ARABIC, { id: 20, title: 'لقاء الوزير', body: 'لقاء في القاهرة' }], settings);
    expect(await settingsOf(justuju.url, 'arabic_set')).toEqual(await settingsOf(justuju.engineUrl, 'arabic_set_alone'));
    for (const q of ['مباراة', 'في القاهرة', 'كرة القدم', 'عن']) {
      const { alone, through } = await search('arabic_set', { q });
      expect(through).toEqual(alone);
    }
  });

  it('are kept for each field, and so is the language that a query names', async () => {
    const localizedAttributes = [
      { attributePatterns: ['title', 'id'], locales: ['jpn'] },
      { attributePatterns: ['*dy'], locales: ['cmn'] },
    ];
    await twice('by_field', JAPANESE, { localizedAttributes });
    expect(await settingsOf(justuju.url, 'by_field')).toEqual(await settingsOf(justuju.engineUrl, 'by_field_alone'));
    for (const body of [
      { q: '東京' },
      { q: '東京', locales: ['jpn'] },
      { q: '大学', locales: ['cmn'] },
      { q: '勉強', attributesToSearchOn: ['title'] },
    ]) {
      const { alone, through } = await search('by_field', body);
      expect(through).toEqual(alone);
    }
  });

  it('of documents that come after English ones', async () => {
    const english = [1, 2, 3].map((id) => ({ id: 100 + id, title: `News ${id}`, body: 'The school opens today.' }));
    await twice('later', english);
    await done(justuju.engineUrl, 'POST', '/indexes/later_alone/documents', ARABIC);
    await done(justuju.url, 'POST', '/indexes/later/documents', ARABIC);
    for (const q of ['المدرسة', 'مدرسة', 'كتاب', 'school']) {
      const { alone, through } = await search('later', { q });
      expect(through).toEqual(alone);
    }
  });
});

describe('collections of several languages', () => {
  beforeAll(async () => {
    const urdu = [
      { id: 31, title: 'الیکشن کے نتائج', body: 'پاکستان میں الیکشن ہوئے۔ الگ الگ جماعتیں جیتیں۔' },
      { id: 32, title: 'اسکول کھل گئے', body: 'لاہور کے تمام اسکول آج کھل گئے ہیں، الحمد للہ۔' },
      { id: 33, title: 'الزام', body: 'الزامات کی تحقیق ہو رہی ہے' },
    ];
    await done(justuju.url, 'POST', '/indexes/urdu_japanese/documents', [...urdu, ...JAPANESE.slice(0, 3)]);
    await done(justuju.url, 'POST', '/indexes/urdu_arabic/documents', [...ARABIC, ...urdu]);
    await done(justuju.url, 'POST', '/indexes/arabic_only/documents', ARABIC);
    await done(justuju.url, 'PATCH', '/indexes/verses/settings', {
      localizedAttributes: [{ attributePatterns: ['verse'], locales: ['ara'] }],
    });
    await done(justuju.url, 'POST', '/indexes/verses/documents', [
      { id: 1, verse: 'قل هو الله أحد الله الصمد', translation: 'کہہ دو کہ وہ اللہ ایک ہے' },
      { id: 2, verse: 'الحمد لله رب العالمين', translation: 'سب تعریفیں اللہ کے لیے ہیں' },
    ]);
  });

  it('find Urdu and Japanese, each by its own words', async () => {
    expect(await ids('urdu_japanese', { q: '新しい' })).toEqual([3]);
    expect(await ids('urdu_japanese', { q: 'たくさん' })).toEqual([2]);
    expect(await ids('urdu_japanese', { q: 'الیکشن' })).toEqual([31]);
    expect(await ids('urdu_japanese', { q: 'الگ' })).toEqual([31]);
    expect(await ids('urdu_japanese', { q: 'الزام' })).toEqual([33]);
    expect(await ids('urdu_japanese', { q: 'لاہور たくさん' })).toEqual(expect.arrayContaining([32]));
  });

  it('find Urdu among more Arabic, and Arabic by the article and without', async () => {
    expect(await ids('urdu_arabic', { q: 'الیکشن' })).toEqual([31]);
    expect(await ids('urdu_arabic', { q: 'اسکولوں' })).toEqual([32]);
    expect(await ids('urdu_arabic', { q: 'مدرسة' })).toEqual([1]);
    expect(await ids('urdu_arabic', { q: 'المدرسة' })).toContain(1);
  });

  it('find Arabic by a query from an Urdu keyboard', async () => {
    expect(await ids('arabic_only', { q: 'کتاب' })).toEqual([2]);
    expect(await ids('arabic_only', { q: 'مکتبۃ' })).toEqual([6]);
    const { body } = await call(justuju.url, 'POST', '/indexes/arabic_only/search', { q: 'کتاب' }, asAdmin());
    expect(body.query).toBe('کتاب');
  });

  it('leave a field to Arabic that the client says is Arabic', async () => {
    expect(await ids('verses', { q: 'صمد', attributesToSearchOn: ['verse'] })).toEqual([1]);
    expect(await ids('verses', { q: 'تعریف' })).toEqual([2]);
  });
});

describe('words of Urdu stay whole in Meilisearch, whatever it takes their language for', () => {
  const WORDS = ['الگ', 'البرٹ', 'الزام', 'الف', 'آلو', 'الیکشن', 'الجھن', 'الماری', 'القاعدہ', 'ابتدائی', 'آئین', 'موسیٰ', 'اللہ', 'کوئی'];
  beforeAll(async () => {
    await done(justuju.url, 'PATCH', '/indexes/words/settings', { stopWords: ['البتہ'] });
    await done(
      justuju.url,
      'POST',
      '/indexes/words/documents',
      [...WORDS, 'البتہ دیر ہے', 'گ رٹ زام'].map((title, id) => ({ id, title })),
    );
  });

  it.each(WORDS.map((word, id) => [word, id] as const))('%s', async (q, id) => {
    expect(await ids('words', { q })).toEqual([id]);
  });

  it('a stop word that begins with ال among them', async () => {
    expect(await ids('words', { q: 'البتہ دیر' })).toEqual([WORDS.length]);
    expect((await call(justuju.url, 'GET', '/indexes/words/settings/stop-words', undefined, asAdmin())).body).toEqual(['البتہ']);
  });
});
