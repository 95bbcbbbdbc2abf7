import { randomBytes } from 'node:crypto';
import { stringifyExactly } from './exact-json.js';

/**
 * A document as Meilisearch wrote it, in bytes: one that is shown as it is need not be read and written again. For ten articles that takes as long as
 * everything else in a search.
 */
export class RawDocument {
  constructor(readonly bytes: Buffer) {}
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const RESULTS = Buffer.from('{"results":[');

/**
 * The documents of an answer to `documents/fetch`, by their primary keys as they are written. Undefined where the answer is not as Meilisearch writes it: without white space, `results` first.
 */
export function splitDocuments(answer: Buffer, primaryKey: string): Map<string, RawDocument> | undefined {
  if (!answer.subarray(0, RESULTS.length).equals(RESULTS)) return undefined;
  const key = Buffer.from(`${JSON.stringify(primaryKey)}:`);
  const documents = new Map<string, RawDocument>();
  let depth = 0;
  let start = RESULTS.length;
  let id: string | undefined;
  for (let at = start; at < answer.length; at += 1) {
    const byte = answer[at];
    if (byte === QUOTE) {
      const end = endOfString(answer, at + 1);
      // In the document itself, not in something nested, a string before a colon is a name.
      if (depth === 1 && id === undefined && answer.compare(key, 0, key.length, at, at + key.length) === 0)
        id = String(JSON.parse(valueAt(answer, at + key.length)));
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      if (depth === 1) start = at;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      // The end of the results.
      if (depth === 0) return documents;
      depth -= 1;
      if (depth > 0) continue;
      if (id === undefined) return undefined;
      documents.set(id, new RawDocument(answer.subarray(start, at + 1)));
      id = undefined;
    }
  }
  return undefined;
}

/** Where the string ends that begins before `from`: at its closing quote. */
function endOfString(json: Buffer, from: number): number {
  for (let quote = json.indexOf(QUOTE, from); quote !== -1; quote = json.indexOf(QUOTE, quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
  return json.length;
}

/** The string or number that is written at a place. */
function valueAt(json: Buffer, at: number): string {
  if (json[at] === QUOTE) return json.toString('utf8', at, endOfString(json, at + 1) + 1);
  let end = at;
  while (json[end] !== COMMA && json[end] !== CLOSE_OBJECT && end < json.length) end += 1;
  // As text: a number beyond 2^53 would lose its digits.
  return `"${json.toString('utf8', at, end)}"`;
}

/** What stands for a raw document while the rest is written; nobody outside this process can know it. */
const PLACE = `raw:${randomBytes(12).toString('hex')}`;

/** JSON of a value that holds raw documents, as bytes. */
export function stringifyWithRaw(value: unknown): Buffer {
  const documents: RawDocument[] = [];
  const text = stringifyExactly(value, (_key, one: unknown) => {
    if (!(one instanceof RawDocument)) return one;
    documents.push(one);
    return PLACE;
  });
  const parts = text.split(`"${PLACE}"`).map((part) => Buffer.from(part));
  return Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [(documents[i - 1] as RawDocument).bytes, part])));
}
