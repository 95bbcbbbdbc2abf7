import type { Turns } from './turns.js';

/** Numbers of words below this. With a hash of 32 bits above them they fit the 53 bits of a number. */
const MOST_WORDS = 2 ** 21;
const PART = 8_192;
/** By the upper 12 bits of the hash: of a million entries some 250 in each, which are sorted in no time. */
const BUCKETS = 4_096;
const BUCKET = (2 ** 32 / BUCKETS) * MOST_WORDS;

/** Words filed under hashes, to be sorted by them: millions, which sorted at once would hold the event loop for hundreds of milliseconds. */
export class Filed {
  private readonly parts: Float64Array[] = [];
  private length = 0;

  /** Words beyond two millions are not filed: the rarest, as they come last in a collection. */
  add(hash: number, word: number): void {
    if (word >= MOST_WORDS) return;
    const at = this.length % PART;
    if (at === 0) this.parts.push(new Float64Array(PART));
    (this.parts.at(-1) as Float64Array)[at] = hash * MOST_WORDS + word;
    this.length += 1;
  }

  async sort(turns: Turns): Promise<{ readonly hashes: Uint32Array; readonly wordAt: Uint32Array }> {
    const { all, ends } = await this.distribute(turns);
    const hashes = new Uint32Array(this.length);
    const wordAt = new Uint32Array(this.length);
    for (let bucket = 0, from = 0; bucket < BUCKETS; bucket += 1) {
      if (turns.isOver) await turns.next();
      const end = ends[bucket] as number;
      all.subarray(from, end).sort();
      for (; from < end; from += 1) {
        const both = all[from] as number;
        hashes[from] = Math.floor(both / MOST_WORDS);
        wordAt[from] = both % MOST_WORDS;
      }
    }
    return { hashes, wordAt };
  }

  /** Puts each entry into its bucket. */
  private async distribute(turns: Turns): Promise<{ readonly all: Float64Array; readonly ends: Uint32Array }> {
    const ends = new Uint32Array(BUCKETS);
    for (const part of this.parts.entries()) {
      if (turns.isOver) await turns.next();
      this.each(part, (entry) => {
        const bucket = Math.floor(entry / BUCKET);
        ends[bucket] = (ends[bucket] as number) + 1;
      });
    }
    // From how many there are in each to where each begins; filled, they say where each ends.
    let begin = 0;
    for (const [bucket, size] of ends.entries()) {
      ends[bucket] = begin;
      begin += size;
    }
    const all = new Float64Array(this.length);
    for (const part of this.parts.entries()) {
      if (turns.isOver) await turns.next();
      this.each(part, (entry) => {
        const bucket = Math.floor(entry / BUCKET);
        all[ends[bucket] as number] = entry;
        ends[bucket] = (ends[bucket] as number) + 1;
      });
    }
    return { all, ends };
  }

  private each([number, part]: readonly [number, Float64Array], work: (entry: number) => void): void {
    const end = Math.min(PART, this.length - number * PART);
    for (let at = 0; at < end; at += 1) work(part[at] as number);
  }
}
