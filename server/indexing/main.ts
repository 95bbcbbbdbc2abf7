/** `npm run reindex -- UID...`: analyzes the stored documents of indexes anew, beside the old ones, and swaps. */
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type Config, readConfig } from '../config.js';
import { findRunningEngine, startEngine } from '../engine/engine.js';
import { JustujuError } from '../errors.js';
import type { EngineAddress } from '../meilisearch/client.js';
import { VERSION } from '../version.js';
import { analyzeAnew } from './analyze-anew.js';
import { keptInWords } from './beside.js';
import { KEYS_OPTION, KEYS_VARIABLE, pairsIn, readEmbedderKeys } from './embedder-keys.js';
import { holdIndex } from './index-lock.js';

const USAGE = `Usage: npm run reindex -- UID... [--${KEYS_OPTION} NAME=KEY]...
Analyzes the documents of existing indexes anew, from what Meilisearch has stored, and keeps their settings. Searches go on meanwhile.
GET /ready names the indexes that need it.
Meilisearch does not tell the API keys of embedders: give them by --${KEYS_OPTION}, or in the environment as ${KEYS_VARIABLE}="NAME=KEY NAME=KEY".
`;

/** MEILI_URL, else the engine of the Justuju that runs on DATA_DIR, else one of our own. */
async function openEngine(config: Config, signal: AbortSignal): Promise<EngineAddress & { release(): Promise<void> }> {
  const running = config.meiliUrl === undefined ? await findRunningEngine(config.dataDir) : undefined;
  if (running !== undefined) return { ...running, release: () => Promise.resolve() };
  const log = pino({ level: process.env['LOG_LEVEL'] === undefined ? 'warn' : config.logLevel }, pino.destination(2));
  const engine = await startEngine(config, log, { as: 'seed', signal });
  return { url: engine.url, adminKey: engine.adminKey, release: () => engine.stop() };
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'V' },
      [KEYS_OPTION]: { type: 'string', multiple: true },
    },
  });
  if (values.version === true && values.help !== true) {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (values.help === true || positionals.length === 0) {
    (values.help === true ? process.stdout : process.stderr).write(USAGE);
    return values.help === true ? 0 : 2;
  }
  const embedderKeys = readEmbedderKeys([...pairsIn(process.env), ...(values[KEYS_OPTION] ?? [])]);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.abort(new Error(`stopped by ${signal}; the indexes are as they were`)));
  const config = readConfig(process.env);
  const engine = await openEngine(config, stopping.signal);
  try {
    for (const uid of positionals) {
      const release = await holdIndex(config.dataDir, config.meiliUrl ?? engine.url, uid, 'reindex');
      try {
        const { documents, milliseconds, former } = await analyzeAnew(engine, uid, {
          embedderKeys,
          onLeftovers: (left) => process.stderr.write(`removing what a run that was killed left behind: ${left.join(', ')}\n`),
          signal: stopping.signal,
          onProgress: ({ phase, documents: done }) => process.stderr.write(`${uid}: ${phase}, ${done} documents\n`),
        });
        process.stdout.write(`${uid}: ${documents} documents analyzed in ${(milliseconds / 1000).toFixed(1)} s\n`);
        if (former !== undefined) process.stdout.write(`${keptInWords(former, uid)}\n`);
      } finally {
        await release();
      }
    }
    return 0;
  } finally {
    await engine.release();
  }
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`Justuju: ${error instanceof JustujuError || error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof TypeError && 'code' in error ? 2 : 1);
}
