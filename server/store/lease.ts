import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isAlive, ownIdentity, type ProcessIdentity } from '../engine/process.js';

/** A lease that was not renewed for so long is of a process that is gone. */
const EXPIRES_MS = 30_000;

/** By whom it was taken. */
interface Taker extends ProcessIdentity {
  readonly machine: string;
}

/** A file that says: a process is at it. Two processes on one store need not read the same documents; if they do once, no harm is done. */
export class Lease {
  private renewed = 0;

  constructor(private readonly file: string) {}

  /** Whether it was free. */
  take(): boolean {
    if (this.create()) return true;
    if (this.age() < EXPIRES_MS && !this.isOfDead()) return false;
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
      writeFileSync(this.file, JSON.stringify({ ...ownIdentity(), machine: hostname() } satisfies Taker), { flag: 'wx' });
      this.renewed = Date.now();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Whether the process that took it is gone. Of another machine or container nobody can tell. What this process did not give back, its thread was ended at. */
  private isOfDead(): boolean {
    try {
      const taker = JSON.parse(readFileSync(this.file, 'utf8')) as Taker;
      return taker.machine === hostname() && (taker.pid === process.pid || !isAlive(taker));
    } catch {
      // Just being written, or given back: who asks again is told.
      return false;
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
