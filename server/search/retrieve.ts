import { plainSlot, type Slot } from '../query/slots.js';
import type { Fixed, Understood } from '../query/understand.js';
import type { Candidates } from '../retrieval/retriever.js';
import type { IndexState } from '../settings/index-state.js';
import type { Searcher } from '../store/searcher.js';
import type { Asking } from './prepare.js';
import { countingQuestions } from './questions.js';
import { type Page, pageOf, type SearchBody, type SearchResult } from './request.js';
import { areFieldsCertain, fieldsOf, isWeighedFor } from './searched-fields.js';
import { counted, sorted, sortedQuestion } from './sorted.js';
import type { StepTimes } from './steps.js';
import { type Ask, type Asked, verify } from './verify.js';
import { inVeryForm, type Quoted, quotedWord } from './very-form.js';

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

/** Each of them may have to be named in a question; so many cost Meilisearch some 40 milliseconds. */
const MOST_CANDIDATES = 1_000;

/** A search whose hits are known, but for who may see them. */
export interface Retrieval {
  readonly retrieve: (ask: Ask) => Promise<SearchResult>;
  /** The parameters of the questions whose documents together are the hits; none answers two of them. */
  readonly counting?: (ask: Ask) => Promise<readonly Record<string, unknown>[]>;
  /** The stamps of documents that stand first because an editor wants them to. */
  readonly pinned: ReadonlySet<string>;
}

/**
 * Looks for the hits in the store. What is returned asks Meilisearch to verify them; undefined where Meilisearch finds and orders the hits by itself: by their meaning, by its own
 * scores, over several machines, or where the store knows nothing of what was asked.
 *
 * @param base the parameters of the search, in Meilisearch's terms
 * @param options `sent`: the question by which Meilisearch finds and orders the hits by itself
 */
export async function retrieve(
  body: SearchBody,
  query: Understood,
  base: Readonly<Record<string, unknown>>,
  asking: Asking,
  { isExact, sent }: { readonly isExact: boolean; readonly sent: Record<string, unknown> },
): Promise<Retrieval | undefined> {
  const { state, collection, deps, uid } = asking;
  const page = pageOf(body);
  // Where no hits are ever shown there is nothing to be put in order.
  if (collection === undefined || page === undefined || !state.isVerifiable || state.maxTotalHits < 1) return undefined;
  if (await isForMeilisearch(body, asking)) return undefined;
  const slots = slotsToFind(query, asking);
  if (slots.length === 0) return undefined;
  const { searcher, retriever } = collection;
  const isAll = body['matchingStrategy'] === 'all';
  const isSorted = (Array.isArray(body['sort']) && body['sort'].length > 0) || state.hasOwnOrder;
  // In an order that the reader has chosen nothing is put first.
  const pinned = isSorted ? [] : asking.pinned.flatMap((key) => searcher.numberOf(key) ?? []);
  const most = Math.min(MOST_CANDIDATES, state.maxTotalHits);
  const searched = fieldsOf(body['attributesToSearchOn'], state.searchable, searcher);
  const distinct = distinctOf(body, state);
  const started = performance.now();
  // What holds all words the store tells one by one: in each way of writing them, and of the unfinished one what begins so.
  const areCertain = areFieldsCertain(body['attributesToSearchOn'], searcher, state);
  const isInStep = deps.collections.isInStep(uid);
  const options = { ...searched, isExact: isExact || isAll, most, pinned };
  const whole = isAll && distinct === undefined && isInStep && areCertain ? retriever.retrieveAll(slots, options) : undefined;
  const found = whole ?? retriever.retrieve(slots, options);
  deps.steps?.add('retrieve', started);
  const known = slots.every((slot) => isStopped(slot, asking)) ? withoutAnchor(found) : found;
  // How many documents differ in a field, or hold a word in a part of an object, only Meilisearch knows: it counts them in one question.
  const mustHoldAnchor = distinct !== undefined || !areCertain;
  const candidates = mustHoldAnchor ? holdingAnchor(known) : known;
  const quoted = quotedWords(query, slots, isExact, searcher);
  const isToldInFull = (!isAll || whole !== undefined) && !mustHoldAnchor && isInStep;
  const { candidates: inForm, condition } = inVeryForm(candidates, quoted, collection, { most, isToldInFull });
  const isUnknown = whole === undefined && candidates.stamps.length === 0 && candidates.anchor === undefined;
  if (isUnknown || (distinct !== undefined && !isDisplayed(distinct, state)))
    return distinct === undefined ? undefined : { retrieve: (ask) => counted(sent, page, distinct, ask), pinned: new Set() };
  const asked: Asked = {
    ...askedBy(body, base, state),
    candidates: inForm,
    slots,
    fixed: query.fixed,
    page,
    condition,
    isAll: isAll && whole === undefined,
    distinct,
    mustHoldAnchor,
    isRestricted: mustHoldAnchor || inForm.anchor?.isCertain === false || isNarrowed(body, query, asking, searcher),
  };
  return {
    pinned: new Set(pinned.map((document) => searcher.stampOf(document))),
    ...asksFor(asked, candidates, query, { isAll, isSorted, steps: deps.steps }),
  };
}

/** The two ways in which Meilisearch is asked: for the page of hits, and for what counts them. */
function asksFor(
  asked: Asked,
  candidates: Candidates,
  query: Understood,
  { isAll, isSorted, steps }: { readonly isAll: boolean; readonly isSorted: boolean; readonly steps: StepTimes | undefined },
): Required<Pick<Retrieval, 'retrieve' | 'counting'>> {
  const find = isSorted ? sorted : verify;
  return {
    retrieve: async (ask) => {
      const started = performance.now();
      const found = await find(asked, ask);
      steps?.add('verify', started);
      if (isAll || totalOf(found) !== 0 || !(await standsNowhere(asked, query, ask))) return found;
      return { ...(await find(withoutPhrases(asked, candidates), ask)), [LEFT_OUT]: phrasesOf(asked).map(({ text }) => text) };
    },
    counting: async (ask) => {
      const counted = !isAll && (await standsNowhere(asked, query, ask)) ? withoutPhrases(asked, candidates) : asked;
      const questions = isSorted ? [sortedQuestion(counted)] : countingQuestions(counted);
      return questions.map((question) => ({ ...asked.base, ...question }));
    },
  };
}

/** What a request says by itself. */
const askedBy = (body: SearchBody, base: Readonly<Record<string, unknown>>, state: IndexState) =>
  ({
    filter: body['filter'],
    facets: body['facets'],
    fields: base['attributesToRetrieve'] as readonly string[] | undefined,
    base: Object.fromEntries(Object.entries(base).filter(([name]) => !OWN.includes(name))),
    maxTotalHits: state.maxTotalHits,
    maxValuesPerFacet: state.maxValuesPerFacet,
    showsScore: body['showRankingScore'] === true,
    showsScoreDetails: body['showRankingScoreDetails'] === true,
  }) satisfies Partial<Asked>;

/** Whether the caller may not find all that the store would count. */
const isNarrowed = (body: SearchBody, { fixed }: Understood, { state, uid, authorization, deps }: Asking, searcher: Searcher): boolean =>
  body['filter'] != null ||
  fixed.length > 0 ||
  isTenantToken(authorization) ||
  !isWeighedFor(state, searcher) ||
  !deps.collections.isInStep(uid);

/** Whether Meilisearch alone finds and orders, or refuses. */
const isForMeilisearch = async (body: SearchBody, asking: Asking): Promise<boolean> =>
  !STRATEGIES.has(body['matchingStrategy'] ?? 'last') ||
  OF_MEILISEARCH.some((name) => body[name] != null) ||
  (await isOfManyMachines(body, asking));

/** The field in which no two hits may be alike. */
export const distinctOf = (body: SearchBody, state: IndexState): string | undefined =>
  typeof body['distinct'] === 'string' ? body['distinct'] : state.distinct;

/** Whether hits show what they are told apart by. */
const isDisplayed = (field: string, { displayed }: IndexState): boolean =>
  displayed.some((name) => name === '*' || name === field || field.startsWith(`${name}.`));

/** Meilisearch looks up no stop words: by one it would find everything. */
const withoutAnchor = (candidates: Candidates): Candidates => ({
  ...candidates,
  anchor: undefined,
  withAnchor: 0,
  withoutAnchor: new Set(candidates.stamps),
});

/** Where a document is a hit only if it holds the anchor. */
function holdingAnchor(candidates: Candidates): Candidates {
  const { anchor, stamps, scores, withoutAnchor } = candidates;
  if (anchor === undefined) return candidates;
  const isHolding = (_: unknown, rank: number): boolean => !withoutAnchor.has(stamps[rank] as string);
  return { ...candidates, stamps: stamps.filter(isHolding), scores: scores.filter(isHolding), withoutAnchor: new Set() };
}

const totalOf = ({ totalHits, estimatedTotalHits }: SearchResult): number | undefined => totalHits ?? estimatedTotalHits;

const phrasesOf = ({ fixed }: Asked): readonly Fixed[] => fixed.filter(({ kind }) => kind === 'phrase');
const withoutPhrases = (asked: Asked, candidates: Candidates): Asked => ({
  ...asked,
  candidates,
  condition: undefined,
  fixed: asked.fixed.filter(({ kind }) => kind !== 'phrase'),
});

/** The words that are asked for in their very form: those in quotes, and with `urdu.exact` the only word of a query, where a document holds it so. */
function quotedWords({ fixed }: Understood, slots: readonly Slot[], isExact: boolean, { dictionary }: Searcher): readonly Quoted[] {
  const quoted = fixed.filter(({ kind }) => kind === 'phrase').flatMap(({ tokens }) => tokens.map(quotedWord));
  const [only, ...more] = isExact ? slots : [];
  // A code or a sum is found whole by itself, in whatever figures, and a code also by its beginning.
  const isOfParts = only?.beginning !== undefined || only?.readings.some(({ isTogether }) => isTogether) === true;
  if (only === undefined || more.length > 0 || isOfParts) return quoted;
  const terms = (only.readings[0]?.terms ?? []).filter((term) => dictionary.documentsWithTerm(term) > 0);
  return [...quoted, ...terms.map((term) => quotedWord({ term, text: terms.length === 1 ? only.text : term }))];
}

/**
 * Whether phrases hide what the other words of the query find, in all documents that the caller may see: then their words are searched as all others are, and the answer says so. A
 * filter that lets none of several phrases through is no reason.
 */
async function standsNowhere(asked: Asked, { slots }: Understood, ask: Ask): Promise<boolean> {
  if (slots.length === 0 || phrasesOf(asked).length === 0) return false;
  const page: Page = { offset: 0, limit: 0, isNumbered: true, number: 1 };
  return totalOf(await verify({ ...asked, page, filter: undefined, facets: undefined }, ask)) === 0;
}

/** The phrases that were not found, in a result on its way to the client. */
export const LEFT_OUT = Symbol('phrases left out');

/** A tenant token is a JWT, of three parts: such a caller may see only some of the documents of an index. */
export const isTenantToken = (authorization: string | undefined): boolean =>
  authorization !== undefined && /^Bearer\s+[^.\s]+\.[^.\s]+\.[^.\s]+$/i.test(authorization);

/** The words by which documents are found: those of phrases too, but none that the settings call a stop word, where there are others. */
function slotsToFind(query: Understood, asking: Asking): readonly Slot[] {
  const { knowledge } = asking;
  const quoted = query.fixed
    .filter(({ kind }) => kind === 'phrase')
    .flatMap(({ tokens }) => tokens.map((token) => plainSlot(token, knowledge, false)));
  const slots = [...quoted, ...query.slots];
  const telling = slots.filter((slot) => !isStopped(slot, asking));
  return telling.length > 0 ? telling : slots;
}

const isStopped = ({ readings: [first] }: Slot, { state }: Asking): boolean =>
  first?.roots.every((root) => state.stopWords.includes(root)) === true;

/** Other machines hold documents that this one's store does not know. */
async function isOfManyMachines(body: SearchBody, { deps }: Asking): Promise<boolean> {
  const asked = body['useNetwork'];
  if (asked === false) return false;
  return asked === true || (await deps.capabilities.now()).isSharded;
}
