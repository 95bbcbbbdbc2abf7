import { isStopWord, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { isKnown, plainSlot, type Reading, rarityOf, type Slot } from './slots.js';

/** What the same name in the other script is worth. */
const SAME_NAME = 0.88;
const MOST_NAMES = 2;

/**
 * A slot with the Latin words of the collection that its Urdu word writes by sound: ہونڈا finds Honda. Where the collection has the name in Latin only that is what was meant, and no word of other
 * letters.
 */
export function withLatinNames(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  const { term, type } = token;
  if (type !== 'word' || isStopWord(term)) return slot;
  const names = knowledge.latinNames(term).slice(0, MOST_NAMES);
  if (names.length === 0) return slot;
  const readings = names.map(
    (name): Reading => ({
      terms: [name],
      roots: [knowledge.vocabulary.rootOf(name) ?? name],
      reason: 'transliterated',
      weight: SAME_NAME,
      isSame: true,
    }),
  );
  if (isKnown(token, knowledge)) return { ...slot, readings: [...slot.readings, ...readings] };
  const [first, ...others] = readings as [Reading, ...Reading[]];
  const typed = plainSlot(token, knowledge, slot.isPrefix).readings;
  return { ...slot, readings: [{ ...first, weight: 1 }, ...others, ...typed], rarity: rarityOf(first.roots, knowledge) };
}
