import fc from 'fast-check';
import type { Word } from '../../../server/store/batch.js';
import { Dictionary } from '../../../server/store/dictionary.js';
import { dictionaryOf, dictionaryOfWords } from './dictionary-of.js';

const document = (...words: readonly (readonly [term: string, root: string, spelling?: string])[]): readonly Word[] =>
  words.map(([term, root, spelling = term]) => ({ term, root, spelling, sentence: 0 }));

const BOOKS = [document(['کتاب', 'کتاب'], ['کتابیں', 'کتاب']), document(['کتابوں', 'کتاب'], ['شہر', 'شہر']), document(['شہر', 'شہر'])];

describe('Dictionary', () => {
  it('is empty at first', () => {
    const dictionary = new Dictionary();
    expect([dictionary.documents, dictionary.size, [...dictionary.terms()]]).toEqual([0, 0, []]);
    expect([dictionary.documentsWithTerm('کتاب'), dictionary.documentsWithRoot('کتاب'), dictionary.rootOf('کتاب')]).toEqual([
      0,
      0,
      undefined,
    ]);
    expect([dictionary.formsOf('کتاب'), dictionary.spellingOf('کتاب')]).toEqual([[], 'کتاب']);
  });

  it('counts documents by term and by root, a root once for each document', () => {
    const dictionary = dictionaryOfWords(BOOKS);
    expect(dictionary.documents).toBe(3);
    expect(dictionary.documentsWithTerm('کتاب')).toBe(1);
    expect(dictionary.documentsWithTerm('کتابوں')).toBe(1);
    expect(dictionary.documentsWithRoot('کتاب')).toBe(2);
    expect(dictionary.documentsWithRoot('شہر')).toBe(2);
    expect(new Map(dictionary.terms())).toEqual(
      new Map([
        ['کتاب', 1],
        ['کتابیں', 1],
        ['کتابوں', 1],
        ['شہر', 2],
      ]),
    );
  });

  it('knows the forms of a root, and the root of a form', () => {
    const dictionary = dictionaryOfWords([...BOOKS, document(['کتب', 'کتاب'])]);
    expect([...dictionary.formsOf('کتاب')].sort()).toEqual(['کتاب', 'کتابوں', 'کتابیں', 'کتب'].sort());
    expect(dictionary.rootOf('کتابوں')).toBe('کتاب');
  });

  it('does not take a root for a word that somebody wrote', () => {
    const dictionary = dictionaryOfWords([document(['کتابوں', 'کتاب'])]);
    expect(dictionary.documentsWithTerm('کتاب')).toBe(0);
    expect([...dictionary.terms()].map(([term]) => term)).toEqual(['کتابوں']);
    expect(dictionary.formsOf('کتاب')).toEqual(['کتابوں']);
  });

  it('finds rare words rare', () => {
    const dictionary = dictionaryOfWords(
      Array.from({ length: 100 }, (_none, i) =>
        document(...(i === 0 ? ([['شطرنج', 'شطرنج']] as const) : []), ...(i % 2 === 0 ? ([['شہر', 'شہر']] as const) : []), ['کی', 'کا']),
      ),
    );
    const rarities = ['کا', 'شہر', 'شطرنج', 'قرنطینہ'].map((root) => dictionary.rarity(root));
    expect([...rarities].sort((a, b) => a - b)).toEqual(rarities);
    expect(new Set(rarities).size).toBe(4);
    for (const rarity of rarities) expect(rarity).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(new Dictionary().rarity('کا'))).toBe(true);
  });

  it('forgets words that no document holds any more, and says when it has changed', () => {
    const dictionary = dictionaryOfWords(BOOKS);
    const before = dictionary.generation;
    const [root, term] = [dictionary.findRoot('شہر') as number, dictionary.findTerm('شہر') as number];
    const [form] = dictionary.formsOfTerm(term);
    const less = (number: number): { numbers: Uint32Array; changes: Int32Array } => ({
      numbers: Uint32Array.of(number),
      changes: Int32Array.of(-2),
    });
    dictionary.count({ documents: -2, roots: less(root), terms: less(term), forms: less(form as number) });
    expect(dictionary.generation).not.toBe(before);
    expect([dictionary.documents, dictionary.size, dictionary.documentsWithRoot('شہر'), dictionary.rootOf('شہر')]).toEqual([
      1,
      3,
      0,
      undefined,
    ]);
    expect([dictionary.formsOf('شہر'), dictionary.termsOfRoot(root)]).toEqual([[], []]);
    expect([...dictionary.terms()].map(([text]) => text)).not.toContain('شہر');
  });

  it('has room for many words', () => {
    const dictionary = dictionaryOfWords(Array.from({ length: 5_000 }, (_none, i) => document([`ا${i}`, `ا${i % 50}`])));
    expect(dictionary.documentsWithTerm('ا4999')).toBe(1);
    expect(dictionary.rootOf('ا4999')).toBe('ا49');
    expect(dictionary.documentsWithRoot('ا49')).toBe(100);
  });

  it('finds the words that begin so, in order', () => {
    const dictionary = dictionaryOfWords(BOOKS);
    const beginning = (prefix: string): string[] => {
      const found: string[] = [];
      dictionary.beginningWith(prefix, (_term, text) => found.push(text));
      return found;
    };
    expect(beginning('کتاب')).toEqual(['کتاب', 'کتابوں', 'کتابیں'].sort());
    expect(beginning('کتابو')).toEqual(['کتابوں']);
    expect(beginning('زز')).toEqual([]);
    dictionary.add({
      roots: [],
      terms: ['کتابچہ'],
      termRoots: Uint32Array.of(dictionary.findRoot('کتاب') as number),
      spellings: [''],
      formTerms: Uint32Array.of(dictionary.termCount),
    });
    expect(beginning('کتابچ')).toEqual([]);
    const term = dictionary.findTerm('کتابچہ') as number;
    const none = { numbers: new Uint32Array(0), changes: new Int32Array(0) };
    dictionary.count({ documents: 0, roots: none, terms: { numbers: Uint32Array.of(term), changes: Int32Array.of(1) }, forms: none });
    expect(beginning('کتابچ')).toEqual(['کتابچہ']);
  });

  describe('spellings', () => {
    const written = (...spellings: string[]): string =>
      dictionaryOfWords(spellings.map((spelling) => document(['اج', 'اج', spelling]))).spellingOf('اج');

    it.each([
      [['آج'], 'آج'],
      [['آج', 'آج', 'اج'], 'آج'],
      [['اج', 'آج', 'آج'], 'آج'],
      [['آج', 'اج', 'اج'], 'اج'],
      [['اج'], 'اج'],
    ])('of %j it shows %s', (spellings, shown) => expect(written(...spellings)).toBe(shown));

    it('are what the texts have', () => {
      const dictionary = dictionaryOf(['آج وزیرِ اعلیٰ آئے', 'آج مُحبّت']);
      expect(dictionary.spellingOf('اج')).toBe('آج');
      expect(dictionary.spellingOf('محبت')).toBe('محبت');
    });

    it('show a majority whatever the order', () => {
      fc.assert(
        fc.property(fc.shuffledSubarray(['آج', 'آج', 'آج', 'آج', 'اج', 'اج', 'أج'], { minLength: 7 }), (spellings) =>
          expect(written(...spellings)).toBe('آج'),
        ),
      );
    });
  });
});
