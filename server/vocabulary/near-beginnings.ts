import { TERM_LETTERS } from '@justuju/urdu';
import type { Knowledge } from './knowledge.js';
import { letterDistance } from './letter-distance.js';

/** Shorter beginnings are near to any, longer ones are no words. */
const SHORTEST = 4;
const LONGEST = 20;
/** One ordinary slip. See `letterDistance`. */
const FARTHEST = 1.1;

/**
 * Beginnings of words of the collection that are one slip away from what was typed, where nothing begins as typed: پاکستاا, حقوم (حکومت). The nearest first, then those of the most frequent words. A few
 * milliseconds in a large collection.
 */
export function nearBeginnings(typed: string, knowledge: Knowledge, limit: number): readonly string[] {
  if (typed.length < SHORTEST || typed.length > LONGEST) return [];
  const found: { readonly text: string; readonly distance: number; readonly documents: number }[] = [];
  const isBegun = (beginning: string): boolean => knowledge.vocabulary.documentsBeginningWith(beginning, 1) > 0;
  for (const text of new Set(oneSlipFrom(typed, isBegun))) {
    const distance = letterDistance(typed, text, FARTHEST);
    if (distance > FARTHEST) continue;
    const [best] = knowledge.completions(text, 1);
    if (best !== undefined) found.push({ text, distance, documents: best.documents });
  }
  return found
    .sort((one, other) => one.distance - other.distance || other.documents - one.documents)
    .slice(0, limit)
    .map(({ text }) => text);
}

/** With a letter too many, one too few, another one, or two that changed places, behind letters that some word begins with: of a word of twenty letters that nobody has written two thousand would be looked for. */
function* oneSlipFrom(text: string, isBegun: (beginning: string) => boolean): Generator<string> {
  for (let at = 0; at <= text.length; at += 1) {
    const [before, after] = [text.slice(0, at), text.slice(at)];
    if (!isBegun(before)) return;
    if (after !== '') yield before + after.slice(1);
    if (after.length > 1) yield before + (after[1] as string) + (after[0] as string) + after.slice(2);
    for (const letter of TERM_LETTERS) {
      yield before + letter + after;
      if (after !== '') yield before + letter + after.slice(1);
    }
  }
}
