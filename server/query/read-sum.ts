import type { Token } from '@justuju/urdu';
import { hasArabicScript } from '../shadow/shadow.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { type Reading, type Slot, slotOf, togetherReading } from './slots.js';

/** A figure with its sign, and how many tokens it is. */
export interface ReadSum {
  readonly slot: Slot;
  readonly length: number;
}

/** Words of signs that texts also write as two. */
const WRITTEN_APART: ReadonlyMap<string, readonly string[]> = new Map([['فیصد', ['فی', 'صد']]]);
/** What the sum is worth written the other way round, or without the letter of its scale. */
const WRITTEN_OTHERWISE = 0.95;

/**
 * A figure with a sign beside it ($500, 25%, 45 °C): neither 500 nor ڈالر is meant by itself. Found are both together, in either order, since texts write the sign before the figure and its word behind it.
 * Undefined where none begins, or where no sentence of the collection holds both: then they are two words.
 */
export function readSum(text: string, tokens: readonly Token[], first: number, knowledge: Knowledge): ReadSum | undefined {
  if (!isSumAt(tokens, first)) return undefined;
  const [one, other, letter] = tokens.slice(first, first + 3) as [Token, Token, Token?];
  const [sign, figure] = isSign(one) ? [one, other] : [other, one];
  const parts = WRITTEN_APART.get(sign.term);
  const isApart = parts !== undefined && knowledge.together([figure.term, ...parts]) > 0;
  if (!isApart && !knowledge.areInOneSentence([sign.root, figure.root])) return undefined;
  const scale = isScale(letter, other) ? letter : undefined;
  const terms = [one.term, other.term];
  const asWritten = scale && knowledge.together([...terms, scale.term]) > 0 ? [[...terms, scale.term]] : [];
  const [best = terms, ...others] = [...asWritten, terms, terms.toReversed(), ...(isApart ? [[figure.term, ...parts]] : [])];
  const readings: Reading[] = [
    togetherReading(best, 'exact', 1, knowledge),
    ...others.map((words): Reading => ({ ...togetherReading(words, 'exact', WRITTEN_OTHERWISE, knowledge), isSame: true })),
  ];
  const run = [one, other, ...(scale ? [scale] : [])];
  return { slot: slotOf(text.slice(one.start, run.at(-1)?.end), readings, knowledge, false), length: run.length };
}

/** Between a figure and its sign, in UTF-16 code units: `Rs. 500`. */
const LONGEST_GAP = 2;

/** Whether a figure and its sign stand at a place, in either order. */
export function isSumAt(tokens: readonly Token[], at: number): boolean {
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
