import { isBelowZero } from '@justuju/urdu';
import { LRUCache } from 'lru-cache';
import { Dictionary } from '../store/dictionary.js';
import { isSigned } from '../store/signed-words.js';
import { LatinNames } from './latin-names.js';
import { SoundIndex } from './sound-index.js';
import { SpellingIndex } from './spelling-index.js';
import type { Following, Together, WrittenWord } from './together.js';
import { Turns } from './turns.js';

/** Words that changed are taken in when there are so many of them; when none has changed for the shorter time, in milliseconds; and while they keep changing, after the longer. */
const MANY_CHANGED = 20_000;
const SETTLED_MS = 1_000;
const LONGEST_STALE_MS = 60_000;
/** Derived indexes are made anew when so many words were taken in, as a share of those they were made of: what is left in them of words that are gone has to go. */
const WORN_SHARE = 2;

/** Derived indexes of so few terms are made in a few milliseconds: they are awaited whenever a word is new. */
const FEW_TERMS = 2_000;

/** Beginnings of which the completions are remembered. */
const MOST_COMPLETED = 500;

export interface Completion {
  readonly term: string;
  readonly documents: number;
}

/**
 * What is known of the words of one index: the dictionary of its store, and what is derived from it to find words by spelling and by sound. Derived indexes are built once, in the background, and then
 * follow the dictionary word by word: made anew after each write they took two seconds of the thread that answers, for 100,000 words, and held it for half of one. They may lag behind by a second; only the
 * first ones are waited for, and those of a small collection. A word that no document holds any more is known to none, whatever they say.
 */
export class Knowledge {
  private spellings: SpellingIndex | undefined;
  private sounds: SoundIndex | undefined;
  private unwritten: SoundIndex | undefined;
  private names: LatinNames | undefined;
  /** The numbers of terms whose documents changed since they were taken in. */
  private changed = new Set<number>();
  private takenIn = 0;
  private builtTerms = 0;
  private builtResets = -1;
  /** Of the dictionary, when the derived indexes last had all of it. */
  private generation = -1;
  private upToDateAt = Number.NEGATIVE_INFINITY;
  private seenGeneration = -1;
  private changedAt = Number.NEGATIVE_INFINITY;
  private building: Promise<void> | undefined;
  /** Of the last beginnings, until a count changes: all readers begin with the same letters. */
  private readonly completed = new LRUCache<string, readonly Completion[]>({ max: MOST_COMPLETED });
  private completedAt = -1;

  /** @param pairs tells which words stand together; without it all words of the collection may */
  constructor(
    readonly vocabulary: Dictionary = new Dictionary(),
    private readonly pairs?: Pick<Together, 'count' | 'following' | 'written' | 'areInOneDocument' | 'areInOneSentence'>,
  ) {
    vocabulary.onCount((term) => this.changed.add(term));
  }

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

  /** Terms that begin with `prefix`, most frequent first. */
  completions(prefix: string, limit: number): readonly Completion[] {
    if (this.completedAt !== this.vocabulary.generation) this.completed.clear();
    this.completedAt = this.vocabulary.generation;
    const question = `${limit} ${prefix}`;
    const known = this.completed.get(question);
    if (known !== undefined) return known;
    const found = this.complete(prefix, limit);
    this.completed.set(question, found);
    return found;
  }

  /** One letter begins tens of thousands: they are chosen from by number. */
  private complete(prefix: string, limit: number): readonly Completion[] {
    const best: Completion[] = [];
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

  /** See `Dictionary.unseenShare`. */
  get unseenShare(): number {
    return this.vocabulary.unseenShare;
  }

  /**
   * To be called before a search: begins to bring the derived indexes up to date where they are not.
   *
   * @returns what the search should wait for: there are none yet, or the collection is small; undefined: nothing
   */
  keepFresh(): Promise<void> | undefined {
    const { size, generation } = this.vocabulary;
    if (generation !== this.generation && (this.sounds === undefined || size <= FEW_TERMS)) return this.refresh();
    this.refreshLater();
    return undefined;
  }

  private refreshLater(): void {
    const { generation } = this.vocabulary;
    const now = performance.now();
    if (generation !== this.seenGeneration) this.changedAt = now;
    this.seenGeneration = generation;
    if (generation === this.generation || this.building !== undefined) return;
    const isDue = this.changed.size > MANY_CHANGED || now - this.changedAt > SETTLED_MS || now - this.upToDateAt > LONGEST_STALE_MS;
    if (isDue) void this.refresh();
  }

  /** Brings the derived indexes up to date. Calls while that runs share it. */
  refresh(): Promise<void> {
    this.building ??= this.bringUpToDate().finally(() => {
      this.building = undefined;
    });
    return this.building;
  }

  private async bringUpToDate(): Promise<void> {
    const { generation, size, resets } = this.vocabulary;
    const changed = this.changed;
    // What comes in meanwhile is in one of them perhaps, and not in the other; the next time it is in both.
    this.changed = new Set();
    const isWorn = this.takenIn + changed.size > WORN_SHARE * this.builtTerms + FEW_TERMS;
    if (this.sounds === undefined || size <= FEW_TERMS || resets !== this.builtResets || isWorn) {
      await this.build();
      this.takenIn = 0;
      this.builtTerms = size;
      this.builtResets = resets;
    } else {
      await this.takeIn(changed);
      this.takenIn += changed.size;
    }
    this.generation = generation;
    this.upToDateAt = performance.now();
  }

  private async build(): Promise<void> {
    this.spellings = await SpellingIndex.build(this.plainTerms());
    this.sounds = await SoundIndex.buildInTurns(this.plainTerms());
    this.unwritten = await SoundIndex.buildInTurns(this.unwrittenRoots());
    this.names = await LatinNames.buildInTurns(this.plainTerms());
  }

  /** Tells the derived indexes how many documents hold each of these terms now. */
  private async takeIn(terms: Iterable<number>): Promise<void> {
    const { vocabulary, spellings, sounds, unwritten, names } = this;
    const turns = new Turns();
    for (const number of terms) {
      if (turns.isOver) await turns.next();
      const term = vocabulary.textOfTerm(number);
      if (isSigned(term)) continue;
      const documents = vocabulary.documentsWithTerm(term);
      spellings?.add(term, documents);
      sounds?.add(term, documents);
      names?.add(term);
      // It may be the dictionary form of others, and now it is written itself, or no longer.
      for (const root of new Set([term, vocabulary.textOfRoot(vocabulary.rootOfTerm(number))]))
        unwritten?.add(root, this.unwrittenDocuments(root));
    }
  }

  /** Terms that may be meant by others: C++ is no slip for C. */
  private *plainTerms(): Generator<readonly [term: string, documents: number]> {
    for (const entry of this.vocabulary.terms()) if (!isSigned(entry[0])) yield entry;
  }

  /** Dictionary forms that stand nowhere themselves. */
  private *unwrittenRoots(): Generator<readonly [term: string, documents: number]> {
    for (const [term] of this.plainTerms()) {
      const root = this.vocabulary.rootOf(term) as string;
      const documents = this.unwrittenDocuments(root);
      if (documents > 0) yield [root, documents];
    }
  }

  /** Documents that hold other forms of a root, where none holds it itself. Of nouns and the like: an infinitive sounds like nothing that stands in the texts. */
  private unwrittenDocuments(root: string): number {
    const { vocabulary } = this;
    return root.endsWith(INFINITIVE) || vocabulary.documentsWithTerm(root) > 0 ? 0 : vocabulary.documentsWithRoot(root);
  }
}

const INFINITIVE = '\u0646\u0627';
