import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { DataFolder } from '../engine/data-folder.js';
import { findFreePort, LaunchError, launch } from '../engine/launch.js';
import { OperatorError } from '../errors.js';
import type { EngineAddress } from '../meilisearch/client.js';

export interface EngineWish {
  readonly folder: DataFolder;
  readonly executable: string;
  /** Folder of its database. */
  readonly database: string;
  /** Further options of its command line. */
  readonly options?: readonly string[];
  /** Undefined: it gets one that nobody else knows. */
  readonly masterKey: string | undefined;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** It opens, imports or upgrades a whole database before it answers: hours, for millions of documents. A process that ends is seen at once. */
const HEALTHY_WITHIN_MS = 24 * 60 * 60_000;
const LAST_LINES = 5;

/** Lets a Meilisearch run that serves nobody else, for as long as `work` takes. */
export async function withEngine<T>(wish: EngineWish, work: (address: EngineAddress) => Promise<T>): Promise<T> {
  const { folder, executable, database, options = [], log, signal } = wish;
  const masterKey = wish.masterKey ?? randomBytes(32).toString('hex');
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await launch({
    executable,
    dataDir: folder.path,
    database,
    options,
    port,
    masterKey,
    log,
    healthyWithinMs: HEALTHY_WITHIN_MS,
    // So that who comes after a kill -9 ends it.
    onSpawn: (identity) => folder.record({ engine: { ...identity, url, adminKey: masterKey } }),
    signal,
  }).catch((error: unknown) => {
    if (!(error instanceof LaunchError)) throw error;
    const { how, lastLines } = error.ending;
    const said = lastLines.slice(-LAST_LINES).join('\n  ');
    throw new OperatorError(`${[executable, ...options].join(' ')} did not start (${how}).${said === '' ? '' : ` It said:\n  ${said}`}`, {
      cause: error,
    });
  });
  try {
    return await work({ url, adminKey: masterKey });
  } finally {
    await running.stop();
    folder.record({ engine: undefined });
  }
}
