import fc from 'fast-check';
import { toBytes } from '../../../server/json/as-written.js';
import type { SearchResult } from '../../../server/search/request.js';
import { readUnread } from '../../../server/search/unread-hits.js';
import { STAMP } from '../../../server/shadow/shadow.js';

/** What the client gets of an answer that went through unread; undefined: it must be read. */
function passedOn(json: string): string | undefined {
  const answer = readUnread(Buffer.from(json)) as SearchResult | undefined;
  if (answer === undefined) return undefined;
  for (const hit of answer.hits) delete hit[STAMP];
  return toBytes(answer, (text) => Buffer.from(text)).toString();
}

const stampsOf = (json: string): unknown => (readUnread(Buffer.from(json)) as SearchResult).hits.map((hit) => hit[STAMP]);

it.each([
  ['the stamp last', `{"id":1,"${STAMP}":"a-1_"}`, '{"id":1}'],
  ['the stamp first', `{"${STAMP}":"a","id":1}`, '{"id":1}'],
  ['the stamp in between', `{"id":1,"${STAMP}":"a","title":"کتاب"}`, '{"id":1,"title":"کتاب"}'],
  ['the stamp alone', `{"${STAMP}":"a"}`, '{}'],
  ['no stamp', '{"id":1}', '{"id":1}'],
  ['numbers as they are', '{"id":12345678901234567890,"price":1.0}', '{"id":12345678901234567890,"price":1.0}'],
  ['quotes, braces and lists in a text', '{"t":"\\"hits\\":[{ \\\\\\" }] \\\\"}', '{"t":"\\"hits\\":[{ \\\\\\" }] \\\\"}'],
  ['hits of its own', '{"hits":[{"a":[1,2]},[]],"b":{"hits":[]}}', '{"hits":[{"a":[1,2]},[]],"b":{"hits":[]}}'],
])('%s', (_what, hit, expected) => {
  const around = (inner: string): string => `{"hits":[${inner}],"query":"\\"hits\\":[","facetDistribution":{"hits":{"hits":3}}}`;
  expect(passedOn(around(`${hit},${hit}`))).toBe(around(`${expected},${expected}`));
});

it.each([
  ['a shadow', `{"hits":[{"id":1,"_urdu5.title":"کتاب","${STAMP}":"a"}]}`],
  ['a stamp inside a document', `{"hits":[{"id":1,"friend":{"${STAMP}":"a"}}]}`],
  ['two stamps', `{"hits":[{"${STAMP}":"a","${STAMP}":"b"}]}`],
  ['a stamp that is no text', `{"hits":[{"${STAMP}":1}]}`],
  ['hits that are no objects', '{"hits":[1]}'],
  ['no hits', '{"results":1}'],
  ['hits cut off', '{"hits":[{"id":1},{"id":"2'],
  ['hits cut off behind one', '{"hits":[{"id":1}'],
])('%s must be read', (_what, json) => {
  expect(passedOn(json)).toBeUndefined();
});

it('says that what stands around the hits is no JSON', () => {
  expect(() => readUnread(Buffer.from('{"hits":[{"id":1}],"query":'))).toThrow(SyntaxError);
});

it('has none where there are none', () => {
  expect(passedOn('{"hits":[],"query":"کتاب"}')).toBe('{"hits":[],"query":"کتاب"}');
});

/** Texts of the signs that JSON is made of, and of Urdu. */
const text = fc.string({
  unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'hits', '\u06A9', '\u0627', '\n', ' ', '\u{1F600}'),
});
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const document = fc.dictionary(text, value, { maxKeys: 4 });

it('passes every document on as it is, with the stamp at any place', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(document, document), { maxLength: 4 }), value, (documents, query) => {
      const hits = documents.map(([before, behind], i) => ({ ...before, [STAMP]: `s${i}`, ...behind }));
      const json = JSON.stringify({ hits, query });
      const expected = hits.map(({ [STAMP]: _stamp, ...rest }) => rest);
      expect(stampsOf(json)).toEqual(hits.map((hit) => hit[STAMP]));
      expect(passedOn(json)).toBe(JSON.stringify({ hits: expected, query }));
    }),
    { numRuns: 500 },
  );
});
