/** Analysis of n times the text costs n times as much, counted in code units read, for the texts that tempt a scanner to look again. */
import { analyzeWord, collectTokens } from '../../tokenizer/src/analyzer.js';
import { WordCache } from '../../tokenizer/src/word.js';

const newCache = (): WordCache => new WordCache((raw) => analyzeWord(raw, undefined));

function stepsOf(text: string): number {
  const effort = { steps: 0 };
  collectTokens(text, newCache(), effort);
  return effort.steps;
}

const TEMPTING = {
  'plain text': 'حکومت نے عوام کے لیے نئے منصوبے کا اعلان کردیا۔ ',
  'no spaces at all': 'حکومت',
  'ے without spaces': 'کے',
  'dotted letters': 'a.',
  'hyphenated Latin': 'a-b',
  'an endless e-mail name': 'a.b_',
  'at signs': 'a@',
  dots: '.',
  'abbreviation dots': 'پی۔',
  'digit groups': '1,000,',
  decimals: '1.',
  'line breaks': '\n',
  'spaced line breaks': '\n                 ',
  'the opening of a formula': 'صلی ',
  'stacked marks': 'ب\u064E\u0651',
  'marks alone': '\u064E',
  joiners: '👨\u200D',
  flags: '🇵',
  slashes: 'http://',
  'lone surrogates': '\uD800',
  'number signs': '\u0600',
} as const;

it.each(Object.entries(TEMPTING))('%s', (_name, piece) => {
  const text = piece.repeat(2_000);
  const [once, tenfold] = [stepsOf(text), stepsOf(text.repeat(10))];
  expect(tenfold).toBeLessThanOrEqual(once * 10 * 1.01 + 1_000);
});

it.each(Object.entries(TEMPTING))('%s: 100,000 characters', (_name, piece) => {
  const text = piece.repeat(Math.ceil(100_000 / piece.length));
  const started = performance.now();
  collectTokens(text, newCache());
  // Counting steps trusts the counter. This does not: a square would take minutes.
  expect(performance.now() - started).toBeLessThan(5_000);
});
