import { SHADOW_PREFIX } from '../documents/shadow.js';
import type { Slot } from './slots.js';

/**
 * Ranks candidates by what the collection knows of its words: rare words decide, words that stand together as in the query count
 * more, a word as it was typed more than a corrected one.
 *
 * BM25 over the slots of the query plus proximity of neighbours, over the stored terms of each candidate; Meilisearch's own rank is the last,
 * small, voice. Parameters below were tuned on the development queries of the project's evaluation.
 */
export interface RankParameters {
  /** Weight of neighbours of the query that stand together in the text, relative to the rarity of the rarer of them. */
  readonly proximity: number;
  /** Weight of Meilisearch's own order: added as `engine / rank`, relative to the best possible score. */
  readonly engine: number;
}

/** Saturation of repeated words, and influence of length, as in BM25 (Robertson & Zaragoza 2009). Tuned: .5 and 1.5, .4 to .9 were no better. */
const K1 = 0.9;
const B = 0.75;
/** What a word in a short field (a title) counts more than in a long one. */
const SHORT_FIELD = 1;

/** A few words are a phrase or a name: they stand together, and Meilisearch's rules serve them well. In a sentence rarity decides. */
const FOR_FEW_WORDS: RankParameters = { proximity: 4, engine: 0.4 };
const FOR_SENTENCES: RankParameters = { proximity: 1.2, engine: 0.1 };
const FEW = 4;
const SENTENCE = 9;

/** Between the two, in proportion to the number of words. */
export function rankParameters(words: number): RankParameters {
  const share = Math.min(1, Math.max(0, (words - FEW) / (SENTENCE - FEW)));
  const between = (few: number, sentence: number): number => few + (sentence - few) * share;
  return { proximity: between(FOR_FEW_WORDS.proximity, FOR_SENTENCES.proximity), engine: between(FOR_FEW_WORDS.engine, FOR_SENTENCES.engine) };
}

/** Words farther apart than this do not count as standing together. */
const NEAR = 12;
/** Fields of up to so many words count as titles. */
const SHORT_FIELD_WORDS = 25;
/** Typical words in a document, for length normalization; the exact mean matters little. */
const TYPICAL_LENGTH = 320;

export interface Candidate {
  readonly hit: Record<string, unknown>;
  /** Best rank in any of Meilisearch's answers, from 0. */
  readonly rank: number;
}

export interface Ranked extends Candidate {
  readonly score: number;
  /** Share of the query's rarity that the document holds, 0 to 1. */
  readonly coverage: number;
}

/** Best first; equal scores keep Meilisearch's order. */
export function rankCandidates(candidates: readonly Candidate[], slots: readonly Slot[], parameters: RankParameters = rankParameters(slots.length)): Ranked[] {
  const question = prepareSlots(slots);
  return candidates
    .map((candidate) => ({ ...candidate, ...scoreDocument(candidate, question, parameters) }))
    .sort((a, b) => b.score - a.score || a.rank - b.rank);
}

interface Question {
  readonly rarity: readonly number[];
  readonly total: number;
  /** Root → the slots it answers, with the weight of the reading. */
  readonly bySlot: ReadonlyMap<string, readonly { readonly slot: number; readonly weight: number }[]>;
  /** Slots that are unfinished words: a root that begins so answers too. */
  readonly prefixes: readonly { readonly beginning: string; readonly slot: number }[];
}

function prepareSlots(slots: readonly Slot[]): Question {
  const bySlot = new Map<string, { slot: number; weight: number }[]>();
  const prefixes: { beginning: string; slot: number }[] = [];
  slots.forEach(({ readings, isPrefix }, slot) => {
    for (const reading of readings) {
      // A reading of several words counts by its rarest, which stands for all: the others are mostly function words.
      for (const root of reading.roots) {
        const answers = bySlot.get(root) ?? [];
        if (!answers.some((answer) => answer.slot === slot)) answers.push({ slot, weight: reading.weight / Math.sqrt(reading.roots.length) });
        bySlot.set(root, answers);
      }
      const last = reading.roots.at(-1);
      if (isPrefix && last !== undefined && last.length > 1) prefixes.push({ beginning: last, slot });
    }
  });
  const rarity = slots.map((slot) => slot.rarity);
  return { rarity, total: rarity.reduce((sum, one) => sum + one, 0), bySlot, prefixes };
}

function scoreDocument({ hit, rank }: Candidate, { rarity, total, bySlot, prefixes }: Question, { proximity, engine }: RankParameters): { score: number; coverage: number } {
  const n = rarity.length;
  const frequency = new Float64Array(n);
  const quality = new Float64Array(n);
  const closeness = new Float64Array(Math.max(0, n - 1));
  const lastAt = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  let length = 0;
  for (const text of shadowTexts(hit)) {
    const words = text.split(' ');
    const count = words.length <= SHORT_FIELD_WORDS ? 1 + SHORT_FIELD : 1;
    for (let p = 0; p < words.length; p += 1) {
      const word = words[p] as string;
      const answers = bySlot.get(word);
      const matched = answers ?? (prefixes.length > 0 ? prefixes.filter(({ beginning }) => word.startsWith(beginning)).map(({ slot }) => ({ slot, weight: 0.8 })) : undefined);
      if (matched === undefined) continue;
      const at = length + p;
      for (const { slot, weight } of matched) {
        frequency[slot] = (frequency[slot] as number) + count;
        if (weight > (quality[slot] as number)) quality[slot] = weight;
        near(slot, slot - 1, at, 1);
        near(slot, slot + 1, at, 0.7);
        lastAt[slot] = at;
      }
    }
    // Fields are far from one another.
    length += words.length + NEAR;
  }
  let score = 0;
  let covered = 0;
  for (let slot = 0; slot < n; slot += 1) {
    const f = frequency[slot] as number;
    if (f === 0) continue;
    const weight = (rarity[slot] as number) * (quality[slot] as number);
    score += (weight * f * (K1 + 1)) / (f + K1 * (1 - B + (B * length) / TYPICAL_LENGTH));
    covered += weight;
  }
  for (let pair = 0; pair < n - 1; pair += 1) score += proximity * (closeness[pair] as number) * Math.min(rarity[pair] as number, rarity[pair + 1] as number);
  score += (engine * total) / (rank + 1);
  return { score, coverage: total === 0 ? 1 : covered / total };

  /** `slot` stands at `at`: how near is its neighbour in the query? In the query's order it counts whole. */
  function near(slot: number, neighbour: number, at: number, order: number): void {
    if (neighbour < 0 || neighbour >= n) return;
    const distance = at - (lastAt[neighbour] as number);
    if (distance <= 0 || distance > NEAR) return;
    const pair = Math.min(slot, neighbour);
    const close = order / distance;
    if (close > (closeness[pair] as number)) closeness[pair] = close;
  }
}

/** The encoded texts of a hit, title and body alike, nested ones too. */
function* shadowTexts(hit: Record<string, unknown>): Generator<string> {
  for (const [field, value] of Object.entries(hit)) if (field.startsWith(SHADOW_PREFIX)) yield* textsOf(value);
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsOf(item);
}
