import { NamelessFile } from './nameless-file.js';

const FIRST_SIZE = 1 << 16;
const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/**
 * Documents as they go over the wire, one JSON object a line, in one piece of memory: not copied when they are sent. Those that were sent wait on the disk in case that they are sent
 * again in halves.
 */
export class DocumentLines {
  private aside: NamelessFile | undefined;
  private readonly ids: string[] = [];
  private readonly ends: number[] = [];

  /** @param bytes memory that is used no more */
  constructor(private bytes: Buffer = Buffer.allocUnsafe(FIRST_SIZE)) {}

  get length(): number {
    return this.ids.length;
  }

  /** Bytes that are held. */
  get size(): number {
    return this.ends.at(-1) ?? 0;
  }

  /** The body of a request. */
  get body(): Buffer {
    if (this.aside !== undefined && this.bytes.length === 0) {
      this.bytes = Buffer.allocUnsafe(this.size);
      this.aside.read(this.bytes, 0);
    }
    return this.bytes.subarray(0, this.size);
  }

  /** Onto the disk, until they are asked for. @returns the memory that they were in */
  putAside(): Buffer {
    const { bytes } = this;
    this.aside = new NamelessFile();
    this.aside.write(this.body, 0);
    this.bytes = NOTHING;
    return bytes;
  }

  /** They are needed no more. */
  drop(): void {
    this.aside?.close();
    this.aside = undefined;
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
    const { body } = this;
    const middle = Math.ceil(this.length / 2);
    return [this.part(body, 0, middle), this.part(body, middle, this.length)];
  }

  private part(body: Buffer, from: number, to: number): DocumentLines {
    const start = this.ends[from - 1] ?? 0;
    const part = new DocumentLines(body.subarray(start, this.ends[to - 1]));
    for (let i = from; i < to; i += 1) {
      part.ids.push(this.ids[i] as string);
      part.ends.push((this.ends[i] as number) - start);
    }
    return part;
  }
}
