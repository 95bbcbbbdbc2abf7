/**
 * The normalizer: one text in, one text out, at a named level, with the way back to the original offsets.
 *
 *   exact      what cannot be seen: composed and decomposed letters are one (NFC, and ی + hamza, which NFC leaves), bidi controls, joiners
 *              and byte order marks are gone, ZWNJ is a space
 *   canonical  what is the same letter of Urdu: Arabic, Kurdish and presentation-form codes become the Urdu letter, ھ that cannot aspirate
 *              becomes ہ, ۓ becomes ئے, tatweel is gone, digits are 0-9. Vowel marks, آ ئ ؤ ۂ, punctuation stay: this level can be shown to readers
 *   search     what readers take for the same word: marks gone, آ أ → ا, ئ → ی, ؤ → و, ۂ ۃ → ہ, silent hamza gone, Latin in lower case without
 *              accents. The letters of a term; the analyzer then cuts and stems
 *
 * NFC first: U+064A + hamza composes to ئ; after the fold it would be U+06CC + hamza, which NFC does not compose.
 * NFC last: folding U+0647 gives U+06C1 before a hamza, which must become U+06C2 as if it had been typed so. That may bring back what a fold
 * changes (ے, tatweel, hamza become ۓ, which is ئے), so the passes of a level are repeated until nothing changes: two rounds, hardly ever three.
 * Each level is idempotent, and canonical and search start from what the level before them gives.
 */
import { classOf, clusterEnd, digitValue, FORMAT, LATIN, LETTER, MARK, SEPARATOR } from './classes.js';
import { foldKind, foldLetters, isDropped, letterTable } from './fold.js';
import { latinTerm } from './latin.js';
import {
  ALEF,
  ALLAH,
  ASPIRABLE,
  FARSI_YEH,
  HAMZA_ABOVE,
  HEH_DOACHASHMEE,
  HEH_GOAL,
  HIGH_HAMZA,
  TATWEEL,
  YEH_HAMZA,
  ZWNJ,
} from './letters.js';
import { ligatureWords } from './phrases.js';

/** How much is made equal; each level includes the one before. */
export type NormalizationLevel = 'exact' | 'canonical' | 'search';

/** A normalized text that knows where each of its characters came from. */
export interface NormalizedText {
  readonly text: string;
  /** The stretch of the original that `text.slice(start, end)` came from, in UTF-16 code units. */
  toOriginal(start: number, end: number): { start: number; end: number };
}

/** The text at a level. See the head of this file for what each level makes equal. */
export const normalize = (text: string, level: NormalizationLevel): string =>
  level === 'search' ? build(text, level).text : byWords(text, level);

/** Nothing that these levels change reaches over a blank. */
const byWords = (text: string, level: 'exact' | 'canonical'): string =>
  isCanonical(text)
    ? text
    : text
        .split(' ')
        .map((word) => (isCanonical(word) ? word : build(word, level).text))
        .join(' ');

/** The text at a level, with the way back: highlight what was found in the normalized text in the original one. */
export function normalizeWithOffsets(text: string, level: NormalizationLevel): NormalizedText {
  const { text: normalized, starts, ends } = build(text, level);
  return {
    text: normalized,
    toOriginal(start, end) {
      if (end <= start) {
        const at = starts[start] ?? text.length;
        return { start: at, end: at };
      }
      return { start: starts[start] ?? text.length, end: ends[Math.min(end, normalized.length) - 1] ?? text.length };
    },
  };
}

interface Built {
  text: string;
  /** For each code unit of `text`: start and end of the original cluster or word it came from. */
  starts: number[];
  ends: number[];
}

const CANONICAL = letterTable('canonical');

/** One pass over the text. It tells `put` what each stretch of its input becomes. */
type Pass = (text: string, put: (piece: string, start: number, end: number) => void) => void;

const LEVELS: Readonly<Record<NormalizationLevel, readonly Pass[]>> = {
  exact: [dropInvisible, dropLooseJoiners, compose],
  canonical: [canonicalLetters, compose, unaspirate],
  search: [searchWords],
};

function build(text: string, level: NormalizationLevel): Built {
  let built: Built = { text, starts: [], ends: [] };
  for (let i = 0; i < text.length; i += 1) {
    built.starts.push(i);
    built.ends.push(i + 1);
  }
  built = untilStable(built, LEVELS.exact);
  if (level === 'exact') return built;
  built = untilStable(built, LEVELS.canonical);
  if (level === 'canonical') return built;
  return untilStable(built, [...LEVELS.search, ...LEVELS.exact, ...LEVELS.canonical]);
}

/** Of ASCII, the Arabic block and general punctuation: what stays as it is whatever stands beside it. Marks compose, joiners go, ھ depends on the letter before it. */
const lastingCharacters = (): string =>
  Array.from({ length: 0x2028 }, (_, code) => String.fromCharCode(code))
    .filter((c) => (c <= '~' || (c >= '\u0600' && c <= '\u06FF') || c >= '\u2010') && c !== HEH_DOACHASHMEE)
    .filter((c) => !/[\p{M}\p{Cf}]/u.test(c) && build(c, 'canonical').text === c)
    .map((c) => (/[\\\]^-]/.test(c) ? `\\${c}` : c))
    .join('');

let canonical: RegExp | undefined;

/** Nearly every word is canonical: told at a glance, in place of a dozen passes that change nothing. */
function isCanonical(text: string): boolean {
  canonical ??= new RegExp(`^(?:[${lastingCharacters()}]|(?<=[${ASPIRABLE}])${HEH_DOACHASHMEE})*$`);
  return canonical.test(text);
}

function untilStable(built: Built, passes: readonly Pass[]): Built {
  let current = built;
  for (let round = 0; round < 5; round += 1) {
    const before = current.text;
    for (const pass of passes) current = run(pass, current);
    if (current.text === before) break;
  }
  return current;
}

function run(pass: Pass, input: Built): Built {
  const out: Built = { text: '', starts: [], ends: [] };
  pass(input.text, (piece, start, end) => {
    out.text += piece;
    for (let i = 0; i < piece.length; i += 1) {
      out.starts.push(input.starts[start] ?? 0);
      out.ends.push(input.ends[end - 1] ?? 0);
    }
  });
  return out;
}

const isMark = (character: string): boolean => /^\p{M}$/u.test(character);

function dropInvisible(text: string, put: Parameters<Pass>[1]): void {
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (character === ZWNJ) put(' ', i, i + 1);
    else if (
      character.charCodeAt(0) < 0xad ||
      !isDropped(character) ||
      character === '\u200D' ||
      character === TATWEEL ||
      character === HIGH_HAMZA ||
      isMark(character) ||
      /[\u06E5\u06E6\u08C9]/.test(character)
    )
      put(character, i, i + 1);
  }
}

/** ZWJ goes, except where it holds an emoji together: it would fall apart into several. */
function dropLooseJoiners(text: string, put: Parameters<Pass>[1]): void {
  const held = new Set<number>();
  for (const match of text.matchAll(/(?<=\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]?)\u200D(?=\p{Extended_Pictographic})/gu))
    held.add(match.index);
  for (let i = 0; i < text.length; i += 1) if (text[i] !== '\u200D' || held.has(i)) put(text[i] ?? '', i, i + 1);
}

/** NFC, cluster by cluster so that the way back stays exact; and what NFC leaves: ی + hamza is ئ to every reader. */
function compose(text: string, put: Parameters<Pass>[1]): void {
  for (let at = 0; at < text.length; ) {
    const end = clusterOf(text, at);
    let piece = text.slice(at, end).normalize('NFC');
    if (piece.startsWith(FARSI_YEH) && piece.includes(HAMZA_ABOVE))
      piece = (YEH_HAMZA + piece.slice(1).replace(HAMZA_ABOVE, '')).normalize('NFC');
    put(piece, at, end);
    at = end;
  }
}

/** A letter with its marks, cheaply where the next character is no mark; the grapheme rules otherwise. */
function clusterOf(text: string, at: number): number {
  const kind = classOf(text.charCodeAt(at));
  const next = at + 1 < text.length ? classOf(text.charCodeAt(at + 1)) : SEPARATOR;
  if ((kind === LETTER || kind === FORMAT || kind === SEPARATOR) && (next === LETTER || next === SEPARATOR)) return at + 1;
  return clusterEnd(text, at);
}

function canonicalLetters(text: string, put: Parameters<Pass>[1]): void {
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    const code = character.charCodeAt(0);
    const digit = digitValue(code);
    if (character === TATWEEL) continue;
    if (digit >= 0) put(String(digit), i, i + 1);
    else if (character === HIGH_HAMZA) put(HAMZA_ABOVE, i, i + 1);
    else if ((code >= 0xfb50 && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc)) {
      const letters = presentationForm(character);
      // اﷲ has one alef.
      put(character === ALLAH && lastLetterBefore(text, i) === ALEF ? letters.slice(1) : letters, i, i + 1);
    } else put(CANONICAL.get(character) ?? character, i, i + 1);
  }
}

/** The letter before `at`, marks left out, as its own letter where it is a presentation form; nothing if a sign stands there. */
function lastLetterBefore(text: string, at: number): string {
  let before = at - 1;
  while (before >= 0 && classOf(text.charCodeAt(before)) === MARK) before -= 1;
  return before >= 0 && classOf(text.charCodeAt(before)) === LETTER ? foldLetters(text, before, before + 1).letters : '';
}

function presentationForm(character: string): string {
  const words = ligatureWords(character);
  if (words !== undefined) return words;
  if (foldKind(character.charCodeAt(0)) === 0) return character;
  return Array.from(character.normalize('NFKC').replace(/[ \u0640]/g, ''), (c) => CANONICAL.get(c) ?? c).join('');
}

/** ھ after a letter it cannot aspirate is ہ. Marks between the two do not count. */
function unaspirate(text: string, put: Parameters<Pass>[1]): void {
  let before = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    const letter = character === HEH_DOACHASHMEE && !(before !== '' && ASPIRABLE.includes(before)) ? HEH_GOAL : character;
    put(letter, i, i + 1);
    const kind = classOf(character.charCodeAt(0));
    if (kind !== MARK) before = kind === LETTER ? letter : '';
  }
}

/** The search level looks at whole words, for ئ and for the silent hamza at the end. */
function searchWords(text: string, put: Parameters<Pass>[1]): void {
  for (let at = 0; at < text.length; ) {
    const kind = classOf(text.charCodeAt(at));
    let end = at + 1;
    if (kind === LETTER || kind === LATIN) {
      while (end < text.length && (classOf(text.charCodeAt(end)) === kind || classOf(text.charCodeAt(end)) === MARK)) end += 1;
    }
    if (kind === LETTER) {
      const { letters, sources } = foldLetters(text, at, end);
      for (let i = 0; i < letters.length; i += 1) {
        const from = sources[i] ?? at;
        put(letters[i] ?? '', from, i + 1 < letters.length ? Math.max(from + 1, sources[i + 1] ?? end) : end);
      }
    } else if (kind === LATIN) {
      put(latinTerm(text.slice(at, end)) || text.slice(at, end), at, end);
    } else {
      put(text.slice(at, end), at, end);
    }
    at = end;
  }
}
