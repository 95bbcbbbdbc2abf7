import { analyze, type Token } from '@justuju/urdu';
import { withOrWithoutAlef } from '../vocabulary/initial-cluster.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { otherSpellings } from '../vocabulary/loan-spellings.js';
import { isKnown, type Reading, type Slot, withSame } from './slots.js';

/** What another usual spelling is worth. */
const OTHER_SPELLING = 0.95;

/** سکولوں and اسکولوں: that سکول is اسکول the tables know, of other forms and words only the collection tells. */
function inOtherCluster({ term, root }: Token): readonly Pick<Token, 'term' | 'root'>[] {
  const [other, ...more] = analyze(withOrWithoutAlef(term) ?? '');
  return other === undefined || more.length > 0 || other.root === root ? [] : [other];
}

/** A slot with the other usual spellings of a loan word, as far as the collection holds them: بنک finds بینک. It is no slip, so that nothing is told of it. */
export function withOtherSpellings(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  if (token.type !== 'word') return slot;
  const others = [...otherSpellings(token.root), ...inOtherCluster(token)]
    .filter((one) => isKnown(one, knowledge))
    .map(({ term, root }): Reading => ({ terms: [term], roots: [root], reason: 'spelling', weight: OTHER_SPELLING, isSame: true }));
  const typed: Reading = { terms: [token.term], roots: [token.root], reason: 'exact', weight: OTHER_SPELLING };
  return withSame(slot, others, { isHeld: isKnown(token, knowledge), typed: [typed] }, knowledge);
}
