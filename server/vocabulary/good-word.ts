import { isKnownWord, rootOf } from '@justuju/urdu';

/** Endings that make one word of another: سفر سفری, قلم قلمکار, رقص رقصاں. Written by the Justuju authors from the language. */
const DERIVED =
  /^(.{3,}?)(?:ی|یت|پن|اں|ان|انہ|گی|گر|گری|گار|دار|داری|گاہ|خانہ|نامہ|ستان|بان|بانی|مند|مندی|ور|وری|ناک|ناکی|وار|کار|کاری|ساز|سازی|پسند|پسندی|نواز|نوازی|نما|یات)$/;
/** The last letter that such an ending took the place of: خندہ خنداں, زندہ زندگی. */
const HEH_GOAL = '\u06C1';

/** Whether the tables of the analyzer know it: then it is one word, whatever the collection holds. */
export const isGoodWord = (term: string): boolean => isKnownWord(term) || isKnownWord(rootOf(term));

/** ... or a word that a known one makes with an ending. In a large collection such a word would stand somewhere; in a small one many do not. */
export function isWellFormed(term: string): boolean {
  if (isGoodWord(term)) return true;
  const [, stem] = DERIVED.exec(term) ?? [];
  return stem !== undefined && [stem, stem + HEH_GOAL].some((word) => isGoodWord(word));
}
