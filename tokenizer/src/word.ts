/** One Urdu word as it stands in a text, analysed; and the cache that remembers the analysis by the word's code units. */

/** A part of a word: the whole of it, or one of the words written together in it. */
export interface WordPart {
  /** Code units from the start of the raw word. */
  readonly from: number;
  readonly to: number;
  /** What stands there: `raw.slice(from, to)`. */
  readonly text: string;
  readonly term: string;
  readonly root: string;
}

/** A raw word and all that is known about it. Depends on nothing but its letters and the analyzer's lexicon. */
export interface Word {
  readonly raw: string;
  /** Folded letters of the whole, before it is cut. */
  readonly letters: string;
  /** Term and root of the whole if it is one word; of the first part otherwise. */
  readonly term: string;
  readonly root: string;
  /** Two or more parts in reading order, or undefined if it is one word. */
  readonly parts: readonly WordPart[] | undefined;
  /** The name of a letter, as abbreviations are spelt: پی in پی۔آئی۔اے. A full stop beside it need not end a sentence. */
  readonly isLetterName: boolean;
  /** May begin a phrase that a ligature also writes: صلی of صلی اللہ علیہ وسلم. */
  readonly opensPhrase: boolean;
}

/** Slots for short words, a power of two. 65,536 words cover more than 99 % of running text. */
const SHORT_SLOTS = 1 << 16;
/** Slots for all others: longer than eight letters, or with presentation forms. */
const LONG_SLOTS = 1 << 13;

/** Words with the same hash that are kept side by side. With two, frequent words drove each other out and cost half of the time (measured). */
const WAYS = 4;

/** Code units of a long record: the word's length and its code units. Still longer words are rare and analysed anew each time. */
const RECORD = 32;

/** FNV's prime, and two odd constants that spread the bits of a packed word. */
const HASH_FACTOR = 0x01000193;
const LOW_FACTOR = 0x9e3779b1;
const HIGH_FACTOR = 0x85ebca6b;

/**
 * Words in sets of four; a new word takes the place of any of its set but the first: bounded without counting.
 *
 * Nearly every word has at most eight letters of U+0600 to U+06FF. Packed by their low bytes they are two integers, which are the key,
 * exactly: no loop compares letters, and a set is 32 bytes, half a cache line. That halves the time of a word against a hash and a
 * comparison (measured). Other words are compared letter by letter. Keys take 1 MB, the words themselves up to 12 MB.
 */
export class WordCache {
  private readonly shortKeys = new Int32Array(SHORT_SLOTS * 2);
  private readonly shortWords: (Word | undefined)[] = new Array<Word | undefined>(SHORT_SLOTS).fill(undefined);
  private readonly records = new Uint16Array(LONG_SLOTS * RECORD);
  private readonly longWords: (Word | undefined)[] = new Array<Word | undefined>(LONG_SLOTS).fill(undefined);
  private next = 0;

  constructor(private readonly analyzeWord: (raw: string) => Word) {}

  /** The word in `units` from `start` to `end`, whose letters' low bytes are packed in `high` and `low`. */
  getPacked(low: number, high: number, units: Uint16Array, start: number, end: number): Word {
    const keys = this.shortKeys;
    const hash = Math.imul(low, LOW_FACTOR) ^ Math.imul(high, HIGH_FACTOR);
    const set = (hash ^ (hash >>> 15)) & (SHORT_SLOTS - WAYS);
    for (let slot = set; slot < set + WAYS; slot += 1) {
      if (keys[slot * 2] === low && keys[slot * 2 + 1] === high) return this.shortWords[slot] as Word;
    }
    return this.addPacked(low, high, this.analyzeWord(stringOf(units, start, end)), set);
  }

  private addPacked(low: number, high: number, word: Word, set: number): Word {
    const slot = this.place(this.shortWords, set);
    this.shortKeys[slot * 2] = low;
    this.shortKeys[slot * 2 + 1] = high;
    this.shortWords[slot] = word;
    return word;
  }

  /** The word in `units` from `start` to `end`, whatever it is made of. */
  get(units: Uint16Array, start: number, end: number): Word {
    const { records } = this;
    const length = end - start;
    let hash = 0;
    for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (units[i] as number), HASH_FACTOR);
    const set = (hash ^ (hash >>> 15)) & (LONG_SLOTS - WAYS);
    for (let slot = set; slot < set + WAYS; slot += 1) {
      const record = slot * RECORD;
      if (records[record] !== length) continue;
      let i = 0;
      while (i < length && records[record + 1 + i] === units[start + i]) i += 1;
      if (i === length) return this.longWords[slot] as Word;
    }
    const word = this.analyzeWord(stringOf(units, start, end));
    if (length >= RECORD) return word;
    const slot = this.place(this.longWords, set);
    records[slot * RECORD] = length;
    records.set(units.subarray(start, end), slot * RECORD + 1);
    this.longWords[slot] = word;
    return word;
  }

  /** A free slot of the set; else any but the first: what came first is most often what comes most often. */
  private place(words: readonly (Word | undefined)[], set: number): number {
    for (let slot = set; slot < set + WAYS; slot += 1) if (words[slot] === undefined) return slot;
    this.next = (this.next + 1) % (WAYS - 1);
    return set + 1 + this.next;
  }
}

/** A string of its own: a slice of the text would keep the whole text alive for as long as the cache holds it. */
function stringOf(units: Uint16Array, start: number, end: number): string {
  if (end - start <= 4096) return String.fromCharCode.apply(null, units.subarray(start, end) as unknown as number[]);
  const pieces: string[] = [];
  for (let at = start; at < end; at += 4096)
    pieces.push(String.fromCharCode.apply(null, units.subarray(at, Math.min(end, at + 4096)) as unknown as number[]));
  return pieces.join('');
}
