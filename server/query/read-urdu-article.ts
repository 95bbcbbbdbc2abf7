import { rootOf, type Token } from '@justuju/urdu';
import { ARTICLE, inOtherCases } from '../vocabulary/article.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { hasArticle } from './read-article.js';
import { begunFollowers, goingOn, isKnown, type Reading, type Slot, slotOf, withSame } from './slots.js';

/**
 * A name with the article in Urdu letters, which the analyzer reads as two words whether it was typed joined or apart: the name is meant, where the collection holds it, and not every عبد.
 */
export function readUrduArticle(
  tokens: readonly Token[],
  at: number,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): { readonly slot: Slot; readonly count: number } | undefined {
  const [first, second] = tokens.slice(at, at + 2);
  if (first?.type !== 'word' || second?.type !== 'word' || !second.term.startsWith(ARTICLE)) return undefined;
  const isPrefix = lastIsPrefix && at + 2 === tokens.length;
  const readings = [first.term, ...inOtherCases(first.term)].flatMap((term) => {
    const begun = isPrefix ? begunFollowers([term], second.term, hasArticle, knowledge) : [];
    const isWhole = hasArticle(second.term) && knowledge.together([term, second.term]) > 0;
    return goingOn([term], [...(isWhole ? [second.term] : []), ...begun], knowledge);
  });
  if (readings.length === 0) return undefined;
  const same = readings.map((reading, nth) => (nth === 0 ? reading : { ...reading, isSame: true as const }));
  return { slot: slotOf(`${first.text} ${second.text}`, same, knowledge, isPrefix), count: 2 };
}

/** What stands behind it is a name, whether the tables know it or not: قدیر of عبدالقدیر. */
const SERVANT = '\u0639\u0628\u062F';
/** What a name is worth that stands behind the article. */
const BEHIND_ARTICLE = 0.9;

/** A name by itself is also the one that the collection writes behind the article: ستار of عبدالستار. Words that the tables know have one root with and without it (القرآن). */
export function withBareName(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  const term = ARTICLE + token.term;
  const root = rootOf(term);
  if (token.type !== 'word' || root === token.root || knowledge.vocabulary.documentsWithTerm(term) === 0) return slot;
  // A form of another word is no name: ماری is of مارنا, and الماری a cupboard.
  if (token.root !== token.term) return slot;
  if (!hasArticle(term) && knowledge.together([SERVANT, term]) === 0) return slot;
  const named: Reading = { terms: [term], roots: [root], reason: 'spelling', weight: BEHIND_ARTICLE, isSame: true };
  const typed: Reading = { terms: [token.term], roots: [token.root], reason: 'exact', weight: BEHIND_ARTICLE };
  return withSame(slot, [named], { isHeld: isKnown(token, knowledge), typed: [typed] }, knowledge);
}
