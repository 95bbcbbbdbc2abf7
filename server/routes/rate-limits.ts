import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import { ClusterMemoryStoreWorker } from '@express-rate-limit/cluster-memory-store';
import type { RequestHandler } from 'express';
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit';
import type { Limits } from '../config.js';
import { JustujuError } from '../errors.js';
import { clientAddress } from './client-address.js';

const A_MINUTE = 60_000;

/** Whoever asks too often; express-rate-limit has put `Retry-After` and `RateLimit` beside it. */
class TooManyRequests extends JustujuError {
  constructor(whose: string, limit: number) {
    super(
      429,
      'too_many_requests',
      'invalid_request',
      `More than ${limit} requests a minute from this ${whose}. Wait as \`Retry-After\` says, and ask less often.`,
    );
  }
}

/** Asked by load balancers and orchestrators, which all come from one address. */
const isOfOperator = (path: string): boolean => path === '/health' || path === '/ready';

/** Limits by address and by key, where the operator set them. */
export function rateLimits({ perAddress, perKey }: Limits): RequestHandler[] {
  return [
    ...(perAddress === undefined
      ? []
      : [limited('address', perAddress, { keyGenerator: (request) => ipKeyGenerator(clientAddress(request)) })]),
    ...(perKey === undefined
      ? []
      : [
          limited('key', perKey, {
            keyGenerator: ({ headers }) => keyHash(headers.authorization ?? ''),
            skip: ({ headers, path }) => headers.authorization === undefined || isOfOperator(path),
          }),
        ]),
  ];
}

function limited(whose: 'address' | 'key', limit: number, options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: A_MINUTE,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: whose,
    skip: ({ path }) => isOfOperator(path),
    handler: (_request, _response, next) => next(new TooManyRequests(whose, limit)),
    // Behind one port the workers count together, in the process above them.
    ...(cluster.isWorker && { store: new ClusterMemoryStoreWorker({ prefix: whose }) }),
    ...options,
  });
}

/** Of a key or a token, for counting and for the audit log: from it nobody gets the key. */
export const keyHash = (authorization: string): string =>
  createHash('sha256')
    .update(authorization.replace(/^Bearer\s+/i, ''))
    .digest('hex')
    .slice(0, 16);
