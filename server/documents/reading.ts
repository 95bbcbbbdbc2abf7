/** Which texts of a document are read as Urdu, and which are left to Meilisearch. */

import { hasArabicScript, isReserved } from '../shadow/shadow.js';
import { hasUrduLetters, type Language, languageOf } from './language.js';

/** How the documents of an index are read. */
export interface Reading {
  /** Of an Urdu index all Arabic script is Urdu, verses in Arabic too, so that one spelling finds them; of others each document tells. */
  readonly language: Language;
  /** What the client's `localizedAttributes` say of a top-level field. */
  readonly languageOfField: (field: string) => Language;
  /** The fields by which documents are sorted with keys of their own, by their paths. */
  readonly keyed?: readonly string[];
}

export const READ_AS_URDU: Reading = { language: 'urd', languageOfField: () => undefined };

/** Tells of each field of a document whether its text is left as it is. */
export function leftIn(document: Readonly<Record<string, unknown>>, { language, languageOfField }: Reading): (field: string) => boolean {
  let ofDocument: Language;
  let isKnown = false;
  return (field) => {
    const said = languageOfField(field);
    if (said !== undefined) return said !== 'urd';
    if (language === 'urd') return false;
    if (!isKnown) ofDocument = languageOf(unsaidTexts(document, languageOfField));
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

  constructor(private readonly languageOfField: Reading['languageOfField']) {}

  add(document: Readonly<Record<string, unknown>>): void {
    this.documents += 1;
    const texts = unsaidTexts(document, this.languageOfField);
    const said = Object.keys(document)
      .filter((field) => textsIn(document[field]).some(hasArabicScript))
      .map(this.languageOfField)
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
const unsaidTexts = (document: Readonly<Record<string, unknown>>, languageOfField: Reading['languageOfField']): string[] =>
  Object.entries(document)
    .filter(([field]) => !isReserved(field) && languageOfField(field) === undefined)
    .flatMap(([, value]) => textsIn(value).filter(hasArabicScript));

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
