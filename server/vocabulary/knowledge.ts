import { isBelowZero } from '@justuju/urdu';
import { Dictionary } from '../store/dictionary.js';
import { isSigned } from '../store/signed-words.js';
import { LatinNames } from './latin-names.js';
import { SoundIndex } from './sound-index.js';
import { SpellingIndex } from './spelling-index.js';
import type { Following, Together, WrittenWord } from './together.js';

/** A derived index is made anew when there are more terms by this share, and so many. */
const STALE_SHARE = 0.05;
const STALE_TERMS = 200;
/** While words keep coming it is made anew after so many milliseconds, however few they are; and when none have come for the shorter time. */
const LONGEST_STALE_MS = 60_000;
const SETTLED_MS = 1_000;

/** Derived indexes of so few terms are made in a few milliseconds: they are awaited whenever a word is new. */
const FEW_TERMS = 2_000;

/**
 * What is known of the words of one index: the dictionary of its store, and what is derived from it to find words by spelling and by sound. Derived indexes are built in
 * the background and may lag behind by a few hundred words; only the first ones are waited for, and those of a small collection. A word that no document holds any more is known to none, whatever they say.
 */
export class Knowledge {
  private spellings: SpellingIndex | undefined;
  private sounds: SoundIndex | undefined;
  private unwritten: SoundIndex | undefined;
  private names: LatinNames | undefined;
  private unseen = 0;
  private builtTerms = 0;
  private builtGeneration = -1;
  private builtAt = Number.NEGATIVE_INFINITY;
  private seenGeneration = -1;
  private changedAt = Number.NEGATIVE_INFINITY;
  private building: Promise<void> | undefined;

  /** @param pairs tells which words stand together; without it all words of the collection may */
  constructor(
    readonly vocabulary: Dictionary = new Dictionary(),
    private readonly pairs?: Pick<Together, 'count' | 'following' | 'written' | 'areInOneDocument' | 'areInOneSentence'>,
  ) {}

  /** Documents in which these terms follow one another, some twenty at most: whether they belong together, not how often. */
  together(terms: readonly string[]): number {
    return this.pairs?.count(terms) ?? Math.min(...terms.map((term) => this.vocabulary.documentsWithTerm(term)));
  }

  get spelling(): SpellingIndex | undefined {
    return this.spellings;
  }

  get sound(): SoundIndex | undefined {
    return this.sounds;
  }

  /** Dictionary forms by sound that the collection itself writes nowhere, but another form of them: جج of ججز, حصہ of حصے. */
  get soundOfUnwritten(): SoundIndex | undefined {
    return this.unwritten;
  }

  /** Latin words of the collection that an Urdu one writes by sound: honda of ہونڈا. */
  latinNames(term: string): readonly string[] {
    return (this.names?.of(term) ?? []).filter((latin) => this.vocabulary.documentsWithTerm(latin) > 0);
  }

  /** Terms that begin with `prefix`, most frequent first. One letter begins tens of thousands: they are chosen from by number. */
  completions(prefix: string, limit: number): { term: string; documents: number }[] {
    const best: { term: string; documents: number }[] = [];
    if (limit === 0) return best;
    this.vocabulary.beginningWith(prefix, (_number, term, documents) => {
      // Nobody begins to type the term of -12°C, and -12 by itself would leave out 12.
      if ((best.length === limit && (best[limit - 1]?.documents ?? 0) >= documents) || isBelowZero(term)) return;
      let at = best.length;
      while (at > 0 && (best[at - 1]?.documents ?? 0) < documents) at -= 1;
      best.splice(at, 0, { term, documents });
      if (best.length > limit) best.pop();
    });
    return best;
  }

  /** The terms that follow this run of terms somewhere, the most frequent first. */
  following(run: readonly string[]): readonly Following[] {
    return this.pairs?.following(run) ?? [];
  }

  /** Terms that stand together, as they are written there, with all marks; undefined: they stand together nowhere. */
  written(run: readonly string[]): readonly WrittenWord[] | undefined {
    return this.pairs?.written(run);
  }

  /** Whether one document holds all of these roots: then one subject may have to do with the other. */
  areInOneDocument(roots: readonly string[]): boolean {
    return this.pairs?.areInOneDocument(roots) ?? roots.every((root) => this.vocabulary.documentsWithRoot(root) > 0);
  }

  /** Whether one sentence holds them all: then they were said together. */
  areInOneSentence(roots: readonly string[]): boolean {
    return this.pairs?.areInOneSentence(roots) ?? this.areInOneDocument(roots);
  }

  /**
   * How likely the next word of a text is none that the collection holds yet, 0 to 1: the share of words that stand in one document only (Good 1953). A small collection holds few of the words there
   * are, so that a word it does not hold is a good word rather than a slip.
   */
  get unseenShare(): number {
    return this.unseen;
  }

  /**
   * To be called before a search: begins to bring the derived indexes up to date where they are not.
   *
   * @returns what the search should wait for: there are none yet, or the collection is small; undefined: nothing
   */
  keepFresh(): Promise<void> | undefined {
    const { size, generation } = this.vocabulary;
    if (generation !== this.builtGeneration && (this.sounds === undefined || size <= FEW_TERMS)) return this.refresh();
    this.refreshLater();
    return undefined;
  }

  private refreshLater(): void {
    const { size, generation } = this.vocabulary;
    const now = performance.now();
    if (generation !== this.seenGeneration) this.changedAt = now;
    this.seenGeneration = generation;
    if (generation === this.builtGeneration || this.building !== undefined) return;
    const isStale =
      Math.abs(size - this.builtTerms) > this.builtTerms * STALE_SHARE + STALE_TERMS ||
      now - this.changedAt > SETTLED_MS ||
      now - this.builtAt > LONGEST_STALE_MS;
    if (isStale) void this.refresh();
  }

  /** Brings the derived indexes up to date. Calls while a build runs share it. */
  refresh(): Promise<void> {
    this.building ??= this.build().finally(() => {
      this.building = undefined;
    });
    return this.building;
  }

  private async build(): Promise<void> {
    const { size, generation } = this.vocabulary;
    // What comes in meanwhile is in one of them perhaps, and not in the other; the next build has it in both.
    this.spellings = await SpellingIndex.build(this.plainTerms());
    this.sounds = await SoundIndex.buildInTurns(this.plainTerms());
    this.unwritten = await SoundIndex.buildInTurns(this.unwrittenRoots());
    this.names = new LatinNames(this.plainTerms());
    let [once, all] = [0, 0];
    for (const [, documents] of this.vocabulary.terms()) {
      all += documents;
      if (documents === 1) once += 1;
    }
    this.unseen = all === 0 ? 0 : once / all;
    this.builtTerms = size;
    this.builtGeneration = generation;
    this.builtAt = performance.now();
  }

  /** Terms that may be meant by others: C++ is no slip for C. */
  private *plainTerms(): Generator<readonly [term: string, documents: number]> {
    for (const entry of this.vocabulary.terms()) if (!isSigned(entry[0])) yield entry;
  }

  /** Roots of nouns and the like: an infinitive sounds like nothing that stands in the texts. */
  private *unwrittenRoots(): Generator<readonly [term: string, documents: number]> {
    const { vocabulary } = this;
    for (const [term] of this.plainTerms()) {
      const root = vocabulary.rootOf(term);
      if (root === undefined || root === term || root.endsWith(INFINITIVE) || vocabulary.documentsWithTerm(root) > 0) continue;
      yield [root, vocabulary.documentsWithRoot(root)];
    }
  }
}

const INFINITIVE = '\u0646\u0627';
