import fc from 'fast-check';
import { RawDocument, splitDocuments, stringifyWithRaw } from '../../../server/engine/raw-document.js';

const answerOf = (results: readonly unknown[]): Buffer =>
  Buffer.from(JSON.stringify({ results, offset: 0, limit: 20, total: results.length }));

/** Strings that look like JSON, in letters of all lengths. */
const text = fc
  .array(fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', ',', 'id', '"id":', 'ک', 'کتاب', '\u06D4', '👍🏽', '\n', ' '), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const id = fc.oneof(fc.integer({ min: 0 }), fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/));

describe('splitDocuments', () => {
  it('finds every document by its primary key, byte for byte', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(id, fc.dictionary(text, value, { maxKeys: 4 })), { selector: ([one]) => String(one), maxLength: 6 }),
        fc.boolean(),
        (pairs, isFirst) => {
          const documents = pairs.map(([key, { id: _id, ...rest }]) => (isFirst ? { id: key, ...rest } : { ...rest, id: key }));
          const found = splitDocuments(answerOf(documents), 'id');
          expect([...(found ?? [])].map(([key, { bytes }]) => [key, bytes.toString()])).toEqual(
            documents.map((document) => [String(document.id), JSON.stringify(document)]),
          );
        },
      ),
    );
  });

  it('keeps the digits of primary keys beyond 2^53', () => {
    const answer = Buffer.from(
      '{"results":[{"id":12345678901234567890,"title":"کتاب"},{"title":"1.0","id":2}],"offset":0,"limit":20,"total":2}',
    );
    expect([...(splitDocuments(answer, 'id') ?? new Map()).keys()]).toEqual(['12345678901234567890', '2']);
  });

  it.each([
    ['no such answer', '{"message":"Index `a` not found."}'],
    ['no primary key', '{"results":[{"title":"کتاب"}],"offset":0}'],
    ['the primary key of something nested only', '{"results":[{"author":{"id":1}}],"offset":0}'],
    ['an answer that is cut off', '{"results":[{"id":1,"title":"کت'],
    ['nothing', ''],
  ])('gives up on %s', (_what, answer) => expect(splitDocuments(Buffer.from(answer), 'id')).toBeUndefined());
});

describe('stringifyWithRaw', () => {
  it('writes what JSON.stringify would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.boolean()), { maxLength: 5 }), text, (hits, query) => {
        const raw = hits.map(([hit, isRaw]) => (isRaw ? new RawDocument(Buffer.from(JSON.stringify(hit))) : hit));
        expect(stringifyWithRaw({ hits: raw, query }).toString()).toBe(JSON.stringify({ hits: hits.map(([hit]) => hit), query }));
      }),
    );
  });
});
