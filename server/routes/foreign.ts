import { Router } from 'express';
import { BadRequest } from '../errors.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { forward, readAny } from './body.js';
import { EXACT } from './canonical-path.js';
import { type Context, param } from './context.js';

/**
 * Requests by which newer versions take documents of one index into another's answer: foreign keys (since 1.39) and templates that are rendered (since 1.48).
 * Justuju's own indexes do not exist there either.
 */
export function foreignRoutes(context: Context): Router {
  const router = Router(EXACT);
  router.put('/indexes/:uid/settings/foreign-keys', readAny(context), async (request, response) => {
    refuseOwn(request.body);
    context.states.forget(param(request, 'uid'));
    await forward(context, request, response);
  });
  router.post('/render-template', readAny(context), async (request, response) => {
    refuseOwn(request.body);
    await forward(context, request, response);
  });
  return router;
}

/** Throws where a body names an index of Justuju's own as another index, however deep within it. */
export function refuseOwn(body: unknown): void {
  if (body === null || typeof body !== 'object') return;
  for (const [name, value] of Object.entries(body)) {
    if ((name === 'foreignIndexUid' || name === 'indexUid') && isOwnIndex(value))
      throw new BadRequest(`Index \`${String(value)}\` not found.`, 'index_not_found');
    refuseOwn(value);
  }
}
