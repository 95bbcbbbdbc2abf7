import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Language } from '../documents/language.js';
import { BadRequest } from '../errors.js';
import { isObject } from '../json/is-object.js';
import { adminAuthorization } from '../meilisearch/client.js';
import { mergeChat } from '../settings/chat.js';
import { mergeEmbedders, templatesOnly } from '../settings/embedders.js';
import type { IndexAhead } from '../settings/index-state.js';
import { languageIn } from '../settings/languages.js';
import { isWellFormed, respelled, type Settings, TRANSLATED, toApplied, toClient, unreadable } from '../settings/terms.js';
import { rootOfVersion, SHADOW_ROOT } from '../shadow/shadow.js';
import { unkeyedFields } from '../shadow/sort-keys.js';
import { type Answered, codeOf, forward, readAny, refusalUnread, sendOn } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { refuseOwn } from './foreign.js';
import { keyLater } from './key-later.js';

/** Sub-routes of the settings that we translate, and what they are called in the whole. */
const SUB_ROUTES: Readonly<Record<string, (typeof TRANSLATED)[number]>> = {
  'searchable-attributes': 'searchableAttributes',
  'displayed-attributes': 'displayedAttributes',
  'filterable-attributes': 'filterableAttributes',
  'sortable-attributes': 'sortableAttributes',
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

  const change = (read: ReadSettings): RequestHandler => changeSettings(read, context);

  router.patch(
    '/indexes/:uid/settings',
    readAny(context),
    change((body) => (isObject(body) ? body : undefined)),
  );
  router.delete(
    '/indexes/:uid/settings',
    readAny(context),
    change((_body, { settings, hidden }) => Object.fromEntries([...Object.keys(settings), ...hidden].map((name) => [name, null]))),
  );
  router.get('/indexes/:uid/settings', async (request, response) => {
    const answer = await http.request({ method: 'GET', path: request.originalUrl, authorization: authorizationOf(request, engine) });
    const body = answer.jsonOrText();
    reply(response, {
      status: answer.status,
      body: answer.status === 200 ? toClient(body as Settings, await states.defaultRules()) : body,
    });
  });

  for (const [path, name] of Object.entries(SUB_ROUTES)) {
    const route = `/indexes/:uid/settings/${path}`;
    const method = CHANGED_IN_PART.includes(name) ? 'patch' : 'put';
    router[method](
      route,
      readAny(context),
      change((body) => (body === undefined ? undefined : { [name]: body })),
    );
    router.delete(
      route,
      readAny(context),
      change(() => ({ [name]: null })),
    );
    router.get(route, (request, response) => readOne(name, request, response, context));
  }
  return router;
}

/** What of a request is to be set, in the client's terms; undefined where it cannot be read. */
type ReadSettings = (body: unknown, ahead: IndexAhead) => Settings | undefined;

/** Sends `given` in Meilisearch's terms, or the request as it came where there is nothing to translate or something to refuse. */
function changeSettings(read: ReadSettings, context: Context): RequestHandler {
  const { engine, http, states } = context;
  return async (request, response) => {
    refuseOwn((request.body as { foreignKeys?: unknown } | undefined)?.foreignKeys);
    const uid = param(request, 'uid');
    const ahead = await states.ahead(uid);
    const given = read(request.body as unknown, ahead);
    states.forget(uid);
    const isForeign = ahead.analyzerVersion === undefined && !ahead.empty;
    const isReset = request.method === 'DELETE' && ahead.analyzerVersion === undefined;
    const touches = given === undefined || TRANSLATED.some((name) => name in given);
    if (isForeign || isReset || !touches) {
      await forward(context, request, response);
      return;
    }
    if (!isWellFormed(given)) {
      const refusal = (await refusalUnread(context, request)) ?? (await refusalOf(context, request));
      if (refusal === undefined) throw untranslatable(request, given);
      reply(response, refusal);
      return;
    }
    const applied = appliedIn(ahead, given, Object.keys(given), languageIn(ahead.settings));
    const answer = await http.send(
      'PATCH',
      `/indexes/${encodeURIComponent(uid)}/settings${queryOf(request)}`,
      authorizationOf(request, engine),
      applied,
    );
    // Refused: in the words for what the client sent.
    const refusal = answer.status === 400 && request.method !== 'DELETE' ? await refusalOf(context, request) : undefined;
    if (answer.status === 202 && lacksKeys(applied, ahead)) keyLater(uid, (answer.json() as { taskUid: number }).taskUid, context);
    reply(response, refusal ?? { status: answer.status, body: answer.jsonOrText() });
  };
}

/** Whether these settings make documents that are there sortable by fields of which they have no keys. */
function lacksKeys({ sortableAttributes: sortable }: Settings, { analyzerVersion, settings, empty, awaitsDocuments }: IndexAhead): boolean {
  if (!Array.isArray(sortable) || analyzerVersion === undefined || languageIn(settings) !== 'urd' || (empty && !awaitsDocuments))
    return false;
  return unkeyedFields(sortable as string[], rootOfVersion(analyzerVersion)).length > 0;
}

async function readOne(name: (typeof TRANSLATED)[number], request: Request, response: Response, context: Context): Promise<void> {
  const { engine, http, states } = context;
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
  reply(response, { status: 200, body: toClient({ synonyms, [name]: value }, await states.defaultRules())[name] });
}

/** No index can have this name, so nothing that is sent to it is ever done. */
const NO_INDEX = 'no%20index';

/**
 * What Meilisearch says against the request as the client sent it; undefined where it would take it. It is asked about an index that cannot be: were it asked about
 * the client's and took the request, settings that nobody translated would hold, and the index would silently be none of Urdu any more. Only for those who may
 * change settings: it is asked with Justuju's own key, since the client's may be for some indexes only.
 */
async function refusalOf(context: Context, request: Request): Promise<Answered | undefined> {
  const path = request.originalUrl.replace(/^\/+indexes\/[^/?]*/, `/indexes/${NO_INDEX}`);
  const answer = await sendOn(context, request, { path, authorization: adminAuthorization(context.engine) });
  const body = answer.jsonOrText();
  return answer.status < 400 || codeOf(body) === 'invalid_index_uid' ? undefined : { status: answer.status, body };
}

/** Settings of a form that this Justuju does not know, though Meilisearch does. */
function untranslatable(request: Request, given: Settings | undefined): BadRequest {
  if (given === undefined)
    return new BadRequest(
      `Settings of this index cannot be changed by a body of the content type \`${String(request.headers['content-type'])}\`, since Justuju must translate them. Send JSON as \`application/json\`.`,
      'invalid_content_type',
      415,
    );
  const name = unreadable(given) ?? '';
  return new BadRequest(
    `Justuju cannot translate this value of \`${name}\`: \`${JSON.stringify(given[name])}\`. Use a form that Meilisearch 1.21 takes, or update Justuju.`,
  );
}

/** What is to be sent so that `given` holds and the index searches shadow fields. */
function appliedIn(ahead: IndexAhead, given: Settings, asked: readonly string[], language: Language): Settings {
  const { defaultRules } = ahead;
  const isEmpty = ahead.empty && !ahead.awaitsDocuments;
  if (ahead.analyzerVersion !== undefined)
    return toApplied(given, ahead.settings, asked, rootOfVersion(ahead.analyzerVersion), language ?? null, defaultRules, isEmpty);
  // Not analyzed yet: whatever was set before is translated along.
  const before: Settings = { searchableAttributes: null, localizedAttributes: null, filterableAttributes: null };
  for (const name of TRANSLATED) if (ahead.settings[name] != null) before[name] = ahead.settings[name];
  // Of embedders their templates only: keys are shown in part, and must not be sent back so.
  before['embedders'] = templatesOnly(ahead.settings['embedders']);
  const embedders = 'embedders' in given ? { embedders: mergeEmbedders(before['embedders'], given['embedders']) } : {};
  const chat = 'chat' in given ? { chat: mergeChat(before['chat'], given['chat']) } : {};
  return toApplied(
    { ...before, ...given, ...embedders, ...chat },
    ahead.settings,
    asked,
    SHADOW_ROOT,
    language ?? null,
    defaultRules,
    isEmpty,
  );
}

/**
 * Makes an index ready for its first documents, in a task of our own: one that searches shadow fields, lean where most of the documents are Urdu, and with words
 * of its settings as documents of that language have them. An index that is so already gets no task.
 */
export async function prepareIndex(uid: string, ahead: IndexAhead, language: Language, context: Context): Promise<void> {
  const before = languageIn(ahead.settings);
  if (ahead.analyzerVersion !== undefined && before === language) return;
  await context.http.send(
    'PATCH',
    `/indexes/${encodeURIComponent(uid)}/settings`,
    adminAuthorization(context.engine),
    appliedIn(ahead, isAsWritten(before) === isAsWritten(language) ? {} : respelled(ahead.settings), [], language),
  );
  context.states.forget(uid);
}

/** Whether words of settings stand as they are written, not by the terms of Urdu. */
const isAsWritten = (language: Language): boolean => language === 'ara' || language === 'pes';

const queryOf = (request: Request): string => new URL(request.originalUrl, 'http://justuju').search;
