const FIRST_SIZE = 1 << 16;
const NEWLINE = 0x0a;

/**
 * Documents as they go over the wire, one JSON object a line, in one piece of memory: neither copied when they are sent, nor kept a second time in case that they are sent again in
 * halves.
 */
export class DocumentLines {
  private bytes: Buffer = Buffer.allocUnsafe(FIRST_SIZE);
  private readonly ids: string[] = [];
  private readonly ends: number[] = [];

  get length(): number {
    return this.ids.length;
  }

  /** Bytes that are held. */
  get size(): number {
    return this.ends.at(-1) ?? 0;
  }

  /** The body of a request. */
  get body(): Buffer {
    return this.bytes.subarray(0, this.size);
  }

  /** @param text JSON without line breaks, as `JSON.stringify` writes it */
  push(id: string, text: string): void {
    const { size } = this;
    const length = Buffer.byteLength(text);
    if (size + length + 1 > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, size + length + 1));
      this.bytes.copy(larger, 0, 0, size);
      this.bytes = larger;
    }
    this.bytes.write(text, size);
    this.bytes[size + length] = NEWLINE;
    this.ids.push(id);
    this.ends.push(size + length + 1);
  }

  /** The only document, where there is one. */
  get only(): { readonly id: string; readonly text: string } | undefined {
    const [id] = this.ids;
    return id === undefined || this.length > 1 ? undefined : { id, text: this.body.toString().trimEnd() };
  }

  /** Two parts of the same memory. */
  halves(): [DocumentLines, DocumentLines] {
    const middle = Math.ceil(this.length / 2);
    return [this.part(0, middle), this.part(middle, this.length)];
  }

  private part(from: number, to: number): DocumentLines {
    const part = new DocumentLines();
    const start = this.ends[from - 1] ?? 0;
    part.bytes = this.bytes.subarray(start, this.ends[to - 1]);
    for (let i = from; i < to; i += 1) {
      part.ids.push(this.ids[i] as string);
      part.ends.push((this.ends[i] as number) - start);
    }
    return part;
  }
}
