import { NO_FIELDS } from '../fields.js';
import { htmlText } from '../html.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import { entryNames } from '../zip.js';
import type { Format, Found } from './format.js';

/** Word documents. */

export const docx: Format = {
  name: 'DOCX',
  recognizes: ({ head }) => entryNames(head).includes('word/document.xml') || isWord(head),
  read,
};

/** Bytes of the document. */
const LARGEST = 50 * 1024 * 1024;

/** The list of contents may lie behind the beginning; the first entry of what Word writes is always this one. */
const isWord = (head: Uint8Array): boolean => entryNames(head)[0] === '[Content_Types].xml' && Buffer.from(head).includes('word/');

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const buffer = Buffer.from(await input.bytes(LARGEST));
  // Loaded when there is a document: each run would hold it in memory.
  const { default: mammoth } = await import('mammoth');
  let html: string;
  try {
    ({ value: html } = await mammoth.convertToHtml(
      { buffer },
      { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })) },
    ));
  } catch (error) {
    throw new Unreadable(`is no Word document that can be read (${(error as Error).message})`, 'Open it and save it again as .docx.');
  }
  // A document set as "Title" has its headline; any other is read as a page is.
  const heading = /^\s*<h1>([\s\S]*?)<\/h1>/.exec(html);
  const title = heading === null ? null : htmlText(heading[1] ?? '').paragraphs.join(' ');
  const text = htmlText(html.slice(heading?.[0].length ?? 0)).paragraphs;
  if (text.length === 0) yield { kind: 'left', reason: 'without a text' };
  else if (title === null) yield { kind: 'page', text: text.join('\n\n') };
  else yield { kind: 'record', fields: { ...NO_FIELDS, title, body: text.join('\n') } };
}
