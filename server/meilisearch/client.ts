import { Meilisearch } from 'meilisearch';

/** Where a Meilisearch server is, and the key that Justuju itself uses there. */
export interface EngineAddress {
  readonly url: string;
  readonly adminKey: string | undefined;
}

/** The `Authorization` header of Justuju's own requests; undefined for an engine without keys. */
export const adminAuthorization = ({ adminKey }: EngineAddress): string | undefined =>
  adminKey === undefined ? undefined : `Bearer ${adminKey}`;

/** A client for Justuju's own work on the engine (settings, reindexing); requests of users go through `EngineHttp` with their own keys. */
export function adminClient({ url, adminKey }: EngineAddress): Meilisearch {
  return new Meilisearch({
    host: url,
    ...(adminKey === undefined ? {} : { apiKey: adminKey }),
    // Indexing a batch of thousands of articles takes longer than the client's 5 s.
    defaultWaitOptions: { timeout: 30 * 60_000, interval: 50 },
  });
}
