import { among, clausesOf, withAnchor } from './questions.js';
import type { SearchResult } from './request.js';
import type { Ask, Asked } from './verify.js';

/** So many candidates are named in one question where there is another way: each costs Meilisearch some 30 microseconds. */
const MOST_NAMED = 200;

/**
 * Hits in an order of Meilisearch's own: by a field, or by ranking rules over fields. Where the candidates are all that there is they are the ones to be sorted; of
 * more documents those that hold the anchor, since Meilisearch cannot sort the union of a question and of named documents.
 */
export function sortedQuestion({ candidates, fixed, filter, slots }: Asked): Record<string, unknown> {
  const { anchor, withAnchor: count, withoutAnchor, stamps } = candidates;
  const clauses = clausesOf(fixed);
  const isComplete = count + withoutAnchor.size <= stamps.length && stamps.length <= MOST_NAMED;
  if (anchor === undefined || isComplete) return { q: clauses, filter: among(stamps, filter) };
  return { q: withAnchor(anchor, clauses, slots), ...(filter != null && { filter }) };
}

/** The page of hits in that order. */
export async function sorted(asked: Asked, ask: Ask): Promise<SearchResult> {
  const { facets, fields, base, page, distinct } = asked;
  const question = { ...base, ...sortedQuestion(asked), ...(facets != null && { facets }) };
  const hits = fields === undefined ? {} : { attributesToRetrieve: fields };
  if (page.isNumbered) return ask({ ...question, ...hits, page: page.number, hitsPerPage: page.limit });
  const listed = { ...question, ...hits, offset: page.offset, limit: page.limit };
  if (distinct === undefined) return ask(listed);
  // Without numbered pages Meilisearch counts only the documents that it has looked at.
  const [found, { totalHits = 0 }] = await Promise.all([ask(listed), ask({ ...question, page: 1, hitsPerPage: 0 })]);
  return { ...found, estimatedTotalHits: totalHits };
}
