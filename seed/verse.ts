import { isProse } from './judge.js';
import type { Line } from './lines.js';

/** Poems: lines of one measure, one below the other. */

const SHORTEST = 4;
const WORDS = { least: 2, most: 16 } as const;
/** The longest line of a poem has at most so many times the letters of the shortest. Not measured; free verse is not recognized, and is kept as any text is. */
const SPREAD = 1.9;

/** Lines that are verses beyond doubt: short, of like length, without full stops or colons, in blocks, and two of them rhyme. */
export function isVerse(lines: readonly Line[]): boolean {
  if (lines.length < SHORTEST || !lines.every(mayBeVerse) || !areOfOneMeasure(lines)) return false;
  return standTogether(lines) && lines.some((line, i) => [1, 2].some((distance) => rhymes(line, lines[i + distance])));
}

/** The same of a whole page, whose first line is a verse too when it stands with the others or rhymes with the second: there a headline is at stake and no line. */
export function isPoem(lines: readonly Line[]): boolean {
  const [first, second] = lines;
  if (first === undefined || lines.length < SHORTEST || !lines.every(mayBeVerse) || !areOfOneMeasure(lines)) return false;
  return rhymes(first, second) || (second?.afterBlank === false && standTogether(lines));
}

export const mayBeVerse = (line: Line): boolean =>
  !isProse(line) && line.words.length >= WORDS.least && line.words.length <= WORDS.most && !/[:：]|\d|[۔.]$/u.test(line.folded);

function areOfOneMeasure(lines: readonly Line[]): boolean {
  const lengths = lines.map(({ folded }) => folded.length);
  return Math.max(...lengths) <= Math.min(...lengths) * SPREAD;
}

/** At least every second line follows another one directly: links and crossheads stand apart. */
const standTogether = (lines: readonly Line[]): boolean => lines.filter(({ afterBlank }) => !afterBlank).length >= lines.length / 2;

const rhymes = (a: Line, b: Line | undefined): boolean => b !== undefined && a !== b && a.words.at(-1) === b.words.at(-1);
