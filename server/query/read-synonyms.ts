import { LONGEST_KEY, type Synonyms } from '../settings/synonyms.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { type Reading, rarityOf, type Slot, slotOf } from './slots.js';

/**
 * What a synonym is worth of the word itself: less than the word as it was typed, more than any correction of it. See `correctUnknown`.
 * Other things equal, a document that holds the word comes before one that holds its synonym.
 */
const SYNONYM = 0.88;
/** As Meilisearch: of one word so many synonyms are searched. */
const MOST_SYNONYMS = 50;

/**
 * Adds the synonyms of the index's settings to the words they belong to, as these are read first: the engine is asked so and finds synonyms by
 * itself, so that ranking, marks and reasons must know them too. Words that have synonyms together become one slot. A synonym is never the first
 * reading, and has no synonyms of its own.
 */
export function readSynonyms(slots: readonly Slot[], synonyms: Synonyms, knowledge: Knowledge): readonly Slot[] {
  if (synonyms.size === 0) return slots;
  const read: Slot[] = [];
  for (let i = 0; i < slots.length; ) {
    const run = slots.slice(i, i + runAt(slots, i, synonyms));
    read.push(withSynonyms(run.length === 1 ? (run[0] as Slot) : together(run, knowledge), synonyms, knowledge));
    i += run.length;
  }
  return read;
}

/** How many slots from `at` on make one key of the settings by their likeliest readings; 1 when no run does. */
function runAt(slots: readonly Slot[], at: number, synonyms: Synonyms): number {
  for (let count = Math.min(LONGEST_KEY, slots.length - at); count > 1; count -= 1) {
    const roots = slots.slice(at, at + count).flatMap(({ readings }) => readings[0]?.roots ?? []);
    if (synonyms.of(roots).length > 0) return count;
  }
  return 1;
}

function together(run: readonly Slot[], knowledge: Knowledge): Slot {
  const best = run.map(({ readings }) => readings[0] as Reading);
  const reading: Reading = {
    terms: best.flatMap(({ terms }) => terms),
    roots: best.flatMap(({ roots }) => roots),
    reason: best.find(({ reason }) => reason !== 'exact')?.reason ?? 'exact',
    weight: Math.min(...best.map(({ weight }) => weight)),
  };
  return slotOf(run.map(({ text }) => text).join(' '), [reading], knowledge, run.at(-1)?.isPrefix ?? false);
}

function withSynonyms(slot: Slot, synonyms: Synonyms, knowledge: Knowledge): Slot {
  const best = slot.readings[0] as Reading;
  const known = new Set(slot.readings.map(({ roots }) => roots.join(' ')));
  const added = synonyms
    .of(best.roots)
    .filter(({ roots }) => !known.has(roots.join(' ')))
    .slice(0, MOST_SYNONYMS)
    .map(({ terms, roots }): Reading => ({ terms, roots, reason: 'synonym', weight: best.weight * SYNONYM }));
  if (added.length === 0) return slot;
  // A word that no document holds decides nothing by itself; its synonyms do.
  const rarity = slot.rarity > 0 ? slot.rarity : Math.max(...added.map(({ roots }) => rarityOf(roots, knowledge)));
  return { ...slot, readings: [...slot.readings, ...added], rarity };
}
