/**
 * How Urdu letters come out in another script: a table of letters, of what is typed for each, and of how unlikely that is.
 * Costs are negative natural logarithms of a share, by judgement: 0 always, 0.7 half the time, 2.3 one in ten, 4.6 one in a hundred.
 */
import { TERM_LETTERS } from '@justuju/urdu';

/** Where a letter stands: what is typed for it differs. Final wins over initial in a word of one letter. */
export const INITIAL = 0;
export const MEDIAL = 1;
/** Within the word, after ا and و: there ی is mostly a seat of hamza (بھائی, جائے), typed y, i or not at all. */
export const AFTER_VOWEL = 2;
export const FINAL = 3;

export const LETTERS = TERM_LETTERS.length;
/** Rows of the table: letter + LETTERS * place. */
export const ROWS = LETTERS * 4;
/** Longest piece typed for one letter, in characters. */
export const LONGEST_CHUNK = 4;

const CODES = new Int8Array(0x0700).fill(-1);
for (const [code, letter] of Array.from(TERM_LETTERS).entries()) CODES[letter.charCodeAt(0)] = code;

/** A letter's number in `TERM_LETTERS`, -1 for any other character. */
export const letterCode = (charCode: number): number => CODES[charCode] ?? -1;

/** The costs of a channel, one line a letter: `ج j g:2 z:2.5`; no number is 0; `-` is nothing typed. A later line for a place adds to `anywhere` and wins. */
export interface ChannelSpec {
  readonly anywhere: string;
  readonly initial: string;
  readonly medial: string;
  readonly afterVowel: string;
  readonly final: string;
  /** Typed vowels that Urdu leaves unwritten: `a:0.5 i:0.8`. */
  readonly shortVowels: string;
  /** A letter of the word that is not typed, nor listed as silent. */
  readonly missing: number;
  /** Two consonants with no vowel typed between them. */
  readonly noVowel: number;
  /** A typed character that stands for nothing: `h:2 *:4.5`. */
  readonly stray: string;
  /** The same character once more: doubled letters are one in Urdu. */
  readonly doubled: number;
  /** What may follow the last letter, and belongs to no letter: the izafat of `paighame`. */
  readonly tails: string;
}

/** One compiled row list: what one typed chunk may stand for. */
export interface Emissions {
  readonly rows: Uint8Array;
  readonly costs: Float32Array;
}

export interface Channel {
  readonly emissions: ReadonlyMap<string, Emissions>;
  /** The same by beginnings of chunks that are longer: for words still being typed. */
  readonly begun: ReadonlyMap<string, Emissions>;
  /** By row, what it costs that nothing is typed. */
  readonly silent: Float32Array;
  readonly shortVowels: ReadonlyMap<string, number>;
  readonly tails: readonly (readonly [chunk: string, cost: number])[];
  readonly noVowel: number;
  readonly doubled: number;
  stray(character: string): number;
}

/** What an unfinished chunk costs more than a finished one: `s` may become `sh`. */
const UNFINISHED = 0.7;

export function compileChannel(spec: ChannelSpec): Channel {
  const costs = new Map<string, Map<number, number>>();
  const silent = new Float32Array(ROWS).fill(spec.missing);
  const read = (text: string, places: readonly number[]): void => {
    for (const line of text.split('\n')) {
      const [letter = '', ...pieces] = line.trim().split(/\s+/);
      if (letter === '') continue;
      const code = letterCode(letter.charCodeAt(0));
      if (letter.length !== 1 || code < 0) throw new TypeError(`"${line.trim()}" does not begin with a letter of Urdu terms`);
      for (const [chunk, cost] of pieces.map(readCost)) {
        if (chunk.length > LONGEST_CHUNK) throw new TypeError(`"${chunk}" for ${letter} is longer than ${LONGEST_CHUNK} characters`);
        for (const place of places) {
          const row = code + LETTERS * place;
          if (chunk === '-') silent[row] = cost;
          else entry(costs, chunk).set(row, cost);
        }
      }
    }
  };
  read(spec.anywhere, [INITIAL, MEDIAL, AFTER_VOWEL, FINAL]);
  read(spec.initial, [INITIAL]);
  read(spec.medial, [MEDIAL, AFTER_VOWEL]);
  read(spec.afterVowel, [AFTER_VOWEL]);
  read(spec.final, [FINAL]);

  const begun = new Map<string, Map<number, number>>();
  for (const [chunk, rows] of costs) {
    for (let length = 1; length < chunk.length; length++) {
      const beginning = entry(begun, chunk.slice(0, length));
      for (const [row, cost] of rows) beginning.set(row, Math.min(beginning.get(row) ?? Infinity, cost + UNFINISHED));
    }
  }
  const stray = new Map(spec.stray.split(' ').map(readCost));
  const anyStray = stray.get('*') ?? Infinity;
  return {
    emissions: pack(costs),
    begun: pack(begun),
    silent,
    shortVowels: new Map(spec.shortVowels.split(' ').map(readCost)),
    tails: spec.tails === '' ? [] : spec.tails.split(' ').map(readCost),
    noVowel: spec.noVowel,
    doubled: spec.doubled,
    stray: (character) => stray.get(character) ?? anyStray,
  };
}

function readCost(piece: string): [chunk: string, cost: number] {
  const [chunk = '', cost = '0'] = piece.split(':');
  const number = Number(cost);
  if (chunk === '' || !(number >= 0)) throw new TypeError(`"${piece}" is not "chunk:cost"`);
  return [chunk, number];
}

function entry(map: Map<string, Map<number, number>>, key: string): Map<number, number> {
  const found = map.get(key) ?? new Map<number, number>();
  map.set(key, found);
  return found;
}

function pack(table: ReadonlyMap<string, ReadonlyMap<number, number>>): Map<string, Emissions> {
  return new Map(
    Array.from(table, ([chunk, rows]) => [chunk, { rows: Uint8Array.from(rows.keys()), costs: Float32Array.from(rows.values()) }]),
  );
}
