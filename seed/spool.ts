import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that are gathered before they are written. */
const BUFFER = 1024 * 1024;

/** Values put aside on the disk, in a file of the system's temporary folder that goes with the process: what is known only when all have been seen must not take memory. */
export class Spool<T> {
  length = 0;
  /** Where each begins; one more than there are. */
  private starts = new Float64Array(1 << 12);
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private written = 0;

  private constructor(
    private readonly folder: string,
    private readonly file: number,
  ) {}

  static async open<T>(): Promise<Spool<T>> {
    const folder = await mkdtemp(join(tmpdir(), 'justuju-articles-'));
    return new Spool<T>(folder, openSync(join(folder, 'articles'), 'w+', 0o600));
  }

  /** @returns its number */
  push(value: T): number {
    // As strings lie in memory: Urdu is no longer so than in UTF-8, and nothing is converted twice for each article.
    const bytes = Buffer.from(JSON.stringify(value), 'utf16le');
    if (this.length + 2 > this.starts.length) this.grow();
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    this.starts[this.length + 1] = (this.starts[this.length] ?? 0) + bytes.length;
    this.length += 1;
    if (this.waitingBytes >= BUFFER) this.flush();
    return this.length - 1;
  }

  read(number: number): T {
    const start = this.starts[number] ?? 0;
    const end = this.starts[number + 1] ?? start;
    if (end > this.written) this.flush();
    const bytes = Buffer.allocUnsafe(end - start);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(this.file, bytes, at, bytes.length - at, start + at);
      if (read === 0) throw new Error('a temporary file was cut off while it was in use');
      at += read;
    }
    return JSON.parse(bytes.toString('utf16le')) as T;
  }

  close(): void {
    closeSync(this.file);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private flush(): void {
    const bytes = Buffer.concat(this.waiting);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at, bytes.length - at, this.written + at);
    this.written += bytes.length;
    this.waiting = [];
    this.waitingBytes = 0;
  }

  private grow(): void {
    const starts = new Float64Array(this.starts.length * 2);
    starts.set(this.starts);
    this.starts = starts;
  }
}
