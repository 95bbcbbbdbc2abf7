/** What a token is. `other` is a word in another script, folded by NFKC and lower-cased, nothing lost. */
export type TokenType = 'word' | 'number' | 'latin' | 'url' | 'email' | 'hashtag' | 'mention' | 'emoji' | 'other';

/** One searchable word of a text. Tokens never overlap and never cut a grapheme cluster; what lies between them is spaces and signs. */
export interface Token {
  /** What stands in the text, to the code unit: `text.slice(start, end)`. */
  readonly text: string;
  /**
   * The canonical spelling, the same for every way to write the word. Type `word` is made of the 40 letters of `TERM_LETTERS`,
   * types `number` and `latin` of a-z and 0-9.
   */
  readonly term: string;
  /** The dictionary form that all inflected forms share (کتابوں, کتابیں → کتاب). The term itself where no rule applies. */
  readonly root: string;
  /** First UTF-16 code unit in the text as it was given. */
  readonly start: number;
  /** One past the last UTF-16 code unit. */
  readonly end: number;
  /** Nth word of the text, from 0. Counts words only: signs, spaces and sentence ends leave no gap. */
  readonly position: number;
  /** Nth sentence of the text, from 0. A phrase never reaches from one sentence into the next. */
  readonly sentence: number;
  readonly type: TokenType;
}
