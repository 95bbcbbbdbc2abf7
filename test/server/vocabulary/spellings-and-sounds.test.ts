import { analyze } from '@justuju/urdu';
import { sameNumbers, signedNumbers } from '../../../server/query/same-numbers.js';
import { englishAsSaid, saidByHeart, saidOfBegun } from '../../../server/vocabulary/english-said.js';
import { endsOtherwise, saidWithAlef } from '../../../server/vocabulary/final-alef.js';
import { otherSpellings, usualRoot } from '../../../server/vocabulary/loan-spellings.js';
import { hasLongVowels, likenessOf } from '../../../server/vocabulary/skeleton.js';

const termOf = (word: string): string => analyze(word)[0]?.term ?? '';
const rootOf = (word: string): string => analyze(word)[0]?.root ?? '';

describe('loan words in several usual spellings', () => {
  it.each([
    ['بنک', 'بینک'],
    ['بنکوں', 'بینک'],
    ['پونڈ', 'پاؤنڈ'],
    ['منیجر', 'مینیجر'],
  ])('%s is also %s', (word, other) => expect(otherSpellings(rootOf(word)).map(({ term }) => term)).toContain(termOf(other)));

  it.each(['بل', 'بیل', 'کتاب'])('%s has none', (word) => expect(otherSpellings(rootOf(word))).toEqual([]));
  it('all have one usual root', () => expect(usualRoot(rootOf('بنک'))).toBe(usualRoot(rootOf('بینک'))));
});

describe('the same amount', () => {
  it.each([
    ['285d5', ['285d50']],
    ['285d50', ['285d5']],
    ['1250', ['1250d0', '1250d00']],
    ['1250d00', ['1250', '1250d0']],
    ['3d1416', []],
    ['pk303', []],
  ])('%s is %j', (term, others) => expect(sameNumbers(term)).toEqual(others));
});

describe('degrees below zero', () => {
  it.each([
    ['minus3d5', [['minus3d50'], []]],
    [
      '7',
      [
        ['7d0', '7d00'],
        ['minus7', 'minus7d0', 'minus7d00'],
      ],
    ],
    ['pk7', [[], []]],
  ])('%s: %j', (term, others) => expect([sameNumbers(term), signedNumbers(term)]).toEqual(others));
});

describe('English as it is said', () => {
  it.each([
    ['colonel', ['krnl']],
    ['pilot', []],
  ])('by heart %s is %j', (word, said) => expect(saidByHeart(word)).toEqual(said));
  it.each([
    ['lamb', ['lamb', 'lam']],
    ['knight', ['knight', 'nait']],
    ['music', ['music', 'myusic']],
    ['repair', ['repair', 'repeyyr']],
    ['pilot', ['pilot']],
  ])('by its letters %s is %j', (word, said) => expect(englishAsSaid(word)).toEqual(said));
  it('a beginning is that of words by heart, from its fourth letter on', () =>
    expect([saidOfBegun('colo'), saidOfBegun('col')]).toEqual([['krnl'], []]));
});

describe('consonants and long vowels of a Latin word', () => {
  it.each([
    ['green', 'جڑیں'],
    ['rice', 'رکھی'],
    ['church', 'کرکٹ'],
    ['goat', 'گوشت'],
  ])('%s has not those of %s', (word, term) => expect(likenessOf(word, termOf(term), { isBegun: true }).others).toBeGreaterThan(0));

  it.each([
    ['general', 'جنرل'],
    ['cinema', 'سنیما'],
    ['nation', 'نیشن'],
    ['machine', 'مشین'],
    ['chemistry', 'کیمسٹری'],
  ])('%s has those of %s', (word, term) => expect(likenessOf(word, termOf(term)).others).toBe(0));

  it.each([
    ['chair', 'چار', false],
    ['queen', 'کان', false],
    ['bear', 'بارش', false],
    ['goal', 'گل', false],
    ['team', 'ٹیم', true],
    ['ailan', 'اعلان', true],
    ['shayar', 'شاعر', true],
    ['book', 'بک', true],
  ])('the long vowels of %s are written in %s: %j', (word, term, are) =>
    expect(hasLongVowels(word, termOf(term), likenessOf(word, termOf(term), { isBegun: true }).shared)).toBe(are),
  );
});

describe('words in yeh that is said as alef', () => {
  it('never end in i', () => {
    expect(endsOtherwise('ali', 'اعلی')).toBe(true);
    expect(endsOtherwise('aala', 'اعلی')).toBe(false);
    expect(endsOtherwise('ali', 'علی')).toBe(false);
  });
  it('are said with an alef', () => expect([saidWithAlef('موسی'), saidWithAlef('علی')]).toEqual(['موسا', undefined]));
});
