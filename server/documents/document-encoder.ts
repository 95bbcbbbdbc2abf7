import { createAnalyzer, type Token } from '@justuju/urdu';
import { hasArabicScript } from '../shadow/shadow.js';
import { wholeInAnyLanguage } from '../shadow/whole-terms.js';
import { BatchBuilder } from '../store/batch.js';
import { wordsOf } from '../store/words.js';

const analyzer = createAnalyzer();

/** What Meilisearch is given for a token: the root, by which all forms of a word meet. */
export const indexedForm = (token: Token): string => token.root;

/** The text as it stands in the shadow field: roots one space apart, `۔` at sentence ends. */
function encoded(tokens: readonly Token[]): string {
  let text = '';
  let sentence = 0;
  for (const token of tokens) {
    if (text !== '') text += token.sentence === sentence ? ' ' : ' \u06D4 ';
    text += indexedForm(token);
    sentence = token.sentence;
  }
  return wholeInAnyLanguage(text);
}

/** One text as it stands in the shadow field. For words of settings. */
export const indexedText = (text: string): string => encoded(analyzer.analyze(text));

/** Encodes the texts of documents for Meilisearch, and gathers their words for the store on the way: every text is analyzed once. */
export class DocumentEncoder {
  /** Documents that hold Urdu. */
  urdu = 0;
  /** Primary keys of documents of which only a part was given. */
  readonly changed: (string | number)[] = [];
  private isUrdu = false;
  private texts: { readonly field: string; readonly text: string; readonly tokens?: readonly Token[] }[] = [];
  readonly batch: BatchBuilder;

  /** @param primaryKey of the index, where it is known */
  constructor(private readonly primaryKey?: string) {
    this.batch = new BatchBuilder(primaryKey);
  }

  /**
   * Text without Arabic letters stays as it is.
   *
   * @param field that it stands in
   * @param isLeft whether it stays as it is though it has Arabic letters
   */
  readonly encode = (text: string, field = '', isLeft = false): string => {
    if (isLeft || !hasArabicScript(text)) {
      this.texts.push({ field, text });
      return text;
    }
    this.isUrdu = true;
    const tokens = analyzer.analyze(text);
    this.texts.push({ field, text, tokens });
    return encoded(tokens);
  };

  /**
   * The texts since the last call were one document.
   *
   * @param stamp undefined: only a part of it is known
   */
  readonly endDocument = (document: Readonly<Record<string, unknown>>, stamp: string | undefined): void => {
    const { texts, primaryKey } = this;
    this.texts = [];
    if (this.isUrdu) this.urdu += 1;
    this.isUrdu = false;
    if (stamp !== undefined) {
      const words = texts.map(({ field, text, tokens = analyzer.analyze(text) }) => ({ field, words: wordsOf(tokens, text) }));
      this.batch.add({ stamp, ids: document }, words);
    } else if (primaryKey !== undefined) this.changed.push(String(document[primaryKey]));
  };
}
