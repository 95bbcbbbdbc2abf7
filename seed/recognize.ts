import type { Article } from './article.js';
import { type Dateline, datelineOf, unknownDatelineOf } from './dateline.js';
import { timestampOf } from './dates.js';
import { fold, pattern } from './fold.js';
import { type Below, isClosed, isHeadline, isProse, LONGEST_CLOSED, LONGEST_STANDFIRST } from './judge.js';
import { isText, type Line, wordsOf } from './lines.js';
import type { Metadata } from './metadata.js';
import type { Report } from './split.js';
import { outletIn, tagsIn } from './tag-line.js';
import { isPoem } from './verse.js';

/** What a report is, before it has an id and a file. */
export type Recognized = Omit<Article, 'id' | 'file'>;

type Name = 'source' | 'topic' | 'author' | 'url' | 'place' | 'subtitle';
type Fields = Pick<Article, 'date' | 'updated' | 'dateText' | Name> & {
  readonly tags: readonly string[] | null;
  readonly dayless: string | null;
};

/** Characters behind which a title that is made from the text ends with the word. About two lines on the search page. */
export const DERIVED_TITLE_LENGTH = 90;
/** Letters. Text without blanks is cut behind so many more. */
const LONGEST_WORD = 20;
/** Words. */
const SHORTEST_TITLE = 3;
/** Words of a paragraph below which "لاہور: 35 ڈگری" is an item of a list. */
const SHORTEST_OPENING = 12;

/**
 * Title, body and all that is known of every report of a page.
 * A report's own lines come first; then those above or below the whole group; then those above the first headline, which are the file's; then the dateline.
 * A related report ("پڑھیں:") is another group, so it never gets the date or source of the report that linked to it.
 */
export function recognize(reports: readonly Report[]): Recognized[] {
  const file = fieldsIn(linesBefore(reports[0]?.lines ?? [], isText));
  const above = new Map<number, Fields>();
  const below = new Map<number, Fields>();
  for (const { group, lines } of reports) {
    if (!above.has(group)) above.set(group, fieldsIn(linesAboveText(lines)));
    below.set(group, fieldsIn(linesAfterText(lines)));
  }
  const headlines = new Map<number, string>();
  return reports.map((report) => {
    const { group } = report;
    const own = fieldsIn(report.lines);
    const known = <F extends keyof Fields>(field: F): Fields[F] =>
      own[field] ?? above.get(group)?.[field] ?? below.get(group)?.[field] ?? file[field];
    const { dateline, opening, ...told } = titleAndBody(report);
    const date = known('date') ?? dateline?.date ?? null;
    const partOf = told.titleDerived ? (headlines.get(group) ?? null) : null;
    if (!told.titleDerived && !headlines.has(group)) headlines.set(group, told.title);
    return {
      ...told,
      subtitle: own.subtitle,
      date,
      timestamp: date === null ? null : timestampOf(date),
      updated: known('updated'),
      dateText: known('date') !== null ? known('dateText') : date !== null ? opening.slice(0, dateline?.length).trim() : known('dayless'),
      author: known('author'),
      source: known('source') ?? dateline?.source ?? outletOf(report) ?? null,
      topic: known('topic'),
      place: dateline?.place ?? known('place'),
      // An address is of one report, not of those that stand with it on a page.
      url: own.url ?? (reports.length === 1 ? file.url : null),
      tags: own.tags ?? report.lines.flatMap((line) => (line.noise === 'tags' ? tagsIn(line, report.lines) : [])),
      partOf,
    };
  });
}

/** Who asks the readers of the report to join a channel. */
const outletOf = ({ lines }: Report): string | undefined =>
  lines.map((line) => (line.noise === 'appeal' ? outletIn(line) : undefined)).find((name) => name !== undefined);

type Told = Pick<Article, 'title' | 'titleDerived' | 'body'> & {
  readonly dateline: Dateline | null;
  /** The paragraph that begins with it. */
  readonly opening: string;
};

function titleAndBody(report: Report): Told {
  const texts = report.lines.filter(isText);
  const [first] = texts;
  const hasTitle =
    first !== undefined && texts.length > 1 && isHeadline(first, belowOf(first, report.lines)) && !isLeadOverDate(first, report.lines);
  // The first verse is the title, as anthologies have it, and belongs to the poem.
  const paragraphs = hasTitle && !isPoem(texts) ? texts.slice(1) : texts;
  const [opening = '', ...rest] = paragraphs.map(({ text }) => text);
  const dateline = datelineOf(opening) ?? unknownDatelineOf(opening, rest);
  const below = dateline === null && hasTitle && wordsOf(fold(opening)).length <= LONGEST_STANDFIRST ? datelineOf(rest[0] ?? '') : null;
  // Below a teaser, which is no sentence, a known town and a colon are enough: there they begin the report.
  const isTeaser =
    below !== null && paragraphs[0] !== undefined && !isProse(paragraphs[0]) && wordsOf(fold(rest[0] ?? '')).length >= SHORTEST_OPENING;
  const isBelow = below?.byReporter === true || isTeaser;
  return {
    title: hasTitle ? first.text : deriveTitle(opening, dateline),
    titleDerived: !hasTitle,
    body: paragraphs.map(({ text }) => text).join('\n'),
    dateline: isBelow ? below : dateline,
    opening: isBelow ? (rest[0] ?? '') : opening,
  };
}

/** A report has one date, one source and so on, the first that can be read. The lines of which nothing is used are noise, so that they are counted. */
export function dropUnusedMetadata(reports: readonly Report[]): void {
  for (const { lines } of reports) {
    const used = fieldsIn(lines);
    const found = new Set<string>();
    for (const line of lines) {
      if (line.metadata.length === 0) continue;
      // A date that no calendar has is counted as such.
      if (line.metadata.some(({ field, value }) => field === 'date' && value === null)) continue;
      const news = line.metadata.filter((metadata) => isUsed(metadata, used) && !found.has(keyOf(metadata)));
      if (news.length === 0) line.noise = 'metadata';
      for (const metadata of news) found.add(keyOf(metadata));
    }
  }
}

const keyOf = (metadata: Metadata): string =>
  metadata.field === 'tags' ? `tags ${metadata.value.join()}` : metadata.field === 'date' && metadata.updated ? 'updated' : metadata.field;

function isUsed(metadata: Metadata, used: Fields): boolean {
  if (metadata.field === 'tags') return metadata.value.length > 0;
  if (metadata.field === 'date') return metadata.value === (metadata.updated && used.updated !== null ? used.updated : used.date);
  if (metadata.field === 'dayless') return used.date === null && metadata.value === used.dayless;
  return metadata.value !== null && metadata.value === used[metadata.field];
}

/**
 * The first paragraph of a report without a headline, with the day below it. So closed a line is a headline only where it is short and tells no whole sentence: what is taken for a paragraph
 * by mistake still is the title, and stays in the text too; a paragraph that is taken for a headline is gone from the text.
 */
function isLeadOverDate(line: Line, lines: readonly Line[]): boolean {
  const next = lines[lines.indexOf(line) + 1];
  if (next?.metadata.some(({ field }) => field === 'date' || field === 'dayless') !== true) return false;
  const isSentence = line.words.length >= SHORTEST_LEAD && WHOLE_SENTENCE.test(line.folded);
  return isClosed(line.folded) && (line.words.length > LONGEST_CLOSED || isSentence);
}

/** Words; a motto ("کیسا عروج تھا، کیسی پستی ہے۔") has fewer. Not measured. */
const SHORTEST_LEAD = 7;
/** Verbs that close a sentence, and that headlines leave out. */
const WHOLE_SENTENCE = pattern('(?<!\\p{L})(?:ہے|ہیں|تھا|تھی|تھے|تھیں|گا|گی|گے|ہوگا|ہوگی)[۔.]$');

function belowOf(line: Line, lines: readonly Line[]): Below {
  const next = lines[lines.indexOf(line) + 1];
  if (next?.metadata.length) return 'metadata';
  return next === undefined || next.afterBlank ? 'blank' : 'text';
}

/** The first sentence without its dateline, shortened at a word boundary. */
export function deriveTitle(text: string, dateline: Dateline | null = datelineOf(text)): string {
  const told = text.slice(dateline?.length ?? 0);
  const sentence = firstSentence(told).trim();
  return shorten(sentence === '' ? text.trim() : sentence);
}

/** A full stop inside a number (2.5) does not end a sentence, and one after a word or two ("ڈاکٹر۔") no sentence worth a title. */
function firstSentence(text: string): string {
  for (const end of text.matchAll(/[۔؟!?]|\.(?=\s|$)/gu)) {
    const sentence = text.slice(0, end.index);
    if (wordsOf(fold(sentence)).length < SHORTEST_TITLE) continue;
    return end[0] === '۔' || end[0] === '.' ? sentence : sentence + end[0];
  }
  return text;
}

/** The word that reaches the limit is finished; what signs stand behind it go. */
function shorten(text: string): string {
  const letters = Array.from(text);
  const rest = letters.slice(DERIVED_TITLE_LENGTH - 1).findIndex((letter) => /\s/u.test(letter));
  const end =
    rest === -1 ? Math.min(letters.length, DERIVED_TITLE_LENGTH + LONGEST_WORD) : DERIVED_TITLE_LENGTH - 1 + Math.min(rest, LONGEST_WORD);
  if (end >= letters.length) return text;
  return `${letters
    .slice(0, end)
    .join('')
    .replace(/[\s،,؛;:۔–—-]+$/u, '')}…`;
}

/** The first value of each field. The day of publication goes before that of an update, which stands in for it where there is no other. */
function fieldsIn(lines: readonly Line[]): Fields {
  const known = lines.flatMap(({ noise, metadata, text }) => (noise === null ? metadata.map((said) => ({ said, text })) : []));
  const first = (field: Name | 'dayless'): string | null => {
    for (const { said } of known) if (said.field === field && said.value !== null) return said.value;
    return null;
  };
  const dates = known.flatMap(({ said, text }) => (said.field === 'date' && said.value !== null ? [{ ...said, text }] : []));
  const published = dates.find(({ updated }) => !updated) ?? dates[0];
  const changed = dates.find(({ updated }) => updated);
  const tags = known.flatMap(({ said }) => (said.field === 'tags' ? said.value : []));
  return {
    date: published?.value ?? null,
    dateText: published?.text ?? null,
    updated: changed?.value ?? null,
    dayless: first('dayless'),
    source: first('source'),
    topic: first('topic'),
    author: first('author'),
    url: first('url'),
    place: first('place'),
    subtitle: first('subtitle'),
    tags: tags.length === 0 ? null : [...new Set(tags)],
  };
}

function linesBefore(lines: readonly Line[], isEnd: (line: Line) => boolean): readonly Line[] {
  const end = lines.findIndex(isEnd);
  return end === -1 ? lines : lines.slice(0, end);
}

/** The headline belongs to what stands above the text, even when it closes with a full stop. */
function linesAboveText(lines: readonly Line[]): readonly Line[] {
  const first = lines.find(isText);
  return linesBefore(lines, (line) => isText(line) && isProse(line) && !(line === first && isHeadline(line, 'metadata')));
}

function linesAfterText(lines: readonly Line[]): readonly Line[] {
  return lines.slice(lines.findLastIndex(isText) + 1);
}
