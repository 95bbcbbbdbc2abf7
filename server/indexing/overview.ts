import { ANALYZER_VERSION } from '@justuju/urdu';
import { adminClient, type EngineAddress } from '../meilisearch/client.js';
import { versionOf } from '../shadow/shadow.js';

export interface IndexOverview {
  readonly uid: string;
  readonly documents: number;
  readonly isIndexing: boolean;
  /** Version of the analyzer; undefined: its documents were not analyzed. */
  readonly analyzedBy: number | undefined;
  readonly isCurrent: boolean;
}

/** All indexes of a Meilisearch, by name. */
export async function overview(address: EngineAddress): Promise<IndexOverview[]> {
  const client = adminClient(address);
  const { results } = await client.getIndexes({ limit: 100_000 });
  const found: IndexOverview[] = [];
  for (const { uid } of results) {
    const { numberOfDocuments, isIndexing } = await client.index(uid).getStats();
    const analyzedBy = versionOf((await client.index(uid).getSearchableAttributes()) ?? []);
    found.push({ uid, documents: numberOfDocuments, isIndexing, analyzedBy, isCurrent: analyzedBy === ANALYZER_VERSION });
  }
  return found.sort((a, b) => (a.uid < b.uid ? -1 : 1));
}
