import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { STORE_VERSION } from '../store/layout.js';
import type { Finding } from './doctor.js';

/** The stores of words on the disk, and those of other versions, which the service removes by itself. */
export async function checkStores({ dataDir }: Config): Promise<Finding[]> {
  const folder = join(dataDir, 'store');
  let versions: readonly string[];
  try {
    versions = await readdir(folder);
  } catch (error) {
    // Where the data folder is a file that is told already.
    if (!existsSync(folder) && (error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return [{ check: 'stores', state: 'good', message: 'none yet; they are built from Meilisearch when an index is first used' }];
    return [
      {
        check: 'stores',
        state: 'problem',
        message: `${folder} cannot be read (${(error as Error).message})`,
        mend: `Remove it (rm -r ${folder}); all in it is built again from Meilisearch.`,
      },
    ];
  }
  const own = versions.includes(STORE_VERSION) ? await readdir(join(folder, STORE_VERSION)) : [];
  const others = versions.filter((name) => name !== STORE_VERSION && name !== 'writing');
  const message = `${own.length} of version ${STORE_VERSION}${others.length === 0 ? '' : `; of other versions: ${others.join(', ')}`}`;
  return [
    others.length > 0 && own.length === 0
      ? {
          check: 'stores',
          state: 'warning',
          message,
          mend: 'Start the service: it builds them anew in the background, and removes the old ones.',
        }
      : { check: 'stores', state: 'good', message },
  ];
}
