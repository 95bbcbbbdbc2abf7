import { pattern } from './fold.js';
import { isText, type Line } from './lines.js';
import { readMetadata } from './metadata.js';
import { END, START } from './noise.js';

/** What readers have said below a report, as themes of WordPress print it: who, when, the words, and a button to answer. */

/** "علی رضا says:", "ثنا نے کہا:". */
const SAYS = pattern('^.{2,60} (?:says|said|نے کہا|کہتے ہیں|کہتی ہیں)\\s*:$');
const ANSWER = pattern(`${START}(?:reply|جواب دیں|جواب|log in to reply|جواب دینے کے لیے لاگ ان کریں)${END}`);
/** "March 3, 2020 at 4:12 pm": the hour stands beside the day. */
const HOUR = /\d{1,2}[:.]\d{2}/;
/** Over them: "2 تبصرے", "3 thoughts on “...”", "تبصرے". */
const LABEL = pattern(`${START}(?:تبصرے|(?:\\d+|one) (?:comments?|responses?|replies|thoughts? on .+|تبصرے|تبصرہ))${END}`);
/** Lines of what one has said. */
const LONGEST = 60;

/**
 * Marks each from its name down to its button. It must not eat a report of what somebody said: no day with an hour stands below his name there, and no button below his words.
 */
export function markReaders(page: readonly Line[]): void {
  let first: number | undefined;
  for (let index = 0; index < page.length; index += 1) {
    const line = page[index] as Line;
    const day = page[index + 1];
    if (!SAYS.test(line.folded) || day === undefined || !HOUR.test(day.folded)) continue;
    if (!readMetadata(day.text).some(({ field, value }) => field === 'date' && value !== null)) continue;
    const length = page.slice(index + 2, index + 2 + LONGEST).findIndex((other) => ANSWER.test(other.folded));
    if (length === -1 || page.slice(index + 2, index + 2 + length).some((other) => SAYS.test(other.folded))) continue;
    first ??= index;
    for (const said of page.slice(index, index + length + 3)) {
      said.metadata = [];
      said.noise = 'footer';
    }
    index += length + 2;
  }
  const above = first === undefined ? undefined : page[first - 1];
  if (above !== undefined && isText(above) && LABEL.test(above.folded)) above.noise = 'footer';
}
