import { fold, foldedSet } from './fold.js';
import { FINITE_VERBS, TYING_WORDS, wordsOf } from './lines.js';

/** Names of persons, as far as a line tells them from other words. */

/** Accounts that are no person. */
export const NOBODY = foldedSet(
  'admin,administrator,editor,webdesk,web desk,news desk,newsdesk,staff,ایڈمن,ایڈیٹر,ویب ڈیسک,نیوز ڈیسک,مانیٹرنگ ڈیسک,سپورٹس ڈیسک,اسپورٹس ڈیسک,انٹرنیشنل ڈیسک,کامرس ڈیسک,شوبز ڈیسک,ادارہ',
);

/** Words in the longest name of a person. */
const LONGEST_PERSON = 6;
/** Characters of a line that is the name of a person, four words at most. */
const LONGEST_SIGNATURE = 100;

export const isPerson = (name: string): boolean => {
  const words = wordsOf(fold(name));
  return words.length <= LONGEST_PERSON && !words.some((word) => TYING_WORDS.has(word) && word !== fold('اور')) && !/\p{N}/u.test(name);
};

/** A line that is nothing but the name of a person, where something else says that one stands there. Null: nobody's ("مانیٹرنگ ڈیسک"); undefined: no name. */
export function personIn(text: string): string | null | undefined {
  if (text.length > LONGEST_SIGNATURE) return undefined;
  const words = wordsOf(fold(text));
  if (words.length < 2 || words.length > 4 || /[\p{P}\p{N}]/u.test(text.replace(/[.’'-]/gu, ''))) return undefined;
  if (!isPerson(text) || words.some((word) => FINITE_VERBS.has(word))) return undefined;
  return NOBODY.has(fold(text)) ? null : text.trim();
}
