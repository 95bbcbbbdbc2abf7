import { type Request, type Response, Router } from 'express';
import { BadRequest } from '../errors.js';
import type { ExportRelay } from '../export/relay.js';
import { isObject } from '../json/is-object.js';
import { adminAuthorization } from '../meilisearch/client.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import { FORMER_INDEX, isOwnIndex } from '../meilisearch/own-indexes.js';
import { cleanMessage } from '../settings/messages.js';
import { readNote } from '../settings/note.js';
import { type Settings, toClientDetails } from '../settings/terms.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, reply } from './context.js';

/** A task or a batch, as far as we read it. */
export interface Work {
  readonly uid: number;
  readonly indexUid?: string | null;
  readonly type?: string;
  readonly status?: string;
  readonly enqueuedAt?: string | null;
  readonly finishedAt?: string | null;
  readonly details?: Settings | null;
  readonly error?: { readonly message: string } | null;
  readonly stats?: {
    readonly totalNbTasks?: number;
    readonly indexUids?: Readonly<Record<string, number>>;
    readonly types?: Readonly<Record<string, number>>;
  };
}

interface Page {
  readonly results: readonly Work[];
  readonly total: number;
  readonly limit: number;
  readonly from: number | null;
  readonly next: number | null;
  /** Where several servers are asked: those that did not answer, and how many there are. */
  readonly missingServers?: unknown;
  readonly servers?: unknown;
}

/** Meilisearch's own, where a request names none. */
const DEFAULT_LIMIT = 20;

/**
 * Tasks and batches in the client's terms. Those of our own indexes are not shown. A settings task by which Justuju prepares an index of the client's
 * is shown, since it is done to its index, and is marked as ours.
 */
export function taskRoutes(context: Context): Router {
  const router = Router(EXACT);
  for (const kind of ['tasks', 'batches'] as const) {
    router.get(`/${kind}`, (request, response) => list(context, request, response));
    router.get(`/${kind}/:uid`, async (request, response) => {
      const answer = await ask(context, request, request.originalUrl);
      const body = answer.jsonOrText();
      if (answer.status === 200 && !isPublic(body as Work)) throw notFound(kind, (body as Work).uid);
      reply(response, { status: answer.status, body: answer.status === 200 ? shown(body as Work, context) : body });
    });
  }
  router.post('/tasks/cancel', (request, response) => cancel(context, request, response));
  return router;
}

const notFound = (kind: 'tasks' | 'batches', uid: number): BadRequest =>
  kind === 'tasks'
    ? new BadRequest(`Task \`${uid}\` not found.`, 'task_not_found', 404)
    : new BadRequest(`Batch \`${uid}\` not found.`, 'batch_not_found', 404);

const ask = ({ http, engine }: Context, request: Request, path: string): Promise<EngineAnswer> =>
  http.request({ method: 'GET', path, authorization: authorizationOf(request, engine) });

async function list(context: Context, request: Request, response: Response): Promise<void> {
  const url = new URL(request.originalUrl, 'http://justuju');
  const given = url.searchParams.get('limit') ?? String(DEFAULT_LIMIT);
  // One more than is shown, so that `next` is one that will be shown.
  if (/^\+?\d{1,9}$/.test(given)) url.searchParams.set('limit', String(Number(given) + 1));
  const [answer, own] = await Promise.all([ask(context, request, url.pathname + url.search), countOwn(context, request)]);
  if (answer.status !== 200) {
    reply(response, { status: answer.status, body: answer.jsonOrText() });
    return;
  }
  let page = answer.json() as Page;
  const { limit, total, missingServers, servers } = page;
  const results = page.results.filter(isPublic);
  // Ours are left out, and the page is filled up with what comes next.
  while (results.length < limit && page.next !== null) {
    url.searchParams.set('from', String(page.next));
    url.searchParams.set('limit', String(limit - results.length));
    const more = await ask(context, request, url.pathname + url.search);
    if (more.status !== 200) break;
    page = more.json() as Page;
    results.push(...page.results.filter(isPublic));
  }
  const shownNow = results.slice(0, Number(given));
  reply(response, {
    status: 200,
    body: {
      results: shownNow.map((work) => shown(work, context)),
      total: total - own,
      limit: Number(given),
      from: shownNow[0]?.uid ?? null,
      next: results[shownNow.length]?.uid ?? null,
      ...(missingServers !== undefined && { partial: { servers, missing: missingServers } }),
    },
  });
}

/** How many tasks or batches of our own indexes are among those that a request lists. */
async function countOwn(context: Context, request: Request): Promise<number> {
  const url = new URL(request.originalUrl, 'http://justuju');
  const uids = url.searchParams.get('indexUids')?.split(',') ?? ['*'];
  const own = uids.includes('*') ? [FORMER_INDEX] : uids.filter(isOwnIndex);
  if (own.length === 0) return 0;
  url.searchParams.set('indexUids', own.join(','));
  url.searchParams.set('limit', '1');
  const answer = await ask(context, request, url.pathname + url.search);
  return answer.status === 200 ? (answer.json() as Page).total : 0;
}

/** A batch belongs to us when all its tasks do. */
export function isPublic({ indexUid, stats }: Work): boolean {
  const uids = Object.keys(stats?.indexUids ?? {});
  return !isOwnIndex(indexUid) && (uids.length === 0 || !uids.every(isOwnIndex));
}

/** The settings that nobody asked for: Justuju made the index ready for its documents. */
const isPreparation = ({ details }: Work): boolean => readNote(details?.['synonyms']).asked?.length === 0;

/** More numbers of tasks than this make an address that Meilisearch may not read. */
const MOST_UIDS = 4_000;
/** Says so of a task of ours. */
const OURS = 'justuju';
/** No task has it. */
const NO_TASK = '4294967295';

/**
 * Cancels what the client has enqueued. Documents that come after a preparation of ours were written for an index that it made ready: without it their
 * search terms would be shown. So where one is among the tasks that are meant, the others are named one by one.
 */
async function cancel(context: Context, request: Request, response: Response): Promise<void> {
  const url = new URL(request.originalUrl, 'http://justuju');
  const authorization = authorizationOf(request, context.engine);
  const send = async (path: string): Promise<void> => {
    const answer = await context.http.request({ method: 'POST', path, authorization });
    reply(response, { status: answer.status, body: answer.jsonOrText() });
  };
  const unfinished = await unfinishedAmong(url.searchParams, context);
  const others = unfinished?.filter((task) => isPublic(task) && !isPreparation(task)) ?? [];
  if (unfinished === undefined || others.length === unfinished.length) {
    await send(request.originalUrl);
    return;
  }
  if (others.length > MOST_UIDS)
    throw new BadRequest(
      `Among the ${others.length} tasks are some by which Justuju prepares an index, which must not be canceled. Name fewer, for example by \`uids\` or \`beforeEnqueuedAt\`.`,
      'invalid_task_uids',
    );
  url.searchParams.set('uids', others.length === 0 ? NO_TASK : others.map(({ uid }) => uid).join(','));
  await send(url.pathname + url.search);
}

/** The tasks that a cancelation means, as far as they are not done. Undefined: Meilisearch refuses the request. */
async function unfinishedAmong(filters: URLSearchParams, { http, engine }: Context): Promise<readonly Work[] | undefined> {
  if (filters.size === 0) return undefined;
  const query = new URLSearchParams(filters);
  const statuses = query.get('statuses') ?? '*';
  if (statuses === '*') query.set('statuses', 'enqueued,processing');
  query.set('limit', '100000');
  const answer = await http.request({ method: 'GET', path: `/tasks?${query.toString()}`, authorization: adminAuthorization(engine) });
  if (answer.status !== 200) return undefined;
  return (answer.json() as Page).results.filter(({ status }) => status === 'enqueued' || status === 'processing');
}

export function shown(work: Work, context: Context): Work {
  const { states, exports } = context;
  if (work.finishedAt != null) states.forgetBefore(work.indexUid ?? null, work.finishedAt);
  const isUnfinished = work.status === 'succeeded' && isAwaited(work, context);
  return {
    ...work,
    ...(isUnfinished ? { status: 'processing', finishedAt: null, duration: null } : {}),
    // As Meilisearch shows what a client said of its task, in the versions that have that.
    ...(isPreparation(work) && work.stats === undefined ? { customMetadata: OURS } : {}),
    ...(work.details != null
      ? { details: { ...toClientDetails(work.details, work.stats?.totalNbTasks), ...exportDetails(work, exports) } }
      : {}),
    ...(work.error == null ? {} : { error: { ...work.error, message: cleanMessage(work.error.message) } }),
  };
}

/** Whether the store does not hold yet what a task has done, here or in another process. */
function isAwaited({ uid, indexUid, type, enqueuedAt, finishedAt }: Work, { unfinished, synchronizer }: Context): boolean {
  if (unfinished.has(uid)) return true;
  if (indexUid == null || finishedAt == null || enqueuedAt == null || type?.startsWith('document') !== true) return false;
  return synchronizer.isAwaited(indexUid, uid, { enqueuedAt: Date.parse(enqueuedAt), finishedAt: Date.parse(finishedAt) });
}

/** What an export was told by the client: Meilisearch was told of the relay. Own indexes were not sent. */
function exportDetails({ uid, type, stats, details }: Work, exports: ExportRelay): Settings {
  if (type !== 'export' && stats?.types?.['export'] === undefined) return {};
  const target = stats === undefined ? exports.targetOf(uid) : undefined;
  const indexes = Object.entries(details?.['indexes'] ?? {})
    .filter(([name]) => !isOwnIndex(name))
    .map(([name, index]: [string, unknown]) => {
      const given = target?.indexes[name];
      return [name, isObject(index) && isObject(given) ? { ...index, filter: given['filter'] ?? null } : index];
    });
  return {
    ...(details?.['indexes'] != null && { indexes: Object.fromEntries(indexes) as unknown }),
    ...(target !== undefined && { url: target.url, ...(target.apiKey === undefined && { apiKey: null }) }),
  };
}
