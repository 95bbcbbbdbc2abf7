import { ANALYZER_VERSION } from '@justuju/urdu';
import { hasArabicScript, isShadow, stripShadow, toShadow } from '../documents/shadow.js';
import type { EngineHttp } from '../engine/http.js';
import type { IndexState, IndexStates } from '../engine/index-state.js';
import { type FormatOptions, formatDocument } from '../highlight/format.js';
import { createMatcher } from '../highlight/match.js';
import { formatOptions, isWellFormed, retrieved, type SearchBody, withoutOwn } from './request.js';
import { type Understood, understand } from './understand.js';

export interface SearchDeps {
  readonly http: EngineHttp;
  readonly states: IndexStates;
}

/** An answer for the client: Meilisearch's status and body, ours put in. */
export interface SearchAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One hit as Meilisearch answers it. */
export type Hit = Record<string, unknown>;

interface SearchResult {
  hits: Hit[];
  query?: string;
  processingTimeMs?: number;
  [other: string]: unknown;
}

/** The query of one search, made ready: what Meilisearch is sent, and what is done with its answer. */
export interface Prepared {
  readonly sent: Record<string, unknown>;
  finish(result: SearchResult): SearchResult;
  /** For federated answers, where the hits of several queries come in one list. */
  finishHit(hit: Hit): Hit;
}

/** The whole query flow: read, understand, ask, mark, answer. */
export async function search(uid: string, body: SearchBody, authorization: string | undefined, { http, states }: SearchDeps): Promise<SearchAnswer> {
  const started = performance.now();
  const prepared = prepare(body, await states.of(uid));
  const answer = await http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, prepared.sent);
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  const result = prepared.finish(answer.json() as SearchResult);
  result.processingTimeMs = Math.round(performance.now() - started);
  return { status: 200, body: result };
}

interface MultiSearchBody {
  readonly queries?: unknown;
  readonly federation?: unknown;
}

/** `POST /multi-search`: every query is understood by itself; plain and federated answers keep Meilisearch's shape. */
export async function multiSearch(body: MultiSearchBody, authorization: string | undefined, { http, states }: SearchDeps): Promise<SearchAnswer> {
  const started = performance.now();
  if (!Array.isArray(body.queries)) return relay(http, body, authorization);
  const prepared = await Promise.all(
    (body.queries as unknown[]).map(async (query) => {
      const { indexUid } = (query ?? {}) as { indexUid?: unknown };
      return typeof indexUid === 'string' ? prepare(query as SearchBody, await states.of(indexUid)) : untouched(query as SearchBody);
    }),
  );
  const answer = await http.send('POST', '/multi-search', authorization, { ...body, queries: prepared.map(({ sent }) => sent) });
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  const milliseconds = (): number => Math.round(performance.now() - started);
  const found = answer.json() as { results?: SearchResult[]; hits?: Hit[]; processingTimeMs?: number };
  if (found.results !== undefined) {
    const results = found.results.map((result, i) => prepared[i]?.finish(result) ?? result);
    for (const result of results) result.processingTimeMs = Math.max(result.processingTimeMs ?? 0, milliseconds());
    return { status: 200, body: { ...found, results } };
  }
  const hits = (found.hits ?? []).map((hit) => {
    const { queriesPosition } = hit['_federation'] as { queriesPosition: number };
    return prepared[queriesPosition]?.finishHit(hit) ?? hit;
  });
  return { status: 200, body: { ...found, hits, processingTimeMs: milliseconds() } };
}

async function relay(http: EngineHttp, body: unknown, authorization: string | undefined): Promise<SearchAnswer> {
  const answer = await http.send('POST', '/multi-search', authorization, body);
  return { status: answer.status, body: answer.json() };
}

/** A request that Meilisearch answers alone: the index was never analyzed, or the request is malformed and Meilisearch shall say so. */
function untouched(body: SearchBody): Prepared {
  const strip = (hit: Hit): Hit => stripHit(hit);
  return {
    sent: body === null || typeof body !== 'object' ? (body as never) : without(body, 'urdu'),
    finish: (result) => ({ ...result, hits: result.hits.map(strip) }),
    finishHit: strip,
  };
}

function without(body: SearchBody, name: string): Record<string, unknown> {
  const rest = { ...body };
  delete (rest as Record<string, unknown>)[name];
  return rest;
}

function prepare(body: SearchBody, state: IndexState): Prepared {
  if (state.analyzerVersion === undefined || !isWellFormed(body)) return untouched(body);
  const query = understand(typeof body['q'] === 'string' ? body['q'] : '');
  return hasArabicScript(query.original) ? prepareUrdu(body, query, state) : prepareOther(body, query, state);
}

/** The parameters that both kinds of query share: searched in the shadow fields, shown from the client's own. */
function aimed(body: SearchBody, state: IndexState): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  if (Array.isArray(body['attributesToSearchOn'])) {
    sent['attributesToSearchOn'] = (body['attributesToSearchOn'] as unknown[]).map((name) => (typeof name === 'string' ? toShadow(name) : name));
  }
  // Ask only for what is shown: the shadows would double the answer.
  if (retrieved(body) === undefined && state.fields.length > 0 && body['retrieveVectors'] !== true) sent['attributesToRetrieve'] = state.fields;
  return sent;
}

/** A query without Arabic letters: Meilisearch marks and crops, as it would alone. */
function prepareOther(body: SearchBody, query: Understood, state: IndexState): Prepared {
  const everything = (names: unknown): unknown =>
    Array.isArray(names) && names.includes('*') && state.fields.length > 0 ? [...names.filter((name) => name !== '*'), ...state.fields] : names;
  const sent: Record<string, unknown> = { ...without(body, 'urdu'), ...aimed(body, state) };
  if (query.q !== query.original) sent['q'] = query.q;
  if (body['attributesToHighlight'] != null) sent['attributesToHighlight'] = everything(body['attributesToHighlight']);
  if (body['attributesToCrop'] != null) sent['attributesToCrop'] = everything(body['attributesToCrop']);
  const finishHit = (hit: Hit): Hit => stripHit(hit);
  return { sent, finishHit, finish: (result) => ({ ...result, hits: result.hits.map(finishHit), query: query.original }) };
}

/** An Urdu query: terms go in, and the marks in the answer are ours. */
function prepareUrdu(body: SearchBody, query: Understood, state: IndexState): Prepared {
  const options = formatOptions(body);
  const shown = retrieved(body);
  const sent: Record<string, unknown> = { ...withoutOwn(body), ...aimed(body, state), q: query.q };
  if (body['locales'] === undefined) sent['locales'] = ['urd'];
  if (shown !== undefined) sent['attributesToRetrieve'] = fetched(shown, options, state);
  const match = createMatcher(query.wanted);
  const finishHit = (hit: Hit): Hit => presentHit(hit, shown, options, match);
  return {
    sent,
    finishHit,
    finish: (result) => ({
      ...result,
      hits: result.hits.map(finishHit),
      query: query.original,
      urdu: { analyzerVersion: ANALYZER_VERSION, understood: describe(query) },
    }),
  };
}

/** What must be fetched to show `shown` and to mark what was asked to be marked. */
function fetched(shown: readonly string[], options: FormatOptions, state: IndexState): readonly string[] {
  const marked = [...options.highlight, ...options.crop.keys()];
  if (marked.includes('*') || options.showMatchesPosition) return state.fields.length > 0 ? state.fields : ['*'];
  return [...new Set([...shown, ...marked])];
}

function presentHit(hit: Hit, shown: readonly string[] | undefined, options: FormatOptions, match: ReturnType<typeof createMatcher>): Hit {
  const document: Record<string, unknown> = {};
  const extras: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(hit)) {
    if (isShadow(field)) continue;
    // Meilisearch's own additions to a hit are no fields of the document; _geo is.
    if (field.startsWith('_') && /^_(rankingScore|rankingScoreDetails|federation|geoDistance|vectors|formatted|matchesPosition)$/.test(field)) extras[field] = value;
    else document[field] = value;
  }
  const { formatted, positions } = formatDocument(document, options, match);
  const own: Hit = {};
  for (const [field, value] of Object.entries(document)) {
    if (shown === undefined || shown.some((name) => name === field || name.startsWith(`${field}.`))) own[field] = value;
  }
  return {
    ...own,
    ...(formatted === undefined ? {} : { _formatted: formatted }),
    ...(positions === undefined ? {} : { _matchesPosition: positions }),
    ...extras,
  };
}

/** Takes the shadows out of a hit, wherever Meilisearch shows fields. */
function stripHit(hit: Hit): Hit {
  stripShadow(hit);
  for (const part of ['_formatted', '_matchesPosition']) {
    const shown = hit[part];
    if (shown === null || typeof shown !== 'object') continue;
    for (const field of Object.keys(shown)) if (isShadow(field)) delete (shown as Record<string, unknown>)[field];
  }
  return hit;
}

const describe = ({ q, clauses }: Understood): unknown => ({
  q,
  words: clauses.flatMap(({ kind, negative, tokens }) => tokens.map(({ text, term, root, type }) => ({ text, term, root, type, ...(kind === 'phrase' ? { phrase: true } : {}), ...(negative ? { negative: true } : {}) }))),
});
