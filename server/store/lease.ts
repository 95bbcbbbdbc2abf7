import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A lease that was not renewed for so long is of a process that is gone. */
const EXPIRES_MS = 30_000;

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
      writeFileSync(this.file, `${hostname()} ${process.pid}`, { flag: 'wx' });
      this.renewed = Date.now();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Whether the process that took it is gone. Of another machine or container nobody can tell. One with our own number was before us: a container that is started again gives the same one. */
  private isOfDead(): boolean {
    try {
      const [host, pid] = readFileSync(this.file, 'utf8').split(' ');
      if (host !== hostname()) return false;
      if (Number(pid) === process.pid) return true;
      process.kill(Number(pid), 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
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
