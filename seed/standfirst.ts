import { fold } from './fold.js';
import { isCutOff, LONGEST_STANDFIRST } from './judge.js';
import { wordsOf } from './lines.js';

/** What an editor wrote to stand above a text, in a field for summaries. */

/** The excerpt of an export was written by hand: none is made for it. What the text holds itself is said once. */
export function standfirst(written: string | null, body: string): string | null {
  const words = written === null ? '' : wordsIn(written).replace(/[\s.۔…]+$/u, '');
  return written === null || words === '' || wordsIn(body).includes(words) ? null : written;
}

/** The same of a field into which programs write too: what breaks off is the beginning of some text, and what is longer than a standfirst is another. */
export function standfirstIn(summary: string | null, body: string): string | null {
  const words = wordsIn(summary ?? '');
  return isCutOff(words) || wordsOf(words).length > LONGEST_STANDFIRST ? null : standfirst(summary, body);
}

/** To compare: as both are stored, tags are cut out without a look at what they mean. */
const wordsIn = (markup: string): string => fold(markup.replace(/<[^>]*>|&nbsp;/g, ' ').replace(/&hellip;|&#8230;/g, '...'));
