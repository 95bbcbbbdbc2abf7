import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { keyOf, readFieldTable } from '../field-names.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import { columnsOf } from './csv-columns.js';
import { withoutOpenQuotes } from './csv-quotes.js';
import type { Format, Found } from './format.js';
import { Records } from './records.js';

/** Tables with a row for an article: commas, semicolons, tabs or bars between the cells. */

const DELIMITERS = [',', '\t', ';', '|', '،', '؛'] as const;

/** Characters of the longest row. */
const LONGEST_ROW = 20 * 1024 * 1024;

export const csv: Format = {
  name: 'CSV',
  recognizes: (input) => input.headText !== null && (['csv', 'tsv', 'tab'].includes(input.extension) || hasHeader(input.headText)),
  read,
};

/** A first line that names parts of an article, its text among them, over a line of as many cells. */
function hasHeader(text: string): boolean {
  const [first = '', second = ''] = text
    .replace(SEPARATOR, '')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const delimiter = delimiterOf(first);
  const names = cellsOf(first, delimiter);
  if (names.length < 2 || names.some((name) => name.length > LONGEST_NAME) || cellsOf(second, delimiter).length !== names.length)
    return false;
  const table = readFieldTable();
  const known = names.map((name) => table.get(keyOf(name))?.field);
  return known.includes('body') && known.filter((field) => field !== undefined).length >= 2;
}

/** Characters of the longest name of a column. */
const LONGEST_NAME = 40;

/** The one that parts the first line into the most cells. */
function delimiterOf(line: string): string {
  const counts = DELIMITERS.map((delimiter) => cellsOf(line, delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

const cellsOf = (line: string, delimiter: string): string[] =>
  line
    .replace(/"(?:[^"]|"")*"/g, (quoted) => quoted.replaceAll(delimiter, ' '))
    .split(delimiter)
    .map((cell) => cell.replace(/^[\s"\uFEFF]+|[\s"]+$/g, ''));

/** "sep=;" in the first line, by which Excel is told what stands between the cells: no row. */
const SEPARATOR = /^\uFEFF?sep=(.)\r?\n/i;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const separator = SEPARATOR.exec(input.headText ?? '')?.[1];
  const start = (input.headText ?? '').replace(SEPARATOR, '').split(/\r?\n/);
  const above = linesAboveHeader(start);
  if (above > 0) input.note(`the first row with names of columns is row ${above + 1}; what stands above it is left out`);
  const first = start[above] ?? '';
  const delimiter = separator ?? (input.extension === 'tsv' || input.extension === 'tab' ? '\t' : delimiterOf(first));
  const names = cellsOf(first, delimiter);
  const quoting = { escape: escapeOf(input.headText ?? '') };
  const columns = isHeader(names, input)
    ? toldApart
    : input.options.map === undefined
      ? columnsOf(start.slice(above).join('\n'), { delimiter, ...quoting })
      : names.map((_, i) => String(i + 1));
  if (columns !== toldApart) input.note('the first row names no columns: they are called 1, 2, ... (--map title=1,body=2)');
  const records = new Records(input);
  const tellSwallowed = swallowedRows(input, { names, delimiter });
  let mistake: string | undefined;
  let isOpenQuoteTold = false;
  let lastRead = above + (separator === undefined ? 1 : 2);
  // Of many such quotes the first is told.
  const onMended = (line: number): void => {
    if (!isOpenQuoteTold) input.note(`a quote in line ${line} is opened and never closed: it was read as if it were not there`);
    isOpenQuoteTold = true;
  };
  const text = withoutOpenQuotes(input.text(), { width: names.length, delimiter, quoteEscape: quoting.escape }, onMended);
  // A quote inside a cell that is not quoted is a letter; rows may be shorter than the header. A row that cannot be read does not take the others with it.
  const rows = Readable.from(text).pipe(
    parse({
      bom: true,
      columns,
      delimiter,
      ...quoting,
      from_line: (separator === undefined ? 1 : 2) + above,
      // Found out by itself, it would be that of the first row only: of a file that was put together from two, the other rows would be one.
      ...(input.headText?.includes('\n') === true && { record_delimiter: ['\r\n', '\n'] }),
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
      info: true,
      // Before the row is asked for: a mistake behind it is found ahead of that.
      on_record: (row: Row, { lines }) => {
        lastRead = lines;
        return row;
      },
      skip_records_with_error: true,
      on_skip: (error) => {
        mistake ??= error?.code === 'CSV_QUOTE_NOT_CLOSED' ? `a quote is opened behind line ${lastRead} and never closed` : error?.message;
        return undefined;
      },
    }),
  );
  for await (const { record, info } of rows as AsyncIterable<Row>) {
    tellSwallowed(Object.values(record), info.lines);
    yield records.article(Object.fromEntries(Object.entries(record).map(([name, cell]) => [name, withLineEnds(cell)])));
  }
  if (mistake !== undefined)
    throw new Unreadable(
      `is no whole table: ${mistake}`,
      'The other rows were read. Mend that one, or save the table again as CSV with quotes around cells.',
    );
}

interface Row {
  readonly record: Readonly<Record<string, string>>;
  /** `lines`: those of the file that have been read. */
  readonly info: { readonly lines: number };
}

/** Cells of a line below which it looks like many a sentence. */
const FEWEST_CELLS = 3;
/** Lines like rows from which a cell has swallowed them: one may be a sentence with as many commas. */
const SWALLOWED = 2;

interface Table {
  readonly names: readonly string[];
  readonly delimiter: string;
}

/** Behind a quote that is never closed all rows are one cell, up to the next quote. Tells of the first row that holds others. */
function swallowedRows(input: Input, { names, delimiter }: Table): (cells: readonly string[], line: number) => void {
  let isTold = names.length < FEWEST_CELLS;
  return (cells, line) => {
    if (isTold) return;
    const lines = cells.flatMap((cell) => (cell.includes('\n') ? cell.split(/\r?\n/) : []));
    const rows = lines.filter((text) => cellsOf(text, delimiter).length === names.length).length;
    if (rows < SWALLOWED) return;
    isTold = true;
    input.note(
      `the row that ends in line ${line} holds ${rows} lines that look like rows: a quote in it is opened and not closed before them`,
    );
  };
}

/** Databases write the end of a line as a backslash and "n" (mysql --batch). Before a Latin letter it may be a path ("C:\\news"). */
const withLineEnds = (cell: string): string => (cell.includes('\\n') ? cell.replace(/(?:\\r)?\\n(?![A-Za-z])/g, '\n') : cell);

/** A quote inside quotes is doubled; or, as MySQL and programs write it, has a backslash before it and is never doubled. */
const escapeOf = (text: string): '"' | '\\' => (/\w\s*\\"|[^\\]\\"\p{L}/u.test(text) && !/\p{L}""|""\p{L}/u.test(text) ? '\\' : '"');

/** Two columns of one name, which would be one: the second is called by its number too. */
const toldApart = (header: readonly string[]): string[] =>
  header.map((name, i) => {
    const before = header.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });

/** Spreadsheets have the name of the table above it: lines of one cell, and behind them a row that names an article's parts. */
function linesAboveHeader(lines: readonly string[]): number {
  const header = lines.slice(0, MOST_ABOVE + 1).findIndex((_, i) => hasHeader(lines.slice(i).join('\n')));
  if (header < 1) return 0;
  const delimiter = delimiterOf(lines[header] ?? '');
  return lines.slice(0, header).every((line) => cellsOf(line, delimiter).filter((cell) => cell !== '').length < 2) ? header : 0;
}

const MOST_ABOVE = 5;

/** Names of columns are short, and one of them is known or named on the command line. */
function isHeader(names: readonly string[], input: Input): boolean {
  const table = readFieldTable();
  const mapped = [...(input.options.map?.values() ?? [])];
  return (
    names.some((name) => table.has(keyOf(name)) || mapped.includes(name)) ||
    names.every((name) => name.length <= 30 && !/[۔.]/.test(name) && /\p{L}/u.test(name))
  );
}
