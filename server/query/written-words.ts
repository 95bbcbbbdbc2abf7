import { type ExplanationStep, explain, type Token } from '@justuju/urdu';
import { Turns } from '../vocabulary/turns.js';

/** A word as it stands in a text, what the analysis makes of it, and by which rules. */
export interface WrittenWord {
  readonly text: string;
  /** UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly terms: readonly Pick<Token, 'term' | 'root' | 'type'>[];
  readonly steps: readonly ExplanationStep[];
}

/** The tokens of a text by the words that they were cut from: those against each other are one. In turns of the event loop, since each takes a third of a millisecond to explain. */
export async function writtenWords(text: string, tokens: readonly Token[]): Promise<readonly WrittenWord[]> {
  const words: Token[][] = [];
  for (const token of tokens) {
    const word = words.at(-1);
    if (word !== undefined && word.at(-1)?.end === token.start) word.push(token);
    else words.push([token]);
  }
  const told: WrittenWord[] = [];
  const turns = new Turns();
  for (const word of words) {
    const [{ start }, { end }] = [word[0] as Token, word.at(-1) as Token];
    const written = text.slice(start, end);
    const steps = await stepsOf(written, word, turns);
    told.push({ text: written, start, end, terms: word.map(({ term, root, type }) => ({ term, root, type })), steps });
  }
  return told;
}

/** Tokens of what is written as one: more are signs or letters in a row, each of which is explained by itself. */
const MOST_PARTS = 64;

/** Of the whole word where that is how it was analyzed; otherwise (signs, figures, words in a row) of each part. */
async function stepsOf(written: string, word: readonly Token[], turns: Turns): Promise<readonly ExplanationStep[]> {
  if (turns.isOver) await turns.next();
  const whole = word.length > MOST_PARTS ? undefined : explainedAs(written, word);
  if (whole !== undefined) return whole;
  const steps: ExplanationStep[] = [];
  for (const token of word) {
    if (turns.isOver) await turns.next();
    steps.push(...(explainedAs(token.text, [token]) ?? []));
  }
  return steps;
}

function explainedAs(written: string, tokens: readonly Token[]): readonly ExplanationStep[] | undefined {
  const { parts, steps } = explain(written);
  const isSame = parts.length === tokens.length && parts.every(({ term, root }, i) => term === tokens[i]?.term && root === tokens[i]?.root);
  return isSame ? steps : undefined;
}
