import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Stamped } from '../engine/shown-documents.js';
import { type DocumentTerms, TermsReader } from '../forward-index/document-terms.js';
import type { TermTable } from '../forward-index/term-table.js';

/** The highest impact: it fits into the bits beside a document's number. */
export const MOST_IMPACT = 127;
const IMPACT_BITS = 7;

/** The number of a posting's document. */
export const documentOf = (posting: number): number => posting >>> IMPACT_BITS;

/** From 0 (in texts that are not searched only) to `MOST_IMPACT`. */
export const impactOf = (posting: number): number => posting & MOST_IMPACT;

/** Documents that can be numbered in the bits that are left. */
const MOST_DOCUMENTS = 2 ** (32 - IMPACT_BITS);
/** Documents that are read before other requests get their turn. */
const AT_ONCE = 50;

/**
 * Saturation of repeated words, and influence of length, as in BM25. Much lower than in ranking: all that is chosen here is which documents are looked at closely,
 * and holding all words of a query matters more for that than holding one of them often (docs/relevance.md).
 */
const K1 = 0.25;
const B = 0.2;
const TYPICAL_LENGTH = 320;
/** A word in a text of so few terms (a title) counts as this many. */
const SHORT_TEXT = 26;
const SHORT_TEXT_WORTH = 2.5;

/**
 * Root → the documents of one index that hold it, each with the root's impact there: what the root is worth in that document, from 1 to `MOST_IMPACT`.
 * A picture of the index at one moment, built whole and never changed: a changed index gets a new one.
 *
 * All postings are in one array, root after root, a posting in four bytes: the document's number, then its impact.
 */
export class InvertedIndex {
  /** In memory, with the terms of its documents, about. */
  readonly bytes: number;

  private constructor(
    readonly documents: readonly Stamped[],
    /** The terms of each. */
    readonly terms: readonly DocumentTerms[],
    /** What numbers of roots and terms mean. */
    readonly table: TermTable,
    /** Whether a field counts, by the number of its name. */
    readonly isSearched: (name: number) => boolean,
    private readonly starts: Uint32Array,
    /** See `from`, `documentOf`, `impactOf`. */
    readonly postings: Uint32Array,
  ) {
    this.bytes = terms.reduce((bytes, { byteLength }) => bytes + byteLength, postings.byteLength + starts.byteLength);
  }

  /**
   * @param terms of each document
   * @param isSearched whether a field counts, by the number of its name
   * @returns undefined where there are too many documents to number
   */
  static async build(
    documents: readonly Stamped[],
    terms: readonly DocumentTerms[],
    table: TermTable,
    isSearched: (name: number) => boolean,
  ): Promise<InvertedIndex | undefined> {
    if (documents.length > MOST_DOCUMENTS) return undefined;
    const reader = new TermsReader();
    const each = async (see: (document: number) => void): Promise<void> => {
      for (let document = 0; document < documents.length; document += 1) {
        reader.open(terms[document] as DocumentTerms);
        see(document);
        if (document % AT_ONCE === AT_ONCE - 1) await nextTurn();
      }
    };

    // Twice over the documents: first how much room each root needs, then its postings.
    const starts = new Uint32Array(table.rootCount + 1);
    await each(() =>
      reader.roots((root) => {
        starts[root + 1] = (starts[root + 1] as number) + 1;
      }),
    );
    for (let root = 1; root < starts.length; root += 1) starts[root] = (starts[root] as number) + (starts[root - 1] as number);
    const postings = new Uint32Array(starts[starts.length - 1] as number);
    const next = starts.slice(0, -1);
    const weigher = new Weigher(reader, isSearched);
    await each((document) => {
      weigher.open();
      reader.roots((root, from, to) => {
        const at = next[root] as number;
        postings[at] = ((document << IMPACT_BITS) | weigher.impactOf(from, to)) >>> 0;
        next[root] = at + 1;
      });
    });
    return new InvertedIndex(documents, terms, table, isSearched, starts, postings);
  }

  /** Where the postings of a root begin. Roots that came into the table after the index was built have none. */
  from(root: number): number {
    return root + 1 < this.starts.length ? (this.starts[root] as number) : 0;
  }

  /** Where they end, up to but without. */
  to(root: number): number {
    return root + 1 < this.starts.length ? (this.starts[root + 1] as number) : 0;
  }
}

/** Weighs the roots of the document that a reader has open. */
class Weigher {
  private readonly ends: number[] = [];
  private readonly worths: number[] = [];
  private normalization = 1;

  constructor(
    private readonly reader: TermsReader,
    private readonly isSearched: (name: number) => boolean,
  ) {}

  open(): void {
    let length = 0;
    this.ends.length = 0;
    this.worths.length = 0;
    this.reader.fields((name, first, words) => {
      const counts = this.isSearched(name);
      if (counts) length += words;
      this.ends.push(first + words);
      this.worths.push(!counts ? 0 : words <= SHORT_TEXT ? SHORT_TEXT_WORTH : 1);
    });
    this.normalization = K1 * (1 - B + (B * length) / TYPICAL_LENGTH);
  }

  /** Of the terms in `[from, to)`, all of one root. 0 where none of them stands in a searched field. */
  impactOf(from: number, to: number): number {
    const { reader, ends, worths } = this;
    let frequency = 0;
    for (let order = from; order < to; order += 1) {
      const end = reader.to(order);
      let field = 0;
      for (let at = reader.from(order); at < end; at += 1) {
        const position = reader.positionAt(at);
        while (position >= (ends[field] as number)) field += 1;
        frequency += worths[field] as number;
      }
    }
    if (frequency === 0) return 0;
    return Math.max(1, Math.round((MOST_IMPACT * frequency) / (frequency + this.normalization)));
  }
}
