import type { IndexState } from '../settings/index-state.js';
import { rootOfVersion, toShadow } from '../shadow/shadow.js';
import type { SearchDeps } from './search.js';

/** Words that Meilisearch finds for a caller, each with the number of documents in which it does. */
export type Found = ReadonlyMap<string, number>;

/** Whose answer decides. */
export interface Caller {
  readonly uid: string;
  readonly authorization: string | undefined;
  readonly deps: SearchDeps;
  readonly state: IndexState;
}

const NOTHING: Found = new Map();

/** Words that are asked for one answer, some .3 ms each: what comes after them is not told. */
export const MOST_WORDS = 24;

/**
 * Which words a caller may be told of: those that Meilisearch finds with the caller's own key, in fields that are shown as well as searched. What Justuju knows of a
 * collection comes from all its fields, of documents that may be gone or not the caller's; so nothing of it is told that is not confirmed here.
 *
 * @param words as the index holds them, the most important first
 */
export async function confirm(
  words: readonly string[],
  caller: Caller,
  { most = MOST_WORDS, mayAskAgain = true }: { readonly most?: number; readonly mayAskAgain?: boolean } = {},
): Promise<Found> {
  const { uid, authorization, deps, state } = caller;
  const asked = [...new Set(words)].filter((word) => isSearched(word, state)).slice(0, most);
  if (asked.length === 0 || state.told?.length === 0) return NOTHING;
  const [answer, displayed] = await Promise.all([
    deps.http.send('POST', '/multi-search', authorization, { queries: asked.map((word) => question(word, uid, state)) }),
    deps.states.displayedNow(uid),
  ]);
  if (displayed.join() !== state.displayed.join()) {
    // Meilisearch itself trims what is searched, but not what is shown: there the setting of this moment holds.
    deps.states.forget(uid);
    return mayAskAgain ? confirm(words, { ...caller, state: await deps.states.of(uid) }, { most, mayAskAgain: false }) : NOTHING;
  }
  if (answer.status !== 200) {
    deps.log.debug({ uid, status: answer.status }, 'Meilisearch confirmed no word: none is told');
    return NOTHING;
  }
  const { results } = answer.json() as { results: { estimatedTotalHits: number }[] };
  return new Map(asked.map((word, i) => [word, results[i]?.estimatedTotalHits ?? 0] as const).filter(([, documents]) => documents > 0));
}

/** A word that Meilisearch drops from a question would seem to be in all documents. */
const isSearched = (word: string, { stopWords }: IndexState): boolean =>
  /[\p{L}\p{N}]/u.test(word) && !/["\\]/.test(word) && !stopWords.includes(word);

/** Quoted: no beginning, no typo, no synonym of it. */
function question(word: string, indexUid: string, { analyzerVersion, told }: IndexState): Record<string, unknown> {
  const nameOf = (field: string): string => (analyzerVersion === undefined ? field : toShadow(field, rootOfVersion(analyzerVersion)));
  return {
    indexUid,
    q: `"${word}"`,
    limit: 0,
    matchingStrategy: 'all',
    ...(told === undefined ? {} : { attributesToSearchOn: told.map(nameOf) }),
    ...(analyzerVersion === undefined ? {} : { locales: ['urd'] }),
  };
}
