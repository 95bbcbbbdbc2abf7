import { CsvError, parse as csvParser } from 'csv-parse';
import { Readable } from 'node:stream';
import { BadRequest } from '../errors.js';
import type { EngineHttp } from '../engine/http.js';
import { type Encode, isShadow, shadowFields } from './shadow.js';
import { JsonShapeError, splitJson, splitLines } from './split-json.js';

/** The three content types in which Meilisearch takes documents. */
export type DocumentFormat = 'json' | 'ndjson' | 'csv';

const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'text/csv': 'csv',
};

/** The format that a `Content-Type` header names, or undefined: then Meilisearch shall refuse it in its own words. */
export const formatOf = (contentType: string | undefined): DocumentFormat | undefined => FORMATS[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''];

/** Turns the texts of documents into what is searched, document by document. */
export interface DocumentEncoder {
  readonly encode: Encode;
  /** The texts encoded since the last call were one document. */
  readonly endDocument: () => void;
}

/** A document uses a name that belongs to the shadow fields. */
export class ReservedFieldError extends BadRequest {
  constructor(field: string, nth: number) {
    super(`Document ${nth} has a field \`${field}\`. Names that begin with \`_urdu\` and a number are reserved for Justuju's search terms: rename the field.`, 'invalid_document_fields');
  }
}

/**
 * Documents as they came → NDJSON lines for Meilisearch, each document followed by its shadow fields.
 *
 * The document's own text is not parsed and written again but passed on byte for byte, so that numbers beyond 2^53 and the author's
 * escapes survive. A line that is no JSON object goes through as it is: Meilisearch refuses it in the words that clients know.
 */
export async function* withShadows(body: AsyncIterable<Buffer>, format: DocumentFormat, csvDelimiter: string, encoder: DocumentEncoder): AsyncGenerator<Buffer> {
  let nth = 0;
  let lines: string[] = [];
  let size = 0;
  for await (const text of refusals(rawDocuments(body, format, csvDelimiter), format)) {
    nth += 1;
    const line = withShadow(text, nth, encoder.encode);
    encoder.endDocument();
    lines.push(line);
    size += line.length;
    if (size > 65_536) {
      yield Buffer.from(`${lines.join('\n')}\n`);
      lines = [];
      size = 0;
    }
  }
  if (lines.length > 0) yield Buffer.from(`${lines.join('\n')}\n`);
}

/** A body whose outer form is broken, in Meilisearch's words. */
async function* refusals(documents: AsyncIterable<string>, format: DocumentFormat): AsyncGenerator<string> {
  let read = 0;
  try {
    for await (const document of documents) {
      yield document;
      read += 1;
    }
  } catch (error) {
    if (error instanceof JsonShapeError || error instanceof CsvError) {
      throw new BadRequest(`The \`${format}\` payload provided is malformed. \`${error.message} after ${read} documents\`.`, 'malformed_payload');
    }
    throw error;
  }
}

function rawDocuments(body: AsyncIterable<Buffer>, format: DocumentFormat, csvDelimiter: string): AsyncIterable<string> {
  switch (format) {
    case 'json':
      return splitJson(body);
    case 'ndjson':
      return splitLines(body);
    case 'csv':
      return readCsv(body, csvDelimiter);
  }
}

function withShadow(raw: string, nth: number, encodeText: Encode): string {
  const line = raw.includes('\n') || raw.includes('\r') ? raw.replace(/[\r\n]+/g, ' ') : raw;
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    return line;
  }
  if (document === null || typeof document !== 'object' || Array.isArray(document)) return line;
  for (const field of Object.keys(document)) if (isShadow(field)) throw new ReservedFieldError(field, nth);
  const shadow = JSON.stringify(shadowFields(document as Record<string, unknown>, encodeText));
  if (shadow === '{}') return line;
  const own = line.slice(0, line.lastIndexOf('}')).trimEnd();
  return own.endsWith('{') ? line : `${own},${shadow.slice(1)}`;
}

/** Rows as Meilisearch reads them: the header names the fields, `name:number` and `name:boolean` give types, an empty cell is null. */
async function* readCsv(body: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<string> {
  const rows = Readable.from(body).pipe(csvParser({ delimiter, columns: false, relax_column_count: false, bom: true }));
  let header: { name: string; type: string }[] | undefined;
  for await (const row of rows as AsyncIterable<string[]>) {
    if (header === undefined) {
      header = row.map((cell) => {
        const [, name = cell, type = 'string'] = /^(.*):(string|number|boolean)$/.exec(cell) ?? [];
        return { name, type };
      });
      continue;
    }
    const document: Record<string, unknown> = {};
    header.forEach(({ name, type }, i) => { document[name] = csvValue(row[i] ?? '', type); });
    yield JSON.stringify(document);
  }
}

function csvValue(cell: string, type: string): unknown {
  if (cell.trim() === '') return null;
  if (type === 'number') return Number(cell.trim());
  if (type === 'boolean') return cell.trim() === 'true';
  return cell;
}

/** The settings that make an index search its shadow fields, and read them as Urdu. */
export const shadowSettings = (root: string): Record<string, unknown> => ({
  searchableAttributes: [root],
  // Without this Meilisearch guesses the language of each text and query by itself, differently (الگ alone becomes ال + گ).
  localizedAttributes: [{ attributePatterns: [`${root}.*`], locales: ['urd'] }],
});

/** Whether the caller may add documents to `uid`: Meilisearch checks the key before the (deliberately wrong) content type. */
export async function refusalToWrite(http: EngineHttp, uid: string, authorization: string | undefined): Promise<{ status: number; body: unknown } | undefined> {
  const answer = await http.request({ method: 'POST', path: `/indexes/${encodeURIComponent(uid)}/documents`, authorization, headers: { 'content-type': 'text/plain' }, body: '' });
  return answer.status === 401 || answer.status === 403 ? { status: answer.status, body: answer.json() } : undefined;
}
