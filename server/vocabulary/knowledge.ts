import { SoundIndex } from './sound-index.js';
import { SpellingIndex } from './spelling-index.js';
import { Vocabulary } from './vocabulary.js';

/** A derived index is built anew when the vocabulary has grown by this share since. */
const STALE_SHARE = 0.05;

/** Sorts behind every letter that can follow a beginning. */
const LAST_CHARACTER = '\uFFFF';

/**
 * What is known of the words of one index: the vocabulary, and what is derived from it to find words by spelling, by sound and by
 * beginning. Derived indexes are built in the background and may lag behind by a few hundred words; nobody waits for them.
 */
export class Knowledge {
  readonly vocabulary = new Vocabulary();
  private spellings: SpellingIndex | undefined;
  private sounds: SoundIndex | undefined;
  /** In the order of code units, for beginnings; `counts` are their documents. */
  private sorted: readonly string[] = [];
  private counts = new Uint32Array(0);
  private builtSize = 0;
  private builtGeneration = -1;
  private building: Promise<void> | undefined;

  get spelling(): SpellingIndex | undefined {
    return this.spellings;
  }

  get sound(): SoundIndex | undefined {
    return this.sounds;
  }

  /** Terms that begin with `prefix`, most frequent first. One letter begins tens of thousands: they are chosen from by number. */
  completions(prefix: string, limit: number): { term: string; documents: number }[] {
    const first = firstAtOrAfter(this.sorted, prefix);
    const end = firstAtOrAfter(this.sorted, prefix + LAST_CHARACTER);
    const best: number[] = [];
    for (let i = first; i < end && limit > 0; i += 1) {
      const count = this.counts[i] as number;
      if (best.length === limit && (this.counts[best[limit - 1] as number] as number) >= count) continue;
      let at = best.length;
      while (at > 0 && (this.counts[best[at - 1] as number] as number) < count) at -= 1;
      best.splice(at, 0, i);
      if (best.length > limit) best.pop();
    }
    return best.map((i) => ({ term: this.sorted[i] as string, documents: this.counts[i] as number }));
  }

  /** Brings the derived indexes up to date. Calls while a build runs share it. */
  refresh(): Promise<void> {
    this.building ??= this.build().finally(() => {
      this.building = undefined;
    });
    return this.building;
  }

  /** Whether enough has changed to build anew; `settled`: nothing is being indexed any more, so any change is enough. */
  isStale(settled: boolean): boolean {
    const { size, generation } = this.vocabulary;
    return settled ? generation !== this.builtGeneration : size > this.builtSize * (1 + STALE_SHARE) + 200;
  }

  private async build(): Promise<void> {
    const { size, generation } = this.vocabulary;
    const terms = [...this.vocabulary.terms()];
    this.sorted = terms.map(([term]) => term).sort();
    this.counts = Uint32Array.from(this.sorted, (term) => this.vocabulary.documentsWithTerm(term));
    this.spellings = await SpellingIndex.build(terms);
    this.sounds = await SoundIndex.buildInSlices(terms);
    this.builtSize = size;
    this.builtGeneration = generation;
  }
}

function firstAtOrAfter(sorted: readonly string[], word: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
