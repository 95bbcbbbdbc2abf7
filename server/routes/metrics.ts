import { Router } from 'express';
import { type EngineAnswer, EngineTimedOut, EngineUnreachable } from '../meilisearch/http.js';
import { mentionsOwnIndex } from '../meilisearch/own-indexes.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, reply } from './context.js';

/**
 * `GET /metrics` for Prometheus: ours, and after them Meilisearch's own where its feature `metrics` is switched on. Meilisearch is asked with the
 * caller's key, so who may read them is decided there: a key with the action `metrics.get` on all indexes, also where the feature is off.
 */
export function metricsRoutes({ engine, http, metrics, metricsOfAll }: Context): Router {
  const router = Router(EXACT);
  router.get('/metrics', async (request, response) => {
    const theirs = await ask(authorizationOf(request, engine));
    const isOff = theirs?.status === 400 && (theirs.jsonOrText() as { code?: unknown }).code === 'feature_not_enabled';
    if (theirs !== undefined && theirs.status !== 200 && !isOff) {
      reply(response, { status: theirs.status, body: theirs.jsonOrText() });
      return;
    }
    const ours = await (metricsOfAll?.() ?? metrics.text());
    response.type(metrics.contentType).send(theirs?.status === 200 ? `${ours}\n${withoutOwnIndexes(theirs.text)}` : ours);
  });

  /** Undefined: Meilisearch is down, and nobody needs a key. That is when metrics are looked at. */
  async function ask(authorization: string | undefined): Promise<EngineAnswer | undefined> {
    try {
      return await http.request({ method: 'GET', path: '/metrics', authorization });
    } catch (error) {
      if (engine.open && (error instanceof EngineUnreachable || error instanceof EngineTimedOut)) return undefined;
      throw error;
    }
  }
  return router;
}

/** To clients the indexes that Justuju keeps for itself do not exist. */
const withoutOwnIndexes = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !mentionsOwnIndex(line))
    .join('\n');
