import { askedIn } from '../../../server/insight/asked.js';
import { needOfText } from '../../../server/settings/need.js';

const ARABIC_YEH = '\u064A';
const ARABIC_KAF = '\u0643';

describe('the need of a query', () => {
  it.each([
    ['other letters', 'کتاب', `${ARABIC_KAF}تاب`],
    ['other forms', 'کتاب', 'کتابیں'],
    ['function words', 'غالب کی شاعری', 'غالب شاعری'],
    ['spaces written or not', 'خوب صورت', 'خوبصورت'],
    ['capitals', 'WhatsApp', 'whatsapp'],
    ['digits of Urdu', 'بجٹ ۲۰۲۴', 'بجٹ 2024'],
    ['yeh', 'شاعری', `شاعر${ARABIC_YEH}`],
  ])('is the same in %s', (_what, one, other) => {
    expect(needOfText(one)).toBe(needOfText(other));
  });

  it.each([
    ['another order', 'دکان کتاب', 'کتاب دکان'],
    ['a negation', 'شراب', 'شراب نہیں'],
    ['nothing but function words', 'کیا ہے', 'کون ہے'],
  ])('is another with %s', (_what, one, other) => {
    expect(needOfText(one)).not.toBe(needOfText(other));
  });
});

describe('a search as it is counted', () => {
  const text = (q: unknown): string | undefined => askedIn('books', q, { totalHits: 1 }, 0)?.text;

  it.each<[string, unknown]>([
    ['one without words', ''],
    ['none at all', undefined],
    ['one letter', 'ک'],
    ['signs alone', '؟؟'],
    ['what was pasted', 'کتاب '.repeat(50)],
    ['an address of mail', 'خط someone@example.com'],
    ['the number of a phone', 'فون 0300 1234567'],
    ['the number of an identity card', '۳۵۲۰۲-۱۲۳۴۵۶۷-۱'],
    ['a number with dots', '0311.765.4321'],
    ['a number with brackets', 'دفتر (۰۴۲) ۳۵۷۶-۵۴۳۲'],
    ['a number with strokes', '0311/7654321'],
  ])('is not written down for %s', (_what, q) => {
    expect(text(q)).toBeUndefined();
  });

  it.each([
    'انتخابات 2024',
    'دفعہ 144',
    'PK-303',
    'بجٹ 2024-2025',
    '2024-11-29',
    '29.11.2024',
    '14/08/1947',
    'ورژن 10.15.7',
    '14 اگست 1947',
  ])('%s is', (q) => {
    expect(text(q)).toBe(q);
  });

  it('has found nothing where neither pages nor hits say so', () => {
    const isEmpty = (answer: Record<string, unknown>): boolean | undefined => askedIn('books', 'کتاب', answer, 0)?.isEmpty;
    expect([isEmpty({ totalHits: 0 }), isEmpty({ estimatedTotalHits: 3 }), isEmpty({ hits: [] })]).toEqual([true, false, true]);
  });
});
