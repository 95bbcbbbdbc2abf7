import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const MAIN = fileURLToPath(new URL('./stop-main.mjs', import.meta.url));

describe('a process that stops while its thread opens stores', () => {
  // lmdb takes the whole process with it where its thread is ended from outside at such a time.
  it.each([0, 1, 2, 5, 10, 20])('after %d ms ends in order, and opens none any more', async (milliseconds) => {
    const folder = await mkdtemp(join(tmpdir(), 'justuju-test-'));
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [MAIN, folder, String(milliseconds)], { timeout: 20_000 });
      expect(stdout).toBe('the stores are closed: the process stops');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
