/** Where a snippet may be cut, and what goes with the word at its edge. */
import type { Token } from '@justuju/urdu';
import { boundaryFrom, boundaryTo } from './graphemes.js';

/** How far is looked for a space, or for signs that stand at a word, in UTF-16 code units. */
const GAP = 64;
const CLAUSE_ENDS = /[\u060C\u061B,;:\u2013\u2014([{\n]/;
/** Signs that lean on the word behind them: opening brackets and quotes, currencies, # @ + and minus. Whether " opens is told by where it stands. */
const OPENING = /[\p{Ps}\p{Pi}\p{Sc}"'#@+\-\u2212]/u;
/** Signs that lean on the word before them: closing ones, per cent, and what ends a sentence. */
const CLOSING = /[\p{Pe}\p{Pf}"'%\u066A\u00B0.!?\u061F\u06D4\u2026]/u;

const gapBefore = (text: string, tokens: readonly Token[], at: number): string => {
  const from = tokens[at - 1]?.end ?? 0;
  return text.slice(from, Math.min(tokens[at]?.start ?? text.length, from + GAP));
};

/**
 * Whether a snippet may begin or end before the token `at`: at a space or between sentences, so that neither a word nor 2024-25, پی۔آئی۔اے,
 * an address or a compound is cut.
 */
export function mayCut(text: string, tokens: readonly Token[], at: number): boolean {
  if (at <= 0 || at >= tokens.length) return true;
  if (tokens[at - 1]?.sentence !== tokens[at]?.sentence) return true;
  const gap = gapBefore(text, tokens, at);
  return gap.length >= GAP || /\s/.test(gap);
}

export const startsSentence = (tokens: readonly Token[], at: number): boolean =>
  at <= 0 || tokens[at - 1]?.sentence !== tokens[at]?.sentence;

export const startsClause = (text: string, tokens: readonly Token[], at: number): boolean =>
  at <= 0 || CLAUSE_ENDS.test(gapBefore(text, tokens, at));

/** Where a snippet starts that begins with the token `at`: before the bracket or quote that opens at the word. */
export function edgeBefore(text: string, tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  const floor = Math.max(tokens[at - 1]?.end ?? 0, (token?.start ?? 0) - GAP);
  if (token === undefined || (at === 0 && floor === 0)) return 0;
  let start = token.start;
  while (start > floor && OPENING.test(text.charAt(start - 1))) start -= 1;
  // A sign that stands at the word before closes there: he said "no" (and left).
  if (start === floor && at > 0 && start < token.start) start = token.start;
  return boundaryTo(text, start);
}

/** Where a snippet ends whose last token is `at`: behind the signs that close the word or the sentence. */
export function edgeAfter(text: string, tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token === undefined) return text.length;
  const isLast = at === tokens.length - 1;
  if (isLast && text.length - token.end <= GAP) return text.length;
  const ceiling = Math.min(tokens[at + 1]?.start ?? text.length, token.end + GAP);
  let end = token.end;
  while (end < ceiling && CLOSING.test(text.charAt(end))) end += 1;
  // Hyphen, quote: what reaches to the next word of the sentence may be the next word's.
  if (end === ceiling && !isLast && !startsSentence(tokens, at + 1)) end = token.end;
  return boundaryFrom(text, end);
}
