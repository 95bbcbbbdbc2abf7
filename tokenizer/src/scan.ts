/**
 * The one scan over a text: finds words, numbers, addresses, emoji and sentence ends, and tells a sink about each.
 *
 * Invariant: whenever the loop looks at `at`, no grapheme cluster reaches over it (or what reaches over it is no token). Letters take
 * the marks behind them along, everything unusual goes through the grapheme rules. So no token edge ever cuts a cluster.
 * Each code unit is read a bounded number of times: looking ahead is limited in length or consumes what it saw.
 */
import { belowZero, isOfDegrees, isSignedAt, saysMinus } from './below-zero.js';
import {
  classOf,
  classTable,
  clusterEnd,
  DIGIT,
  FORMAT,
  isExtending,
  LATIN,
  LETTER,
  MARK,
  NON_JOINER,
  OTHER,
  SEPARATOR,
  SPECIAL,
  STOP,
  TAG,
} from './classes.js';
import { foldWord } from './fold.js';
import { type ChainKind, latinTerm, readChain } from './latin.js';
import { isLetterName } from './letter-names.js';
import { readNumber, vulgarFraction } from './numbers.js';
import { ligatureTerm, opensFormula, readFormula } from './phrases.js';
import { readAs } from './signs.js';
import type { TokenType } from './types.js';
import { type Word, WordCache } from './word.js';

/** Who is told what the scan finds, in reading order. */
export interface Sink {
  /** A word in Urdu letters; `type` is `word`, or `hashtag` inside one. */
  word(word: Word, start: number, end: number, type: TokenType): void;
  /** Anything else: its term is its root unless told. */
  token(term: string, start: number, end: number, type: TokenType, root?: string): void;
  /** A sentence has ended. May come twice, before the first word and after the last. */
  sentenceEnd(): void;
}

const SPACE = 0x20;
const UNDERSCORE = 0x5f;
const HASH = 0x23;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** U+0600 to U+06FF: where all letters and nearly all marks of Urdu are. */
const ARABIC_BLOCK = 0x0600;
/** How many low bytes two integers hold. */
const PACKED_LETTERS = 8;
const FULL_STOP = 0x06d4;
const DOT = 0x2e;

/** How much was read, in code units, for the law that n times the text costs n times as much. */
export interface Effort {
  steps: number;
}

/** Code units of the text being scanned, with one more, 0, behind the last: reading a typed array costs a third of `charCodeAt`. */
let shared = new Uint16Array(1 << 14);
let sharedIsTaken = false;

/** Longer texts get an array of their own, which is let go afterwards. 2 MB. */
const LONGEST_SHARED = 1 << 20;

/** Scans `text` and tells `sink`. */
export function scan(text: string, words: WordCache, sink: Sink, effort?: Effort): void {
  const room = text.length + 1;
  // A sink that scans in its turn must not write over the text of the first.
  const mayShare = !sharedIsTaken && room <= LONGEST_SHARED;
  if (mayShare && room > shared.length) shared = new Uint16Array(Math.min(LONGEST_SHARED, room * 2));
  const units = mayShare ? shared : new Uint16Array(room);
  for (let i = 0; i < text.length; i += 1) units[i] = text.charCodeAt(i);
  units[text.length] = 0;
  sharedIsTaken ||= mayShare;
  try {
    const steps = new Scanner(text, units, words, sink).run();
    if (effort) effort.steps += steps;
  } finally {
    if (mayShare) sharedIsTaken = false;
  }
}

/**
 * The state of one scan. `run` is kept to what nearly every word needs (letters, then a space); everything else is in `other`,
 * a call away: in one function the compiler spills registers and words cost twice as much (measured).
 */
class Scanner {
  private steps: number;
  /** What words are here: `hashtag` or `mention` after the sign, until a space. */
  private type: TokenType = 'word';
  /** The word that ended at `lastEnd`, if it was one. */
  private last: Word | undefined;
  private lastEnd = -1;
  /** The Latin word that ended at `lastEnd`, if it was one. */
  private lastLatin = '';
  /** A full stop inside an abbreviation was just passed. */
  private inAbbreviation = false;

  constructor(
    private readonly text: string,
    private readonly units: Uint16Array,
    private readonly words: WordCache,
    private readonly sink: Sink,
  ) {
    this.steps = text.length;
  }

  run(): number {
    const { units, words, sink, text } = this;
    const length = text.length;
    let at = 0;
    let steps = 0;
    while (at < length) {
      const unit = units[at] as number;
      if ((classTable[unit] as number) === LETTER) {
        const start = at;
        let low = 0;
        let high = 0;
        let outside = 0;
        let next = unit;
        // The innermost loop: letters and marks, which is all that most words have, packed for the cache.
        do {
          high = (high << 8) | (low >>> 24);
          low = (low << 8) | (next & 0xff);
          outside |= next ^ ARABIC_BLOCK;
          at += 1;
          next = units[at] as number;
        } while ((classTable[next] as number) <= MARK);
        steps += 2 * (at - start);
        let end = at;
        if (next !== SPACE && !endsWord(next)) {
          end = wordEnd(text, at);
          if (end > at) outside = 0x100;
          steps += 2 * (end - at);
          at = end;
        }
        const word =
          outside > 0xff || end - start > PACKED_LETTERS ? words.get(units, start, end) : words.getPacked(low, high, units, start, end);
        if (word.opensPhrase) at = this.formula(word, start, at);
        else sink.word(word, start, at, this.type);
        this.last = word;
        this.lastEnd = at;
        if (next === SPACE && (units[at] as number) === SPACE) {
          this.type = 'word';
          at += 1;
        }
      } else if (unit === SPACE) {
        this.type = 'word';
        at += 1;
      } else {
        const from = at;
        at = this.other(at, unit);
        steps += at - from;
      }
    }
    return this.steps + steps;
  }

  /** A word that may open a formula (صلی): the whole formula if it follows, as one token. */
  private formula(word: Word, start: number, end: number): number {
    this.steps += 80;
    const formula = this.type === 'word' ? readFormula(this.text, word.letters, end) : undefined;
    if (!formula) {
      this.sink.word(word, start, end, this.type);
      return end;
    }
    const at = extendedEnd(this.text, formula.end);
    this.sink.token(formula.term, start, at, 'word');
    this.inAbbreviation = false;
    return at;
  }

  /** Whatever is no plain word, at `at`; gives where to go on. */
  private other(at: number, unit: number): number {
    switch (classOf(unit)) {
      case LETTER:
        // Its class was not known yet; now it is.
        return at;
      case DIGIT:
        return this.number(at);
      case LATIN:
        return this.latin(at);
      case STOP:
        return this.stop(at, unit);
      case TAG:
        return this.tag(at, unit);
      case OTHER: {
        const fraction = vulgarFraction(this.text[at] ?? '');
        const end = fraction === undefined ? otherEnd(this.text, at) : markedEnd(this.text, at + 1);
        if (fraction !== undefined) {
          this.sink.token(fraction, at, end, 'number');
          return this.ended(end, '');
        }
        this.sink.token(otherTerm(this.text.slice(at, end)), at, end, 'other');
        return this.ended(end, '');
      }
      case SPECIAL: {
        const cluster = clusterEnd(this.text, at);
        this.steps += 32 + 2 * (cluster - at);
        return this.ended(scanSpecial(this.text, this.units, at, cluster, this.type, this.words, this.sink), '');
      }
      default:
        // Signs. An underscore is what hashtags have for a space; marks and controls here belong to no word.
        if (unit !== UNDERSCORE) this.type = 'word';
        if (mayBeRead(unit)) return this.sign(at);
        if (classOf(unit) === SEPARATOR) this.inAbbreviation = false;
        return at + 1;
    }
  }

  /** A sign that is read as a word, or one that is not. */
  private sign(at: number): number {
    const word = readAs(this.text[at] ?? '');
    if (word === undefined) return at + 1;
    const end = markedEnd(this.text, at + 1);
    this.sink.token(word.term, at, end, 'word', word.root);
    this.inAbbreviation = false;
    return this.ended(end, '');
  }

  /** A token that is no Urdu word has ended. */
  private ended(at: number, latin: string): number {
    this.last = undefined;
    this.lastEnd = at;
    this.lastLatin = latin;
    return at;
  }

  private number(at: number): number {
    const { text, type } = this;
    const number = readNumber(text, at);
    const { term } = number;
    const end = markedEnd(text, yearSignEnd(text, number.end));
    this.steps += end - at;
    const isSigned = isSignedAt(text, at);
    if (type === 'word' && (isSigned || this.isBehindMinus(at)) && isOfDegrees(text, end))
      this.sink.token(belowZero(term), isSigned ? at - 1 : at, end, 'number');
    else this.sink.token(term, at, end, type === 'word' ? 'number' : type);
    return this.ended(end, '');
  }

  /** Whether the word before says minus, with one space between or none. */
  private isBehindMinus(at: number): boolean {
    const { last, lastEnd, units } = this;
    return last !== undefined && (lastEnd === at || (lastEnd === at - 1 && units[lastEnd] === SPACE)) && saysMinus(last.letters);
  }

  private latin(at: number): number {
    const { text, type, sink } = this;
    const currency = type === 'word' ? currencyEnd(text, at) : at;
    if (currency > at) return this.currency(at, currency);
    let end = latinEnd(text, at);
    const next = text.charCodeAt(end);
    if (type === 'word' && isChainSign(next) && isAscii(text, at, end)) {
      const chain = readChain(text, at);
      if (chain.end > end) {
        this.steps += 3 * (chain.end - at);
        // An accented letter goes on where the chain ends: no address, and the same whether it is composed or not.
        const kind = latinEnd(text, chain.rawEnd) > chain.rawEnd ? 'words' : chain.kind;
        return this.ended(scanChain(text, at, chain.end, kind, sink), kind === 'abbreviation' ? 'a' : '');
      }
    } else if (isApostrophe(next) && classOf(text.charCodeAt(end + 1)) === LATIN) {
      end = latinEnd(text, end + 1);
    }
    this.steps += end - at;
    const term = latinTerm(text.slice(at, end));
    const word = type === 'word' && term.length <= LONGEST_READ ? readAs(term) : undefined;
    if (word !== undefined) sink.token(word.term, at, end, 'word', word.root);
    else if (term !== '') sink.token(term, at, end, type === 'word' ? 'latin' : type);
    else sink.token(otherTerm(text.slice(at, end)), at, end, 'other');
    return this.ended(end, term);
  }

  /** Rs of Rs500 and Rs.1,200; the sum behind it is read as any number. */
  private currency(at: number, end: number): number {
    const word = readAs(this.text.slice(at, end).toLowerCase());
    if (word !== undefined) this.sink.token(word.term, at, end, 'word', word.root);
    this.inAbbreviation = false;
    this.ended(end, '');
    return this.text.charCodeAt(end) === DOT ? end + 1 : end;
  }

  private stop(at: number, unit: number): number {
    const { text, last } = this;
    const isAfterToken = this.lastEnd === at;
    if (unit === FULL_STOP && last?.isLetterName && isAfterToken) {
      this.steps += 10;
      if (startsLetterName(text, at + 1)) this.inAbbreviation = true;
      else if (this.units[at + 1] === SPACE && (this.inAbbreviation || last.letters.length === 1)) this.inAbbreviation = false;
      else this.sink.sentenceEnd();
    } else if (unit === DOT) {
      if (endsSentence(text, at, isAfterToken && !last ? this.lastLatin : '')) this.sink.sentenceEnd();
    } else if (unit === LINE_FEED || unit === CARRIAGE_RETURN) {
      if (isBlankLine(text, at)) this.sink.sentenceEnd();
    } else {
      this.sink.sentenceEnd();
    }
    this.type = 'word';
    return at + 1;
  }

  private tag(at: number, unit: number): number {
    const { text } = this;
    const before = at === 0 ? SEPARATOR : classOf(text.charCodeAt(at - 1));
    const next = at + 1 < text.length ? classOf(text.charCodeAt(at + 1)) : SEPARATOR;
    const opens =
      before !== LATIN && before !== DIGIT && (next === LETTER || next === LATIN || next === OTHER || (next === DIGIT && unit === HASH));
    this.type = opens ? (unit === HASH ? 'hashtag' : 'mention') : 'word';
    return at + 1;
  }
}

/** True for what certainly ends a word without belonging to it: most signs, digits, Latin. */
function endsWord(unit: number): boolean {
  const kind = classOf(unit);
  return kind > MARK && kind !== FORMAT && kind !== NON_JOINER && kind !== SPECIAL;
}

/** The end of a word that goes on behind a character which is neither letter nor mark. Trailing bidi controls are not part of it. */
function wordEnd(text: string, from: number): number {
  let at = from;
  let end = from;
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at));
    if (kind <= MARK) {
      at += 1;
      end = at;
    } else if (kind === FORMAT) {
      at += 1;
    } else if (kind === NON_JOINER) {
      // To a reader a space; to Unicode a part of the grapheme, so the token keeps it at its end.
      return extendedEnd(text, at);
    } else if (kind === SPECIAL) {
      const extended = extendedEnd(text, at);
      if (extended === at) break;
      at = extended;
      end = at;
    } else break;
  }
  return end;
}

/** After marks of any plane: what Unicode attaches to the character before. */
function extendedEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint < 0x300 || !isExtending(codePoint)) break;
    at += codePoint > 0xffff ? 2 : 1;
  }
  return at;
}

/** The same, for what is known to be a rare case: a fast no. */
const markedEnd = (text: string, at: number): number => (at < text.length && text.charCodeAt(at) >= 0x300 ? extendedEnd(text, at) : at);

/** 2024ء and 1445ھ: a hamza or heh behind a number and before no letter names the calendar. */
function yearSignEnd(text: string, end: number): number {
  const sign = text.charCodeAt(end);
  if (sign !== 0x0621 && sign !== 0x06be && sign !== 0x06c1 && sign !== 0x0647) return end;
  const next = end + 1 < text.length ? classOf(text.charCodeAt(end + 1)) : SEPARATOR;
  return next === LETTER || next === MARK || next === FORMAT || next === NON_JOINER ? end : end + 1;
}

function latinEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === LATIN || kind === DIGIT || kind === MARK) at += 1;
    else if (kind === NON_JOINER || kind === SPECIAL) {
      const end = extendedEnd(text, at);
      if (end === at) break;
      at = end;
    } else break;
  }
  return at;
}

function otherEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const kind = classOf(unit);
    if (kind === OTHER || kind === MARK) at += 1;
    else if (kind === NON_JOINER || kind === SPECIAL) {
      const end = extendedEnd(text, at);
      if (end > at) at = end;
      else if (isAstralLetter(text.codePointAt(at) ?? 0)) at += 2;
      else break;
    } else break;
  }
  return at;
}

const isAstralLetter = (codePoint: number): boolean => codePoint > 0xffff && /^[\p{L}\p{N}]$/u.test(String.fromCodePoint(codePoint));

/** Letters of the longest abbreviation that is read as a word: PKR. */
const LONGEST_READ = 3;

/** An abbreviation of a currency right before a sum. Not RS485, which is a code; with a full stop capitals are none. US$ anywhere. */
const CURRENCY = /(?:[Rr]s|PKR|pkr|USD|usd|EUR|eur|GBP|gbp)(?=\.?[0-9])|RS(?=\.[0-9])|US\$/y;

/** r, p, u, e, g. */
const BEGINS_CURRENCY: ReadonlySet<number> = new Set([0x72, 0x70, 0x75, 0x65, 0x67]);

/** Where the abbreviation of a currency that begins here ends; `at`: none does. A fast no for most. */
function currencyEnd(text: string, at: number): number {
  const letter = text.charCodeAt(at) | 0x20;
  if (!BEGINS_CURRENCY.has(letter)) return at;
  CURRENCY.lastIndex = at;
  return at + (CURRENCY.exec(text)?.[0].length ?? 0);
}

/** Whether a sign may be read as a word: a fast no for most. $ and %, the Arabic %, and what is neither ASCII nor Arabic. */
const mayBeRead = (unit: number): boolean => unit === 0x24 || unit === 0x25 || unit === 0x066a || (unit > 0x9f && unit >> 8 !== 0x06);

const isChainSign = (unit: number): boolean =>
  unit === DOT || unit === 0x40 || unit === 0x3a || unit === 0x2d || unit === 0x5f || unit === 0x25 || unit === 0x2b;
const isApostrophe = (unit: number): boolean => unit === 0x27 || unit === 0x2019;

function isAscii(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Marks and format characters that do not show in a term; skin tones too: a thumb is a thumb. */
const EMOJI_DRESS = /[\uFE0E\uFE0F\u{1F3FB}-\u{1F3FF}]/gu;

/** The term of a word in another script: compatibility forms resolved, lower case. Nothing is thrown away. */
const otherTerm = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\u200B-\u200D]/g, '') || word;

/** A cluster the class table does not decide: emoji, a number sign with its number, an astral letter, a ligature of words. */
function scanSpecial(text: string, units: Uint16Array, start: number, end: number, type: TokenType, words: WordCache, sink: Sink): number {
  const ligature = ligatureTerm(text[start] ?? '');
  if (ligature !== undefined) {
    sink.token(ligature, start, end, 'word');
    return end;
  }
  const codePoint = text.codePointAt(start) ?? 0;
  if (
    codePoint > 0xffff
      ? isEmoji(codePoint)
      : /^\p{Extended_Pictographic}$/u.test(text[start] ?? '') && (end - start > 1 || /^\p{Emoji_Presentation}$/u.test(text[start] ?? ''))
  ) {
    sink.token(text.slice(start, end).replace(EMOJI_DRESS, '') || text.slice(start, end), start, end, 'emoji');
    return end;
  }
  if (codePoint > 0xffff) {
    if (!isAstralLetter(codePoint)) return end;
    const wordEnd = otherEnd(text, start);
    const word = text.slice(start, wordEnd);
    sink.token(otherTerm(word), start, wordEnd, 'other');
    return wordEnd;
  }
  // A prepended sign (number, year, verse): what it stands before belongs to its cluster.
  let base = start;
  while (base < end && classOf(text.charCodeAt(base)) === SPECIAL && text.charCodeAt(base) < 0xd800) base += 1;
  if (base === end || base === start) return end;
  const kind = classOf(text.charCodeAt(base));
  if (kind === DIGIT) {
    const number = readNumber(text, base);
    const numberEnd = markedEnd(text, Math.max(end, yearSignEnd(text, number.end)));
    sink.token(number.term, start, numberEnd, type === 'word' ? 'number' : type);
    return numberEnd;
  }
  if (kind === LETTER) {
    const word = words.get(units, start, end);
    sink.word(word, start, end, type);
  } else if (kind === LATIN) {
    sink.token(latinTerm(text.slice(base, end)) || otherTerm(text.slice(base, end)), start, end, 'latin');
  } else if (kind === OTHER) {
    sink.token(otherTerm(text.slice(base, end)), start, end, 'other');
  }
  return end;
}

const isEmoji = (codePoint: number): boolean =>
  (codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff) || /^\p{Extended_Pictographic}$/u.test(String.fromCodePoint(codePoint));

/** The parts of an address or of a hyphenated word, one token each; a dotted abbreviation is one token: B.A. = BA. */
function scanChain(text: string, start: number, end: number, kind: ChainKind, sink: Sink): number {
  const stop = latinEnd(text, end);
  if (kind === 'abbreviation') {
    sink.token(text.slice(start, end).replaceAll('.', '').toLowerCase(), start, stop, 'latin');
    return stop;
  }
  let at = start;
  while (at < stop) {
    const partKind = classOf(text.charCodeAt(at));
    if (text.charCodeAt(at) === 0x25 && kind === 'url') {
      // %D8%A7: an escaped byte is no word.
      at += 3;
      continue;
    }
    if (partKind !== LATIN && partKind !== DIGIT) {
      at += 1;
      continue;
    }
    const partStart = at;
    if (partKind === DIGIT && kind === 'words') {
      const number = readNumber(text, at);
      // Not cut where the chain ends: no comma is of a chain, but No.1,200 is one number.
      at = markedEnd(text, number.end);
      sink.token(number.term, partStart, at, 'number');
      continue;
    }
    at = Math.min(latinEnd(text, at), stop);
    const term = latinTerm(text.slice(partStart, at));
    const word = kind === 'words' && term.length <= LONGEST_READ ? readAs(term) : undefined;
    if (word !== undefined) sink.token(word.term, partStart, at, 'word', word.root);
    else if (term !== '') sink.token(term, partStart, at, kind === 'words' ? 'latin' : kind);
  }
  return Math.max(at, stop);
}

/** A dot ends a sentence before a space or the end; not after a single letter (A. Q. Khan) or a title (Dr. Khan). */
function endsSentence(text: string, at: number, latinBefore: string): boolean {
  const next = text.charCodeAt(at + 1);
  const spaceFollows =
    at + 1 >= text.length || next === 0x20 || next === 0x0a || next === 0x0d || next === 0x22 || next === 0x201d || next === 0x29;
  return spaceFollows && !(latinBefore.length === 1 || TITLES.has(latinBefore));
}

const TITLES = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'st', 'no', 'vs', 'jr', 'sr', 'rs', 'lt', 'col', 'gen', 'maj', 'capt']);

/** Two line breaks with nothing but spaces between: a new paragraph. A single one may be a wrapped line or a verse. */
function isBlankLine(text: string, at: number): boolean {
  let next = at + 1;
  if (text.charCodeAt(at) === 0x0d && text.charCodeAt(next) === 0x0a) next += 1;
  while (next < text.length && next - at < 80 && (text.charCodeAt(next) === 0x20 || text.charCodeAt(next) === 0x09)) next += 1;
  return text.charCodeAt(next) === 0x0a || text.charCodeAt(next) === 0x0d;
}

/** True if a letter's name begins at `start` and ends where the next sign stands: آئی of پی۔آئی۔اے. */
function startsLetterName(text: string, start: number): boolean {
  let end = start;
  while (end < text.length && end - start < 10) {
    const kind = classOf(text.charCodeAt(end));
    if (kind !== LETTER && kind !== MARK && kind !== FORMAT) break;
    end += 1;
  }
  return end > start && isLetterName(foldWord(text.slice(start, end)));
}

/** A cache whose words are only folded, for learning a lexicon: cut words would hide what was written joined. */
const foldOnly = (): WordCache =>
  new WordCache((raw) => {
    const letters = foldWord(raw);
    return {
      raw,
      letters,
      term: letters,
      root: letters,
      parts: undefined,
      isLetterName: isLetterName(letters),
      opensPhrase: opensFormula(letters),
    };
  });

let folding: WordCache | undefined;

/** Calls back with each word in folded letters; `followsDirectly` if one space or ZWNJ separates it from the word before. */
export function collectWords(text: string, found: (letters: string, followsDirectly: boolean) => void): void {
  folding ??= foldOnly();
  let lastEnd = -2;
  scan(text, folding, {
    word(word, start, end, type) {
      if (type !== 'word') return;
      found(word.letters, start === lastEnd + 1 || (start === lastEnd && lastEnd > 0));
      lastEnd = end;
    },
    token() {
      lastEnd = -2;
    },
    sentenceEnd() {
      lastEnd = -2;
    },
  });
}
