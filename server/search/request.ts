import { BadRequest } from '../errors.js';
import type { FormatOptions } from '../highlight/format.js';
import type { Unread } from '../json/as-written.js';
import { isNumber } from '../json/exact-json.js';
import { isObject } from '../json/is-object.js';

/** A search request's body, as the client sent it: Meilisearch checks what it holds, we only read what we need. */
export type SearchBody = Readonly<Record<string, unknown>>;

const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
/** As Meilisearch reads a count: no `1.0`, no `1e3`, up to 64 bits. One beyond 2^53 is an exact number. */
const isCount = (value: unknown): value is number =>
  isNumber(value) && /^\d+$/.test(String(value)) && BigInt(String(value)) < LARGEST_COUNT;
const LARGEST_COUNT = 2n ** 64n;
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** The parameters that Justuju carries out itself, and what Meilisearch accepts in them. */
const OWN_PARAMETERS = {
  attributesToHighlight: isStrings,
  attributesToCrop: isStrings,
  cropLength: isCount,
  cropMarker: isText,
  highlightPreTag: isText,
  highlightPostTag: isText,
  showMatchesPosition: isFlag,
} as const satisfies Record<string, (value: unknown) => boolean>;

/** What Justuju reads beside them, and what Meilisearch accepts there. */
const READ_PARAMETERS = {
  attributesToRetrieve: isStrings,
  facets: isStrings,
  showRankingScore: isFlag,
  showRankingScoreDetails: isFlag,
} as const satisfies Record<string, (value: unknown) => boolean>;

/**
 * Whether the parameters that Justuju reads are as Meilisearch would accept them. Where they are not, the request goes to
 * Meilisearch as it came, whose refusal is the one clients know.
 */
export const isWellFormed = (body: SearchBody): boolean =>
  (body['q'] === undefined || body['q'] === null || isText(body['q'])) &&
  [...Object.entries(OWN_PARAMETERS), ...Object.entries(READ_PARAMETERS)].every(
    ([name, accepts]) => body[name] === undefined || body[name] === null || accepts(body[name]),
  );

const strings = (value: unknown): readonly string[] => (isStrings(value) ? value : []);

/** Meilisearch's defaults. */
const CROP_LENGTH = 10;
const CROP_MARKER = '\u2026';

/** What is to be marked and cropped in each hit. */
export function formatOptions(body: SearchBody): FormatOptions {
  const cropLength = isCount(body['cropLength']) ? Number(body['cropLength']) : CROP_LENGTH;
  const crop = new Map<string, number>();
  for (const wish of strings(body['attributesToCrop'])) {
    // As Meilisearch reads it: after the last colon stands a number, or the default is meant; `*` overrides what came before it.
    const [, name = wish, length = ''] = /^(.*):(.*)$/s.exec(wish) ?? [];
    if (name === '*') crop.clear();
    crop.set(name, /^\d+$/.test(length) ? Number(length) : cropLength);
  }
  return {
    highlight: strings(body['attributesToHighlight']),
    crop,
    preTag: isText(body['highlightPreTag']) ? body['highlightPreTag'] : '<em>',
    postTag: isText(body['highlightPostTag']) ? body['highlightPostTag'] : '</em>',
    cropMarker: isText(body['cropMarker']) ? body['cropMarker'] : CROP_MARKER,
    showMatchesPosition: body['showMatchesPosition'] === true,
  };
}

/** The attributes a hit shall show, or undefined for all. */
export function retrieved(body: SearchBody): readonly string[] | undefined {
  const wanted = body['attributesToRetrieve'];
  return isStrings(wanted) && !wanted.includes('*') ? wanted : undefined;
}

/** The request without what Justuju carries out itself. */
export function withoutOwn(body: SearchBody): Record<string, unknown> {
  const rest: Record<string, unknown> = { ...body };
  for (const name of Object.keys(OWN_PARAMETERS)) delete rest[name];
  delete rest['urdu'];
  return rest;
}

/** One hit as Meilisearch answers it; unread where nobody looks into it (`unread-hits.ts`). */
export type Hit = Record<string, unknown> & Unread;

export interface SearchResult {
  hits: Hit[];
  query?: string;
  processingTimeMs?: number;
  estimatedTotalHits?: number;
  totalHits?: number;
  /** See `retrieve.ts`. */
  [leftOut: symbol]: readonly string[] | undefined;
  [other: string]: unknown;
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
  /** Asked by `page` and `hitsPerPage`: the answer counts pages. */
  readonly isNumbered: boolean;
  /** From 1. */
  readonly number: number;
}

/** Which hits are wanted, or undefined where the parameters are not as Meilisearch takes them. */
export function pageOf(body: SearchBody): Page | undefined {
  const number = (name: string, otherwise: number): number | undefined => {
    const value = body[name] ?? otherwise;
    // Beyond what a number holds Meilisearch says which page that is.
    return isCount(value) && typeof value === 'number' ? value : undefined;
  };
  if (body['page'] != null || body['hitsPerPage'] != null) {
    const page = number('page', 1);
    const limit = number('hitsPerPage', 20);
    // Meilisearch answers page 0 with no hits.
    return page === undefined || limit === undefined || page === 0
      ? undefined
      : { offset: (page - 1) * limit, limit, isNumbered: true, number: page };
  }
  const offset = number('offset', 0);
  const limit = number('limit', 20);
  return offset === undefined || limit === undefined ? undefined : { offset, limit, isNumbered: false, number: 1 };
}

export interface UrduOptions {
  /** No rewriting: every word as it was typed. */
  readonly exact: boolean;
  /** Say of each hit why it matched. */
  readonly why: boolean;
  /** Snippets of each cropped field, as safe HTML; 0 for none. */
  readonly fragments: number;
  /** The one document that is wanted, by its primary key; undefined: those that answer the query. */
  readonly document: string | number | undefined;
}

const MOST_FRAGMENTS = 10;
/** What Meilisearch takes for a primary key. */
const DOCUMENT_ID = /^[A-Za-z0-9_-]{1,511}$/;

/** Whether one document is asked for. */
export const asksDocument = (body: SearchBody): boolean => isObject(body['urdu']) && body['urdu']['document'] != null;

/** Justuju's own options: `urdu: {"exact": true, "why": true, "fragments": 3, "document": "ID"}`. Throws `BadRequest` for anything else. */
export function urduOptions(body: SearchBody): UrduOptions {
  const given = body['urdu'] ?? {};
  if (typeof given !== 'object' || Array.isArray(given))
    throw new BadRequest(
      `\`urdu\` must be an object such as {"exact": true}, got \`${JSON.stringify(given).slice(0, 100)}\`.`,
      'invalid_search_urdu',
    );
  const { exact = false, why = false, fragments = 0, document, ...unknown } = given as Record<string, unknown>;
  const [name] = Object.keys(unknown);
  if (name !== undefined)
    throw new BadRequest(
      `Unknown field \`${name}\` inside \`urdu\`: expected one of \`exact\`, \`why\`, \`fragments\`, \`document\`.`,
      'invalid_search_urdu',
    );
  if (!isFlag(exact) || !isFlag(why)) throw new BadRequest('`urdu.exact` and `urdu.why` must be true or false.', 'invalid_search_urdu');
  if (!isCount(fragments) || fragments > MOST_FRAGMENTS)
    throw new BadRequest(
      `\`urdu.fragments\` must be a number from 0 to ${MOST_FRAGMENTS}, got \`${JSON.stringify(fragments)}\`.`,
      'invalid_search_urdu',
    );
  if (document != null && !((isText(document) || isCount(document)) && DOCUMENT_ID.test(String(document))))
    throw new BadRequest(
      `\`urdu.document\` must be the primary key of a document, a whole number or letters, digits, - and _, got \`${JSON.stringify(document).slice(0, 100)}\`.`,
      'invalid_search_urdu',
    );
  return { exact, why, fragments, document: document ?? undefined };
}
