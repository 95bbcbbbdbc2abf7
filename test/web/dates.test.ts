import { startOfYear, urduDate, yearOf } from '../../web/dates.js';
import { countOfResults, latinDigits, urduDigits, urduNumber } from '../../web/numbers.js';

describe('urduDate', () => {
  it.each([
    ['2023-08-14', '۱۴ اگست ۲۰۲۳ء'],
    ['1947-01-01', '۱ جنوری ۱۹۴۷ء'],
    ['2024-02-29', '۲۹ فروری ۲۰۲۴ء'],
    ['1999-12-31', '۳۱ دسمبر ۱۹۹۹ء'],
  ])('%s is %s', (date, urdu) => expect(urduDate(date)).toBe(urdu));

  it.each(['2023-02-29', '2023-13-01', '2023-00-10', '2023-01-00', '14 اگست', '2023-8-14', '2023-08-14T00:00:00Z', '', null, undefined, 5])(
    '%p is no date and gives none',
    (date) => expect(urduDate(date)).toBeUndefined(),
  );
});

it('a year begins at midnight UTC and is found again from both of its ends', () => {
  expect(startOfYear(2024)).toBe(1704067200);
  expect(yearOf(startOfYear(2024))).toBe(2024);
  expect(yearOf(startOfYear(2024) - 1)).toBe(2023);
});

describe('numbers', () => {
  it('have Urdu digits and groups of three', () => {
    expect([0, 7, 999, 1000, 1234567].map(urduNumber)).toEqual(['۰', '۷', '۹۹۹', '۱٬۰۰۰', '۱٬۲۳۴٬۵۶۷']);
    expect(urduDigits('covid-19')).toBe('covid-۱۹');
  });
  it('come back from both kinds of digits', () => expect(latinDigits('۲۰۲۳ ٢٠٢٣ 2023')).toBe('2023 2023 2023'));
  it.each([
    [0, 3, 'کوئی نتیجہ نہیں ملا'],
    [1, 0, 'ایک نتیجہ، ۱ ملی سیکنڈ میں'],
    [12, 5, '۱۲ نتائج، ۵ ملی سیکنڈ میں'],
    [1000, 12, '۱٬۰۰۰ یا زیادہ نتائج، ۱۲ ملی سیکنڈ میں'],
  ])('%i results in %i ms: %s', (total, ms, text) => expect(countOfResults(total, ms)).toBe(text));
});
