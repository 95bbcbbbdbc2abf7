import { type DomElement, type DomNode, parseDocument } from './dom.js';
import { fold, pattern } from './fold.js';
import { isMarker } from './links.js';

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
const BESIDE = new Set('NAV FOOTER ASIDE FIGCAPTION AMP-SIDEBAR AMP-CONSENT'.split(' '));
/** Words of classes and ids by which themes call what is not the text. */
const BESIDE_NAME =
  /(?:^|[\s_-])(?:share|sharing|sharedaddy|shares|social|socials|addtoany|addthis|related|relatedposts|yarpp|recommended|newsletter|subscribe|advert|advertisement|ads?|promo|comments?|respond|breadcrumbs?|author-?box|caption|(?:photo|image|img|picture)[_-]?credits?|wp-caption-text|sidebar|navigation|menu|cookie|pagination|post-tags|tagcloud|entry-meta|byline-block|print-only|screen-reader-text|wp-block-buttons?)(?:$|[\s_-])/i;
/** Words of the longest such part. A theme that calls the article itself "social-post" loses nothing. */
const LONGEST_BESIDE = 80;
/** Levels of elements; what lies deeper is taken as plain text. */
const DEEPEST = 300;
/** Words of a cell below which it is one of a table of facts; a row of sentences or verses keeps each on a line of its own. */
const SHORT_CELL = 4;
/** Words of a cell above which the table is the layout of the page. */
const LONGEST_CELL = 30;

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

/** A link that leads from the beginning of a text to the whole, in folded letters. */
const READ_ON = pattern(
  '^(?:مزید پڑھ(?:یں|یے|ئے|ئیے)|(?:مکمل|پوری) (?:خبر |تحریر |مضمون )?پڑھ(?:یں|یے|ئے)|آگے پڑھ(?:یں|یے)|مزید|تفصیل|read (?:more|the full (?:article|story)|full (?:article|story))|continue reading)(?![\\p{L}\\p{N}])',
);
/** The last link of a text with nothing behind it but ends of elements and brackets, and the gap before it. */
const LAST_LINK =
  /(?:\s|&nbsp;|<br\s*\/?>|[[(])*<a\s[^<>]*>([^<]*(?:<(?!\/?a[\s>])[^<>]*>[^<]*)*)<\/a>(?:[\s\])»→.…]|&raquo;|<\/[a-z]+>|<br\s*\/?>)*$/i;
/** Characters at the end of a text in which such a link stands. */
const END = 1_000;

/** A text that breaks off, without the link by which it goes on: it is the last thing in a feed's summary. */
export function withoutReadOn(html: string): string {
  const end = html.slice(-END);
  const link = LAST_LINK.exec(end);
  if (link === null || !READ_ON.test(fold((link[1] ?? '').replace(/<[^<>]*>/g, ' ')))) return html;
  // Ends of elements behind it close what was opened before.
  return `${html.slice(0, html.length - link[0].length)}${(link[0].split(/<\/a>/i).at(-1) ?? '').replace(/[^<>]*(<\/[a-z]+>)?/gi, '$1')}`;
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
    if (NEVER.has(name) || (name === 'A' && isNoteSign(element))) return;
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
    if ((name === 'UL' || name === 'OL') && isListOfLinks(element)) {
      end();
      if (isMarker(fold(paragraphs.at(-1) ?? ''))) {
        left.push(paragraphs.pop() ?? '', (element.textContent ?? '').replace(/\s+/g, ' ').trim());
        return;
      }
    }
    const cells = name === 'TR' ? cellsOf(element) : undefined;
    if (cells !== undefined) {
      end();
      paragraphs.push(cells.join(' | '));
      return;
    }
    if (name === 'PRE') {
      // Its lines are the author's.
      end();
      paragraphs.push(
        ...(element.textContent ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      );
      return;
    }
    const isBlock = BLOCKS.has(name);
    if (isBlock) end();
    if (depth > DEEPEST) open += element.textContent ?? '';
    else for (const child of element.childNodes) walk(child, depth + 1);
    if (isBlock) end();
  };
  walk(root, 0);
  end();
  return { paragraphs, left };
}

/** What the cells of a row of facts say, in their order; undefined where they are no facts: paragraphs laid out side by side, the two verses of a couplet. */
function cellsOf(row: DomElement): readonly string[] | undefined {
  const all = [...row.childNodes].filter(isCell);
  if (all.length < 2 || all.some((cell) => cell.querySelector('table') !== null)) return undefined;
  const texts = all.map((cell) => textOf(cell).paragraphs.join(' ')).filter((text) => text !== '');
  return texts.length > 1 && (isRowOfFacts(texts) || all.some(({ tagName }) => tagName.toUpperCase() === 'TH')) ? texts : undefined;
}

/** The cells of a row are short, and one is no more than a name or a number: two verses, or paragraphs side by side, are no facts. */
export function isRowOfFacts(cells: readonly string[]): boolean {
  const lengths = cells.map((text) => text.split(' ').length);
  return lengths.some((length) => length < SHORT_CELL) && lengths.every((length) => length <= LONGEST_CELL);
}

/** A table without a row of facts. */
export const isLayout = (table: DomElement): boolean => ![...table.querySelectorAll('tr')].some((row) => cellsOf(row) !== undefined);

const isCell = (node: DomNode): node is DomElement => node.nodeType === 1 && /^T[DH]$/i.test((node as DomElement).tagName);

/** Behind a marker ("مزید پڑھیں") such a list is one of other reports, and what stands below it is the article's again. */
const isListOfLinks = (list: DomElement): boolean => {
  const items = [...list.querySelectorAll('li')];
  return items.length > 0 && items.every((item) => (item.querySelector('a')?.textContent ?? '').trim() === (item.textContent ?? '').trim());
};

/** The number of a note, which leads to it: in the text it would be a part of the word. */
const isNoteSign = (element: DomElement): boolean =>
  (element.getAttribute('href') ?? '').includes('#') && /^\s*[[(]?(?:\p{Nd}{1,3}|[*†‡↑↩])[\])]?\s*$/u.test(element.textContent ?? '');

/** Takes out of a page what is no text of the article, before a program that looks for the main text takes the names of elements away. */
export function removeBeside(root: DomElement): void {
  for (const element of [...root.querySelectorAll('*')]) if (isBeside(element, element.tagName.toUpperCase())) element.remove();
}

function isBeside(element: DomElement, name: string): boolean {
  const isNamed =
    BESIDE.has(name) || BESIDE_NAME.test(element.getAttribute('class') ?? '') || BESIDE_NAME.test(element.getAttribute('id') ?? '');
  return isNamed && (BESIDE.has(name) || (element.textContent ?? '').split(/\s+/).length <= LONGEST_BESIDE);
}
