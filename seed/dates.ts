import { fold, pattern } from './fold.js';

export interface DateLine {
  /** `YYYY-MM-DD`; null: no calendar has that day ("31 فروری 2025"), or it cannot be read behind a label that says it is a date. */
  readonly date: string | null;
  readonly labelled: boolean;
  /** "اپ ڈیٹ: ..." */
  readonly updated: boolean;
}

/** Urdu names with the variants that are really typed; English in full and by three letters. Position in the list is the month. */
const MONTHS = [
  'جنوری|january|jan',
  'فروری|فرورى|february|feb',
  'مارچ|march|mar',
  'اپریل|ایپریل|april|apr',
  'مئی|مئ|may',
  'جون|june|jun',
  'جولائی|جولائ|july|jul',
  'اگست|august|aug',
  'ستمبر|سپتمبر|september|sept|sep',
  'اکتوبر|اکٹوبر|october|oct',
  'نومبر|november|nov',
  'دسمبر|ڈسمبر|december|dec',
] as const;

const MONTH_PATTERNS = MONTHS.map((names) => pattern(`^(?:${names})$`));
const MONTH = `(?:${MONTHS.join('|')})\\.?`;
const GAP = '[\\s,،۔./-]*';
const NOT_LETTER = '(?![\\p{L}\\p{N}])';

/** In this order: the first that fits the line is believed. Day before month everywhere, as Urdu papers write. */
const FORMS: readonly { readonly form: RegExp; readonly order: 'dmy' | 'mdy' | 'ymd' }[] = [
  { form: pattern(`(?<![\\p{L}\\p{N}])(\\d{1,2})(?:st|nd|rd|th)?${GAP}(${MONTH})${GAP}(\\d{4})(?!\\d)`), order: 'dmy' },
  { form: pattern(`(?<![\\p{L}\\p{N}])(${MONTH})\\s*(\\d{1,2})(?:st|nd|rd|th)?[\\s,،]+(\\d{4})(?!\\d)`), order: 'mdy' },
  { form: pattern('(?<![\\d/.-])(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?![\\d/.-])'), order: 'ymd' },
  { form: pattern('(?<![\\d/.-])(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})(?![\\d/.-])'), order: 'dmy' },
];

/** What may stand beside a date on its line: weekdays, a time of day, a time zone, the sign for the common era. */
const BESIDE = [
  pattern(
    `(?<![\\p{L}\\p{N}])(?:پیر|سوموار|منگل|بدھ|جمعرات|جمعہ|جمعۃ المبارک|ہفتہ|ہفتے|اتوار|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)${NOT_LETTER}`,
  ),
  pattern('t?\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2}(?:\\.\\d+)?)?(?:\\s*z(?![\\p{L}]))?'),
  pattern('[+-]\\d{2}:?\\d{2}(?!\\d)'),
  pattern(`(?<![\\p{L}])(?:am|pm|a\\.m\\.?|p\\.m\\.?|صبح|دوپہر|سہ پہر|شام|رات|بجے|بج کر|منٹ|پر|کو|at|on)${NOT_LETTER}`),
  pattern(`(?<![\\p{L}])(?:gmt|utc|pst|pkt|ist|est|وقت|پاکستانی|مقامی|بروز|مورخہ|بوقت|عیسوی|ء|ع)${NOT_LETTER}`),
];

const LABEL = pattern(
  '^(?:اشاعت کی تاریخ|تاریخ اشاعت|تاریخ|شائع شدہ|شائع کیا گیا|شائع ہوا|شائع|اشاعت|آخری اپ ڈیٹ|اپ ڈیٹ|اپڈیٹ|first published|published|posted|last updated|updated|publication date|publish date|date|dated)' +
    '(?: on| at)?(?![\\p{L}\\p{N}])\\s*[:-]*\\s*',
);

/** The date of a change: it stands for the report's own only when there is no other. */
const UPDATED = pattern('^(?:آخری )?(?:اپ ڈیٹ|اپڈیٹ)|^(?:last )?updated');

/** Labels that announce nothing but a date: behind them an unreadable date is a date all the same. "تاریخ:" alone may be a headline about history. */
const SURE_LABEL = pattern(
  '^(?:اشاعت کی تاریخ|تاریخ اشاعت|شائع شدہ|published|publication date|publish date|date|posted|last updated)(?: on)?\\s*:',
);

/** Years that a report can be from. Outside: a Hijri year, or a slip. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/** Characters of the longest line that can be a date line: weekday, date, time, zone and a label. */
const LONGEST_DATE_LINE = 120;

/**
 * Reads a line that holds a date and nothing else, with or without a label.
 * @returns null when the line is no date line
 */
export function readDateLine(text: string): DateLine | null {
  if (text.length > LONGEST_DATE_LINE) return null;
  const folded = fold(text).replace(/^[^\p{L}\p{N}]+/u, '');
  const label = LABEL.exec(folded)?.[0] ?? '';
  const rest = folded.slice(label.length);
  const labelled = label !== '';
  const updated = UPDATED.test(label);
  for (const { form, order } of FORMS) {
    const match = form.exec(rest);
    if (match === null) continue;
    const beside = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    if (!isOnlyTime(beside)) continue;
    return { date: toDate(match, order), labelled, updated };
  }
  if (SURE_LABEL.test(folded) && rest !== '' && rest.split(' ').length <= 8 && !/[۔؟?!]$/.test(rest)) {
    return { date: null, labelled, updated };
  }
  return null;
}

function isOnlyTime(text: string): boolean {
  let rest = text;
  for (const allowed of BESIDE) rest = rest.replace(new RegExp(allowed.source, 'gu'), ' ');
  return !/[\p{L}\p{N}]/u.test(rest);
}

function toDate(match: RegExpExecArray, order: 'dmy' | 'mdy' | 'ymd'): string | null {
  const [, first = '', second = '', third = ''] = match;
  const [day, month, year] = order === 'dmy' ? [first, second, third] : order === 'mdy' ? [second, first, third] : [third, second, first];
  return calendarDate(Number(year), monthNumber(month), Number(day));
}

function monthNumber(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  return MONTH_PATTERNS.findIndex((names) => names.test(written.replace(/\.$/, ''))) + 1;
}

/** `YYYY-MM-DD`, or null for a day that no calendar has. Never guesses: 03/14/2025 is not taken for the 14th of March. */
function calendarDate(year: number, month: number, day: number): string | null {
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/** Seconds since 1970, UTC, of the day's beginning. */
export const timestampOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1_000;
