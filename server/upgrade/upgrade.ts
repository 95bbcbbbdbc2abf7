/**
 * Another Meilisearch for the data of a local engine. The new database is made beside the old one, from a dump or from a copy, and takes its place only when all that was there before is there again.
 * So a failure at any moment leaves the old one as it was, and afterwards it is kept.
 */
import { execFile } from 'node:child_process';
import { cp, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { type DataFolder, openDataFolder } from '../engine/data-folder.js';
import { endLeftover } from '../engine/engine.js';
import { findExecutable } from '../engine/find-executable.js';
import { databasePath } from '../engine/launch.js';
import { OperatorError } from '../errors.js';
import { adminClient, type EngineAddress } from '../meilisearch/client.js';
import { isAtLeast } from '../meilisearch/version.js';
import { type Inventory, inventoryOf, lostBetween } from './inventory.js';
import { withEngine } from './with-engine.js';

export interface UpgradeOptions {
  readonly config: Config;
  /** The executable that the data were written by. Default: the one that the service would start. */
  readonly from?: string;
  readonly to: string;
  /** By a dump, which any version reads, or by Meilisearch's own upgrade of a copy of the database, which is quicker. */
  readonly by: 'dump' | 'copy';
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly onStep: (step: string) => void;
}

export interface Upgraded {
  readonly from: string;
  readonly to: string;
  readonly indexes: number;
  readonly documents: number;
  /** Where the database from before is kept. */
  readonly kept: string;
}

/** The new database while it is made. */
const HALF_BUILT = 'data.ms.new';
const BEFORE = 'data.ms.before';
const UNDONE = 'data.ms.undone';

/** @throws OperatorError where something is lost or does not start; then everything is as before */
export async function upgrade({ config, from, to, by, log, signal, onStep }: UpgradeOptions): Promise<Upgraded> {
  const folder = await openDataFolder(config.dataDir, 'seed');
  const halfBuilt = join(folder.path, 'meili', HALF_BUILT);
  const executableOf = async (meiliBin: string | undefined): Promise<string> =>
    (await findExecutable({ meiliBin, searchPath: process.env['PATH'], dataDir: folder.path })).path;
  try {
    await endLeftover(folder, log);
    await checkRoom(folder);
    await rm(halfBuilt, { recursive: true, force: true });
    const old = { folder, executable: await executableOf(from ?? config.meiliBin), database: databasePath(folder.path) };
    const both = { masterKey: config.meiliMasterKey, log, signal };
    const newer = { ...both, folder, executable: await executableOf(to), database: halfBuilt };

    const { before, dump } = await withEngine({ ...old, ...both }, (address) => lastState(address, by, signal, onStep));
    onStep(dump === undefined ? `a copy of the database of ${before.version} is upgraded` : `the dump of ${before.version} is imported`);
    if (dump === undefined) await cp(old.database, halfBuilt, { recursive: true });
    const options =
      dump === undefined ? await upgradeOption(newer.executable) : ['--import-dump', join(folder.path, 'meili', 'dumps', dump)];
    await withEngine({ ...newer, options }, () => Promise.resolve());
    // As the service will start it.
    onStep('what is there now is compared with what was there before');
    const after = await withEngine(newer, inventoryOf);
    const lost = lostBetween(before, after);
    if (lost.length > 0)
      throw new OperatorError(
        `After the upgrade to ${after.version} not all is as before:\n- ${lost.join('\n- ')}\nThe old data stay in use.`,
      );
    return {
      from: before.version,
      to: after.version,
      indexes: after.indexes.length,
      documents: after.indexes.reduce((sum, { documents }) => sum + documents, 0),
      kept: await exchange(folder, `${BEFORE}-${before.version}`),
    };
  } finally {
    await rm(halfBuilt, { recursive: true, force: true });
    folder.release();
  }
}

/** Back to the database from before the last upgrade. What was written since is kept beside it, and lost to searches. */
export async function rollBack(config: Config): Promise<{ readonly version: string; readonly kept: string }> {
  const folder = await openDataFolder(config.dataDir, 'seed');
  try {
    const meili = join(folder.path, 'meili');
    const names = (await readdir(meili).catch(() => [])).filter((name) => name.startsWith(`${BEFORE}-`));
    const times = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(meili, name))).ctimeMs })));
    const [last] = times.sort((a, b) => b.at - a.at);
    if (last === undefined) throw new OperatorError(`There is nothing to go back to: ${meili} holds no ${BEFORE}-... of an upgrade.`);
    const version = last.name.slice(BEFORE.length + 1).replace(/~\d+$/, '');
    await rename(join(meili, last.name), join(meili, HALF_BUILT));
    return { version, kept: await exchange(folder, UNDONE) };
  } finally {
    folder.release();
  }
}

/** What an old engine holds when all its tasks are done, and a dump of it. */
async function lastState(
  address: EngineAddress,
  by: UpgradeOptions['by'],
  signal: AbortSignal,
  onStep: UpgradeOptions['onStep'],
): Promise<{ readonly before: Inventory; readonly dump: string | undefined }> {
  const client = adminClient(address);
  onStep('tasks that are under way are finished');
  while ((await client.tasks.getTasks({ statuses: ['enqueued', 'processing'], limit: 1 })).results.length > 0)
    await pause(200, undefined, { signal });
  const before = await inventoryOf(address);
  if (by === 'copy') return { before, dump: undefined };
  onStep(`a dump of ${before.indexes.length} indexes is made by Meilisearch ${before.version}`);
  const task = await client.createDump().waitTask({ timeout: 0, interval: 200 });
  const dumpUid = (task.details as { dumpUid?: string } | undefined)?.dumpUid;
  if (task.status !== 'succeeded' || dumpUid === undefined)
    throw new OperatorError(`Meilisearch made no dump: ${task.error?.message ?? task.status}. Nothing was changed.`);
  return { before, dump: `${dumpUid}.dump` };
}

/** Since 1.51 it has a name of its own. */
const UPGRADE_DB_SINCE = [1, 51] as const;

async function upgradeOption(executable: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(executable, ['--version']);
  const version = stdout.trim().replace(/^meilisearch\s+/, '');
  return [isAtLeast(version, UPGRADE_DB_SINCE) ? '--upgrade-db' : '--experimental-dumpless-upgrade'];
}

/** Both databases and a dump lie there for a while. */
async function checkRoom(folder: DataFolder): Promise<void> {
  const database = databasePath(folder.path);
  const size = await sizeOf(database);
  if (size === undefined)
    throw new OperatorError(`${database} is not there: nothing is to be upgraded. Start the service with the new Meilisearch.`);
  const { bavail, bsize } = await statfs(database);
  if (bavail * bsize < 2 * size)
    throw new OperatorError(
      `${folder.path} has ${gigabytes(bavail * bsize)} free, and the upgrade wants ${gigabytes(2 * size)}: the new database and a dump stand beside the old one for a while. Make room.`,
    );
}

async function sizeOf(folder: string): Promise<number | undefined> {
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  if (names === undefined) return undefined;
  // Blocks: the files of LMDB have holes.
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).blocks * 512));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** The new database takes the place of the old one, which is kept under `name`. */
async function exchange(folder: DataFolder, name: string): Promise<string> {
  const meili = join(folder.path, 'meili');
  const taken = new Set(await readdir(meili));
  let kept = name;
  for (let n = 2; taken.has(kept); n += 1) kept = `${name}~${n}`;
  const database = databasePath(folder.path);
  await rename(database, join(meili, kept));
  try {
    await rename(join(meili, HALF_BUILT), database);
  } catch (error) {
    await rename(join(meili, kept), database);
    throw error;
  }
  return join(meili, kept);
}
