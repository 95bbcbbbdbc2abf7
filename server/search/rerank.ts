import { STAMP } from '../documents/shadow.js';
import type { Capabilities } from '../engine/capabilities.js';
import type { IndexState } from '../engine/index-state.js';
import type { Score } from './comparison.js';
import { headOf, isEnough } from './head.js';
import { firstHits, paged } from './page.js';
import { type PlannedQuery, planMore } from './plan.js';
import type { Asking } from './prepare.js';
import { type Candidate, rankCandidates } from './rank.js';
import { type Hit, type Page, pageOf, type SearchBody, type SearchResult } from './request.js';
import type { Understood } from './understand.js';

/** Hits of each further question. */
const MORE_HITS = 20;
const MORE_QUERIES = 5;

/** A hit in the running. */
interface Found {
  readonly hit: Hit;
  /** Best rank in any of the answers, from 0. */
  readonly rank: number;
  /** Found by a further question only: by which, at which rank. Such a hit holds no more than what ranking needs. */
  readonly by?: { readonly question: number; readonly rank: number };
}

type Ranked = Found & Score;

export interface Reranking {
  readonly sent: Record<string, unknown>;
  finish(result: SearchResult, first: PlannedQuery): Promise<{ readonly result: SearchResult; readonly asked: readonly PlannedQuery[] }>;
}

/**
 * Whether Justuju ranks the hits. Meilisearch's order is what the caller wants where hits are sorted by a field or by the index's own rules, found by their
 * meaning, or asked for without words.
 */
export function isRanked(body: SearchBody, query: Understood, state: IndexState): boolean {
  const isOrderedOtherwise =
    (Array.isArray(body['sort']) && body['sort'].length > 0) ||
    body['vector'] != null ||
    body['hybrid'] != null ||
    body['retrieveVectors'] === true ||
    // By what is known of the reader (since 1.25).
    body['personalize'] != null ||
    state.hasOwnOrder;
  const page = pageOf(body);
  if (isOrderedOtherwise || query.slots.length === 0 || page === undefined || page.limit === 0) return false;
  return state.fields.length > 0 && state.primaryKey !== undefined;
}

/** Whether hits come from several machines (since 1.34): this one's memory knows some of them only. A network with a leader is asked unless the request says otherwise. */
export const isOfManyMachines = (body: SearchBody, { isSharded }: Capabilities): boolean =>
  body['useNetwork'] == null ? isSharded : body['useNetwork'] === true;

/** Ranks the head of an answer anew, and asks more where the first question found too little. To be asked where `isRanked`. */
export function rerank(
  body: SearchBody,
  query: Understood,
  sent: Record<string, unknown>,
  asking: Asking,
  { exact }: { readonly exact: boolean },
): Reranking {
  const page = pageOf(body) as Page;
  const { state, knowledge, deps, uid } = asking;
  const primaryKey = state.primaryKey as string;
  const head = headOf(query);
  const reach = Math.max(head, page.offset + page.limit);
  const shown = (sent['attributesToRetrieve'] as readonly string[] | undefined) ?? ['*'];
  const slim = [primaryKey, STAMP];
  const asked = { ...sent, attributesToRetrieve: [...new Set([...shown, ...slim])] };
  /** Whether further questions answer all that is shown. */
  const isSlim = shown.every((field) => field === primaryKey);

  const rank = async (found: readonly Found[]): Promise<Ranked[]> => {
    const terms = await deps.terms.of(
      found.map(({ hit }) => hit),
      { uid, primaryKey, fields: state.fields },
    );
    const candidates = found.map((one, i): Found & Candidate => ({ ...one, terms: terms[i] }));
    return rankCandidates(candidates, query.slots, deps.terms.forward.table, { isSearched: searchedFields(body, asking) });
  };

  return {
    sent: { ...asked, ...firstHits(reach, page) },
    finish: async (result, first) => {
      // A primary key that is not displayed tells no hit from another.
      if (result.hits.some((hit) => hit[primaryKey] === undefined))
        return { asked: [first], result: paged(result, result.hits.slice(page.offset, page.offset + page.limit), page, 0) };
      const firstFound = result.hits.slice(0, head).map((hit, at): Found => ({ hit, rank: at }));
      let ranked = await rank(firstFound);
      let more: readonly PlannedQuery[] = [];
      // With `distinct`, one question must see all hits; with `all`, the caller wants no fewer words.
      const mayAskMore =
        !exact && body['distinct'] == null && !state.isDistinct && body['matchingStrategy'] !== 'all' && query.fixed.length === 0;
      if (mayAskMore && !isEnough(ranked, query)) {
        more = planMore(query, knowledge.vocabulary.documents, MORE_QUERIES);
        const answers = await Promise.all(
          more.map((question) => ask(question, { attributesToRetrieve: slim, offset: 0, limit: MORE_HITS }, sent, asking)),
        );
        ranked = await rank(gather(firstFound, answers, primaryKey));
      }
      // The best come first, then all others in Meilisearch's order: the same list for every page, so that pages never overlap.
      const best = ranked.slice(0, head);
      const inBest = new Set(best.map(({ hit }) => hit[primaryKey]));
      const others = result.hits.filter((hit) => !inBest.has(hit[primaryKey]));
      const onPage = [...best, ...others.map((hit): Found => ({ hit, rank: 0 }))].slice(page.offset, page.offset + page.limit);
      const hits = isSlim ? onPage.map(({ hit }) => hit) : await complete(onPage, more, primaryKey, sent, asking);
      return { asked: [first, ...more], result: paged(result, hits, page, best.length) };
    },
  };
}

/** Which fields count: those that are searched. */
function searchedFields(body: SearchBody, { state, deps }: Asking): (name: number) => boolean {
  const asked = Array.isArray(body['attributesToSearchOn']) ? (body['attributesToSearchOn'] as string[]) : ['*'];
  return deps.terms.forward.fieldsNamed(asked.includes('*') ? state.searchable : asked);
}

/** Asks a further question of the first's kind: for some first hits only, without pages and facets. */
async function ask(
  { q, matchingStrategy }: PlannedQuery,
  wanted: { readonly attributesToRetrieve?: readonly string[]; readonly offset: number; readonly limit: number },
  sent: Record<string, unknown>,
  { uid, authorization, deps }: Asking,
): Promise<readonly Hit[]> {
  const { facets: _facets, page: _page, hitsPerPage: _hitsPerPage, indexUid: _indexUid, ...rest } = sent;
  const answer = await deps.http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
    ...rest,
    q,
    ...wanted,
    ...(matchingStrategy === undefined ? {} : { matchingStrategy }),
  });
  if (answer.status === 200) return (answer.json() as SearchResult).hits;
  // The first answer stands; only the second look is missing.
  deps.log.warn({ status: answer.status, answer: answer.text.slice(0, 500) }, 'Meilisearch refused a further question of a search');
  return [];
}

/** The hits of the first question and of all further ones, each once, at its best rank. */
function gather(first: readonly Found[], answers: readonly (readonly Hit[])[], primaryKey: string): Found[] {
  const found = new Map<unknown, Found>(first.map((one) => [one.hit[primaryKey], one]));
  answers.forEach((hits, question) => {
    hits.forEach((hit, rank) => {
      const known = found.get(hit[primaryKey]);
      if (known === undefined) found.set(hit[primaryKey], { hit, rank, by: { question, rank } });
      else if (known.rank > rank) found.set(hit[primaryKey], { ...known, rank });
    });
  });
  return [...found.values()];
}

/**
 * The hits with all that is shown of them: those that a further question found are asked for again, by that question, so that they have just what Meilisearch
 * shows this caller. Most pages need nothing; one that is gone meanwhile is left out.
 */
async function complete(
  hits: readonly Found[],
  questions: readonly PlannedQuery[],
  primaryKey: string,
  sent: Record<string, unknown>,
  asking: Asking,
): Promise<Hit[]> {
  const whole = new Map<unknown, Hit>();
  await Promise.all(
    questions.map(async (question, nth) => {
      const ranks = hits.filter(({ by }) => by?.question === nth).map(({ by }) => by?.rank ?? 0);
      if (ranks.length === 0) return;
      const offset = Math.min(...ranks);
      for (const hit of await ask(question, { offset, limit: Math.max(...ranks) - offset + 1 }, sent, asking))
        whole.set(hit[primaryKey], hit);
    }),
  );
  return hits.map(({ hit, by }) => (by === undefined ? hit : whole.get(hit[primaryKey]))).filter((hit) => hit !== undefined);
}
