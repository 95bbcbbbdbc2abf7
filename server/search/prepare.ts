import { ANALYZER_VERSION } from '@justuju/urdu';
import { stripShadow, toShadow } from '../documents/shadow.js';
import type { IndexState } from '../engine/index-state.js';
import { RawDocument } from '../engine/raw-document.js';
import { sharedAnalyses as analyses } from '../highlight/analyses.js';
import { fragments } from '../highlight/crop.js';
import { explainHit } from '../highlight/explain.js';
import { type FormatOptions, formatDocument } from '../highlight/format.js';
import { createMatcher, type Matcher } from '../highlight/match.js';
import { toHtml } from '../highlight/segments.js';
import { typosIn } from '../settings/typos.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { answerFromMemory, type DocumentsById, type FromMemory } from './answer-from-memory.js';
import { confirm, type Found } from './confirm.js';
import { describe } from './describe.js';
import { inTheirLetters, isOtherLanguage } from './other-language.js';
import { planFirst } from './plan.js';
import {
  formatOptions,
  type Hit,
  isWellFormed,
  retrieved,
  type SearchBody,
  type SearchResult,
  type ShownHit,
  type UrduOptions,
  urduOptions,
  withoutOwn,
} from './request.js';
import { isOfManyMachines, isRanked, type Reranking, rerank } from './rerank.js';
import type { SearchDeps } from './search.js';
import { rootsToConfirm } from './told.js';
import { type Understood, understand } from './understand.js';

/** One search made ready: what Meilisearch is sent, and what is done with its answer. */
export interface Prepared {
  /** Understood by Justuju: what is sent are not the words that were typed. */
  readonly isUrdu?: boolean;
  readonly sent: Record<string, unknown>;
  /** What is asked at the same moment. Outdated: the index is another one meanwhile, and the search is to be prepared anew, `fromMemory: false`. */
  readonly beside?: () => Promise<Beside | 'outdated'>;
  finish(result: SearchResult, beside?: Beside): Promise<SearchResult<ShownHit>>;
  /** For federated answers, where the hits of several queries come in one list. */
  finishHit(hit: Hit): Promise<Hit>;
}

/** What is needed beside Meilisearch's answer. */
export interface Beside {
  /** Documents that are known to be on the page. */
  readonly documents: DocumentsById;
  /** The words that the caller may be told of. */
  readonly confirmed: Found;
}

/** What is needed to ask Meilisearch again while a search is answered. */
export interface Asking {
  readonly uid: string;
  readonly authorization: string | undefined;
  readonly deps: SearchDeps;
  readonly state: IndexState;
  readonly knowledge: Knowledge;
}

/** Reads and understands one search. Requests that Meilisearch would refuse go to it as they came, for it to refuse in the words clients know. */
export async function prepare(
  uid: string | undefined,
  body: SearchBody,
  authorization: string | undefined,
  deps: SearchDeps,
  { isFederated = false, fromMemory = true } = {},
): Promise<Prepared> {
  if (uid === undefined || body === null || typeof body !== 'object') return untouched(body);
  const state = await deps.states.of(uid);
  if (state.analyzerVersion === undefined || !isWellFormed(body)) return untouched(body);
  const knowledge = await deps.vocabularies.of(uid);
  const wishes = urduOptions(body);
  const typos = typosIn(state.typos, body['attributesToSearchOn']);
  const query = understand(typeof body['q'] === 'string' ? body['q'] : '', knowledge, {
    exact: wishes.exact,
    isUrdu: state.isUrdu,
    typos,
    synonyms: state.synonyms,
  });
  if (!query.isUrdu) return prepareOther(body, state);
  if (isOtherLanguage(body, state, knowledge)) return askedAs(body['q'], prepareOther(inTheirLetters(body, state), state));
  return prepareUrdu(body, query, { uid, authorization, deps, state, knowledge }, { ...wishes, isFederated, fromMemory });
}

/** Meilisearch's answer as it is, but for the shadows. */
const AS_ANSWERED: Omit<Prepared, 'sent'> = {
  finish: (result) => Promise.resolve({ ...result, hits: result.hits.map(stripShadow) }),
  finishHit: (hit) => Promise.resolve(stripShadow(hit)),
};

/** A request that Meilisearch answers alone: the index was never analyzed, or the request is malformed. */
function untouched(body: SearchBody): Prepared {
  return { sent: withoutUrdu(body), ...AS_ANSWERED };
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
  return { sent, ...AS_ANSWERED };
}

const NO_DOCUMENTS: DocumentsById = new Map();
const NOTHING_BESIDE: Beside = { documents: NO_DOCUMENTS, confirmed: new Map() };
/** Answers name the query as it was typed. */
const askedAs = (q: unknown, prepared: Prepared): Prepared => ({
  ...prepared,
  finish: async (result, documents) => ({ ...(await prepared.finish(result, documents)), ...(typeof q === 'string' && { query: q }) }),
});

interface Wishes extends UrduOptions {
  readonly isFederated: boolean;
  readonly fromMemory: boolean;
}

/** An Urdu query: roots go in, the answer is ranked by what the collection knows, and the marks are ours. */
async function prepareUrdu(
  body: SearchBody,
  query: Understood,
  asking: Asking,
  { isFederated, fromMemory, exact, why, fragments: fragmentCount }: Wishes,
): Promise<Prepared> {
  const { state, knowledge } = asking;
  const shown = retrieved(body);
  const options: FormatOptions = { ...formatOptions(body), retrieve: shown, fields: state.fields };
  const first = planFirst(query, knowledge.vocabulary.documents);
  const sent: Record<string, unknown> = { ...withoutOwn(body), ...aimed(body, state), q: first.q };
  if (body['locales'] == null) sent['locales'] = QUERY_LOCALES;
  if (first.matchingStrategy !== undefined && body['matchingStrategy'] == null) sent['matchingStrategy'] = first.matchingStrategy;
  const fetched = shown === undefined ? undefined : neededFor(shown, options, state);
  if (fetched !== undefined) sent['attributesToRetrieve'] = fetched;
  const isAsStored =
    !why && fragmentCount === 0 && !options.showMatchesPosition && options.highlight.length === 0 && options.crop.size === 0;
  const match = createMatcher(query.wanted);
  const finishHit = async (hit: Hit): Promise<Hit> => {
    const { document, added } = parts(stripShadow(hit));
    const presented = await presentHit(document, shown, options, match);
    const own = {
      ...(why ? { why: explainHit(document, query.wanted) } : {}),
      ...(fragmentCount > 0 ? { fragments: fragmentsOf(document, options, match, fragmentCount) } : {}),
    };
    return { ...presented, ...added, ...(why || fragmentCount > 0 ? { _urdu: own } : {}) };
  };

  const isOwn = !isFederated && isRanked(body, query, state) && !isOfManyMachines(body, await asking.deps.capabilities.now());
  const { answered, ranking } = isOwn ? await howToRank() : {};
  const besides = async (): Promise<Beside | 'outdated'> => {
    const [documents, confirmed] = await Promise.all([answered?.documents() ?? NO_DOCUMENTS, confirm(rootsToConfirm(query), asking)]);
    return documents === 'outdated' ? documents : { documents, confirmed };
  };
  return {
    isUrdu: true,
    sent: answered?.sent ?? ranking?.sent ?? sent,
    ...(isFederated ? {} : { beside: besides }),
    finishHit,
    finish: async (found, { documents, confirmed } = NOTHING_BESIDE) => {
      const ranked = (await ranking?.finish(found, first)) ?? { result: answered?.finish(found, documents) ?? found, asked: [first] };
      const hits: ShownHit[] = [];
      for (const hit of ranked.result.hits) hits.push(hit instanceof RawDocument ? hit : await finishHit(hit));
      return {
        ...ranked.result,
        hits,
        query: query.original,
        urdu: {
          analyzerVersion: ANALYZER_VERSION,
          ...describe(query, answered === undefined ? 'meilisearch' : 'memory', ranked.asked, knowledge.vocabulary, (root) =>
            confirmed.has(root),
          ),
        },
      };
    },
  };

  async function howToRank(): Promise<{ answered?: FromMemory; ranking?: Reranking }> {
    const answered = exact || !fromMemory ? undefined : await answerFromMemory(body, query, sent, asking, isAsStored);
    return answered === undefined ? { ranking: rerank(body, query, sent, asking, { exact }) } : { answered };
  }
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

/** What must be fetched to show `shown` and to mark what was asked to be marked. */
function neededFor(shown: readonly string[], options: FormatOptions, state: IndexState): readonly string[] {
  const marked = [...options.highlight, ...options.crop.keys()];
  if (marked.includes('*') || options.showMatchesPosition) return namesOwnFields(state) ? state.fields : ['*'];
  return [...new Set([...shown, ...marked])];
}

/** Meilisearch's own additions to a hit; `_geo` is a field of the document. */
const ADDED = /^_(rankingScore|rankingScoreDetails|federation|geoDistance|vectors|formatted|matchesPosition|semanticScore)$/;

/** A hit's document, and what Meilisearch added to it. */
function parts(hit: Hit): { document: Hit; added: Hit } {
  const document: Hit = {};
  const added: Hit = {};
  for (const [field, value] of Object.entries(hit)) {
    if (ADDED.test(field)) added[field] = value;
    else document[field] = value;
  }
  return { document, added };
}

async function presentHit(document: Hit, shown: readonly string[] | undefined, options: FormatOptions, match: Matcher): Promise<Hit> {
  const { formatted, positions } = await formatDocument(document, options, match);
  const own: Hit = {};
  for (const [field, value] of Object.entries(document)) {
    if (shown === undefined || shown.some((name) => name === field || name.startsWith(`${field}.`))) own[field] = value;
  }
  return {
    ...own,
    ...(formatted === undefined ? {} : { _formatted: formatted }),
    ...(positions === undefined ? {} : { _matchesPosition: positions }),
  };
}

/** The best snippets of each field that is to be cropped, escaped and marked: ready for a page. */
function fragmentsOf(document: Hit, { crop, preTag, postTag }: FormatOptions, match: Matcher, count: number): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [field, text] of Object.entries(document)) {
    const length = crop.get(field) ?? crop.get('*');
    if (typeof text !== 'string' || length === undefined) continue;
    const tokens = analyses.get(text);
    const matches = match(text, tokens);
    found[field] = fragments(text, tokens, matches, { count, length }).map((window) =>
      toHtml(text, matches, { tags: [preTag, postTag], window }),
    );
  }
  return found;
}

function withoutUrdu(body: SearchBody): Record<string, unknown> {
  // A query of a multi-search may be anything; Meilisearch says what is wrong with it.
  if (body === null || typeof body !== 'object') return body;
  const { urdu: _urdu, ...rest } = body;
  return rest;
}
