import { Readability } from '@mozilla/readability';
import { type DomDocument, parseDocument } from '../dom.js';
import { readDate } from '../entry.js';
import { NO_FIELDS } from '../fields.js';
import { fold } from '../fold.js';
import { textOf } from '../html.js';
import type { Input } from '../input.js';
import type { Format, Found } from './format.js';

/** A page of a site: what it says of itself in JSON-LD and Open Graph, and its main text. */

export const htmlPage: Format = {
  name: 'HTML',
  recognizes: ({ headText, extension }) => {
    const start = (headText ?? '').replace(/^\uFEFF/, '').slice(0, 2_000);
    return (
      /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i.test(start) ||
      (/^(?:x?html?|php|aspx?|jsp)$/.test(extension) && /<(?:html|head|body|div|p)[\s>]/i.test(start))
    );
  },
  read,
};

/** Bytes. */
const LARGEST_PAGE = 20 * 1024 * 1024;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const html = await input.wholeText(LARGEST_PAGE);
  const document = parseDocument(html);
  const said = linkedData(document);
  const title =
    said.title ??
    meta(document, 'og:title', 'twitter:title') ??
    headingOf(document) ??
    headingInTitle(document) ??
    withoutSite(document.title, meta(document, 'og:site_name'));
  const body = bodyOf(html, title, said.body);
  if (body === '') {
    yield { kind: 'left', reason: 'without a text' };
    return;
  }
  const url =
    document.querySelector('link[rel="canonical"]')?.getAttribute('href') ??
    meta(document, 'og:url') ??
    (/^https?:/.test(input.name) ? input.name : null);
  yield {
    kind: 'record',
    fields: {
      ...NO_FIELDS,
      key: url,
      title,
      subtitle: said.subtitle,
      body,
      author: said.author ?? meta(document, 'author', 'article:author', 'twitter:creator'),
      date:
        said.date ??
        meta(document, 'article:published_time', 'pubdate', 'date', 'DC.date') ??
        document.querySelector('time[datetime]')?.getAttribute('datetime') ??
        shownDate(document),
      updated: said.updated ?? meta(document, 'article:modified_time'),
      topic: said.topic ?? meta(document, 'article:section'),
      tags: tagsOf(document, said.tags),
      source: said.source ?? meta(document, 'og:site_name') ?? siteIn(document.title, title),
      url: url !== null && /^https?:\/\//i.test(url) ? url : null,
    },
  };
}

/** Content of the first meta element of one of these names, under either attribute that sites use. */
function meta(document: DomDocument, ...names: readonly string[]): string | null {
  for (const name of names) {
    const content = (document.querySelector(`meta[property="${name}"]`) ?? document.querySelector(`meta[name="${name}"]`))
      ?.getAttribute('content')
      ?.trim();
    // Sites of WordPress put the writer's page on Facebook there.
    if (content && !/^https?:/.test(content) === (name !== 'og:url')) return content;
  }
  return null;
}

function headingOf(document: DomDocument): string | null {
  const headings = [...document.querySelectorAll('h1')];
  return headings.length === 1 ? (headings[0]?.textContent?.replace(/\s+/g, ' ').trim() ?? null) || null : null;
}

const titleParts = (title: string): readonly string[] => title.split(/\s+[-–—|»]\s+/u).map((part) => part.trim());

/** The heading that stands in the title of the page too, beside the name of the site, which may come first. */
function headingInTitle(document: DomDocument): string | null {
  const parts = titleParts(document.title).map(fold);
  if (parts.length < 2) return null;
  const texts = [...document.querySelectorAll('h1, h2, h3')].map((heading) => (heading.textContent ?? '').replace(/\s+/g, ' ').trim());
  return texts.find((text) => text !== '' && parts.includes(fold(text))) ?? null;
}

/** "بازار کی سڑکیں بند - نئی روشنی" → the headline. */
function withoutSite(title: string, site: string | null): string | null {
  const parts = titleParts(title);
  const bare = parts.length > 1 && (site === null || fold(parts.at(-1) ?? '') === fold(site)) ? parts.slice(0, -1).join(' - ') : title;
  return bare.trim() === '' ? null : bare.trim();
}

/** "بازار کی سڑکیں بند - نئی روشنی", where the headline is known → the site. */
function siteIn(pageTitle: string, title: string | null): string | null {
  const parts = titleParts(pageTitle);
  const others = parts.filter((part) => fold(part) !== fold(title ?? ''));
  return parts.length === 2 && others.length === 1 ? (others[0] ?? '') || null : null;
}

/** Where themes print the day, for readers only. */
const DATE_PLACES =
  'time, [itemprop="datePublished"], .entry-date, .post-date, .published, .posted-on, .date, .entry-meta, .post-meta, .meta-date';

function shownDate(document: DomDocument): string | null {
  for (const place of document.querySelectorAll(DATE_PLACES)) {
    const text = (place.textContent ?? '').replace(/\s+/g, ' ').trim();
    if (text.length <= LONGEST_DATE && readDate(text) !== null) return text;
  }
  return null;
}

/** Characters. */
const LONGEST_DATE = 120;

interface LinkedData {
  readonly title: string | null;
  readonly subtitle: string | null;
  readonly body: string | null;
  readonly author: string | null;
  readonly date: string | null;
  readonly updated: string | null;
  readonly topic: string | null;
  readonly source: string | null;
  readonly tags: readonly string[];
}

const ARTICLE = /(?:Article|BlogPosting|Report|Recipe|CreativeWork)$/;

function linkedData(document: DomDocument): LinkedData {
  const article = [...document.querySelectorAll('script[type="application/ld+json"]')]
    .flatMap((script) => nodesOf(parse(script.textContent ?? '')))
    .find((node) => [node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE.test(type)));
  const text = (value: unknown): string | null => {
    if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
    if (Array.isArray(value))
      return (
        value
          .map(text)
          .filter((part) => part !== null)
          .join('، ') || null
      );
    return typeof value === 'object' && value !== null ? text((value as Record<string, unknown>)['name']) : null;
  };
  const keywords = article?.['keywords'];
  return {
    title: text(article?.['headline']) ?? text(article?.['name']),
    subtitle: text(article?.['alternativeHeadline']),
    body: text(article?.['articleBody']),
    author: text(article?.['author']),
    date: text(article?.['datePublished']),
    updated: text(article?.['dateModified']),
    topic: text(article?.['articleSection']),
    source: text(article?.['publisher']),
    tags: (Array.isArray(keywords) ? keywords : typeof keywords === 'string' ? keywords.split(/[,،]/) : []).flatMap(
      (tag) => text(tag) ?? [],
    ),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Broken data in a page is as good as none: the page itself is there.
    return undefined;
  }
}

function nodesOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  return [node, ...nodesOf(node['@graph']), ...nodesOf(node['mainEntity'])];
}

function tagsOf(document: DomDocument, said: readonly string[]): readonly string[] {
  const tags = [...document.querySelectorAll('meta[property="article:tag"]')].flatMap((tag) => tag.getAttribute('content')?.trim() || []);
  return [...new Set([...said, ...tags])];
}

/** Letters of the text in JSON-LD for one in the page, from which on the page is a shell that a script would fill. */
const SHELL = 3;

function bodyOf(html: string, title: string | null, said: string | null): string {
  // A document of its own: Readability takes apart what it reads.
  const document = parseDocument(html);
  const article = new Readability(document, {
    charThreshold: 100,
    keepClasses: true,
  }).parse();
  const main = article?.content
    ? parseDocument(`<!doctype html><html><body>${article.content}</body></html>`).body
    : parseDocument(html).body;
  const { paragraphs } = textOf(main);
  const known = fold(title ?? '');
  const body = paragraphs.filter((paragraph, i) => i > 2 || fold(paragraph) !== known).join('\n');
  return said !== null && said.length > body.length * SHELL ? said : body;
}
