import fc from 'fast-check';
import { type CountedWord, Vocabulary } from '../../../server/vocabulary/vocabulary.js';
import { counted } from './counted.js';

const document = (...words: readonly (readonly [term: string, root: string, spelling?: string])[]): Map<string, CountedWord> =>
  new Map(words.map(([term, root, spelling = term]) => [term, { root, spelling }]));

const BOOKS = [document(['کتاب', 'کتاب'], ['کتابیں', 'کتاب']), document(['کتابوں', 'کتاب'], ['شہر', 'شہر']), document(['شہر', 'شہر'])];

function books(): Vocabulary {
  const vocabulary = new Vocabulary();
  for (const one of BOOKS) vocabulary.add(one);
  return vocabulary;
}

describe('Vocabulary', () => {
  it('is empty at first', () => {
    const vocabulary = new Vocabulary();
    expect([vocabulary.documents, vocabulary.size, [...vocabulary.terms()]]).toEqual([0, 0, []]);
    expect([vocabulary.documentsWithTerm('کتاب'), vocabulary.documentsWithRoot('کتاب'), vocabulary.rootOf('کتاب')]).toEqual([
      0,
      0,
      undefined,
    ]);
    expect([vocabulary.formsOf('کتاب'), vocabulary.spellingOf('کتاب')]).toEqual([[], 'کتاب']);
  });

  it('counts documents by term and by root, a root once for each document', () => {
    const vocabulary = books();
    expect(vocabulary.documents).toBe(3);
    expect(vocabulary.documentsWithTerm('کتاب')).toBe(1);
    expect(vocabulary.documentsWithTerm('کتابوں')).toBe(1);
    expect(vocabulary.documentsWithRoot('کتاب')).toBe(2);
    expect(vocabulary.documentsWithRoot('شہر')).toBe(2);
    expect(new Map(vocabulary.terms())).toEqual(
      new Map([
        ['کتاب', 1],
        ['کتابیں', 1],
        ['کتابوں', 1],
        ['شہر', 2],
      ]),
    );
  });

  it('knows the forms of a root, and the root of a form', () => {
    const vocabulary = books();
    expect([...vocabulary.formsOf('کتاب')].sort()).toEqual(['کتاب', 'کتابوں', 'کتابیں'].sort());
    expect(vocabulary.rootOf('کتابوں')).toBe('کتاب');
    vocabulary.add(document(['کتب', 'کتاب']));
    expect(vocabulary.formsOf('کتاب')).toContain('کتب');
  });

  it('does not take a root for a word that somebody wrote', () => {
    const vocabulary = new Vocabulary();
    vocabulary.add(document(['کتابوں', 'کتاب']));
    expect(vocabulary.documentsWithTerm('کتاب')).toBe(0);
    expect([...vocabulary.terms()].map(([term]) => term)).toEqual(['کتابوں']);
    expect(vocabulary.formsOf('کتاب')).toEqual(['کتابوں']);
  });

  it('finds rare words rare', () => {
    const vocabulary = new Vocabulary();
    for (let i = 0; i < 100; i += 1)
      vocabulary.add(
        document(...(i === 0 ? ([['شطرنج', 'شطرنج']] as const) : []), ...(i % 2 === 0 ? ([['شہر', 'شہر']] as const) : []), ['کی', 'کا']),
      );
    const rarities = ['کا', 'شہر', 'شطرنج', 'قرنطینہ'].map((root) => vocabulary.rarity(root));
    expect([...rarities].sort((a, b) => a - b)).toEqual(rarities);
    expect(new Set(rarities).size).toBe(4);
    for (const rarity of rarities) expect(rarity).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(new Vocabulary().rarity('کا'))).toBe(true);
  });

  it('says when it has changed', () => {
    const vocabulary = new Vocabulary();
    vocabulary.add(document(['شہر', 'شہر']));
    const before = vocabulary.generation;
    vocabulary.add(document(['شہر', 'شہر']));
    expect(vocabulary.generation).not.toBe(before);
    const between = vocabulary.generation;
    vocabulary.merge(books());
    expect(vocabulary.generation).not.toBe(between);
  });

  it('has room for many words', () => {
    const vocabulary = new Vocabulary();
    for (let i = 0; i < 5_000; i += 1) vocabulary.add(document([`ا${i}`, `ا${i % 50}`]));
    expect(vocabulary.documentsWithTerm('ا4999')).toBe(1);
    expect(vocabulary.rootOf('ا4999')).toBe('ا49');
    expect(vocabulary.documentsWithRoot('ا49')).toBe(100);
  });

  describe('spellings', () => {
    const written = (...spellings: string[]): string => {
      const vocabulary = new Vocabulary();
      for (const spelling of spellings) vocabulary.add(document(['اج', 'اج', spelling]));
      return vocabulary.spellingOf('اج');
    };

    it.each([
      [['آج'], 'آج'],
      [['آج', 'آج', 'اج'], 'آج'],
      [['اج', 'آج', 'آج'], 'آج'],
      [['آج', 'اج', 'اج'], 'اج'],
      [['اج'], 'اج'],
    ])('of %j it shows %s', (spellings, shown) => expect(written(...spellings)).toBe(shown));

    it('are what the texts have', () => {
      const vocabulary = counted('آج وزیرِ اعلیٰ آئے', 'آج مُحبّت');
      expect(vocabulary.spellingOf('اج')).toBe('آج');
      expect(vocabulary.spellingOf('محبت')).toBe('محبت');
    });

    it('show a majority whatever the order', () => {
      fc.assert(
        fc.property(fc.shuffledSubarray(['آج', 'آج', 'آج', 'آج', 'اج', 'اج', 'أج'], { minLength: 7 }), (spellings) =>
          expect(written(...spellings)).toBe('آج'),
        ),
      );
    });
  });

  describe('merge', () => {
    it('is the same as counting everything in one', () => {
      const texts = ['کتاب اور شہر', 'کتابوں کا شہر', 'آج کا شہر', 'شہروں کی کتابیں آج'];
      const merged = counted(...texts.slice(0, 2));
      merged.merge(counted(...texts.slice(2)));
      expect(sortedEntries(merged)).toEqual(sortedEntries(counted(...texts)));
      expect(merged.documents).toBe(4);
      expect([...merged.formsOf('کتاب')].sort()).toEqual([...counted(...texts).formsOf('کتاب')].sort());
    });

    it('into nothing is a copy, and nothing adds nothing', () => {
      const copy = new Vocabulary();
      copy.merge(books());
      copy.merge(new Vocabulary());
      expect(sortedEntries(copy)).toEqual(sortedEntries(books()));
      expect(copy.documents).toBe(3);
    });

    it('learns the root of a word that was only a root before', () => {
      const vocabulary = new Vocabulary();
      vocabulary.add(document(['کتابوں', 'کتاب']));
      vocabulary.merge(books());
      expect(vocabulary.rootOf('کتاب')).toBe('کتاب');
    });
  });

  it('is restored from its entries', () => {
    const original = counted('آج کتاب اور شہر', 'کتابوں کا شہر', 'مُحبّت شہروں کی کتابیں آج');
    const restored = new Vocabulary();
    for (const entry of original.entries()) restored.restore(...entry);
    restored.documents = original.documents;
    expect(sortedEntries(restored)).toEqual(sortedEntries(original));
    for (const [term] of original.terms()) {
      expect(restored.rootOf(term)).toBe(original.rootOf(term));
      expect(restored.spellingOf(term)).toBe(original.spellingOf(term));
      expect(restored.rarity(term)).toBe(original.rarity(term));
    }
  });
});

const sortedEntries = (vocabulary: Vocabulary): unknown[] => [...vocabulary.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
