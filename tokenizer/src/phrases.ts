/**
 * Ligatures that one character writes and several words spell out. ﷺ is one grapheme, so it can only be one token; the words
 * صلی اللہ علیہ وسلم therefore become one token too, with the same term. It is a formula, nobody looks for its parts.
 * Not so ﷽: بسم اللہ alone is looked for, so the words stay words, and the ligature meets only itself.
 */
import { classOf, FORMAT, LETTER, MARK } from './classes.js';
import { foldWord } from './fold.js';
import { BISMILLAH, JALLAJALALOUHOU, SALLALLAHOU, SALLALLAHOU_WA_AALIHI } from './letters.js';

const SALLALLAHOU_TERM = 'صلیاللہعلیہوسلم';
const JALLAJALALOUHOU_TERM = 'جلجلالہ';

/** The spelt-out formulas, in folded words. */
const FORMULAS: readonly (readonly [words: readonly string[], term: string])[] = [
  [['صلی', 'اللہ', 'علیہ', 'وسلم'], SALLALLAHOU_TERM],
  [['صلی', 'اللہ', 'علیہ', 'و', 'سلم'], SALLALLAHOU_TERM],
  [['صلی', 'اللہ', 'علیہ', 'والہ', 'وسلم'], SALLALLAHOU_TERM],
  [['صلی', 'اللہ', 'علیہ', 'و', 'الہ', 'وسلم'], SALLALLAHOU_TERM],
  [['صلی', 'اللہ', 'علیہ', 'و', 'الہ', 'و', 'سلم'], SALLALLAHOU_TERM],
  [['جل', 'جلالہ'], JALLAJALALOUHOU_TERM],
];

const openers = new Set(FORMULAS.map(([words]) => words[0]));

/** True for the folded first word of a formula. */
export const opensFormula = (letters: string): boolean => openers.has(letters);

/** The term of a ligature that stands for words, or undefined. */
export function ligatureTerm(character: string): string | undefined {
  if (character === SALLALLAHOU || character === SALLALLAHOU_WA_AALIHI) return SALLALLAHOU_TERM;
  if (character === JALLAJALALOUHOU) return JALLAJALALOUHOU_TERM;
  if (character === BISMILLAH) return 'بسماللہالرحمنالرحیم';
  return undefined;
}

/** No formula is longer, marks included, in code units. */
const LONGEST_FORMULA = 80;

/** The formula whose first word ended at `end`, if the rest follows with nothing but spaces between. */
export function readFormula(text: string, firstWord: string, end: number): { end: number; term: string } | undefined {
  let candidates = FORMULAS.filter(([words]) => words[0] === firstWord);
  let found: { end: number; term: string } | undefined;
  let at = end;
  for (let n = 1; candidates.length > 0; n += 1) {
    const wordStart = skipSpaces(text, at);
    if (wordStart === at || wordStart - end > LONGEST_FORMULA) break;
    const wordEnd = letterRunEnd(text, wordStart, end + LONGEST_FORMULA);
    const word = foldWord(text.slice(wordStart, wordEnd));
    candidates = candidates.filter(([words]) => words[n] === word);
    const complete = candidates.find(([words]) => words.length === n + 1);
    if (complete) found = { end: wordEnd, term: complete[1] };
    at = wordEnd;
  }
  return found;
}

function skipSpaces(text: string, start: number): number {
  let at = start;
  while (at < text.length && at - start < LONGEST_FORMULA && (text[at] === ' ' || text[at] === '\u00A0')) at += 1;
  return at;
}

/** The end of a run of letters with their marks, as far as `limit`. */
export function letterRunEnd(text: string, start: number, limit: number): number {
  let at = start;
  let end = start;
  for (; at < text.length && at < limit; at += 1) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === LETTER || kind === MARK) end = at + 1;
    else if (kind !== FORMAT) break;
  }
  return end;
}

/** What a ligature of words spells out, with spaces: for the normalizer, which works on text and not on tokens. */
export function ligatureWords(character: string): string | undefined {
  if (character === SALLALLAHOU || character === SALLALLAHOU_WA_AALIHI) return 'صلی اللہ علیہ وسلم';
  if (character === JALLAJALALOUHOU) return 'جل جلالہ';
  if (character === BISMILLAH) return 'بسم اللہ الرحمن الرحیم';
  return undefined;
}
