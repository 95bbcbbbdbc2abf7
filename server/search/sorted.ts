import { among, clausesOf, withAnchor } from './questions.js';
import type { SearchResult } from './request.js';
import type { Ask, Asked } from './verify.js';

/** So many candidates are named in one question: each costs Meilisearch some 30 microseconds. */
const MOST_NAMED = 200;

/**
 * Hits in an order of Meilisearch's own: by a field, or by ranking rules over fields. Where the candidates are all that there is they are the ones to be sorted; of
 * more documents those that hold the anchor, since Meilisearch cannot sort the union of a question and of named documents.
 */
export function sorted({
  candidates,
  fixed,
  filter,
  facets,
  fields,
  base,
  page,
  slots,
  showsScore,
  showsScoreDetails,
}: Asked): ((ask: Ask) => Promise<SearchResult>) | undefined {
  const { anchor, withAnchor: count, withoutAnchor, stamps } = candidates;
  const clauses = clausesOf(fixed);
  const isComplete = count + withoutAnchor.size <= stamps.length && stamps.length <= MOST_NAMED;
  if (anchor === undefined && !isComplete) return undefined;
  const question = {
    ...base,
    q: isComplete || anchor === undefined ? clauses : withAnchor(anchor, clauses, slots),
    filter: isComplete ? among(stamps, filter) : filter,
    ...(facets != null && { facets }),
    ...(page.isNumbered ? { page: page.number, hitsPerPage: page.limit } : { offset: page.offset, limit: page.limit }),
    ...(fields !== undefined && { attributesToRetrieve: fields }),
    ...(showsScore && { showRankingScore: true }),
    ...(showsScoreDetails && { showRankingScoreDetails: true }),
  };
  return (ask) => ask(question);
}
