import { createAnalyzer, type Token } from '@justuju/urdu';
import { hasArabicScript } from '../documents/shadow.js';
import { wholeInAnyLanguage } from '../documents/whole-terms.js';
import type { ForwardIndex } from '../forward-index/forward-index.js';
import { spellingOf } from '../retrieval/words.js';
import { type CountedWord, Vocabulary } from './vocabulary.js';

const analyzer = createAnalyzer();

/** What Meilisearch is given for a token: the root, by which all forms of a word meet. */
export const indexedForm = (token: Token): string => token.root;

/** Words, or a word: not an address, an identifier, a date. */
const isProse = (text: string): boolean => /\p{L}/u.test(text) && (/\s/.test(text) || /^\p{L}+$/u.test(text));

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
   * @param isLeft whether it stays as it is though it has Arabic letters
   */
  readonly encode = (text: string, field = '', isLeft = false): string => {
    if (isLeft || !hasArabicScript(text)) {
      // Read only if other texts of the document are Urdu.
      this.texts.push({ field, text });
      return text;
    }
    const tokens = analyzer.analyze(text);
    this.texts.push({ field, text, tokens });
    let encoded = '';
    let sentence = 0;
    for (const token of tokens) {
      if (encoded !== '') encoded += token.sentence === sentence ? ' ' : ' \u06D4 ';
      encoded += indexedForm(token);
      sentence = token.sentence;
      this.count(token);
    }
    return wholeInAnyLanguage(encoded);
  };

  private count(token: Token): void {
    if (!this.terms.has(token.term)) this.terms.set(token.term, { root: token.root, spelling: spellingOf(token) });
  }

  /** The texts since the last call were one document. A document without Urdu text is not counted. */
  readonly endDocument = (stamp?: string): void => {
    const { texts } = this;
    this.texts = [];
    if (this.terms.size === 0) return;
    const isKept = stamp !== undefined && this.forward !== undefined;
    const words = texts.map(({ field, text, tokens }) => {
      if (tokens !== undefined) return { field, words: tokens };
      if (!isKept && !isProse(text)) return { field, words: [] };
      const latin = analyzer.analyze(text);
      // PTI in a title of its own, but no addresses and numbers: they are no words to correct others to.
      if (isProse(text)) for (const token of latin) this.count(token);
      return { field, words: latin };
    });
    this.counted.add(this.terms);
    this.terms = new Map();
    if (isKept) this.forward?.put(stamp, words);
  };
}

/** One text as it stands in the shadow field, uncounted. For words of settings. */
export const indexedText = (text: string): string => new CountingEncoder().encode(text);
