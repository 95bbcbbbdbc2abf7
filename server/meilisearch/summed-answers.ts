/** What the answers of one search have in common, wherever several are put together. */

/** The part of a list that was asked for. `page` undefined: by `offset` and `limit`. */
export interface AskedPart {
  readonly page: number | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** What an answer says of its page, and of how many hits there are: in the form in which it was asked. */
export const totalsOf = ({ page, offset, limit }: AskedPart, total: number): Record<string, number> =>
  page === undefined
    ? { offset, limit, estimatedTotalHits: total }
    : { page, hitsPerPage: limit, totalHits: total, totalPages: limit === 0 ? 0 : Math.ceil(total / limit) };

/** Counts by name, added up. */
export function addedCounts(all: readonly Readonly<Record<string, number>>[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const counts of all) for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count);
  return sums;
}

/** `facetStats`, by facet. */
export type FacetStats = Readonly<Record<string, { readonly min: number; readonly max: number }>>;

/** The least and the most of all. */
export function widestStats(all: readonly (FacetStats | undefined)[]): FacetStats {
  const widest: Record<string, { min: number; max: number }> = {};
  for (const stats of all) {
    for (const [facet, { min, max }] of Object.entries(stats ?? {})) {
      const known = widest[facet];
      widest[facet] = known === undefined ? { min, max } : { min: Math.min(known.min, min), max: Math.max(known.max, max) };
    }
  }
  return widest;
}
