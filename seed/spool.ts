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
    const [start = 0, end = 0] = this.startsOf(number, 2);
    return JSON.parse(this.bytesAt(start, end - start).toString('utf16le')) as T;
  }

  /** Those with the numbers that are wanted, in their order; nothing may be added meanwhile. The disk is read in large pieces: with `read` it would be asked three times for each. */
  *values(isWanted: (number: number) => boolean): Generator<T, void, undefined> {
    this.flush();
    let piece: Buffer = Buffer.alloc(0);
    let from = 0;
    for (let first = 0; first < this.length; first += STARTS) {
      const starts = this.startsOf(first, Math.min(STARTS, this.length - first) + 1);
      for (let i = 0; i + 1 < starts.length; i += 1) {
        const [start = 0, end = 0] = [starts[i], starts[i + 1]];
        if (!isWanted(first + i)) continue;
        if (start < from || end > from + piece.length) {
          piece = this.bytesAt(start, Math.min(Math.max(end - start, BUFFER), this.written - start));
          from = start;
        }
        yield JSON.parse(piece.toString('utf16le', start - from, end - from)) as T;
      }
    }
  }

  close(): void {
    this.file.close();
    this.startFile.close();
  }

  private bytesAt(start: number, length: number): Buffer {
    // A value is written whole.
    if (start >= this.written) return this.waiting.subarray(start - this.written, start - this.written + length);
    const bytes = Buffer.allocUnsafe(length);
    if (this.file.read(bytes, start) < length) throw new Error('a temporary file was cut off while it was in use');
    return bytes;
  }

  /** Where so many values begin, one behind the other; behind the last one of all the end is one too. */
  private startsOf(first: number, count: number): Float64Array {
    const starts = new Float64Array(count);
    const onDisk = Math.max(0, Math.min(count, this.startsWritten - first));
    if (onDisk > 0)
      this.startFile.read(new Uint8Array(starts.buffer, 0, onDisk * starts.BYTES_PER_ELEMENT), first * starts.BYTES_PER_ELEMENT);
    for (let i = onDisk; i < count; i += 1)
      starts[i] = first + i === this.length ? this.written + this.waitingBytes : (this.starts[first + i - this.startsWritten] ?? 0);
    return starts;
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
