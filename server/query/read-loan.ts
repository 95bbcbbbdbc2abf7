import { analyze, rootOf, type Token } from '@justuju/urdu';
import { otherNumbers } from '../vocabulary/english-plurals.js';
import { withOrWithoutAlef } from '../vocabulary/initial-cluster.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { otherSpellings } from '../vocabulary/loan-spellings.js';
import { isKnown, type Reading, type Slot, withSame } from './slots.js';

/** What another usual spelling is worth. */
const OTHER_SPELLING = 0.95;

type Word = Pick<Token, 'term' | 'root'>;

/**
 * سکولوں and اسکولوں: that سکول is اسکول the tables know, of other forms and words only the collection tells. The root that the other spelling has there is asked too: سکول is read as اسکول, and سکولوں has the
 * root سکول.
 */
function inOtherCluster({ term, root }: Token): readonly Word[] {
  const [other, ...more] = analyze(withOrWithoutAlef(term) ?? '');
  const otherRoot = withOrWithoutAlef(root);
  return [
    ...(other === undefined || more.length > 0 ? [] : [other]),
    ...(otherRoot === undefined ? [] : [{ term: otherRoot, root: otherRoot }]),
  ];
}

/** ڈاکٹر and ڈاکٹرس: what the collection tells of plurals that the analyzer does not make. */
const inOtherNumber = ({ root }: Token): readonly Word[] => otherNumbers(root).map((term) => ({ term, root: rootOf(term) }));

/** A slot with the other usual spellings of a loan word, as far as the collection holds them: بنک finds بینک. It is no slip, so that nothing is told of it. */
export function withOtherSpellings(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  if (token.type !== 'word') return slot;
  const found = [...otherSpellings(token.root), ...inOtherCluster(token), ...inOtherNumber(token)].filter(
    (one) => one.root !== token.root && isKnown(one, knowledge),
  );
  const others = [...new Map(found.map((one) => [one.root, one])).values()].map(
    ({ term, root }): Reading => ({ terms: [term], roots: [root], reason: 'spelling', weight: OTHER_SPELLING, isSame: true }),
  );
  const typed: Reading = { terms: [token.term], roots: [token.root], reason: 'exact', weight: OTHER_SPELLING };
  return withSame(slot, others, { isHeld: isKnown(token, knowledge), typed: [typed] }, knowledge);
}
