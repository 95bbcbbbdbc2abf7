import { NamelessFile } from '../server/indexing/nameless-file.js';

/** Bytes that are gathered before they are written. */
const BUFFER = 1024 * 1024;
/** Beginnings that are. */
const STARTS = 8_192;

/** Values put aside on the disk: what is known only when all have been seen must not take memory. */
export class Spool<T> {
  length = 0;
  private readonly file = new NamelessFile();
  /** One piece of memory for all: a buffer for each value would be garbage faster than it is collected. */
  private waiting = Buffer.allocUnsafe(BUFFER);
  private waitingBytes = 0;
  private written = 0;
  /** Where each value begins: the last ones, and the others in a file. */
  private readonly startFile = new NamelessFile();
  private readonly starts = new Float64Array(STARTS);
  private startsWritten = 0;

  /** @returns its number */
  push(value: T): number {
    // As strings lie in memory: Urdu is no longer so than in UTF-8, and nothing is converted twice for each article.
    const text = JSON.stringify(value);
    const bytes = text.length * 2;
    if (this.waitingBytes + bytes > this.waiting.length) this.flush();
    if (bytes > this.waiting.length) this.waiting = Buffer.allocUnsafe(bytes);
    if (this.length - this.startsWritten === STARTS) this.flushStarts();
    this.starts[this.length - this.startsWritten] = this.written + this.waitingBytes;
    this.waitingBytes += this.waiting.write(text, this.waitingBytes, 'utf16le');
    this.length += 1;
    return this.length - 1;
  }

  read(number: number): T {
    const start = this.startOf(number);
    const end = this.startOf(number + 1);
    if (end > this.written) this.flush();
    const bytes = Buffer.allocUnsafe(end - start);
    if (this.file.read(bytes, start) < bytes.length) throw new Error('a temporary file was cut off while it was in use');
    return JSON.parse(bytes.toString('utf16le')) as T;
  }

  close(): void {
    this.file.close();
    this.startFile.close();
  }

  private startOf(number: number): number {
    if (number === this.length) return this.written + this.waitingBytes;
    if (number >= this.startsWritten) return this.starts[number - this.startsWritten] ?? 0;
    const start = new Float64Array(1);
    this.startFile.read(new Uint8Array(start.buffer), number * start.byteLength);
    return start[0] ?? 0;
  }

  private flushStarts(): void {
    this.startFile.write(new Uint8Array(this.starts.buffer), this.startsWritten * Float64Array.BYTES_PER_ELEMENT);
    this.startsWritten += STARTS;
  }

  private flush(): void {
    this.file.write(this.waiting.subarray(0, this.waitingBytes), this.written);
    this.written += this.waitingBytes;
    this.waitingBytes = 0;
  }
}
