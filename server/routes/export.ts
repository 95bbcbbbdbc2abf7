import { Router } from 'express';
import { BadRequest } from '../errors.js';
import type { Target } from '../export/relay.js';
import { isObject } from '../json/is-object.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { forward, readObject } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, reply } from './context.js';
import { foldedFilter } from './filters.js';

/** `POST /export`: the client's own fields and settings, to another Meilisearch or another Justuju. */
export function exportRoutes(context: Context): Router {
  const router = Router(EXACT);
  router.post('/export', readObject(context), async (request, response) => {
    const body = request.body as Record<string, unknown>;
    const target = targetOf(body);
    // Meilisearch has something against it.
    if (target === undefined) {
      await forward(context, request, response);
      return;
    }
    const authorization = authorizationOf(request, context.engine);
    const ticket = await context.exports.ticketFor(target);
    if (ticket === undefined)
      throw new BadRequest(
        `Meilisearch at ${context.engine.url} is not near enough to export through Justuju, and by itself it would send Justuju's search terms with the documents. Read the documents and settings from Justuju and write them to the target, or run Justuju beside Meilisearch.`,
      );
    const answer = await context.http.send('POST', request.originalUrl, authorization, {
      ...body,
      ...ticket,
      ...(isObject(body['indexes']) && { indexes: await folded(body['indexes'], context) }),
    });
    const task = answer.jsonOrText() as { taskUid?: number };
    if (typeof task.taskUid === 'number') context.exports.began(task.taskUid, target);
    reply(response, { status: answer.status, body: task });
  });
  return router;
}

/** Undefined: there is none that anything could be sent to. */
function targetOf({ url, apiKey, indexes }: Record<string, unknown>): Target | undefined {
  if (apiKey !== undefined && apiKey !== null && typeof apiKey !== 'string') return undefined;
  if (url !== undefined && typeof url !== 'string') return undefined;
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new BadRequest(
      `\`url\` must be the address of a Meilisearch or a Justuju, got ${url === undefined ? 'nothing' : `\`${url.slice(0, 200)}\``}. For example: {"url": "http://127.0.0.1:7700"}.`,
      'invalid_export_url',
    );
  return { url, apiKey: apiKey ?? undefined, indexes: isObject(indexes) ? indexes : {} };
}

/** Own indexes are left out on the way; named alone there is nothing to export. Filters hold as in a search. */
async function folded(indexes: Record<string, unknown>, context: Context): Promise<Record<string, unknown>> {
  const own = Object.keys(indexes).find(isOwnIndex);
  if (own !== undefined) throw new BadRequest(`Index \`${own}\` not found.`, 'index_not_found');
  const entries = Object.entries(indexes).map(async ([uid, given]): Promise<[string, unknown]> => {
    if (!isObject(given) || uid.includes('*')) return [uid, given];
    return [uid, { ...given, ...(await foldedFilter(given, uid, context)) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
