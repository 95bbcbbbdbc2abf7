/** Dates as documents have them. They carry no time of day and no zone that a reader should see: UTC throughout. */

/** A day of the calendar; `month` from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Unix seconds stay below this until the year 5138; milliseconds are above it since March 1973. */
const SECONDS_BELOW = 1e11;

/** "2023-08-14", with or without a time behind it, Unix seconds or milliseconds. Anything that is no date of the calendar gives `undefined`: then none is shown. */
export function readDay(date: unknown): Day | undefined {
  if (typeof date === 'number') return fromMilliseconds(Math.abs(date) < SECONDS_BELOW ? date * 1000 : date);
  if (typeof date !== 'string') return undefined;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/.exec(date) ?? [];
  if (year === undefined) return undefined;
  const found = fromMilliseconds(Date.parse(`${year}-${month}-${day}T00:00:00Z`));
  // JavaScript rolls 31 February over into March; a reader should not see a date that nobody wrote.
  return found?.day === Number(day) ? found : undefined;
}

function fromMilliseconds(milliseconds: number): Day | undefined {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return undefined;
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** For `datetime` of `<time>`. */
export const isoDay = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
