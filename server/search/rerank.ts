import type { PlannedQuery } from './plan.js';
import { planMore } from './plan.js';
import type { Asking } from './prepare.js';
import { type Candidate, type Ranked, rankCandidates } from './rank.js';
import { type Hit, pageOf, type SearchBody, type SearchResult } from './request.js';
import type { Understood } from './understand.js';

/**
 * So many of the first hits are ranked again by what the collection knows. The same number for every page, so that pages never
 * overlap: hits beyond stay in Meilisearch's order.
 */
const HEAD = 20;
/** The same for a sentence, of which the right document often lacks some words. */
const SENTENCE_HEAD = 30;
/** Hits of each further question. */
const MORE_HITS = 15;
const MORE_QUERIES = 5;
/**
 * When the best hit of a few words holds this share of the query's rarity, nothing more is asked: it is what was meant. Below it the right
 * document may hold other spellings, or lack a word.
 */
const ENOUGH = 0.85;
/** A sentence is asked for what it is about, not for where it stands: so many hits must hold so much of it. */
const SENTENCE = { words: 6, hits: 3, share: 0.7 } as const;

/** Whether the first question has found what was meant. */
function isEnough(ranked: readonly Ranked[], words: number): boolean {
  if (words < SENTENCE.words) return (ranked[0]?.coverage ?? 0) >= ENOUGH;
  return (ranked[SENTENCE.hits - 1]?.coverage ?? 0) >= SENTENCE.share;
}

export interface Reranking {
  readonly sent: Record<string, unknown>;
  finish(result: SearchResult, first: PlannedQuery): Promise<{ readonly result: SearchResult; readonly asked: readonly PlannedQuery[] }>;
}

/**
 * Ranks the head of an answer anew, and asks more where the first question found too little. Undefined where Meilisearch's order is what the caller wants:
 * sorted by a field or by the index's own rules, semantic, or without words.
 */
export function rerank(
  body: SearchBody,
  query: Understood,
  sent: Record<string, unknown>,
  asking: Asking,
  { exact }: { readonly exact: boolean },
): Reranking | undefined {
  const page = pageOf(body);
  const { state, knowledge } = asking;
  const head = query.slots.length < SENTENCE.words ? HEAD : SENTENCE_HEAD;
  const isOrderedOtherwise = Array.isArray(body['sort']) && body['sort'].length > 0;
  if (
    isOrderedOtherwise ||
    body['vector'] != null ||
    body['hybrid'] != null ||
    body['retrieveVectors'] === true ||
    query.slots.length === 0
  )
    return undefined;
  if (page === undefined || page.limit === 0 || state.fields.length === 0 || state.primaryKey === undefined || state.hasOwnOrder)
    return undefined;
  const { primaryKey } = state;
  const reach = Math.max(head, page.offset + page.limit);
  // Ranking reads the terms as they were indexed, and the documents' own texts for the forms.
  const wide: Record<string, unknown> = { ...sent, attributesToRetrieve: [...state.fields, ...state.shadows] };
  const narrow: Record<string, unknown> = {
    ...sent,
    attributesToRetrieve: [...new Set([...((sent['attributesToRetrieve'] as string[] | undefined) ?? ['*']), primaryKey])],
  };
  // Far pages need many hits but the texts of the head only.
  const isFar = reach > 2 * head;
  const asked = isFar ? narrow : wide;

  return {
    sent: page.isNumbered ? { ...asked, page: 1, hitsPerPage: reach } : { ...asked, offset: 0, limit: reach },
    finish: async (result, first) => {
      const hits = isFar ? await readHead(wide, head, asking) : result.hits.slice(0, head);
      const candidates = hits.map((hit, rank): Candidate => ({ hit, rank }));
      let ranked = rankCandidates(candidates, query.slots);
      let questions: readonly PlannedQuery[] = [first];
      // With `distinct`, one question must see all hits; with `all`, the caller wants no fewer words.
      const mayAskMore =
        !exact && body['distinct'] == null && !state.isDistinct && body['matchingStrategy'] !== 'all' && query.fixed.length === 0;
      if (mayAskMore && !isEnough(ranked, query.slots.length)) {
        const more = planMore(query, knowledge.vocabulary.documents, MORE_QUERIES);
        if (more.length > 0) {
          ranked = rankCandidates(await gather(candidates, more, wide, primaryKey, asking), query.slots);
          questions = [first, ...more];
        }
      }
      // The best come first, then all others in Meilisearch's order: the same list for every page, so that pages never overlap.
      const best = ranked.slice(0, head).map(({ hit }) => hit);
      const inBest = new Set(best.map((hit) => hit[primaryKey]));
      const others = result.hits.filter((hit) => !inBest.has(hit[primaryKey]));
      const shown = [...best, ...others].slice(page.offset, page.offset + page.limit);
      return { asked: questions, result: paged(result, shown, page, best.length) };
    },
  };
}

/** A question for the first hits only, without pages and facets. */
function firstHits(question: Record<string, unknown>, limit: number): Record<string, unknown> {
  const { facets: _facets, page: _page, hitsPerPage: _hitsPerPage, ...rest } = question;
  return { ...rest, offset: 0, limit };
}

/** The texts of the head, where the first question was asked without them. */
async function readHead(wide: Record<string, unknown>, head: number, { uid, authorization, deps }: Asking): Promise<Hit[]> {
  const answer = await deps.http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
    ...firstHits(wide, head),
    indexUid: undefined,
  });
  return answer.status === 200 ? (answer.json() as SearchResult).hits : [];
}

/** The hits of the first question and of all further ones, each once, at its best rank. */
async function gather(
  head: readonly Candidate[],
  more: readonly PlannedQuery[],
  wide: Record<string, unknown>,
  primaryKey: string,
  { uid, authorization, deps }: Asking,
): Promise<Candidate[]> {
  const queries = more.map(({ q, matchingStrategy }) => ({
    ...firstHits(wide, MORE_HITS),
    indexUid: uid,
    q,
    ...(matchingStrategy === undefined ? {} : { matchingStrategy }),
  }));
  const answer = await deps.http.send('POST', '/multi-search', authorization, { queries });
  if (answer.status !== 200) {
    // The first answer stands; only the second look is missing.
    deps.log.warn({ status: answer.status, answer: answer.text.slice(0, 500) }, 'Meilisearch refused the further questions of a search');
    return [...head];
  }
  const found = new Map<unknown, Candidate>(head.map((candidate) => [candidate.hit[primaryKey], candidate]));
  for (const { hits } of (answer.json() as { results: SearchResult[] }).results) {
    hits.forEach((hit: Hit, rank) => {
      const known = found.get(hit[primaryKey]);
      if (known === undefined || known.rank > rank) found.set(hit[primaryKey], { hit: known?.hit ?? hit, rank });
    });
  }
  return [...found.values()];
}

/** The answer for the page that was asked, in the form in which it was asked. */
function paged(result: SearchResult, hits: readonly Hit[], page: NonNullable<ReturnType<typeof pageOf>>, ranked: number): SearchResult {
  if (!page.isNumbered) {
    return {
      ...result,
      hits: [...hits],
      offset: page.offset,
      limit: page.limit,
      estimatedTotalHits: Math.max(result.estimatedTotalHits ?? 0, ranked),
    };
  }
  const totalHits = Math.max(result.totalHits ?? 0, ranked);
  return {
    ...result,
    hits: [...hits],
    page: page.offset / page.limit + 1,
    hitsPerPage: page.limit,
    totalHits,
    totalPages: Math.ceil(totalHits / page.limit),
  };
}
