import { Router } from 'express';
import { Readable } from 'node:stream';
import { isShadow, SHADOW_ROOT } from '../documents/shadow.js';
import { formatOf, refusalToWrite, shadowSettings, withShadows } from '../documents/write.js';
import { CountingEncoder } from '../vocabulary/counting-encoder.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { readJson } from './read-json.js';

/** Documents get their shadow fields on the way in and lose them on the way back. */
export function documentRoutes(context: Context): Router {
  const router = Router();
  const { engine, http, states, vocabularies } = context;

  const write = (method: 'POST' | 'PUT') =>
    router.route('/indexes/:uid/documents')[method === 'POST' ? 'post' : 'put'](async (request, response, next) => {
      const uid = param(request, 'uid');
      const format = formatOf(request.headers['content-type']);
      const authorization = authorizationOf(request, engine);
      if (format === undefined) {
        next(); // Meilisearch refuses it.
        return;
      }
      const state = await states.of(uid);
      const prepared = state.analyzerVersion !== undefined || (await states.isPrepared(uid));
      if (!prepared) {
        if (!state.empty) {
          next(); // An index that Meilisearch analyzed by itself stays of one kind until it is reindexed.
          return;
        }
        const refusal = await refusalToWrite(http, uid, authorization);
        if (refusal !== undefined) {
          reply(response, refusal);
          return;
        }
        await prepareIndex(uid, context);
      }
      const query = new URL(request.originalUrl, 'http://justuju').searchParams;
      const delimiter = query.get('csvDelimiter') ?? ',';
      query.delete('csvDelimiter');
      const search = query.size > 0 ? `?${query.toString()}` : '';
      const encoder = new CountingEncoder();
      const answer = await http.request({
        method,
        path: `/indexes/${encodeURIComponent(uid)}/documents${search}`,
        authorization,
        headers: { 'content-type': 'application/x-ndjson' },
        body: Readable.from(withShadows(request, format, delimiter, encoder)),
      });
      if (answer.status === 202) vocabularies.counted(uid, encoder.counted);
      states.forget(uid);
      reply(response, { status: answer.status, body: answer.json() });
    });
  write('POST');
  write('PUT');

  router.get('/indexes/:uid/documents', async (request, response) => {
    await readAndStrip(request.originalUrl, 'GET', undefined);
    async function readAndStrip(path: string, method: 'GET' | 'POST', body: unknown): Promise<void> {
      const answer = await http.request({ method, path, authorization: authorizationOf(request, engine), ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
      reply(response, { status: answer.status, body: withoutShadows(answer.json()) });
    }
  });

  router.get('/indexes/:uid/documents/:id', async (request, response) => {
    const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
    reply(response, { status: answer.status, body: withoutShadows(answer.json()) });
  });

  router.post('/indexes/:uid/documents/fetch', ...readJson, async (request, response) => {
    const answer = await http.send('POST', request.originalUrl, authorizationOf(request, engine), request.body);
    reply(response, { status: answer.status, body: withoutShadows(answer.json()) });
  });

  return router;
}

/** Makes an empty or missing index one that searches shadow fields. */
async function prepareIndex(uid: string, { engine, http, states }: Context): Promise<void> {
  const authorization = engine.adminKey === undefined ? undefined : `Bearer ${engine.adminKey}`;
  const answer = await http.send('PATCH', `/indexes/${encodeURIComponent(uid)}/settings`, authorization, shadowSettings(SHADOW_ROOT));
  const { taskUid } = (answer.json() ?? {}) as { taskUid?: number };
  // An invalid uid: the documents request will be refused for the same reason, in the client's own terms.
  if (taskUid !== undefined) states.markPrepared(uid, taskUid);
}

/** Takes shadow fields out of any answer: a document, a list of them, or counts by field. */
export function withoutShadows(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutShadows);
  if (value === null || typeof value !== 'object') return value;
  const kept: Record<string, unknown> = {};
  for (const [field, item] of Object.entries(value)) if (!isShadow(field)) kept[field] = withoutShadows(item);
  return kept;
}
