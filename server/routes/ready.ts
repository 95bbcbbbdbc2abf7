import { ANALYZER_VERSION } from '@justuju/urdu';
import { type Request, type Response, Router } from 'express';
import { reindexCommand } from '../indexing/command.js';
import { isOwnIndex, standsBeside } from '../meilisearch/own-indexes.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, reply } from './context.js';

/** Indexes looked at. */
const MOST = 1_000;

/**
 * `GET /ready`: 200 when Meilisearch answers, 503 when it does not, or when this process is about to stop. To who may list the indexes it names those whose documents were not
 * analyzed, or by another version, and what mends them, and how far the stores of those in use are; they answer all the same, so that is no reason to take the
 * service out of rotation.
 */
export function readyRoutes(context: Context): Router {
  const router = Router(EXACT);
  router.get('/ready', (request, response) => ready(context, request, response));
  return router;
}

async function ready(context: Context, request: Request, response: Response): Promise<void> {
  const { http, engine, states, synchronizer, readiness, insight, room } = context;
  if (readiness.isStopping) {
    reply(response, { status: 503, body: { status: 'stopping' } });
    return;
  }
  const health = await http.request({ method: 'GET', path: '/health', authorization: undefined });
  if (health.status !== 200) {
    reply(response, { status: 503, body: { status: 'unavailable', meilisearch: health.jsonOrText() } });
    return;
  }
  const listed = await http.request({ method: 'GET', path: `/indexes?limit=${MOST}`, authorization: authorizationOf(request, engine) });
  const { results = [] } = (listed.status === 200 ? listed.json() : {}) as { results?: { uid: string }[] };
  const reindex: object[] = [];
  for (const { uid } of results) {
    // One that stands beside another for a time goes by itself.
    if (isOwnIndex(uid) || standsBeside(uid)) continue;
    const { analyzerVersion, empty } = await states.of(uid);
    if (empty || analyzerVersion === ANALYZER_VERSION) continue;
    reindex.push({ uid, analyzerVersion: analyzerVersion ?? null, command: reindexCommand(uid) });
  }
  // Of those that this key may know.
  const shown = new Set(results.map(({ uid }) => uid));
  const stores = synchronizer.status().filter(({ uid }) => shown.has(uid));
  const failing = {
    ...(insight.fault !== undefined && { insight: { failed: insight.fault } }),
    ...((await room.isLow()) && { writes: { failed: 'The disk of Meilisearch is nearly full.' } }),
  };
  reply(response, {
    status: 200,
    body: { status: 'ready', ...(listed.status === 200 ? { analyzerVersion: ANALYZER_VERSION, reindex, stores, ...failing } : {}) },
  });
}
