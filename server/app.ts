import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { type Config, DEFAULTS } from './config.js';
import type { Engine } from './engine/engine.js';
import { BadRequest, JustujuError } from './errors.js';
import { ExportRelay } from './export/relay.js';
import { Spellings } from './facets/spellings.js';
import { Insight } from './insight/insight.js';
import { EngineCapabilities } from './meilisearch/capabilities.js';
import { EngineHttp } from './meilisearch/http.js';
import { countAsPassedOn, Metrics } from './metrics/metrics.js';
import { PageConfigs } from './page/page-config.js';
import type { PageSettings } from './page/settings.js';
import { analyzeRoutes } from './routes/analyze.js';
import { canonicalPath, EXACT } from './routes/canonical-path.js';
import { type Context, drainUnread, reply, sendJson } from './routes/context.js';
import { crossOrigin } from './routes/cross-origin.js';
import { documentRoutes } from './routes/documents.js';
import { editorRedirect, editorRoutes } from './routes/editor.js';
import { exportRoutes } from './routes/export.js';
import { fieldRoutes } from './routes/fields.js';
import { foreignRoutes } from './routes/foreign.js';
import { indexRoutes } from './routes/indexes.js';
import { insightRoutes } from './routes/insight.js';
import { metricsRoutes } from './routes/metrics.js';
import { pageConfigRoutes } from './routes/page-config.js';
import { ownFilesOnly } from './routes/page-policy.js';
import { passThrough } from './routes/pass-through.js';
import { underPrefix } from './routes/path-prefix.js';
import { pinRoutes } from './routes/pins.js';
import { bodyErrors } from './routes/read-json.js';
import { readyRoutes } from './routes/ready.js';
import { docsRedirect, referenceRoutes } from './routes/reference.js';
import { searchRoutes } from './routes/search.js';
import { settingsRoutes } from './routes/settings.js';
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
  /** What readers look for is kept so many days, 0 for not at all, and in so many megabytes. */
  readonly insight?: Partial<Config['insight']>;
  /** Bytes of the largest body of a request. Default 100 MB. */
  readonly payloadLimit?: number;
  /** What the operator says of the search page. */
  readonly page?: PageSettings;
  /** A key for the page that the operator has made. */
  readonly pageKey?: string;
}

export interface App {
  readonly app: Express;
  /** Makes the key of the page, so that the log says what is wrong with its settings before readers come. Never fails. */
  preparePage(): Promise<void>;
  close(): Promise<void>;
}

/** What the routes work with, and how it is put away. */
function assemble({ engine, log, storeFolder, payloadLimit, insight, page: settings = {}, pageKey: givenKey }: AppOptions): {
  readonly context: Context;
  readonly close: () => Promise<void>;
} {
  const metrics = new Metrics();
  const http: EngineHttp = new EngineHttp(engine.url, (started, status) => {
    metrics.engineAnswered(started, status);
    // It was gone: another version may come back.
    if (status === undefined) capabilities.forget();
  });
  const capabilities = new EngineCapabilities(http, engine);
  const stores = new Stores(storeFolder, log);
  const synchronizer = new Synchronizer({ stores, folder: storeFolder, http, engine, log });
  const exports = new ExportRelay(engine.url, log);
  const states = new IndexStates(http, engine, capabilities);
  const context: Context = {
    engine,
    http,
    states,
    capabilities,
    synchronizer,
    collections: new Collections(synchronizer),
    verifiability: new Verifiability({ http, engine, states, log }),
    spellings: new Spellings(http, engine),
    metrics,
    insight: insightOf(storeFolder, insight, log),
    page: new PageConfigs({ http, engine, states, log, settings, givenKey }),
    payloadLimit: payloadLimit ?? DEFAULTS.payloadLimitMb * 1_000_000,
    unfinished: new Map(),
    exports,
    log,
  };
  const close = async (): Promise<void> => {
    await exports.close();
    synchronizer.close();
    await context.insight.close();
    await stores.close();
    await http.close();
  };
  return { context, close };
}

/** Beside the stores: they can be built anew from Meilisearch, what readers looked for cannot. */
function insightOf(storeFolder: string, { days, megabytes }: Partial<Config['insight']> = {}, log: Logger): Insight {
  return new Insight({
    folder: join(dirname(storeFolder), 'insight'),
    days: days ?? DEFAULTS.insightDays,
    mostBytes: (megabytes ?? DEFAULTS.insightMegabytes) * 1_000_000,
    log,
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
  app.use(requestLog(log));
  app.use(crossOrigin);
  app.use(context.metrics.count);
  app.use(compression({ threshold: 0, filter: isCompressed, ...QUICK }));
  const passOn = express.Router(EXACT).use(countAsPassedOn, passThrough(context));
  if (settings.pathPrefix !== undefined) app.use(underPrefix(settings.pathPrefix));
  // Before anything that looks at a path.
  app.use(docsRedirect());
  app.use(editorRedirect());
  app.use(canonicalPath(passOn));
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
  const preparePage = (): Promise<void> =>
    context.page.forEverybody().then(
      () => undefined,
      (error: unknown) => log.warn({ err: error }, 'the search page could not be prepared; it is tried again when readers come'),
    );
  return { app, preparePage, close };
}

const requestLog = (log: Logger): RequestHandler =>
  pinoHttp({
    logger: log,
    // A request is written down only when it is logged.
    quietReqLogger: true,
    customLogLevel: (_request, response, error) => (error !== undefined || response.statusCode >= 500 ? 'error' : 'debug'),
  });

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
  return (error: unknown, _request, response, _next) => {
    const known =
      error instanceof JustujuError
        ? error
        : (refusedByExpress(error) ??
          new JustujuError(500, 'internal', 'internal', 'Justuju failed on this request; its log says where.', { cause: error }));
    if (known.status >= 500) log.error({ error }, known.message);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    drainUnread(response);
    if (known.status === 503) response.setHeader('retry-after', '1');
    sendJson(response, known.status, JSON.stringify(known.toBody()));
  };
}

/** What Express itself finds wrong with a request, such as an address that cannot be decoded. */
function refusedByExpress(error: unknown): BadRequest | undefined {
  if (error instanceof URIError)
    return new BadRequest(`The address cannot be read (${error.message}). Write \`%\` as \`%25\`, and letters as percent-encoded UTF-8.`);
  const { status, message } = (error ?? {}) as { status?: unknown; message?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 ? new BadRequest(String(message), 'bad_request', status) : undefined;
}
