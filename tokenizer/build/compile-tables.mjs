#!/usr/bin/env node
/**
 * Reads data/*.tsv strictly and writes src/tables.generated.ts, so that the package needs no file at run time.
 * A row that is wrong stops the build with `file:line: what is wrong`. See data/README.md for the formats.
 *
 *   node build/compile-tables.mjs [--check]      --check reads and checks, writes nothing
 */
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** A row that cannot be used. The message is what a person editing the table needs: where, what, what was expected. */
export class TableError extends Error {
  constructor(file, line, message) {
    super(`${file}:${line}: ${message}`);
    this.name = 'TableError';
  }
}

/** Letters a table may spell a word with: the Urdu alphabet, with the hamza forms people really write. */
const URDU_WORD = /^[ءاآأبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہۂھۃیئےۓ]+$/u;
const CODE_POINTS = /^[0-9A-F]{4}( [0-9A-F]{4})*$/;

const word = (text) => (URDU_WORD.test(text) ? undefined : `"${text}" is not an Urdu word (${codePoints(text)})`);
const words = (text) => text.split(' ').map(word).find(Boolean);
const codes = (text) => (CODE_POINTS.test(text) ? undefined : `"${text}" is not a code point; write it like 06CC`);
const oneOf =
  (...allowed) =>
  (text) =>
    allowed.includes(text) ? undefined : `"${text}" is not one of ${allowed.join(', ')}`;
const note = (text) => (text.length > 0 ? undefined : 'the reason is empty');
const cuts = (text) => (/^[1-9][0-9]?(,[1-9][0-9]?)*$/.test(text) ? undefined : `"${text}" is not a list of cuts; write it like 4 or 3,7`);

export const STOP_WORD_CLASSES = ['postposition', 'pronoun', 'auxiliary', 'conjunction', 'question', 'particle', 'negation', 'determiner'];

/** Cuts must lie inside the word, grow, and give as many parts as are named. */
function checkCuts([joined, parts, cutList]) {
  const at = cutList.split(',').map(Number);
  if (at.length !== parts.split(' ').length - 1)
    return `${parts.split(' ').length} parts need ${parts.split(' ').length - 1} cuts, got ${at.length}`;
  if (at.some((cut, i) => cut <= (at[i - 1] ?? 0) || cut >= joined.length))
    return `cuts ${cutList} do not cut "${joined}" (${joined.length} letters) into parts`;
  return undefined;
}

function checkSame([a, b]) {
  return a === b ? `"${a}" is mapped to itself` : undefined;
}

/** One entry a table. `columns`: checks, in order; `optional`: how many of the last may be missing; `keep`: columns that the package needs; `isPaired`: the second word is the first with another ending. */
export const TABLES = [
  { name: 'letters', columns: [codes, codes, oneOf('canonical', 'search'), note], keep: 3, row: checkSame },
  { name: 'function-forms', columns: [word, words], keep: 2, ordered: true },
  { name: 'broken-plurals', columns: [word, word], keep: 2, row: checkSame, isPaired: true },
  { name: 'sound-plurals', columns: [word, word], keep: 2, row: checkSame, isPaired: true },
  { name: 'never-stem', columns: [word, note], keep: 1 },
  { name: 'alef-spellings', columns: [word, word, note], keep: 2, row: checkSame, isPaired: true },
  {
    name: 'verbs',
    columns: [word, words],
    optional: 1,
    keep: 2,
    ordered: true,
    row: ([infinitive]) => (infinitive.endsWith('نا') ? undefined : `"${infinitive}" is no infinitive: it must end in نا`),
  },
  {
    name: 'masculine-nouns',
    columns: [word, oneOf('noun', 'adj'), words],
    optional: 1,
    keep: 3,
    ordered: true,
    pack: ([w, kind, ...rest]) => [w, kind === 'adj' ? '1' : '', ...rest],
  },
  { name: 'feminine-nouns', columns: [word], keep: 1, ordered: true },
  { name: 'loan-nouns', columns: [word], keep: 1 },
  { name: 'plain-nouns', columns: [word], keep: 1 },
  {
    name: 'waw-words',
    columns: [word],
    keep: 1,
    row: ([w]) => (w.startsWith('و') ? undefined : `"${w}" does not begin with و`),
  },
  {
    name: 'stop-words',
    columns: [word, oneOf(...STOP_WORD_CLASSES)],
    keep: 2,
    pack: ([w, kind]) => [w, String(STOP_WORD_CLASSES.indexOf(kind))],
  },
  { name: 'fused-words', columns: [word, words, cuts], keep: 3, row: checkCuts, pack: packedCut },
  { name: 'compounds', columns: [word, words, cuts], keep: 3, row: checkCuts, pack: packedCut },
];

/** Reads one table; throws TableError at the first row that is not right. */
export function readTable(file, text, table) {
  const rows = [];
  const seen = new Map();
  const most = table.columns.length;
  const least = most - (table.optional ?? 0);
  for (const [index, line] of text.split('\n').entries()) {
    const at = index + 1;
    if (line === '' || line.startsWith('#')) continue;
    if (line !== line.normalize('NFC')) throw new TableError(file, at, 'not in NFC; save the file composed');
    const invisible = /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\r]/u.exec(line);
    if (invisible) throw new TableError(file, at, `holds the invisible character ${codePoints(invisible[0])}`);
    const cells = line.split('\t');
    if (cells.length < least || cells.length > most)
      throw new TableError(
        file,
        at,
        `expected ${least === most ? most : `${least} to ${most}`} columns between tabs, got ${cells.length}: "${line}"`,
      );
    for (const [i, cell] of cells.entries()) {
      const wrong = table.columns[i](cell);
      if (wrong) throw new TableError(file, at, `column ${i + 1}: ${wrong}`);
    }
    const wrong = table.row?.(cells);
    if (wrong) throw new TableError(file, at, wrong);
    const first = seen.get(cells[0]);
    if (first !== undefined) throw new TableError(file, at, `"${cells[0]}" is listed twice, first in line ${first}`);
    seen.set(cells[0], at);
    rows.push(cells.slice(0, table.keep));
  }
  if (rows.length === 0) throw new TableError(file, 1, 'the table is empty');
  return rows;
}

function codePoints(text) {
  return Array.from(text, (c) => `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
}

/**
 * How the tables travel: each Urdu letter as one ASCII character, because gzip makes 15 % less of that than of two-byte letters.
 * src/tables.ts has the same two strings and undoes it, and what `pairedRow` does; a test compares every row.
 */
export const URDU_LETTERS = 'ءاآأبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہۂھۃیئےۓ';
export const TRAVEL_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST';

const packed = (text) => Array.from(text, (c) => TRAVEL_LETTERS[URDU_LETTERS.indexOf(c)] ?? c).join('');

/** A cut word as its parts with spaces; only if a part is spelt otherwise (کی for کے) the joined word with its cuts goes before. */
function packedCut([joined, parts, cutList]) {
  const at = [0, ...cutList.split(',').map(Number), joined.length];
  const plain = at
    .slice(1)
    .map((end, i) => joined.slice(at[i], end))
    .join(' ');
  return plain === parts ? [parts] : [plain, parts];
}

/** A pair of words as the first, how many letters to take off its end, and what to put there: half of the second word goes without saying (2 KB of the bundle). */
function pairedRow([first, second]) {
  let same = 0;
  while (same < first.length && first[same] === second[same]) same += 1;
  const off = first.length - same;
  return off > 9 ? `${first}\t${second}` : `${first}${off}${second.slice(same)}`;
}

const byFirst = ([a], [b]) => (a < b ? -1 : 1);

const exportName = (name) => name.toUpperCase().replaceAll('-', '_');

function compile({ check }) {
  const out = ['// DO NOT EDIT. Made by build/compile-tables.mjs from data/*.tsv.', '/* eslint-disable */', ''];
  for (const table of TABLES) {
    const file = join(here, '../data', `${table.name}.tsv`);
    const rows = readTable(`data/${table.name}.tsv`, readFileSync(file, 'utf8'), table);
    const lean = rows.map(table.pack ?? ((row) => row));
    // Sorted rows compress better; where the order decides (the first that knows a form), the table keeps its own.
    if (!table.ordered) lean.sort(byFirst);
    const text = lean.map(table.isPaired ? pairedRow : (row) => row.join('\t')).join('\n');
    out.push(`export const ${exportName(table.name)}: string = ${JSON.stringify(table.name === 'letters' ? text : packed(text))};`);
  }
  if (!check) writeFileSync(join(here, '../src/tables.generated.ts'), `${out.join('\n')}\n`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    compile({ check: process.argv.includes('--check') });
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
