import { isMeantToo, type Slot } from '../query/slots.js';
import type { PostingList, Searcher } from '../store/searcher.js';
import { NEGLIGIBLE, OTHER_FORM, OUTSIDE_HEADING } from '../weights.js';
import { beginningsOf, pairsOf, weightsOfReadings } from './query-terms.js';

/*
 * The first pass: which documents may hold what was meant. Only the impacts of the query's words are added, without a look at positions; the rescorer has the second look.
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

/** The bit of the first searched field. */
const HEADING = 1;

/** Letters of the longest beginning for which the store keeps a posting list; a longer one is the union of its words'. */
const LONGEST_LIST = 3;

/** Numbers of documents, each once. */
class DocumentList {
  length = 0;
  at = new Uint32Array(0);

  push(document: number): void {
    this.at[this.length] = document;
    this.length += 1;
  }
}

export interface FirstPassOptions {
  /** `first`: each word as it was most likely meant, and its synonyms; `all`: in whatever reading is worth most. */
  readonly readings: 'first' | 'all';
  /** How many documents are wanted. */
  readonly most: number;
  /** How the fields are searched that hold the words, as bits of `PostingList.masks`. */
  readonly mask: number;
  /** All that hold anything of the query, not only those that hold as much as the best. */
  readonly isWide?: boolean;
}

/** Roots or beginnings that answer a slot together, and what they are worth. */
interface Asked {
  readonly roots: readonly number[];
  /** The very words that were asked. */
  readonly terms: readonly (number | undefined)[];
  readonly beginning?: string;
  readonly weight: number;
  /** They answer only together. */
  readonly isTogether?: boolean;
}

/**
 * Counts documents of one store; its counters are used again by every search, so that none has to make them anew. They are all 0 between two searches.
 */
export class FirstPass {
  private scores = new Float32Array(0);
  private best = new Float32Array(0);
  private sums = new Float32Array(0);
  private parts = new Float32Array(0);
  private readonly holding = new DocumentList();
  private readonly summed = new DocumentList();
  private readonly found = new DocumentList();
  private readonly touched = new DocumentList();

  private otherForm = 1;
  private outsideHeading = 1;

  constructor(private readonly searcher: Searcher) {}

  /** The numbers of the documents that hold most of a query, the best first, and how many hold something of it. */
  find(
    slots: readonly Slot[],
    { readings, most, mask, isWide = false }: FirstPassOptions,
  ): { readonly best: number[]; readonly found: number } {
    this.makeRoom();
    const { scores, best, holding, found } = this;
    found.length = 0;
    this.otherForm = slots.length === 1 ? OTHER_FORM : 1;
    this.outsideHeading = slots.length === 1 ? OUTSIDE_HEADING : 1;
    for (const slot of decisive(slots)) {
      holding.length = 0;
      for (const asked of this.asked(slot, readings, isWide)) {
        if (asked.beginning !== undefined) this.raiseBeginning(asked.beginning, asked.weight, mask);
        else if (asked.roots.length === 1) this.raise(asked, mask);
        else this.raiseByParts(asked, mask);
      }
      const { rarity } = slot;
      for (let i = 0; i < holding.length; i += 1) {
        const document = holding.at[i] as number;
        const worth = best[document] as number;
        best[document] = 0;
        const score = scores[document] as number;
        if (score === 0) {
          if (!this.searcher.isLive(document) && !this.searcher.isPending(document)) continue;
          found.push(document);
        }
        scores[document] = score + worth * rarity;
      }
    }
    this.raisePairs(slots, mask);
    const chosen = bestOf(found, scores, most, isWide, (document) => this.searcher.tieBreakOf(document));
    const count = found.length;
    for (let i = 0; i < count; i += 1) scores[found.at[i] as number] = 0;
    return { best: chosen, found: count };
  }

  /**
   * The live documents that hold all of these roots in a searched field.
   *
   * @param isAmong told of each document that is asked about whether it is among them
   * @returns how many there are
   */
  count(roots: readonly number[], mask: number, among: readonly number[], isAmong: (document: number) => void): number {
    this.makeRoom();
    const { sums, summed } = this;
    summed.length = 0;
    roots.forEach((root, nth) => {
      this.each(root, mask, (document) => {
        const known = sums[document] as number;
        // Each root once, and only in documents that hold those before it.
        if (known !== nth) return;
        if (nth === 0) summed.push(document);
        sums[document] = nth + 1;
      });
    });
    for (const document of among) if (sums[document] === roots.length) isAmong(document);
    let count = 0;
    for (let i = 0; i < summed.length; i += 1) {
      const document = summed.at[i] as number;
      if (sums[document] === roots.length && this.searcher.isLive(document)) count += 1;
      sums[document] = 0;
    }
    return count;
  }

  /**
   * The documents, also those whose task is under way, that hold every slot in a searched field: as it was most likely meant, in other writing of the same, or by what it begins. Whether the words of a
   * reading stand together there only the second look tells.
   *
   * @returns undefined where they are too many, or not known by whole words
   */
  holdingAll(slots: readonly Slot[], mask: number, most: number): readonly number[] | undefined {
    this.makeRoom();
    const { sums, summed } = this;
    summed.length = 0;
    const isKnown = slots.every((slot, nth) => {
      const asked = this.asked(slot, 'first', false);
      const see = (document: number): void => {
        if (sums[document] !== nth) return;
        if (nth === 0) summed.push(document);
        sums[document] = nth + 1;
      };
      for (const { roots, beginning } of asked) {
        if (beginning !== undefined) {
          this.eachBeginning(beginning, ({ documents, masks, length }) => {
            for (let at = 0; at < length; at += 1) if (((masks[at] as number) & mask) !== 0) see(documents[at] as number);
          });
        } else for (const document of this.holdingRoots(roots, mask)) see(document);
      }
      return asked.length > 0 && !isOpenInParts(slot);
    });
    const found: number[] = [];
    for (let i = 0; i < summed.length; i += 1) {
      const document = summed.at[i] as number;
      if (sums[document] === slots.length && (this.searcher.isLive(document) || this.searcher.isPending(document))) found.push(document);
      sums[document] = 0;
    }
    return isKnown && found.length <= most ? found : undefined;
  }

  /** The documents that hold each of these roots. */
  private holdingRoots(roots: readonly number[], mask: number): ReadonlySet<number> {
    const { dictionary } = this.searcher;
    const documentsOf = (root: number): number => dictionary.documentsWithRoot(dictionary.textOfRoot(root));
    let holding: Set<number> | undefined;
    for (const root of [...new Set(roots)].sort((one, other) => documentsOf(one) - documentsOf(other))) {
      const both = new Set<number>();
      this.each(root, mask, (document) => {
        if (holding?.has(document) !== false) both.add(document);
      });
      holding = both;
    }
    return holding ?? new Set();
  }

  private asked({ readings, isPrefix, beginning }: Slot, which: 'first' | 'all', isWide: boolean): Asked[] {
    const { dictionary } = this.searcher;
    const weights = weightsOfReadings(readings);
    const asked: Asked[] = [];
    readings.forEach((reading, nth) => {
      // Synonyms are no guesses: the client has said that they are meant. Nor are other spellings of the same name.
      if (which === 'first' && nth > 0 && !isMeantToo(reading)) return;
      const { terms, roots, isTogether } = reading;
      // Whether they stand together only the second look tells.
      if (isWide && isTogether) return;
      const known = roots.map((root) => dictionary.findRoot(root)).filter((root) => root !== undefined);
      if (known.length === roots.length)
        asked.push({
          roots: known,
          terms: terms.map((term) => dictionary.findTerm(term)),
          weight: weights[nth] as number,
          isTogether: isTogether === true,
        });
    });
    for (const { text, weight } of beginningsOf({ isPrefix, ...(beginning && { beginning }) }))
      asked.push({ roots: [], terms: [], beginning: text, weight });
    return asked;
  }

  /** Calls `see` for each document that holds a form of the root in a searched field, once for each of its terms there. */
  private each(root: number, mask: number, see: (document: number, impact: number) => void): void {
    const { searcher } = this;
    for (const term of searcher.dictionary.termsOfRoot(root))
      searcher.postings(term, ({ documents, impacts, masks, length }) => {
        for (let at = 0; at < length; at += 1)
          if (((masks[at] as number) & mask) !== 0) see(documents[at] as number, impacts[at] as number);
      });
  }

  /** Raises the best worth of the slot in each document of a list. */
  private readonly raiseList = ({ documents, impacts, masks, length }: PostingList, weight: number, mask: number): void => {
    const { best, holding } = this;
    const outside = weight * this.outsideHeading;
    for (let at = 0; at < length; at += 1) {
      if (((masks[at] as number) & mask) === 0) continue;
      const document = documents[at] as number;
      const worth = (impacts[at] as number) * (((masks[at] as number) & HEADING) === 0 ? outside : weight);
      const known = best[document] as number;
      if (worth <= known) continue;
      if (known === 0) holding.push(document);
      best[document] = worth;
    }
  };

  private raise({ roots: [root], terms: [exact], weight }: Asked, mask: number): void {
    for (const term of this.searcher.dictionary.termsOfRoot(root as number))
      this.searcher.postings(term, (list) => {
        this.raiseList(list, term === exact ? weight : weight * this.otherForm, mask);
      });
  }

  private raiseBeginning(text: string, weight: number, mask: number): void {
    this.eachBeginning(text, (list) => {
      this.raiseList(list, weight, mask);
    });
  }

  /** The documents that hold a word which begins so: by the lists of the store, those of two letters for one, or word by word. */
  private eachBeginning(text: string, see: (list: PostingList) => void): void {
    const { searcher } = this;
    const { dictionary } = searcher;
    if (text.length > LONGEST_LIST) {
      dictionary.beginningWith(text, (term) => {
        searcher.postings(term, see);
      });
      return;
    }
    if (text.length > 1) {
      searcher.beginnings(text, see);
      return;
    }
    const seen = new Set<string>();
    dictionary.beginningWith(text, (number, term) => {
      const beginning = term.slice(0, 2);
      if (seen.has(beginning)) return;
      seen.add(beginning);
      if (term.length === 1) searcher.postings(number, see);
      else searcher.beginnings(beginning, see);
    });
  }

  /** Raises documents that hold two words of the query side by side, or begin as it does, as far as first letters tell. */
  private raisePairs(slots: readonly Slot[], mask: number): void {
    const { searcher, scores } = this;
    for (const { pair, worth } of pairsOf(slots, searcher.dictionary))
      searcher.pairs(pair, ({ documents, impacts, masks, length }) => {
        for (let at = 0; at < length; at += 1) {
          if (((masks[at] as number) & mask) === 0) continue;
          const document = documents[at] as number;
          const score = scores[document] as number;
          if (score > 0) scores[document] = score + worth * (impacts[at] as number);
        }
      });
  }

  /** A word written in parts: a document with some of them holds some of it, but where they answer only together. Of a part that stands there in several forms the best counts. */
  private raiseByParts({ roots, weight, isTogether }: Asked, mask: number): void {
    const { best, sums, parts, holding, summed, touched } = this;
    const whole = isTogether === true ? this.holdingRoots(roots, mask) : undefined;
    const share = weight / roots.length;
    summed.length = 0;
    for (const root of roots) {
      touched.length = 0;
      this.each(root, mask, (document, impact) => {
        const known = parts[document] as number;
        if (impact <= known || whole?.has(document) === false) return;
        if (known === 0) touched.push(document);
        parts[document] = impact;
      });
      for (let i = 0; i < touched.length; i += 1) {
        const document = touched.at[i] as number;
        const sum = sums[document] as number;
        if (sum === 0) summed.push(document);
        sums[document] = sum + (parts[document] as number) * share;
        parts[document] = 0;
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

  /** New documents come: there is room for all, and for some more. */
  private makeRoom(): void {
    const { numbers } = this.searcher;
    if (numbers <= this.scores.length) return;
    const size = Math.max(1_024, Math.ceil(numbers * 1.25));
    this.scores = new Float32Array(size);
    this.best = new Float32Array(size);
    this.sums = new Float32Array(size);
    this.parts = new Float32Array(size);
    for (const list of [this.holding, this.summed, this.found, this.touched]) list.at = new Uint32Array(size);
  }
}

/** A code or a run of words without spaces of which the last part is still being typed. */
const isOpenInParts = ({ isPrefix, beginning, readings: [first] }: Slot): boolean =>
  isPrefix && beginning === undefined && (first?.isTogether === true || first?.reason === 'split') && first.roots.length > 1;

function decisive(slots: readonly Slot[]): readonly Slot[] {
  const telling = slots.filter(({ rarity }) => rarity >= NEGLIGIBLE);
  // What nearly every document holds is looked for where nothing else was asked: the first letter of the only word.
  const considered = telling.length > 0 ? telling : slots.filter(({ rarity, beginning }) => rarity > 0 && beginning !== undefined);
  return mostTelling([...considered].sort((a, b) => b.rarity - a.rarity));
}

function mostTelling(byRarity: readonly Slot[]): readonly Slot[] {
  const telling = byRarity.filter(({ rarity }, nth) => nth < MOST_WORDS && rarity >= COMMON);
  const isTelling = telling.reduce((sum, { rarity }) => sum + rarity, 0) >= TELLING;
  return isTelling || telling.length >= FEWEST_WORDS ? telling : byRarity.slice(0, FEWEST_WORDS);
}

/** The documents with the highest scores, best first, without those that are hopeless beside them; equal ones by their tie breaks. */
function bestOf(
  { at: documents, length }: DocumentList,
  scores: Float32Array,
  most: number,
  isWide: boolean,
  tieBreak: (document: number) => number,
): number[] {
  const score = (document: number): number => scores[document] as number;
  let highest = 0;
  for (let i = 0; i < length; i += 1) highest = Math.max(highest, score(documents[i] as number));
  if (isWide) return sorted(atLeast(0)).slice(0, most);
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
    return [...candidates].sort((one, other) => score(other) - score(one) || tieBreak(one) - tieBreak(other) || one - other);
  }
}
