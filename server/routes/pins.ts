import express, { type Request, type Response, Router } from 'express';
import { BadRequest } from '../errors.js';
import { reindexCommand } from '../indexing/command.js';
import { isObject } from '../json/is-object.js';
import { adminAuthorization } from '../meilisearch/client.js';
import { finishedTask } from '../meilisearch/finished-task.js';
import { understand } from '../query/understand.js';
import { languageIn } from '../settings/languages.js';
import { readNote } from '../settings/note.js';
import { needOfPin, PINS_SETTING, type Pin } from '../settings/pins.js';
import { toApplied } from '../settings/terms.js';
import { rootOfVersion } from '../shadow/shadow.js';
import { type Answered, codeOf } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { checkJsonType } from './read-json.js';
import { refuseUnknown } from './unknown-parameters.js';

/** They are read with the settings of the index, each second that it is searched. */
const MOST_PINS = 500;
/** A page shows so many at least. */
const MOST_DOCUMENTS = 10;
/** In UTF-16 code units. */
const LONGEST_QUERY = 200;
/** Bytes. */
const LARGEST_BODY = 20_000;

/**
 * `GET`, `PUT` and `DELETE /indexes/{uid}/pins`: which articles stand first for a query. They are kept in the settings of the index, so that they go with it; who may read and change these
 * Meilisearch decides (`settings.get`, `settings.update`): it is sent the caller's key.
 */
export function pinRoutes(context: Context): Router {
  const router = Router(EXACT);
  const turns = new Turns();
  const path = '/indexes/:uid/pins';
  router.get(path, async (request, response) => {
    const read = await readPins(context, request);
    reply(response, 'pins' in read ? { status: 200, body: { results: read.pins, total: read.pins.length } } : read);
  });
  const readSmall = express.json({ limit: LARGEST_BODY, strict: false, type: () => true });
  router.put(path, checkJsonType, readSmall, (request, response) => setPin({ context, turns, request, response }));
  router.delete(path, (request, response) => removePins({ context, turns, request, response }));
  return router;
}

interface Exchange {
  readonly context: Context;
  readonly turns: Turns;
  readonly request: Request;
  readonly response: Response;
}

/** With the caller's key. */
async function readPins({ http, engine }: Context, request: Request): Promise<{ readonly pins: readonly Pin[] } | Answered> {
  const path = `/indexes/${encodeURIComponent(param(request, 'uid'))}/settings/synonyms`;
  const answer = await http.request({ method: 'GET', path, authorization: authorizationOf(request, engine) });
  if (answer.status !== 200) return { status: answer.status, body: answer.jsonOrText() };
  return { pins: readNote(answer.json()).pins ?? [] };
}

/** The pin takes the place of one for the same need. */
async function setPin(exchange: Exchange): Promise<void> {
  const { context, request } = exchange;
  const uid = param(request, 'uid');
  const asked = pinIn(request.body as unknown);
  const missing = await missingDocument(context, request, asked);
  if (missing !== undefined) throw new BadRequest(`Document \`${missing}\` not found in \`${uid}\`.`, 'document_not_found', 404);
  const pin = await understood(uid, asked, context);
  const need = needOfPin(pin);
  const withPin = (pins: readonly Pin[]): readonly Pin[] => {
    const others = pins.filter((one) => needOfPin(one) !== need);
    if (others.length >= MOST_PINS)
      throw new BadRequest(`An index has at most ${MOST_PINS} pins. Remove some: DELETE /indexes/${uid}/pins?query=...`, 'too_many_pins');
    return [...others, pin];
  };
  await changePins(exchange, withPin);
}

/** The pin of a query (in any spelling that is read like it), or all. */
async function removePins(exchange: Exchange): Promise<void> {
  const { context, request } = exchange;
  // A slip in the name would remove all of them.
  refuseUnknown(request, ['query']);
  const { query } = request.query;
  if (query !== undefined && (typeof query !== 'string' || query === ''))
    throw new BadRequest(
      '`query` must stand once in the address: DELETE /indexes/books/pins?query=... Without it all pins go.',
      'invalid_pin_query',
    );
  if (query === undefined) {
    await changePins(exchange, () => []);
    return;
  }
  const uid = param(request, 'uid');
  const need = needOfPin(await understood(uid, { query, documents: [] }, context));
  await changePins(exchange, (pins) => pins.filter((pin) => pin.query !== query && needOfPin(pin) !== need));
}

/** Answers as Meilisearch answers a change of settings: with a task. */
async function changePins(
  { context, turns, request, response }: Exchange,
  change: (pins: readonly Pin[]) => readonly Pin[],
): Promise<void> {
  const { http, states, log } = context;
  const uid = param(request, 'uid');
  const answer = await turns.take(uid, () => sendChange(context, request, change));
  if (answer.status === 202) {
    const { taskUid } = answer.body as { taskUid: number };
    // When it is done searches know of it at once; those of other processes when they next look, within a second.
    finishedTask({ http, authorization: adminAuthorization(context.engine) }, taskUid)
      .then(() => states.forget(uid))
      .catch((error: unknown) => log.warn({ uid, err: error }, 'searches learn of changed pins a second late'));
  }
  reply(response, answer);
}

async function sendChange(context: Context, request: Request, change: (pins: readonly Pin[]) => readonly Pin[]): Promise<Answered> {
  const { http, states, engine } = context;
  const uid = param(request, 'uid');
  const { exists, analyzerVersion, settings, defaultRules, empty, awaitsDocuments } = await states.ahead(uid);
  const pins = change(readNote(settings['synonyms']).pins ?? []);
  if (!exists || analyzerVersion === undefined) {
    const read = await readPins(context, request);
    if (!('pins' in read)) return read;
    throw new BadRequest(
      `The documents of \`${uid}\` were not analyzed: nothing can be pinned there. Run: ${reindexCommand(uid)}`,
      'index_not_analyzed',
    );
  }
  const root = rootOfVersion(analyzerVersion);
  const language = languageIn(settings) ?? null;
  const applied = toApplied({ [PINS_SETTING]: pins }, settings, [], root, language, defaultRules, empty && !awaitsDocuments);
  const path = `/indexes/${encodeURIComponent(uid)}/settings`;
  const sent = await http.send('PATCH', path, authorizationOf(request, engine), applied);
  return { status: sent.status, body: sent.jsonOrText() };
}

/** Changes of one index come one after the other: each begins with what the one before has put into Meilisearch's queue. */
class Turns {
  private readonly running = new Map<string, Promise<unknown>>();

  async take<T>(uid: string, work: () => Promise<T>): Promise<T> {
    const { running } = this;
    const done = (running.get(uid) ?? Promise.resolve()).then(work, work);
    running.set(uid, done);
    try {
      return await done;
    } finally {
      if (running.get(uid) === done) running.delete(uid);
    }
  }
}

/** What the query of a pin is read as now: each word as it is most likely meant, in an index whose words are known. */
async function understood(uid: string, pin: Pin, { collections, states }: Context): Promise<Pin> {
  const [collection, { isUrdu, synonyms }] = await Promise.all([collections.of(uid), states.of(uid)]);
  if (collection === undefined) return pin;
  // The blank says that the last word is finished.
  const { slots, fixed } = understand(`${pin.query} `, collection.knowledge, { isUrdu, synonyms });
  const words = [
    ...fixed.filter(({ kind }) => kind === 'phrase').flatMap(({ tokens }) => tokens.map(({ term }) => term)),
    ...slots.flatMap(({ readings: [best] }) => best?.terms ?? []),
  ];
  const readAs = words.join(' ');
  return readAs === '' || readAs === pin.query ? pin : { ...pin, readAs };
}

/** The first that Meilisearch says is not there. A key that may not read documents is believed: what it names is shown only where a reader may see it. */
async function missingDocument({ http, engine }: Context, request: Request, { documents }: Pin): Promise<string | undefined> {
  const authorization = authorizationOf(request, engine);
  const path = `/indexes/${encodeURIComponent(param(request, 'uid'))}/documents`;
  const answers = await Promise.all(
    documents.map((id) => http.request({ method: 'GET', path: `${path}/${encodeURIComponent(id)}?fields=`, authorization })),
  );
  return documents.find((_id, i) => codeOf(answers[i]?.jsonOrText()) === 'document_not_found');
}

const FIELDS = ['query', 'documents', 'until'];

function pinIn(body: unknown): Pin {
  if (!isObject(body))
    throw new BadRequest('A pin must be an object such as {"query": "...", "documents": ["1"], "until": "2026-12-31"}.', 'invalid_pin');
  const unknown = Object.keys(body).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined)
    throw new BadRequest(
      `Unknown field \`${unknown.slice(0, 100)}\` inside a pin: expected one of \`query\`, \`documents\`, \`until\`.`,
      'invalid_pin',
    );
  const { query, documents, until } = body;
  if (typeof query !== 'string' || query.length > LONGEST_QUERY || needOfPin({ query }) === '')
    throw new BadRequest(
      `\`query\` must be a text with words, of at most ${LONGEST_QUERY} letters, got ${said(query)}.`,
      'invalid_pin_query',
    );
  if (!Array.isArray(documents) || documents.length === 0 || documents.length > MOST_DOCUMENTS || !documents.every(isId))
    throw new BadRequest(`\`documents\` must be 1 to ${MOST_DOCUMENTS} primary keys, got ${said(documents)}.`, 'invalid_pin_documents');
  const moment = momentIn(until);
  return { query: query.trim(), documents: [...new Set(documents.map(String))], ...(moment !== undefined && { until: moment }) };
}

const isId = (id: unknown): boolean => Number.isSafeInteger(id) || (typeof id === 'string' && /^[\w-]{1,511}$/.test(id));

/** A day lasts to its end, in UTC. */
function momentIn(until: unknown): string | undefined {
  if (until == null) return undefined;
  const [day = '', rest = ''] = typeof until === 'string' ? [until.slice(0, 10), until.slice(10)] : [];
  const time = isDay(day) ? Date.parse(rest === '' ? `${day}T23:59:59.999Z` : `${day}${rest}`) : Number.NaN;
  if (Number.isNaN(time))
    throw new BadRequest(
      `\`until\` must be a day or a moment such as "2026-12-31" or "2026-12-31T18:00:00Z", got ${said(until)}.`,
      'invalid_pin_until',
    );
  if (time <= Date.now())
    throw new BadRequest(`\`until\` is over: ${said(until)}. Give a day that is to come, or none.`, 'invalid_pin_until');
  return new Date(time).toISOString();
}

/** 2026-02-30 would be read as a day of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const said = (value: unknown): string => (value === undefined ? 'nothing' : `\`${JSON.stringify(value).slice(0, 100)}\``);
