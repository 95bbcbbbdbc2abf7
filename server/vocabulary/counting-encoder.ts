import { createAnalyzer, normalize, type Token } from '@justuju/urdu';
import { type CountedWord, Vocabulary } from './vocabulary.js';

const analyzer = createAnalyzer();

/** What Meilisearch is given for a token: the root, by which all forms of a word meet. */
export const indexedForm = (token: Token): string => token.root;

/** Marks are left out of what is shown: one writer's زِندگی is no reason to write it so. */
const MARKS = /\p{M}/gu;

function spellingOf({ text, term }: Token): string {
  if (text === term) return term;
  return normalize(text, 'canonical').replace(MARKS, '').normalize('NFC');
}

/**
 * Encodes the texts of documents for the index and counts their words on the way: every text is analyzed once.
 * One encoder for one batch; `counted` is merged into the index's vocabulary when Meilisearch has taken the batch.
 */
export class CountingEncoder {
  readonly counted = new Vocabulary();
  private terms = new Map<string, CountedWord>();

  /** The text as it stands in the shadow field: roots one space apart, `۔` at sentence ends. */
  readonly encode = (text: string): string => {
    let encoded = '';
    let sentence = 0;
    for (const token of analyzer.analyze(text)) {
      if (encoded !== '') encoded += token.sentence === sentence ? ' ' : ' \u06D4 ';
      encoded += indexedForm(token);
      sentence = token.sentence;
      if (!this.terms.has(token.term)) this.terms.set(token.term, { root: token.root, spelling: spellingOf(token) });
    }
    return encoded;
  };

  /** The texts since the last call were one document. A document without Urdu text is not counted. */
  readonly endDocument = (): void => {
    if (this.terms.size === 0) return;
    this.counted.add(this.terms);
    this.terms = new Map();
  };
}

/** One text as it stands in the shadow field, uncounted. For words of settings. */
export const indexedText = (text: string): string => new CountingEncoder().encode(text);
