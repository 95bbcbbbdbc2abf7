import { totalsOf as totalsOfPart } from '../meilisearch/summed-answers.js';
import type { Hit, Page, SearchResult } from './request.js';

/** Meilisearch's answer, with the hits of the page that was asked, in the form in which it was asked. */
export function paged(result: SearchResult, hits: Hit[], page: Page, atLeast: number): SearchResult {
  const total = (page.isNumbered ? result.totalHits : result.estimatedTotalHits) ?? 0;
  return { ...result, hits, ...totalsOf(page, Math.max(total, atLeast)) };
}

/** What an answer says of its page, and of how many hits there are. */
export const totalsOf = ({ isNumbered, number, offset, limit }: Page, total: number): Partial<SearchResult> =>
  totalsOfPart({ page: isNumbered ? number : undefined, offset, limit }, total);

/** The parameters that ask for the first `count` hits, in the form in which `page` was asked: that decides how Meilisearch counts. */
export const firstHits = (count: number, { isNumbered }: Page): Record<string, unknown> =>
  isNumbered ? { page: 1, hitsPerPage: count } : { offset: 0, limit: count };
