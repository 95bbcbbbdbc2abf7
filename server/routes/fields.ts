import { Router } from 'express';
import type { EngineAnswer } from '../meilisearch/http.js';
import { isAtLeast } from '../meilisearch/version.js';
import { isShadow } from '../shadow/shadow.js';
import { forward, readObject } from './body.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, param, reply } from './context.js';

interface Field {
  readonly name: string;
  readonly searchable?: { readonly enabled: boolean };
}

/** No index has more fields: Meilisearch numbers them by 16 bits. */
const ALL_FIELDS = 65_536;
const DEFAULT_LIMIT = 20;

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

/**
 * `POST /indexes/{uid}/fields`, since 1.33: what is known of each field, as a list, since 1.35 in pages. Shadow fields are left out, and totals and pages are those of the
 * fields that are left. A field is searchable where its shadow is.
 */
export function fieldRoutes(context: Context): Router {
  const router = Router(EXACT);
  const { engine, http, states, capabilities } = context;

  router.post('/indexes/:uid/fields', readObject(context), async (request, response) => {
    const uid = param(request, 'uid');
    const body = request.body as { offset?: unknown; limit?: unknown; filter?: unknown };
    const { offset = 0, limit = DEFAULT_LIMIT } = body;
    const { searchable: wanted, ...filter } = (body.filter ?? {}) as Record<string, unknown>;
    const state = await states.of(uid);
    // Not as Meilisearch takes it: let it refuse, in its own words.
    if (!isCount(offset) || !isCount(limit) || (wanted != null && typeof wanted !== 'boolean')) {
      await forward(context, request, response);
      return;
    }
    const ask = (sent: object): Promise<EngineAnswer> => http.send('POST', request.originalUrl, authorizationOf(request, engine), sent);
    if (state.analyzerVersion === undefined) {
      const answer = await ask(body);
      reply(response, { status: answer.status, body: answer.jsonOrText() });
      return;
    }
    // Before 1.35 there were no pages, and their parameters are refused.
    const paging = isAtLeast((await capabilities.now()).version, [1, 35]) ? { offset: 0, limit: ALL_FIELDS } : {};
    const answer = await ask({ ...body, ...paging, ...(body.filter != null && { filter }) });
    const found = answer.jsonOrText() as Field[] | { results: Field[] };
    if (answer.status !== 200) {
      reply(response, { status: answer.status, body: found });
      return;
    }
    const fields = (Array.isArray(found) ? found : found.results)
      .filter(({ name }) => !isShadow(name))
      .map((field) => ({ ...field, searchable: { enabled: isSearched(field.name, state.searchable) } }))
      .filter(({ searchable }) => wanted == null || searchable.enabled === wanted);
    const results = fields.slice(offset, offset + limit);
    reply(response, { status: 200, body: Array.isArray(found) ? fields : { ...found, results, offset, limit, total: fields.length } });
  });

  return router;
}

/** Whether a field is among the searchable attributes, or within one of them. */
const isSearched = (field: string, searchable: readonly string[]): boolean =>
  searchable.some((one) => one === '*' || one === field || field.startsWith(`${one}.`));
