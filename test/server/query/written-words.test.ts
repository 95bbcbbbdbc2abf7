import { analyze } from '@justuju/urdu';
import fc from 'fast-check';
import { writtenWords } from '../../../server/query/written-words.js';

const wordsOf = (text: string) => writtenWords(text, analyze(text));

describe('words as they are written', () => {
  it.each<[string, string[][], string[]]>([
    ['کیساتھ کتابوں', [['کے', 'ساتھ'], ['کتابوں']], ['fused-word', 'function-form', 'feminine']],
    ['\u0643\u062A\u0627\u0628', [['کتاب']], ['letters']],
    ['گاؤں، شہر', [['گاوں'], ['شہر']], ['search-fold']],
    ['500$', [['500', 'ڈالر']], []],
    ['', [], []],
  ])('%s', async (text, terms, rules) => {
    const words = await wordsOf(text);
    expect(words.map((word) => word.terms.map(({ term }) => term))).toEqual(terms);
    expect(words.flatMap(({ steps }) => steps.map(({ rule }) => rule))).toEqual(rules);
  });

  it('hold all tokens, in their order, at their places', async () => {
    const text = fc.string({ unit: fc.constantFrom('ک', 'ت', 'ا', 'ب', 'و', 'ں', 'ے', ' ', '-', '$', '5', 'C', '+', '\u200C', '\u064A') });
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const tokens = analyze(given);
        const words = await writtenWords(given, tokens);
        expect(words.flatMap(({ terms }) => terms)).toEqual(tokens.map(({ term, root, type }) => ({ term, root, type })));
        for (const { text: written, start, end } of words) expect(given.slice(start, end)).toBe(written);
      }),
    );
  });
});
