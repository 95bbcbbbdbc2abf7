import type { Article } from './article.js';
import { timestampOf } from './dates.js';
import { fold } from './fold.js';
import { datelineOf, isHeadline, isProse } from './judge.js';
import { isText, type Line, wordsOf } from './lines.js';
import type { Report } from './split.js';

/** What a report is, before it has an id and a file. */
export type Recognized = Omit<Article, 'id' | 'file'>;

type Fields = Pick<Article, 'date' | 'source' | 'topic'>;

/** Characters of a title that is made from the text. About two lines on the search page. */
export const DERIVED_TITLE_LENGTH = 90;
/** Words. */
const SHORTEST_TITLE = 3;

/**
 * Title, body, date, source, topic and place of every report of a page.
 * A report's own lines come first; then those above or below the whole group; then those above the first headline, which are the file's.
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
  return reports.map((report) => {
    const { group } = report;
    const own = fieldsIn(report.lines);
    const known = (field: keyof Fields): string | null =>
      own[field] ?? above.get(group)?.[field] ?? below.get(group)?.[field] ?? file[field];
    const date = known('date');
    return {
      ...titleAndBody(report),
      date,
      timestamp: date === null ? null : timestampOf(date),
      source: known('source'),
      topic: known('topic'),
    };
  });
}

function titleAndBody(report: Report): Pick<Article, 'title' | 'titleDerived' | 'body' | 'place'> {
  const texts = report.lines.filter(isText);
  const [first] = texts;
  const hasTitle = first !== undefined && texts.length > 1 && isHeadline(first, standsAlone(first, report.lines));
  const paragraphs = hasTitle ? texts.slice(1) : texts;
  const opening = paragraphs[0]?.text ?? '';
  return {
    title: hasTitle ? first.text : deriveTitle(opening),
    titleDerived: !hasTitle,
    body: paragraphs.map(({ text }) => text).join('\n'),
    place: datelineOf(opening)?.place ?? null,
  };
}

/** A report has one date, one source and one topic, the first that can be read. The lines that are not used are noise, so that they are counted. */
export function dropUnusedMetadata(reports: readonly Report[]): void {
  for (const { lines } of reports) {
    const used = fieldsIn(lines);
    const found = new Set<keyof Fields>();
    for (const line of lines) {
      if (line.metadata === null) continue;
      const { field, value } = line.metadata;
      // A date that no calendar has is counted as such.
      if (field === 'date' && value === null) continue;
      if (value === null || value !== used[field] || found.has(field)) line.noise = 'metadata';
      else found.add(field);
    }
  }
}

/** A blank line or a metadata line follows. */
function standsAlone(line: Line, lines: readonly Line[]): boolean {
  const next = lines[lines.indexOf(line) + 1];
  return next === undefined || next.afterBlank || next.metadata !== null;
}

/** The first sentence without its dateline, shortened at a word boundary. */
export function deriveTitle(text: string): string {
  const told = text.slice(datelineOf(text)?.length ?? 0);
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

function shorten(text: string): string {
  const letters = Array.from(text);
  if (letters.length <= DERIVED_TITLE_LENGTH) return text;
  const start = letters.slice(0, DERIVED_TITLE_LENGTH).join('');
  const lastSpace = start.search(/\s\S*$/u);
  const cut = /\s/u.test(letters[DERIVED_TITLE_LENGTH] ?? '') || lastSpace <= 0 ? start : start.slice(0, lastSpace);
  return `${cut.replace(/[\s،,؛;:۔–—-]+$/u, '')}…`;
}

/** The first value of each field. The day of publication goes before that of an update. */
function fieldsIn(lines: readonly Line[]): Fields {
  const known = lines.flatMap(({ noise, metadata }) => (noise === null && metadata !== null && metadata.value !== null ? [metadata] : []));
  const published = known.find((metadata) => metadata.field === 'date' && !metadata.updated);
  const first = (field: keyof Fields): string | null => known.find((metadata) => metadata.field === field)?.value ?? null;
  return { date: published?.value ?? first('date'), source: first('source'), topic: first('topic') };
}

function linesBefore(lines: readonly Line[], isEnd: (line: Line) => boolean): readonly Line[] {
  const end = lines.findIndex(isEnd);
  return end === -1 ? lines : lines.slice(0, end);
}

/** The headline belongs to what stands above the text, even when it closes with a full stop. */
function linesAboveText(lines: readonly Line[]): readonly Line[] {
  const first = lines.find(isText);
  return linesBefore(lines, (line) => isText(line) && isProse(line) && !(line === first && isHeadline(line, true)));
}

function linesAfterText(lines: readonly Line[]): readonly Line[] {
  return lines.slice(lines.findLastIndex(isText) + 1);
}
