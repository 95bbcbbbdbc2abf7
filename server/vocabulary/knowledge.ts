import { SoundIndex } from './sound-index.js';
import { SpellingIndex } from './spelling-index.js';
import { Vocabulary } from './vocabulary.js';

/** A derived index is built anew when the vocabulary has grown by this share since. */
const STALE_SHARE = 0.05;

/**
 * What is known of the words of one index: the vocabulary, and what is derived from it to find words by spelling, by sound and by
 * beginning. Derived indexes are built in the background and may lag behind by a few hundred words; nobody waits for them.
 */
export class Knowledge {
  readonly vocabulary = new Vocabulary();
  private spellings: SpellingIndex | undefined;
  private sounds: SoundIndex | undefined;
  private sorted: readonly string[] = [];
  private builtSize = 0;
  private builtGeneration = -1;
  private building: Promise<void> | undefined;

  get spelling(): SpellingIndex | undefined {
    return this.spellings;
  }

  get sound(): SoundIndex | undefined {
    return this.sounds;
  }

  /** Terms that begin with `prefix`, most frequent first. */
  completions(prefix: string, limit: number): { term: string; documents: number }[] {
    const found: { term: string; documents: number }[] = [];
    for (let i = firstAtOrAfter(this.sorted, prefix); i < this.sorted.length; i += 1) {
      const term = this.sorted[i] as string;
      if (!term.startsWith(prefix)) break;
      found.push({ term, documents: this.vocabulary.documentsWithTerm(term) });
    }
    return found.sort((a, b) => b.documents - a.documents).slice(0, limit);
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
