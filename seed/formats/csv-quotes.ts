import { linesOf } from '../lines-of.js';

/** A quote that is opened and never closed, of which a table would lose the rows up to the next quote: it is taken out where it is beyond doubt. */

/** Columns below which a line of a text looks like a row. */
const FEWEST_COLUMNS = 3;
/** Characters that are handed on at once. */
const PIECE = 64 * 1024;
/** Characters behind an open quote that are kept until it is closed, or the table ends. */
const MOST_HELD = 16 * 1024 * 1024;

export interface Table {
  /** Columns. */
  readonly width: number;
  readonly delimiter: string;
  /** By what a quote in quotes is told. */
  readonly quoteEscape: '"' | '\\';
}

interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/**
 * The lines of a table. A row with an odd quote is whole on its line, and the quote a slip, where it has all its cells, the next line is a row too, and either both have a number or a day in the
 * same column, or no quote closes it down to the end: so it must not eat a cell of several lines, below whose first stands a text, nor a last row that is cut off.
 * @param onMended the number of each such line, from 1
 */
export async function* withoutOpenQuotes(
  pieces: AsyncIterable<string>,
  table: Table,
  onMended: (line: number) => void,
): AsyncGenerator<string, void, undefined> {
  const lines = new Lines(table, onMended);
  let line: NumberedLine | undefined;
  let ready = '';
  for await (const text of linesOf(pieces)) {
    if (line !== undefined) ready += lines.take(line, text);
    line = { text, number: (line?.number ?? 0) + 1 };
    if (ready.length < PIECE) continue;
    yield ready;
    ready = '';
  }
  if (line !== undefined) ready += lines.take(line, undefined);
  yield ready + lines.end();
}

class Lines {
  private held: NumberedLine[] = [];
  private size = 0;
  private inCell = false;

  constructor(
    private readonly table: Table,
    private readonly onMended: (line: number) => void,
  ) {}

  /** @returns what may be handed on: nothing behind an open quote */
  take(line: NumberedLine, below: string | undefined): string {
    const isOdd = this.isOdd(line.text);
    if (!this.inCell) {
      if (!isOdd) return `${line.text}\n`;
      if (this.hasFigures(line.text, below)) return this.mended(line);
    }
    this.inCell = isOdd ? !this.inCell : this.inCell;
    this.held.push(line);
    this.size += line.text.length;
    return this.inCell && this.size < MOST_HELD ? '' : this.release();
  }

  /** What was held to the end: the quote was never closed. */
  end(): string {
    let all = '';
    while (this.held.length > 1 && this.inCell) {
      const [first, ...rest] = this.held;
      if (first === undefined || this.slipIn(first.text, rest[0]?.text) === undefined) break;
      this.held = [];
      this.size = 0;
      this.inCell = false;
      all += this.mended(first);
      rest.forEach((line, i) => {
        all += this.take(line, rest[i + 1]?.text);
      });
    }
    return all + this.release();
  }

  private release(): string {
    const text = this.held.map((line) => `${line.text}\n`).join('');
    this.held = [];
    this.size = 0;
    return text;
  }

  private mended({ text, number }: NumberedLine): string {
    const { delimiter } = this.table;
    this.onMended(number);
    const cells = text.split(delimiter);
    const at = cells.findIndex((cell) => this.isOpen(cell));
    return `${cells.map((cell, i) => (i === at ? cell.replace('"', '') : cell)).join(delimiter)}\n`;
  }

  /** The cells of a row with an open quote over another row, and of that. */
  private slipIn(text: string, below: string | undefined): readonly [readonly string[], readonly string[]] | undefined {
    const { width, delimiter } = this.table;
    if (below === undefined || this.isOdd(below)) return undefined;
    const cells = text.split(delimiter);
    const next = cellsOf(below, delimiter);
    return cells.length === width && next.length === width && cells.some((cell) => this.isOpen(cell)) ? [cells, next] : undefined;
  }

  private hasFigures(text: string, below: string | undefined): boolean {
    if (this.table.width < FEWEST_COLUMNS) return false;
    const [cells = [], next = []] = this.slipIn(text, below) ?? [];
    return cells.some((cell, i) => isFigure(cell) && isFigure(next[i] ?? ''));
  }

  private isOpen(cell: string): boolean {
    return /^\s*"/.test(cell) && this.isOdd(cell);
  }

  private isOdd(text: string): boolean {
    if (!text.includes('"')) return false;
    const bare = this.table.quoteEscape === '\\' ? text.replace(/\\./g, '') : text;
    return bare.split('"').length % 2 === 0;
  }
}

/** What stands between quotes holds no delimiters. */
const cellsOf = (line: string, delimiter: string): string[] =>
  line.replace(/"(?:[^"]|"")*"/g, (quoted) => quoted.replaceAll(delimiter, ' ')).split(delimiter);

/** A number, a day, a time. */
const isFigure = (cell: string): boolean => /^\s*"?\p{Nd}[\p{Nd}\s:/.TZ+-]*"?\s*$/u.test(cell);
