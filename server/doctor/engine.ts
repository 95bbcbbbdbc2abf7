import type { Config } from '../config.js';
import type { FolderState } from '../engine/data-folder.js';
import { findExecutable } from '../engine/find-executable.js';
import type { EngineAddress } from '../meilisearch/client.js';
import { isAtLeast, versionIn } from '../meilisearch/version.js';
import type { Finding } from './doctor.js';

const ANSWERS_WITHIN_MS = 5_000;
/** All tests run on it; see docs/compatibility.md. */
const LEAST_VERSION = [1, 21] as const;
/** The newest of which something could be read. */
const NEWEST_MAJOR = 1;

export interface FoundEngine {
  /** Undefined: it is started with the service, and does not run now. */
  readonly address: EngineAddress | undefined;
  readonly from: string;
  /** Whether it answers. */
  readonly isThere: boolean;
  /** By how many milliseconds its clock is ahead of ours; undefined where it does not tell. */
  readonly aheadMs?: number;
  readonly failure?: string;
}

/** Where Meilisearch is now: at MEILI_URL, or in the data folder where a Justuju runs. */
export async function findEngine(config: Config, running: FolderState | undefined): Promise<FoundEngine> {
  const address =
    config.meiliUrl !== undefined
      ? { url: config.meiliUrl, adminKey: config.meiliApiKey }
      : running?.engine === undefined
        ? undefined
        : { url: running.engine.url, adminKey: running.engine.adminKey };
  const from =
    config.meiliUrl !== undefined
      ? `${config.meiliUrls === undefined ? 'MEILI_URL' : 'MEILI_URLS'}=${config.meiliUrl}`
      : 'the local engine';
  if (address === undefined) return { address, from, isThere: false };
  try {
    const asked = Date.now();
    const answer = await fetch(`${address.url}/health`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const answered = Date.now();
    const said = answer.headers.get('date');
    const isThere = answer.ok && (await answer.json().then(isAvailable, () => false));
    // The header has whole seconds.
    const aheadMs = said === null ? undefined : Date.parse(said) + 500 - (asked + answered) / 2;
    return {
      address,
      from,
      isThere,
      ...(aheadMs !== undefined && { aheadMs }),
      ...(!isThere && { failure: `it answered with status ${answer.status}, and not as Meilisearch does` }),
    };
  } catch (error) {
    const { name, message, cause } = error as Error;
    const why =
      name === 'TimeoutError'
        ? `no answer within ${ANSWERS_WITHIN_MS / 1_000} s`
        : cause instanceof Error && cause.message !== ''
          ? cause.message
          : message;
    return { address, from, isThere: false, failure: why };
  }
}

const isAvailable = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'status' in body && body.status === 'available';

/** Whether it answers, and which version it is; or whether one can be started. */
export async function checkEngine(config: Config, engine: FoundEngine): Promise<Finding[]> {
  const check = 'Meilisearch';
  if (engine.address === undefined) return [await startable(config)];
  if (!engine.isThere) {
    const mend =
      config.meiliUrl === undefined
        ? 'It hangs, or is just starting. See the log of the service; it is started again when it ends.'
        : 'Start that Meilisearch, or correct MEILI_URL.';
    return [{ check, state: 'problem', message: `${engine.from}: ${engine.failure}`, mend }];
  }
  const { url, adminKey } = engine.address;
  const headers: Record<string, string> = adminKey === undefined ? {} : { authorization: `Bearer ${adminKey}` };
  const answer = await fetch(`${url}/version`, { headers, signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
  const version = answer.ok ? versionIn(await answer.json()) : 'unknown';
  const message = `${engine.from}: version ${version}`;
  if (version === 'unknown')
    return [
      {
        check,
        state: 'warning',
        message: `${engine.from} does not tell its version to this key`,
        mend: 'Give Justuju a key with the action `version`: it then knows what this Meilisearch can do.',
      },
    ];
  if (!isAtLeast(version, LEAST_VERSION))
    return [
      {
        check,
        state: 'problem',
        message,
        mend: `Justuju is made for ${LEAST_VERSION.join('.')} and later: upgrade (docs/compatibility.md).`,
      },
    ];
  return [
    Number(version.split('.')[0]) > NEWEST_MAJOR
      ? {
          check,
          state: 'warning',
          message,
          mend: 'This major version is newer than this Justuju: try it beside your data first (docs/compatibility.md).',
        }
      : { check, state: 'good', message },
  ];
}

async function startable({ meiliBin, dataDir }: Config): Promise<Finding> {
  const check = 'Meilisearch';
  try {
    const { origin, kind } = await findExecutable({ meiliBin, searchPath: process.env['PATH'], dataDir });
    const message = `not running; it is started with the service (${origin})`;
    return kind === 'package'
      ? {
          check,
          state: 'warning',
          message,
          mend: 'The npm package is for trying out. In production set MEILI_URL to a Meilisearch of the official image.',
        }
      : { check, state: 'good', message };
  } catch (error) {
    return { check, state: 'problem', message: (error as Error).message };
  }
}
