import { fold, pattern } from './fold.js';
import { isText, type Line, wordsOf } from './lines.js';
import { isOutlet } from './outlets.js';

/** What lines that are dropped still tell of the report: the tags at its end, and whose channel a reader is asked to join. */

/** Words of the longest tag. */
const LONGEST_TAG = 4;

/**
 * A list of tags without signs between them ("وی نیوز اسحاق ڈار روسی نائب وزیراعظم"), cut where the report itself has the words together: the longest first.
 * Words that it has not stand alone.
 */
export function tagsIn(line: Line, page: readonly Line[]): string[] {
  const phrases = new Set<string>();
  for (const { words } of page.filter((other) => isText(other)))
    for (let from = 0; from < words.length; from += 1)
      for (let n = 2; n <= LONGEST_TAG && from + n <= words.length; n += 1) phrases.add(words.slice(from, from + n).join(' '));
  const written = line.text.split(/[\s،,|#]+/u).filter((word) => wordsOf(fold(word)).length > 0);
  const tags: string[] = [];
  for (let at = 0; at < written.length; ) {
    let length = 1;
    for (let n = Math.min(LONGEST_TAG, written.length - at); n > 1; n -= 1) {
      const phrase = written
        .slice(at, at + n)
        .map(fold)
        .join(' ');
      if (!phrases.has(phrase) && !isOutlet(written.slice(at, at + n).join(' '))) continue;
      if (n > 2 && !phrases.has(phrase)) continue;
      length = n;
      break;
    }
    tags.push(written.slice(at, at + length).join(' '));
    at += length;
  }
  return [...new Set(tags)];
}

const WHOSE = pattern(
  '(?<!\\p{L})(?:پر|جوائن کریں|سبسکرائب کریں) ((?:[\\p{L}\\p{N}]+ ){1,3})(?:کا|کے|کی) [^\\p{L}]*(?:آفیشل|واٹس ایپ|وٹس ایپ|یوٹیوب|چینل|گروپ|پیج)',
);

/** "واٹس ایپ پر وی نیوز کا ’آفیشل گروپ‘ جوائن کریں" → "وی نیوز". */
export function outletIn(appeal: Line): string | undefined {
  const name = WHOSE.exec(appeal.folded)?.[1]?.trim();
  if (name === undefined || !isOutlet(name)) return undefined;
  const words = appeal.text.split(/\s+/u);
  const length = name.split(' ').length;
  const at = words.findIndex(
    (_, i) =>
      words
        .slice(i, i + length)
        .map(fold)
        .join(' ') === name,
  );
  return at === -1 ? undefined : words.slice(at, at + length).join(' ');
}
