/**
 * One class for every UTF-16 code unit: what the scanner does when it meets it. The table fills itself as characters are met,
 * so that starting costs nothing; 64 KB, read once a character.
 */
import { graphemeSegments } from 'unicode-segmenter/grapheme';
import { DROPPED, foldKind } from './fold.js';
import { ZWJ } from './letters.js';

/** A letter (or presentation form) of the Arabic script that folds to the 40 letters. First, so that "letter or mark" is one comparison. */
export const LETTER = 0;
/** Belongs to the grapheme before it: vowel marks, ZWJ, variation selectors. */
export const MARK = 1;
/** Between words: spaces, brackets, most signs. Never extends a grapheme. */
export const SEPARATOR = 2;
/** Vanishes inside an Urdu word without belonging to a grapheme: tatweel, bidi controls, BOM. */
export const FORMAT = 3;
/** Ends an Urdu word although Unicode attaches it to the letter before. */
export const NON_JOINER = 4;
export const DIGIT = 5;
export const LATIN = 6;
/** A letter of another script. */
export const OTHER = 7;
/** A sign after which a sentence may end: ۔ ؟ ! ? . … and line breaks. */
export const STOP = 8;
/** # and @, which may open a hashtag or a mention. */
export const TAG = 9;
/** Anything that needs the grapheme rules: emoji, number signs before their number, surrogates, ligatures of whole words. */
export const SPECIAL = 10;
/** Not met yet. */
export const UNKNOWN = 11;

/** The classes met so far, by code unit. For the innermost loop only; everybody else asks `classOf`. */
export const classTable = new Uint8Array(0x10000).fill(UNKNOWN);

/** The class of a code unit. */
export function classOf(unit: number): number {
  const known = classTable[unit] as number;
  return known === UNKNOWN ? learn(unit) : known;
}

function learn(unit: number): number {
  const kind = classify(unit);
  classTable[unit] = kind;
  return kind;
}

const STOPS = new Set([
  0x0a, 0x0d, 0x21, 0x2e, 0x3f, 0x061f, 0x06d4, 0x2026, 0x203c, 0x2047, 0x2048, 0x2049, 0x2028, 0x2029, 0x0964, 0x0965, 0x3002, 0xff01,
  0xff1f,
]);
/** Prepended to what follows: number sign, year sign, end of ayah and their kin, and a few letters of other scripts (UAX #29, Prepend). */
const PREPENDED = /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u0D4E]/;
/** Ligatures that stand for several words. */
const PHRASE_LIGATURES = /[\uFD4C\uFDFA\uFDFB\uFDFD]/;
/** Called letters, yet extending the grapheme before them (Thai and Lao am, halfwidth kana marks). */
const EXTENDING_LETTERS = /[\u0E33\u0EB3\uFF9E\uFF9F]/;

function classify(unit: number): number {
  const character = String.fromCharCode(unit);
  if (unit === 0x200c) return NON_JOINER;
  if (unit === 0x23 || unit === 0x40) return TAG;
  if (unit >= 0xd800 && unit <= 0xdfff) return SPECIAL;
  if (PREPENDED.test(character) || PHRASE_LIGATURES.test(character)) return SPECIAL;
  const fold = foldKind(unit);
  if (fold > DROPPED) return LETTER;
  if (character === ZWJ || /^\p{M}$/u.test(character) || EXTENDING_LETTERS.test(character)) return MARK;
  if (fold === DROPPED) return FORMAT;
  if (STOPS.has(unit)) return /\p{Extended_Pictographic}/u.test(character) ? SPECIAL : STOP;
  if (digitValue(unit) >= 0) return DIGIT;
  if (/\p{Extended_Pictographic}/u.test(character)) return SPECIAL;
  // A letter to Unicode; in Urdu text the degree sign of keyboards that have no other: 25ºC.
  if (unit === 0xba) return SEPARATOR;
  if (/^[a-zA-Z]$/.test(character) || /^\p{Script=Latin}$/u.test(character)) return LATIN;
  if (/^[\p{L}\p{N}]$/u.test(character)) return OTHER;
  return SEPARATOR;
}

// What Urdu text is made of is known from the start.
for (const [first, last] of [
  [0x20, 0x7e],
  [0x0600, 0x06ff],
  [0x2000, 0x206f],
] as const)
  for (let unit = first; unit <= last; unit += 1) learn(unit);

/** 0-9 for the digits of ASCII, Arabic, Urdu and fullwidth; -1 for everything else. */
export function digitValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  if (unit >= 0x06f0 && unit <= 0x06f9) return unit - 0x06f0;
  if (unit >= 0x0660 && unit <= 0x0669) return unit - 0x0660;
  if (unit >= 0xff10 && unit <= 0xff19) return unit - 0xff10;
  return -1;
}

/** What an astral character or other special cluster holds. */
export const isExtending = (codePoint: number): boolean => {
  if (codePoint < 0x10000) return classOf(codePoint) === MARK || codePoint === 0x200c;
  return (
    (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff) ||
    (codePoint >= 0xe0020 && codePoint <= 0xe007f) ||
    /^\p{M}$/u.test(String.fromCodePoint(codePoint))
  );
};

/**
 * Where the grapheme cluster that starts at `start` ends. `start` must be a boundary. Looks at a window that doubles, because
 * a cluster has no longest length and slicing the rest of the text for each emoji would cost the square of the text.
 */
export function clusterEnd(text: string, start: number): number {
  for (let size = 32; ; size *= 2) {
    const window = text.slice(start, start + size);
    for (const { segment } of graphemeSegments(window)) {
      if (segment.length < window.length || start + window.length >= text.length) return start + segment.length;
      break;
    }
  }
}
