import { parseExactly } from '../engine/exact-json.js';
import { decode } from '../engine/http.js';
import type { RawDocument } from '../engine/raw-document.js';
import { NEGLIGIBLE } from './answers.js';
import { LONGEST_HEAD } from './head.js';
import { firstHits, paged } from './page.js';
import type { Asking } from './prepare.js';
import { type Proposal, propose } from './propose.js';
import { type Hit, type Page, pageOf, type SearchBody, type SearchResult, type ShownHit } from './request.js';
import { isTenantToken } from './tenant.js';
import type { Understood } from './understand.js';

/** A search whose best hits are known before Meilisearch is asked. */
export interface FromMemory {
  /** What Meilisearch is asked with the caller's key: how many hits there are, their facets, and the hits beyond those that are proposed. */
  readonly sent: Record<string, unknown>;
  /**
   * The proposed hits of the page; one that is gone meanwhile is missing. They are to be shown to none whom Meilisearch refuses `sent`. Outdated: the index has changed
   * since its picture was made, so that documents, or fields of them, may be no longer found or shown.
   */
  readonly documents: () => Promise<DocumentsById | 'outdated'>;
  finish(result: SearchResult, documents: DocumentsById): SearchResult<ShownHit>;
}

/** Documents by their primary keys, as these are written. */
export type DocumentsById = ReadonlyMap<string, ShownHit>;

/** Parameters with which only Meilisearch can tell which documents are found, or how it ranks them. */
const DECIDED_BY_MEILISEARCH = [
  'filter',
  'distinct',
  'attributesToSearchOn',
  'rankingScoreThreshold',
  'showRankingScore',
  'showRankingScoreDetails',
];

/**
 * Answers a search from memory, where all of the index is in memory and nothing but words decides which documents are found: most searches that people type.
 * Meilisearch counts the hits and shows the documents; it need not order any. Undefined for all other searches.
 *
 * @param isAsStored whether the documents are shown as they are stored, nothing marked or added
 */
export async function answerFromMemory(
  body: SearchBody,
  query: Understood,
  sent: Record<string, unknown>,
  asking: Asking,
  isAsStored: boolean,
): Promise<FromMemory | undefined> {
  const { state, deps, uid } = asking;
  const page = pageOf(body);
  const isOfWords = query.fixed.length === 0 && query.slots.some(({ rarity }) => rarity >= NEGLIGIBLE);
  const isRestricted = DECIDED_BY_MEILISEARCH.some((name) => body[name] != null && body[name] !== false);
  if (page === undefined || !isOfWords || isRestricted || body['matchingStrategy'] === 'all') return undefined;
  // In documents read by themselves Meilisearch puts no documents of other indexes.
  if (state.hasForeignKeys) return undefined;
  // A tenant sees some of the documents only.
  if (isTenantToken(asking.authorization) || !state.showsAll || state.isDistinct || state.maxTotalHits < LONGEST_HEAD) return undefined;
  const index = await deps.inverted.of(uid, state);
  if (index === undefined) return undefined;
  const proposal = propose(query, index);
  return withProposal(proposal, page, sent, asking, isAsStored);
}

function withProposal(
  { best, isEnough }: Proposal,
  page: Page,
  sent: Record<string, unknown>,
  asking: Asking,
  isAsStored: boolean,
): FromMemory {
  const { state, uid, deps } = asking;
  const primaryKey = state.primaryKey as string;
  const shown = sent['attributesToRetrieve'] as readonly string[] | undefined;
  const fields = shown && [...new Set([...shown, primaryKey])];
  const onPage = best.slice(page.offset, page.offset + page.limit);
  const reach = page.offset + page.limit;
  const isKnown = reach <= best.length;
  // Primary keys may be numbers beyond 2^53: compared as they are written.
  const keyOf = (hit: Hit): string => String(hit[primaryKey]);
  return {
    sent: { ...sent, ...firstHits(isKnown ? 0 : reach, page), attributesToRetrieve: isKnown ? [primaryKey] : (fields ?? ['*']) },
    documents: async () => {
      const isSlim = shown?.every((field) => field === primaryKey) === true;
      const found = isSlim
        ? new Map<string, RawDocument>()
        : await deps.shown.of(onPage, { uid, updatedAt: state.updatedAt ?? '', primaryKey, fields });
      // What is believed of an index is up to a second old. Asked last: at that moment all of it was as it is shown.
      if (!(await deps.states.isCurrent(uid, state.updatedAt))) {
        deps.states.forget(uid);
        return 'outdated';
      }
      if (isSlim) return new Map(onPage.map(({ id }) => [String(id), { [primaryKey]: id }]));
      // With the primary key beside what is wanted they are not as they are to be shown.
      if (isAsStored && fields?.length === shown?.length) return found;
      return new Map([...found].map(([id, { bytes }]) => [id, parseExactly(decode(bytes)) as Hit]));
    },
    finish: (result, documents) => {
      const total = result.estimatedTotalHits ?? result.totalHits ?? 0;
      // Where the words as they were typed find enough, Meilisearch's count holds; otherwise there are as many hits as are shown.
      const proposed = isEnough && total > 0 ? best.slice(0, total) : best;
      const named = new Set(proposed.map(({ id }) => String(id)));
      const hits = [...proposed.map(({ id }) => documents.get(String(id))), ...result.hits.filter((hit) => !named.has(keyOf(hit)))];
      return paged(
        result,
        hits.slice(page.offset, reach).filter((hit) => hit !== undefined),
        page,
        isEnough ? 0 : proposed.length,
      );
    },
  };
}
