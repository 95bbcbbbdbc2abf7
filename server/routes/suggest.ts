import { Router } from 'express';
import { BadRequest } from '../errors.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { suggest } from '../search/suggest.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, reply } from './context.js';
import { withinLimits } from './query-limits.js';

const DEFAULT_LIMIT = 8;
const MOST = 50;
const LONGEST_QUERY = 200;

/** `GET /suggest?q=&index=&limit=`: completions of what is being typed. */
export function suggestRoutes(context: Context): Router {
  const router = Router(EXACT);
  router.get('/suggest', withinLimits(context.limits), async (request, response) => {
    const { q = '', index = 'articles', limit = String(DEFAULT_LIMIT) } = request.query;
    if (typeof q !== 'string') throw new BadRequest('`q` must stand once in the query string: /suggest?q=...');
    if (typeof index !== 'string' || !/^[A-Za-z0-9_-]{1,400}$/.test(index))
      throw new BadRequest(`\`index\` must be the name of an index, got \`${JSON.stringify(index)}\`.`, 'invalid_index_uid');
    if (isOwnIndex(index)) throw new BadRequest(`Index \`${index}\` not found.`, 'index_not_found', 404);
    if (typeof limit !== 'string' || !/^\d{1,3}$/.test(limit) || Number(limit) > MOST)
      throw new BadRequest(`\`limit\` must be a number from 0 to ${MOST}, got \`${JSON.stringify(limit)}\`.`, 'invalid_search_limit');
    const authorization = authorizationOf(request, context.engine);
    const headline = context.page.headlineOf(index);
    reply(response, await suggest(index, q.slice(0, LONGEST_QUERY), Number(limit), authorization, context, headline));
  });
  return router;
}
