import type { Token } from '@justuju/urdu';

/** So many words are most of what a text consists of; some 6 MB with their spellings. */
const REMEMBERED = 50_000;
/** V8 cuts longer ones out of the text without a copy: one word would keep megabytes alive. */
const LONGEST = 12;

interface Spelt {
  readonly term: string;
  readonly spelling: string;
}

/** Remembers how words are spelt: the same few make up most of every text, and to make a spelling takes more time than all else that is done with a word. */
export class Spellings {
  private known = new Map<string, Spelt>();

  constructor(private readonly spell: (token: Token) => string) {}

  of(token: Token): string {
    const { text, term } = token;
    if (text === term) return term;
    const known = this.known.get(text);
    if (known?.term === term) return known.spelling;
    const spelling = this.spell(token);
    if (text.length > LONGEST) return spelling;
    if (this.known.size === REMEMBERED) this.known = new Map();
    this.known.set(text, { term, spelling });
    return spelling;
  }
}
