import { BadRequest } from '../errors.js';
import type { FormatOptions } from '../highlight/format.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import type { EngineHttp } from '../meilisearch/http.js';
import type { Understood } from '../query/understand.js';
import { filtersOf } from '../settings/filterable.js';
import type { IndexState } from '../settings/index-state.js';
import { STAMP, stripShadow } from '../shadow/shadow.js';
import { marker } from './mark.js';
import type { Prepared } from './prepare.js';
import { among, type Filter } from './questions.js';
import type { Hit, SearchBody, SearchResult, UrduOptions } from './request.js';
import type { Ask } from './verify.js';

/** A search for one document by its primary key. */
export interface Asked {
  readonly id: string | number;
  readonly uid: string;
  readonly state: IndexState;
  readonly http: EngineHttp;
  readonly engine: EngineAddress;
}

/**
 * `urdu: {"document": ID}`: the document with this primary key is the only hit, with the words of the query marked in it. Meilisearch gives documents by their keys only to who may do more
 * than search, and filters by them only where a setting says so. So Justuju looks up the stamp of the document, which is no secret and tells nothing, and Meilisearch is asked with the caller's own
 * key for what has this stamp: what the key, the token or the filter of the caller hides is not there, and nothing tells it from what does not exist.
 *
 * @param base the request as Meilisearch is to get it, but for the query and the filter
 */
export async function prepareOne(
  base: Readonly<Record<string, unknown>>,
  body: SearchBody,
  query: Understood,
  {
    shown,
    format,
    why,
    fragments,
  }: Pick<UrduOptions, 'why' | 'fragments'> & { shown: readonly string[] | undefined; format: FormatOptions },
  asked: Asked,
): Promise<Prepared> {
  const filter = body['filter'];
  const finishHit = marker({ shown, format, wanted: query.wanted, why, fragments });
  const question = (condition: Condition): Record<string, unknown> => ({ ...withoutWords(base), q: '', filter: condition(filter) });
  const first = await conditionFor(asked);
  // Whether the caller may search at all must be said before that.
  if (first === undefined) return { sent: { q: '', limit: 0 }, finish: () => Promise.reject(cannotBeNamed(asked)), finishHit: pass };
  return {
    sent: question(first.condition),
    finishHit,
    async retrieve(ask: Ask) {
      const found = await ask(question(first.condition));
      if (found.hits.length > 0) return found;
      // It may have been written at this moment, and have another stamp by now. Looked up in any case: the time it takes tells nothing.
      const again = await conditionFor(asked);
      return again === undefined || again.stamp === first.stamp ? found : ask(question(again.condition));
    },
    async finish(result: SearchResult) {
      const hits: Hit[] = [];
      for (const hit of result.hits.filter((one) => isOf(one, asked))) hits.push(await finishHit(hit));
      return { ...result, hits, query: query.original };
    },
  };
}

type Condition = (filter: Filter) => Filter;

/** Undefined: this index knows no way to name a document. */
async function conditionFor({
  id,
  uid,
  state,
  http,
  engine,
}: Asked): Promise<{ condition: Condition; stamp: string | undefined } | undefined> {
  const { primaryKey, filterable, isVerifiable } = state;
  const stamp = isVerifiable ? await stampNow(id, uid, http, engine) : undefined;
  if (stamp !== undefined) return { stamp, condition: (filter) => among([stamp], filter) };
  // A document that was written past Justuju has no stamp.
  if (primaryKey !== undefined && filtersOf(primaryKey, filterable).equality) {
    const equals = `${JSON.stringify(primaryKey)} = "${id}"`;
    return { stamp, condition: (filter) => (filter == null || filter === '' ? equals : [filter, equals].flat()) };
  }
  return isVerifiable ? { stamp, condition: (filter) => among([], filter) } : undefined;
}

async function stampNow(id: string | number, uid: string, http: EngineHttp, engine: EngineAddress): Promise<string | undefined> {
  const path = `/indexes/${encodeURIComponent(uid)}/documents/${encodeURIComponent(String(id))}?fields=${STAMP}`;
  const answer = await http.request({ method: 'GET', path, authorization: adminAuthorization(engine) });
  const stamp = answer.status === 200 ? (answer.json() as Hit)[STAMP] : undefined;
  return typeof stamp === 'string' ? stamp : undefined;
}

/** Filters take large and small letters for one. */
function isOf(hit: Hit, { id, state: { primaryKey } }: Asked): boolean {
  const key = primaryKey === undefined ? undefined : (hit[primaryKey] as string | number | undefined);
  return key === undefined || String(key) === String(id);
}

/** Parameters that say how words are to be found: here none are looked for. */
const OF_WORDS = ['attributesToSearchOn', 'matchingStrategy', 'locales', 'hybrid', 'vector', 'distinct', 'rankingScoreThreshold'];
const withoutWords = (base: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(base).filter(([name]) => !OF_WORDS.includes(name)));

const pass = (hit: Hit): Promise<Hit> => Promise.resolve(stripShadow(hit));

const cannotBeNamed = ({ uid, state: { primaryKey } }: Asked): BadRequest =>
  new BadRequest(
    `\`urdu.document\` cannot name a document of the index \`${uid}\`, which Justuju has not analyzed: analyze it with \`npm run reindex -- ${uid}\`, or add \`${primaryKey ?? 'its primary key'}\` to its filterable attributes.`,
    'invalid_search_urdu',
  );
