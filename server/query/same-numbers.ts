import { belowZero, isBelowZero } from '@justuju/urdu';

/** Numbers that are the same amount: 285.5 and 285.50, 1,250 and 1250.00. A term of a number has its decimals behind a d. */
const NUMBER = /^(minus)?(\d+)(?:d(\d+))?$/;
/** So many decimals prices have. */
const DECIMALS = 2;

/** The other terms of the same amount: without the zeros behind its decimals, and with these as prices have them. None of what is no number. */
export function sameNumbers(term: string): readonly string[] {
  const [, sign = '', whole, decimals = ''] = NUMBER.exec(term) ?? [];
  if (whole === undefined) return [];
  const least = decimals.replace(/0+$/, '');
  const ways = new Set<string>();
  for (let length = least.length; length <= Math.max(DECIMALS, least.length); length += 1)
    ways.add(sign + whole + (length === 0 ? '' : `d${least.padEnd(length, '0')}`));
  ways.delete(term);
  return [...ways];
}

/** The terms of as many degrees below zero: who types 5 may leave out the sign, but nobody adds it. None of what has one. */
export const signedNumbers = (term: string): readonly string[] =>
  NUMBER.test(term) && !isBelowZero(term) ? [term, ...sameNumbers(term)].map(belowZero) : [];
