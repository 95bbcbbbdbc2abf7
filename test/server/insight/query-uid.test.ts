import fc from 'fast-check';
import { readQueryUid, writeQueryUid } from '../../../server/insight/query-uid.js';
import { hashOf } from '../../../server/settings/need.js';

describe('the id of a search', () => {
  it('is a UUID of version 7 that says when it was asked, and the hash of what', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.string(), (at, need) => {
        const uid = writeQueryUid({ at, hash: hashOf(need) });
        expect(uid).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
        expect(readQueryUid(uid)).toEqual({ at, hash: hashOf(need) });
        expect(readQueryUid(uid.toUpperCase())).toEqual({ at, hash: hashOf(need) });
      }),
    );
  });

  it('is another for each search of the same', () => {
    const uids = Array.from({ length: 1_000 }, () => writeQueryUid({ at: 1, hash: hashOf('') }));
    expect(new Set(uids).size).toBe(1_000);
  });

  it.each(['', 'q', '0199a41a-8186-40b3-b6e1-90e8cb582f35', '0199a41a818670b3b6e190e8cb582f35'])('%s is none', (text) => {
    expect(readQueryUid(text)).toBeUndefined();
  });
});
