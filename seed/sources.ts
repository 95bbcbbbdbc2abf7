import { createReadStream, type Dirent, type Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { fetched } from './fetched.js';
import { count, type SeedReport, type Skipped } from './report.js';
import { Unreadable } from './unreadable.js';

/** Something that is to be read: a file, an address, standard input. */
export interface Source {
  /** For people, and to open it. */
  readonly path: string;
  /** Below the PATH that was given, with forward slashes: stays the same when the folder moves. The base name for a file given itself, the address for an address. */
  readonly name: string;
  /** The PATH that led here, as given. */
  readonly root: string;
  /** Its bytes, once. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

export const STANDARD_INPUT = '-';
export const isAddress = (path: string): boolean => /^https?:\/\//i.test(path);

/** Kinds of files in a folder that never hold an article: they are counted by name, and not opened. */
export const NEVER =
  /(?:^|[\\/])(?:thumbs\.db|desktop\.ini)$|\.(?:jpe?g|png|gif|webp|bmp|ico|svg|avif|tiff?|mp[34]|m4[av]|ogg|wav|webm|mov|avi|mkv|woff2?|ttf|otf|eot|css|scss|js|mjs|map|exe|dll|so|jar|pyc|class|wasm|psd|indd|torrent|DS_Store|db-wal|db-shm|lock)$/i;

/**
 * The sources behind the PATHs: a file that is named is taken whatever its name, in folders all that may hold articles, in the order of their names.
 * Hidden entries and `node_modules` are passed over; a folder or file that is reached twice (links, overlapping PATHs) counts once.
 */
export async function findSources(paths: readonly string[], report: SeedReport, signal?: AbortSignal): Promise<Source[]> {
  const found: Source[] = [];
  const seen = new Set<string>();
  for (const root of paths) {
    if (root === STANDARD_INPUT) found.push({ path: 'standard input', name: 'standard-input', root, open: () => process.stdin });
    else if (isAddress(root)) found.push(addressOf(root, root));
    else if (await isPattern(root)) await addMatches(root, found, seen, report);
    else await addPath(root, found, seen, report, signal);
  }
  return found;
}

export const addressOf = (url: string, root: string): Source => ({ path: url, name: url, root, open: () => fetched(url) });

const fileOf = (path: string, name: string, root: string): Source => ({ path, name, root, open: () => fileBytes(path) });

async function addPath(root: string, found: Source[], seen: Set<string>, report: SeedReport, signal?: AbortSignal): Promise<void> {
  let stats: Stats;
  try {
    stats = await stat(root);
  } catch (error) {
    report.skipped.push(await unreadable(root, error));
    return;
  }
  if (!stats.isDirectory()) {
    if (await isNew(root, seen)) found.push(fileOf(root, basename(resolve(root)), root));
    return;
  }
  const before = { files: found.length, leftAlone: report.leftAlone, skipped: report.skipped.length, seen: seen.size };
  await walk(root, found, seen, report, signal);
  const nothingNew = seen.size === before.seen;
  if (found.length === before.files && report.skipped.length === before.skipped && !nothingNew) {
    const others = report.leftAlone - before.leftAlone;
    report.skipped.push({
      file: root,
      reason: `no file with articles in this folder${others === 0 ? '' : ` (${count(others, 'other file')})`}`,
      wayOut: 'Give a folder that holds articles, or name the files themselves.',
    });
  }
}

/** A name with signs of a pattern that is no file by itself. */
async function isPattern(path: string): Promise<boolean> {
  return /[*?{[]/.test(path) && (await lstat(path).catch(() => null)) === null;
}

async function addMatches(pattern: string, found: Source[], seen: Set<string>, report: SeedReport): Promise<void> {
  const files = (await glob(pattern, { onlyFiles: true, dot: false, absolute: false })).sort();
  if (files.length === 0)
    report.skipped.push({
      file: pattern,
      reason: 'no file matches this pattern',
      wayOut: 'Check it with ls; quote it, so that the shell leaves it alone.',
    });
  for (const path of files) {
    if (NEVER.test(path)) report.leftAlone += 1;
    else if (await isNew(path, seen)) found.push(fileOf(path, path, pattern));
  }
}

async function isNew(path: string, seen: Set<string>): Promise<boolean> {
  const real = await realpath(path);
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}

/** Depth first, but with a list instead of recursion: a folder may be nested deeper than the stack. */
async function walk(root: string, found: Source[], seen: Set<string>, report: SeedReport, signal?: AbortSignal): Promise<void> {
  const pending: string[] = [''];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    signal?.throwIfAborted();
    const path = join(root, below);
    try {
      const stats = await stat(path);
      if (!stats.isDirectory()) {
        if (NEVER.test(below)) report.leftAlone += 1;
        else if (await isNew(path, seen)) found.push(fileOf(path, below, root));
        continue;
      }
      if (!(await isNew(path, seen))) continue;
      const entries = (await readdir(path, { withFileTypes: true })).filter(isLookedAt).map(({ name }) => name);
      // Sorted by code unit, last first, because the list is read from its end.
      entries.sort((a, b) => (a < b ? 1 : -1));
      for (const name of entries) pending.push(below === '' ? name : `${below}/${name}`);
    } catch (error) {
      report.skipped.push(await unreadable(path, error));
    }
  }
}

const isLookedAt = ({ name }: Dirent): boolean => !name.startsWith('.') && name !== 'node_modules';

async function* fileBytes(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const stats = await stat(path);
  if (!stats.isFile()) throw new Unreadable('is not a regular file', 'Give files, or folders of them.');
  if (stats.size === 0) throw new Unreadable('is empty', 'Fetch the article again, or remove the file.');
  yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array>;
}

/** Why a source gave nothing, or no more. Errors that say nothing of the source are thrown on. */
export async function unreadable(file: string, error: unknown): Promise<Skipped> {
  if (error instanceof Unreadable)
    return { file, reason: `${isAddress(file) ? 'this address' : 'the file'} ${error.reason}`, wayOut: error.wayOut };
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && (await lstat(file).catch(() => null)) !== null) {
    return { file, reason: 'a symbolic link to a file that is not there', wayOut: 'Remove the link, or bring its target back.' };
  }
  if (code === 'ENOENT')
    return { file, reason: 'no such file or folder', wayOut: 'Check the spelling; a relative PATH counts from the folder you are in.' };
  if (code === 'EACCES' || code === 'EPERM')
    return { file, reason: `may not be read (${code})`, wayOut: `Give yourself the right: chmod u+rX '${file}'` };
  if (code === 'ELOOP')
    return { file, reason: 'a symbolic link that leads back to itself (ELOOP)', wayOut: 'Remove the link, or name its target.' };
  return { file, reason: `cannot be read (${(error as Error).message})`, wayOut: 'Mend that and run the command again.' };
}
