import { Readable } from 'node:stream';
import fc from 'fast-check';
import { DocumentEncoder } from '../../../server/documents/document-encoder.js';
import { READ_AS_URDU } from '../../../server/documents/reading.js';
import { withShadows } from '../../../server/documents/with-shadows.js';
import { parseExactly } from '../../../server/json/exact-json.js';
import { SHADOW_ROOT, STAMP } from '../../../server/shadow/shadow.js';
import { type Batch, BatchBuilder } from '../../../server/store/batch.js';
import { wordsOfDocument } from '../../../server/store/words.js';

/** The store is given a document's words while it is written, or reads them from what Meilisearch has stored: which of the two, no reader may notice. */
async function bothWays(document: string): Promise<{ written: Batch; read: Batch }> {
  const encoder = new DocumentEncoder('id');
  const options = {
    format: 'ndjson',
    csvDelimiter: ',',
    root: SHADOW_ROOT,
    isPartial: false,
    reading: READ_AS_URDU,
    encoder,
  } as const;
  let sent = '';
  for await (const piece of withShadows(Readable.from([Buffer.from(document)]), options)) sent += piece.toString();
  const stored = parseExactly(sent) as Record<string, unknown>;
  const reader = new BatchBuilder('id');
  reader.add({ stamp: String(stored[STAMP]), ids: stored }, wordsOfDocument(stored));
  return { written: encoder.batch.take(), read: reader.take() };
}

it.each([
  ['texts', '{"id":"a1","title":"کتاب اور قلم","body":"پہلا جملہ۔ دوسرا جملہ۔"}'],
  ['numbers', '{"id":7,"title":"آزادی","year":1947,"price":3.14,"below":-5,"none":0}'],
  ['numbers that JavaScript cannot hold or writes otherwise', '{"id":12345678901234567890,"title":"گنتی","n":1.0,"m":2.50,"e":1e3,"z":-0}'],
  ['arrays and objects', '{"id":1,"tags":["ادب",1797,["شعر",null]],"author":{"name":"غالب","born":1797,"works":[{"name":"دیوان","n":1}]}}'],
  ['null, true and false', '{"id":1,"title":"کتاب","note":null,"live":true,"gone":false}'],
  [
    'Meilisearch’s own fields',
    '{"id":1,"title":"لاہور","_geo":{"lat":31.5,"lng":74.3},"_vectors":{"a":[0.1,0.2]},"_geojson":{"type":"Point"}}',
  ],
  [
    'Latin texts and addresses',
    '{"id":"x-1","title":"خبر","by":"PTI","link":"https://example.com/a/2024?b=1","code":"AB-12","at":"2024-05-01T10:00"}',
  ],
  ['a field of the client whose name begins with an underscore', '{"id":1,"_note":"حاشیہ","_year":1947}'],
  ['empty texts', '{"id":"","title":"کتاب","a":"","b":[],"c":{}}'],
])('%s', async (_what, document) => {
  const { written, read } = await bothWays(document);
  expect(written).toEqual(read);
});

it('any document', async () => {
  const text = fc.oneof(
    fc.array(fc.constantFrom('کتاب', 'کتابیں', 'آزادی', '1947', '۱۹۴۷', 'PTI', '۔', 'https://a.pk/1', '3.14', 'b'), { maxLength: 6 }),
    fc.array(fc.string({ maxLength: 8 }), { maxLength: 1 }),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text.map((words) => words.join(' ')),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('name', 'year', 'x', '_geo'), tie('value'), { maxKeys: 3 }),
    ),
  }));
  const name = fc.constantFrom('id', 'body', 'year', 'tags', '_geo', '_vectors', '_note', '7');
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, value), async (fields) => {
      const { written, read } = await bothWays(JSON.stringify({ ...fields, title: 'کتاب' }));
      expect(written).toEqual(read);
    }),
    { numRuns: 300, seed: 1 },
  );
});

it('numbers are among the terms, places are not', async () => {
  const { written } = await bothWays('{"id":1,"title":"آزادی","year":1947,"_geo":{"lat":31,"lng":74}}');
  expect(written.terms).toContain('1947');
  expect(written.terms).not.toContain('31');
});
