import { hasUrduLetters, inArabicLetters, languageOf } from '../../../server/documents/language.js';
import { LanguageCount, leftIn, READ_AS_URDU } from '../../../server/documents/reading.js';

/** As on an Arabic keyboard: no letter of Urdu alone, and yeh, kaf and heh of Arabic. */
const onArabicKeyboard = (text: string): string => text.replace(/ی|ے/g, 'ي').replace(/ک/g, 'ك').replace(/ہ|ھ/g, 'ه');

describe('the language of a text in Arabic script', () => {
  it.each([
    'پاکستان کے وزیر اعظم نے کہا ہے کہ ملک میں بجلی کی قیمت کم ہو گی۔',
    'لاہور',
    'ڈاکٹر',
    'السلام علیکم، آپ کیسے ہیں؟',
    onArabicKeyboard('پاکستان کے وزیر اعظم نے کہا کہ ملک میں بجلی کی قیمت کم ہو گی'),
    onArabicKeyboard('یہ کتاب اردو میں ہے اور وہ کتاب بھی'),
  ])('is Urdu: %s', (text) => {
    expect(languageOf([text])).toBe('urd');
  });

  it.each([
    'افتتح الوزير اليوم المدرسة الجديدة في وسط المدينة',
    'المدرسة',
    'هذا كتاب الله',
    'من على إلى',
    'صدر كتاب جديد عن تاريخ المدن العربية وأسواقها القديمة',
  ])('is Arabic: %s', (text) => {
    expect(languageOf([text])).toBe('ara');
  });

  it.each(['کتابخانه ملی از فردا برای دانشجویان باز است', 'هوای تهران امروز بارانی است و دمای هوا پایین می‌آید'])(
    'is Persian: %s',
    (text) => {
      expect(languageOf([text])).toBe('pes');
    },
  );

  it.each(['الاؤنس ایک', 'شمس الرحمن فاروقی'])('of a few words the article alone does not tell: %s', (text) => {
    expect(languageOf([text])).not.toBe('ara');
  });

  it.each(['محمد احمد', '1947', 'Lahore', 'کتاب', ''])('cannot be told: %s', (text) => {
    expect(languageOf([text])).toBeUndefined();
  });

  it('is not told by the Quran, which all three quote in its own spelling', () => {
    expect(languageOf(['م\u064E\u0640\u0670ل\u0650ك\u0650 ي\u064Eو\u0652م\u0650 \u0671لد\u0651\u0650ين\u0650'])).toBeUndefined();
    expect(languageOf(['مالك يوم الدين'])).toBe('ara');
    expect(languageOf(['اعلی\u0670 عدالت نے کہا ہے'])).toBe('urd');
  });

  it('is told by most of its words: Urdu that quotes a verse is Urdu', () => {
    expect(languageOf(['اس نے نماز میں سورۃ الفاتحہ پڑھی: الحمد لله رب العالمين الرحمن الرحيم، اور پھر گھر کو گیا'])).toBe('urd');
  });
});

describe('letters of an Urdu keyboard', () => {
  it('become those of Arabic', () => {
    expect(['کتاب', 'الذی', 'اللہ', 'رحمۃ', 'مدرسة'].map(inArabicLetters)).toEqual(['كتاب', 'الذي', 'الله', 'رحمة', 'مدرسة']);
    expect(['کتاب', 'الله', 'ڈاک'].map(hasUrduLetters)).toEqual([true, false, true]);
  });
});

const ARABIC = { id: 1, title: 'المدرسة الجديدة' };
const URDU = { id: 2, title: 'نیا اسکول کھلا ہے' };
const EITHER = { id: 3, title: 'محمد احمد' };
const left = (document: object, language: 'urd' | 'ara' | undefined): boolean => leftIn({ ...document }, { language, rules: [] })('title');

describe('texts that are left to Meilisearch', () => {
  it('are those of Arabic documents, but in an index of Urdu', () => {
    expect([ARABIC, URDU, EITHER].map((one) => left(one, undefined))).toEqual([true, false, false]);
    expect([ARABIC, URDU, EITHER].map((one) => left(one, 'ara'))).toEqual([true, false, true]);
    expect([ARABIC, URDU, EITHER].map((one) => left(one, 'urd'))).toEqual([false, false, false]);
  });

  it('are those of fields that the client says are Arabic', () => {
    const isLeft = leftIn({ verse: 'محمد', title: URDU.title }, { ...READ_AS_URDU, rules: [{ patterns: ['verse'], language: 'ara' }] });
    expect([isLeft('verse'), isLeft('title')]).toEqual([true, false]);
  });
});

describe('the language of an index', () => {
  const english = { id: 4, title: 'A new school' };
  it.each([
    [[URDU, URDU, ARABIC], 'urd'],
    [[URDU, ARABIC], 'urd'],
    [[EITHER, EITHER], 'urd'],
    [[URDU, english], 'urd'],
    [[URDU, english, english], undefined],
    [[ARABIC, ARABIC, URDU], 'ara'],
    [[ARABIC, EITHER, EITHER], 'ara'],
    [
      [
        { id: 5, name: 'عبد الحمید' },
        { id: 6, name: 'شمس الرحمن' },
      ],
      'urd',
    ],
    [
      [
        { id: 5, name: 'عبد الحمید' },
        { id: 6, name: 'عبد الرحمن' },
        { id: 7, name: 'عبد الماجد' },
      ],
      'ara',
    ],
    [[english], undefined],
    [[], undefined],
  ] as const)('%#', (documents, language) => {
    const count = new LanguageCount([]);
    for (const document of documents) count.add(document);
    expect(count.language()).toBe(language);
  });
});

it('of lists within lists, however deep, is found', () => {
  let deep: unknown = 'لڑکے کھیل رہے ہیں';
  for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
  const count = new LanguageCount([]);
  count.add({ id: 1, deep });
  expect(count.language()).toBe('urd');
});
