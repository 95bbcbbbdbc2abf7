import { setTimeout as pause } from 'node:timers/promises';
import type { EngineAnswer } from './http.js';

/** Pauses before Meilisearch is asked again, in milliseconds: nobody waits for it. */
const IN_BACKGROUND = [200, 500, 1_000, 2_000, 5_000, 10_000] as const;

/**
 * Since 1.48 documents are read through Meilisearch's search queue, and where that is full it answers 503. That is no answer about documents: it is asked again.
 * The last answer is given back whatever it is.
 */
export async function patiently(ask: () => Promise<EngineAnswer>): Promise<EngineAnswer> {
  for (const milliseconds of IN_BACKGROUND) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await pause(milliseconds, undefined, { ref: false });
  }
  return ask();
}
