import { closeSync, openSync, rmSync, statSync, utimesSync } from 'node:fs';

/** A lease that was not renewed for so long is of a process that is gone. */
const EXPIRES_MS = 30_000;

/** A file that says: a process is at it. Two processes on one store need not read the same documents; if they do once, no harm is done. */
export class Lease {
  private renewed = 0;

  constructor(private readonly file: string) {}

  /** Whether it was free. */
  take(): boolean {
    if (this.create()) return true;
    if (this.age() < EXPIRES_MS) return false;
    rmSync(this.file, { force: true });
    return this.create();
  }

  renew(): void {
    const now = Date.now();
    if (now - this.renewed < 1_000) return;
    this.renewed = now;
    try {
      utimesSync(this.file, now / 1_000, now / 1_000);
    } catch {
      // The folder was removed, or the lease by hand: the work goes on all the same.
    }
  }

  release(): void {
    rmSync(this.file, { force: true });
  }

  private create(): boolean {
    try {
      closeSync(openSync(this.file, 'wx'));
      this.renewed = Date.now();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  private age(): number {
    try {
      return Date.now() - statSync(this.file).mtimeMs;
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  }
}
