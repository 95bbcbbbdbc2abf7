import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Tables of knowledge, as tab-separated text with `#` comments: beside the code in the source tree, and in the source tree of the built program. */

export interface Row {
  readonly cells: readonly string[];
  /** `file:line`, for errors. */
  readonly where: string;
}

/** Rows of `columns` cells each. Throws, with file and line, for a row that has another number of them or an empty cell. */
export function readTable(name: string, columns: number): Row[] {
  const path = ['./data/', '../../seed/data/']
    .map((folder) => fileURLToPath(new URL(folder + name, import.meta.url)))
    .find((file) => existsSync(file));
  if (path === undefined) throw new Error(`seed/data/${name} is missing; it belongs to Justuju. Install it again.`);
  return parseTable(name, readFileSync(path, 'utf8'), columns);
}

export function parseTable(name: string, text: string, columns: number): Row[] {
  return text.split('\n').flatMap((line, i) => {
    if (line === '' || line.startsWith('#')) return [];
    const cells = line.split('\t');
    const where = `${name}:${i + 1}`;
    if (cells.length !== columns || cells.some((cell) => cell.trim() !== cell || cell === ''))
      throw new Error(`${where}: expected ${columns} cells with tabs between them, got "${line}"`);
    return [{ cells, where }];
  });
}
