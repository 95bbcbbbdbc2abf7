import { Router } from 'express';
import { isNumber } from '../json/exact-json.js';
import { isObject } from '../json/is-object.js';
import type { EngineRequest } from '../meilisearch/http.js';
import { type Asked, answering, type GroupContext, jsonIn, passedOn, uidIn, withJson } from './group-context.js';
import { NotServed, ServerMissing } from './group-errors.js';
import { inTurn, takenInTurn } from './order.js';
import { pageIn, parametersOf } from './page-in.js';
import { allPlaces, type Place, placeOf } from './place.js';
import type { Said } from './servers.js';
import { shareOut } from './shares.js';
import { type Answered, answeredBy } from './writes.js';

const TYPES = /^(application\/json|application\/x-ndjson|text\/csv)\s*(;|$)/i;

/** Documents: each goes to the one server that its primary key tells. */
export function groupDocuments(context: GroupContext): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { log, writes, spread } = context;
  const path = '/indexes/:uid/documents';
  router.post(
    path,
    answering(log, (asked) => add(asked, context)),
  );
  router.put(
    path,
    answering(log, (asked) => add(asked, context)),
  );
  router.get(
    path,
    answering(log, (asked) => listByAddress(asked, context)),
  );
  router.post(
    `${path}/fetch`,
    answering(log, (asked) => list(jsonIn(asked), asked, context)),
  );
  router.get(
    `${path}/:id`,
    answering(log, (asked) => readOne(asked, context)),
  );
  router.delete(
    `${path}/:id`,
    answering(log, (asked) => removeOne(asked, context)),
  );
  router.post(
    `${path}/delete-batch`,
    answering(log, (asked) => removeSome(asked, context)),
  );
  // By a filter, a function, or all of them: each server does it to its own.
  const onAll = answering(log, async (asked) => writes.inOrder(await spread.placesOf(uidIn(asked)), () => passedOn(asked)));
  router.post([`${path}/delete`, `${path}/edit`], onAll);
  router.delete(path, onAll);
  return router;
}

async function add(asked: Asked, context: GroupContext): Promise<Answered> {
  const { servers, spread, writes } = context;
  const uid = uidIn(asked);
  const type = String(asked.request.headers['content-type'] ?? '');
  // Refused by Meilisearch before it looks at anything else.
  if (!TYPES.test(type) || asked.body.toString('latin1', 0, 1_024).trim() === '')
    return answeredBy(await servers.any(servers.all, passedOn(asked)));
  const known = await spread.of(uid);
  if (known === undefined) {
    const refusal = await make(asked, context);
    // Without the right to make an index: the write is taken, and fails.
    if (refusal) return writes.send([0], () => passedOn(asked));
  }
  const url = new URL(asked.path, 'http://group');
  const named = url.searchParams.get('primaryKey') ?? undefined;
  const count = known ?? servers.count;
  const onServers = await servers.ask(allPlaces(count), servers.get(`/indexes/${encodeURIComponent(uid)}`));
  const keyOfIndex = primaryKeyIn(onServers);
  const { primaryKey, parts } = shareOut(asked.body, type, keyOfIndex ?? named, count);
  // Another primary key than that of the index: one server says what it says to that, and nothing is written.
  const isOther = keyOfIndex !== undefined && named !== undefined && named !== keyOfIndex;
  if (!isOther && primaryKey !== undefined) url.searchParams.set('primaryKey', primaryKey);
  url.searchParams.delete('csvDelimiter');
  const places = isOther ? [0] : [...parts.keys()].sort((a, b) => a - b);
  if (places.length === 0) return writes.send([0], () => passedOn(asked));
  await refuseLost(uid, places, onServers, context);
  const request = passedOn(asked, { path: url.pathname + url.search, lane: 'upload' });
  return writes.send(places, (place) => ({
    ...request,
    headers: { ...request.headers, 'content-type': 'application/x-ndjson' },
    body: isOther ? asked.body : parts.get(place),
  }));
}

/** Makes an index on all servers, with the caller's own key. @returns whether that is refused */
async function make(asked: Asked, { spread, writes }: GroupContext): Promise<boolean> {
  const uid = uidIn(asked);
  const made = await spread.making(uid, (places) =>
    writes.inOrder(places, () => ({ ...withJson(asked, { uid }), method: 'POST', path: '/indexes' })),
  );
  return made.status !== 202;
}

/** Undefined: none yet. A server without documents of the index has none. */
function primaryKeyIn(said: readonly Said[]): string | undefined {
  const keys = said.map(({ answer }) => (answer?.status === 200 ? (answer.json() as { primaryKey?: string | null }).primaryKey : null));
  return keys.find((key) => key != null) ?? undefined;
}

/**
 * A server that has lost its data would make the index anew, without its settings, from what it is sent. One that is still to make it, by a task in its queue, is none.
 *
 * @param said what each of its servers says of the index
 * @throws ServerMissing
 */
async function refuseLost(uid: string, places: readonly Place[], said: readonly Said[], { servers }: GroupContext): Promise<void> {
  if (!said.some(({ answer }) => answer?.status === 200)) return;
  const without = said.filter(({ place, answer }) => answer?.status === 404 && places.includes(place)).map(({ place }) => place);
  const coming = `/tasks?indexUids=${encodeURIComponent(uid)}&statuses=enqueued,processing&limit=1`;
  const waiting = await servers.ask(without, servers.get(coming));
  const swaps = await servers.ask(without, servers.get('/tasks?types=indexSwap&statuses=enqueued,processing&limit=1'));
  const isComing = (i: number): boolean =>
    [waiting[i], swaps[i]].some((one) => one?.answer?.status === 200 && (one.answer.json() as { results: unknown[] }).results.length > 0);
  const absent = without.filter((_place, i) => !isComing(i));
  // Its task may have ended between the two questions: then the index is there now.
  const now = await servers.ask(absent, servers.get(`/indexes/${encodeURIComponent(uid)}`));
  const lost = absent.filter((_place, i) => now[i]?.answer?.status !== 200);
  if (lost.length > 0) throw new ServerMissing(lost, `The index \`${uid}\` is not on all its servers, and the write is refused`);
}

async function listByAddress(asked: Asked, context: GroupContext): Promise<Answered> {
  const url = new URL(asked.path, 'http://group');
  const page = pageIn(parametersOf(asked.path));
  if (page === undefined || url.searchParams.has('sort')) return refuseList(url.searchParams.has('sort'), asked, context);
  return turnByTurn(asked, context, page, (from, most) => {
    url.searchParams.set('offset', String(from));
    url.searchParams.set('limit', String(most));
    return passedOn(asked, { path: url.pathname + url.search });
  });
}

async function list(body: unknown, asked: Asked, context: GroupContext): Promise<Answered> {
  if (!isObject(body)) return refuseList(false, asked, context);
  const page = pageIn(body);
  if (page === undefined || body['sort'] != null) return refuseList(body['sort'] != null, asked, context);
  return turnByTurn(asked, context, page, (from, most) => withJson(asked, { ...body, offset: from, limit: most }));
}

async function refuseList(isSorted: boolean, asked: Asked, { servers, spread }: GroupContext): Promise<Answered> {
  const places = await spread.placesOf(uidIn(asked));
  if (isSorted && places.length > 1) throw new NotServed('A sorted list of documents', 'Leave `sort` out, or search with `sort`.');
  return answeredBy(await servers.any(places, passedOn(asked)));
}

/**
 * The documents of all servers in turn, the first of each, the second of each and so on: so what was added last stands at the end, as on one server. A list of which a part is missing would be a wrong one: it is refused.
 *
 * @throws ServerMissing
 */
async function turnByTurn(
  asked: Asked,
  { servers, spread }: GroupContext,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  request: (offset: number, limit: number) => EngineRequest,
): Promise<Answered> {
  const places = await spread.placesOf(uidIn(asked));
  const what = 'Documents cannot be listed';
  const counted = await servers.askAll(places, request(0, 0), what);
  const refusal = counted.find(({ status }) => status !== 200);
  if (refusal !== undefined) return lostOr(counted, places, refusal, what);
  const totals = counted.map((answer) => (answer.json() as { total: number }).total);
  const starts = inTurn(totals, offset);
  const read = await servers.askAll(places, (place) => request(starts[place] as number, limit), what);
  const late = read.find(({ status }) => status !== 200);
  if (late !== undefined) return answeredBy(late);
  const lists = read.map((answer) => (answer.json() as { results: unknown[] }).results);
  const total = totals.reduce((sum, one) => sum + one, 0);
  return { status: 200, body: { results: takenInTurn(lists, starts, limit), offset, limit, total } };
}

function lostOr(
  answers: readonly { readonly status: number }[],
  places: readonly Place[],
  refusal: Parameters<typeof answeredBy>[0],
  what: string,
): Answered {
  const lost = places.filter((_place, i) => answers[i]?.status === 404);
  if (lost.length > 0 && lost.length < places.length) throw new ServerMissing(lost, what);
  return answeredBy(refusal);
}

/** Asked of all, since it may lie where it did before a server was added. */
async function readOne(asked: Asked, { servers, spread }: GroupContext): Promise<Answered> {
  const places = await spread.placesOf(uidIn(asked));
  const said = await servers.ask(places, passedOn(asked));
  const found = said.find(({ answer }) => answer?.status === 200)?.answer;
  if (found !== undefined) return answeredBy(found);
  const silent = said.filter(({ answer }) => answer === undefined).map(({ place }) => place);
  const home = placeOf(String(asked.request.params['id']), places.length);
  const other = said.find(({ answer }) => answer !== undefined && answer.status !== 404)?.answer;
  if (other === undefined && silent.includes(home)) throw new ServerMissing(silent, 'The document cannot be read');
  const refusal = other ?? said.find(({ place }) => place === home)?.answer;
  if (refusal === undefined) throw new ServerMissing(silent, 'The document cannot be read');
  return answeredBy(refusal);
}

async function removeOne(asked: Asked, { writes, spread }: GroupContext): Promise<Answered> {
  const places = await spread.placesOf(uidIn(asked));
  return writes.send([placeOf(String(asked.request.params['id']), places.length)], () => passedOn(asked));
}

async function removeSome(asked: Asked, { writes, spread }: GroupContext): Promise<Answered> {
  const places = await spread.placesOf(uidIn(asked));
  const keys = jsonIn(asked);
  const isSound = Array.isArray(keys) && keys.every((key) => typeof key === 'string' || isNumber(key));
  if (!isSound || keys.length === 0) return writes.send([0], () => passedOn(asked));
  const shares = new Map<Place, unknown[]>();
  for (const key of keys as unknown[]) {
    const place = placeOf(String(key), places.length);
    shares.set(place, [...(shares.get(place) ?? []), key]);
  }
  return writes.send(
    [...shares.keys()].sort((a, b) => a - b),
    (place) => withJson(asked, shares.get(place)),
  );
}
