import { keyOf, readFieldTable } from '../field-names.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import { type XmlElement, xmlRecords, xmlText } from '../xml.js';
import type { Format, Found } from './format.js';
import { Records } from './records.js';
import { rootOf } from './xml-root.js';

/** XML of any other kind: one article, or a list of them, by the names of its elements. */

export const articleXml: Format = {
  name: 'XML',
  recognizes: ({ headText, extension }) => {
    if (TREC.test(headText ?? '')) return true;
    const root = rootOf(headText);
    return root !== undefined && (extension === 'xml' || /^\uFEFF?\s*<\?xml/.test(headText ?? '')) && !NOT_ARTICLES.has(root.toLowerCase());
  },
  read,
};

/** Collections for measuring search are records one behind another, with nothing around them: `<DOC><DOCNO>...</DOCNO> ... </DOC>`. */
const TREC = /^\uFEFF?\s*<DOC>\s*<DOC(?:NO|ID)>/i;

/** An element around all, as XML has it. */
async function* inOne(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  yield '<docs>';
  for await (const piece of pieces) yield piece.replace(/^\uFEFF/, '');
  yield '</docs>';
}

/** Roots of documents that hold no article. */
const NOT_ARTICLES = new Set(['svg', 'opml', 'plist', 'xs:schema', 'xsl:stylesheet', 'project', 'kml', 'gpx', 'html', 'w:document']);

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const start = input.headText ?? '';
  const isTrec = TREC.test(start);
  const root = rootOf(start);
  const item = isTrec ? root : repeated(start);
  const records = new Records(input);
  let found = false;
  for await (const { element } of xmlRecords(isTrec ? inOne(input.text()) : input.text(), (name, depth) =>
    item === undefined ? name === root && depth === 0 : name === item,
  )) {
    found = true;
    yield records.article(recordOf(element));
  }
  if (!found) throw new Unreadable('is XML in which no article was found', 'Give it as CSV, JSON or RSS, or one article a file.');
}

/** The element directly below the root that stands there several times and holds a text of its own: a list of articles. */
function repeated(start: string): string | undefined {
  const table = readFieldTable();
  const root = rootOf(start);
  const below = new RegExp(`<${quoted(root ?? '')}[\\s>][\\s\\S]*?>?\\s*<([\\p{L}_][\\p{L}\\p{N}_:.-]*)`, 'u').exec(start)?.[1];
  // <text><p> is the text of one article, <articles><article><headline> a list: there the element holds others than paragraphs.
  const first = new RegExp(`<${quoted(below ?? '')}(?:\\s[^>]*)?>\\s*<([\\p{L}_][\\p{L}\\p{N}_:.-]*)`, 'u').exec(start)?.[1];
  const isText = table.get(keyOf(below ?? ''))?.field === 'body' && (first === undefined || PARAGRAPH.test(first));
  if (below === undefined || isText) return undefined;
  const times = start.match(new RegExp(`<${quoted(below)}[\\s>]`, 'gu'))?.length ?? 0;
  const others = new RegExp(`</${quoted(below)}>\\s*<(?!/|${quoted(below)}[\\s>])`, 'u').test(start);
  return times > 1 && !others ? below : undefined;
}

const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Elements with paragraphs become text with a line for each; all others keep their names. */
function recordOf(element: XmlElement): Record<string, unknown> {
  const record: Record<string, unknown> = { ...element.attributes };
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    const isText = (isLeaf(child) && !isTag(child)) || (holdsText(child) && !isAbout(child) && !isOfNitf(child));
    const value = isText ? textOf(child) : recordOf(child);
    // A paragraph and a section beside it are one text; "<section>کھیل</section>" is where it stood.
    const name = typeof value === 'string' && isPart(child) ? 'body' : nameOf(child);
    const before = record[name];
    if (before === undefined) record[name] = value;
    else if (typeof before === 'string' && typeof value === 'string') record[name] = isBody(name) ? `${before}\n${value}` : [before, value];
    else if (Array.isArray(before)) before.push(value);
  }
  return record;
}

const isPart = (element: XmlElement): boolean =>
  /^(?:p|para|paragraph)$/i.test(element.name) || (/^(?:div|sec|section|sect[1-5])$/i.test(element.name) && !isLeaf(element));

/** Tables and indexes call all their parts alike: `<field name="title">` of Solr, `<column name="title">` of databases. */
const nameOf = ({ name, attributes }: XmlElement): string =>
  (/^(?:field|column|property|str|arr|date|text)$/i.test(name) ? attributes['name'] : undefined) ?? name;

const isLeaf = (element: XmlElement): boolean => element.children.every((child) => typeof child === 'string');
/** What it says stands in its attributes: `<date.issue norm="20230614T080000Z"/>`. */
const isTag = (element: XmlElement): boolean => element.children.length === 0 && Object.keys(element.attributes).length > 0;
const BODY = /^(?:body|body\.content|content|text|articlebody|fulltext|story|html)$/i;
const PARAGRAPH = /^(?:p|para|paragraph|l|line|verse|s|div|sec|section|sect[1-5]|lg|head|h[1-6])$/i;
/** The head of a document (HTML, NITF) tells of it; that of a division is its heading. */
const isAbout = (element: XmlElement): boolean =>
  element.name.toLowerCase() === 'head' && element.children.some((child) => typeof child !== 'string' && child.name === 'title');
/** The body of NITF has a head of its own, with headline, writer and town, beside its content. */
const isOfNitf = ({ children }: XmlElement): boolean =>
  children.some((child) => typeof child !== 'string' && child.name === 'body.content');
/** Whatever stands in them is part of the line. */
const LINE = /^(?:p|para|paragraph|l|line|verse|s|head|h[1-6])$/i;
const holdsText = (element: XmlElement): boolean =>
  isBody(element.name) || element.children.some((child) => typeof child !== 'string' && PARAGRAPH.test(child.name));
const isBody = (name: string): boolean => BODY.test(name) || PARAGRAPH.test(name);

function textOf(element: XmlElement): string {
  if (isLeaf(element)) return (xmlText(element) ?? '').replace(/\s*\n\s*/g, '\n');
  const paragraphs: string[] = [];
  let open = '';
  const end = (): void => {
    if (open.trim() !== '') paragraphs.push(open.replace(/\s+/g, ' ').trim());
    open = '';
  };
  const walk = (parent: XmlElement): void => {
    // Elements among letters are part of the line (<b>, <ref>); those that stand alone are lines, whatever they are called.
    const isMixed = LINE.test(parent.name) || parent.children.some((child) => typeof child === 'string' && child.trim() !== '');
    for (const child of parent.children) {
      if (typeof child === 'string') open += child;
      else {
        const isBlock = !isMixed || PARAGRAPH.test(child.name);
        if (isBlock) end();
        walk(child);
        if (isBlock) end();
      }
    }
  };
  walk(element);
  end();
  return paragraphs.join('\n');
}
