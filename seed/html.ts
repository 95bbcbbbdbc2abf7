import { type DomElement, type DomNode, parseDocument } from './dom.js';

/** HTML → the paragraphs that a reader sees, one a line. */

export interface HtmlText {
  readonly paragraphs: readonly string[];
  /** Parts that were left out because their markup says that they are not the text: share bars, related reports, captions. */
  readonly left: readonly string[];
}

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR HTML LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);
/** Nothing in them is text. */
const NEVER = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT SVG CANVAS AUDIO VIDEO BUTTON SELECT INPUT TEXTAREA FORM HEAD TITLE MATH'.split(' '),
);
/** They hold text, but not the article's. */
const BESIDE = new Set('NAV FOOTER ASIDE FIGCAPTION'.split(' '));
/** Words of classes and ids by which themes call what is not the text. */
const BESIDE_NAME =
  /(?:^|[\s_-])(?:share|sharing|sharedaddy|shares|social|socials|addtoany|addthis|related|relatedposts|yarpp|recommended|newsletter|subscribe|advert|advertisement|ads?|promo|comments?|respond|breadcrumbs?|author-?box|caption|wp-caption-text|sidebar|navigation|menu|cookie|pagination|post-tags|tagcloud|entry-meta|byline-block|print-only|screen-reader-text)(?:$|[\s_-])/i;
/** Words of the longest such part. A theme that calls the article itself "social-post" loses nothing. */
const LONGEST_BESIDE = 80;
/** Levels of elements; what lies deeper is taken as plain text. */
const DEEPEST = 300;

export const isHtml = (text: string): boolean =>
  /<(?:p|br|div|span|a|h[1-6]|ul|ol|li|blockquote|strong|em|b|i|img|figure|table|!--)(?:\s[^<>]*)?\/?>|<!--/i.test(text);

/**
 * @param source a page, or the content of an article
 * @param lineBreaks a line break in the source is one for the reader, as editors of WordPress have it
 */
export function htmlText(source: string, { lineBreaks = false } = {}): HtmlText {
  const html = lineBreaks ? source.replace(/\r?\n/g, '<br>') : source;
  return textOf(parseDocument(`<!doctype html><html><body>${html}</body></html>`).body);
}

/** A heading or a title with entities in it: "&#8220;باغ&#8221;" → “باغ”. */
export const plainText = (text: string): string =>
  (/[<&]/.test(text) ? htmlText(text).paragraphs.join(' ') : text).replace(/\s+/g, ' ').trim();

export function textOf(root: DomElement): HtmlText {
  const paragraphs: string[] = [];
  const left: string[] = [];
  let open = '';
  const end = (): void => {
    const text = open.replace(/[^\S\u00A0]+/g, ' ').replace(/^[\s\u00A0]+|[\s\u00A0]+$/g, '');
    if (text !== '') paragraphs.push(text);
    open = '';
  };
  const walk = (node: DomNode, depth: number): void => {
    if (node.nodeType === 3) open += node.textContent ?? '';
    if (node.nodeType !== 1) return;
    const element = node as DomElement;
    const name = element.tagName.toUpperCase();
    if (NEVER.has(name)) return;
    if (name === 'BR') {
      end();
      return;
    }
    if (node !== root && isBeside(element, name)) {
      const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
      if (text !== '') left.push(text);
      end();
      return;
    }
    const isBlock = BLOCKS.has(name);
    if (isBlock) end();
    if (depth > DEEPEST) open += element.textContent ?? '';
    else for (const child of element.childNodes) walk(child, depth + 1);
    if (isBlock) end();
    else if (name === 'TD' || name === 'TH') open += ' ';
  };
  walk(root, 0);
  end();
  return { paragraphs, left };
}

function isBeside(element: DomElement, name: string): boolean {
  const isNamed =
    BESIDE.has(name) || BESIDE_NAME.test(element.getAttribute('class') ?? '') || BESIDE_NAME.test(element.getAttribute('id') ?? '');
  return isNamed && (BESIDE.has(name) || (element.textContent ?? '').split(/\s+/).length <= LONGEST_BESIDE);
}
