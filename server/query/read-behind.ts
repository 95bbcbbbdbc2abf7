import type { Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { hasLongVowels, likenessOf } from '../vocabulary/skeleton.js';
import { type Slot, searchedTerms, slotOf } from './slots.js';

/** Consonants that a word must share with one that follows the word before it, and letters that were typed of it. */
const FEWEST_SHARED = 3;
const SHORTEST = 3;
/** What it is worth: that the collection writes it so says more than its sound. */
const WEIGHT = 0.6;

/**
 * A Latin word that sounds like none by itself, behind one that was read in Urdu: the word that the collection writes there, where it has its consonants. motor cyc is موٹر سائیکل, though cyc sounds like nothing.
 */
export function readBehind(slot: Slot, token: Token, before: Slot | undefined, knowledge: Knowledge): Slot {
  const first = before?.readings[0];
  const isUnread = token.type === 'latin' && slot.rarity === 0 && slot.readings.every(({ reason }) => reason === 'exact');
  if (!isUnread || first === undefined || first.reason !== 'transliterated' || token.text.length < SHORTEST) return slot;
  const found = knowledge.following([first.terms.at(-1) as string]).find(({ term }) => {
    const { others, shared } = likenessOf(token.text, term, { isBegun: slot.isPrefix });
    return others === 0 && shared >= FEWEST_SHARED && hasLongVowels(token.text, term, shared);
  });
  if (found === undefined) return slot;
  return slotOf(
    slot.text,
    [{ ...searchedTerms([found.term], knowledge), reason: 'transliterated', weight: WEIGHT }],
    knowledge,
    slot.isPrefix,
  );
}
