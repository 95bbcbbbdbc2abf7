import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import type { Format, Found } from './format.js';
import { Records } from './records.js';

/** Markdown, as generators of sites keep it: front matter between two lines of dashes, and the text. */

export const markdown: Format = {
  name: 'Markdown',
  recognizes: ({ headText, extension }) =>
    headText !== null && (/^(?:md|markdown|mdx)$/.test(extension) || /^\uFEFF?---\r?\n(?:[\w-]+|[\p{L} ]+)\s*:/u.test(headText)),
  read,
};

/** Bytes. */
const LARGEST = 20 * 1024 * 1024;
const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)\s*(?:\r?\n|$)/;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const source = await input.wholeText(LARGEST);
  if (/^\uFEFF?\+\+\+\r?\n/.test(source))
    throw new Unreadable(
      'has front matter in TOML (between lines of +++)',
      'Write it in YAML, between lines of ---: hugo convert toYAML does so for a whole site.',
    );
  const front = FRONT_MATTER.exec(source);
  const text = source.slice(front?.[0].length ?? 0);
  const record = front === null ? {} : await frontMatter(front[1] ?? '');
  const heading = /^\s*#\s+(.+?)\s*#*\s*(?:\n|$)/.exec(text);
  const isHeadline = heading !== null && record['title'] === undefined;
  const content = isHeadline ? text.slice(heading[0].length) : text;
  const { marked } = await import('marked');
  const html = await marked.parse(content.replace(/\{\{[<%][\s\S]*?[>%]\}\}/g, ''));
  const found = new Records(input).article({ ...record, ...(isHeadline && { title: heading[1] }), body: html });
  const date = DATED.exec(input.name)?.[1];
  yield found.kind === 'record' && found.fields.date === null && date !== undefined
    ? { ...found, fields: { ...found.fields, date } }
    : found;
}

/** Jekyll names posts by their day. */
const DATED = /(?:^|\/)(\d{4}-\d{2}-\d{2})-[^/]+$/;

async function frontMatter(text: string): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new Unreadable(
      `has front matter that is no YAML (${(error as Error).message.split('\n')[0]})`,
      'Mend it: a value with a colon or a quote in it stands in quotes.',
    );
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
