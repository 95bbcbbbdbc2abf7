import { analyze, type Token } from '@justuju/urdu';
import type { Reading, Slot } from '../query/slots.js';
import { tokensOf, type Understood } from '../query/understand.js';

/** Whether a root may be told. */
export type MayTell = (root: string) => boolean;

/**
 * The roots that an answer would tell of and that the caller did not type: to be confirmed, those of likely readings first.
 *
 * @param withTyped those that the caller typed too, before all others: to tell which of them the caller finds
 */
export function rootsToConfirm(query: Understood, { withTyped = false } = {}): string[] {
  const typed = withTyped ? new Set<string>() : typedRoots(query);
  const most = Math.max(0, ...query.slots.map(({ readings }) => readings.length));
  const roots = new Set<string>();
  for (let rank = 0; rank < most; rank += 1)
    for (const slot of query.slots) {
      const reading = slot.readings[rank];
      if (reading === undefined || (!withTyped && (reading.isUntold === true || isTyped(reading, query)))) continue;
      reading.roots.forEach((root, nth) => {
        if (!typed.has(root) && !isTypedBeginning(root, nth, reading, slot)) roots.add(root);
      });
    }
  return [...roots];
}

/** The query with nothing in it that may not be told: readings that were not confirmed are left out, and a word without any is described as it was typed. */
export function told(query: Understood, isConfirmed: MayTell): Understood {
  const typed = typedRoots(query);
  const mayTell = (reading: Reading, slot: Slot): boolean =>
    reading.isUntold !== true &&
    (isTyped(reading, query) ||
      reading.roots.every((root, nth) => typed.has(root) || isConfirmed(root) || isTypedBeginning(root, nth, reading, slot)));
  const slots = query.slots.map((slot) => ({ ...slot, readings: slot.readings.filter((reading) => mayTell(reading, slot)) }));
  // That these keys make words of the collection is told only where the caller finds one.
  if (query.retyped !== undefined && slots.every(({ readings }) => readings.length === 0)) {
    const { retyped: _retyped, ...rest } = query;
    return {
      ...rest,
      slots: tokensOf(query.original).map((token) => ({
        ...asTyped([token]),
        text: token.text,
        isStop: false,
        rarity: 0,
        isPrefix: false,
      })),
    };
  }
  return { ...query, slots: slots.map((slot) => (slot.readings.length > 0 ? slot : { ...slot, ...asTyped(analyze(slot.text)) })) };
}

const asTyped = (tokens: readonly Token[]): { readonly readings: readonly Reading[] } => ({
  readings: [{ terms: tokens.map(({ term }) => term), roots: tokens.map(({ root }) => root), reason: 'exact', weight: 1 }],
});

/**
 * The words of the query that the caller does not find. Whether others find them is not told: of who may see only some documents Meilisearch must have said it. Of what is still being typed it is not asked, so
 * nothing is said of it: that nobody holds what begins so would tell it from what others hold.
 *
 * @param asked the roots that were asked about for this caller; undefined: what the store holds the caller finds
 */
export function wordsNotFound(
  { slots, leftOut }: Understood,
  isConfirmed: MayTell,
  asked: ReadonlySet<string> | undefined,
): readonly string[] {
  if (asked === undefined) return leftOut.map(({ text }) => text);
  const isFound = ({ roots }: Reading): boolean => roots.every((root) => isConfirmed(root) || !asked.has(root));
  return slots.filter((slot) => !slot.isPrefix && (leftOut.includes(slot) || !slot.readings.some(isFound))).map(({ text }) => text);
}

/** Read as it stands in the query. On another keyboard nothing is as it was typed. */
const isTyped = ({ reason }: Reading, { retyped }: Understood): boolean => reason === 'exact' && retyped === undefined;

/** What is still being typed is no word yet: `فش` of آتشفش. */
function isTypedBeginning(root: string, nth: number, { roots, reason }: Reading, { text, isPrefix }: Slot): boolean {
  if (!isPrefix || reason !== 'split' || nth !== roots.length - 1) return false;
  return analyze(text)
    .map(({ term }) => term)
    .join('')
    .endsWith(root);
}

/** Of as many words as are read: what stands behind them in an endless query, and is told of in another reading, is confirmed as if it were not typed. */
const typedRoots = ({ original }: Understood): ReadonlySet<string> => new Set(tokensOf(original).flatMap(({ term, root }) => [term, root]));
