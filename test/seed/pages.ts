import fc from 'fast-check';

/** What an Arabic keyboard types for Urdu letters. */
export const ARABIC_KEYBOARD: Readonly<Record<string, string>> = { ی: '\u064A', ک: '\u0643', ہ: '\u0647', ھ: '\u0647' };

const word = fc.constantFrom(
  'باغ',
  'درخت',
  'شہر',
  'نئے',
  'میں',
  'کے',
  'ہے',
  'تھا',
  'لاہور',
  'نے',
  'کہا',
  'آم',
  'جامن',
  'x',
  '12',
  'زِندگی',
  'ب\u200Cغ',
);
const words = (most: number): fc.Arbitrary<string> => fc.array(word, { minLength: 1, maxLength: most }).map((list) => list.join(' '));

/** Lines that the rules are about, so that they meet in every order. */
const line = fc.oneof(
  words(4),
  words(30).map((text) => `${text}۔`),
  words(5).map((text) => `${text}...`),
  words(20).map((text) => `لاہور (سٹاف رپورٹر) ${text}۔`),
  words(20).map((text) => `کراچی: ${text}۔`),
  words(6).map((text) => `مزید پڑھیں: ${text}`),
  fc.constantFrom(
    '',
    '',
    '  ',
    '\u00A0',
    '\u200F',
    '***',
    'پڑھیں:',
    'مزید پڑھیں',
    'Shares:',
    'Facebook',
    'X',
    'فیس بک ٹوئٹر',
    'مزید :',
    'صفحہ اول -',
    'ہمارا واٹس ایپ چینل جوائن کریں',
    'ٹیگز: باغ',
    '#باغ #شہر',
    'اشتہار',
    '14 مارچ 2025',
    'اشاعت کی تاریخ: 31 فروری 2025',
    'ذریعہ: شہر نامہ',
    'ذریعہ:',
    'موضوع: ادب',
    'نئے باغ',
    'نئے باغ میں درخت آم',
  ),
);

/** A page of such lines. */
export const urduPage: fc.Arbitrary<string> = fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'));
