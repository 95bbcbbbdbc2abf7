import { rootOf } from '@justuju/urdu';

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
