import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { JustujuError } from '../errors.js';
import { parseExactly, stringifyExactly } from '../json/exact-json.js';
import type { EngineRequest } from '../meilisearch/http.js';
import type { IndexBounds } from './bounds.js';
import type { GroupLedger } from './group-ledger.js';
import type { Place } from './place.js';
import type { Servers } from './servers.js';
import type { Spread } from './spread.js';
import type { Answered, Writes } from './writes.js';

export interface GroupContext {
  readonly servers: Servers;
  readonly ledger: GroupLedger;
  readonly spread: Spread;
  readonly writes: Writes;
  readonly bounds: IndexBounds;
  readonly log: Logger;
}

/** A request that was read whole. */
export interface Asked {
  readonly method: EngineRequest['method'];
  /** Path and query string, as they came. */
  readonly path: string;
  readonly body: Buffer;
  readonly request: Request;
}

const PASSED_ON = ['content-type', 'meili-include-metadata', 'x-meilisearch-client'] as const;

/** The same request for a server, with the caller's own key. */
export function passedOn({ method, path, body, request }: Asked, changes: Partial<EngineRequest> = {}): EngineRequest {
  const headers: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return { method, path, authorization: request.headers.authorization, headers, ...(body.length > 0 && { body }), ...changes };
}

/** The same with another JSON body. */
export const withJson = (asked: Asked, body: unknown): EngineRequest => {
  const sent = passedOn(asked);
  return { ...sent, headers: { ...sent.headers, 'content-type': 'application/json' }, body: stringifyExactly(body) };
};

/** Undefined: it is no JSON. */
export function jsonIn({ body }: Asked): unknown {
  try {
    return parseExactly(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export const uidIn = ({ request }: Asked): string => String(request.params['uid']);

/** Servers whose part of an answer is missing. */
export interface Missing {
  readonly place: Place;
  readonly why: string;
}

/** What an answer says where servers are missing, for `urdu.partial`; nothing where all are there. */
export const tellMissing = (missing: readonly Missing[], servers: number): object =>
  missing.length === 0 ? {} : { missingServers: missing.map(({ place, why }) => ({ server: place + 1, message: why })), servers };

/** Reads the request, answers it, and turns what fails into Meilisearch's form of errors. */
export const answering =
  (log: Logger, answer: (asked: Asked) => Promise<Answered>): RequestHandler =>
  async (request, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const method = request.method as EngineRequest['method'];
      send(response, await answer({ method, path: request.originalUrl, body: Buffer.concat(chunks), request }));
    } catch (error) {
      if (!(error instanceof JustujuError))
        log.error({ err: error, method: request.method }, 'a request to several Meilisearch servers failed');
      const known =
        error instanceof JustujuError
          ? error
          : new JustujuError(500, 'internal', 'internal', 'Justuju failed on this request; its log says where.');
      send(response, { status: known.status, body: known.toBody() });
    }
  };

function send(response: Response, { status, body }: Answered): void {
  if (response.headersSent || response.destroyed) return;
  response.status(status);
  if (body === undefined) response.end();
  else if (typeof body === 'string') response.type('text/plain').end(body);
  else response.type('application/json').end(stringifyExactly(body));
}
