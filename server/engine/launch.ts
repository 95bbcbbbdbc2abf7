/** One life of a local Meilisearch: spawned, found healthy, ended. `engine.ts` strings lives together. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { versionIn } from '../meilisearch/version.js';
import { createEngineLog } from './engine-log.js';
import { environmentOf } from './environment.js';
import { groupListensAt } from './listener.js';
import { type ProcessIdentity, signalGroup, startTimeOf } from './process.js';
import { letIndexingStandBack } from './stand-back.js';

export interface LaunchOptions {
  readonly executable: string;
  /** Of Justuju; the engine's own folder is `meili` in it. */
  readonly dataDir: string;
  /** Folder of the database. Default: `databasePath`. */
  readonly database?: string;
  /** Further options of the command line. */
  readonly options?: readonly string[];
  readonly port: number;
  readonly masterKey: string;
  readonly log: Logger;
  /** How long it may take to answer; it opens its whole database first. */
  readonly healthyWithinMs: number;
  /** Called at once after the spawn, so that a leftover can be found even when Justuju is killed while it waits. `killNow` is for an exit that leaves no time. */
  readonly onSpawn: (identity: ProcessIdentity, killNow: () => void) => void;
  readonly signal: AbortSignal;
}

export interface RunningChild extends ProcessIdentity {
  readonly version: string;
  /** Resolves when the process is gone, whatever ended it; never rejects. */
  readonly ended: Promise<Ending>;
  /** Resolves when it is gone: SIGTERM, and SIGKILL when it takes too long. */
  stop(): Promise<void>;
}

export interface Ending {
  /** "exit status 1", "signal SIGKILL" or the error of the spawn itself. */
  readonly how: string;
  readonly lastLines: readonly string[];
}

/** The engine did not come up. */
export class LaunchError extends Error {
  constructor(
    readonly reason: 'port taken' | 'not runnable' | 'ended' | 'not healthy',
    readonly ending: Ending,
    options?: ErrorOptions,
  ) {
    super(`Meilisearch did not start: ${reason}, ${ending.how}`, options);
    this.name = 'LaunchError';
  }
}

/** Meilisearch finishes what it writes and goes; measured idle 20 to 80 ms. */
const STOP_PATIENCE_MS = 10_000;
const PROBE_TIMEOUT_MS = 2_000;
const PROBE_PAUSE_MS = 25;
/** After the process is gone its last lines are still on their way. */
const LAST_LINES_MS = 500;
/** Meilisearch refuses a shorter key with `--env production`. */
const PRODUCTION_KEY_BYTES = 16;

export function databasePath(dataDir: string): string {
  return join(dataDir, 'meili', 'data.ms');
}

/** Free a moment ago. Who binds it must be ready to find it taken. */
export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export async function launch(options: LaunchOptions): Promise<RunningChild> {
  const { log, onSpawn, signal } = options;
  signal.throwIfAborted();

  const child = spawnEngine(options);
  const { ended, hasEnded } = watch(child, log);
  if (child.pid === undefined) throw new LaunchError('not runnable', await ended);
  const identity: ProcessIdentity = { pid: child.pid, startTime: startTimeOf(child.pid) ?? 'gone' };
  const stop = async (): Promise<void> => stopChild(child, ended);

  try {
    onSpawn(identity, () => killNow(child));
    const healthy = waitUntilHealthy(options, identity.pid, () => hasEnded() || signal.aborted);
    const version = await Promise.race([healthy, ended.then((ending): never => failEnded(ending))]);
    signal.throwIfAborted();
    if (version === undefined) {
      await stop();
      const { lastLines } = await ended;
      throw new LaunchError('not healthy', { how: `no answer within ${options.healthyWithinMs / 1000} s`, lastLines });
    }
    letIndexingStandBack(identity.pid);
    return { ...identity, version, ended, stop };
  } catch (error) {
    await stop();
    signal.throwIfAborted();
    throw error;
  }
}

function spawnEngine({
  executable,
  dataDir,
  database = databasePath(dataDir),
  options: further = [],
  port,
  masterKey,
  log,
}: LaunchOptions): ChildProcess {
  const folder = join(dataDir, 'meili');
  mkdirSync(folder, { recursive: true });
  const isProductionKey = Buffer.byteLength(masterKey) >= PRODUCTION_KEY_BYTES;
  const options = {
    'http-addr': `127.0.0.1:${port}`,
    'db-path': database,
    'dump-dir': join(folder, 'dumps'),
    'snapshot-dir': join(folder, 'snapshots'),
    // Production differs from development in two things: no search preview at its `/`, and no short master keys.
    env: isProductionKey ? 'production' : 'development',
    // At INFO it writes a line for each request.
    'log-level': log.isLevelEnabled('debug') ? 'INFO' : 'WARN',
  };
  return spawn(executable, [...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]), '--no-analytics', ...further], {
    // Meilisearch reads a `config.toml` from where it is started; here there is none but one that the operator put for it.
    cwd: folder,
    // The key goes by the environment: command lines can be read by every user of the machine.
    env: { ...environmentOf(process.env), MEILI_MASTER_KEY: masterKey },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C in a terminal reaches Justuju alone, which first answers what it has begun.
    detached: true,
  });
}

function watch(child: ChildProcess, log: Logger): { ended: Promise<Ending>; hasEnded: () => boolean } {
  const engineLog = createEngineLog(log);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) passLines(stream, engineLog.take);
  }
  let gone = false;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => {
      // Also emitted when a signal could not be sent; only without a pid there was never a process.
      if (child.pid === undefined) resolve({ how: error.message, lastLines: [] });
    });
    child.once('exit', (code, signal) => {
      gone = true;
      const how = signal === null ? `exit status ${code}` : `signal ${signal}`;
      // Not `closed` alone: a wrapper script may leave a child that keeps the pipes open.
      void Promise.race([closed, sleep(LAST_LINES_MS)]).then(() => resolve({ how, lastLines: engineLog.recent() }));
    });
  });
  return { ended, hasEnded: () => gone };
}

function passLines(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', take);
}

/** The version of our engine once it answers to our key, or undefined when it does not in time. */
async function waitUntilHealthy(
  { port, masterKey, healthyWithinMs }: LaunchOptions,
  pid: number,
  giveUp: () => boolean,
): Promise<string | undefined> {
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + healthyWithinMs;
  while (Date.now() < until && !giveUp()) {
    if ((await probe(`${url}/health`)) !== undefined) {
      // /health is open: it could be a stranger that took the port first. Only engines of ours know this key.
      const body = await probe(`${url}/version`, { Authorization: `Bearer ${masterKey}` });
      // Another engine of ours may have taken the port first; this one is still opening its database and will find it taken.
      if (body !== undefined && groupListensAt(pid, port) !== false) return versionIn(body);
    }
    await sleep(PROBE_PAUSE_MS);
  }
  return undefined;
}

async function probe(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    const body: unknown = await response.json();
    return response.ok ? body : undefined;
  } catch {
    return undefined; // Not listening yet, or not Meilisearch.
  }
}

function failEnded(ending: Ending): never {
  const isPortTaken = ending.lastLines.some((line) => /address already in use/i.test(line));
  throw new LaunchError(isPortTaken ? 'port taken' : 'ended', ending);
}

async function stopChild(child: ChildProcess, ended: Promise<Ending>): Promise<void> {
  if (child.pid === undefined) return;
  if (isRunning(child)) signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => killNow(child), STOP_PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

function killNow(child: ChildProcess): void {
  if (child.pid !== undefined && isRunning(child)) signalGroup(child.pid, 'SIGKILL');
}

/** Until Node has seen the exit the kernel keeps the process id, so a signal cannot meet a stranger. */
function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
