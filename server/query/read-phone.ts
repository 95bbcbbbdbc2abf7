import { codeAt, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { type Reading, type Slot, slotOf, togetherReading } from './slots.js';

/*
 * Telephone numbers of Pakistan in every way to write them: 0300-1234567, 0300 123 4567, +92 300 1234567, 00923001234567. What is dialled is the same, so each finds all others, as far as the
 * collection holds them.
 */

const COUNTRY = '92';
/** What makes the number an international one, and what stands before it at home. */
const INTERNATIONAL = '00';
const TRUNK = '0';
/** Figures behind the trunk prefix: of a mobile number, which begins with 3, ten; of others nine or ten. */
const SHORTEST = 9;
const LONGEST = 10;
const MOBILE = /^3\d{9}$/;
const MOBILE_CODE = 3;
/** Codes of cities have two figures or three: 042, 0992. */
const CITY_CODES = [2, 3];

const MOST_TOKENS = 5;
const FIGURES = /^[0-9\u0660-\u0669\u06F0-\u06F9]+$/;
/** Between the figures: blanks, brackets, hyphens, dots, the full stop that Urdu keyboards have for a hyphen. */
const GAP = /^[\s()\-\u2010-\u2013.\u06D4]{0,3}$/;
/** What the same number in other groups of figures is worth. */
const WRITTEN_OTHERWISE = 0.95;

/** A telephone number of the query, and how many tokens it is. */
export interface ReadPhone {
  readonly slot: Slot;
  readonly length: number;
}

/**
 * The telephone number that begins at a token.
 *
 * @param text that the tokens are of
 * @returns undefined where none begins, or a code says it all. One that the collection holds in no way of writing finds nothing, as any code
 */
export function readPhone(text: string, tokens: readonly Token[], first: number, knowledge: Knowledge): ReadPhone | undefined {
  if (tokens[first]?.type !== 'number') return undefined;
  const hasPlus = text.slice(0, tokens[first].start).trimEnd().endsWith('+');
  for (let length = runLength(text, tokens, first); length > 0; length -= 1) {
    const run = tokens.slice(first, first + length);
    const number = numberOf(run.map(({ term }) => term).join(''), hasPlus);
    if (number === undefined) continue;
    const readings = readingsOf(run, number, knowledge);
    // Written as a code, and in no other way: then it is read as any code.
    if (readings.length === 1 && readings[0]?.reason === 'exact' && codeAt(text, tokens, first) > 0) return undefined;
    return { slot: slotOf(text.slice(run[0]?.start, run.at(-1)?.end), readings, knowledge, false), length };
  }
  return undefined;
}

function runLength(text: string, tokens: readonly Token[], first: number): number {
  let length = 0;
  for (const token of tokens.slice(first, first + MOST_TOKENS)) {
    const before = tokens[first + length - 1];
    const isFigures = token.type === 'number' && FIGURES.test(token.text);
    if (!isFigures || (length > 0 && !GAP.test(text.slice(before?.end, token.start)))) break;
    length += 1;
  }
  return length;
}

/** The figures behind country code and trunk prefix; undefined where it is no such number. */
function numberOf(figures: string, hasPlus: boolean): string | undefined {
  const digits = hasPlus ? INTERNATIONAL + figures : figures;
  const abroad = INTERNATIONAL + COUNTRY;
  const isBare = !hasPlus && digits.startsWith(COUNTRY) && MOBILE.test(digits.slice(COUNTRY.length));
  let number: string;
  if (digits.startsWith(abroad)) number = digits.slice(abroad.length).replace(/^0/, '');
  else if (isBare) number = digits.slice(COUNTRY.length);
  else if (digits.startsWith(TRUNK)) number = digits.slice(TRUNK.length);
  else return undefined;
  return number.startsWith(TRUNK) || number.length < SHORTEST || number.length > LONGEST ? undefined : number;
}

function readingsOf(run: readonly Token[], number: string, knowledge: Knowledge): Reading[] {
  const typed: Reading = togetherReading(
    run.map(({ term }) => term),
    'exact',
    1,
    knowledge,
  );
  const isHeld = (terms: readonly string[]): boolean => knowledge.together(terms) > 0;
  const others = waysToWrite(number)
    .filter((terms) => terms.join(' ') !== typed.terms.join(' ') && isHeld(terms))
    .map((terms) => ({ ...togetherReading(terms, 'spelling' as const, WRITTEN_OTHERWISE, knowledge), isSame: true as const }));
  if (isHeld(typed.terms) || others.length === 0) return [typed, ...others];
  return others.map((reading, rank) => (rank === 0 ? { ...reading, weight: 1 } : reading));
}

/** In one group of figures, or in several: code and number, the number in two. */
function waysToWrite(number: string): string[][] {
  const ways = [[TRUNK + number], [COUNTRY + number], [INTERNATIONAL + COUNTRY + number]];
  for (const code of MOBILE.test(number) ? [MOBILE_CODE] : CITY_CODES) {
    const [area, rest] = [number.slice(0, code), number.slice(code)];
    for (const groups of [[rest], [rest.slice(0, 3), rest.slice(3)], [rest.slice(0, 4), rest.slice(4)]]) {
      ways.push([TRUNK + area, ...groups], [COUNTRY, area, ...groups], [COUNTRY, TRUNK, area, ...groups], [COUNTRY + area, ...groups]);
      ways.push([INTERNATIONAL + COUNTRY, area, ...groups], [INTERNATIONAL + COUNTRY + area, ...groups]);
    }
  }
  return ways;
}
