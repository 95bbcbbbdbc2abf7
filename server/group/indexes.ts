import { type RequestHandler, Router } from 'express';
import { isObject } from '../json/is-object.js';
import { type Asked, answering, type GroupContext, jsonIn, type Missing, passedOn, tellMissing, uidIn, withJson } from './group-context.js';
import { NotServed, ServerMissing } from './group-errors.js';
import { type Listed, mergeAllStats, mergeIndex, mergeStats } from './merge-indexes.js';
import { pageIn, parametersOf } from './page-in.js';
import { allPlaces, type Place } from './place.js';
import { type Answered, answeredBy } from './writes.js';

/** More indexes than Meilisearch holds. */
const ALL = 1_000_000;

/** Whole indexes: their settings are the same on all their servers, and their sizes add up. */
export function groupIndexes(context: GroupContext): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { log, servers, spread } = context;
  router.get(
    '/indexes',
    answering(log, (asked) => list(asked, context)),
  );
  router.post(
    '/indexes',
    answering(log, (asked) => make(asked, context)),
  );
  router.get(
    '/indexes/:uid',
    answering(log, (asked) => readOne(asked, context)),
  );
  router.patch(
    '/indexes/:uid',
    answering(log, (asked) => rename(asked, context)),
  );
  router.delete(
    '/indexes/:uid',
    answering(log, (asked) => remove(asked, context)),
  );
  router.post(
    '/swap-indexes',
    answering(log, (asked) => swap(asked, context)),
  );
  router.get(
    '/indexes/:uid/stats',
    answering(log, (asked) => statsOf(asked, context)),
  );
  router.get(
    '/stats',
    answering(log, (asked) => allStats(asked, context)),
  );
  const settings: RequestHandler = answering(log, async (asked) => {
    if (asked.method !== 'GET') return change(asked, context);
    return answeredBy(await servers.any(await spread.placesOf(uidIn(asked)), passedOn(asked)));
  });
  router.all(['/indexes/:uid/settings', '/indexes/:uid/settings/*rest'], settings);
  router.post(
    '/indexes/:uid/compact',
    answering(log, async (asked) => context.writes.inOrder(await spread.placesOf(uidIn(asked)), () => passedOn(asked))),
  );
  return router;
}

async function list(asked: Asked, { servers, ledger }: GroupContext): Promise<Answered> {
  const page = pageIn(parametersOf(asked.path));
  if (page === undefined) return answeredBy(await servers.any(servers.all, passedOn(asked)));
  const { offset, limit } = page;
  const said = await servers.ask(servers.all, passedOn(asked, { path: `/indexes?offset=0&limit=${ALL}` }));
  const refusal = said.find(({ answer }) => answer !== undefined && answer.status !== 200)?.answer;
  if (refusal !== undefined) return answeredBy(refusal);
  const found = new Map<string, [Place, Listed][]>();
  for (const { place, answer } of said) {
    if (answer === undefined) continue;
    for (const index of (answer.json() as { results: Listed[] }).results)
      found.set(index.uid, [...(found.get(index.uid) ?? []), [place, index]]);
  }
  const silent = said.filter(({ answer }) => answer === undefined).map(({ place }) => place);
  if (silent.length === servers.count) throw new ServerMissing(silent, 'Indexes cannot be listed');
  const uids = [...found.keys()].sort();
  const shown = await Promise.all(
    uids.slice(offset, offset + limit).map((uid) => {
      const spread = ledger.spreadOf(uid) ?? servers.count;
      // One of the same name beyond its servers is what a swap has left behind.
      const own = (found.get(uid) as [Place, Listed][]).filter(([place], i) => place < spread || i === 0);
      return mergeIndex(own, Math.min(spread, own.length + silent.length), ledger);
    }),
  );
  return { status: 200, body: { results: shown, offset, limit, total: uids.length } };
}

async function readOne(asked: Asked, { servers, spread, ledger }: GroupContext): Promise<Answered> {
  const places = await spread.placesOf(uidIn(asked));
  const said = await servers.ask(places, passedOn(asked));
  const found = said.flatMap(({ place, answer }): [Place, Listed][] => (answer?.status === 200 ? [[place, answer.json() as Listed]] : []));
  if (found.length > 0) return { status: 200, body: await mergeIndex(found, places.length, ledger) };
  const refusal = said.find(({ answer }) => answer !== undefined)?.answer;
  if (refusal === undefined) throw new ServerMissing(places, 'The index cannot be read');
  return answeredBy(refusal);
}

async function make(asked: Asked, { servers, spread, writes }: GroupContext): Promise<Answered> {
  const body = jsonIn(asked);
  const send = (places: readonly Place[]): Promise<Answered> => writes.inOrder(places, () => passedOn(asked));
  return isObject(body) && typeof body['uid'] === 'string'
    ? spread.making(body['uid'], send)
    : answeredBy(await servers.any(servers.all, passedOn(asked)));
}

/** Settings: they make an index that is not there. */
const change = (asked: Asked, { spread, writes }: GroupContext): Promise<Answered> =>
  spread.making(uidIn(asked), (places) => {
    if (places.length > 1 && setsDistinct(asked))
      throw new NotServed('Documents that are told apart by a field', 'Leave `distinctAttribute` out.');
    return writes.inOrder(places, () => passedOn(asked));
  });

/** Each server would do it among its own. */
function setsDistinct(asked: Asked): boolean {
  const body = jsonIn(asked);
  if (/\/settings\/distinct-attribute\/?(\?|$)/.test(asked.path)) return asked.method === 'PUT' && typeof body === 'string';
  return isObject(body) && body['distinctAttribute'] != null;
}

async function rename(asked: Asked, { spread, ledger, writes }: GroupContext): Promise<Answered> {
  const uid = uidIn(asked);
  const body = jsonIn(asked);
  const renamed = await writes.inOrder(await spread.placesOf(uid), () => passedOn(asked));
  if (renamed.status === 202 && isObject(body) && typeof body['uid'] === 'string') await ledger.swapSpread(uid, body['uid']);
  return renamed;
}

/** From all servers: a swap may have left an empty one of this name on one that was added. */
async function remove(asked: Asked, { servers, ledger, writes }: GroupContext): Promise<Answered> {
  const removed = await writes.inOrder(servers.all, () => passedOn(asked));
  if (removed.status === 202) await ledger.setSpread(uidIn(asked), undefined);
  return removed;
}

/** Both names on all servers of the one that is spread wider. On those that hold only one of them (added, or with a new disk) the other is made first, empty: a swap would fail there. */
async function swap(asked: Asked, context: GroupContext): Promise<Answered> {
  const { servers, spread, ledger, writes } = context;
  const pairs = pairsIn(jsonIn(asked));
  if (pairs === undefined) return answeredBy(await servers.any(servers.all, passedOn(asked)));
  const counts = await Promise.all(pairs.map(async ({ indexes: [a, b] }) => [await spread.of(a), await spread.of(b)] as const));
  const most = Math.max(1, ...counts.flat().map((count) => count ?? 0));
  const lacked: { readonly place: Place; readonly other: string }[] = [];
  for (const { indexes, rename } of pairs) {
    if (rename) continue;
    for (const [i, uid] of indexes.entries()) {
      const places = await makeWhereLacking(uid, allPlaces(most), asked, context);
      lacked.push(...places.map((place) => ({ place, other: indexes[1 - i] as string })));
    }
  }
  const swapped = await writes.inOrder(allPlaces(most), () => passedOn(asked));
  if (swapped.status !== 202) return swapped;
  for (const { indexes } of pairs) await ledger.swapSpread(...indexes);
  // Under the other name of each that was made above stands an empty index now, beyond the servers of the one that is called so.
  for (const { place, other } of lacked)
    if (place >= (ledger.spreadOf(other) ?? 0))
      await writes.inOrder([place], () => ({
        method: 'DELETE',
        path: `/indexes/${encodeURIComponent(other)}`,
        authorization: servers.admin,
      }));
  return swapped;
}

/** An index that is on some of these servers is made on the others. */
async function makeWhereLacking(uid: string, places: readonly Place[], asked: Asked, { servers, writes }: GroupContext): Promise<Place[]> {
  const answers = await servers.askAll(places, servers.get(`/indexes/${encodeURIComponent(uid)}`), 'The indexes cannot be swapped');
  const lacking = places.filter((_place, i) => answers[i]?.status === 404);
  if (lacking.length === 0 || lacking.length === places.length) return [];
  await writes.inOrder(lacking, () => ({ ...withJson(asked, { uid }), method: 'POST', path: '/indexes', authorization: servers.admin }));
  return lacking;
}

interface Pair {
  readonly indexes: readonly [string, string];
  readonly rename: boolean;
}

function pairsIn(body: unknown): Pair[] | undefined {
  if (!Array.isArray(body) || body.length === 0) return undefined;
  const pairs = (body as unknown[]).flatMap((one): Pair[] => {
    const indexes = isObject(one) ? one['indexes'] : undefined;
    const isPair = Array.isArray(indexes) && indexes.length === 2 && indexes.every((uid) => typeof uid === 'string');
    return isPair ? [{ indexes: indexes as unknown as [string, string], rename: (one as { rename?: unknown }).rename === true }] : [];
  });
  return pairs.length === body.length ? pairs : undefined;
}

async function statsOf(asked: Asked, { servers, spread }: GroupContext): Promise<Answered> {
  const places = await spread.placesOf(uidIn(asked));
  return summed(places, asked, servers, mergeStats);
}

async function allStats(asked: Asked, { servers }: GroupContext): Promise<Answered> {
  return summed(servers.all, asked, servers, mergeAllStats);
}

type Stats = Readonly<Record<string, unknown>>;

/** Of those that are there, and which are not. */
async function summed(
  places: readonly Place[],
  asked: Asked,
  servers: GroupContext['servers'],
  merge: (all: readonly Stats[]) => Stats,
): Promise<Answered> {
  const said = await servers.ask(places, passedOn(asked));
  const good = said.flatMap(({ answer }) => (answer?.status === 200 ? [answer.json() as Stats] : []));
  const refusal = said.find(({ answer }) => answer !== undefined && answer.status !== 200)?.answer;
  if (good.length === 0 && refusal !== undefined) return answeredBy(refusal);
  if (good.length === 0) throw new ServerMissing(places, 'This cannot be counted');
  const missing = said.flatMap(({ place, answer }): Missing[] =>
    answer?.status === 200 ? [] : [{ place, why: answer === undefined ? 'does not answer' : 'does not have the index' }],
  );
  return { status: 200, body: { ...merge(good), ...tellMissing(missing, servers.count) } };
}
