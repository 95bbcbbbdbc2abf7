/**
 * Which process is which. A process id alone names nobody: ids are used again. Id and start time together do.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One process, for ever: no other process, before or after, has both. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque, compared and never read. Linux: clock ticks since boot and the boot's id. Elsewhere what `ps` calls `lstart`. */
  readonly startTime: string;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTime: startTimeOf(process.pid) ?? 'unknown' };
}

/** Undefined when no such process runs. A zombie does not run: it holds no file and no port, it only waits to be counted. */
export function startTimeOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return startTimeOf(pid) === startTime;
}

/** The arguments of a process, the executable first. Empty when it is gone or not ours to read. */
export function commandLineOf(pid: number): readonly string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    // `ps` does not say where an argument ends; a path with blanks is then not recognized and the process left alone.
    return ps(pid, 'command=').split(/\s+/);
  } catch {
    return [];
  }
}

/**
 * Ends a process that leads a group of its own, group and all: SIGTERM, and SIGKILL to what is left after `patienceMs`.
 * Its identity is checked again before each signal. Resolves when it is gone.
 */
export async function endProcess(target: ProcessIdentity, patienceMs: number): Promise<void> {
  if (isAlive(target)) signalGroup(target.pid, 'SIGTERM');
  if (await isGone(target, patienceMs)) return;
  if (isAlive(target)) signalGroup(target.pid, 'SIGKILL');
  if (!(await isGone(target, 5_000))) throw new Error(`Process ${target.pid} is still there 5 s after SIGKILL.`);
}

/** To the whole group that `pid` leads, else to `pid` alone. That it is gone already is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if (!isErrno(error, 'ESRCH')) throw error;
    }
  }
}

/** By shape, not by `instanceof`: in jest Node's own errors are of another realm. */
export function isErrno(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

async function isGone(target: ProcessIdentity, withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (isAlive(target)) {
    if (Date.now() >= until) return false;
    await sleep(20);
  }
  return true;
}

function startTimeFromProc(pid: number): string | undefined {
  const stat = statOf(pid);
  return stat === undefined ? undefined : `${stat.ticks}@${bootId()}`;
}

/** What /proc (Linux) says of a process: the leader of its group, and the clock ticks from boot to its start. Undefined when no such process runs. */
export function statOf(pid: number): { readonly group: number; readonly ticks: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 2 is the name in parentheses and may hold anything, blanks and parentheses too: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0]; //   field 3
    const group = fields[2]; //   field 5
    const ticks = fields[19]; //  field 22
    if (ticks === undefined || state === 'Z' || state === 'X') return undefined;
    return { group: Number(group), ticks };
  } catch {
    return undefined;
  }
}

/** Ticks count from boot, so the same pair may come back after a reboot, above all for services started by the system. */
function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const [state = '', ...started] = ps(pid, 'state=,lstart=').split(/\s+/);
    return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}

function ps(pid: number, columns: string): string {
  return execFileSync('ps', ['-o', columns, '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
