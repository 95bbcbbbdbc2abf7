import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { backedUpIndex } from '../../../server/indexing/backup.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup that is cut off', () => {
  // What does not shrink, so that the header is read long before the end is.
  const lines = Array.from({ length: 40 }, (_, id) => JSON.stringify({ id, text: randomBytes(3_000).toString('base64') }));
  const whole = gzipSync([JSON.stringify({ justuju: 'backup', version: 1, index: 'articles' }), ...lines].join('\n'));

  it.each([3_000, 40_000, 90_000])('after %d bytes still says which index it is of, and ends nothing', async (bytes) => {
    const file = join(folder, 'cut.gz');
    writeFileSync(file, whole.subarray(0, bytes));
    await expect(backedUpIndex(file)).resolves.toBe('articles');
    // The reading of the rest, which nobody wants, may fail by now.
    await pause(50);
  });

  it('in its first bytes is none', async () => {
    const file = join(folder, 'cut.gz');
    writeFileSync(file, whole.subarray(0, 30));
    await expect(backedUpIndex(file)).rejects.toThrow('cannot be read as a backup: unexpected end of file');
  });
});
