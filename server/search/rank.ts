import type { DocumentTerms } from '../forward-index/document-terms.js';
import type { TermTable } from '../forward-index/term-table.js';
import { Comparison, type Score } from './comparison.js';
import type { Slot } from './slots.js';

/*
 * Ranks candidates by what the collection knows of its words: rare words decide, words that stand together or in one sentence count more, a word as it
 * was typed more than another form of it, and that more than a corrected one. BM25 over the words of the query, plus proximity of neighbours, the best sentence and the densest
 * place; Meilisearch's own rank is the last, small, voice. The numbers below were chosen on the development queries (docs/relevance.md).
 */

/** What each voice weighs. */
export interface Weights {
  /** Saturation of repeated words, and influence of length, as in BM25 (Robertson & Zaragoza 2009). */
  readonly k1: number;
  readonly b: number;
  /** Of neighbours of the query that stand together, relative to the rarity of the rarer of them. */
  readonly proximity: number;
  /** Of the sentence that holds most of the query. */
  readonly sentence: number;
  /** Of the place where most of the query stands together, the nearer the more. */
  readonly density: number;
  /** Of Meilisearch's own order: added as `engine / rank`, relative to the best possible score. */
  readonly engine: number;
  /** What a word in a short text (a title) counts more than in a long one. */
  readonly shortText: number;
  /** What is taken off a word that stands there in another form. */
  readonly otherForm: number;
}

/** A few words are a phrase or a name: they stand together. In a long question rarity decides. */
const FOR_FEW_WORDS: Weights = {
  k1: 0.9,
  b: 0.75,
  proximity: 5,
  sentence: 8,
  density: 9,
  engine: 1.1,
  shortText: 1.5,
  otherForm: 0.35,
};
const FOR_QUESTIONS: Weights = { ...FOR_FEW_WORDS, k1: 1.1, b: 0.9, proximity: 1.5, sentence: 0.75, density: 0, engine: 0.1, shortText: 2 };
const FEW = 4;
const MANY = 9;

/** Between the two, in proportion to the number of words. */
export function weightsFor(words: number): Weights {
  const share = Math.min(1, Math.max(0, (words - FEW) / (MANY - FEW)));
  const between = (name: keyof Weights): number => FOR_FEW_WORDS[name] + (FOR_QUESTIONS[name] - FOR_FEW_WORDS[name]) * share;
  return {
    k1: between('k1'),
    b: between('b'),
    proximity: between('proximity'),
    sentence: between('sentence'),
    density: between('density'),
    engine: between('engine'),
    shortText: between('shortText'),
    otherForm: between('otherForm'),
  };
}

export interface Candidate {
  /** Undefined where the document could not be read: then it has Meilisearch's rank only. */
  readonly terms: DocumentTerms | undefined;
  /** Best rank in any of Meilisearch's answers, from 0; undefined where it was not asked. */
  readonly rank: number | undefined;
}

export interface RankOptions {
  /** Whether a field is searched, by the number of its name. */
  readonly isSearched?: (name: number) => boolean;
  readonly weights?: Weights;
}

/** Best first; equal scores keep Meilisearch's order. The candidates get their scores. */
export function rankCandidates<C extends Candidate>(
  candidates: readonly C[],
  slots: readonly Slot[],
  table: TermTable,
  { isSearched = () => true, weights = weightsFor(slots.length) }: RankOptions = {},
): (C & Score)[] {
  const comparison = new Comparison(slots, table, weights);
  return candidates
    .map((candidate) => Object.assign(candidate, comparison.score(candidate.terms, candidate.rank, isSearched)))
    .sort((a, b) => b.score - a.score || (a.rank ?? 0) - (b.rank ?? 0));
}
