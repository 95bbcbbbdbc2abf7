/** Dates in Urdu, and years as the seconds that the index stores. Dates carry no time of day and no zone: UTC throughout. */
import { urduDigits } from './numbers.js';

const MONTHS = ['جنوری', 'فروری', 'مارچ', 'اپریل', 'مئی', 'جون', 'جولائی', 'اگست', 'ستمبر', 'اکتوبر', 'نومبر', 'دسمبر'] as const;

/** "2023-08-14" → "۱۴ اگست ۲۰۲۳ء". Anything that is not a date of the calendar gives `undefined`: then the page shows none. */
export function urduDate(date: unknown): string | undefined {
  if (typeof date !== 'string') return undefined;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  if (year === undefined) return undefined;
  const parsed = new Date(`${date}T00:00:00Z`);
  // JavaScript rolls 31 February over into March; a reader should not see a date that nobody wrote.
  if (Number.isNaN(parsed.getTime()) || parsed.getUTCDate() !== Number(day)) return undefined;
  return urduDigits(`${Number(day)} ${MONTHS[Number(month) - 1]} ${year}ء`);
}

/** The first second of a year, in Unix seconds. */
export const startOfYear = (year: number): number => Date.UTC(year, 0, 1) / 1000;

export const yearOf = (unixSeconds: number): number => new Date(unixSeconds * 1000).getUTCFullYear();
