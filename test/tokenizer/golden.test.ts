import { analyze, rootOf } from '@justuju/urdu';
import { readGolden } from './golden.js';

/** `term` or `term/root`, one space apart, `|` between sentences. */
function show(text: string): string {
  const tokens = analyze(text);
  return tokens
    .map(
      ({ term, root, sentence }, i) =>
        (i > 0 && sentence !== tokens[i - 1]?.sentence ? '| ' : '') + (term === root ? term : `${term}/${root}`),
    )
    .join(' ');
}
const rootsOf = (word: string): string =>
  analyze(word)
    .map(({ root }) => root)
    .join(' ');

describe('sentences.tsv', () => {
  const rows = readGolden('sentences.tsv', show);
  it('has at least 200 sentences', () => expect(rows.length).toBeGreaterThanOrEqual(200));
  it.each(rows)('$input', ({ input, expected, right }) => {
    expect(show(input)).toBe(expected);
    // A row that has become right belongs to the first part.
    if (right !== undefined) expect(right).not.toBe(expected);
  });
});

describe('roots.tsv', () => {
  const rows = readGolden('roots.tsv', rootsOf);
  it.each(rows)('$input', ({ input, expected, right }) => {
    expect(rootsOf(input)).toBe(expected);
    if (right !== undefined) expect(right).not.toBe(expected);
  });
  it('gives roots that are their own roots', () => {
    for (const { expected } of rows) for (const root of expected.split(' ')) expect(rootOf(root)).toBe(root);
  });
});
