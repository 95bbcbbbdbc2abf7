import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Older ones are of a process that was killed: no write takes so long. */
const FORGOTTEN_MS = 10 * 60_000;

/**
 * Writes that Meilisearch has been sent, or is about to be, and that are not in the store yet: a task that is finished meanwhile is no stranger's. Each is an empty file, so that
 * other processes on the same folder see it too.
 */
export class WritesUnderWay {
  private next = 0;
  private isMade = false;

  constructor(private readonly folder: string) {}

  /** To be called before the request is sent. Returns what ends it. */
  begin(uid: string): () => void {
    const file = join(this.folder, `${beginning(uid)}${process.pid}-${this.next++}`);
    try {
      if (!this.isMade) mkdirSync(this.folder, { recursive: true });
      this.isMade = true;
      writeFileSync(file, '');
    } catch {
      // A full disk: then the task may be taken for a stranger's, which costs a comparison and no more.
      this.isMade = false;
    }
    return () => rmSync(file, { force: true });
  }

  /** Those of an index, by names that no other one gets. */
  of(uid: string): readonly string[] {
    let names: readonly string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    const own = beginning(uid);
    return names.filter((name) => name.startsWith(own) && !this.isForgotten(join(this.folder, name)));
  }

  /** Whether another process sent a write to an index before that time, in milliseconds since 1970, and has not written it down yet. */
  isAnotherBefore(uid: string, time: number): boolean {
    return this.of(uid).some((name) => !name.startsWith(`${beginning(uid)}${process.pid}-`) && this.beganBefore(name, time));
  }

  private beganBefore(name: string, time: number): boolean {
    try {
      return statSync(join(this.folder, name)).mtimeMs <= time;
    } catch {
      return false;
    }
  }

  private isForgotten(file: string): boolean {
    try {
      if (Date.now() - statSync(file).mtimeMs < FORGOTTEN_MS) return false;
      rmSync(file, { force: true });
    } catch {
      // Ended meanwhile.
    }
    return true;
  }
}

/** What clients write for a uid may be longer than a file's name, and lead out of the folder. */
const beginning = (uid: string): string => `${createHash('sha256').update(uid).digest('hex').slice(0, 32)}~`;
