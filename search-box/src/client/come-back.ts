/** After a failure that may pass: tries again, ever more rarely, and at once when the connection is back. */
import type { Trouble } from './api-error.js';

/** Seconds between attempts; the last goes on. Long enough for a server that is starting, short enough for somebody who waits. */
const PAUSES = [1, 2, 4, 8, 15, 30] as const;

const MAY_PASS: ReadonlySet<Trouble> = new Set(['offline', 'timeout', 'server']);

export const mayPass = (trouble: Trouble): boolean => MAY_PASS.has(trouble);

export class ComeBack {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  readonly #retry: () => void;
  readonly #now = () => {
    if (this.#timer !== undefined) this.#run();
  };

  constructor(retry: () => void) {
    this.#retry = retry;
  }

  /** An attempt failed: there will be another. */
  failed(): void {
    clearTimeout(this.#timer);
    window.addEventListener('online', this.#now);
    const seconds = PAUSES[Math.min(this.#failures, PAUSES.length - 1)] ?? 1;
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#run(), seconds * 1000);
  }

  /** An attempt succeeded, or nobody wants one any more. */
  done(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#failures = 0;
    window.removeEventListener('online', this.#now);
  }

  #run(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#retry();
  }
}
