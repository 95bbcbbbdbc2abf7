import type { Score } from './comparison.js';
import type { Understood } from './understand.js';

/**
 * So many of the first hits are ranked by what the collection knows. The same number for every page, so that pages never overlap: hits beyond stay in
 * Meilisearch's order.
 */
const HEAD = 20;
/** The same for a sentence, of which the right document often lacks some words. */
const SENTENCE_HEAD = 30;
/** The same for a query of common words only, which many documents hold: less rarity in all than two fairly rare words have. */
const COMMON_HEAD = 60;
const COMMON_RARITY = 6;
export const LONGEST_HEAD = COMMON_HEAD;

/**
 * When the best hit of a few words holds this share of the query's rarity, nothing more is looked for: it is what was meant. Below it the right
 * document may hold other spellings, or lack a word.
 */
const ENOUGH = 0.9;
/** A sentence is looked up by what it is about, unless it is quoted from a text: so many hits must hold so much of it. */
export const SENTENCE = { words: 6, hits: 3, share: 0.8 } as const;

/** How many hits of a query are ranked. */
export function headOf(query: Understood): number {
  if (rarityOf(query) < COMMON_RARITY) return COMMON_HEAD;
  return query.slots.length >= SENTENCE.words ? SENTENCE_HEAD : HEAD;
}

/** Whether what was found first holds what was meant. */
export function isEnough(ranked: readonly Score[], { slots }: Understood): boolean {
  if (slots.length < SENTENCE.words) return (ranked[0]?.coverage ?? 0) >= ENOUGH;
  return ranked[0]?.isQuoted === true || (ranked[SENTENCE.hits - 1]?.coverage ?? 0) >= SENTENCE.share;
}

/** What a query's words are worth together. */
export const rarityOf = ({ slots }: Understood): number => slots.reduce((sum, { rarity }) => sum + rarity, 0);
