import { type CleanPage, clean } from './clean.js';
import { datelineOf } from './dateline.js';
import { datesIn, isHijriLine, timestampOf } from './dates.js';
import type { Fields } from './fields.js';
import { fold } from './fold.js';
import { htmlText, isHtml, plainText } from './html.js';
import { isText } from './lines.js';
import type { Metadata } from './metadata.js';
import { deriveTitle, type Recognized } from './recognize.js';

/** A record whose parts are known → an article. Its text is cleaned line by line as a page is; it is never split, and no line of it becomes the title. */
export function readEntry(fields: Fields): { readonly page: CleanPage; readonly article: Recognized; readonly badDate: string | null } {
  const title = fields.title === null ? null : plainText(fields.title) || null;
  const written = withoutMarkdown(unescaped(fields.body));
  const lines = isHtml(written)
    ? htmlText(written).paragraphs
    : [/&#?\w+;/.test(written) ? written.split('\n').map(plainText).join('\n') : written];
  const page = cleanBelow(title, lines.join('\n'));
  const texts = page.lines.filter(isText).map(({ text }) => text);
  // A text of nothing but noise is kept as it is: here somebody said that it is the text.
  const body = texts.length === 0 || fields.times !== undefined ? lines.join('\n').trim() : texts.join('\n');
  const said = page.lines.filter(({ noise }) => noise === null).flatMap(({ metadata }) => metadata);
  const opening = body.split('\n')[0] ?? '';
  const dateline = datelineOf(opening);
  const date = readDate(fields.date) ?? firstOf(said, 'date') ?? dateline?.date ?? null;
  return {
    page,
    badDate: fields.date !== null && readDate(fields.date) === null && !isHijriLine(fields.date) ? fields.date : null,
    article: {
      title: title ?? deriveTitle(opening, dateline),
      titleDerived: title === null,
      subtitle: fields.subtitle === null ? null : plainText(fields.subtitle),
      body,
      author: nonEmpty(fields.author) ?? firstOf(said, 'author'),
      date,
      timestamp: date === null ? null : timestampOf(date),
      updated: readDate(fields.updated),
      dateText: fields.date ?? dateTextIn(page),
      source: nonEmpty(fields.source) ?? firstOf(said, 'source') ?? dateline?.source ?? null,
      topic: nonEmpty(fields.topic) ?? firstOf(said, 'topic'),
      place: nonEmpty(fields.place) ?? dateline?.place ?? null,
      url: fields.url ?? firstOf(said, 'url'),
      tags: [...new Set([...fields.tags.map(plainText), ...said.flatMap((metadata) => (metadata.field === 'tags' ? metadata.value : []))])],
      partOf: null,
      ...(fields.times !== undefined && { times: fields.times }),
    },
  };
}

/** HTML that was escaped once too often ("&lt;p&gt;...&lt;/p&gt;"). In HTML, and without a pair of tags of a paragraph or a break, it is what the author writes of HTML. */
const unescaped = (body: string): string =>
  !isHtml(body) && /&lt;(p|div)(?:\s[^<>&]*)?&gt;[\s\S]*&lt;\/\1&gt;|&lt;br\s*\/?&gt;/i.test(body) ? plainEntities(body) : body;

const MARKDOWN = /^#{1,6} +\p{L}.*$|!?\[[^\]\n]*\]\((?:https?:)?\/[^)\s]*\)/mu;

/** Systems without an editor of their own keep Markdown. A headline of it, or a link, says that a text is such; a tag ("#باغ") has no blank behind its sign. */
function withoutMarkdown(body: string): string {
  if (!MARKDOWN.test(body) || isHtml(body)) return body;
  return body
    .replace(/!\[[^\]\n]*\]\([^)\s]*\)/g, '')
    .replace(/\[([^\]\n]*)\]\([^)\s]*\)/g, '$1')
    .replace(/^#{1,6} +/gm, '')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2');
}

const plainEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The line of the text that tells its day. */
const dateTextIn = ({ lines }: CleanPage): string | null =>
  lines.find(
    ({ noise, metadata }) =>
      noise === null && metadata.some(({ field, value }) => (field === 'date' || field === 'dayless') && value !== null),
  )?.text ?? null;

const nonEmpty = (text: string | null): string | null => (text === null ? null : plainText(text) || null);

function firstOf(said: readonly Metadata[], field: Exclude<Metadata['field'], 'tags'>): string | null {
  for (const metadata of said) if (metadata.field === field && metadata.value !== null) return metadata.value;
  return null;
}

/** The headline stands over the text while it is cleaned, since rules look at it; then it goes. */
function cleanBelow(title: string | null, body: string): CleanPage {
  if (title === null) return clean(body);
  const page = clean(`${title}\n\n${body}`);
  const own = <T extends { readonly number: number }>(items: readonly T[]): T[] => items.filter(({ number }) => number > 2);
  return { lines: own(page.lines), emptyLines: Math.max(0, page.emptyLines - 1), cut: own(page.cut) };
}

/** The day as the source writes it: `2023-06-14T08:00:00+05:00` is the 14th, whatever the time elsewhere. Seconds and milliseconds since 1970 are UTC. */
export function readDate(text: string | null): string | null {
  if (text === null) return null;
  if (/^\d{9,10}$/.test(text)) return new Date(Number(text) * 1_000).toISOString().slice(0, 10);
  if (/^\d{12,13}$/.test(text)) return new Date(Number(text)).toISOString().slice(0, 10);
  const iso = /^\s*(\d{4}-\d{2}-\d{2})(?=[T\s]|$)/.exec(text)?.[1] ?? compactIso(text) ?? byProgram(text);
  return datesIn(iso ?? fold(text)).find(({ date }) => date !== null)?.date ?? null;
}

/** "20230614T080000Z", as news agencies write it. Without an hour it may be any number. */
function compactIso(text: string): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})(\d{2})(\d{2})T\d{4}/.exec(text) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

/** "Tue Jan 02 10:00:00 +0000 2024", as C and Twitter write it: the year stands last. */
function byProgram(text: string): string | undefined {
  const [, month, day, year] =
    /^\w{3} (\w{3}) {1,2}(\d{1,2}) \d{2}:\d{2}:\d{2} (?:[+-]\d{4} |[A-Z]{3,4} )?(\d{4})$/.exec(text.trim()) ?? [];
  return year === undefined ? undefined : fold(`${day} ${month} ${year}`);
}
