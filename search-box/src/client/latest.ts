/**
 * Of many overlapping tasks only the newest counts: starting one aborts the one before, and whoever comes back late
 * finds `isCurrent()` false and must not touch the page.
 */
export interface Turn {
  readonly signal: AbortSignal;
  isCurrent(): boolean;
}

export class Latest {
  #running = new AbortController();

  begin(): Turn {
    this.cancel();
    const mine = new AbortController();
    this.#running = mine;
    return { signal: mine.signal, isCurrent: () => this.#running === mine && !mine.signal.aborted };
  }

  cancel(): void {
    this.#running.abort();
  }
}
