import type { Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { readBelowZero } from './read-below-zero.js';
import { readCode } from './read-code.js';
import { firstSums, readSum } from './read-sum.js';
import { plainSlot, type Slot, slotOf, togetherReading } from './slots.js';

/**
 * Reads the words of a query as they were typed, each by itself. A code or a sum is one thing here too: of NA-129 neither NA nor 129 is meant. In other letters it is not looked for.
 *
 * @param text that the tokens are of
 */
export function readExact(tokens: readonly Token[], text: string, knowledge: Knowledge, lastIsPrefix: boolean): Slot[] {
  const slots: Slot[] = [];
  const isSumAt = firstSums(tokens);
  for (let i = 0; i < tokens.length; i += 1) {
    const isSum = isSumAt(i);
    const read =
      readBelowZero(text, tokens, i, knowledge) ??
      readCode(text, tokens, i, knowledge, lastIsPrefix) ??
      (isSum ? readSum(text, tokens, i, knowledge, lastIsPrefix) : undefined);
    slots.push(
      read === undefined
        ? plainSlot(tokens[i] as Token, knowledge, lastIsPrefix && i === tokens.length - 1)
        : asTyped(read.slot, tokens.slice(i, i + read.length), knowledge),
    );
    if (read !== undefined) i += read.length - 1;
  }
  return slots;
}

/** A code without its readings in other letters. */
function asTyped(slot: Slot, run: readonly Token[], knowledge: Knowledge): Slot {
  const readings = slot.readings.filter(({ reason }) => reason === 'exact');
  if (readings[0] === slot.readings[0]) return { ...slot, readings };
  const terms = run.map(({ term }) => term);
  return slotOf(slot.text, readings.length > 0 ? readings : [togetherReading(terms, 'exact', 1, knowledge)], knowledge, false);
}
