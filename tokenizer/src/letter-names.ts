/** How abbreviations are spelt in Urdu: by the names of English letters (پی۔آئی۔اے for PIA), or by single Urdu letters (م۔ا۔). */
import { foldWord } from './fold.js';

/** The names of A to Z, as they are spelt. */
export const LETTER_NAMES: readonly string[] =
  'اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ڈبلیو ایکس وائی زیڈ'.split(' ');

const names = new Set(LETTER_NAMES.map(foldWord));
/** The longest of them has five letters: ڈبلیو. */
const LONGEST_NAME = 5;
/** With two, ٹیوی would be found, and بیوی (wife) too. */
const FEWEST_NAMES = 3;

/** True for the folded name of a letter, or a single letter. */
export const isLetterName = (letters: string): boolean => letters.length === 1 || names.has(letters);

/** The lengths of the letter names that a word is made of, three at least: پیٹیآئی is پی ٹی آئی. Undefined if it is none of that. */
export function lettersNamedIn(word: string): readonly number[] | undefined {
  // waysTo[i]: a way to read the first i letters, as the lengths of names.
  const waysTo: (readonly number[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    for (let length = 2; length <= Math.min(LONGEST_NAME, end); length += 1) {
      const before = waysTo[end - length];
      if (before !== undefined && names.has(word.slice(end - length, end))) waysTo[end] = [...before, length];
    }
  }
  const found = waysTo[word.length];
  return found !== undefined && found.length >= FEWEST_NAMES ? found : undefined;
}
