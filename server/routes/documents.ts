import { type Request, type Response, Router } from 'express';
import { isNumber } from '../json/exact-json.js';
import { withCallerHeaders } from '../meilisearch/caller-headers.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import type { SearchBody } from '../search/request.js';
import { listedByKeys } from '../search/sort-by-keys.js';
import { withoutShadows } from '../shadow/shadow.js';
import { readAny, readObject, sendOn } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { askFolded, getFolded } from './filters.js';
import { mendLater } from './mend-later.js';
import { readSort } from './query-string.js';
import { writeDocuments } from './write-documents.js';
import { beginWrite } from './write-under-way.js';

/** Documents get their shadow fields on the way in and lose them on the way back. */
export function documentRoutes(context: Context): Router {
  const router = Router(EXACT);
  const { engine, http, states } = context;

  router.post('/indexes/:uid/documents', writeDocuments(context, 'POST'));
  router.put('/indexes/:uid/documents', writeDocuments(context, 'PUT'));

  router.get('/indexes/:uid/documents', async (request, response) => {
    const caller = { ...context, http: withCallerHeaders(http, request.headers) };
    const byKeys = await addressByKeys(request, context);
    let answer = await getFolded(request, caller, byKeys);
    // Refused: in the words for what the client sent.
    if (answer.status === 400 && byKeys !== request.originalUrl) answer = await getFolded(request, caller);
    reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
  });

  router.post('/indexes/:uid/documents/fetch', readObject(context), async (request, response) => {
    const caller = withCallerHeaders(http, request.headers);
    const uid = param(request, 'uid');
    const ask = (sent: SearchBody): Promise<EngineAnswer> =>
      caller.send('POST', request.originalUrl, authorizationOf(request, engine), sent);
    const state = await states.of(uid);
    const answer = await askFolded(request.body as SearchBody, uid, context, async (sent) => {
      const byKeys = listedByKeys(sent, state);
      const answer = await ask(byKeys);
      return answer.status === 400 && byKeys !== sent ? ask(sent) : answer;
    });
    reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
  });

  // By a function, inside Meilisearch.
  router.post('/indexes/:uid/documents/edit', readAny(context), async (request, response) => {
    const uid = param(request, 'uid');
    const { analyzerVersion } = await states.of(uid);
    const answer = await sendOn(context, request);
    const body = answer.jsonOrText() as { taskUid?: number };
    if (answer.status === 202 && body.taskUid !== undefined && analyzerVersion !== undefined) mendLater(uid, body.taskUid, context);
    reply(response, { status: answer.status, body });
  });

  // By a filter, or by keys.
  for (const path of ['delete', 'delete-batch']) {
    router.post(`/indexes/:uid/documents/${path}`, readAny(context), (request, response) =>
      remove(request, response, keysIn(request.body as unknown), context),
    );
  }
  router.delete('/indexes/:uid/documents', readAny(context), (request, response) => remove(request, response, 'all', context));
  router.delete('/indexes/:uid/documents/:id', readAny(context), (request, response) =>
    remove(request, response, [param(request, 'id')], context),
  );

  router.get('/indexes/:uid/documents/:id', async (request, response) => {
    const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
    reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
  });

  return router;
}

/** The address of a request for documents, sorted by the keys of its fields where these have some; the very address where none has. */
async function addressByKeys({ originalUrl, params }: Request, { states }: Context): Promise<string> {
  const url = new URL(originalUrl, 'http://justuju');
  const written = url.searchParams.get('sort');
  if (written === null) return originalUrl;
  const body: SearchBody = { sort: readSort(written) };
  const byKeys = listedByKeys(body, await states.of(String(params['uid'])));
  if (byKeys === body) return originalUrl;
  url.searchParams.set('sort', (byKeys['sort'] as readonly string[]).join(','));
  return url.pathname + url.search;
}

/** @param removed the primary keys of the documents; undefined where they are not known */
async function remove(
  request: Request,
  response: Response,
  removed: readonly string[] | 'all' | undefined,
  context: Context,
): Promise<void> {
  const uid = param(request, 'uid');
  const write = beginWrite(uid, context);
  const answer = await sendOn(context, request);
  write(answer, removed && { removed });
  context.states.forget(uid);
  reply(response, { status: answer.status, body: answer.jsonOrText() });
}

const keysIn = (body: unknown): readonly string[] | undefined =>
  Array.isArray(body) && body.every((key) => typeof key === 'string' || isNumber(key)) ? body.map(String) : undefined;
