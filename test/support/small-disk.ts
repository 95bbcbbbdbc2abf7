import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Only root may mount. */
const isRoot = process.getuid?.() === 0;
export const itOnSmallDisk = isRoot ? it : it.skip;

/**
 * Does something on a disk of its own that is soon full, and takes it away again. Where nothing may be mounted, root or not, there is no full disk to be had, and nothing is done.
 *
 * @param size as mount has it: `6m`
 */
export async function onSmallDisk(path: string, size: string, act: () => Promise<void>): Promise<void> {
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    return;
  }
  try {
    await act();
  } finally {
    execFileSync('umount', [path]);
  }
}

export const enlargeDisk = (path: string, size: string): void => void execFileSync('mount', ['-o', `remount,size=${size}`, path]);
