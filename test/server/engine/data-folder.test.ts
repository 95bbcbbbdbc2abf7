import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FolderState, httpUrl, openDataFolder, readLiveState } from '../../../server/engine/data-folder.js';
import { ownIdentity, startTimeOf } from '../../../server/engine/process.js';
import { OperatorError } from '../../../server/errors.js';
import { endAll, requireBuild, start, startDecoy } from '../../support/processes.js';
import { itOnSmallDisk, onSmallDisk } from '../../support/small-disk.js';

let root: string;
let path: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'justuju-folder-')));
  path = join(root, 'data');
});
afterEach(async () => {
  await endAll();
  await rm(root, { recursive: true, force: true });
});

/** No process has it: Linux numbers end at 2^22. */
const DEAD = { pid: 2 ** 22 + 7, startTime: '1@some-boot' };

function state(changes: Partial<FolderState> = {}): FolderState {
  return { version: 1, nonce: 'a-nonce', holder: 'server', machine: hostname(), ...DEAD, since: '2026-01-31T10:00:00.000Z', ...changes };
}

async function leave(found: FolderState, at = path, name = 'justuju.json'): Promise<void> {
  await mkdir(at, { recursive: true });
  await writeFile(join(at, name), JSON.stringify(found));
}

const read = async (): Promise<FolderState> => JSON.parse(await readFile(join(path, 'justuju.json'), 'utf8')) as FolderState;

describe('openDataFolder', () => {
  it('creates the folder and says who holds it, to this user alone', async () => {
    const folder = await openDataFolder(join(path, 'deeper'), 'server');
    const file = join(path, 'deeper', 'justuju.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      version: 1,
      nonce: expect.stringMatching(/^[\w-]{36}$/),
      holder: 'server',
      machine: hostname(),
      ...ownIdentity(),
      since: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    folder.release();
    expect(readdirSync(join(path, 'deeper'))).toEqual([]);
  });

  it('keeps the file whole and private when fields change', async () => {
    const folder = await openDataFolder(path, 'server');
    folder.record({ host: '0.0.0.0', port: 3000, engine: { ...DEAD, url: 'http://127.0.0.1:1', adminKey: 'k' } });
    folder.record({ engine: undefined });
    expect(await read()).toEqual({ ...folder.state, host: '0.0.0.0', port: 3000 });
    expect(statSync(join(path, 'justuju.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(path)).toEqual(['justuju.json']);
    folder.release();
    folder.release();
    folder.record({ port: 1 });
    expect(readdirSync(path)).toEqual([]);
  });

  itOnSmallDisk('says on a full disk too which engine runs, and leaves nothing beside', async () => {
    await onSmallDisk(path, '64k', async () => {
      const folder = await openDataFolder(path, 'server');
      folder.record({ engine: { ...DEAD, url: 'http://127.0.0.1:1', adminKey: 'k' } });
      await writeFile(join(path, 'other'), Buffer.alloc(200_000)).catch(() => undefined);
      folder.record({ host: '0.0.0.0', port: 3000 });
      expect(await read()).toEqual({ ...folder.state, host: '0.0.0.0', port: 3000 });
      folder.record({ engine: undefined });
      expect(await read()).toEqual({ ...folder.state, host: '0.0.0.0', port: 3000 });
      expect(readdirSync(path).sort()).toEqual(['justuju.json', 'other']);
      folder.release();
    });
  });

  it('says who holds it, since when, and where it serves', async () => {
    const first = await openDataFolder(path, 'server');
    first.record({ host: '127.0.0.1', port: 3000 });
    await expect(openDataFolder(path, 'server')).rejects.toThrow(
      new OperatorError(
        `DATA_DIR=${path} is held by another Justuju (process ${process.pid}, since ${first.state.since}, at http://127.0.0.1:3000). ` +
          `Use that one, or stop it (kill ${process.pid}), or give this one a folder of its own: DATA_DIR=${path}-2.`,
      ),
    );
    expect((await read()).nonce).toBe(first.state.nonce);
  });

  it('says that a seed run holds it', async () => {
    const first = await openDataFolder(path, 'seed');
    await expect(openDataFolder(path, 'server')).rejects.toThrow(
      `DATA_DIR=${path} is held by a seed run (process ${process.pid}, since ${first.state.since}). Wait until it has finished, or give`,
    );
  });

  it('takes over from a dead holder and keeps the engine that it left in mind', async () => {
    const engine = { ...DEAD, url: 'http://127.0.0.1:1', adminKey: 'k' };
    await leave(state({ engine, host: '127.0.0.1', port: 3000 }));
    const folder = await openDataFolder(path, 'server');
    expect(folder.state).toMatchObject({ ...ownIdentity(), leftover: engine });
    expect(folder.state).not.toHaveProperty('port');
    expect(await read()).toEqual(folder.state);
    expect(readdirSync(path)).toEqual(['justuju.json']);
  });

  it('remembers a leftover over two dead holders', async () => {
    const leftover = { ...DEAD, url: 'http://127.0.0.1:1', adminKey: 'k' };
    await leave(state({ leftover }));
    expect((await openDataFolder(path, 'server')).state.leftover).toEqual(leftover);
  });

  it('takes over when the number of the dead holder belongs to another process by now', async () => {
    const decoy = startDecoy();
    await leave(state({ pid: decoy.pid, startTime: '1@some-boot' }));
    expect((await openDataFolder(path, 'server')).state.pid).toBe(process.pid);
    expect(decoy.exitCode).toBeNull();
  });

  it('does not take over from a living holder', async () => {
    const decoy = startDecoy();
    await leave(state({ pid: decoy.pid, startTime: startTimeOf(decoy.pid) ?? '' }));
    await expect(openDataFolder(path, 'server')).rejects.toThrow(`(process ${decoy.pid}, since 2026-01-31T10:00:00.000Z)`);
  });

  it('does not judge a holder on another machine', async () => {
    await leave(state({ machine: 'elsewhere' }));
    await expect(openDataFolder(path, 'server')).rejects.toThrow(
      `on the machine "elsewhere", which cannot be asked from here ("${hostname()}"). Stop it there; when it does not run any more, delete ${join(path, 'justuju.json')}.`,
    );
  });

  it('succeeds a start that died while it took over', async () => {
    const engine = { ...DEAD, url: 'http://127.0.0.1:1', adminKey: 'k' };
    await leave(state({ nonce: 'first', engine }));
    await leave(state({ nonce: 'second', leftover: engine }), path, 'justuju.json.after-first');
    await leave(state({ nonce: 'third', leftover: engine }), path, 'justuju.json.after-second');
    const folder = await openDataFolder(path, 'server');
    expect(folder.state.leftover).toEqual(engine);
    expect(await read()).toEqual(folder.state);
    expect(readdirSync(path)).toEqual(['justuju.json']);
  });

  it.each(['', '{', '[]', '{"version":2}', JSON.stringify({ ...state(), pid: -1 }), JSON.stringify({ ...state(), nonce: '../x' })])(
    'refuses a state file that is none: %j',
    async (content) => {
      await mkdir(path);
      await writeFile(join(path, 'justuju.json'), content);
      const message = `${join(path, 'justuju.json')} does not hold the state of a data folder, so nobody can tell who holds it. When no Justuju runs on that folder, delete the file.`;
      await expect(openDataFolder(path, 'server')).rejects.toThrow(new OperatorError(message));
    },
  );

  it('says so when the path is a file, or lies below one', async () => {
    await writeFile(path, 'not a folder');
    await expect(openDataFolder(path, 'server')).rejects.toThrow(
      `DATA_DIR=${path} is a file or lies below one; it must be a folder, or name another folder, for example DATA_DIR=./data. (EEXIST`,
    );
    await expect(openDataFolder(join(path, 'x'), 'server')).rejects.toThrow(`DATA_DIR=${join(path, 'x')} is a file or lies below one`);
  });

  it('says so when the folder cannot be created', async () => {
    await expect(openDataFolder('/proc/justuju', 'server')).rejects.toThrow(
      'DATA_DIR=/proc/justuju cannot be created there, or name another folder',
    );
  });

  // Root may write everywhere.
  (process.getuid?.() === 0 ? it.skip : it)('says so when the folder may not be written', async () => {
    await mkdir(path, { mode: 0o555 });
    await expect(openDataFolder(path, 'server')).rejects.toThrow(
      `DATA_DIR=${path} may not be written by this user. Change its owner or rights`,
    );
  });
});

describe('a race for a stale lock', () => {
  it('has one winner, and the others see it', async () => {
    requireBuild();
    const ROUNDS = 12;
    const RACERS = 6;
    const rounds = Array.from({ length: ROUNDS }, (_, n) => join(root, `round-${n}`));
    for (const [n, round] of rounds.entries()) {
      if (n % 3 === 0) continue; // No lock at all.
      await leave(state({ nonce: 'first' }), round);
      if (n % 3 === 2) await leave(state({ nonce: 'second' }), round, 'justuju.json.after-first');
    }
    const racer = `
      const { openDataFolder } = await import(${JSON.stringify(pathToFileURL(resolve('dist/server/engine/data-folder.js')).href)});
      const [begin, ...rounds] = process.argv.slice(1);
      const seen = [];
      for (const [n, round] of rounds.entries()) {
        while (Date.now() < Number(begin) + n * 50) await new Promise((go) => setTimeout(go, 0));
        seen.push(await openDataFolder(round, 'server').then(() => 'won', (error) => error.message.includes('is held by') ? 'held' : error.message));
      }
      console.log(JSON.stringify(seen));
      setTimeout(() => {}, 20_000);
    `;
    const begin = String(Date.now() + 1_500);
    const results = await Promise.all(
      Array.from({ length: RACERS }, async () => {
        const child = start(process.execPath, ['--input-type=module', '-e', racer, begin, ...rounds]);
        let errors = '';
        child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
        const line = await new Promise<string>((said, failed) => {
          child.stdout?.once('data', (chunk: Buffer) => said(chunk.toString()));
          child.once('exit', () => failed(new Error(errors)));
        });
        return JSON.parse(line) as string[];
      }),
    );
    for (const [n, round] of rounds.entries()) {
      const outcomes = results.map((seen) => seen[n]).sort();
      expect(outcomes).toEqual([...Array.from({ length: RACERS - 1 }, () => 'held'), 'won']);
      expect(readdirSync(round)).toEqual(['justuju.json']);
    }
  });
});

describe('readLiveState', () => {
  it('knows nothing of a missing folder, an empty one and a dead holder', async () => {
    expect(await readLiveState(path)).toBeUndefined();
    await mkdir(path);
    expect(await readLiveState(path)).toBeUndefined();
    await leave(state());
    expect(await readLiveState(path)).toBeUndefined();
    expect(existsSync(join(path, 'justuju.json'))).toBe(true);
  });

  it('reads the state of a living holder', async () => {
    const folder = await openDataFolder(path, 'server');
    expect(await readLiveState(path)).toEqual(folder.state);
  });
});

describe('httpUrl', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:80'],
    ['0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://[::1]:80'],
    ['fe80::1', 'http://[fe80::1]:80'],
    ['search.example.org', 'http://search.example.org:80'],
  ])('shows how to reach a server on %s', (host, url) => {
    expect(httpUrl(host, 80)).toBe(url);
  });
});
