import { linesOf } from '../lines-of.js';

/** A quote that is opened and never closed, of which a table would lose the rows up to the next quote: it is taken out where it is beyond doubt. */

/** Columns below which a line of a text looks like a row. */
const FEWEST_COLUMNS = 3;
/** Characters that are handed on at once. */
const PIECE = 64 * 1024;

export interface Table {
  /** Columns. */
  readonly width: number;
  readonly delimiter: string;
  /** By what a quote in quotes is told. */
  readonly quoteEscape: '"' | '\\';
}

/**
 * The lines of a table. A row with an odd quote is whole on its line, and the quote a slip, where it has all its cells, the next line is a row too, and both have a number or a day in the same column:
 * so it must not eat a cell of several lines, below whose first stands a text.
 * @param onMended the number of each such line, from 1
 */
export async function* withoutOpenQuotes(
  pieces: AsyncIterable<string>,
  { width, delimiter, quoteEscape }: Table,
  onMended: (line: number) => void,
): AsyncGenerator<string, void, undefined> {
  if (width < FEWEST_COLUMNS) {
    yield* pieces;
    return;
  }
  const isOdd = (line: string): boolean => {
    if (!line.includes('"')) return false;
    const bare = quoteEscape === '\\' ? line.replace(/\\./g, '') : line;
    return bare.split('"').length % 2 === 0;
  };
  const isRow = (cells: readonly string[]): boolean => cells.length === width;
  let inCell = false;
  let number = 0;
  let line: string | undefined;
  const mended = (text: string, below: string | undefined): string => {
    if (!isOdd(text)) return text;
    const cells = text.split(delimiter);
    const at = cells.findIndex((cell) => /^\s*"/.test(cell) && isOdd(cell));
    const next = below === undefined || isOdd(below) ? [] : cellsOf(below, delimiter);
    if (inCell || at === -1 || !isRow(cells) || !isRow(next) || !cells.some((cell, i) => isFigure(cell) && isFigure(next[i] ?? ''))) {
      inCell = !inCell;
      return text;
    }
    onMended(number);
    return cells.map((cell, i) => (i === at ? cell.replace('"', '') : cell)).join(delimiter);
  };
  let ready = '';
  for await (const next of linesOf(pieces)) {
    if (line !== undefined) ready += `${mended(line, next)}\n`;
    line = next;
    number += 1;
    if (ready.length < PIECE) continue;
    yield ready;
    ready = '';
  }
  yield line === undefined ? ready : ready + mended(line, undefined);
}

/** What stands between quotes holds no delimiters. */
const cellsOf = (line: string, delimiter: string): string[] =>
  line.replace(/"(?:[^"]|"")*"/g, (quoted) => quoted.replaceAll(delimiter, ' ')).split(delimiter);

/** A number, a day, a time. */
const isFigure = (cell: string): boolean => /^\s*"?\p{Nd}[\p{Nd}\s:/.TZ+-]*"?\s*$/u.test(cell);
