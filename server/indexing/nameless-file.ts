import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Closes the files of what was forgotten: a run that is broken off closes nothing. */
const forgotten = new FinalizationRegistry<number>(closeSync);

/** A file of the system's temporary folder for what must not take memory. It has no name any more, so it goes with the process, however that ends. */
export class NamelessFile {
  private readonly file: number;

  constructor() {
    const path = join(tmpdir(), `justuju-${randomUUID()}`);
    this.file = openSync(path, 'wx+', 0o600);
    rmSync(path);
    forgotten.register(this, this.file, this);
  }

  write(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at, bytes.length - at, position + at);
  }

  /** @returns how many bytes there were: less where the file ends before */
  read(bytes: Uint8Array, position: number): number {
    let at = 0;
    while (at < bytes.length) {
      const read = readSync(this.file, bytes, at, bytes.length - at, position + at);
      if (read === 0) break;
      at += read;
    }
    return at;
  }

  close(): void {
    forgotten.unregister(this);
    closeSync(this.file);
  }
}
