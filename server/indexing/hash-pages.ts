import { NamelessFile } from './nameless-file.js';

/** Numbers of 32 bits in a page: 4 KiB, what a disk reads at once. */
export const PAGE = 1_024;
/** Pages held in memory: 4 MiB. What takes more lies in a file. */
export const MOST_IN_MEMORY = 1_024;

/** Pages of numbers, all 0 at first. */
export interface Pages {
  readonly count: number;
  /** A page to look at and to write to, until the next one is asked for. */
  at(number: number): Uint32Array;
  /** The page that was asked for last has been written to. */
  touch(): void;
  close(): void;
}

export const newPages = (count: number, mostInMemory: number): Pages =>
  count <= mostInMemory ? new PagesInMemory(count) : new PagesInFile(count);

class PagesInMemory implements Pages {
  private readonly all: Uint32Array;

  constructor(readonly count: number) {
    this.all = new Uint32Array(count * PAGE);
  }

  at(number: number): Uint32Array {
    return this.all.subarray(number * PAGE, (number + 1) * PAGE);
  }

  touch(): void {
    // It is there already.
  }

  close(): void {
    // Nothing is open.
  }
}

/** One page in memory, the others in a file. */
class PagesInFile implements Pages {
  private readonly file = new NamelessFile();
  private readonly page = new Uint32Array(PAGE);
  private readonly bytes = new Uint8Array(this.page.buffer);
  private current = 0;
  private isTouched = false;

  constructor(readonly count: number) {}

  at(number: number): Uint32Array {
    if (number === this.current) return this.page;
    if (this.isTouched) this.file.write(this.bytes, this.current * this.bytes.length);
    this.isTouched = false;
    // Behind the end of the file there are zeros, as in its holes.
    this.bytes.fill(0, this.file.read(this.bytes, number * this.bytes.length));
    this.current = number;
    return this.page;
  }

  touch(): void {
    this.isTouched = true;
  }

  close(): void {
    this.file.close();
  }
}
