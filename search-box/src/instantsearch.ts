/** A search client for InstantSearch that keeps what Justuju says of a query: `results.urdu`, and of each hit `hit._urdu`. */
import { type InstantMeiliSearchInstance, type InstantMeiliSearchOptions, instantMeiliSearch } from '@meilisearch/instant-meilisearch';
import type { Meilisearch } from 'meilisearch';
import { record } from './model/read.js';

/** What may be asked of Justuju beside what Meilisearch knows; see docs/search.md. */
export interface UrduOptions {
  /** Each word as it was typed. */
  readonly exact?: boolean;
  /** Why each hit was found, under `hit._urdu.why`. Default: true. */
  readonly why?: boolean;
  /** So many snippets of each cropped field, as escaped HTML, under `hit._urdu.fragments`. */
  readonly fragments?: number;
}

export interface JustujuSearchOptions extends InstantMeiliSearchOptions {
  readonly urdu?: UrduOptions;
}

/** How a query was understood, as in the response of a search: `didYouMean`, `wordsNotFound`, `understood`. */
export type Urdu = Readonly<Record<string, unknown>>;

export interface Suggestion {
  readonly text: string;
  readonly kind: 'words' | 'title';
}

export interface JustujuSearchClient {
  /** For InstantSearch's `searchClient`. */
  readonly searchClient: InstantMeiliSearchInstance;
  readonly meiliSearchInstance: Meilisearch;
  /** What is set here holds from the next search on. */
  setUrdu(options: UrduOptions): void;
  /** Completions of what is being typed. */
  suggest(
    typed: string,
    options: { readonly index: string; readonly limit?: number; readonly signal?: AbortSignal },
  ): Promise<Suggestion[]>;
}

type MultiSearch = (params: { readonly queries: readonly object[] }) => Promise<{ results: Record<string, unknown>[] }>;
type Results = { results: Record<string, unknown>[] };

/** @param host address of the Justuju; @param apiKey with the right to search, "" where none is needed */
export function justujuSearch(host: string, apiKey = '', { urdu, ...options }: JustujuSearchOptions = {}): JustujuSearchClient {
  let wanted: UrduOptions = { why: true, ...urdu };
  const { searchClient, meiliSearchInstance } = instantMeiliSearch(host, apiKey, options);
  // The adapter drops what it does not know of an answer, all but `metadata`: that carries it through, also out of its cache.
  const instance = meiliSearchInstance as unknown as { multiSearch: MultiSearch };
  const ask = instance.multiSearch.bind(instance);
  instance.multiSearch = async ({ queries }) => {
    const answer = await ask({ queries: queries.map((query) => ({ ...query, urdu: wanted })) });
    return {
      ...answer,
      results: answer.results.map((result) => ({ ...result, metadata: { ...record(result.metadata), urdu: result.urdu } })),
    };
  };
  const search = searchClient.search.bind(searchClient) as (requests: unknown) => Promise<Results>;
  const kept = {
    ...searchClient,
    async search(requests: unknown): Promise<Results> {
      const answer = await search(requests);
      return { ...answer, results: answer.results.map(withUrdu) };
    },
  };
  return {
    searchClient: kept as unknown as InstantMeiliSearchInstance,
    meiliSearchInstance,
    setUrdu(next) {
      wanted = { ...wanted, ...next };
      searchClient.clearCache();
    },
    async suggest(typed, { index, limit = 8, signal }) {
      const params = new URLSearchParams({ q: typed, index, limit: String(limit) });
      const headers: Record<string, string> = apiKey === '' ? {} : { Authorization: `Bearer ${apiKey}` };
      const response = await fetch(`${host.replace(/\/*$/, '/')}suggest?${params.toString()}`, { headers, signal: signal ?? null });
      const body = record(await response.json());
      if (!response.ok) throw new Error(typeof body.message === 'string' ? body.message : `suggest: ${response.status}`);
      return Array.isArray(body.suggestions) ? (body.suggestions as Suggestion[]) : [];
    },
  };
}

function withUrdu(result: Record<string, unknown>): Record<string, unknown> {
  const { urdu } = record(record(result._meilisearch).metadata);
  return urdu === undefined ? result : { ...result, urdu };
}
