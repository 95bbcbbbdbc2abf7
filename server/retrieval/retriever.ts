import { LRUCache } from 'lru-cache';
import { isMeantToo, type Slot } from '../query/slots.js';
import type { Searcher } from '../store/searcher.js';
import { COMMON_RARITY, DEPTH, ENOUGH, LIKELY, MOST_WITHOUT_ANCHOR, SENTENCE_WORDS, weightsFor } from '../weights.js';
import { type Anchor, anchorOf } from './anchor.js';
import { FirstPass } from './first-pass.js';
import { QueryTerms } from './query-terms.js';
import { type FieldWeights, Rescorer, type Score } from './rescorer.js';

/** The documents that answer a query best, by what the store holds, and what more there is. Independent of filter, page and caller. */
export interface Candidates {
  /** Versions of documents, by their stamps, the best first. */
  readonly stamps: readonly string[];
  /** Of those that were compared closely (the first ones): the share of the best possible score, 0 to 1. */
  readonly scores: readonly number[];
  /** Undefined: no word of the query is known. Then there are no more hits than these. */
  readonly anchor: Anchor | undefined;
  /** Live documents that hold the anchor. */
  readonly withAnchor: number;
  /** Those of `stamps` that do not. */
  readonly withoutAnchor: ReadonlySet<string>;
}

export interface RetrieveOptions {
  /** The searched fields, as bits of `PostingList.masks`. */
  readonly mask: number;
  readonly fieldWeights: FieldWeights;
  /** Words are searched as they were typed: no other readings. */
  readonly isExact: boolean;
  /** As many as may ever be listed. */
  readonly most: number;
  /** Live documents that stand first, whatever they hold. Undefined: none. */
  readonly pinned?: readonly number[];
}

/** Answers of a store that are remembered: readers ask for the same things. Some 2 MB. */
const MOST_REMEMBERED = 1_000;

/** Bytes of term vectors that are kept: while a reader types, the same documents are compared letter by letter. */
const MOST_BYTES = 32_000_000;

/** Stamps that are kept: every candidate needs one. Some 4 MB. */
const MOST_STAMPS = 30_000;

type Ranked = Score & { readonly document: number };

/** Finds the candidates for queries in one store: the first pass, then the second. */
export class Retriever {
  private readonly firstPass: FirstPass;
  private readonly remembered = new LRUCache<string, Candidates>({ max: MOST_REMEMBERED });
  private readonly vectors = new LRUCache<number, Uint8Array>({ maxSize: MOST_BYTES, sizeCalculation: ({ length }) => length });
  /** A document's number is of one version: what is known of it stays true after a write. */
  private readonly stamps = new LRUCache<number, string>({ max: MOST_STAMPS });
  private generation = -1;

  constructor(private readonly searcher: Searcher) {
    this.firstPass = new FirstPass(searcher);
  }

  /** @param slots the words of the query, in order */
  retrieve(slots: readonly Slot[], options: RetrieveOptions): Candidates {
    const { searcher } = this;
    if (this.generation !== searcher.generation) {
      this.remembered.clear();
      this.generation = searcher.generation;
    }
    const weights = searcher.fieldNames.map((_name, number) => options.fieldWeights(number));
    const question = JSON.stringify([slots, options.mask, weights, options.isExact, options.most, options.pinned]);
    const known = this.remembered.get(question);
    if (known !== undefined) return known;
    const found = this.find(slots, options);
    this.remembered.set(question, found);
    return found;
  }

  /** All documents that hold every word, best first; undefined where the store does not tell: they are too many, or a word is known by its parts only. */
  retrieveAll(slots: readonly Slot[], { mask, fieldWeights, most, pinned = [] }: RetrieveOptions): Candidates | undefined {
    const holding = this.firstPass.holdingAll(slots, mask, most);
    if (holding === undefined) return undefined;
    const compared = this.comparing(slots, fieldWeights)(holding);
    const ranked = this.sorted(compared.filter(({ holdsAll }) => holdsAll));
    const placeOf = ({ document }: Ranked): number => (pinned.includes(document) ? pinned.indexOf(document) : pinned.length);
    const placed = pinned.length === 0 ? ranked : ranked.sort((one, other) => placeOf(one) - placeOf(other));
    const stamps = placed.map(({ document }) => this.stampOf(document));
    const best = Math.max(0, ...ranked.map(({ score }) => score));
    const scores = placed.map(({ document, score }) => (pinned.includes(document) || best === 0 ? 1 : score / best));
    return { stamps, scores: falling(scores), anchor: undefined, withAnchor: 0, withoutAnchor: new Set(stamps) };
  }

  private find(slots: readonly Slot[], options: RetrieveOptions): Candidates {
    const { searcher } = this;
    const ranked = this.rank(slots, options);
    const { pinned = [] } = options;
    let documents = [...pinned, ...ranked.map(({ document }) => document).filter((document) => !pinned.includes(document))];
    if (slots.length === 1 && slots.some(isOfManyWords) && !isOneWhole(slots)) this.addTheRest(documents, slots, options);
    const anchor = anchorOf(slots, searcher.dictionary);
    const lacking = new Set(documents);
    let withAnchor = 0;
    if (anchor !== undefined) {
      const roots = anchor.roots.map((root) => searcher.dictionary.findRoot(root) as number);
      withAnchor = this.firstPass.count(roots, options.mask, documents, (document) => lacking.delete(document));
      // Far down in the list the best word of the query is not missing: what lacks it there is found by its common words.
      if (slots.length > 1) documents = documents.filter((document, rank) => rank < MOST_WITHOUT_ANCHOR || !lacking.has(document));
    }
    const best = ranked[0]?.score ?? 0;
    const stamps = documents.map((document) => this.stampOf(document));
    const scoreOf = new Map(ranked.map(({ document, score, coverage }) => [document, best === 0 ? 0 : (coverage * score) / best] as const));
    for (const document of pinned) scoreOf.set(document, 1);
    return {
      stamps,
      scores: falling(documents.flatMap((document) => scoreOf.get(document) ?? [])),
      anchor,
      withAnchor,
      withoutAnchor: new Set(stamps.filter((_stamp, rank) => lacking.has(documents[rank] as number))),
    };
  }

  /** Compares documents with a query. */
  private comparing(slots: readonly Slot[], fieldWeights: FieldWeights): (documents: readonly number[]) => Ranked[] {
    const rescorer = new Rescorer(slots, new QueryTerms(slots, this.searcher.dictionary), weightsFor(slots.length), fieldWeights);
    return (documents) =>
      documents.flatMap((document) => {
        const terms = this.vector(document);
        const score = terms === undefined ? undefined : rescorer.score(terms);
        // Some hold but a part of a synonym, which is worth nothing.
        return score === undefined || score.coverage === 0 ? [] : [{ document, ...score }];
      });
  }

  /** The documents that are compared closely, best first. */
  private rank(slots: readonly Slot[], { mask, fieldWeights, isExact, most: all }: RetrieveOptions): Ranked[] {
    const { firstPass } = this;
    const most = isOneWhole(slots) ? all : depthOf(slots);
    const compare = this.comparing(slots, fieldWeights);
    const first = firstPass.find(slots, { readings: 'first', most, mask }).best;
    let ranked = this.sorted(compare(first));
    if (!isExact && !isEnough(ranked, slots)) {
      const known = new Set(first);
      const more = firstPass.find(slots, { readings: 'all', most, mask }).best.filter((document) => !known.has(document));
      ranked = this.sorted([...ranked, ...compare(more)]);
    }
    if (slots.length > 1) return ranked;
    return ranked.filter(({ coverage }) => coverage >= LIKELY * (ranked[0] as Ranked).coverage);
  }

  private stampOf(document: number): string {
    const known = this.stamps.get(document);
    if (known !== undefined) return known;
    const stamp = this.searcher.stampOf(document);
    // A dead one has none, and may come alive.
    if (stamp !== '') this.stamps.set(document, stamp);
    return stamp;
  }

  private vector(document: number): Uint8Array | undefined {
    const known = this.vectors.get(document);
    if (known !== undefined) return known;
    const bytes = this.searcher.vector(document);
    // The buffer of the store's is longer than the vector, whatever its `length` says.
    const terms = bytes && Uint8Array.prototype.slice.call(bytes, 0, bytes.length);
    if (terms !== undefined) this.vectors.set(document, terms);
    return terms;
  }

  /** Best first; equal ones by their primary keys, so that every store of an index has the same order. */
  private sorted(ranked: Ranked[]): Ranked[] {
    const { searcher } = this;
    return ranked.sort(
      (one, other) => other.score - one.score || compareKeys(searcher.keyOf(one.document), searcher.keyOf(other.document)),
    );
  }

  /** Of one word: all documents that hold it, a synonym, or a word that begins so, behind those that were compared. */
  private addTheRest(documents: number[], slots: readonly Slot[], { mask, most }: RetrieveOptions): void {
    const known = new Set(documents);
    const { best } = this.firstPass.find(slots, { readings: 'first', most, mask, isWide: true });
    for (const document of best) if (!known.has(document) && documents.length < most) documents.push(document);
  }
}

/** Whether other words answer it as well as the one that is meant. */
const isOfManyWords = ({ isPrefix, readings: [first, ...others] }: Slot): boolean => {
  const synonyms = others.filter(isMeantToo);
  // Of several words a document must hold all together, which only a close look tells.
  return isPrefix || (synonyms.length > 0 && [first, ...synonyms].every((reading) => reading?.roots.length === 1));
};

/** Nothing but an abbreviation or a code: whether a document holds it, its letters together, only a close look tells, so that all are looked at. */
const isOneWhole = ([only, ...others]: readonly Slot[]): boolean => others.length === 0 && only?.readings[0]?.isTogether === true;

/** Scores that are shown never rise down the list. */
function falling(scores: readonly number[]): number[] {
  let least = 1;
  return scores.map((score) => {
    least = Math.min(least, score);
    return least;
  });
}

function compareKeys(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one) < String(other) ? -1 : 1;
}

/** What a query's words are worth together. */
const rarityOf = (slots: readonly Slot[]): number => slots.reduce((sum, { rarity }) => sum + rarity, 0);

function depthOf(slots: readonly Slot[]): number {
  if (slots.length === 1) return DEPTH.oneWord;
  if (rarityOf(slots) < COMMON_RARITY) return DEPTH.commonWords;
  return slots.length < SENTENCE_WORDS ? DEPTH.fewWords : DEPTH.sentence;
}

/** Whether what was found by the likeliest readings is what was meant. */
function isEnough(ranked: readonly Score[], slots: readonly Slot[]): boolean {
  if (slots.length < SENTENCE_WORDS) return (ranked[0]?.coverage ?? 0) >= ENOUGH.share;
  return ranked[0]?.isQuoted === true || (ranked[ENOUGH.sentenceDocuments - 1]?.coverage ?? 0) >= ENOUGH.sentenceShare;
}
