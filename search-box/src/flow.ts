/** From what is asked to what is shown: which requests are sent, and what their answers make. */
import { ApiError } from './client/api-error.js';
import type { Client } from './client/client.js';
import { type Answer, firstLine, type Hit, readHit } from './model/answer.js';
import { type Asked, isHome, NOTHING_ASKED, withFacets } from './model/asked.js';
import { guessIndex, type IndexConfig } from './model/config.js';
import { plain } from './model/marks.js';
import { list, record } from './model/read.js';
import {
  articleRequest,
  countRequest,
  datesRequest,
  facetRequests,
  HITS_PER_PAGE,
  keysRequest,
  latestRequest,
  leadRequest,
  listRequest,
  newestFirst,
  rankRequest,
  type SearchRequest,
} from './model/request.js';
import { type Bar, type Bars, countsByYear, isComplete, stretches, yearsOf } from './model/years.js';
import type { FacetCounts, Outcome, Ways } from './state.js';

/** Documents from which the fields of an unknown index are guessed. */
const SAMPLE = 3;
/** Words of a query that are left out one by one to see what that would find. */
const MOST_WORDS = 6;
const NEAR_WORDS = 5;
/** Values of a facet that Meilisearch counts, unless the operator changed it. */
const MOST_FACET_VALUES = 100;

export class Flow {
  constructor(private readonly client: Client) {}

  /** What an index holds that no configuration tells of. */
  async guess(uid: string, signal: AbortSignal): Promise<IndexConfig> {
    const sample = async (facets: readonly string[]): Promise<unknown> =>
      this.client.searchRaw(uid, { q: '', limit: SAMPLE, ...(facets.length > 0 && { facets }) }, signal);
    const answer = record(
      await sample(['*']).catch((error: unknown) => {
        if (error instanceof ApiError && error.code === 'invalid_search_facets') return sample([]);
        throw error;
      }),
    );
    const facets = Object.entries(record(answer.facetDistribution)).flatMap(([field, counts]) => {
      const values = Object.keys(record(counts));
      return values.length > 0 && isComplete(record(counts) as Record<string, number>, MOST_FACET_VALUES / 2) ? [field] : [];
    });
    return guessIndex(uid, list(answer.hits).map(record), facets);
  }

  async find(next: Asked, index: IndexConfig, signal: AbortSignal): Promise<Outcome> {
    const asked = withFacets(
      next,
      index.facets.map(({ field }) => field),
    );
    if (isHome(asked)) return { kind: 'home', asked: next, latest: await this.#latest(index, signal) };
    const [found, others] = await Promise.all([
      this.#search(index, listRequest(asked, index), signal),
      Promise.all(
        facetRequests(asked, index).map(async ({ field, request }) => ({ field, answer: await this.#search(index, request, signal) })),
      ),
    ]);
    const answer = await this.#withLeads(found, index, signal);
    const unfiltered = Object.fromEntries(others.map(({ field, answer: other }) => [field, other.facets[field] ?? {}]));
    const counts: FacetCounts = { ...answer.facets, ...unfiltered };
    if (answer.hits.length > 0) return { kind: 'found', asked: next, answer, counts };
    if (answer.total > 0) return { kind: 'no-page', asked: next, answer, counts };
    return { kind: 'nothing', asked: next, answer, counts, ways: await this.#waysOut(asked, answer, index, signal) };
  }

  /** How many hits each year has; `undefined` where the index cannot be filtered by date, or nothing has one. */
  async bars(asked: Asked, index: IndexConfig, signal: AbortSignal): Promise<Bars | undefined> {
    if (index.dateFilter === undefined) return undefined;
    const { field, unit } = index.dateFilter;
    const answer = await this.client.search(index, datesRequest(asked, index), signal);
    const range = yearsOf(answer, field, unit);
    if (range === undefined) return undefined;
    const { first, last } = range;
    const spans = stretches(first, last);
    const counts = answer.facets[field] ?? {};
    if (isComplete(counts, MOST_FACET_VALUES)) {
      const years = countsByYear(counts, unit);
      const sum = ({ from, to }: Omit<Bar, 'count'>): number =>
        [...years].reduce((total, [year, count]) => total + (year >= from && year <= to ? count : 0), 0);
      return { first, last, bars: spans.map((span) => ({ ...span, count: sum(span) })) };
    }
    // More dates than Meilisearch lists: each stretch is counted by itself.
    const answers = await this.client.searchAll(
      index,
      spans.map(({ from, to }) => countRequest({ ...asked, from, to }, index)),
      signal,
    );
    return { first, last, bars: spans.map((span, i) => ({ ...span, count: answers[i]?.total ?? 0 })) };
  }

  /**
   * One article, whole and marked, with the rights of a search. Where the server cannot name one document (an index that Justuju has not analyzed, or Meilisearch alone):
   * by its rank in the list that is shown, by its rank among all, and last as a document, for keys that may read those.
   */
  async article(
    { asked, shown }: { asked: Asked; shown: Outcome | undefined },
    index: IndexConfig,
    id: string,
    signal: AbortSignal,
  ): Promise<Hit | undefined> {
    try {
      const { hits } = await this.client.search(index, articleRequest(asked, index, id), signal);
      return hits.find((hit) => hit.id === id);
    } catch (error) {
      if (!(error instanceof ApiError) || error.trouble !== 'refused') throw error;
    }
    const place = placeOf(shown, index, id);
    const inList = place && (await this.#byRank(place.asked, index, id, place.rank, signal));
    return inList ?? (await this.#amongAll(index, id, signal)) ?? this.#document(index, id, signal);
  }

  async #byRank(asked: Asked, index: IndexConfig, id: string, rank: number, signal: AbortSignal): Promise<Hit | undefined> {
    const { hits } = await this.client.search(index, rankRequest(asked, index, rank), signal);
    // The collection may have changed since: then another article has this rank.
    return hits.find((hit) => hit.id === id);
  }

  async #amongAll(index: IndexConfig, id: string, signal: AbortSignal): Promise<Hit | undefined> {
    const { hits } = await this.client.search(index, keysRequest(index), signal);
    const rank = hits.findIndex((hit) => hit.id === id);
    return rank < 0 ? undefined : this.#byRank(NOTHING_ASKED, index, id, rank, signal);
  }

  async #document(index: IndexConfig, id: string, signal: AbortSignal): Promise<Hit | undefined> {
    try {
      return readHit(await this.client.document(index, id, signal), index);
    } catch (error) {
      if (error instanceof ApiError && ['key', 'not-found', 'refused'].includes(error.trouble)) return undefined;
      throw error;
    }
  }

  /** An index whose settings do not allow these facets answers without counts instead of not at all. */
  async #search(index: IndexConfig, request: SearchRequest, signal: AbortSignal): Promise<Answer> {
    try {
      return await this.client.search(index, request, signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'invalid_search_facets') throw error;
      return this.client.search(index, { ...request, facets: [] }, signal);
    }
  }

  async #latest(index: IndexConfig, signal: AbortSignal): Promise<Answer> {
    const request = latestRequest(index);
    try {
      return await this.#withLeads(await this.client.search(index, request, signal), index, signal);
    } catch (error) {
      // The settings changed since the configuration was read: an index that cannot sort by date still has a front page.
      if (!(error instanceof ApiError) || error.code !== 'invalid_search_sort') throw error;
      const { sort: _, ...unsorted } = request;
      return this.client.search(index, unsorted, signal);
    }
  }

  /** Documents without a headline show their first line, which a snippet from their middle does not hold. */
  async #withLeads(answer: Answer, index: IndexConfig, signal: AbortSignal): Promise<Answer> {
    const ids = answer.hits.filter((hit) => !hit.isNamed && plain(hit.texts[0] ?? '').startsWith('…') && hit.id !== '').map(({ id }) => id);
    if (ids.length === 0) return answer;
    try {
      const leads = await this.client.searchAll(
        index,
        ids.map((id) => leadRequest(index, id)),
        signal,
      );
      const lines = new Map(leads.flatMap(({ hits }) => hits.map((hit) => [hit.id, firstLine(hit.texts[0] ?? '')])));
      return { ...answer, hits: answer.hits.map((hit) => (hit.isNamed ? hit : { ...hit, headline: lines.get(hit.id) || hit.headline })) };
    } catch (error) {
      if (!(error instanceof ApiError) || error.trouble !== 'refused') throw error;
      return answer;
    }
  }

  /** What would find something. Nothing here may fail: the reader has his answer already. */
  async #waysOut(asked: Asked, answer: Answer, index: IndexConfig, signal: AbortSignal): Promise<Ways> {
    const words = asked.q.trim().split(/\s+/).filter(Boolean);
    const shorter =
      words.length < 2 || words.length > MOST_WORDS
        ? []
        : words.map((word, i) => ({ word, q: words.filter((_, at) => at !== i).join(' ') }));
    const [counts, near] = await Promise.all([
      shorter.length === 0
        ? []
        : this.client
            .searchAll(
              index,
              shorter.map(({ q }) => countRequest({ ...asked, q }, index)),
              signal,
            )
            .catch(() => []),
      this.#near([asked.q, ...answer.notFound, ...words], index, signal),
    ]);
    const without = shorter.map((each, i) => ({ ...each, total: counts[i]?.total ?? 0 })).filter(({ total }) => total > 0);
    return { without, near: near.filter((text) => text !== asked.q.trim()) };
  }

  /** Words of the collection that begin or sound like these, in any script. */
  async #near(texts: readonly string[], index: IndexConfig, signal: AbortSignal): Promise<string[]> {
    const asked = [...new Set(texts)].filter((text) => text.trim() !== '').slice(0, MOST_WORDS);
    const beginnings = asked.flatMap((text) => (text.length > 3 ? [text, text.slice(0, -1), text.slice(0, 3)] : [text]));
    const found = await Promise.all(beginnings.map((text) => this.client.suggest(index.uid, text, signal).catch(() => [])));
    return [...new Set(found.flat().flatMap(({ text, kind }) => (kind === 'words' ? [text] : [])))].slice(0, NEAR_WORDS);
  }
}

/** At which rank of which list an article is shown. */
function placeOf(shown: Outcome | undefined, index: IndexConfig, id: string): { asked: Asked; rank: number } | undefined {
  if (shown?.kind !== 'found' && shown?.kind !== 'home') return undefined;
  const { hits } = shown.kind === 'found' ? shown.answer : shown.latest;
  const at = hits.findIndex((hit) => hit.id === id);
  if (at < 0) return undefined;
  if (shown.kind === 'home') return { asked: { ...NOTHING_ASKED, sort: newestFirst(index) ?? '' }, rank: at };
  return { asked: shown.asked, rank: (shown.asked.page - 1) * HITS_PER_PAGE + at };
}

/** The articles before and after one in the list that is shown. */
export function neighboursOf(outcome: Outcome | undefined, id: string): { previous: string | undefined; next: string | undefined } {
  const hits = outcome?.kind === 'found' ? outcome.answer.hits : outcome?.kind === 'home' ? outcome.latest.hits : [];
  const at = hits.findIndex((hit) => hit.id === id);
  return at < 0 ? { previous: undefined, next: undefined } : { previous: hits[at - 1]?.id, next: hits[at + 1]?.id };
}

/** Which hit of a longer list is the first that was not there before. */
export const firstNew = (asked: Asked): number => (asked.lastPage - asked.page) * HITS_PER_PAGE;
