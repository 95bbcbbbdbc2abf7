import { datelineOf } from './dateline.js';
import type { Line } from './lines.js';

/** What a line reads like: a sentence, prose, a headline. Every number here was set by reading crawled pages, not measured. */

const SENTENCE_END = /[۔.؟?!]["'’”»)\]]*$/u;
const CUT_OFF = /(?:\.{2,}|۔{2,})["'’”»)\]]*$/u;

/** Ends in "..." (an ellipsis, as the fold leaves it) or "۔۔". */
export const isCutOff = (folded: string): boolean => CUT_OFF.test(folded);

export const endsSentence = (folded: string): boolean => SENTENCE_END.test(folded) && !CUT_OFF.test(folded);

/** Closed by a full stop, as headlines are not; questions and exclamations may be headlines. */
export const isClosed = (folded: string): boolean => /[۔.]["'’”»)\]]*$/u.test(folded) && !CUT_OFF.test(folded);

const PROSE_WORDS = 40;

/** Words of the longest standfirst: what may stand between the headline and the report, a sentence or two. */
export const LONGEST_STANDFIRST = 50;

/** A paragraph of a report: a closed sentence, or too long for anything else. */
export function isProse(line: Line): boolean {
  if (line.folded.length > 1_000) return true;
  const words = line.words.length;
  return words >= PROSE_WORDS || (words >= 4 && isClosed(line.folded)) || (words >= 12 && /[؟?!]["'’”»)\]]*$/u.test(line.folded));
}

/** Front pages put three headlines into one. */
const LONGEST_HEADLINE = { words: 60, characters: 400 } as const;
/** A line of more words is a headline only when it stands alone. */
const LONG_HEADLINE = 40;

/** Words of the longest headline that closes with a full stop and has nothing but an empty line below: a first paragraph is longer. */
export const LONGEST_CLOSED = 12;

/** What stands below a line that may be a headline. A date or a byline is the surest sign. */
export type Below = 'text' | 'blank' | 'metadata';

export function isHeadline(line: Line, below: Below): boolean {
  if (line.text.length > LONGEST_HEADLINE.characters) return false;
  const words = line.words.length;
  if (words === 0 || words > LONGEST_HEADLINE.words) return false;
  const dateline = datelineOf(line.text);
  if (dateline !== null && (dateline.byReporter || words > 25 || isClosed(line.folded))) return false;
  const fullStops = line.folded.match(/۔/gu)?.length ?? 0;
  if (isClosed(line.folded)) return words <= (below === 'metadata' ? 25 : below === 'blank' ? LONGEST_CLOSED : 0) && fullStops <= 1;
  return fullStops === 0 ? words <= LONG_HEADLINE || below !== 'text' : words <= 25;
}
