/** Reads the tables that build/compile-tables.mjs made. In them each Urdu letter is one ASCII character: 15 % less to download. */

/** The letters, and what each travels as. The same two strings stand in build/compile-tables.mjs; a test compares every row. */
const URDU_LETTERS = 'ءاآأبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہۂھۃیئےۓ';
const TRAVEL_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST';

const letterOf = new Map(Array.from(TRAVEL_LETTERS, (c, i) => [c, URDU_LETTERS[i] ?? c]));

/** A word, how many letters of it end otherwise in the second word, and how: see `pairedRow` in build/compile-tables.mjs. */
const PAIRED = /^([^\t\d]+)(\d)([^\t]*)$/;

function cellsOf(row: string): string[] {
  const [, first, off, ending = ''] = PAIRED.exec(row) ?? [];
  return first === undefined ? row.split('\t') : [first, first.slice(0, first.length - Number(off)) + ending];
}

/** The rows of a packed table, each as its cells. */
export function unpack(table: string): string[][] {
  let text = '';
  for (const c of table) text += letterOf.get(c) ?? c;
  return text.split('\n').map(cellsOf);
}
