import type { IndexState } from '../engine/index-state.js';
import type { RetrieveOptions } from '../retrieval/retriever.js';
import type { Searcher } from '../retrieval/searcher.js';
import { fieldWeight } from '../retrieval/weights.js';
import type { Asking } from './prepare.js';
import { countingQuestions } from './questions.js';
import { pageOf, type SearchBody, type SearchResult } from './request.js';
import { plainSlot, type Slot } from './slots.js';
import { sorted } from './sorted.js';
import type { Understood } from './understand.js';
import { type Ask, type Asked, verify } from './verify.js';

/** Parameters of the questions that Justuju asks by itself. */
const OWN = [
  'q',
  'filter',
  'facets',
  'offset',
  'limit',
  'page',
  'hitsPerPage',
  'attributesToRetrieve',
  'matchingStrategy',
  'showRankingScore',
  'showRankingScoreDetails',
];

/** Another one Meilisearch refuses. */
const STRATEGIES: ReadonlySet<unknown> = new Set(['last', 'all', 'frequency']);

/** With these Meilisearch alone can say what is found, or by what it is ordered. */
const OF_MEILISEARCH = ['vector', 'hybrid', 'media', 'rankingScoreThreshold', 'personalize'];

/** A search whose hits are known, but for who may see them. */
export interface Retrieval {
  readonly retrieve: (ask: Ask) => Promise<SearchResult>;
  /** The parameters of the questions whose documents together are the hits; none answers two of them. */
  readonly counting: readonly Record<string, unknown>[];
}

/**
 * Looks for the hits in the store. What is returned asks Meilisearch to verify them; undefined where Meilisearch finds and orders the hits by itself: by their meaning, by its own
 * scores, over several machines, or where the store knows nothing of what was asked.
 *
 * @param base the parameters of the search, in Meilisearch's terms
 */
export async function retrieve(
  body: SearchBody,
  query: Understood,
  base: Readonly<Record<string, unknown>>,
  asking: Asking,
  { isExact }: { readonly isExact: boolean },
): Promise<Retrieval | undefined> {
  const { state, collection, deps, uid, authorization } = asking;
  const page = pageOf(body);
  if (collection === undefined || page === undefined || !state.isVerifiable || state.isDistinct || body['distinct'] != null)
    return undefined;
  if (!STRATEGIES.has(body['matchingStrategy'] ?? 'last')) return undefined;
  if (OF_MEILISEARCH.some((name) => body[name] != null) || (await isOfManyMachines(body, asking))) return undefined;
  const slots = slotsToFind(query, asking);
  if (slots.length === 0) return undefined;
  const { searcher, retriever } = collection;
  const isAll = body['matchingStrategy'] === 'all';
  const options = {
    ...fieldsOf(body['attributesToSearchOn'], state.searchable, searcher),
    isExact: isExact || isAll,
    most: Math.max(1, state.maxTotalHits),
  };
  const candidates = retriever.retrieve(slots, options);
  if (candidates.stamps.length === 0 && candidates.anchor === undefined) return undefined;
  const shared = Object.fromEntries(Object.entries(base).filter(([name]) => !OWN.includes(name)));
  const asked: Asked = {
    candidates,
    slots,
    fixed: query.fixed,
    page,
    filter: body['filter'],
    facets: body['facets'],
    fields: base['attributesToRetrieve'] as readonly string[] | undefined,
    base: shared,
    isAll,
    isRestricted:
      body['filter'] != null ||
      query.fixed.length > 0 ||
      isTenantToken(authorization) ||
      !deps.collections.isInStep(uid) ||
      !isWeighedFor(state, searcher),
    maxTotalHits: state.maxTotalHits,
    maxValuesPerFacet: state.maxValuesPerFacet,
    showsScore: body['showRankingScore'] === true,
    showsScoreDetails: body['showRankingScoreDetails'] === true,
  };
  const isSorted = (Array.isArray(body['sort']) && body['sort'].length > 0) || state.hasOwnOrder;
  const search = isSorted ? sorted(asked) : (ask: Ask): Promise<SearchResult> => verifyOrRelax(asked, query, ask);
  return search && { retrieve: search, counting: countingQuestions(asked).map((question) => ({ ...shared, ...question })) };
}

/** A phrase that stands nowhere hides what the other words of the query find: then its words are searched as all others are, and the answer says so. */
async function verifyOrRelax(asked: Asked, { slots }: Understood, ask: Ask): Promise<SearchResult> {
  const found = await verify(asked, ask);
  const phrases = asked.fixed.filter(({ kind }) => kind === 'phrase');
  if ((found.totalHits ?? found.estimatedTotalHits) !== 0 || phrases.length === 0 || slots.length === 0 || asked.isAll) return found;
  const relaxed = await verify({ ...asked, fixed: asked.fixed.filter(({ kind }) => kind !== 'phrase') }, ask);
  return { ...relaxed, [LEFT_OUT]: phrases.map(({ text }) => text) };
}

/** The phrases that were not found, in a result on its way to the client. */
export const LEFT_OUT = Symbol('phrases left out');

/** A tenant token is a JWT, of three parts: such a caller may see only some of the documents of an index. */
const isTenantToken = (authorization: string | undefined): boolean =>
  authorization !== undefined && /^Bearer\s+[^.\s]+\.[^.\s]+\.[^.\s]+$/i.test(authorization);

/** The words by which documents are found: those of phrases too, but none that the settings call a stop word, where there are others. */
function slotsToFind(query: Understood, { knowledge, state }: Asking): readonly Slot[] {
  const quoted = query.fixed
    .filter(({ kind }) => kind === 'phrase')
    .flatMap(({ tokens }) => tokens.map((token) => plainSlot(token, knowledge, false)));
  const slots = [...quoted, ...query.slots];
  const isStopped = (slot: Slot): boolean => slot.readings[0]?.roots.every((root) => state.stopWords.includes(root)) === true;
  const telling = slots.filter((slot) => !isStopped(slot));
  return telling.length > 0 ? telling : slots;
}

/** Whether the store's lists are of the fields that are searched now: they are made anew some time after the setting has changed. */
const isWeighedFor = ({ searchable }: IndexState, { settings }: Searcher): boolean =>
  JSON.stringify(searchable) === JSON.stringify(settings.searchable);

/**
 * Which fields are searched, and what they weigh.
 *
 * @param searchable the setting as it is now: what it withdraws is not found from that moment on, whatever the store still holds
 */
function fieldsOf(searchedOn: unknown, searchable: readonly string[], searcher: Searcher): Pick<RetrieveOptions, 'mask' | 'fieldWeights'> {
  const weightOf = (name: number): number => {
    const rank = searcher.rankOf(name);
    return rank === -1 ? 0 : fieldWeight(rank);
  };
  const isIn = namesIn(searchedOn);
  const isSearched = namesIn(searchable);
  if (isIn === undefined && isSearched === undefined) return { mask: ALL_FIELDS, fieldWeights: weightOf };
  const numbers = new Set<number>();
  let mask = 0;
  let withdrawn = 0;
  searcher.fieldNames.forEach((name, number) => {
    const rank = searcher.rankOf(number);
    if (rank === -1) return;
    const bit = 1 << Math.min(rank, FURTHER_FIELDS);
    if (isSearched?.(name) === false) withdrawn |= bit;
    else if (isIn?.(name) !== false) {
      numbers.add(number);
      mask |= bit;
    }
  });
  mask &= ~withdrawn;
  return { mask, fieldWeights: (name) => (numbers.has(name) ? weightOf(name) : 0) };
}

/** Whether a field is named by a list, by itself or by one inside it; undefined: it names all. */
function namesIn(list: unknown): ((name: string) => boolean) | undefined {
  if (!Array.isArray(list) || list.includes('*')) return undefined;
  const names = new Set((list as unknown[]).map((field) => String(field).split('.')[0]));
  return (name) => names.has(name.split('.')[0]);
}

const ALL_FIELDS = 0xff;
/** The bit of all searched fields behind the seventh. */
const FURTHER_FIELDS = 7;

/** Other machines hold documents that this one's store does not know. */
async function isOfManyMachines(body: SearchBody, { deps }: Asking): Promise<boolean> {
  const asked = body['useNetwork'];
  if (asked === false) return false;
  return asked === true || (await deps.capabilities.now()).isSharded;
}
