import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Limits } from '../config.js';
import type { AnalysisThread } from '../documents/analysis-thread.js';
import type { Engine } from '../engine/engine.js';
import type { ExportRelay } from '../export/relay.js';
import type { Spellings } from '../facets/spellings.js';
import type { Insight } from '../insight/insight.js';
import { toBytes } from '../json/as-written.js';
import { stringifyExactly } from '../json/exact-json.js';
import type { EngineCapabilities } from '../meilisearch/capabilities.js';
import { type EngineHttp, encode } from '../meilisearch/http.js';
import type { Metrics } from '../metrics/metrics.js';
import type { PageConfigs } from '../page/page-config.js';
import type { Collections } from '../search/collections.js';
import type { StepTimes } from '../search/steps.js';
import type { Verifiability } from '../search/verifiability.js';
import type { IndexStates } from '../settings/index-state.js';
import { cleanError } from '../settings/messages.js';
import type { Synchronizer } from '../store/synchronizer.js';
import type { Gate } from './gate.js';
import type { Readiness } from './readiness.js';
import type { Room } from './room.js';
import type { StaleAnswers } from './stale-answers.js';

/** What the routes work with. */
export interface Context {
  readonly engine: Engine;
  readonly http: EngineHttp;
  readonly states: IndexStates;
  readonly capabilities: EngineCapabilities;
  readonly synchronizer: Synchronizer;
  readonly collections: Collections;
  readonly verifiability: Verifiability;
  readonly spellings: Spellings;
  readonly metrics: Metrics;
  readonly insight: Insight;
  /** Of the disk of a local Meilisearch. */
  readonly room: Room;
  readonly page: PageConfigs;
  /** Of all processes behind one port; undefined: this is the only one. */
  readonly metricsOfAll?: () => Promise<string>;
  readonly limits: Limits;
  /** Bytes of the largest body of a request. */
  readonly payloadLimit: number;
  readonly gates: { readonly searches: Gate; readonly uploads: Gate };
  readonly readiness: Readiness;
  readonly stale: StaleAnswers;
  /** Tasks that Meilisearch has finished and Justuju has not: shown as processing until their promise is settled. */
  readonly unfinished: Map<number, Promise<unknown>>;
  readonly exports: ExportRelay;
  /** For large uploads. */
  readonly analysis: AnalysisThread;
  readonly log: Logger;
  /** Of one request that searches. */
  readonly steps?: StepTimes;
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

/** How long the rest of a body is read that nobody wants, in milliseconds. */
const DRAIN_MS = 30_000;

/**
 * To be called before an answer is sent. Where it comes before the body was read whole, the rest is read and thrown away: a connection that is closed while the
 * client writes loses it the answer, and one that is left as it is holds its next request behind a body that nobody reads.
 */
export function drainUnread(response: Response): void {
  const request = response.req;
  if (request.complete) return;
  response.once('finish', () => {
    if (request.complete || request.destroyed) return;
    request.unpipe();
    // Whoever waited for more of it waits in vain, and would keep it from flowing.
    request.removeAllListeners('readable');
    request.resume();
    const timer = setTimeout(() => request.destroy(), DRAIN_MS).unref();
    request.once('close', () => clearTimeout(timer));
    request.once('end', () => clearTimeout(timer));
  });
}

/** Answers with what Meilisearch said, or what we made of it: numbers as Meilisearch wrote them, errors in the client's terms. */
export function reply(response: Response, { status, body }: { status: number; body: unknown }): void {
  drainUnread(response);
  if (body === undefined) response.status(status).end();
  else sendJson(response, status, status >= 400 ? stringifyExactly(cleanError(body)) : toBytes(body, encode));
}

/** Without the charset that Express would name: clients compare the header with Meilisearch's. */
export function sendJson(response: Response, status: number, body: string | Buffer): void {
  const bytes = typeof body === 'string' ? encode(body) : body;
  response.status(status);
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
}

/** A path parameter of the route; Express types it as possibly missing, the route guarantees it. */
export const param = (request: Request, name: string): string => String(request.params[name] ?? '');
