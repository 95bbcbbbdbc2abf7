import type { Hit, Page, SearchResult } from './request.js';

/** Meilisearch's answer, with the hits of the page that was asked, in the form in which it was asked. */
export function paged(result: SearchResult, hits: Hit[], page: Page, atLeast: number): SearchResult {
  if (!page.isNumbered) {
    const estimatedTotalHits = Math.max(result.estimatedTotalHits ?? 0, atLeast);
    return { ...result, hits, offset: page.offset, limit: page.limit, estimatedTotalHits };
  }
  const totalHits = Math.max(result.totalHits ?? 0, atLeast);
  return {
    ...result,
    hits,
    page: page.offset / page.limit + 1,
    hitsPerPage: page.limit,
    totalHits,
    totalPages: Math.ceil(totalHits / page.limit),
  };
}

/** The parameters that ask for the first `count` hits, in the form in which `page` was asked: that decides how Meilisearch counts. */
export const firstHits = (count: number, { isNumbered }: Page): Record<string, unknown> =>
  isNumbered ? { page: 1, hitsPerPage: count } : { offset: 0, limit: count };
