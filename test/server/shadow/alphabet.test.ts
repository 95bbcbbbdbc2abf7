import { compareByAlphabet } from '../../../server/shadow/alphabet.js';

const LETTERS = 'ا ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ء ی ے'.split(' ');
const WORDS = [
  'اجلاس',
  'آسمان',
  'بات',
  'بچہ',
  'پانی',
  'تار',
  'ٹماٹر',
  'ثمر',
  'چاول',
  'ڈاک',
  'ڑے',
  'ژالہ',
  'کان',
  'گاجر',
  'گاڑی',
  'لاہور',
  'وقت',
  'ہاتھ',
  'یاد',
];

it.each([
  ['letters', LETTERS],
  ['words', WORDS],
  ['other texts before', ['10', '2', 'Zoo', 'apple', 'انار', 'ایک اور', 'ایک']],
])('%s stand as in a dictionary', (_what, texts) => {
  const sorted = texts.toReversed().sort(compareByAlphabet);
  if (_what === 'other texts before') expect(sorted.slice(0, 4)).toEqual(['10', '2', 'Zoo', 'apple']);
  else expect(sorted).toEqual(texts);
});

it('a word stands before one that goes on', () => expect(compareByAlphabet('ایک', 'ایک اور')).toBeLessThan(0));

it.each([
  ['\u0643\u0631\u0627\u0686\u064A', 'کراچی', 'ل'],
  ['\u0644\u0627\u0647\u0648\u0631', 'لاہور', 'م'],
])('Arabic letters (%s) stand beside their Urdu ones', (arabic, urdu, next) => {
  expect(compareByAlphabet(arabic, next)).toBeLessThan(0);
  expect([next, arabic, urdu].sort(compareByAlphabet).at(-1)).toBe(next);
});

it('marks tell apart only what nothing else does', () => {
  expect(compareByAlphabet('کِتاب', 'کتابت')).toBeLessThan(0);
  expect(compareByAlphabet('کِتاب', 'کباب')).toBeGreaterThan(0);
});
