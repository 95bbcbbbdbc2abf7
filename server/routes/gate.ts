import type { RequestHandler } from 'express';
import { JustujuError } from '../errors.js';
import { Rounds } from '../rounds.js';

/** More is asked than can be answered. Clients come again. */
export class Overloaded extends JustujuError {
  constructor(what: string) {
    super(503, 'too_many_search_requests', 'system', `Too many ${what} are running at the same time. Try again in a moment.`);
  }
}

export interface GateOptions {
  /** How many may be inside. */
  readonly atOnce: number;
  /** How many may wait. */
  readonly waiting: number;
  /** How long each may wait, in milliseconds; 0: as long as it takes. */
  readonly waitMs: number;
  /** For messages: "searches". */
  readonly what: string;
  /** Whether our own processor is the bound. Default: as the event loop has it. */
  readonly isBusy?: () => boolean;
}

/** Twice as many as there are places, or more, were inside or waited for all this time, in milliseconds: that is no crowd that passes, but more than can be done. */
const STANDING_MS = 2_000;
/** So is one that in this time, in milliseconds, did not grow shorter: a crowd that came at once does. */
const GROWING_MS = 500;
/**
 * Where a queue stood so short a time ago, in milliseconds, this is the same crowd again: half as many are a crowd, and the look is shorter, in milliseconds. As controlled delay does when it starts anew. Without it each new start made half a
 * second of searches late.
 */
const AGAIN_MS = 10_000;
const GROWING_AGAIN_MS = 50;
/** While a queue stands nobody waits longer than this, in milliseconds: as long as one search takes. With 25 as many were answered, later (41 ms at the median, 29 with this), and refusals took longer than 50 ms. */
const STANDING_WAIT_MS = 12;
/** Until nobody was refused for so long, in milliseconds. An empty queue says nothing: with so short a wait it is empty at every other moment. */
const RELIEF_MS = 5_000;
/**
 * Or until, of those that asked in so many milliseconds, less than this part was refused: then less comes than can be served. With so short a wait somebody of a handful that comes together is
 * refused now and then, and by the rule above a queue that once stood would not end. Where one in five is still few, it ends and stands again all the time (at a sixth more than can be done: a quarter refused, and 95 of 100 took 747 ms).
 */
const FEW_REFUSED_MS = 1_000;
const FEW_REFUSED = 0.05;
/**
 * Part of the places that are left while our own processor is the bound: more inside do not get more done, each takes longer. Of 32 four are left, which keeps both us and Meilisearch at work; the others wait outside, where they cost nothing.
 */
const BUSY_PLACES = 1 / 8;
/** The same while the queue stands: of 32 three. Measured at three times what can be done: a quarter took 178 ms (95 of 100), an eighth 128, a sixteenth 86 but a tenth less was done. */
const STANDING_PLACES = 1 / 12;
/** Part of the time that the event loop is at work, from which on our own processor is the bound. */
const BUSY = 0.9;
/** How long that is measured, in milliseconds. */
const BUSY_WINDOW_MS = 500;

interface Waiting {
  readonly since: number;
  readonly enter: () => void;
  readonly refuse: () => void;
}

/**
 * Bounded concurrency with a short queue. A crowd that comes at once waits its turn; so do clients that each ask again when they have their answer, up to twice as many as there are places. A queue that stays longer only makes
 * everybody late: then the wait is cut to a few milliseconds, who has waited longer goes, and who cannot be served is told at once (controlled delay, as in Maurer, "Fail at scale", ACM Queue 2015).
 */
export class Gate {
  private inside = 0;
  private readonly queue = new Set<Waiting>();
  /** When fewer than twice as many as there are places had come. */
  private shortAt = Number.NEGATIVE_INFINITY;
  /** How long it was at the last look whose outcome is remembered, and when that was. */
  private seen = { length: 0, at: Number.NEGATIVE_INFINITY };
  private isStanding = false;
  /** When a queue stood. */
  private stoodAt = Number.NEGATIVE_INFINITY;
  /** When somebody was refused for want of a place. */
  private refusedAt = Number.NEGATIVE_INFINITY;
  private refused = 0;
  private entered = 0;
  /** How many had entered and were refused when the last `FEW_REFUSED_MS` began, and when that was. */
  private counted = { at: 0, entered: 0, refused: 0 };
  private readonly isBusy: () => boolean;

  constructor(private readonly options: GateOptions) {
    this.isBusy = options.isBusy ?? isEventLoopBusy();
  }

  get state(): { readonly inside: number; readonly waiting: number; readonly refused: number } {
    return { inside: this.inside, waiting: this.queue.size, refused: this.refused };
  }

  /**
   * Fulfilled when there is a place, with what gives it back, which may be called twice.
   *
   * @throws Overloaded
   */
  enter(signal?: AbortSignal): Promise<() => void> {
    const { waiting, waitMs, what } = this.options;
    this.look();
    if (this.inside < this.places) return Promise.resolve(this.place());
    if (this.queue.size >= waiting) return Promise.reject(this.refusal(what));
    return new Promise((resolve, reject) => {
      const longest = this.isStanding ? Math.min(STANDING_WAIT_MS, waitMs) : waitMs;
      const timer = longest > 0 ? setTimeout(() => one.refuse(), longest) : undefined;
      const one: Waiting = {
        since: performance.now(),
        enter: () => {
          this.queue.delete(one);
          clearTimeout(timer);
          resolve(this.place());
        },
        refuse: () => {
          if (!this.queue.delete(one)) return;
          clearTimeout(timer);
          reject(this.refusal(what));
        },
      };
      this.queue.add(one);
      signal?.addEventListener('abort', () => one.refuse(), { once: true });
    });
  }

  private place(): () => void {
    this.inside += 1;
    this.entered += 1;
    let isGiven = true;
    return () => {
      if (!isGiven) return;
      isGiven = false;
      this.inside -= 1;
      this.look();
    };
  }

  private get places(): number {
    const { atOnce } = this.options;
    return this.isBusy() ? Math.ceil(atOnce * (this.isStanding ? STANDING_PLACES : BUSY_PLACES)) : atOnce;
  }

  private look(): void {
    const now = performance.now();
    // Who is inside counts: where few places are left, those that would be inside otherwise wait, and are no crowd.
    const isAgain = now - this.stoodAt < AGAIN_MS;
    if (this.inside + this.queue.size < (isAgain ? 1 : 2) * this.options.atOnce) this.shortAt = now;
    const isGrowing = this.isGrowing(now, isAgain ? GROWING_AGAIN_MS : GROWING_MS);
    if (this.isStanding) {
      this.stoodAt = Math.min(now, this.refusedAt + RELIEF_MS);
      this.isStanding = now - this.refusedAt < RELIEF_MS && !this.areFewRefused(now);
    } else if (this.options.waitMs > 0 && (isGrowing || now - this.shortAt > STANDING_MS)) {
      this.isStanding = true;
      this.refusedAt = now;
      this.counted = { at: now, entered: this.entered, refused: this.refused };
      for (const one of this.queue) if (now - one.since > STANDING_WAIT_MS) one.refuse();
    }
    for (const one of this.queue) {
      if (this.inside >= this.places) break;
      one.enter();
    }
  }

  /** Whether a good while has passed in which most were let in. */
  private areFewRefused(now: number): boolean {
    const { counted, entered, refused } = this;
    if (now - counted.at < FEW_REFUSED_MS) return false;
    this.counted = { at: now, entered, refused };
    const refusals = refused - counted.refused;
    return refusals < FEW_REFUSED * (refusals + entered - counted.entered);
  }

  /** Whether the queue was long for so many milliseconds in which it did not grow shorter. */
  private isGrowing(now: number, whileMs: number): boolean {
    if (now - this.seen.at < whileMs) return false;
    const { length, at } = this.seen;
    this.seen = { length: this.queue.size, at: now };
    return this.shortAt < at && this.queue.size >= length;
  }

  private refusal(what: string): Overloaded {
    this.refused += 1;
    this.refusedAt = performance.now();
    return new Overloaded(what);
  }
}

function isEventLoopBusy(): () => boolean {
  let began = performance.now();
  let before = performance.eventLoopUtilization();
  let isBusy = false;
  return () => {
    const now = performance.now();
    if (now - began < BUSY_WINDOW_MS) return isBusy;
    const { utilization } = performance.eventLoopUtilization(before);
    isBusy = utilization > BUSY;
    before = performance.eventLoopUtilization();
    began = now;
    return isBusy;
  };
}

/** Of an address in its normal form: whatever runs the search flow or the analyzer. */
const SEARCHES = /^\/(?:indexes\/[^/]+\/(?:search|facet-search|similar)|multi-search|suggest|analyze)$/;

/** Lets searches in as there is room. */
export function admitSearches(gate: Gate): RequestHandler {
  const rounds = new Rounds();
  return (request, response, next) => {
    if (!SEARCHES.test(request.path) || request.method === 'OPTIONS') {
      next();
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    gate.enter(gone.signal).then(
      (leave) => {
        if (response.closed) leave();
        else {
          response.once('close', leave);
          void rounds.next().then(next);
        }
      },
      (error: unknown) => next(error),
    );
  };
}
