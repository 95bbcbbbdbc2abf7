import type { Input } from '../input.js';
import { newLine } from '../lines.js';
import { Unreadable } from '../unreadable.js';
import { mayBeVerse } from '../verse.js';
import type { Format, Found } from './format.js';
import { Records } from './records.js';

/** Markdown, as generators of sites keep it: front matter between two lines of dashes (YAML), of plus signs (TOML) or as JSON, and the text. */

export const markdown: Format = {
  name: 'Markdown',
  recognizes: ({ headText, extension }) =>
    headText !== null &&
    (/^(?:md|markdown|mdx)$/.test(extension) ||
      /^\uFEFF?\s*---\r?\n(?:[\w-]+|[\p{L} ]+)\s*:/u.test(headText) ||
      /^\uFEFF?\+\+\+\r?\n\s*[\w"'-]+\s*=/.test(headText) ||
      /^\uFEFF?;;;+\r?\n\s*"[\w-]+"\s*:/.test(headText)),
  read,
};

/** Bytes. */
const LARGEST = 20 * 1024 * 1024;
const YAML = /^\uFEFF?\s*---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
/** Hexo: the parts of an object, without its braces, and a line of semicolons below it (above it too, or not). */
const JSON_PARTS = /^\uFEFF?\s*(?:;;;+[ \t]*\r?\n)?(\s*"[\w-]+"\s*:[\s\S]*?),?\s*\r?\n;;;+[ \t]*(?:\r?\n|$)/;
/** Hexo lets the dashes above the names go. Each line down to those below must be a name with its value, or go on with it, and one is the title: else it is a text over a line. */
const YAML_BELOW =
  /^\uFEFF?((?=(?:.*\n){0,20}?title[ \t]*:)[a-z][\w-]*[ \t]*:.*\r?\n(?:(?:[a-z][\w-]*[ \t]*:|[ \t]*- |[ \t]+\S).*\r?\n){0,30})---+[ \t]*(?:\r?\n|$)/;
/** Nikola: ".. title: ..." in a comment. */
const DOTTED = /^\uFEFF?\s*<!--[ \t]*\r?\n((?:\.\. [\w-]+:.*\r?\n)+)-->[ \t]*(?:\r?\n|$)/;
const TOML = /^\uFEFF?\s*\+\+\+[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?\+\+\+[ \t]*(?:\r?\n|$)/;
/** Hugo takes JSON too: an object that ends on a line of its own. */
const JSON_OBJECT = /^\uFEFF?\s*(\{[ \t]*\r?\n[\s\S]*?\r?\n\})[ \t]*(?:\r?\n|$)/;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const source = await input.wholeText(LARGEST);
  const { record, text } = await frontMatterOf(source, input);
  const { marked } = await import('marked');
  const html = await marked.parse(withVerses(withoutNotes(withoutWikiLinks(withoutContents(withoutCode(text, input.extension))))));
  // A heading of the first level on top is the headline, where the front matter has none.
  const heading = record['title'] === undefined ? /^\s*<h1>([\s\S]*?)<\/h1>/.exec(html) : null;
  const body = html.slice(heading?.[0].length ?? 0);
  const found = new Records(input).article({ ...record, ...(heading !== null && { title: heading[1] }), body });
  const date = DATED.exec(input.name)?.[1];
  yield found.kind === 'record' && found.fields.date === null && date !== undefined
    ? { ...found, fields: { ...found.fields, date } }
    : found;
}

/** Front matter by its signs, and what reads what stands between them: the first that is there counts. */
const FRONT_MATTER: readonly {
  readonly form: RegExp;
  readonly read: (text: string, input: Input) => Record<string, unknown> | Promise<Record<string, unknown>>;
}[] = [
  { form: YAML, read: fromYaml },
  { form: TOML, read: fromToml },
  { form: JSON_OBJECT, read: fromJson },
  { form: JSON_PARTS, read: (text) => fromJson(`{${text}}`) },
  { form: YAML_BELOW, read: fromYaml },
  { form: DOTTED, read: fromDotted },
];

async function frontMatterOf(source: string, input: Input): Promise<{ readonly record: Record<string, unknown>; readonly text: string }> {
  for (const { form, read } of FRONT_MATTER) {
    const found = form.exec(source);
    if (found !== null) return { record: await read(found[1] ?? '', input), text: source.slice(found[0].length) };
  }
  return { record: {}, text: source };
}

/** What a generator puts in its place, and the modules that MDX names. */
const withoutCode = (text: string, extension: string): string =>
  (extension === 'mdx' ? text.replace(/^(?:import|export) .*$/gm, '') : text).replace(
    // The last: what Kramdown, as Jekyll has it, hangs on the paragraph above ("{: .quote}").
    /\{\{[<%][\s\S]*?[>%]\}\}|\{%[\s\S]*?%\}|\{\{\s*(?:page|site|post|content)\b[^}\n]*\}\}|^\{:[^}\n]*\}[ \t]*$/gm,
    '',
  );

const CONTENTS = '(?:فہرست(?: مضامین| عنوانات)?|مندرجات|عنوانات|contents|table of contents|toc)';
/** A list of which each item is a link to a part of the same file, with its heading: all of it stands in the text again. What stands beside a link is the author's, and so is a link elsewhere. */
const LIST_OF_CONTENTS = new RegExp(
  `(?:^#{1,6}[ \\t]*${CONTENTS}[ \\t:]*#*[ \\t]*\\r?\\n\\s*|^\\*\\*${CONTENTS}:?\\*\\*:?[ \\t]*\\r?\\n\\s*)?(?:^[ \\t]*(?:[-*+]|\\d+[.)])[ \\t]+\\[[^\\]\\n]+\\]\\(#[^)\\n]*\\)[ \\t]*(?:\\r?\\n|$)){2,}(?![ \\t]*(?:[-*+]|\\d+[.)])[ \\t])`,
  'gim',
);
const withoutContents = (text: string): string => text.replace(LIST_OF_CONTENTS, '\n');

/** "متن[^1]" and "[^1]: حاشیہ": the marks of notes, which the parser does not know. */
const withoutNotes = (text: string): string => text.replace(/^\[\^[^\]\s]+\]:[ \t]*/gm, '').replace(/(?<=\S)\[\^[^\]\s]+\]/g, '');

/** Obsidian: a link to another note is its words ("[[کتب خانہ|پرانا کتب خانہ]]"), a picture ("![[a.png]]") and a comment between "%%" are none. */
const withoutWikiLinks = (text: string): string =>
  text
    .replace(/^%%[\s\S]*?%%[ \t]*$|%%[^%\n]+%%/gm, '')
    .replace(/!\[\[[^\]\n]+\]\]/g, '')
    .replace(/\[\[(?:[^\]|\n]+\|)?([^\]|\n]+)\]\]/g, '$1');

/** Lines of a block that are all verses stay lines; Markdown would make one paragraph of them, as of a text that was wrapped. */
const withVerses = (text: string): string =>
  text.replace(/(?:^(?![ \t]*(?:[-*+>#|]|\d+[.)]|```|~~~|<|$)).+$\n?){2,}/gm, (block) => {
    const lines = block.trimEnd().split('\n');
    return lines.every((line) => mayBeVerse(newLine(0, line.trim(), false)))
      ? `${lines.map((line) => line.replace(/\\?\s*$/, '')).join('  \n')}\n`
      : block;
  });

/** Jekyll names posts by their day. */
const DATED = /(?:^|\/)(\d{4}-\d{2}-\d{2})-[^/]+$/;

async function fromYaml(text: string, input: Input): Promise<Record<string, unknown>> {
  const { parse } = await import('yaml');
  const rule = 'a value with a colon or a quote in it stands in quotes';
  try {
    return recordOf(parse(text));
  } catch (error) {
    // Nobody means a table by "title: زہرہ: ایک ملاقات".
    const quoted = text.replace(
      /^([\w-]+):[ \t]+(?!["'[{|>&*!])(.*:[ \t].*?)[ \t]*\r?$/gm,
      (_, name: string, value: string) => `${name}: ${JSON.stringify(value)}`,
    );
    if (quoted === text)
      return recordIn(
        () => {
          throw error;
        },
        'YAML',
        rule,
      );
    const record = recordIn(() => parse(quoted), 'YAML', rule);
    input.note('a value of the front matter with a colon in it was read as if it stood in quotes');
    return record;
  }
}

/** Hugo keeps what a site adds to an article in a table of its own, `[params]`. */
async function fromToml(text: string): Promise<Record<string, unknown>> {
  const { parse } = await import('smol-toml');
  const { params, extra, ...own } = recordIn(() => parse(text), 'TOML', 'a text stands in quotes, and each name once');
  return Object.fromEntries(
    Object.entries({ ...recordOf(extra), ...recordOf(params), ...own }).map(([name, value]) => [
      name,
      // A day or time of TOML: it writes itself as it stood there.
      value instanceof Date ? value.toISOString().replace(/\.000(?=\D|$)/, '') : value,
    ]),
  );
}

function fromJson(text: string): Record<string, unknown> {
  return recordIn(() => JSON.parse(text), 'JSON', 'texts stand in quotes, with commas between them');
}

function fromDotted(text: string): Record<string, unknown> {
  return Object.fromEntries([...text.matchAll(/^\.\. ([\w-]+):[ \t]*(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));
}

function recordIn(parse: () => unknown, language: string, rule: string): Record<string, unknown> {
  try {
    return recordOf(parse());
  } catch (error) {
    throw new Unreadable(`has front matter that is no ${language} (${(error as Error).message.split('\n')[0]})`, `Mend it: ${rule}.`);
  }
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
