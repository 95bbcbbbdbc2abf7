import { createAnalyzer, normalize, type Token } from '@justuju/urdu';
import { isNumber } from '../json/exact-json.js';
import { isReserved, isShadow } from '../shadow/shadow.js';
import type { TextWords, Word } from './batch.js';

const analyzer = createAnalyzer();

/** Marks are left out of what is shown: one writer's زِندگی is no reason to write it so. */
const MARKS = /\p{M}/gu;

/** A word as it is written, without marks. */
export function spellingOf({ text, term }: Pick<Token, 'text' | 'term'>): string {
  if (text === term) return term;
  return normalize(text, 'canonical').replace(MARKS, '').normalize('NFC');
}

/**
 * What the store is given for the words of a text. A compound that is written as one and cut by the analyzer (خوبصورت: خوب, صورت) is there whole too, before its parts:
 * who has typed خوبصور has begun one word.
 */
export function wordsOf(tokens: readonly Token[]): readonly Word[] {
  const words: Word[] = [];
  tokens.forEach((token, i) => {
    if (isGlued(token, tokens[i + 1]) && !isGlued(tokens[i - 1], token)) words.push(wholeOf(tokens, i));
    words.push({ spelling: spellingOf(token), term: token.term, root: token.root, sentence: token.sentence });
  });
  return words;
}

const isGlued = (one: Token | undefined, next: Token | undefined): boolean =>
  one !== undefined && next?.type === 'word' && one.type === 'word' && one.end === next.start;

function wholeOf(tokens: readonly Token[], first: number): Word {
  let last = first;
  while (isGlued(tokens[last], tokens[last + 1])) last += 1;
  const term = tokens.slice(first, last + 1).reduce((joined, token) => joined + token.term, '');
  return { spelling: term, term, root: term, sentence: (tokens[first] as Token).sentence, isWhole: true };
}

/** The words of a document that has been written, or is being: of all its texts, nested ones too, and of its numbers as they are written. */
export function wordsOfDocument(document: Readonly<Record<string, unknown>>): readonly TextWords[] {
  return Object.entries(document).flatMap(([field, value]) =>
    isReserved(field) || isShadow(field) ? [] : [...textsOf(value)].map((text) => ({ field, words: wordsOf(analyzer.analyze(text)) })),
  );
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isNumber(value)) yield String(value);
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsOf(item);
}
