import { analyze, type Token } from '@justuju/urdu';
import { hasArabicScript } from '../documents/shadow.js';
import type { Wanted, WantedPhrase, WantedWord } from './wanted.js';

/** One piece of a query: a run of words, or a quoted phrase, wanted or unwanted. */
export interface Clause {
  readonly kind: 'words' | 'phrase';
  readonly negative: boolean;
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** A query as Justuju reads it. `q` is what Meilisearch is asked. */
export interface Understood {
  readonly original: string;
  readonly q: string;
  readonly clauses: readonly Clause[];
  /** What texts are compared with. */
  readonly wanted: Wanted;
  /** Whether the last word may go on: nothing follows it. */
  readonly prefix: boolean;
}

/** Quotes that open or close a phrase: ASCII, typographic, guillemets, and the doubled single quotes of Urdu papers. */
const QUOTES = /["\u201C\u201D\u201E\u00AB\u00BB\uFF02]|\u2018\u2018|\u2019\u2019/g;
/** Dashes people type for minus; Meilisearch knows only the ASCII one. */
const NEGATIVE = /(^|\s)[-\u2010-\u2015\u2212](?=[\s]?["\p{L}\p{N}])/gu;
/** Direction marks and other characters without width say nothing about what is searched. ZWNJ stays: it parts words. */
const INVISIBLE = /[\u200B\u200D-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u061C\u00AD]/g;

/**
 * Reads a query: quotes of all kinds, negatives, words.
 *
 * Text without Arabic letters goes to Meilisearch as it was typed, so that English queries behave as they do without Justuju.
 */
export function understand(original: string): Understood {
  const text = original.replace(INVISIBLE, '').replace(QUOTES, '"').replace(NEGATIVE, '$1-');
  const clauses = readClauses(text);
  const last = clauses.at(-1);
  const prefix = last !== undefined && last.kind === 'words' && !last.negative && !/[\s\u200C\u06D4\u061F!?.,\u060C]$/.test(text);
  const wanted = wantedOf(clauses, prefix);
  if (!hasArabicScript(text)) return { original, q: text, clauses, wanted, prefix };
  const q = clauses.map(writeClause).filter((part) => part !== '').join(' ');
  return { original, q: prefix || q === '' ? q : `${q} `, clauses, wanted, prefix };
}

function readClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  const add = (kind: Clause['kind'], negative: boolean, piece: string): void => {
    const tokens = analyze(piece);
    if (tokens.length > 0) clauses.push({ kind, negative, text: piece, tokens });
  };
  let at = 0;
  // A phrase runs to its closing quote or to the end, as in Meilisearch; an unquoted negative is one word.
  for (const match of text.matchAll(/(^|\s)(-?)"([^"]*)(?:"|$)|(^|\s)-([^\s"-][^\s"]*)|"([^"]*)(?:"|$)/g)) {
    add('words', false, text.slice(at, match.index));
    const [, , minus, phrase, , word, glued] = match;
    if (word !== undefined) add('words', true, word);
    else add('phrase', minus === '-', phrase ?? glued ?? '');
    at = match.index + match[0].length;
  }
  add('words', false, text.slice(at));
  return clauses;
}

function wantedOf(clauses: readonly Clause[], prefix: boolean): Wanted {
  const words: WantedWord[] = [];
  const phrases: WantedPhrase[] = [];
  clauses.forEach(({ kind, negative, text, tokens }, c) => {
    if (negative) return;
    if (kind === 'phrase') phrases.push({ text, terms: tokens.map((token) => token.term) });
    else
      tokens.forEach((token, t) => {
        const last = prefix && c === clauses.length - 1 && t === tokens.length - 1;
        words.push({
          text: token.text,
          terms: new Map([[token.term, 'exact']]),
          roots: new Map([[token.root, 'inflected']]),
          prefixes: last ? [token.term] : [],
          sequences: [],
          weight: 1,
        });
      });
  });
  return { words, phrases };
}

/** Words of other scripts keep their spelling: Meilisearch has its own rules for them. */
const spelled = (token: Token): string => (token.type === 'word' || token.type === 'number' ? token.term : token.text);

function writeClause({ kind, negative, tokens }: Clause): string {
  const words = tokens.map(spelled);
  const minus = negative ? '-' : '';
  if (kind === 'phrase' || (negative && words.length > 1)) return `${minus}"${words.join(' ')}"`;
  return minus + words.join(' ');
}
