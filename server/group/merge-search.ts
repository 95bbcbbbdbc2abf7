import { addedCounts, type FacetStats, totalsOf, widestStats } from '../meilisearch/summed-answers.js';
import { compareHits, type Hit, merged } from './order.js';

/** A search of one client, as several servers are asked it. */
export interface SharedSearch {
  /** The parameters for each of them. */
  readonly asked: Record<string, unknown>;
  readonly offset: number;
  readonly limit: number;
  /** Asked by `page` and `hitsPerPage`: the answer counts pages. */
  readonly page: number | undefined;
  /** The client wants to see the details of the scores. */
  readonly showsDetails: boolean;
}

/** What the settings of an index say of the answers of all servers together. */
export interface Bounds {
  readonly maxTotalHits: number;
  readonly maxValuesPerFacet: number;
  /** By facet, `*` for all others: `alpha` or `count`. */
  readonly sortFacetValuesBy: Readonly<Record<string, string>>;
}

/** Meilisearch's own, where nothing is set or can be asked. */
export const DEFAULT_BOUNDS: Bounds = { maxTotalHits: 1_000, maxValuesPerFacet: 100, sortFacetValuesBy: { '*': 'alpha' } };

type Result = Record<string, unknown>;

/** Each server may hold all hits of the page: it is asked for all up to its end. Undefined: parameters that Meilisearch refuses. */
export function shared(body: Result): SharedSearch | undefined {
  const count = (name: string, otherwise: number): number | undefined => {
    const value = body[name] ?? otherwise;
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  const showsDetails = body['showRankingScoreDetails'] === true;
  const details = typeof (body['showRankingScoreDetails'] ?? false) === 'boolean' ? { showRankingScoreDetails: true } : {};
  if (body['page'] != null || body['hitsPerPage'] != null) {
    const [page, limit] = [count('page', 1), count('hitsPerPage', 20)];
    if (page === undefined || limit === undefined) return undefined;
    const offset = Math.max(0, page - 1) * limit;
    const first = page === 0 ? {} : { page: 1, hitsPerPage: offset + limit };
    return { asked: { ...body, ...(limit > 0 && details), ...first }, offset, limit: page === 0 ? 0 : limit, page, showsDetails };
  }
  const [offset, limit] = [count('offset', 0), count('limit', 20)];
  if (offset === undefined || limit === undefined) return undefined;
  return { asked: { ...body, ...(limit > 0 && details), offset: 0, limit: offset + limit }, offset, limit, page: undefined, showsDetails };
}

/** The answers of several servers to one search as one. */
export function mergeResults(results: readonly Result[], { offset, limit, page, showsDetails }: SharedSearch, bounds: Bounds): Result {
  const [first = {}] = results;
  const hits = merged(
    results.map((result) => result['hits'] as Hit[]),
    compareHits,
    offset + limit,
  ).slice(offset);
  if (!showsDetails) for (const hit of hits) delete hit['_rankingScoreDetails'];
  const total = Math.min(bounds.maxTotalHits, sum(results, page === undefined ? 'estimatedTotalHits' : 'totalHits'));
  // No server shows more than its setting allows: neither do all together.
  const shown = hits.slice(0, Math.max(0, bounds.maxTotalHits - offset));
  return {
    ...first,
    hits: shown,
    ...totalsOf({ page, offset, limit }, total),
    processingTimeMs: largest(results, 'processingTimeMs'),
    ...mergeFacets(results, bounds),
  };
}

/** Facets of several servers: counts are added up. */
export function mergeFacets(
  results: readonly Result[],
  bounds: Bounds,
  [distribution, stats]: readonly [string, string] = ['facetDistribution', 'facetStats'],
): Result {
  const merged: Result = {};
  if (results.some((result) => result[distribution] != null))
    merged[distribution] = mergeDistributions(
      results.map((result) => result[distribution] as Distribution | undefined),
      bounds,
    );
  if (results.some((result) => result[stats] != null))
    merged[stats] = widestStats(results.map((result) => result[stats] as FacetStats | undefined));
  return merged;
}

type Distribution = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The order of the values is that of the setting; of more than are shown those that come first in it. */
function mergeDistributions(all: readonly (Distribution | undefined)[], { maxValuesPerFacet, sortFacetValuesBy }: Bounds): Distribution {
  const facets = [...new Set(all.flatMap((distribution) => Object.keys(distribution ?? {})))];
  return Object.fromEntries(
    facets.map((facet) => {
      const counts = addedCounts(all.map((distribution) => distribution?.[facet] ?? {}));
      const byCount = (sortFacetValuesBy[facet] ?? sortFacetValuesBy['*']) === 'count';
      const values = [...counts].sort(([a, many], [b, more]) => (byCount && many !== more ? more - many : compareNames(a, b)));
      return [facet, Object.fromEntries(values.slice(0, maxValuesPerFacet))];
    }),
  );
}

/** Numbers as numbers, before all texts, as Meilisearch lists them. */
function compareNames(one: string, other: string): number {
  const [left, right] = [numberIn(one), numberIn(other)];
  if (left !== undefined && right !== undefined) return left - right;
  if (left !== undefined || right !== undefined) return left !== undefined ? -1 : 1;
  return Buffer.compare(Buffer.from(one.toLowerCase()), Buffer.from(other.toLowerCase()));
}
const numberIn = (name: string): number | undefined => (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(name) ? Number(name) : undefined);

/** Values of a facet that begin so, on several servers. */
export function mergeFacetHits(results: readonly Result[], facet: string, bounds: Bounds): Result {
  const [first = {}] = results;
  const distributions = results.map((result) => ({
    [facet]: Object.fromEntries((result['facetHits'] as { value: string; count: number }[]).map(({ value, count }) => [value, count])),
  }));
  const merged = mergeDistributions(distributions, bounds)[facet] ?? {};
  return {
    ...first,
    facetHits: Object.entries(merged).map(([value, count]) => ({ value, count })),
    processingTimeMs: largest(results, 'processingTimeMs'),
  };
}

export const sum = (results: readonly Result[], name: string): number =>
  results.reduce((total, result) => total + Number(result[name] ?? 0), 0);
export const largest = (results: readonly Result[], name: string): number =>
  Math.max(0, ...results.map((result) => Number(result[name] ?? 0)));
