import { type DocumentTerms, FIELD_HEADER, SENTENCE_END } from '../forward-index/document-terms.js';
import { TermTable } from '../forward-index/term-table.js';
import type { Slot } from './slots.js';

/*
 * Ranks candidates by what the collection knows of its words: rare words decide, words that stand together or in one sentence count more, a word as it
 * was typed more than another form of it, and that more than a corrected one. BM25 over the words of the query, plus proximity of neighbours, the best sentence and the densest
 * place; Meilisearch's own rank is the last, small, voice. The numbers below were chosen on the development queries (docs/relevance.md).
 */

/** What each voice weighs. */
export interface Weights {
  /** Saturation of repeated words, and influence of length, as in BM25 (Robertson & Zaragoza 2009). */
  readonly k1: number;
  readonly b: number;
  /** Of neighbours of the query that stand together, relative to the rarity of the rarer of them. */
  readonly proximity: number;
  /** Of the sentence that holds most of the query. */
  readonly sentence: number;
  /** Of the place where most of the query stands together, the nearer the more. */
  readonly density: number;
  /** Of Meilisearch's own order: added as `engine / rank`, relative to the best possible score. */
  readonly engine: number;
  /** What a word in a short text (a title) counts more than in a long one. */
  readonly shortText: number;
  /** What is taken off a word that stands there in another form. */
  readonly otherForm: number;
}

/** A few words are a phrase or a name: they stand together. In a long question rarity decides. */
const FOR_FEW_WORDS: Weights = {
  k1: 0.9,
  b: 0.75,
  proximity: 5,
  sentence: 8,
  density: 5,
  engine: 1.1,
  shortText: 1.5,
  otherForm: 0.35,
};
const FOR_QUESTIONS: Weights = { ...FOR_FEW_WORDS, k1: 1.1, b: 0.9, proximity: 1.5, sentence: 0.75, density: 0, engine: 0.1, shortText: 2 };
const FEW = 4;
const MANY = 9;

/** Typical terms in a document, for length normalization; the exact mean matters little. */
const TYPICAL_LENGTH = 320;
/** Terms of a short text. */
const SHORT_TEXT = 26;
/** Words farther apart than this do not count as standing together. */
const NEAR = 12;
/** At this distance, in terms, a word counts half for density. */
const HALF_WAY = 8;
/** A neighbour in the wrong order. */
const WRONG_ORDER = 0.7;
/** Any reading but the likeliest, at most. */
const SECOND = 0.9;
/** A beginning of an unfinished word. */
const PREFIX = 0.8;
/** What one part of a word written apart is worth alone, of the whole. */
const PART_ALONE = 0.5;
/** A word repeated more often in one document adds nothing any more. */
const MOST_REPEATED = 60;

/** Between the two, in proportion to the number of words. */
export function weightsFor(words: number): Weights {
  const share = Math.min(1, Math.max(0, (words - FEW) / (MANY - FEW)));
  const between = (name: keyof Weights): number => FOR_FEW_WORDS[name] + (FOR_QUESTIONS[name] - FOR_FEW_WORDS[name]) * share;
  return {
    k1: between('k1'),
    b: between('b'),
    proximity: between('proximity'),
    sentence: between('sentence'),
    density: between('density'),
    engine: between('engine'),
    shortText: between('shortText'),
    otherForm: between('otherForm'),
  };
}

export interface Candidate {
  /** Undefined where the document could not be read: then it has Meilisearch's rank only. */
  readonly terms: DocumentTerms | undefined;
  /** Best rank in any of Meilisearch's answers, from 0. */
  readonly rank: number;
}

export interface Score {
  readonly score: number;
  /** Share of the query's rarity that the document holds, 0 to 1. */
  readonly coverage: number;
}

export interface RankOptions {
  /** Whether a field is searched, by the number of its name. */
  readonly isSearched?: (name: number) => boolean;
  readonly weights?: Weights;
}

/** Best first; equal scores keep Meilisearch's order. */
export function rankCandidates<C extends Candidate>(
  candidates: readonly C[],
  slots: readonly Slot[],
  table: TermTable,
  { isSearched = () => true, weights = weightsFor(slots.length) }: RankOptions = {},
): (C & Score)[] {
  const question = new Question(slots, table, weights);
  return candidates
    .map((candidate) => ({ ...candidate, ...question.score(candidate, isSearched) }))
    .sort((a, b) => b.score - a.score || a.rank - b.rank);
}

/** How a term answers a slot of the query. */
interface Answer {
  readonly slot: number;
  readonly weight: number;
  /** Terms of this root that are the very form that was asked. */
  readonly exact: readonly number[];
  /** For a part of a reading of several words: which reading, which part of how many, and what the whole is worth. */
  readonly part?: { readonly reading: number; readonly nth: number; readonly of: number; readonly whole: number };
}

/** Far from everything. */
const NOWHERE = -1_000;

/** A query made ready for comparison with documents, and the counters of the one that is compared. */
class Question {
  /** Root number → its answers. */
  private readonly byRoot = new Map<number, Answer[]>();
  /** The same for a quick no, which is the answer for nearly all terms. */
  private readonly isAsked: Uint8Array;
  private readonly prefixes: { readonly text: string; readonly answer: Answer }[] = [];
  /** For each term met, whether it begins with a prefix: 0 not looked at, 1 no, 2 yes. */
  private readonly begins: Uint8Array;
  private readonly rarity: readonly number[];
  private readonly total: number;
  /** How sure the first, likeliest, reading of each slot is. Ranking compares documents, so that only the readings' shares matter; coverage is absolute. */
  private readonly sureness: readonly number[];

  private readonly frequency: Float64Array;
  private readonly quality: Float64Array;
  private readonly closeness: Float64Array;
  private readonly lastAt: Int32Array;
  private readonly lastWorth: Float64Array;
  /** What the sentence that is being read holds of each slot. */
  private readonly inSentenceOf: Float64Array;
  /** For each reading of several words: where its last matched part stood, and which part that was. */
  private readonly partAt: Int32Array;
  private readonly partNth: Int32Array;
  private inSentence = 0;
  private bestSentence = 0;
  private densest = 0;

  constructor(
    slots: readonly Slot[],
    private readonly table: TermTable,
    private readonly weights: Weights,
  ) {
    this.isAsked = new Uint8Array(table.rootCount);
    // A word that is still being typed may become many others: beside finished words it counts as little as it is sure.
    this.sureness = slots.map(({ readings: [first], isPrefix }) => (isPrefix ? 1 : (first?.weight ?? 1)));
    let sequences = 0;
    slots.forEach(({ readings, isPrefix }, slot) => {
      const exact = readings.flatMap(({ terms }) => terms.map((term) => table.find(term) ?? -1));
      for (const { terms, roots, reason, weight: absolute } of readings) {
        const first = readings[0]?.weight ?? 1;
        const weight = (absolute === first ? first : Math.min(SECOND * first, absolute)) / (this.sureness[slot] as number);
        const reading = roots.length > 1 ? sequences++ : -1;
        roots.forEach((root, nth) => {
          const part = { reading, nth, of: roots.length, whole: weight };
          this.ask(
            root,
            reading < 0 ? { slot, weight, exact } : { slot, weight: reason === 'synonym' ? 0 : weight * PART_ALONE, exact, part },
          );
        });
        const last = terms.at(-1);
        if (isPrefix && reason !== 'synonym' && last !== undefined && last.length > 1)
          this.prefixes.push({ text: last, answer: { slot, weight: weight * PREFIX, exact } });
      }
    });
    this.begins = new Uint8Array(this.prefixes.length === 0 ? 0 : table.size + TermTable.FIRST_TERM);
    this.rarity = slots.map((slot) => slot.rarity);
    this.total = this.rarity.reduce((sum, one) => sum + one, 0);
    this.frequency = new Float64Array(slots.length);
    this.quality = new Float64Array(slots.length);
    this.closeness = new Float64Array(slots.length);
    this.lastAt = new Int32Array(slots.length);
    this.lastWorth = new Float64Array(slots.length);
    this.inSentenceOf = new Float64Array(slots.length);
    this.partAt = new Int32Array(sequences);
    this.partNth = new Int32Array(sequences);
  }

  score({ terms, rank }: Candidate, isSearched: (name: number) => boolean): Score {
    const { rarity, total, weights, frequency } = this;
    const { k1, b } = weights;
    let score = (weights.engine * total) / (rank + 1);
    if (terms === undefined) return { score, coverage: 0 };
    const length = this.read(terms, isSearched);
    score += weights.sentence * this.bestSentence + weights.density * this.densest;
    let covered = 0;
    for (let slot = 0; slot < rarity.length; slot += 1) {
      const f = Math.min(MOST_REPEATED, frequency[slot] as number);
      const weight = (rarity[slot] as number) * (this.quality[slot] as number);
      score += (weight * f * (k1 + 1)) / (f + k1 * (1 - b + (b * length) / TYPICAL_LENGTH));
      covered += weight * (this.sureness[slot] as number);
      if (slot > 0)
        score += weights.proximity * (this.closeness[slot] as number) * Math.min(rarity[slot - 1] as number, rarity[slot] as number);
    }
    return { score, coverage: total === 0 ? 1 : covered / total };
  }

  private ask(root: string, answer: Answer): void {
    const id = this.table.findRoot(root);
    if (id === undefined) return;
    const answers = this.byRoot.get(id) ?? [];
    if (answer.part !== undefined || !answers.some((other) => other.slot === answer.slot && other.part === undefined)) answers.push(answer);
    this.byRoot.set(id, answers);
    this.isAsked[id] = 1;
  }

  /** Counts what a document holds of the query. Returns its length in terms. */
  private read(terms: DocumentTerms, isSearched: (name: number) => boolean): number {
    this.frequency.fill(0);
    this.quality.fill(0);
    this.closeness.fill(0);
    this.lastAt.fill(NOWHERE);
    this.lastWorth.fill(0);
    this.partAt.fill(NOWHERE);
    this.bestSentence = 0;
    this.densest = 0;
    let position = 0;
    let length = 0;
    for (let at = 0; at < terms.length; ) {
      const name = terms[at + 1] as number;
      const words = terms[at + 2] as number;
      at += FIELD_HEADER;
      const counts = isSearched(name);
      const worth = words <= SHORT_TEXT ? 1 + this.weights.shortText : 1;
      this.beginSentence();
      for (let left = words; left > 0; at += 1) {
        const term = terms[at] as number;
        if (term === SENTENCE_END) {
          if (counts) this.beginSentence();
          continue;
        }
        left -= 1;
        position += 1;
        if (counts) this.meet(term, position, worth);
      }
      if (counts) length += words;
      // Texts are far from one another.
      position += NEAR + 1;
    }
    return length;
  }

  private meet(term: number, position: number, worth: number): void {
    const root = this.table.rootIdOf(term);
    if (root < this.isAsked.length && this.isAsked[root] === 1) {
      for (const answer of this.byRoot.get(root) as Answer[]) this.count(answer, term, position, worth);
    } else if (this.prefixes.length > 0 && this.begins[term] !== 1) this.meetBeginning(term, position, worth);
  }

  private meetBeginning(term: number, position: number, worth: number): void {
    const found = this.prefixes.find(({ text }) => this.table.beginsWith(term, text));
    this.begins[term] = found === undefined ? 1 : 2;
    if (found !== undefined) this.count(found.answer, term, position, worth);
  }

  private count(answer: Answer, term: number, position: number, worth: number): void {
    const { slot, exact, part } = answer;
    const weight = (part === undefined ? answer.weight : this.weightOfPart(part, answer.weight, position)) * this.formOf(exact, term);
    if (weight === 0) return;
    this.frequency[slot] = (this.frequency[slot] as number) + worth;
    if (weight > (this.quality[slot] as number)) this.quality[slot] = weight;
    const more = weight - (this.inSentenceOf[slot] as number);
    if (more > 0) {
      this.inSentenceOf[slot] = weight;
      this.inSentence += more * (this.rarity[slot] as number);
      if (this.inSentence > this.bestSentence) this.bestSentence = this.inSentence;
    }
    if (slot > 0) this.near(slot - 1, slot, position, 1);
    if (slot + 1 < this.rarity.length) this.near(slot + 1, slot + 1, position, WRONG_ORDER);
    this.lastAt[slot] = position;
    this.lastWorth[slot] = weight * (this.rarity[slot] as number);
    this.measureDensity(position);
  }

  /** How much of the query stands around a place, each word at its last occurrence before it. */
  private measureDensity(position: number): void {
    let density = 0;
    for (let slot = 0; slot < this.rarity.length; slot += 1) {
      const worth = this.lastWorth[slot] as number;
      if (worth > 0) density += (worth * HALF_WAY) / (HALF_WAY + position - (this.lastAt[slot] as number));
    }
    if (density > this.densest) this.densest = density;
  }

  private formOf(exact: readonly number[], term: number): number {
    return exact.includes(term) ? 1 : 1 - this.weights.otherForm;
  }

  /** The last part of a word written apart is worth the whole when the other parts stand right before it. */
  private weightOfPart({ reading, nth, of, whole }: NonNullable<Answer['part']>, alone: number, position: number): number {
    const follows = nth === 0 || (this.partNth[reading] === nth - 1 && this.partAt[reading] === position - 1);
    if (follows) {
      this.partNth[reading] = nth;
      this.partAt[reading] = position;
    }
    return follows && nth === of - 1 ? whole : alone;
  }

  private beginSentence(): void {
    this.inSentence = 0;
    this.inSentenceOf.fill(0);
  }

  /** @param pair the later slot of the two */
  private near(neighbour: number, pair: number, position: number, order: number): void {
    const distance = position - (this.lastAt[neighbour] as number);
    // Zero: one word answers both.
    if (distance <= 0 || distance > NEAR + 1) return;
    const close = order / distance;
    if (close > (this.closeness[pair] as number)) this.closeness[pair] = close;
  }
}
