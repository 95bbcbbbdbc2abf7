import { isObject } from '../json/is-object.js';
import { isShadow, STAMP, stampUnder } from '../shadow/shadow.js';

/** As clients set it: names, patterns, or rules that say which filters a pattern takes (since 1.14). */
export type Filterable = readonly unknown[];

/** By equality only, and no facet: what Meilisearch keeps for it is as small as it can be. */
const ruleFor = (root: string): object => ({
  attributePatterns: [stampUnder(root)],
  features: { facetSearch: false, filter: { equality: true, comparison: false } },
});

export const isFilterable = (value: unknown): value is Filterable => Array.isArray(value);

/** The client's filterable attributes, and the stamp: by it candidates are verified. */
export const withStampFilter = (filterable: Filterable | null, root: string): Filterable => [...(filterable ?? []), ruleFor(root)];

/** The client's own. */
export const withoutStampFilter = (filterable: Filterable): Filterable => filterable.filter((rule) => !patternsOf(rule).every(isShadow));

/** Whether documents can be asked for by their stamps. */
export const isStampFiltered = (filterable: unknown): boolean =>
  isFilterable(filterable) && filterable.some((rule) => patternsOf(rule).includes(STAMP));

function patternsOf(rule: unknown): readonly string[] {
  if (typeof rule === 'string') return [rule];
  const patterns = isObject(rule) ? rule['attributePatterns'] : undefined;
  return Array.isArray(patterns) ? (patterns as string[]) : [''];
}
