import type { Token } from '@justuju/urdu';
import type { Knowledge } from './knowledge.js';

/** Yeh with hamza (U+0626) at the end, in one character or two. */
const ENDS_IN_HAMZA = /(?:\u0626|[\u06CC\u064A]\u0654)$/u;
const WAW = '\u0648';
/** Waw with hamza (U+0624) as the collection spells it, in one character, in two, or as converters of InPage files write it. */
const WAW_HAMZA = /\u0624|\u0648\u0654|\u0626\u0648/u;
/** Letters of a beginning, as for all others. */
const SHORTEST = 2;
/** Words that go on with the letter waw: most of them have no hamza. */
const MOST_LOOKED_AT = 256;

/**
 * Words of the collection that a beginning in yeh with hamza stands for too, the most frequent first: converters of InPage files write waw with hamza as yeh with hamza and waw, so that who has
 * typed گائ may mean گاؤں. Those that have a waw without hamza in this place are none.
 */
export function wordsWithWawHamza(
  { text, term }: Pick<Token, 'text' | 'term'>,
  knowledge: Knowledge,
  limit: number,
): readonly { readonly term: string; readonly documents: number }[] {
  if (term.length < SHORTEST || !ENDS_IN_HAMZA.test(text)) return [];
  const before = term.slice(0, -1);
  return knowledge
    .completions(before + WAW, MOST_LOOKED_AT)
    .filter((found) => WAW_HAMZA.test(knowledge.vocabulary.spellingOf(found.term).slice(before.length)))
    .slice(0, limit);
}
