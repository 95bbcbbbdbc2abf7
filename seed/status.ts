import { readConfig } from '../server/config.js';
import { formerBy } from '../server/indexing/beside.js';
import { fillersOf } from '../server/indexing/index-lock.js';
import { overview } from '../server/indexing/overview.js';
import { openEngine } from './load.js';
import { EXIT } from './report.js';

/** `justuju status`: which indexes there are, what they hold, who is at work. */
export async function status({ json }: { readonly json: boolean }): Promise<number> {
  const config = readConfig(process.env);
  const engine = await openEngine(config, new AbortController().signal);
  try {
    const indexes = await overview(engine);
    const fillers = await fillersOf(config.dataDir);
    if (json) {
      process.stdout.write(`${JSON.stringify({ engine: engine.from, indexes, fillers }, null, 2)}\n`);
      return EXIT.allFine;
    }
    process.stdout.write(`Meilisearch: ${engine.from}\n`);
    if (indexes.length === 0) process.stdout.write('No index yet. Fill one: npm run seed -- PATH\n');
    for (const { uid, documents, isIndexing, analyzedBy, isCurrent } of indexes) {
      const former = formerBy(uid);
      if (former !== undefined) {
        process.stdout.write(
          `${uid}: ${documents} documents, "${former.of}" before its rebuild; kept until ${former.until.toISOString().slice(0, 10)} (npm run seed -- --rollback --index ${former.of})\n`,
        );
        continue;
      }
      const analyzed =
        analyzedBy === undefined
          ? 'not analyzed (npm run reindex)'
          : isCurrent
            ? 'analyzed'
            : `analyzed by version ${analyzedBy} (npm run reindex)`;
      process.stdout.write(`${uid}: ${documents} documents, ${analyzed}${isIndexing ? ', being written to' : ''}\n`);
    }
    for (const { what, pid, since } of fillers) process.stdout.write(`at work: a ${what} (process ${pid}, since ${since})\n`);
    return EXIT.allFine;
  } finally {
    await engine.release();
  }
}
