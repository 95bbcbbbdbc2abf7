/** A real Meilisearch for a test suite: a folder and a port of its own, so that suites run side by side. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from '../../server/config.js';
import { type StartedEngine, startEngine } from '../../server/engine/engine.js';

export interface TestEngine extends StartedEngine {
  readonly dataDir: string;
}

export const silentLog: Logger = pino({ level: 'silent' });

/** `stop()` also removes the folder: call it in `afterAll`. */
export async function startTestEngine(changes: Partial<Config> = {}): Promise<TestEngine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'justuju-test-'));
  const remove = (): Promise<void> => rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  try {
    const engine = await startEngine({ ...testConfig(dataDir), ...changes }, silentLog);
    return {
      ...engine,
      dataDir,
      async stop() {
        await engine.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** As a person without any settings has it, on a free port and a given folder. Nothing of the caller's environment gets in. */
export function testConfig(dataDir: string): Config {
  return readConfig({ DATA_DIR: dataDir, PORT: '0', JUSTUJU_SAMPLES: 'off', LOG_LEVEL: 'silent' });
}
