import type { Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { sameNumbers, signedNumbers } from './same-numbers.js';
import { isKnown, type Reading, type Slot, withSame } from './slots.js';

/** What the same amount is worth in other figures. */
const OTHER_FIGURES = 0.95;

/** A slot of a number with the same amount as the collection writes it: 285.5 finds 285.50. */
export function withSameNumbers(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  if (token.type !== 'number') return slot;
  const others = [...sameNumbers(token.term), ...signedNumbers(token.term)]
    .filter((term) => knowledge.vocabulary.documentsWithTerm(term) > 0)
    .map((term): Reading => ({ terms: [term], roots: [term], reason: 'spelling', weight: OTHER_FIGURES, isSame: true }));
  return withSame(slot, others, { isHeld: isKnown(token, knowledge), typed: slot.readings }, knowledge);
}
