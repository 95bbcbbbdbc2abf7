import { createHash } from 'node:crypto';
import { Router } from 'express';
import { EXACT } from './canonical-path.js';
import { type Context, sendJson } from './context.js';

/** `GET /page-config`: what the search page must know of its collection. For everybody; with a key it tells of the indexes that this key may search. */
export function pageConfigRoutes({ page }: Pick<Context, 'page'>): Router {
  const router = Router(EXACT);
  router.get('/page-config', async (request, response) => {
    const { authorization } = request.headers;
    const config = JSON.stringify(await (authorization === undefined ? page.forEverybody() : page.forCaller(authorization)));
    const tag = `"${createHash('sha256').update(config).digest('base64url').slice(0, 20)}"`;
    response.setHeader('etag', tag);
    // Kept by browsers, and asked for anew each time: settings change.
    response.setHeader('cache-control', 'no-cache');
    response.vary('authorization');
    if (isKnown(request.headers['if-none-match'], tag)) response.status(304).end();
    else sendJson(response, 200, config);
  });
  return router;
}

/** Whether a browser has this answer already. A proxy that compresses makes tags weak. */
const isKnown = (tags: string | undefined, tag: string): boolean =>
  tags?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag) === true;
