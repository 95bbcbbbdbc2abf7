import { analyze } from '@justuju/urdu';
import fc from 'fast-check';
import { type Batch, BatchBuilder } from '../../../server/store/batch.js';
import { PackedTerms } from '../../../server/store/packed-terms.js';
import { TermsReader } from '../../../server/store/term-vector.js';
import { VectorEncoder } from '../../../server/store/vector-codec.js';
import { VectorWriter } from '../../../server/store/vector-writer.js';

/** The numbers of a batch's own dictionary. */
class Table {
  constructor(private readonly batch: Batch) {}

  get rootCount(): number {
    return this.batch.roots.length;
  }

  findRoot = (root: string): number | undefined => found(this.batch.roots.indexOf(root));

  /** The form of a term that is written as the term itself. */
  find = (term: string): number | undefined => {
    const number = this.batch.terms.indexOf(term);
    return number === -1 ? undefined : found(this.batch.formTerms.indexOf(number));
  };
}

const found = (at: number): number | undefined => (at === -1 ? undefined : at);

/** All that a document's terms tell, read back the slow way. */
function readBack(texts: readonly string[]): { table: Table; reader: TermsReader; packed: PackedTerms } {
  const builder = new BatchBuilder();
  builder.add(
    { stamp: '', ids: {} },
    // Spelt as their terms: each is one form.
    texts.map((text, i) => ({
      field: `f${i}`,
      words: analyze(text).map(({ term, root, sentence }) => ({ spelling: term, term, root, sentence })),
    })),
  );
  const batch = builder.take();
  const roots = batch.formTerms.map((term) => batch.termRoots[term] as number);
  const writer = new VectorWriter(batch, {
    forms: batch.formTerms.map((_term, form) => form),
    roots,
    fields: Uint32Array.from(batch.fields.keys()),
  });
  const vector = writer.write(0);
  const reader = new TermsReader();
  reader.open(vector);
  const packed = new PackedTerms();
  packed.open(new VectorEncoder().encode(vector), (form) => roots[form] as number);
  return { table: new Table(batch), reader, packed };
}

function positionsOf(reader: PackedTerms, root: number): Map<number, number[]> {
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
    const { table, reader, packed } = readBack(['کتاب اور کتابیں', 'نئی کتاب']);
    const found = positionsOf(packed, table.findRoot('کتاب') as number);
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
    const { table, packed } = readBack(['', '۔']);
    expect(positionsOf(packed, 0).size).toBe(0);
    expect(table.find('کتاب')).toBeUndefined();
  });

  const word = fc.stringMatching(/^[\u0627\u0628\u067E\u062A\u06A9\u06CC\u06BA\u0648\u06D2]{1,6}$/);
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));

  it('hold every word of every text at its place, and no other', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const { table, reader, packed } = readBack(texts);
        const places: number[] = [];
        reader.fields((_name, first, length) => {
          for (let i = 0; i < length; i += 1) places.push(first + i);
        });
        const expected = texts.flatMap((one) => analyze(one).map(({ term }) => table.find(term)));
        const seen: number[] = [];
        reader.roots((root, from, to) => {
          seen.push(root);
          expect(positionsOf(packed, root).size).toBe(to - from);
        });
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
        const held = new Map<number, number>();
        for (let root = 0; root < table.rootCount; root += 1)
          for (const [term, positions] of positionsOf(packed, root)) for (const position of positions) held.set(position, term);
        expect(places.map((place) => held.get(place))).toEqual(expected);
        expect(held.size).toBe(expected.length);
      }),
    );
  });
});
