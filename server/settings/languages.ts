/** What the settings of an index say of the languages of its documents. */
import type { Language } from '../documents/language.js';
import type { FieldRule, Reading } from '../documents/reading.js';
import { isObject } from '../json/is-object.js';
import { isShadow, rootOfVersion, versionOf } from '../shadow/shadow.js';
import { keyedFields } from '../shadow/sort-keys.js';
import { readNote } from './note.js';

type Settings = Readonly<Record<string, unknown>>;

export interface LocalizedRule {
  readonly attributePatterns: readonly string[];
  readonly locales: readonly string[];
}

const isStrings = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isRule = (value: unknown): value is LocalizedRule =>
  isObject(value) && isStrings(value['attributePatterns']) && isStrings(value['locales']);
export const isRules = (value: unknown): value is readonly LocalizedRule[] => Array.isArray(value) && value.every(isRule);

/** The language of the documents that the index holds, as it was found when the first of them came. */
export function languageIn(settings: Settings): Language {
  const { urdu, language } = readNote(settings['synonyms']);
  return urdu === undefined ? language : 'urd';
}

/** Whether an index with these settings, as Meilisearch has them, is one of Urdu documents. */
export const isOfUrdu = (settings: Settings): boolean => languageIn(settings) === 'urd';

/** Whether all shadows are told to be Urdu, as Justuju did before its terms were safe from every language. */
export const saysUrdu = (settings: Settings): boolean =>
  isRules(settings['localizedAttributes']) &&
  settings['localizedAttributes'].some(({ attributePatterns }) => attributePatterns.some((pattern) => /^_urdu\d+\.\*$/.test(pattern)));

/** How documents of an index with these settings are read. */
export function readingOf(settings: Settings): Reading {
  const rules = isRules(settings['localizedAttributes']) ? settings['localizedAttributes'] : [];
  return {
    language: saysUrdu(settings) ? 'urd' : languageIn(settings),
    rules: rules.map(ruleOf),
    keyed: keyedBy(settings),
  };
}

/** Of an index that was never analyzed all: `prepareIndex` tells Meilisearch of their keys before the first document comes. */
function keyedBy({ searchableAttributes: searched, sortableAttributes: sortable }: Settings): readonly string[] {
  if (!isStrings(sortable)) return [];
  const version = isStrings(searched) ? versionOf(searched) : undefined;
  return version === undefined ? sortable : keyedFields(sortable, rootOfVersion(version));
}

const CODES: Readonly<Record<string, Language>> = { urd: 'urd', ur: 'urd', ara: 'ara', ar: 'ara', pes: 'pes', fa: 'pes', fas: 'pes' };

/** Urdu where it is among the languages named. */
function ruleOf({ attributePatterns, locales }: LocalizedRule): FieldRule {
  const named = locales.map((locale) => CODES[locale]).filter((language) => language !== undefined);
  return { patterns: attributePatterns.filter((pattern) => !isShadow(pattern)), language: named.includes('urd') ? 'urd' : named[0] };
}
