import { isRowOfFacts } from '../html.js';

/** Tables of a wiki (`{| ... |}`) → a line for each row ("سوات | 120"), as tables of pages have it. The program that reads wikitext leaves them out of the text. */

/** Boxes of links and warnings that wikis set as tables: no text of the article. */
const BESIDE = /^\s*\{\|.*class\s*=\s*["'][^"']*\b(?:navbox|metadata|[a-z]*mbox|vertical-navbox|toc|plainlinks)\b/i;

interface Row {
  readonly isHeading: boolean;
  readonly cells: string[];
}

/** Levels of tables in tables. */
const DEEPEST = 10;

export function withTablesAsRows(wikitext: string, depth = 0): string {
  if (depth > DEEPEST) return '';
  const lines = wikitext.split('\n');
  const ends = endsOfTables(lines);
  const text: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const end = ends.get(at);
    if (end === undefined) {
      // Of a table without an end the cells stay.
      if (!opensTable(lines[at] ?? '')) text.push(lines[at] ?? '');
      continue;
    }
    // Each row is a paragraph: lines that stand together would be one.
    if (!BESIDE.test(lines[at] ?? '')) text.push('', ...rowsOf(lines.slice(at + 1, end), depth).flatMap((row) => [row, '']));
    text.push((lines[end] ?? '').replace(/^\s*\|\}/, ''));
    at = end;
  }
  return text.join('\n');
}

const opensTable = (line: string): boolean => /^[\s:*#]*\{\|/.test(line);
const closesTable = (line: string): boolean => /^\s*\|\}(?!\})/.test(line);

/** The line with which each table ends, by the one with which it begins. */
function endsOfTables(lines: readonly string[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const [at, line] of lines.entries()) {
    if (opensTable(line)) open.push(at);
    else if (closesTable(line)) {
      const start = open.pop();
      if (start !== undefined) ends.set(start, at);
    }
  }
  return ends;
}

/** Of these lines inside a table: its caption and its rows, in their order. */
function rowsOf(lines: readonly string[], depth: number): string[] {
  const rows: Row[] = [];
  const captions: string[] = [];
  let inner = 0;
  let open: string[] | undefined;
  for (const line of lines) {
    const bare = line.trim();
    if (opensTable(line)) inner += 1;
    // A table in a cell, and a template over several lines, belong to the cell.
    if (inner > 0 || (open !== undefined && isInTemplate(open.at(-1) ?? ''))) {
      if (open !== undefined) open.push(`${open.pop() ?? ''}\n${line}`);
      if (closesTable(line) && inner > 0) inner -= 1;
    } else if (bare.startsWith('|+')) captions.push(withoutAttributes(bare.slice(2)));
    else if (bare.startsWith('|-')) open = undefined;
    else if (bare.startsWith('|') || bare.startsWith('!')) {
      const isHeading = bare.startsWith('!');
      if (open === undefined) {
        open = [];
        rows.push({ isHeading, cells: open });
      }
      open.push(
        ...bare
          .slice(1)
          .split(isHeading ? /!!|\|\|/ : '||')
          .map(withoutAttributes),
      );
    } else if (open !== undefined) open.push(`${open.pop() ?? ''}\n${line}`);
  }
  return [...captions, ...rows.flatMap((row) => linesOfRow(row, depth))].filter((line) => line.trim() !== '');
}

const isInTemplate = (cell: string): boolean => cell.split('{{').length > cell.split('}}').length;

/** `align="center" | سوات` → the cell. A bar in a link or template is none between the two. */
const withoutAttributes = (cell: string): string => cell.replace(/^(?:(?!\[\[|\{\{)[^|])*\|(?!\|)/, '').trim();

function linesOfRow({ isHeading, cells }: Row, depth: number): string[] {
  if (cells.some((cell) => cell.split('\n').some(opensTable))) return cells.map((cell) => withTablesAsRows(cell, depth + 1));
  const texts = cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).filter((cell) => cell !== '');
  return texts.length > 1 && (isHeading || isRowOfFacts(texts)) ? [texts.join(' | ')] : cells;
}
