import { datesIn, type FoundDate, isHijriLine, isMonthLine, isOnlyTime, readDateLine, WEEKDAY } from './dates.js';
import { fold, pattern } from './fold.js';
import { endsSentence } from './judge.js';
import { FINITE_VERBS, TYING_WORDS, wordsOf } from './lines.js';
import { isAgency, isOutlet } from './outlets.js';
import { isPerson, NOBODY, personIn } from './persons.js';
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
  /** A date that tells no day of our calendar, as written: one by the Islamic calendar alone, or a month and its year. */
  | { readonly field: 'dayless'; readonly value: string }
  /** Null: a label with nothing behind it, or a name that is nobody's ("admin"). */
  | { readonly field: 'source' | 'topic' | 'author' | 'url' | 'place' | 'subtitle'; readonly value: string | null }
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
  { field: 'source', label: pattern('^(?:(?:خبر کا )?(?:ذریعہ|ماخذ)|سورس|بشکریہ|مطبوعہ|source|courtesy|via)\\s*[:-]') },
  // "ذرائع: وزیر تعلیم کا دورہ ملتوی" and "رپورٹ: مہنگائی بڑھ گئی" are headlines of what sources and reports say.
  { field: 'source', label: pattern('^ذرائع\\s*[:-]'), alsoHeadline: true },
  { field: 'source', label: pattern('^(?:حوالہ|بحوالہ|اخبار|published in)\\s*[:-]'), ofPapersOnly: true },
  {
    field: 'topic',
    label: pattern(
      '^(?:موضوعات|موضوع|زمرہ جات|زمرہ|(?:کیٹیگریز|کیٹگریز|کیٹیگری|کیٹگری|کیٹاگریز|کیٹاگری)(?: میں)?|categories|category|topics|topic|section|filed under|posted in)\\s*[:-]',
    ),
  },
  {
    field: 'author',
    label: pattern(
      '^(?:تحریر و تحقیق|تحقیق و تحریر|تحریر و ترتیب|ترتیب و تحریر|انتخاب و ترجمہ|ترجمہ و انتخاب|انتخاب و ترتیب|انتخاب و پیشکش|تلخیص و ترجمہ|ترجمہ و تلخیص|تحریر|مصنفہ|مصنف|مضمون نگار|کالم نگار|افسانہ نگار|تبصرہ نگار|مزاح نگار|قلم کار|written by|reported by|author)\\s*[:,،-]',
    ),
  },
  // In place of a colon; "تحریر۔" by itself ends a sentence.
  { field: 'author', label: pattern('^(?:تحریر|بقلم)\\s*۔') },
  // With a comma it is told of a poet: "شاعر، ادیب اور نقاد ...".
  { field: 'author', label: pattern('^(?:از|از قلم|ازقلم|بقلم|بذریعہ|بائی لائن|کلام|شاعر|شاعرہ|poet)\\s*:') },
  { field: 'author', label: pattern('^(?:رپورٹر|رپورٹ|خصوصی رپورٹ|نامہ نگار|مرتب|مرتبہ|محرر)\\s*:'), alsoHeadline: true },
];

/** "بشکریہ جنگ": the one label that is also written without a colon. */
const COURTESY = pattern('^بشکریہ (?=[\\p{L}\\p{N}])');
const REFERRING = pattern('^بحوالہ (?=\\p{L})');
/** "عہدہ, بی بی سی اردو، لاہور": what a writer is, for whom and where. */
const JOB = pattern('^(?:عہدہ|role)\\s*[:,،-]');
const TAG_LABEL = pattern('^(?:متعلقہ موضوعات|ٹیگز?|tags?|tagged|keywords|کلیدی الفاظ|labels)\\s*:');
const HASHTAGS = /^(?:#[\p{L}\p{N}\p{M}_]+[\s،,|]*){2,}$/u;
const URL_LINE = /^(?:[\p{L} ]{2,20}\s*[:：]\s*)?(https?:\/\/[^\s<>"]+)$/iu;
/** Forms of archives name the second headline so. On top it is the first line of a text about it. */
const SUBTITLE = pattern('^(?:ذیلی سرخی|ذیلی عنوان|subtitle|sub-?headline|standfirst)\\s*:');
/** "Posted in متفرق | 3 Comments": the foot of a theme, which has no colon. */
const FILED_UNDER =
  /^\s*(?:Posted in|Filed under)\s+([\p{Script=Arabic}][\p{Script=Arabic}\p{M}\p{Cf}\s،,]{1,60}?)\s*(?:[|•·]\s*(?:\d+ Comments?|No Comments|Leave a (?:comment|reply))[^\p{L}]*)?$/iu;
/** "abcurdu نے Wednesday، 18 July 2018 کو شائع کیا." */
const PUT_UP_BY = pattern('^(.{2,60}?) نے (.{6,60}?) (?:کو )?(?:شائع|پوسٹ|اپ لوڈ|اپلوڈ|جاری) (?:کیا|کی|کیا ہے|کی ہے)[۔.]?$');
/** "By admin - June 14, 2023 0 123": writer, date, comments and views, as a theme of WordPress prints them. */
const THEME_BYLINE = pattern('^(?:by|از) (.{2,40}?)(?:\\s*[-–—|•·]\\s*|\\s+on\\s+)(.*\\d{4}.*)$');
/** "Posted on June 14, 2023 by admin". */
const POSTED_BY = pattern('^(?:posted|published|updated|last updated)(?: on)?\\s*:? (.*\\d{4}.*?) by (.{2,40})$');
/** "عائشہ ملک کے قلم سے". */
const FROM_PEN = pattern('^(.{2,40}?) کے قلم سے$');

/** Words in the longest name of a newspaper or topic. More is a sentence that begins like a label. */
const LONGEST_NAME = 8;

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
  // The site itself is no report.
  if (url !== undefined)
    return [{ field: 'url', value: URL.canParse(url) && new URL(url).pathname + new URL(url).search === '/' ? null : url }];
  const pairs = inPairs(text, folded) ?? (isTop ? undefined : inParts(text, folded));
  if (pairs !== undefined) return pairs;
  const dates = readDateLine(text);
  if (dates.length > 0) return dates.map(({ date, labelled, updated }) => ({ field: 'date', value: date, labelled, updated }));
  if (/\d/.test(folded) && isHijriLine(text)) return [{ field: 'dayless', value: text }];
  // On top it is a title.
  if (!isTop && /\d/.test(folded) && isMonthLine(text)) return [{ field: 'dayless', value: text }];
  const dated = /\d/.test(folded) ? (byTheme(text, folded) ?? putUpBy(text, folded) ?? printedIn(text, folded)) : undefined;
  const named =
    dated ??
    job(text, folded) ??
    tags(text, folded) ??
    secondHeadline(text, folded, isTop) ??
    filedUnder(text) ??
    labelled(text, folded, isTop) ??
    trailer(text) ??
    courtesy(text, folded) ??
    signedBy(text) ??
    (isTop ? undefined : inLatin(text));
  return named ?? (/\d/.test(folded) ? nameAndDate(text, folded) : undefined) ?? [];
}

type Reading = readonly Metadata[] | undefined;

const PAIR = '(?:author|date|source|category|published|tags|مصنف|تحریر|تاریخ|تاریخ اشاعت|ماخذ|ذریعہ|زمرہ|موضوع)\\s*[:：]';
const PAIRS_LINE = pattern(`^${PAIR}.+\\s${PAIR}`);
const BEFORE_PAIR = new RegExp(`[\\s|،,]+(?=${PAIR})`, 'giu');

/** "Author: نعیم اختر   Date: 2020-08-03": labels that stand on one line, each with what it says. It must not eat a line of which one part says nothing. */
function inPairs(text: string, folded: string): Reading {
  if (text.length > LONGEST_SIGNED || !PAIRS_LINE.test(folded)) return undefined;
  const read = text.split(BEFORE_PAIR).map((part) => readMetadata(part.trim()));
  return read.length > 1 && read.every((said) => said.length > 0) ? read.flat() : undefined;
}

/** How long it takes to read, how many have said something. */
const COUNT = pattern(
  '^(?:\\d{1,3} (?:منٹ (?:(?:کا )?(?:مطالعہ|پڑھنے کا وقت)|میں (?:پڑھیں|پڑھیے|پڑھئے))|min(?:ute)?s? read)|(?:\\d+|no) (?:تبصرے|تبصرہ|ویوز|comments?|views?)|کوئی تبصرہ نہیں|(?:تبصرے|ویوز|comments|views)\\s*:\\s*\\d+)$',
);
const PARTS = /\s*[|•·]\s*/u;

/** "نعیم اختر · 3 اگست 2020 · 5 منٹ مطالعہ", "پوسٹ: 3 اگست 2020 | زمرہ: زراعت | تبصرے: 4": a day, and beside it what is told about a report. It must not eat a line of which one part says nothing. */
function inParts(text: string, folded: string): Reading {
  if (text.length > LONGEST_SIGNED || !/\d/.test(folded) || !PARTS.test(text)) return undefined;
  const parts = text.split(PARTS).filter((part) => part.trim() !== '');
  const read = parts.map((part): Reading => {
    if (COUNT.test(fold(part))) return [];
    const said = readMetadata(part);
    const author = said.length > 0 || isOutlet(part) ? undefined : personIn(part);
    return said.length > 0 ? said : author === undefined ? undefined : [{ field: 'author', value: author }];
  });
  const said = read.flatMap((part) => part ?? []);
  const isWhole = parts.length > 2 && read.every((part) => part !== undefined);
  return isWhole && said.filter(({ field }) => field === 'author').length < 2 && said.some(({ field }) => field === 'date')
    ? said
    : undefined;
}

/** "By Salman Ahmad"; "by the river" is a headline. */
const ENGLISH_BYLINE =
  /^\s*(?:(?:[Ww]ritten|[Rr]eported) )?(?:[Bb]y|BY)(?:\s*:\s*|\s+)((?:\p{Lu}[\p{L}.'’-]*\s*){1,5})(?:[|\u2013-]\s*)?$/u;
/** "By admin -", where the day stands on the next line. */
const BY_NOBODY = /^by (\S.{1,20}?)\s*[|\u2013-]?$/u;
/** "By زہرہ منیر": nobody begins a line of Urdu so. */
const BY_URDU = pattern('^by\\s*:?\\s*((?:[\\p{Script=Arabic}]+ ?){2,5})$');
const ENDS_IN_DESK = pattern(' (?:ڈیسک|ٹیم|نیوز)$');
/** A writing hand or a pen before a name, as people type it: U+270D, U+270F, U+2712, U+1F58A, U+1F58B. */
const PEN = /^\s*[\u270D\u270F\u2712\u{1F58A}\u{1F58B}]\uFE0F?\s*[:：]?\s*/u;

/** "بذریعہ زہرہ منیر", as themes in Urdu have "by". What comes by post ("بذریعہ ڈاک") has one word behind it. */
const THROUGH = pattern('^بذریعہ (?=\\p{L})');
/** "... / کیمرہ: شاہد گل": what somebody else did. */
const BESIDE_AUTHOR = /\s*[/|][^/|:：]{2,30}[:：].*$/u;

function labelled(text: string, folded: string, isTop: boolean): Reading {
  // On top it is a headline: "ماں کے قلم سے".
  if (!isTop && FROM_PEN.test(folded)) {
    const writer = text.trim().replace(/(?:\s+\S+){3}$/u, '');
    if (isPerson(writer)) return [{ field: 'author', value: writer }];
  }
  const english = ENGLISH_BYLINE.exec(text)?.[1]?.trim();
  if (english !== undefined) return [{ field: 'author', value: NOBODY.has(fold(english)) ? null : english }];
  const urdu = BY_URDU.test(folded) ? personIn(text.trim().replace(/^by\s*:?\s*/iu, '')) : undefined;
  if (urdu !== undefined) return [{ field: 'author', value: ENDS_IN_DESK.test(folded) ? null : urdu }];
  const through = !isTop && THROUGH.test(folded) ? personIn(text.trim().replace(/^\S+\s+/u, '')) : undefined;
  if (through !== undefined) return [{ field: 'author', value: ENDS_IN_DESK.test(folded) ? null : through }];
  if (NOBODY.has(BY_NOBODY.exec(folded)?.[1] ?? '')) return [{ field: 'author', value: null }];
  const signed = PEN.test(text) && !isTop ? personIn(text.replace(PEN, '')) : undefined;
  if (signed !== undefined) return [{ field: 'author', value: signed }];
  if (text.length > 200) return undefined;
  for (const { field, label, alsoHeadline, ofPapersOnly } of LABELS) {
    if (!label.test(folded) || (alsoHeadline === true && isTop)) continue;
    const dated = field === 'source' || field === 'author' ? dateBehind(folded) : undefined;
    const behind = beforeDate(afterLabel(text), dated !== undefined);
    const written = nameIn(field === 'author' ? behind.replace(BESIDE_AUTHOR, '') : behind);
    if (written === undefined) continue;
    const outlet = field === 'author' ? outletBehind(written) : undefined;
    const value = field === 'author' ? withoutPlaces(outlet?.name ?? written) : written;
    if (ofPapersOnly === true && (value === null || !(isOutlet(value) || isAgency(value)))) continue;
    if (field === 'author' && value !== null && !isPerson(value)) continue;
    // "موضوع: پانی کا بحران" on top is a headline; names of sections and papers have no words that tie.
    if (isTop && value !== null && field !== 'author' && wordsOf(fold(value)).some((word) => TYING_WORDS.has(word))) continue;
    if (field === 'topic' && value !== null) return topicsIn(value);
    const own = value !== null && NOBODY.has(fold(value)) ? null : value;
    if (outlet !== undefined)
      return [
        { field, value: own },
        { field: 'source', value: outlet.source },
      ];
    return dated === undefined ? [{ field, value: own }] : [{ field, value: withoutPlaces(own) }, dateBeside(dated.date)];
  }
  return undefined;
}

function secondHeadline(text: string, folded: string, isTop: boolean): Reading {
  return isTop || !SUBTITLE.test(folded) ? undefined : [{ field: 'subtitle', value: afterLabel(text).trim() || null }];
}

function filedUnder(text: string): Reading {
  const named = FILED_UNDER.exec(text)?.[1];
  return named === undefined ? undefined : topicsIn(named);
}

/** "کیٹیگریز: پاکستان، موسم": the first is the section, the others are tags. */
function topicsIn(value: string): readonly Metadata[] {
  const [topic = value, ...more] = listOf(value);
  return [{ field: 'topic', value: topic }, ...(more.length === 0 ? [] : [{ field: 'tags', value: more } as const])];
}

const afterLabel = (text: string): string => text.replace(/^[^:：,،۔\u2010-\u2015-]*[:：,،۔\u2010-\u2015-]/u, '');

/** "نادیہ خان، بی بی سی اردو" → both. */
function outletBehind(name: string | null): { readonly name: string; readonly source: string } | undefined {
  const [who = '', ...more] = (name ?? '').split(/[،,|]/u).map((part) => part.trim());
  const source = more.find((part) => isOutlet(part) && knownPlace(part) === undefined);
  return source === undefined || !more.every((part) => part === source || knownPlace(part) !== undefined)
    ? undefined
    : { name: who, source };
}

function courtesy(text: string, folded: string): Reading {
  const refers = REFERRING.test(folded);
  if (!(refers || COURTESY.test(folded)) || text.length > 200) return undefined;
  const dated = dateBehind(folded);
  const value = nameIn(beforeDate(text.trim().replace(/^\S+/u, ''), dated !== undefined));
  if (!value || (refers && !isOutlet(value))) return undefined;
  return [{ field: 'source', value }, ...(dated === undefined ? [] : [dateBeside(dated.date)])];
}

/** The date with which a line ends. */
const dateBehind = (folded: string): FoundDate | undefined =>
  datesIn(folded).find(({ start, end }) => start > 0 && isOnlyTime(folded.slice(end)));

/** "روزنامہ ساحل، کراچی" → the paper. */
function withoutPlaces(name: string | null): string | null {
  const [first = '', ...places] = (name ?? '').split(/[،,]/u).map((part) => part.trim());
  return places.length > 0 && places.every((place) => knownPlace(place) !== undefined) ? first : name;
}

/** Offsets of folded text are others: in the text a date begins at its first digit. */
const beforeDate = (text: string, isDated: boolean): string => (isDated ? text.replace(/[\s\p{Cf}،,|(–—-]*(?:\p{Nd}|یکم).*$/u, '') : text);

/** "(Farhan Ali, Karachi)": in Latin letters below a headline of Urdu it is the writer. */
const IN_LATIN = /^\s*[(]\s*(\p{Lu}[A-Za-z .'’-]{2,40}),\s*([A-Z][A-Za-z .'’-]{2,30})\s*[)]\s*$/u;
/** Where to write to him, and nothing else on the line. */
const MAIL = /^\s*(?:(?:e-?mail|ای میل)\s*[:：]\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*$/iu;

function inLatin(text: string): Reading {
  if (MAIL.test(text)) return [{ field: 'author', value: null }];
  const [, name, town] = IN_LATIN.exec(text) ?? [];
  return name === undefined || town === undefined || personIn(name) === undefined
    ? undefined
    : [
        { field: 'author', value: name.trim() },
        { field: 'place', value: knownPlace(town) ?? town.trim() },
      ];
}

/** "(اے پی پی)", a line by itself below the text; "(اے پی پی/ا ش)" names who typed it too. */
function signedBy(text: string): Reading {
  const name = /^\s*[([]\s*([^()[\]/]{2,30}?)\s*(?:\/[^()[\]/]{1,20})?[)\]]\s*$/u.exec(text)?.[1];
  return name !== undefined && isAgency(name) ? [{ field: 'source', value: name }] : undefined;
}

const dateBeside = (value: string | null): Metadata => ({ field: 'date', value, labelled: false, updated: false });

/** "بی بی سی اردو، لاہور", as the second line of a byline: a paper or broadcaster and a town, and nothing else. */
export function outletAndPlace(text: string): string | undefined {
  const [outlet = '', ...places] = text.split(/[،,]/u).map((part) => part.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, ''));
  const isSigned = places.length > 0 && places.every((place) => knownPlace(place) !== undefined);
  return isSigned && isOutlet(outlet) && knownPlace(outlet) === undefined && wordsOf(fold(outlet)).length <= LONGEST_NAME
    ? outlet
    : undefined;
}

/** Characters of a line that is a person and a paper. */
const LONGEST_SIGNED = 200;

/** "سائرہ بتول | بی بی سی اردو، لاہور": a person and a paper, between which a bar or a dash stands. */
export function personAndOutlet(text: string): { readonly author: string | null; readonly source: string } | undefined {
  if (text.length > LONGEST_SIGNED) return undefined;
  const [name = '', paper = '', ...more] = text.split(/[/|]|\s[\u2010-\u2015-]\s/u).map((part) => part.trim());
  const author = paper === '' || more.length > 0 || isOutlet(name) ? undefined : personIn(name);
  const isPaper = isOutlet(paper) && knownPlace(paper) === undefined && wordsOf(fold(paper)).length <= LONGEST_NAME && !/[،,]/u.test(paper);
  const source = author === undefined ? undefined : isPaper ? paper : outletAndPlace(paper);
  return author === undefined || source === undefined ? undefined : { author, source };
}

/** "سائرہ بتول / کراچی": a person and a town. With a comma it may be what the report is about ("قومی اسمبلی، اسلام آباد"). */
export function personAndPlace(text: string): { readonly author: string | null; readonly place: string } | undefined {
  const [name = '', town = '', ...more] = text.split(/[/|]/u).map((part) => part.trim());
  const author = town === '' || more.length > 0 ? undefined : personIn(name);
  const place = author === undefined || author === '' ? undefined : knownPlace(town);
  return author === undefined || place === undefined || knownPlace(name) !== undefined ? undefined : { author, place };
}

/** "فرح ناز، کراچی", where the day stands below it: a comma is enough then. */
export function personAndTown(text: string): { readonly author: string | null; readonly place: string } | undefined {
  const parts = text.split(/[،,]/u);
  return parts.length !== 2 || isOutlet(parts[0] ?? '') ? undefined : personAndPlace(parts.join('/'));
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
  const before = THEME_BYLINE.exec(folded);
  const behind = before === null ? POSTED_BY.exec(folded) : null;
  const [who = '', when = ''] = before?.slice(1) ?? behind?.slice(1).reverse() ?? [];
  if (who === '') return undefined;
  const date = datesIn(when).find(({ start, end }) =>
    isOnlyTime(`${when.slice(0, start)} ${when.slice(end).replace(/(?:^|\s)\d{1,7}(?=\s|$)/gu, ' ')}`),
  );
  if (date === undefined) return undefined;
  const written =
    (behind === null
      ? text
          .trim()
          .replace(/^\S+\s+/u, '')
          .split(/\s*[-–—|•·]|\s+on\s+/iu)[0]
      : text
          .trim()
          .split(/\s+by\s+/iu)
          .at(-1)) ?? who;
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

/** "Published in Daily Sahil, June 14th, 2023." */
const PRINTED_IN_ENGLISH = /^\s*(?:Originally )?[Pp]ublished in ((?:\p{Lu}[\p{L}.’'-]*\s?){1,5}),\s*(.*\d{4})\.?\s*$/u;
/** "یہ مضمون 14 جون 2023 کو روزنامہ ساحل میں شائع ہوا۔" */
const PRINTED_IN = pattern(
  '^(?:یہ (?:مضمون|خبر|تحریر|کالم|رپورٹ|انٹرویو) )?(?:پہلی بار )?(.{6,40}?) کو (.{2,40}?)(?: کے شمارے)? میں (?:پہلی بار )?شائع (?:ہوا|ہوئی|کیا گیا|کی گئی)(?: تھا| تھی| ہے)?[۔.]?$',
);

/** The paper in which it was printed, and when. It counts above and below the text only: in it such a line tells of another article. A diary or a book is no paper. */
function printedIn(text: string, folded: string): Reading {
  const [, english = '', day = ''] = PRINTED_IN_ENGLISH.exec(text) ?? [];
  const [, when = fold(day), paper = ''] = english === '' ? (PRINTED_IN.exec(folded) ?? []) : [];
  const date = datesIn(when).find(({ start, end }) => isOnlyTime(`${when.slice(0, start)} ${when.slice(end)}`));
  if (date === undefined || (english === '' && !isOutlet(paper))) return undefined;
  // As written: behind the last "کو" that stands before the words of the paper.
  const written = text.replace(/^.*?\sکو\s+/u, '').replace(/\s+(?:کے شمارے\s+)?میں\s.*$/u, '');
  return [{ field: 'source', value: english === '' ? written : english.trim() }, dateBeside(date.date)];
}

/** Words beside a date that can be the name of a paper or a writer. */
const LONGEST_BESIDE = 5;

/**
 * "روزنامہ نئی روشنی، 14 جون 2023": a name and a date, set apart by a sign, or in parentheses. Only where a bare date counts too (above or below the text),
 * which is for the caller to judge: nothing here says that it is labelled.
 */
function nameAndDate(text: string, folded: string): Reading {
  if (text.length > 100 || endsSentence(folded)) return undefined;
  const named = paperBeside(text, folded) ?? personBeforeWeekday(text, folded);
  if (named !== undefined) return named;
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

/** "روزنامہ ساحل کراچی 2 جنوری 2024": that it is a paper is said in front, so nothing need stand between. */
const PAPER = pattern('^(?:روزنامہ|ہفت روزہ|سہ روزہ|پندرہ روزہ|ماہنامہ|سہ ماہی) ');

function paperBeside(text: string, folded: string): Reading {
  const found = PAPER.test(folded) ? dateBehind(folded) : undefined;
  if (found === undefined) return undefined;
  const words = beforeDate(text, true).trim().split(/\s+/u);
  if (
    words.length < 2 ||
    words.length > LONGEST_BESIDE ||
    words.some((word) => FINITE_VERBS.has(fold(word)) || TYING_WORDS.has(fold(word)))
  )
    return undefined;
  const town = words.length > 2 && knownPlace(words.at(-1) ?? '') !== undefined ? 1 : 0;
  const source = words
    .slice(0, words.length - town)
    .join(' ')
    .replace(/[\s\p{P}]+$/u, '')
    .replace(/^[\s\p{P}]+/u, '');
  return [{ field: 'source', value: source }, dateBeside(found.date)];
}

const HAS_WEEKDAY = pattern(` ${WEEKDAY}`);
const BEFORE_WEEKDAY = pattern(`^(.+?) ${WEEKDAY}[\\s،,]*$`);

/** "سائرہ بتول منگل 2 جنوری 2024": the weekday parts a person from the day. */
function personBeforeWeekday(text: string, folded: string): Reading {
  const found = HAS_WEEKDAY.test(folded) ? dateBehind(folded) : undefined;
  const [, name = ''] = found === undefined ? [] : (BEFORE_WEEKDAY.exec(folded.slice(0, found.start)) ?? []);
  if (found === undefined || name === '') return undefined;
  // A sign may stand between: "سائرہ بتول | منگل 2 جنوری 2024".
  const written = text.trim().split(/\s+/u).slice(0, name.split(' ').length).join(' ');
  const author = personIn(written.replace(/[\s\p{P}\p{S}]+$/u, ''));
  return author === undefined ? undefined : [{ field: 'author', value: author }, dateBeside(found.date)];
}

/** The part between signs that holds no digit and more than weekdays. */
function writtenName(text: string): string | undefined {
  const parts = text.split(/[,،|•·:()–—-]/u).map((part) => part.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, ''));
  return parts.find((part) => part !== '' && !/\p{Nd}/u.test(part) && !isOnlyTime(fold(part)));
}

/** A name as written, without the signs around it. Null: empty. Undefined: not a name but a sentence. */
function nameIn(text: string): string | null | undefined {
  const value = unwrap(text.replace(/^[\s\p{Cf}:۔.-]+|[\s\p{Cf}|،,-]+$/gu, ''));
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
