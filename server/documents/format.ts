/** The three content types in which Meilisearch takes documents. */
export type DocumentFormat = 'json' | 'ndjson' | 'csv';

interface MediaType {
  /** Type and subtype, in small letters: `application/vnd.api`. */
  readonly essence: string;
  readonly subtype: string;
  /** What follows the last plus: `json`. */
  readonly suffix: string | undefined;
}

/** Letters of a name (RFC 9110, 5.6.2). */
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
const PARAMETER = ` *${TOKEN}+=(?:"[^"]*"|${TOKEN}*)`;
const MEDIA_TYPE = new RegExp(`^(${TOKEN}+)/(${TOKEN}+?)(?:\\+(${TOKEN.replace('+', '')}*))?(?:;${PARAMETER})*;? *$`);

/** A `Content-Type` header as Meilisearch reads it, or undefined where it cannot be read. */
function readMediaType(header: string | undefined): MediaType | undefined {
  const [, type, subtype, suffix] = MEDIA_TYPE.exec(header?.trim() ?? '')?.map((part) => part?.toLowerCase()) ?? [];
  return type === undefined || subtype === undefined ? undefined : { essence: `${type}/${subtype}`, subtype, suffix };
}

/** Whether Meilisearch takes a body of this content type as JSON: `application/json`, and all that is written as JSON, such as `application/vnd.api+json`. */
export function isJson(contentType: string | undefined): boolean {
  const { subtype, suffix } = readMediaType(contentType) ?? {};
  return subtype === 'json' || suffix === 'json';
}

const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'text/csv': 'csv',
};

/** The format of documents that a `Content-Type` header names, or undefined: then Meilisearch shall refuse it in its own words. */
export const formatOf = (contentType: string | undefined): DocumentFormat | undefined => FORMATS[readMediaType(contentType)?.essence ?? ''];
