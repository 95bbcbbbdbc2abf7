import { type DocumentTerms, FIELD, HEADER } from './term-vector.js';

/**
 * Term vectors on disk: numbers below 128 in one byte, others in as many as they need (seven bits each, the lowest first). Positions and sentences are differences from the
 * one before, and roots are left out: the form tells. A third of the size, so that two documents fit into a page of the file.
 */
const MORE = 0x80;
const LONGEST = 5;

/** Writes term vectors as bytes. What it returns is valid until the next call. */
export class VectorEncoder {
  private bytes = Buffer.alloc(4096);
  private length = 0;

  encode(vector: DocumentTerms): Buffer {
    if (this.bytes.length < vector.length * LONGEST) this.bytes = Buffer.alloc(2 * vector.length * LONGEST);
    this.length = 0;
    const [fields, sentences, forms] = vector as unknown as [number, number, number];
    const sentencesAt = HEADER + FIELD * fields;
    const rootsAt = sentencesAt + sentences;
    const endsAt = rootsAt + 2 * forms;
    for (let at = 0; at < sentencesAt; at += 1) this.put(vector[at] as number);
    this.putRising(vector, sentencesAt, rootsAt);
    for (let at = rootsAt + forms; at < endsAt; at += 1) this.put(vector[at] as number);
    this.putRising(vector, endsAt, endsAt + forms);
    let from = endsAt + forms;
    for (let form = 0; form < forms; form += 1) {
      const to = endsAt + forms + (vector[endsAt + form] as number);
      this.putRising(vector, from, to);
      from = to;
    }
    return this.bytes.subarray(0, this.length);
  }

  private putRising(vector: DocumentTerms, from: number, to: number): void {
    let before = 0;
    for (let at = from; at < to; at += 1) {
      const number = vector[at] as number;
      this.put(number - before);
      before = number;
    }
  }

  private put(number: number): void {
    let rest = number;
    while (rest >= MORE) {
      this.bytes[this.length++] = (rest & (MORE - 1)) | MORE;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }
}

/** Reads term vectors from bytes. What it returns is valid until the next call. */
export class VectorDecoder {
  private vector = new Uint32Array(4096);
  private bytes: Uint8Array = new Uint8Array(0);
  private at = 0;

  /**
   * @param length of the bytes that count
   * @param rootOf the root of a form
   */
  decode(bytes: Uint8Array, length: number, rootOf: (form: number) => number): DocumentTerms {
    // A number takes a byte at least, and of each form the root is added.
    if (this.vector.length < 2 * length) this.vector = new Uint32Array(4 * length);
    this.bytes = bytes;
    this.at = 0;
    const { vector } = this;
    this.read(0, HEADER);
    const [fields, sentences, forms] = vector as unknown as [number, number, number];
    const sentencesAt = HEADER + FIELD * fields;
    const rootsAt = sentencesAt + sentences;
    const formsAt = rootsAt + forms;
    const endsAt = formsAt + forms;
    const positionsAt = endsAt + forms;
    this.read(HEADER, rootsAt);
    addUp(vector, sentencesAt, rootsAt);
    this.read(formsAt, positionsAt);
    for (let at = formsAt; at < endsAt; at += 1) vector[at - forms] = rootOf(vector[at] as number);
    addUp(vector, endsAt, positionsAt);
    const end = positionsAt + (forms === 0 ? 0 : (vector[positionsAt - 1] as number));
    this.read(positionsAt, end);
    let from = positionsAt;
    for (let form = 0; form < forms; form += 1) {
      const to = positionsAt + (vector[endsAt + form] as number);
      if (to > from + 1) addUp(vector, from, to);
      from = to;
    }
    return vector.subarray(0, end);
  }

  /** The next numbers, to these places. */
  private read(from: number, to: number): void {
    const { vector, bytes } = this;
    let { at } = this;
    for (let place = from; place < to; place += 1) {
      let byte = bytes[at++] as number;
      let number = byte & (MORE - 1);
      for (let shift = 7; byte >= MORE; shift += 7) {
        byte = bytes[at++] as number;
        number |= (byte & (MORE - 1)) << shift;
      }
      vector[place] = number;
    }
    this.at = at;
  }
}

/** Differences become the numbers. */
function addUp(vector: Uint32Array, from: number, to: number): void {
  let sum = 0;
  for (let at = from; at < to; at += 1) {
    sum += vector[at] as number;
    vector[at] = sum;
  }
}
