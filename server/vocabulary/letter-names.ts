/**
 * Latin letters as Urdu says and writes them: abbreviations are read out, and written so (PTI is پی ٹی آئی).
 * Source: written by the Justuju authors from the language. Format: a letter, then its names, the usual one first; a name of several words has them joined by `+`.
 * To change: edit a line; `test/server/vocabulary/letter-names.test.ts` reads each letter both ways.
 */
import { analyze } from '@justuju/urdu';

const LETTER_NAMES = `
  a اے
  b بی
  c سی
  d ڈی
  e ای
  f ایف
  g جی
  h ایچ ہیچ
  i آئی
  j جے
  k کے
  l ایل
  m ایم
  n این
  o او
  p پی
  q کیو
  r آر
  s ایس
  t ٹی
  u یو
  v وی
  w ڈبلیو ڈبل+یو
  x ایکس
  y وائی وائے
  z زیڈ زی`;

/** Longer ones are words. */
const LONGEST_ABBREVIATION = 8;
/** Spellings of one abbreviation that are tried. */
const MOST_SPELLINGS = 16;

/** A letter → the terms of each of its names. */
const NAMES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  LETTER_NAMES.trim()
    .split('\n')
    .map((line) => {
      const [letter = '', ...names] = line.trim().split(' ');
      if (!/^[a-z]$/.test(letter) || names.length === 0) throw new TypeError(`"${line.trim()}" is not a small Latin letter and its names`);
      return [letter, names.map((name) => analyze(name.replaceAll('+', ' ')).map(({ term }) => term))] as const;
    }),
);

/** The term of a name of one word → its letter. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  Array.from(NAMES, ([letter, names]) =>
    names.flatMap((terms) => (terms.length === 1 ? [[terms[0] as string, letter] as const] : [])),
  ).flat(),
);

/** The terms that the letters of a Latin abbreviation are called, in every usual spelling, the commonest first. Empty for what is no abbreviation. */
export function letterNames(abbreviation: string): readonly (readonly string[])[] {
  const letters = abbreviation.toLowerCase().replaceAll('.', '');
  if (!/^[a-z]+$/.test(letters) || letters.length > LONGEST_ABBREVIATION) return [];
  let spellings: readonly (readonly string[])[] = [[]];
  for (const letter of letters) {
    const names = NAMES.get(letter) ?? [];
    spellings = spellings.flatMap((before) => names.map((name) => [...before, ...name])).slice(0, MOST_SPELLINGS);
  }
  return spellings;
}

/** The letter that an Urdu term is the name of: ایف is f. */
export const letterOf = (term: string): string | undefined => LETTERS.get(term);

/** The names of letters that were written as one word: پیٹیآئی. Undefined where it is none such. */
export function lettersApart(term: string): readonly string[] | undefined {
  // reached[i]: the names that the first i letters are made of, the fewest.
  const reached: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= term.length; end += 1)
    for (let start = Math.max(0, end - LONGEST_NAME); start < end; start += 1) {
      const before = reached[start];
      const name = term.slice(start, end);
      if (before === undefined || !LETTERS.has(name)) continue;
      const known = reached[end];
      if (known === undefined || before.length + 1 < known.length) reached[end] = [...before, name];
    }
  return reached[term.length];
}

const LONGEST_NAME = Math.max(...Array.from(LETTERS.keys(), (name) => name.length));
