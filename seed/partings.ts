import { datelineOf } from './dateline.js';
import { isHeadline, isProse } from './judge.js';
import type { Line } from './lines.js';
import { readMetadata } from './metadata.js';
import { personIn } from './persons.js';

/** Several reports in one file, with a line of dashes or stars between them. */

/** One sign three times or more, with or without blanks: "-----", "* * *". U+0640 is the tatweel, U+066D the Arabic star, U+06D4 the full stop of Urdu, U+25A0 to U+25FF squares and the like. */
const RULE = /^([-*=_~#+\u2010-\u2015\u2022\u0640\u066D\u06D4\u2500-\u257F\u25A0-\u25FF\u2605\u2606\u2666])(?: ?\1){2,}$/u;

export const isRule = (text: string): boolean => RULE.test(text.trim());

/** Words of the headline of a report below stars; that of a part of an article is shorter. Not measured. */
const SHORTEST_HEADLINE = 4;
/** The same below a line that is drawn across the page, which nobody draws through an article. */
const SHORTEST_BELOW_LINE = 2;
const LINE = /^[-=_~#+\u2010-\u2015\u0640\u2500-\u257F]{5,}$/u;
/** Lines about a report between its headline and its text. */
const MOST_ABOUT = 4;

/**
 * Marks the lines behind which another report begins: text stands above, and below a headline over a paragraph. That is sure where a date, a writer or a dateline follows the headline;
 * else all such lines of the page must be like that, but for the last one, which may stand over a note.
 * It must not eat stars among the parts of one article (no headline below, or one of a few words), among verses (no paragraph), nor the lines of a table.
 */
export function markPartings(page: readonly Line[]): void {
  const rules = page.flatMap(({ text }, index) => (isRule(text) ? [index] : []));
  const between = rules.filter(
    (index, i) => page.slice((rules[i - 1] ?? -1) + 1, index).some(isProse) && page.slice(index + 1).some(({ text }) => !isRule(text)),
  );
  const below = between.map((index) => reportBelow(page, index));
  const last = page.slice((between.at(-1) ?? 0) + 1).filter(({ noise, text }) => noise === null && !isRule(text));
  const parts = below.at(-1) === undefined && last.length === 1 ? below.slice(0, -1) : below;
  const areAll = parts.every((found) => found !== undefined);
  between.forEach((index, i) => {
    const line = page[index];
    if (line !== undefined && (below[i] === 'sure' || (areAll && below[i] === 'likely'))) line.opensReport = true;
  });
}

function reportBelow(page: readonly Line[], index: number): 'sure' | 'likely' | undefined {
  const [headline, ...lines] = page
    .slice(index + 1, index + 3 + MOST_ABOUT * 2)
    .filter(({ noise, text }) => noise === null && !isRule(text));
  const shortest = LINE.test(page[index]?.text ?? '') ? SHORTEST_BELOW_LINE : SHORTEST_HEADLINE;
  if (headline === undefined || headline.words.length < shortest || /[:：]$/u.test(headline.folded)) return undefined;
  if (isProse(headline) || !isHeadline(headline, 'blank')) return undefined;
  const first = lines.findIndex(isProse);
  const about = lines.slice(0, first);
  if (first === -1 || about.length > MOST_ABOUT || !about.every(saysWhoOrWhen)) return undefined;
  return about.length > 0 || datelineOf(lines[first]?.text ?? '') !== null ? 'sure' : 'likely';
}

const saysWhoOrWhen = ({ text }: Line): boolean => readMetadata(text).length > 0 || personIn(text) !== undefined;
