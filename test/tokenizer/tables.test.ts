/** The strict table reader, message by message, and the tables themselves as they come out of the build. */
import { readFileSync } from 'node:fs';
import { foldWord } from '../../tokenizer/src/fold.js';
import * as generated from '../../tokenizer/src/tables.generated.js';
import { unpack } from '../../tokenizer/src/tables.js';

interface Reader {
  readTable(file: string, text: string, table: object): string[][];
  TABLES: { name: string; pack?: (row: string[]) => string[] }[];
}
// A plain script without types: its path is kept from the compiler.
const script: string = '../../tokenizer/build/compile-tables.mjs';
const { readTable, TABLES } = (await import(script)) as Reader;
const table = (name: string): Reader['TABLES'][number] => {
  const found = TABLES.find((t) => t.name === name);
  if (!found) throw new Error(`no table "${name}"`);
  return found;
};

it.each([
  ['letters', '643\t06A9\tcanonical\tkaf', 't.tsv:1: column 1: "643" is not a code point; write it like 06CC'],
  ['letters', '0643\t06A9\tcanonical', 't.tsv:1: expected 4 columns between tabs, got 3: "0643\t06A9\tcanonical"'],
  ['never-stem', '# why\nرات\tnight\nرات\tagain', 't.tsv:3: "رات" is listed twice, first in line 2'],
  ['never-stem', 'راتx\tnight', 't.tsv:1: column 1: "راتx" is not an Urdu word (U+0631 U+0627 U+062A U+0078)'],
  ['never-stem', 'را\u200Cت\tnight', 't.tsv:1: holds the invisible character U+200C'],
  ['verbs', 'کر', 't.tsv:1: "کر" is no infinitive: it must end in نا'],
  ['broken-plurals', 'ملک\tملک', 't.tsv:1: "ملک" is mapped to itself'],
  ['compounds', 'صورتحال\tصورت حال\t4,5', 't.tsv:1: 2 parts need 1 cuts, got 2'],
  ['compounds', 'صورتحال\tصورت حال\t9', 't.tsv:1: cuts 9 do not cut "صورتحال" (7 letters) into parts'],
  [
    'stop-words',
    'کے\tpreposition',
    't.tsv:1: column 2: "preposition" is not one of postposition, pronoun, auxiliary, conjunction, question, particle, negation, determiner',
  ],
  ['feminine-nouns', '# nothing', 't.tsv:1: the table is empty'],
])('%s refuses %j', (name, text, message) => expect(() => readTable('t.tsv', text, table(name))).toThrow(message));

it.each(TABLES.map(({ name }) => name))('%s arrives in the package as it was written', (name) => {
  const { pack = (row: string[]) => row } = table(name);
  const written = readTable(name, readFileSync(`tokenizer/data/${name}.tsv`, 'utf8'), table(name)).map((row) => pack(row).join('\t'));
  const packed = (generated as Record<string, string>)[name.toUpperCase().replaceAll('-', '_')] ?? '';
  const arrived = name === 'letters' ? packed.split('\n') : unpack(packed).map((row) => row.join('\t'));
  expect([...arrived].sort()).toEqual([...written].sort());
});

it('has the broken plurals of the language', () => expect(unpack(generated.BROKEN_PLURALS).length).toBeGreaterThanOrEqual(500));

it('gives no plural two singulars', () => {
  const singularOf = new Map<string, string>();
  const clashes: string[] = [];
  for (const [plural = '', singular = ''] of [...unpack(generated.BROKEN_PLURALS), ...unpack(generated.SOUND_PLURALS)]) {
    const [key, value] = [foldWord(plural), foldWord(singular)];
    const known = singularOf.get(key);
    if (known !== undefined && known !== value) clashes.push(`${plural}: ${known} and ${value}`);
    singularOf.set(key, value);
  }
  expect(clashes).toEqual([]);
});
