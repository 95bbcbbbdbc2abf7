/** What the values of a field are, by some documents. */
import { isNumber } from '../json/exact-json.js';
import { isObject } from '../json/is-object.js';

export type Documents = readonly Readonly<Record<string, unknown>>[];
export type DateUnit = 'iso' | 'seconds' | 'milliseconds';

/** The values of a field, lists taken apart; empty ones are none. Inner fields by their path, `author.name`. */
export const valuesOf = (field: string, documents: Documents): readonly unknown[] =>
  documents.flatMap((document) => valueAt(document, field)).filter((value) => value !== null && value !== undefined && value !== '');

function valueAt(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valueAt(item, path));
  if (path === '') return [value];
  if (!isObject(value)) return [];
  if (path in value) return valueAt(value[path], '');
  const dot = path.indexOf('.');
  return dot === -1 ? [] : valueAt(value[path.slice(0, dot)], path.slice(dot + 1));
}

export const isText = (value: unknown): value is string => typeof value === 'string';

/** Web addresses; a browser may be sent to no other. */
export const isAddress = (value: unknown): boolean => isText(value) && /^https?:\/\/[^\s/]/i.test(value);

const ISO = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}.*)?)?$/;
/** Numbers from here on are times, before it they are years, prices and counts: March 1973, in seconds. */
const FIRST_SECOND = 100_000_000;
/** And from here on they count milliseconds: March 1973 again, or the year 5138. */
const FIRST_MILLISECOND = 100_000_000_000;

/** How a field tells dates; undefined where not all of its values are dates of one kind. */
export function dateUnitOf(values: readonly unknown[]): DateUnit | undefined {
  const units = new Set(values.map(unitOf));
  return units.size === 1 ? [...units][0] : undefined;
}

function unitOf(value: unknown): DateUnit | undefined {
  if (isText(value)) return ISO.test(value) && !Number.isNaN(Date.parse(value)) ? 'iso' : undefined;
  if (!isNumber(value)) return undefined;
  const number = Math.abs(Number(value));
  return number >= FIRST_MILLISECOND ? 'milliseconds' : number >= FIRST_SECOND ? 'seconds' : undefined;
}

/** Words in a line of verse. */
const VERSE = { least: 2, most: 16 } as const;
/** Of texts so many must be verses; of their lines so many may be otherwise: a heading, a name below. */
const MOST_TEXTS = 0.6;
const MOST_LINES = 0.9;
/** Of the lines of verses so few end as sentences of prose do. */
const FEW_ENDS = 0.25;

/** Whether texts are verses: several short lines each, few of which end in a full stop. */
export function areVerses(texts: readonly string[]): boolean {
  return texts.length > 0 && texts.filter(isVerse).length >= texts.length * MOST_TEXTS;
}

function isVerse(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length < 2) return false;
  const short = lines.filter((line) => {
    const { length } = line.split(/\s+/);
    return length >= VERSE.least && length <= VERSE.most;
  });
  const ended = lines.filter((line) => /[۔.]$/u.test(line));
  return short.length >= lines.length * MOST_LINES && ended.length <= lines.length * FEW_ENDS;
}
