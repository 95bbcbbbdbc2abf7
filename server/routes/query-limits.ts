import type { RequestHandler } from 'express';
import type { Limits } from '../config.js';
import { BadRequest } from '../errors.js';
import { isObject } from '../json/is-object.js';

/** Refuses queries that are longer, and multi-searches of more queries, than the operator allows. Behind the reader of the body. */
export function withinLimits({ queryLength = Number.POSITIVE_INFINITY, multiSearch = Number.POSITIVE_INFINITY }: Limits): RequestHandler {
  const check = (q: unknown, where: string): void => {
    if (typeof q !== 'string' || q.length <= queryLength) return;
    throw new BadRequest(
      `${where}\`q\` has ${q.length} characters. Here it may have ${queryLength} (QUERY_LENGTH_LIMIT): send a shorter one.`,
      'query_too_long',
    );
  };
  return (request, _response, next) => {
    for (const q of [request.query['q']].flat()) check(q, '');
    const body: unknown = request.body;
    if (isObject(body)) {
      check(body['q'], '');
      check(body['facetQuery'], 'As `facetQuery`, ');
      const { queries } = body;
      if (Array.isArray(queries)) {
        if (queries.length > multiSearch)
          throw new BadRequest(
            `\`queries\` has ${queries.length} queries. Here it may have ${multiSearch} (MULTI_SEARCH_LIMIT): send several requests.`,
            'too_many_queries',
          );
        for (const [nth, query] of queries.entries()) if (isObject(query)) check(query['q'], `Inside \`.queries[${nth}]\`: `);
      }
    }
    next();
  };
}
