/** The Arabic article, as Urdu writes it. */
export const ARTICLE = '\u0627\u0644';

/** What stands behind the article of a term. */
export const behindArticle = (term: string): string => term.slice(ARTICLE.length);

const ALEF = '\u0627';
const WAW = '\u0648';

/** A name before the article in the other cases of Arabic, whose hamza stands on the seat of each, or is left out: علاؤ الدین, علاء الدین, علا الدین. */
export function inOtherCases(term: string): readonly string[] {
  if (term.endsWith(ALEF + WAW)) return [term.slice(0, -1)];
  return term.endsWith(ALEF) ? [term + WAW] : [];
}
