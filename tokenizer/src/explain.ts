/** Explains what the analysis does to a word: which rule changed what, by name, in the order of the work. */
import { foldWord } from './fold.js';
import type { Lexicon } from './lexicon.js';
import { normalize } from './normalize.js';
import { findRoot } from './root.js';
import { cutJoined } from './spacing.js';
import { usualSpelling } from './spelling.js';
import { type StopWordClass, stopWordClass } from './stop-words.js';

/** One rule at work. */
export interface ExplanationStep {
  /** The rule's name: `compose`, `letters`, `search-fold`, a spacing rule, a root rule. Stable, for links into the documentation. */
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  /** One sentence for people. */
  readonly why: string;
}

/** A word's analysis with its reasons. */
export interface Explanation {
  readonly word: string;
  readonly steps: readonly ExplanationStep[];
  /** What the word becomes, a part each. */
  readonly parts: readonly { readonly term: string; readonly root: string; readonly stopWord: StopWordClass | undefined }[];
}

const WHY: Readonly<Record<string, string>> = {
  compose: 'Composed and decomposed letters look the same; invisible characters are not part of a word.',
  letters: 'Another code for the same letter of Urdu, as Arabic keyboards and old files have it.',
  'search-fold': 'Spellings that readers take for the same word: marks, hamza carriers, madda, silent hamza.',
  'fused-word': 'A word of grammar that is often written together with the one before it.',
  compound: 'A compound that is written both joined and apart.',
  'learned-compound': 'A compound that this collection writes both joined and apart.',
  'izafat-hamza': 'A hamza that ends a word: a space was left out after it.',
  'letter-names': 'An abbreviation, letter by letter.',
  allah: 'The name, written against the word before it.',
  waw: 'و (and), written against the word after it.',
  'after-yeh-barree': 'ے is only ever the last letter of a word: a space was left out after it.',
  'after-noon-ghunna': 'ں is only ever the last letter of a word: a space was left out after it.',
  'light-verb': 'A verb and the light verb that leans on it.',
  future: 'A verb and the گا, گے, گی of the future.',
  agent: 'An infinitive and والا.',
  'pronoun-postposition': 'A pronoun and its postposition.',
  'elided-ke': 'کے or کی, written as one with the word that follows.',
  'never-stem': 'Only looks inflected; the root is the word itself.',
  'function-form': 'An inflected word of grammar.',
  plural: 'A plural that follows no suffix rule, from the table of plurals.',
  'english-plural': 'The English plural of a loan word.',
  'plural-z': 'The English plural of a loan word.',
  'plural-s': 'The English plural of a loan word.',
  article: 'A word behind the Arabic article, written against the word before it or alone.',
  'irregular-verb': 'An irregular form of the verb.',
  masculine: 'A form of a masculine noun or of an adjective.',
  feminine: 'A form of a feminine noun.',
  verb: 'A form of the verb; its root is the infinitive.',
  spelling: 'Another spelling of the same name or word.',
  'plural-yon': 'Oblique plural in یوں.',
  'plural-yan': 'Plural in یاں.',
  'plural-ain': 'Plural in ئیں.',
  'plural-en': 'Plural in یں.',
  'plural-on': 'Oblique plural in وں.',
  'izafat-ye': 'The ئے of izafat.',
  'oblique-e': 'Oblique or plural in ے.',
  'plural-at': 'Plural in ات.',
  'plural-in': 'Plural in ین.',
  'plural-an': 'Plural in ان.',
};

/** Which rules changed `word`, by name, and what became of it. */
export function explainWord(word: string, lexicon: Lexicon | undefined): Explanation {
  const steps: ExplanationStep[] = [];
  const note = (rule: string, from: string, to: string): void => {
    if (from !== to) steps.push({ rule, from, to, why: WHY[rule] ?? '' });
  };
  const exact = normalize(word, 'exact');
  note('compose', word, exact);
  const canonical = normalize(word, 'canonical');
  note('letters', exact, canonical);
  const searched = normalize(word, 'search');
  note('search-fold', canonical, searched);
  const terms: string[] = [];
  const spell = (letters: string): void => {
    const cut = cutJoined(letters, lexicon);
    const usual = cut ? undefined : usualSpelling(letters);
    if (cut) {
      note(cut.rule, letters, cut.parts.map(({ term }) => term).join(' '));
      for (const { term } of cut.parts) spell(term);
    } else if (usual !== undefined) {
      note('spelling', letters, usual);
      spell(usual);
    } else terms.push(letters);
  };
  for (const piece of searched.split(' ').filter(Boolean)) {
    if (foldWord(piece) === piece) spell(piece);
    else terms.push(piece);
  }
  const parts = terms.map((term) => {
    const { root, rule } = findRoot(term);
    if (rule) note(rule, term, root);
    return { term, root, stopWord: stopWordClass(term) };
  });
  return { word, steps, parts };
}
