import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import { type Logger, pino } from 'pino';
import { OperatorError } from '../errors.js';
import { clientAddress } from './client-address.js';
import { keyHash } from './rate-limits.js';
import { shownPath } from './request-log.js';

/** Requests by `POST` that only ask, by the whole path: an index or a document may have such a name. */
const QUESTIONS =
  /^\/(?:multi-search|analyze|events|render-template|indexes\/[^/]+\/(?:search|facet-search|similar|fields|documents\/fetch))$/;

const TOO_MANY = 429;

/** Keys that are remembered, and for how long each is not told again that it is in use. */
const KEYS = { max: 10_000, ttl: 60 * 60_000 } as const;

/**
 * The audit log: a line for each write, for each request about keys, for each refusal of a key, and once an hour for each key that is in use. Keys stand in it as hashes.
 *
 * @param where `off`, `log` (among the lines of the service), or the path of a file, to which is appended
 */
export function auditLog(where: string, log: Logger): RequestHandler | undefined {
  if (where === 'off') return undefined;
  const lines = where === 'log' ? log.child({ component: 'audit' }) : toFile(where, log);
  const seen = new LRUCache<string, true>(KEYS);
  return (request, response, next) => {
    response.once('close', () => {
      const { authorization } = request.headers;
      const key = authorization === undefined ? undefined : keyHash(authorization);
      const events = eventsOf(request.method, request.path, response.statusCode);
      if (key !== undefined && !seen.has(key) && response.statusCode < 400) {
        seen.set(key, true);
        events.push('key in use');
      }
      for (const event of events)
        lines.info({
          event,
          requestId: request.id,
          address: clientAddress(request),
          method: request.method,
          path: shownPath(request.path),
          status: response.writableFinished ? response.statusCode : 'aborted',
          ...(key !== undefined && { key }),
        });
    });
    next();
  };
}

function eventsOf(method: string, path: string, status: number): string[] {
  // Nothing was written and no key was looked at; who asks too often fills no disk.
  if (status === TOO_MANY) return [];
  const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || (method === 'POST' && QUESTIONS.test(path));
  const events: string[] = [];
  if (status === 401 || status === 403) events.push('refused');
  else if (!isRead) events.push('write');
  if (/^\/keys(?:\/|$)/.test(path)) events.push('keys');
  return events;
}

/**
 * Whether lines can be appended to the file of an audit log, before anything is started.
 *
 * @throws OperatorError
 */
export function checkAuditLog(where: string): void {
  if (where === 'off' || where === 'log') return;
  try {
    mkdirSync(dirname(where), { recursive: true });
    closeSync(openSync(where, 'a', MODE));
  } catch (error) {
    throw new OperatorError(
      `AUDIT_LOG=${where} cannot be written (${(error as Error).message}). Give the path of a file that this user may write, for example AUDIT_LOG=/var/log/justuju/audit.log, or log, or off.`,
      { cause: error },
    );
  }
}

/** For its owner alone. */
const MODE = 0o600;

function toFile(path: string, log: Logger): Logger {
  const destination = pino.destination({ dest: path, append: true, mkdir: true, mode: MODE, sync: true });
  destination.on('error', (error: Error) => log.error({ err: error, path }, 'the audit log cannot be written'));
  return pino({ level: 'info', base: { pid: process.pid } }, destination);
}
