import { type DomDocument, loadDom, parseDocument } from '../dom.js';
import { NO_FIELDS } from '../fields.js';
import { textOf } from '../html.js';
import type { Input } from '../input.js';
import { isProse } from '../judge.js';
import { newLine } from '../lines.js';
import { Unreadable } from '../unreadable.js';
import { childrenOf, textIn, type XmlElement, xmlRecords } from '../xml.js';
import { entryNames, zipEntries } from '../zip.js';
import type { Format, Found } from './format.js';

/** EPUB: each document of the book that holds text is an article, in the order in which the book is read; of one with several chapters (`h1`) each. */

export const epub: Format = {
  name: 'EPUB',
  // What a book is stands in its first entry, not packed; who packs one by hand packs that too, or leaves it out, and its list of contents is named all the same.
  recognizes: ({ head }) => {
    const names = entryNames(head);
    const isNamed = names[0] === 'mimetype' && Buffer.from(head.subarray(0, 200)).includes('application/epub+zip');
    return isNamed || names.includes('META-INF/container.xml');
  },
  read,
};

/** Bytes of one document of a book. */
const LARGEST = 20 * 1024 * 1024;
/** Characters below which a document is a cover or a list of chapters, unless it has a heading of its own and lines below it, as a short poem has, or a sentence, as a short chapter. */
const SHORTEST = 100;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  await loadDom();
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
  const locked = documents.get('META-INF/encryption.xml') ?? '';
  if (book.order.some((path) => locked.includes(`URI="${path}"`)))
    throw new Unreadable('is an EPUB with a lock on its text (DRM)', 'Ask its publisher for one without, or for its text.');
  let found = 0;
  for (const path of book.order) {
    const html = documents.get(path);
    if (html === undefined) {
      input.note(`a chapter is missing in it (${path})`);
      continue;
    }
    const document = parseDocument(html.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, ''));
    for (const [number, { heading, text }] of chaptersIn(document).entries()) {
      const hasOwnName = heading !== null && heading !== book.title;
      const isWhole = hasOwnName && (text.length > 1 || text.some((line) => isProse(newLine(0, line, false))));
      if (text.join('').length < SHORTEST && !isWhole) continue;
      found += 1;
      yield {
        kind: 'record',
        fields: {
          ...NO_FIELDS,
          key: number === 0 ? path : `${path}#${number + 1}`,
          title: heading ?? `${book.title ?? input.stem} ${found}`,
          body: text.join('\n'),
          author: book.author,
          source: book.title,
          date: book.date,
        },
      };
    }
  }
  if (found === 0) yield { kind: 'left', reason: 'without a text' };
}

interface Chapter {
  readonly heading: string | null;
  readonly text: readonly string[];
}

/** What stands above the first heading belongs to the first chapter, and headings with nothing between them are one ("باب 1", and below it what it is called). */
function chaptersIn(document: DomDocument): readonly Chapter[] {
  const { paragraphs } = textOf(document.body);
  const all = [...document.querySelectorAll('h1')].map((heading) => textOf(heading).paragraphs).filter((lines) => lines.length > 0);
  if (all.length < 2) {
    const first = document.querySelector('h1') ?? document.querySelector('h2') ?? document.querySelector('h3');
    const heading = first?.textContent?.replace(/\s+/g, ' ').trim() || null;
    return [{ heading, text: heading !== null && paragraphs[0] === heading ? paragraphs.slice(1) : paragraphs }];
  }
  const chapters: { heading: string | null; text: string[] }[] = [{ heading: null, text: [] }];
  let next = 0;
  // Something was told since the last heading.
  let told = false;
  for (let at = 0; at < paragraphs.length; ) {
    const heading = all[next];
    const isHeading = heading?.every((line, i) => paragraphs[at + i] === line) === true;
    const chapter = chapters.at(-1) as (typeof chapters)[number];
    if (!isHeading) {
      chapter.text.push(paragraphs[at] ?? '');
      told = true;
      at += 1;
      continue;
    }
    const name = (heading ?? []).join(' ');
    if (chapter.heading === null) chapter.heading = name;
    else if (!told) chapter.heading = `${chapter.heading}: ${name}`;
    else chapters.push({ heading: name, text: [] });
    told = false;
    at += heading?.length ?? 1;
    next += 1;
  }
  return chapters;
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
  const hrefs = new Map<string, string | null>();
  const order: string[] = [];
  for await (const { element } of xmlRecords(only(text), (name) => /^(?:opf:)?(?:metadata|manifest|spine)$/.test(name))) {
    const kind = element.name.replace('opf:', '');
    if (kind === 'metadata') metadata = element;
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      const { id, href, idref } = child.attributes;
      // The list of contents is part of the book, and no chapter.
      if (kind === 'manifest' && id !== undefined && href !== undefined)
        hrefs.set(id, /\bnav\b/.test(child.attributes['properties'] ?? '') ? null : pathOf(href, folder));
      const path = kind === 'spine' && idref !== undefined ? hrefs.get(idref) : null;
      if (path !== null) order.push(path ?? `${idref}`);
    }
  }
  const said = (name: string): string | null =>
    metadata === undefined ? null : childrenOf(metadata, name).length === 0 ? null : textIn(metadata, name);
  return { title: said('dc:title'), author: said('dc:creator'), date: said('dc:date'), order };
}

/** Where an address in the list of contents leads to: `../Text/ch%201.xhtml#top`. */
function pathOf(href: string, folder: string): string {
  const path = new URL(href, `file:///${folder}`).pathname.slice(1);
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign in the name of a file.
    return path;
  }
}

async function* only(text: string): AsyncGenerator<string, void, undefined> {
  yield await Promise.resolve(text);
}
