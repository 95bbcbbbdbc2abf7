/** From what the reader asked to the bodies of search requests, in Meilisearch's words. Pure. */
import { startOfYear } from './dates.js';
import { MARK_END, MARK_START } from './marks.js';
import type { Asked, Sort } from './url.js';

export const HITS_PER_PAGE = 10;
/** Words around a match: three to four lines of Nastaliq. */
const SNIPPET_WORDS = 40;
/** Articles on the front page, and the words of each: a snippet is never cut by CSS, which leaves the tops of Nastaliq letters standing. */
const LATEST = 6;
const LATEST_WORDS = 20;

export type FacetName = 'source' | 'topic';
export const FACETS: readonly FacetName[] = ['source', 'topic'];

export interface SearchRequest {
  readonly q: string;
  readonly limit: number;
  readonly offset: number;
  readonly facets?: readonly string[];
  /** Outer list: all must hold. Inner list: one is enough. */
  readonly filter?: readonly (string | readonly string[])[];
  readonly sort?: readonly string[];
  readonly attributesToHighlight?: readonly string[];
  readonly attributesToCrop?: readonly string[];
  readonly cropLength?: number;
  readonly cropMarker?: string;
  readonly highlightPreTag?: string;
  readonly highlightPostTag?: string;
  /** Justuju's own: to be told of each hit why it was found; to have each word searched as it was typed. */
  readonly urdu?: { readonly why?: boolean; readonly exact?: boolean };
}

const MARKED = { attributesToHighlight: ['title', 'body'], highlightPreTag: MARK_START, highlightPostTag: MARK_END };
const SNIPPETS = { ...MARKED, attributesToCrop: ['body'], cropLength: SNIPPET_WORDS, cropMarker: '…' };

/** One page of the list, with the counts of the filters. */
export const listRequest = (asked: Asked): SearchRequest => ({
  ...query(asked),
  limit: HITS_PER_PAGE,
  offset: (asked.page - 1) * HITS_PER_PAGE,
  facets: FACETS,
  ...SNIPPETS,
  urdu: { why: true, ...(asked.exact && { exact: true }) },
});

/**
 * Counts of a facet that is itself filtered, as if it were not: whoever picked one source still sees how many articles the
 * others have. Facets without a choice need no request; their counts come with the list.
 */
export function facetRequests(asked: Asked): { facet: FacetName; request: SearchRequest }[] {
  const chosen = { source: asked.sources, topic: asked.topics };
  const without = { source: { ...asked, sources: [] }, topic: { ...asked, topics: [] } };
  return FACETS.filter((facet) => chosen[facet].length > 0).map((facet) => ({
    facet,
    request: { ...query(without[facet]), limit: 0, offset: 0, facets: [facet] },
  }));
}

/** The newest articles for the front page, and which years there are at all (`facetStats` of the timestamp). */
export const latestRequest = (): SearchRequest => ({
  q: '',
  limit: LATEST,
  offset: 0,
  sort: order('new'),
  ...SNIPPETS,
  cropLength: LATEST_WORDS,
});
export const yearsRequest = (): SearchRequest => ({ q: '', limit: 0, offset: 0, facets: ['timestamp'] });

/** One hit again, at its rank in the list, with the whole body marked. */
export const articleRequest = (asked: Asked, rank: number): SearchRequest => ({ ...query(asked), limit: 1, offset: rank, ...MARKED });

function query(asked: Asked): Pick<SearchRequest, 'q' | 'filter' | 'sort' | 'urdu'> {
  const filter = filters(asked);
  const sort = order(asked.sort);
  return {
    q: asked.q.trim(),
    ...(filter.length > 0 ? { filter } : {}),
    ...(sort.length > 0 ? { sort } : {}),
    ...(asked.exact && { urdu: { exact: true } }),
  };
}

const order = (sort: Sort): string[] => (sort === '' ? [] : [sort === 'new' ? 'timestamp:desc' : 'timestamp:asc']);

function filters({ sources, topics, from, to }: Asked): (string | string[])[] {
  return [
    ...(sources.length > 0 ? [sources.map((source) => equals('source', source))] : []),
    ...(topics.length > 0 ? [topics.map((topic) => equals('topic', topic))] : []),
    ...(from === undefined ? [] : [`timestamp >= ${startOfYear(from)}`]),
    ...(to === undefined ? [] : [`timestamp < ${startOfYear(to + 1)}`]),
  ];
}

/** Meilisearch unescapes the quote inside a quoted value and nothing else; a doubled backslash would stay doubled. */
const equals = (field: FacetName, value: string): string => `${field} = "${value.replaceAll('"', '\\"')}"`;
