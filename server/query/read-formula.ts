import { analyze, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { type Slot, togetherReading } from './slots.js';

/** One character, one grapheme: one token, which cannot be the four words that it shows. So the two meet here. */
const BISMILLAH = '\uFDFD';
/** What the other way to write it is worth. */
const WRITTEN_OTHERWISE = 0.95;

const termsOf = (text: string): readonly string[] => analyze(text).map(({ term }) => term);
const LIGATURE = termsOf(BISMILLAH);
const WORDS = termsOf('بسم اللہ الرحمن الرحیم');

/**
 * A slot of ﷽ with its words, and one of these words with ﷽, as far as the collection holds them: a text with ﷽ holds all four. Of اللہ, which stands everywhere, and of بسم that is so only where the query goes on as
 * the formula does.
 */
export function withFormula(slot: Slot, tokens: readonly Token[], at: number, knowledge: Knowledge): Slot {
  const term = tokens[at]?.term ?? '';
  if (term === LIGATURE[0]) return withOther(slot, WORDS, knowledge);
  const isBehind = tokens[at - 1]?.term === WORDS[0];
  const isMeant =
    slot.isPrefix && term.length >= SHORTEST_BEGUN ? WORDS.slice(2).some((word) => word.startsWith(term)) : WORDS.indexOf(term) > 1;
  const isInside = (term === WORDS[0] && tokens[at + 1]?.term === WORDS[1]) || (term === WORDS[1] && isBehind);
  return isMeant || isInside ? withOther(slot, LIGATURE, knowledge) : slot;
}

/** Letters that begin الرحمن or الرحیم. */
const SHORTEST_BEGUN = 4;

function withOther(slot: Slot, other: readonly string[], knowledge: Knowledge): Slot {
  if (knowledge.together(other) === 0) return slot;
  const reading = { ...togetherReading(other, 'spelling', WRITTEN_OTHERWISE, knowledge), isSame: true as const };
  const isHeld = slot.rarity > 0;
  if (isHeld) return { ...slot, readings: [...slot.readings, reading] };
  return {
    ...slot,
    readings: [{ ...reading, weight: 1 }],
    rarity: Math.max(...reading.roots.map((root) => knowledge.vocabulary.rarity(root))),
  };
}
