import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Engine } from '../engine/engine.js';
import { stringifyExactly } from '../engine/exact-json.js';
import type { EngineHttp } from '../engine/http.js';
import type { IndexStates } from '../engine/index-state.js';
import type { Spellings } from '../facets/spellings.js';
import type { StoredTerms } from '../forward-index/stored-terms.js';
import type { Metrics } from '../metrics/metrics.js';
import { cleanError } from '../settings/messages.js';
import type { Vocabularies } from '../vocabulary/vocabularies.js';

/** What the routes work with. */
export interface Context {
  readonly engine: Engine;
  readonly http: EngineHttp;
  readonly states: IndexStates;
  readonly vocabularies: Vocabularies;
  readonly terms: StoredTerms;
  readonly spellings: Spellings;
  readonly metrics: Metrics;
  /** Tasks that Meilisearch has finished and Justuju has not: shown as processing until their promise is settled. */
  readonly unfinished: Map<number, Promise<unknown>>;
  readonly log: Logger;
}

/**
 * The `Authorization` header to send on. It goes through untouched, so that keys and tenant tokens hold as in Meilisearch;
 * only where Justuju started the engine itself and nobody configured keys does a request without one get full rights.
 */
export function authorizationOf(request: Request, engine: Engine): string | undefined {
  const given = request.headers.authorization;
  if (given !== undefined) return given;
  return engine.open && engine.adminKey !== undefined ? `Bearer ${engine.adminKey}` : undefined;
}

/**
 * To be called before an answer is sent. An answer that comes before the body was read whole ends the connection: the client would else send its next request behind a body
 * that nobody reads.
 */
export function closeIfUnread(response: Response): void {
  const { complete, headers } = response.req;
  if (!complete && (headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined))
    response.setHeader('connection', 'close');
}

/** Answers with what Meilisearch said, or what we made of it: numbers as Meilisearch wrote them, errors in the client's terms. */
export function reply(response: Response, { status, body }: { status: number; body: unknown }): void {
  closeIfUnread(response);
  if (body === undefined) response.status(status).end();
  else
    response
      .status(status)
      .type('application/json')
      .send(stringifyExactly(status >= 400 ? cleanError(body) : body));
}

/** A path parameter of the route; Express types it as possibly missing, the route guarantees it. */
export const param = (request: Request, name: string): string => String(request.params[name] ?? '');
