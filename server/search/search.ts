import type { Logger } from 'pino';
import type { EngineCapabilities } from '../meilisearch/capabilities.js';
import type { EngineAddress } from '../meilisearch/client.js';
import type { EngineAnswer, EngineHttp } from '../meilisearch/http.js';
import type { IndexStates } from '../settings/index-state.js';
import { asking, Refused } from './asking.js';
import type { Collections } from './collections.js';
import { preparePinned } from './pins.js';
import { type Prepared, prepare } from './prepare.js';
import type { Hit, SearchBody, SearchResult } from './request.js';
import type { StepTimes } from './steps.js';
import type { Verifiability } from './verifiability.js';
import { Unverifiable } from './verify.js';

export interface SearchDeps {
  readonly http: EngineHttp;
  readonly engine: EngineAddress;
  readonly states: IndexStates;
  readonly capabilities: EngineCapabilities;
  readonly collections: Collections;
  readonly verifiability: Verifiability;
  readonly log: Logger;
  /** Told how long each step took; undefined: nobody asks. */
  readonly steps?: StepTimes;
}

/** An answer for the client: Meilisearch's status and body, ours put in. */
export interface SearchAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The whole query flow: read and understand, find in the store, have Meilisearch verify and count, mark, answer. */
export async function search(uid: string, body: SearchBody, authorization: string | undefined, deps: SearchDeps): Promise<SearchAnswer> {
  const started = performance.now();
  const prepared = await preparePinned(uid, body, authorization, deps);
  try {
    return { status: 200, body: { ...(await answer(uid, prepared, authorization, deps)), processingTimeMs: since(started) } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: error.answer.status, body: error.answer.json() };
  }
}

/** Throws `Refused`. */
async function answer(uid: string, prepared: Prepared, authorization: string | undefined, deps: SearchDeps): Promise<SearchResult> {
  const ask = asking(uid, authorization, deps, prepared);
  const [result, confirmed] = await Promise.all([prepared.retrieve?.(ask).catch(onlyAsked) ?? ask(prepared.sent), prepared.confirm?.()]);
  return prepared.finish(result, confirmed);

  /** What is refused is refused in the words for what the client asked: our own questions hold more than that. */
  function onlyAsked(error: unknown): Promise<SearchResult> {
    if (error instanceof Unverifiable || (error instanceof Refused && error.answer.status === 400)) return ask(prepared.sent);
    throw error;
  }
}

interface MultiSearchBody {
  readonly queries?: unknown;
  readonly federation?: unknown;
}

/** `POST /multi-search`: every query is answered as it would be by itself, or all of them in one list. */
export async function multiSearch(body: MultiSearchBody, authorization: string | undefined, deps: SearchDeps): Promise<SearchAnswer> {
  const { queries, federation } = body;
  if (federation != null || !Array.isArray(queries)) return federated(body, authorization, deps);
  const started = performance.now();
  const all = await Promise.all(queries.map((query: unknown) => preparePinned(uidOf(query), query as SearchBody, authorization, deps)));
  const together = { ...body, queries: all.map(({ sent }) => sent) };
  if (all.every((one) => one.retrieve === undefined)) return asOne(together, all, started, authorization, deps);
  try {
    const results = await Promise.all(
      all.map(async (prepared, i) => {
        const indexUid = uidOf(queries[i]) as string;
        return { indexUid, ...(await answer(indexUid, prepared, authorization, deps)), processingTimeMs: since(started) };
      }),
    );
    return { status: 200, body: { results } };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Which of the queries is refused, and why, Meilisearch says best of all of them.
    return asOne(together, all, started, authorization, deps);
  }
}

/** All queries in one question, each as Meilisearch finds and orders it. */
async function asOne(
  together: MultiSearchBody,
  all: readonly Prepared[],
  started: number,
  authorization: string | undefined,
  deps: SearchDeps,
): Promise<SearchAnswer> {
  const [found, ...confirmed] = await Promise.all([
    deps.http.send('POST', '/multi-search', authorization, together),
    ...all.map((one) => one.confirm?.()),
  ]);
  if (found.status !== 200) return { status: found.status, body: found.json() };
  const { results, ...rest } = found.json() as { results: SearchResult[] };
  const finished = await Promise.all(results.map((result, i) => all[i]?.finish(result, confirmed[i]) ?? Promise.resolve(result)));
  return { status: 200, body: { ...rest, results: finished.map((result) => ({ ...result, processingTimeMs: since(started) })) } };
}

/** The hits of all queries are one list that Meilisearch has ordered by its own scores: only these can be compared from index to index. */
async function federated(body: MultiSearchBody, authorization: string | undefined, deps: SearchDeps): Promise<SearchAnswer> {
  const started = performance.now();
  const { queries } = body;
  const prepared = Array.isArray(queries)
    ? await Promise.all(
        queries.map((query: unknown) => prepare(uidOf(query), query as SearchBody, authorization, deps, { isFederated: true })),
      )
    : [];
  const sent = prepared.map((one) => one.sent);
  const ask = (together: readonly unknown[]): Promise<EngineAnswer> =>
    deps.http.send('POST', '/multi-search', authorization, Array.isArray(queries) ? { ...body, queries: together } : body);
  const asClient = sent.map((query, i) => sortedAs(query, (queries as unknown[])[i]));
  // Keys are compared with keys only, never with the texts of an index that has none.
  const isByKeys = asClient.some((query, i) => query !== sent[i]) && asClient.every((query, i) => query !== sent[i] || !isSorted(query));
  let found = await ask(isByKeys ? sent : asClient);
  // Sorts that do not go together are refused by their places: in the client's list.
  if (found.status === 400 && isByKeys) found = await ask(asClient);
  if (found.status !== 200) return { status: found.status, body: found.json() };
  const result = found.json() as { hits?: Hit[] };
  const hits = await Promise.all(
    (result.hits ?? []).map((hit) => {
      const { queriesPosition } = hit['_federation'] as { queriesPosition: number };
      return prepared[queriesPosition]?.finishHit(hit) ?? Promise.resolve(hit);
    }),
  );
  return { status: 200, body: { ...result, hits, processingTimeMs: since(started) } };
}

const isSorted = ({ sort }: Record<string, unknown>): boolean => Array.isArray(sort) && sort.length > 0;

/** A question with the sort that its client asked for. */
function sortedAs(query: Record<string, unknown>, asked: unknown): Record<string, unknown> {
  const { sort } = (asked ?? {}) as SearchBody;
  return !Array.isArray(sort) || query['sort'] === sort ? query : { ...query, sort };
}

function uidOf(query: unknown): string | undefined {
  const { indexUid } = (query ?? {}) as { indexUid?: unknown };
  return typeof indexUid === 'string' ? indexUid : undefined;
}

/** Milliseconds, whole ones. */
const since = (started: number): number => Math.round(performance.now() - started);
