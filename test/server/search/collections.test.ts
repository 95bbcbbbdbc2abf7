import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Collections } from '../../../server/search/collections.js';
import { Dictionary } from '../../../server/store/dictionary.js';
import type { Store } from '../../../server/store/stores.js';
import type { Synchronizer } from '../../../server/store/synchronizer.js';
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

/** Words that are found by their sound alone: where nothing is known of the words of an index they find nothing. */
const ROUNDS = [
  ['پتنگ اڑانے والے بچے', 'patang'],
  ['سمندر کے کنارے چٹان', 'samandar'],
  ['بادام اور اخروٹ کی مٹھائی', 'akhrot'],
  ['گھوڑے کی سواری', 'ghoray'],
] as const;

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju();
});
afterAll(() => justuju.stop());

const task = async (method: string, path: string, body?: unknown): Promise<void> => {
  const answer = await call(justuju.url, method, path, body);
  await finished(justuju.url, answer.body.taskUid);
};
const totalOf = async (uid: string, q: string): Promise<unknown> =>
  (await call(justuju.url, 'POST', `/indexes/${uid}/search`, { q })).body.estimatedTotalHits;

describe('the words of an index are known at the first search', () => {
  it('after it was deleted and made anew under the same name, each time', async () => {
    for (const [text, roman] of ROUNDS) {
      await task('POST', '/indexes/anew/documents', [{ id: 1, text }]);
      expect([roman, await totalOf('anew', roman)]).toEqual([roman, 1]);
      await task('DELETE', '/indexes/anew');
    }
  });

  it('after each document that brings new ones', async () => {
    for (const [i, [text, roman]] of ROUNDS.entries()) {
      await task('POST', '/indexes/growing/documents', [{ id: i, text }]);
      expect([roman, await totalOf('growing', roman)]).toEqual([roman, 1]);
    }
  });
});

describe('a store that is still being built', () => {
  /** In step at the `looks`-th look. */
  function collectionsBehind(looks: number): { readonly collections: Collections; readonly isInStep: () => boolean } {
    const store = { searcher: { dictionary: new Dictionary(), refresh: () => undefined } } as unknown as Store;
    let looked = 0;
    const synchronizer = {
      use: () => store,
      isForeign: () => false,
      isInStep: () => {
        looked += 1;
        return looked >= looks;
      },
    } as unknown as Synchronizer;
    return { collections: new Collections(synchronizer, 0), isInStep: () => looked >= looks };
  }

  it('is waited for at a start, longer than a search would', async () => {
    const { collections, isInStep } = collectionsBehind(20);
    expect(await collections.of('samples', 60_000)).toBeDefined();
    expect(isInStep()).toBe(true);
  });

  it('is not waited for by a search that may not wait', async () => {
    const { collections, isInStep } = collectionsBehind(20);
    expect(await collections.of('samples')).toBeDefined();
    expect(isInStep()).toBe(false);
  });
});
