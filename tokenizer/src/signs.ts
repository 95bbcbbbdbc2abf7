/**
 * Signs that are read as words: $500 is 500 ڈالر, 50% is 50 فیصد, 25°C is 25 ڈگری C. Before the number or behind it, with a space or without. Their terms are the words, so that who
 * writes the one finds the other. Of abbreviations only those that stand for nothing else: Rs. and the codes of currencies (PKR, USD).
 */
import { foldWord } from './fold.js';
import { rootOf } from './root.js';

/** A word, and the signs and Latin abbreviations that are read so. All rupee signs are one: each country means its own. */
const WORDS: readonly (readonly [word: string, signs: string, abbreviations?: readonly string[]])[] = [
  ['روپیہ', '\u20A8\u20B9', ['rs', 'pkr']],
  ['ڈالر', '$\uFE69\uFF04', ['usd', 'us$']],
  ['یورو', '\u20AC', ['eur']],
  ['پاؤنڈ', '\u00A3\u20A4\uFFE1', ['gbp']],
  ['ین', '\u00A5\uFFE5'],
  ['لیرا', '\u20BA'],
  ['ٹکا', '\u09F3'],
  ['فیصد', '%\u066A\uFE6A\uFF05'],
  ['ڈگری', '\u00B0\u00BA\u2103\u2109'],
];

/** A term and its root. */
export interface ReadAs {
  readonly term: string;
  readonly root: string;
}

let signs: ReadonlyMap<string, ReadAs> | undefined;

function read(): ReadonlyMap<string, ReadAs> {
  if (signs) return signs;
  const found = new Map<string, ReadAs>();
  for (const [word, characters, abbreviations = []] of WORDS) {
    const term = foldWord(word);
    for (const sign of [...characters, ...abbreviations]) found.set(sign, { term, root: rootOf(term) });
  }
  signs = found;
  return found;
}

/** What a sign, or a Latin word in lower case, is read as; undefined for all that are read as they stand. */
export const readAs = (written: string): ReadAs | undefined => read().get(written);
