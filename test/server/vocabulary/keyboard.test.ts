import { analyze } from '@justuju/urdu';
import fc from 'fast-check';
import { LAYOUTS, looksLikeWrongKeyboard, reverseKeyboard } from '../../../server/vocabulary/keyboard.js';
import { SoundIndex } from '../../../server/vocabulary/sound-index.js';
import { VOCABULARY } from './words.js';

const counts = new Map<string, number>(VOCABULARY);
for (const latin of ['school', 'cricket', 'minister', 'google', 'iphone', 'budget', 'hockey', 'team']) counts.set(latin, 20);
const known = (term: string): number => counts.get(term) ?? 0;
const index = SoundIndex.build(VOCABULARY);
const fitOf = (word: string): number => index.roman(word, 1)[0]?.fit ?? 0;
const terms = (words: readonly string[] | undefined): string | undefined =>
  words &&
  analyze(words.join(' '))
    .map(({ term }) => term)
    .join(' ');

/** Keys of a phonetic layout, and the Urdu that was meant. */
const KEYS = [
  ['zndgi', 'زندگی'],
  ['mHbt', 'محبت'],
  ['ktabwN', 'کتابوں'],
  ['ktabiN', 'کتابیں'],
  ['pakstan', 'پاکستان'],
  ['Hkwmt', 'حکومت'],
  ['wzir aeVm', 'وزیر اعظم'],
  ['Sdr pakstan', 'صدر پاکستان'],
  ['KwbSwrt', 'خوبصورت'],
  ['oindwstan', undefined],
  ['ondwstan', 'ہندوستان'],
  ['dwst dxmn', 'دوست دشمن'],
  ['exq zndgi', 'عشق زندگی'],
  ['Admi ewrt', 'آدمی عورت'],
  ['lRka lRki', 'لڑکا لڑکی'],
  ['ghr xor', 'گھر شہر'],
  ['xaeri Gzl', 'شاعری غزل'],
  ['Gzl', 'غزل'],
  ['Galb aqbal', 'غالب اقبال'],
  ['VJr', undefined],
  ['SbH xam', 'صبح شام'],
  ['Asman zmin', 'آسمان زمین'],
  ['drKt phwl', 'درخت پھول'],
  ['bazar dkan', 'بازار دکان'],
  ['sRk rasto', 'سڑک راستہ'],
  ['qrAn Hdic', undefined],
  ['qrAn HdiC', 'قرآن حدیث'],
  ['mslman', 'مسلمان'],
  ['ealmi jng', 'عالمی جنگ'],
  ['melwm', 'معلوم'],
  ['qanwn edalt', 'قانون عدالت'],
  ['anSaf', 'انصاف'],
  ['Hqiqt', 'حقیقت'],
  ['Jrwrt', 'ضرورت'],
  ['mxkl Asan', 'مشکل آسان'],
  ['aHsan', 'احسان'],
  ['osptal DakTr', 'ہسپتال ڈاکٹر'],
  ['asTixn', 'اسٹیشن'],
  ['kmpiwTr', 'کمپیوٹر'],
  ['krkT Tim', 'کرکٹ ٹیم'],
  ['laowr kraci', 'لاہور کراچی'],
  ['blwcstan kxmir', 'بلوچستان کشمیر'],
  ['tariK tSwir', 'تاریخ تصویر'],
  ['AnkhiN', 'آنکھیں'],
  ['bjT 2014', 'بجٹ 2014'],
] as const;

describe('Urdu keys while the keyboard is in English', () => {
  it('has a table worth its name', () => expect(KEYS.length).toBeGreaterThan(40));
  it.each(KEYS)('%s -> %s', (typed, meant) => {
    const read = looksLikeWrongKeyboard(typed.split(' '), known);
    expect(terms(read)).toBe(meant && terms([meant]));
  });

  it.each([
    ['Hkwmt mslman', 'the first layout'],
    ['hkwmt mslman', 'h for ح'],
  ])('%s: %s', (typed) => expect(terms(looksLikeWrongKeyboard(typed.split(' '), known))).toBe('حکومت مسلمان'));

  it.each([
    'zindagi',
    'pakistan ki hukumat',
    'school cricket minister',
    'google',
    'iPhone',
    'kitab ghar',
    'dil',
    'bat',
    'main aur tum',
    'a',
    '',
    'hello world',
    "be-wafa ba'd",
    'کتاب',
    '2014',
  ])('%s is left alone', (typed) => {
    const words = typed.split(' ').filter((word) => word !== '');
    expect(looksLikeWrongKeyboard(words, known)).toBeUndefined();
    expect(looksLikeWrongKeyboard(words, known, fitOf)).toBeUndefined();
  });

  it('keeps the places of the words', () => {
    expect(looksLikeWrongKeyboard(['Hkwmt', '2014', 'mslman'], known)).toEqual(['حکومت', '2014', 'مسلمان']);
  });

  it('has layouts of one letter a key', () => {
    for (const [, keys] of LAYOUTS)
      for (const [key, letter] of Object.entries(keys)) expect([key.length, letter.length <= 1]).toEqual([1, true]);
  });
});

describe('English while the keyboard is in Urdu', () => {
  it.each([
    ['سچھہہل', 'school'],
    ['چریچکعت', 'cricket'],
    ['منیسٹر', undefined],
    ['مینیستعر', 'minister'],
    ['گہہگلع', 'google'],
    ['بئدگعت', 'budget'],
    ['ھہچکعے', 'hockey'],
    ['ھہچکعے تعام', 'hockey team'],
    ['ھہچکعے تعام 2014', 'hockey team 2014'],
    ['ھہچکعے تعیم', undefined],
    ['ھہچکعے بئدگعت 2014', 'hockey budget 2014'],
    ['کتاب', undefined],
    ['زندگی محبت', undefined],
    ['school', undefined],
    ['', undefined],
  ])('%s -> %s', (typed, meant) => {
    expect(reverseKeyboard(typed.split(' '), known)?.join(' ')).toBe(meant);
  });

  it('reads Roman Urdu as well, if it is told how well that fits', () => {
    expect(reverseKeyboard(['پاکیستان'], known)).toBeUndefined();
    expect(reverseKeyboard(['پاکیستان'], known, fitOf)).toEqual(['pakistan']);
  });
});

describe('laws', () => {
  const word = fc.string({
    unit: fc.oneof(fc.constantFrom(...'abcHKNTxwyo', 'ا', 'ہ', 'ئ', '2', '-'), fc.string({ unit: 'binary', maxLength: 1 })),
    maxLength: 12,
  });
  it.each([looksLikeWrongKeyboard, reverseKeyboard])('%p never throws, and answers word for word', (read) => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.integer({ min: 0, max: 9 }), (words, documents) => {
        const answer = read(words, () => documents);
        expect(answer === undefined || answer.length === words.length).toBe(true);
        expect(read(words, () => documents)).toEqual(answer);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
