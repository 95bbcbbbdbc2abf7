import type { Token } from '@justuju/urdu';
import type { Wanted } from '../search/wanted.js';

/** A stretch of the original text, in UTF-16 units: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A matched stretch and which word of the query it answers. */
export interface Match extends Span {
  /** Terms of the query that this stretch answers; used to weigh snippets. */
  readonly terms: readonly string[];
}

/** Finds the matches in the tokens of a text. Matches come in order and do not overlap. */
export type Matcher = (tokens: readonly Token[]) => Match[];

/** A matcher for what was asked. A word matches by term, by root, or, while it is being typed, by its beginning. */
export function createMatcher({ words, phrases: quoted }: Wanted): Matcher {
  const byTerm = new Map(words.flatMap((word) => [...word.terms.keys()].map((term) => [term, word.text])));
  const byRoot = new Map(words.flatMap((word) => [...word.roots.keys()].map((root) => [root, word.text])));
  const beginnings = words.flatMap((word) => word.prefixes.map((prefix) => [prefix, word.text] as const));
  const phrases = quoted.map((phrase) => phrase.terms);

  const wordAsked = (token: Token): string | undefined =>
    byTerm.get(token.term) ?? byRoot.get(token.root) ?? beginnings.find(([prefix]) => token.term.startsWith(prefix))?.[1];

  return (tokens) => {
    const asked = new Array<string[] | undefined>(tokens.length).fill(undefined);
    tokens.forEach((token, i) => {
      const term = wordAsked(token);
      if (term !== undefined) asked[i] = [term];
      for (const phrase of phrases) {
        if (phrase.every((part, k) => tokens[i + k]?.term === part)) phrase.forEach((part, k) => { (asked[i + k] ??= []).push(part); });
      }
    });
    const matches: Match[] = [];
    tokens.forEach(({ start, end }, i) => {
      const terms = asked[i];
      if (terms === undefined) return;
      const before = matches.at(-1);
      // The parts of a fused word (کیساتھ) touch: one mark for the eye.
      if (before !== undefined && before.end === start) matches[matches.length - 1] = { start: before.start, end, terms: [...before.terms, ...terms] };
      else matches.push({ start, end, terms });
    });
    return matches;
  };
}
