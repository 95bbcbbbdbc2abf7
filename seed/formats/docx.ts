import { loadDom } from '../dom.js';
import { NO_FIELDS } from '../fields.js';
import { htmlText } from '../html.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import { entryNames, zipEntries } from '../zip.js';
import { hiddenStyles, withoutHidden } from './docx-hidden.js';
import type { Format, Found } from './format.js';

/** Word documents, without what they hide, delete or say beside the text: hidden words, deletions that are tracked, comments, notes. */

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
  await loadDom();
  const html = await htmlOf(await partsOf(input));
  // A document set as "Title" has its headline; any other is read as a page is.
  const heading = /^\s*<h1>([\s\S]*?)<\/h1>/.exec(html);
  const title = heading === null ? null : htmlText(heading[1] ?? '').paragraphs.join(' ');
  const text = htmlText(html.slice(heading?.[0].length ?? 0)).paragraphs;
  if (text.length === 0) yield { kind: 'left', reason: 'without a text' };
  else if (title === null) yield { kind: 'page', text: text.join('\n\n') };
  else yield { kind: 'record', fields: { ...NO_FIELDS, title, body: text.join('\n') } };
}

const unreadable = (why: string): Unreadable =>
  new Unreadable(`is no Word document that can be read (${why})`, 'Open it and save it again as .docx.');

/** The XML of the document by its path; pictures and the like are passed over. */
async function partsOf(input: Input): Promise<ReadonlyMap<string, string>> {
  const parts = new Map<string, string>();
  let size = 0;
  for await (const { name, chunks } of zipEntries(limited(input))) {
    if (!/\.(?:xml|rels)$/i.test(name)) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of chunks()) {
      size += piece.length;
      if (size > LARGEST_XML) throw unreadable('more than 200 MB of text');
      pieces.push(piece);
    }
    parts.set(name, new TextDecoder().decode(Buffer.concat(pieces)));
  }
  return parts;
}

async function* limited(input: Input): AsyncGenerator<Uint8Array, void, undefined> {
  yield await input.bytes(LARGEST);
}

/** Bytes of what is unpacked. */
const LARGEST_XML = 200 * 1024 * 1024;

async function htmlOf(parts: ReadonlyMap<string, string>): Promise<string> {
  const styles = hiddenStyles(parts.get('word/styles.xml') ?? '');
  // It takes an archive that is open too, which its types do not tell: so the document need not be packed again.
  const file = {
    exists: (name: string): boolean => parts.has(name),
    read: (name: string): Promise<string> => {
      const xml = parts.get(name) ?? '';
      return Promise.resolve(/^word\/document\d*\.xml$/.test(name) ? withoutHidden(xml, styles) : xml);
    },
  };
  // Loaded when there is a document: each run would hold it in memory.
  const { default: mammoth } = await import('mammoth');
  try {
    const { value } = await mammoth.convertToHtml({ file } as unknown as Parameters<typeof mammoth.convertToHtml>[0], {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
    });
    return value;
  } catch (error) {
    throw unreadable((error as Error).message);
  }
}
