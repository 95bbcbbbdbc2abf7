/** The talk with the server, in Meilisearch's API shape. */
import { type Answer, type Completion, readAnswer, readCompletions } from '../model/answer.js';
import type { IndexConfig } from '../model/config.js';
import { record, textOf } from '../model/read.js';
import type { SearchRequest } from '../model/request.js';
import { ApiError, type Trouble } from './api-error.js';

/** Milliseconds until the page stops waiting. A search takes less than a tenth of a second; a first start may take several. */
const PATIENCE = 15_000;
/** Few enough to be seen whole, also above a phone's keyboard. */
const COMPLETIONS = 7;

export class Client {
  /** A key with the right to search, where the server wants one. */
  key: string | undefined;

  /** @param host where Justuju is, with or without a slash at the end */
  constructor(
    private readonly host: string,
    key: string | undefined,
  ) {
    this.key = key;
  }

  async search(index: IndexConfig, request: SearchRequest, signal: AbortSignal): Promise<Answer> {
    return readAnswer(await this.searchRaw(index.uid, request, signal), index);
  }

  async searchRaw(uid: string, request: Readonly<Record<string, unknown>> | SearchRequest, signal: AbortSignal): Promise<unknown> {
    return this.ask(`indexes/${encodeURIComponent(uid)}/search`, signal, { method: 'POST', body: JSON.stringify(request) });
  }

  /** Several searches in one request, answered in their order. */
  async searchAll(index: IndexConfig, requests: readonly SearchRequest[], signal: AbortSignal): Promise<Answer[]> {
    const queries = requests.map((request) => ({ indexUid: index.uid, ...request }));
    const { results } = record(await this.ask('multi-search', signal, { method: 'POST', body: JSON.stringify({ queries }) }));
    if (!Array.isArray(results) || results.length !== requests.length) throw new ApiError('garbled', 'not as many results as queries');
    return results.map((result) => readAnswer(result, index));
  }

  async document(index: IndexConfig, id: string, signal: AbortSignal): Promise<unknown> {
    return this.ask(`indexes/${encodeURIComponent(index.uid)}/documents/${encodeURIComponent(id)}`, signal, { method: 'GET' });
  }

  async suggest(uid: string, typed: string, signal: AbortSignal): Promise<Completion[]> {
    const params = new URLSearchParams({ q: typed, index: uid, limit: String(COMPLETIONS) });
    return readCompletions(await this.ask(`suggest?${params.toString()}`, signal, { method: 'GET' }));
  }

  /** `undefined` where the server has none. */
  async config(signal: AbortSignal): Promise<unknown> {
    try {
      return await this.ask('page-config', signal, { method: 'GET' });
    } catch (error) {
      // An older server, or Meilisearch itself: there is none, or it wants a key that may do more than search.
      if (error instanceof ApiError && ['not-found', 'key', 'refused', 'garbled'].includes(error.trouble)) return undefined;
      throw error;
    }
  }

  private async ask(path: string, signal: AbortSignal, init: RequestInit): Promise<unknown> {
    const headers = {
      ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(this.key === undefined ? {} : { Authorization: `Bearer ${this.key}` }),
    };
    const patience = new AbortController();
    const giveUp = () => patience.abort();
    const timer = setTimeout(giveUp, PATIENCE);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    try {
      const response = await fetch(this.host.replace(/\/*$/, '/') + path, { ...init, headers, signal: patience.signal });
      if (!response.ok) throw await refusal(response);
      return await response.json();
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
}

async function refusal(response: Response): Promise<ApiError> {
  const body = record(await response.json().catch(() => undefined));
  const detail = textOf(body.message) || `${response.status} ${response.statusText}`.trim();
  return new ApiError(troubleOf(response.status), detail, { code: textOf(body.code) });
}

function troubleOf(status: number): Trouble {
  if (status === 401 || status === 403) return 'key';
  if (status === 404) return 'not-found';
  return status >= 500 || status === 429 || status === 408 ? 'server' : 'refused';
}
