/** Justuju as a whole, as `npm start` runs it. */
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FolderState, readLiveState } from '../../../server/engine/data-folder.js';
import { databasePath } from '../../../server/engine/launch.js';
import { startTimeOf } from '../../../server/engine/process.js';
import { startTestEngine } from '../../support/engine.js';
import {
  endAll,
  eventually,
  follow,
  type Justuju,
  MAIN,
  processesNaming,
  requireBuild,
  start,
  startDecoy,
  startJustuju,
} from '../../support/processes.js';

let folder: string;
let dataDir: string;

beforeAll(requireBuild);
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'justuju-life-')));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  await endAll();
  // Should a test fail halfway: engines work on a folder that only this test has.
  for (const pid of processesNaming(databasePath(dataDir))) process.kill(pid, 'SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function stateOf(justuju: Justuju): Promise<FolderState & Required<Pick<FolderState, 'engine'>>> {
  await justuju.url;
  const state = await readLiveState(dataDir);
  if (state?.engine === undefined) throw new Error('no engine is recorded');
  return { ...state, engine: state.engine };
}

describe('npm start', () => {
  it('prints its address, serves there, and says so in the data folder', async () => {
    const justuju = startJustuju({ DATA_DIR: dataDir });
    const url = await justuju.url;
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await stateOf(justuju)).toMatchObject({
      pid: justuju.pid,
      holder: 'server',
      host: '127.0.0.1',
      port: Number(new URL(url).port),
    });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stops on %s: status 0, no process, no lock', async (signal) => {
    const justuju = startJustuju({ DATA_DIR: dataDir });
    const { engine } = await stateOf(justuju);
    justuju.kill(signal);
    expect(await justuju.exited).toEqual({ code: 0, signal: null });
    expect(startTimeOf(engine.pid)).toBeUndefined();
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
  });

  it('stops as cleanly while it starts', async () => {
    const justuju = startJustuju({ DATA_DIR: dataDir });
    await eventually('the lock', () => (existsSync(join(dataDir, 'justuju.json')) ? true : undefined));
    justuju.kill('SIGINT');
    expect(await justuju.exited).toEqual({ code: 0, signal: null });
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
  });

  it('answers a request that was under way, and takes no other', async () => {
    const justuju = startJustuju({ DATA_DIR: dataDir });
    const { port } = new URL(await justuju.url);
    const body = '{"queries":[]}';
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const closed = new Promise((done) => socket.once('close', done));
    socket.write(
      `POST /multi-search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    await new Promise((done) => setTimeout(done, 200));

    justuju.kill('SIGTERM');
    await eventually('refusal', () =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        () => undefined,
        () => true,
      ),
    );
    socket.write(body.slice(5));
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(await justuju.exited).toEqual({ code: 0, signal: null });
  });

  it('does not wait for ever when a second signal says so', async () => {
    const justuju = startJustuju({ DATA_DIR: dataDir });
    const { port } = new URL(await justuju.url);
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
    socket.write('POST /multi-search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    await new Promise((done) => setTimeout(done, 200));
    justuju.kill('SIGINT');
    // The same wish twice, as under npm; Justuju still waits.
    justuju.kill('SIGINT');
    await new Promise((done) => setTimeout(done, 1_200));
    expect(startTimeOf(justuju.pid)).toBeDefined();
    justuju.kill('SIGINT');
    expect(await justuju.exited).toEqual({ code: 1, signal: null });
    await eventually('no engine', () => (processesNaming(databasePath(dataDir)).length === 0 ? true : undefined));
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
    socket.destroy();
  });

  it('stops when the npm above it is killed', async () => {
    const shell = follow(
      start('sh', ['-c', `"${process.execPath}" "${MAIN}"; exit $?`], {
        DATA_DIR: dataDir,
        PORT: '0',
        JUSTUJU_SAMPLES: 'off',
        npm_lifecycle_event: 'start',
      }),
    );
    const { pid } = await stateOf(shell);
    expect(pid).not.toBe(shell.pid);
    shell.kill('SIGKILL');
    await eventually('the end of Justuju', () => (startTimeOf(pid) === undefined ? true : undefined));
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
  });

  it('says who holds the data folder, and leaves that one alone', async () => {
    const first = startJustuju({ DATA_DIR: dataDir });
    const url = await first.url;
    const { since, engine } = await stateOf(first);
    const second = startJustuju({ DATA_DIR: dataDir });
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.stderr()).toBe(
      `Justuju: DATA_DIR=${dataDir} is held by another Justuju (process ${first.pid}, since ${since}, at ${url}). ` +
        `Use that one, or stop it (kill ${first.pid}), or give this one a folder of its own: DATA_DIR=${dataDir}-2.\n`,
    );
    expect((await stateOf(first)).engine).toEqual(engine);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('after a kill -9 ends the engine that was left behind, and nothing else', async () => {
    const decoy = startDecoy();
    const neighbour = await startTestEngine();
    try {
      const first = startJustuju({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
      const { engine: left } = await stateOf(first);
      first.kill('SIGKILL');
      await first.exited;
      expect(startTimeOf(left.pid)).toBe(left.startTime);

      const second = startJustuju({ DATA_DIR: dataDir });
      const { engine, pid } = await stateOf(second);
      expect(pid).toBe(second.pid);
      expect(startTimeOf(left.pid)).toBeUndefined();
      expect(processesNaming(databasePath(dataDir))).toEqual([engine.pid]);
      expect(second.stderr()).toContain('ending the engine that an earlier Justuju left behind');
      expect((await fetch(`${await second.url}/health`)).status).toBe(200);

      expect(decoy.exitCode ?? decoy.signalCode).toBeNull();
      expect((await fetch(`${neighbour.url}/health`)).status).toBe(200);
    } finally {
      await neighbour.stop();
    }
  });

  it('serves again after its engine was killed', async () => {
    const justuju = startJustuju({ DATA_DIR: dataDir });
    const url = await justuju.url;
    const { engine } = await stateOf(justuju);
    process.kill(engine.pid, 'SIGKILL');
    await eventually('another engine', async () => ((await stateOf(justuju)).engine.pid === engine.pid ? undefined : true));
    await eventually('health', async () => ((await fetch(`${url}/health`)).ok ? true : undefined));
    expect((await stateOf(justuju)).engine.url).toBe(engine.url);
    expect(justuju.stderr()).toContain('the engine died and will be restarted');
  });
});

describe('a bug in Justuju', () => {
  it('is logged, and no engine outlives it', async () => {
    const bug = 'process.on("SIGUSR2", () => { throw new Error("a planted bug"); });';
    const justuju = follow(
      start(process.execPath, ['--import', `data:text/javascript,${bug}`, MAIN], { DATA_DIR: dataDir, PORT: '0', JUSTUJU_SAMPLES: 'off' }),
    );
    await justuju.url;
    justuju.kill('SIGUSR2');
    expect(await justuju.exited).toEqual({ code: 1, signal: null });
    expect(justuju.stderr()).toMatch(/"level":60.*a planted bug/);
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
    expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
  });
});

describe('npm start with something in the way', () => {
  it('says which port is in use and leaves no engine', async () => {
    const server: Server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const justuju = startJustuju({ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'silent' });
      expect(await justuju.exited).toEqual({ code: 1, signal: null });
      expect(justuju.stderr()).toBe(
        `Justuju: 127.0.0.1:${port} is in use by another program. Stop that one, or choose another port, for example PORT=${port + 1}; PORT=0 takes any free one.\n`,
      );
      expect(processesNaming(databasePath(dataDir))).toEqual([]);
      expect(existsSync(join(dataDir, 'justuju.json'))).toBe(false);
    } finally {
      server.close();
    }
  });

  it.each([
    [{ PORT: 'abc' }, /^Justuju: PORT=abc is not a port\. .*\n$/],
    [{ HOST: '203.0.113.1', LOG_LEVEL: 'silent' }, /^Justuju: HOST=203\.0\.113\.1 is no address of this machine .*\n$/],
    [{ MEILI_BIN: '/no/such/engine' }, /^Justuju: MEILI_BIN=\/no\/such\/engine: \/no\/such\/engine does not exist\. .*\n$/],
    [{ MEILI_URL: 'ftp://x' }, /^Justuju: MEILI_URL=ftp:\/\/x does not begin with .*\n$/],
  ])('with %j ends with one clear line', async (env, line) => {
    const justuju = startJustuju({ DATA_DIR: dataDir, ...env });
    expect(await justuju.exited).toEqual({ code: 1, signal: null });
    expect(justuju.stderr()).toMatch(line);
    expect(processesNaming(databasePath(dataDir))).toEqual([]);
  });
});
