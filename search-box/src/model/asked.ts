/** What the reader asked for, and the address that says so. The address is the only memory: back, forward and sharing just work. */
import { latinDigits } from '../text/numbers.js';

export interface Asked {
  readonly q: string;
  /** Chosen values by facet field; no empty lists. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** First and last year, both included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** As Meilisearch writes it (`date:desc`); "" by relevance. */
  readonly sort: string;
  /** Each word as it was typed: a correction was undone. */
  readonly exact: boolean;
  /** From 1. */
  readonly page: number;
  /** The last page shown below it; more than `page` after "more". */
  readonly lastPage: number;
  /** Primary key of the article that is open for reading. */
  readonly doc: string | undefined;
  /** "": the first of the configuration. */
  readonly index: string;
}

export const NOTHING_ASKED: Asked = {
  q: '',
  filters: {},
  from: undefined,
  to: undefined,
  sort: '',
  exact: false,
  page: 1,
  lastPage: 1,
  doc: undefined,
  index: '',
};

/** Names in the address that are no facets; a facet of such a name has "f." before it. */
const RESERVED = new Set(['q', 'from', 'to', 'sort', 'exact', 'page', 'doc', 'index']);
const FACET_PREFIX = 'f.';
/** Pages that stay on the screen together: all of them are asked for again on a reload. */
export const MOST_PAGES = 5;

/** Reads any query string; what makes no sense is as if it were not there. Any other name is taken for a facet: which there are, the configuration says later. */
export function readUrl(search: string): Asked {
  const params = new URLSearchParams(search);
  const [page, lastPage] = readPages(params.get('page'));
  const filters: Record<string, string[]> = {};
  for (const name of new Set(params.keys())) {
    if (RESERVED.has(name)) continue;
    const values = distinct(params.getAll(name));
    if (values.length > 0) filters[name.startsWith(FACET_PREFIX) ? name.slice(FACET_PREFIX.length) : name] = values;
  }
  const sort = params.get('sort') ?? '';
  return {
    q: params.get('q') ?? '',
    filters,
    from: year(params.get('from')),
    to: year(params.get('to')),
    sort: /^[^\s:]+:(?:asc|desc)$/.test(sort) ? sort : '',
    exact: params.get('exact') === '1',
    page,
    lastPage,
    doc: params.get('doc') || undefined,
    index: params.get('index') ?? '',
  };
}

/** The shortest query string that `readUrl` reads back, with its "?"; "" when nothing is asked. */
export function writeUrl(asked: Asked): string {
  const params = new URLSearchParams();
  if (asked.q !== '') params.set('q', asked.q);
  for (const [field, values] of Object.entries(asked.filters)) {
    const name = RESERVED.has(field) || field.startsWith(FACET_PREFIX) ? FACET_PREFIX + field : field;
    for (const value of values) params.append(name, value);
  }
  if (asked.from !== undefined) params.set('from', String(asked.from));
  if (asked.to !== undefined) params.set('to', String(asked.to));
  if (asked.sort !== '') params.set('sort', asked.sort);
  if (asked.exact) params.set('exact', '1');
  if (asked.lastPage > asked.page) params.set('page', `${asked.page}-${asked.lastPage}`);
  else if (asked.page > 1) params.set('page', String(asked.page));
  if (asked.doc !== undefined) params.set('doc', asked.doc);
  if (asked.index !== '') params.set('index', asked.index);
  const written = params.toString();
  return written === '' ? '' : `?${written}`;
}

/** Only the facets that there are. */
export function withFacets(asked: Asked, fields: readonly string[]): Asked {
  const known = Object.entries(asked.filters).filter(([field]) => fields.includes(field));
  return known.length === Object.keys(asked.filters).length ? asked : { ...asked, filters: Object.fromEntries(known) };
}

/** With other values of one facet, from the first page on. */
export function withFilter(asked: Asked, field: string, values: readonly string[]): Asked {
  const others = Object.entries(asked.filters).filter(([name]) => name !== field);
  return onPage({ ...asked, filters: Object.fromEntries(values.length === 0 ? others : [...others, [field, values]]) }, 1);
}

export const onPage = (asked: Asked, page: number): Asked => ({ ...asked, page, lastPage: page, doc: undefined });

export const countOfFilters = ({ filters, from, to }: Asked): number =>
  Object.values(filters).reduce((sum, values) => sum + values.length, 0) + (from === undefined ? 0 : 1) + (to === undefined ? 0 : 1);

export const withoutFilters = (asked: Asked): Asked => onPage({ ...asked, filters: {}, from: undefined, to: undefined }, 1);

/** Nothing to search for: the front page. */
export const isHome = (asked: Asked): boolean => asked.q.trim() === '' && countOfFilters(asked) === 0 && asked.sort === '';

/** Equal for two states that show the same list; the open article does not matter. */
export const listKey = (asked: Asked): string => writeUrl({ ...asked, q: asked.q.trim(), doc: undefined });

const distinct = (values: string[]): string[] => [...new Set(values.filter((value) => value !== ''))];

function readPages(text: string | null): [number, number] {
  const [first, last] = (text ?? '').split('-').map(wholeNumber);
  if (first === undefined || first < 1) return [1, 1];
  return last === undefined || last < first ? [first, first] : [first, Math.min(last, first + MOST_PAGES - 1)];
}

function wholeNumber(text: string | null): number | undefined {
  const digits = latinDigits(text ?? '').trim();
  return /^\d{1,6}$/.test(digits) ? Number(digits) : undefined;
}

function year(text: string | null): number | undefined {
  const value = wholeNumber(text);
  return value !== undefined && value >= 1 && value <= 9999 ? value : undefined;
}
