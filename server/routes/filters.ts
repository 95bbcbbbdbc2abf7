import type { Request } from 'express';
import { foldFilter } from '../facets/filter.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import type { SearchBody } from '../search/request.js';
import { hasArabicScript } from '../shadow/shadow.js';
import { authorizationOf, type Context, param } from './context.js';
import { readFilter } from './query-string.js';

/** The filter with all stored spellings of its Urdu values, for an index that we analyze. */
export async function foldedFilter({ filter }: SearchBody, uid: string, { states, spellings }: Context): Promise<{ filter?: unknown }> {
  if (filter === undefined || filter === null || (await states.of(uid)).analyzerVersion === undefined) return {};
  return { filter: await foldFilter(filter, uid, spellings) };
}

/**
 * Whether an answer is to be asked for again with the filter as the client wrote it: Meilisearch quotes a filter that it refuses, and the spellings in ours are of
 * everybody's documents. Asked of every filter that may have been rewritten, not only of those that were, since the time would tell whether there are other spellings.
 */
export const quotesFilter = ({ status }: { readonly status: number }, filter: unknown): boolean =>
  status === 400 && filter !== undefined && hasArabicScript(JSON.stringify(filter));

/** Asks with all spellings of a filter's values; what Meilisearch says against it, it says of the filter that the client wrote. */
export async function askFolded<A extends { readonly status: number }>(
  body: SearchBody,
  uid: string,
  context: Context,
  ask: (body: SearchBody) => Promise<A>,
): Promise<A> {
  const answer = await ask({ ...body, ...(await foldedFilter(body, uid, context)) });
  return quotesFilter(answer, body['filter']) ? ask(body) : answer;
}

/**
 * The same for a `GET`, its `filter` an expression or a JSON array of expressions.
 *
 * @param address that of the request, or one that asks the same in Meilisearch's terms
 */
export async function getFolded(request: Request, context: Context, address = request.originalUrl): Promise<EngineAnswer> {
  const get = (path: string): Promise<EngineAnswer> =>
    context.http.request({ method: 'GET', path, authorization: authorizationOf(request, context.engine) });
  const url = new URL(address, 'http://justuju');
  const written = url.searchParams.get('filter');
  if (written === null) return get(address);
  const { filter } = await foldedFilter({ filter: readFilter(written) }, param(request, 'uid'), context);
  if (filter === undefined) return get(address);
  url.searchParams.set('filter', typeof filter === 'string' ? filter : JSON.stringify(filter));
  const answer = await get(url.pathname + url.search);
  return quotesFilter(answer, written) ? get(address) : answer;
}
