/** From what the reader asked to the bodies of search requests, in Meilisearch's words. Pure. */
import { type Asked, NOTHING_ASKED } from './asked.js';
import { type DateUnit, type IndexConfig, topicOf } from './config.js';
import { MARK_END, MARK_START } from './marks.js';

export const HITS_PER_PAGE = 10;
/** Words around a match: two to three lines of Nastaliq. */
const SNIPPET_WORDS = 32;
/** Articles on the front page, and the words of each: a snippet is never cut by CSS, which leaves the tops of Nastaliq letters standing. */
const LATEST = 6;
const LATEST_WORDS = 20;
/** Words that stand for a missing headline, where they are the beginning of the text. */
const LEAD_WORDS = 14;

/** Outer list: all must hold. Inner list: one is enough. */
export type Filter = readonly (string | readonly string[])[];

export interface SearchRequest {
  readonly q: string;
  readonly limit: number;
  readonly offset: number;
  readonly facets?: readonly string[];
  readonly filter?: Filter;
  readonly sort?: readonly string[];
  readonly attributesToRetrieve?: readonly string[];
  readonly attributesToHighlight?: readonly string[];
  readonly attributesToCrop?: readonly string[];
  readonly cropLength?: number;
  readonly cropMarker?: string;
  readonly highlightPreTag?: string;
  readonly highlightPostTag?: string;
  /** Justuju's own: to be told of each hit why it was found; to have each word searched as it was typed; one document by its primary key. */
  readonly urdu?: { readonly why?: boolean; readonly exact?: boolean; readonly document?: string };
}

/** One or several pages of the list, with the counts of the filters. */
export const listRequest = (asked: Asked, index: IndexConfig): SearchRequest => ({
  ...query(asked, index),
  limit: HITS_PER_PAGE * (asked.lastPage - asked.page + 1),
  offset: (asked.page - 1) * HITS_PER_PAGE,
  facets: index.facets.map(({ field }) => field),
  ...snippets(index, SNIPPET_WORDS),
  urdu: { why: true, ...(asked.exact && { exact: true }) },
});

/**
 * Counts of a facet that is itself filtered, as if it were not: whoever picked one source still sees how many articles the
 * others have. Facets without a choice need no request; their counts come with the list.
 */
export function facetRequests(asked: Asked, index: IndexConfig): { field: string; request: SearchRequest }[] {
  return index.facets
    .filter(({ field }) => (asked.filters[field] ?? []).length > 0)
    .map(({ field }) => {
      const { [field]: _, ...others } = asked.filters;
      return { field, request: { ...query({ ...asked, filters: others }, index), limit: 0, offset: 0, facets: [field] } };
    });
}

/** The newest articles for the front page, where the index can order by date. */
export function latestRequest(index: IndexConfig): SearchRequest {
  const newest = newestFirst(index);
  return { q: '', limit: LATEST, offset: 0, ...(newest !== undefined && { sort: [newest] }), ...snippets(index, LATEST_WORDS) };
}

export const newestFirst = (index: IndexConfig): string | undefined =>
  index.sorts.find(({ by }) => isDateSort(by, index) && by.endsWith(':desc'))?.by;

const isDateSort = (by: string, { fields, dateFilter }: IndexConfig): boolean =>
  [fields.date, dateFilter?.field].some((field) => field !== undefined && by.startsWith(`${field}:`));

/** How many hits there would be. */
export const countRequest = (asked: Asked, index: IndexConfig): SearchRequest => ({ ...query(asked, index), limit: 0, offset: 0 });

/** Which dates the hits have, whatever years are chosen. */
export function datesRequest(asked: Asked, index: IndexConfig): SearchRequest {
  const facets = index.dateFilter === undefined ? [] : [index.dateFilter.field];
  return { ...query({ ...asked, from: undefined, to: undefined }, index), limit: 0, offset: 0, facets };
}

/** One article, whole, with the words of the query marked in it. */
export const articleRequest = (asked: Asked, index: IndexConfig, id: string): SearchRequest => ({
  q: asked.q.trim(),
  limit: 1,
  offset: 0,
  ...shown(index, index.fields.text),
  urdu: { document: id, why: true, ...(asked.exact && { exact: true }) },
});

/** As `articleRequest`, by its rank in a list. */
export const rankRequest = (asked: Asked, index: IndexConfig, rank: number): SearchRequest => ({
  ...query(asked, index),
  limit: 1,
  offset: rank,
  ...shown(index, index.fields.text),
});

/** All primary keys that can be had, in the order of an empty search. */
export const keysRequest = (index: IndexConfig): SearchRequest => ({
  ...query(NOTHING_ASKED, index),
  limit: index.maxTotalHits,
  offset: 0,
  attributesToRetrieve: distinct([index.primaryKey]),
});

/** The beginning of one text, for a document without a headline. */
export const leadRequest = (index: IndexConfig, id: string): SearchRequest => ({
  q: '',
  limit: 1,
  offset: 0,
  attributesToRetrieve: distinct([index.primaryKey]),
  attributesToCrop: index.fields.text.slice(0, 1),
  cropLength: LEAD_WORDS,
  cropMarker: '…',
  urdu: { document: id },
});

/** What a hit is asked for: only what is shown of it. The texts themselves stay where they are. */
function snippets(index: IndexConfig, words: number): Partial<SearchRequest> {
  const texts = index.fields.text.slice(0, 1);
  return {
    ...shown(index, texts),
    attributesToCrop: texts,
    cropLength: words,
    cropMarker: '…',
  };
}

/** Marks come with a text of each field that is marked; what is never marked is asked for as it is. */
function shown(index: IndexConfig, texts: readonly string[]): Partial<SearchRequest> {
  const { fields, primaryKey } = index;
  const marked = [fields.headline, fields.source, fields.author, topicOf(index), ...texts];
  const plain = [primaryKey, fields.date, fields.link, fields.image];
  return {
    attributesToRetrieve: distinct(plain),
    attributesToHighlight: distinct(marked),
    highlightPreTag: MARK_START,
    highlightPostTag: MARK_END,
  };
}

function query(asked: Asked, index: IndexConfig): Pick<SearchRequest, 'q' | 'filter' | 'sort' | 'urdu'> {
  const filter = filters(asked, index);
  const isSortable = index.sorts.some(({ by }) => by === asked.sort);
  return {
    q: asked.q.trim(),
    ...(filter.length > 0 ? { filter } : {}),
    ...(isSortable ? { sort: [asked.sort] } : {}),
    ...(asked.exact && { urdu: { exact: true } }),
  };
}

function filters({ filters: chosen, from, to }: Asked, { dateFilter, facets }: IndexConfig): (string | string[])[] {
  const byFacet = facets.flatMap(({ field }) => {
    const values = chosen[field] ?? [];
    return values.length === 0 ? [] : [values.map((value) => equals(field, value))];
  });
  if (dateFilter === undefined) return byFacet;
  const { field, unit } = dateFilter;
  return [
    ...byFacet,
    ...(from === undefined ? [] : [`${field} >= ${startOfYear(from, unit)}`]),
    ...(to === undefined ? [] : [`${field} < ${startOfYear(to + 1, unit)}`]),
  ];
}

/** The first moment of a year, as the field has it. */
export function startOfYear(year: number, unit: DateUnit): string {
  if (unit === 'iso') return `"${String(year).padStart(4, '0')}-01-01"`;
  // Of the years 0 to 99 `Date.UTC` makes 1900 to 1999.
  const milliseconds = new Date(0).setUTCFullYear(year, 0, 1);
  return String(unit === 'seconds' ? milliseconds / 1000 : milliseconds);
}

/** Meilisearch unescapes the quote inside a quoted value and nothing else; a doubled backslash would stay doubled. */
const equals = (field: string, value: string): string => `${field} = "${value.replaceAll('"', '\\"')}"`;

const distinct = (names: readonly (string | undefined)[]): string[] => [...new Set(names.filter((name) => name !== undefined))];
