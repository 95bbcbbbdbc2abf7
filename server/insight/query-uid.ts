import { randomUUID } from 'node:crypto';
import { HASH_BYTES } from '../settings/need.js';

/**
 * The id of one search, for `metadata.queryUid` and the events that follow it: a UUID of version 7, which begins with the time, and whose random part holds the hash of what was asked. So a
 * click finds its query without a table of searches: in every process, after every restart.
 *
 *     48 bits milliseconds | 4 version | 12 random | 2 variant | 14 random | 48 hash of the need
 */
export interface QueryUid {
  /** When it was asked: milliseconds since 1970. */
  readonly at: number;
  /** See `hashOf`. */
  readonly hash: string;
}

/** The hash of a search without words, whose events belong to no query. */
export const NO_NEED = '0'.repeat(2 * HASH_BYTES);

const PATTERN = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

export function writeQueryUid({ at, hash }: QueryUid): string {
  const time = at.toString(16).padStart(12, '0');
  // Made from a store of random bytes: to draw them each time would take most of the time.
  const random = randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${random.slice(19, 23)}-${hash}`;
}

/** Undefined for what is no id of ours by its form. */
export function readQueryUid(uid: string): QueryUid | undefined {
  const plain = uid.toLowerCase();
  if (!PATTERN.test(plain)) return undefined;
  return { at: Number.parseInt(plain.slice(0, 8) + plain.slice(9, 13), 16), hash: plain.slice(24) };
}
