/** Whole processes for tests, each ended by its own handle however the test ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SETTINGS } from '../../server/config/settings.js';

export const MAIN = resolve('dist/server/main.js');

export interface Justuju {
  readonly pid: number;
  /** What it printed as its address; rejects with its last words when it ends before. */
  readonly url: Promise<string>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly stderr: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const started = new Set<ChildProcess>();

/** For `afterEach`. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...started].map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((done) => child.once('exit', done));
      // Justuju stops its engine on SIGTERM; SIGKILL would leave it behind.
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(timer);
    }),
  );
  started.clear();
}

export function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(command, args, { env: { ...withoutSettings(process.env), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  started.add(child);
  return child;
}

/** A process that does nothing for a minute. */
export function startDecoy(): ChildProcess & { pid: number } {
  return withPid(start('sleep', ['60']));
}

export function startJustuju(env: NodeJS.ProcessEnv): Justuju {
  requireBuild();
  return follow(start(process.execPath, [MAIN], { PORT: '0', JUSTUJU_SAMPLES: 'off', ...env }));
}

export function follow(process: ChildProcess): Justuju {
  const child = withPid(process);
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) =>
    child.once('close', (code, signal) => done({ code, signal })),
  );
  const url = new Promise<string>((found, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const [, address] = /^Justuju is ready: (\S+)$/m.exec(stdout) ?? [];
      if (address !== undefined) found(address);
    });
    void exited.then(({ code, signal }) => reject(new Error(`Justuju ended with ${signal ?? code} before it was ready:\n${stderr}`)));
  });
  url.catch(() => {}); // A test that wants it to fail looks at `exited` alone.
  return { pid: child.pid, url, exited, stderr: () => stderr, kill: (signal) => child.kill(signal) };
}

export function requireBuild(): void {
  if (!existsSync(MAIN))
    throw new Error(`${MAIN} is missing. These tests run the built service: npm run build, or npm test, which builds first.`);
}

/** Process ids whose command line has this argument. Linux. */
export function processesNaming(argument: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(join('/proc', name, 'cmdline'), 'utf8')
          .split('\0')
          .includes(argument);
      } catch {
        return false;
      }
    })
    .map(Number);
}

export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
    await sleep(25);
  }
}

function withPid(child: ChildProcess): ChildProcess & { pid: number } {
  if (child.pid === undefined) throw new Error(`could not start ${child.spawnfile}`);
  return child as ChildProcess & { pid: number };
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = new Set<string>(Object.values(SETTINGS).map(({ variable }) => variable));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !settings.has(name) && !/^(MEILI|JUSTUJU)_/.test(name)));
}
