import { readConfig } from '../server/config.js';
import { rollBack } from '../server/indexing/beside.js';
import { holdIndex } from '../server/indexing/index-lock.js';
import { indexState } from '../server/indexing/update.js';
import { openEngine } from './load.js';
import { EXIT } from './report.js';

/** `--rollback`: the index as it was before the last rebuild, settings included. Said again it is as it was before. */
export async function rollback({ index, json }: { readonly index: string; readonly json: boolean }): Promise<number> {
  const config = readConfig(process.env);
  const engine = await openEngine(config, new AbortController().signal);
  try {
    const release = await holdIndex(config.dataDir, config.meiliUrl ?? engine.url, index, 'rollback');
    try {
      const before = (await indexState(engine, index))?.documents ?? 0;
      const { since } = await rollBack(engine, index);
      const documents = (await indexState(engine, index))?.documents ?? 0;
      if (json) process.stdout.write(`${JSON.stringify({ index, documents, before, since })}\n`);
      else
        process.stdout.write(
          `"${index}" is as it was before ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC: ${documents} documents (${before} now set aside), with its settings of then. ` +
            'What was written since is in the index that was set aside; --rollback once more brings that back.\n',
        );
      return EXIT.allFine;
    } finally {
      await release();
    }
  } finally {
    await engine.release();
  }
}
