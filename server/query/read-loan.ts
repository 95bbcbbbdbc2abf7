import type { Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { otherSpellings } from '../vocabulary/loan-spellings.js';
import { isKnown, type Reading, rarityOf, type Slot } from './slots.js';

/** What another usual spelling is worth. */
const OTHER_SPELLING = 0.95;

/** A slot with the other usual spellings of a loan word, as far as the collection holds them: بنک finds بینک. It is no slip, so that nothing is told of it. */
export function withOtherSpellings(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  if (token.type !== 'word') return slot;
  const others = otherSpellings(token.root)
    .filter((one) => isKnown(one, knowledge))
    .map(({ term, root }): Reading => ({ terms: [term], roots: [root], reason: 'spelling', weight: OTHER_SPELLING, isSame: true }));
  const [first, ...more] = others;
  if (first === undefined) return slot;
  if (isKnown(token, knowledge)) return { ...slot, readings: [...slot.readings, ...others] };
  const typed: Reading = { terms: [token.term], roots: [token.root], reason: 'exact', weight: OTHER_SPELLING };
  return { ...slot, readings: [{ ...first, weight: 1 }, ...more, typed], rarity: rarityOf(first.roots, knowledge) };
}
