import { DESK_NAME } from './desks.js';
import { fold, pattern } from './fold.js';

export interface DateLine {
  /** `YYYY-MM-DD`; null: no calendar has that day ("31 فروری 2025"), or it cannot be read behind a label that says it is a date. */
  readonly date: string | null;
  /** A label stands before it, or it is written as only machines write ("Sat, 10 Dec 2016 22:33:44 GMT"): it is the day of publication wherever it stands. */
  readonly labelled: boolean;
  /** "اپ ڈیٹ: ..." */
  readonly updated: boolean;
}

/** A date somewhere in a text that has been folded. */
export interface FoundDate {
  /** Null: no calendar has that day. */
  readonly date: string | null;
  readonly start: number;
  readonly end: number;
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
/** U+060D is the sign that older papers have between the day and the month ("۲۱؍نومبر"). */
const GAP = '[\\s,،۔./\u060D-]*';
/** "یکم" is how the first of a month is written, "پہلی" how it is said; the second and third are written in words too. */
const DAY_WORDS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['یکم', 1],
      ['پہلی', 1],
      ['دوم', 2],
      ['سوم', 3],
    ] as const
  ).map(([word, day]) => [fold(word), day]),
);
const DAY = `(\\d{1,2}|${[...DAY_WORDS.keys()].join('|')})`;
const NOT_LETTER = '(?![\\p{L}\\p{N}])';

/** In this order: the first that fits the line is believed. Day before month everywhere, as Urdu papers write. */
const FORMS: readonly { readonly form: RegExp; readonly order: 'dmy' | 'mdy' | 'ymd' }[] = [
  { form: pattern(`(?<![\\p{L}\\p{N}])${DAY}(?:st|nd|rd|th)?(?: of)?${GAP}(${MONTH})${GAP}(\\d{4})(?!\\d)`), order: 'dmy' },
  { form: pattern(`(?<![\\p{L}\\p{N}])(${MONTH})\\s*(\\d{1,2})(?:st|nd|rd|th)?[\\s,،]+(\\d{4})(?!\\d)`), order: 'mdy' },
  { form: pattern(`(?<![\\d/.-])(\\d{4})[\\s,،]+(${MONTH})[\\s,،]+${DAY}(?![\\p{L}\\d])`), order: 'ymd' },
  // "14-Jun-23": the month in letters says which number is the day.
  { form: pattern(`(?<![\\p{L}\\p{N}/.-])(\\d{1,2})-(${MONTH})-(\\d{2})(?![\\p{L}\\p{N}/.-])`), order: 'dmy' },
  { form: pattern('(?<![\\d/.-])(\\d{4})[-/.\u060D](\\d{1,2})[-/.\u060D](\\d{1,2})(?![\\d/.-])'), order: 'ymd' },
  { form: pattern('(?<![\\d/.-])(\\d{1,2})[-/.\u060D](\\d{1,2})[-/.\u060D](\\d{4})(?![\\d/.-])'), order: 'dmy' },
];

export const WEEKDAY =
  '(?:پیر|سوموار|منگل|بدھ|جمعرات|جمعۃ المبارک|جمعتہ المبارک|جمعہ المبارک|جمعہ|جمعء|ہفتہ|ہفتے|اتوار|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';
const HIJRI_MONTH =
  '(?:محرم(?: الحرام)?|صفر(?: المظفر)?|ربیع الاول|ربیع الثانی|ربیع الآخر|جمادی الاولی?|جمادی الثانی|جمادی الثانیہ|جمادی الآخرہ?|رجب(?: المرجب)?|شعبان(?: المعظم)?|رمضان(?: المبارک)?|شوال(?: المکرم)?|ذیقعدہ?|ذی قعدہ?|ذو ?القعدہ?|ذی القعدہ?|ذو ?الحجہ?|ذی الحجہ?|ذی الحج)';

/** The same day by the other calendar. Its year is of the 14th or 15th century, so no common year is taken for it. */
const HIJRI = pattern(`(?<![\\p{L}\\p{N}])(?:\\d{1,2}|یکم)\\s*${HIJRI_MONTH}[\\s,،]*1[345]\\d{2}\\s*(?:ہجری|ہ|ھ)?(?![\\p{L}\\p{N}])`);

/**
 * A line that holds a Hijri date and nothing else ("بروز جمعہ، 12 ربیع الاول 1446ھ"). Which common day that was depends on where the moon was seen, so none is taken for it.
 * It must not eat a day of history ("10 محرم 61 ہجری"), nor a day without a year.
 */
export function isHijriLine(text: string): boolean {
  if (text.length > LONGEST_DATE_LINE) return false;
  const folded = fold(text).replace(/^[^\p{L}\p{N}]+/u, '');
  return HIJRI.test(folded) && isOnlyTime(folded.replace(LABEL, ''));
}

const MONTH_OF_YEAR = pattern(`^(?:${MONTHS.join('|')})[\\s,،]*(\\d{4})\\s*[ءعم]?$`);

/** "مارچ ۲۰۱۸ء" and nothing else: the issue of a monthly. No day is guessed for it. */
export function isMonthLine(text: string): boolean {
  if (text.length > LONGEST_DATE_LINE) return false;
  const [, year = ''] =
    MONTH_OF_YEAR.exec(
      fold(text)
        .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
        .replace(LABEL, ''),
    ) ?? [];
  return Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR;
}

/** A day of a year that is not told, or is: "14 جون", "یکم جون 2023ء". */
const DAY_OF_YEAR = pattern(`^${DAY}\\s*(?:${MONTHS.join('|')})(?:[\\s,،]*\\d{4}\\s*ء?)?$`);
export const isDayOfYear = (folded: string): boolean => DAY_OF_YEAR.test(folded);

/** What may stand beside a date on its line: weekdays, a time of day, a time zone, the sign for the common era, the desk that put it up. */
const BESIDE = [
  HIJRI,
  pattern(`(?<![\\p{L}\\p{N}])${WEEKDAY}${NOT_LETTER}`),
  pattern('t?\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2}(?:\\.\\d+)?)?(?:\\s*z(?![\\p{L}]))?'),
  pattern('[+-]\\d{2}:?\\d{2}(?!\\d)'),
  // "10 بج کر 30 منٹ", "10 بجے", "2:15 بجے دن".
  pattern('(?<![\\p{L}:])(?:\\d{1,2} ?)?بجے دن(?![\\p{L}\\p{N}])'),
  pattern('(?<![\\p{L}])دن \\d{1,2} ?بجے(?![\\p{L}\\p{N}])'),
  pattern('(?<!\\d)\\d{1,2} ?(?:بجے|بج کر(?: \\d{1,2} منٹ)?)(?![\\p{L}\\p{N}])'),
  pattern(
    `(?<![\\p{L}])(?:am|pm|a\\.m\\.?|p\\.m\\.?|صبح|بعد دوپہر|بعد از دوپہر|قبل دوپہر|قبل از دوپہر|دوپہر|سہ پہر|شام|شب|رات|بجے|پر|کو|at|on)${NOT_LETTER}`,
  ),
  // How often it was read, as themes print it behind the day.
  pattern('\\d[\\d,.]*\\s*k?\\s*(?:views?|reads|hits|comments?|تبصرے|تبصرہ|ویوز|(?:بار|مرتبہ) (?:پڑھا|دیکھا) گیا)(?![\\p{L}\\p{N}])'),
  // A sign of an eye, a bubble or a heart, and how many.
  pattern('\\p{So}\\s*\\d[\\d,.]*k?(?![\\d:])'),
  // "14 جون 2023 کو شائع ہوا": the label stands behind.
  pattern(`(?<![\\p{L}])(?:(?:شائع|پوسٹ|اپ لوڈ|اپلوڈ) (?:ہوا|ہوئی|ہوئے|کیا گیا|کی گئی|کیے گئے)|کی اشاعت)${NOT_LETTER}`),
  pattern(`(?<![\\p{L}])(?:gmt|utc|pst|pkt|ist|est|وقت|پاکستانی|مقامی|بروز|مورخہ|بوقت|بمطابق|مطابق|عیسوی|ء|ع|م)${NOT_LETTER}`),
  pattern(`(?<![\\p{L}])${DESK_NAME}${NOT_LETTER}`),
];

/** RFC 822, as feeds have it. */
const MACHINE = /^(?:mon|tue|wed|thu|fri|sat|sun), \d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:gmt|utc|z|[+-]\d{4}|[a-z]{3})$/u;

const LABELS =
  'یہ (?:مضمون|خبر|تحریر|کالم|رپورٹ|انٹرویو)(?: پہلی بار)?|آخری (?:بار )?(?:اپ ڈیٹ|اپڈیٹ|ترمیم|تدوین)(?: کیا گیا| کی گئی| ہوا| ہوئی)?|تازہ کاری|(?:اپ ڈیٹ|اپڈیٹ) (?:کردہ|شدہ|کی گئی|ہوا)|وقت اشاعت|اشاعت کا وقت|last modified|modified|پہلی اشاعت|پہلی بار شائع|پوسٹ کیا گیا|پوسٹ شدہ|اپ لوڈ کیا گیا|اپ لوڈ|اپلوڈ|اشاعت کی تاریخ|تاریخ اشاعت|تاریخ|شائع شدہ|شائع کیا گیا|شائع ہوا|شائع ہوئی|شائع|اشاعت|آخری اپ ڈیٹ|اپ ڈیٹ کیا گیا|اپ ڈیٹ|اپڈیٹ|ترمیم شدہ|ترمیم|تدوین|نظر ?ثانی|first published|published|posted|last updated|updated|publication date|publish date|date|dated';
const LABEL = pattern(`^(?:${LABELS})(?: on| at)?(?![\\p{L}\\p{N}])\\s*[:-]*\\s*`);
/** "شائع 14 جون 2023 اپ ڈیٹ 15 جون 2023": a second label begins a second date. */
const INNER_LABEL = pattern(
  '(?<![\\p{L}\\p{N}])(?=(?:آخری (?:بار )?(?:اپ ڈیٹ|اپڈیٹ|ترمیم|تدوین)|تازہ کاری|(?<!آخری (?:بار )?)(?:اپ ڈیٹ|اپڈیٹ|ترمیم|تدوین)|نظر ?ثانی|last (?:updated|modified)|(?<!last )(?:updated|modified)|شائع|published|posted)(?![\\p{L}\\p{N}]))(?<=\\d[^\\d]*)',
);

/** The date of a change: it stands for the report's own only when there is no other. */
const UPDATED = pattern('^(?:آخری )?(?:بار )?(?:اپ ڈیٹ|اپڈیٹ|ترمیم|تدوین|تازہ کاری|نظر ?ثانی)|^(?:last )?(?:updated|modified)');

/** "آخری اپ ڈیٹ 5 گھنٹے قبل" behind a date: how long before the page was fetched. */
const AGO = pattern(
  '[\\s|،,-]*(?:(?:آخری (?:بار )?)?(?:اپ ڈیٹ|اپڈیٹ|updated))?\\s*:?\\s*(?<![\\d/.-])\\d{1,3} (?:منٹ|گھنٹے|گھنٹہ|دن|(?:minute|hour|day)s?) (?:قبل|پہلے|ago)$',
);
/** "ویب ڈیسک: شائع 2 جنوری 2024"; before a label no sign need stand: "ویب ڈیسک شائع جنوری 2, 2024". */
const DESK_BEFORE = pattern(`^${DESK_NAME}\\s*(?:[:|،,-]\\s*(?=\\S)|(?=(?:${LABELS})(?![\\p{L}\\p{N}])))`);
/** "منگل15دسمبر2020ء": a crawler took the blank. */
const GLUED_WEEKDAY = pattern(`(?<![\\p{L}\\p{N}])(${WEEKDAY})(?=\\d)`);

/** "آن لائن ڈیسکپیر 3 اگست 2020": between the desk and the weekday too. */
const GLUED_DESK = pattern(`^(${DESK_NAME})(?=${WEEKDAY}${NOT_LETTER})`);

/** Labels that announce nothing but a date: behind them an unreadable date is a date all the same. "تاریخ:" alone may be a headline about history. */
const SURE_LABEL = pattern(
  '^(?:اشاعت کی تاریخ|تاریخ اشاعت|شائع شدہ|published|publication date|publish date|date|posted|last updated)(?: on)?\\s*:',
);

/** Years that a report can be from. Outside: a Hijri year, or a slip. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/** Characters of the longest line that can be a date line: weekday, date, time, zone and a label, twice. */
const LONGEST_DATE_LINE = 160;

/**
 * Reads a line that holds a date and nothing else, with or without a label; or two, where it was published and where it was changed.
 * @returns nothing when the line is no date line
 */
export function readDateLine(text: string): readonly DateLine[] {
  if (text.length > LONGEST_DATE_LINE) return [];
  const folded = fold(text)
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(DESK_BEFORE, '')
    .replace(GLUED_WEEKDAY, '$1 ')
    .replace(GLUED_DESK, '$1 ')
    .replace(AGO, '');
  // Most lines hold no number, and are no dates.
  if (!/\d/.test(folded) && !SURE_LABEL.test(folded)) return [];
  const dates: DateLine[] = [];
  for (const part of partsByLabel(folded)) {
    const date = readOneDate(part);
    if (date === null) return [];
    dates.push(date);
  }
  return dates;
}

function partsByLabel(folded: string): string[] {
  const at = INNER_LABEL.exec(folded)?.index;
  // "14 جون 2023 کو شائع ہوا" is one date.
  return at === undefined || !/\d/.test(folded.slice(at)) ? [folded] : [folded.slice(0, at), folded.slice(at)];
}

function readOneDate(folded: string): DateLine | null {
  const label = LABEL.exec(folded)?.[0] ?? '';
  const rest = folded.slice(label.length);
  const labelled = label !== '' || MACHINE.test(rest);
  const updated = UPDATED.test(label);
  for (const found of datesIn(rest)) {
    const beside = `${rest.slice(0, found.start)} ${rest.slice(found.end)}`;
    if (isOnlyTime(withoutDay(beside, found.date))) return { date: found.date, labelled, updated };
  }
  if (SURE_LABEL.test(folded) && rest !== '' && rest.split(' ').length <= 8 && !/[۔؟?!]$/.test(rest)) {
    return { date: null, labelled, updated };
  }
  return null;
}

/** "03.02.2020 3 فروری 2020": the same day, said again in other words. */
function withoutDay(text: string, day: string | null): string {
  const again = day === null ? undefined : datesIn(text).find(({ date }) => date === day);
  return again === undefined ? text : `${text.slice(0, again.start)} ${text.slice(again.end)}`;
}

/** The first date of each form, in the order in which the forms are believed. */
export function datesIn(folded: string): FoundDate[] {
  // Each form has figures, and most lines have none.
  if (!/\d/.test(folded)) return [];
  return FORMS.flatMap(({ form, order }) => {
    const match = form.exec(folded);
    return match === null ? [] : [{ date: toDate(match, order), start: match.index, end: match.index + match[0].length }];
  });
}

/** Nothing is there but weekdays, times and the like. */
export function isOnlyTime(text: string): boolean {
  let rest = text;
  for (const allowed of BESIDE) rest = rest.replace(new RegExp(allowed.source, 'gu'), ' ');
  return !/[\p{L}\p{N}]/u.test(rest);
}

/** The text without what may stand beside a date. */
export function withoutTime(folded: string): string {
  let rest = folded;
  for (const allowed of BESIDE) rest = rest.replace(new RegExp(allowed.source, 'gu'), ' ');
  return rest.replace(/\s+/g, ' ').trim();
}

function toDate(match: RegExpExecArray, order: 'dmy' | 'mdy' | 'ymd'): string | null {
  const [, first = '', second = '', third = ''] = match;
  const [day, month, year] = order === 'dmy' ? [first, second, third] : order === 'mdy' ? [second, first, third] : [third, second, first];
  return calendarDate(fullYear(year), monthNumber(month), DAY_WORDS.get(day) ?? Number(day));
}

/** Of two digits the year of 1970 to 2069 that ends so, as POSIX has it. */
const fullYear = (written: string): number => (written.length > 2 ? 0 : Number(written) < 70 ? 2000 : 1900) + Number(written);

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
