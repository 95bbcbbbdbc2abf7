import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive, ownIdentity, type ProcessIdentity } from '../engine/process.js';
import { OperatorError } from '../errors.js';

/**
 * One at a time fills an index: a note in the data folder says who. It is of this machine and folder; two machines that fill one index of a common Meilisearch do not see
 * each other.
 */
export interface Holder extends ProcessIdentity {
  readonly machine: string;
  readonly since: string;
  /** "seed" or "reindex". */
  readonly what: string;
}

/**
 * @returns what ends it. Throws where another living process holds the index, saying which
 */
export async function holdIndex(dataDir: string, engine: string, uid: string, what: string): Promise<() => Promise<void>> {
  const folder = join(dataDir, 'filling');
  const path = join(folder, `${createHash('sha256').update(`${engine}\0${uid}`).digest('hex').slice(0, 24)}.json`);
  const own: Holder = { ...ownIdentity(), machine: hostname(), since: new Date().toISOString(), what };
  await mkdir(folder, { recursive: true });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      await writeFile(path, JSON.stringify(own), { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await holderIn(path);
    if (holder !== undefined && (holder.machine !== own.machine || isAlive(holder)))
      throw new OperatorError(
        `A ${holder.what} is at work on \`${uid}\` (process ${holder.pid} on ${holder.machine}, since ${holder.since}). Wait until it has finished, or stop it (kill ${holder.pid})` +
          `${holder.machine === own.machine ? '' : `; if that machine is gone, remove ${path}`}. Nothing was changed.`,
      );
    await rm(path, { force: true });
  }
  throw new OperatorError(`${path} cannot be written: several processes want to fill \`${uid}\` at once. Try again.`);
}

async function holderIn(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    // Gone meanwhile, or cut off by a crash: nobody's.
    return undefined;
  }
}

/** Who is at work now on any index, by what this data folder knows. */
export async function fillersOf(dataDir: string): Promise<readonly Holder[]> {
  const folder = join(dataDir, 'filling');
  const names = await readdir(folder).catch(() => []);
  const holders = await Promise.all(names.map((name) => holderIn(join(folder, name))));
  return holders.filter((holder): holder is Holder => holder !== undefined && (holder.machine !== hostname() || isAlive(holder)));
}
