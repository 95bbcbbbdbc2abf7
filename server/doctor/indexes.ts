import { ANALYZER_VERSION } from '@justuju/urdu';
import { reindexCommand } from '../indexing/command.js';
import { overview } from '../indexing/overview.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import type { Finding } from './doctor.js';
import type { FoundEngine } from './engine.js';

/** Which analyzer made each index. */
export async function checkIndexes({ address }: FoundEngine): Promise<Finding[]> {
  if (address === undefined) return [];
  const indexes = (await overview(address)).filter(({ uid, documents }) => !isOwnIndex(uid) && documents > 0);
  const check = 'indexes';
  const findings = indexes
    .filter(({ isCurrent }) => !isCurrent)
    .map(({ uid, analyzedBy, documents }): Finding => {
      const by =
        analyzedBy === undefined
          ? 'was never analyzed: Urdu is found in it by its spelling only'
          : `was made by version ${analyzedBy} of the analyzer, this is ${ANALYZER_VERSION}`;
      return { check, state: 'warning', message: `${uid} (${documents} documents) ${by}`, mend: reindexCommand(uid) };
    });
  const current = indexes.length - findings.length;
  return [...findings, { check, state: 'good', message: `${current} with documents, made by version ${ANALYZER_VERSION} of the analyzer` }];
}
