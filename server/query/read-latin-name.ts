import { isKnownWord, isStopWord, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { isKnown, plainSlot, type Reading, type Slot, slotOf, withSame } from './slots.js';

/** What the same name in the other script is worth. */
const SAME_NAME = 0.88;
const MOST_NAMES = 2;

/**
 * A slot with the Latin words of the collection that its Urdu word writes by sound: ہونڈا finds Honda. Where the collection has the name in Latin only that is what was meant, and no word of other
 * letters.
 */
export function withLatinNames(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  const { term, type } = token;
  // What the tables know is a word of Urdu before it is a name, where the collection has it: مرتبہ.
  if (type !== 'word' || isStopWord(term) || (isKnownWord(term) && isKnown(token, knowledge))) return slot;
  const names = knowledge.latinNames(term).slice(0, MOST_NAMES);
  if (names.length === 0) return slot;
  const isHeld = isKnown(token, knowledge);
  // A slip in a word of Urdu is likelier than a name: نظاام is نظام, not nizam.
  if (!isHeld && slot.readings[0]?.reason !== 'exact') return slot;
  const typed = plainSlot(token, knowledge, slot.isPrefix).readings;
  return withSame(slot, readingsOf(names, knowledge), { isHeld, typed }, knowledge);
}

/**
 * Two words that Urdu writes apart and the collection in Latin as one: فیس بک, Facebook; and one that the analyzer cuts. Undefined where it has no such name.
 */
export function readLatinName(
  tokens: readonly Token[],
  at: number,
  knowledge: Knowledge,
): { readonly slot: Slot; readonly count: number } | undefined {
  const run = tokens.slice(at, at + 2);
  const [first, second] = run;
  if (first === undefined || second === undefined || run.some(({ type, term }) => type !== 'word' || term.length < 2)) return undefined;
  // A word that the collection knows is meant as it is, and the one beside it may be a slip: وحد ٹی is واحد ٹی, not vahdat. The second may look like a word of grammar: لنکڈ ان, واٹس اپ.
  if (isStopWord(first.term) || isKnown(first, knowledge)) return undefined;
  if (!isStopWord(second.term) && isKnown(second, knowledge)) return undefined;
  const names = knowledge.latinNames(run.map(({ term }) => term).join('')).slice(0, MOST_NAMES);
  if (names.length === 0) return undefined;
  const readings = readingsOf(names, knowledge).map((reading, rank) => (rank === 0 ? { ...reading, weight: 1 } : reading));
  return { slot: slotOf(run.map(({ text }) => text).join(' '), readings, knowledge, false), count: run.length };
}

const readingsOf = (names: readonly string[], knowledge: Knowledge): Reading[] =>
  names.map((name) => ({
    terms: [name],
    roots: [knowledge.vocabulary.rootOf(name) ?? name],
    reason: 'transliterated',
    weight: SAME_NAME,
    isSame: true,
  }));
