/** Measures what `processingTimeMs` is to say: Meilisearch's own work and ours, without the way between the two. In whole milliseconds, rounded down as Meilisearch does. */
export class Stopwatch {
  private readonly started = performance.now();
  private away = 0;

  /** Waits for Meilisearch; the time of that is not ours. */
  async without<T>(answer: Promise<T>): Promise<T> {
    const left = performance.now();
    try {
      return await answer;
    } finally {
      this.away += performance.now() - left;
    }
  }

  /** Our work so far, and what Meilisearch says of its own. */
  with(processingTimeMs: unknown): number {
    const own = Math.floor(performance.now() - this.started - this.away);
    return own + (typeof processingTimeMs === 'number' ? processingTimeMs : 0);
  }
}
