import { analyze, isBelowZero, saysMinus, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { withSameNumbers } from './read-number.js';
import { plainSlot, type Slot } from './slots.js';

/** A temperature below zero of the query, and how many tokens it is. */
export interface ReadBelowZero {
  readonly slot: Slot;
  readonly length: number;
}

const DEGREES: ReadonlySet<string> = new Set(analyze('ڈگری درجہ درجے سینٹی سنٹی گریڈ سینٹیگریڈ').map(({ term }) => term));
const SCALE = /^[cf]$/;

/**
 * A temperature below zero, in every way to write it: -5°C, منفی 5 ڈگری. Its figure alone is looked for, since it is a term only where degrees are meant, so that each way finds the others; five degrees above zero are no answer.
 *
 * @param text that the tokens are of
 * @returns undefined where none begins
 */
export function readBelowZero(text: string, tokens: readonly Token[], first: number, knowledge: Knowledge): ReadBelowZero | undefined {
  const opener = tokens[first] as Token;
  const at = opener.type === 'word' && saysMinus(opener.term) ? first + 1 : first;
  const figure = tokens[at];
  if (figure?.type !== 'number' || !isBelowZero(figure.term)) return undefined;
  let end = at + 1;
  while (isDegree(tokens[end])) end += 1;
  if (tokens[end]?.start === tokens[end - 1]?.end && SCALE.test(tokens[end]?.term ?? '')) end += 1;
  const slot = { ...plainSlot(figure, knowledge, false), text: text.slice(opener.start, tokens[end - 1]?.end) };
  return { slot: withSameNumbers(slot, figure, knowledge), length: end - first };
}

const isDegree = (token: Token | undefined): boolean => token?.type === 'word' && DEGREES.has(token.term);

/** A query whose hyphens before degrees are the minus of mathematics: nobody leaves out -3°C. */
export function withSignedFigures(query: string): string {
  if (!HYPHENED.test(query)) return query;
  let text = '';
  let at = 0;
  for (const { start, term } of analyze(query)) {
    if (!isBelowZero(term) || query[start] !== '-') continue;
    text += `${query.slice(at, start)}\u2212`;
    at = start + 1;
  }
  return text + query.slice(at);
}

const HYPHENED = /-\p{Nd}/u;
