import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import type { Format, Found } from './format.js';

/** PDF with a layer of text. What a program has put on paper in shapes is put back into letters, or refused. */

export const pdf: Format = { name: 'PDF', recognizes: ({ head }) => Buffer.from(head.subarray(0, 1_024)).includes('%PDF-'), read };

/** Bytes. */
const LARGEST = 100 * 1024 * 1024;
const SAVE_TEXT = 'Save the text from the program that made it, or as DOCX; what was scanned needs a program that reads pictures (OCR).';

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const bytes = await input.bytes(LARGEST);
  const { extractText, getDocumentProxy } = await import('unpdf');
  let pages: readonly string[];
  try {
    // It warns on standard output otherwise, where the articles stand.
    const document: unknown = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    pages = (await extractText(document, { mergePages: false })).text;
  } catch (error) {
    throw new Unreadable(`is a PDF that cannot be read (${(error as Error).message})`, SAVE_TEXT);
  }
  const written = pages.join('\n\n');
  const text = putRight(written);
  if (!/\p{L}/u.test(text)) throw new Unreadable('is a PDF without a layer of text', SAVE_TEXT);
  if (isBroken(text))
    throw new Unreadable('is a PDF whose Urdu comes out in the wrong letters, torn apart or in the wrong order', SAVE_TEXT);
  if (text !== written) input.note('was a PDF with shapes or reversed lines in place of letters: put right');
  yield { kind: 'page', text };
}

/** Shapes of letters as fonts have them. */
const SHAPES = /[\uFB50-\uFDFF\uFE70-\uFEFC]/gu;

/** Letters instead of shapes, and lines that come out from left to right the right way round: one that does not tell is as most of those that do. */
export function putRight(text: string): string {
  const lines = text.replace(SHAPES, (shape) => shape.normalize('NFKC')).split('\n');
  const signs = lines.map(signOfOrder);
  const all = signs.reduce((sum, sign) => sum + Math.sign(sign), 0);
  return lines.map((line, i) => ((signs[i] || all) < 0 ? reversed(line) : line)).join('\n');
}

/** Letters that end a word of Urdu and never begin one: noon ghunna and yeh barree. */
const LAST_ONLY = '\u06BA\u06D2';
const BEGINS_WRONG = new RegExp(`(?<!\\p{L})[${LAST_ONLY}](?=\\p{L})`, 'gu');
const ENDS_RIGHT = new RegExp(`(?<=\\p{L})[${LAST_ONLY}](?!\\p{L})`, 'gu');

/** Above zero: the line is the right way round; below: it is reversed; zero: it does not tell. */
const signOfOrder = (line: string): number => (line.match(ENDS_RIGHT)?.length ?? 0) - (line.match(BEGINS_WRONG)?.length ?? 0);

/** Numbers and Latin words were the right way round; a line of nothing else is left as it is. */
const reversed = (line: string): string =>
  !/\p{Script=Arabic}/u.test(line)
    ? line
    : [...line]
        .reverse()
        .join('')
        .replace(/[\p{Script=Latin}\p{Nd}](?:[\p{Script=Latin}\p{Nd}.,:/-]*[\p{Script=Latin}\p{Nd}])?/gu, (run) =>
          [...run].reverse().join(''),
        );

/** Part of the words that may begin with a letter that begins none, or of letters that no font named. */
const MOST_WRONG = 0.05;
/** Part of the words that may be a single letter, as "و" is. Where a font draws letters and their dots apart, browsers tell of a part of them only, and words fall to pieces. */
const MOST_SINGLE = 0.15;

function isBroken(text: string): boolean {
  const count = (rule: RegExp): number => text.match(rule)?.length ?? 0;
  const words = count(/[\p{Script=Arabic}\p{M}]+/gu);
  const single = count(/(?<![\p{L}\p{M}])(?=\p{L})\p{Script=Arabic}(?![\p{L}\p{M}])/gu);
  return (
    count(/[\uFFFD\uE000-\uF8FF]/gu) > count(/\p{L}/gu) * MOST_WRONG ||
    count(BEGINS_WRONG) > words * MOST_WRONG ||
    single > words * MOST_SINGLE
  );
}
