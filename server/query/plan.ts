import type { Reading, Slot } from './slots.js';
import type { Fixed, Understood } from './understand.js';

/** One question to Meilisearch. */
export interface PlannedQuery {
  readonly q: string;
  /** Undefined: what the caller said, or Meilisearch's default. */
  readonly matchingStrategy?: 'last' | 'frequency' | 'all';
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
  return { q: write(query, chosen), ...(isLong ? { matchingStrategy: 'frequency' as const } : {}) };
}

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
export function rarest(slots: readonly Slot[]): readonly Slot[] {
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
function write({ fixed, isPrefix, slots: all }: Understood, slots: readonly Slot[]): string {
  const parts = [...fixed.map(clauseOf), ...slots.map((slot) => togetherIn(slot) ?? bestReading(slot).roots.join(' '))];
  const q = parts.join(' ');
  // Meilisearch takes the last word for a beginning unless something follows it.
  const endsAsTyped = isPrefix && slots.at(-1) === all.at(-1);
  return endsAsTyped || q === '' ? q : `${q} `;
}

/**
 * What Meilisearch is asked for what answers only together, the parts of a code or the letters of an abbreviation: a phrase of them, of which the last of a code may go on
 * where it is still being typed. Undefined for all other slots.
 */
export function togetherIn({ readings, isPrefix }: Slot): string | undefined {
  const isAsked = ({ isTogether, reason }: Reading, nth: number): boolean => isTogether === true && (nth === 0 || reason === 'exact');
  const together = readings.find(isAsked);
  if (together === undefined) return undefined;
  const { roots, reason } = together;
  const isOpen = isPrefix && reason === 'exact';
  return isOpen ? `"${roots.slice(0, -1).join(' ')}" ${roots.at(-1) ?? ''}` : `"${roots.join(' ')}"`;
}

/** A phrase, or an unwanted word or phrase, in Meilisearch's syntax. */
export function clauseOf({ kind, tokens }: Fixed): string {
  const words = tokens.map((token) => token.root);
  if (kind === 'phrase') return `"${words.join(' ')}"`;
  return words.length === 1 ? `-${words[0] ?? ''}` : `-"${words.join(' ')}"`;
}
