import { isShadow, SHADOW_PREFIX } from '../documents/shadow.js';
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
const FULL_STOP = '\u06D4';
/** A beginning of an unfinished word. */
const PREFIX = 0.8;
/** Letters of an average word with the space after it: positions are counted in letters and compared in words. */
const WORD = 5;
/** A word repeated more often in one field adds nothing any more. */
const MOST_REPEATED = 40;

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
  /** What is looked for in the encoded texts, with a space before it, and after it unless the word is unfinished. */
  readonly needles: readonly { readonly text: string; readonly answers: readonly Answer[] }[];
  /** How a document writes each word if it holds it in the form that was asked. */
  readonly spellings: readonly (readonly string[])[];
  /** How many readings of several words there are. */
  readonly sequences: number;
}

function prepare(slots: readonly Slot[]): Question {
  const needles = new Map<string, Answer[]>();
  const add = (needle: string, answer: Answer): void => {
    const answers = needles.get(needle) ?? [];
    if (answer.part !== undefined || !answers.some((other) => other.slot === answer.slot && other.part === undefined)) answers.push(answer);
    needles.set(needle, answers);
  };
  let sequences = 0;
  slots.forEach(({ readings, isPrefix }, slot) => {
    for (const { terms, roots, weight } of readings) {
      const reading = roots.length > 1 ? sequences++ : -1;
      roots.forEach((root, nth) => {
        add(
          ` ${root} `,
          reading < 0 ? { slot, weight } : { slot, weight: weight * PART_ALONE, part: { reading, nth, of: roots.length, whole: weight } },
        );
      });
      const last = terms.at(-1);
      if (isPrefix && last !== undefined && last.length > 1) add(` ${last}`, { slot, weight: weight * PREFIX });
    }
  });
  const rarity = slots.map((slot) => slot.rarity);
  return {
    rarity,
    total: rarity.reduce((sum, one) => sum + one, 0),
    needles: [...needles].map(([text, answers]) => ({ text, answers })),
    spellings: slots.map(({ text, readings }) => [
      ...new Set([text, ...readings.flatMap(({ spellings = [], terms }) => [...spellings, ...terms])]),
    ]),
    sequences,
  };
}

/** What one document holds of the query. */
class Tally {
  readonly frequency: Float64Array;
  readonly quality: Float64Array;
  readonly closeness: Float64Array;
  bestSentence = 0;
  /** In letters. */
  length = 0;
  private readonly lastEnd: Float64Array;
  private inSentence = 0;
  private readonly seenInSentence: Uint8Array;
  /** For each reading of several words: where its last matched part ended, and which part that was. */
  private readonly partEnd: Float64Array;
  private readonly partNth: Int32Array;

  constructor(
    private readonly question: Question,
    /** What is taken off each slot because the document holds the word in other forms only. */
    private readonly forms: readonly number[],
  ) {
    const n = question.rarity.length;
    this.frequency = new Float64Array(n);
    this.quality = new Float64Array(n);
    this.closeness = new Float64Array(Math.max(0, n - 1));
    this.lastEnd = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    this.seenInSentence = new Uint8Array(n);
    this.partEnd = new Float64Array(question.sequences).fill(Number.NEGATIVE_INFINITY);
    this.partNth = new Int32Array(question.sequences).fill(-1);
  }

  /** @param encoded terms one space apart, a full stop between sentences: as it stands in the index */
  addField(encoded: string): void {
    const text = ` ${encoded} `;
    const found: { at: number; end: number; answers: readonly Answer[] }[] = [];
    // Native string search over terms that were made at indexing time: some twenty times as fast as analyzing the text again.
    for (const { text: needle, answers } of this.question.needles) {
      let count = 0;
      for (let at = text.indexOf(needle); at !== -1 && count < MOST_REPEATED; at = text.indexOf(needle, at + needle.length - 1)) {
        found.push({ at, end: at + needle.length - (needle.endsWith(' ') ? 1 : 0), answers });
        count += 1;
      }
    }
    found.sort((a, b) => a.at - b.at);
    const weight = encoded.length <= SHORT_FIELD_LETTERS ? 1 + SHORT_FIELD : 1;
    let stop = -1;
    for (const { at, end, answers } of found) {
      if (at > stop) {
        stop = text.indexOf(FULL_STOP, at);
        if (stop === -1) stop = text.length;
        this.beginSentence();
      }
      for (const answer of answers) {
        const worth = this.weightAt(answer, this.length + at, this.length + end) * (this.forms[answer.slot] as number);
        this.add(answer.slot, worth, this.length + at, this.length + end, weight);
      }
    }
    // Fields are far from one another.
    this.length += text.length + NEAR * WORD;
  }

  /** The last part of a word written apart is worth the whole when the other parts stand right before it. */
  private weightAt({ weight, part }: Answer, at: number, end: number): number {
    if (part === undefined) return weight;
    const { reading, nth, of, whole } = part;
    const follows = nth === 0 || (this.partNth[reading] === nth - 1 && this.partEnd[reading] === at);
    if (follows) {
      this.partNth[reading] = nth;
      this.partEnd[reading] = end;
    }
    return follows && nth === of - 1 ? whole : weight;
  }

  private beginSentence(): void {
    this.inSentence = 0;
    this.seenInSentence.fill(0);
  }

  private add(slot: number, weight: number, at: number, end: number, count: number): void {
    this.frequency[slot] = (this.frequency[slot] as number) + count;
    if (weight > (this.quality[slot] as number)) this.quality[slot] = weight;
    if (this.seenInSentence[slot] === 0) {
      this.seenInSentence[slot] = 1;
      this.inSentence += weight * (this.question.rarity[slot] as number);
      if (this.inSentence > this.bestSentence) this.bestSentence = this.inSentence;
    }
    this.near(slot - 1, slot - 1, at, 1);
    this.near(slot + 1, slot, at, WRONG_ORDER);
    this.lastEnd[slot] = end;
  }

  private near(neighbour: number, pair: number, at: number, order: number): void {
    if (neighbour < 0 || neighbour >= this.lastEnd.length) return;
    const gap = at - (this.lastEnd[neighbour] as number);
    if (gap < 0 || gap > NEAR * WORD) return;
    const distance = 1 + gap / WORD;
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
  const tally = new Tally(question, formFactors(hit, question));
  for (const [field, value] of Object.entries(hit))
    if (field.startsWith(SHADOW_PREFIX)) for (const text of textsOf(value)) tally.addField(text);
  const { frequency, quality, closeness } = tally;
  const length = tally.length / WORD;
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

/** For each slot 1, or less where the document's own texts, if they were fetched, hold the word in other forms than the one asked for. */
function formFactors(hit: Hit, { spellings }: Question): number[] {
  const texts = Object.entries(hit)
    .flatMap(([field, value]) => (isShadow(field) || field.startsWith('_') ? [] : [...textsOf(value)]))
    .map((text) => (VOWEL_MARK.test(text) ? text.normalize('NFC').replace(VOWEL_MARKS, '') : text));
  if (texts.length === 0) return spellings.map(() => 1);
  return spellings.map((forms) => (forms.some((form) => texts.some((text) => holdsWord(text, form))) ? 1 : 1 - OTHER_FORM));
}

/** مُحبّت is محبت: marks are no other form. */
const VOWEL_MARK = /[\u064B-\u0655\u0670]/;
const VOWEL_MARKS = /[\u064B-\u0652\u0670]/g;
const LETTER = /[\p{L}\p{M}\p{N}]/u;

/** Whether a text holds a word by itself, in these very letters. */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!LETTER.test(text[at - 1] ?? ' ') && !LETTER.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}

/** The texts in a value, nested ones too. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsOf(item);
}
