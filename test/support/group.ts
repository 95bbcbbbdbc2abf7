/** Several real Meilisearch servers with one master key, and a Justuju before them. Each server can be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { createApp } from '../../server/app.js';
import { OPEN_ACCESS } from '../../server/config.js';
import { startEngine } from '../../server/engine/engine.js';
import { findExecutable } from '../../server/engine/find-executable.js';
import { findFreePort } from '../../server/engine/launch.js';
import { createHttpServer } from '../../server/http-server.js';
import { loadSamples } from '../../server/samples.js';
import { testConfig } from './engine.js';
import { PATIENT } from './patient.js';
import { eventually } from './processes.js';

export const MASTER_KEY = 'a-master-key-of-the-group-tests';

export class TestServer {
  private child: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(): Promise<TestServer> {
    const folder = await mkdtemp(join(tmpdir(), 'justuju-group-server-'));
    const port = await findFreePort();
    const server = new TestServer(`http://127.0.0.1:${port}`, port, folder);
    await server.startAgain();
    return server;
  }

  async startAgain(): Promise<void> {
    const { path } = await findExecutable({ meiliBin: undefined, searchPath: process.env['PATH'], dataDir: this.folder });
    const args = ['--http-addr', `127.0.0.1:${this.port}`, '--db-path', join(this.folder, 'data.ms'), '--master-key', MASTER_KEY];
    this.child = spawn(path, [...args, '--dump-dir', join(this.folder, 'dumps'), '--no-analytics'], { cwd: this.folder, stdio: 'ignore' });
    await eventually('a Meilisearch of the group answers', async () => {
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      return answer?.ok === true ? true : undefined;
    });
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Its data are gone, as after a new disk. */
  async lose(): Promise<void> {
    await this.kill();
    await rm(join(this.folder, 'data.ms'), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

export interface TestGroup {
  readonly url: string;
  /** The door to the servers. */
  readonly engineUrl: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** @param dataDir kept from a Justuju before; undefined: a new one, which `stop` leaves to the caller to remove */
export async function startGroupJustuju(
  servers: readonly TestServer[],
  {
    dataDir,
    samples = false,
    log = pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
  }: { dataDir?: string; samples?: boolean; log?: Logger } = {},
): Promise<TestGroup> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'justuju-group-')));
  const urls = servers.map(({ url }) => url);
  const config = {
    ...testConfig(folder),
    meiliUrl: urls[0] as string,
    ...(urls.length > 1 && { meiliUrls: urls }),
    meiliApiKey: MASTER_KEY,
  };
  const engine = await startEngine(config, log);
  if (samples) await loadSamples(engine, log);
  const { app, close } = createApp({ engine, log, storeFolder: join(folder, 'store'), access: OPEN_ACCESS, ...PATIENT });
  const server = createHttpServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    engineUrl: engine.url,
    dataDir: folder,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
      await engine.stop();
    },
  };
}
