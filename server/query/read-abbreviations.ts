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

/** An abbreviation of the query, and how many tokens it is. */
interface ReadNames {
  readonly slot: Slot;
  readonly count: number;
}

/**
 * A Latin word as the names of its letters, where the collection holds them one behind the other: PTI is پی ٹی آئی, and no other word that sounds a little like it. Any letters will
 * do; what proves it is the collection.
 */
export function readLetters({ text, term, type }: Token, knowledge: Knowledge): Reading[] {
  if (type !== 'latin' || text.length < SHORTEST) return [];
  const isWord = (one: string): boolean => knowledge.vocabulary.documentsWithTerm(one) > 0;
  const isHeld = (terms: readonly string[]): boolean => terms.length >= SHORTEST && terms.every(isWord) && knowledge.together(terms) > 0;
  const found = inBothNumbers(text).filter(isHeld);
  // NGOs is no abbreviation of four letters where it may be the plural of one.
  const names = found.length > 0 ? found : inBothNumbers(text.replace(PLURAL, '$1')).filter(isHeld);
  // C N G, letter by letter; Ph D.
  const apart = term.length <= LONGEST ? [Array.from(term), ...inTwo(term)].filter(isHeld) : [];
  return [...names.slice(0, MOST_SPELLINGS), ...apart].map((terms) => ({
    ...togetherReading(terms, 'transliterated', 0.95, knowledge),
    isSame: true,
  }));
}

/** An abbreviation in two pieces, at least one of which is more than a letter: PhD as Ph.D. */
const inTwo = (letters: string): readonly (readonly string[])[] =>
  Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => [letters.slice(0, at + 1), letters.slice(at + 1)]).filter((pieces) =>
    pieces.some((piece) => piece.length > 1),
  );

/** The s of an English plural, behind letters enough for an abbreviation. */
const PLURAL = /^([a-z.]{2,})s$/i;
const ZE = '\u0632';
const BIG_YEH = '\u06D2';
const YEH = '\u06CC';

/** The names of the letters of an abbreviation, and with the plural that Urdu makes of the last: ایم پی اے, ایم پی ایز. */
function inBothNumbers(abbreviation: string): readonly (readonly string[])[] {
  const names = letterNames(abbreviation);
  const plurals = names.map((terms) => {
    const last = terms.at(-1) ?? '';
    return [...terms.slice(0, -1), (last.endsWith(BIG_YEH) ? last.slice(0, -1) + YEH : last) + ZE];
  });
  return [...names, ...plurals];
}

/** Whether a Latin word is likelier an abbreviation than a word: capitals, full stops, or nothing that could be said. */
export const looksAbbreviated = (token: Token): boolean => isInCapitals(token) || token.text.includes('.') || !/[aeiouy]/i.test(token.text);

export const isInCapitals = ({ text }: Token): boolean => text === text.toUpperCase();

/**
 * Single Latin letters from `at` on, as one abbreviation: in the ways in which the collection writes it, letter by letter (A. Q. Khan), as one (AQ) or by their names (اے کیو). One letter by itself is nothing.
 */
export function readInitials(tokens: readonly Token[], at: number, knowledge: Knowledge): ReadNames | undefined {
  const others = tokens.slice(at, at + LONGEST).findIndex(({ type, term }) => type !== 'latin' || term.length > 1);
  const run = tokens.slice(at, others === -1 ? at + LONGEST : at + others);
  for (; run.length >= SHORTEST; run.pop()) {
    const letters = run.map(({ term }) => term);
    const ways = [letters, [letters.join('')], ...letterNames(letters.join(''))].filter((terms) => knowledge.together(terms) > 0);
    const readings = ways.slice(0, 1 + MOST_SPELLINGS).map((terms, nth): Reading => {
      const reason = terms.join('') === letters.join('') ? 'exact' : 'transliterated';
      return { ...togetherReading(terms, reason, nth === 0 ? 1 : OTHER_SCRIPT, knowledge), ...(nth > 0 && { isSame: true as const }) };
    });
    if (readings.length > 0) return { slot: slotOf(run.map(({ text }) => text).join(' '), readings, knowledge, false), count: run.length };
  }
  return undefined;
}

/** The names of Latin letters from `at` on, where the collection writes the abbreviation in Latin too: پی ٹی آئی also finds PTI. */
export function readNames(tokens: readonly Token[], at: number, knowledge: Knowledge): ReadNames | undefined {
  let letters = '';
  const run: Token[] = [];
  for (const token of tokens.slice(at, at + LONGEST)) {
    const letter = token.type === 'word' ? letterOf(token.term) : undefined;
    if (letter === undefined) break;
    letters += letter;
    run.push(token);
  }
  for (; run.length >= SHORTEST; run.pop(), letters = letters.slice(0, -1)) {
    // A.Q. is one word, A. Q. two, and Ph.D. too.
    const inLatin = [[letters], Array.from(letters), ...inTwo(letters)].filter((terms) => knowledge.together(terms) > 0);
    if (inLatin.length === 0) continue;
    const typed: Reading = { terms: run.map(({ term }) => term), roots: run.map(({ root }) => root), reason: 'exact', weight: 1 };
    const [latin, ...others] = inLatin
      .slice(0, MOST_SPELLINGS)
      .map((terms): Reading => ({ ...togetherReading(terms, 'transliterated', OTHER_SCRIPT, knowledge), isSame: true })) as [
      Reading,
      ...Reading[],
    ];
    const isHeld = knowledge.together(typed.terms) > 0;
    const readings = isHeld ? [typed, latin, ...others] : [{ ...latin, weight: 1 }, ...others, typed];
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
