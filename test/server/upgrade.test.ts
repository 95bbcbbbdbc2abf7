/** Real engines throughout. There is one version of Meilisearch where the tests run, so it is upgraded to itself: dump, import, comparison and exchange are the same. */
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../server/config.js';
import { type StartedEngine, startEngine } from '../../server/engine/engine.js';
import { findExecutable } from '../../server/engine/find-executable.js';
import { adminClient } from '../../server/meilisearch/client.js';
import { type Inventory, inventoryOf, lostBetween } from '../../server/upgrade/inventory.js';
import { rollBack, type Upgraded, type UpgradeOptions, upgrade } from '../../server/upgrade/upgrade.js';
import { silentLog, testConfig } from '../support/engine.js';

const MASTER = 'a-master-key-of-tests';
let folder: string;
let config: Config;
let meilisearch: string;
let before: Inventory;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'justuju-upgrade-'));
  config = { ...testConfig(join(folder, 'data')), meiliMasterKey: MASTER };
  meilisearch = (await findExecutable({ searchPath: process.env['PATH'], dataDir: config.dataDir })).path;
  before = await withService(async (engine) => {
    const client = adminClient(engine);
    await client.index('books').updateSettings({ filterableAttributes: ['genre'], synonyms: { car: ['auto'] } });
    await client.index('books').addDocuments(
      [
        { id: 1, title: 'کتاب' },
        { id: 2, title: 'پھول', genre: 'باغ' },
      ],
      { primaryKey: 'id' },
    );
    await client.createIndex('empty').waitTask();
    await client.createKey({ name: 'readers', actions: ['search'], indexes: ['books'], expiresAt: null });
    return inventoryOf(engine);
  });
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

/** The engine as the service starts it. */
async function withService<T>(work: (engine: StartedEngine) => Promise<T>): Promise<T> {
  const engine = await startEngine(config, silentLog);
  try {
    return await work(engine);
  } finally {
    await engine.stop();
  }
}

const run = (options: Partial<UpgradeOptions> = {}): Promise<Upgraded> =>
  upgrade({
    config,
    to: meilisearch,
    by: 'dump',
    log: silentLog,
    signal: new AbortController().signal,
    onStep: () => undefined,
    ...options,
  });

const databases = async (): Promise<string[]> =>
  (await readdir(join(config.dataDir, 'meili'))).filter((name) => name.startsWith('data.ms')).sort();

/** A Meilisearch that is not as it should be. */
async function altered(script: string): Promise<string> {
  const path = join(folder, 'altered');
  await writeFile(path, `#!/bin/bash\nset -- "$@"\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

it.each(['dump', 'copy'] as const)('all is there afterwards, by a %s, and the data from before are kept', async (by) => {
  expect(before.indexes.map(({ uid, documents }) => [uid, documents])).toEqual([
    ['books', 2],
    ['empty', 0],
  ]);
  const done = await run({ by });
  expect(done).toMatchObject({ from: before.version, to: before.version, indexes: 2, documents: 2 });
  expect(await databases()).toEqual(['data.ms', `data.ms.before-${before.version}`]);
  expect(lostBetween(before, await withService(inventoryOf))).toEqual([]);
});

it('one that loses documents is not taken', async () => {
  // As if its import had failed without a word.
  const forgetful = await altered(
    `args=(); while [ $# -gt 0 ]; do if [ "$1" = --import-dump ]; then shift; else args+=("$1"); fi; shift; done\nexec '${meilisearch}' "\${args[@]}"`,
  );
  await expect(run({ to: forgetful })).rejects.toThrow(
    /not all is as before:\n- The index `books` is missing\.\n- The index `empty` is missing\.\n- .*API keys are missing.*\nThe old data stay in use\./s,
  );
  expect(await databases()).toEqual(['data.ms']);
  expect(await withService(inventoryOf)).toEqual(before);
});

it('nor one that does not start: its last words are told', async () => {
  const broken = await altered('echo "this machine is too old" >&2; exit 7');
  await expect(run({ to: broken })).rejects.toThrow(/did not start \(exit status 7\)\. It said:\n {2}this machine is too old/);
  expect(await databases()).toEqual(['data.ms']);
  expect(await withService(inventoryOf)).toEqual(before);
});

it('goes back to the data from before', async () => {
  await run();
  await withService(async (engine) => {
    await adminClient(engine).index('books').deleteAllDocuments().waitTask();
  });
  const { version, kept } = await rollBack(config);
  expect({ version, kept }).toEqual({ version: before.version, kept: join(config.dataDir, 'meili', 'data.ms.undone') });
  expect(await withService(inventoryOf)).toEqual(before);
  await expect(rollBack(config)).rejects.toThrow('There is nothing to go back to');
});

it('waits for no service that runs: it says so, and touches nothing', async () => {
  await withService(async (engine) => {
    await expect(run()).rejects.toThrow(config.dataDir);
    expect(await inventoryOf(engine)).toEqual(before);
  });
  expect(await databases()).toEqual(['data.ms']);
});

describe('what is lost', () => {
  const books = (): Inventory['indexes'][number] => structuredClone(before.indexes[0] as Inventory['indexes'][number]);
  const after = (index: object): Inventory => ({ ...before, indexes: [{ ...books(), ...index }, ...before.indexes.slice(1)] });

  it.each([
    ['documents', { documents: 1 }, ['`books` has 1 documents in place of 2.']],
    ['fields', { fields: { id: 2, title: 2 } }, ['In `books` 0 documents have the field `genre` in place of 1.']],
    ['settings', { settings: { synonyms: {} } }, ['The setting `synonyms` of `books` is another one.']],
    ['texts', { sample: [{ id: 1, title: 'کتب' }] }, ['Of the first 2 documents of `books` some are different.']],
    ['the primary key', { primaryKey: null }, ['The primary key of `books` is null in place of id.']],
    [
      'nothing, in another order',
      {
        sample: [
          { id: 2, title: 'پھول', genre: 'باغ' },
          { id: 1, title: 'کتاب' },
        ],
      },
      [],
    ],
  ])('%s', (_what, changes, told) => {
    expect(lostBetween(before, after(changes))).toEqual(told);
  });
});
