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

/** A slot of ﷽ with its words, and that of بسم اللہ with ﷽, as far as the collection holds them. */
export function withFormula(slot: Slot, tokens: readonly Token[], at: number, knowledge: Knowledge): Slot {
  const [first, second] = [tokens[at]?.term, tokens[at + 1]?.term];
  const isWords = first === WORDS[0] && second === WORDS[1];
  if (!isWords && first !== LIGATURE[0]) return slot;
  const other = isWords ? LIGATURE : WORDS;
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
