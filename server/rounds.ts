import { setImmediate as nextRound } from 'node:timers/promises';

/**
 * Work that keeps the processor for milliseconds, one piece in each round of the event loop, in the order in which it came.
 *
 * In one round libuv accepts one connection (since 1.45, that is since Node 20). Were the answers of thirty searches worked on in one round, as they come, a new client would wait for seconds in the system's queue, where no gate sees it:
 * measured at twice of what could be done, 6 s, while those that kept their connection waited 80 ms.
 */
export class Rounds {
  private last: Promise<void> = Promise.resolve();

  /** Fulfilled in a round of its own. What follows, up to the next wait for something outside, is the piece of work. */
  next(): Promise<void> {
    this.last = this.last.then(() => nextRound());
    return this.last;
  }
}
