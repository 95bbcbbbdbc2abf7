/**
 * Sort keys: beside a field that documents are sorted by stands `_urdu7_sort.name`, its texts in characters whose code points follow the Urdu alphabet. Outside the searched root, since
 * it is no text. Numbers and what else is no text have no key.
 */
import { sortKeyOf } from './alphabet.js';
import { isReserved, isShadow, SHADOW_ROOT, toShadow } from './shadow.js';

/** `_urdu7_sort.name`. */
export const sortShadow = (field: string, root: string = SHADOW_ROOT): string => toShadow(field, `${root}_sort`);

/** Whether a name in `sortableAttributes` can have a key: not a pattern, nor a place on earth. */
const hasKey = (field: string): boolean => !field.includes('*') && !isShadow(field) && !isReserved(field.split('.')[0] ?? '');

/** What Meilisearch is told to sort by: the client's fields, and the keys of those that `isKeyed`. */
export const withSortShadows = (fields: readonly string[], root: string, isKeyed: (field: string) => boolean): readonly string[] => [
  ...fields,
  ...fields.filter((field) => hasKey(field) && isKeyed(field)).map((field) => sortShadow(field, root)),
];

/** The fields of a list of sortable attributes that may have keys, and have none. */
export const unkeyedFields = (sortable: readonly string[], root: string): readonly string[] =>
  sortable.filter((field) => hasKey(field) && !sortable.includes(sortShadow(field, root)));

/** The fields of a list of sortable attributes that have keys. */
export const keyedFields = (sortable: readonly string[], root: string): readonly string[] =>
  sortable.filter((field) => hasKey(field) && sortable.includes(sortShadow(field, root)));

/**
 * The keys of a document, in the shape of its fields.
 *
 * @param keyed the fields that have them, by their paths
 * @param isPartial whether the document may stand there already: then null is the key of what has none any more
 */
export function sortKeys(
  document: Readonly<Record<string, unknown>>,
  keyed: readonly string[],
  root: string,
  isPartial = false,
): Record<string, unknown> {
  const keys: Record<string, unknown> = {};
  if (keyed.length === 0) return keys;
  for (const [field, value] of Object.entries(document)) {
    const key = isReserved(field) ? undefined : keyOf(value, field, keyed);
    const mayHave = isPartial && keyed.some((one) => isWithin(one, field) || isWithin(field, one));
    if (key !== undefined || mayHave) keys[sortShadow(field, root)] = key ?? null;
  }
  return keys;
}

const isWithin = (field: string, parent: string): boolean => field === parent || field.startsWith(`${parent}.`);

function keyOf(value: unknown, path: string, keyed: readonly string[]): unknown {
  if (typeof value === 'string') return keyed.some((field) => isWithin(path, field)) ? sortKeyOf(value) : undefined;
  if (value === null || typeof value !== 'object' || !keyed.some((field) => isWithin(path, field) || isWithin(field, path)))
    return undefined;
  if (Array.isArray(value)) return some(value.map((item) => keyOf(item, path, keyed)).filter((key) => key !== undefined));
  const inner = Object.entries(value).map(([name, item]) => [name, keyOf(item, `${path}.${name}`, keyed)] as const);
  const found = some(inner.filter(([, key]) => key !== undefined));
  return found && Object.fromEntries(found);
}

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
