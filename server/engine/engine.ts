/**
 * The engine behind Justuju, wherever it comes from. A local one is a child process that is kept alive, on one address
 * and with one key, from `startEngine` until `stop`.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { OperatorError } from '../errors.js';
import { addressOf, type DataFolder, folderError, type HolderKind, openDataFolder, readLiveState } from './data-folder.js';
import { type Executable, findExecutable } from './find-executable.js';
import { databasePath, findFreePort, LaunchError, launch, type RunningChild } from './launch.js';
import { commandLineOf, endProcess, isAlive, isErrno, messageOf } from './process.js';
import { checkClosed, checkRemote, checkRemotes } from './remote.js';

export interface Engine {
  /** Without trailing slash. Stays the same when a local engine is restarted. */
  readonly url: string;
  /** What Justuju itself uses. Never sent to a client. */
  readonly adminKey: string | undefined;
  /** Requests without `Authorization` get full rights: true only for a local engine without MEILI_MASTER_KEY. */
  readonly open: boolean;
  readonly kind: 'remote' | 'executable' | 'package';
  /** Ends a local engine and gives its data folder up. May be called twice; resolves when nothing is left. */
  stop(): Promise<void>;
}

export interface StartedEngine extends Engine {
  /** Says in the data folder where Justuju serves, for `npm run seed` and for a second start. A remote engine has no folder to say it in. */
  announce(host: string, port: number): void;
  /** For an exit that leaves no time: kills, and gives the folder up. */
  stopNow(): void;
}

export interface StartOptions {
  /** Who holds the data folder meanwhile. Default 'server'. */
  readonly as?: HolderKind;
  /** Gives up a start that is under way; `startEngine` then rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

/** Between two free ports and two binds somebody else may come; five times in a row nobody does. */
const PORT_TRIES = 5;
const HEALTHY_WITHIN_MS = 60_000;
const LEFTOVER_PATIENCE_MS = 10_000;

/**
 * Pauses between restarts, doubled from life to life. An engine that had answered for some seconds had run well: what ended it came from outside, and the next one is started at once. One that falls as soon as it
 * stands (a damaged database, no memory) is started ever more seldom, and never more seldom than readers can bear.
 */
const BACK_OFF = { firstMs: 50, longestMs: 5_000, forgetAfterMs: 3_000 } as const;

export async function startEngine(config: Config, log: Logger, options: StartOptions = {}): Promise<StartedEngine> {
  const { as = 'server', signal = new AbortController().signal } = options;
  if (config.meiliUrls !== undefined) return connectGroup(config.meiliUrls, config, log);
  if (config.meiliUrl !== undefined) return connectRemote(config.meiliUrl, config, log);

  const folder = await openDataFolder(config.dataDir, as);
  try {
    await endLeftover(folder, log);
    const executable = await withFolderErrors(folder, () =>
      findExecutable({ meiliBin: config.meiliBin, searchPath: process.env.PATH, dataDir: folder.path }),
    );
    return await withFolderErrors(folder, () => startLocal(executable, folder, config.meiliMasterKey, log, signal));
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** The engine of a Justuju that serves from this data folder now, or undefined. For the seed command. */
export async function findRunningEngine(
  dataDir: string,
): Promise<(Pick<Engine, 'url' | 'adminKey'> & { justujuUrl?: string }) | undefined> {
  const state = await readLiveState(dataDir);
  // The engine of another seed run is no place to stay: it goes when that run ends.
  if (state?.engine === undefined || state.holder === 'seed') return undefined;
  const justujuUrl = addressOf(state);
  return { url: state.engine.url, adminKey: state.engine.adminKey, ...(justujuUrl !== undefined && { justujuUrl }) };
}

async function connectRemote(url: string, { meiliApiKey: apiKey, isProduction }: Config, log: Logger): Promise<StartedEngine> {
  await checkRemote(url, apiKey, log);
  if (isProduction) await checkClosed(url);
  log.info({ url }, 'using the engine at MEILI_URL');
  return { url, adminKey: apiKey, open: false, kind: 'remote', announce: () => {}, stopNow: () => {}, stop: () => Promise.resolve() };
}

/** Several servers, reached by a door of our own. */
async function connectGroup(
  urls: readonly string[],
  { meiliApiKey: adminKey, isProduction, dataDir }: Config,
  log: Logger,
): Promise<StartedEngine> {
  const there = await checkRemotes(urls, adminKey, log);
  if (isProduction) for (const url of there) await checkClosed(url);
  // Loaded where there are several: with one it would only make each command begin later.
  const { startGroup } = await import('../group/group.js');
  const { url, close } = await startGroup({ urls, adminKey, folder: join(dataDir, 'group'), log });
  log.info({ urls }, `using ${urls.length} Meilisearch servers together`);
  return { url, adminKey, open: false, kind: 'remote', announce: () => {}, stopNow: () => {}, stop: close };
}

function warnOfShortKey(key: string | undefined, log: Logger): void {
  if (key === undefined || Buffer.byteLength(key) >= 16) return;
  log.warn(
    'MEILI_MASTER_KEY is shorter than 16 bytes, which Meilisearch takes for trying out only; make a better one with: openssl rand -hex 32',
  );
}

async function startLocal(
  executable: Executable,
  folder: DataFolder,
  givenKey: string | undefined,
  log: Logger,
  signal: AbortSignal,
): Promise<StartedEngine> {
  const masterKey = givenKey ?? randomBytes(32).toString('hex');
  warnOfShortKey(givenKey, log);
  const stopping = new AbortController();
  let killCurrent = (): void => {};
  const stopNow = (): void => {
    stopping.abort();
    killCurrent();
    folder.release();
  };
  // Last resort, for an exit that asked nobody.
  process.once('exit', stopNow);

  const launchAt = launching(executable, folder, masterKey, log, AbortSignal.any([signal, stopping.signal]), (killNow) => {
    killCurrent = killNow;
  });
  let first: RunningChild;
  let port: number;
  try {
    ({ child: first, port } = await launchOnFreePort(launchAt, executable, folder));
  } catch (error) {
    process.off('exit', stopNow);
    throw error;
  }
  log.info({ url: localUrl(port), enginePid: first.pid, version: first.version, from: executable.origin }, 'engine is healthy');
  const kept = keepAlive(first, () => launchAt(port), stopping.signal, log);

  const stop = async (): Promise<void> => {
    stopping.abort();
    await kept;
    process.off('exit', stopNow);
    folder.release();
  };
  let stopped: Promise<void> | undefined;

  return {
    url: localUrl(port),
    adminKey: masterKey,
    open: givenKey === undefined,
    kind: executable.kind,
    announce: (host, servedPort) => folder.record({ host, port: servedPort }),
    stopNow,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Launches Meilisearch at a port, and writes down which process it is. */
const launching =
  (
    executable: Executable,
    folder: DataFolder,
    masterKey: string,
    log: Logger,
    signal: AbortSignal,
    onSpawn: (killNow: () => void) => void,
  ): ((port: number) => Promise<RunningChild>) =>
  (port) =>
    launch({
      executable: executable.path,
      dataDir: folder.path,
      port,
      masterKey,
      log,
      healthyWithinMs: HEALTHY_WITHIN_MS,
      onSpawn: (identity, killNow) => {
        onSpawn(killNow);
        folder.record({ engine: { ...identity, url: localUrl(port), adminKey: masterKey } });
      },
      signal,
    });

async function launchOnFreePort(
  launchAt: (port: number) => Promise<RunningChild>,
  executable: Executable,
  folder: DataFolder,
): Promise<{ child: RunningChild; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    try {
      return { child: await launchAt(port), port };
    } catch (error) {
      if (!(error instanceof LaunchError)) throw error;
      if (error.reason !== 'port taken' || attempt === PORT_TRIES) throw explain(error, executable, folder.path);
    }
  }
}

/** Starts the next life after each death. When `stopping` is aborted it ends the present one; resolves then, never rejects. */
async function keepAlive(first: RunningChild, launchAgain: () => Promise<RunningChild>, stopping: AbortSignal, log: Logger): Promise<void> {
  let child: RunningChild | undefined = first;
  let bornAt = Date.now();
  let pauseMs: number = BACK_OFF.firstMs;
  const stopRequested = once(stopping);
  for (;;) {
    if (child !== undefined) {
      const ending = await Promise.race([child.ended, stopRequested]);
      if (ending === undefined) return child.stop();
      if (Date.now() - bornAt >= BACK_OFF.forgetAfterMs) pauseMs = BACK_OFF.firstMs;
      log.error({ how: ending.how, lastLines: ending.lastLines, restartInMs: pauseMs }, 'the engine died and will be restarted');
    }
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => {});
    if (stopping.aborted) return;
    pauseMs = Math.min(pauseMs * 2, BACK_OFF.longestMs);
    try {
      child = await launchAgain();
      bornAt = Date.now();
      log.info({ enginePid: child.pid }, 'the engine is healthy again');
    } catch (error) {
      if (stopping.aborted) return;
      child = undefined;
      const details = error instanceof LaunchError ? { how: error.ending.how, lastLines: error.ending.lastLines } : { err: error };
      log.error({ ...details, restartInMs: pauseMs }, 'the engine could not be restarted and will be tried again');
    }
  }
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * The engine of a Justuju that was killed runs on and holds the database. It is ended when it is that very process and
 * works on our database, and nothing else is: a process that got the number later is a stranger.
 */
export async function endLeftover(folder: DataFolder, log: Logger): Promise<void> {
  const { leftover } = folder.state;
  if (leftover === undefined) return;
  if (isAlive(leftover)) {
    if (!commandLineOf(leftover.pid).includes(databasePath(folder.path))) {
      log.warn({ enginePid: leftover.pid }, 'an engine that was recorded in this data folder runs on another one and is left alone');
    } else {
      log.warn({ enginePid: leftover.pid }, 'ending the engine that an earlier Justuju left behind');
      try {
        await endProcess(leftover, LEFTOVER_PATIENCE_MS);
      } catch (error) {
        const whose = isErrno(error, 'EPERM') ? 'It belongs to another user; as that user run' : 'Run';
        throw new OperatorError(
          `DATA_DIR=${folder.path}: an earlier Justuju left its engine behind (process ${leftover.pid}) and it could not be ended: ${messageOf(error)}. ${whose}: kill ${leftover.pid}`,
          { cause: error },
        );
      }
    }
  }
  folder.record({ leftover: undefined });
}

/** What the operator can do about an engine that does not come up. */
function explain(error: LaunchError, executable: Executable, dataDir: string): OperatorError {
  const { how, lastLines } = error.ending;
  const lines = lastLines.join('\n');
  const database = databasePath(dataDir);
  const elsewhere = 'Name another executable in MEILI_BIN, or a running server in MEILI_URL.';
  const said = lines === '' ? '' : ` Its last lines:\n${lines.replace(/^/gm, '  ')}\n`;
  const what = `Meilisearch (${executable.origin}) did not start: ${how}.`;
  const cause = { cause: error };

  if (error.reason === 'not runnable') {
    // The file was there a moment ago, so ENOENT is about the loader that it names.
    const why = /ENOENT/.test(how) ? 'Its dynamic loader is missing, as on Alpine Linux: this build needs glibc. ' : '';
    return new OperatorError(`${what} ${why}${elsewhere}`, cause);
  }
  if (/GLIBC_[\d.]+.? not found|error while loading shared libraries/.test(lines)) {
    return new OperatorError(`${what} It needs a newer system library (the npm package needs glibc 2.35).${said}${elsewhere}`, cause);
  }
  if (/database version .* incompatible|incompatible with your current engine/i.test(lines)) {
    return new OperatorError(
      `${what} Another version of Meilisearch wrote the database ${database}.${said}` +
        `Name an executable of the version that wrote it in MEILI_BIN, make a dump with it (POST /dumps) and import it into this one; or move the folder away (mv ${database} ${database}.old) and seed anew.`,
      cause,
    );
  }
  // What the kernel cannot run, libuv hands to a shell as a script.
  if (/exit status 12[67]/.test(how) || /: \d+: .*(not found|syntax error|unexpected)/i.test(lines)) {
    return new OperatorError(`${what} It does not seem to be a program for this machine.${said}${elsewhere}`, cause);
  }
  if (error.reason === 'port taken')
    return new OperatorError(`${what} ${PORT_TRIES} ports were taken one after another.${said}Try again.`, cause);
  if (error.reason === 'not healthy') {
    return new OperatorError(
      `${what}${said}If its database ${database} is very large, start again and give it time; or see LOG_LEVEL=debug.`,
      cause,
    );
  }
  return new OperatorError(
    `${what}${said}If its database is damaged, move it away (mv ${database} ${database}.damaged) and seed anew, or put a copy of it back; if the executable is not Meilisearch: ${elsewhere}`,
    cause,
  );
}

async function withFolderErrors<T>(folder: DataFolder, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw folderError(folder.path, error) ?? error;
  }
}

function localUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}
