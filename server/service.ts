/** The HTTP service of one process: put up, announced, and taken down in order. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type App, createApp } from './app.js';
import type { Config } from './config.js';
import type { Engine } from './engine/engine.js';
import { isErrno } from './engine/process.js';
import { OperatorError } from './errors.js';
import { createHttpServer } from './http-server.js';
import type { PageSettings } from './page/settings.js';
import { shownPath } from './routes/request-log.js';

/** How long a stop may take in all, in milliseconds, of which the engine needs a part: orchestrators kill after ten seconds or more. */
const STOP_WITHIN_MS = 8_000;
/** How long a start waits for the page's collection, in milliseconds: on a busy machine the store of the samples takes some seconds; a large one that has none yet is read in the background. */
const PREPARED_WITHIN_MS = 15_000;
/** The most requests under way that are named when a process falls. */
const NAMED_REQUESTS = 20;

/** The built page, beside dist/server. */
const WEB_FOLDER = fileURLToPath(new URL('../web/', import.meta.url));

export const storeFolderOf = ({ dataDir }: Config): string => join(dataDir, 'store');

export interface ServiceOptions {
  readonly config: Config;
  /** What the operator says of the search page. */
  readonly page: PageSettings;
  readonly engine: Engine;
  readonly log: Logger;
  /** The metrics of all processes behind one port, where there are several. */
  readonly metricsOfAll?: () => Promise<string>;
}

export interface Service {
  readonly port: number;
  readonly app: App;
  /** What is under way, for the log of a process that falls. */
  underWay(): readonly string[];
  /** Says that it stops, takes no new connection, lets the requests under way finish; within eight seconds. */
  stop(): Promise<void>;
}

/** @throws OperatorError where it cannot listen */
export async function startService({ config, page, engine, log, metricsOfAll }: ServiceOptions): Promise<Service> {
  const app = createApp({
    engine,
    log,
    webFolder: WEB_FOLDER,
    storeFolder: storeFolderOf(config),
    ...(config.meiliUrl === undefined && { engineFolder: config.dataDir }),
    limits: config.limits,
    access: config.access,
    staleAnswersSeconds: config.staleAnswersSeconds,
    insight: config.insight,
    page,
    ...(config.pageKey !== undefined && { pageKey: config.pageKey }),
    ...(metricsOfAll && { metricsOfAll }),
  });
  const requests = new Set<string>();
  const server = createHttpServer((request, response) => {
    const name = `${request.method} ${shownPath(request.url?.split('?')[0] ?? '')}`.slice(0, 200);
    const one = `${name} #${performance.now()}`;
    requests.add(one);
    response.once('close', () => requests.delete(one));
    app.app(request, response);
  });
  try {
    const port = await listen(server, config);
    // It listens already. Who is told that it is ready finds words at once: before the store is open, Roman letters find nothing.
    await Promise.race([app.preparePage(PREPARED_WITHIN_MS), pause(PREPARED_WITHIN_MS, undefined, { ref: false })]);
    return {
      port,
      app,
      underWay: () => [...requests].slice(0, NAMED_REQUESTS).map((one) => one.replace(/ #[\d.]+$/, '')),
      stop: async () => {
        app.readiness.isStopping = true;
        await pause(config.stopDelayMs);
        await drain(server, STOP_WITHIN_MS - config.stopDelayMs, log);
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function listen(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(error, host, port)));
    server.listen({ host, port }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function explainListenError(error: Error, host: string, port: number): Error {
  const options = { cause: error };
  if (isErrno(error, 'EADDRINUSE')) {
    return new OperatorError(
      `${host}:${port} is in use by another program. Stop that one, or choose another port, for example PORT=${port + 1}; PORT=0 takes any free one.`,
      options,
    );
  }
  if (isErrno(error, 'EACCES')) {
    return new OperatorError(
      `PORT=${port} may not be used by this user; ports below 1024 are for root. Choose another, for example PORT=3000.`,
      options,
    );
  }
  if (isErrno(error, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL')) {
    return new OperatorError(
      `HOST=${host} is no address of this machine (${error.message}). Give HOST=127.0.0.1 for this machine alone or HOST=0.0.0.0 for the network.`,
      options,
    );
  }
  return error;
}

/** Takes no new connection, lets the requests under way finish, and closes what is left after `patienceMs`. */
async function drain(server: Server, patienceMs: number, log: Logger): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection whose last request has just been answered would hold the server open.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const patience = setTimeout(() => {
    log.warn(`some requests were not answered within ${patienceMs / 1000} s and are cut off`);
    server.closeAllConnections();
  }, patienceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(patience);
}
