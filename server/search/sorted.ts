import { among, clausesOf, narrowedBy, withAnchor } from './questions.js';
import type { Page, SearchResult } from './request.js';
import type { Ask, Asked } from './verify.js';

/** So many candidates are named in one question where there is another way: each costs Meilisearch some 30 microseconds. */
const MOST_NAMED = 200;

/**
 * Hits in an order of Meilisearch's own: by a field, or by ranking rules over fields. Where the candidates are all that there is they are the ones to be sorted; of
 * more documents those that hold the anchor, since Meilisearch cannot sort the union of a question and of named documents.
 */
export function sortedQuestion({ candidates, fixed, filter, condition, slots }: Asked): Record<string, unknown> {
  const { anchor, withAnchor: count, withoutAnchor, stamps } = candidates;
  const clauses = clausesOf(fixed);
  const isComplete = count + withoutAnchor.size <= stamps.length && stamps.length <= MOST_NAMED;
  if (anchor === undefined || isComplete) return { q: clauses, filter: among(stamps, filter) };
  return {
    q: withAnchor(anchor, clauses, slots),
    ...narrowedBy(filter, condition),
  };
}

/** The page of hits in that order. */
export function sorted(asked: Asked, ask: Ask): Promise<SearchResult> {
  const { facets, fields, base, page, distinct, showsScore, showsScoreDetails } = asked;
  const question = {
    ...base,
    ...sortedQuestion(asked),
    ...(facets != null && { facets }),
    ...(fields !== undefined && { attributesToRetrieve: fields }),
    ...(showsScore && { showRankingScore: true }),
    ...(showsScoreDetails && { showRankingScoreDetails: true }),
  };
  return counted(question, page, distinct, ask);
}

/** A page in Meilisearch's order. Of hits that must differ it counts, without numbered pages, only those that it has looked at: then it is asked for their number. */
export async function counted(
  question: Record<string, unknown>,
  { isNumbered, number, offset, limit }: Page,
  distinct: string | undefined,
  ask: Ask,
): Promise<SearchResult> {
  if (isNumbered) return ask({ ...question, page: number, hitsPerPage: limit });
  const listed = { ...question, offset, limit };
  if (distinct === undefined) return ask(listed);
  const { facets: _facets, ...unpaged } = question;
  const [found, { totalHits = 0 }] = await Promise.all([ask(listed), ask({ ...unpaged, page: 1, hitsPerPage: 0 })]);
  return { ...found, estimatedTotalHits: totalHits };
}
