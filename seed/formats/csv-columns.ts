import { parse } from 'csv-parse/sync';
import { readDate } from '../entry.js';

/** What the columns of a table hold that has no row of names: told by its first rows. */

/** Rows that are looked at. */
const MOST_ROWS = 50;
/** Characters of a title. */
const LONGEST_TITLE = 200;

/**
 * Names for the columns in their order: the longest texts are the body, what can be read as a day in each row the date, and the first column of words before them that are no
 * number and no word by itself the title. The others are called by their number.
 */
export function columnsOf(text: string, dialect: { readonly delimiter: string; readonly escape: string }): string[] {
  const rows: string[][] = parse(text, {
    ...dialect,
    to: MOST_ROWS,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  const count = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, i) => rows.map((row) => row[i]?.trim() ?? '').filter((cell) => cell !== ''));
  const lengths = columns.map((cells) => cells.reduce((sum, cell) => sum + cell.length, 0));
  const body = lengths.indexOf(Math.max(...lengths));
  const date = columns.findIndex((cells, i) => i !== body && cells.length > 0 && cells.every((cell) => readDate(cell) !== null));
  const title = columns.findIndex((cells, i) => i !== body && i !== date && cells.length > 0 && cells.every(mayBeTitle));
  return columns.map((_, i) => (i === body ? 'body' : i === date ? 'date' : i === title ? 'title' : String(i + 1)));
}

const mayBeTitle = (cell: string): boolean => cell.length <= LONGEST_TITLE && /\p{L}\S*\s+\S*\p{L}/u.test(cell) && !/^https?:/i.test(cell);
