import { readFile, writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { readConfig } from '../server/config.js';
import { OperatorError } from '../server/errors.js';
import { type Inventory, inventoryOf, lostBetween } from '../server/upgrade/inventory.js';
import { rollBack, upgrade as upgradeEngine } from '../server/upgrade/upgrade.js';
import { openEngine } from './load.js';
import { EXIT } from './report.js';

export interface UpgradeWish {
  readonly from?: string;
  readonly copy: boolean;
  readonly rollback: boolean;
  readonly record?: string;
  readonly check?: string;
}

/** `justuju upgrade MEILISEARCH`: the data of the local engine into another version of it; back to where it was if anything is lost. */
export async function upgrade(to: string, { from, copy }: UpgradeWish): Promise<number> {
  const config = readConfig(process.env);
  if (config.meiliUrl !== undefined)
    throw new OperatorError(
      'The Meilisearch at MEILI_URL is upgraded where it runs: docs/operating.md says how. `justuju upgrade --record FILE` before and `--check FILE` afterwards tell whether all is there.',
    );
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stopping.abort(new OperatorError('Stopped. The data are as they were.')));
  const log = pino({ level: process.env['LOG_LEVEL'] === undefined ? 'warn' : config.logLevel }, pino.destination(2));
  const done = await upgradeEngine({
    config,
    ...(from !== undefined && { from }),
    to,
    by: copy ? 'copy' : 'dump',
    log,
    signal: stopping.signal,
    onStep: (step) => process.stderr.write(`${step}\n`),
  });
  process.stdout.write(
    `Meilisearch ${done.to} in place of ${done.from}: ${done.documents} documents in ${done.indexes} indexes, all as before.\n` +
      `Start the service with MEILI_BIN=${to}. The data from before are in ${done.kept}: \`justuju upgrade --rollback\` goes back to them; delete them when all is well.\n`,
  );
  return EXIT.allFine;
}

/** `justuju upgrade --rollback`. */
export async function undoUpgrade(): Promise<number> {
  const { version, kept } = await rollBack(readConfig(process.env));
  process.stdout.write(
    `The data of Meilisearch ${version} are in use again: start the service with that version. What came after them is in ${kept}.\n`,
  );
  return EXIT.allFine;
}

/** `justuju upgrade --record FILE`: what a Meilisearch holds, to compare with after an upgrade that is carried out elsewhere. */
export async function recordInventory(file: string): Promise<number> {
  const before = await inventory();
  await writeFile(file, JSON.stringify(before), { mode: 0o600 });
  process.stdout.write(`${before.indexes.length} indexes of Meilisearch ${before.version} are written down in ${file}\n`);
  return EXIT.allFine;
}

/** `justuju upgrade --check FILE`. */
export async function checkInventory(file: string): Promise<number> {
  const before = await inventoryIn(file);
  const after = await inventory();
  const lost = lostBetween(before, after);
  for (const one of lost) process.stdout.write(`${one}\n`);
  if (lost.length === 0) process.stdout.write(`Meilisearch ${after.version} has all that ${before.version} had.\n`);
  return lost.length === 0 ? EXIT.allFine : EXIT.nothingIndexed;
}

async function inventoryIn(file: string): Promise<Inventory> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Inventory;
  } catch (error) {
    throw new OperatorError(
      `${file} cannot be read (${(error as Error).message}). Make one before the change: justuju upgrade --record ${file}`,
      {
        cause: error,
      },
    );
  }
}

async function inventory(): Promise<Inventory> {
  const engine = await openEngine(readConfig(process.env), new AbortController().signal);
  try {
    return await inventoryOf(engine);
  } finally {
    await engine.release();
  }
}
