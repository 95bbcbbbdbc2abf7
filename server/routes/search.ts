import { Router } from 'express';
import type { SearchBody } from '../search/request.js';
import { multiSearch, search } from '../search/search.js';
import { BadRequest } from '../errors.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { fromQueryString } from './query-string.js';
import { readJson } from './read-json.js';

/** Search in Meilisearch's own routes. */
export function searchRoutes(context: Context): Router {
  const router = Router();
  const { engine } = context;

  router.post('/indexes/:uid/search', ...readJson, async (request, response) => {
    reply(response, await search(param(request, 'uid'), asBody(request.body), authorizationOf(request, engine), context));
  });

  router.get('/indexes/:uid/search', async (request, response, next) => {
    const body = fromQueryString(new URL(request.originalUrl, 'http://justuju').searchParams);
    // Something Meilisearch would refuse: let it, in its own words.
    if (body === undefined) {
      next();
      return;
    }
    reply(response, await search(param(request, 'uid'), body, authorizationOf(request, engine), context));
  });

  router.post('/multi-search', ...readJson, async (request, response) => {
    reply(response, await multiSearch(asBody(request.body), authorizationOf(request, engine), context));
  });

  return router;
}

function asBody(body: unknown): SearchBody {
  if (body === undefined) return {};
  if (body !== null && typeof body === 'object' && !Array.isArray(body)) return body as SearchBody;
  throw new BadRequest(`Invalid value type: expected an object, but found ${nameOf(body)}: \`${JSON.stringify(body).slice(0, 100)}\``);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'string' ? 'a string' : `a ${typeof value}`;
}
