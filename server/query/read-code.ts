import { codeAt, type Token } from '@justuju/urdu';
import { wholeTerm } from '../store/words.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { documentsBeginningWith, plainSlot, type Reading, type Slot, slotOf, unfinishedSlot } from './slots.js';

/** A code of the query, and how many tokens it is. */
export interface ReadCode {
  readonly slot: Slot;
  readonly length: number;
}

/** Letters of a part that may be a word: covid of COVID-19. Of letters before figures hardly any code has so many. */
const WORD_LIKE = /[a-z]{5}/;
/** A code in one token: B737, PK303. Not COVID19, of which letters alone may be meant. */
const CODE_TOKEN = /^(?=.*[0-9])[a-z0-9]{2,}$/;

/**
 * Reads the code that begins at a token: found as it was typed, whatever links the collection writes between its parts or none, also while it is being typed, and never in other letters.
 * One that the collection has in no document finds nothing, unless its parts follow each other there (PK 303).
 *
 * @param text that the tokens are of
 * @returns undefined where no code begins, or where what looks like one may be words (COVID-19 where the collection writes covid)
 */
export function readCode(
  text: string,
  tokens: readonly Token[],
  first: number,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): ReadCode | undefined {
  const length = codeAt(text, tokens, first);
  const run = tokens.slice(first, first + Math.max(1, length));
  const isPrefix = lastIsPrefix && first + run.length === tokens.length;
  if (length === 0) return readToken(run[0] as Token, knowledge, isPrefix);
  const slot = slotOfCode(text.slice(run[0]?.start, run.at(-1)?.end), run, knowledge, isPrefix);
  return slot && { slot, length };
}

function slotOfCode(written: string, run: readonly Token[], knowledge: Knowledge, isPrefix: boolean): Slot | undefined {
  const { vocabulary } = knowledge;
  const term = wholeTerm(run);
  const isHeld = vocabulary.documentsWithTerm(term) > 0;
  const isBegun = isPrefix && documentsBeginningWith(term, knowledge) > 0;
  const parts: Reading = {
    terms: run.map((token) => token.term),
    roots: run.map(({ root }) => root),
    reason: 'exact',
    weight: 1,
    isTogether: true,
  };
  if (!isHeld && !isBegun) {
    if (vocabulary.documents === 0 || run.some((token) => token.type === 'latin' && WORD_LIKE.test(token.term))) return undefined;
    return slotOf(written, [parts], knowledge, false);
  }
  const code: Token = { ...(run[0] as Token), text: written, term, root: term };
  const slot = (isPrefix ? unfinishedSlot(code, knowledge) : undefined) ?? plainSlot(code, knowledge, false);
  return { ...slot, readings: [...slot.readings, parts] };
}

/** A code without links is one token already: only that it is none of Urdu must be said. */
function readToken(token: Token, knowledge: Knowledge, isPrefix: boolean): ReadCode | undefined {
  if (token.type !== 'latin' || !CODE_TOKEN.test(token.term) || WORD_LIKE.test(token.term)) return undefined;
  return { slot: (isPrefix ? unfinishedSlot(token, knowledge) : undefined) ?? plainSlot(token, knowledge, isPrefix), length: 1 };
}
