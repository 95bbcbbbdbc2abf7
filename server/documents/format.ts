/** The three content types in which Meilisearch takes documents. */
export type DocumentFormat = 'json' | 'ndjson' | 'csv';

const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'text/csv': 'csv',
};

/** The format that a `Content-Type` header names, or undefined: then Meilisearch shall refuse it in its own words. */
export const formatOf = (contentType: string | undefined): DocumentFormat | undefined =>
  FORMATS[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''];
