/** The synonyms of an index, ready to be looked up by the words of a query. */
import { analyze } from '@justuju/urdu';
import { toClient } from './terms.js';

/** What is found besides the words that were asked: one word, or several that stand together. */
export interface Synonym {
  readonly terms: readonly string[];
  readonly roots: readonly string[];
}

/** Meilisearch looks up synonyms of so many words in a row at most. */
export const LONGEST_KEY = 3;

/** One-way, as the setting says: `a → b` finds b for a, not a for b. Keyed by roots, since by roots the engine is asked. */
export class Synonyms {
  static readonly NONE = new Synonyms(new Map());

  private constructor(private readonly byRoots: ReadonlyMap<string, readonly Synonym[]>) {}

  /**
   * @param applied the setting `synonyms` as Meilisearch has it. The client's own spellings, where the note keeps them, say more than the roots:
   * terms too. The note itself is none of the synonyms.
   */
  static read(applied: unknown): Synonyms {
    const { synonyms } = toClient({ synonyms: applied });
    const byRoots = new Map<string, Synonym[]>();
    for (const [key, values] of Object.entries((synonyms ?? {}) as Readonly<Record<string, readonly string[]>>)) {
      const { roots } = wordsOf(key);
      if (roots.length === 0 || roots.length > LONGEST_KEY) continue;
      const known = byRoots.get(roots.join(' ')) ?? [];
      for (const synonym of values.map(wordsOf)) {
        const isNew = ![{ roots }, ...known].some((other) => other.roots.join(' ') === synonym.roots.join(' '));
        if (synonym.roots.length > 0 && isNew) known.push(synonym);
      }
      if (known.length > 0) byRoots.set(roots.join(' '), known);
    }
    return byRoots.size === 0 ? Synonyms.NONE : new Synonyms(byRoots);
  }

  /** How many words, or runs of words, have synonyms. */
  get size(): number {
    return this.byRoots.size;
  }

  /** What is found besides these words, in the order of the setting. */
  of(roots: readonly string[]): readonly Synonym[] {
    return (roots.length <= LONGEST_KEY && this.byRoots.get(roots.join(' '))) || [];
  }

  /** How many of the words from `at` on have synonyms together, the most possible; 0 when not even the first has. */
  longestAt(words: readonly { readonly root: string }[], at: number): number {
    if (this.size === 0) return 0;
    for (let count = Math.min(LONGEST_KEY, words.length - at); count > 0; count -= 1)
      if (this.of(words.slice(at, at + count).map(({ root }) => root)).length > 0) return count;
    return 0;
  }
}

function wordsOf(text: string): Synonym {
  const tokens = analyze(text);
  return { terms: tokens.map(({ term }) => term), roots: tokens.map(({ root }) => root) };
}
