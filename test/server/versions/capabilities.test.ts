import { EngineCapabilities } from '../../../server/meilisearch/capabilities.js';
import { EngineHttp } from '../../../server/meilisearch/http.js';
import { isAtLeast } from '../../../server/meilisearch/version.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';

it.each([
  ['1.41.0', [1, 41], true],
  ['1.40.9', [1, 41], false],
  ['1.50.0-rc.2', [1, 41], true],
  ['2.0.0', [1, 41], true],
  ['1.9.0', [1, 10], false],
  ['unknown', [1, 0], false],
] as const)('version %s, since %j: %s', (version, since, has) => {
  expect(isAtLeast(version, since)).toBe(has);
});

describe('of a real Meilisearch 1.21', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  }, 60_000);
  afterAll(() => engine?.stop());

  it('are read once, and again when the engine was gone', async () => {
    let asked = 0;
    const http = new EngineHttp(engine.url, {
      onAnswer: () => {
        asked += 1;
      },
    });
    const capabilities = new EngineCapabilities(http, engine);
    expect(await capabilities.now()).toEqual({ version: '1.21.0', hasRules: false, isSharded: false });
    await capabilities.now();
    expect(asked).toBe(1);
    capabilities.forget();
    await capabilities.now();
    expect(asked).toBe(2);
    await http.close();
  });
});
