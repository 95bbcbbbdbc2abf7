import { nameOf } from '../facets/distribution.js';
import { addedCounts, type FacetStats, widestStats } from '../meilisearch/summed-answers.js';
import type { SearchResult } from './request.js';

type Distribution = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * The facets of two answers about different documents as of one: counts add up, and the order of the values stays as Meilisearch gives it, by count where the first answer is so.
 *
 * @param most values of a facet that Meilisearch shows, `maxValuesPerFacet`
 */
export function sumFacets(first: SearchResult, second: SearchResult | undefined, most: number): Partial<SearchResult> {
  const { facetDistribution, facetStats } = first as { facetDistribution?: Distribution; facetStats?: FacetStats };
  if (facetDistribution === undefined) return {};
  if (second === undefined) return { facetDistribution, ...(facetStats && { facetStats }) };
  const other = second as { facetDistribution?: Distribution; facetStats?: FacetStats };
  return {
    facetDistribution: Object.fromEntries(
      Object.entries(facetDistribution).map(([facet, counts]) => [facet, sum(counts, other.facetDistribution?.[facet] ?? {}, most)]),
    ),
    ...(facetStats && { facetStats: widestStats([facetStats, other.facetStats]) }),
  };
}

function sum(counts: Readonly<Record<string, number>>, more: Readonly<Record<string, number>>, most: number): Record<string, number> {
  const entries = [...addedCounts([counts, more])];
  // One that is empty, or has one value, does not tell.
  const isByCount =
    [counts, more].every((one) => isFalling(Object.values(one))) && ![counts, more].every((one) => isRising(Object.keys(one)));
  entries.sort(([one, a], [other, b]) => (isByCount && a !== b ? b - a : nameOf(one) < nameOf(other) ? -1 : 1));
  return Object.fromEntries(entries.slice(0, most));
}

const isFalling = (numbers: readonly number[]): boolean => numbers.every((number, i) => i === 0 || number <= (numbers[i - 1] as number));
const isRising = (texts: readonly string[]): boolean => texts.every((text, i) => i === 0 || nameOf(text) > nameOf(texts[i - 1] as string));
