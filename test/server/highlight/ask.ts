/** Queries for tests of the highlighter: what the reader typed, and the other readings that query understanding found for its words. */
import { analyze } from '@justuju/urdu';
import { createMatcher, type MatchOptions } from '../../../server/highlight/match.js';
import type { Match } from '../../../server/highlight/span.js';
import type { Reason, Wanted, WantedWord } from '../../../server/query/wanted.js';

/** Other readings of a word of the query: the word as a text spells it (or several, written apart), and why it is taken for it. */
export type Readings = Readonly<Record<string, readonly (readonly [spelling: string, reason: Reason])[]>>;

export interface AskOptions {
  /** The last word may go on. */
  readonly typing?: boolean;
  readonly readings?: Readings;
  readonly weights?: Readonly<Record<string, number>>;
}

/** A quoted part is a phrase. A word of Roman or Devanagari letters that has readings asks for these alone. */
export function ask(query: string, { typing = false, readings = {}, weights = {} }: AskOptions = {}): Wanted {
  const phrases = [...query.matchAll(/"([^"]+)"/g)].map(([, text = '']) => ({ text, terms: analyze(text).map(({ term }) => term) }));
  const tokens = analyze(query.replace(/"[^"]*"/g, ' '));
  const words = tokens.map(({ text, term, root, type }, i): WantedWord => {
    const others = readings[text] ?? [];
    const isForeign = others.length > 0 && type !== 'word';
    const terms = new Map<string, Reason>(isForeign ? [] : [[term, 'exact']]);
    const roots = new Map<string, Reason>(isForeign ? [] : [[root, 'inflected']]);
    const sequences: { terms: string[]; reason: Reason }[] = [];
    for (const [spelling, reason] of others) {
      const [first, ...more] = analyze(spelling);
      if (first === undefined) continue;
      if (more.length > 0) sequences.push({ terms: [first, ...more].map((part) => part.term), reason });
      else {
        if (!terms.has(first.term)) terms.set(first.term, reason);
        if (!roots.has(first.root)) roots.set(first.root, reason);
      }
    }
    const prefixes = typing && i === tokens.length - 1 ? [...terms.keys()] : [];
    return { text, terms, roots, prefixes, sequences, weight: weights[text] ?? 1 };
  });
  return { words, phrases };
}

export const marksOf = (wanted: Wanted, text: string, options: MatchOptions = {}): Match[] =>
  createMatcher(wanted, options)(text, analyze(text));

/** The text with its marks in brackets no text here uses. */
export function bracketed(text: string, marks: readonly { readonly start: number; readonly end: number }[]): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of marks) {
    shown += `${text.slice(at, start)}\u27E6${text.slice(start, end)}\u27E7`;
    at = end;
  }
  return shown + text.slice(at);
}

export const unbracketed = (text: string): string => text.replace(/[\u27E6\u27E7]/g, '');

/** Bidi controls, joiners and marks by code point, so that a failure can be read. */
export const visible = (text: string): string =>
  text.replace(/[\p{M}\p{Cf}\u0640]/gu, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
