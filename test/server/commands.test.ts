import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { requireBuild } from '../support/processes.js';

/** Of all commands: what a person tries first, in a folder where nothing is, starts nothing. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

beforeAll(requireBuild);

const run = (file: string, args: readonly string[]): Promise<readonly [unknown, string, string]> =>
  new Promise((done) =>
    execFile(process.execPath, [resolve(file), ...args], { cwd: tmpdir() }, (error, stdout, stderr) =>
      done([error === null ? 0 : error.code, stdout, stderr]),
    ),
  );

describe.each(['dist/server/main.js', 'dist/seed/main.js', 'dist/server/indexing/main.js'])('%s', (file) => {
  it.each(['--help', '-h'])('%s tells how it is used', async (option) => {
    expect(await run(file, [option])).toEqual([0, expect.stringContaining('Usage: '), '']);
  });

  it.each(['--version', '-V'])('%s tells the version', async (option) => {
    expect(await run(file, [option])).toEqual([0, `${version}\n`, '']);
  });

  it('refuses an option that it does not know, and says its name', async () => {
    const [status, stdout, stderr] = await run(file, ['--wrong']);
    expect([status === 0, stdout]).toEqual([false, '']);
    expect(stderr).toContain('--wrong');
  });
});
