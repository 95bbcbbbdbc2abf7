import { type Request, type RequestHandler, Router } from 'express';
import { rootOfVersion, SHADOW_ROOT } from '../documents/shadow.js';
import { adminAuthorization } from '../engine/client.js';
import type { IndexAhead } from '../engine/index-state.js';
import { mergeChat } from '../settings/chat.js';
import { mergeEmbedders, templatesOnly } from '../settings/embedders.js';
import { isObject } from '../settings/is-object.js';
import { isWellFormed, type Settings, TRANSLATED, toApplied, toClient } from '../settings/terms.js';
import { forward, readAny } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { refuseOwn } from './foreign.js';

/** Sub-routes of the settings that we translate, and what they are called in the whole. */
const SUB_ROUTES: Readonly<Record<string, (typeof TRANSLATED)[number]>> = {
  'searchable-attributes': 'searchableAttributes',
  'displayed-attributes': 'displayedAttributes',
  'localized-attributes': 'localizedAttributes',
  'ranking-rules': 'rankingRules',
  'stop-words': 'stopWords',
  dictionary: 'dictionary',
  synonyms: 'synonyms',
  'typo-tolerance': 'typoTolerance',
  embedders: 'embedders',
  chat: 'chat',
};

const CHANGED_IN_PART: readonly string[] = ['typoTolerance', 'embedders', 'chat'];

/** Settings in the client's own terms: its own fields, its own spellings. */
export function settingsRoutes(context: Context): Router {
  const router = Router(EXACT);
  const { engine, http, states } = context;

  /** Sends `given` in Meilisearch's terms, or the request as it came where there is nothing to translate or something to refuse. */
  const change =
    (read: (body: unknown, ahead: IndexAhead) => Settings | undefined): RequestHandler =>
    async (request, response) => {
      refuseOwn((request.body as { foreignKeys?: unknown } | undefined)?.foreignKeys);
      const uid = param(request, 'uid');
      const ahead = await states.ahead(uid);
      const given = read(request.body as unknown, ahead);
      states.forget(uid);
      const isForeign = ahead.analyzerVersion === undefined && !ahead.empty;
      const isReset = request.method === 'DELETE' && ahead.analyzerVersion === undefined;
      const touches = given !== undefined && TRANSLATED.some((name) => name in given);
      if (isForeign || isReset || !touches || !isWellFormed(given)) {
        await forward(context, request, response);
        return;
      }
      const applied = appliedIn(ahead, given, Object.keys(given), ahead.isUrdu);
      const answer = await http.send(
        'PATCH',
        `/indexes/${encodeURIComponent(uid)}/settings${queryOf(request)}`,
        authorizationOf(request, engine),
        applied,
      );
      // Refused: in the words for what the client sent.
      if (answer.status === 400) await forward(context, request, response);
      else reply(response, { status: answer.status, body: answer.json() });
    };

  router.patch(
    '/indexes/:uid/settings',
    readAny(),
    change((body) => (isObject(body) ? body : undefined)),
  );
  router.delete(
    '/indexes/:uid/settings',
    readAny(),
    change((_body, { settings }) =>
      Object.fromEntries(Object.keys({ ...settings, chat: null, vectorStore: null }).map((name) => [name, null])),
    ),
  );
  router.get('/indexes/:uid/settings', async (request, response) => {
    const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
    const body = answer.jsonOrText();
    reply(response, { status: answer.status, body: answer.status === 200 ? toClient(body as Settings) : body });
  });

  for (const [path, name] of Object.entries(SUB_ROUTES)) {
    const route = `/indexes/:uid/settings/${path}`;
    const method = CHANGED_IN_PART.includes(name) ? 'patch' : 'put';
    router[method](
      route,
      readAny(),
      change((body) => (body === undefined ? undefined : { [name]: body })),
    );
    router.delete(
      route,
      readAny(),
      change(() => ({ [name]: null })),
    );
    router.get(route, async (request, response) => {
      const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
      const value = answer.jsonOrText();
      if (answer.status !== 200) {
        reply(response, { status: answer.status, body: value });
        return;
      }
      const all = await http.request({
        method: 'GET',
        path: `/indexes/${encodeURIComponent(param(request, 'uid'))}/settings/synonyms`,
        authorization: adminAuthorization(context.engine),
      });
      const synonyms = all.status === 200 ? all.json() : undefined;
      reply(response, { status: 200, body: toClient({ synonyms, [name]: value })[name] });
    });
  }
  return router;
}

/** What is to be sent so that `given` holds and the index searches shadow fields. */
function appliedIn(ahead: IndexAhead, given: Settings, asked: readonly string[], isUrdu: boolean): Settings {
  if (ahead.analyzerVersion !== undefined) return toApplied(given, ahead.settings, asked, rootOfVersion(ahead.analyzerVersion), isUrdu);
  // Not analyzed yet: whatever was set before is translated along.
  const before: Settings = { searchableAttributes: null, localizedAttributes: null };
  for (const name of TRANSLATED) if (ahead.settings[name] != null) before[name] = ahead.settings[name];
  // Of embedders their templates only: keys are shown in part, and must not be sent back so.
  before['embedders'] = templatesOnly(ahead.settings['embedders']);
  const embedders = 'embedders' in given ? { embedders: mergeEmbedders(before['embedders'], given['embedders']) } : {};
  const chat = 'chat' in given ? { chat: mergeChat(before['chat'], given['chat']) } : {};
  return toApplied({ ...before, ...given, ...embedders, ...chat }, ahead.settings, asked, SHADOW_ROOT, isUrdu);
}

/**
 * Makes an index ready for its first documents, in a task of our own: one that searches shadow fields, and lean where most of the documents are Urdu.
 * An index that is so already gets no task.
 */
export async function prepareIndex(uid: string, ahead: IndexAhead, isUrdu: boolean, context: Context): Promise<void> {
  if (ahead.analyzerVersion !== undefined && ahead.isUrdu === isUrdu) return;
  await context.http.send(
    'PATCH',
    `/indexes/${encodeURIComponent(uid)}/settings`,
    adminAuthorization(context.engine),
    appliedIn(ahead, {}, [], isUrdu),
  );
  context.states.forget(uid);
}

const queryOf = (request: Request): string => new URL(request.originalUrl, 'http://justuju').search;
