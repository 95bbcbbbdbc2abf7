import { Readability } from '@mozilla/readability';
import { isDayOfYear } from '../dates.js';
import { type DomDocument, type DomElement, loadDom, parseDocument } from '../dom.js';
import { readDate } from '../entry.js';
import { isErrorTitle, LONGEST_ERROR } from '../error-page.js';
import { type Fields, NO_FIELDS } from '../fields.js';
import { fold, pattern } from '../fold.js';
import { isLayout, removeBeside, textOf } from '../html.js';
import type { Input } from '../input.js';
import { endsSentence, isProse } from '../judge.js';
import { newLine } from '../lines.js';
import { readMetadata } from '../metadata.js';
import { isPerson, NOBODY, personIn } from '../persons.js';
import { Unreadable } from '../unreadable.js';
import type { Format, Found } from './format.js';
import { articlesIn } from './json.js';

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
  await loadDom();
  const html = await input.wholeText(LARGEST_PAGE);
  const document = parseDocument(html);
  const said = linkedData(document);
  const title =
    said.title ??
    meta(document, 'og:title', 'twitter:title') ??
    headingOf(document) ??
    headingInTitle(document) ??
    (NO_TITLE.test(document.title) ? null : withoutSite(document.title, meta(document, 'og:site_name'))) ??
    headingOf(document, 'h2');
  const heading = headingOf(document);
  const posts = heading === null && said.title === null ? [...postsOn(parseDocument(html))] : [];
  if (posts.length > 0) {
    yield* posts;
    return;
  }
  const main = mainOf(html);
  const source = said.source ?? meta(document, 'og:site_name') ?? siteIn(document.title, title);
  const shell = textOf(main).paragraphs.join(' ').length > LONGEST_SHELL ? undefined : heldForScripts(document, input, title);
  const body = bodyOf(main, [title, heading, source], said.body ?? shell?.body ?? null) || (summaryOf(document, said) ?? '');
  refuseLogin([document.title, heading ?? ''], document);
  refuseError([document.title, heading ?? ''], said, body);
  if (said.body === null && shell === undefined && (LISTING.test(document.title) || isListOfLinks(main, document))) {
    yield { kind: 'left', reason: 'a list of links' };
    return;
  }
  if (body === '') {
    yield { kind: 'left', reason: 'without a text' };
    return;
  }
  const url = addressOf(document, input);
  yield {
    kind: 'record',
    fields: {
      ...NO_FIELDS,
      key: url,
      title,
      subtitle: said.subtitle,
      body,
      author:
        said.author ??
        meta(document, 'author', 'article:author') ??
        shell?.author ??
        shownAuthor(document) ??
        meta(document, 'twitter:creator'),
      date:
        said.date ??
        meta(document, 'article:published_time', 'pubdate', 'date', 'DC.date') ??
        document.querySelector('[itemprop="datePublished"][content]')?.getAttribute('content') ??
        document.querySelector('time[datetime]')?.getAttribute('datetime') ??
        shell?.date ??
        shownDate(document),
      updated: said.updated ?? meta(document, 'article:modified_time'),
      topic: said.topic ?? meta(document, 'article:section') ?? shell?.topic ?? null,
      tags: tagsOf(document, said.tags.length > 0 ? said.tags : (shell?.tags ?? [])),
      source,
      url,
    },
  };
}

/** What the page calls itself, else where it was fetched. "/khabar/1" is told from there. */
function addressOf(document: DomDocument, input: Input): string | null {
  const named = [document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? null, meta(document, 'og:url'), input.name];
  const isWhole = (address: string | null): address is string => address !== null && /^https?:\/\//i.test(address);
  const base = named.find(isWhole);
  const own = named.find((address) => address !== null && address !== '') ?? null;
  if (base === undefined || own === null || !URL.canParse(own, base)) return null;
  return isWhole(own) ? own : new URL(own, base).href;
}

/** What servers call a folder that has no page of its own. */
const LISTING = /^\s*Index of \//;

/** What pages are called on which one says who one is; they have a field for a password too. */
const LOGIN = pattern('^(?:log ?-?in|sign ?-?in|لاگ ?ان(?: کریں| کیجیے| کیجئے)?|سائن ان(?: کریں)?|داخل ہوں)$');

function refuseLogin(titles: readonly string[], document: DomDocument): void {
  if (document.querySelector('input[type="password"]') === null || !titles.flatMap(titleParts).some((part) => LOGIN.test(fold(part))))
    return;
  throw new Unreadable('is a page to log in', 'The article behind it was not fetched: fetch it again as somebody who may see it.');
}

/** Names that programs give to a page that has none. */
const NO_TITLE = /^\s*(?:new page \d+|untitled(?: document| page)?(?: ?\d+)?|document ?\d*|index|blank page)\s*$/i;

/** A page that says that there is none: it is answered with, or was saved in place of, what was asked for. */
function refuseError(titles: readonly string[], said: LinkedData, body: string): void {
  const error = titles.flatMap(titleParts).find(isErrorTitle);
  if (error === undefined || said.date !== null || body.split(/\s+/).length > LONGEST_ERROR) return;
  throw new Unreadable(
    `is a page that says there is none ("${error}")`,
    'Fetch it again; look whether its address is right, and open to programs.',
  );
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

/** The only heading of its kind; but not the name of the site, where the title of the page names another heading beside it. */
function headingOf(document: DomDocument, name: 'h1' | 'h2' = 'h1'): string | null {
  const [first, ...others] = document.querySelectorAll(name);
  const text = others.length === 0 ? (first?.textContent ?? '').replace(/\s+/g, ' ').trim() : '';
  const named = headingInTitle(document);
  return first !== undefined && named !== null && named.length > text.length && isSiteName(first, text, document) ? named : text || null;
}

/** It stands last in the title of the page, is called so in its data, or leads to the front page. */
function isSiteName(heading: DomElement, text: string, document: DomDocument): boolean {
  const parts = titleParts(document.title).map(fold);
  if (text === '') return true;
  if (parts.length < 2 || !parts.includes(fold(text))) return false;
  const leads = /^(?:https?:\/\/[^/]+)?\/?$/i.test(heading.querySelector('a')?.getAttribute('href') ?? '#');
  return parts.at(-1) === fold(text) || fold(meta(document, 'og:site_name') ?? '') === fold(text) || leads;
}

const titleParts = (title: string): readonly string[] => title.split(/\s+[-–—|»]\s+/u).map((part) => part.trim());

/** The heading that stands in the title of the page too, beside the name of the site, which may come first. */
function headingInTitle(document: DomDocument): string | null {
  const parts = titleParts(document.title).map(fold);
  if (parts.length < 2) return null;
  const texts = [...document.querySelectorAll('h1, h2, h3')].map((heading) => (heading.textContent ?? '').replace(/\s+/g, ' ').trim());
  // The site and the section may be headings too.
  const found = texts.filter((text) => text !== '' && parts.includes(fold(text)));
  return found.sort((a, b) => b.length - a.length)[0] ?? null;
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

/** Where themes print the writer, for readers only. */
const AUTHOR_PLACES = '[rel="author"], [itemprop="author"], .byline, .author-name, .entry-author, .post-author, .article-author, .author';
/** Where a name stands they are no part of it: "از سائرہ بتول". */
const BEFORE_AUTHOR = /^(?:از|بذریعہ)\s+(?=\S)/u;
/** Other people's names: who wrote a comment or another report. */
const OTHERS = '.comment, .comments, #comments, .related, .related-posts, aside, footer, nav';

/** "سائرہ بتول | 14 جون 2023", "تحریر: سائرہ بتول": what is a name and nothing else, or is labelled as one. */
function shownAuthor(document: DomDocument): string | null {
  for (const place of document.querySelectorAll(AUTHOR_PLACES)) {
    if (place.closest(OTHERS) !== null) continue;
    for (const part of (place.textContent ?? '').split(/[|•·\n]/u)) {
      const text = part.replace(/\s+/g, ' ').trim().replace(BEFORE_AUTHOR, '');
      const isNamed = place.getAttribute('itemprop') === 'author' && /^\p{L}[\p{L}\p{M} .’'-]*$/u.test(text) && isPerson(text);
      const author =
        personIn(text) ??
        (isNamed && !NOBODY.has(fold(text)) ? text : undefined) ??
        readMetadata(text).find(({ field }) => field === 'author')?.value;
      if (typeof author === 'string') return author;
    }
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
  const nodes = [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) =>
    nodesOf(parse(script.textContent ?? '')),
  );
  const article = nodes.find((node) => [node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE.test(type)));
  /** `"author": {"@id": "#p1"}`: what is called so elsewhere in the graph. */
  const whole = (value: object): object => {
    const { '@id': id, name } = value as Record<string, unknown>;
    return name === undefined && typeof id === 'string'
      ? (nodes.find((node) => node['@id'] === id && node['name'] !== undefined) ?? value)
      : value;
  };
  const text = (value: unknown): string | null => {
    if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
    if (Array.isArray(value))
      return (
        value
          .map(text)
          .filter((part) => part !== null)
          .join('، ') || null
      );
    return typeof value === 'object' && value !== null ? text((whole(value) as Record<string, unknown>)['name']) : null;
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
  // Line ends inside texts and commas behind the last part, which JSON does not allow and sites write.
  const mended = text.replace(/[\n\r\t]+/g, ' ').replace(/,\s*(?=[}\]])/g, '');
  for (const candidate of [text, mended])
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // Broken data in a page is as good as none: the page itself is there.
    }
  return undefined;
}

function nodesOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  return [node, ...nodesOf(node['@graph']), ...nodesOf(node['mainEntity'])];
}

/** Characters of the longest tag, and tags of one report; not measured. */
const LONGEST_TAG = 60;
const MOST_SHOWN = 30;

function tagsOf(document: DomDocument, said: readonly string[]): readonly string[] {
  const tags = [...document.querySelectorAll('meta[property="article:tag"]')].flatMap((tag) => tag.getAttribute('content')?.trim() || []);
  // What the page shows its readers, of this report only: lists of all tags stand beside it.
  const shown = [...document.querySelectorAll('article a[rel~="tag"], main a[rel~="tag"]')]
    .filter((link) => link.closest(OTHERS) === null && !/\bcategory\b/.test(link.getAttribute('rel') ?? ''))
    .map((link) => (link.textContent ?? '').replace(/\s+/g, ' ').trim().replace(/^#\s*/, ''))
    .filter((tag) => tag !== '' && tag.length <= LONGEST_TAG);
  const own = [...said, ...tags];
  return [...new Set(own.length > 0 || shown.length > MOST_SHOWN ? own : shown)];
}

/** Letters of the text in JSON-LD for one in the page, from which on the page is a shell that a script would fill. */
const SHELL = 3;

/** Characters of the main text of a page from which on it is no shell, and its data need not be looked through. */
const LONGEST_SHELL = 1_000;

/** "window.__INITIAL_STATE__ = {...};" and nothing else. */
const STATE = /^\s*(?:window\.|self\.|var\s+)?\w+\s*=\s*(\{[\s\S]*\})\s*;?\s*$/;

/**
 * What a page holds for the script that would show it (`__NEXT_DATA__`): the article that is called as the page is. Other articles lie there too, and none of them is taken.
 */
function heldForScripts(document: DomDocument, input: Input, title: string | null): Fields | undefined {
  const known = fold(title ?? '');
  if (known === '') return undefined;
  for (const script of document.querySelectorAll('script:not([src]):not([type="application/ld+json"])')) {
    const text = script.textContent ?? '';
    const value = parse(script.getAttribute('type') === 'application/json' ? text : (STATE.exec(text)?.[1] ?? ''));
    if (typeof value !== 'object' || value === null) continue;
    for (const found of articlesIn(value, input))
      if (found.kind === 'record' && fold(found.fields.title ?? '') === known) return found.fields;
  }
  return undefined;
}

/** Words of a summary that tells something. */
const SHORTEST_SUMMARY = 12;

/** Of a page without a text, as of an item of a feed without one, what it tells of its article, in whole sentences. A site that speaks of itself there is no article. */
function summaryOf(document: DomDocument, said: LinkedData): string | null {
  const isArticle = meta(document, 'og:type') === 'article' || (said.date ?? meta(document, 'article:published_time')) !== null;
  const summary = meta(document, 'og:description', 'description', 'twitter:description');
  if (!isArticle || summary === null || !endsSentence(fold(summary))) return null;
  return summary.split(/\s+/u).length < SHORTEST_SUMMARY ? null : summary;
}

/** The text without the headline and the name of the site, which are taken out of `main`. */
function bodyOf(main: DomElement, [title = null, ...others]: readonly (string | null)[], said: string | null): string {
  const known = fold(title ?? '');
  removeHeadline(main, new Set([known, ...others.map((name) => fold(name ?? ''))]));
  const { paragraphs } = textOf(main);
  // The only day of the page, by itself over its text: "3 اگست", whose year stands in its attribute. Several are headings of a timeline.
  const [time, ...times] = main.querySelectorAll('time[datetime]');
  const day = times.length === 0 ? fold(time?.textContent ?? '') : '';
  const isAbove = (text: string, i: number): boolean =>
    (text === known && !isFirstVerse(paragraphs, i)) || (text !== '' && text === day && isDayOfYear(text));
  const body = paragraphs.filter((paragraph, i) => i > 2 || !isAbove(fold(paragraph), i)).join('\n');
  return said !== null && said.length > body.length * SHELL ? said : body;
}

/** The main text of a page. */
function mainOf(html: string): DomElement {
  // A document of its own: Readability takes apart what it reads.
  const document = parseDocument(html);
  removeBeside(document.body);
  for (const table of document.querySelectorAll('table')) if (isLayout(table)) table.outerHTML = withoutTable(table.outerHTML);
  for (const list of document.querySelectorAll('dl, details')) list.outerHTML = withoutTerms(list.outerHTML);
  const article = new Readability(document, {
    charThreshold: 100,
    keepClasses: true,
  }).parse();
  return article?.content ? parseDocument(`<!doctype html><html><body>${article.content}</body></html>`).body : parseDocument(html).body;
}

/** Of a poem that is laid out in a table the program would take one row. */
const withoutTable = divsOf('tbody|tr', 'table|td');

/** Questions with their answers, words with what they mean, answers that open by a click: the program takes them for no text, and would leave all of them out. */
const withoutTerms = divsOf('dl|details', 'dt|dd|summary');

/** What lets the tags of the first names go, and makes those of the others plain parts of the page. */
function divsOf(gone: string, kept: string): (html: string) => string {
  const without = new RegExp(`</?(?:${gone})(?=[\\s>])[^>]*>`, 'gi');
  const within = new RegExp(`<(/?)(?:${kept})(?=[\\s>])[^>]*>`, 'gi');
  return (html) => html.replace(without, '').replace(within, '<$1div>');
}

/** The headline as a heading, as the page or its data have it; not one without an end, in which the text stands. */
function removeHeadline(main: DomElement, known: ReadonlySet<string>): void {
  for (const heading of main.querySelectorAll('h1, h2, h3, h4'))
    if (known.has(fold(heading.textContent ?? '')) && heading.querySelector('p, div, li') === null) heading.remove();
}

/** A line that reads like the title is the headline printed again over paragraphs; over lines of which none is a sentence it is the first verse, by which poems are called. */
const isFirstVerse = (paragraphs: readonly string[], index: number): boolean =>
  !paragraphs.slice(index + 1, index + VERSES_BELOW).some(isSentence);

const VERSES_BELOW = 5;

const isSentence = (text: string): boolean => isProse(newLine(0, text, false));

/** A front page, a list of chapters: nearly every line is a link, and none a sentence. It must not eat a poem whose words lead to a dictionary, one by one. */
function isListOfLinks(main: DomElement, document: DomDocument): boolean {
  const { count, linked } = linksIn(main);
  if (count >= SHORTEST_LIST) return linked >= count * 0.8;
  // Of links that each stand in an element of their own one is taken for the text.
  const page = linked === count && count > 0 ? linksIn(document.body) : undefined;
  return page !== undefined && page.count >= SHORTEST_LIST && page.linked >= page.count * 0.8;
}

/** Lines, and those of them that are a link and no more; where one is a sentence, none is. */
function linksIn(element: DomElement): { readonly count: number; readonly linked: number } {
  const { paragraphs } = textOf(element);
  const links = new Set([...element.querySelectorAll('a')].map((link) => (link.textContent ?? '').replace(/\s+/g, ' ').trim()));
  const linked = paragraphs.some(isSentence) ? 0 : paragraphs.filter((paragraph) => links.has(paragraph)).length;
  return { count: paragraphs.length, linked };
}

const SHORTEST_LIST = 3;

/** By their element; older themes, as those of Blogger, have a class for it, and none of them in another. */
function postElements(document: DomDocument): readonly DomElement[] {
  const articles = [...document.querySelectorAll('article')];
  if (articles.length > 0) return articles;
  const named = [...document.querySelectorAll('.hentry, .post')];
  const inner = new Set(named.flatMap((post) => [...post.querySelectorAll('.hentry, .post')]));
  return named.filter((post) => !inner.has(post));
}

/**
 * A page of a blog with whole posts one below the other: no headline over all, and several articles that each have one and two paragraphs or more.
 * The one article of a page among teasers of others, and comments, are none.
 */
function* postsOn(document: DomDocument): Generator<Found, void, undefined> {
  const posts = postElements(document).flatMap((post) => {
    const heading = post.querySelector('h1, h2, h3');
    const title = (heading?.textContent ?? '').replace(/\s+/g, ' ').trim();
    const href = heading?.querySelector('a')?.getAttribute('href') ?? '';
    const url = /^https?:\/\//i.test(href) ? href : null;
    const date = post.querySelector('time[datetime]')?.getAttribute('datetime') ?? null;
    heading?.remove();
    for (const foot of post.querySelectorAll('.post-footer, .entry-footer')) foot.remove();
    const { paragraphs } = textOf(post);
    return title === '' || paragraphs.filter(isSentence).length < 2 ? [] : [{ title, url, date, body: paragraphs.join('\n') }];
  });
  if (posts.length < 2) return;
  for (const { url, ...post } of posts) yield { kind: 'record', isAmongMany: true, fields: { ...NO_FIELDS, ...post, key: url, url } };
}
