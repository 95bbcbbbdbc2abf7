import { Router } from 'express';
import { isObject } from '../json/is-object.js';
import type { EngineAnswer, EngineRequest } from '../meilisearch/http.js';
import { type Asked, answering, type GroupContext, jsonIn, type Missing, passedOn, tellMissing, uidIn, withJson } from './group-context.js';
import { NotServed, ServerMissing } from './group-errors.js';
import { mergeFederated } from './merge-federated.js';
import { mergeFacetHits, mergeResults, type SharedSearch, shared } from './merge-search.js';
import { parametersOf } from './page-in.js';
import type { Place } from './place.js';
import { type Answered, answeredBy } from './writes.js';

type Body = Record<string, unknown>;

/** Parameters that need all documents on one server, and what to do without. */
const NOT_SHARED: Readonly<Record<string, string>> = {
  hybrid: 'Search by words.',
  vector: 'Search by words.',
  media: 'Search by words.',
  distinct: 'Leave `distinct` out.',
  personalize: 'Leave `personalize` out.',
  useNetwork: 'Leave it out: the servers are asked together in any case.',
};

/** Searches: all servers of an index are asked at the same moment, each with the caller's own key, and their answers are put together. */
export function groupSearches(context: GroupContext): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { log } = context;
  router.post(
    '/indexes/:uid/search',
    answering(log, (asked) => search(uidIn(asked), jsonIn(asked), asked, context)),
  );
  router.get(
    '/indexes/:uid/search',
    answering(log, (asked) => searchByAddress(asked, context)),
  );
  router.post(
    '/multi-search',
    answering(log, (asked) => multiSearch(asked, context)),
  );
  router.post(
    '/indexes/:uid/facet-search',
    answering(log, (asked) => facetSearch(asked, context)),
  );
  router.all(
    '/indexes/:uid/similar',
    answering(log, () => Promise.reject(new NotServed('Similar documents', 'Search by words.'))),
  );
  return router;
}

/** What all servers said that could be asked. */
interface Gathered {
  readonly answers: readonly EngineAnswer[];
  readonly missing: readonly Missing[];
  /** One that refuses speaks for all. */
  readonly refusal: EngineAnswer | undefined;
}

/** @throws ServerMissing where none answers */
async function gather(places: readonly Place[], request: EngineRequest, { servers }: GroupContext): Promise<Gathered> {
  const said = await servers.ask(places, request);
  const missing: Missing[] = [];
  const answers: EngineAnswer[] = [];
  const lacking: EngineAnswer[] = [];
  let refusal: EngineAnswer | undefined;
  for (const { place, answer } of said) {
    if (answer?.status === 200) answers.push(answer);
    else if (answer === undefined) missing.push({ place, why: 'does not answer' });
    else if (answer.status === 404) {
      // It has lost its data, if others have the index.
      missing.push({ place, why: 'does not have the index' });
      lacking.push(answer);
    } else refusal ??= answer;
  }
  if (answers.length === 0) refusal ??= lacking[0];
  if (answers.length === 0 && refusal === undefined) throw new ServerMissing(places, 'The search cannot be answered');
  return { answers, missing, refusal };
}

async function search(uid: string, body: unknown, asked: Asked, context: GroupContext): Promise<Answered> {
  const places = await context.spread.placesOf(uid);
  if (!isObject(body)) return answeredBy(await context.servers.any(places, passedOn(asked)));
  refuseNotShared(body, places);
  const query = shared(body);
  // Each of them refuses it in the same words.
  if (query === undefined) return answeredBy(await context.servers.any(places, passedOn(asked)));
  return together(
    uid,
    places,
    { ...withJson(asked, query.asked), path: `/indexes/${encodeURIComponent(uid)}/search`, method: 'POST' },
    query,
    context,
  );
}

async function together(
  uid: string,
  places: readonly Place[],
  request: EngineRequest,
  query: SharedSearch,
  context: GroupContext,
): Promise<Answered> {
  const [{ answers, missing, refusal }, bounds] = await Promise.all([gather(places, request, context), context.bounds.of(uid, places)]);
  if (refusal !== undefined) return answeredBy(refusal);
  const results = answers.map((answer) => answer.json() as Body);
  return { status: 200, body: { ...mergeResults(results, query, bounds), ...tellMissing(missing, context.servers.count) } };
}

function refuseNotShared(body: Body, places: readonly Place[]): void {
  if (places.length === 1) return;
  for (const [name, way] of Object.entries(NOT_SHARED))
    if (body[name] != null && body[name] !== false) throw new NotServed(`A search with \`${name}\``, way);
}

/** By `GET`: the parameters stand in the address. */
async function searchByAddress(asked: Asked, context: GroupContext): Promise<Answered> {
  const uid = uidIn(asked);
  const places = await context.spread.placesOf(uid);
  const url = new URL(asked.path, 'http://group');
  const given = Object.fromEntries(
    ['offset', 'limit', 'page', 'hitsPerPage'].flatMap((name) => {
      const value = url.searchParams.get(name);
      return value === null ? [] : [[name, /^\d{1,15}$/.test(value) ? Number(value) : value]];
    }),
  );
  const parameters = parametersOf(asked.path);
  refuseNotShared({ ...parameters, hybrid: parameters['hybridEmbedder'] }, places);
  const showsDetails = url.searchParams.get('showRankingScoreDetails') === 'true';
  const query = shared({ ...given, showRankingScoreDetails: showsDetails });
  if (query === undefined) return answeredBy(await context.servers.any(places, passedOn(asked)));
  for (const name of ['offset', 'limit', 'page', 'hitsPerPage', 'showRankingScoreDetails']) {
    const value = query.asked[name];
    if (typeof value === 'number' || typeof value === 'boolean') url.searchParams.set(name, String(value));
  }
  return together(uid, places, passedOn(asked, { path: url.pathname + url.search }), query, context);
}

/** Each query as it would be by itself; where one is refused a server says so in the words for all of them. */
async function multiSearch(asked: Asked, context: GroupContext): Promise<Answered> {
  const body = jsonIn(asked);
  if (!isObject(body) || !Array.isArray(body['queries']))
    return answeredBy(await context.servers.any(context.servers.all, passedOn(asked)));
  const queries = body['queries'] as unknown[];
  const areSound = queries.every((query) => isObject(query) && typeof query['indexUid'] === 'string');
  if (!areSound) return answeredBy(await context.servers.any(context.servers.all, passedOn(asked)));
  if (body['federation'] != null) return federated(body, queries as Body[], asked, context);
  const answers = await Promise.all(
    (queries as Body[]).map(async ({ indexUid, ...query }) => ({ indexUid, ...(await search(String(indexUid), query, asked, context)) })),
  );
  const refused = answers.find(({ status }) => status !== 200);
  if (refused === undefined)
    return { status: 200, body: { results: answers.map(({ indexUid, body: result }) => ({ indexUid, ...(result as object) })) } };
  const said = await context.servers.any(context.servers.all, passedOn(asked));
  return said.status === 200 ? { status: refused.status, body: refused.body } : answeredBy(said);
}

async function federated(body: Body, queries: readonly Body[], asked: Asked, context: GroupContext): Promise<Answered> {
  const spreads = await Promise.all(queries.map(({ indexUid }) => context.spread.placesOf(String(indexUid))));
  const [places = [0]] = spreads;
  if (spreads.some(({ length }) => length !== places.length))
    throw new NotServed(
      'One list of hits of indexes that are spread over different numbers of servers',
      'Build those anew that lie on fewer: npm run reindex.',
    );
  for (const query of [body['federation'] as Body, ...queries]) {
    refuseNotShared(query, places);
    if (places.length > 1 && Array.isArray(query['sort']) && query['sort'].length > 0)
      throw new NotServed('One sorted list of hits of several indexes', 'Leave `sort` out, or ask each index by itself.');
  }
  const query = shared(body['federation'] as Body);
  if (query === undefined) return answeredBy(await context.servers.any(places, passedOn(asked)));
  const { showRankingScoreDetails: _details, ...federation } = query.asked;
  const { answers, missing, refusal } = await gather(places, withJson(asked, { ...body, federation }), context);
  if (refusal !== undefined) return answeredBy(refusal);
  const results = answers.map((answer) => answer.json() as Body);
  return { status: 200, body: { ...mergeFederated(results, query), ...tellMissing(missing, context.servers.count) } };
}

async function facetSearch(asked: Asked, context: GroupContext): Promise<Answered> {
  const uid = uidIn(asked);
  const places = await context.spread.placesOf(uid);
  const body = jsonIn(asked);
  const [{ answers, missing, refusal }, bounds] = await Promise.all([
    gather(places, passedOn(asked), context),
    context.bounds.of(uid, places),
  ]);
  if (refusal !== undefined) return answeredBy(refusal);
  const facet = isObject(body) ? String(body['facetName']) : '';
  const results = answers.map((answer) => answer.json() as Body);
  return { status: 200, body: { ...mergeFacetHits(results, facet, bounds), ...tellMissing(missing, context.servers.count) } };
}
