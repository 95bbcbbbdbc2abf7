import { letterDistance, soundKey, soundsOf } from './letter-distance.js';

export interface SpellingCandidate {
  readonly term: string;
  readonly documents: number;
  /** See `letterDistance`. */
  readonly distance: number;
}

/** Words worked on between two looks at the event loop. */
const SLICE = 4_000;

/**
 * Near spellings of a word among the words of a collection.
 *
 * Symmetric deletion (Garbe 2012) over sound keys: each word is filed under its key and under the key with any one letter left out; a
 * question asks the same way, so that one letter more, less, other or swapped meets, on top of any number of sound-alike letters.
 * The file is two typed arrays sorted by hash: some 12 MB for 200,000 words.
 */
export class SpellingIndex {
  private constructor(
    private readonly words: readonly string[],
    private readonly documents: Uint32Array,
    /** Sorted; `wordAt[i]` is the number of a word filed under `hashes[i]`. */
    private readonly hashes: Uint32Array,
    private readonly wordAt: Uint32Array,
  ) {}

  /** Builds in slices, so that searches go on meanwhile. */
  static async build(entries: Iterable<readonly [term: string, documents: number]>): Promise<SpellingIndex> {
    const words: string[] = [];
    const counts: number[] = [];
    // Sorting by (hash, word) as one number: the hash in the upper 32 bits, the word below.
    const filed: number[] = [];
    for (const [word, documents] of entries) {
      const id = words.length;
      words.push(word);
      counts.push(documents);
      for (const hash of filings(word)) filed.push(hash * 0x200000 + id);
      if (id % SLICE === SLICE - 1) await breathe();
    }
    const sorted = Float64Array.from(filed);
    await breathe();
    sorted.sort();
    await breathe();
    const hashes = new Uint32Array(sorted.length);
    const wordAt = new Uint32Array(sorted.length);
    for (let i = 0; i < sorted.length; i += 1) {
      const both = sorted[i] as number;
      hashes[i] = Math.floor(both / 0x200000);
      wordAt[i] = both % 0x200000;
    }
    return new SpellingIndex(words, Uint32Array.from(counts), hashes, wordAt);
  }

  /** Words within `bound` of a spelling, nearest first, more frequent ones before rarer ones at the same distance. The word itself is left out. */
  near(word: string, bound: number, limit = 5): SpellingCandidate[] {
    const seen = new Set<number>();
    const found: SpellingCandidate[] = [];
    for (const hash of filings(word)) {
      for (let i = this.firstOf(hash); i < this.hashes.length && this.hashes[i] === hash; i += 1) {
        const id = this.wordAt[i] as number;
        if (seen.has(id)) continue;
        seen.add(id);
        const term = this.words[id] as string;
        if (term === word) continue;
        const distance = letterDistance(word, term, bound);
        if (distance <= bound) found.push({ term, documents: this.documents[id] as number, distance });
      }
    }
    return found.sort((a, b) => likeliness(b) - likeliness(a)).slice(0, limit);
  }

  private firstOf(hash: number): number {
    let low = 0;
    let high = this.hashes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.hashes[middle] as number) < hash) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How likely a candidate is meant: a word ten times as frequent outweighs a quarter of a slip. */
export const likeliness = ({ distance, documents }: SpellingCandidate): number => Math.log10(1 + documents) * 0.25 - distance;

/** Longer strings are no words, and would be filed under as many keys as they have letters. */
const LONGEST_WORD = 32;

/**
 * The hashes under which a word is filed: its sound key, and the key without each of its letters. The letter goes before doubled sounds
 * become one: حققت must meet حقیقت.
 */
function filings(word: string): Set<number> {
  const sounds = soundsOf(word);
  if (sounds.length > LONGEST_WORD) return new Set();
  const hashes = new Set([hashOf(soundKey(sounds))]);
  if (sounds.length > 2) for (let i = 0; i < sounds.length; i += 1) hashes.add(hashOf(soundKey(sounds.toSpliced(i, 1))));
  return hashes;
}

/** FNV-1a, 32 bits. Collisions cost a distance computation, no error. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
