import { type Request, type Response, Router } from 'express';
import { isOwnIndex } from '../engine/own-indexes.js';
import { cleanMessage } from '../settings/messages.js';
import { type Settings, toClientDetails } from '../settings/terms.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, reply } from './context.js';

/** A task or a batch, as far as we read it. */
export interface Work {
  readonly uid: number;
  readonly indexUid?: string | null;
  readonly status?: string;
  readonly finishedAt?: string | null;
  readonly details?: Settings | null;
  readonly error?: { readonly message: string } | null;
  readonly stats?: { readonly totalNbTasks?: number; readonly indexUids?: Readonly<Record<string, number>> };
}

interface Page {
  readonly results: readonly Work[];
  readonly total: number;
  readonly limit: number;
  readonly from: number | null;
  readonly next: number | null;
}

/** Tasks and batches in the client's terms; those of our own indexes are not shown. */
export function taskRoutes(context: Context): Router {
  const router = Router(EXACT);
  for (const kind of ['tasks', 'batches'] as const) {
    router.get(`/${kind}`, (request, response) => list(context, request, response));
    router.get(`/${kind}/:uid`, async (request, response) => {
      const answer = await context.http.request({
        method: 'GET',
        path: request.originalUrl,
        authorization: authorizationOf(request, context.engine),
      });
      const body = answer.jsonOrText();
      reply(response, { status: answer.status, body: answer.status === 200 ? shown(body as Work, context) : body });
    });
  }
  return router;
}

async function list(context: Context, request: Request, response: Response): Promise<void> {
  const authorization = authorizationOf(request, context.engine);
  const answer = await context.http.request({ method: 'GET', path: request.originalUrl, authorization });
  if (answer.status !== 200) {
    reply(response, { status: answer.status, body: answer.jsonOrText() });
    return;
  }
  let page = answer.json() as Page;
  const results = page.results.filter(isPublic);
  const { limit, from, total } = page;
  let hidden = page.results.length - results.length;
  // Ours are left out, and the page is filled up with what comes next.
  while (results.length < limit && page.next !== null && hidden > 0) {
    const url = new URL(request.originalUrl, 'http://justuju');
    url.searchParams.set('from', String(page.next));
    url.searchParams.set('limit', String(limit - results.length));
    const more = await context.http.request({ method: 'GET', path: url.pathname + url.search, authorization });
    if (more.status !== 200) break;
    page = more.json() as Page;
    const visible = page.results.filter(isPublic);
    hidden += page.results.length - visible.length;
    results.push(...visible);
  }
  reply(response, {
    status: 200,
    body: {
      results: results.map((work) => shown(work, context)),
      total: total - hidden,
      limit,
      from: hidden === 0 ? from : (results[0]?.uid ?? null),
      next: page.next,
    },
  });
}

/** A batch belongs to us when all its tasks do. */
export function isPublic({ indexUid, stats }: Work): boolean {
  const uids = Object.keys(stats?.indexUids ?? {});
  return !isOwnIndex(indexUid) && (uids.length === 0 || !uids.every(isOwnIndex));
}

export function shown(work: Work, { states, unfinished }: Context): Work {
  if (work.finishedAt != null) states.forgetBefore(work.indexUid ?? null, work.finishedAt);
  const isUnfinished = work.status === 'succeeded' && unfinished.has(work.uid);
  return {
    ...work,
    ...(isUnfinished ? { status: 'processing', finishedAt: null, duration: null } : {}),
    ...(work.details != null ? { details: toClientDetails(work.details, work.stats?.totalNbTasks) } : {}),
    ...(work.error == null ? {} : { error: { ...work.error, message: cleanMessage(work.error.message) } }),
  };
}
