import { Router } from 'express';
import { withoutShadows } from '../documents/shadow.js';
import { withCallerHeaders } from '../engine/caller-headers.js';
import type { SearchBody } from '../search/request.js';
import { forward, readAny, readObject, sendOn } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { askFolded, getFolded } from './filters.js';
import { mendLater } from './mend-later.js';
import { writeDocuments } from './write-documents.js';

/** Documents get their shadow fields on the way in and lose them on the way back. */
export function documentRoutes(context: Context): Router {
  const router = Router(EXACT);
  const { engine, http, states } = context;

  router.post('/indexes/:uid/documents', writeDocuments(context, 'POST'));
  router.put('/indexes/:uid/documents', writeDocuments(context, 'PUT'));

  router.get('/indexes/:uid/documents', async (request, response) => {
    const answer = await getFolded(request, { ...context, http: withCallerHeaders(http, request.headers) });
    reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
  });

  router.post('/indexes/:uid/documents/fetch', readObject(context), async (request, response) => {
    const caller = withCallerHeaders(http, request.headers);
    const answer = await askFolded(request.body as SearchBody, param(request, 'uid'), context, (sent) =>
      caller.send('POST', request.originalUrl, authorizationOf(request, engine), sent),
    );
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

  for (const path of ['delete', 'delete-batch']) {
    router.post(`/indexes/:uid/documents/${path}`, readAny(context), async (request, response) => {
      states.forget(param(request, 'uid'));
      await forward(context, request, response);
    });
  }

  router.get('/indexes/:uid/documents/:id', async (request, response) => {
    const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
    reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
  });

  return router;
}

/** Takes shadow fields out of an answer: a document, or a page of them. */
