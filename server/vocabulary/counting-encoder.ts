import { createAnalyzer, normalize, type Token } from '@justuju/urdu';
import { hasArabicScript } from '../documents/shadow.js';
import type { ForwardIndex } from '../forward-index/forward-index.js';
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
  private texts: { readonly field: string; readonly text: string; readonly tokens?: readonly Token[] }[] = [];

  /** @param forward where whole documents are kept for ranking */
  constructor(private readonly forward?: ForwardIndex) {}

  /**
   * The text as it stands in the shadow field: roots one space apart, `۔` at sentence ends. Text without Arabic letters stays as it is, uncounted.
   *
   * @param field that it stands in
   */
  readonly encode = (text: string, field = ''): string => {
    if (!hasArabicScript(text)) {
      // Read only if other texts of the document are Urdu.
      if (this.forward !== undefined) this.texts.push({ field, text });
      return text;
    }
    const tokens = analyzer.analyze(text);
    if (this.forward !== undefined) this.texts.push({ field, text, tokens });
    let encoded = '';
    let sentence = 0;
    for (const token of tokens) {
      if (encoded !== '') encoded += token.sentence === sentence ? ' ' : ' \u06D4 ';
      encoded += indexedForm(token);
      sentence = token.sentence;
      if (!this.terms.has(token.term)) this.terms.set(token.term, { root: token.root, spelling: spellingOf(token) });
    }
    return encoded;
  };

  holdsUrdu(): boolean {
    return this.terms.size > 0;
  }

  /** The texts since the last call were one document. A document without Urdu text is not counted. */
  readonly endDocument = (stamp?: string): void => {
    const { terms, texts } = this;
    if (texts.length > 0) this.texts = [];
    if (terms.size === 0) return;
    this.terms = new Map();
    this.counted.add(terms);
    if (stamp === undefined) return;
    this.forward?.put(
      stamp,
      texts.map(({ field, text, tokens }) => ({ field, words: tokens ?? analyzer.analyze(text) })),
    );
  };
}

/** One text as it stands in the shadow field, uncounted. For words of settings. */
export const indexedText = (text: string): string => new CountingEncoder().encode(text);
