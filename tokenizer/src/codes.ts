/**
 * Codes: article numbers, flights, laws, telephone numbers (PK-303, AB_12/34-X, 0300-1234567). The analysis gives a token for each part; who has typed a code means all of
 * them, one after the other.
 */
import type { Token } from './types.js';

/** A hyphen or dash, a slash, an underscore; between figures also the full stop that Urdu keyboards have where others have a hyphen. */
const LINK = /^[-\u2010-\u2013/_]$/;
const LINK_OF_FIGURES = /^[-\u2010-\u2013/_\u06D4]$/;
const FIGURES = /^[0-9\u0660-\u0669\u06F0-\u06F9]+$/;

/** In letters of the whole term; a longer chain is no code that anybody types. */
const LONGEST = 40;
/** Figures alone are a code from here on, a telephone number or an identity card; fewer are a date, a year (2023-24), a result. */
const FEWEST_FIGURES = 9;

/**
 * How many tokens from `first` on are one code; 0 if none is. Letters and figures with at least one link between, or many figures.
 *
 * @param text that the tokens are of
 */
export function codeAt(text: string, tokens: readonly Token[], first: number): number {
  let last = first;
  let links = 0;
  let letters = 0;
  let figures = 0;
  for (let at = first; at < tokens.length; at += 1) {
    const { type, term, text: written } = tokens[at] as Token;
    if (type === 'number' ? !FIGURES.test(written) : type !== 'latin') break;
    if (at > first) {
      const before = tokens[at - 1] as Token;
      const gap = text.slice(before.end, (tokens[at] as Token).start);
      const isLink = (before.type === 'number' && type === 'number' ? LINK_OF_FIGURES : LINK).test(gap);
      if (gap !== '' && !isLink) break;
      if (isLink) links += 1;
    }
    for (const c of term) {
      if (c >= '0' && c <= '9') figures += 1;
      else letters += 1;
    }
    if (letters + figures > LONGEST) return 0;
    last = at;
  }
  const isCode = links > 0 && (letters > 0 ? figures > 0 : figures >= FEWEST_FIGURES);
  return isCode ? last - first + 1 : 0;
}
