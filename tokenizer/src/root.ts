/**
 * Roots: the dictionary form that the inflected forms of a word share. Inflection only, no derivation: پاکستانی is not پاکستان.
 *
 * Ambiguity is decided by one rule: **the tables are asked in a fixed order and the first that knows the form answers**.
 *   1. never-stem        words that only look inflected (رات, زمین, آسمان)
 *   2. function-forms    کا کے کی, میرا میرے, ہے ہیں تھا: too frequent to leave to rules
 *   3. plurals           ممالک → ملک, تعلقات → تعلق
 *   4. English plurals   ڈاکٹرز → ڈاکٹر, ٹکٹس → ٹکٹ
 *   5. irregular verbs   کیا → کرنا, گیا → جانا
 *   6. masculine words   لڑکے → لڑکا, بڑی → بڑا (before regular verbs: پیسے is money, not پیسنا)
 *   7. verb stems        سوچ → سوچنا (most nouns of that look are the act itself; جان, life, is in never-stem)
 *   8. feminine words    لڑکیاں → لڑکی
 *   9. regular verbs     لکھتے → لکھنا
 *  10. loans and plain words as they stand: what no rule must take for a form of another
 *  11. suffix rules      for words no table knows
 * A root is its own root, always: the tables are closed over that when they are built.
 */
import { foldWord } from './fold.js';
import { LETTER_NAMES } from './letter-names.js';
import { ALEF, LAM } from './letters.js';
import { isStopWord } from './stop-words.js';
import {
  BROKEN_PLURALS,
  FEMININE_NOUNS,
  FUNCTION_FORMS,
  LOAN_NOUNS,
  MASCULINE_NOUNS,
  NEVER_STEM,
  PLAIN_NOUNS,
  SOUND_PLURALS,
  VERBS,
} from './tables.generated.js';
import { unpack } from './tables.js';
import { verbForms } from './verbs.js';

/** Which table or rule gave a root; `explain` shows it. */
export type RootRule =
  | 'never-stem'
  | 'function-form'
  | 'plural'
  | 'english-plural'
  | 'irregular-verb'
  | 'masculine'
  | 'feminine'
  | 'verb'
  | 'plain'
  | SuffixRule;

export type SuffixRule =
  | 'plural-yon'
  | 'plural-yan'
  | 'plural-ain'
  | 'plural-en'
  | 'plural-on'
  | 'izafat-ye'
  | 'oblique-e'
  | 'plural-at'
  | 'plural-in'
  | 'plural-an'
  | 'plural-z'
  | 'plural-s'
  | 'article';

interface Known {
  readonly root: string;
  readonly rule: RootRule;
}

interface RootTables {
  readonly forms: ReadonlyMap<string, Known>;
  readonly stems: ReadonlySet<string>;
}

let tables: RootTables | undefined;

function buildTables(): RootTables {
  const forms = new Map<string, Known>();
  const stems = new Set<string>();
  const put = (form: string, root: string, rule: RootRule): void => {
    const key = foldWord(form);
    if (!forms.has(key)) forms.set(key, { root: foldWord(root), rule });
  };
  for (const [word = ''] of unpack(NEVER_STEM)) put(word, word, 'never-stem');
  for (const [root = '', list = ''] of unpack(FUNCTION_FORMS))
    for (const form of [root, ...list.split(' ')]) put(form, root, 'function-form');
  for (const [plural = '', singular = ''] of [...unpack(BROKEN_PLURALS), ...unpack(SOUND_PLURALS)]) put(plural, singular, 'plural');
  const loans = unpack(LOAN_NOUNS);
  for (const [word = ''] of loans) for (const form of englishPlurals(word)) put(form, word, 'english-plural');
  // ایم این ایز: the plural of an abbreviation is that of its last letter.
  for (const name of LETTER_NAMES) put(`${name.replace(/ے$/, 'ی')}ز`, name, 'english-plural');
  const verbs = unpack(VERBS);
  for (const [infinitive = '', irregular = ''] of verbs)
    for (const form of irregular.split(' ').filter(Boolean)) put(form, infinitive, 'irregular-verb');
  for (const [word = '', kind = '', irregular = ''] of unpack(MASCULINE_NOUNS)) {
    put(word, word, 'masculine');
    for (const form of [...irregular.split(' ').filter(Boolean), ...masculineForms(word, kind === '1')]) put(form, word, 'masculine');
  }
  // Stems before feminine nouns: most nouns that look like a stem are the act itself (سوچ, پہنچ, دوڑ). Those that are not (جان life) never-stem lists.
  for (const [infinitive = ''] of verbs) {
    const { stem } = verbForms(infinitive);
    stems.add(foldWord(stem));
    // A stem in ا is first of all the past of the verb it is made from: بنا is بننا before it is بنانا.
    if (!stem.endsWith('ا')) put(stem, infinitive, 'verb');
  }
  for (const [word = ''] of unpack(FEMININE_NOUNS)) {
    put(word, word, 'feminine');
    for (const form of feminineForms(word)) put(form, word, 'feminine');
  }
  for (const [, singular = ''] of [...unpack(BROKEN_PLURALS), ...unpack(SOUND_PLURALS)]) put(singular, singular, 'plural');
  for (const [infinitive = ''] of verbs) {
    for (const form of verbForms(infinitive).forms) put(form, infinitive, 'verb');
  }
  for (const [infinitive = ''] of verbs) put(verbForms(infinitive).stem, infinitive, 'verb');
  for (const [word = ''] of [...loans, ...unpack(PLAIN_NOUNS)]) put(word, word, 'plain');
  for (const stem of IRREGULAR_STEMS) stems.add(foldWord(stem));
  close(forms);
  return { forms, stems };
}

/** Stems that stand alone in another spelling than in their infinitive: لے گیا, دے دیا. */
const IRREGULAR_STEMS = ['لے', 'دے', 'لی', 'دی'];

/** Forms of a masculine word in ا, ہ or ع: oblique and plural ے, oblique plural وں; an adjective has ی too. Others take وں by rule. */
function masculineForms(word: string, isAdjective: boolean): string[] {
  const stem = word.slice(0, -1);
  if (/واں$|یاں$/.test(word))
    return [`${word.slice(0, -2)}یں`, `${word.slice(0, -2)}ؤں`, ...(isAdjective ? [`${word.slice(0, -2)}یں`] : [])];
  if (word.endsWith('ع')) return [`${word}ے`, `${word}وں`];
  if (!/[اہ]$/.test(word)) return /[اوی]$/.test(word) ? [] : [`${word}وں`];
  const link = /[اآوی]$/.test(stem) && word.endsWith('ا') ? 'ئ' : '';
  return isAdjective ? [`${stem}${link}ے`, `${stem}${link}ی`, `${stem}وں`] : [`${stem}${link}ے`, `${stem}وں`];
}

/** Forms of a feminine word: لڑکی لڑکیاں لڑکیوں, دعا دعائیں دعاؤں, چڑیا چڑیاں, کتاب کتابیں کتابوں. */
function feminineForms(word: string): string[] {
  if (word.endsWith('یا')) return [`${word}ں`, `${word.slice(0, -1)}وں`, `${word}ئیں`, `${word}ؤں`];
  if (word.endsWith('ی')) return [`${word}اں`, `${word}وں`];
  if (/[او]$/.test(word)) return [`${word}ئیں`, `${word}ؤں`, `${word}یں`];
  if (/[اوی]ں$/.test(word)) return [`${word.slice(0, -1)}ئیں`, `${word.slice(0, -1)}ؤں`];
  // Not ملکوں from ملکہ (queen): those are countries. Her plural is ملکائیں.
  if (word.endsWith('ہ')) return [`${word}یں`, `${word}وں`, `${word.slice(0, -1)}ائیں`, `${word.slice(0, -1)}اؤں`];
  return [`${word}یں`, `${word}وں`];
}

/** ڈاکٹرز, پارٹیز, کلاسز; with س after a voiceless letter (ٹکٹس) or the vowel of an ending (کمپنیس). Not ڈانس (dance) from ڈان, لینس (lens) from لین. */
function englishPlurals(word: string): string[] {
  // Not پچیس (twenty-five) from پچ.
  if (/[سشچجز]$/.test(word)) return word.length < 4 ? [`${word}ز`] : [`${word}ز`, `${word}یز`, `${word}یس`];
  return /[پٹتکفی]$/.test(word) ? [`${word}ز`, `${word}س`] : [`${word}ز`];
}

/** Follows each root to a form that is its own root: علما → عالم must end where عالم itself ends. */
function close(forms: Map<string, Known>): void {
  for (const [form, known] of Array.from(forms)) {
    let root = known.root;
    const seen = new Set([form]);
    for (let next = forms.get(root); next && next.root !== root && !seen.has(root); next = forms.get(root)) {
      seen.add(root);
      root = next.root;
    }
    // A circle (two words that name each other) ends at the word it was entered by.
    if (root !== known.root) forms.set(form, { root, rule: known.rule });
  }
  for (const { root, rule } of Array.from(forms.values())) if (forms.get(root)?.root !== root) forms.set(root, { root, rule });
}

const known = (): RootTables => (tables ??= buildTables());

/** True if a table knows the folded word: the spacing rules then leave it whole (جادو is not جا دو). */
export const isKnownWord = (letters: string): boolean => known().forms.has(letters);

/** True for the folded stem of a verb in the tables: کر, دیکھ, لے. */
export const isVerbStem = (letters: string): boolean => known().stems.has(letters);

/** True if a table knows the folded word as a noun or an adjective, in any form: what may stand behind و or the Arabic article. */
export function isKnownNoun(letters: string): boolean {
  if (isStopWord(letters)) return false;
  const rule = known().forms.get(letters)?.rule;
  return rule !== undefined && rule !== 'function-form' && rule !== 'verb' && rule !== 'irregular-verb';
}

/** The root of a term. `rootOf(rootOf(term)) === rootOf(term)` for every term. */
export const rootOf = (term: string): string => findRoot(term).root;

/** The root and the rule that found it, undefined if none applied. */
export function findRoot(term: string): { root: string; rule: RootRule | undefined } {
  const { forms } = known();
  const entry = forms.get(term);
  if (entry) return entry;
  const behindArticle = articleOff(term);
  if (behindArticle !== undefined) return { root: (forms.get(behindArticle) as Known).root, rule: 'article' };
  let root = term;
  let rule: RootRule | undefined;
  // Each rule gives a shorter word or one that no rule takes, so this ends; a root found by rule is looked up and tried again.
  for (let step = 0; step < 4; step += 1) {
    const found = bySuffix(root, forms);
    if (!found) break;
    rule ??= found.rule;
    root = found.root;
    const entryOfRoot = forms.get(root) ?? forms.get(articleOff(root) ?? '');
    if (entryOfRoot) return { root: entryOfRoot.root, rule };
  }
  return { root, rule };
}

/** Letters of a noun behind the article, at least: البم (album) is not ال + بم (bomb). */
const SHORTEST_BEHIND_ARTICLE = 3;

/** القرآن → قرآن, where the word behind the article is known as a noun. Not الزام, الیکشن; never-stem lists names that are none (القاعدہ, الیاس). */
function articleOff(term: string): string | undefined {
  if (!term.startsWith(ARTICLE) || term.length < ARTICLE.length + SHORTEST_BEHIND_ARTICLE) return undefined;
  const word = term.slice(ARTICLE.length);
  return isKnownNoun(word) ? word : undefined;
}

const ARTICLE = ALEF + LAM;

/** Letters that only Arabic words have: such a noun in ے ends in ہ (قطعے, قطعہ), others more often in ا. */
const ARABIC_LETTERS = /[ثحذصضطظعغقفخ]/;
const VOWEL = /[اوی]$/;

/** For words no table knows. Every rule says what it needs before it cuts, and the word that would break without. */
function bySuffix(term: string, forms: ReadonlyMap<string, Known>): { root: string; rule: SuffixRule } | undefined {
  const n = term.length;
  if (n < 4 || n > 24) return undefined;
  const last = term[n - 1];
  if (last === 'ز' || last === 'س') return englishPlural(term, forms);
  if (last === 'ں') {
    // باغیوں → باغی. At least two letters before: not کیوں.
    if (term.endsWith('یوں') && n >= 5) return { root: term.slice(0, -2), rule: 'plural-yon' };
    // لڑکیاں → لڑکی. Not درمیاں, which never-stem lists.
    if (term.endsWith('یاں') && n >= 5) return { root: term.slice(0, -2), rule: 'plural-yan' };
    // دعائیں (folded دعاییں) → دعا.
    if (term.endsWith('ییں') && n >= 6 && VOWEL.test(term.slice(0, -3))) return { root: term.slice(0, -3), rule: 'plural-ain' };
    // کتابیں → کتاب. Two letters must remain; three if the word is unknown: not نہیں.
    if (term.endsWith('یں')) {
      const rest = term.slice(0, -2);
      if (rest.length >= 3 || forms.has(rest)) return { root: rest, rule: 'plural-en' };
    }
    // ملازموں → ملازم, دنوں → دن. Not جنوں and گردوں, which never-stem lists.
    if (term.endsWith('وں')) {
      const rest = term.slice(0, -2);
      if (rest.length >= 3 || forms.has(rest) || !VOWEL.test(rest)) return { root: rest, rule: 'plural-on' };
    }
    return undefined;
  }
  if (last === 'ے') {
    // وزرائے اعظم → وزرا: the ے of izafat after ا. At least three letters remain: not رائے, جائے.
    if (term.endsWith('ایے') && n >= 6) return { root: term.slice(0, -2), rule: 'izafat-ye' };
    // ڈرامے → ڈراما. Three letters must remain: not میرے.
    if (n >= 4 && !VOWEL.test(term.slice(0, -1))) {
      const stem = term.slice(0, -1);
      if (forms.has(`${stem}ہ`)) return { root: `${stem}ہ`, rule: 'oblique-e' };
      if (forms.has(`${stem}ا`)) return { root: `${stem}ا`, rule: 'oblique-e' };
      return { root: stem + (ARABIC_LETTERS.test(stem) ? 'ہ' : 'ا'), rule: 'oblique-e' };
    }
    return undefined;
  }
  // مقابلات → مقابلہ only if the singular is a word: بارات, نجات and the like have none.
  if (term.endsWith('ات') && n >= 5) {
    const rest = term.slice(0, -2);
    for (const singular of [`${rest}ہ`, rest, `${rest}ت`])
      if (singular.length >= 3 && forms.has(singular)) return { root: singular, rule: 'plural-at' };
  }
  // Not behind a loan: ہیروئن (heroin) is not ہیرو, کیمپین not کیمپ.
  const stem = forms.get(term.slice(0, -2));
  if (n < 6 || stem === undefined || stem.rule === 'plain') return undefined;
  if (term.endsWith('ین')) return { root: term.slice(0, -2), rule: 'plural-in' };
  if (term.endsWith('ان')) return { root: term.slice(0, -2), rule: 'plural-an' };
  return undefined;
}

/** Before the ز of an English plural. Not ب ک و ی ا, which end words of Urdu with it (سرسبز, متمرکز, ہنوز, عزیز, انداز); of ٹی, ڈی no word of Urdu has that. */
const BEFORE_Z = /(?:[ڈٹرلنمگسشچج]|[ٹڈ]ی|یو)ز$/;

/** Letters of a loan that ends a compound, and of what stands before it, at least. */
const SHORTEST_LAST = 3;
const SHORTEST_BEFORE = 2;

/** ورکشاپس → ورکشاپ, بیوروکریٹس: a compound in one word whose last part is a loan of the tables, in its plural. */
function compoundPlural(term: string, forms: ReadonlyMap<string, Known>): { root: string; rule: SuffixRule } | undefined {
  for (let at = SHORTEST_BEFORE; at < term.length - SHORTEST_LAST; at += 1) {
    const last = forms.get(term.slice(at));
    if (last?.rule !== 'english-plural' || last.root.length < SHORTEST_LAST) continue;
    return { root: term.slice(0, at) + last.root, rule: term.endsWith('ز') ? 'plural-z' : 'plural-s' };
  }
  return undefined;
}

/** ایکشنز → ایکشن, پوائنٹس → پوائنٹ. At least four letters must remain of what is not listed: not مرکز, طرز. never-stem lists البرز, نوٹس, جسٹس. */
function englishPlural(term: string, forms: ReadonlyMap<string, Known>): { root: string; rule: SuffixRule } | undefined {
  const compound = compoundPlural(term, forms);
  if (compound !== undefined) return compound;
  const rest = term.slice(0, -1);
  if (rest.length < 4) return undefined;
  if (term.endsWith('ٹس')) return { root: rest, rule: 'plural-s' };
  return BEFORE_Z.test(term) ? { root: rest, rule: 'plural-z' } : undefined;
}
