/**
 * `GET /search` takes the parameters of `POST` in a query string: lists with commas, numbers and flags as text.
 */
type Reader = (text: string) => unknown;

const text: Reader = (value) => value;
const list: Reader = (value) => (value === '' ? [] : value.split(',').map((item) => item.trim()));
const count: Reader = (value) => (/^\d{1,15}$/.test(value) ? Number(value) : undefined);
const decimal: Reader = (value) => (value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined);
const flag: Reader = (value) => (value === 'true' ? true : value === 'false' ? false : undefined);
const numbers: Reader = (value) => {
  const all = value.split(',').map(decimal);
  return all.includes(undefined) ? undefined : all;
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
  sort: list,
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
};

/** The body of the equal `POST` request, or undefined where a parameter is unknown or cannot be read. */
export function fromQueryString(parameters: URLSearchParams): Record<string, unknown> | undefined {
  const body: Record<string, unknown> = {};
  for (const [name, value] of parameters) {
    const read = READERS[name];
    const parsed = read?.(value);
    if (parsed === undefined) return undefined;
    body[name] = parsed;
  }
  return body;
}
