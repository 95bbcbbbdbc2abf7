import { likelihood, type Reading, type Slot } from './slots.js';
import type { Understood } from './understand.js';

/** One question to Meilisearch. */
export interface PlannedQuery {
  readonly q: string;
  /** Undefined: what the caller said, or Meilisearch's default. */
  readonly matchingStrategy?: 'last' | 'frequency' | 'all';
  /** Why it is asked, for the response. */
  readonly why: string;
}

/** Meilisearch reads ten words of a query and drops the rest. */
const MOST_WORDS = 10;
/** From so many content words on, a query is a sentence: rare words decide, function words may be missing. */
const LONG_QUERY = 5;
/** Words that so large a share of the documents holds decide nothing in a sentence. */
const COMMON_SHARE = 0.2;

/** The first question: the likeliest reading of each word. */
export function planFirst(query: Understood, documents: number): PlannedQuery {
  const chosen = decisive(query.slots, documents);
  const isLong = chosen.length >= LONG_QUERY;
  return { q: write(query, chosen, bestReading), ...(isLong ? { matchingStrategy: 'frequency' as const } : {}), why: 'as understood' };
}

/**
 * More questions, for when the first found too little: other readings of the words, and the query without its rarest words, since the right document
 * may spell them otherwise or lack them.
 */
export function planMore(understood: Understood, documents: number, most: number): PlannedQuery[] {
  const query = withoutSynonyms(understood);
  const chosen = decisive(query.slots, documents);
  const planned: PlannedQuery[] = [];
  const add = (slots: readonly Slot[], read: (slot: Slot) => Reading, why: string): void => {
    const q = write(query, slots, read);
    if (slots.length > 0 && q.trim() !== '' && !planned.some((one) => one.q === q)) planned.push({ q, matchingStrategy: 'frequency', why });
  };
  const secondOf = (slot: Slot): Reading => slot.readings[1] ?? bestReading(slot);

  // One word read otherwise at a time, the most doubtful first: all seconds at once would be wrong in most places.
  const doubtful = chosen.filter((slot) => slot.readings.length > 1).sort((a, b) => doubt(b) - doubt(a));
  const certain = chosen.filter((slot) => likelihood(bestReading(slot)) >= CERTAIN && !slot.isStop);
  if (doubtful.length > 1 && certain.length > 1 && certain.length < chosen.length) add(certain, bestReading, 'the words that are certain');
  for (const other of doubtful.slice(0, DOUBTS))
    add(chosen, (slot) => (slot === other ? secondOf(slot) : bestReading(slot)), `another reading of ${other.text}`);
  if (doubtful.length > 1) add(chosen, secondOf, 'other readings');

  const content = contentOf(query.slots, documents);
  const isLong = content.length >= LONG_QUERY;
  const kept = isLong ? content : chosen;
  if (kept.length < 3) return planned.slice(0, most);
  const byRarity = [...kept].sort((a, b) => b.rarity - a.rarity);
  for (const ranks of isLong ? LEFT_OUT : LEFT_OUT_OF_FEW) {
    const without = ranks.map((rank) => byRarity[rank]).filter((slot) => slot !== undefined);
    const rest = kept.filter((slot) => !without.includes(slot));
    if (without.length === ranks.length && rest.length > 1)
      add(rarest(rest), bestReading, `without ${without.map(({ text }) => text).join(', ')}`);
  }
  return planned.slice(0, most);
}

/**
 * Which words further questions leave out, by their rank in rarity, from 0: the most telling questions first. Meilisearch drops the commonest words of a question
 * one by one until documents fit, so each question finds those that hold *its* rarest words: without the first four it finds those that the first never reaches.
 * Chosen by adding the best of 29 questions at a time on the development queries (docs/relevance.md).
 */
const LEFT_OUT: readonly (readonly number[])[] = [[0, 1], [0, 1, 2, 3], [0], [0, 1, 2], [2], [0, 1, 2, 3, 4, 5], [1]];
const LEFT_OUT_OF_FEW: readonly (readonly number[])[] = [[0], [1]];

/** Meilisearch searches synonyms by itself: nothing more is asked for them. */
const withoutSynonyms = (query: Understood): Understood => ({
  ...query,
  slots: query.slots.map((slot) => ({ ...slot, readings: slot.readings.filter(({ reason }) => reason !== 'synonym') })),
});

/** A reading with this share is beyond doubt. */
const CERTAIN = 0.75;
/** So many words are read otherwise, each by itself. */
const DOUBTS = 2;

/** How likely the second reading is beside the first, weighed by what hangs on the word. */
const doubt = ({ readings, rarity }: Slot): number => (likelihood(readings[1] as Reading) / likelihood(readings[0] as Reading)) * rarity;

const bestReading = (slot: Slot): Reading => slot.readings[0] as Reading;

/** The words that Meilisearch is asked: all of a short query; of a long one the rarest, in the query's order. */
function decisive(slots: readonly Slot[], documents: number): readonly Slot[] {
  const content = contentOf(slots, documents);
  if (wordsOf(slots) <= MOST_WORDS && content.length < LONG_QUERY) return slots;
  // A verse may be made of small words: where few others are left, they tell it from the rest.
  return rarest(content.length >= LONG_QUERY ? content : slots);
}

/** What a query is about: neither function words nor words that every other document holds. */
function contentOf(slots: readonly Slot[], documents: number): readonly Slot[] {
  const common = documents * COMMON_SHARE;
  const commonRarity = Math.log(1 + (documents - common + 0.5) / (common + 0.5));
  return slots.filter((slot) => !slot.isStop && slot.rarity > commonRarity);
}

const wordsOf = (slots: readonly Slot[]): number => slots.reduce((sum, slot) => sum + bestReading(slot).roots.length, 0);

/** As many of the rarest as Meilisearch reads, in the query's order. */
function rarest(slots: readonly Slot[]): readonly Slot[] {
  if (wordsOf(slots) <= MOST_WORDS) return slots;
  const chosen = new Set<Slot>();
  let words = 0;
  for (const slot of [...slots].sort((a, b) => b.rarity - a.rarity)) {
    const more = bestReading(slot).roots.length;
    if (words + more > MOST_WORDS) continue;
    chosen.add(slot);
    words += more;
  }
  return slots.filter((slot) => chosen.has(slot));
}

/** A query in Meilisearch's syntax. Phrases first, negatives too: what comes after the tenth word is not read. */
function write({ fixed, isPrefix, slots: all }: Understood, slots: readonly Slot[], read: (slot: Slot) => Reading): string {
  const parts = fixed.map(({ kind, tokens }) => {
    const words = tokens.map((token) => token.root);
    if (kind === 'phrase') return `"${words.join(' ')}"`;
    return words.length === 1 ? `-${words[0] ?? ''}` : `-"${words.join(' ')}"`;
  });
  parts.push(...slots.map((slot) => read(slot).roots.join(' ')));
  const q = parts.join(' ');
  // Meilisearch takes the last word for a beginning unless something follows it.
  const endsAsTyped = isPrefix && slots.at(-1) === all.at(-1);
  return endsAsTyped || q === '' ? q : `${q} `;
}
