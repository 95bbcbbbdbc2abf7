import { isObject } from '../json/is-object.js';

/** Of a good answer, by the end of its path: fields that it has at least, and what they are. Several: one of them. */
const SHAPES: readonly (readonly [RegExp, readonly Readonly<Record<string, 'list' | 'object' | 'number'>>[]])[] = [
  [/\/(?:search|similar)$/, [{ hits: 'list' }]],
  [/^\/multi-search$/, [{ results: 'list' }, { hits: 'list' }]],
  [/\/facet-search$/, [{ facetHits: 'list' }]],
  [/^\/(?:indexes|tasks|batches)$|\/documents\/fetch$/, [{ results: 'list' }]],
  [/^\/tasks\/\d+$/, [{ uid: 'number' }]],
  [/^\/stats$/, [{ indexes: 'object' }]],
  [/^\/indexes\/[^/]+\/stats$/, [{ numberOfDocuments: 'number' }]],
  [/^\/indexes\/[^/]+\/settings$/, [{}]],
];

const KINDS = {
  list: Array.isArray,
  object: isObject,
  number: (value: unknown): boolean => typeof value === 'number' || isObject(value),
} as const;

/**
 * Whether what came as an answer of Meilisearch can be one, as far as Justuju reads it. Something else may listen at its address; that is to be told as such, not as a fault of Justuju.
 *
 * @param path with its query string
 */
export function isShaped(status: number, path: string, body: unknown): boolean {
  // A write is taken by a task.
  if (status === 202) return isObject(body);
  const [plain = ''] = path.split('?', 1);
  const shapes = SHAPES.find(([pattern]) => pattern.test(plain))?.[1];
  if (shapes === undefined) return true;
  return shapes.some((shape) => isObject(body) && Object.entries(shape).every(([name, kind]) => KINDS[kind](body[name])));
}
