/** Left-to-right runs in right-to-left text: Latin words and numbers, which an isolate keeps in their order. */
import type { Span } from './span.js';

const STRONG = '[\\p{Script=Latin}\\p{Script=Devanagari}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Nd}]';
const MORE = `(?:${STRONG}|[\\p{M}\\u200C\\u200D])*`;
/** One word or number: co-op, 10:30, 2024-25, name@example.org, 3.5%, with a sign before a number. */
const ATOM = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])[+\\-\\u2212](?=\\p{Nd}))?${STRONG}${MORE}(?:[.,:/\\-\\u2013+_'\\u2019&@=?#%]${STRONG}${MORE})*[%\\u066A]?`,
  'gu',
);
const LETTER = /[\p{Script=Latin}\p{Script=Devanagari}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/**
 * The runs of a text. Latin words and what follows them with one space between are one run (Windows 11); numbers alone are a run
 * each: 5 6 7 is read from the right in Urdu.
 */
export function ltrRuns(text: string): Span[] {
  const runs: Span[] = [];
  for (const { index: start, 0: atom } of text.matchAll(ATOM)) {
    const end = start + atom.length;
    const before = runs.at(-1);
    if (before !== undefined && before.end + 1 === start && text[before.end] === ' ' && LETTER.test(text.slice(before.start, before.end))) {
      runs[runs.length - 1] = { start: before.start, end };
    } else runs.push({ start, end });
  }
  return runs;
}
