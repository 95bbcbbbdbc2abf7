import { analyze, type Token } from '@justuju/urdu';
import type { Slot } from '../query/slots.js';
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

/** Whether a word in Latin letters that no document holds stands beside one that was read in Urdu: half of a name in each script is no spelling of the collection. */
function isHalfRead(slots: readonly Slot[], isKnown: (token: Token) => boolean): boolean {
  const isUrdu = ({ readings: [best] }: Slot): boolean => best?.reason === 'transliterated';
  const isUnread = ({ text, readings: [best] }: Slot): boolean =>
    best?.reason === 'exact' && /^\p{Script=Latin}+$/u.test(text) && !analyze(text).every(isKnown);
  return slots.some(isUrdu) && slots.some(isUnread);
}

/**
 * The query in the spelling of the collection, when a word of it is none of the collection's. What was corrected is always told. Spaces alone are not where the pieces are words too: who writes
 * چیئر مین finds چیئرمین and need not be told.
 */
export function didYouMean(
  { slots, fixed, retyped }: Understood,
  vocabulary: Dictionary,
  isConfirmed: MayTell = () => true,
): string | undefined {
  const isKnown = ({ term, root }: Token): boolean => vocabulary.documentsWithTerm(term) > 0 || vocabulary.documentsWithRoot(root) > 0;
  // The last part of what is still being typed is no word yet: بے روز, of بے روزگار.
  const isUnfinished = ({ isPrefix, readings: [best] }: Slot): boolean => isPrefix && best?.reason === 'split' && retyped === undefined;
  const isDoubted = (slot: Slot): boolean => {
    const reason = slot.readings[0]?.reason ?? 'exact';
    return WORTH_SAYING.has(reason) && !isUnfinished(slot) && !(reason === 'joined' && analyze(slot.text).every(isKnown));
  };
  const doubted = slots.filter(isDoubted);
  if (retyped === undefined && doubted.length === 0) return undefined;
  // One word in a long question is no reason to doubt it: the others have found what was meant.
  const isCorrected = doubted.some(({ readings: [best] }) => best?.reason === 'corrected');
  if (retyped === undefined && !isCorrected && slots.length >= LONG_QUERY && doubted.length * 4 <= slots.length) return undefined;
  const words = slots.map((slot) => {
    const {
      text,
      readings: [best],
    } = slot;
    if (best === undefined || (!isDoubted(slot) && (retyped === undefined || !best.roots.every(isConfirmed)))) return text;
    return best.terms.map((term) => vocabulary.spellingOf(term)).join(' ');
  });
  if (retyped === undefined && isHalfRead(slots, isKnown)) return undefined;
  const clauses = fixed.map(
    ({ kind, text }) => (kind === 'unwanted' ? '-' : '') + (kind === 'phrase' || /\s/.test(text) ? `"${text}"` : text),
  );
  return [...clauses, ...words].join(' ');
}
