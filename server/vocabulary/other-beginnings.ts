import { analyze, normalize, type Token } from '@justuju/urdu';
import { ARTICLE } from './article.js';
import type { Knowledge } from './knowledge.js';
import { wordsWithWawHamza } from './waw-hamza.js';

export interface BegunWord {
  readonly term: string;
  readonly documents: number;
}

const ALEF = '\u0627';
/** Loan words in seen and a second consonant, which many write with an alef before it: سٹریٹ, اسٹریٹ. */
const SEEN_AND_CONSONANT = /^\u0633[\u0679\u067E\u06A9]/;
/** Letters of such a beginning. */
const SHORTEST = 2;
/** Signs that the settings make a part of words are none (#پاکستان). */
const ONLY_LETTERS = /^\p{L}+$/u;

/**
 * Words that begin as was typed in the letters of their writers, though their terms do not, the most frequent first of each kind: with letters that by themselves are read as another word (اعلا is اعلیٰ, and
 * begins اعلان); that the analyzer knows with an alef before them (سٹریٹ); or behind the Arabic article (قر, القرآن).
 */
export function wordsWrittenSo({ text, term }: Pick<Token, 'text' | 'term'>, knowledge: Knowledge, limit: number): readonly BegunWord[] {
  if (term.length < SHORTEST || !ONLY_LETTERS.test(term)) return [];
  const { vocabulary } = knowledge;
  const letters = normalize(text, 'search');
  const asWritten = letters === term || letters.length < SHORTEST ? [] : knowledge.completions(letters, limit);
  const withAlef = SEEN_AND_CONSONANT.test(term)
    ? knowledge.completions(ALEF + term, limit).filter((one) => analyze(one.term.slice(1))[0]?.term === one.term)
    : [];
  const behindArticle = knowledge
    .completions(ARTICLE + term, limit)
    .filter((one) => vocabulary.rootOf(one.term)?.startsWith(term) === true);
  return [...asWritten, ...withAlef, ...behindArticle].filter((one) => !one.term.startsWith(term)).slice(0, limit);
}

/** The same, and words with waw with hamza as converters write it: گائ of گائوں. */
export const wordsBegunOtherwise = (token: Pick<Token, 'text' | 'term'>, knowledge: Knowledge, limit: number): readonly BegunWord[] => [
  ...wordsWithWawHamza(token, knowledge, limit),
  ...wordsWrittenSo(token, knowledge, limit),
];
