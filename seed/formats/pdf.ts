import { extractText, getDocumentProxy } from 'unpdf';
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
  let pages: readonly string[];
  try {
    // It warns on standard output otherwise, where the articles stand.
    const document: unknown = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    pages = (await extractText(document, { mergePages: false })).text;
  } catch (error) {
    throw new Unreadable(`is a PDF that cannot be read (${(error as Error).message})`, SAVE_TEXT);
  }
  const text = pages.map(putRight).join('\n\n');
  if (!/\p{L}{2}/u.test(text)) throw new Unreadable('is a PDF without a layer of text', SAVE_TEXT);
  if (isBroken(text)) throw new Unreadable('is a PDF whose Urdu comes out in the wrong letters or in the wrong order', SAVE_TEXT);
  if (text !== pages.join('\n\n')) input.note('was a PDF with shapes or reversed lines in place of letters: put right');
  yield { kind: 'page', text };
}

/** Shapes of letters as fonts have them. */
const SHAPES = /[\uFB50-\uFDFF\uFE70-\uFEFC]/gu;

/** Letters instead of shapes, and lines that were stored as they look, from left to right, the right way round. */
export function putRight(page: string): string {
  return page
    .replace(SHAPES, (shape) => shape.normalize('NFKC'))
    .split('\n')
    .map((line) => (isReversed(line) ? reversed(line) : line))
    .join('\n');
}

/** Letters that end a word of Urdu and never begin one: noon ghunna and yeh barree. */
const LAST_ONLY = '\u06BA\u06D2';
const BEGINS_WRONG = new RegExp(`(?<!\\p{L})[${LAST_ONLY}](?=\\p{L})`, 'gu');
const ENDS_RIGHT = new RegExp(`(?<=\\p{L})[${LAST_ONLY}](?!\\p{L})`, 'gu');

const isReversed = (line: string): boolean => (line.match(BEGINS_WRONG)?.length ?? 0) > (line.match(ENDS_RIGHT)?.length ?? 0);

/** Numbers and Latin words were the right way round. */
const reversed = (line: string): string =>
  [...line]
    .reverse()
    .join('')
    .replace(/[\p{Script=Latin}\p{Nd}](?:[\p{Script=Latin}\p{Nd}.,:/-]*[\p{Script=Latin}\p{Nd}])?/gu, (run) => [...run].reverse().join(''));

/** Part of the words that may begin with a letter that begins none, or of letters that no font named. */
function isBroken(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const unknown = text.match(/[\uFFFD\uE000-\uF8FF]/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Arabic}{2,}/gu)?.length ?? 0;
  return unknown > letters * 0.05 || (text.match(BEGINS_WRONG)?.length ?? 0) > words * 0.05;
}
