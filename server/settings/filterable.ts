import { isObject } from '../json/is-object.js';

/** What the setting `filterableAttributes` allows with one field. */
export interface Filters {
  readonly equality: boolean;
  /** Greater and less than, for numbers and dates. */
  readonly comparison: boolean;
}

const NONE: Filters = { equality: false, comparison: false };

/** Of a field, by the first name, pattern or rule of the setting that takes it, as in Meilisearch. */
export function filtersOf(field: string, filterable: readonly unknown[]): Filters {
  const rule = filterable.find((one) => patternsOf(one).some((pattern) => matches(field, pattern)));
  if (rule === undefined) return NONE;
  if (!isObject(rule)) return { equality: true, comparison: true };
  const features = isObject(rule['features']) ? rule['features'] : {};
  // What a rule leaves out is equality alone.
  const { equality = true, comparison = false } = (isObject(features['filter']) ? features['filter'] : {}) as Partial<Filters>;
  return { equality, comparison };
}

/** Whether a setting of plain names (displayed, sortable) takes a field: itself, what it stands within, or all. */
export const isNamed = (field: string, setting: readonly string[]): boolean =>
  setting.some((one) => one === '*' || one === field || field.startsWith(`${one}.`));

function patternsOf(rule: unknown): readonly string[] {
  if (typeof rule === 'string') return [rule];
  const patterns = isObject(rule) ? rule['attributePatterns'] : undefined;
  return Array.isArray(patterns) ? patterns.map(String) : [];
}

/** A star stands at the beginning, the end, or both. */
function matches(field: string, pattern: string): boolean {
  const inner = pattern.replace(/^\*|\*$/g, '');
  const [opens, closes] = [pattern.startsWith('*'), pattern.endsWith('*')];
  if (opens && closes) return field.includes(inner);
  if (opens) return field.endsWith(inner);
  if (closes) return field.startsWith(inner);
  return field === pattern || field.startsWith(`${pattern}.`);
}
