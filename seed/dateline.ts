import { datesIn, isDayOfYear, withoutTime } from './dates.js';
import { fold, pattern } from './fold.js';
import { TYING_WORDS, wordsOf } from './lines.js';
import { isAgency, isOutlet } from './outlets.js';
import { personIn } from './persons.js';
import { knownPlace } from './places.js';

/** How a report begins: "اسلام آباد: ...", "لاہور (سٹاف رپورٹر) ..." or "ڈھاکہ۔ 4 دسمبر (اے پی پی) ...". */
export interface Dateline {
  /** As usually written, when it is a place we know; else as the author wrote it. */
  readonly place: string;
  /** UTF-16 units of the line that it takes, with the space behind it. */
  readonly length: number;
  /** A reporter, desk, paper or agency is named in parentheses: sure. Else it is a known place and a colon or dash. */
  readonly byReporter: boolean;
  /** The paper or agency that is named; null where it is a reporter or a desk, which are nobody's name. */
  readonly source: string | null;
  /** `YYYY-MM-DD`, where a whole date stands in it. */
  readonly date: string | null;
}

const BEFORE_PARENTHESIS =
  /^\s*([\p{L}\p{M}\p{Cf}\s،,/]{2,50}?)((?:[\s\p{Cf}۔،.]*(?:یکم|\p{Nd}{1,2})[\s۔،.]*\p{L}+(?:[\s\p{Cf}،,]*\p{Nd}{4}\s*ء?)?)?)[\s۔،.]*[(（]([^()（）]{2,120})[)）](?:[\p{Cf}\s]*((?:یکم|\p{Nd}{1,2})\s*\p{L}+[\s،,]*\p{Nd}{4}\s*ء?)(?=[\p{Cf}\s]*[:：۔–—-]))?[\p{Cf}\s]*(?:[:：۔–—-][\p{Cf}\s]*)?/u;
const BEFORE_COLON =
  /^\s*([\p{L}\p{M}\p{Cf}\s،,/]{2,50}?)(?:[\p{Cf}\s،,]+((?:یکم|\p{Nd}{1,2})\s*\p{L}+(?:[\s،,]*\p{Nd}{4}\s*ء?)?))?[\p{Cf}\s]*(?:[:：]|\s[-–]+\s|[—]|\/{2,}|\s۔\s|۔{2,}|\.{2,}|…)[\p{Cf}\s]*(?=\S)/u;

/** Who reports, by office and not by name. */
const OFFICE = pattern(
  '(?<!\\p{L})(?:پریس ریلیز|رپورٹر|رپورٹرز|نامہ نگار|نامہ نگاران|نمائندہ|نمائندگان|نمائندے|ڈیسک|نیوز ایجنسی|نیوز ایجنسیاں|نیوز ایجنسیز|ایجنسی|ایجنسیاں|ایجنسیز|بیورو|مانیٹرنگ|خبر نگار|خبرنگار|وقائع نگار|خصوصی|ڈیسک رپورٹ|رپورٹ|desk|reporter|correspondent|agencies)(?!\\p{L})',
);
const BY = pattern('(?<!\\p{L})(?:نیوز|آن لائن|ڈاٹ کام|app|afp|ap|nni|inp|reuters)(?!\\p{L})');
/** "ملک نور محمد (پیدائش 12 جنوری 1907) ...": the day of a life, not of a report. */
const OF_LIFE = pattern('(?<!\\p{L})(?:پیدائش|ولادت|وفات|انتقال|متوفی|شہادت|پیدا|born|died)(?!\\p{L})');
/** What sites write beside the name of a paper. */
const BESIDE_NAME = pattern('(?:\\s*(?:اخبار\\s*تازہ ترین|تازہ ترین|آن لائن|اخبار))+[\\s۔.،,]*$');

/** "[کوئٹہ] ...": as some agencies have it. */
const IN_BRACKETS = /^\s*\[\s*([\p{L}\p{M}\p{Cf} ]{2,30}?)\s*\][\p{Cf}\s]*(?:[:：۔–—-][\p{Cf}\s]*)?(?=\S)/u;

export function datelineOf(text: string): Dateline | null {
  const [inBrackets = '', town = ''] = IN_BRACKETS.exec(text) ?? [];
  if (knownPlace(town) !== undefined)
    return { place: placeName(town), length: inBrackets.length, byReporter: false, source: null, date: null };
  const parenthesis = BEFORE_PARENTHESIS.exec(text);
  if (parenthesis !== null) return byReporter(text, parenthesis);
  const colon = BEFORE_COLON.exec(text);
  if (colon === null) return null;
  const [whole, place = '', day] = colon;
  const parts = place.split(/[،,/]/).filter((part) => fold(part) !== '');
  if (parts.length === 0 || !parts.every((part) => knownPlace(part) !== undefined)) return null;
  // "لاہور، 35 ڈگری: ..." is no day.
  if (day !== undefined && !isDayOfYear(fold(day))) return null;
  const date = day === undefined ? null : (datesIn(fold(day)).find((found) => found.date !== null)?.date ?? null);
  return { place: placeName(place), length: whole.length, byReporter: false, source: null, date };
}

function byReporter(text: string, [whole, place = '', day = '', by = '', dayBehind = '']: RegExpExecArray): Dateline | null {
  const [next = ''] = wordsOf(fold(text.slice(whole.length, whole.length + 40)));
  // "ایسوسی ایٹڈ پریس (اے پی) کے مطابق" is a sentence that explains an abbreviation.
  if (wordsOf(fold(place)).length > 4 || next === '' || TYING_WORDS.has(next)) return null;
  const folded = fold(by);
  const { names, date: dateInside } = namesIn(by);
  if (dateInside !== null && OF_LIFE.test(folded)) return null;
  const date = dateInside ?? datesIn(fold(day === '' ? dayBehind : day)).find((found) => found.date !== null)?.date ?? null;
  const known = place.split(/[،,/]/).every((part) => fold(part) === '' || knownPlace(part) !== undefined);
  // "سری نگر، 12 جنوری (کے ایم ایس)": a town and a day stand before the agency, whatever it is called.
  const isSure =
    date !== null ||
    (known && day.trim() !== '' && isDayOfYear(fold(day.replace(/[\s\p{P}]+/gu, ' ')))) ||
    (known && by.split(/[،,/]/).some((part) => isDayOfYear(fold(part)))) ||
    OFFICE.test(folded) ||
    BY.test(folded) ||
    names.some((name) => isAgency(name) || isOutlet(name));
  // "لندن (مرتضیٰ علی)": who reports, by name. The town must be known, and what is no name and stands there explains it ("لاہور (پنجاب)").
  if (!isSure)
    return known && typeof personIn(by) === 'string'
      ? { place: placeName(place), length: whole.length, byReporter: false, source: null, date: null }
      : null;
  const source = OFFICE.test(folded) ? names.find((name) => isAgency(name) || isOutlet(name)) : names[0];
  return { place: placeName(place), length: whole.length, byReporter: true, source: source ?? null, date };
}

/** "نمائندہ جنگ": the paper stands behind the office. */
const OF_PAPER = /^\s*(?:نمائندہ|نمائندگان|نامہ نگار|وقائع نگار)\s+(?=\S)/u;

const paperOf = (part: string): string => {
  const name = part.replace(OF_PAPER, '').trim();
  return name !== part.trim() && isOutlet(name) ? name : part;
};

/** The names in a parenthesis, without offices and without a date. */
function namesIn(by: string): { readonly names: readonly string[]; readonly date: string | null } {
  const [found] = datesIn(fold(by)).filter(({ date }) => date !== null);
  const names = by
    // A date is looked for in folded text, whose offsets are others: in the text it begins at the first digit.
    .replace(found === undefined ? /$^/u : /[\s\p{Cf}]*(?:\p{Nd}|یکم).*$/u, '')
    .split(/[،,/۔]|\s[-–—]\s/u)
    .map((part) => withoutBeside(paperOf(part)))
    .filter(
      (name) =>
        name !== '' &&
        !OFFICE.test(fold(name)) &&
        wordsOf(fold(name)).length <= 5 &&
        withoutTime(fold(name)) !== '' &&
        !isDayOfYear(fold(name)),
    );
  return { names, date: found?.date ?? null };
}

/** "اردو روشنی اخبارتازہ ترین۔" → "اردو روشنی"; "آن لائن" by itself is an agency, and stays. */
function withoutBeside(name: string): string {
  const bare = name.replace(/^[\s\p{P}\p{Cf}]+|[\s\p{P}\p{Cf}]+$/gu, '');
  const rest = bare.slice(0, keptLength(bare));
  return rest.trim() === '' ? bare : rest.trim();
}

/** How much of a name stands before what sites write beside it: found letter by letter, since folding moves offsets. */
function keptLength(name: string): number {
  const words = [...name.matchAll(/\S+/gu)];
  for (const word of words) {
    const rest = name.slice(word.index);
    if (word.index > 0 && new RegExp(`^${BESIDE_NAME.source}`, 'u').test(fold(rest))) return word.index;
  }
  return name.length;
}

/** Words that open a paragraph with a colon and are no place: who speaks, what follows. */
const NO_PLACE = pattern(
  '(?<!\\p{L})(?:سوال|جواب|نوٹ|وزیر|صدر|ذرائع|تحریر|رپورٹ|ترجمہ|عنوان|موضوع|تاریخ|مثال|نتیجہ|خلاصہ|سبق|باب|حصہ|قسط|اجزا|ترکیب|ترجمان|ڈاکٹر|پروفیسر|مولانا|جنرل|جسٹس|مسٹر|اہم|تازہ|بریکنگ|ویڈیو|تصویر|تصاویر|شعر|غزل|نظم|اقتباس|حوالہ|فون|پتہ|قیمت|نام|وقت|مقام|ڈیسک|نیوز|اداریہ|کالم|تبصرہ|انٹرویو|میزبان|مہمان|پہلا|دوسرا|تیسرا|پہلی|دوسری|تیسری)(?!\\p{L})',
);
const LONGEST_PLACE = 3;
/** Words of a paragraph below which "انڈے: دو عدد" is an item of a list. */
const SHORTEST_OPENING = 12;

/**
 * A place that no list has ("گوجر خان: ..."), before the first paragraph of a report. A speaker must not become one: he is quoted again ("خواجہ آصف نے کہا"),
 * and in an interview the next paragraph begins with a name and a colon too.
 */
export function unknownDatelineOf(opening: string, rest: readonly string[]): Dateline | null {
  const colon = /^\s*([\p{L}\p{M}\p{Cf} ]{2,40}?)[\p{Cf}\s]*[:：][\p{Cf}\s]*(?=\S)/u.exec(opening);
  if (colon === null) return null;
  const [whole, place = ''] = colon;
  const words = wordsOf(fold(place));
  const told = opening.slice(whole.length);
  if (words.length === 0 || words.length > LONGEST_PLACE || wordsOf(fold(told)).length < SHORTEST_OPENING) return null;
  if (NO_PLACE.test(fold(place)) || OFFICE.test(fold(place)) || isAgency(place) || words.some((word) => TYING_WORDS.has(word))) return null;
  if (rest.some((text) => /^\s*[\p{L}\p{M}\p{Cf} ]{2,40}[:：]/u.test(text))) return null;
  const speaks = new RegExp(`(?<!\\p{L})${words.join(' ')} (?:نے|کا کہنا|کی جانب)(?!\\p{L})`, 'u');
  if ([told, ...rest].some((text) => speaks.test(fold(text)))) return null;
  return { place: placeName(place), length: whole.length, byReporter: false, source: null, date: null };
}

function placeName(written: string): string {
  const name = written
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  return knownPlace(name) ?? name;
}
