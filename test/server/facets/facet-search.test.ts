import { mergeFacetHits } from '../../../server/facets/facet-search.js';

const hits = (counts: Record<string, number>) => Object.entries(counts).map(([value, count]) => ({ value, count }));
const ARABIC = '\u0643\u0631\u0627\u0686\u064A'; // کراچی in letters of an Arabic keyboard

it.each([
  ['spellings of one value in the answers to two questions are one', [[{ [ARABIC]: 2, لاہور: 1 }], [{ کراچی: 3 }]], { کراچی: 5, لاہور: 1 }],
  ['the spelling that is most frequent in all of them is shown', [[{ [ARABIC]: 2, کراچی: 1 }], [{ کراچی: 2 }]], { کراچی: 5 }],
  ['what two beginnings find counts once', [[{ کراچی: 3 }, { کراچی: 3, [ARABIC]: 1 }]], { کراچی: 4 }],
])('%s', (_what, answers, expected) => {
  expect(Object.fromEntries(mergeFacetHits(answers.map((of) => of.map(hits))).map(({ value, count }) => [value, count]))).toEqual(expected);
});

it.each([
  ['by name', [[{ آم: 1, لاہور: 1 }], [{ پشاور: 2, چمن: 1 }]], ['آم', 'پشاور', 'چمن', 'لاہور']],
  ['by count', [[{ لاہور: 5, آم: 1 }], [{ پشاور: 4, چمن: 2 }]], ['لاہور', 'پشاور', 'چمن', 'آم']],
])('values of several answers stay %s', (_how, answers, expected) => {
  expect(mergeFacetHits(answers.map((of) => of.map(hits))).map(({ value }) => value)).toEqual(expected);
});
