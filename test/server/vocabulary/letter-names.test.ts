import { analyze } from '@justuju/urdu';
import { letterNames, letterOf, lettersApart } from '../../../server/vocabulary/letter-names.js';

const NAMES = 'اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ڈبلیو ایکس وائی زیڈ'.split(' ');
const termOf = (word: string): string => analyze(word)[0]?.term ?? '';

it.each(NAMES.map((name, i) => [String.fromCharCode(97 + i), name]))('%s is %s, and back', (letter, name) => {
  expect(letterNames(letter)[0]).toEqual([termOf(name)]);
  expect(letterNames(letter.toUpperCase())[0]).toEqual([termOf(name)]);
  expect(letterOf(termOf(name))).toBe(letter);
});

it.each([
  ['PTI', 'پی ٹی آئی'],
  ['B.B.C.', 'بی بی سی'],
  ['isi', 'آئی ایس آئی'],
])('%s → %s', (latin, urdu) => expect(letterNames(latin)[0]).toEqual(urdu.split(' ').map(termOf)));

it('tries the names that a letter has', () =>
  expect(letterNames('WZ').map((terms) => terms.join(' '))).toEqual(['ڈبلیو زیڈ', 'ڈبلیو زی', 'ڈبل یو زیڈ', 'ڈبل یو زی']));

it.each(['', 'F16', 'پی', 'abbreviations', 'a b'])('%j is no abbreviation', (text) => expect(letterNames(text)).toEqual([]));

it.each([
  ['پیٹیآئی', 'پی ٹی آئی'],
  ['یوایسبی', 'یو ایس بی'],
  ['ایمکیوایم', 'ایم کیو ایم'],
  ['بیبیسی', 'بی بی سی'],
])('%s is made of %s', (joined, apart) => {
  // The analyzer reads some of them so by itself.
  const read = analyze(joined).flatMap(({ term }) => lettersApart(term) ?? [term]);
  expect(read).toEqual(apart.split(' ').map(termOf));
});

it.each(['کتاب', 'سیاست', 'پٹی'])('%s is made of no names', (word) => expect(lettersApart(word)).toBeUndefined());
