import type { Token } from '@justuju/urdu';
import { signedAt } from '../store/signed-words.js';
import { wholeTerm } from '../store/words.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { plainSlot, type Slot, unfinishedSlot } from './slots.js';

/** What the client's settings say of words. */
export interface OwnWords {
  /** `nonSeparatorTokens`: signs that are part of words. */
  readonly signs: ReadonlySet<string>;
  /** `dictionary`, in folded letters: words that are not cut. */
  readonly whole: ReadonlySet<string>;
}

export const NO_OWN_WORDS: OwnWords = { signs: new Set(), whole: new Set() };

/** A word of the query by the client's own settings, and how many tokens it is. */
export interface ReadOwnWord {
  readonly slot: Slot;
  readonly length: number;
}

/**
 * Reads the word that begins at a token as the settings of the index want it: with the signs that are part of words (C++ where + is, which then is not C), or not cut (a word of the
 * dictionary). The store has such words whole in every index, so that the settings may change at any time.
 *
 * @param text that the tokens are of
 * @returns undefined where the settings say nothing
 */
export function readOwnWord(
  text: string,
  tokens: readonly Token[],
  first: number,
  { signs, whole }: OwnWords,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): ReadOwnWord | undefined {
  const signed = signs.size === 0 ? undefined : signedAt(text, tokens, first, signs.has('.'));
  if (signed !== undefined && [...signed.signs].every((sign) => signs.has(sign))) return read(signed.term, signed.length);
  for (let length = whole.size === 0 ? 0 : longestGlued(tokens, first); length > 1; length -= 1) {
    const term = wholeTerm(tokens.slice(first, first + length));
    if (whole.has(term)) return read(term, length);
  }
  return undefined;

  function read(term: string, length: number): ReadOwnWord {
    const run = tokens.slice(first, first + length) as [Token, ...Token[]];
    const [{ start }, { end }] = [run[0], run.at(-1) as Token];
    const token: Token = { ...run[0], text: text.slice(start, end), term, root: term };
    const isPrefix = lastIsPrefix && first + length === tokens.length;
    const slot = (isPrefix ? unfinishedSlot(token, knowledge) : undefined) ?? plainSlot(token, knowledge, false);
    return { slot: { ...slot, marked: run.map((one) => one.term) }, length };
  }
}

function longestGlued(tokens: readonly Token[], first: number): number {
  let last = first;
  while (tokens[last + 1]?.start === tokens[last]?.end && tokens[last + 1] !== undefined) last += 1;
  return last - first + 1;
}
