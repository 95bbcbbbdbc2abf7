/**
 * The letter fold: from any way to type a word to the letters of its term, letter by letter, with the way back.
 *
 * Three kinds of knowledge, in three places: which letter becomes which (data/letters.tsv), what a presentation form stands for (NFKC),
 * and the few rules that must look at the neighbours (here, in `foldLetters`).
 */
import {
  ALEF,
  ALEF_HAMZA,
  ALLAH,
  ASPIRABLE,
  DAGGER_ALEF,
  FARSI_YEH,
  HAMZA,
  HAMZA_ABOVE,
  HEH_DOACHASHMEE,
  HEH_GOAL,
  HIGH_HAMZA,
  LAM,
  MEEM,
  NOON_GHUNNA,
  SEEN,
  TERM_LETTERS,
  THAL,
  WAW,
  WAW_HAMZA,
  YEH_BARREE,
} from './letters.js';
import { LETTERS } from './tables.generated.js';

/** In `foldOf`: this code unit is no part of any Urdu word. */
export const NOT_A_LETTER = 0;
/** In `foldOf`: inside a word it vanishes (marks, tatweel, bidi controls). */
export const DROPPED = 1;
/** In `foldOf`: becomes several letters; see `expansionOf`. */
const SEVERAL = 2;

const YEH = FARSI_YEH.charCodeAt(0);
const BARREE = YEH_BARREE.charCodeAt(0);
const GHUNNA = NOON_GHUNNA.charCodeAt(0);
const HEH = HEH_GOAL.charCodeAt(0);
const DOACHASHMEE = HEH_DOACHASHMEE.charCodeAt(0);
const LONE_HAMZA = HAMZA.charCodeAt(0);
const HAMZA_MARK = HAMZA_ABOVE.charCodeAt(0);
const HIGH_HAMZA_MARK = HIGH_HAMZA.charCodeAt(0);
const DAGGER = DAGGER_ALEF.charCodeAt(0);
const ALEF_CODE = ALEF.charCodeAt(0);
const LAM_CODE = LAM.charCodeAt(0);
const THAL_CODE = THAL.charCodeAt(0);
const WAW_CODE = WAW.charCodeAt(0);
const ALLAH_CODE = ALLAH.charCodeAt(0);
const WAW_HAMZA_CODE = WAW_HAMZA.charCodeAt(0);
const ALEF_HAMZA_CODE = ALEF_HAMZA.charCodeAt(0);
const SEEN_CODE = SEEN.charCodeAt(0);
const MEEM_CODE = MEEM.charCodeAt(0);
const YEH_BARREE_HAMZA_CODE = 0x06d3;

/** Code unit → code unit of the term, or one of the three above. 128 KB, so that the inner loop is one array read. */
const foldOf = new Uint16Array(0x10000);
const expansionOf = new Map<number, readonly number[]>();
/** Letters that carry a hamza over yeh: ئ, ۓ and their forms. A yeh from these is remembered, see `foldLetters`. */
const carriesYehHamza = new Set<number>();
const aspirable = new Uint8Array(0x10000);
for (const letter of ASPIRABLE) aspirable[letter.charCodeAt(0)] = 1;

/** Letter table at one level, to single steps: 064A → 06CC. Used by the normalizer, which applies the levels one by one. */
export function letterTable(level: 'canonical' | 'search'): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const row of LETTERS.split('\n')) {
    const [from = '', to = '', at] = row.split('\t');
    if (at === level) table.set(fromHex(from), fromHex(to));
  }
  return table;
}

const fromHex = (codes: string): string => String.fromCharCode(...codes.split(' ').map((code) => Number.parseInt(code, 16)));

const INVISIBLE = /[\u00AD\u061C\u180E\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/;
/** Signs that Unicode calls letters (Lm) but that only guide recitation. */
const QURANIC_LETTER_SIGNS = /[\u06E5\u06E6\u08C9]/;

/** True for what vanishes inside a word: every mark of the Arabic script, tatweel, joiners, bidi and zero-width characters. */
export const isDropped = (character: string): boolean =>
  character === '\u0640' ||
  character === '\u200D' ||
  character === HIGH_HAMZA ||
  INVISIBLE.test(character) ||
  QURANIC_LETTER_SIGNS.test(character) ||
  /^\p{M}$/u.test(character);

function fillTables(): void {
  const canonical = letterTable('canonical');
  const search = letterTable('search');
  // Two passes of "search" because a canonical fold may give a letter that search folds (ۓ → ئے → یے).
  const fold = (letters: string): string =>
    Array.from(Array.from(letters, (c) => canonical.get(c) ?? c).join(''), (c) => search.get(c) ?? c).join('');
  const put = (from: number, to: string): void => {
    if (to.length === 1) foldOf[from] = to.charCodeAt(0);
    else {
      foldOf[from] = SEVERAL;
      expansionOf.set(
        from,
        Array.from(to, (c) => c.charCodeAt(0)),
      );
    }
  };
  for (const letter of TERM_LETTERS) put(letter.charCodeAt(0), fold(letter));
  for (const letter of canonical.keys()) put(letter.charCodeAt(0), fold(letter));
  for (const letter of search.keys()) put(letter.charCodeAt(0), fold(letter));
  for (const [first, last] of [
    [0xfb50, 0xfdff],
    [0xfe70, 0xfefc],
  ] as const) {
    for (let code = first; code <= last; code += 1) {
      const parts = Array.from(String.fromCharCode(code).normalize('NFKC'));
      const letters = fold(parts.join(''))
        .replace(/[^\u0621-\u06D2]/g, '')
        .replace(/[\u0640\u064B-\u065F\u0670]/g, '');
      const isLigatureOfWords = parts.includes(' ') && letters.length > 3;
      if (letters.length > 0 && !isLigatureOfWords && Array.from(letters).every((c) => TERM_LETTERS.includes(c))) put(code, letters);
      else if (/^\p{L}$/u.test(String.fromCharCode(code)) && !isLigatureOfWords) foldOf[code] = DROPPED;
      if (parts.some((c) => c === '\u0626')) carriesYehHamza.add(code);
    }
  }
  carriesYehHamza.add(0x0626).add(0x06d3).add(0x0678);
  for (let code = 0; code < 0x10000; code += 1) {
    if (foldOf[code] !== NOT_A_LETTER || (code >= 0x3400 && code < 0xfb00)) continue;
    if (isDropped(String.fromCharCode(code))) foldOf[code] = DROPPED;
  }
}
fillTables();

/** What becomes of one code unit inside an Urdu word: `NOT_A_LETTER`, `DROPPED`, or anything above: a letter (or several). */
export const foldKind = (code: number): number => foldOf[code] ?? NOT_A_LETTER;

/** A folded word and, for each of its letters, the index in the source it came from. Valid until the next call. */
export interface Folded {
  letters: string;
  /** `sources[i]`: index in the given text of the code unit that gave letter i. */
  sources: Int32Array;
}

let codes = new Uint16Array(256);
const folded: Folded = { letters: '', sources: new Int32Array(256) };

function makeRoom(length: number): void {
  if (length <= codes.length) return;
  codes = new Uint16Array(length * 2);
  folded.sources = new Int32Array(length * 2);
}

/**
 * Folds `text.slice(start, end)`, one Urdu word. Characters that are no letters are dropped. The result object is reused.
 *
 * The rules that look at neighbours, each with the word that needs it:
 *  - ھ after a letter it cannot aspirate is ہ: انھوں = انہوں. After ک it stays: کھا is not کہا.
 *  - ے with a combining hamza is یے, as ۓ is: NFD would otherwise split گۓ from گئے.
 *  - ء before ی or ے is the hamza that ئ carries: کوءی = کوئی.
 *  - ی + ئ + ے is یے: لیئے = لیے. Not ئ + ی + ے: آئیے (please come) would become آئے (came).
 *  - ے before ں is ی: ہےں = ہیں.
 *  - ء at the end is silent: علماء = علما. Not a lone ء: a term is never empty.
 *  - ئ + و inside a word is ؤ, and so is ءو before ں: گائوں = گاءوں = گاؤں. Not ئیو: بھائیو (brothers!). Not at the beginning, where Uyghur writes ئو.
 *  - the hamza of ؤ before the و that it stands on, and ءو behind a consonant, are that و: مسؤول = مسءول = مسئول, رؤوف = رءوف = رؤف. Not before ں: سوؤں. A bare وو is left: کووڈ is not کوڈ.
 *  - the hamza of ؤ written behind it, at the beginning of a participle: موءثر = مؤثر. Not سوءظن, which is two words.
 *  - أ between س and ل is ئ: مسألہ = مسئلہ, not مسالہ (spice). Any other أ is ا, as Urdu writes it: جرأت = جرات, تأثر = تاثر.
 *  - ﷲ behind an alef has none of its own: اﷲ = اللہ.
 *  - a dagger alef may be a whole alef: see `isDaggerAlef`.
 */
export function foldLetters(text: string, start = 0, end = text.length): Folded {
  // An expansion is at most 8 letters (U+FDFB and the like are no letters of a word), the usual one is 1.
  makeRoom((end - start) * 8);
  let n = 0;
  let hamzaYehAt = -9;
  let hamzaSeatAt = -9;
  for (let i = start; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    let code = foldOf[unit] ?? 0;
    if (code <= DROPPED) {
      if (isHamzaMark(unit) && n > 0) {
        if (codes[n - 1] === YEH) hamzaYehAt = n - 1;
        else hamzaSeatAt = n - 1;
      } else if (unit === DAGGER && isDaggerAlef(text, i + 1, end, n)) {
        n = pushLetter(n, ALEF_CODE, i);
      }
      continue;
    }
    n = seatedHamza(n, code, hamzaSeatAt);
    if (unit === WAW_HAMZA_CODE || unit === ALEF_HAMZA_CODE) hamzaSeatAt = n;
    if (code === SEVERAL) {
      const parts = expansionOf.get(unit) ?? [];
      const isAfterAlef = unit === ALLAH_CODE && n > 0 && codes[n - 1] === ALEF_CODE;
      for (const part of isAfterAlef ? parts.slice(1) : parts) {
        if (part === BARREE) n = pushBarree(n, hamzaYehAt, i);
        else if (part === YEH) n = pushYeh(n, i);
        else if (part === WAW_CODE) n = pushWaw(n, hamzaYehAt, i);
        else n = pushLetter(n, part, i);
        if (part === YEH && carriesYehHamza.has(unit)) hamzaYehAt = n - 1;
      }
      continue;
    }
    if (code === YEH) {
      n = pushYeh(n, i);
      if (unit !== YEH && carriesYehHamza.has(unit)) hamzaYehAt = n - 1;
      continue;
    }
    if (code === BARREE) {
      if (hamzaFollows(text, i + 1, end)) {
        n = pushYeh(n, i);
        hamzaYehAt = n - 1;
      }
      n = pushBarree(n, hamzaYehAt, i);
      continue;
    }
    if (code === WAW_CODE) {
      n = pushWaw(n, hamzaYehAt, i);
      continue;
    }
    if (code === GHUNNA) n = readyForGhunna(n);
    if (code === DOACHASHMEE && (n === 0 || aspirable[codes[n - 1] ?? 0] === 0)) code = HEH;
    n = pushLetter(n, code, i);
  }
  while (n > 1 && codes[n - 1] === LONE_HAMZA) n -= 1;
  folded.letters = lettersOf(n);
  return folded;
}

/**
 * A hamza that stands before or behind the و that is its seat, and the أ of مسألہ, once it is known that another letter (`next`) follows. `seatAt` is the last letter that a hamza was written over.
 *
 * @returns how many letters there are then
 */
function seatedHamza(n: number, next: number, seatAt: number): number {
  const last = codes[n - 1];
  const before = codes[n - 2];
  if (last === WAW_CODE && n > 2) {
    if (before === WAW_CODE && seatAt === n - 2 && next !== GHUNNA) return n - 1;
    if (before === LONE_HAMZA && isConsonant(codes[n - 3] as number)) {
      codes[n - 2] = WAW_CODE;
      return n - 1;
    }
  }
  if (last === LONE_HAMZA && n === 3 && before === WAW_CODE && codes[0] === MEEM_CODE && next !== YEH && next !== BARREE) return n - 1;
  if (last === ALEF_CODE && n > 2 && before === SEEN_CODE && seatAt === n - 1 && next === LAM_CODE) codes[n - 1] = YEH;
  return n;
}

/** Behind these a hamza ends a word (پردہءوطن), or is a letter of its own. */
const isConsonant = (code: number): boolean =>
  code !== ALEF_CODE && code !== WAW_CODE && code !== YEH && code !== HEH && code !== BARREE && code !== GHUNNA;

function pushLetter(n: number, code: number, source: number): number {
  codes[n] = code;
  folded.sources[n] = source;
  return n + 1;
}

/** What stands before ں: ے never does (ہےں is ہیں, typed with the wrong yeh); ءو is ؤ (گاءوں). */
function readyForGhunna(n: number): number {
  if (n > 0 && codes[n - 1] === BARREE) codes[n - 1] = YEH;
  if (n <= 3 || codes[n - 1] !== WAW_CODE || codes[n - 2] !== LONE_HAMZA || codes[n - 3] !== ALEF_CODE) return n;
  codes[n - 2] = WAW_CODE;
  return n - 1;
}

/** True if a combining hamza stands among the marks from `start` on: ے with it is ۓ, decomposed. */
function hamzaFollows(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    if (isHamzaMark(unit)) return true;
    if (foldOf[unit] !== DROPPED) return false;
  }
  return false;
}

const isHamzaMark = (unit: number): boolean => unit === HAMZA_MARK || unit === HIGH_HAMZA_MARK;

/**
 * True if a dagger alef behind `n` letters, before what begins at `next`, is the alef of everyday spelling: سلیمٰن = سلیمان, مٰلک = مالک.
 * Not where everyday spelling has none:
 *  - at the end, and before ی or ے: اعلیٰ, اعلٰی. But اسرٰئیل is اسرائیل.
 *  - beside an alef: اٰدم is آدم. Behind ے or ں, which end words.
 *  - over a waw before the last ۃ or ہ, and before such a waw: زکوٰۃ, صلٰوۃ. But سمٰوٰت is سماوات.
 *  - between ل and ہ: اللٰہ, الٰہی. Before ذ: لہٰذا.
 * The table of spellings has what is left: علیٰحدہ is علیحدہ, not علیاحدہ, though قیٰمت is قیامت.
 */
function isDaggerAlef(text: string, next: number, end: number, n: number): boolean {
  let at = next;
  while (at < end && (foldOf[text.charCodeAt(at)] ?? 0) <= DROPPED) at += 1;
  if (n === 0 || at === end) return false;
  const unit = text.charCodeAt(at);
  const code = foldOf[unit] ?? 0;
  const letter = code === SEVERAL ? (expansionOf.get(unit)?.[0] ?? 0) : code;
  const before = codes[n - 1] ?? 0;
  const isYehHamza = letter === YEH && unit !== YEH_BARREE_HAMZA_CODE && (carriesYehHamza.has(unit) || hamzaFollows(text, at + 1, end));
  if ((letter === YEH && !isYehHamza) || letter === BARREE || letter === THAL_CODE || letter === ALEF_CODE) return false;
  if (before === ALEF_CODE || before === BARREE || before === GHUNNA || (before === LAM_CODE && letter === HEH)) return false;
  if (letter === WAW_CODE) return !isLastHehOrNone(text, at + 1, end);
  return !(before === WAW_CODE && letter === HEH && isLastHehOrNone(text, at, end));
}

/** Whether nothing follows, or nothing but a ہ. */
function isLastHehOrNone(text: string, start: number, end: number): boolean {
  let letters = 0;
  for (let i = start; i < end; i += 1) {
    const code = foldOf[text.charCodeAt(i)] ?? 0;
    if (code <= DROPPED) continue;
    letters += 1;
    if (letters > 1 || code !== HEH) return false;
  }
  return true;
}

/** A waw behind the hamza of ئ makes ؤ with it. The ئ itself must not be the first letter, nor stand behind another ی: بھایئوں is بھائیوں. */
function pushWaw(n: number, hamzaYehAt: number, source: number): number {
  if (n > 1 && hamzaYehAt === n - 1 && codes[n - 1] === YEH && codes[n - 2] !== YEH) {
    codes[n - 1] = WAW_CODE;
    return n;
  }
  return pushLetter(n, WAW_CODE, source);
}

function pushYeh(n: number, source: number): number {
  for (let i = n - 1; i >= 0 && codes[i] === LONE_HAMZA; i -= 1) codes[i] = YEH;
  codes[n] = YEH;
  folded.sources[n] = source;
  return n + 1;
}

function pushBarree(n: number, hamzaYehAt: number, source: number): number {
  let last = n - 1;
  let hamza = hamzaYehAt;
  if (last >= 0 && codes[last] === LONE_HAMZA) {
    for (let i = last; i >= 0 && codes[i] === LONE_HAMZA; i -= 1) codes[i] = YEH;
    hamza = last;
  }
  if (last >= 1 && hamza === last && codes[last] === YEH && codes[last - 1] === YEH) last -= 1;
  codes[last + 1] = BARREE;
  folded.sources[last + 1] = source;
  return last + 2;
}

function lettersOf(n: number): string {
  if (n <= 4096) return String.fromCharCode.apply(null, codes.subarray(0, n) as unknown as number[]);
  const parts: string[] = [];
  for (let i = 0; i < n; i += 4096)
    parts.push(String.fromCharCode.apply(null, codes.subarray(i, Math.min(n, i + 4096)) as unknown as number[]));
  return parts.join('');
}

/** The folded letters alone: `foldWord('كيۓ')` is `کیے`. */
export const foldWord = (word: string): string => foldLetters(word).letters;
