import { setTimeout as pause } from 'node:timers/promises';
import type { EngineAnswer } from './http.js';

/** Pauses before Meilisearch is asked again, in milliseconds: while a reader waits, and in the background. */
export const WHILE_WAITED_FOR = [50, 100, 200, 400] as const;
export const IN_BACKGROUND = [200, 500, 1_000, 2_000, 5_000, 10_000] as const;

/**
 * Since 1.48 documents are read through Meilisearch's search queue, and where that is full it answers 503. That is no answer about documents: it is asked again.
 * The last answer is given back whatever it is.
 */
export async function patiently(ask: () => Promise<EngineAnswer>, pauses: readonly number[] = WHILE_WAITED_FOR): Promise<EngineAnswer> {
  for (const milliseconds of pauses) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await pause(milliseconds, undefined, { ref: false });
  }
  return ask();
}
