import fc from 'fast-check';
import type { DocumentTerms } from '../../../server/store/term-vector.js';
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
