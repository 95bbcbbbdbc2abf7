import { nameOf } from '../facets/distribution.js';
import type { Hit } from './request.js';

/**
 * Tells of hits, one after the other, whether none before it has the same value in a field. Hits without a value are all different. Of several values one is enough to be alike, and
 * values are compared as Meilisearch compares them.
 *
 * @param field may name a part of an object: `author.name`
 */
export function distinctHits(field: string): (hit: Hit) => boolean {
  const seen = new Set<string>();
  return (hit) => {
    const values = valuesAt(hit, field).map((value) => (typeof value === 'string' ? `"${nameOf(value)}` : String(value)));
    const isNew = values.every((value) => !seen.has(value));
    for (const value of values) seen.add(value);
    return isNew;
  };
}

function valuesAt(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  if (path === '') return value === null || value === undefined || typeof value === 'object' ? [] : [value];
  if (value === null || typeof value !== 'object') return [];
  // A name may hold dots itself.
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === path) return valuesAt(inner, '');
    return path.startsWith(`${name}.`) ? valuesAt(inner, path.slice(name.length + 1)) : [];
  });
}
