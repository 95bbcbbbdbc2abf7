import { ExactNumber } from '../json/exact-json.js';

/**
 * `GET /search` takes the parameters of `POST` in a query string: lists with commas, numbers and flags as text. Each reader reads as Meilisearch does
 * (`routes/indexes/search.rs`, 1.21 to 1.57), and answers undefined for what that would refuse.
 */
type Reader = (text: string) => unknown;

const text: Reader = (value) => value;
const list: Reader = (value) => (value === '' ? [] : value.split(','));
/** Up to 64 bits: beyond 2^53 JavaScript's own numbers lose digits. */
const count: Reader = (value) => {
  const digits = /^\+?0*(\d{1,20})$/.exec(value)?.[1];
  if (digits === undefined) return undefined;
  return digits.length > 15 ? new ExactNumber(digits) : Number(digits);
};
const decimal: Reader = (value) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : undefined);
const flag: Reader = (value) => (value === 'true' ? true : value === 'false' ? false : undefined);
const numbers: Reader = (value) => {
  const all = value.split(',').map(decimal);
  return all.includes(undefined) ? undefined : all;
};
/** `title:asc,_geoPoint(1,1):desc`: a comma inside a point ends nothing. */
export const readSort = (value: string): readonly string[] => {
  const criteria: string[] = [];
  let isPoint = false;
  for (const part of value.replace(/^"+|"+$/g, '').split(',')) {
    const criterion = part.trim();
    if (isPoint) criteria.push(`${criteria.pop() ?? ''},${criterion}`);
    else criteria.push(criterion);
    isPoint = criterion.startsWith('_geoPoint(') || (isPoint && !/\):(asc|desc)$/.test(criterion));
  }
  return criteria;
};
/** A filter is an expression, or a JSON array of expressions. */
export const readFilter = (value: string): unknown => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
};

const READERS: Readonly<Record<string, Reader>> = {
  q: text,
  vector: numbers,
  offset: count,
  limit: count,
  page: count,
  hitsPerPage: count,
  attributesToRetrieve: list,
  retrieveVectors: flag,
  attributesToCrop: list,
  cropLength: count,
  attributesToHighlight: list,
  filter: readFilter,
  sort: readSort,
  distinct: text,
  facets: list,
  showMatchesPosition: flag,
  showRankingScore: flag,
  showRankingScoreDetails: flag,
  highlightPreTag: text,
  highlightPostTag: text,
  cropMarker: text,
  matchingStrategy: text,
  attributesToSearchOn: list,
  rankingScoreThreshold: decimal,
  locales: list,
  useNetwork: flag,
  showPerformanceDetails: flag,
};

/** Parameters that are part of an object in the body: its name, the part's name and its reader. */
const PARTS: Readonly<Record<string, readonly [object: string, part: string, read: Reader]>> = {
  hybridEmbedder: ['hybrid', 'embedder', text],
  hybridSemanticRatio: ['hybrid', 'semanticRatio', decimal],
  personalizeUserContext: ['personalize', 'userContext', text],
};

/** What a parameter that we do not know may be. */
const likeliest: Reader = (value) => flag(value) ?? count(value) ?? decimal(value) ?? value;

/**
 * The body of the equal `POST` request. What is unknown, or cannot be read, stands in it beside the rest: whether that can be, Meilisearch decides.
 * Of a parameter that is given twice the last one counts.
 */
export function fromQueryString(parameters: URLSearchParams): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of parameters) {
    const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (part === undefined) {
      const read = (Object.hasOwn(READERS, name) ? READERS[name] : undefined) ?? likeliest;
      body[name] = read(value) ?? value;
    } else {
      const [object, property, read] = part;
      body[object] = { ...(body[object] as object | undefined), [property]: read(value) ?? value };
    }
  }
  return body;
}
