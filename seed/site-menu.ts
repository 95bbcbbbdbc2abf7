import { pattern } from './fold.js';
import { endsSentence, isHeadline } from './judge.js';
import { isText } from './lines.js';
import type { Drops } from './noise.js';
import { isOutlet } from './outlets.js';
import { isPage, SECTIONS } from './sections.js';

const SECTION = pattern(`^(?:${SECTIONS})$`);
/** Items of a menu, and words of the longest. */
const SHORTEST = 3;
const LONGEST = 30;
const LONGEST_ITEM = 3;

/**
 * The menu of a site in one block on top, under its name or not. Sections that no list has may stand in it where its first item is a page ("صفحہ اول") and half of the items are known.
 * It must not eat a poem or a list, which do not begin so, nor a headline, above which an empty line must stand.
 */
export const isSiteMenu: Drops = (_, page, index) => {
  // Each line of a page asks: no farther than a menu reaches.
  if (index >= LONGEST) return false;
  const block = page.slice(0, LONGEST + 1).findIndex((line, i) => i > 0 && line.afterBlank);
  // A page of which nothing but its menu was saved.
  const isAll = block === -1 && page.length <= LONGEST;
  const end = isAll ? page.length : block;
  const [first] = page;
  if (first === undefined || index >= end) return false;
  const items = page.slice(isOutlet(first.text) ? 1 : 0, end);
  if (items.length < SHORTEST || !isPage(items[0]?.folded ?? '')) return false;
  if (items.some(({ words, folded }) => words.length > LONGEST_ITEM || endsSentence(folded))) return false;
  if (items.filter(({ folded }) => SECTION.test(folded)).length * 2 < items.length) return false;
  if (isAll) return true;
  const headline = page[end];
  return headline !== undefined && page[end + 1] !== undefined && isText(headline) && isHeadline(headline, 'blank');
};
