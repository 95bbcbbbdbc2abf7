import { FIELD, HEADER } from './term-vector.js';

/**
 * Reads a term vector where it lies, as `VectorEncoder` has packed it: a search compares hundreds of documents and looks at a few words of each, so that unpacking them whole cost more than comparing
 * them. One reader serves for many, one after the other. Orders are those of `TermsReader`; they are best asked for rising, since places are counted from the last one.
 */
export class PackedTerms {
  private bytes: Uint8Array = new Uint8Array(4);
  private rootOf: (form: number) => number = () => 0;
  private fieldsAt = 0;
  private fieldsEnd = 0;
  private fieldWidth = 1;
  private sentencesAt = 0;
  private sentenceCount = 0;
  private sentenceWidth = 1;
  private formsAt = 0;
  private formWidth = 1;
  private countsAt = 0;
  private countWidth = 1;
  private positionsAt = 0;
  private positionWidth = 1;
  /** How many positions the forms before `countedTo` have. */
  private counted = 0;
  private countedTo = 0;
  /** How many forms the document holds, each counted once: their orders are the numbers below. */
  size = 0;

  /**
   * @param bytes more may stand behind the vector
   * @param rootOf the root of a form
   */
  open(bytes: Uint8Array, rootOf: (form: number) => number): void {
    this.bytes = bytes;
    this.rootOf = rootOf;
    const width = bytes[0] as number;
    const fields = numberAt(bytes, 1, width);
    this.sentenceCount = numberAt(bytes, 1 + width, width);
    this.size = numberAt(bytes, 1 + 2 * width, width);
    this.fieldWidth = width;
    this.fieldsAt = 1 + HEADER * width;
    this.fieldsEnd = this.fieldsAt + fields * FIELD * width;
    this.sentenceWidth = bytes[this.fieldsEnd] as number;
    this.sentencesAt = this.fieldsEnd + 1;
    const sentencesEnd = this.sentencesAt + this.sentenceCount * this.sentenceWidth;
    this.formWidth = bytes[sentencesEnd] as number;
    this.formsAt = sentencesEnd + 1;
    const formsEnd = this.formsAt + this.size * this.formWidth;
    this.countWidth = bytes[formsEnd] as number;
    this.countsAt = formsEnd + 1;
    const countsEnd = this.countsAt + this.size * this.countWidth;
    this.positionWidth = bytes[countsEnd] as number;
    this.positionsAt = countsEnd + 1;
    this.counted = 0;
    this.countedTo = 0;
  }

  /** For each text: the number of its field's name, its first position, its length in words. */
  fields(each: (name: number, first: number, length: number) => void): void {
    const { bytes, fieldWidth: width } = this;
    for (let at = this.fieldsAt; at < this.fieldsEnd; at += FIELD * width)
      each(numberAt(bytes, at, width), numberAt(bytes, at + width, width), numberAt(bytes, at + 2 * width, width));
  }

  /** The number of a form. */
  termAt(order: number): number {
    return numberAt(this.bytes, this.formsAt + order * this.formWidth, this.formWidth);
  }

  rootAt(order: number): number {
    return this.rootOf(this.termAt(order));
  }

  /** The order of the first form whose root is `root` or after it, not before `low`. */
  firstOfRoot(root: number, low = 0): number {
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rootAt(middle) < root) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where the positions of a form stand, for `positionAt`: from, and up to but without. */
  from(order: number): number {
    if (order < this.countedTo) {
      this.counted = 0;
      this.countedTo = 0;
    }
    const { bytes, countWidth } = this;
    let at = this.countsAt + this.countedTo * countWidth;
    for (; this.countedTo < order; this.countedTo += 1, at += countWidth) this.counted += numberAt(bytes, at, countWidth);
    return this.counted;
  }

  to(order: number): number {
    return this.from(order) + numberAt(this.bytes, this.countsAt + order * this.countWidth, this.countWidth);
  }

  positionAt(at: number): number {
    return numberAt(this.bytes, this.positionsAt + at * this.positionWidth, this.positionWidth);
  }

  /** The sentence of a position, found from the one of a position before it. */
  sentenceOf(position: number, from: number): number {
    const { bytes, sentencesAt, sentenceWidth: width, sentenceCount } = this;
    let sentence = from;
    while (sentence + 1 < sentenceCount && numberAt(bytes, sentencesAt + (sentence + 1) * width, width) <= position) sentence += 1;
    return sentence;
  }
}

/** A number of one to four bytes, the lowest first. */
function numberAt(bytes: Uint8Array, at: number, width: number): number {
  let number = bytes[at] as number;
  if (width > 1) number |= (bytes[at + 1] as number) << 8;
  if (width > 2) number |= (bytes[at + 2] as number) << 16;
  if (width > 3) number = (number | ((bytes[at + 3] as number) << 24)) >>> 0;
  return number;
}
