import { createHash } from 'node:crypto';
import { analyze, isStopWord, stopWordClass } from '@justuju/urdu';

/** Words as they were read: terms and their roots, in step. */
export interface ReadWords {
  readonly terms: readonly string[];
  readonly roots: readonly string[];
}

/** What was read of a query, each word as it was most likely meant. */
export interface ReadQuery {
  readonly words: readonly ReadWords[];
  readonly phrases?: readonly ReadWords[];
  readonly unwanted?: readonly ReadWords[];
}

/**
 * The normal form of a query: two that ask for the same thing in other spellings, letters, forms or corrections have the same. The roots in their order, without function words where others are
 * left. "Not" stays, and so does what is not wanted. Quotes make no difference. Empty: nothing is asked.
 */
export function needOf({ words, phrases = [], unwanted = [] }: ReadQuery): string {
  const all = [...phrases, ...words];
  const told = all.flatMap(tellingRoots);
  const wanted = told.length > 0 ? told : all.flatMap(({ roots }) => roots);
  const not = unwanted.map(({ roots }) => `-${roots.join(' ')}`);
  return [...wanted, ...not].join(' ');
}

function tellingRoots({ terms, roots }: ReadWords): readonly string[] {
  return roots.filter((_root, i) => {
    const term = terms[i] ?? '';
    return !isStopWord(term) || stopWordClass(term) === 'negation';
  });
}

export function readText(text: string): ReadWords {
  const tokens = analyze(text);
  return { terms: tokens.map(({ term }) => term), roots: tokens.map(({ root }) => root) };
}

/** Of a text that is taken as it is written. */
export const needOfText = (text: string): string => needOf({ words: [readText(text)] });

/** Bytes of a need's hash: among a million needs no two are likely to have the same (1 in 560). */
export const HASH_BYTES = 6;

/** A need in twelve hexadecimal digits: for logs, rows and query ids, which shall not hold what was typed. */
export const hashOf = (need: string): string =>
  createHash('sha256')
    .update(need)
    .digest('hex')
    .slice(0, 2 * HASH_BYTES);
