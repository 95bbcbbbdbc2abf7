import { totalsOf } from '../meilisearch/summed-answers.js';
import { largest, mergeFacets, type SharedSearch, sum } from './merge-search.js';
import { type Hit, merged } from './order.js';

type Result = Record<string, unknown>;

/** Facets in such an answer keep the bounds of each server's. */
const UNBOUNDED = {
  maxTotalHits: Number.MAX_SAFE_INTEGER,
  maxValuesPerFacet: Number.MAX_SAFE_INTEGER,
  sortFacetValuesBy: { '*': 'alpha' },
} as const;

/** The answers of several servers to one federated search as one: by the weighted scores that Meilisearch itself merges by. */
export function mergeFederated(results: readonly Result[], { offset, limit, page }: SharedSearch): Result {
  const [first = {}] = results;
  const score = (hit: Hit): number =>
    Number((hit['_federation'] as { weightedRankingScore?: number } | undefined)?.weightedRankingScore ?? 0);
  const hits = merged(
    results.map((result) => result['hits'] as Hit[]),
    (one, other) => score(other) - score(one),
    offset + limit,
  ).slice(offset);
  const total = sum(results, page === undefined ? 'estimatedTotalHits' : 'totalHits');
  return {
    ...first,
    hits,
    ...totalsOf({ page, offset, limit }, total),
    processingTimeMs: largest(results, 'processingTimeMs'),
    ...mergeFacets(results, UNBOUNDED),
    ...(first['facetsByIndex'] !== undefined && { facetsByIndex: mergeByIndex(results) }),
  };
}

function mergeByIndex(results: readonly Result[]): Result {
  const all = results.map((result) => (result['facetsByIndex'] ?? {}) as Record<string, Result>);
  const uids = [...new Set(all.flatMap((one) => Object.keys(one)))];
  return Object.fromEntries(
    uids.map((uid) => [
      uid,
      mergeFacets(
        all.flatMap((one): Result[] => (one[uid] === undefined ? [] : [one[uid]])),
        UNBOUNDED,
        ['distribution', 'stats'],
      ),
    ]),
  );
}
