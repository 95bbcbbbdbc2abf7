import type { Config } from '../config.js';
import type { Finding } from './doctor.js';
import type { FoundEngine } from './engine.js';

/** Meilisearch takes no shorter master key in production. */
const LEAST_KEY_BYTES = 16;
const ANSWERS_WITHIN_MS = 5_000;

/** Whether keys are asked for, and whether ours opens what Justuju needs. */
export async function checkKeys({ host, meiliUrl, meiliMasterKey }: Config, { address, from }: FoundEngine): Promise<Finding[]> {
  if (address === undefined) return [];
  const { url, adminKey } = address;
  const check = 'keys';
  const status = (path: string, key: string | undefined): Promise<number> =>
    fetch(`${url}${path}`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    }).then((answer) => answer.status);
  for (const path of ['/indexes?limit=1', '/tasks?limit=1', '/stats'])
    if ((await status(path, adminKey)) >= 400)
      return [
        {
          check,
          state: 'problem',
          message: `${from} refuses GET ${path} to ${adminKey === undefined ? 'Justuju, which has no key' : 'the key of Justuju'}`,
          mend: `Set MEILI_API_KEY to its "Default Admin API Key", which GET ${url}/keys shows to the master key.`,
        },
      ];
  const isOpen = meiliUrl === undefined ? meiliMasterKey === undefined : (await status('/indexes?limit=1', undefined)) < 400;
  const isLocal = host === 'localhost' || host === '::1' || host.startsWith('127.');
  if (isOpen)
    return [
      {
        check,
        state: isLocal ? 'warning' : 'problem',
        message: `nobody is asked for a key${isLocal ? '' : `, and HOST=${host} can be reached from other machines`}`,
        mend: 'Set MEILI_MASTER_KEY (make one with: openssl rand -hex 32), and give clients keys of their own.',
      },
    ];
  if (meiliMasterKey !== undefined && Buffer.byteLength(meiliMasterKey) < LEAST_KEY_BYTES)
    return [
      {
        check,
        state: 'warning',
        message: `MEILI_MASTER_KEY is shorter than ${LEAST_KEY_BYTES} bytes`,
        mend: 'Make a longer one with: openssl rand -hex 32',
      },
    ];
  return [{ check, state: 'good', message: 'clients must send one, and that of Justuju opens what it needs' }];
}
