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
    // A task takes as long as it takes. And for a limit the client sets a timer, which it forgets where Meilisearch is gone: a command that had failed would not end before it.
    defaultWaitOptions: { timeout: 0, interval: 50 },
  });
}
