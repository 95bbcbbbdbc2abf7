import { ANALYZER_VERSION } from '@justuju/urdu';
import type { FormatOptions } from '../highlight/format.js';
import { holdsUrdu, inTheirLetters, isOtherLanguage } from '../query/other-language.js';
import { planFirst } from '../query/plan.js';
import { NO_OWN_WORDS, type OwnWords } from '../query/read-own-words.js';
import { type Fixed, type Understood, understandInTurns } from '../query/understand.js';
import type { IndexState } from '../settings/index-state.js';
import { needOf, type ReadWords } from '../settings/need.js';
import { typosIn } from '../settings/typos.js';
import { STAMP, stripShadow, toShadow } from '../shadow/shadow.js';
import { plainTerms } from '../shadow/whole-terms.js';
import { Knowledge } from '../vocabulary/knowledge.js';
import type { Collection } from './collections.js';
import { confirm, type Found, MOST_WORDS as MOST_CONFIRMED } from './confirm.js';
import { describe } from './describe.js';
import { isAsItIs, marker } from './mark.js';
import { prepareOne } from './one-document.js';
import {
  asksDocument,
  formatOptions,
  type Hit,
  isWellFormed,
  retrieved,
  type SearchBody,
  type SearchResult,
  type UrduOptions,
  urduOptions,
  withoutOwn,
} from './request.js';
import { distinctOf, isTenantToken, LEFT_OUT, retrieve } from './retrieve.js';
import type { SearchDeps } from './search.js';
import { sortedByKeys, withoutKeyDetails } from './sort-by-keys.js';
import { rootsToConfirm, wordsNotFound } from './told.js';
import type { Ask } from './verify.js';

/** One search made ready: what Meilisearch is asked, and what is done with its answer. */
export interface Prepared {
  /** Understood by Justuju: what is sent are not the words that were typed. */
  readonly isUrdu?: boolean;
  /** Nobody looks into the fields of hits: they may go to the client as they come. */
  readonly isUnread?: boolean;
  /** The one question where Meilisearch finds and orders the hits by itself. */
  readonly sent: Record<string, unknown>;
  /** Finds the hits in the store and has Meilisearch verify them. Undefined: `sent` is all that is asked. */
  readonly retrieve?: (ask: Ask) => Promise<SearchResult>;
  /** The parameters of the questions whose documents together are the hits; none answers two of them. */
  readonly counting?: (ask: Ask) => Promise<readonly Record<string, unknown>[]>;
  /** Asks at the same moment which words the caller may be told of. */
  readonly confirm?: () => Promise<Found>;
  finish(result: SearchResult, confirmed?: Found): Promise<SearchResult>;
  /** For federated answers, where the hits of several queries come in one list. */
  finishHit(hit: Hit): Promise<Hit>;
}

export interface PrepareOptions {
  /** The hits of several queries come in one list. */
  readonly isFederated?: boolean;
  /** Whoever prepares it looks into the fields of its hits. */
  readonly isRead?: boolean;
}

/** A search, and all that is known when it is answered. */
export interface Asking {
  readonly uid: string;
  readonly authorization: string | undefined;
  readonly deps: SearchDeps;
  readonly state: IndexState;
  readonly collection: Collection | undefined;
  readonly knowledge: Knowledge;
  /** Primary keys of documents that editors want to be shown first for this query. */
  readonly pinned: readonly string[];
}

const ownWordsOf = ({ wordSigns, dictionary }: IndexState): OwnWords =>
  wordSigns.length + dictionary.length === 0
    ? NO_OWN_WORDS
    : { signs: new Set(wordSigns), whole: new Set(dictionary.map((word) => plainTerms(word).replaceAll(' ', ''))) };

/** Where nothing is known of an index yet, or it holds no Urdu, words are read as they were typed. */
const nothingKnown = (): Knowledge => new Knowledge();

/** Reads and understands one search. Requests that Meilisearch would refuse go to it as they came, for it to refuse in the words clients know. */
export async function prepare(
  uid: string | undefined,
  asked: SearchBody,
  authorization: string | undefined,
  deps: SearchDeps,
  { isFederated = false, isRead = false }: PrepareOptions = {},
): Promise<Prepared> {
  if (uid === undefined || asked === null || typeof asked !== 'object') return untouched(asked);
  const state = await deps.states.of(uid);
  if (!isWellFormed(asked) || (state.analyzerVersion === undefined && !asksDocument(asked))) return untouched(asked);
  const body = sortedByKeys(asked, state);
  const prepared = await prepareAnalyzed(uid, body, authorization, deps, state, { isFederated, isRead });
  return body === asked ? prepared : withoutKeyDetails(prepared, body['sort']);
}

async function prepareAnalyzed(
  uid: string,
  body: SearchBody,
  authorization: string | undefined,
  deps: SearchDeps,
  state: IndexState,
  options: Required<PrepareOptions>,
): Promise<Prepared> {
  deps.verifiability.see(uid, state);
  const isWithoutWords = typeof body['q'] !== 'string' || body['q'].trim() === '';
  const collection = isWithoutWords || state.analyzerVersion === undefined ? undefined : await deps.collections.of(uid);
  const known = collection?.knowledge;
  const knowledge = known !== undefined && holdsUrdu(state.reading, known.vocabulary) ? known : nothingKnown();
  const wishes = urduOptions(body);
  const started = performance.now();
  const query = await understandInTurns(typeof body['q'] === 'string' ? body['q'] : '', knowledge, {
    exact: wishes.exact,
    isUrdu: state.isUrdu,
    typos: typosIn(state.typos, body['attributesToSearchOn']),
    synonyms: state.synonyms,
    own: ownWordsOf(state),
  });
  deps.steps?.add('understand', started);
  if (wishes.document !== undefined) {
    const shown = retrieved(body);
    const format: FormatOptions = { ...formatOptions(body), retrieve: shown, fields: state.fields };
    const base = { ...withoutOwn(body), ...aimed(body, state), ...fetching(shown, format, state) };
    return prepareOne(base, body, query, { ...wishes, shown, format }, { id: wishes.document, uid, state, ...deps });
  }
  const pinned = collection === undefined ? [] : pinnedFor(query, state);
  if (!query.isUrdu && pinned.length === 0)
    return sayingWhatIsMissing(prepareOther(codesWhole(body, query, state), state), query, state, authorization);
  if (isOtherLanguage(body, state, known ?? knowledge)) return askedAs(body['q'], prepareOther(inTheirLetters(body, state), state));
  return prepareUrdu(body, query, { uid, authorization, deps, state, collection, knowledge, pinned }, { ...wishes, ...options });
}

/** The query is compared by what it asks for, whatever its spelling. */
function pinnedFor({ slots, fixed }: Understood, { pins }: IndexState): readonly string[] {
  if (pins.isEmpty) return [];
  const wordsOf = (kind: Fixed['kind']): ReadWords[] =>
    fixed
      .filter((one) => one.kind === kind)
      .map(({ tokens }) => ({ terms: tokens.map(({ term }) => term), roots: tokens.map(({ root }) => root) }));
  const words = slots.flatMap(({ readings: [best] }) => best ?? []);
  return pins.of(needOf({ words, phrases: wordsOf('phrase'), unwanted: wordsOf('unwanted') }), Date.now());
}

/** Meilisearch's answer as it is, but for the shadows. */
const AS_ANSWERED: Omit<Prepared, 'sent'> = {
  finish: (result) => Promise.resolve({ ...result, hits: result.hits.map(stripShadow) }),
  finishHit: (hit) => Promise.resolve(stripShadow(hit)),
};

/** A request that Meilisearch answers alone: the index was never analyzed, or the request is malformed. */
function untouched(body: SearchBody): Prepared {
  return { sent: withoutUrdu(body), isUnread: true, ...AS_ANSWERED };
}

/** A query that has nothing to do with Urdu: Meilisearch marks and crops, as it would alone. */
function prepareOther(body: SearchBody, state: IndexState): Prepared {
  const everything = (names: unknown): unknown =>
    Array.isArray(names) && names.includes('*') && namesOwnFields(state)
      ? [...(names as unknown[]).filter((name) => name !== '*'), ...state.fields]
      : names;
  const sent: Record<string, unknown> = { ...withoutUrdu(body), ...aimed(body, state) };
  if (body['attributesToHighlight'] != null) sent['attributesToHighlight'] = everything(body['attributesToHighlight']);
  if (body['attributesToCrop'] != null) sent['attributesToCrop'] = everything(body['attributesToCrop']);
  return { sent, isUnread: !isScored(body), ...AS_ANSWERED };
}

/** Whether hits show how they were found: what of that is ours is taken out. */
const isScored = (body: SearchBody): boolean => body['showRankingScore'] === true || body['showRankingScoreDetails'] === true;

/** A code of an Urdu index is found whole: Meilisearch would leave out its end, and find all codes that begin alike. */
const codesWhole = (body: SearchBody, { hasCode }: Understood, { isUrdu }: IndexState): SearchBody =>
  hasCode && isUrdu && body['matchingStrategy'] == null ? { ...body, matchingStrategy: 'all' } : body;

/** In an index of Urdu documents words that no document holds are named, in whatever script. To who may see only some of them nothing is said of the others. */
function sayingWhatIsMissing(prepared: Prepared, query: Understood, { isUrdu }: IndexState, authorization: string | undefined): Prepared {
  if (!isUrdu || query.leftOut.length === 0 || isTenantToken(authorization)) return prepared;
  const missing = query.leftOut.map(({ text }) => text);
  return {
    ...prepared,
    finish: async (result, confirmed) => ({
      ...(await prepared.finish(result, confirmed)),
      urdu: { analyzerVersion: ANALYZER_VERSION, wordsNotFound: missing },
    }),
  };
}

/** Answers name the query as it was typed. */
const askedAs = (q: unknown, prepared: Prepared): Prepared => ({
  ...prepared,
  finish: async (result, confirmed) => ({ ...(await prepared.finish(result, confirmed)), ...(typeof q === 'string' && { query: q }) }),
});

type Wishes = UrduOptions & Required<PrepareOptions>;

/** An Urdu query: the store finds, Meilisearch verifies and counts, and the marks are ours. */
async function prepareUrdu(body: SearchBody, query: Understood, asking: Asking, wishes: Wishes): Promise<Prepared> {
  const { state, knowledge } = asking;
  const shown = retrieved(body);
  const format: FormatOptions = { ...formatOptions(body), retrieve: shown, fields: state.fields };
  const first = planFirst(query, knowledge.vocabulary.documents);
  const base: Record<string, unknown> = { ...withoutOwn(body), ...aimed(body, state), ...fetching(shown, format, state) };
  if (body['locales'] == null) base['locales'] = QUERY_LOCALES;
  const sent: Record<string, unknown> = { ...base, q: first.q };
  if (first.matchingStrategy !== undefined && body['matchingStrategy'] == null) sent['matchingStrategy'] = first.matchingStrategy;
  const showing = { shown, format, wanted: query.wanted, why: wishes.why, fragments: wishes.fragments };
  const finishHit = marker(showing);
  // What the store holds, or does not hold yet, is not what each caller finds.
  const isUncertain = isTenantToken(asking.authorization) || !asking.deps.collections.isInStep(asking.uid);
  const toConfirm = rootsToConfirm(query, { withTyped: isUncertain });
  const found = wishes.isFederated ? undefined : await retrieve(body, query, base, asking, { isExact: wishes.exact, sent });
  return {
    isUrdu: true,
    isUnread: !wishes.isRead && !isScored(body) && distinctOf(body, state) === undefined && isAsItIs(showing),
    sent,
    finishHit,
    ...found,
    ...(!wishes.isFederated && { confirm: () => confirm(toConfirm, asking) }),
    finish: async (result, confirmed: Found = new Map()) => {
      const pins = result.hits.flatMap((hit, i) => (found?.pinned.has(String(hit[STAMP])) ? [i] : []));
      const hits: Hit[] = [];
      const started = performance.now();
      for (const hit of result.hits) hits.push(await finishHit(hit));
      asking.deps.steps?.add('mark', started);
      const { [LEFT_OUT]: leftOut, ...rest } = result;
      const isConfirmed = (root: string): boolean => confirmed.has(root);
      const missing = wordsNotFound(query, isConfirmed, isUncertain ? new Set(toConfirm.slice(0, MOST_CONFIRMED)) : undefined);
      return {
        ...rest,
        hits,
        query: query.original,
        urdu: {
          analyzerVersion: ANALYZER_VERSION,
          ...describe(query, knowledge.vocabulary, isConfirmed),
          ...(missing.length > 0 && { wordsNotFound: missing }),
          ...(leftOut && { phrasesNotFound: leftOut }),
          ...(pins.length > 0 && { pinned: pins }),
        },
      };
    },
  };
}

/** Arabic script can then only be Urdu, and no ال is cut off; Japanese and Chinese in the same query are told from each other as without any. */
export const QUERY_LOCALES: readonly string[] = ['urd', 'jpn', 'cmn'];

/** The parameters that every query shares: searched in the shadow fields, shown from the client's own. */
function aimed(body: SearchBody, state: IndexState): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  if (Array.isArray(body['attributesToSearchOn'])) {
    const names = body['attributesToSearchOn'] as unknown[];
    // Where all fields are searched Meilisearch takes names that no document has, and finds nothing there; under a root it would refuse them.
    const known = state.searchable.includes('*')
      ? names.filter((name) => typeof name !== 'string' || name === '*' || state.fields.includes(name.split('.')[0] ?? ''))
      : names;
    // `*` stands for all that is searched: that is the shadows.
    sent['attributesToSearchOn'] = known.map((name) => (typeof name === 'string' && name !== '*' ? toShadow(name) : name));
  }
  // Ask only for what is shown: the shadows would double the answer.
  if (retrieved(body) === undefined && namesOwnFields(state) && body['retrieveVectors'] !== true)
    sent['attributesToRetrieve'] = state.fields;
  return sent;
}

/**
 * Whether a search names the client's own fields where the client says "all". Where only some are displayed there is no need to,
 * since no shadow is among them, and it would hide those inside an object: `place` is not displayed where `place.city` is.
 */
const namesOwnFields = ({ fields, showsAll }: IndexState): boolean => showsAll && fields.length > 0;

const fetching = (shown: readonly string[] | undefined, format: FormatOptions, state: IndexState): Record<string, unknown> =>
  shown === undefined ? {} : { attributesToRetrieve: neededFor(shown, format, state) };

/** What must be fetched to show `shown` and to mark what was asked to be marked. */
function neededFor(shown: readonly string[], options: FormatOptions, state: IndexState): readonly string[] {
  const marked = [...options.highlight, ...options.crop.keys()];
  if (marked.includes('*') || options.showMatchesPosition) return namesOwnFields(state) ? state.fields : ['*'];
  return [...new Set([...shown, ...marked])];
}

function withoutUrdu(body: SearchBody): Record<string, unknown> {
  // A query of a multi-search may be anything; Meilisearch says what is wrong with it.
  if (body === null || typeof body !== 'object') return body;
  const { urdu: _urdu, ...rest } = body;
  return rest;
}
