import { toApplied } from '../../../server/settings/terms.js';
import { correctionOf, DEFAULT_TYPOS, typosIn } from '../../../server/settings/typos.js';
import { SHADOW_ROOT } from '../../../server/shadow/shadow.js';

describe('correctionOf', () => {
  it('is Meilisearch’s default where nothing is set', () => expect(correctionOf({})).toEqual({ isUrdu: false, typos: DEFAULT_TYPOS }));

  it('reads the client’s settings from what Meilisearch holds, words as terms', () => {
    const typoTolerance = {
      enabled: true,
      minWordSizeForTypos: { oneTypo: 3 },
      disableOnWords: ['\u0643تابیں', 'iPhone'],
      disableOnAttributes: ['id'],
    };
    const held = toApplied({ typoTolerance }, {}, ['typoTolerance'], SHADOW_ROOT, 'urd');
    expect(held['typoTolerance']).toMatchObject({ enabled: false });
    expect(correctionOf(held)).toEqual({
      isUrdu: true,
      typos: {
        enabled: true,
        minWordSizeForTypos: { oneTypo: 3, twoTypos: 9 },
        disableOnWords: ['iphone', 'کتابیں'],
        disableOnAttributes: ['id'],
        disableOnNumbers: false,
      },
    });
  });
});

describe('typosIn', () => {
  const typos = { ...DEFAULT_TYPOS, disableOnAttributes: ['title', 'author'] };
  it.each([
    [undefined, true, 'all fields'],
    [['title'], false, 'only a field without typos'],
    [['author', 'title'], false, 'only such fields'],
    [['title', 'body'], true, 'another field too'],
    [[], true, 'no list'],
    ['title', true, 'nothing that Meilisearch takes'],
  ])('%j: %j (%s)', (searched: unknown, expected: boolean, _why: string) => expect(typosIn(typos, searched).enabled).toBe(expected));
});
