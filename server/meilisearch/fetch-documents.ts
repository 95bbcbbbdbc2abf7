import { adminAuthorization, type EngineAddress } from './client.js';
import type { EngineAnswer, EngineHttp } from './http.js';

/** Which documents of an index are wanted, and what of them; as Meilisearch's `documents/fetch` takes it. */
export interface Wanted {
  readonly ids?: readonly unknown[];
  readonly offset?: number;
  readonly limit: number;
  /** Undefined: all. */
  readonly fields?: readonly string[];
}

/** Reads documents with Justuju's own key: whoever shows them to a caller must know that the caller may see them. */
export function fetchDocuments(http: EngineHttp, address: EngineAddress, uid: string, wanted: Wanted): Promise<EngineAnswer> {
  const path = `/indexes/${encodeURIComponent(uid)}/documents/fetch`;
  return http.send('POST', path, adminAuthorization(address), wanted);
}
