import { randomBytes } from 'node:crypto';
import { stringifyExactly } from './exact-json.js';

/** On an object that nobody looks into: its JSON, in pieces of UTF-8, which goes out as it came in. Reading and writing twenty whole articles took half of a search. */
export const AS_WRITTEN = Symbol('as written');

/** An object of which only some fields were read, or none. */
export interface Unread {
  readonly [AS_WRITTEN]?: readonly Buffer[];
}

/** Stands for one within JSON; nobody outside this process can know it. */
const PLACE = `unread:${randomBytes(12).toString('hex')}`;

/**
 * JSON as UTF-8, with what is unread in it.
 *
 * @param encode makes UTF-8 of the rest
 */
export function toBytes(value: unknown, encode: (text: string) => Buffer): Buffer {
  const unread: (readonly Buffer[])[] = [];
  const text = stringifyExactly(value, (_key, inner) => {
    const pieces = (inner as Unread | null | undefined)?.[AS_WRITTEN];
    if (pieces === undefined) return inner;
    unread.push(pieces);
    return PLACE;
  });
  if (unread.length === 0) return encode(text);
  const around = text.split(`"${PLACE}"`);
  return Buffer.concat(around.flatMap((part, i) => [encode(part), ...(unread[i] ?? [])]));
}
