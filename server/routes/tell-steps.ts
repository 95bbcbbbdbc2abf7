import { askedIn } from '../insight/asked.js';
import type { Context } from './context.js';

/** A search that takes longer is logged as a warning, in milliseconds. */
const SLOW_MS = 1_000;

interface Searched {
  readonly index: string;
  readonly q: unknown;
  readonly result: Readonly<Record<string, unknown>>;
}

/**
 * Tells metrics and log how long the steps of a request that searches took. What was typed does not stand in the log: its hash does, by which editors find the query in the analytics.
 *
 * @param started of `performance.now()`
 */
export function tellSteps(searched: readonly Searched[], started: number, { steps, metrics, log }: Context): void {
  if (steps === undefined) return;
  metrics.stepsTaken(steps.entries());
  const milliseconds = performance.now() - started;
  const isSlow = milliseconds > SLOW_MS;
  if (!isSlow && !log.isLevelEnabled('debug')) return;
  const queries = searched.map(({ index, q, result }) => ({
    index,
    query: askedIn(index, q, result, 0)?.hash ?? null,
    hits: (result['totalHits'] ?? result['estimatedTotalHits'] ?? null) as number | null,
  }));
  const told = { queries, steps, milliseconds: Math.round(milliseconds) };
  if (isSlow) log.warn(told, 'a search took long');
  else log.debug(told, 'search');
}
