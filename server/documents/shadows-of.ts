import { type Encode, shadowFields } from '../shadow/shadow.js';
import { sortKeys } from '../shadow/sort-keys.js';
import { languageOfField, leftIn, type Reading } from './reading.js';

/**
 * All that stands beside the fields of a document, but for the stamp: its terms, and in an index of Urdu documents the keys that it is sorted by.
 *
 * @param isPartial whether it only names what changes
 */
export function shadowsOf(
  document: Readonly<Record<string, unknown>>,
  encode: Encode,
  root: string,
  reading: Reading,
  isPartial = false,
): Record<string, unknown> {
  const terms = shadowFields(document, encode, root, leftIn(document, reading));
  const keyed = keyedIn(reading);
  return keyed.length === 0 ? terms : { ...terms, ...sortKeys(document, keyed, root, isPartial) };
}

/** The fields whose texts are sorted by keys: those of Urdu documents of which the client says no other language. */
export const keyedIn = ({ language, rules, keyed = [] }: Reading): readonly string[] =>
  language === 'urd' ? keyed.filter((field) => (languageOfField(rules, field) ?? 'urd') === 'urd') : [];
