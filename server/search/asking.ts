import type { EngineAnswer, EngineHttp } from '../meilisearch/http.js';
import type { SearchResult } from './request.js';
import { readUnread } from './unread-hits.js';
import type { Ask } from './verify.js';

/** Meilisearch refuses a question. */
export class Refused extends Error {
  constructor(readonly answer: EngineAnswer) {
    super(`Meilisearch answers ${answer.status}`);
  }
}

/**
 * Asks with the caller's key. What is asked throws `Refused`.
 *
 * @param options `isUnread`: nobody looks into the fields of hits
 */
export const asking =
  (
    uid: string,
    authorization: string | undefined,
    { http }: { readonly http: EngineHttp },
    { isUnread = false }: { readonly isUnread?: boolean } = {},
  ): Ask =>
  async (question) => {
    // The index stands in the address.
    const { indexUid: _indexUid, ...asked } = question;
    const answer = await http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, asked);
    if (answer.status !== 200) throw new Refused(answer);
    // What cannot be left unread is read, and what is no answer is told so.
    return ((isUnread ? unread(answer) : undefined) ?? answer.json()) as SearchResult;
  };

function unread({ bytes }: EngineAnswer): unknown {
  try {
    return readUnread(bytes);
  } catch {
    return undefined;
  }
}
