import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { decode } from './decode.js';
import { count, type SeedReport, type Skipped } from './report.js';

/** A file that is to be read. */
export interface FoundFile {
  /** To open it. */
  readonly path: string;
  /** Below the PATH that was given, with forward slashes: stays the same when the folder moves. The base name for a file given itself. */
  readonly name: string;
  /** The PATH that led here, as given. */
  readonly root: string;
}

/** Bytes. The longest novel in one file has a tenth of that; more is a dump or a mistake, and would have to be held in memory whole. */
export const LARGEST_FILE = 20 * 1024 * 1024;

/**
 * The files behind the PATHs: a file that is named is taken whatever its name, in folders only `.txt`, in the order of their names.
 * Hidden entries and `node_modules` are passed over; a folder or file that is reached twice (links, overlapping PATHs) counts once.
 */
export async function findFiles(paths: readonly string[], report: SeedReport, signal?: AbortSignal): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const seen = new Set<string>();
  for (const root of paths) {
    let stats: Stats;
    try {
      stats = await stat(root);
    } catch (error) {
      report.skipped.push(await unreadable(root, error));
      continue;
    }
    if (!stats.isDirectory()) {
      if (await isNew(root, seen)) found.push({ path: root, name: basename(resolve(root)), root });
      continue;
    }
    const before = { files: found.length, notTxt: report.notTxt, skipped: report.skipped.length, seen: seen.size };
    await walk(root, found, seen, report, signal);
    const nothingNew = seen.size === before.seen;
    if (found.length === before.files && report.skipped.length === before.skipped && !nothingNew) {
      const others = report.notTxt - before.notTxt;
      report.skipped.push({
        file: root,
        reason: `no .txt file in this folder${others === 0 ? '' : ` (${count(others, 'other file')})`}`,
        wayOut: 'Give a folder that holds articles as .txt files, or name the files themselves.',
      });
    }
  }
  return found;
}

async function isNew(path: string, seen: Set<string>): Promise<boolean> {
  const real = await realpath(path);
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}

/** Depth first, but with a list instead of recursion: a folder may be nested deeper than the stack. */
async function walk(root: string, found: FoundFile[], seen: Set<string>, report: SeedReport, signal?: AbortSignal): Promise<void> {
  const pending: string[] = [''];
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    signal?.throwIfAborted();
    const path = join(root, below);
    try {
      const stats = await stat(path);
      if (!stats.isDirectory()) {
        if (!/\.txt$/i.test(below)) report.notTxt += 1;
        else if (await isNew(path, seen)) found.push({ path, name: below, root });
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

/** The text of a file, or why it was skipped. Never throws for what lies on the disk. */
export async function readText({ path }: FoundFile): Promise<{ readonly text: string } | Skipped> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return { file: path, reason: 'not a regular file', wayOut: 'Give text files, or folders of them.' };
    if (stats.size > LARGEST_FILE) return tooLarge(path, stats.size);
    if (stats.size === 0) return { file: path, reason: 'the file is empty', wayOut: 'Fetch the article again, or remove the file.' };
    const bytes = await readFile(path);
    const decoded = decode(bytes, path);
    if ('text' in decoded) return tooManyLines(path, decoded.text) ?? decoded;
    return { file: path, reason: `the file ${decoded.problem}`, wayOut: decoded.wayOut };
  } catch (error) {
    return await unreadable(path, error);
  }
}

/** Lines. Rules look at a line among its neighbours; a table with millions of rows is no article and would take minutes. */
export const MOST_LINES = 50_000;

function tooManyLines(file: string, text: string): Skipped | undefined {
  let lines = 1;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) lines += 1;
  if (lines <= MOST_LINES) return undefined;
  return {
    file,
    reason: `the file has ${lines} lines, more than the limit of ${MOST_LINES}`,
    wayOut: 'An article is never that long: cut it into one file per article, for example with csplit.',
  };
}

function tooLarge(file: string, size: number): Skipped {
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return {
    file,
    reason: `the file has ${megabytes(size)}, more than the limit of ${megabytes(LARGEST_FILE)}`,
    wayOut: 'An article is never that long: cut it into one file per article, for example with csplit.',
  };
}

async function unreadable(file: string, error: unknown): Promise<Skipped> {
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
