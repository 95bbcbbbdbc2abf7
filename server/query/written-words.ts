import { type ExplanationStep, explain, type Token } from '@justuju/urdu';

/** A word as it stands in a text, what the analysis makes of it, and by which rules. */
export interface WrittenWord {
  readonly text: string;
  /** UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly terms: readonly Pick<Token, 'term' | 'root' | 'type'>[];
  readonly steps: readonly ExplanationStep[];
}

/** The tokens of a text by the words that they were cut from: those against each other are one. */
export function writtenWords(text: string, tokens: readonly Token[]): readonly WrittenWord[] {
  const words: Token[][] = [];
  for (const token of tokens) {
    const word = words.at(-1);
    if (word !== undefined && word.at(-1)?.end === token.start) word.push(token);
    else words.push([token]);
  }
  return words.map((word) => {
    const [{ start }, { end }] = [word[0] as Token, word.at(-1) as Token];
    const written = text.slice(start, end);
    return { text: written, start, end, terms: word.map(({ term, root, type }) => ({ term, root, type })), steps: stepsOf(written, word) };
  });
}

/** Of the whole word where that is how it was analyzed; otherwise (signs, figures, words in a row) of each part. */
function stepsOf(written: string, word: readonly Token[]): readonly ExplanationStep[] {
  return explainedAs(written, word) ?? word.flatMap((token) => explainedAs(token.text, [token]) ?? []);
}

function explainedAs(written: string, tokens: readonly Token[]): readonly ExplanationStep[] | undefined {
  const { parts, steps } = explain(written);
  const isSame = parts.length === tokens.length && parts.every(({ term, root }, i) => term === tokens[i]?.term && root === tokens[i]?.root);
  return isSame ? steps : undefined;
}
