/** How many hits each year has, or each few years where there are many. */
import type { Answer } from './answer.js';
import type { DateUnit } from './config.js';

/** Columns that a narrow column of filters can show. */
const MOST_BARS = 24;

export interface Bar {
  /** Both included. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface Bars {
  readonly first: number;
  readonly last: number;
  readonly bars: readonly Bar[];
}

export const yearOf = (value: number, unit: Exclude<DateUnit, 'iso'>): number =>
  new Date(unit === 'seconds' ? value * 1000 : value).getUTCFullYear();

/** The years of facet values, with their counts. */
export function countsByYear(counts: Readonly<Record<string, number>>, unit: DateUnit): Map<number, number> {
  const years = new Map<number, number>();
  for (const [value, count] of Object.entries(counts)) {
    const year = unit === 'iso' ? Number(/^(\d{4})-/.exec(value)?.[1] ?? Number.NaN) : yearOf(Number(value), unit);
    if (Number.isInteger(year)) years.set(year, (years.get(year) ?? 0) + count);
  }
  return years;
}

/** First and last year of the hits; `undefined` where none has a date. */
export function yearsOf(answer: Answer, field: string, unit: DateUnit): { first: number; last: number } | undefined {
  const stats = answer.facetStats[field];
  if (unit !== 'iso' && stats !== undefined) return { first: yearOf(stats.min, unit), last: yearOf(stats.max, unit) };
  const years = [...countsByYear(answer.facets[field] ?? {}, unit).keys()];
  return years.length === 0 ? undefined : { first: Math.min(...years), last: Math.max(...years) };
}

/** Stretches of 1, 2, 5, 10, 20, 50 ... years, so many that they can be shown; each begins at a round year. */
export function stretches(first: number, last: number): { from: number; to: number }[] {
  const years = last - first + 1;
  let step = 1;
  for (let i = 0; years / step > MOST_BARS; i += 1) step = ([1, 2, 5][i % 3] ?? 1) * 10 ** Math.floor(i / 3);
  const begin = Math.floor(first / step) * step;
  return Array.from({ length: Math.floor((last - begin) / step) + 1 }, (_, i) => ({
    from: begin + i * step,
    to: begin + (i + 1) * step - 1,
  }));
}

export const isComplete = (counts: Readonly<Record<string, number>>, mostValues: number): boolean =>
  Object.keys(counts).length < mostValues;
