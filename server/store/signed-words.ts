import type { Token } from '@justuju/urdu';

/** Signs that a client may want to be part of words (`nonSeparatorTokens`): C++, C#, @urdu, R&D, §144. Others part words in every index. */
const SIGNS = new Set('#@+&~*=^|\u00A7');
/** Inside a word, and before one behind a blank (.NET, node.js); never behind it, where a sentence ends. */
const DOT = '.';
/** In signs on one side, and in tokens: a row of asterisks is no word. */
const MOST_SIGNS = 4;
const MOST_TOKENS = 6;

/** A word with the signs that stand against it. */
export interface SignedWord {
  /** Terms and signs as one. */
  readonly term: string;
  readonly signs: string;
  /** How many tokens it is. */
  readonly length: number;
}

/** Whether a term of the store is a word with signs. */
export const isSigned = (term: string): boolean => ANY_SIGN.test(term);
const SIGN_CLASS = `[${[...SIGNS, DOT].join('').replace('^', '\\^')}]`;
const ANY_SIGN = new RegExp(SIGN_CLASS, 'u');

/** Tells, from the first token of a text to its last, whether a word with signs may begin there: nearly none does, and to look for one closely takes longer than to cut the text into words. */
export class SignFinder {
  private readonly signs = new RegExp(SIGN_CLASS, 'g');
  /** The first sign that the word of a token may reach. */
  private next = -1;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  mayBeAt(first: number): boolean {
    const { text, tokens } = this;
    const from = Math.max(0, (tokens[first] as Token).start - MOST_SIGNS);
    if (this.next < from) {
      this.signs.lastIndex = from;
      this.next = this.signs.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    const { end } = tokens[Math.min(first + MOST_TOKENS, tokens.length - 1)] as Token;
    return this.next <= end;
  }
}

/**
 * The word with signs that begins at a token; undefined where the token has none, or where one before it is in the same word.
 *
 * @param withDots whether a dot is one of the signs
 */
export function signedAt(text: string, tokens: readonly Token[], first: number, withDots = false): SignedWord | undefined {
  const { start, term } = tokens[first] as Token;
  const before = signsBefore(text, start) || (withDots ? dotBefore(text, start) : '');
  const previous = tokens[first - 1]?.end;
  if (previous !== undefined && previous === start - before.length) return undefined;
  if (withDots && previous === start - 1 && text[start - 1] === DOT) return undefined;
  let whole = before + term;
  let signs = before;
  let last = first;
  for (; last - first < MOST_TOKENS; last += 1) {
    const { end } = tokens[last] as Token;
    const next = tokens[last + 1];
    const after = signsAfter(text, end) || (withDots && next?.start === end + 1 && text[end] === DOT ? DOT : '');
    whole += after;
    signs += after;
    if (next === undefined || next.start !== end + after.length) break;
    whole += next.term;
  }
  return signs === '' ? undefined : { term: whole, signs, length: Math.min(last, tokens.length - 1) - first + 1 };
}

/** The dot of .NET: before it a blank, or nothing. */
const dotBefore = (text: string, start: number): string => (text[start - 1] === DOT && !/[^\s(]/.test(text[start - 2] ?? '') ? DOT : '');

function signsBefore(text: string, end: number): string {
  let start = end;
  while (start > 0 && SIGNS.has(text[start - 1] as string)) start -= 1;
  return end - start > MOST_SIGNS ? '' : text.slice(start, end);
}

function signsAfter(text: string, start: number): string {
  let end = start;
  while (end < text.length && SIGNS.has(text[end] as string)) end += 1;
  return end - start > MOST_SIGNS ? '' : text.slice(start, end);
}
