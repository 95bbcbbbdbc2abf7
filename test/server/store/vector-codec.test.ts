import fc from 'fast-check';
import { PackedTerms } from '../../../server/store/packed-terms.js';
import { type DocumentTerms, TermsReader } from '../../../server/store/term-vector.js';
import { VectorDecoder, VectorEncoder } from '../../../server/store/vector-codec.js';

const number = fc.oneof(fc.nat(255), fc.nat(65_535), fc.nat(2 ** 24), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const rootOf = (form: number): number => form >>> 3;

/** Any vector, in the order that `DocumentTerms` tells. */
const vector = fc
  .record({
    fields: fc.array(fc.tuple(number, number, number), { maxLength: 4 }),
    sentences: fc.array(number, { maxLength: 5 }),
    forms: fc.array(fc.tuple(number, fc.array(number, { minLength: 1, maxLength: 300 })), { maxLength: 12 }),
  })
  .map(({ fields, sentences, forms }): DocumentTerms => {
    let end = 0;
    const ends = forms.map(([, positions]) => {
      end += positions.length;
      return end;
    });
    const numbers = forms.map(([form]) => form);
    const positions = forms.flatMap(([, own]) => own);
    return Uint32Array.from([
      fields.length,
      sentences.length,
      forms.length,
      ...fields.flat(),
      ...sentences,
      ...numbers.map(rootOf),
      ...numbers,
      ...ends,
      ...positions,
    ]);
  });

test('a term vector is read as it was written, by a reader that has read others', () => {
  const encoder = new VectorEncoder();
  const decoder = new VectorDecoder();
  fc.assert(
    fc.property(vector, (written) => {
      const bytes = encoder.encode(written);
      // As from lmdb: more may stand behind it.
      const read = decoder.decode(Buffer.concat([bytes, Buffer.alloc(7, 0xff)]), bytes.length, rootOf);
      expect([...read]).toEqual([...written]);
    }),
  );
});

/** All that a reader tells. */
const toldBy = (reader: TermsReader | PackedTerms): unknown => {
  const fields: unknown[] = [];
  reader.fields((...field) => fields.push(field));
  const forms = Array.from({ length: reader.size }, (_, order) => [
    reader.termAt(order),
    reader.rootAt(order),
    Array.from({ length: reader.to(order) - reader.from(order) }, (_, nth) => reader.positionAt(reader.from(order) + nth)),
  ]);
  // Backwards too: places are counted from the last one that was asked for.
  const backwards = forms.map((_, nth) => reader.to(forms.length - 1 - nth) - reader.from(forms.length - 1 - nth));
  return { fields, forms, backwards, sentences: [0, 1, 300, 70_000].map((position) => reader.sentenceOf(position, 0)) };
};

test('where it lies packed it tells what it tells unpacked', () => {
  const encoder = new VectorEncoder();
  const packed = new PackedTerms();
  const unpacked = new TermsReader();
  fc.assert(
    fc.property(vector, (written) => {
      packed.open(Buffer.concat([encoder.encode(written), Buffer.alloc(7, 0xff)]), rootOf);
      unpacked.open(written);
      expect(toldBy(packed)).toEqual(toldBy(unpacked));
    }),
  );
});
