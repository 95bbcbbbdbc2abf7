import { isKnownWord, rootOf } from '@justuju/urdu';

/** Letters of the shortest singular: as, is and his are no plurals. */
const SHORTEST = 3;

/** Letters of the shortest plural of a word in a: cameras; Abbas is a name. */
const SHORTEST_IN_A = 6;

/** The singulars that an English word may be the plural of: judges of judge, boxes of box, parties of party. */
export function englishSingulars(word: string): readonly string[] {
  const letters = word.toLowerCase();
  if (!/[^suia]s$/.test(letters) && !(letters.length >= SHORTEST_IN_A && letters.endsWith('as'))) return [];
  const singulars = [letters.slice(0, -1)];
  if (/(?:[sxz]|[cs]h)es$/.test(letters)) singulars.push(letters.slice(0, -2));
  if (letters.endsWith('ies')) singulars.push(`${letters.slice(0, -3)}y`);
  return singulars.filter(({ length }) => length >= SHORTEST);
}

const ZE = '\u0632';
const SEEN = '\u0633';

/** Whether Urdu makes an English plural of a word: جج ججز, ٹکٹ ٹکٹس. */
export const takesEnglishPlural = (term: string): boolean => [ZE, SEEN].some((ending) => rootOf(term + ending) === rootOf(term));

/** Letters of a loan that takes the plurals below: فورس is no plural of فور. */
const SHORTEST_LOAN = 4;
/** Plurals that the analyzer does not make: the seen of writers in India behind any letter (ڈاکٹرس), and noon ghunna behind the ending (ڈاکٹرزں, ٹکٹسں). */
const OTHER_PLURALS = [SEEN, `${ZE}\u06BA`, `${SEEN}\u06BA`];

/** A loan word of the tables, by its term: only of such they know the plural. */
const isLoanOfTables = (term: string): boolean =>
  term.length >= SHORTEST_LOAN && isKnownWord(term + ZE) && rootOf(term + ZE) === rootOf(term);

/** Other numbers of a loan word: such plurals of it, and of such a plural the loan itself. What the tables know by itself is none: سائنس is not سائن. */
export function otherNumbers(term: string): readonly string[] {
  const ending = isKnownWord(term) ? undefined : OTHER_PLURALS.find((one) => term.endsWith(one));
  const singular = ending === undefined ? term : term.slice(0, -ending.length);
  if (!isLoanOfTables(singular)) return [];
  const plurals = OTHER_PLURALS.map((one) => singular + one).filter((plural) => !isKnownWord(plural));
  return [singular, ...plurals].filter((one) => one !== term);
}
