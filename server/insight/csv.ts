import type { ToldQuery } from './report.js';

/** What a spreadsheet would take for a formula: what readers typed shall not run in an editor's. */
const FORMULA = /^[=+\-@\t\r]/;

const COLUMNS: readonly [name: string, value: (query: ToldQuery) => string | number][] = [
  ['query', ({ query }) => query],
  ['readAs', ({ readAs }) => readAs ?? ''],
  ['searches', ({ searches }) => searches],
  ['withoutResults', ({ withoutResults }) => withoutResults],
  ['clickThrough', ({ clickThrough }) => clickThrough ?? ''],
  ['clickedSearches', ({ clickedSearches }) => clickedSearches],
  ['clicks', ({ clicks }) => clicks],
  ['conversions', ({ conversions }) => conversions],
  ['averagePosition', ({ averagePosition }) => averagePosition ?? ''],
  ['clicksByPosition', ({ clicksByPosition }) => clicksByPosition.join(' ')],
  ['spellings', ({ spellings }) => spellings.map(({ text, searches }) => `${text} (${searches})`).join('; ')],
];

/** Queries as RFC 4180 has it, in UTF-8 with the sign at the beginning by which Excel knows it. */
export function toCsv(queries: readonly ToldQuery[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...queries.map((query) => COLUMNS.map(([, value]) => cell(value(query))))];
  return `${BYTE_ORDER_MARK}${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}

const BYTE_ORDER_MARK = '\uFEFF';

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
