import { readDay } from '../../search-box/src/text/dates.js';
import { createLocale } from '../../search-box/src/text/locale.js';
import { latinDigits, urduDigits, urduNumber } from '../../search-box/src/text/numbers.js';

const urdu = createLocale('ur', 'urdu');

describe('dates', () => {
  it.each<[string | number, string]>([
    ['2023-08-14', '۱۴ اگست ۲۰۲۳ء'],
    ['1947-01-01', '۱ جنوری ۱۹۴۷ء'],
    ['2024-02-29', '۲۹ فروری ۲۰۲۴ء'],
    ['1999-12-31T23:59:00+05:00', '۳۱ دسمبر ۱۹۹۹ء'],
    [1691971200, '۱۴ اگست ۲۰۲۳ء'],
    [1691971200000, '۱۴ اگست ۲۰۲۳ء'],
  ])('%s is %s', (date, written) => expect(urdu.date(date)).toBe(written));

  it.each(['2023-02-29', '2023-13-01', '2023-00-10', '2023-01-00', '14 اگست', '2023-8-14', '', null, undefined, Number.NaN])(
    '%p is no date and gives none',
    (date) => expect(readDay(date)).toBeUndefined(),
  );

  it('are written in the language and the numerals of the interface', () => {
    expect(createLocale('ur', 'latin').date('2023-08-14')).toBe('14 اگست 2023ء');
    expect(createLocale('en', 'urdu').date('2023-08-14')).toBe('14 August 2023');
  });
});

describe('numbers', () => {
  it('have Urdu digits and groups of three', () => {
    expect([0, 7, 999, 1000, 1234567].map(urduNumber)).toEqual(['۰', '۷', '۹۹۹', '۱٬۰۰۰', '۱٬۲۳۴٬۵۶۷']);
    expect(urduDigits('covid-19')).toBe('covid-۱۹');
    expect(createLocale('en', 'urdu').number(1234567)).toBe('1,234,567');
  });
  it('of years are not grouped', () => expect(urdu.year(2024)).toBe('۲۰۲۴'));
  it('come back from both kinds of digits', () => expect(latinDigits('۲۰۲۳ ٢٠٢٣ 2023')).toBe('2023 2023 2023'));
});
