/**
 * Words typed with the wrong keyboard on: Urdu on a phonetic layout while the keyboard was left in English (`andhwN` for اندھوں), or English
 * while it was left in Urdu. Key by key, nothing about sounds; but which layout the reader has learnt is not known, so several are tried.
 */
import { analyze } from '@justuju/urdu';

/** CRULP's phonetic layout, which most others follow. Keys that type marks (zer, zabar, pesh, tashdid) type nothing that is searched. */
const CRULP: Readonly<Record<string, string>> = {
  q: 'ق',
  w: 'و',
  e: 'ع',
  r: 'ر',
  t: 'ت',
  y: 'ے',
  u: '\u0626',
  i: 'ی',
  o: 'ہ',
  p: 'پ',
  a: 'ا',
  s: 'س',
  d: 'د',
  f: 'ف',
  g: 'گ',
  h: 'ھ',
  j: 'ج',
  k: 'ک',
  l: 'ل',
  z: 'ز',
  x: 'ش',
  c: 'چ',
  v: 'ط',
  b: 'ب',
  n: 'ن',
  m: 'م',
  W: '\u0624',
  R: 'ڑ',
  T: 'ٹ',
  U: '\u0621',
  O: 'ۃ',
  A: '\u0622',
  S: 'ص',
  D: 'ڈ',
  G: 'غ',
  H: 'ح',
  J: 'ض',
  K: 'خ',
  Z: 'ذ',
  X: 'ژ',
  C: 'ث',
  V: 'ظ',
  N: 'ں',
  E: '',
  Y: '',
  I: '',
  P: '',
  L: '',
  Q: '',
  F: '',
  B: '',
  M: '',
}; // prettier-ignore

/** The layouts tried, likelier first. They differ in where h and its like, hamza and و sit. */
export const LAYOUTS: readonly (readonly [name: string, keys: Readonly<Record<string, string>>])[] = [
  ['CRULP phonetic', CRULP],
  ['h and H the other way round (xkb urd-phonetic, InPage)', { ...CRULP, h: 'ح', H: 'ھ', u: '\u0621', U: '\u0626' }],
  ['h for the letter ہ', { ...CRULP, h: 'ہ', H: 'ح', o: 'و', u: 'و', v: 'و', U: '\u0626' }],
];

/** From a letter to its key, for the first layout and where others differ. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ...LAYOUTS.toReversed().flatMap(([, keys]) =>
    Object.entries(keys).flatMap(([key, letter]) => (letter === '' ? [] : [[letter, key] as const])),
  ),
  // Marks, by the shifted keys that type them, and letters of look-alike keyboards.
  ['\u0651', 'w'],
  ['\u0650', 'i'],
  ['\u064E', 'y'],
  ['\u064F', 'p'],
  ['\u0670', 'e'],
  ['\u064A', 'i'],
  ['\u0643', 'k'],
  ['\u0647', 'o'],
]); // prettier-ignore

/** Evidence from which on words are taken for keys of an Urdu layout, as a logarithm of odds. By judgement. */
const ENOUGH = 2.4;
/** How much it says that the keys of a word of so many letters make a known Urdu word: few Roman words of five letters do, many of two. */
const KNOWN_BY_LENGTH = [0, 0, 0.3, 0.6, 1.2, 2, 2.7] as const;
const UNKNOWN = -3;
/** A word is well known with so many documents; with fewer it counts for less, for misprints are words of a collection too. */
const WELL_KNOWN = 6;

/**
 * The Urdu words that were meant by words in Latin letters, if they were typed on a phonetic layout with the keyboard left in English:
 * (nearly) all are known words of the collection read so, and hardly Latin words as they stand. Numbers stay.
 *
 * @param known documents with a term; also of Latin terms, if the collection's are counted. A Latin word that is known stands against.
 * @param romanFit how well the word fits as Roman Urdu, 0..1, if that can be asked (the `fit` of the first candidate).
 */
export function looksLikeWrongKeyboard(
  words: readonly string[],
  known: (term: string) => number,
  romanFit?: (word: string) => number,
): readonly string[] | undefined {
  const latin = words.filter((word) => /[A-Za-z]/.test(word));
  if (latin.length === 0 || latin.some((word) => !/^[A-Za-z0-9\u0621-\u06D3]+$/.test(word))) return undefined;
  let against = 0;
  for (const word of latin) {
    against -= oddness(word);
    if (word.length > 2 && known(word.toLowerCase()) > 0) against += 1.5;
    // Where Roman letters read well the keys must do better: kal is کل rather than کال.
    if (romanFit) against += 2 * Math.max(-0.2, romanFit(word) - 0.6);
  }

  let best: { readonly words: readonly string[]; readonly unknown: number; readonly evidence: number } | undefined;
  for (const [, keys] of LAYOUTS) {
    let unknown = 0;
    let evidence = -against;
    const read = words.map((word) => {
      if (!/[A-Za-z]/.test(word)) return word;
      const urdu = Array.from(word, (key) => keys[key] ?? key).join('');
      const documents = leastKnown(urdu, known);
      if (documents === 0) unknown++;
      const weight = Math.min(1, Math.log(1 + documents) / Math.log(1 + WELL_KNOWN));
      evidence += documents === 0 ? UNKNOWN : weight * (KNOWN_BY_LENGTH[Math.min(word.length, KNOWN_BY_LENGTH.length - 1)] ?? 0);
      return urdu;
    });
    if (!best || evidence > best.evidence) best = { words: read, unknown, evidence };
  }
  // One unknown word in three is let pass: a name, a typo.
  return best && best.evidence >= ENOUGH && best.unknown <= latin.length / 3 ? best.words : undefined;
}

/**
 * The Latin words that were meant by words in Urdu letters, if the Urdu keyboard was left on: words that mean nothing in the collection as they
 * stand, and are known as Latin words or read well as Roman Urdu. In small letters.
 */
export function reverseKeyboard(
  words: readonly string[],
  known: (term: string) => number,
  romanFit?: (word: string) => number,
): readonly string[] | undefined {
  const urdu = words.filter((word) => /[\u0600-\u06FF]/.test(word));
  if (urdu.length === 0) return undefined;
  let unknown = 0;
  let read = 0;
  const latin = words.map((word) => {
    if (!/[\u0600-\u06FF]/.test(word)) return word;
    const keys = Array.from(word.normalize('NFC'), (letter) => KEYS.get(letter) ?? letter)
      .join('')
      .toLowerCase();
    if (leastKnown(word, known) === 0) unknown++;
    if (/^[a-z0-9]+$/.test(keys) && (known(keys) > 0 || (keys.length > 3 && (romanFit?.(keys) ?? 0) >= 0.6))) read++;
    return keys;
  });
  return unknown > urdu.length / 2 && read >= urdu.length * 0.75 ? latin : undefined;
}

/** Of the terms that a written word is analysed into, the documents of the rarest; 0 when it is no word at all. */
function leastKnown(text: string, known: (term: string) => number): number {
  const terms = analyze(text).map(({ term }) => term);
  return terms.length === 0 ? 0 : Math.min(...terms.map(known));
}

/** How unlike a Latin word, as a logarithm of odds: a capital within, no vowel, و typed as w where w cannot be said. Judged from what keys make of Urdu words. */
function oddness(word: string): number {
  let odd = 0;
  if (/[a-z][A-Z]/.test(word) || /[^A-Za-z0-9]/.test(word)) odd += 3;
  const small = word.toLowerCase();
  if (small.length > 2 && !/[aeiouy]/.test(small)) odd += 1.9;
  if (/[bcdfgjklmnpqrstvxz]w(?![aeiouy])/.test(small)) odd += 1;
  if (/q(?![aeiou])[a-z]|x[bdfgjklmnqrsvz]|[bcdfgjklmpqrstvz]x/.test(small)) odd += 0.9;
  if (/[bcdfgjklmnpqrstvwxz]{4}/.test(small)) odd += 0.7;
  else if (/^[bcdfgjklmnpqrstvwxz]{3}|[bcdfgjklmnpqrstvwxz]{3}$/.test(small)) odd += 0.4;
  if (/c(?![hkaeiouylrt])/.test(small) || /(?:ui|iu|ao|ae|uy|wi|iw)$/.test(small) || /[aeiou]o[aeiou]|oi|iai|aui/.test(small)) odd += 0.4;
  return odd;
}
