import { NO_FIELDS, unpublished } from '../fields.js';
import { isHtml, withoutReadOn } from '../html.js';
import type { Input } from '../input.js';
import { standfirstIn } from '../standfirst.js';
import { childOf, childrenOf, markupIn, textIn, type XmlElement, xmlRecords, xmlText } from '../xml.js';
import type { Format, Found } from './format.js';
import { rootOf } from './xml-root.js';

/** RSS 0.9 to 2.0, RDF and Atom; the export of Blogger, which is an Atom feed of posts, comments, settings and templates. */

export const feed: Format = {
  name: 'RSS or Atom',
  recognizes: ({ headText }) => /^(?:rss|rdf:RDF|(?:\w+:)?feed)$/.test(rootOf(headText) ?? ''),
  read,
};

/** What WordPress puts below every description; a headline of any length stands in it. */
const FOOT = /<p>\s*The post <a[^>]*>[^<]*<\/a> (?:first appeared|appeared first) on [\s\S]*$/;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const root = rootOf(input.headText) ?? '';
  const [, prefix] = /^(\w+:)feed$/.exec(root) ?? [];
  const isAtom = /feed$/.test(root);
  const isRecord = (name: string): boolean => name === 'item' || name === 'entry';
  for await (const { element, around } of xmlRecords(input.text(), isRecord, { prefix })) {
    const hidden = hiddenBecause(element);
    if (hidden !== undefined) {
      yield { kind: 'left', reason: hidden };
      continue;
    }
    const source = around.get('title') ?? null;
    const content = writtenIn(element, 'content:encoded', 'content');
    // YouTube has it in a group with the film.
    const summary =
      writtenIn(element, 'description', 'summary', 'media:description', 'itunes:summary') ??
      writtenIn(childOf(element, 'media:group'), 'media:description');
    const body = longer(content, summary);
    const title = textIn(element, 'title', 'media:title');
    if (body === null) {
      yield { kind: 'left', reason: 'without a text' };
      continue;
    }
    const url = addressOf(element, element.attributes['xml:base'] ?? around.get('xml:base') ?? around.get('link') ?? input.name);
    const [topic = null, ...tags] = categoriesOf(element);
    const author = childOf(element, 'author');
    yield {
      kind: 'record',
      isAmongMany: true,
      fields: {
        ...NO_FIELDS,
        key: textIn(element, 'guid', 'id') !== null && addressOf(element) === null ? textIn(element, 'guid', 'id') : url,
        title,
        subtitle: body === content && summary !== null ? standfirstIn(summary.replace(FOOT, ''), body) : null,
        body: withoutReadOn(body),
        author:
          textIn(element, 'dc:creator') ??
          (author === undefined ? null : (textIn(author, 'name') ?? nameIn(xmlText(author)))) ??
          textIn(element, 'itunes:author') ??
          // The writer of a feed of Atom is that of each entry that names none; in RSS it is the name of a form.
          (isAtom ? (around.get('name') ?? null) : null),
        date: textIn(element, 'pubDate', 'published', 'dc:date', 'updated', 'date'),
        updated: textIn(element, 'published') === null ? null : textIn(element, 'updated'),
        topic,
        tags,
        source: textIn(element, 'source') ?? source,
        url,
      },
    };
  }
}

/** In an export of Blogger a category says of what kind an entry is; of drafts the Atom Publishing Protocol says that they are. */
const isKind = ({ attributes }: XmlElement): boolean => attributes['scheme']?.endsWith('#kind') === true;
const PUBLISHED_KINDS = new Set(['post', 'page']);

function hiddenBecause(element: XmlElement): string | undefined {
  const kind = childrenOf(element, 'category').find(isKind)?.attributes['term']?.split('#').at(-1);
  if (kind !== undefined && !PUBLISHED_KINDS.has(kind)) return `not a post or page (${kind})`;
  const control = childOf(element, 'app:control');
  const isDraft = control !== undefined && textIn(control, 'app:draft') === 'yes';
  return unpublished(isDraft ? 'draft' : (textIn(element, 'blogger:status') ?? null));
}

/** The content; but a feed may put the whole text into the description, and a picture into the content. */
function longer(content: string | null, description: string | null): string | null {
  if (content === null || description === null) return content ?? description;
  const letters = (text: string): number => (isHtml(text) ? text.replace(/<[^>]*>/g, '') : text).trim().length;
  return letters(description) > letters(content) * 2 ? description : content;
}

/** The text as HTML or plain text. Atom may give it as elements (`type="xhtml"`): read as text alone, its paragraphs would be one. */
function writtenIn(element: XmlElement | undefined, ...names: readonly string[]): string | null {
  if (element === undefined) return null;
  for (const name of names)
    for (const child of childrenOf(element, name)) {
      const text = xmlText(child);
      if (text !== null) return child.children.some((part) => typeof part !== 'string') ? markupIn(child) : text;
    }
  return null;
}

/** RSS: the text of `link`, or a guid that is one. Atom: the `href` of the link to the page itself. */
function addressOf(element: XmlElement, base?: string): string | null {
  const links = childrenOf(element, 'link');
  const page = links.find(({ attributes }) => attributes['href'] !== undefined && (attributes['rel'] ?? 'alternate') === 'alternate');
  const guid = textIn(element, 'guid');
  const found = page?.attributes['href'] ?? links.map(xmlText).find((text) => text !== null) ?? guid;
  if (found !== null && /^https?:\/\//i.test(found)) return found;
  // "/khabar/1" of the site; a guid that is no address is none.
  const isRelative = found !== null && found !== guid && base !== undefined && URL.canParse(found, base);
  return isRelative && /^https?:$/.test(new URL(found, base).protocol) ? new URL(found, base).href : null;
}

function categoriesOf(element: XmlElement): string[] {
  const categories = childrenOf(element, 'category').filter((category) => !isKind(category));
  const names = [...categories, ...childrenOf(element, 'dc:subject')].map(
    (category) => xmlText(category) ?? category.attributes['label'] ?? category.attributes['term'],
  );
  return [...new Set(names.filter((name): name is string => name !== undefined && name !== ''))];
}

/** "salman@example.pk (سلمان احمد)" → the name. */
const nameIn = (text: string | null): string | null =>
  text === null ? null : (/\(([^()]+)\)/.exec(text)?.[1] ?? (text.includes('@') ? null : text));
