import type { EngineHttp } from './http.js';
import { patiently } from './patiently.js';

/** Who reads and writes an index for Justuju. */
export interface Access {
  readonly http: EngineHttp;
  readonly authorization: string | undefined;
}

export type StoredDocument = Record<string, unknown>;

/** Documents read at a time: long articles make pages of some megabytes. */
const PAGE = 500;

/** All documents of an index as Meilisearch has them, shadow fields and vectors included; numbers as they were written. */
export async function* storedDocuments({ http, authorization }: Access, uid: string): AsyncGenerator<StoredDocument> {
  for (let offset = 0; ; offset += PAGE) {
    const path = `/indexes/${encodeURIComponent(uid)}/documents?limit=${PAGE}&offset=${offset}&retrieveVectors=true`;
    const answer = await patiently(() => http.request({ method: 'GET', path, authorization }));
    if (answer.status !== 200) throw new Error(`The documents of \`${uid}\` could not be read: ${answer.text}`);
    const { results } = answer.json() as { results: StoredDocument[] };
    yield* results;
    if (results.length < PAGE) return;
  }
}
