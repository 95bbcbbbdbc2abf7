import type { Understood } from '../query/understand.js';
import type { Dictionary } from '../store/dictionary.js';
import { type MayTell, told } from './told.js';

/**
 * What the response says of the query: how it was understood, and whether something else may have been meant.
 *
 * @param isConfirmed whether the caller may be told of a word of the collection, see `confirm.ts`
 */
export function describe(understood: Understood, vocabulary: Dictionary, isConfirmed: MayTell): Record<string, unknown> {
  const query = told(understood, isConfirmed);
  const suggestion = didYouMean(query, vocabulary, isConfirmed);
  return {
    understood: {
      ...(query.retyped === undefined ? {} : { retyped: query.retyped }),
      words: query.slots.map(({ text, readings }) => ({
        text,
        readings: readings.map(({ terms, roots, reason, weight }) => ({ terms, roots, reason, weight: Math.round(weight * 100) / 100 })),
      })),
      phrases: query.fixed.filter(({ kind }) => kind === 'phrase').map(({ text }) => text),
      unwanted: query.fixed.filter(({ kind }) => kind === 'unwanted').map(({ text }) => text),
    },
    ...(suggestion === undefined ? {} : { didYouMean: suggestion }),
  };
}

/** Reasons for which the query is shown to the reader as it was understood. */
const WORTH_SAYING = new Set(['corrected', 'split', 'joined', 'transliterated']);

const LONG_QUERY = 8;

/** The query in the spelling of the collection, when a word of it is none of the collection's. */
export function didYouMean(
  { slots, fixed, retyped }: Understood,
  vocabulary: Dictionary,
  isConfirmed: MayTell = () => true,
): string | undefined {
  if (fixed.length > 0) return undefined;
  if (retyped === undefined && !slots.some(({ readings }) => WORTH_SAYING.has(readings[0]?.reason ?? 'exact'))) return undefined;
  // One word in a long question is no reason to doubt it: the others have found what was meant.
  const doubted = slots.filter(({ readings }) => WORTH_SAYING.has(readings[0]?.reason ?? 'exact')).length;
  if (retyped === undefined && slots.length >= LONG_QUERY && doubted * 4 <= slots.length) return undefined;
  return slots
    .map(({ text, readings: [best] }) => {
      if (best === undefined || (best.reason === 'exact' && (retyped === undefined || !best.roots.every(isConfirmed)))) return text;
      return best.terms.map((term) => vocabulary.spellingOf(term)).join(' ');
    })
    .join(' ');
}
