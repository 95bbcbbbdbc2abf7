import type { RequestHandler } from 'express';
import { JustujuError } from '../errors.js';

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
}

/** The queue was as long as there are places, or longer, for all this time, in milliseconds: that is no crowd that passes, but more than can be done. */
const STANDING_MS = 2_000;
/** Then nobody waits longer than this, in milliseconds. */
const STANDING_WAIT_MS = 25;

interface Waiting {
  readonly enter: () => void;
  readonly refuse: () => void;
}

/**
 * Bounded concurrency with a short queue. A crowd that comes at once waits its turn; so do clients that each ask again when they have their answer, up to twice as many as there are places. A queue that stays longer only makes
 * everybody late: then, until it is empty, the wait is cut to a few milliseconds, and who cannot be served is told at once (controlled delay, as in Maurer, "Fail at scale", ACM Queue 2015).
 */
export class Gate {
  private inside = 0;
  private readonly queue = new Set<Waiting>();
  /** When fewer waited than there are places. */
  private shortAt = Number.NEGATIVE_INFINITY;
  private isStanding = false;
  private refused = 0;

  constructor(private readonly options: GateOptions) {}

  get state(): { readonly inside: number; readonly waiting: number; readonly refused: number } {
    return { inside: this.inside, waiting: this.queue.size, refused: this.refused };
  }

  /**
   * Fulfilled when there is a place, with what gives it back, which may be called twice.
   *
   * @throws Overloaded
   */
  enter(signal?: AbortSignal): Promise<() => void> {
    const { atOnce, waiting, waitMs, what } = this.options;
    this.look();
    if (this.inside < atOnce) return Promise.resolve(this.place());
    if (this.queue.size >= waiting) return Promise.reject(this.refusal(what));
    return new Promise((resolve, reject) => {
      const longest = this.isStanding ? Math.min(STANDING_WAIT_MS, waitMs) : waitMs;
      const timer = longest > 0 ? setTimeout(() => one.refuse(), longest) : undefined;
      const one: Waiting = {
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
    let isGiven = true;
    return () => {
      if (!isGiven) return;
      isGiven = false;
      this.inside -= 1;
      const [next] = this.queue;
      next?.enter();
      this.look();
    };
  }

  private look(): void {
    const now = performance.now();
    if (this.queue.size < this.options.atOnce) this.shortAt = now;
    if (this.queue.size === 0) this.isStanding = false;
    else if (this.options.waitMs > 0 && now - this.shortAt > STANDING_MS) this.isStanding = true;
  }

  private refusal(what: string): Overloaded {
    this.refused += 1;
    return new Overloaded(what);
  }
}

/** Of an address in its normal form: whatever runs the search flow or the analyzer. */
const SEARCHES = /^\/(?:indexes\/[^/]+\/(?:search|facet-search|similar)|multi-search|suggest|analyze)$/;

/** Lets searches in as there is room. */
export function admitSearches(gate: Gate): RequestHandler {
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
          next();
        }
      },
      (error: unknown) => next(error),
    );
  };
}
