import { hash } from 'node:crypto';
import { ANALYZER_VERSION } from '@justuju/urdu';
import type { Language } from '../documents/language.js';
import { type FieldRule, LanguageCount, type Reading } from '../documents/reading.js';
import { stringifyExactly } from '../json/exact-json.js';
import type { Access } from '../meilisearch/stored-documents.js';
import { readingOf } from '../settings/languages.js';
import { defaultRulesOf } from '../settings/lean.js';
import { type Settings, toApplied } from '../settings/terms.js';
import { SHADOW_ROOT } from '../shadow/shadow.js';

/** How a new index is to be built: decided by its first documents and the client's settings. */
export interface Plan {
  readonly language: Language;
  readonly reading: Reading;
  /** Settings in the terms of the shadow fields, before it is known what most of the documents are. */
  readonly applied: Settings;
  /** The same, in an index of Urdu documents. */
  readonly lean: Settings;
  /** Eight hexadecimal digits. The same plan, the same signature: what a killed run has built by it can be gone on with. */
  readonly signature: string;
}

/** In which language most of the first documents are. */
export function languageOfFirst(first: readonly Readonly<Record<string, unknown>>[], settings: Settings): Language {
  const count = new LanguageCount(rulesIn(settings));
  for (const document of first) count.add(document);
  return count.language();
}

export async function planFor(access: Access, language: Language, settings: Settings, primaryKey: string): Promise<Plan> {
  const rules = await defaultRulesAt(access);
  // Lean only at the end: then it is known what most of the documents are.
  const applied = shadowTerms(settings, language === 'urd' ? undefined : language, rules, language === 'urd');
  const reading: Reading = { language, rules: rulesIn(settings), keyed: readingOf(applied).keyed ?? [] };
  const lean = toApplied({}, applied, [], SHADOW_ROOT, 'urd', rules);
  const signature = hash('sha1', stringifyExactly([ANALYZER_VERSION, language ?? null, primaryKey, applied]), 'hex').slice(0, 8);
  return { language, reading, applied, lean, signature };
}

/** Settings that decide what stands beside a document's fields: where they change, documents are read anew. */
export const READ_BY = ['localizedAttributes', 'sortableAttributes'] as const;

const rulesIn = (settings: Settings): readonly FieldRule[] => readingOf({ localizedAttributes: settings['localizedAttributes'] }).rules;

/**
 * Settings in the client's terms → in the terms of the shadow fields.
 *
 * @param hasSortKeys not where it may be found out only at the end that the index is one of Urdu: the first documents would have none
 */
const shadowTerms = (settings: Settings, language: Language, rules: readonly string[], hasSortKeys: boolean): Settings =>
  toApplied(
    { searchableAttributes: null, localizedAttributes: null, filterableAttributes: null, ...settings },
    {},
    Object.keys(settings),
    SHADOW_ROOT,
    language ?? null,
    rules,
    hasSortKeys,
  );

/** What this Meilisearch gives an index without ranking rules of its own. */
async function defaultRulesAt({ http, authorization }: Access): Promise<readonly string[]> {
  const { pkgVersion } = (await http.request({ method: 'GET', path: '/version', authorization })).json() as { pkgVersion?: string };
  return defaultRulesOf(pkgVersion ?? 'unknown');
}
