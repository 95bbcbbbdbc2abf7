/**
 * `npm start`: engine, sample articles, HTTP service; and back down in the opposite order. With `--workers N` (or `WORKERS`) this process holds engine and port, and N others behind it answer.
 */
import cluster from 'node:cluster';
import { parseArgs } from 'node:util';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from './config.js';
import { httpUrl } from './engine/data-folder.js';
import { type StartedEngine, startEngine } from './engine/engine.js';
import { OperatorError } from './errors.js';
import type { PageSettings } from './page/settings.js';
import { loadPageSettings } from './page/settings-file.js';
import { checkAuditLog } from './routes/audit.js';
import { loadSamples } from './samples.js';
import { type Service, startService, storeFolderOf } from './service.js';
import { removeFormerIndex, removeFormerStores } from './store/former-stores.js';
import { type Supervised, supervise } from './supervisor.js';
import { VERSION } from './version.js';
import { runWorker } from './worker-process.js';

/** Ctrl-C reaches Justuju twice under `npm start`: from the terminal and handed on by npm. That is one wish. */
const SAME_WISH_MS = 1_000;
const PARENT_CHECK_MS = 500;

const USAGE = `Usage: node dist/server/main.js [--workers N] [--config FILE]
Starts Justuju: full-text search for Urdu, in front of Meilisearch. Its first line on standard output says the address.

Options:
  --workers N     so many processes behind the one port; as WORKERS
  --config FILE   the settings; as JUSTUJU_CONFIG (default: justuju.config.json here, if it is there)
  -h, --help      this
  -V, --version   the version

All settings, in the environment or that file: docs/operating.md. Is all well? npx justuju doctor
`;

let engine: StartedEngine | undefined;
let served: Service | Supervised | undefined;
let log: Logger | undefined;
const stopping = new AbortController();

async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help === true || values.version === true) {
    process.stdout.write(values.help === true ? USAGE : `${VERSION}\n`);
    return;
  }
  const config = readConfig(environment(values), { isService: true });
  // Before anything is started: what is wrong in a file is told at once.
  const page = await loadPageSettings(config);
  checkAuditLog(config.access.auditLog);
  log = createLog(config);
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

/** `--workers` and `--config` say the same as `WORKERS` and `JUSTUJU_CONFIG`, and win. */
function environment(values: Arguments): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(values.workers !== undefined && { WORKERS: values.workers }),
    ...(values.config !== undefined && { JUSTUJU_CONFIG: values.config }),
  };
}

interface Arguments {
  readonly workers?: string;
  readonly config?: string;
  readonly help?: boolean;
  readonly version?: boolean;
}

function readArguments(): { readonly values: Arguments } {
  try {
    return parseArgs({
      options: {
        workers: { type: 'string' },
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'V' },
      },
    });
  } catch (error) {
    throw new OperatorError(
      `${(error as Error).message.replace(/\.$/, '')}. Options are --workers N, --config FILE, --help and --version; all else is set by the environment or justuju.config.json.`,
    );
  }
}

/** Resolves when a stop was asked for and the last request is answered. */
async function serve(config: Config, page: PageSettings, engine: StartedEngine, log: Logger): Promise<void> {
  // Before listening, so that who finds /health good also finds something to search.
  if (config.loadSamples) await Promise.race([loadSamplesOrSay(engine, log), stopRequested()]);
  stopping.signal.throwIfAborted();

  served = config.workers === 0 ? await startService({ config, page, engine, log }) : await supervise({ config, page, engine, log });
  try {
    engine.announce(config.host, served.port);
    warnWhenOpenToOthers(config, engine, log);
    process.stdout.write(`Justuju is ready: ${httpUrl(config.host, served.port)}\n`);
    // Nobody waits for these.
    void removeFormerStores(storeFolderOf(config), log);
    void removeFormerIndex(engine, log);
    await stopRequested();
  } finally {
    await served.stop();
  }
}

async function loadSamplesOrSay(engine: StartedEngine, log: Logger): Promise<void> {
  try {
    await loadSamples(engine, log);
  } catch (error) {
    if (!stopping.signal.aborted) log.error({ err: error }, 'the sample articles could not be loaded; everything else works');
  }
}

function warnWhenOpenToOthers({ host }: Config, { open }: StartedEngine, log: Logger): void {
  if (!open || host === 'localhost' || host === '::1' || host.startsWith('127.')) return;
  log.warn(
    { host },
    'no keys are configured and the service can be reached from other machines: everybody there has full rights. Set MEILI_MASTER_KEY.',
  );
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
        if (served !== undefined && 'stopNow' in served) served.stopNow();
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
function createLog({ logLevel: level }: Config): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  // A terminal that is gone is no reason to fall while stopping.
  destination.on('error', () => {});
  process.stdout.on('error', () => {});
  return pino({ level }, destination);
}

function sayFailure(error: unknown): void {
  if (error instanceof OperatorError) process.stderr.write(`Justuju: ${error.message}\n`);
  else if (log === undefined) console.error(error);
  else log.fatal({ err: error, underWay: served !== undefined && 'underWay' in served ? served.underWay() : [] }, 'Justuju failed');
}

/** A bug: what runs is not to be trusted any more, but the engine is still to be stopped in order. */
function fallInOrder(error: unknown): void {
  sayFailure(error);
  process.exitCode = 1;
  if (engine === undefined) {
    // Not started yet, or starting: the exit hook of the engine does the rest.
    process.exit(1);
  }
  if (served !== undefined && 'stopNow' in served) served.stopNow();
  void engine.stop().finally(() => process.exit(1));
}

if (cluster.isWorker) runWorker(createLog);
else await runAlone();

async function runAlone(): Promise<void> {
  process.on('uncaughtException', fallInOrder);
  process.on('unhandledRejection', fallInOrder);
  try {
    await main();
    process.exit(process.exitCode ?? 0);
  } catch (error) {
    sayFailure(error);
    process.exit(1);
  }
}
