/** Words in Latin letters, and what is made of them: e-mail addresses, web addresses, dotted abbreviations. */

/** Letters that Unicode does not decompose to a-z, although readers take them for it. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'ng',
  ŧ: 't',
  ə: 'e',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
};

/** The term of a Latin word: lower case, without accents, a-z and 0-9 only. `Café` → `cafe`, `Pakistan's` → `pakistan`. */
export function latinTerm(word: string): string {
  let term = word.toLowerCase();
  if (/^[a-z0-9]+$/.test(term)) return term;
  term = term
    .replace(/['\u2019]s$/, '')
    .normalize('NFKD')
    .replace(/[^a-z0-9]/g, (c) => UNDECOMPOSED[c] ?? '');
  return term;
}

/** A chain without spaces: everything that an address, an abbreviation or a hyphenated word is made of. */
const CHAIN = /[A-Za-z0-9._%+\-@]+/y;
const URL_REST = /:\/\/[^\s\u0600-\u06FF"'<>\u2018\u2019\u201C\u201D]*/y;
const WWW_REST = /[A-Za-z0-9.-]+(?:[/?#][^\s\u0600-\u06FF"'<>\u2018\u2019\u201C\u201D]*)?/y;
const EMAIL = /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
/** Endings that make a dotted chain a web address without http: those people really print. */
const DOMAIN = /^([A-Za-z0-9-]+\.)+(com|org|net|edu|gov|mil|info|biz|io|tv|pk|in|uk|us|ca|au|ae|sa|co|app|dev|blog|news|online)$/i;
const DOTTED_LETTERS = /^[A-Za-z](\.[A-Za-z])+$/;

export type ChainKind = 'url' | 'email' | 'abbreviation' | 'words';

/** Where the chain that starts at `start` ends, and what it is. Everything in it is used, so no part is looked at twice. */
export function readChain(text: string, start: number): { end: number; rawEnd: number; kind: ChainKind } {
  CHAIN.lastIndex = start;
  // `rawEnd`: before the trailing signs were taken off.
  const rawEnd = start + (CHAIN.exec(text)?.[0].length ?? 0);
  let end = rawEnd;
  while (end > start && '._%+-@'.includes(text[end - 1] ?? '')) end -= 1;
  const chain = text.slice(start, end);
  if (text.startsWith('://', end)) {
    URL_REST.lastIndex = end;
    return { rawEnd, end: trimUrl(text, end, end + (URL_REST.exec(text)?.[0].length ?? 0)), kind: 'url' };
  }
  if (EMAIL.test(chain)) return { rawEnd, end, kind: 'email' };
  if (/^www\./i.test(chain) || DOMAIN.test(chain)) {
    WWW_REST.lastIndex = start;
    return { rawEnd, end: trimUrl(text, start, start + (WWW_REST.exec(text)?.[0].length ?? chain.length)), kind: 'url' };
  }
  return { rawEnd, end, kind: DOTTED_LETTERS.test(chain) ? 'abbreviation' : 'words' };
}

/** A full stop, comma or bracket after an address closes the sentence, not the address. */
function trimUrl(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[.,;:!?)\]}\u00BB]/.test(text[last - 1] ?? '')) last -= 1;
  return last;
}
