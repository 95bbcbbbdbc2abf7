import { FIRST_PASS, fieldWeight, TYPICAL_LENGTH } from '../weights.js';
import { type DocumentTerms, TermsReader } from './term-vector.js';

/** The highest impact: it fits into a byte. */
export const MOST_IMPACT = 255;
/** The bit of all searched fields behind the seventh. */
export const FURTHER_FIELDS = 7;

/** The bit of a searched field in `PostingList.masks`, by its rank. */
export const bitOfField = (rank: number): number => 1 << Math.min(rank, FURTHER_FIELDS);

/** What an index searches. */
export interface Settings {
  readonly primaryKey: string | undefined;
  /** Searched fields, the weightiest first; `*`: all. */
  readonly searchable: readonly string[];
}

/**
 * For each of these fields its rank among those that are searched, or -1. Nested fields count as the field they are in. Under `*` the order is that in which documents named
 * the fields first, as in Meilisearch, and the primary key comes last: it is no text.
 *
 * @param names in the order in which they were met
 */
export function ranksOf(names: readonly string[], { searchable, primaryKey }: Settings): readonly number[] {
  const met = [...new Set(names.map(topLevel))];
  const inOrder = [...met.filter((name) => name !== primaryKey), ...met.filter((name) => name === primaryKey)];
  return names.map((name) => {
    const own = topLevel(name);
    const at = searchable.findIndex((searched) => searched === '*' || topLevel(searched) === own);
    return at !== -1 && searchable[at] === '*' ? at + inOrder.indexOf(own) : at;
  });
}

const topLevel = (field: string): string => field.split('.')[0] as string;

/** Calls with what a word is worth in a document, and in which fields it stands: see `PostingList`. */
export type EachWord = (number: number, impact: number, mask: number) => void;

/** What a word's repetitions are measured by in a document of so many words. */
export function normalizationOf(length: number): number {
  const { k1, b } = FIRST_PASS;
  return k1 * (1 - b + (b * length) / TYPICAL_LENGTH);
}

/** @param frequency how often it stands there, each time as much as its field weighs */
export const impactOf = (frequency: number, normalization: number): number =>
  Math.max(1, Math.round((MOST_IMPACT * frequency) / (frequency + normalization)));

/** Weighs the words of documents. Words that stand in no searched field are not there. */
export class Weigher {
  private readonly reader = new TermsReader();
  private readonly ends: number[] = [];
  private readonly ranks: number[] = [];
  private normalization = 1;
  private frequency = 0;
  private mask = 0;

  /**
   * @param rankOfField the rank of a field by the number of its name
   * @param termOfForm the term of a form
   */
  constructor(
    private readonly rankOfField: (name: number) => number,
    private readonly termOfForm: (form: number) => number,
  ) {}

  /** Roots come rising, forms and terms within their root. */
  weigh(vector: DocumentTerms, root: EachWord, term: EachWord, form: (number: number) => void): void {
    const { reader } = this;
    reader.open(vector);
    this.openFields();
    reader.roots((number, from, to) => {
      this.frequency = 0;
      this.mask = 0;
      for (let order = from; order < to; order += 1) if (this.add(order)) form(reader.termAt(order));
      if (this.mask === 0) return;
      root(number, this.impact, this.mask);
      if (to === from + 1) term(this.termOfForm(reader.termAt(from)), this.impact, this.mask);
      else this.weighTerms(from, to, term);
    });
  }

  /** The terms of one root: a term's forms do not stand together. */
  private weighTerms(from: number, to: number, each: EachWord): void {
    const terms: number[] = [];
    for (let order = from; order < to; order += 1) terms.push(this.termOfForm(this.reader.termAt(order)));
    terms.forEach((term, i) => {
      if (terms.indexOf(term) < i) return;
      this.frequency = 0;
      this.mask = 0;
      for (let j = i; j < terms.length; j += 1) if (terms[j] === term) this.add(from + j);
      if (this.mask !== 0) each(term, this.impact, this.mask);
    });
  }

  private openFields(): void {
    let length = 0;
    this.ends.length = 0;
    this.ranks.length = 0;
    this.reader.fields((name, first, words) => {
      const rank = this.rankOfField(name);
      if (rank !== -1) length += words;
      this.ends.push(first + words);
      this.ranks.push(rank);
    });
    this.normalization = normalizationOf(length);
  }

  /** Adds the weights of a form's positions. Returns whether it stands in a searched field. */
  private add(order: number): boolean {
    const { reader, ends, ranks } = this;
    const end = reader.to(order);
    let isSearched = false;
    let field = 0;
    for (let at = reader.from(order); at < end; at += 1) {
      const position = reader.positionAt(at);
      while (position >= (ends[field] as number)) field += 1;
      const rank = ranks[field] as number;
      if (rank === -1) continue;
      isSearched = true;
      this.frequency += fieldWeight(rank);
      this.mask |= bitOfField(rank);
    }
    return isSearched;
  }

  private get impact(): number {
    return impactOf(this.frequency, this.normalization);
  }
}
