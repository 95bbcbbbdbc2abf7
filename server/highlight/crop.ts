import type { Token } from '@justuju/urdu';
import type { Match, Span } from './match.js';

/**
 * The part of a text that shows most of the query, `length` words long at most.
 * Ties go to the earliest window; a window begins at the start of a sentence when that costs no match.
 * Without a match it is the beginning of the text.
 */
export function cropWindow(text: string, tokens: readonly Token[], matches: readonly Match[], length: number): Span {
  if (length <= 0 || tokens.length <= length) return { start: 0, end: text.length };
  const first = bestFirstToken(tokens, matches, length);
  const last = Math.min(first + length, tokens.length) - 1;
  return {
    start: first === 0 ? 0 : (tokens[first]?.start ?? 0),
    end: last === tokens.length - 1 ? text.length : (tokens[last]?.end ?? text.length),
  };
}

/** Index of the token that the best window begins with. Linear: one pass over the tokens with a sliding count of terms. */
function bestFirstToken(tokens: readonly Token[], matches: readonly Match[], length: number): number {
  const termsAt = new Map<number, readonly string[]>();
  let m = 0;
  tokens.forEach((token, i) => {
    while (m < matches.length && (matches[m] as Match).end <= token.start) m += 1;
    const match = matches[m];
    if (match !== undefined && match.start <= token.start && token.end <= match.end) termsAt.set(i, match.terms);
  });
  if (termsAt.size === 0) return 0;

  const inside = new Map<string, number>();
  const enter = (i: number): void => { for (const term of termsAt.get(i) ?? []) inside.set(term, (inside.get(term) ?? 0) + 1); };
  const leave = (i: number): void => {
    for (const term of termsAt.get(i) ?? []) {
      const left = (inside.get(term) ?? 1) - 1;
      if (left === 0) inside.delete(term);
      else inside.set(term, left);
    }
  };
  const lastFirst = tokens.length - length;
  let best = 0;
  let bestScore = -1;
  for (let i = 0; i < length; i += 1) enter(i);
  for (let first = 0; first <= lastFirst; first += 1) {
    // Different words count most, then how often they occur.
    let score = inside.size * 1_000;
    for (const count of inside.values()) score += Math.min(count, 3);
    if (score > bestScore) {
      bestScore = score;
      best = first;
    }
    leave(first);
    if (first + length < tokens.length) enter(first + length);
  }
  return settle(tokens, termsAt, best, length);
}

/**
 * Where a window that holds these matches had better begin: at the start of the sentence of its first match if that is near,
 * otherwise so that the matches stand in its middle. No match is lost by it.
 */
function settle(tokens: readonly Token[], termsAt: ReadonlyMap<number, unknown>, best: number, length: number): number {
  let firstMatch = -1;
  let lastMatch = best;
  for (let i = best; i < Math.min(best + length, tokens.length); i += 1) {
    if (!termsAt.has(i)) continue;
    if (firstMatch === -1) firstMatch = i;
    lastMatch = i;
  }
  const earliest = Math.max(0, lastMatch - length + 1);
  const latest = Math.min(firstMatch, tokens.length - length);
  for (let first = latest; first >= earliest; first -= 1) {
    if (first === 0 || tokens[first]?.sentence !== tokens[first - 1]?.sentence) return first;
  }
  const middle = Math.round((firstMatch + lastMatch + 1 - length) / 2);
  return Math.max(earliest, Math.min(middle, latest));
}
