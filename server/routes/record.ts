import type { IncomingHttpHeaders } from 'node:http';
import { NO_NEED, writeQueryUid } from '../insight/query-uid.js';
import type { SearchBody } from '../search/request.js';
import type { Context } from './context.js';

/** A search that shall not be counted says so: measurements, checks, the editor's own. */
const RECORD_HEADER = 'justuju-record';
/** As in Meilisearch (since 1.24): the answer shall hold the id of the search, for events. */
const METADATA_HEADER = 'meili-include-metadata';

/**
 * Counts an answered search among what readers look for, and puts the id for its events into the answer where the client asks for it.
 *
 * @param isRepeated the same words of the same request were counted already: one search in the parts that a page shows
 */
export async function recordSearch(
  headers: IncomingHttpHeaders,
  index: string,
  body: SearchBody,
  result: Record<string, unknown>,
  { insight, states }: Context,
  isRepeated = false,
): Promise<void> {
  if (!insight.isOn) return;
  const wantsUid = headers[METADATA_HEADER] === 'true';
  const isCounted = !isRepeated && headers[RECORD_HEADER] !== 'no' && isFirstPage(body);
  const queryUid = insight.searched(index, body['q'], result, { isCounted, wantsUid });
  if (!wantsUid) return;
  const { primaryKey } = await states.of(index);
  result['metadata'] = {
    ...(result['metadata'] as object | undefined),
    queryUid: queryUid ?? writeQueryUid({ at: Date.now(), hash: NO_NEED }),
    indexUid: index,
    ...(primaryKey !== undefined && { primaryKey }),
  };
}

/** Further pages are of the same search, a question without hits is asked for its counts, and one for a single document is how a hit is opened. */
const isFirstPage = ({ offset, limit, page, hitsPerPage, urdu }: SearchBody): boolean =>
  (offset ?? 0) === 0 &&
  limit !== 0 &&
  (page ?? 1) === 1 &&
  hitsPerPage !== 0 &&
  (urdu as { document?: unknown } | undefined)?.document === undefined;
