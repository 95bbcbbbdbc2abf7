/** The analyzer: one scan, with what its word cache and lexicon know, into tokens or straight into a field of terms. */
import { classOf, MARK } from './classes.js';
import { type Explanation, explainWord } from './explain.js';
import { foldLetters, foldWord } from './fold.js';
import { isLetterName } from './letter-names.js';
import { FULL_STOP } from './letters.js';
import type { Lexicon } from './lexicon.js';
import { partsOf } from './parts.js';
import { opensFormula } from './phrases.js';
import { rootOf } from './root.js';
import { type Effort, type Sink, scan } from './scan.js';
import type { Part } from './spacing.js';
import { usualSpelling } from './spelling.js';
import type { Token, TokenType } from './types.js';
import { type Word, WordCache, type WordPart } from './word.js';
import { cutAtLigatures } from './word-ligatures.js';

/** Goes up whenever the same text gives other terms or roots. An index made with another number must be made anew. */
export const ANALYZER_VERSION = 5;

export interface AnalyzerOptions {
  /** Compounds learned from the collection, see `learnLexicon`. Default: none beyond the built-in ones. */
  readonly lexicon?: Lexicon;
}

/** Which of a token's two forms a field is made of. */
export type EncodedForm = 'term' | 'root';

/** Analyses text. Pure: the same text gives the same tokens, whatever was analysed before. */
export interface Analyzer {
  /** The tokens of a text, in reading order. Never throws, whatever the string holds. */
  analyze(text: string): Token[];
  /** The terms (or roots) of a text one space apart, `۔` between spaces at sentence ends. What `analyze` gives, without making tokens. */
  encode(text: string, form: EncodedForm): string;
  /** Which rules changed a word, by name. */
  explain(word: string): Explanation;
}

const SENTENCE_BREAK = ` ${FULL_STOP} `;

/** An analyzer. Making one is cheap; its cache of words grows to at most 8 MB. */
export function createAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  const { lexicon } = options;
  const words = new WordCache((raw) => analyzeWord(raw, lexicon));
  return {
    analyze: (text) => collectTokens(text, words),
    encode: (text, form) => encodeText(text, words, form),
    explain: (word) => explainWord(word, lexicon),
  };
}

/** One raw word: folded, cut if it is several written together, each part with its root. */
export function analyzeWord(raw: string, lexicon: Lexicon | undefined): Word {
  const letters = foldWord(raw);
  const { rule, parts: spelt } = partsOf(letters, lexicon);
  // What a table knows it knows better: انشاءﷲ is ان شا اللہ.
  const pieces = rule === 'fused-word' || rule === 'compound' ? undefined : cutAtLigatures(raw);
  const parts = pieces === undefined ? placedParts(raw, letters, spelt) : partsOfPieces(pieces, lexicon);
  // A ligature (لا) over the cut leaves a part without a grapheme of its own: then the word stays whole.
  const whole = parts.length < 2 || parts.some(({ from, to }) => from >= to);
  const first = whole ? undefined : parts[0];
  const term = first?.term ?? usualSpelling(letters) ?? letters;
  return {
    raw,
    letters,
    term,
    root: first?.root ?? rootOf(term),
    parts: whole ? undefined : parts,
    isLetterName: isLetterName(letters),
    opensPhrase: opensFormula(letters),
  };
}

/** The parts of a word with their places in it. */
function placedParts(raw: string, letters: string, parts: readonly Part[]): WordPart[] {
  if (parts.length === 1) return [];
  // A copy: the first look-up in a table folds its words, with the same buffer.
  const sources = foldLetters(raw).sources.slice(0, letters.length);
  let at = 0;
  let from = 0;
  return parts.map(({ length, term }, i) => {
    at += length;
    let to = i === parts.length - 1 ? raw.length : (sources[at] ?? raw.length);
    // An alef that a mark stands for (the dagger alef) is in the grapheme of the letter before.
    while (to < raw.length && classOf(raw.charCodeAt(to)) === MARK) to += 1;
    const placed = { from, to, text: raw.slice(from, to), term, root: rootOf(term) };
    from = to;
    return placed;
  });
}

/** The parts of a word that is cut at its ligatures, those of the pieces one after the other. */
function partsOfPieces(pieces: readonly string[], lexicon: Lexicon | undefined): WordPart[] {
  const parts: WordPart[] = [];
  let start = 0;
  for (const piece of pieces) {
    const { parts: inner, term, root } = analyzeWord(piece, lexicon);
    const whole: WordPart = { from: 0, to: piece.length, text: piece, term, root };
    for (const part of inner ?? [whole]) parts.push({ ...part, from: start + part.from, to: start + part.to });
    start += piece.length;
  }
  return parts;
}

class TokenSink implements Sink {
  readonly tokens: Token[] = [];
  private sentence = 0;
  private open = false;

  word(word: Word, start: number, end: number, type: TokenType): void {
    this.open = true;
    const { tokens, sentence } = this;
    if (word.parts === undefined) {
      tokens.push({ text: word.raw, term: word.term, root: word.root, start, end, position: tokens.length, sentence, type });
      return;
    }
    for (const { from, to, text, term, root } of word.parts) {
      tokens.push({ text, term, root, start: start + from, end: start + to, position: tokens.length, sentence, type });
    }
  }

  /** The text is cut out later: only `analyze` knows it. */
  token(term: string, start: number, end: number, type: TokenType, root = term): void {
    this.open = true;
    this.tokens.push({
      text: this.source.slice(start, end),
      term,
      root,
      start,
      end,
      position: this.tokens.length,
      sentence: this.sentence,
      type,
    });
  }

  sentenceEnd(): void {
    if (this.open) this.sentence += 1;
    this.open = false;
  }

  constructor(private readonly source: string) {}
}

/** The tokens of a text. `effort`, if given, counts the code units read. */
export function collectTokens(text: string, words: WordCache, effort?: Effort): Token[] {
  const sink = new TokenSink(text);
  scan(text, words, sink, effort);
  return sink.tokens;
}

class EncodingSink implements Sink {
  encoded = '';
  private sentenceEnded = false;

  constructor(private readonly form: EncodedForm) {}

  private add(term: string): void {
    if (this.encoded !== '') this.encoded += this.sentenceEnded ? SENTENCE_BREAK : ' ';
    this.encoded += term;
    this.sentenceEnded = false;
  }

  word(word: Word): void {
    const { form } = this;
    if (word.parts === undefined) this.add(word[form]);
    else for (const part of word.parts) this.add(part[form]);
  }

  token(term: string, _start: number, _end: number, _type: TokenType, root = term): void {
    this.add(this.form === 'root' ? root : term);
  }

  sentenceEnd(): void {
    this.sentenceEnded = true;
  }
}

function encodeText(text: string, words: WordCache, form: EncodedForm): string {
  const sink = new EncodingSink(form);
  scan(text, words, sink);
  return sink.encoded;
}

let standard: Analyzer | undefined;

/** The default analyzer: built-in compounds, no learned lexicon. */
export const defaultAnalyzer = (): Analyzer => (standard ??= createAnalyzer());

/** The tokens of a text, by the default analyzer. */
export const analyze = (text: string): Token[] => defaultAnalyzer().analyze(text);

/** The terms or roots of a text one space apart, by the default analyzer. */
export const encode = (text: string, form: EncodedForm): string => defaultAnalyzer().encode(text, form);

/** Which rules changed a word, by the default analyzer. */
export const explain = (word: string): Explanation => defaultAnalyzer().explain(word);
