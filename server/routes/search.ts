import { ANALYZER_VERSION } from '@justuju/urdu';
import { type Request, type Response, Router } from 'express';
import { BadRequest } from '../errors.js';
import { type FacetHit, foldDistribution, withoutShadowStats } from '../facets/distribution.js';
import { beginningsOf, mergeFacetHits } from '../facets/facet-search.js';
import { reindexCommand } from '../indexing/command.js';
import { withCallerHeaders } from '../meilisearch/caller-headers.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { asking, Refused } from '../search/asking.js';
import { isToldPartial, tellPartial } from '../search/partial.js';
import { prepare } from '../search/prepare.js';
import type { SearchBody } from '../search/request.js';
import { multiSearch, type SearchAnswer, search } from '../search/search.js';
import { StepTimes } from '../search/steps.js';
import { withoutShadows } from '../shadow/shadow.js';
import { forward, readObject } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { askFolded, foldedFilter, getFolded, quotesFilter } from './filters.js';
import { withinLimits } from './query-limits.js';
import { fromQueryString } from './query-string.js';
import { recordSearch } from './record.js';
import { tellSteps } from './tell-steps.js';

/** Search in Meilisearch's own routes. */
export function searchRoutes(context: Context): Router {
  const router = Router(EXACT);
  const { engine, http, stale } = context;
  const limited = withinLimits(context.limits);
  /** Asks Meilisearch with the headers of this request that mean something to it. */
  const asCaller = ({ headers }: Request): Context => ({ ...context, http: withCallerHeaders(http, headers), steps: new StepTimes() });

  router.post('/indexes/:uid/search', readObject(context), limited, (request, response) =>
    stale.answer(request, response, async () =>
      marked(response, await searchOne(param(request, 'uid'), request.body as SearchBody, request, asCaller(request))),
    ),
  );

  router.get('/indexes/:uid/search', limited, async (request, response) => {
    const body = fromQueryString(parametersOf(request));
    // Our own parameter is for bodies; in an address it is unknown to Meilisearch, and it says so.
    const answer = 'urdu' in body ? undefined : await searchOne(param(request, 'uid'), body, request, asCaller(request));
    // Refused: in the words for what the client wrote, and that is an address.
    if (answer === undefined || answer.status === 400) await forward(context, request, response);
    else reply(response, marked(response, answer));
  });

  router.post('/multi-search', readObject(context), limited, (request, response) =>
    stale.answer(request, response, async () => marked(response, await searchMany(request.body as SearchBody, request, asCaller(request)))),
  );

  router.post('/indexes/:uid/facet-search', readObject(context), limited, async (request, response) => {
    const uid = param(request, 'uid');
    const body = request.body as SearchBody;
    const authorization = authorizationOf(request, engine);
    const answer = await facetSearch(uid, body, authorization, asCaller(request));
    if (answer === undefined) await forward(context, request, response);
    else reply(response, marked(response, answer));
  });

  // Documents like another one: found by their vectors, so only the filter and the answer concern us.
  router.post('/indexes/:uid/similar', readObject(context), async (request, response) => {
    const uid = param(request, 'uid');
    const answer = await askFolded(request.body as SearchBody, uid, context, (sent) =>
      http.send('POST', `/indexes/${encodeURIComponent(uid)}/similar`, authorizationOf(request, engine), sent),
    );
    reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
  });
  router.get('/indexes/:uid/similar', async (request, response) => {
    const answer = await getFolded(request, context);
    reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
  });

  return router;
}

/** Says in a header too that servers are missing, for who does not read answers: monitors and caches. */
function marked(response: Response, answer: SearchAnswer): SearchAnswer {
  if (isToldPartial(answer.body)) {
    response.setHeader('x-justuju-partial', 'true');
    response.setHeader('cache-control', 'no-store');
  }
  return answer;
}

const parametersOf = (request: Request): URLSearchParams => new URL(request.originalUrl, 'http://justuju').searchParams;

async function searchOne(uid: string, body: SearchBody, request: Request, context: Context): Promise<SearchAnswer> {
  const authorization = authorizationOf(request, context.engine);
  const started = performance.now();
  const answer = await askFolded(body, uid, context, (sent) => search(uid, sent, authorization, context));
  if (answer.status !== 200) return answer;
  const result = answer.body as Record<string, unknown>;
  context.metrics.searched(result);
  tellSteps([{ index: uid, q: body['q'], result }], started, context);
  await recordSearch(request.headers, uid, body, result, context);
  return { status: 200, body: await finished(result, uid, context) };
}

async function searchMany(body: SearchBody, request: Request, context: Context): Promise<SearchAnswer> {
  const authorization = authorizationOf(request, context.engine);
  const { queries } = body;
  const started = performance.now();
  if (!Array.isArray(queries)) return multiSearch(body, authorization, context);
  const folded = await Promise.all((queries as unknown[]).map((query, i) => foldedQuery(query, i, context)));
  const first = await multiSearch({ ...body, queries: folded }, authorization, context);
  const isQuoted = queries.some((query: unknown) => quotesFilter(first, (query as SearchBody | null)?.['filter']));
  const answer = isQuoted ? await multiSearch(body, authorization, context) : first;
  if (answer.status !== 200) return answer;
  const found = answer.body as Record<string, unknown> & {
    results?: (Record<string, unknown> & { indexUid: string })[];
    facetsByIndex?: Record<string, Record<string, unknown>>;
  };
  if (found.results !== undefined) {
    for (const result of found.results) context.metrics.searched(result);
    const told = found.results.map((result, i) => ({ index: result.indexUid, q: (queries[i] as SearchBody | undefined)?.['q'], result }));
    tellSteps(told, started, context);
    await recordAll(request, queries as SearchBody[], found.results, context);
    return {
      status: 200,
      body: { ...found, results: await Promise.all(found.results.map((result) => finished(result, result.indexUid, context))) },
    };
  }
  context.metrics.searched(found, { isFederated: true });
  if ('facetDistribution' in found) found['facetDistribution'] = foldDistribution(found['facetDistribution']);
  for (const [uid, facets] of Object.entries(found.facetsByIndex ?? {})) {
    if (found.facetsByIndex !== undefined)
      found.facetsByIndex[uid] = {
        ...facets,
        distribution: foldDistribution(facets['distribution']),
        stats: withoutShadowStats(facets['stats']),
      };
  }
  return { status: 200, body: tellPartial(found) };
}

/** A page asks the same words of an index several times, for its facets: that is one search. */
async function recordAll(
  { headers }: Request,
  queries: readonly SearchBody[],
  results: readonly (Record<string, unknown> & { indexUid: string })[],
  context: Context,
): Promise<void> {
  const seen = new Set<string>();
  for (const [i, result] of results.entries()) {
    const query = queries[i] ?? {};
    const words = `${result.indexUid} ${String(query['q'])}`;
    await recordSearch(headers, result.indexUid, query, result, context, seen.has(words));
    seen.add(words);
  }
}

async function foldedQuery(query: unknown, nth: number, context: Context): Promise<unknown> {
  if (query === null || typeof query !== 'object') return query;
  const { indexUid } = query as { indexUid?: unknown };
  if (isOwnIndex(indexUid))
    throw new BadRequest(`Inside \`.queries[${nth}]\`: Index \`${String(indexUid)}\` not found.`, 'index_not_found');
  return typeof indexUid === 'string' ? { ...query, ...(await foldedFilter(query as SearchBody, indexUid, context)) } : query;
}

/** Facets by folded spelling; and a word on an index whose documents were not analyzed, or by another version. */
async function finished(found: Record<string, unknown>, uid: string, { states }: Context): Promise<Record<string, unknown>> {
  const result = tellPartial(found);
  const { analyzerVersion, exists, empty } = await states.of(uid);
  if (!exists || empty) return result;
  if (result['facetDistribution'] != null && analyzerVersion !== undefined) {
    result['facetDistribution'] = foldDistribution(result['facetDistribution']);
    result['facetStats'] = withoutShadowStats(result['facetStats']);
  }
  if (analyzerVersion === ANALYZER_VERSION) return result;
  return { ...result, urdu: { ...(result['urdu'] as object | undefined), reindex: reindexCommand(uid) } };
}

interface FacetResult {
  readonly facetHits: readonly FacetHit[];
  readonly processingTimeMs: unknown;
}

/** Undefined: Meilisearch shall answer the request as it came. */
async function facetSearch(
  uid: string,
  body: SearchBody,
  authorization: string | undefined,
  context: Context,
): Promise<SearchAnswer | undefined> {
  const { facetName, facetQuery = '' } = body;
  const state = await context.states.of(uid);
  if (state.analyzerVersion === undefined || typeof facetName !== 'string' || typeof facetQuery !== 'string') return undefined;
  const folded: SearchBody = { ...body, ...(await foldedFilter(body, uid, context)) };
  const { urdu: _urdu, ...asked } = folded;
  const questions = await narrowed(uid, folded, authorization, context);
  const beginnings = await beginningsOf(uid, facetName, facetQuery, context.spellings);
  const ask = (question: Record<string, unknown>, beginning: string): Promise<EngineAnswer> =>
    context.http.send('POST', `/indexes/${encodeURIComponent(uid)}/facet-search`, authorization, {
      ...asked,
      ...question,
      ...('facetQuery' in body ? { facetQuery: beginning } : {}),
    });
  const answers = await Promise.all(questions.map((question) => Promise.all(beginnings.map((beginning) => ask(question, beginning)))));
  if (answers.flat().some(({ status }) => status !== 200)) return undefined;
  const found = answers.map((of) => of.map((answer) => answer.json() as FacetResult));
  const [first] = found.flat();
  if (first === undefined) return undefined;
  return {
    status: 200,
    body: tellPartial({
      ...first,
      facetHits: mergeFacetHits(found.map((of) => of.map(({ facetHits }) => facetHits))),
      facetQuery: body['facetQuery'] ?? null,
      // As Meilisearch counts it: the time of finding, not that of the way to it and back.
      processingTimeMs: Math.max(...found.flat().map(({ processingTimeMs }) => Number(processingTimeMs))),
    }),
  };
}

/** The questions whose documents together are the hits of the query that narrows a facet search; no document answers two of them. */
async function narrowed(
  uid: string,
  body: SearchBody,
  authorization: string | undefined,
  context: Context,
): Promise<readonly Record<string, unknown>[]> {
  const parameters = Object.fromEntries(
    ['q', 'filter', 'urdu', ...NARROWING].filter((name) => body[name] != null).map((name) => [name, body[name]]),
  );
  if (NARROWING.every((name) => body[name] == null) && body['q'] == null) return [{}];
  const { counting, sent } = await prepare(uid, parameters, authorization, context);
  // What is refused to be searched is refused to be counted, in the words for that.
  const questions = await counting?.(asking(uid, authorization, context)).catch((error: unknown) => {
    if (error instanceof Refused) return undefined;
    throw error;
  });
  return questions ?? [Object.fromEntries(['q', ...NARROWING].filter((name) => sent[name] != null).map((name) => [name, sent[name]]))];
}

const NARROWING = ['attributesToSearchOn', 'matchingStrategy', 'locales'];
