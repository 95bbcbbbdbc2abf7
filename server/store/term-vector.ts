/**
 * The words of one document, as numbers of a dictionary, with their positions: what a query asks for is looked up, the rest is never touched, so that a long
 * document costs no more than a short one. In the field's terms a term vector: a positional posting list for each form that the document holds.
 *
 * One array of four-byte numbers, in this order (`n` of each are in the header):
 * header: fields, sentences, forms · fields: name, first position, length · sentences: first position · for each form its root, rising · forms, by root and then
 * by number · for each form the end of its positions, counted from the first · positions, rising for each form.
 */
export type DocumentTerms = Uint32Array;

export const HEADER = 3;
export const FIELD = 3;
/** Positions between two texts: they are far from one another. */
export const BETWEEN_TEXTS = 20;

/** Reads a term vector; one reader serves for many, one after the other. */
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

  /** For each text: the number of its field's name, its first position, its length in words. */
  fields(each: (name: number, first: number, length: number) => void): void {
    const { terms } = this;
    for (let at = HEADER; at < this.sentencesAt; at += FIELD) each(terms[at] as number, terms[at + 1] as number, terms[at + 2] as number);
  }

  /** Calls `each` for every root in the document, rising, with the orders of its forms: from, and up to but without. */
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

  /** How many forms the document holds, each counted once: their orders are the numbers below. */
  get size(): number {
    return this.termCount;
  }

  /** The number of a form. */
  termAt(order: number): number {
    return this.terms[this.idsAt + order] as number;
  }

  rootAt(order: number): number {
    return this.terms[this.rootsAt + order] as number;
  }

  /** Where the positions of a form stand, for `positionAt`: from, and up to but without. */
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
