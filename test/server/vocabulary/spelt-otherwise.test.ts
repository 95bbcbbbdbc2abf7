import { isSpeltOtherwise } from '../../../server/vocabulary/spelt-otherwise.js';

describe('what English letters say against an Urdu word', () => {
  it.each([
    ['mother', 'موثر'],
    ['house', 'حصے'],
    ['cough', 'کویی'],
    ['fish', 'فیصد'],
    ['hammer', 'عمر'],
    ['side', 'صدی'],
    ['care', 'کار'],
    ['chore', 'چار'],
    ['museum', 'موسم'],
    ['tower', 'طور'],
    ['share', 'سہارے'],
    ['share', 'شیر'],
    ['grid', 'گریڈ'],
    ['bill', 'بیل'],
    ['chess', 'چیز'],
    ['apple', 'اپیل'],
    ['onion', 'یونین'],
    ['pulley', 'پیالی'],
    ['valley', 'والی'],
  ])('%s is not %s', (word, term) => expect(isSpeltOtherwise(word, term, false)).toBe(true));

  it.each([
    ['share', 'شروع'],
    ['care', 'کراچی'],
    ['country', 'کنٹرول'],
    ['bone', 'بند'],
    ['pick', 'پاکستان'],
  ])('%s does not begin %s', (word, term) => expect(isSpeltOtherwise(word, term, true)).toBe(true));

  it.each([
    ['hisse', 'حصے'],
    ['ishaq', 'اسحاق'],
    ['shaat', 'اشاعت'],
    ['share', 'شییر'],
    ['square', 'اسکوایر'],
    ['habib', 'حبیب'],
    ['missile', 'میزایل'],
    ['pahle', 'پہلے'],
    ['wallah', 'واللہ'],
    ['wali', 'والی'],
    ['pyala', 'پیالہ'],
    ['bare', 'بارے'],
    ['qissa', 'قصہ'],
    ['love', 'لو'],
    ['game', 'گیم'],
    ['code', 'کوڈ'],
    ['house', 'ہاوس'],
    ['tower', 'ٹاور'],
    ['letter', 'لیٹر'],
    ['sorry', 'سوری'],
    ['nation', 'نیشن'],
    ['committee', 'کمیٹی'],
    ['journalist', 'جرنلسٹ'],
    ['high', 'ہای'],
    ['allama', 'علامہ'],
    ['tawajjo', 'توجہ'],
    ['hadith', 'حدیث'],
    ['karen', 'کریں'],
  ])('%s is %s', (word, term) => expect(isSpeltOtherwise(word, term, false)).toBe(false));

  it.each([
    ['kare', 'کریں'],
    ['ibrahi', 'ابراہیم'],
    ['leade', 'لیڈر'],
    ['decembe', 'دسمبر'],
    ['hisse', 'حصے'],
    ['zinda', 'زندگی'],
  ])('%s begins %s', (word, term) => expect(isSpeltOtherwise(word, term, true)).toBe(false));
});
