import { type DocumentTerms, TermsReader } from '../forward-index/document-terms.js';
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
/** A text that holds so much of the query, with so much of it in its order, quotes it. */
const QUOTED = 0.85;
/** Terms at the beginning of a text that may be its heading. */
const LEAD = 60;
/** Any reading but the likeliest, at most. */
const SECOND = 0.9;
/** A beginning of an unfinished word. */
const PREFIX = 0.8;
/** What one part of a word written apart is worth alone, of the whole. */
const PART_ALONE = 0.5;
/** A word repeated more often in one document adds nothing any more. */
const MOST_REPEATED = 60;
/** Places of a form that are looked at. */
const MOST_PLACES = 200;
/** A word of which nearly every document holds a form decides nothing, and stands everywhere: it is not looked for. See `Vocabulary.rarity`. */
const NEGLIGIBLE = 0.1;

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
  /** Share of the query's rarity that the document holds, in whatever form, 0 to 1. */
  readonly coverage: number;
  /** Whether a text of the document holds the query word for word, nearly, behind its first sentences: there it quotes; a heading that does names a subject. */
  readonly isQuoted: boolean;
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

/** A place in a document that answers the query. */
interface Occurrence {
  readonly position: number;
  readonly answer: Answer;
  /** 1 for the form that was asked, less for another. */
  readonly form: number;
}

/** Far from everything. */
const NOWHERE = -1_000;

/** A query made ready for comparison with documents, and the counters of the one that is compared. */
class Question {
  /** Root number → its answers. */
  private readonly byRoot = new Map<number, Answer[]>();
  /** Answers by beginning, and for each term by its number which of them holds, from 1; 0 for none. */
  private readonly beginnings: Answer[] = [];
  private readonly beginningOf: Uint8Array;
  private readonly rarity: readonly number[];
  private readonly total: number;
  /** How sure the first, likeliest, reading of each slot is. Ranking compares documents, so that only the readings' shares matter; coverage is absolute. */
  private readonly sureness: readonly number[];

  private readonly reader: TermsReader;
  private readonly occurrences: Occurrence[] = [];
  private readonly frequency: Float64Array;
  private readonly quality: Float64Array;
  /** The same whatever the form: for coverage. */
  private readonly held: Float64Array;
  private readonly closeness: Float64Array;
  /** The same, without headings: see `LEAD`. */
  private readonly closenessWithin: Float64Array;
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
    this.reader = new TermsReader(table);
    // A word that is still being typed may become many others: beside finished words it counts as little as it is sure.
    this.sureness = slots.map(({ readings: [first], isPrefix }) => (isPrefix ? 1 : (first?.weight ?? 1)));
    let sequences = 0;
    const prefixes: { readonly text: string; readonly answer: Answer }[] = [];
    slots.forEach(({ readings, isPrefix, rarity }, slot) => {
      if (rarity < NEGLIGIBLE) return;
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
          prefixes.push({ text: last, answer: { slot, weight: weight * PREFIX, exact } });
      }
    });
    this.beginningOf = new Uint8Array(prefixes.length === 0 ? 0 : table.size + TermTable.FIRST_TERM);
    for (const { text, answer } of prefixes) {
      const nth = this.beginnings.push(answer);
      for (const term of table.beginningWith(text)) {
        // A term that answers by its root is counted already.
        if (this.beginningOf[term] === 0 && !this.byRoot.has(table.rootIdOf(term))) this.beginningOf[term] = nth;
      }
    }
    this.rarity = slots.map((slot) => slot.rarity);
    this.total = this.rarity.reduce((sum, one) => sum + one, 0);
    this.frequency = new Float64Array(slots.length);
    this.quality = new Float64Array(slots.length);
    this.held = new Float64Array(slots.length);
    this.closeness = new Float64Array(slots.length);
    this.closenessWithin = new Float64Array(slots.length);
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
    if (terms === undefined) return { score, coverage: 0, isQuoted: false };
    const length = this.read(terms, isSearched);
    score += weights.sentence * this.bestSentence + weights.density * this.densest;
    let covered = 0;
    let pairs = 0;
    let quoted = 0;
    for (let slot = 0; slot < rarity.length; slot += 1) {
      const f = Math.min(MOST_REPEATED, frequency[slot] as number);
      const weight = (rarity[slot] as number) * (this.quality[slot] as number);
      score += (weight * f * (k1 + 1)) / (f + k1 * (1 - b + (b * length) / TYPICAL_LENGTH));
      covered += (rarity[slot] as number) * (this.held[slot] as number) * (this.sureness[slot] as number);
      if (slot === 0) continue;
      const pair = Math.min(rarity[slot - 1] as number, rarity[slot] as number);
      score += weights.proximity * (this.closeness[slot] as number) * pair;
      pairs += pair;
      quoted += (this.closenessWithin[slot] as number) * pair;
    }
    const coverage = total === 0 ? 1 : covered / total;
    return { score, coverage, isQuoted: coverage >= QUOTED && pairs > 0 && quoted >= QUOTED * pairs };
  }

  private ask(root: string, answer: Answer): void {
    const id = this.table.findRoot(root);
    if (id === undefined) return;
    const answers = this.byRoot.get(id) ?? [];
    if (answer.part !== undefined || !answers.some((other) => other.slot === answer.slot && other.part === undefined)) answers.push(answer);
    this.byRoot.set(id, answers);
  }

  /** Counts what a document holds of the query. Returns its length in terms. */
  private read(terms: DocumentTerms, isSearched: (name: number) => boolean): number {
    this.frequency.fill(0);
    this.quality.fill(0);
    this.held.fill(0);
    this.closeness.fill(0);
    this.closenessWithin.fill(0);
    this.lastAt.fill(NOWHERE);
    this.lastWorth.fill(0);
    this.partAt.fill(NOWHERE);
    this.bestSentence = 0;
    this.densest = 0;
    const { reader, occurrences } = this;
    reader.open(terms);
    occurrences.length = 0;
    for (const [root, answers] of this.byRoot)
      reader.termsOfRoot(root, (term, order) => {
        for (const answer of answers) this.collect(answer, term, order);
      });
    if (this.beginnings.length > 0)
      reader.termsOf(this.beginningOf, (term, order) =>
        this.collect(this.beginnings[(this.beginningOf[term] as number) - 1] as Answer, term, order),
      );
    // As they stand in the document; what answers several slots at one place keeps the query's order.
    occurrences.sort((a, b) => a.position - b.position || a.answer.slot - b.answer.slot);

    let length = 0;
    let next = 0;
    let sentence = -1;
    reader.fields((name, first, words) => {
      const end = first + words;
      if (!isSearched(name)) {
        while (next < occurrences.length && (occurrences[next] as Occurrence).position < end) next += 1;
        return;
      }
      length += words;
      const worth = words <= SHORT_TEXT ? 1 + this.weights.shortText : 1;
      for (; next < occurrences.length; next += 1) {
        const { answer, form, position } = occurrences[next] as Occurrence;
        if (position >= end) break;
        const current = reader.sentenceOf(position, Math.max(0, sentence));
        if (current !== sentence) this.beginSentence();
        sentence = current;
        this.count(answer, form, position, worth, position - first >= LEAD);
      }
    });
    return length;
  }

  private collect(answer: Answer, term: number, order: number): void {
    const { reader } = this;
    const form = answer.exact.includes(term) ? 1 : 1 - this.weights.otherForm;
    const from = reader.from(order);
    const to = Math.min(reader.to(order), from + MOST_PLACES);
    for (let at = from; at < to; at += 1) this.occurrences.push({ position: reader.positionAt(at), answer, form });
  }

  private count(answer: Answer, form: number, position: number, worth: number, isWithin: boolean): void {
    const { slot, part } = answer;
    const held = part === undefined ? answer.weight : this.weightOfPart(part, answer.weight, position);
    if (held === 0) return;
    const weight = held * form;
    this.frequency[slot] = (this.frequency[slot] as number) + worth;
    if (held > (this.held[slot] as number)) this.held[slot] = held;
    if (weight > (this.quality[slot] as number)) this.quality[slot] = weight;
    const more = weight - (this.inSentenceOf[slot] as number);
    if (more > 0) {
      this.inSentenceOf[slot] = weight;
      this.inSentence += more * (this.rarity[slot] as number);
      if (this.inSentence > this.bestSentence) this.bestSentence = this.inSentence;
    }
    if (slot > 0) this.near(slot - 1, slot, position, 1, isWithin);
    if (slot + 1 < this.rarity.length) this.near(slot + 1, slot + 1, position, WRONG_ORDER, isWithin);
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
  private near(neighbour: number, pair: number, position: number, order: number, isWithin: boolean): void {
    const distance = position - (this.lastAt[neighbour] as number);
    // Zero: one word answers both.
    if (distance <= 0 || distance > NEAR + 1) return;
    const close = order / distance;
    if (close > (this.closeness[pair] as number)) this.closeness[pair] = close;
    if (isWithin && close > (this.closenessWithin[pair] as number)) this.closenessWithin[pair] = close;
  }
}
