/**
 * What was asked, in the form in which texts are compared with it: the contract between query understanding, ranking and highlighting.
 */

/** How a word of a text answers a word of the query, best first. */
export const REASONS = ['exact', 'spelling', 'prefix', 'inflected', 'joined', 'split', 'synonym', 'transliterated', 'corrected'] as const;
export type Reason = (typeof REASONS)[number];

/** One word of the query, with everything that answers it. */
export interface WantedWord {
  /** As typed: `kitab`, كتابوں. */
  readonly text: string;
  /** Term → why it answers. The word's own term comes first, as 'exact'. */
  readonly terms: ReadonlyMap<string, Reason>;
  /** Root → why it answers ('inflected' for the word's own; the reason of the variant otherwise). */
  readonly roots: ReadonlyMap<string, Reason>;
  /** The same of a word of grammar among others: کی would mark every کا and کے, so that they answer only where a document holds nothing else of the query. */
  readonly grammar?: ReadonlyMap<string, Reason>;
  /** Beginnings, when the word is still being typed: a term that begins so answers as 'prefix' (or as 'transliterated' for Roman input). */
  readonly prefixes: readonly string[];
  /** Terms that answer together, standing one after the other: the parts of a word written apart. */
  readonly sequences: readonly WantedSequence[];
  /** How rare the word is, 0 to 1, 1 for the rarest; best words make the snippet. 1 where nothing is known. */
  readonly weight: number;
}

export interface WantedSequence {
  readonly terms: readonly string[];
  readonly reason: Reason;
  /** Given where the words answer in any of their forms: then texts are compared with these. */
  readonly roots?: readonly string[];
}

/** A quoted phrase: its terms, one after the other, as written. */
export interface WantedPhrase {
  readonly text: string;
  readonly terms: readonly string[];
  /** For each of them how it is spelt, where its vowels were written: a word that says another vowel is not marked. */
  readonly spellings?: readonly (string | undefined)[];
}

export interface Wanted {
  readonly words: readonly WantedWord[];
  readonly phrases: readonly WantedPhrase[];
}
