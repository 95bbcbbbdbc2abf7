import type { Request } from 'express';
import { BadRequest } from '../errors.js';

/** Refuses what an address asks beside what is known, in Meilisearch's words: a slip in a name shall not do something else than was meant. */
export function refuseUnknown({ query }: Request, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new BadRequest(
      `Unknown parameter \`${unknown.slice(0, 100)}\`: expected one of ${known.map((name) => `\`${name}\``).join(', ')}`,
    );
}
