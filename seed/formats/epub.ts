import { parseDocument } from '../dom.js';
import { NO_FIELDS } from '../fields.js';
import { textOf } from '../html.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import { childrenOf, textIn, type XmlElement, xmlRecords } from '../xml.js';
import { entryNames, zipEntries } from '../zip.js';
import type { Format, Found } from './format.js';

/** EPUB: each document of the book that holds text is an article, in the order in which the book is read. */

export const epub: Format = {
  name: 'EPUB',
  recognizes: ({ head }) => entryNames(head)[0] === 'mimetype' && Buffer.from(head.subarray(0, 200)).includes('application/epub+zip'),
  read,
};

/** Bytes of one document of a book. */
const LARGEST = 20 * 1024 * 1024;
/** Characters below which a document is a cover or a list of chapters. */
const SHORTEST = 100;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const documents = new Map<string, string>();
  let packageFile: { readonly path: string; readonly text: string } | undefined;
  let size = 0;
  for await (const { name, chunks } of zipEntries(input.chunks())) {
    if (!/\.(?:x?html?|opf|xml)$/i.test(name)) continue;
    const text = await textFrom(chunks());
    size += text.length;
    if (size > LARGEST * 5) throw new Unreadable('is a book of more than 100 MB of text', 'Cut it into volumes.');
    if (name.endsWith('.opf')) packageFile = { path: name, text };
    else documents.set(name, text);
  }
  if (packageFile === undefined)
    throw new Unreadable('is an EPUB without a list of contents (.opf)', 'Make it again, or save its text as .txt.');
  const book = await contentsOf(packageFile);
  let found = 0;
  for (const path of book.order) {
    const html = documents.get(path);
    if (html === undefined) continue;
    const document = parseDocument(html.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, ''));
    const heading = (document.querySelector('h1') ?? document.querySelector('h2') ?? document.querySelector('h3'))?.textContent
      ?.replace(/\s+/g, ' ')
      .trim();
    const { paragraphs } = textOf(document.body);
    const text = heading !== undefined && paragraphs[0] === heading ? paragraphs.slice(1) : paragraphs;
    if (text.join('').length < SHORTEST) continue;
    found += 1;
    yield {
      kind: 'record',
      fields: {
        ...NO_FIELDS,
        key: path,
        title: heading || `${book.title ?? input.stem} ${found}`,
        body: text.join('\n'),
        author: book.author,
        source: book.title,
        date: book.date,
      },
    };
  }
  if (found === 0) yield { kind: 'left', reason: 'without a text' };
}

async function textFrom(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > LARGEST) throw new Unreadable('is a book with a chapter of more than 20 MB', 'Cut it into chapters.');
    parts.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

async function contentsOf({
  path,
  text,
}: {
  path: string;
  text: string;
}): Promise<{ title: string | null; author: string | null; date: string | null; order: string[] }> {
  const folder = path.includes('/') ? path.replace(/[^/]*$/, '') : '';
  let metadata: XmlElement | undefined;
  const hrefs = new Map<string, string>();
  const order: string[] = [];
  for await (const { element } of xmlRecords(only(text), (name) => /^(?:opf:)?(?:metadata|manifest|spine)$/.test(name))) {
    const kind = element.name.replace('opf:', '');
    if (kind === 'metadata') metadata = element;
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      const { id, href, idref } = child.attributes;
      if (kind === 'manifest' && id !== undefined && href !== undefined) hrefs.set(id, folder + decodeURIComponent(href));
      if (kind === 'spine' && idref !== undefined) order.push(hrefs.get(idref) ?? '');
    }
  }
  const said = (name: string): string | null =>
    metadata === undefined ? null : childrenOf(metadata, name).length === 0 ? null : textIn(metadata, name);
  return { title: said('dc:title'), author: said('dc:creator'), date: said('dc:date'), order };
}

async function* only(text: string): AsyncGenerator<string, void, undefined> {
  yield await Promise.resolve(text);
}
