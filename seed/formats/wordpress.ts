import { NO_FIELDS, unpublished } from '../fields.js';
import { isHtml } from '../html.js';
import type { Input } from '../input.js';
import { standfirst } from '../standfirst.js';
import { childrenOf, textIn, type XmlElement, xmlRecords, xmlText } from '../xml.js';
import type { Format, Found } from './format.js';
import { PostTypes } from './post-types.js';
import { rootOf } from './xml-root.js';

/** The export of WordPress (WXR): posts and pages that are published, or other types that are named. Drafts, revisions, attachments and menus never become articles. */

export const wordpress: Format = {
  name: 'WordPress export',
  recognizes: ({ headText }) => rootOf(headText) === 'rss' && /<wp:wxr_version|xmlns:wp=/.test(headText ?? ''),
  read,
};

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const authors = new Map<string, string>();
  const types = new PostTypes(input);
  for await (const { element, around } of xmlRecords(input.text(), (name) => name === 'item' || name === 'wp:author')) {
    if (element.name === 'wp:author') {
      const login = textIn(element, 'wp:author_login');
      const name = textIn(element, 'wp:author_display_name');
      if (login !== null && name !== null) authors.set(login, name);
      continue;
    }
    const type = textIn(element, 'wp:post_type') ?? 'post';
    const status = textIn(element, 'wp:status');
    const locked = textIn(element, 'wp:post_password') !== null;
    const hidden = types.hidden(type) ?? unpublished(status) ?? (locked ? 'not published (password)' : undefined);
    yield hidden === undefined ? article(element, around.get('title') ?? null, authors, input) : { kind: 'left', reason: hidden };
  }
}

function article(item: XmlElement, site: string | null, authors: ReadonlyMap<string, string>, input: Input): Found {
  const excerpt = textIn(item, 'excerpt:encoded');
  const content = textIn(item, 'content:encoded') ?? excerpt;
  if (content === null) return { kind: 'left', reason: 'without a text' };
  const categories = childrenOf(item, 'category');
  const named = (domain: string): string[] =>
    categories.filter(({ attributes }) => attributes['domain'] === domain).flatMap((category) => xmlText(category) ?? []);
  // "Uncategorized" is what WordPress gives posts that nobody gave a category.
  const [topic = null, ...more] = named('category').filter((name) => !/^(?:uncategorized|غیر زمرہ بند)$/i.test(name));
  const creator = textIn(item, 'dc:creator');
  const comments = input.options.comments === true ? commentsOf(item) : [];
  const id = textIn(item, 'wp:post_id');
  return {
    kind: 'record',
    isAmongMany: true,
    fields: {
      ...NO_FIELDS,
      key: textIn(item, 'link') ?? id,
      title: textIn(item, 'title'),
      subtitle: standfirst(excerpt === null ? null : withoutShortcodes(excerpt).trim(), content),
      body: [withParagraphs(withoutShortcodes(content)), ...comments.map((comment) => `<p>${comment}</p>`)].join('\n'),
      author: creator === null ? null : (authors.get(creator) ?? creator),
      date: dateOf(textIn(item, 'wp:post_date')) ?? textIn(item, 'pubDate'),
      updated: dateOf(textIn(item, 'wp:post_modified')),
      topic,
      tags: [...new Set([...named('post_tag'), ...more])],
      source: site,
      url: textIn(item, 'link'),
    },
  };
}

/** WordPress writes zeros where there is no date. */
const dateOf = (text: string | null): string | null => (text === null || text.startsWith('0000') ? null : text);

/** "[caption ...]<img> a caption[/caption]" goes with what it holds; of other shortcodes only the brackets do. */
const withoutShortcodes = (content: string): string =>
  content
    // An address that stands alone is shown as what it leads to: a film, a post.
    .replace(/^[ \t]*https?:\/\/\S+[ \t]*\r?$/gim, '')
    .replace(/\[(caption|wp_caption|gallery|audio|video|playlist|embed)\b[^\]]*\](?:[\s\S]*?\[\/\1\])?/gi, '\n\n')
    .replace(/\[\/?[a-z][\w-]*(?:\s+(?:[\w-]+=(?:"[^"]*"|'[^']*'|“[^”]*”|[^\s\]]+)|https?:\/\/[^\s\]]+))*\s*\/?\]/gi, '');

/** As WordPress shows it: an empty line parts paragraphs where nothing else does. */
const withParagraphs = (content: string): string =>
  isHtml(content) && /<(?:p|br|div|h[1-6]|li)[\s/>]/i.test(content) ? content : content.replace(/\r?\n/g, '<br>');

function commentsOf(item: XmlElement): string[] {
  return childrenOf(item, 'wp:comment')
    .filter((comment) => textIn(comment, 'wp:comment_approved') === '1' && (textIn(comment, 'wp:comment_type') ?? 'comment') === 'comment')
    .flatMap((comment) => textIn(comment, 'wp:comment_content') ?? []);
}
