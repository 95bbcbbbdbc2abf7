/** What the reader asked for, and the address that says so. The address is the only memory: back, forward and sharing just work. */
import { latinDigits } from './numbers.js';

export type Sort = '' | 'new' | 'old';

export interface Asked {
  readonly q: string;
  readonly sources: readonly string[];
  readonly topics: readonly string[];
  /** First and last year, both included. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly sort: Sort;
  /** Each word as it was typed: a correction was undone. */
  readonly exact: boolean;
  /** From 1. */
  readonly page: number;
  /** Id of the article that is open for reading. */
  readonly doc: string | undefined;
  readonly index: string;
}

export const DEFAULT_INDEX = 'articles';

export const NOTHING_ASKED: Asked = {
  q: '',
  sources: [],
  topics: [],
  from: undefined,
  to: undefined,
  sort: '',
  exact: false,
  page: 1,
  doc: undefined,
  index: DEFAULT_INDEX,
};

/** Reads any query string; what makes no sense is as if it were not there. */
export function readUrl(search: string): Asked {
  const params = new URLSearchParams(search);
  const sort = params.get('sort');
  const page = wholeNumber(params.get('page'));
  return {
    q: params.get('q') ?? '',
    sources: distinct(params.getAll('source')),
    topics: distinct(params.getAll('topic')),
    from: year(params.get('from')),
    to: year(params.get('to')),
    sort: sort === 'new' || sort === 'old' ? sort : '',
    exact: params.get('exact') === '1',
    page: page !== undefined && page >= 1 ? page : 1,
    doc: params.get('doc') || undefined,
    index: params.get('index') || DEFAULT_INDEX,
  };
}

/** The shortest query string that `readUrl` reads back, with its "?"; "" when nothing is asked. */
export function writeUrl(asked: Asked): string {
  const params = new URLSearchParams();
  if (asked.q !== '') params.set('q', asked.q);
  for (const source of asked.sources) params.append('source', source);
  for (const topic of asked.topics) params.append('topic', topic);
  if (asked.from !== undefined) params.set('from', String(asked.from));
  if (asked.to !== undefined) params.set('to', String(asked.to));
  if (asked.sort !== '') params.set('sort', asked.sort);
  if (asked.exact) params.set('exact', '1');
  if (asked.page > 1) params.set('page', String(asked.page));
  if (asked.doc !== undefined) params.set('doc', asked.doc);
  if (asked.index !== DEFAULT_INDEX) params.set('index', asked.index);
  const written = params.toString();
  return written === '' ? '' : `?${written}`;
}

export const countOfFilters = (asked: Asked): number =>
  asked.sources.length + asked.topics.length + (asked.from === undefined ? 0 : 1) + (asked.to === undefined ? 0 : 1);

export const withoutFilters = (asked: Asked): Asked => ({ ...asked, sources: [], topics: [], from: undefined, to: undefined, page: 1 });

/** Nothing to search for: the front page. */
export const isHome = (asked: Asked): boolean => asked.q.trim() === '' && countOfFilters(asked) === 0 && asked.sort === '';

/** Equal for two states that show the same list; the open article does not matter. */
export const listKey = (asked: Asked): string => writeUrl({ ...asked, q: asked.q.trim(), doc: undefined });

const distinct = (values: string[]): string[] => [...new Set(values.filter((value) => value !== ''))];

function wholeNumber(text: string | null): number | undefined {
  const digits = latinDigits(text ?? '').trim();
  return /^\d{1,6}$/.test(digits) ? Number(digits) : undefined;
}

function year(text: string | null): number | undefined {
  const value = wholeNumber(text);
  return value !== undefined && value >= 1 && value <= 9999 ? value : undefined;
}
