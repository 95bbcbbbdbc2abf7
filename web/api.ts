/** The talk with the server, in Meilisearch's API shape. What comes back is checked before the page uses it. */
import type { SearchRequest } from './request.js';
import { memory } from './storage.js';
import { REASONS, type WordReason } from './why.js';

export interface Hit {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly source: string;
  readonly topic: string;
  readonly date: string | undefined;
  /** With the markers of `marks.ts`; the plain text where the server formatted nothing. */
  readonly formatted: { readonly title: string; readonly body: string };
  /** Empty where nobody asked, or there was nothing to match. */
  readonly why: readonly WordReason[];
}

export type Counts = Readonly<Record<string, number>>;

export interface Answer {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly milliseconds: number;
  readonly facets: Readonly<Record<string, Counts>>;
  readonly facetStats: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
  readonly didYouMean: Meant | undefined;
  /** Words of the query that no article holds. */
  readonly notFound: readonly string[];
}

export interface Meant {
  readonly text: string;
  /** The same words in Urdu letters, from Roman ones or another keyboard's: nothing to ask back about. Otherwise a correction. */
  readonly isSameInUrdu: boolean;
}

/** What the reader may be typing: words, or the title of an article. */
export interface Completion {
  readonly text: string;
  readonly kind: 'words' | 'title';
}

export type Trouble = 'offline' | 'timeout' | 'key' | 'not-found' | 'refused' | 'server' | 'garbled';

/** Why there is no answer. `detail` is the server's own message, for those who can do something about it; `code` its error code. */
export class ApiError extends Error {
  readonly code: string;

  constructor(
    readonly trouble: Trouble,
    readonly detail: string,
    options?: ErrorOptions & { readonly code?: string },
  ) {
    super(`${trouble}: ${detail}`, options);
    this.name = 'ApiError';
    this.code = options?.code ?? '';
  }
}

/** Milliseconds until the page stops waiting. A search takes less than a tenth of a second; a first start may take several. */
const PATIENCE = 15_000;

/** The search key, when the server wants one. Gone when the tab is closed. */
export const searchKey = memory(() => sessionStorage, 'justuju.key');

export async function search(index: string, request: SearchRequest, signal: AbortSignal): Promise<Answer> {
  const body = await ask(`indexes/${encodeURIComponent(index)}/search`, signal, { method: 'POST', body: JSON.stringify(request) });
  return readAnswer(body);
}

/** As `search`; an index whose settings do not allow these facets answers without counts instead of not at all. */
export async function searchWithFacets(index: string, request: SearchRequest, signal: AbortSignal): Promise<Answer> {
  try {
    return await search(index, request, signal);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'invalid_search_facets') throw error;
    return search(index, { ...request, facets: [] }, signal);
  }
}

export async function getDocument(index: string, id: string, signal: AbortSignal): Promise<Hit> {
  return readHit(await ask(`indexes/${encodeURIComponent(index)}/documents/${encodeURIComponent(id)}`, signal, { method: 'GET' }));
}

/** Few enough to be seen whole, also above a phone's keyboard. */
const COMPLETIONS = 6;

export async function suggest(index: string, typed: string, signal: AbortSignal): Promise<Completion[]> {
  const params = new URLSearchParams({ q: typed, index, limit: String(COMPLETIONS) });
  const { suggestions } = record(await ask(`suggest?${params.toString()}`, signal, { method: 'GET' }));
  if (!Array.isArray(suggestions)) throw new ApiError('garbled', 'no "suggestions" in the answer');
  return suggestions.map(record).flatMap(({ text, kind }): Completion[] => {
    const readable = textOf(text).trim();
    return readable === '' ? [] : [{ text: readable, kind: kind === 'title' ? 'title' : 'words' }];
  });
}

async function ask(path: string, signal: AbortSignal, init: RequestInit): Promise<unknown> {
  const key = searchKey.get();
  const headers = {
    ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
  };
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  const timer = setTimeout(giveUp, PATIENCE);
  signal.addEventListener('abort', giveUp);
  try {
    const response = await fetch(path, { ...init, headers, signal: patience.signal });
    if (!response.ok) throw await refusal(response);
    return (await response.json()) as unknown;
  } catch (error) {
    // Whoever aborted it is no longer interested: let the abort through as it is.
    if (error instanceof ApiError || signal.aborted) throw error;
    if (patience.signal.aborted) throw new ApiError('timeout', `${PATIENCE} ms`, { cause: error });
    if (error instanceof SyntaxError) throw new ApiError('garbled', error.message, { cause: error });
    throw new ApiError('offline', String(error), { cause: error });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const body = record(await response.json().catch(() => undefined));
  const detail = textOf(body.message) || `${response.status} ${response.statusText}`.trim();
  return new ApiError(troubleOf(response.status), detail, { code: textOf(body.code) });
}

function troubleOf(status: number): Trouble {
  if (status === 401 || status === 403) return 'key';
  if (status === 404) return 'not-found';
  return status >= 500 || status === 429 ? 'server' : 'refused';
}

function readAnswer(body: unknown): Answer {
  const answer = record(body);
  if (!Array.isArray(answer.hits)) throw new ApiError('garbled', 'no "hits" in the answer');
  const hits = answer.hits.map(readHit);
  return {
    hits,
    total: numberOf(answer.estimatedTotalHits) ?? numberOf(answer.totalHits) ?? hits.length,
    milliseconds: numberOf(answer.processingTimeMs) ?? 0,
    facets: Object.fromEntries(Object.entries(record(answer.facetDistribution)).map(([name, counts]) => [name, readCounts(counts)])),
    facetStats: Object.fromEntries(Object.entries(record(answer.facetStats)).flatMap(readStats)),
    didYouMean: readMeant(answer.urdu),
    notFound: readTexts(record(answer.urdu).wordsNotFound),
  };
}

function readMeant(urdu: unknown): Meant | undefined {
  const text = textOf(record(urdu).didYouMean).trim();
  if (text === '') return undefined;
  const { retyped, words } = record(record(urdu).understood);
  const reasons = (Array.isArray(words) ? words : []).map((word) => {
    const { readings } = record(word);
    return Array.isArray(readings) ? textOf(record(readings[0]).reason) : '';
  });
  return { text, isSameInUrdu: textOf(retyped) !== '' || (reasons.includes('transliterated') && !reasons.includes('corrected')) };
}

const readTexts = (value: unknown): string[] => (Array.isArray(value) ? value : []).map(textOf).filter((text) => text !== '');

function readHit(value: unknown): Hit {
  const hit = record(value);
  const formatted = record(hit._formatted);
  const title = textOf(hit.title);
  const body = textOf(hit.body);
  return {
    id: textOf(hit.id),
    title,
    body,
    source: textOf(hit.source),
    topic: textOf(hit.topic),
    date: textOf(hit.date) || undefined,
    formatted: { title: textOf(formatted.title) || title, body: textOf(formatted.body) || body },
    why: readWhy(record(hit._urdu).why),
  };
}

/** A reason this page does not know yet is left out. */
const readWhy = (value: unknown): WordReason[] =>
  (Array.isArray(value) ? value : []).map(record).flatMap(({ word, reason, field, form }) => {
    const known = REASONS.find((name) => name === reason);
    return known === undefined ? [] : [{ word: textOf(word), reason: known, field: textOf(field), form: textOf(form) }];
  });

const readCounts = (value: unknown): Counts =>
  Object.fromEntries(Object.entries(record(value)).flatMap(([name, count]) => (typeof count === 'number' ? [[name, count]] : [])));

function readStats([name, value]: [string, unknown]): [string, { min: number; max: number }][] {
  const min = numberOf(record(value).min);
  const max = numberOf(record(value).max);
  return min === undefined || max === undefined ? [] : [[name, { min, max }]];
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
