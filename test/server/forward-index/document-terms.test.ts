import { analyze } from '@justuju/urdu';
import fc from 'fast-check';
import { TermsReader, writeTerms } from '../../../server/forward-index/document-terms.js';
import { TermTable } from '../../../server/forward-index/term-table.js';

/** All that a document's terms tell, read back the slow way. */
function readBack(texts: readonly string[]): { table: TermTable; reader: TermsReader } {
  const table = new TermTable();
  const terms = writeTerms(
    texts.map((text, name) => ({ name, words: analyze(text) })),
    table,
  );
  const reader = new TermsReader();
  reader.open(terms);
  return { table, reader };
}

function positionsOf(reader: TermsReader, root: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let order = reader.firstOfRoot(root); order < reader.size && reader.rootAt(order) === root; order += 1) {
    const positions: number[] = [];
    for (let at = reader.from(order); at < reader.to(order); at += 1) positions.push(reader.positionAt(at));
    found.set(reader.termAt(order), positions);
  }
  return found;
}

describe('the terms of a document', () => {
  it('are found by their root, every form with its positions', () => {
    const { table, reader } = readBack(['کتاب اور کتابیں', 'نئی کتاب']);
    const found = positionsOf(reader, table.findRoot('کتاب') as number);
    const [book, books] = [table.find('کتاب') as number, table.find('کتابیں') as number];
    const fields: number[][] = [];
    reader.fields((...field) => fields.push(field));
    const second = (fields[1] as number[])[1] as number;
    expect(found).toEqual(
      new Map([
        [book, [0, second + 1]],
        [books, [2]],
      ]),
    );
  });

  it('tell fields and sentences apart', () => {
    const { reader } = readBack(['ایک۔ دو تین۔', 'چار']);
    const fields: number[][] = [];
    reader.fields((...field) => fields.push(field));
    expect(fields.map(([name, , length]) => [name, length])).toEqual([
      [0, 3],
      [1, 1],
    ]);
    const last = (fields[1] as number[])[1] as number;
    const sentences = [0, 1, 2, last].map((position) => reader.sentenceOf(position, 0));
    expect(sentences).toEqual([0, 1, 1, 2]);
  });

  it('of nothing are nothing', () => {
    const { table, reader } = readBack(['', '۔']);
    expect(positionsOf(reader, 0).size).toBe(0);
    expect(table.find('کتاب')).toBeUndefined();
  });

  const word = fc.stringMatching(/^[\u0627\u0628\u067E\u062A\u06A9\u06CC\u06BA\u0648\u06D2]{1,6}$/);
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));

  it('hold every word of every text at its place, and no other', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const { table, reader } = readBack(texts);
        const places: number[] = [];
        reader.fields((_name, first, length) => {
          for (let i = 0; i < length; i += 1) places.push(first + i);
        });
        const expected = texts.flatMap((one) => analyze(one).map(({ term }) => table.find(term)));
        const seen: number[] = [];
        reader.roots((root, from, to) => {
          seen.push(root);
          expect(positionsOf(reader, root).size).toBe(to - from);
        });
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
        const held = new Map<number, number>();
        for (let root = 0; root < table.rootCount; root += 1)
          for (const [term, positions] of positionsOf(reader, root)) for (const position of positions) held.set(position, term);
        expect(places.map((place) => held.get(place))).toEqual(expected);
        expect(held.size).toBe(expected.length);
      }),
    );
  });
});

describe('the table of terms', () => {
  it('gives a term one number, and finds terms and roots that begin so', () => {
    const table = new TermTable();
    const books = table.idOf('کتب', 'کتاب');
    const book = table.idOf('کتاب', 'کتاب');
    expect(table.idOf('کتب', 'کتاب')).toBe(books);
    expect(table.rootIdOf(books)).toBe(table.rootIdOf(book));
    table.idOf('قلم', 'قلم');
    table.idOf('کتنا', 'کتنا');
    const rootsOf = (begins: string): number[] => [...table.rootsBeginningWith(begins)];
    expect(rootsOf('کتا')).toEqual([table.rootIdOf(book)]);
    // By the root, and by an irregular form of it.
    expect(rootsOf('کتب')).toEqual([table.rootIdOf(books)]);
    expect(rootsOf('کت').sort()).toEqual([table.findRoot('کتاب'), table.findRoot('کتنا')].sort());
    expect(rootsOf('ک')).toEqual([]);
    expect(rootsOf('زز')).toEqual([]);
  });

  it('grows', () => {
    const table = new TermTable();
    const ids = Array.from({ length: 10_000 }, (_, i) => table.idOf(`t${i}`, `r${i % 100}`));
    expect(new Set(ids).size).toBe(10_000);
    expect(table.size).toBe(10_000);
    expect(table.rootCount).toBe(100);
    expect(table.rootIdOf(ids[9_999] as number)).toBe(table.findRoot('r99'));
  });
});
