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
 * NFC last: folding U+0647 gives U+06C1 before a hamza, which must become U+06C2 as if it had been typed so.
 * Each level is idempotent, and canonical and search start from what the level before them gives.
 */
import { classOf, clusterEnd, digitValue, FORMAT, LATIN, LETTER, MARK, SEPARATOR } from './classes.js';
import { foldKind, foldLetters, isDropped, letterTable } from './fold.js';
import { latinTerm } from './latin.js';
import { ASPIRABLE, FARSI_YEH, HAMZA_ABOVE, HEH_DOACHASHMEE, HEH_GOAL, TATWEEL, YEH_HAMZA, ZWNJ } from './letters.js';
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
export const normalize = (text: string, level: NormalizationLevel): string => build(text, level).text;

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

function build(text: string, level: NormalizationLevel): Built {
  const out: Built = { text: '', starts: [], ends: [] };
  const put = (piece: string, start: number, end: number): void => {
    out.text += piece;
    for (let i = 0; i < piece.length; i += 1) {
      out.starts.push(start);
      out.ends.push(end);
    }
  };
  let before = ''; // the last letter put, for ھ
  for (let at = 0; at < text.length; ) {
    const end = clusterOf(text, at);
    let piece = exact(text.slice(at, end));
    if (level !== 'exact') {
      piece = canonical(piece, before);
      const letter = lastLetter(piece);
      if (letter !== undefined) before = letter;
      else if (piece !== '') before = '';
    }
    if (level === 'search') piece = searchSigns(piece);
    put(piece, at, end);
    at = end;
  }
  return level === 'search' ? searchWords(out) : out;
}

/** A letter with its marks, cheaply where the next character is no mark; the grapheme rules otherwise. */
function clusterOf(text: string, at: number): number {
  const kind = classOf(text.charCodeAt(at));
  const next = at + 1 < text.length ? classOf(text.charCodeAt(at + 1)) : SEPARATOR;
  if ((kind === LETTER || kind === FORMAT) && next === LETTER) return at + 1;
  return clusterEnd(text, at);
}

function exact(cluster: string): string {
  if (cluster.length === 1 && cluster !== ZWNJ && !isInvisible(cluster)) return cluster.normalize('NFC');
  let text = '';
  for (const character of cluster) {
    if (character === ZWNJ) text += ' ';
    // An emoji sequence is held together by joiners: they stay there.
    else if (!isInvisible(character) || (character === '\u200D' && !/[\u0600-\u06FF]/.test(cluster) && cluster.length > 1)) text += character;
  }
  return composed(text);
}

const isInvisible = (character: string): boolean => character !== TATWEEL && !/^\p{M}$/u.test(character) && !/[\u06E5\u06E6\u08C9]/.test(character) && isDropped(character);

/** NFC, and what it leaves: U+06CC + hamza is ئ to every reader, whichever marks stand between. */
function composed(text: string): string {
  let nfc = text.normalize('NFC');
  if (nfc.includes(HAMZA_ABOVE) && nfc.startsWith(FARSI_YEH)) nfc = (YEH_HAMZA + nfc.slice(1).replace(HAMZA_ABOVE, '')).normalize('NFC');
  return nfc;
}

function canonical(cluster: string, before: string): string {
  let text = '';
  for (const character of cluster) {
    const code = character.charCodeAt(0);
    if (character === TATWEEL) continue;
    const digit = digitValue(code);
    if (digit >= 0) text += String(digit);
    else if ((code >= 0xfb50 && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc)) text += presentationForm(character);
    else text += CANONICAL.get(character) ?? character;
  }
  text = composed(text);
  if (text.startsWith(HEH_DOACHASHMEE) && !ASPIRABLE.includes(before || ' ')) text = HEH_GOAL + text.slice(1);
  return text;
}

function presentationForm(character: string): string {
  const words = ligatureWords(character);
  if (words !== undefined) return words;
  if (foldKind(character.charCodeAt(0)) === 0) return character;
  return Array.from(character.normalize('NFKC').replace(/[ \u0640]/g, ''), (c) => CANONICAL.get(c) ?? c).join('');
}

const lastLetter = (piece: string): string | undefined => {
  for (let i = piece.length - 1; i >= 0; i -= 1) if (classOf(piece.charCodeAt(i)) === LETTER) return piece[i];
  return undefined;
};

/** Signs at the search level: nothing but letters loses its marks. */
const searchSigns = (piece: string): string => (piece.length > 0 && classOf(piece.charCodeAt(0)) === MARK ? '' : piece);

/** The search level looks at whole words, for ھ, ئ and the silent hamza at the end. */
function searchWords(canonicalText: Built): Built {
  const { text, starts, ends } = canonicalText;
  const out: Built = { text: '', starts: [], ends: [] };
  for (let at = 0; at < text.length; ) {
    const kind = classOf(text.charCodeAt(at));
    let end = at + 1;
    if (kind === LETTER || kind === LATIN) {
      while (end < text.length && (classOf(text.charCodeAt(end)) === kind || classOf(text.charCodeAt(end)) === MARK)) end += 1;
    }
    if (kind === LETTER) {
      const { letters, sources } = foldLetters(text, at, end);
      out.text += letters;
      for (let i = 0; i < letters.length; i += 1) {
        const from = sources[i] ?? at;
        out.starts.push(starts[from] ?? 0);
        out.ends.push(ends[i + 1 < letters.length ? Math.max(from, (sources[i + 1] ?? end) - 1) : end - 1] ?? 0);
      }
    } else {
      const piece = kind === LATIN ? latinTerm(text.slice(at, end)) || text.slice(at, end) : text.slice(at, end);
      out.text += piece;
      for (let i = 0; i < piece.length; i += 1) {
        out.starts.push(starts[kind === LATIN ? Math.min(at + i, end - 1) : at + i] ?? 0);
        out.ends.push(ends[i === piece.length - 1 ? end - 1 : Math.min(at + i, end - 1)] ?? 0);
      }
    }
    at = end;
  }
  return out;
}

