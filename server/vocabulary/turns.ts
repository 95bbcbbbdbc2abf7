/** How long, in milliseconds, long work may hold the event loop. Searches wait for it. */
const TURN_MS = 5;

/** Turns of long work in the main thread: after each, others work. */
export class Turns {
  private began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.began >= TURN_MS;
  }

  async next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.began = performance.now();
  }
}
