import type { Token } from '@justuju/urdu';
import { analyze, isBelowZero } from '@justuju/urdu';
import { hasArabicScript } from '../shadow/shadow.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { otherSpellings } from '../vocabulary/loan-spellings.js';
import { sameNumbers, signedNumbers } from './same-numbers.js';
import { type Reading, type Slot, slotOf, togetherReading } from './slots.js';
import type { Reason } from './wanted.js';

/** A figure with its sign, and how many tokens it is. */
export interface ReadSum {
  readonly slot: Slot;
  readonly length: number;
}

const termsOf = (words: string): readonly string[] => analyze(words).map(({ term }) => term);
/** Words of signs that texts also write as two. */
const WRITTEN_APART: ReadonlyMap<string, readonly string[]> = new Map([['فیصد', ['فی', 'صد']]]);
const [DEGREE] = termsOf('ڈگری');
/** How texts write degrees of a scale without the word for degrees: 12 سینٹی گریڈ. Who leaves out the scale means Celsius. */
const SCALES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  c: ['سینٹی گریڈ', 'سنٹی گریڈ', 'سینٹی گریٹ', 'سیلسیس'].map(termsOf),
  f: ['فارن ہائیٹ', 'فارن ہائٹ'].map(termsOf),
};
/** Whose money it is, between the figure and its word: 500 امریکی ڈالر. */
const WHOSE = termsOf('امریکی برطانوی پاکستانی بھارتی کینیڈین آسٹریلوی');
/** What the sum is worth written the other way round, in other figures, or without the letter of its scale. */
const WRITTEN_OTHERWISE = 0.95;
/** What one that goes on is worth while the figure is still being typed, and how many are looked at. */
const BEGUN = 0.9;
const MOST_BEGUN = 8;

/**
 * A figure with a sign beside it ($500, 25%, 45 °C): neither 500 nor ڈالر is meant by itself. Found are both together, in either order and in any form of the word, since texts write the sign before the figure and its
 * word behind it. A sum that the collection has nowhere finds nothing: another amount, or the same of another money, is no answer.
 *
 * @returns undefined where none begins
 */
export function readSum(
  text: string,
  tokens: readonly Token[],
  first: number,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): ReadSum | undefined {
  if (!isSumAt(tokens, first)) return undefined;
  const [one, other, letter] = tokens.slice(first, first + 3) as [Token, Token, Token?];
  const [sign, figure] = isSign(one) ? [one, other] : [other, one];
  const scale = isScale(letter, other) ? letter : undefined;
  const run = [one, other, ...(scale ? [scale] : [])];
  const isOpen = lastIsPrefix && figure === tokens.at(-1);
  const held = heldWays(figure.term, sign, scale, knowledge);
  const ways = held.length === 0 && isOpen ? begunWays(figure.term, sign, knowledge) : held;
  const written = text.slice(one.start, run.at(-1)?.end);
  const typed = togetherReading([one.term, other.term], 'exact', 1, knowledge);
  if (ways.length === 0) return { slot: { ...slotOf(written, [typed], knowledge, false), rarity: 0 }, length: run.length };
  const readings = ways.map(
    (terms, nth): Reading => ({
      ...togetherReading(terms, reasonOf(terms), nth === 0 ? 1 : held.length === 0 ? BEGUN : WRITTEN_OTHERWISE, knowledge),
      ...(nth > 0 && { isSame: true as const }),
    }),
  );
  return { slot: slotOf(written, readings, knowledge, false), length: run.length };
}

/** Degrees below zero are another sum, found by who leaves out the sign. */
const reasonOf = (terms: readonly string[]): Reason => (terms.some(isBelowZero) ? 'spelling' : 'exact');

/** The ways in which the collection writes a sum, the one that was typed first. */
function heldWays(figure: string, sign: Token, scale: Token | undefined, knowledge: Knowledge): readonly (readonly string[])[] {
  const roots = [sign.root, ...otherSpellings(sign.root).map(({ root }) => root)];
  const words = [...new Set([sign.term, ...roots.flatMap((root) => knowledge.vocabulary.formsOf(root))])];
  const apart = WRITTEN_APART.get(sign.term);
  const ways = [figure, ...sameNumbers(figure), ...(sign.term === DEGREE ? signedNumbers(figure) : [])].flatMap((number) => [
    ...words.flatMap((word) => [
      ...(scale ? [[number, word, scale.term]] : []),
      [word, number],
      [number, word],
      ...WHOSE.map((whose) => [number, whose, word]),
    ]),
    ...(sign.term === DEGREE ? (SCALES[scale?.term ?? 'c'] ?? []).map((named) => [number, ...named]) : []),
    ...(apart
      ? [
          [number, ...apart],
          [...apart, number],
        ]
      : []),
  ]);
  // Forms of one word have one root, by which they are found.
  const found = ways.filter((terms) => knowledge.together(terms) > 0).map((terms) => togetherReading(terms, 'exact', 1, knowledge));
  return [...new Map(found.map(({ terms, roots }) => [roots.join(' '), terms])).values()];
}

/** Sums of the same money whose figure begins as was typed: $75, of $750. */
function begunWays(figure: string, sign: Token, knowledge: Knowledge): readonly (readonly string[])[] {
  return figuresBegun(figure, knowledge).flatMap((begun) => heldWays(begun, sign, undefined, knowledge));
}

const figuresBegun = (figure: string, knowledge: Knowledge): readonly string[] =>
  knowledge
    .completions(figure, MOST_BEGUN)
    .map(({ term }) => term)
    .filter((term) => /^\d+(?:d\d+)?$/.test(term));

/** A figure that a sum may have, and the way in which the collection writes both. */
interface Written {
  readonly figure: string;
  readonly way: readonly string[];
}

/** How the sum at a place goes on whose figure, the last token, is still being typed: `Rs 7` as 750, in whatever order the collection writes it. Nothing where none stands there. */
export function sumsGoingOn(tokens: readonly Token[], at: number, knowledge: Knowledge): readonly Written[] {
  const [sign, figure] = tokens.slice(at, at + 2);
  if (sign === undefined || figure?.type !== 'number' || !isSumAt(tokens, at)) return [];
  const figures = [figure.term, ...figuresBegun(figure.term, knowledge)];
  return [...new Set(figures)].flatMap((one) => {
    const [way] = heldWays(one, sign, undefined, knowledge);
    return way === undefined ? [] : [{ figure: one, way }];
  });
}

/** So many sums of a query are looked for in all the ways in which they are written, some 25 each. */
const MOST_SUMS = 8;

/** Tells of each place, asked in their order, whether one of the first sums of a query stands there. */
export function firstSums(tokens: readonly Token[]): (at: number) => boolean {
  let sums = 0;
  return (at) => {
    const isSum = sums < MOST_SUMS && isSumAt(tokens, at);
    if (isSum) sums += 1;
    return isSum;
  };
}

/** Between a figure and its sign, in UTF-16 code units: `Rs. 500`. */
const LONGEST_GAP = 2;

/** Whether a figure and its sign stand at a place, in either order. */
function isSumAt(tokens: readonly Token[], at: number): boolean {
  const [one, other] = tokens.slice(at, at + 2);
  if (one === undefined || other === undefined) return false;
  const isNear = other.start - one.end <= LONGEST_GAP;
  return isNear && ((isSign(one) && other.type === 'number') || (one.type === 'number' && isSign(other)));
}

/** A sign or an abbreviation that is read as its word. */
const isSign = ({ type, text, term }: Token): boolean =>
  type === 'word' && hasArabicScript(term) && !/\p{Script=Arabic}/u.test(text.replace(RIAL_AND_PERCENT, ''));

/** Signs of Arabic script. */
const RIAL_AND_PERCENT = /[\uFDFC\u066A]/g;

/** C and F behind the sign of degrees. */
const isScale = (letter: Token | undefined, sign: Token): letter is Token =>
  letter?.type === 'latin' && letter.start === sign.end && /^[cf]$/i.test(letter.text);
