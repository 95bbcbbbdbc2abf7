import { LRUCache } from 'lru-cache';
import { Filed } from './filed.js';
import { editDistance, letterDistance, soundKey, soundsOf } from './letter-distance.js';
import { Turns } from './turns.js';

export interface SpellingCandidate {
  readonly term: string;
  readonly documents: number;
  /** See `letterDistance`; of Latin words see `editDistance`. */
  readonly distance: number;
}

/** Answers that are remembered, of some candidates each. */
const MOST_ANSWERED = 4_096;

/**
 * Near spellings of a word among the words of a collection.
 *
 * Symmetric deletion (Garbe 2012) over sound keys: each word is filed under its key and under the key with any one letter left out; a
 * question asks the same way, so that one letter more, less, other or swapped meets, on top of any number of sound-alike letters.
 * Latin words are filed as they are, the longer ones with any two letters left out too.
 * The file is two typed arrays sorted by hash: some 12 MB for 200,000 words. Words that are added later are filed in a map beside them.
 */
export class SpellingIndex {
  private readonly answered = new LRUCache<string, readonly SpellingCandidate[]>({ max: MOST_ANSWERED });

  /** The numbers of words that were added, by what they are filed under. */
  private readonly addedAt = new Map<number, number[]>();

  private constructor(
    private readonly words: string[],
    private readonly documents: number[],
    /** Sorted; `wordAt[i]` is the number of a word filed under `hashes[i]`. */
    private readonly hashes: Uint32Array,
    private readonly wordAt: Uint32Array,
  ) {}

  /** Of words alone: what else there is, numbers and addresses, is not misspelled. Builds in turns, so that searches go on meanwhile. */
  static async build(entries: Iterable<readonly [term: string, documents: number]>): Promise<SpellingIndex> {
    const words: string[] = [];
    const counts: number[] = [];
    const filed = new Filed();
    const turns = new Turns();
    for (const [word, documents] of entries) {
      if (turns.isOver) await turns.next();
      if (!isWord(word)) continue;
      const id = words.length;
      words.push(word);
      counts.push(documents);
      for (const hash of filings(word)) filed.add(hash, id);
    }
    const { hashes, wordAt } = await filed.sort(turns);
    return new SpellingIndex(words, counts, hashes, wordAt);
  }

  /** Adds a word, or changes its documents; one that no document holds is found no more. */
  add(word: string, documents: number): void {
    if (!isWord(word)) return;
    if (this.answered.size > 0) this.answered.clear();
    const known = this.numberOf(word);
    const id = known ?? this.words.push(word) - 1;
    this.documents[id] = documents;
    if (known !== undefined) return;
    for (const hash of filings(word)) {
      const filed = this.addedAt.get(hash);
      if (filed === undefined) this.addedAt.set(hash, [id]);
      else filed.push(id);
    }
  }

  /** Words within `bound` of a spelling, nearest first, more frequent ones before rarer ones at the same distance. The word itself is left out. */
  near(word: string, bound: number, limit = 5): SpellingCandidate[] {
    return this.within(word, bound, letterDistance)
      .sort((a, b) => likeliness(b) - likeliness(a) || inOrder(a, b))
      .slice(0, limit);
  }

  /** Latin words with at most `edits` (1 or 2) letters wrong, nearest first, more frequent ones before rarer ones. The word itself is left out. */
  nearLatin(word: string, edits: number, limit = 5): SpellingCandidate[] {
    return this.within(word, edits, editDistance)
      .filter(({ term }) => isLatin(term))
      .sort((a, b) => a.distance - b.distance || b.documents - a.documents || inOrder(a, b))
      .slice(0, limit);
  }

  /** The same words are asked for again with every letter that is typed after them. */
  private within(word: string, bound: number, distanceOf: (a: string, b: string, bound: number) => number): SpellingCandidate[] {
    const question = `${distanceOf.name} ${bound} ${word}`;
    const found = this.answered.get(question) ?? this.measure(word, bound, distanceOf);
    this.answered.set(question, found);
    return [...found];
  }

  private measure(word: string, bound: number, distanceOf: (a: string, b: string, bound: number) => number): SpellingCandidate[] {
    const seen = new Set<number>();
    const found: SpellingCandidate[] = [];
    for (const hash of filings(word)) {
      for (const id of this.filedUnder(hash)) {
        if (seen.has(id)) continue;
        seen.add(id);
        const term = this.words[id] as string;
        const documents = this.documents[id] as number;
        if (term === word || documents === 0) continue;
        const distance = distanceOf(word, term, bound);
        if (distance <= bound) found.push({ term, documents, distance });
      }
    }
    return found;
  }

  /** Each word is filed under its whole key as well. */
  private numberOf(word: string): number | undefined {
    const hash = isLatin(word) ? hashOf(word) : hashOf(soundKey(soundsOf(word)));
    for (const id of this.filedUnder(hash)) if (this.words[id] === word) return id;
    return undefined;
  }

  private *filedUnder(hash: number): Generator<number> {
    for (let i = this.firstOf(hash); i < this.hashes.length && this.hashes[i] === hash; i += 1) yield this.wordAt[i] as number;
    yield* this.addedAt.get(hash) ?? [];
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

/** Of words that are equally likely: the same order in every store of an index, in whatever order words came. */
const inOrder = (one: SpellingCandidate, other: SpellingCandidate): number => (one.term < other.term ? -1 : 1);

/** How likely a candidate is meant: a word ten times as frequent outweighs a quarter of a slip. */
export const likeliness = ({ distance, documents }: SpellingCandidate): number => Math.log10(1 + documents) * 0.25 - distance;

/** Longer strings are no words, and would be filed under as many keys as they have letters. */
const LONGEST_WORD = 32;

/**
 * The hashes under which a word is filed: its sound key, and the key without each of its letters. The letter goes before doubled sounds
 * become one: حققت must meet حقیقت.
 */
function filings(word: string): Set<number> {
  if (isLatin(word)) return latinFilings(word);
  const sounds = soundsOf(word);
  if (sounds.length > LONGEST_WORD) return new Set();
  const hashes = new Set([hashOf(soundKey(sounds))]);
  if (sounds.length > 2) for (let i = 0; i < sounds.length; i += 1) hashes.add(hashOf(soundKey(sounds.toSpliced(i, 1))));
  return hashes;
}

/** Terms of Latin words are a-z and 0-9; a number is none. */
const LATIN = /^[0-9]*[a-z][a-z0-9]*$/;
const isLatin = (term: string): boolean => LATIN.test(term);

/** Letters alone, with the marks that some scripts write on them; or a Latin word. */
const LETTERS_ALONE = /^[\p{L}\p{M}]+$/u;
const isWord = (term: string): boolean => LETTERS_ALONE.test(term) || isLatin(term);

/** Two wrong letters are looked for in words of nine letters (of fewer where a client wants that); the right word may have two less. */
const TWO_EDITS_FROM = 7;
/** Longer Latin strings than that are filed for one wrong letter: pairs of letters are many. */
const TWO_EDITS_TO = 20;

/** The hashes of a Latin word, and of what is left of it without one letter, or two. */
function latinFilings(word: string): Set<number> {
  if (word.length > LONGEST_WORD) return new Set();
  const hashes = new Set([hashOf(word)]);
  const isLong = word.length >= TWO_EDITS_FROM && word.length <= TWO_EDITS_TO;
  for (let i = 0; i < word.length; i += 1) {
    const shorter = word.slice(0, i) + word.slice(i + 1);
    hashes.add(hashOf(shorter));
    if (isLong) for (let j = i; j < shorter.length; j += 1) hashes.add(hashOf(shorter.slice(0, j) + shorter.slice(j + 1)));
  }
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
