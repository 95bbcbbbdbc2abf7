import { type DocumentTerms, FIELD, HEADER } from './term-vector.js';

/**
 * Term vectors on disk, in less than half of their size, so that two documents fit into a page of the file. A vector is cut into parts: header and fields, sentences, forms, how
 * often each form stands there, positions. Each part begins with the number of bytes that each of its numbers takes: as many as the highest needs. Roots are left out: forms tell.
 */
export class VectorEncoder {
  private bytes = Buffer.alloc(8192);
  private length = 0;

  /** What it returns is valid until the next call. */
  encode(vector: DocumentTerms): Buffer {
    if (this.bytes.length < vector.length * 5) this.bytes = Buffer.alloc(vector.length * 10);
    this.length = 0;
    const { sentencesAt, rootsAt, formsAt, endsAt, positionsAt } = partsOf(vector);
    const counts = vector.slice(endsAt, positionsAt);
    for (let form = counts.length - 1; form > 0; form -= 1) counts[form] = (counts[form] as number) - (counts[form - 1] as number);
    this.put(vector.subarray(0, sentencesAt));
    this.put(vector.subarray(sentencesAt, rootsAt));
    this.put(vector.subarray(formsAt, endsAt));
    this.put(counts);
    this.put(vector.subarray(positionsAt));
    return this.bytes.subarray(0, this.length);
  }

  private put(numbers: Uint32Array): void {
    let highest = 0;
    for (const number of numbers) if (number > highest) highest = number;
    const width = highest < 2 ** 8 ? 1 : highest < 2 ** 16 ? 2 : highest < 2 ** 24 ? 3 : 4;
    const { bytes } = this;
    bytes[this.length++] = width;
    for (const number of numbers) {
      for (let shift = 0; shift < 8 * width; shift += 8) bytes[this.length++] = (number >>> shift) & 0xff;
    }
  }
}

/** Reads term vectors from bytes. */
export class VectorDecoder {
  private vector = new Uint32Array(4096);
  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;

  /**
   * What it returns is valid until the next call.
   *
   * @param length of the bytes that count
   * @param rootOf the root of a form
   */
  decode(bytes: Uint8Array, length: number, rootOf: (form: number) => number): DocumentTerms {
    // A number takes a byte at least, and of each form the root is added.
    if (this.vector.length < 2 * length) this.vector = new Uint32Array(4 * length);
    const { vector } = this;
    this.bytes = bytes;
    this.at = 0;
    const width = this.width();
    this.read(0, HEADER, width);
    const { sentencesAt, rootsAt, formsAt, endsAt, positionsAt } = partsOf(vector);
    this.read(HEADER, sentencesAt, width);
    this.read(sentencesAt, rootsAt, this.width());
    this.read(formsAt, endsAt, this.width());
    this.read(endsAt, positionsAt, this.width());
    let words = 0;
    for (let form = 0; form < formsAt - rootsAt; form += 1) {
      vector[rootsAt + form] = rootOf(vector[formsAt + form] as number);
      words += vector[endsAt + form] as number;
      vector[endsAt + form] = words;
    }
    this.read(positionsAt, positionsAt + words, this.width());
    return vector.subarray(0, positionsAt + words);
  }

  private width(): number {
    return this.bytes[this.at++] as number;
  }

  /** The next numbers, to these places. */
  private read(from: number, to: number, width: number): void {
    const { vector, bytes } = this;
    let { at } = this;
    for (let place = from; place < to; place += 1) {
      let number = bytes[at] as number;
      if (width > 1) number |= (bytes[at + 1] as number) << 8;
      if (width > 2) number |= (bytes[at + 2] as number) << 16;
      if (width > 3) number |= (bytes[at + 3] as number) << 24;
      vector[place] = number;
      at += width;
    }
    this.at = at;
  }
}

/** Where the parts of a vector begin: see `DocumentTerms`. */
function partsOf(vector: DocumentTerms): Record<'sentencesAt' | 'rootsAt' | 'formsAt' | 'endsAt' | 'positionsAt', number> {
  const [fields, sentences, forms] = vector as unknown as [number, number, number];
  const sentencesAt = HEADER + FIELD * fields;
  const rootsAt = sentencesAt + sentences;
  return { sentencesAt, rootsAt, formsAt: rootsAt + forms, endsAt: rootsAt + 2 * forms, positionsAt: rootsAt + 3 * forms };
}
