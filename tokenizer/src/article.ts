/**
 * Where the Arabic article stands inside a word, two words were written as one: عبدالستار is عبد الستار, نجمالدین نجم الدین. Names and phrases are written both ways at random, so they
 * are cut by rule, whether a table knows them or not.
 */
import { foldWord } from './fold.js';
import { ALEF, HAMZA, LAM } from './letters.js';
import { isKnownNoun } from './root.js';

const ARTICLE = ALEF + LAM;
const words = (list: string): ReadonlySet<string> => new Set(list.split(' ').map(foldWord));

/** Stand before the article and nowhere else in a longer word; whatever is behind it belongs to the name. */
const BEFORE = words(
  'عبد ابو ابن بنت بین دار بیت ذو ذی شیخ امیر نور شمس بدر نجم قمر سیف فخر شہاب سراج عید ربیع جمادی فی حتی عظیم کثیر قلیل طویل',
);
/** Two letters that may stand before it, where the tables know what is behind. */
const SHORT_BEFORE = words('ام رب حق');
/** Stand behind the article in names, whatever is before. */
const BEHIND = words('دین حق رحمن رحمان رحیم دولہ ملک اسلام زمان نسا حسن حسین عابدین ہدی کلام کریم');
/** Letters that Arabic does not have: beside one of them ال is no article (سپہسالار). */
const NOT_ARABIC = /[پچژگٹڈڑھ]/;

/** والدین (parents) with a word glued to it: اوروالدین. علاوالدین is a name, its و the hamza of علاؤ. */
const BEFORE_PARENTS = /[^ا]و$/;

/** What is longer is more than one word before the article (the term of U+FDFD). */
const LONGEST_BEFORE = 10;
const SHORTEST_BEFORE = 3;
const SHORTEST_BEHIND = 3;

/** Names in عبد are also written as they are said: عبدلستار. */
export const isSaidAsOne = (letters: string): boolean => letters.startsWith('عبدل') && letters.length > 6 && !NOT_ARABIC.test(letters);

/** Where the word behind the article begins, its ا first; undefined where none is inside. */
export function articleInside(letters: string): number | undefined {
  for (let at = letters.indexOf(ARTICLE, 2); at > 0 && at <= LONGEST_BEFORE; at = letters.indexOf(ARTICLE, at + 1)) {
    const behind = letters.slice(at + ARTICLE.length);
    // Two letters are a name or none: عبدالحق.
    if (behind.length < SHORTEST_BEHIND && !BEHIND.has(behind)) return undefined;
    if (belongTogether(letters.slice(0, at), behind)) return at;
  }
  return undefined;
}

function belongTogether(before: string, behind: string): boolean {
  const bare = before.endsWith(HAMZA) ? before.slice(0, -1) : before;
  if (BEFORE.has(bare)) return !NOT_ARABIC.test(behind);
  if (bare.length >= SHORTEST_BEFORE && BEHIND.has(behind)) return !BEFORE_PARENTS.test(bare);
  if (NOT_ARABIC.test(bare) || NOT_ARABIC.test(behind) || !isKnownNoun(behind)) return false;
  return SHORT_BEFORE.has(bare) || (bare.length >= SHORTEST_BEFORE && isKnownNoun(bare));
}
