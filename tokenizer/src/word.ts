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

/** Slots of the cache, a power of two. 32,768 words cover about 99 % of running text. */
const SLOTS = 1 << 15;

/**
 * Code units of a record: the word's length and its code units, 64 bytes, a cache line of the processor. Longer words are rare and
 * analysed anew each time.
 */
const RECORD = 32;

/**
 * Words by hash, two slots each, the older one leaves: bounded without counting. Keys lie in one flat array, because comparing
 * there costs a third of making a slice and looking it up in a Map (measured); 2 MB for the keys, up to 6 MB for the words.
 */
export class WordCache {
  private readonly words: (Word | undefined)[] = new Array<Word | undefined>(SLOTS).fill(undefined);
  private readonly records = new Uint16Array(SLOTS * RECORD);

  constructor(private readonly analyzeWord: (raw: string) => Word) {}

  /** The word in `units` from `start` to `end`; `hash` is any number that depends on its code units only. */
  get(units: Uint16Array, start: number, end: number, hash: number): Word {
    const { records } = this;
    const length = end - start;
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (let tries = 0; tries < 2; tries += 1) {
      const record = slot * RECORD;
      if (records[record] === length) {
        let i = 0;
        while (i < length && records[record + 1 + i] === units[start + i]) i += 1;
        if (i === length) return this.words[slot] as Word;
      }
      slot ^= 1;
    }
    return this.add(units, start, end, slot);
  }

  private add(units: Uint16Array, start: number, end: number, slot: number): Word {
    const word = this.analyzeWord(stringOf(units, start, end));
    if (end - start >= RECORD) return word;
    const { records, words } = this;
    const other = slot ^ 1;
    words[other] = words[slot];
    records.copyWithin(other * RECORD, slot * RECORD, (slot + 1) * RECORD);
    words[slot] = word;
    records[slot * RECORD] = end - start;
    records.set(units.subarray(start, end), slot * RECORD + 1);
    return word;
  }
}

/** A string of its own: a slice of the text would keep the whole text alive for as long as the cache holds it. */
function stringOf(units: Uint16Array, start: number, end: number): string {
  if (end - start <= 4096) return String.fromCharCode.apply(null, units.subarray(start, end) as unknown as number[]);
  const pieces: string[] = [];
  for (let at = start; at < end; at += 4096) pieces.push(String.fromCharCode.apply(null, units.subarray(at, Math.min(end, at + 4096)) as unknown as number[]));
  return pieces.join('');
}
