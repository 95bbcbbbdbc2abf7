import { codeAt, createAnalyzer, normalize, type Token } from '@justuju/urdu';
import { isNumber } from '../json/exact-json.js';
import { hasArabicScript, isReserved, isShadow } from '../shadow/shadow.js';
import { hasArabicLetters } from './arabic-letters.js';
import type { TextWords, Word } from './batch.js';
import { SignFinder, signedAt } from './signed-words.js';
import { Spellings } from './spellings.js';

const analyzer = createAnalyzer();

/** All marks but those of vowels, which a quoted word may ask for (`vowel-marks.ts`). */
const OTHER_MARKS = /(?![\u064B-\u0652\u0670])\p{M}/gu;

/** A word as it is written, with its vowel marks, and with Arabic letters where it has these: what is written in those of Urdu comes first. */
export function spellingOf({ text, term }: Pick<Token, 'text' | 'term'>): string {
  // A sign that is read as a word ($, ڈالر) is no spelling of it.
  if (text === term || (hasArabicScript(term) && !hasArabicScript(text))) return term;
  return normalize(text, hasArabicLetters(text) ? 'exact' : 'canonical')
    .replace(OTHER_MARKS, '')
    .normalize('NFC');
}

/** A part of a joined word as it is written by itself: آباد of حیدرآباد, الحجہ of ذوالحجہ, whose term is spelt otherwise, but کیوں for the کیون of کیونکہ. */
function spellingOfPart(token: Token): string {
  const spelling = spellingOf(token);
  const isWord = normalize(spelling, 'search') === token.term || isReadAs(spelling, token.term);
  return isWord ? spelling : token.term;
}

/** Whether a spelling by itself is a word of this term. */
function isReadAs(spelling: string, term: string): boolean {
  const [token, ...more] = analyzer.analyze(spelling);
  return token?.term === term && more.length === 0;
}

const spellings = new Spellings(spellingOf);
const spellingsOfParts = new Spellings(spellingOfPart);

/**
 * What the store is given for the words of a text. What is written as one and cut by the analyzer, a compound (خوبصورت: خوب, صورت) or a code (PK-303), is there whole too, before its
 * parts: who has typed خوبصور has begun one word. So are words with signs, for clients whose settings make these a part of words (C++).
 */
export function wordsOf(tokens: readonly Token[], text: string): readonly Word[] {
  const words: Word[] = [];
  const signs = new SignFinder(text, tokens);
  let wholeUntil = 0;
  tokens.forEach((token, i) => {
    const count = i < wholeUntil ? 0 : gluedAt(tokens, i) || codeAt(text, tokens, i);
    if (count > 1) {
      words.push(wholeOf(tokens.slice(i, i + count)));
      wholeUntil = i + count;
    }
    if (signs.mayBeAt(i)) {
      const signed = signedAt(text, tokens, i);
      if (signed !== undefined) words.push(wholeWord(signed.term, token));
      const dotted = signedAt(text, tokens, i, true);
      if (dotted !== undefined && dotted.term !== signed?.term) words.push(wholeWord(dotted.term, token));
    }
    const isPart = isGlued(tokens[i - 1], token) || isGlued(token, tokens[i + 1]);
    words.push({
      spelling: (isPart ? spellingsOfParts : spellings).of(token),
      term: token.term,
      root: token.root,
      sentence: token.sentence,
    });
  });
  return words;
}

/** How many tokens from `first` on are written as one word; 0 for one that stands by itself. */
export function gluedAt(tokens: readonly Token[], first: number): number {
  let last = first;
  while (isGlued(tokens[last], tokens[last + 1])) last += 1;
  return last === first ? 0 : last - first + 1;
}

const isGlued = (one: Token | undefined, next: Token | undefined): boolean =>
  one !== undefined && next?.type === 'word' && one.type === 'word' && one.end === next.start;

const wholeOf = (tokens: readonly Token[]): Word => wholeWord(wholeTerm(tokens), tokens[0] as Token);

const wholeWord = (term: string, { sentence }: Token): Word => ({ spelling: term, term, root: term, sentence, isWhole: true });

/** The term of several tokens as one word. */
export const wholeTerm = (tokens: readonly Token[]): string => tokens.reduce((joined, { term }) => joined + term, '');

/** The words of a document that has been written, or is being: of all its texts, nested ones too, and of its numbers as they are written. */
export function wordsOfDocument(document: Readonly<Record<string, unknown>>): readonly TextWords[] {
  return Object.entries(document).flatMap(([field, value]) =>
    isReserved(field) || isShadow(field)
      ? []
      : [...textsOf(value)].map((text) => ({ field, words: wordsOf(analyzer.analyze(text), text) })),
  );
}

function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isNumber(value)) yield String(value);
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsOf(item);
}
