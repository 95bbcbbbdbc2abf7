import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Names of requests that clients and load balancers give: what else stands there might be meant for whoever reads the log. */
const SANE_ID = /^[\w.:/+=-]{1,128}$/;

function givenId({ headers }: IncomingMessage): string | undefined {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : undefined;
}

/** The address without what opens something: keys stand in `/keys/KEY`. */
export const shownPath = (url: string): string => url.replace(/^(\/+keys\/+)[^/?#]+/, '$1...').slice(0, 2_000);

/** Who named a request gets the name back. Who did not gets the answer that Meilisearch gives, but for failures, so that they can be found in the log. */
const named = (request: IncomingMessage, response: ServerResponse): string => {
  const given = givenId(request);
  if (given !== undefined) response.setHeader('x-request-id', given);
  return given ?? randomUUID();
};

/**
 * Requests by their names: at `debug`, but what failed here at `error`. Who is refused must not fill the disk. No headers: keys are among them.
 */
export const requestLog = (log: Logger): RequestHandler =>
  pinoHttp<IncomingMessage, ServerResponse>({
    logger: log,
    genReqId: named,
    // A request is written down only when it is logged.
    quietReqLogger: true,
    customLogLevel: (_request, response, error) => (error !== undefined || isFailure(response.statusCode) ? 'error' : 'debug'),
    serializers: {
      req: ({ id, method, url, remoteAddress }: Record<'id' | 'method' | 'url' | 'remoteAddress', string>) => ({
        id,
        method,
        url: shownPath(url),
        remoteAddress,
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });

/** 502, 503 and 504 are told once, when Meilisearch is found to be gone or this process to be full, and counted. */
const isFailure = (status: number): boolean => status === 500;
