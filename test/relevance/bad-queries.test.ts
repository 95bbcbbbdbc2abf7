/**
 * What nobody should type asks the vocabulary few costly questions: in-process, over the vocabulary of the samples. Questions are counted, since time would be that of the machine.
 * See bad-input.test.ts for the answers.
 */
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { readArticles } from '../../seed/articles.js';
import { MOST_GUESSED } from '../../server/query/read-words.js';
import { type Understood, understand } from '../../server/query/understand.js';
import type { Knowledge } from '../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../server/search/collection.js';

let knowledge: Knowledge;
let words: readonly string[];
beforeAll(async () => {
  const texts: string[] = [];
  for await (const article of readArticles([fileURLToPath(new URL('../../samples', import.meta.url))]))
    texts.push(
      Object.values(article)
        .filter((value) => typeof value === 'string')
        .join(' '),
    );
  // Ten times each: a collection that knows its words.
  knowledge = await knowledgeOf(texts, 10);
  words = [...knowledge.vocabulary.terms()].map(([term]) => term).filter((term) => /^[\u0600-\u06FF]{4,}$/.test(term));
});

const LETTERS = 'بپتٹجچدڈرڑسشفقکگلم';
const letter = (i: number): string => LETTERS[i % LETTERS.length] as string;
const misspelled = (i: number): string => {
  const word = words[i % words.length] as string;
  return `${word.slice(0, 2)}${letter(i)}${word.slice(3)}`;
};
const roman = (i: number): string =>
  [i, i * 7, i * 31].map((n) => 'bptjdrszkglmn'[n % 13] + ('aiu'[Math.floor(n / 13) % 3] as string)).join('');
const many = (count: number, word: (i: number) => string, round = 0): string =>
  Array.from({ length: count }, (_, i) => word(i + round * count)).join(' ');

const BAD: readonly (readonly [what: string, q: (round: number) => string])[] = [
  ['only function words', () => 'یہ ہے کہ اس کا اور ان کے لیے'],
  ['only negatives', () => '-شطرنج -"خون کا عطیہ" -بریانی'],
  ['2,000 negatives', () => many(2_000, (i) => `-${words[i % words.length]}`)],
  ['2,000 words of articles', (round) => many(2_000, (i) => words[i % words.length] as string, round)],
  ['2,000 words that nobody knows', (round) => many(2_000, (i) => `قرنط${letter(i)}ژظ${letter(i >> 4)}${letter(i >> 8)}`, round)],
  ['500 different misspelled words', (round) => many(500, misspelled, round)],
  ['500 Roman words', (round) => many(500, roman, round)],
  ['500 Roman words in capitals', (round) => many(500, roman, round).toUpperCase()],
  [
    '500 words without a space between two',
    (round) => many(500, (i) => `${words[i % words.length]}${words[(i + 1) % words.length]}`, round),
  ],
  ['500 sums', (round) => many(500, (i) => `$${i % 40}`, round)],
  ['one letter', () => 'ش'],
  ['one Roman letter', () => 's'],
  ['pictures', () => '😀'.repeat(500)],
  ['unbalanced quotes', () => '"شطرنج "کا" “بساط " '.repeat(100)],
  ['20,000 quotes', () => '"'.repeat(20_000)],
  ['a right-to-left override', () => '\u202Eشطرنج\u202E کی بساط'],
  ['a word of 2,000 letters', () => 'شطرنجبریانی'.repeat(182)],
  ['a Latin word of 2,000 letters', () => 'shatranj'.repeat(250)],
  ['a megabyte', () => 'شطرنج '.repeat(180_000)],
  ['a megabyte of spaces', () => ' '.repeat(1_000_000)],
];

/** Near spellings, words by sound, words that stand together, words that begin so: each costs some tenth of a millisecond at 200,000 words. */
const COSTLY: readonly (readonly [owner: () => object, name: string])[] = [
  ...['near', 'nearLatin'].map((name) => [() => knowledge.spelling as object, name] as const),
  ...['roman', 'romanPrefix', 'romanSplit', 'devanagari', 'devanagariPrefix', 'devanagariSplit'].map(
    (name) => [() => knowledge.sound as object, name] as const,
  ),
  ...['together', 'following', 'areInOneDocument', 'areInOneSentence', 'completions', 'latinNames'].map(
    (name) => [() => knowledge, name] as const,
  ),
];

/** No query has more words guessed at than MOST_GUESSED; 500 Roman words took 10 questions for each of these, half of them by sound: as Urdu, as English, and of pieces. */
const MOST_QUESTIONS = 12 * MOST_GUESSED;

it.each(BAD)('%s: asks few costly questions', (_what, q) => {
  const counted = COSTLY.map(([owner, name]) => jest.spyOn(owner() as Record<string, () => unknown>, name));
  understand(q(0), knowledge);
  const questions = counted.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  for (const spy of counted) spy.mockRestore();
  expect(questions).toBeLessThanOrEqual(MOST_QUESTIONS);
});

describe('a long query', () => {
  const guessedIn = ({ slots }: Understood): number => slots.filter(({ readings }) => readings[0]?.reason !== 'exact').length;

  it('has its first unknown words read, and the others as they were typed', () => {
    const { slots } = understand(many(100, misspelled), knowledge);
    expect(guessedIn({ slots } as Understood)).toBeGreaterThan(MOST_GUESSED / 2);
    expect(guessedIn({ slots } as Understood)).toBeLessThanOrEqual(MOST_GUESSED);
    expect(slots.at(-1)?.readings[0]?.reason).toBe('exact');
  });

  it('has a misspelled word corrected at the end of many known ones', () => {
    const known = words.filter((word) => knowledge.vocabulary.documentsWithTerm(word) > 3).slice(0, 60);
    const { slots } = understand(`${known.join(' ')} حقومت `, knowledge);
    expect(slots.at(-1)?.readings[0]).toMatchObject({ terms: ['حکومت'], reason: 'corrected' });
  });

  it('of Roman words as many as a reader types is read whole', () => {
    const { slots } = understand(Array.from({ length: MOST_GUESSED }, () => 'hukumat').join(' '), knowledge);
    expect(slots.every(({ readings }) => readings[0]?.terms[0] === 'حکومت')).toBe(true);
  });
});
