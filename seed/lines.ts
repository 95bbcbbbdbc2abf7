import { fold, foldedSet } from './fold.js';
import type { Metadata } from './metadata.js';
import type { NoiseKind } from './noise.js';

/** One line of a file that is not empty. What it is found to be is written on it, step by step: metadata, noise, or neither, which is the author's text. */
export interface Line {
  /** From 1, counted in the file as it lies on disk. */
  readonly number: number;
  /** As the author wrote it, to the code point; only the spaces around it and leftover markup are gone. */
  readonly text: string;
  /** For comparing, see fold.ts. */
  readonly folded: string;
  /** The words of `folded`, found once: rules ask often, and on long pages that was most of the time. */
  readonly words: readonly string[];
  /** An empty line, or the beginning of the file, stands before it. */
  readonly afterBlank: boolean;
  /** What the line says about the report; empty for a line that says nothing. */
  metadata: readonly Metadata[];
  noise: NoiseKind | null;
  /** Another report with a headline of its own begins behind this line: "پڑھیں:", a line of dashes. */
  opensReport: boolean;
}

export const isText = (line: Line): boolean => line.noise === null && line.metadata.length === 0;

/** NEL, form feed and the Unicode separators break lines too: crawlers pass them on. */
const LINE_BREAK = /\r\n|[\n\r\f\v\u0085\u2028\u2029]/;

export const cutLines = (text: string): string[] => text.split(LINE_BREAK);

export function newLine(number: number, text: string, afterBlank: boolean): Line {
  const folded = fold(text);
  let words: readonly string[] | undefined;
  return {
    number,
    text,
    folded,
    // Of long paragraphs nobody asks.
    get words() {
      words ??= wordsOf(folded);
      return words;
    },
    afterBlank,
    metadata: [],
    noise: null,
    opensReport: false,
  };
}

const WORD = /[\p{L}\p{N}]+/gu;
/** The same in text that is plain, as nearly all is: told without the tables of Unicode, in half the time. */
const LAST_PLAIN = 0x6ff;
const PLAIN_LETTERS = Array.from({ length: LAST_PLAIN + 1 }, (_, code) => String.fromCharCode(code)).filter((sign) =>
  /[\p{L}\p{N}]/u.test(sign),
);
/** Of each code of plain text: 1 where it stands in words. */
export const STANDS_IN_WORDS = new Uint8Array(LAST_PLAIN + 1);
for (const letter of PLAIN_LETTERS) STANDS_IN_WORDS[letter.charCodeAt(0)] = 1;
const PLAIN_WORD = new RegExp(`[${PLAIN_LETTERS.join('')}]+`, 'g');
/** Behind the Arabic block plain text holds signs of general punctuation only. */
export const NOT_PLAIN = /[\u0700-\u1FFF\u2070-\uFFFF]/;

/** Characters of a text whose words are worth remembering: those of a paragraph are asked for by rules and to compare articles. */
const LONG = 200;
let last: { readonly folded: string; readonly words: readonly string[] } = { folded: '', words: [] };

export function wordsOf(folded: string): readonly string[] {
  if (folded.length < LONG) return wordsNow(folded);
  if (folded !== last.folded) last = { folded, words: wordsNow(folded) };
  return last.words;
}

const wordsNow = (folded: string): readonly string[] => folded.match(NOT_PLAIN.test(folded) ? WORD : PLAIN_WORD) ?? [];

/** Small words that tie a sentence together; a bare list of names has none. */
export const TYING_WORDS: ReadonlySet<string> = foldedSet('نے,کو,سے,میں,پر,کا,کی,کے,اور,کہ,جو,تو,بھی,تک,لیے,لئے,کر,ہی');

/** Forms that only a sentence has. Left out on purpose: کی, دی, کیا, گئی and other forms that names and tags contain too. */
export const FINITE_VERBS = foldedSet(
  'ہے,ہیں,ہوں,تھا,تھی,تھے,تھیں,گا,گی,گے,ہوگا,ہوگی,ہونگے,ہوگئے,چاہیے,چاہیئے,چاہئے,سکتا,سکتی,سکتے,رہا,رہی,رہے,نہیں,کہا,بتایا',
);
