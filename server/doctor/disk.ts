import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config.js';
import type { Finding } from './doctor.js';

/** Bytes. A batch of documents and a merge of a store need some hundred megabytes for a while. */
const LEAST = 1_000_000_000;
const SCARCE = 5_000_000_000;

/** Whether the data folder can be written, and how much room it has. */
export async function checkDisk({ dataDir }: Config): Promise<Finding[]> {
  const folder = await existing(dataDir);
  if (!(await stat(folder)).isDirectory())
    return [
      {
        check: 'data folder',
        state: 'problem',
        message: `DATA_DIR=${dataDir}: ${folder} is a file`,
        mend: 'Name a folder in DATA_DIR, or move that file away.',
      },
    ];
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return [
      {
        check: 'data folder',
        state: 'problem',
        message: `DATA_DIR=${dataDir}: ${folder} cannot be written by this user (${(error as Error).message})`,
        mend: `Give it to the user that runs the service: chown ${process.getuid?.() ?? 'USER'} ${folder}`,
      },
    ];
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const message = `${dataDir}: ${gigabytes(free)} free`;
  if (free >= SCARCE) return [{ check: 'disk', state: 'good', message }];
  return [
    {
      check: 'disk',
      state: free < LEAST ? 'problem' : 'warning',
      message,
      mend: 'Make room, or set DATA_DIR to a folder on a larger disk. Meilisearch takes no documents when the disk is full.',
    },
  ];
}

/** The folder itself, or the nearest one above it that is there. */
async function existing(folder: string): Promise<string> {
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : existing(dirname(folder));
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
