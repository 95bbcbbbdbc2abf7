import type { Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { letterNames, letterOf, lettersApart } from '../vocabulary/letter-names.js';
import { type Reading, type Slot, slotOf, togetherReading } from './slots.js';

/** One letter is no abbreviation. */
const SHORTEST = 2;
/** Two letters are in many words: so many must be run together to be taken for names of letters. بیٹی is a daughter. */
const SHORTEST_JOINED = 3;
const LONGEST = 8;
/** What the other script's spelling of an abbreviation is worth beside the one that was typed. */
const OTHER_SCRIPT = 0.88;
const MOST_SPELLINGS = 2;

/**
 * A Latin word as the names of its letters, where the collection holds them one behind the other: PTI is پی ٹی آئی, and no other word that sounds a little like it. Any letters will
 * do; what proves it is the collection.
 */
export function readLetters({ text, type }: Token, knowledge: Knowledge): Reading[] {
  if (type !== 'latin' || text.length < SHORTEST) return [];
  return letterNames(text)
    .filter((terms) => terms.length >= SHORTEST && knowledge.together(terms) > 0)
    .slice(0, MOST_SPELLINGS)
    .map((terms) => ({ ...togetherReading(terms, 'transliterated', 0.95, knowledge), isSame: true }));
}

/** Whether a Latin word is likelier an abbreviation than a word: capitals, or nothing that could be said. */
export const looksAbbreviated = (token: Token): boolean => isInCapitals(token) || !/[aeiouy]/i.test(token.text);

export const isInCapitals = ({ text }: Token): boolean => text === text.toUpperCase();

/** The names of Latin letters from `at` on, where the collection writes the abbreviation in Latin too: پی ٹی آئی also finds PTI. */
export function readNames(
  tokens: readonly Token[],
  at: number,
  knowledge: Knowledge,
): { readonly slot: Slot; readonly count: number } | undefined {
  let letters = '';
  const run: Token[] = [];
  for (const token of tokens.slice(at, at + LONGEST)) {
    const letter = token.type === 'word' ? letterOf(token.term) : undefined;
    if (letter === undefined) break;
    letters += letter;
    run.push(token);
  }
  for (; run.length >= SHORTEST; run.pop(), letters = letters.slice(0, -1)) {
    if (knowledge.vocabulary.documentsWithTerm(letters) === 0) continue;
    const typed: Reading = { terms: run.map(({ term }) => term), roots: run.map(({ root }) => root), reason: 'exact', weight: 1 };
    const latin: Reading = {
      terms: [letters],
      roots: [knowledge.vocabulary.rootOf(letters) ?? letters],
      reason: 'transliterated',
      weight: OTHER_SCRIPT,
      isSame: true,
    };
    const isHeld = knowledge.together(typed.terms) > 0;
    const readings = isHeld ? [typed, latin] : [{ ...latin, weight: 1 }, typed];
    return { slot: slotOf(run.map(({ text }) => text).join(' '), readings, knowledge, false), count: run.length };
  }
  return undefined;
}

/** A word of names of letters that were run together, where the collection writes them apart: پیٹیآئی. */
export function readJoinedNames({ term, type }: Token, knowledge: Knowledge): Reading[] {
  const names = type === 'word' ? lettersApart(term) : undefined;
  if (names === undefined || names.length < SHORTEST_JOINED || knowledge.together(names) === 0) return [];
  return [{ ...togetherReading(names, 'split', 0.95, knowledge), isSame: true }];
}
