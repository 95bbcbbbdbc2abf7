import { AS_WRITTEN } from '../json/as-written.js';
import { parseExactly } from '../json/exact-json.js';
import { decode } from '../meilisearch/http.js';
import { STAMP } from '../shadow/shadow.js';
import type { Hit } from './request.js';

/*
 * Where nothing is marked, nobody looks into the fields of a hit: they go to the client as Meilisearch wrote them. Only the stamp is read, and left out.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

const isOpening = (byte: number | undefined): boolean => byte === OPEN_OBJECT || byte === OPEN_LIST;
const isClosing = (byte: number | undefined): boolean => byte === CLOSE_OBJECT || byte === CLOSE_LIST;

const HITS = '"hits":[';

/** What all names of ours begin with. */
const OURS = '"_urdu';
const STAMP_FIELD = `"${STAMP}":"`;

/**
 * An answer of Meilisearch to a search, its hits unread: each has its stamp, if it came with one, and `AS_WRITTEN`, the rest.
 *
 * @param bytes JSON in UTF-8
 * @returns undefined where a hit holds more of ours than its stamp, or the answer is not written as Meilisearch writes: such a one must be read whole
 * @throws SyntaxError where what stands around the hits is no JSON
 */
export function readUnread(bytes: Buffer): object | undefined {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (isOpening(byte)) depth += 1;
    else if (isClosing(byte)) depth -= 1;
    else if (byte === QUOTE) {
      const from = at + HITS.length;
      if (depth === 1 && bytes.toString('latin1', at, from) === HITS) {
        const list = readList(bytes, from);
        return list && { ...around(bytes.subarray(0, from), bytes.subarray(list.end)), hits: list.hits };
      }
      at = endOfString(bytes, at);
    }
  }
  return undefined;
}

const around = (before: Buffer, behind: Buffer): object => parseExactly(decode(Buffer.concat([before, behind]))) as object;

/** @param from behind the bracket that opens the list; `end` is where it is closed */
function readList(bytes: Buffer, from: number): { readonly hits: Hit[]; readonly end: number } | undefined {
  const hits: Hit[] = [];
  let at = from;
  while (bytes[at] === OPEN_OBJECT) {
    const read = readHit(bytes, at);
    if (read === undefined) return undefined;
    hits.push(read.hit);
    at = bytes[read.end] === COMMA ? read.end + 1 : read.end;
  }
  return bytes[at] === CLOSE_LIST ? { hits, end: at } : undefined;
}

/** @param from at the brace that opens the hit; `end` is behind the one that closes it */
function readHit(bytes: Buffer, from: number): { readonly hit: Hit; readonly end: number } | undefined {
  let depth = 0;
  let stampAt = -1;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (isOpening(byte)) depth += 1;
    else if (isClosing(byte)) {
      depth -= 1;
      if (depth === 0) return { hit: hitOf(bytes, from, at + 1, stampAt), end: at + 1 };
    } else if (byte === QUOTE) {
      if (bytes[at + 1] === OURS.charCodeAt(1) && bytes.toString('latin1', at, at + OURS.length) === OURS) {
        if (depth !== 1 || stampAt !== -1 || bytes.toString('latin1', at, at + STAMP_FIELD.length) !== STAMP_FIELD) return undefined;
        stampAt = at;
        // The stamp itself holds no quote.
        at = bytes.indexOf(QUOTE, at + STAMP_FIELD.length);
      } else at = endOfString(bytes, at);
    }
  }
  return undefined;
}

function hitOf(bytes: Buffer, from: number, to: number, stampAt: number): Hit {
  if (stampAt === -1) return { [AS_WRITTEN]: [bytes.subarray(from, to)] };
  const begin = stampAt + STAMP_FIELD.length;
  const end = bytes.indexOf(QUOTE, begin);
  const stamp = bytes.toString('latin1', begin, end);
  // One comma goes with the field.
  const isLast = bytes[end + 1] !== COMMA;
  const isOnly = isLast && bytes[stampAt - 1] !== COMMA;
  const before = bytes.subarray(from, isLast && !isOnly ? stampAt - 1 : stampAt);
  return { [STAMP]: stamp, [AS_WRITTEN]: [before, bytes.subarray(isLast ? end + 1 : end + 2, to)] };
}

/** Where the quote stands that ends a string; behind all bytes where none does. */
function endOfString(bytes: Buffer, from: number): number {
  for (let quote = bytes.indexOf(QUOTE, from + 1); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let backslashes = 0;
    while (bytes[quote - 1 - backslashes] === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
  return bytes.length;
}
