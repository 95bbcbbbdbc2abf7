/** Meilisearch's own, where a request names none. */
const DEFAULT_LIMIT = 20;

/** Which part of a list a request wants, of a body or an address; undefined: what it says is no number, and Meilisearch refuses it. */
export function pageIn(given: Readonly<Record<string, unknown>>): { readonly offset: number; readonly limit: number } | undefined {
  const count = (value: unknown, otherwise: number): number => {
    if (value == null) return otherwise;
    if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    return typeof value === 'number' && value >= 0 ? value : Number.NaN;
  };
  const [offset, limit] = [count(given['offset'], 0), count(given['limit'], DEFAULT_LIMIT)];
  return Number.isSafeInteger(offset) && Number.isSafeInteger(limit) ? { offset, limit } : undefined;
}

/** The parameters of an address. */
export const parametersOf = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(new URL(path, 'http://group').searchParams);
