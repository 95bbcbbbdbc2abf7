import type { Article } from './article.js';
import { fold } from './fold.js';
import { NOT_PLAIN, STANDS_IN_WORDS, wordsOf } from './lines.js';

/**
 * The same report on two sites, a little edited. Candidates are found by MinHash over runs of three words (Broder 1997; one permutation, in bins: Li, Owen, Zhang 2012) with
 * locality-sensitive hashing; then the texts themselves are compared.
 */

/** Words that make a shingle. */
const SHINGLE = 3;
/** Words below which a text is never compared: in a few verses or lines a word makes another text of them. */
const SHORTEST = 60;
/** Part of the shingles of both that both hold (Jaccard). One word in twenty otherwise makes some .75: a parody, the next match. */
const LEAST_ALIKE = 0.8;
/** Days between which two reports are of different days: bulletins that come every day. */
const MOST_DAYS = 2;

const BANDS = 6;
const ROWS = 4;
const BINS = BANDS * ROWS;
/** Articles with a hash in common that are looked at, the latest first. */
const MOST_CANDIDATES = 8;
/** Hashes that are looked at for them: a site may print the same lines below each of its articles. */
const MOST_LOOKED_AT = 64;
/** Articles whose hashes are kept, 50 bytes of each. Those behind are not compared, and the report says so. */
export const MOST_COMPARED = 1_000_000;

const wordsIn = ({ body }: Pick<Article, 'body'>): readonly string[] => wordsOf(fold(body));

const numbersOf = (words: readonly string[]): readonly string[] => words.filter((word) => /^\d/.test(word));

/** Numbers in a row, in pieces: an array that doubles would be there twice while it does, when memory is fullest. */
class Column {
  private readonly pieces: (Uint16Array | Uint32Array)[] = [];

  constructor(private readonly newPiece: (length: number) => Uint16Array | Uint32Array) {}

  at(index: number): number {
    return this.pieces[index >>> 16]?.[index & 0xffff] ?? 0;
  }

  set(index: number, value: number): void {
    while (this.pieces.length <= index >>> 16) this.pieces.push(this.newPiece(1 << 16));
    (this.pieces[index >>> 16] as Uint32Array)[index & 0xffff] = value;
  }
}

/** Places in `heads` at first. With a place of 16 bits and the other 16 beside the entry a hash is known whole. */
const FEWEST_HEADS = 1 << 16;

/** Finds which of many articles may be nearly the same as one. */
export class Sketches {
  private count = 0;
  /** The latest entry in each place, from 1; 0 for none. The place is the lower part of a hash. */
  private heads = new Uint32Array(FEWEST_HEADS);
  /** Of each article: its site, hashed. Two of one site are never the same report, and an export is of one site. */
  private readonly sites = new Column((length) => new Uint32Array(length));
  /** An entry for each article and band: the upper half of its hash, and the entry before it in the same place of `heads`. */
  private readonly tags = new Column((length) => new Uint16Array(length));
  private readonly before = new Column((length) => new Uint32Array(length));

  get isFull(): boolean {
    return this.count >= MOST_COMPARED;
  }

  /** Adds the next article. @returns numbers of those before it that may be nearly the same */
  add(article: Article): number[] {
    const number = this.count;
    this.count += 1;
    if (this.count * 2 > this.heads.length) this.grow();
    const site = hash32(siteOf(article) ?? `\0${article.file}`) >>> 0;
    this.sites.set(number, site);
    // Too short ones have a number too, but stand nowhere.
    const hashes = wordHashesOf(fold(article.body));
    if (hashes.length < SHORTEST) return [];
    const found = new Set<number>();
    const bins = binsOf(hashes);
    for (let band = 0; band < BANDS; band += 1) {
      const key = bandHash(bins, band);
      const place = key & (this.heads.length - 1);
      const tag = key >>> 16;
      const head = this.heads[place] ?? 0;
      let looked = 0;
      for (
        let entry = head;
        entry !== 0 && found.size < MOST_CANDIDATES && looked < MOST_LOOKED_AT;
        entry = this.before.at(entry), looked += 1
      )
        if (this.tags.at(entry) === tag && this.sites.at(articleOf(entry)) !== site) found.add(articleOf(entry));
      const entry = 1 + number * BANDS + band;
      this.tags.set(entry, tag);
      this.before.set(entry, head);
      this.heads[place] = entry;
    }
    return [...found];
  }

  /** Each place becomes two, by the next bit of the hashes; what stands in one keeps its order. */
  private grow(): void {
    const { heads, tags, before } = this;
    const larger = new Uint32Array(heads.length * 2);
    const bit = heads.length / FEWEST_HEADS;
    for (let place = 0; place < heads.length; place += 1) {
      const last = [0, 0];
      for (let entry = heads[place] ?? 0; entry !== 0; ) {
        const next = before.at(entry);
        const upper = (tags.at(entry) & bit) === 0 ? 0 : 1;
        const behind = last[upper] ?? 0;
        if (behind === 0) larger[place + upper * heads.length] = entry;
        else before.set(behind, entry);
        before.set(entry, 0);
        last[upper] = entry;
        entry = next;
      }
    }
    this.heads = larger;
  }
}

const articleOf = (entry: number): number => Math.floor((entry - 1) / BANDS);

/** The least hash of the shingles of each bin. */
function binsOf(hashes: ArrayLike<number>): Uint32Array {
  const bins = new Uint32Array(BINS).fill(0xffffffff);
  for (let i = 0; i + SHINGLE <= hashes.length; i += 1) {
    let mixed = 0;
    for (let j = 0; j < SHINGLE; j += 1) mixed = mix(Math.imul(mixed, 31) + (hashes[i + j] ?? 0));
    const bin = mixed % BINS;
    const value = mix(mixed ^ 0x5bd1e995);
    if (value < (bins[bin] ?? 0)) bins[bin] = value;
  }
  return bins;
}

function bandHash(bins: Uint32Array, band: number): number {
  let hash = band + 1;
  for (let row = 0; row < ROWS; row += 1) hash = mix(Math.imul(hash, 31) + (bins[band * ROWS + row] ?? 0));
  return hash;
}

/** FNV-1a, over UTF-16 code units. */
const FNV_BEGINNING = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

export function hash32(word: string): number {
  let hash = FNV_BEGINNING;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), FNV_PRIME);
  return hash;
}

/** Where hashes are put: an array for each article would be garbage faster than it is collected. */
let hashed = new Int32Array(1 << 12);

/** `hash32` of each of its words; good until the next call. The words of plain text are not cut out of it: to make strings of them took longer than all else that is done to find the same report. */
export function wordHashesOf(folded: string): ArrayLike<number> {
  if (NOT_PLAIN.test(folded)) return wordsOf(folded).map(hash32);
  // A word and what parts it from the next are two signs at least.
  if (hashed.length < folded.length / 2 + 1) hashed = new Int32Array(folded.length);
  let count = 0;
  let hash = FNV_BEGINNING;
  let isInWord = false;
  for (let i = 0; i < folded.length; i += 1) {
    const code = folded.charCodeAt(i);
    // General punctuation, the rest of plain text, stands behind the table.
    if (STANDS_IN_WORDS[code] === 1) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      isInWord = true;
    } else if (isInWord) {
      hashed[count++] = hash;
      hash = FNV_BEGINNING;
      isInWord = false;
    }
  }
  if (isInWord) hashed[count++] = hash;
  return hashed.subarray(0, count);
}

/** The end of MurmurHash3: every bit depends on every other. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Whether two articles are the same report: from two sites, of one day, with four fifths of their shingles in common, and every number of the worse one, in its order, in the
 * better one. So two matches, bulletins that differ in their numbers only, the weather of two towns, a poem and its parody, and two articles of one site stay apart.
 *
 * @param better the one that would be kept
 */
export function isSameReport(better: Article, worse: Article): boolean {
  if (better.times !== undefined || worse.times !== undefined) return false;
  const [one, other] = [siteOf(better), siteOf(worse)];
  if (one === other && (one !== null || better.file === worse.file)) return false;
  if (better.place !== null && worse.place !== null && fold(better.place) !== fold(worse.place)) return false;
  if (better.timestamp !== null && worse.timestamp !== null && Math.abs(better.timestamp - worse.timestamp) > MOST_DAYS * 86_400)
    return false;
  const [kept, dropped] = [wordsIn(better), wordsIn(worse)];
  if (Math.min(kept.length, dropped.length) < SHORTEST) return false;
  return isSubsequence(numbersOf(dropped), numbersOf(kept)) && alike(kept, dropped) >= LEAST_ALIKE;
}

const siteOf = ({ url, source }: Article): string | null =>
  url !== null && URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : source === null ? null : fold(source);

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const item of whole) if (at < part.length && item === part[at]) at += 1;
  return at === part.length;
}

/** Jaccard's measure of two sets of shingles. */
function alike(one: readonly string[], other: readonly string[]): number {
  const [left, right] = [shinglesOf(one), shinglesOf(other)];
  let common = 0;
  for (const shingle of left) if (right.has(shingle)) common += 1;
  return common / (left.size + right.size - common);
}

function shinglesOf(words: readonly string[]): Set<string> {
  const shingles = new Set<string>();
  for (let i = 0; i + SHINGLE <= words.length; i += 1) shingles.add(words.slice(i, i + SHINGLE).join(' '));
  return shingles;
}

/** Dated before undated, then the longer, then the one that came first. */
export function isBetter(later: Article, earlier: Article): boolean {
  if ((later.date === null) !== (earlier.date === null)) return later.date !== null;
  return later.body.length > earlier.body.length;
}
