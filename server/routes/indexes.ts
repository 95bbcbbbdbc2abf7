import { type Request, type RequestHandler, type Response, Router } from 'express';
import { BadRequest } from '../errors.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { isShadow } from '../shadow/shadow.js';
import { forward, readAny } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';

interface Stats {
  readonly fieldDistribution?: Readonly<Record<string, number>>;
  readonly [other: string]: unknown;
}

interface IndexPage {
  readonly results: readonly { readonly uid: string }[];
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

/** More indexes than this, and a page may show fewer than its limit. */
const MOST_OWN = 20;

/** Lists and counts of indexes: without shadow fields, and without the indexes that Justuju keeps for itself. */
export function indexRoutes(context: Context): Router {
  const router = Router(EXACT);

  // Whatever is asked of them: to clients they do not exist.
  router.use('/indexes/:uid', ((request, _response, next) => {
    const uid = param(request, 'uid');
    next(isOwnIndex(uid) ? new BadRequest(`Index \`${uid}\` not found.`, 'index_not_found', 404) : undefined);
  }) as RequestHandler);

  router.post('/indexes', readAny(context), async (request, response) => {
    refuseReserved(request.body);
    context.states.forget();
    await forward(context, request, response);
  });

  router.post('/swap-indexes', readAny(context), async (request, response) => {
    const swaps = Array.isArray(request.body) ? (request.body as { indexes?: unknown }[]) : [];
    const uids = swaps.flatMap((swap) => (Array.isArray(swap?.indexes) ? (swap.indexes as unknown[]) : []));
    const own = uids.map(String).find(isOwnIndex);
    if (own !== undefined) throw new BadRequest(`Index \`${own}\` not found.`, 'index_not_found');
    await forward(context, request, response);
    context.states.forget();
  });

  // Later versions rename an index by this; 1.21 refuses a `uid` here.
  router.patch('/indexes/:uid', readAny(context), async (request, response) => {
    refuseReserved(request.body);
    await forward(context, request, response);
    context.states.forget();
  });

  router.delete('/indexes/:uid', readAny(context), async (request, response) => {
    await forward(context, request, response);
    context.states.forget();
  });

  router.get('/indexes', (request, response) => listIndexes(request, response, context));
  addStats(router, context);
  return router;
}

/** The list without our own. They sort among the others: so many more are asked for from the start, and counted anew. */
async function listIndexes(request: Request, response: Response, { engine, http }: Context): Promise<void> {
  const url = new URL(request.originalUrl, 'http://justuju');
  const authorization = authorizationOf(request, engine);
  const first = await http.request({ method: 'GET', path: request.originalUrl, authorization });
  if (first.status !== 200) {
    reply(response, { status: first.status, body: first.jsonOrText() });
    return;
  }
  const page = first.json() as IndexPage;
  url.searchParams.set('offset', '0');
  url.searchParams.set('limit', String(page.offset + page.limit + MOST_OWN));
  const all = (await http.request({ method: 'GET', path: url.pathname + url.search, authorization })).json() as IndexPage;
  const visible = all.results.filter(({ uid }) => !isOwnIndex(uid));
  const hidden = all.results.length - visible.length;
  reply(response, {
    status: 200,
    body: hidden === 0 ? page : { ...page, results: visible.slice(page.offset, page.offset + page.limit), total: all.total - hidden },
  });
}

function addStats(router: Router, { engine, http }: Context): void {
  router.get('/stats', async (request, response) => {
    const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
    const body = answer.jsonOrText() as { indexes?: Record<string, Stats> };
    if (answer.status === 200 && body.indexes !== undefined) {
      body.indexes = Object.fromEntries(
        Object.entries(body.indexes)
          .filter(([uid]) => !isOwnIndex(uid))
          .map(([uid, stats]) => [uid, ownFields(stats)]),
      );
    }
    reply(response, { status: answer.status, body });
  });

  router.get('/indexes/:uid/stats', async (request, response) => {
    const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
    reply(response, { status: answer.status, body: answer.status === 200 ? ownFields(answer.json() as Stats) : answer.jsonOrText() });
  });
}

/** No index is made or renamed to a name of ours. */
function refuseReserved(body: unknown): void {
  const { uid } = (body ?? {}) as { uid?: unknown };
  if (isOwnIndex(uid))
    throw new BadRequest(
      `The name \`${String(uid)}\` is reserved for Justuju. Choose one that does not begin with \`_justuju\`.`,
      'invalid_index_uid',
    );
}

const ownFields = (stats: Stats): Stats => ({
  ...stats,
  fieldDistribution: Object.fromEntries(Object.entries(stats.fieldDistribution ?? {}).filter(([field]) => !isShadow(field))),
});
