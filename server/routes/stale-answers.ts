import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { EngineTimedOut, EngineUnreachable } from '../meilisearch/http.js';
import { isToldPartial } from '../search/partial.js';
import type { Answered } from './body.js';
import { reply } from './context.js';

/** Bytes of all answers that are kept, as they were asked and answered. */
const MOST_BYTES = 64 * 1024 * 1024;

interface Kept {
  readonly body: Record<string, unknown>;
  readonly at: number;
  readonly bytes: number;
}

/**
 * The last good answers, for the time in which Meilisearch is gone: an option, off unless the operator sets it. An answer is given again to the same request with the same key only; to tenant tokens none, since they end by
 * themselves. It says that it is old: `Warning: 110`, `Age`, and `urdu.stale`.
 */
export class StaleAnswers {
  private readonly kept: LRUCache<string, Kept> | undefined;

  /** @param seconds how old an answer may be; 0: none is kept */
  constructor(seconds: number) {
    if (seconds > 0) this.kept = new LRUCache({ maxSize: MOST_BYTES, sizeCalculation: ({ bytes }) => bytes, ttl: seconds * 1_000 });
  }

  /** Answers a search. */
  async answer(request: Request, response: Response, search: () => Promise<Answered>): Promise<void> {
    const { kept } = this;
    const name = kept === undefined ? undefined : nameOf(request);
    if (kept === undefined || name === undefined) {
      reply(response, await search());
      return;
    }
    let answer: Answered;
    try {
      answer = await search();
    } catch (error) {
      const last = error instanceof EngineUnreachable || error instanceof EngineTimedOut ? kept.get(name) : undefined;
      if (last === undefined) throw error;
      const ageSeconds = Math.round((Date.now() - last.at) / 1_000);
      response.setHeader('age', ageSeconds);
      response.setHeader('warning', '110 - "Response is Stale"');
      reply(response, {
        status: 200,
        body: { ...last.body, urdu: { ...(last.body['urdu'] as object | undefined), stale: { ageSeconds } } },
      });
      return;
    }
    reply(response, answer);
    const bytes = Number(response.getHeader('content-length') ?? 0);
    if (answer.status === 200 && !isToldPartial(answer.body) && bytes < MOST_BYTES / 16)
      kept.set(name, { body: answer.body as Record<string, unknown>, at: Date.now(), bytes: bytes + 1 });
  }
}

/** Undefined: for this caller nothing is kept. */
function nameOf({ headers, method, originalUrl, body }: Request): string | undefined {
  const { authorization = '' } = headers;
  // A tenant token has two dots in it; what it allows may end at any moment.
  if (authorization.split('.').length > 2) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([authorization, method, originalUrl, body]))
    .digest('base64');
}
