import { createAnalyzer, type Token } from '@justuju/urdu';
import fc from 'fast-check';
import { SignFinder, signedAt } from '../../../server/store/signed-words.js';
import { Spellings } from '../../../server/store/spellings.js';
import { spellingOf } from '../../../server/store/words.js';

const analyzer = createAnalyzer();

/** Letters, signs and what stands between words: the rules are about what touches what. */
const text = fc
  .array(fc.constantFrom('آ', 'ب', 'ئے', 'کَ', 'ي', 'x', '7', ' ', ' ', '.', '#', '+', '&', '*', '۔', 'حیدرآباد', 'C'), { maxLength: 40 })
  .map((parts) => parts.join(''));

describe('a look for signs', () => {
  it('passes no word with signs by', () => {
    fc.assert(
      fc.property(text, (text) => {
        const tokens = analyzer.analyze(text);
        const signs = new SignFinder(text, tokens);
        tokens.forEach((_, i) => {
          const isThere = signedAt(text, tokens, i) !== undefined || signedAt(text, tokens, i, true) !== undefined;
          expect({ i, seen: signs.mayBeAt(i) || !isThere }).toEqual({ i, seen: true });
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['C++ اور .NET', [true, true, true]],
    ['یہ ایک سادہ جملہ ہے', [false, false, false, false, false]],
    ['پہلا دوسرا تیسرا چوتھا پانچواں چھٹا ساتواں آٹھواں #نواں', [false, false, true, true, true, true, true, true, true]],
  ])('is not taken where none is near: %s', (text, seen) => {
    const tokens = analyzer.analyze(text);
    const signs = new SignFinder(text, tokens);
    expect(tokens.map((_, i) => signs.mayBeAt(i))).toEqual(seen);
  });
});

describe('remembered spellings', () => {
  it('are those that would be made anew', () => {
    const spellings = new Spellings(spellingOf);
    fc.assert(
      fc.property(text, (text) => {
        for (const token of analyzer.analyze(text)) expect(spellings.of(token)).toBe(spellingOf(token));
      }),
      { numRuns: 1_000 },
    );
  });

  it('are made once, but for long words and other terms of the same letters', () => {
    const made: string[] = [];
    const spellings = new Spellings(({ text, term }) => {
      made.push(text);
      return `${text}/${term}`;
    });
    const ask = (text: string, term: string): string => spellings.of({ text, term } as Token);
    expect([ask('آج', 'اج'), ask('آج', 'اج'), ask('آج', 'آ'), ask('اج', 'اج')]).toEqual(['آج/اج', 'آج/اج', 'آج/آ', 'اج']);
    expect(made).toEqual(['آج', 'آج']);
    const long = 'آ'.repeat(13);
    ask(long, 'ا');
    ask(long, 'ا');
    expect(made).toEqual(['آج', 'آج', long, long]);
  });
});
