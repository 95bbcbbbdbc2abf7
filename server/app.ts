import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { type Access, type Config, DEFAULT_INSIGHT, DEFAULT_LIMITS, type Limits, OPEN_ACCESS } from './config.js';
import { AnalysisThread } from './documents/analysis-thread.js';
import type { Engine } from './engine/engine.js';
import { BadRequest, JustujuError } from './errors.js';
import { ExportRelay } from './export/relay.js';
import { Spellings } from './facets/spellings.js';
import { Insight } from './insight/insight.js';
import { FOR_READERS } from './meilisearch/breaker.js';
import { EngineCapabilities } from './meilisearch/capabilities.js';
import { EngineHttp } from './meilisearch/http.js';
import { countAsPassedOn, Metrics } from './metrics/metrics.js';
import { PageConfigs } from './page/page-config.js';
import type { PageSettings } from './page/settings.js';
import { analyzeRoutes } from './routes/analyze.js';
import { auditLog } from './routes/audit.js';
import { canonicalPath, EXACT } from './routes/canonical-path.js';
import { type Context, drainUnread, reply, sendJson } from './routes/context.js';
import { crossOrigin } from './routes/cross-origin.js';
import { documentRoutes } from './routes/documents.js';
import { editorRedirect, editorRoutes } from './routes/editor.js';
import { exportRoutes } from './routes/export.js';
import { fieldRoutes } from './routes/fields.js';
import { foreignRoutes } from './routes/foreign.js';
import { admitSearches, Gate } from './routes/gate.js';
import { indexRoutes } from './routes/indexes.js';
import { insightRoutes } from './routes/insight.js';
import { metricsRoutes } from './routes/metrics.js';
import { pageConfigRoutes } from './routes/page-config.js';
import { ownFilesOnly } from './routes/page-policy.js';
import { passThrough } from './routes/pass-through.js';
import { underPrefix } from './routes/path-prefix.js';
import { pinRoutes } from './routes/pins.js';
import { rateLimits } from './routes/rate-limits.js';
import { bodyErrors } from './routes/read-json.js';
import { Readiness } from './routes/readiness.js';
import { readyRoutes } from './routes/ready.js';
import { docsRedirect, referenceRoutes } from './routes/reference.js';
import { requestLog, shownPath } from './routes/request-log.js';
import { Room, refuseWithoutRoom } from './routes/room.js';
import { searchRoutes } from './routes/search.js';
import { settingsRoutes } from './routes/settings.js';
import { StaleAnswers } from './routes/stale-answers.js';
import { suggestRoutes } from './routes/suggest.js';
import { taskRoutes } from './routes/tasks.js';
import { workStreamRoutes } from './routes/work-stream.js';
import { Collections } from './search/collections.js';
import { Verifiability } from './search/verifiability.js';
import { IndexStates } from './settings/index-state.js';
import { Stores } from './store/stores.js';
import { Synchronizer } from './store/synchronizer.js';

export interface AppOptions {
  readonly engine: Engine;
  readonly log: Logger;
  /** Folder of the built search page; without it `/` goes to Meilisearch. */
  readonly webFolder?: string;
  /** Where the stores of the indexes lie. */
  readonly storeFolder: string;
  /** Where a local Meilisearch has its data. */
  readonly engineFolder?: string;
  /** Milliseconds that the first search of an index waits for its store. Until it is there Meilisearch orders the hits. */
  readonly storeWaitMs?: number;
  /** What is not given is as when the operator sets nothing. */
  readonly limits?: Partial<Limits>;
  readonly access?: Access;
  readonly staleAnswersSeconds?: number;
  /** What readers look for is kept so many days, 0 for not at all, and in so many megabytes. */
  readonly insight?: Partial<Config['insight']>;
  /** What the operator says of the search page. */
  readonly page?: PageSettings;
  /** A key for the page that the operator has made. */
  readonly pageKey?: string;
  /** The metrics of all processes behind one port, where there are several. */
  readonly metricsOfAll?: () => Promise<string>;
}

export interface App {
  readonly app: Express;
  /** Makes the key of the page and opens its first collection, so that the log says what is wrong with its settings before readers come, and these find words at once. Waits for a store that is not in step for so many milliseconds at most. Never fails. */
  preparePage(withinMs: number): Promise<void>;
  /** Told when this process is about to stop. */
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/** What the routes work with, and how it is put away. */
function assemble({
  engine,
  log,
  storeFolder,
  engineFolder,
  limits: given,
  storeWaitMs,
  staleAnswersSeconds = 0,
  metricsOfAll,
  insight,
  page: settings = {},
  pageKey: givenKey,
}: AppOptions): {
  readonly context: Context;
  readonly close: () => Promise<void>;
} {
  const limits = { ...DEFAULT_LIMITS, ...given };
  const searches = new Gate({ ...limits.searches, waitMs: limits.searches.waitMs, what: 'searches' });
  const uploads = new Gate({ atOnce: limits.uploads, waiting: MOST_UPLOADS, waitMs: 0, what: 'uploads' });
  const metrics = new Metrics({ searches, uploads });
  const http = connect(engine, metrics, log, { gone: () => capabilities.forget(), back: () => comeBack() });
  const capabilities = new EngineCapabilities(http, engine);
  const stores = new Stores(storeFolder, log);
  const synchronizer = new Synchronizer({ stores, folder: storeFolder, http, engine, log });
  const exports = new ExportRelay(engine.url, log);
  const analysis = new AnalysisThread(log);
  const states = new IndexStates(http, engine, capabilities);
  /** It may hold other indexes than before. */
  const comeBack = (): void => {
    states.forget();
    synchronizer.engineIsBack();
  };
  const context: Context = {
    engine,
    http,
    states,
    capabilities,
    synchronizer,
    collections: new Collections(synchronizer, storeWaitMs),
    verifiability: new Verifiability({ http, engine, states, log }),
    spellings: new Spellings(http, engine),
    metrics,
    insight: insightOf(storeFolder, insight, log),
    room: new Room(engineFolder, log),
    page: new PageConfigs({ http, engine, states, log, settings, givenKey }),
    ...(metricsOfAll && { metricsOfAll }),
    limits,
    payloadLimit: limits.payload,
    gates: { searches, uploads },
    readiness: new Readiness(),
    stale: new StaleAnswers(staleAnswersSeconds),
    unfinished: new Map(),
    exports,
    analysis,
    log,
  };
  const close = async (): Promise<void> => {
    await exports.close();
    await analysis.close();
    synchronizer.close();
    await context.insight.close();
    await stores.close();
    await http.close();
    metrics.close();
  };
  return { context, close };
}

/** Beside the stores: they can be built anew from Meilisearch, what readers looked for cannot. */
function insightOf(storeFolder: string, { days, megabytes }: Partial<Config['insight']> = {}, log: Logger): Insight {
  return new Insight({
    folder: join(dirname(storeFolder), 'insight'),
    days: days ?? DEFAULT_INSIGHT.days,
    mostBytes: (megabytes ?? DEFAULT_INSIGHT.megabytes) * 1_000_000,
    log,
  });
}

/** Uploads that wait for their turn. Each holds a connection and some kilobytes. */
const MOST_UPLOADS = 1_000;

/** The connection to Meilisearch, and what is said and done when it is lost and found again. */
function connect(
  engine: Engine,
  metrics: Metrics,
  log: Logger,
  told: { readonly gone: () => void; readonly back: () => void },
): EngineHttp {
  return new EngineHttp(engine.url, {
    times: FOR_READERS,
    onAnswer: (started, status) => {
      metrics.engineAnswered(started, status);
      // It was gone: another version may come back.
      if (status === undefined) told.gone();
    },
    onChange: (state) => {
      metrics.engineIs(state);
      if (state === 'closed') {
        log.info('Meilisearch is there again: requests are sent on');
        told.back();
      } else if (state === 'open' && !metrics.isEngineGone) {
        metrics.isEngineGone = true;
        log.error({ url: engine.url }, 'Meilisearch does not answer: requests are refused until it does');
      }
    },
  });
}

/** The service: Meilisearch's API with Urdu put in. */
export function createApp(options: AppOptions): App {
  const { log, webFolder, page: settings = {} } = options;
  const policy = ownFilesOnly(settings);
  const { context, close } = assemble(options);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.enable('case sensitive routing');
  app.enable('strict routing');
  guard(app, context, options);
  const passOn = express.Router(EXACT).use(countAsPassedOn, passThrough(context));
  if (settings.pathPrefix !== undefined) app.use(underPrefix(settings.pathPrefix));
  // Before anything that looks at a path.
  app.use(docsRedirect());
  app.use(editorRedirect());
  app.use(canonicalPath(passOn));
  app.use(admitSearches(context.gates.searches));
  app.use(refuseWithoutRoom(context.room));
  // First, since readers wait for searches: what comes before is run for each. Index routes before all others: they hide Justuju's own indexes.
  app.use(meilisearchs(indexRoutes(context)));
  app.use(meilisearchs(searchRoutes(context)));

  if (webFolder !== undefined && existsSync(webFolder)) app.use(editorRoutes(webFolder), page(webFolder, policy));
  app.use(meilisearchs(healthRoutes(context)));
  app.use(analyzeRoutes(context));
  app.use(readyRoutes(context));
  app.use(meilisearchs(metricsRoutes(context)));
  app.use(referenceRoutes(policy));
  app.use(suggestRoutes(context));
  app.use(insightRoutes(context));
  app.use(pageConfigRoutes(context));
  for (const routes of [pinRoutes, documentRoutes, settingsRoutes, fieldRoutes, foreignRoutes, workStreamRoutes, exportRoutes, taskRoutes])
    app.use(meilisearchs(routes(context)));
  app.use(passOn);
  app.use(bodyErrors);
  app.use(answerErrors(log));
  const preparePage = (withinMs: number): Promise<void> =>
    context.page
      .forEverybody()
      .then(
        // What readers see first is open before they come.
        async ({ indexes: [first] }) => {
          if (first !== undefined) await context.collections.of(first.uid, withinMs);
        },
      )
      .catch((error: unknown) => log.warn({ err: error }, 'the search page could not be prepared; it is tried again when readers come'));
  return { app, preparePage, close, readiness: context.readiness, metrics: context.metrics };
}

/** What every request goes by, whatever it wants: its name, who asks, how often, and what is written down of it. */
function guard(app: Express, { limits, metrics, readiness }: Context, { log, access = OPEN_ACCESS }: AppOptions): void {
  if (access.trustProxy !== undefined) app.set('trust proxy', access.trustProxy);
  app.use(requestLog(log));
  app.use((_request, response, next) => {
    // So that clients and load balancers turn to another process.
    if (readiness.isStopping) response.setHeader('connection', 'close');
    next();
  });
  const audit = auditLog(access.auditLog, log);
  if (audit !== undefined) app.use(audit);
  app.use(crossOrigin(access.origins));
  app.use(metrics.count);
  for (const limit of rateLimits(limits)) app.use(limit);
  app.use(compression({ threshold: 0, filter: isCompressed, ...QUICK }));
}

/** Meilisearch answers HEAD and OPTIONS by itself, otherwise than Express would for its routes. */
const meilisearchs =
  (router: RequestHandler): RequestHandler =>
  (request, response, next) => {
    if (request.method === 'HEAD' || request.method === 'OPTIONS') next();
    else void router(request, response, next);
  };

/** The quickest of each method: an answer of twenty articles (48 kB) takes .6 ms in place of 7, and is 14 kB in place of 12. */
const QUICK = { level: 1, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } } } as const;

/** A packet of the network holds it in any case. */
const ONE_PACKET = 1_024;
const SEARCH = /search$/;

/**
 * All that can be made smaller, however short, as Meilisearch does; but for short answers to searches, where it takes longer than all the rest, for each letter that is typed. And not a
 * stream of events, which would wait until there is enough to compress.
 */
const isCompressed: compression.CompressionFilter = (request, response) => {
  if (String(response.getHeader('content-type')).startsWith('text/event-stream')) return false;
  if (request.method === 'POST' && SEARCH.test(request.path) && Number(response.getHeader('content-length')) < ONE_PACKET) return false;
  return compression.filter(request, response);
};

/** Meilisearch's own: whether it is there. Of this process the answer is the proof. */
function healthRoutes({ http }: Context): express.Router {
  const router = express.Router(EXACT);
  router.get('/health', async (_request, response) => {
    const answer = await http.request({ method: 'GET', path: '/health', authorization: undefined });
    reply(response, { status: answer.status, body: answer.json() });
  });
  return router;
}

/** The search page, with a policy under which nothing but its own files runs. */
function page(webFolder: string, policy: RequestHandler): express.Router {
  const router = express.Router(EXACT);
  // Written without a suffix, as `/docs`.
  router.get('/playground', policy, (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(resolve(webFolder, 'playground.html'));
  });
  router.use(
    express.static(webFolder, {
      index: 'index.html',
      // To the name of a folder a slash would be added, which paths lose again.
      redirect: false,
      // Here rather than before: what is no file of the page goes on, and answers of the API have no headers of pages.
      setHeaders: (response, path) => {
        void policy(response.req, response, () => undefined);
        response.setHeader('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  return router;
}

function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (hasBrokenOff(request, error)) {
      log.debug({ err: error, requestId: request.id }, 'a client broke off');
      response.destroy();
      return;
    }
    const known =
      error instanceof JustujuError
        ? error
        : (refusedByExpress(error) ??
          new JustujuError(500, 'internal', 'internal', 'Justuju failed on this request; its log says where.', { cause: error }));
    // Of a Meilisearch that is gone and of too many requests it is told once, where that is found.
    if (known.status === 500 || known.status === 502)
      log.error({ err: error, requestId: request.id, method: request.method, path: shownPath(request.url) }, known.message);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    drainUnread(response);
    if (known.status === 503) response.setHeader('retry-after', '1');
    if (known.status >= 500) response.setHeader('x-request-id', request.id as string);
    sendJson(response, known.status, JSON.stringify(known.toBody()));
  };
}

/** Codes of what a client's connection ends by: reset, closed, closed while an answer was sent, or before its body was read, or with bytes that are no HTTP. */
const OF_CONNECTIONS = /^(ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_PREMATURE_CLOSE|HPE_.*)$/;

/** Whether a request failed because its client is gone, or has sent what is no request behind it: nobody is left to be told, and nothing has failed here. */
function hasBrokenOff({ socket, destroyed }: Request, error: unknown): boolean {
  if (error instanceof JustujuError) return false;
  const { code } = (error ?? {}) as { code?: unknown };
  return (destroyed || socket.destroyed || socket.errored !== null) && typeof code === 'string' && OF_CONNECTIONS.test(code);
}

/** What Express itself finds wrong with a request, such as an address that cannot be decoded. */
function refusedByExpress(error: unknown): BadRequest | undefined {
  if (error instanceof URIError)
    return new BadRequest(`The address cannot be read (${error.message}). Write \`%\` as \`%25\`, and letters as percent-encoded UTF-8.`);
  const { status, message } = (error ?? {}) as { status?: unknown; message?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 ? new BadRequest(String(message), 'bad_request', status) : undefined;
}
