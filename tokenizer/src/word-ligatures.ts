/**
 * Ligatures of one word: ﷲ, ﷴ, ﷶ and their kin (U+FDF0 to U+FDF9), and the sign of the riyal. Each ends in a shape that joins nothing, so to a reader
 * it stands by itself, wherever the space was left out: غلامﷴ is غلام محمد, عبدﷲ is عبد اللہ.
 */
import { classOf, LETTER } from './classes.js';
import { foldWord } from './fold.js';
import { ALEF, ALLAH, LAM } from './letters.js';

const WORD_LIGATURE = /[\uFDF0-\uFDF9\uFDFC]/;
const WORD_LIGATURES = new RegExp(WORD_LIGATURE, 'g');

/** Written as one with the word behind them: واللہ (by God), باللہ, للہ, برسول. */
const PROCLITICS = 'وبلتفک';
const isProclitic = (letters: string): boolean => letters.length === 1 && PROCLITICS.includes(letters);
/** The article, before any but ﷲ, which has its own: الرسول. */
const ARTICLE = ALEF + LAM;

/** ﷰ and ﷱ (signs of the Quran) and ﷼ are never part of a longer word. */
const ALONE = /[\uFDF0\uFDF1\uFDFC]/;
/** ﷴ and ﷶ, and endings that are no word of their own behind them: محمدی, رسولوں. */
const NAME = /[\uFDF4\uFDF6]/;
const ENDINGS = new Set('ی یت یوں وں'.split(' '));

/** Words in alef before ﷲ. After any other the alef is the ligature's own: عبداﷲ. */
const ENDING_IN_ALEF = new Set('الا ثنا عطا ضیا رضا بقا فدا ولا علا وفا شفا لقا صفا ذکا بہا شا ماشا انشا جزا سزا خدا یا'.split(' '));

/** A word with such ligatures in it, cut before and behind each; undefined if there is nothing to cut. Pieces add up to the word. */
export function cutAtLigatures(raw: string): string[] | undefined {
  if (!WORD_LIGATURE.test(raw)) return undefined;
  const pieces: string[] = [];
  let from = 0;
  const cutAt = (at: number): void => {
    if (at > from && at < raw.length) {
      pieces.push(raw.slice(from, at));
      from = at;
    }
  };
  for (const { index } of raw.matchAll(WORD_LIGATURES)) {
    cutAt(startOf(raw, from, index));
    const next = nextLetter(raw, index + 1);
    if (!NAME.test(raw[index] ?? '') || !ENDINGS.has(foldWord(raw.slice(next)))) cutAt(next);
  }
  if (pieces.length === 0) return undefined;
  pieces.push(raw.slice(from));
  return pieces;
}

/** Where the word of the ligature at `at` begins, `from` or later: with the alef or the proclitic before ﷲ. */
function startOf(raw: string, from: number, at: number): number {
  const before = foldWord(raw.slice(from, at));
  // A sign that stands before its word (U+0600) is no word.
  if (before === '') return from;
  if (ALONE.test(raw[at] ?? '')) return at;
  if (isProclitic(before)) return from;
  if (raw[at] !== ALLAH) return before === ARTICLE ? from : at;
  if (before === ALEF) return from;
  if (!before.endsWith(ALEF) || ENDING_IN_ALEF.has(before)) return at;
  if (isProclitic(before.slice(0, -1))) return from;
  let start = at - 1;
  while (start > from && classOf(raw.charCodeAt(start)) !== LETTER) start -= 1;
  // A ligature that ends in alef (لا) cannot be cut.
  return foldWord(raw.slice(start, at)) === ALEF ? start : at;
}

/** The next letter from `from` on: marks belong to the ligature. */
function nextLetter(raw: string, from: number): number {
  let at = from;
  while (at < raw.length && classOf(raw.charCodeAt(at)) !== LETTER) at += 1;
  return at;
}
