import { readConfig } from '../server/config.js';
import { backedUpIndex, readBackup, writeBackup } from '../server/indexing/backup.js';
import { embedderKeysIn } from '../server/indexing/embedder-keys.js';
import { holdIndex } from '../server/indexing/index-lock.js';
import { openEngine } from './load.js';
import { EXIT } from './report.js';

/** `justuju backup FILE`: documents and settings of an index into a file. */
export async function backup(file: string, { index }: { readonly index: string }): Promise<number> {
  const engine = await openEngine(readConfig(process.env), new AbortController().signal);
  try {
    const documents = await writeBackup(engine, index, file, embedderKeysIn(process.env));
    process.stdout.write(`${documents} documents of "${index}" and its settings are in ${file}\n`);
    return EXIT.allFine;
  } finally {
    await engine.release();
  }
}

/** `justuju restore FILE`: the index as it was then, in the place of the one that is there. */
export async function restore(file: string, { index }: { readonly index?: string }): Promise<number> {
  const uid = index ?? (await backedUpIndex(file));
  const config = readConfig(process.env);
  const engine = await openEngine(config, new AbortController().signal);
  try {
    const release = await holdIndex(config.dataDir, config.meiliUrl ?? engine.url, uid, 'restore');
    try {
      const documents = await readBackup(engine, uid, file, {
        onLeftovers: (left) => process.stderr.write(`removing what a run that was killed left behind: ${left.join(', ')}\n`),
        onProgress: ({ phase, documents: done }) => process.stderr.write(`${uid}: ${phase}, ${done} documents\n`),
      });
      process.stdout.write(`"${uid}" holds the ${documents} documents of ${file}\n`);
      return EXIT.allFine;
    } finally {
      await release();
    }
  } finally {
    await engine.release();
  }
}
