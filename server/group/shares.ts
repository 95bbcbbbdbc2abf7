import { isUtf8 } from 'node:buffer';
import { BadRequest } from '../errors.js';
import { isNumber, parseExactly, stringifyExactly } from '../json/exact-json.js';
import { isObject } from '../json/is-object.js';
import { NotServed } from './group-errors.js';
import { type Place, placeOf } from './place.js';

type Document = Readonly<Record<string, unknown>>;

/** Documents of one write, by the servers that are to hold them. */
export interface Shares {
  /** Undefined: Meilisearch cannot tell which one it is, and says so. */
  readonly primaryKey: string | undefined;
  /** Lines of NDJSON. */
  readonly parts: ReadonlyMap<Place, Buffer>;
}

const LINE_END = 0x0a;
const DOCUMENT_ID = /^[A-Za-z0-9_-]{1,511}$/;

/**
 * Shares documents out. Where the primary key cannot be told, or a document has none that Meilisearch takes, that document alone goes to the first server, which refuses it by a failed task: a batch is taken whole or not at all.
 *
 * @param known the primary key of the index; undefined: it has none yet, and the first document decides
 */
export function shareOut(body: Buffer, contentType: string, known: string | undefined, servers: number): Shares {
  const lines = linesOf(body, contentType);
  const primaryKey = known ?? primaryKeyIn(lines[0]?.document ?? {});
  const [first] = lines;
  if (primaryKey === undefined) return { primaryKey, parts: new Map(first === undefined ? [] : [[0, first.line]]) };
  const parts = new Map<Place, Buffer[]>();
  for (const { line, document } of lines) {
    const key = keyOf(document, primaryKey);
    if (key === undefined) return { primaryKey, parts: new Map([[0, line]]) };
    const place = placeOf(key, servers);
    const part = parts.get(place);
    if (part === undefined) parts.set(place, [line]);
    else part.push(line);
  }
  return { primaryKey, parts: new Map([...parts].map(([place, part]) => [place, Buffer.concat(part)])) };
}

interface Line {
  readonly line: Buffer;
  readonly document: Document;
}

function linesOf(body: Buffer, contentType: string): Line[] {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/csv')
    throw new NotServed('CSV for an index that Justuju has not analyzed', 'Build it anew with `npm run reindex`, or send JSON or NDJSON.');
  if (!isUtf8(body)) throw malformed('it is not UTF-8');
  if (type === 'application/x-ndjson') return linesIn(body);
  const parsed = parsedIn(body);
  return (Array.isArray(parsed) ? (parsed as unknown[]) : [parsed]).map((document) => ({
    line: Buffer.from(`${stringifyExactly(document)}\n`),
    document: asDocument(document),
  }));
}

function linesIn(body: Buffer): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < body.length; ) {
    const end = body.indexOf(LINE_END, from);
    const to = end === -1 ? body.length : end;
    const line = body.subarray(from, to);
    if (line.toString('latin1').trim() !== '')
      lines.push({ line: Buffer.concat([line, Buffer.from('\n')]), document: asDocument(parsedIn(line)) });
    from = to + 1;
  }
  return lines;
}

function parsedIn(json: Buffer): unknown {
  try {
    return parseExactly(json.toString('utf8'));
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

function asDocument(value: unknown): Document {
  if (!isObject(value)) throw malformed('a document is no object');
  return value;
}

const malformed = (why: string): BadRequest => new BadRequest(`The payload provided is malformed: ${why}.`, 'malformed_payload');

/** As Meilisearch chooses it: the one field whose name ends in `id`, in small or large letters. */
function primaryKeyIn(document: Document): string | undefined {
  const [only, ...more] = Object.keys(document).filter((name) => name.toLowerCase().endsWith('id'));
  return more.length === 0 ? only : undefined;
}

/** The primary key of a document as text; undefined: none that Meilisearch takes. A name with dots in it may lead into objects. */
function keyOf(document: Document, primaryKey: string): string | undefined {
  let value: unknown = document[primaryKey];
  if (value === undefined && primaryKey.includes('.'))
    value = primaryKey.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), document);
  const key = typeof value === 'string' || isNumber(value) ? String(value) : '';
  return DOCUMENT_ID.test(key) ? key : undefined;
}
