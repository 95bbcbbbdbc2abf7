/** What nobody should type, and somebody does: an answer that makes sense, soon, and never an error of ours. */
import { call } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju({ samples: true });
  // The first search of an index waits for its store.
  await call(justuju.url, 'POST', '/indexes/articles/search', { q: 'آج' });
}, 60_000);
afterAll(() => justuju.stop());

const ALL = 96;

interface Found {
  readonly names: readonly string[];
  readonly total: number;
  readonly ms: number;
  // biome-ignore lint/suspicious/noExplicitAny: the answer's own shape
  readonly urdu: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

async function search(q: string, more: object = {}): Promise<Found> {
  const started = performance.now();
  const { status, body } = await call(justuju.url, 'POST', '/indexes/articles/search', { q, limit: 100, ...more });
  const ms = performance.now() - started;
  expect(status).toBe(200);
  expect(body.query).toBe(q);
  const hits = body.hits as { file: string }[];
  return {
    names: hits.map(({ file }) => file.replace(/^.*\//, '').replace(/\.txt$/, '')),
    total: body.estimatedTotalHits,
    ms,
    urdu: body.urdu,
  };
}

/** Far above what is promised, for a busy machine; what it guards against are seconds and minutes. */
const SOON_MS = 5_000;

describe('everything, when nothing is asked', () => {
  it.each([
    ['', 'nothing'],
    ['   ', 'spaces'],
    ['۔', 'a full stop'],
    ['؟!،', 'marks'],
    ['"', 'a quote'],
    ['""', 'an empty phrase'],
    ['" "', 'a phrase of a space'],
    ['-', 'a minus'],
    ['- -', 'two'],
    ['\u064E\u064F', 'vowel marks without a letter'],
  ])('%j: %s', async (q) => {
    const { names, ms } = await search(q);
    expect(names).toHaveLength(ALL);
    expect(ms).toBeLessThan(SOON_MS);
  });
});

// No Arabic letters: Meilisearch answers alone, and takes these for a word that nobody wrote.
it.each([
  ['\u202E', 'a right-to-left override alone'],
  ['\u200C\u200D\u200F', 'characters without width alone'],
])('%j: %s', async (q) => expect([0, ALL]).toContain((await search(q)).names.length));

describe('only function words', () => {
  it.each(['کا', 'کے لیے', 'یہ ہے کہ اس کا اور ان کے', 'ki', 'کیا ہے؟'])('%s: what holds them', async (q) => {
    const { names, urdu } = await search(q);
    expect(names.length).toBeGreaterThan(0);
    expect(urdu?.didYouMean === undefined || q === 'ki').toBe(true);
  });
});

describe('only what is not wanted', () => {
  it.each([
    ['-شطرنج', 'school-chess'],
    ['-"خون کا عطیہ"', 'blood-donation'],
  ])('%s: everything else', async (q, gone) => {
    const { names } = await search(q);
    expect(names).not.toContain(gone);
    expect(names).toHaveLength(ALL - 1);
  });
});

describe('very long', () => {
  // `decisive` keeps the ten rarest words; words that no document holds are the rarest, and leave no room for those that are held.
  it('2,000 words that no article holds, beside two that one does: the two decide', async () => {
    const filler = Array.from(
      { length: 1_998 },
      (_, i) => `قرنط${'بپتٹجچدڈرڑسشفقکگلم'[i % 18] ?? ''}ژظ${'بپتٹجچدڈرڑسشفقکگلم'[Math.floor(i / 18) % 18] ?? ''}`,
    ).join(' ');
    expect((await search(`شطرنج بساط ${filler}`)).names[0]).toBe('school-chess');
  });

  it('2,000 different words: an answer, soon', async () => {
    const { ms } = await search(`شطرنج بساط ${Array.from({ length: 1_998 }, (_, i) => `قرنطینہ${i}`).join(' ')}`);
    expect(ms).toBeLessThan(SOON_MS);
  });

  it('2,000 words of articles', async () => {
    const words = 'حکومت شہر پانی بچے سال لوگ کام گھر دن دنیا'.split(' ');
    const { names, ms } = await search(Array.from({ length: 2_000 }, (_, i) => words[i % words.length]).join(' '));
    expect(names.length).toBeGreaterThan(0);
    expect(ms).toBeLessThan(SOON_MS);
  });

  it.each([
    ['a word of 2,000 letters', 'شطرنجبریانی'.repeat(182)],
    [
      '500 different words with a slip',
      Array.from({ length: 500 }, (_, i) => `حقو${'بپتٹجچدڈرڑ'[i % 10] ?? ''}${'سشفقکگلم'[i % 8] ?? ''}مت${i % 7}`).join(' '),
    ],
    ['20,000 Latin letters', 'shatranj'.repeat(2_500)],
    ['20,000 Devanagari letters', 'शतरंज'.repeat(4_000)],
    ['20,000 quotes', '"'.repeat(20_000)],
    ['20,000 minuses', '- '.repeat(10_000)],
    ['20,000 hyphens in a word', 'shab-o-'.repeat(3_000)],
    ['a megabyte of spaces', ' '.repeat(1_000_000)],
    ['20,000 marks on a letter', `ش${'\u064E'.repeat(20_000)}`],
  ])('%s', async (_what, q) => expect((await search(q)).ms).toBeLessThan(SOON_MS));
});

describe('one letter', () => {
  it.each(['ا', 'ش', 'و', 'a', 'क', '1'])('%s: a beginning', async (q) => {
    const { ms } = await search(q);
    expect(ms).toBeLessThan(SOON_MS);
  });
  it('finds the words that begin so', async () => expect((await search('ش')).names.length).toBeGreaterThan(5));
});

describe('odd characters', () => {
  it.each([
    ['شطرنج 😀', 'a picture beside a word'],
    ['\u202Eشطرنج', 'a right-to-left override before it'],
    ['شط\u202Eرنج', 'and within it'],
    ['شطرنج\u0000', 'a null'],
    ['شطرنج\n\t', 'a line break and a tab'],
    ['"شطرنج', 'a quote that is not closed'],
    ['شطرنج"', 'a quote that was not opened'],
    ['”شطرنج“', 'quotes the wrong way round'],
    ['((شطرنج))', 'brackets'],
    ['<b>شطرنج</b>', 'markup'],
    ['شطرنج' + '\uFE0F', 'a variation selector'],
  ])('%j: %s', async (q) => expect((await search(q)).names[0]).toBe('school-chess'));

  it.each(['😀', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}', '🇵🇰🇵🇰', '\uFFFD', '\uFFFF', '𞤀𞤁', '中文', 'ﷺ', '﷽'])('%s alone', async (q) => {
    expect((await search(q)).urdu?.didYouMean).toBeUndefined();
  });

  it('finds the ligature that an article writes', async () =>
    expect((await search('ﷺ')).names).toEqual(expect.arrayContaining(['qawwali-night', 'museum-reopens'])));

  it.each([
    ['"شطرنج \\ud800"', 'a high surrogate alone'],
    ['"شط\\udc00رنج"', 'a low one within a word'],
    ['"\\ud83d"', 'half a picture'],
  ])('%s: %s', async (json) => {
    const { status } = await call(justuju.url, 'POST', '/indexes/articles/search', `{"q": ${json}}`);
    expect([200, 400]).toContain(status);
    const suggested = await call(justuju.url, 'GET', '/suggest?q=%ED%A0%80');
    expect([200, 400]).toContain(suggested.status);
  });
});
