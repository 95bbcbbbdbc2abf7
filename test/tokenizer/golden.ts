/** Golden files: what the analysis gives today, word by word, so that a change of a rule is a diff of words. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'golden');

/** Where the second part of each file begins: rows that hold what we get today and what would be right. */
export const KNOWN_WRONG = '# known to be wrong';

/** Rows of a golden file: input, what is expected now, and for a row known to be wrong what it should be. */
export interface GoldenRow {
  readonly input: string;
  readonly expected: string;
  readonly right: string | undefined;
}

/** Reads a file; with UPDATE_GOLDEN=1 it is first written anew with what `now` gives. */
export function readGolden(name: string, now: (input: string) => string): GoldenRow[] {
  const path = join(folder, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => {
        if (line === '' || line.startsWith('#')) return line;
        const [input = '', , right] = line.split('\t');
        return [input, now(input), ...(right === undefined ? [] : [right])].join('\t');
      });
    writeFileSync(path, lines.join('\n'));
  }
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [input = '', expected = '', right] = line.split('\t');
      return { input, expected, right };
    });
}
