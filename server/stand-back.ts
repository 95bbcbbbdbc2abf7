/**
 * How threads that do what nobody waits for this very moment (analyze an upload, merge a store) let the thread that answers go first: by a lower priority, and by rests.
 *
 * A priority alone is not enough. Who wakes while another works waits for what is left of its slice, three milliseconds, and a search wakes our thread seven times and several of Meilisearch's. And Linux gives each
 * session a share of its own (autogroup): Meilisearch's, with one thread that indexes, takes one of two processors, whatever the priorities of its threads.
 */
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** How much such a thread stands back behind the others: a third of their share where all want the processor. Uploads of one client that loads a collection are no slower by it than at 0. */
const NICE = 5;
/** How often the thread that answers says how much it has to do, in milliseconds. */
const TOLD_EVERY_MS = 100;
/** Part of that time that its event loop was at work: up to the first nobody rests, from the second on everybody rests as long as may be. */
const NO_REST = 0.6;
const FULL_REST = 0.95;
/** So many times as long as it worked a thread rests at most. With 10, where more was asked than could be answered, four uploads of 20 MB took five minutes in place of half a minute. */
const LONGEST_REST = 4;
/** The same for one that rests while it holds the lock of a store: others that write to it wait as long. */
const LONGEST_REST_LOCKED = 2;
/** In milliseconds: soon enough to see that the crowd has gone. */
const LONGEST_REST_MS = 200;
/** Shorter rests are not worth a timer: they are added up. */
const SHORTEST_REST_MS = 1;
const PER_MILLE = 1_000;

/** What the threads that stand back read: the part of the last tenth of a second in which the event loop of the thread that answers was at work, in thousandths. */
export type Demand = SharedArrayBuffer;

/** Says in shared memory how much this thread has to do, until it is ended. */
export class DemandTeller {
  readonly demand: Demand = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  private readonly told = new Int32Array(this.demand);
  private before = performance.eventLoopUtilization();
  private readonly timer = setInterval(() => this.tell(), TOLD_EVERY_MS).unref();

  end(): void {
    clearInterval(this.timer);
  }

  private tell(): void {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.before);
    this.before = now;
    Atomics.store(this.told, 0, Math.round(utilization * PER_MILLE));
  }
}

/** The rests of a thread that stands back. */
export class Rests {
  private readonly demand: Int32Array;
  /** Milliseconds that this thread had been at work at the last rest. */
  private worked = performance.eventLoopUtilization().active;

  /** Nobody ever wakes who waits for it. */
  private readonly nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  constructor(demand: Demand) {
    this.demand = new Int32Array(demand);
  }

  /** How long to rest now, in milliseconds, for what was done since the last rest; 0: there is no need. */
  due(longest = LONGEST_REST): number {
    const { active } = performance.eventLoopUtilization();
    const rest = Math.min(LONGEST_REST_MS, (active - this.worked) * longest * this.wanted());
    if (rest > 0 && rest < SHORTEST_REST_MS) return 0;
    this.worked = active;
    return rest;
  }

  /** Rests, if there is need. */
  async take(): Promise<void> {
    const rest = this.due();
    if (rest > 0) await pause(rest);
  }

  /** The same in the middle of a transaction: the whole thread stands still. */
  takeLocked(): void {
    const rest = this.due(LONGEST_REST_LOCKED);
    if (rest === 0) return;
    Atomics.wait(this.nothing, 0, 0, rest);
    // Node counts it as work.
    this.worked = performance.eventLoopUtilization().active;
  }

  /** How much of a rest is wanted, from 0 to 1. */
  private wanted(): number {
    const demand = Atomics.load(this.demand, 0) / PER_MILLE;
    return Math.min(1, Math.max(0, (demand - NO_REST) / (FULL_REST - NO_REST)));
  }
}

/** Searches and Meilisearch come first. Linux has a priority for each thread; elsewhere this would be the whole process's. */
export function standBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(NICE);
  } catch {
    // A sandbox may forbid it: then such work is as quick as all else.
  }
}
