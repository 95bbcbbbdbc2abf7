/** Whether Meilisearch is asked: as usual, not at all, or only whether it is there again. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerTimes {
  /** Nothing was heard for so long while something is awaited: then it is asked whether it is there. */
  readonly quietMs: number;
  /** How long that question may take. Together with the first, and one look, it stays below three seconds. */
  readonly probeMs: number;
  /** Between two questions while it is gone. */
  readonly pauseMs: number;
  /** How long writes that it may have taken are waited for when it is gone. */
  readonly writesMs: number;
}

/**
 * For readers, who must know within three seconds. A healthy Meilisearch answers `/health` in a millisecond, and in some hundred on a machine that has far more to do than it can.
 */
export const FOR_READERS: BreakerTimes = { quietMs: 500, probeMs: 1_500, pauseMs: 200, writesMs: 15_000 };

/** For work in the background, which rather waits than fails: a Meilisearch that indexes may be slow to answer anything. */
export const FOR_BACKGROUND: BreakerTimes = { quietMs: 5_000, probeMs: 20_000, pauseMs: 200, writesMs: 60_000 };

/** How often it is looked whether something is overdue. */
const LOOK_MS = 100;

export interface BreakerOptions {
  /** Asks whether Meilisearch is there; gives up by the signal. Never rejects. */
  readonly probe: (signal: AbortSignal) => Promise<boolean>;
  readonly onChange?: (state: BreakerState) => void;
  readonly times: BreakerTimes;
}

/** One request that is under way. */
export interface Pending {
  /** Aborted when it is not worth waiting any more. */
  readonly signal: AbortSignal;
  /** Something of its answer has come. */
  heard(): void;
  /** It is answered, or has failed. */
  end(): void;
}

interface Waiting {
  readonly began: number;
  readonly isWrite: boolean;
  readonly gone: AbortController;
}

/**
 * A circuit breaker for Meilisearch. A process that was killed refuses connections, and is seen at once; one that is stopped, or whose machine is gone, takes them and says nothing: so while an answer is
 * awaited and nothing at all has been heard for a while, `/health` is asked. No answer to that opens the breaker: what waits is given up, what comes is refused without being sent. Then `/health` alone is asked,
 * until it answers. Readers need not find out themselves, and a Meilisearch that comes back is not met by a crowd.
 */
export class Breaker {
  state: BreakerState = 'closed';
  private readonly waiting = new Set<Waiting>();
  private heardAt = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | undefined;
  private isProbing = false;
  private isEnded = false;

  constructor(private readonly options: BreakerOptions) {}

  get isOpen(): boolean {
    return this.state !== 'closed';
  }

  /** @param isWrite whether it may have had its effect though no answer came: then it is given up later */
  begin({ isWrite = false }: { readonly isWrite?: boolean } = {}): Pending {
    const one: Waiting = { began: performance.now(), isWrite, gone: new AbortController() };
    this.waiting.add(one);
    this.timer ??= setInterval(() => this.look(), LOOK_MS).unref();
    return {
      signal: one.gone.signal,
      heard: () => {
        this.heardAt = performance.now();
      },
      end: () => {
        this.waiting.delete(one);
      },
    };
  }

  /** A connection was refused or cut off: it may be gone. */
  suspect(): void {
    if (this.state === 'closed') void this.ask();
  }

  close(): void {
    this.isEnded = true;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    if (this.waiting.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
      return;
    }
    const [first] = this.waiting;
    const since = Math.max(this.heardAt, first?.began ?? 0);
    if (this.state === 'closed' && performance.now() - since > this.options.times.quietMs) void this.ask();
  }

  private async ask(): Promise<void> {
    if (this.isProbing || this.isEnded) return;
    this.isProbing = true;
    const asked = performance.now();
    const isThere = await this.probe();
    this.isProbing = false;
    if (isThere) this.heardAt = performance.now();
    // Meanwhile something may have been answered all the same.
    else if (this.heardAt < asked && !this.isEnded) await this.open();
  }

  private async open(): Promise<void> {
    this.change('open');
    this.giveUp(({ isWrite }) => !isWrite);
    const openedAt = performance.now();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, this.options.times.pauseMs).unref());
      if (this.isEnded) return;
      this.change('half-open');
      if (await this.probe()) break;
      if (this.isEnded) return;
      this.change('open');
      if (performance.now() - openedAt > this.options.times.writesMs) this.giveUp(() => true);
    }
    this.heardAt = performance.now();
    this.change('closed');
  }

  private async probe(): Promise<boolean> {
    const late = new AbortController();
    const timer = setTimeout(() => {
      // What has come while this process was busy itself is read first.
      setImmediate(() => late.abort());
    }, this.options.times.probeMs).unref();
    try {
      return await this.options.probe(late.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  private giveUp(which: (one: Waiting) => boolean): void {
    for (const one of [...this.waiting]) {
      if (!which(one)) continue;
      this.waiting.delete(one);
      one.gone.abort();
    }
  }

  private change(state: BreakerState): void {
    if (this.state === state) return;
    this.state = state;
    this.options.onChange?.(state);
  }
}
