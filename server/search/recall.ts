import { documentOf, type InvertedIndex, impactOf } from '../inverted-index/inverted-index.js';
import { NEGLIGIBLE, PREFIX, weightsOfReadings } from './answers.js';
import type { Slot } from './slots.js';

/*
 * The first look at a query: which documents may hold what was meant. Only the impacts of the query's roots are added, without a look at positions; `rank.ts` has the second look.
 * Its cost grows with the documents that hold the query's words.
 */

/** Bins into which scores are sorted to find the best. */
const BINS = 1_024;

/** The rarest words of a query decide, so many at most; its common words are left to the second look. */
const MOST_WORDS = 10;
/** Rarity below which a word is common: a form of it stands in one document of eight. */
const COMMON = 2;
/** Words that are not common decide alone where they are so rare together; otherwise so many words decide, common ones among them. */
const TELLING = 10;
const FEWEST_WORDS = 6;

/** Beyond so many documents those are left out that hold less than this share of what the best one holds. */
const ENOUGH = 30;
const WORTH = 0.6;

/** Numbers with which documents are counted while candidates are gathered; all 0 between two searches, so that none has to make them anew. */
interface Scratch {
  readonly scores: Float32Array;
  readonly best: Float32Array;
  readonly sums: Float32Array;
  readonly holding: DocumentList;
  readonly summed: DocumentList;
  readonly found: DocumentList;
}
const scratches = new WeakMap<InvertedIndex, Scratch>();

/** Numbers of documents, each once: there is room for all. */
class DocumentList {
  length = 0;
  readonly at: Uint32Array;

  constructor(most: number) {
    this.at = new Uint32Array(most);
  }

  push(document: number): void {
    this.at[this.length] = document;
    this.length += 1;
  }
}

/**
 * The numbers of the documents that hold most of a query, the best first.
 *
 * @param readings `first`: each word as it was most likely meant; `all`: in whatever reading is worth most
 * @param most how many documents are wanted
 */
export function recall(slots: readonly Slot[], index: InvertedIndex, readings: 'first' | 'all', most: number): number[] {
  const scratch = scratchOf(index);
  const { scores, best, holding, found } = scratch;
  found.length = 0;
  for (const slot of decisive(slots)) {
    holding.length = 0;
    for (const { roots, weight } of rootsAsked(slot, index, readings)) {
      if (roots.length === 1) raise(index, roots[0] as number, weight, scratch);
      else raiseByParts(index, roots, weight, scratch);
    }
    const { rarity } = slot;
    for (let i = 0; i < holding.length; i += 1) {
      const document = holding.at[i] as number;
      const score = scores[document] as number;
      if (score === 0) found.push(document);
      scores[document] = score + (best[document] as number) * rarity;
      best[document] = 0;
    }
  }
  const chosen = bestOf(found, scores, most);
  for (let i = 0; i < found.length; i += 1) scores[found.at[i] as number] = 0;
  return chosen;
}

function decisive(slots: readonly Slot[]): readonly Slot[] {
  const byRarity = slots.filter(({ rarity }) => rarity >= NEGLIGIBLE).sort((a, b) => b.rarity - a.rarity);
  const telling = byRarity.filter(({ rarity }, nth) => nth < MOST_WORDS && rarity >= COMMON);
  const isTelling = telling.reduce((sum, { rarity }) => sum + rarity, 0) >= TELLING;
  return isTelling || telling.length >= FEWEST_WORDS ? telling : byRarity.slice(0, FEWEST_WORDS);
}

/** Roots that answer a slot together, and what they are worth. */
interface Asked {
  readonly roots: readonly number[];
  readonly weight: number;
}

function rootsAsked({ readings, isPrefix }: Slot, { table }: InvertedIndex, which: 'first' | 'all'): Asked[] {
  const asked: Asked[] = [];
  const weights = weightsOfReadings(readings);
  const begun = new Set<number>();
  readings.slice(0, which === 'first' ? 1 : readings.length).forEach(({ roots, terms, reason }, nth) => {
    const weight = weights[nth] as number;
    const known = roots.map((root) => table.findRoot(root)).filter((root) => root !== undefined);
    if (known.length === roots.length) asked.push({ roots: known, weight });
    const last = terms.at(-1);
    if (!isPrefix || reason === 'synonym' || last === undefined) return;
    for (const root of table.rootsBeginningWith(last)) {
      if (begun.has(root)) continue;
      begun.add(root);
      asked.push({ roots: [root], weight: weight * PREFIX });
    }
  });
  return asked;
}

/** Raises the best worth of the slot in each document that holds a root. */
function raise(index: InvertedIndex, root: number, weight: number, { best, holding }: Scratch): void {
  const { postings } = index;
  const end = index.to(root);
  for (let at = index.from(root); at < end; at += 1) {
    const posting = postings[at] as number;
    const document = documentOf(posting);
    const worth = impactOf(posting) * weight;
    const known = best[document] as number;
    if (worth <= known) continue;
    if (known === 0) holding.push(document);
    best[document] = worth;
  }
}

/** A word written in parts: a document with some of them holds some of it. */
function raiseByParts(index: InvertedIndex, roots: readonly number[], weight: number, { best, sums, holding, summed }: Scratch): void {
  const { postings } = index;
  const share = weight / roots.length;
  summed.length = 0;
  for (const root of roots) {
    const end = index.to(root);
    for (let at = index.from(root); at < end; at += 1) {
      const posting = postings[at] as number;
      const document = documentOf(posting);
      const sum = sums[document] as number;
      if (sum === 0) summed.push(document);
      sums[document] = sum + impactOf(posting) * share;
    }
  }
  for (let i = 0; i < summed.length; i += 1) {
    const document = summed.at[i] as number;
    const worth = sums[document] as number;
    sums[document] = 0;
    const known = best[document] as number;
    if (worth <= known) continue;
    if (known === 0) holding.push(document);
    best[document] = worth;
  }
}

/** The documents with the highest scores, best first, without those that are hopeless beside them; of equal ones the first. */
function bestOf({ at: documents, length }: DocumentList, scores: Float32Array, most: number): number[] {
  const score = (document: number): number => scores[document] as number;
  let highest = 0;
  for (let i = 0; i < length; i += 1) highest = Math.max(highest, score(documents[i] as number));
  const hopeful = atLeast(WORTH * highest);
  if (hopeful.length >= ENOUGH) return sorted(hopeful).slice(0, most);
  return sorted(atLeast(0)).slice(0, ENOUGH);

  function atLeast(lowest: number): number[] {
    const found: number[] = [];
    for (let i = 0; i < length; i += 1) {
      const document = documents[i] as number;
      if (score(document) >= lowest) found.push(document);
    }
    return found;
  }

  /** Sorting all of many would cost more than finding them did: first those are left out that cannot be among the best. */
  function sorted(found: readonly number[]): number[] {
    let candidates = found;
    if (found.length > 2 * most) {
      const scale = (BINS - 1) / highest;
      const bins = new Uint32Array(BINS);
      for (const document of found) {
        const bin = Math.floor(score(document) * scale);
        bins[bin] = (bins[bin] as number) + 1;
      }
      let lowest = BINS - 1;
      for (let count = bins[lowest] as number; lowest > 0 && count < most; count += bins[lowest] as number) lowest -= 1;
      candidates = found.filter((document) => Math.floor(score(document) * scale) >= lowest);
    }
    return [...candidates].sort((one, other) => score(other) - score(one) || one - other);
  }
}

function scratchOf(index: InvertedIndex): Scratch {
  let scratch = scratches.get(index);
  if (scratch === undefined) {
    const { length } = index.documents;
    scratch = {
      scores: new Float32Array(length),
      best: new Float32Array(length),
      sums: new Float32Array(length),
      holding: new DocumentList(length),
      summed: new DocumentList(length),
      found: new DocumentList(length),
    };
    scratches.set(index, scratch);
  }
  return scratch;
}
