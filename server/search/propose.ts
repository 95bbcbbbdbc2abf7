import { LRUCache } from 'lru-cache';
import type { Stamped } from '../engine/shown-documents.js';
import type { InvertedIndex } from '../inverted-index/inverted-index.js';
import type { Score } from './comparison.js';
import { headOf, isEnough, rarityOf, SENTENCE } from './head.js';
import { rankCandidates } from './rank.js';
import { recall } from './recall.js';
import type { Understood } from './understand.js';

/** Documents that are compared with a query closely: of one word, of a few, of a sentence, and of common words, among which only their places tell. */
const OF_ONE_WORD = 60;
const OF_FEW_WORDS = 120;
const OF_SENTENCE = 120;
const OF_COMMON_WORDS = 500;
const COMMON_RARITY = 12;

/** Of one word, what a document must hold beside the best one. */
const LIKELY = 0.75;

/** The best documents for a query, best first, from memory alone. */
export interface Proposal {
  readonly best: readonly Stamped[];
  /** Whether the words as they were most likely meant have found enough: nothing else was looked for. */
  readonly isEnough: boolean;
}

/** Answers of an index that are remembered: readers ask for the same things, and an index does not change. Some 2 MB. */
const MOST_ANSWERED = 2_000;
const answered = new WeakMap<InvertedIndex, LRUCache<string, Proposal>>();

type Ranked = Score & { readonly number: number };

/**
 * Which documents answer a query best: those that hold most of it are found, and then compared with it word by word; where that finds too little, the other readings
 * of its words are looked for too.
 *
 * @param query with at least one word that does not stand everywhere
 */
export function propose(query: Understood, index: InvertedIndex): Proposal {
  let known = answered.get(index);
  if (known === undefined) {
    known = new LRUCache({ max: MOST_ANSWERED });
    answered.set(index, known);
  }
  const question = JSON.stringify(query.slots);
  const proposal = known.get(question) ?? findBest(query, index);
  known.set(question, proposal);
  return proposal;
}

function findBest(query: Understood, index: InvertedIndex): Proposal {
  const { slots } = query;
  const most = depthOf(query);
  const documentOf = (number: number): Stamped => index.documents[number] as Stamped;
  const rank = (numbers: readonly number[]): Ranked[] => {
    const candidates = numbers.map((number) => ({ number, rank: undefined, terms: index.terms[number] }));
    // Some hold but a part of a synonym, which is worth nothing.
    return rankCandidates(candidates, slots, index.table, { isSearched: index.isSearched }).filter(({ coverage }) => coverage > 0);
  };

  const first = recall(slots, index, 'first', most);
  let ranked = rank(first);
  const isFirstEnough = isEnough(ranked, query);
  if (!isFirstEnough) {
    const known = new Set(first);
    const more = rank(recall(slots, index, 'all', most).filter((number) => !known.has(number)));
    ranked = [...ranked, ...more].sort((a, b) => b.score - a.score);
  }
  // No other word confirms an unlikely reading of the only one.
  if (slots.length === 1) ranked = ranked.filter(({ coverage }) => coverage >= LIKELY * (ranked[0] as Ranked).coverage);
  return { best: ranked.slice(0, headOf(query)).map(({ number }) => documentOf(number)), isEnough: isFirstEnough };
}

function depthOf(query: Understood): number {
  if (query.slots.length === 1) return OF_ONE_WORD;
  if (rarityOf(query) < COMMON_RARITY) return OF_COMMON_WORDS;
  return query.slots.length < SENTENCE.words ? OF_FEW_WORDS : OF_SENTENCE;
}
