/**
 * Second spellings: words that people spell in two ways which no letter rule can join (اسمٰعیل and اسماعیل, گذشتہ and گزشتہ, سکول and اسکول).
 * The rarer spelling gets the term of the usual one. From data/alef-spellings.tsv; a verb there brings its forms with it. And spellings that a rule joins, but one that
 * must know other words: letters repeated for emphasis, and the ے of izafat.
 */
import { foldWord } from './fold.js';
import { ALEF, FARSI_YEH, HEH_GOAL, LAM, WAW, YEH_BARREE } from './letters.js';
import { findRoot, isKnownWord } from './root.js';
import { ALEF_SPELLINGS } from './tables.generated.js';
import { unpack } from './tables.js';
import { verbForms } from './verbs.js';

let usualOf: ReadonlyMap<string, string> | undefined;

function spellings(): ReadonlyMap<string, string> {
  if (usualOf) return usualOf;
  const found = new Map<string, string>();
  const put = (spelling: string, usual: string): void => {
    const [from, to] = [foldWord(spelling), foldWord(usual)];
    if (from !== to && !found.has(from)) found.set(from, to);
  };
  const pairs = unpack(ALEF_SPELLINGS);
  for (const [spelling = '', usual = ''] of pairs) put(spelling, usual);
  for (const [spelling = '', usual = ''] of pairs) {
    if (!spelling.endsWith('نا') || !usual.endsWith('نا')) continue;
    const usualForms = verbForms(usual).forms;
    for (const [i, form] of verbForms(spelling).forms.entries()) put(form, usualForms[i] ?? usual);
  }
  // A usual spelling must not have a more usual one: terms would change when they are analysed again.
  for (const usual of found.values()) found.delete(usual);
  usualOf = found;
  return found;
}

/**
 * The usual spelling of a folded word, or undefined if it has no other: from the table, also behind the Arabic article (الرحمن like رحمن), or by a rule.
 * A usual spelling has no more usual one.
 */
export function usualSpelling(letters: string): string | undefined {
  const plain = unstretched(letters) ?? letters;
  const usual = tabled(plain) ?? izafatAfterVowel(plain) ?? withOpeningAlef(plain) ?? withOtherEnd(plain) ?? plain;
  return usual === letters ? undefined : usual;
}

function tabled(letters: string): string | undefined {
  const usual = spellings().get(letters);
  if (usual !== undefined || !letters.startsWith(ARTICLE)) return usual;
  const behind = spellings().get(letters.slice(ARTICLE.length));
  return behind && ARTICLE + behind;
}

/** Consonants behind an س before which people speak an alef, and many write it. */
const CLUSTER = /^س[پٹک]/;

/** سٹوڈنٹس is اسٹوڈنٹس, where that is a word and the other is none: سپاہی (soldier) and سکہ (coin) are. Table rows say the same of words that no other table has. */
const withOpeningAlef = (letters: string): string | undefined =>
  CLUSTER.test(letters) && !isKnownWord(letters) && isKnownWord(ALEF + letters) ? ALEF + letters : undefined;

/** Letters that Arabic does not have. */
const NOT_ARABIC = /[پچژگٹڈڑھ]/;

/**
 * Indian and English words end in ا or in ہ, as one likes: پٹاخا is پٹاخہ, ڈبہ ڈبا, where a table has the one as a masculine noun and none the other. Not where Arabic may have both: عملا is
 * عملاً (in practice), عملہ a staff.
 */
function withOtherEnd(letters: string): string | undefined {
  const last = letters.at(-1);
  if (letters.length < 4 || (last !== ALEF && last !== HEH_GOAL) || !NOT_ARABIC.test(letters) || isKnownWord(letters)) return undefined;
  const other = letters.slice(0, -1) + (last === ALEF ? HEH_GOAL : ALEF);
  const { root, rule } = findRoot(other);
  return rule === 'masculine' && root === other ? other : undefined;
}

const ARTICLE = ALEF + LAM;

/** Four of ی, since ئ is folded to it: تیئیس (twenty-three) is not تیس (thirty). */
const STRETCHED = /([^ی])\1{2,}|(ی)\2{3,}/;
const ALL_STRETCHES = new RegExp(STRETCHED, 'g');

/**
 * A letter that stands three times or more is one, repeated for emphasis: واااہ is واہ, بہتتتت is بہت. Two of them where that is a word (اللللہ, مدددد). No word of Urdu has three;
 * a word that is nothing but one letter (ہہہہہ, laughter) is left alone.
 */
function unstretched(letters: string): string | undefined {
  if (!STRETCHED.test(letters)) return undefined;
  const [once, twice] = [letters.replace(ALL_STRETCHES, '$1$2'), letters.replace(ALL_STRETCHES, '$1$1$2$2')];
  if (once.length < 2) return undefined;
  return isKnownWord(twice) ? twice : once;
}

/**
 * The ے of izafat after ا or و, and of the oblique, is written with a hamza or without: رائے and راے, موئے and موے, ہوئے and ہوے. The term has it (folded, یے).
 * Not where و is a consonant: دعوے, جلوے, میوے and ریلوے, which other tables know; of three letters only نوے (ninety).
 */
function izafatAfterVowel(letters: string): string | undefined {
  if (letters.length < 3 || !letters.endsWith(YEH_BARREE)) return undefined;
  const before = letters.at(-2);
  if (before !== ALEF && (before !== WAW || isKnownWord(letters))) return undefined;
  return letters.slice(0, -1) + FARSI_YEH + YEH_BARREE;
}
