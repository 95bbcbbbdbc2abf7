/** Leftovers of HTML in a line: whole tags, rows of attributes whose tag was cut off, entities. What is not markup stays to the code point. */

const ELEMENTS =
  'a|abbr|address|amp-[a-z-]+|article|aside|audio|b|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|cite|code|col|div|dd|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|meta|nav|noscript|object|ol|option|p|path|picture|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|u|ul|video';

const TAG = `</?(?:${ELEMENTS})(?:\\s[^<>]*)?/?>`;
/** Nobody writes attributes or comments in an article: these go wherever they stand. */
const TAG_WITH_ATTRIBUTES = new RegExp(`<(?:${ELEMENTS})\\s[^<>]*=[^<>]*>|<!--[^<>]*-->|<!doctype[^<>]*>`, 'giu');
const TAGS_AT_EDGE = new RegExp(`^(?:\\s*${TAG})+|(?:${TAG}\\s*)+$`, 'giu');
/** Inside a line only line breaks, borders of paragraphs and whole pairs go: a text about HTML may speak of <b>. */
const BREAK = /<br\s*\/?>|<\/(p|div|li)>\s*<\1>/giu;
const PAIR = /<(a|abbr|b|big|bdi|cite|em|font|i|mark|s|small|span|strong|sub|sup|u)>([^<>]*)<\/\1>/giu;
const CLOSING_LINK = /<\/(?:a|font|span)>/giu;
/** A tag that the line end cut off; the attribute tells it from "a < b". */
const OPEN_TAG_AT_END = new RegExp(`<(?:${ELEMENTS})\\s[^<>=]*=[^<>]*$`, 'iu');
const ATTRIBUTE = '[a-z_:][\\w:.-]*=(?:"[^"<>]*"|\'[^\'<>]*\')';
/** `data-id="1f" class="x">`: attributes whose tag stands on an earlier line, to the end of the line or to the closing bracket. */
const ATTRIBUTES_AT_START = new RegExp(`^\\s*(?:${ATTRIBUTE}\\s*)+(?:/?>|$)`, 'iu');

export const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  zwnj: '\u200C',
  zwj: '\u200D',
  lrm: '\u200E',
  rlm: '\u200F',
  shy: '',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  hellip: '…',
  bull: '•',
  middot: '·',
  copy: '©',
};
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/giu;

/** Rounds of unwrapping: crawlers escape twice (`&amp;nbsp;`); the limit is for pages made to cost time. */
const ROUNDS = 10;

/** The line without markup, spaces around it trimmed. The same string when it has none. */
export function stripMarkup(line: string): string {
  if (!/[<>&=]/.test(line)) return line;
  let text = line;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = text;
    text = text
      .replace(BREAK, ' ')
      .replace(PAIR, '$2')
      .replace(TAG_WITH_ATTRIBUTES, '')
      .replace(OPEN_TAG_AT_END, '')
      .replace(ATTRIBUTES_AT_START, '')
      .replace(TAGS_AT_EDGE, '')
      .replace(ENTITY, character);
    // What was opened with attributes is closed without.
    if (/<a\s|<font\s|<span\s/i.test(before)) text = text.replace(CLOSING_LINK, '');
    if (text === before) break;
  }
  return text === line ? line : text.trim();
}

function character(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return isControl || isSurrogate || code > 0x10ffff ? entity : String.fromCodePoint(code);
}

/** Where blocks of code begin and end; everything in between is markup. */
export const opensCode = (line: string): boolean => /<(?:script|style)(?:\s[^<>]*)?>/i.test(line) && !closesCode(line);
export const closesCode = (line: string): boolean => /<\/(?:script|style)\s*>/i.test(line);
