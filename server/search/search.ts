import type { Logger } from 'pino';
import type { EngineCapabilities } from '../engine/capabilities.js';
import type { EngineHttp } from '../engine/http.js';
import type { IndexStates } from '../engine/index-state.js';
import type { ShownDocuments } from '../engine/shown-documents.js';
import type { StoredTerms } from '../forward-index/stored-terms.js';
import type { InvertedIndexes } from '../inverted-index/inverted-indexes.js';
import type { Vocabularies } from '../vocabulary/vocabularies.js';
import { preparePinned } from './pins.js';
import { type Prepared, prepare } from './prepare.js';
import type { Hit, SearchBody, SearchResult } from './request.js';
import { Stopwatch } from './stopwatch.js';

export interface SearchDeps {
  readonly http: EngineHttp;
  readonly states: IndexStates;
  readonly capabilities: EngineCapabilities;
  readonly vocabularies: Vocabularies;
  readonly terms: StoredTerms;
  readonly inverted: InvertedIndexes;
  readonly shown: ShownDocuments;
  readonly log: Logger;
}

/** An answer for the client: Meilisearch's status and body, ours put in. */
export interface SearchAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The whole query flow: read and understand, ask, rank (and ask more, if that was too little), mark, answer. */
export async function search(uid: string, body: SearchBody, authorization: string | undefined, deps: SearchDeps): Promise<SearchAnswer> {
  // Asked of Meilisearch now and then: not part of this search.
  if ((await deps.states.of(uid)).analyzerVersion !== undefined) await deps.vocabularies.of(uid);
  return searchPrepared(uid, body, authorization, deps, { fromMemory: true });
}

async function searchPrepared(
  uid: string,
  body: SearchBody,
  authorization: string | undefined,
  deps: SearchDeps,
  { fromMemory }: { readonly fromMemory: boolean },
): Promise<SearchAnswer> {
  const watch = new Stopwatch();
  const prepared = await preparePinned(uid, body, authorization, deps, { fromMemory });
  const [answer, beside] = await watch.without(
    Promise.all([deps.http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, prepared.sent), prepared.beside?.()]),
  );
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  if (beside === 'outdated') return searchPrepared(uid, body, authorization, deps, { fromMemory: false });
  const found = answer.json() as SearchResult;
  const result = await prepared.finish(found, beside);
  return { status: 200, body: { ...result, processingTimeMs: watch.with(found.processingTimeMs) } };
}

interface MultiSearchBody {
  readonly queries?: unknown;
  readonly federation?: unknown;
}

/**
 * `POST /multi-search`: every query is understood by itself; plain and federated answers keep Meilisearch's shape.
 * In a federated answer the hits of all queries are one list that Meilisearch has ordered: it is not ranked again.
 */
export async function multiSearch(
  body: MultiSearchBody,
  authorization: string | undefined,
  deps: SearchDeps,
  { fromMemory = true } = {},
): Promise<SearchAnswer> {
  const watch = new Stopwatch();
  const isFederated = body.federation !== undefined && body.federation !== null;
  const queries: unknown = body.queries;
  const prepared: Prepared[] = !Array.isArray(queries)
    ? []
    : await Promise.all(
        queries.map((query: unknown) => {
          const { indexUid } = (query ?? {}) as { indexUid?: unknown };
          const uid = typeof indexUid === 'string' ? indexUid : undefined;
          // In a federated answer Meilisearch has put the pins of all queries in their places.
          return isFederated
            ? prepare(uid, query as SearchBody, authorization, deps, { isFederated })
            : preparePinned(uid, query as SearchBody, authorization, deps, { fromMemory });
        }),
      );
  const sent = Array.isArray(queries) ? { ...body, queries: prepared.map(({ sent }) => sent) } : body;
  const [answer, ...besides] = await watch.without(
    Promise.all([deps.http.send('POST', '/multi-search', authorization, sent), ...prepared.map((one) => one.beside?.())]),
  );
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  const known = besides.filter((one) => one !== 'outdated');
  if (known.length < besides.length) return multiSearch(body, authorization, deps, { fromMemory: false });
  const found = answer.json() as { results?: SearchResult[]; hits?: Hit[]; processingTimeMs?: number };
  if (found.results !== undefined) {
    const results = await Promise.all(found.results.map((result, i) => prepared[i]?.finish(result, known[i]) ?? Promise.resolve(result)));
    return {
      status: 200,
      body: { ...found, results: results.map((result) => ({ ...result, processingTimeMs: watch.with(result.processingTimeMs) })) },
    };
  }
  const hits = await Promise.all(
    (found.hits ?? []).map((hit) => {
      const { queriesPosition } = hit['_federation'] as { queriesPosition: number };
      return prepared[queriesPosition]?.finishHit(hit) ?? Promise.resolve(hit);
    }),
  );
  return { status: 200, body: { ...found, hits, processingTimeMs: watch.with(found.processingTimeMs) } };
}
