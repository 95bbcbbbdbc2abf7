/** Urdu as written in Devanagari. Written by the Justuju authors from how the two scripts write the same sounds; no list of words was used. */
import { analyze } from '@justuju/urdu';
import { type Channel, compileChannel } from './channel.js';

/**
 * One ASCII character for a sound, H for aspiration. Capitals are the retroflex of the small letter (T D N R), the long vowel (A I U) or the
 * diphthong (E O), else: S श, G ग़, Z झ़, M anusvara or chandrabindu, _ a vowel that begins a syllable within the word (गई is g_I).
 */
const SOUNDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    क: 'k',
    ख: 'kH',
    ग: 'g',
    घ: 'gH',
    ङ: 'n',
    च: 'c',
    छ: 'cH',
    ज: 'j',
    झ: 'jH',
    ञ: 'n',
    ट: 'T',
    ठ: 'TH',
    ड: 'D',
    ढ: 'DH',
    ण: 'N',
    त: 't',
    थ: 'tH',
    द: 'd',
    ध: 'dH',
    न: 'n',
    प: 'p',
    फ: 'pH',
    ब: 'b',
    भ: 'bH',
    म: 'm',
    य: 'y',
    र: 'r',
    ल: 'l',
    ळ: 'l',
    व: 'v',
    श: 'S',
    ष: 'S',
    स: 's',
    ह: 'h',
    क़: 'q',
    ख़: 'x',
    ग़: 'G',
    ज़: 'z',
    ड़: 'R',
    ढ़: 'RH',
    फ़: 'f',
    झ़: 'Z',
    य़: 'y',
    ऩ: 'n',
    ऱ: 'r',
    'ा': 'A',
    'ि': 'i',
    'ी': 'I',
    'ु': 'u',
    'ू': 'U',
    'ृ': 'ri',
    'े': 'e',
    'ै': 'E',
    'ो': 'o',
    'ौ': 'O',
    'ॉ': 'A',
    'ॅ': 'E',
    'ॊ': 'o',
    'ॆ': 'e',
    'ं': 'M',
    'ँ': 'M',
    'ः': 'h',
    "'": "'",
  }),
); // prettier-ignore
const INDEPENDENT: ReadonlyMap<string, string> = new Map(
  Object.entries({ अ: 'a', आ: 'A', इ: 'i', ई: 'I', उ: 'u', ऊ: 'U', ऋ: 'ri', ए: 'e', ऐ: 'E', ओ: 'o', औ: 'O', ऑ: 'A', ऍ: 'E' }),
);
const NUKTA = '\u093C';

/** The sounds of a word in Devanagari; empty when another script is in it. */
export function devanagariLetters(word: string): string {
  let sounds = '';
  // NFD parts the letters that Unicode also has with the nukta in them (U+0958 to U+095F).
  const letters = Array.from(word.normalize('NFD').replace(/[\u02BB-\u02BF\u2018\u2019`\u00B4]/g, "'"));
  for (let i = 0; i < letters.length; i++) {
    let letter = letters[i] as string;
    if (letters[i + 1] === NUKTA) {
      i++;
      letter = SOUNDS.has(letter + NUKTA) ? letter + NUKTA : letter;
    }
    const independent = INDEPENDENT.get(letter);
    if (independent !== undefined) sounds += (sounds === '' ? '' : '_') + independent;
    else if (SOUNDS.has(letter)) sounds += SOUNDS.get(letter);
    else if (!/[\u094D\u093D\u093C\u200B-\u200D\u0951\u0952]/.test(letter)) return '';
  }
  return sounds.replace(/^'+|'+$/g, '');
}

export const DEVANAGARI: Channel = compileChannel({
  anywhere: `
    ب b
    پ p
    ت t
    ٹ T t:3
    ث s:2.5
    ج j
    چ c
    ح h:0.7
    خ x kH:0.7 k:4
    د d
    ڈ D R:2.5
    ذ z:1.8 j:2.5
    ر r
    ڑ R D:1.2 r:3.5
    ز z:0.3 j:1
    ژ Z z:1.5 S:2 j:2
    س s:0.1 S:3.5
    ش S s:3
    ص s:1.6
    ض z:1.6 j:2.3
    ط t:1.8
    ظ z:2 j:2.7
    ع -:0.9 ':0.05 A:1.5 e:1.6 o:2 _:0.8 a:0.8 E:2.3 y:1.2
    غ G g:1
    ف f pH:0.6 p:3.5
    ق q k:1
    ک k q:3
    گ g G:3
    ل l
    م m M:2
    ن n N:0.7 M:0.3
    ں M:0.05 n:2 -:3.5
    ہ h -:3.5
    ھ H h:2 -:3
    ء -:0.3 _:0.1 ':0.2
    ۃ t:0.3 h:1 A:1
    و v:0.2 o:0.2 U:0.1 O:0.2 u:1.2 -:3.5
    ی y:0.2 I:0.1 e:0.4 E:0.3 i:1.8 iy:0.6 i_:0.6 _:0.7 -:3.5
    ے e:0.1 E:0.3 ye:1.5 I:3
    ا A:0.1 a:3 _A:0.2 E:4 -:4`,
  initial: `
    ا a:0.1 i:0.3 u:0.3 A:0.2 -:0.1
    ع a:0.9 i:0.8 u:1 A:1.5 e:2 -:0.8
    و v:0.1
    ی y:0.1`,
  medial: '',
  afterVowel: `
    ی _:0.1 y:0.2 i_:0.5 -:1.2
    و _o:0.2 _U:0.3`,
  final: `
    ا A:0.1 _A:0.2 yA:3
    ہ h:0.1 A:0.7 e:1.2 i:0.7 o:1 -:1.2 Ah:2
    ع -:0.7 A:1.6 ':0.1 h:3 a:0.6 _a:0.3 'a:0.2
    ح h:0.5
    ی I:0.05 i:0.8 A:2.5 y:1.5
    و o:0.1 U:0.1 u:0.8 _o:0.3 _U:0.3 v:0.5`,
  shortVowels: 'i:0.2 u:0.2 e:1.8 E:2 o:2 a:0.8 A:3',
  missing: 4.5,
  noVowel: 0,
  stray: "_:0.3 ':0.5 a:1 M:3 h:3 *:4.5",
  doubled: 0.1,
  tails: 'e:2.5 _e:2 ye:2.5',
});

/** Little words that Urdu does not write as they sound. */
const LITTLE_WORDS =
  'न नہ|ना نہ نا|ये یہ|यह یہ|वो وہ|वह وہ|पे پہ پے|कि کہ|व و|ओ و|ब بہ|में میں|है ہے|हैं ہیں|हुई ہوئی|गई گئی|गए گئے|और اور|को کو|के کے|की کی';

/** A little word in Devanagari → the terms it stands for, best first. */
export const DEVANAGARI_LITTLE_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  LITTLE_WORDS.split('|').map((row) => {
    const [typed = '', ...meant] = row.split(' ');
    return [devanagariLetters(typed), analyze(meant.join(' ')).map(({ term }) => term)];
  }),
);

/** A piece of a query in Devanagari; see `RomanPiece`. */
export interface DevanagariPiece {
  readonly text: string;
  readonly kind: 'word' | 'izafat' | 'and';
}

/** Letters and signs of Devanagari but not the danda, which ends a verse; apostrophes stand for ع. */
const PIECE = /(?:[\u0900-\u0963\u0971-\u097F'\u2018\u2019]|\u200C|\u200D)+/g;

/** The words of a query in Devanagari: `हुस्न-ए-यक़ीं` is two with an izafat between, `निगाह ओ दिल` two with an "and". */
export function devanagariPieces(text: string): DevanagariPiece[] {
  const words = Array.from(text.matchAll(PIECE), (match) => match[0].replace(/^['\u2018\u2019]+|['\u2018\u2019]+$/g, ''));
  return words
    .filter((word) => word !== '')
    .map((word, i) => {
      const between = i > 0 && i < words.length - 1;
      if (between && (word === 'ए' || word === 'इ')) return { text: word, kind: 'izafat' };
      if (between && (word === 'ओ' || word === 'व')) return { text: word, kind: 'and' };
      return { text: word, kind: 'word' };
    });
}
