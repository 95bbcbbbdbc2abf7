/** Queries in Arabic script that are not Urdu: Meilisearch answers them alone, from texts that stand in the shadows as they are. */
import { analyze } from '@justuju/urdu';
import { hasUrduLetters, inArabicLetters, languageOf } from '../documents/language.js';
import { type FieldRule, languageOfField } from '../documents/reading.js';
import type { IndexState } from '../settings/index-state.js';
import { hasArabicScript } from '../shadow/shadow.js';
import type { Dictionary } from '../store/dictionary.js';
import type { Knowledge } from '../vocabulary/knowledge.js';

const NOT_URDU: ReadonlySet<unknown> = new Set(['ara', 'ar', 'pes', 'fa', 'fas']);
const URDU: ReadonlySet<unknown> = new Set(['urd', 'ur']);

/** What of a search tells its language. */
interface Asked {
  readonly q?: unknown;
  readonly locales?: unknown;
  readonly attributesToSearchOn?: unknown;
}

/** Whether a query is none of Urdu, though it may be in Arabic script: by the language or the fields that the caller names, or by what the index holds. */
export function isOtherLanguage({ q, locales, attributesToSearchOn }: Asked, { reading }: IndexState, { vocabulary }: Knowledge): boolean {
  if (typeof q !== 'string' || !hasArabicScript(q)) return false;
  const languages = fieldLanguages(attributesToSearchOn, reading.rules);
  if (languages.length > 0 && languages.every((language) => language === 'ara' || language === 'pes')) return true;
  if (reading.language === 'urd') return false;
  if (!holdsUrdu(reading, vocabulary)) return true;
  if (Array.isArray(locales) && locales.some((one) => NOT_URDU.has(one)) && !locales.some((one) => URDU.has(one))) return true;
  const isKnown = analyze(q).some(({ root }) => vocabulary.documentsWithRoot(root) > 0);
  const language = languageOf([q]);
  if (reading.language === undefined) return !isKnown && (language === 'ara' || language === 'pes');
  return !isKnown || !(language === 'urd' || (reading.language === 'ara' && hasUrduLetters(q)));
}

const termsOf = (words: string): readonly string[] => analyze(words).map(({ term }) => term);
/** Small words that stand in nearly every text of the one, and in none of the others. */
const URDU_TERMS = termsOf('ہے ہیں نہیں میں کے نے تھا تھی گیا');
const OTHER_TERMS = termsOf('في على إلى التي الذي هذا هذه است برای این شود');

/** Whether documents hold Urdu. An index that is not told to be of another language is one of Urdu, unless its documents show that they are not. */
export function holdsUrdu({ language }: IndexState['reading'], vocabulary: Dictionary): boolean {
  if (language === 'urd') return true;
  const isHeld = (term: string): boolean => vocabulary.documentsWithTerm(term) > 0;
  if (URDU_TERMS.some(isHeld)) return true;
  return language === undefined && !OTHER_TERMS.some(isHeld);
}

const fieldLanguages = (fields: unknown, rules: readonly FieldRule[]): unknown[] =>
  Array.isArray(fields) ? fields.map((field) => (typeof field === 'string' ? languageOfField(rules, field) : undefined)) : [];

/**
 * A query as documents in that language may answer it: typed on an Urdu keyboard it is in the letters of Arabic where the documents are Arabic. They would hold
 * nothing of it otherwise, so all of its words are wanted.
 */
export function inTheirLetters<T extends Asked & Readonly<Record<string, unknown>>>(body: T, { reading }: IndexState): T {
  if (reading.language !== 'ara' || typeof body.q !== 'string' || !hasUrduLetters(body.q)) return body;
  return { matchingStrategy: 'all', ...body, q: inArabicLetters(body.q) };
}
