import type { Reason } from '../query/wanted.js';

/** A stretch of the original text, in UTF-16 code units: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One word of the query that a stretch answers. */
export interface Answer {
  /** Index in `Wanted.words`; phrases are numbered on from there. */
  readonly word: number;
  readonly reason: Reason;
  /** How rare the word is, 0 to 1; a phrase weighs as much as its words together. Best words make the snippet. */
  readonly weight: number;
}

/** A mark: a stretch that answers the query, whole grapheme clusters of the original. */
export interface Match extends Span {
  /** Index of its first and last token, both inclusive. */
  readonly first: number;
  readonly last: number;
  /** What it answers, in reading order; never empty. */
  readonly answers: readonly Answer[];
}
