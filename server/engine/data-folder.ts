/**
 * The data folder and its one holder. `justuju.json` in it is lock and notice at once: it says which process holds the
 * folder, where its engine listens and with which key. Whoever finds it decides by pid and start time whether the holder
 * still lives; there is no age at which a lock expires, so a busy or suspended holder never loses it.
 *
 * Taking over a dead holder's lock must not race: of two starts that both see it, one must win and the other must see
 * the winner. Deleting and creating anew cannot do that (the slower one deletes the winner's lock). So each state has a
 * nonce, and only the holder of the file `justuju.json.after-NONCE`, created exclusively, may replace the state with that
 * nonce, after a second look that it is still there. A claimant killed in between is succeeded by the same rule.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../errors.js';
import { isAlive, isErrno, messageOf, ownIdentity, type ProcessIdentity } from './process.js';

/** What a person started: `npm start` or `npm run seed`. */
export type HolderKind = 'server' | 'seed';

export interface EngineRecord extends ProcessIdentity {
  readonly url: string;
  readonly adminKey: string;
}

/** The content of `justuju.json`, mode 0600: it holds the engine's key. */
export interface FolderState extends ProcessIdentity {
  /** Of this format. */
  readonly version: 1;
  /** Names this state among all that were ever in the file. */
  readonly nonce: string;
  readonly holder: HolderKind;
  /** Host name: process ids of another machine or container say nothing here. */
  readonly machine: string;
  /** ISO 8601. */
  readonly since: string;
  /** Where the holder serves HTTP; absent until it does. */
  readonly host?: string;
  readonly port?: number;
  readonly engine?: EngineRecord;
  /** The engine of a dead holder, until it is known to be gone. Carried on, so that a second kill -9 does not lose it. */
  readonly leftover?: EngineRecord;
}

export interface DataFolder {
  /** Absolute, symbolic links resolved. */
  readonly path: string;
  readonly state: FolderState;
  /** Replaces fields of the state, whole or not at all. `undefined` removes one. Synchronous: nothing may come between a spawn and its record. */
  record(changes: { [K in 'host' | 'port' | 'engine' | 'leftover']?: FolderState[K] | undefined }): void;
  /** Gives the folder up. May be called twice. */
  release(): void;
}

export const STATE_FILE = 'justuju.json';

/** A takeover is two file operations; a rival that lives and takes longer than this hangs. */
const TAKEOVER_PATIENCE_MS = 5_000;

/** Creates the folder when missing and takes its lock, or says who holds it. */
export async function openDataFolder(dataDir: string, holder: HolderKind): Promise<DataFolder> {
  const path = createFolder(dataDir);
  const file = join(path, STATE_FILE);
  let state = await withClearErrors(path, () => takeLock(path, holder));
  let released = false;
  return {
    path,
    get state() {
      return state;
    },
    record(changes) {
      if (released) return;
      state = withoutUndefined({ ...state, ...changes });
      try {
        renameSync(writeTemporary(file, state), file);
      } catch (error) {
        if (!isErrno(error, 'ENOSPC', 'EDQUOT')) throw error;
        overwrite(file, state);
      }
    },
    release() {
      if (released) return;
      released = true;
      // A leftover that could not be ended must not be forgotten: the file stays and is stale as soon as this process is gone.
      if (state.leftover === undefined) rmSync(file, { force: true });
    },
  };
}

/** The state of a folder whose holder lives, or undefined. */
export async function readLiveState(dataDir: string): Promise<FolderState | undefined> {
  const path = resolve(dataDir);
  const state = await withClearErrors(path, () => readState(join(path, STATE_FILE)));
  return state !== undefined && isHeld(state) ? state : undefined;
}

export function addressOf({ host, port }: Pick<FolderState, 'host' | 'port'>): string | undefined {
  if (host === undefined || port === undefined) return undefined;
  return httpUrl(host, port);
}

/** As a browser on this machine reaches a server that listens there. */
export function httpUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function createFolder(dataDir: string): string {
  const path = resolve(dataDir);
  try {
    makeFolders(path);
    return realpathSync(path);
  } catch (error) {
    throw folderError(path, error) ?? error;
  }
}

/** Not `mkdirSync` with `recursive`: where the kernel answers ENOENT below a folder that exists, as in /proc, Node 20 never returns. */
function makeFolders(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isErrno(error, 'EEXIST') && statSync(path).isDirectory()) return;
    if (!isErrno(error, 'ENOENT') || existsSync(dirname(path))) throw error;
    makeFolders(dirname(path));
    mkdirSync(path);
  }
}

async function takeLock(path: string, holder: HolderKind): Promise<FolderState> {
  const file = join(path, STATE_FILE);
  const until = Date.now() + TAKEOVER_PATIENCE_MS;
  for (;;) {
    const mine = newState(holder);
    if (createExclusively(file, mine)) return mine;
    const found = await readState(file);
    if (found === undefined) continue;
    if (isHeld(found)) throw heldError(path, found);
    const successor = withoutUndefined({ ...mine, leftover: found.engine ?? found.leftover });
    if ((await succeed(file, file, found, successor)) === 'taken') return successor;
    if (Date.now() > until) {
      throw new OperatorError(
        `DATA_DIR=${path}: another start has been taking over ${file} for ${TAKEOVER_PATIENCE_MS / 1000} s. Try again in a moment.`,
      );
    }
    await sleep(10);
  }
}

/**
 * Puts `mine` where the dead `stale` is, unless another start is about to. `at` is the lock file itself, or the claim
 * file of a claimant that died.
 */
async function succeed(file: string, at: string, stale: FolderState, mine: FolderState): Promise<'taken' | 'not yet'> {
  const claim = `${file}.after-${stale.nonce}`;
  if (!createExclusively(claim, mine)) {
    const rival = await readState(claim);
    if (rival === undefined || isHeld(rival)) return 'not yet';
    if ((await succeed(file, claim, rival, mine)) === 'not yet') return 'not yet';
  }
  // The claim is ours alone from here. `stale` may have been replaced before we had it.
  if ((await readState(at))?.nonce !== stale.nonce) {
    unlinkSync(claim);
    return 'not yet';
  }
  renameSync(claim, at);
  return 'taken';
}

function newState(holder: HolderKind): FolderState {
  return { version: 1, nonce: randomUUID(), holder, machine: hostname(), ...ownIdentity(), since: new Date().toISOString() };
}

function isHeld(state: FolderState): boolean {
  return state.machine !== hostname() || isAlive(state);
}

function heldError(path: string, state: FolderState): OperatorError {
  const file = join(path, STATE_FILE);
  const what = state.holder === 'seed' ? 'a seed run' : 'another Justuju';
  const address = addressOf(state);
  const who = `${what} (process ${state.pid}, since ${state.since}${address === undefined ? '' : `, at ${address}`})`;
  if (state.machine !== hostname()) {
    return new OperatorError(
      `DATA_DIR=${path} is held by ${who} on the machine "${state.machine}", which cannot be asked from here ("${hostname()}"). ` +
        `Stop it there; when it does not run any more, delete ${file}. Or give this one another folder: DATA_DIR=${path}-2.`,
    );
  }
  const ways = state.holder === 'seed' ? 'Wait until it has finished' : `Use that one, or stop it (kill ${state.pid})`;
  return new OperatorError(`DATA_DIR=${path} is held by ${who}. ${ways}, or give this one a folder of its own: DATA_DIR=${path}-2.`);
}

/** False when the file is there already. The file appears with its whole content or not at all. */
function createExclusively(file: string, state: FolderState): boolean {
  const temporary = writeTemporary(file, state);
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    if (!isErrno(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    return createWithoutLink(file, state);
  } finally {
    unlinkSync(temporary);
  }
}

/** For file systems without hard links (FAT, some network and container mounts). Readers bear a half-written file for a moment. */
function createWithoutLink(file: string, state: FolderState): boolean {
  try {
    writeWhole(file, state);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

function writeTemporary(file: string, state: FolderState): string {
  const temporary = `${file}.${process.pid}-${randomUUID()}.tmp`;
  writeWhole(temporary, state);
  return temporary;
}

function writeWhole(file: string, state: FolderState): void {
  const descriptor = openSync(file, 'wx', 0o600);
  let isWhole = false;
  try {
    writeSync(descriptor, inJson(state));
    // Without it a power failure may leave an empty lock, which nobody can judge.
    fsyncSync(descriptor);
    isWhole = true;
  } finally {
    closeSync(descriptor);
    // On a full disk each try would leave an empty file.
    if (!isWhole) rmSync(file, { force: true });
  }
}

/** On a full disk, into the room that the file has: an engine that fell there could not be started again, since nobody could write down its number. What is shorter than before ends in blanks, which JSON allows. */
function overwrite(file: string, state: FolderState): void {
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, inJson(state).padEnd(fstatSync(descriptor).size), 0);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const inJson = (state: FolderState): string => `${JSON.stringify(state, undefined, 2)}\n`;

async function readState(file: string): Promise<FolderState | undefined> {
  const tries = 5;
  for (let attempt = 1; ; attempt += 1) {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
      throw error;
    }
    const state = parseState(text);
    if (state !== undefined) return state;
    if (attempt === tries) {
      throw new OperatorError(
        `${file} does not hold the state of a data folder, so nobody can tell who holds it. When no Justuju runs on that folder, delete the file.`,
      );
    }
    await sleep(20); // See createWithoutLink.
  }
}

function parseState(text: string): FolderState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isFolderState(value) ? value : undefined;
}

function isFolderState(value: unknown): value is FolderState {
  if (!isRecord(value) || !isIdentity(value)) return false;
  // The nonce becomes part of a file name.
  if (value.version !== 1 || typeof value.nonce !== 'string' || !/^[\w-]+$/.test(value.nonce)) return false;
  if (typeof value.machine !== 'string' || typeof value.since !== 'string') return false;
  return [value.engine, value.leftover].every((engine) => engine === undefined || isEngineRecord(engine));
}

function isEngineRecord(value: unknown): boolean {
  return isRecord(value) && isIdentity(value) && typeof value.url === 'string' && typeof value.adminKey === 'string';
}

function isIdentity(value: Record<string, unknown>): boolean {
  // 0 and negative numbers mean process groups to `kill`.
  return Number.isSafeInteger(value.pid) && Number(value.pid) > 0 && typeof value.startTime === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function withoutUndefined(state: { [K in keyof FolderState]: FolderState[K] | undefined }): FolderState {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)) as unknown as FolderState;
}

async function withClearErrors<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw folderError(path, error) ?? error;
  }
}

/** The errors of the file system that a person can mend, in words; undefined for all others. */
export function folderError(path: string, error: unknown): OperatorError | undefined {
  const reason = isErrno(error, 'EACCES', 'EPERM')
    ? 'may not be written by this user. Change its owner or rights'
    : isErrno(error, 'EROFS')
      ? 'is on a read-only file system'
      : isErrno(error, 'ENOSPC', 'EDQUOT')
        ? 'is on a full file system. Make room'
        : isErrno(error, 'EEXIST', 'ENOTDIR')
          ? 'is a file or lies below one; it must be a folder'
          : isErrno(error, 'ENOENT', 'ELOOP', 'ENAMETOOLONG')
            ? 'cannot be created there'
            : undefined;
  if (reason === undefined) return undefined;
  return new OperatorError(`DATA_DIR=${path} ${reason}, or name another folder, for example DATA_DIR=./data. (${messageOf(error)})`, {
    cause: error,
  });
}
