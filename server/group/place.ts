import { createHash } from 'node:crypto';

/** Which of several servers: its place in MEILI_URLS, from 0. To people servers are numbered from 1. */
export type Place = number;

/** Bytes of the digest that are compared: as many as a number holds exactly. */
const COMPARED_BYTES = 6;

/**
 * The server that holds a document: rendezvous hashing (Thaler and Ravishankar 1998) over the first `count` places. Of SHA-256 of `PLACE/KEY`, the first 48 bits, the largest wins. So it
 * depends on the primary key and on how many servers there are, not on their addresses, and a server more takes its share from all and moves nothing between the others. **Never change
 * it**: documents would be looked for where they are not.
 *
 * @param key the primary key, as text
 */
export function placeOf(key: string, count: number): Place {
  let best = 0;
  let most = -1;
  for (let place = 0; place < count; place += 1) {
    const weight = createHash('sha256').update(`${place}/${key}`).digest().readUIntBE(0, COMPARED_BYTES);
    if (weight > most) [best, most] = [place, weight];
  }
  return best;
}

export const allPlaces = (count: number): Place[] => Array.from({ length: count }, (_, place) => place);
