/** Which texts of a document are read as Urdu, and which are left to Meilisearch. */

import { hasArabicScript, isReserved } from '../shadow/shadow.js';
import { hasUrduLetters, type Language, languageOf } from './language.js';

/** What the client's `localizedAttributes` say of top-level fields: of those that a pattern fits. */
export interface FieldRule {
  readonly patterns: readonly string[];
  readonly language: Language;
}

/** How the documents of an index are read. Plain data: they may be read in another thread. */
export interface Reading {
  /** Of an Urdu index all Arabic script is Urdu, verses in Arabic too, so that one spelling finds them; of others each document tells. */
  readonly language: Language;
  /** The first that fits a field says its language. */
  readonly rules: readonly FieldRule[];
  /** The fields by which documents are sorted with keys of their own, by their paths. */
  readonly keyed?: readonly string[];
}

export const READ_AS_URDU: Reading = { language: 'urd', rules: [] };

/** What the client says of a field. */
export const languageOfField = (rules: readonly FieldRule[], field: string): Language =>
  rules.find(({ patterns }) => patterns.some((pattern) => fits(pattern, field)))?.language;

/** As Meilisearch reads patterns: a `*` at the beginning, at the end, or both. */
function fits(pattern: string, field: string): boolean {
  if (pattern === '*') return true;
  const [starts, ends] = [pattern.startsWith('*'), pattern.endsWith('*')];
  const text = pattern.slice(starts ? 1 : 0, ends ? -1 : undefined);
  if (starts && ends) return field.includes(text);
  if (starts) return field.endsWith(text);
  return ends ? field.startsWith(text) : field === pattern;
}

/** Tells of each field of a document whether its text is left as it is. */
export function leftIn(document: Readonly<Record<string, unknown>>, { language, rules }: Reading): (field: string) => boolean {
  let ofDocument: Language;
  let isKnown = false;
  return (field) => {
    const said = languageOfField(rules, field);
    if (said !== undefined) return said !== 'urd';
    if (language === 'urd') return false;
    if (!isKnown) ofDocument = languageOf(unsaidTexts(document, rules));
    isKnown = true;
    return ofDocument === undefined ? language !== undefined : ofDocument !== 'urd';
  };
}

/** Counts in which languages the first documents of an index are. */
export class LanguageCount {
  documents = 0;
  private readonly counts = { urd: 0, ara: 0, pes: 0, unclear: 0 };
  /** Of the unclear ones those with letters that Arabic lacks: عبد الحمید, as an Urdu keyboard types it. */
  private notArabic = 0;

  constructor(private readonly rules: readonly FieldRule[]) {}

  add(document: Readonly<Record<string, unknown>>): void {
    this.documents += 1;
    const texts = unsaidTexts(document, this.rules);
    const said = Object.keys(document)
      .filter((field) => textsIn(document[field]).some(hasArabicScript))
      .map((field) => languageOfField(this.rules, field))
      .filter((one) => one !== undefined);
    const found = said.includes('urd') ? 'urd' : (languageOf(texts) ?? (texts.length > 0 ? 'unclear' : said[0]));
    if (found !== undefined) this.counts[found] += 1;
    if (found === 'unclear' && texts.some(hasUrduLetters)) this.notArabic += 1;
  }

  /**
   * Urdu where half of the documents are in Arabic script and most of these may be Urdu; Arabic or Persian where more of them are that. Names with the article (شمس الرحمن) look Arabic: among as many in
   * other letters they are not.
   */
  language(): Language {
    const { urd, ara, pes, unclear } = this.counts;
    const looksArabic = pes === 0 && ara <= urd + this.notArabic ? 0 : ara;
    if (looksArabic + pes > urd) return ara >= pes ? 'ara' : 'pes';
    const inArabicScript = urd + ara + pes + unclear;
    return inArabicScript > 0 && inArabicScript * 2 >= this.documents ? 'urd' : undefined;
  }
}

/** The texts in Arabic script of fields that the client says nothing of. */
const unsaidTexts = (document: Readonly<Record<string, unknown>>, rules: readonly FieldRule[]): string[] =>
  Object.entries(document)
    .filter(([field]) => !isReserved(field) && languageOfField(rules, field) === undefined)
    .flatMap(([, value]) => textsIn(value).filter(hasArabicScript));

/** By a list of what is still to be seen, not by calling itself: lists within lists, five thousand deep, were status 500. Meilisearch refuses them in its task. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const unseen = [value];
  while (unseen.length > 0) {
    const one = unseen.pop();
    if (typeof one === 'string') texts.push(one);
    else if (one !== null && typeof one === 'object') for (const part of Object.values(one).reverse()) unseen.push(part);
  }
  return texts;
}
