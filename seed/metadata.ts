import { datesIn, isOnlyTime, readDateLine } from './dates.js';
import { fold, foldedSet, pattern } from './fold.js';
import { endsSentence, FINITE_VERBS } from './judge.js';
import { TYING_WORDS, wordsOf } from './lines.js';
import { isAgency, isOutlet } from './outlets.js';
import { knownPlace } from './places.js';
import { sectionOf } from './sections.js';

/** One thing that a line says about the report instead of telling it. */
export type Metadata =
  | {
      readonly field: 'date' /** Null: no calendar has that day. */;
      readonly value: string | null;
      readonly labelled: boolean;
      readonly updated: boolean;
    }
  /** Null: a label with nothing behind it, or a name that is nobody's ("admin"). */
  | { readonly field: 'source' | 'topic' | 'author' | 'url' | 'place'; readonly value: string | null }
  | { readonly field: 'tags'; readonly value: readonly string[] };

type NameField = 'source' | 'topic' | 'author';

/** In this order: where the labels of two fields begin alike, the longer one stands first. */
const LABELS: readonly {
  readonly field: NameField;
  readonly label: RegExp /** Words between which a name and a headline are alike. */;
  readonly alsoHeadline?: true;
  /** What stands behind it may be anything, so it must be the name of a paper. */
  readonly ofPapersOnly?: true;
}[] = [
  { field: 'source', label: pattern('^(?:ذریعہ|ماخذ|سورس|بشکریہ|source|courtesy|via)\\s*[:-]') },
  // "ذرائع: وزیر تعلیم کا دورہ ملتوی" and "رپورٹ: مہنگائی بڑھ گئی" are headlines of what sources and reports say.
  { field: 'source', label: pattern('^ذرائع\\s*[:-]'), alsoHeadline: true },
  { field: 'source', label: pattern('^حوالہ\\s*[:-]'), ofPapersOnly: true },
  { field: 'topic', label: pattern('^(?:موضوع|زمرہ|کیٹیگری|کیٹگری|category|topic|section)\\s*[:-]') },
  {
    field: 'author',
    label: pattern('^(?:تحریر و تحقیق|تحریر|مصنفہ|مصنف|مضمون نگار|کالم نگار|قلم کار|written by|reported by|author)\\s*[:,،-]'),
  },
  // With a comma it is told of a poet: "شاعر، ادیب اور نقاد ...".
  { field: 'author', label: pattern('^(?:از|از قلم|ازقلم|بقلم|بائی لائن|شاعر|شاعرہ|poet)\\s*:') },
  { field: 'author', label: pattern('^(?:رپورٹ|خصوصی رپورٹ)\\s*:'), alsoHeadline: true },
];

/** "بشکریہ جنگ": the one label that is also written without a colon. */
const COURTESY = pattern('^بشکریہ (?=[\\p{L}\\p{N}])');
/** "عہدہ, بی بی سی اردو، لاہور": what a writer is, for whom and where. */
const JOB = pattern('^(?:عہدہ|role)\\s*[:,،-]');
const TAG_LABEL = pattern('^(?:متعلقہ موضوعات|ٹیگز?|tags?|keywords|کلیدی الفاظ|labels)\\s*:');
const HASHTAGS = /^(?:#[\p{L}\p{N}\p{M}_]+[\s،,|]*){2,}$/u;
const URL_LINE = /^(?:[\p{L} ]{2,20}\s*[:：]\s*)?(https?:\/\/[^\s<>"]+)$/iu;
/** "abcurdu نے Wednesday، 18 July 2018 کو شائع کیا." */
const PUT_UP_BY = pattern('^(.{2,60}?) نے (.{6,60}?) (?:کو )?(?:شائع|پوسٹ|اپ لوڈ|اپلوڈ|جاری) (?:کیا|کی|کیا ہے|کی ہے)[۔.]?$');
/** "By admin - June 14, 2023 0 123": writer, date, comments and views, as a theme of WordPress prints them. */
const THEME_BYLINE = pattern('^(?:by|از) (.{2,40}?)\\s*[-–—|•·]\\s*(.*\\d{4}.*)$');
/** "عائشہ ملک کے قلم سے". */
const FROM_PEN = pattern('^(.{2,40}?) کے قلم سے$');
/** Accounts that are no person. */
const NOBODY = foldedSet(
  'admin,administrator,editor,webdesk,web desk,news desk,newsdesk,staff,ایڈمن,ایڈیٹر,ویب ڈیسک,نیوز ڈیسک,مانیٹرنگ ڈیسک,سپورٹس ڈیسک,اسپورٹس ڈیسک,انٹرنیشنل ڈیسک,کامرس ڈیسک,شوبز ڈیسک,ادارہ',
);

/** Words in the longest name of a newspaper or topic. More is a sentence that begins like a label. */
const LONGEST_NAME = 8;
/** Words in the longest name of a person. */
const LONGEST_PERSON = 6;

/** Where a line stands: what is a name on one place is a headline on another. */
export interface Position {
  /** Nothing but metadata stands above it: it may be the headline. */
  readonly isTop: boolean;
}

/** @returns nothing for a line that is text (or noise) */
export function readMetadata(text: string, { isTop }: Position = { isTop: false }): readonly Metadata[] {
  if (text.length > 400) return [];
  const folded = fold(text).replace(/^[^\p{L}\p{N}#]+/u, '');
  const url = URL_LINE.exec(text.replace(/\p{Cf}/gu, '').trim())?.[1];
  if (url !== undefined) return [{ field: 'url', value: url }];
  const dates = readDateLine(text);
  if (dates.length > 0) return dates.map(({ date, labelled, updated }) => ({ field: 'date', value: date, labelled, updated }));
  const dated = /\d/.test(folded) ? (byTheme(text, folded) ?? putUpBy(text, folded)) : undefined;
  const named =
    dated ??
    job(text, folded) ??
    tags(text, folded) ??
    labelled(text, folded, isTop) ??
    trailer(text) ??
    courtesy(text, folded) ??
    signedBy(text);
  return named ?? (/\d/.test(folded) ? nameAndDate(text, folded) : undefined) ?? [];
}

type Reading = readonly Metadata[] | undefined;

/** "By Salman Ahmad"; "by the river" is a headline. */
const ENGLISH_BYLINE = /^\s*[Bb]y\s+((?:\p{Lu}[\p{L}.'’-]*\s*){1,5})$/u;

function labelled(text: string, folded: string, isTop: boolean): Reading {
  // On top it is a headline: "ماں کے قلم سے".
  if (!isTop && FROM_PEN.test(folded)) {
    const writer = text.trim().replace(/(?:\s+\S+){3}$/u, '');
    if (isPerson(writer)) return [{ field: 'author', value: writer }];
  }
  const english = ENGLISH_BYLINE.exec(text)?.[1]?.trim();
  if (english !== undefined) return [{ field: 'author', value: NOBODY.has(fold(english)) ? null : english }];
  if (text.length > 200) return undefined;
  for (const { field, label, alsoHeadline, ofPapersOnly } of LABELS) {
    if (!label.test(folded) || (alsoHeadline === true && isTop)) continue;
    const value = nameIn(afterLabel(text));
    if (value === undefined) continue;
    if (ofPapersOnly === true && (value === null || !(isOutlet(value) || isAgency(value)))) continue;
    if (field === 'author' && value !== null && !isPerson(value)) continue;
    // "موضوع: پانی کا بحران" on top is a headline; names of sections and papers have no words that tie.
    if (isTop && value !== null && field !== 'author' && wordsOf(fold(value)).some((word) => TYING_WORDS.has(word))) continue;
    return [{ field, value: value !== null && NOBODY.has(fold(value)) ? null : value }];
  }
  return undefined;
}

const afterLabel = (text: string): string => text.replace(/^[^:：,،\u2010-\u2015-]*[:：,،\u2010-\u2015-]/u, '');

const isPerson = (name: string): boolean => {
  const words = wordsOf(fold(name));
  return words.length <= LONGEST_PERSON && !words.some((word) => TYING_WORDS.has(word) && word !== fold('اور')) && !/\p{N}/u.test(name);
};

function courtesy(text: string, folded: string): Reading {
  if (!COURTESY.test(folded) || text.length > 200) return undefined;
  const [dated] = datesIn(folded).filter(({ start, end }) => start > 0 && isOnlyTime(folded.slice(end)));
  const value = nameIn(beforeDate(text.trim().replace(/^\S+/u, ''), dated !== undefined));
  if (!value) return undefined;
  return [{ field: 'source', value }, ...(dated === undefined ? [] : [dateBeside(dated.date)])];
}

/** Offsets of folded text are others: in the text a date begins at its first digit. */
const beforeDate = (text: string, isDated: boolean): string => (isDated ? text.replace(/[\s\p{Cf}،,|(–—-]*(?:\p{Nd}|یکم).*$/u, '') : text);

/** "(اے پی پی)", a line by itself below the text. */
function signedBy(text: string): Reading {
  const name = /^\s*[([]\s*([^()[\]]{2,30}?)\s*[)\]]\s*$/u.exec(text)?.[1];
  return name !== undefined && isAgency(name) ? [{ field: 'source', value: name }] : undefined;
}

const dateBeside = (value: string | null): Metadata => ({ field: 'date', value, labelled: false, updated: false });

/** "بی بی سی اردو، لاہور", as the second line of a byline: a paper or broadcaster and a town, and nothing else. */
export function outletAndPlace(text: string): string | undefined {
  const [outlet = '', ...places] = text.split(/[،,]/u).map((part) => part.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, ''));
  const isSigned = places.length > 0 && places.every((place) => knownPlace(place) !== undefined);
  return isSigned && isOutlet(outlet) && knownPlace(outlet) === undefined && wordsOf(fold(outlet)).length <= LONGEST_BESIDE
    ? outlet
    : undefined;
}

/** A line that is nothing but the name of a person, where something else says that one stands there. Null: nobody's ("مانیٹرنگ ڈیسک"); undefined: no name. */
export function personIn(text: string): string | null | undefined {
  const words = wordsOf(fold(text));
  if (words.length < 2 || words.length > 4 || /[\p{P}\p{N}]/u.test(text.replace(/[.’'-]/gu, ''))) return undefined;
  if (!isPerson(text) || words.some((word) => FINITE_VERBS.has(word))) return undefined;
  return NOBODY.has(fold(text)) ? null : text.trim();
}

/** The paper that somebody writes for. His trade and his town are nobody's name. */
function job(text: string, folded: string): Reading {
  if (!JOB.test(folded)) return undefined;
  const parts = text
    .replace(/^[^:,،-]*[:,،-]/u, '')
    .split(/[,،]/u)
    .map((part) => part.trim());
  return [{ field: 'source', value: parts.find((part) => isOutlet(part) && knownPlace(part) === undefined) ?? null }];
}

function tags(text: string, folded: string): Reading {
  if (HASHTAGS.test(folded)) {
    return [{ field: 'tags', value: [...text.matchAll(/#([\p{L}\p{N}\p{M}\p{Cf}_]+)/gu)].map(([, tag = '']) => tag.replaceAll('_', ' ')) }];
  }
  if (!TAG_LABEL.test(folded) || endsSentence(folded)) return undefined;
  const listed = text.replace(/^[^:：]*[:：]/u, '');
  return [{ field: 'tags', value: listOf(listed) }];
}

/** Names with commas, bars or semicolons between them. */
export const listOf = (text: string): string[] =>
  text
    .split(/[,،;؛|#\n]+/u)
    .map((tag) => tag.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, ''))
    .filter((tag) => /[\p{L}\p{N}]/u.test(tag));

/** "مزید : کھیل" names the section that the report stood in. */
function trailer(text: string): Reading {
  const value = sectionOf(text);
  return value === undefined ? undefined : [{ field: 'topic', value }];
}

function byTheme(text: string, folded: string): Reading {
  const match = THEME_BYLINE.exec(folded);
  if (match === null) return undefined;
  const [, who = '', when = ''] = match;
  const date = datesIn(when).find(({ start, end }) =>
    isOnlyTime(`${when.slice(0, start)} ${when.slice(end).replace(/(?:^|\s)\d{1,7}(?=\s|$)/gu, ' ')}`),
  );
  if (date === undefined) return undefined;
  const written =
    text
      .trim()
      .replace(/^\S+\s+/u, '')
      .split(/\s*[-–—|•·]/u)[0] ?? who;
  return [
    { field: 'author', value: NOBODY.has(who) || !isPerson(written) ? null : written },
    { field: 'date', value: date.date, labelled: true, updated: false },
  ];
}

function putUpBy(text: string, folded: string): Reading {
  const match = PUT_UP_BY.exec(folded);
  if (match === null) return undefined;
  const [, who = '', when = ''] = match;
  const dates = datesIn(when).filter(({ start, end }) => isOnlyTime(`${when.slice(0, start)} ${when.slice(end)}`));
  if (dates[0] === undefined) return undefined;
  const written = text.split(/\s+نے\s/u)[0]?.trim() ?? who;
  return [
    { field: 'source', value: NOBODY.has(who) ? null : written },
    { field: 'date', value: dates[0].date, labelled: true, updated: false },
  ];
}

/** Words beside a date that can be the name of a paper or a writer. */
const LONGEST_BESIDE = 5;

/**
 * "روزنامہ نئی روشنی، 14 جون 2023": a name and a date, set apart by a sign, or in parentheses. Only where a bare date counts too (above or below the text),
 * which is for the caller to judge: nothing here says that it is labelled.
 */
function nameAndDate(text: string, folded: string): Reading {
  if (text.length > 100 || endsSentence(folded)) return undefined;
  for (const { date, start, end } of datesIn(folded)) {
    const before = folded.slice(0, start);
    const rest = `${before}\0${folded.slice(end)}`;
    const name = rest.split('\0').find((side) => !isOnlyTime(side));
    if (name === undefined || rest.split('\0').filter((side) => !isOnlyTime(side)).length > 1) continue;
    const words = wordsOf(name);
    if (words.length > LONGEST_BESIDE || words.some((word) => FINITE_VERBS.has(word) || /\d/.test(word))) continue;
    const isApart =
      name === before
        ? /[,،|•·:(–—-]\s*$/u.test(before.replace(/[^,،|•·:(–—-]*$/u, (tail) => (isOnlyTime(tail) ? '' : tail)))
        : /^\s*[)ءع]*\s*[,،|•·:–—-]/u.test(name);
    if (!isApart) continue;
    const written = writtenName(text);
    if (written === undefined) continue;
    const said = dateBeside(date);
    if (isOutlet(written)) return [{ field: 'source', value: written }, said];
    if (knownPlace(written) !== undefined) return [{ field: 'place', value: knownPlace(written) as string }, said];
    if (words.some((word) => TYING_WORDS.has(word))) continue;
    return [{ field: 'author', value: NOBODY.has(fold(written)) ? null : written }, said];
  }
  return undefined;
}

/** The part between signs that holds no digit and more than weekdays. */
function writtenName(text: string): string | undefined {
  const parts = text.split(/[,،|•·:()–—-]/u).map((part) => part.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, ''));
  return parts.find((part) => part !== '' && !/\p{Nd}/u.test(part) && !isOnlyTime(fold(part)));
}

/** A name as written, without the signs around it. Null: empty. Undefined: not a name but a sentence. */
function nameIn(text: string): string | null | undefined {
  const value = unwrap(text.replace(/^[\s\p{Cf}:-]+|[\s\p{Cf}|،,-]+$/gu, ''));
  const words = wordsOf(fold(value));
  if (words.length === 0) return null;
  if (words.length > LONGEST_NAME || endsSentence(fold(value))) return undefined;
  if (words.some((word) => FINITE_VERBS.has(word))) return undefined;
  return value;
}

const PAIRS = ['()', '[]', '“”', '‘’', '«»', '""', "''"] as const;

/** Takes off quotes around the whole name, and the closing bracket of a line that stood in brackets: "(بشکریہ: جنگ)". */
function unwrap(name: string): string {
  for (const pair of PAIRS) {
    const [open = '', close = ''] = pair;
    const hasOpening = name.slice(0, -1).includes(open);
    if (name.endsWith(close) && !hasOpening) return name.slice(0, -1).trim();
    if (name.startsWith(open) && name.endsWith(close) && !name.slice(1, -1).includes(open)) return name.slice(1, -1).trim();
  }
  return name;
}
