import { createAnalyzer } from '@justuju/urdu';
import { hasArabicScript, isShadow } from '../documents/shadow.js';
import type { Hit } from './request.js';
import type { Slot } from './slots.js';

/*
 * Ranks candidates by what the collection knows of its words: rare words decide, words that stand together or in one sentence count more, a word as it
 * was typed more than another form of it, and that more than a corrected one. BM25 over the words of the query, plus proximity, plus the best sentence;
 * Meilisearch's own rank is the last, small, voice. The numbers below were chosen on the development queries (docs/relevance.md).
 */

/** Saturation of repeated words, and influence of length, as in BM25 (Robertson & Zaragoza 2009). .6 to 1.3 and .6 to 1 move no kind by more than .01. */
const K1 = 1.1;
const B = 0.9;
/** Typical words in a document, for length normalization; the exact mean matters little. */
const TYPICAL_LENGTH = 320;
/** What a word in a short field (a title) counts more than in a long one, and how long short is, in letters: some 25 words. */
const SHORT_FIELD = 2;
const SHORT_FIELD_LETTERS = 130;
/** What is taken off a word that the document holds only in other forms. */
const OTHER_FORM = 0.35;
/** Words farther apart than this do not count as standing together. */
const NEAR = 12;
/** A neighbour in the wrong order. */
const WRONG_ORDER = 0.7;
/** A beginning of an unfinished word. */
const PREFIX = 0.8;
/** Only so much of a text is ranked by, in UTF-16 code units: what comes later in a book hardly tells what it is about. */
const RANKED_TEXT = 16_384;

const analyzer = createAnalyzer();

interface Parameters {
  /** Weight of neighbours of the query that stand together, relative to the rarity of the rarer of them. */
  readonly proximity: number;
  /** Weight of the sentence that holds most of the query. */
  readonly sentence: number;
  /** Weight of Meilisearch's own order: added as `engine / rank`, relative to the best possible score. */
  readonly engine: number;
}

/** A few words are a phrase or a name: they stand together. In a long question rarity decides. */
const FOR_FEW_WORDS: Parameters = { proximity: 5, sentence: 3.5, engine: 0.7 };
const FOR_QUESTIONS: Parameters = { proximity: 1.5, sentence: 0.75, engine: 0.1 };
const FEW = 4;
const MANY = 9;

/** Between the two, in proportion to the number of words. */
function parametersFor(words: number): Parameters {
  const share = Math.min(1, Math.max(0, (words - FEW) / (MANY - FEW)));
  const between = (name: keyof Parameters): number => FOR_FEW_WORDS[name] + (FOR_QUESTIONS[name] - FOR_FEW_WORDS[name]) * share;
  return { proximity: between('proximity'), sentence: between('sentence'), engine: between('engine') };
}

export interface Candidate {
  readonly hit: Hit;
  /** Best rank in any of Meilisearch's answers, from 0. */
  readonly rank: number;
}

export interface Ranked extends Candidate {
  readonly score: number;
  /** Share of the query's rarity that the document holds, 0 to 1. */
  readonly coverage: number;
}

/** Best first; equal scores keep Meilisearch's order. */
export function rankCandidates(candidates: readonly Candidate[], slots: readonly Slot[]): Ranked[] {
  const question = prepare(slots);
  const parameters = parametersFor(slots.length);
  return candidates
    .map((candidate) => ({ ...candidate, ...score(candidate, question, parameters) }))
    .sort((a, b) => b.score - a.score || a.rank - b.rank);
}

interface Answer {
  readonly slot: number;
  readonly weight: number;
  /** For a part of a reading of several words: which reading, which part of how many, and what the whole is worth. */
  readonly part?: { readonly reading: number; readonly nth: number; readonly of: number; readonly whole: number };
}

/** What one part of a word written apart is worth alone, of the whole. */
const PART_ALONE = 0.5;

interface Question {
  readonly rarity: readonly number[];
  readonly total: number;
  readonly byRoot: ReadonlyMap<string, readonly Answer[]>;
  readonly slotsByTerm: ReadonlyMap<string, ReadonlySet<number>>;
  readonly beginnings: readonly { readonly text: string; readonly answer: Answer }[];
  /** How many readings of several words there are. */
  readonly sequences: number;
}

function prepare(slots: readonly Slot[]): Question {
  const byRoot = new Map<string, Answer[]>();
  const slotsByTerm = new Map<string, Set<number>>();
  const beginnings: { text: string; answer: Answer }[] = [];
  let sequences = 0;
  slots.forEach(({ readings, isPrefix }, slot) => {
    for (const { terms, roots, weight } of readings) {
      const reading = roots.length > 1 ? sequences++ : -1;
      roots.forEach((root, nth) => {
        const answers = byRoot.get(root) ?? [];
        if (reading >= 0) answers.push({ slot, weight: weight * PART_ALONE, part: { reading, nth, of: roots.length, whole: weight } });
        else if (!answers.some((answer) => answer.slot === slot && answer.part === undefined)) answers.push({ slot, weight });
        byRoot.set(root, answers);
        const term = terms[nth] ?? root;
        slotsByTerm.set(term, (slotsByTerm.get(term) ?? new Set<number>()).add(slot));
      });
      const last = terms.at(-1);
      if (isPrefix && last !== undefined && last.length > 1) beginnings.push({ text: last, answer: { slot, weight: weight * PREFIX } });
    }
  });
  const rarity = slots.map((slot) => slot.rarity);
  return { rarity, total: rarity.reduce((sum, one) => sum + one, 0), byRoot, slotsByTerm, beginnings, sequences };
}

/** What one document holds of the query. */
class Tally {
  readonly frequency: Float64Array;
  readonly quality: Float64Array;
  readonly closeness: Float64Array;
  bestSentence = 0;
  length = 0;
  private readonly lastAt: Float64Array;
  private sentence = -1;
  private inSentence = 0;
  private readonly seenInSentence: Uint8Array;
  /** For each reading of several words: where its last matched part stood, and which part that was. */
  private readonly partAt: Float64Array;
  private readonly partNth: Int32Array;

  constructor(private readonly question: Question) {
    const n = question.rarity.length;
    this.frequency = new Float64Array(n);
    this.quality = new Float64Array(n);
    this.closeness = new Float64Array(Math.max(0, n - 1));
    this.lastAt = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.seenInSentence = new Uint8Array(n);
    this.partAt = new Float64Array(question.sequences).fill(Number.NEGATIVE_INFINITY);
    this.partNth = new Int32Array(question.sequences).fill(-1);
  }

  addField(text: string): void {
    const { byRoot, slotsByTerm, beginnings } = this.question;
    // Counted in letters, since the words are counted only while they are read.
    const count = text.length <= SHORT_FIELD_LETTERS ? 1 + SHORT_FIELD : 1;
    this.sentence = -1;
    let p = 0;
    analyzer.visit(text, (term, root, sentence) => {
      const at = this.length + p;
      p += 1;
      let answers = byRoot.get(root);
      if (answers === undefined) {
        if (beginnings.length === 0) return;
        answers = beginnings.filter((beginning) => term.startsWith(beginning.text)).map(({ answer }) => answer);
        if (answers.length === 0) return;
      }
      if (sentence !== this.sentence) this.beginSentence(sentence);
      const typed = slotsByTerm.get(term);
      for (const answer of answers) {
        const weight = this.weightAt(answer, at);
        this.add(answer.slot, typed?.has(answer.slot) === true ? weight : weight * (1 - OTHER_FORM), at, count);
      }
    });
    // Fields are far from one another.
    this.length += p + NEAR;
  }

  /** The last part of a word written apart is worth the whole when the other parts stand right before it. */
  private weightAt({ weight, part }: Answer, at: number): number {
    if (part === undefined) return weight;
    const { reading, nth, of, whole } = part;
    const follows = nth === 0 || (this.partNth[reading] === nth - 1 && this.partAt[reading] === at - 1);
    if (follows) {
      this.partNth[reading] = nth;
      this.partAt[reading] = at;
    }
    return follows && nth === of - 1 ? whole : weight;
  }

  private beginSentence(sentence: number): void {
    this.sentence = sentence;
    this.inSentence = 0;
    this.seenInSentence.fill(0);
  }

  private add(slot: number, weight: number, at: number, count: number): void {
    this.frequency[slot] = (this.frequency[slot] as number) + count;
    if (weight > (this.quality[slot] as number)) this.quality[slot] = weight;
    if (this.seenInSentence[slot] === 0) {
      this.seenInSentence[slot] = 1;
      this.inSentence += weight * (this.question.rarity[slot] as number);
      if (this.inSentence > this.bestSentence) this.bestSentence = this.inSentence;
    }
    this.near(slot - 1, slot - 1, at, 1);
    this.near(slot + 1, slot, at, WRONG_ORDER);
    this.lastAt[slot] = at;
  }

  private near(neighbour: number, pair: number, at: number, order: number): void {
    if (neighbour < 0 || neighbour >= this.lastAt.length) return;
    const distance = at - (this.lastAt[neighbour] as number);
    if (distance <= 0 || distance > NEAR) return;
    const close = order / distance;
    if (close > (this.closeness[pair] as number)) this.closeness[pair] = close;
  }
}

function score(
  { hit, rank }: Candidate,
  question: Question,
  { proximity, sentence, engine }: Parameters,
): { score: number; coverage: number } {
  const { rarity, total } = question;
  const tally = new Tally(question);
  for (const text of textsOf(hit)) tally.addField(text.length > RANKED_TEXT ? text.slice(0, RANKED_TEXT) : text);
  const { frequency, quality, closeness, length } = tally;
  let sum = (engine * total) / (rank + 1) + sentence * tally.bestSentence;
  let covered = 0;
  for (let slot = 0; slot < rarity.length; slot += 1) {
    const f = frequency[slot] as number;
    const weight = (rarity[slot] as number) * (quality[slot] as number);
    sum += (weight * f * (K1 + 1)) / (f + K1 * (1 - B + (B * length) / TYPICAL_LENGTH));
    covered += weight;
  }
  for (let pair = 0; pair < closeness.length; pair += 1) {
    sum += proximity * (closeness[pair] as number) * Math.min(rarity[pair] as number, rarity[pair + 1] as number);
  }
  return { score: sum, coverage: total === 0 ? 1 : covered / total };
}

/** The texts of a hit, title and body alike, nested ones too. */
function* textsOf(value: unknown, field = ''): Generator<string> {
  if (typeof value === 'string') {
    if (hasArabicScript(value) || value.length < 1_000) yield value;
  } else if (value !== null && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) {
      if (field === '' && (isShadow(name) || name === '_formatted' || name === '_rankingScoreDetails' || name === '_federation')) continue;
      yield* textsOf(item, name);
    }
  }
}
