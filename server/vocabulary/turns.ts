/** How long, in milliseconds, long work may hold the event loop. Searches wait for it. */
const TURN_MS = 5;

/** Turns of long work in the main thread: after each, others work. */
export class Turns {
  private began = performance.now();

  /** @param milliseconds how long one turn may take */
  constructor(private readonly milliseconds = TURN_MS) {}

  get isOver(): boolean {
    return performance.now() - this.began >= this.milliseconds;
  }

  async next(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.began = performance.now();
  }
}

/** Work that may be left for a while wherever it yields. */
export type Steps<T> = Generator<undefined, T>;

export function atOnce<T>(work: Steps<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

export async function inTurns<T>(work: Steps<T>, turns = new Turns()): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (turns.isOver) await turns.next();
  }
}
