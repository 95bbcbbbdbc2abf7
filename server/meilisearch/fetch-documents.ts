import type { EngineAnswer, EngineHttp } from './http.js';

/** Which documents of an index are wanted, and what of them; as Meilisearch's `documents/fetch` takes it. */
export interface Wanted {
  readonly ids?: readonly unknown[];
  readonly offset?: number;
  readonly limit: number;
  /** Undefined: all. */
  readonly fields?: readonly string[];
  readonly retrieveVectors?: boolean;
}

/** Reads documents. The key is Justuju's own: whoever shows them to a caller must know that the caller may see them. */
export function fetchDocuments(http: EngineHttp, authorization: string | undefined, uid: string, wanted: Wanted): Promise<EngineAnswer> {
  const path = `/indexes/${encodeURIComponent(uid)}/documents/fetch`;
  return http.send('POST', path, authorization, wanted);
}
