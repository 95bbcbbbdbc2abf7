/**
 * Temperatures below zero: -5°C, −2.5 °C, منفی 5 ڈگری. Their figure is a term of its own (`minus5`): five degrees of frost are not five degrees. Only where a degree follows, since the
 * hyphen of 5-10, 2018-03-05 and 3-2 is none of the figure's.
 */
import { classOf, DIGIT, FORMAT, LETTER, SEPARATOR, STOP } from './classes.js';
import { foldWord } from './fold.js';
import { letterRunEnd } from './phrases.js';

/** What the term of such a figure begins with. Not a letter alone: m5 is a motorway. */
const BELOW_ZERO = 'minus';

/** The term of a figure below zero. */
export const belowZero = (figure: string): string => BELOW_ZERO + figure;

/** Whether a term is that of a figure below zero. */
export const isBelowZero = (term: string): boolean => /^minus\d+(?:d\d+)?$/.test(term);

/** The hyphen, the sign of mathematics, and the dash that editors make of either. */
const SIGNS: ReadonlySet<number> = new Set([0x2d, 0x2212, 0x2013]);
const DEGREES: ReadonlySet<string> = new Set(['\u00B0', '\u00BA', '\u2103', '\u2109']);
/** Letters and marks of the longest word of a degree, in code units. */
const LONGEST_WORD = 24;

interface Words {
  readonly minus: ReadonlySet<string>;
  readonly degrees: ReadonlySet<string>;
  /** What only گریڈ behind it makes a degree: not of سینٹی میٹر. */
  readonly centi: ReadonlySet<string>;
  readonly grade: string;
}

let folded: Words | undefined;

/** The words that are looked at, in folded letters. */
function words(): Words {
  if (folded) return folded;
  const setOf = (...list: string[]): ReadonlySet<string> => new Set(list.map(foldWord));
  folded = {
    minus: setOf('منفی', 'مائنس'),
    degrees: setOf('ڈگری', 'درجہ', 'درجے', 'سینٹیگریڈ', 'سنٹیگریڈ'),
    centi: setOf('سینٹی', 'سنٹی'),
    grade: foldWord('گریڈ'),
  };
  return folded;
}

/** Whether a word, in folded letters, says minus. */
export const saysMinus = (letters: string): boolean => words().minus.has(letters);

/** Whether a sign stands right before a figure that links it to nothing: that of 5-10 and 5 -10 does. */
export function isSignedAt(text: string, figure: number): boolean {
  if (!SIGNS.has(text.charCodeAt(figure - 1))) return false;
  if (figure === 1) return true;
  const before = classOf(text.charCodeAt(figure - 2));
  const isApart = before === SEPARATOR || before === STOP || before === FORMAT;
  return isApart && !(isSpace(text, figure - 2) && figure > 2 && classOf(text.charCodeAt(figure - 3)) === DIGIT);
}

/** Whether a sign or a word of degrees stands behind a figure, with one space between or none. */
export function isOfDegrees(text: string, end: number): boolean {
  const at = isSpace(text, end) ? end + 1 : end;
  if (DEGREES.has(text[at] ?? '')) return true;
  const first = wordAt(text, at);
  const { degrees, centi, grade } = words();
  const word = foldWord(first);
  return degrees.has(word) || (centi.has(word) && foldWord(wordAt(text, at + first.length + 1)) === grade);
}

/** The word that begins at a place; empty where none does. */
function wordAt(text: string, at: number): string {
  const isWord = at < text.length && classOf(text.charCodeAt(at)) === LETTER;
  return isWord ? text.slice(at, letterRunEnd(text, at, at + LONGEST_WORD)) : '';
}

const isSpace = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\u00A0';
