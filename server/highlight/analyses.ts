/** Tokens of stored texts: remembered, because the same documents are shown again and again; long texts in pieces, because others wait. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { analyze, type Token } from '@justuju/urdu';
import { boundaryFrom } from './graphemes.js';
import type { Span } from './span.js';

/** How many code units of text are remembered with their tokens. Measured: 45 bytes a code unit, so 40 MB at most. */
const REMEMBERED = 1_000_000;
/** Longer texts are analysed in pieces and not remembered. In code units: 3 to 10 ms of work each. */
export const PIECE = 32_768;

export class Analyses {
  private readonly known = new Map<string, readonly Token[]>();
  private size = 0;

  constructor(private readonly capacity: number = REMEMBERED) {}

  /** The tokens of a text. Synchronous: for a text that `isLong`, `load` it first and let others have their turn. */
  get(text: string): readonly Token[] {
    const known = this.known.get(text);
    if (known !== undefined) {
      // Last used is last in order, and the first in order goes first.
      this.known.delete(text);
      this.known.set(text, known);
      return known;
    }
    const tokens = isLong(text) ? analyzeNow(text) : analyze(text);
    if (text.length <= this.capacity / 8) this.remember(text, tokens);
    return tokens;
  }

  /** The tokens of a text of any length, a turn of the event loop for each piece. */
  async load(text: string): Promise<readonly Token[]> {
    if (!isLong(text)) return this.get(text);
    const tokens: Token[] = [];
    for (const piece of pieces(text)) {
      append(tokens, text, piece);
      await nextTurn();
    }
    return tokens;
  }

  private remember(text: string, tokens: readonly Token[]): void {
    this.known.set(text, tokens);
    this.size += text.length;
    for (const oldest of this.known.keys()) {
      if (this.size <= this.capacity) break;
      this.known.delete(oldest);
      this.size -= oldest.length;
    }
  }
}

/** One memory for marks, snippets and reasons: they are asked about the same documents. */
export const sharedAnalyses = new Analyses();

/** Longer than one piece: not to be analysed in one turn with others waiting. */
export const isLong = (text: string): boolean => text.length > PIECE;

/** The same pieces whether they wait for each other or not: a text has one analysis. */
function analyzeNow(text: string): Token[] {
  const tokens: Token[] = [];
  for (const piece of pieces(text)) append(tokens, text, piece);
  return tokens;
}

/** How far before its end a piece looks for the end of a sentence, in code units. */
const SENTENCE = 4_096;

/**
 * Cuts a long text where it changes nothing: at the last full stop or line break of a piece, else at its last space (there a formula
 * of several words may be missed), and in a text without spaces at a grapheme boundary.
 */
function* pieces(text: string): Generator<Span> {
  for (let start = 0; start < text.length; ) {
    const limit = start + PIECE;
    if (limit >= text.length) {
      yield { start, end: text.length };
      return;
    }
    const tail = text.slice(limit - SENTENCE, limit);
    // A line break alone ends no sentence, a blank line does; nor does the stop of an abbreviation (پی۔آئی۔اے۔).
    const sentence = /^.*\s[^\s\u06D4]{4,}[\u06D4\u061F!?](?=[ \n])|^.*\n[ \t]*\n/s.exec(tail)?.[0].length;
    const space = tail.lastIndexOf(' ') + 1 || tail.lastIndexOf('\n') + 1;
    const end = sentence !== undefined ? limit - SENTENCE + sentence : space > 0 ? limit - SENTENCE + space : boundaryFrom(text, limit);
    yield { start, end };
    start = end;
  }
}

function append(tokens: Token[], text: string, { start, end }: Span): void {
  const before = tokens.at(-1);
  const found = analyze(text.slice(start, end));
  const position = tokens.length;
  const sentence = before === undefined ? 0 : before.sentence + (endsSentence(text, before.end, start) ? 1 : 0);
  for (const token of found) {
    tokens.push({
      ...token,
      start: token.start + start,
      end: token.end + start,
      position: token.position + position,
      sentence: token.sentence + sentence,
    });
  }
}

/** Whether a sentence ends between two tokens of different pieces. */
const endsSentence = (text: string, from: number, to: number): boolean => /[\u06D4\u061F!?]|\n[ \t]*\n/.test(text.slice(from, to));
