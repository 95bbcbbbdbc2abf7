import type { TermTable } from './term-table.js';

/**
 * The terms of one document, as numbers of a `TermTable`, with their positions: what a query asks for is looked up, the rest is never touched, so that a long
 * document costs no more than a short one. In the field's terms a forward index entry with a positional posting list for each term.
 *
 * One array of four-byte numbers, in this order (`n` of each are in the header):
 * header: fields, sentences, terms · fields: name, first position, length · sentences: first position · for each term its root, rising · terms, by root and then
 * by number · for each term the end of its positions, counted from the first · positions, rising for each term.
 */
export type DocumentTerms = Uint32Array;

const HEADER = 3;
const FIELD = 3;
/** Positions between two texts: they are far from one another. */
const BETWEEN_TEXTS = 20;

/** A word as the analyzer gives it; sentences are numbered from 0. */
export interface Word {
  readonly term: string;
  readonly root: string;
  readonly sentence: number;
}

/** One text of a document: several may be of the same field. */
export interface FieldWords {
  /** The number of the field's name. */
  readonly name: number;
  readonly words: readonly Word[];
}

export function writeTerms(texts: readonly FieldWords[], table: TermTable): DocumentTerms {
  const fields: number[] = [];
  const sentences: number[] = [];
  const positions = new Map<number, number[]>();
  let position = 0;
  let count = 0;
  for (const { name, words } of texts) {
    fields.push(name, position, words.length);
    let sentence = -1;
    for (const word of words) {
      if (word.sentence !== sentence) {
        sentence = word.sentence;
        sentences.push(position);
      }
      const id = table.idOf(word.term, word.root);
      const known = positions.get(id);
      if (known === undefined) positions.set(id, [position]);
      else known.push(position);
      position += 1;
    }
    count += words.length;
    position += BETWEEN_TEXTS;
  }
  const ids = [...positions.keys()].sort((a, b) => table.rootIdOf(a) - table.rootIdOf(b) || a - b);
  const terms = new Uint32Array(HEADER + fields.length + sentences.length + 3 * ids.length + count);
  terms.set([fields.length / FIELD, sentences.length, ids.length]);
  terms.set(fields, HEADER);
  terms.set(sentences, HEADER + fields.length);
  let at = HEADER + fields.length + sentences.length;
  for (const id of ids) terms[at++] = table.rootIdOf(id);
  terms.set(ids, at);
  at += ids.length;
  let end = 0;
  for (const id of ids) {
    end += (positions.get(id) as number[]).length;
    terms[at++] = end;
  }
  for (const id of ids) {
    const own = positions.get(id) as number[];
    terms.set(own, at);
    at += own.length;
  }
  return terms;
}

/** Reads a document; one reader serves for many, one after the other. */
export class TermsReader {
  private terms: DocumentTerms = new Uint32Array(HEADER);
  private fieldCount = 0;
  private sentenceCount = 0;
  private termCount = 0;
  private sentencesAt = 0;
  private rootsAt = 0;
  private idsAt = 0;
  private endsAt = 0;
  private positionsAt = 0;

  open(terms: DocumentTerms): void {
    this.terms = terms;
    this.fieldCount = terms[0] as number;
    this.sentenceCount = terms[1] as number;
    this.termCount = terms[2] as number;
    this.sentencesAt = HEADER + FIELD * this.fieldCount;
    this.rootsAt = this.sentencesAt + this.sentenceCount;
    this.idsAt = this.rootsAt + this.termCount;
    this.endsAt = this.idsAt + this.termCount;
    this.positionsAt = this.endsAt + this.termCount;
  }

  /** For each field: the number of its name, its first position, its length in terms. */
  fields(each: (name: number, first: number, length: number) => void): void {
    const { terms } = this;
    for (let at = HEADER; at < this.sentencesAt; at += FIELD) each(terms[at] as number, terms[at + 1] as number, terms[at + 2] as number);
  }

  /** Calls `each` for every root in the document, rising, with the orders of its terms: from, and up to but without. */
  roots(each: (root: number, from: number, to: number) => void): void {
    let from = 0;
    while (from < this.termCount) {
      const root = this.rootAt(from);
      let to = from + 1;
      while (to < this.termCount && this.rootAt(to) === root) to += 1;
      each(root, from, to);
      from = to;
    }
  }

  /** How many terms the document holds, each counted once: their orders are the numbers below. */
  get size(): number {
    return this.termCount;
  }

  termAt(order: number): number {
    return this.terms[this.idsAt + order] as number;
  }

  rootAt(order: number): number {
    return this.terms[this.rootsAt + order] as number;
  }

  /** The order of the first term whose root is `root` or after it, not before `low`. */
  firstOfRoot(root: number, low = 0): number {
    let high = this.termCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rootAt(middle) < root) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where the positions of a term stand, for `positionAt`: from, and up to but without. */
  from(order: number): number {
    return this.positionsAt + (order === 0 ? 0 : (this.terms[this.endsAt + order - 1] as number));
  }

  to(order: number): number {
    return this.positionsAt + (this.terms[this.endsAt + order] as number);
  }

  positionAt(at: number): number {
    return this.terms[at] as number;
  }

  /** The sentence of a position, found from the one of a position before it. */
  sentenceOf(position: number, from: number): number {
    let sentence = from;
    while (sentence + 1 < this.sentenceCount && (this.terms[this.sentencesAt + sentence + 1] as number) <= position) sentence += 1;
    return sentence;
  }
}
