import fc from 'fast-check';
import { CutOffError, JsonShapeError, splitJson, splitLines } from '../../../server/documents/split-json.js';

const collect = async (items: AsyncIterable<string>): Promise<string[]> => {
  const all: string[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** The bytes of a text in chunks of `size`, so that cuts fall inside letters and escapes. */
// eslint-disable-next-line @typescript-eslint/require-await
async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const PRINTED_SEED = 20_261;

describe('splitJson', () => {
  it('gives back every document of an array, whatever the chunks', async () => {
    const documents = fc.array(
      fc.dictionary(
        fc.string(),
        fc.oneof(
          fc.string({ unit: fc.constantFrom('"', '\\', '{', ']', ',', 'پ', '\u{1F600}') }),
          fc.integer(),
          fc.constant(null),
          fc.array(fc.string()),
        ),
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(documents, fc.integer({ min: 1, max: 7 }), fc.constantFrom(0, 2), async (all, size, indent) => {
        const texts = await collect(splitJson(inChunks(JSON.stringify(all, null, indent), size)));
        expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual(all.map((one) => JSON.parse(JSON.stringify(one)) as unknown));
      }),
      { numRuns: 500, seed: PRINTED_SEED },
    );
  });

  it('keeps the bytes of a document: numbers that JavaScript cannot hold stay whole', async () => {
    expect(await collect(splitJson(inChunks('[{"n":12345678901234567890,"f":1.0}]', 3)))).toEqual(['{"n":12345678901234567890,"f":1.0}']);
  });

  it.each([
    ['{"id":1}', ['{"id":1}']],
    [' \n[ ] ', []],
    ['[]', []],
    ['7', ['7']],
    ['[1, "a,b", {"x":[1,{}]}]', ['1', '"a,b"', '{"x":[1,{}]}']],
    ['', []],
    ['[{"id":1}] and more', ['{"id":1}']], // Meilisearch looks no further either
  ])('reads %p', async (body, expected) => expect(await collect(splitJson(inChunks(body, 2)))).toEqual(expected));

  it.each([
    ['[{"id":1}', 'the body ends in the middle'],
    ['[{"id":1} {"id":2}]', 'expected `,` or `]`'],
    ['{"id":1} x', 'trailing characters'],
    ['[{"id":1}, ]', 'trailing comma'],
    ['[1, ]', 'trailing comma'],
  ])('refuses %p', async (body, message) => {
    await expect(collect(splitJson(inChunks(body, 4)))).rejects.toThrow(JsonShapeError);
    await expect(collect(splitJson(inChunks(body, 4)))).rejects.toThrow(message);
  });
});

describe('splitJson of a sequence', () => {
  it('needs no array and no line breaks', async () => {
    expect(await collect(splitJson(inChunks('{"id":1}{"id":\n2} {"id":3}', 3), true))).toEqual(['{"id":1}', '{"id":\n2}', '{"id":3}']);
  });

  it('says what there is of an object that is cut off, after all others', async () => {
    const texts: string[] = [];
    const reading = (async () => {
      for await (const text of splitJson(inChunks('{"id":1}\n{"id":\n', 4), true)) texts.push(text);
    })();
    await expect(reading).rejects.toEqual(new CutOffError('{"id":\n'));
    expect(texts).toEqual(['{"id":1}']);
  });

  it('hands on what is no object, for Meilisearch to refuse', async () => {
    for (const end of ['[{"id":2}', '"a', 'x'])
      expect(await collect(splitJson(inChunks(`{"id":1}\n${end}`, 4), true))).toEqual(['{"id":1}', end]);
  });
});

describe('splitLines', () => {
  it('gives the lines, empty ones too, whatever the chunks and line breaks', async () => {
    expect(await collect(splitLines(inChunks('{"a":"پاکستان"}\r\n\n {"b":2}\n{"c":3}', 3)))).toEqual([
      '{"a":"پاکستان"}',
      '',
      '{"b":2}',
      '{"c":3}',
    ]);
  });
});
