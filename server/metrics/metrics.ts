import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a request is counted under where no route of ours answers it. */
interface Counted {
  route?: string;
}

/** Files of the page, and what is refused before a route is found. */
const OTHER = 'other';

/** Before the pass-through: what goes to Meilisearch and back untouched is counted under one name. */
export const countAsPassedOn: RequestHandler = (_request, response, next) => {
  (response.locals as Counted).route = 'passed on';
  next();
};

/** Seconds. A search takes milliseconds, an upload minutes. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/** Seconds. Steps take from a tenth of a millisecond to some ten. */
const STEP_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5];

/**
 * What Prometheus is told. Labels are closed sets (route patterns, status codes, reasons), never something that a client wrote.
 * All names begin with `justuju_`: Meilisearch's own metrics may follow in the same text, and among them are `process_...`.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly answered = new Histogram({
    name: 'justuju_http_request_duration_seconds',
    help: 'Requests by route and status, from their first byte to the end of the answer; status "aborted": the client did not wait.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  private readonly asked = new Histogram({
    name: 'justuju_meilisearch_request_duration_seconds',
    help: 'Requests that Justuju sends to Meilisearch, without what is passed on; status "none": no answer.',
    labelNames: ['status'],
    buckets: BUCKETS,
    registers: [this.registry],
  });
  private readonly searches = new Counter({
    name: 'justuju_searches_total',
    help: 'Searches answered, each query of a multi-search by itself: "urdu", "other" (left to Meilisearch) or "federated" (several as one).',
    labelNames: ['kind', 'found'],
    registers: [this.registry],
  });
  private readonly readings = new Counter({
    name: 'justuju_search_readings_total',
    help: 'Urdu searches in which the likeliest reading of a word was of this kind; a search counts once for each. Without those of tenant tokens.',
    labelNames: ['reason'],
    registers: [this.registry],
  });

  private readonly steps = new Histogram({
    name: 'justuju_search_step_duration_seconds',
    help: 'Searches by step: "understand" the query, "retrieve" candidates from the store, have Meilisearch "verify" and count them, "mark" the hits.',
    labelNames: ['step'],
    buckets: STEP_BUCKETS,
    registers: [this.registry],
  });
  private readonly events = new Counter({
    name: 'justuju_events_total',
    help: 'Events that were taken, by their type.',
    labelNames: ['type'],
    registers: [this.registry],
  });
  private readonly engineUp = new Gauge({
    name: 'justuju_meilisearch_up',
    help: '1: Meilisearch answers; 0: it was found to be gone, and requests are refused.',
    aggregator: 'min',
    registers: [this.registry],
  });
  private readonly losses = new Counter({
    name: 'justuju_meilisearch_losses_total',
    help: 'How often Meilisearch was found to be gone.',
    registers: [this.registry],
  });
  private readonly loop = new LoopDelay(this.registry);

  readonly contentType = this.registry.contentType;
  /** Whether Meilisearch was found to be gone. */
  isEngineGone = false;

  constructor(gates: Readonly<Record<string, Watched>> = {}) {
    this.engineUp.set(1);
    watchGates(gates, this.registry);
  }

  /** Times every request that comes after it. */
  readonly count: RequestHandler = (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const { path } = (request.route ?? {}) as { path?: unknown };
      const route = typeof path === 'string' ? path : ((response.locals as Counted).route ?? OTHER);
      const status = response.writableFinished ? response.statusCode : 'aborted';
      this.answered.observe({ method: request.method, route, status }, secondsSince(started));
    });
    next();
  };

  /** One request to Meilisearch that began at `started` (of `performance.now()`) is answered, or will not be. */
  engineAnswered(started: number, status: number | undefined): void {
    this.asked.observe({ status: status ?? 'none' }, secondsSince(started));
  }

  /** Meilisearch was found to be gone (`open`), or there (`closed`). */
  engineIs(state: 'closed' | 'open' | 'half-open'): void {
    if (state === 'half-open') return;
    if (state === 'open' && !this.isEngineGone) this.losses.inc();
    if (state === 'closed') this.isEngineGone = false;
    this.engineUp.set(state === 'closed' ? 1 : 0);
  }

  /** One search was answered with `result`. */
  searched(result: Readonly<Record<string, unknown>>, { isFederated = false } = {}): void {
    const { hits, totalHits, estimatedTotalHits, urdu } = result as Answered;
    const isFound = (hits?.length ?? 0) > 0 || (totalHits ?? estimatedTotalHits ?? 0) > 0;
    const kind = isFederated ? 'federated' : urdu?.analyzerVersion !== undefined ? 'urdu' : 'other';
    this.searches.inc({ kind, found: isFound ? 'yes' : 'no' });
    const reasons = new Set(urdu?.understood?.words.map(({ readings: [best] }) => best?.reason ?? 'exact'));
    for (const reason of reasons) this.readings.inc({ reason });
    if (urdu?.understood?.retyped !== undefined) this.readings.inc({ reason: 'retyped' });
  }

  /** The steps of one search, in milliseconds. */
  stepsTaken(steps: Iterable<readonly [step: string, milliseconds: number]>): void {
    for (const [step, milliseconds] of steps) this.steps.observe({ step }, milliseconds / 1_000);
  }

  eventTaken(type: 'click' | 'conversion'): void {
    this.events.inc({ type });
  }

  /** What is counted here, and of the process. */
  get registries(): readonly Registry[] {
    return [this.registry, ofProcess()];
  }

  async text(): Promise<string> {
    return `${await this.registry.metrics()}\n${await ofProcess().metrics()}`;
  }

  close(): void {
    this.loop.close();
  }
}

/** What is asked of a gate; see `server/routes/gate.ts`. */
interface Watched {
  readonly state: { readonly inside: number; readonly waiting: number; readonly refused: number };
}

function watchGates(gates: Readonly<Record<string, Watched>>, registry: Registry): void {
  const names = Object.entries(gates);
  const gauge = (name: string, help: string, read: (gate: Watched) => number): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ['kind'],
      registers: [registry],
      collect() {
        for (const [kind, gate] of names) this.set({ kind }, read(gate));
      },
    });
  gauge('justuju_requests_inside', 'Searches and uploads that are worked on.', ({ state }) => state.inside);
  gauge('justuju_requests_waiting', 'Searches and uploads that wait for a place.', ({ state }) => state.waiting);
  gauge(
    'justuju_requests_refused',
    'Searches and uploads refused since the start because too many were there.',
    ({ state }) => state.refused,
  );
}

/** How closely delays of the event loop are looked at, in milliseconds: some are always as long, which is no delay. */
const RESOLUTION_MS = 10;

/** How long the event loop was held since the last time that somebody asked: nobody is answered meanwhile. */
class LoopDelay {
  private readonly histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor(registry: Registry) {
    const { histogram } = this;
    histogram.enable();
    const seconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1e3);
    new Gauge({
      name: 'justuju_event_loop_delay_seconds',
      help: 'How long the event loop was held since the last scrape: quantiles, and the longest ("1").',
      labelNames: ['quantile'],
      aggregator: 'max',
      registers: [registry],
      collect() {
        if (histogram.count === 0) return;
        for (const quantile of [0.5, 0.95, 0.99]) this.set({ quantile }, seconds(histogram.percentile(quantile * 100)));
        this.set({ quantile: 1 }, seconds(histogram.max));
        histogram.reset();
      },
    });
  }

  close(): void {
    this.histogram.disable();
  }
}

/** What is read of an answer to a search; see `server/search/describe.ts`. */
interface Answered {
  readonly hits?: readonly unknown[];
  readonly totalHits?: number;
  readonly estimatedTotalHits?: number;
  readonly urdu?: {
    readonly analyzerVersion?: number;
    readonly understood?: {
      readonly retyped?: string;
      readonly words: readonly { readonly readings: readonly { readonly reason: string }[] }[];
    };
  };
}

const secondsSince = (started: number): number => (performance.now() - started) / 1_000;

let processMetrics: Registry | undefined;

/** Memory, processor time, event loop: one process, one set, however many services run in it. Watched from the first time that somebody asks. */
function ofProcess(): Registry {
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics, prefix: 'justuju_' });
  }
  return processMetrics;
}
