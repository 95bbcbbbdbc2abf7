import { SaxesParser } from 'saxes';
import { NAMED_ENTITIES } from './markup.js';
import { Unreadable } from './unreadable.js';

/** XML, element by element: a record is held, the document never. */

export interface XmlElement {
  /** With its prefix, as written: "content:encoded". */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

/** Levels of elements in a record. More is made to break what reads it. */
const DEEPEST = 200;
/** Characters of the largest record. */
const LARGEST = 64 * 1024 * 1024;

export interface XmlRecord {
  readonly element: XmlElement;
  /** What the elements above the records said before it, by their names: `title` of a channel, `sitename` of a wiki; `link` and `xml:base`, from which addresses are told. The first of each name. */
  readonly around: ReadonlyMap<string, string>;
}

/**
 * The elements of these names, in their order, each whole. A prefix that all names of the document have (`atom:`) is taken off.
 * Throws `Unreadable` for a document that is cut off or no XML, after what stood before; mistakes that can be read over (a bare "&") are.
 */
export async function* xmlRecords(
  pieces: AsyncIterable<string>,
  isRecord: (name: string, depth: number) => boolean,
  { prefix = '' }: { readonly prefix?: string | undefined } = {},
): AsyncGenerator<XmlRecord, void, undefined> {
  const parser = new SaxesParser();
  Object.assign(parser.ENTITIES, NAMED_ENTITIES);
  const ready: XmlRecord[] = [];
  const around = new Map<string, string>();
  const above: string[] = [];
  const stack: XmlElement[] = [];
  let text = '';
  let size = 0;
  let first: Error | undefined;
  parser.on('error', (error) => {
    first ??= error;
  });
  const bare = (name: string): string => (prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name);
  parser.on('opentag', ({ name: written, attributes }) => {
    const name = bare(written);
    if (stack.length === 0 && !isRecord(name, above.length)) {
      above.push(name);
      const { 'xml:base': base, href, rel = 'alternate' } = attributes;
      if (base !== undefined && !around.has('xml:base')) around.set('xml:base', base);
      if (name === 'link' && href !== undefined && rel === 'alternate' && !around.has('link')) around.set('link', href);
      text = '';
      return;
    }
    if (stack.length === 0) size = 0;
    if (stack.length >= DEEPEST) throw new Unreadable(`has elements ${DEEPEST} levels deep`, 'Give a flatter file.');
    const own = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, value.replaceAll(AMPERSAND, '&')]));
    const element: XmlElement = { name, attributes: own, children: [] };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  const onText = (written: string): void => {
    const piece = written.replaceAll(AMPERSAND, '&');
    size += piece.length;
    if (size > LARGEST) throw new Unreadable('has an element of more than 64 MB', 'Cut it into one element per article.');
    if (stack.length > 0) stack.at(-1)?.children.push(piece);
    else text += piece;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', ({ name: written }) => {
    const name = bare(written);
    const element = stack.pop();
    if (element === undefined) {
      above.pop();
      if (text.trim() !== '' && !around.has(name)) around.set(name, text.trim());
      text = '';
    } else if (stack.length === 0) ready.push({ element, around });
  });
  for await (const piece of withAmpersands(pieces)) {
    parser.write(piece);
    yield* ready.splice(0);
  }
  const isOpen = above.length > 0 || stack.length > 0;
  parser.close();
  yield* ready.splice(0);
  if (isOpen)
    throw new Unreadable(
      `is cut off inside <${(stack[0] ?? { name: above.at(-1) ?? '' }).name}>`,
      'What stood before that was read. Fetch it again.',
    );
  if (first !== undefined && around.size === 0 && above.length === 0 && size === 0)
    throw new Unreadable(`is no XML (${first.message})`, 'Mend it, or fetch it again.');
}

/** Stands for an ampersand that begins no entity, which XML does not allow and feeds have in every address: a code point that no text has. */
const AMPERSAND = '\uF8FE';
/** Characters of the longest entity. */
const LONGEST_ENTITY = 12;

async function* withAmpersands(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  const marked = (text: string): string => text.replace(/&(?!#\d{1,7};|#x[\da-f]{1,6};|[a-z][a-z\d]{1,9};)/gi, AMPERSAND);
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece;
    const open = text.lastIndexOf('&');
    const isCut = open !== -1 && open > text.length - LONGEST_ENTITY && !text.includes(';', open);
    rest = isCut ? text.slice(open) : '';
    yield marked(isCut ? text.slice(0, open) : text);
  }
  yield marked(rest);
}

export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);

export const childOf = (element: XmlElement, name: string): XmlElement | undefined => childrenOf(element, name)[0];

/** All text in an element, trimmed; null: none. */
export function xmlText(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  const text = element.children.map((child) => (typeof child === 'string' ? child : (xmlText(child) ?? ''))).join('');
  return text.trim() === '' ? null : text.trim();
}

/** What stands in an element as the markup it is, for text that was given in elements (XHTML in Atom). Prefixes of names go: `xhtml:p` is a `p`. */
export const markupIn = (element: XmlElement): string =>
  element.children.map((child) => (typeof child === 'string' ? escaped(child) : markupOf(child))).join('');

function markupOf(element: XmlElement): string {
  const name = element.name.replace(/^.*:/, '');
  const attributes = Object.entries(element.attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${attributes.join('')}>${markupIn(element)}${VOID.has(name.toLowerCase()) ? '' : `</${name}>`}`;
}

/** Elements of HTML without an end: `</br>` would be a second break. */
const VOID = new Set(['area', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The text of the first child of one of these names that has any. */
export function textIn(element: XmlElement, ...names: readonly string[]): string | null {
  for (const name of names)
    for (const child of childrenOf(element, name)) {
      const text = xmlText(child);
      if (text !== null) return text;
    }
  return null;
}
