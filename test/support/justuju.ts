import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { createApp } from '../../server/app.js';
import { type Access, type Limits, OPEN_ACCESS } from '../../server/config.js';
import { createHttpServer } from '../../server/http-server.js';
import type { PageSettings } from '../../server/page/settings.js';
import { loadSamples } from '../../server/samples.js';
import { type Script, startAlteredEngine } from './altered-engine.js';
import { startTestEngine } from './engine.js';
import { PATIENT } from './patient.js';
import { storeIsOpen } from './store-is-open.js';

export interface TestJustuju {
  readonly url: string;
  readonly engineUrl: string;
  readonly adminKey: string | undefined;
  /** The folder of the engine, gone after `stop`. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

export interface TestOptions {
  readonly samples?: boolean;
  /** Folder of the built page, for page tests. */
  readonly webFolder?: string;
  readonly masterKey?: string;
  /** Another executable of Meilisearch than the one that is found. */
  readonly meiliBin?: string;
  /** Bytes of the largest body. */
  readonly payloadLimit?: number;
  /** Settings of the search page. */
  readonly page?: PageSettings;
  readonly pageKey?: string;
  readonly limits?: Partial<Limits>;
  readonly access?: Partial<Access>;
  readonly staleAnswersSeconds?: number;
  readonly log?: Logger;
  /** Where the engine is to answer as a newer Meilisearch. */
  readonly script?: Script;
}

/** A whole Justuju with a Meilisearch of its own on free ports. Stop it in `afterAll`. */
export async function startJustuju({
  samples = false,
  webFolder,
  masterKey,
  meiliBin,
  payloadLimit,
  page,
  pageKey,
  limits,
  access,
  staleAnswersSeconds,
  log: givenLog,
  script,
}: TestOptions = {}): Promise<TestJustuju> {
  const engine = await startTestEngine({
    ...(masterKey === undefined ? {} : { meiliMasterKey: masterKey }),
    ...(meiliBin === undefined ? {} : { meiliBin }),
  });
  try {
    const log = givenLog ?? pino({ level: process.env['TEST_LOG'] ?? 'silent' });
    if (samples) await loadSamples(engine, log);
    const scripted = script === undefined ? undefined : await startAlteredEngine(engine.url, script);
    const { app, close } = createApp({
      engine: { ...engine, ...(scripted && { url: scripted.url }) },
      log,
      storeFolder: join(engine.dataDir, 'store'),
      ...PATIENT,
      ...(webFolder === undefined ? {} : { webFolder }),
      limits: { ...PATIENT.limits, ...(payloadLimit !== undefined && { payload: payloadLimit }), ...limits },
      access: { ...OPEN_ACCESS, ...access },
      ...(staleAnswersSeconds !== undefined && { staleAnswersSeconds }),
      ...(page === undefined ? {} : { page }),
      ...(pageKey === undefined ? {} : { pageKey }),
    });
    const server = createHttpServer(app).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    if (samples) await storeIsOpen(url, engine.adminKey);
    return {
      url,
      engineUrl: scripted?.url ?? engine.url,
      adminKey: engine.adminKey,
      dataDir: engine.dataDir,
      stop: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
        await close();
        await scripted?.stop();
        await engine.stop();
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
