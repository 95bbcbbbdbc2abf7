import { readConfig } from '../server/config.js';
import { differences } from '../server/indexing/differences.js';
import { readArticles } from './articles.js';
import { collection } from './collection.js';
import type { FieldMap } from './fields.js';
import { openEngine } from './load.js';
import { EXIT, newReport } from './report.js';

export interface VerifyOptions {
  readonly index: string;
  readonly json: boolean;
  readonly map?: FieldMap;
  readonly types?: readonly string[];
  readonly keepNearDuplicates: boolean;
  readonly repair: boolean;
}

/** Listed of each kind. */
const LISTED = 20;

/** `justuju verify`: whether an index holds just the articles of its sources. Status 1: it does not. */
export async function verify(paths: readonly string[], { index, json, map, types, ...options }: VerifyOptions): Promise<number> {
  const config = readConfig(process.env);
  const report = newReport();
  const engine = await openEngine(config, new AbortController().signal);
  try {
    const articles = collection(readArticles(paths, { report, ...(map !== undefined && { map }), ...(types !== undefined && { types }) }), {
      report,
      ...options,
    });
    const found = await differences(engine, index, articles, { listed: LISTED, nameField: 'title' });
    const isSame = found.missing.count + found.changed.count + found.extra.count === 0;
    if (json) process.stdout.write(`${JSON.stringify({ index, ...found, skipped: report.skipped }, null, 2)}\n`);
    else {
      process.stdout.write(`"${index}": ${found.same} articles as in the sources\n`);
      for (const [what, { count, ids, names }] of [
        ['missing in the index', found.missing],
        ['changed', found.changed],
        ['in the index only', found.extra],
      ] as const)
        if (count > 0)
          process.stdout.write(
            [`${count} ${what}:`, ...ids.map((id, i) => `  ${id}  ${names[i]}`), ...(count > ids.length ? ['  ...'] : []), ''].join('\n'),
          );
      if (!isSame)
        process.stdout.write('npm run seed with the same PATHs brings it up to date; --prune removes what is in the index only.\n');
    }
    return isSame ? EXIT.allFine : EXIT.nothingIndexed;
  } finally {
    await engine.release();
  }
}
