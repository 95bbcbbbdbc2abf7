import { likenessOf } from '../../../server/vocabulary/skeleton.js';

describe('the same consonants', () => {
  it.each([
    ['zindagi', 'زندگی'],
    ['zindgi', 'زندگی'],
    ['shatranj', 'شطرنج'],
    ['muhabbat', 'محبت'],
    ['khaandaan', 'خاندان'],
    ['phool', 'پھول'],
    ['ghalib', 'غالب'],
    ['galib', 'غالب'],
    ['qanoon', 'قانون'],
    ['kanoon', 'قانون'],
    ['school', 'اسکول'],
    ['station', 'اسٹیشن'],
    ['computer', 'کمپیوٹر'],
    ['facebook', 'فیسبک'],
    ['youtube', 'یوٹیوب'],
    ['taxi', 'ٹیکسی'],
    ['college', 'کالج'],
    ['police', 'پولیس'],
    ['film', 'فلم'],
    ['amuman', 'عموما'],
    ['sunna', 'سننا'],
    ['judge', 'جج'],
  ])('%s and %s', (typed, term) => expect(likenessOf(typed, term).others).toBe(0));
});

describe('others', () => {
  it.each([
    ['kubernetes', 'کربلا'],
    ['kubernetes', 'کبوتر'],
    ['photosynthesis', 'فوٹو'],
    ['lahore', 'لوگ'],
    ['marshmallow', 'مارسیلو'],
    ['quarterback', 'کرتب'],
    ['kitab', 'کتا'],
    ['kitab', 'کتابت'],
  ])('%s is not %s', (typed, term) => expect(likenessOf(typed, term).others).toBeGreaterThan(0));
});

it('counts those that both have', () => {
  expect(likenessOf('shatranj', 'شطرنج').shared).toBe(5);
  expect(likenessOf('dil', 'دل').shared).toBe(2);
});

it('compares the beginning of a word with one that is still being typed', () => {
  expect(likenessOf('birya', 'بریانی').others).toBeGreaterThan(0);
  expect(likenessOf('birya', 'بریانی', { isBegun: true }).others).toBe(0);
  expect(likenessOf('fleetrodax', 'فلٹرڈ', { isBegun: true }).others).toBeGreaterThan(0);
});
