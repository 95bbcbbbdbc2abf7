/**
 * The fields whose words may be told to a caller: those that are both shown and searched. Exact names, since Meilisearch refuses a search in a field that it does not know.
 */

import { isNumber } from '../json/exact-json.js';
import { isObject } from '../json/is-object.js';
import { isReserved } from '../shadow/shadow.js';

/** All names of fields in a document, inner ones by their path, `author` and `author.name`: through lists too, as Meilisearch flattens documents. */
export function fieldNamesOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldNamesOf(item, path));
  if (!isObject(value) || isNumber(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return [name, ...fieldNamesOf(item, name)];
  });
}

/**
 * Of the fields that documents have, those that are both shown and searched.
 *
 * @param displayed and `searched`: settings in the client's terms; `*` or a parent names all that is below
 */
export function toldFields(names: readonly string[], displayed: readonly string[], searched: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => !isReserved(name.split('.')[0] ?? '') && isAmong(name, displayed) && isAmong(name, searched));
}

const isAmong = (name: string, setting: readonly string[]): boolean =>
  setting.some((one) => one === '*' || one === name || name.startsWith(`${one}.`));
