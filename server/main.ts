/** `npm start`: engine, sample articles, HTTP service; and back down in the opposite order. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import { createApp } from './app.js';
import { type Config, readConfig } from './config.js';
import { httpUrl } from './engine/data-folder.js';
import { type StartedEngine, startEngine } from './engine/engine.js';
import { isErrno } from './engine/process.js';
import { OperatorError } from './errors.js';
import { createHttpServer } from './http-server.js';
import type { PageSettings } from './page/settings.js';
import { loadPageSettings } from './page/settings-file.js';
import { loadSamples } from './samples.js';
import { removeFormerIndex, removeFormerStores } from './store/former-stores.js';

/** How long requests that were under way may take to finish after a stop was asked for. */
const DRAIN_MS = 10_000;
/** Ctrl-C reaches Justuju twice under `npm start`: from the terminal and handed on by npm. That is one wish. */
const SAME_WISH_MS = 1_000;
const PARENT_CHECK_MS = 500;

/** The built page, beside dist/server. */
const WEB_FOLDER = fileURLToPath(new URL('../web/', import.meta.url));

let engine: StartedEngine | undefined;
let log: Logger | undefined;
const stopping = new AbortController();

async function main(): Promise<void> {
  const config = readConfig(process.env);
  // Before anything is started: what is wrong in a file is told at once.
  const page = await loadPageSettings(config);
  log = createLog(config.logLevel);
  stopOnSignals(log);
  stopWithParent(log);
  try {
    engine = await startEngine(config, log, { signal: stopping.signal });
    await serve(config, page, engine, log);
  } catch (error) {
    // What breaks because of the stop is no failure.
    if (!stopping.signal.aborted) throw error;
  } finally {
    await engine?.stop();
  }
  log.info('stopped');
}

/** Resolves when a stop was asked for and the last request is answered. */
async function serve(config: Config, page: PageSettings, engine: StartedEngine, log: Logger): Promise<void> {
  const storeFolder = join(config.dataDir, 'store');
  const service = createApp({
    engine,
    log,
    webFolder: WEB_FOLDER,
    storeFolder,
    payloadLimit: config.payloadLimit,
    insight: config.insight,
    page,
    ...(config.pageKey !== undefined && { pageKey: config.pageKey }),
  });
  try {
    // Before listening, so that who finds /health good also finds something to search.
    if (config.loadSamples) await Promise.race([loadSamplesOrSay(engine, log), stopRequested()]);
    stopping.signal.throwIfAborted();

    const server = createHttpServer(service.app);
    const port = await listen(server, config);
    engine.announce(config.host, port);
    warnWhenOpenToOthers(config, engine, log);
    process.stdout.write(`Justuju is ready: ${httpUrl(config.host, port)}\n`);
    // Nobody waits for these.
    void service.preparePage();
    void removeFormerStores(storeFolder, log);
    void removeFormerIndex(engine, log);

    await stopRequested();
    await drain(server, log);
  } finally {
    await service.close();
  }
}

async function loadSamplesOrSay(engine: StartedEngine, log: Logger): Promise<void> {
  try {
    await loadSamples(engine, log);
  } catch (error) {
    if (!stopping.signal.aborted) log.error({ err: error }, 'the sample articles could not be loaded; everything else works');
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

function warnWhenOpenToOthers({ host }: Config, { open }: StartedEngine, log: Logger): void {
  if (!open || host === 'localhost' || host === '::1' || host.startsWith('127.')) return;
  log.warn(
    { host },
    'no keys are configured and the service can be reached from other machines: everybody there has full rights. Set MEILI_MASTER_KEY.',
  );
}

/** Takes no new connection, lets the requests under way finish, and closes what is left after `DRAIN_MS`. */
async function drain(server: Server, log: Logger): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection whose last request has just been answered would hold the server open.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const patience = setTimeout(() => {
    log.warn(`some requests were not answered within ${DRAIN_MS / 1000} s and are cut off`);
    server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(patience);
}

function stopOnSignals(log: Logger): void {
  let askedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (askedAt === undefined) {
        askedAt = Date.now();
        log.info({ signal }, 'stopping; a second signal stops at once');
        stopping.abort();
      } else if (Date.now() - askedAt >= SAME_WISH_MS) {
        log.warn({ signal }, 'stopping at once');
        engine?.stopNow();
        process.exit(1);
      }
    });
  }
}

/** Under npm the process above is npm or its shell. When that is killed, nobody is left to hand a signal on. */
function stopWithParent(log: Logger): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid === parent || stopping.signal.aborted) return;
    log.info('stopping: the npm that started this process is gone');
    stopping.abort();
  }, PARENT_CHECK_MS).unref();
}

function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.signal.aborted) resolve();
    else stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** To standard error, so that standard output holds the one line with the address. Synchronous: the last words of a dying process count. */
function createLog(level: string): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  // A terminal that is gone is no reason to fall while stopping.
  destination.on('error', () => {});
  process.stdout.on('error', () => {});
  return pino({ level }, destination);
}

function sayFailure(error: unknown): void {
  if (error instanceof OperatorError) process.stderr.write(`Justuju: ${error.message}\n`);
  else if (log === undefined) console.error(error);
  else log.fatal({ err: error }, 'Justuju failed');
}

/** A bug: what runs is not to be trusted any more, but the engine is still to be stopped in order. */
function fallInOrder(error: unknown): void {
  sayFailure(error);
  process.exitCode = 1;
  if (engine === undefined) {
    // Not started yet, or starting: the exit hook of the engine does the rest.
    process.exit(1);
  }
  void engine.stop().finally(() => process.exit(1));
}

process.on('uncaughtException', fallInOrder);
process.on('unhandledRejection', fallInOrder);

try {
  await main();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  sayFailure(error);
  process.exit(1);
}
