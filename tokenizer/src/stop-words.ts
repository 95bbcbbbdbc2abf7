/** Words that carry grammar rather than meaning, in classes. What a search does with them is decided elsewhere: dropping them gained nothing when measured. */
import { foldWord } from './fold.js';
import { STOP_WORDS } from './tables.generated.js';
import { unpack } from './tables.js';

/** Why a word is a stop word. */
export type StopWordClass = (typeof CLASSES)[number];

/** In the order of build/compile-tables.mjs, which writes their numbers. */
const CLASSES = ['postposition', 'pronoun', 'auxiliary', 'conjunction', 'question', 'particle', 'negation', 'determiner'] as const;

let classes: ReadonlyMap<string, StopWordClass> | undefined;

function stopWords(): ReadonlyMap<string, StopWordClass> {
  if (classes) return classes;
  const found = new Map<string, StopWordClass>();
  for (const [word = '', number = ''] of unpack(STOP_WORDS)) {
    const term = foldWord(word);
    const kind = CLASSES[Number(number)];
    if (kind !== undefined && !found.has(term)) found.set(term, kind);
  }
  classes = found;
  return found;
}

/** The class of a term (`کے` → `postposition`), or undefined if it is no stop word. Terms, not raw spellings: analyse first. */
export const stopWordClass = (term: string): StopWordClass | undefined => stopWords().get(term);

/** True if the term is a stop word of any class. */
export const isStopWord = (term: string): boolean => stopWords().has(term);
