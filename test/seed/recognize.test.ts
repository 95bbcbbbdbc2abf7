import { readPage } from '../../seed/articles.js';
import { datelineOf } from '../../seed/dateline.js';
import { readDateLine } from '../../seed/dates.js';
import { readMetadata } from '../../seed/metadata.js';
import { DERIVED_TITLE_LENGTH, deriveTitle } from '../../seed/recognize.js';

const BODY = 'شہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں جن میں آم اور جامن شامل ہیں۔';

describe('readDateLine', () => {
  it.each([
    ['اشاعت کی تاریخ: 19th, November 2025 GMT', '2025-11-19'],
    ['اشاعت کی تاریخ: ۲ جنوری ۲۰۲۲', '2022-01-02'],
    ['14 مارچ 2025', '2025-03-14'],
    ['۱۴ مارچ ۲۰۲۵', '2025-03-14'],
    ['١٤ مارچ ٢٠٢٥', '2025-03-14'],
    ['جمعہ 14 مارچ 2025ء', '2025-03-14'],
    ['جمعہ، 14 مارچ، 2025، 10:30 صبح', '2025-03-14'],
    ['مارچ 14, 2025', '2025-03-14'],
    ['March 14, 2025', '2025-03-14'],
    ['Mar 14, 2025 | 10:30 PM', '2025-03-14'],
    ['14/03/2025', '2025-03-14'],
    ['14-3-2025', '2025-03-14'],
    ['14.03.2025', '2025-03-14'],
    ['\u200F14/03/2025\u200F', '2025-03-14'],
    ['2025-03-14', '2025-03-14'],
    ['2025-03-14T10:30:00Z', '2025-03-14'],
    ['2025-03-14T10:30:00+05:00', '2025-03-14'],
    ['شائع 14 مارچ 2025 10:30am', '2025-03-14'],
    ['اپ ڈیٹ: 1 اپريل 2024', '2024-04-01'],
    ['Published: 1 Sept 2024', '2024-09-01'],
    ['29 فروری 2024', '2024-02-29'],
    ['یکم جون 2023', '2023-06-01'],
    ['2023 جون 14', '2023-06-14'],
    ['03 دسمبر2018ء', '2018-12-03'],
    ['ویب ڈیسک  بدھ 14 جون 2023', '2023-06-14'],
    ['نیوز ڈیسک | جمعرات، ۱۵ جون ۲۰۲۳ء', '2023-06-15'],
    ['بدھ 14 جون 2023ء 25 ذیقعد 1444ھ', '2023-06-14'],
    ['25 ذیقعدہ 1444 ہجری بمطابق 14 جون 2023ء', '2023-06-14'],
    ['Sat, 10 Dec 2016 22:33:44 GMT', '2016-12-10'],
    ['بدھ، 14 جون 2023ء، 25 ذو القعدہ 1444ھ', '2023-06-14'],
    ['14 جون 2023 کو شائع ہوا', '2023-06-14'],
    ['14 جون 2023 | 1,245 بار پڑھا گیا', '2023-06-14'],
    ['آخری بار اپ ڈیٹ کیا گیا: 14 جون 2023', '2023-06-14'],
    ['یہ مضمون 14 جون 2023 کو شائع ہوا', '2023-06-14'],
    ['14 جون 2023 \u{1F441} 1,234 \u{1F4AC} 0', '2023-06-14'],
    ['وقت اشاعت: 14 جون 2023 رات 9 بجے', '2023-06-14'],
    ['14 جون 2023 آخری اپ ڈیٹ 5 گھنٹے قبل', '2023-06-14'],
    ['ویب ڈیسک: شائع 14 جون 2023 12:45pm', '2023-06-14'],
    ['ہیلتھ ڈیسک | 14 جون 2023', '2023-06-14'],
    ['14 جون 2023 ,اپ ڈیٹ کردہ 15 جون 2023', '2023-06-14'],
    ...['جنوری', 'فروری', 'مارچ', 'اپریل', 'مئی', 'جون', 'جولائی', 'اگست', 'ستمبر', 'اکتوبر', 'نومبر', 'دسمبر'].map((month, i) => [
      `1 ${month} 2020`,
      `2020-${String(i + 1).padStart(2, '0')}-01`,
    ]),
  ])('%s -> %s', (line, date) => expect(readDateLine(line)[0]?.date).toBe(date));

  it.each([
    '31 فروری 2025',
    '29 فروری 2023',
    '03/14/2025',
    '0/1/2025',
    '2025-13-01',
    '1 مارچ 1446',
    'اشاعت کی تاریخ: 14 رمضان 1446',
    'تاریخ اشاعت: نامعلوم',
  ])('%s is a date that no calendar has, and is not guessed', (line) => expect(readDateLine(line)).toMatchObject([{ date: null }]));

  it.each([
    'باغ 14 مارچ 2025 کو کھولا گیا۔',
    '14 مارچ',
    'مارچ 2025',
    '2025',
    '14/03/25',
    'تاریخ: قوموں کی یادداشت',
    '3/4 کپ دودھ',
    '0300-1234567',
    'اشاعت کی تاریخ: ابھی طے نہیں ہوئی مگر کتاب سال کے آخر تک بازار میں آ جائے گی',
  ])('%s is no date line', (line) => expect(readDateLine(line)).toEqual([]));
});

describe('readMetadata', () => {
  it.each([
    ['ذریعہ: شہر نامہ', 'source', 'شہر نامہ'],
    ['ذريعه : شہر نامہ', 'source', 'شہر نامہ'],
    ['ذر\u200Cیعہ:\u00A0شہر نامہ', 'source', 'شہر نامہ'],
    ['بشکریہ شہر نامہ', 'source', 'شہر نامہ'],
    ['(بشکریہ: شہر نامہ)', 'source', 'شہر نامہ'],
    ['بشکریہ: شہر نامہ (میگزین)', 'source', 'شہر نامہ (میگزین)'],
    ['ماخذ: "شہر نامہ"', 'source', 'شہر نامہ'],
    ['Source: City News', 'source', 'City News'],
    ['موضوع: ثقافت', 'topic', 'ثقافت'],
    ['زمرہ: كھيل', 'topic', 'كھيل'],
    ['Category: Sport', 'topic', 'Sport'],
    ['Filed under: کھیل', 'topic', 'کھیل'],
    ['بحوالہ روزنامہ شہر نامہ', 'source', 'روزنامہ شہر نامہ'],
    ['اخبار: روزنامہ شہر نامہ', 'source', 'روزنامہ شہر نامہ'],
    ['ذریعہ:', 'source', null],
    ['مزید : قومی - کھیل -', 'topic', 'کھیل'],
    ['تحریر: سلمان احمد', 'author', 'سلمان احمد'],
    ['مصنف, سلمان احمد', 'author', 'سلمان احمد'],
    ['شاعر: فیض احمد', 'author', 'فیض احمد'],
    ['سلمیٰ اعوان کے قلم سے', 'author', 'سلمیٰ اعوان'],
    ['by Salman Ahmad', 'author', 'Salman Ahmad'],
    ['(اے پی پی)', 'source', 'اے پی پی'],
    ['حوالہ: روزنامہ نئی روشنی', 'source', 'روزنامہ نئی روشنی'],
    ['از: ڈاکٹر سلمیٰ اعوان', 'author', 'ڈاکٹر سلمیٰ اعوان'],
    ['عہدہ, بی بی سی اردو، لاہور', 'source', 'بی بی سی اردو'],
    ['عہدہ, صحافی', 'source', null],
    ['تحریر ۔ سلمان احمد', 'author', 'سلمان احمد'],
    ['تحریر ۔۔۔۔۔۔ سلمان احمد', 'author', 'سلمان احمد'],
    ['تحریر: سلمان احمد، لاہور', 'author', 'سلمان احمد'],
    ['BY SALMAN AHMAD', 'author', 'SALMAN AHMAD'],
    ['Written by Salman Ahmad', 'author', 'Salman Ahmad'],
    ['By: Salman Ahmad -', 'author', 'Salman Ahmad'],
    ['By admin -', 'author', null],
    ['\u270D\uFE0F سلمان احمد', 'author', 'سلمان احمد'],
    ['https://example.pk/', 'url', null],
    ['https://www.example.pk/story/12345/', 'url', 'https://www.example.pk/story/12345/'],
    ['لنک: https://example.pk/1', 'url', 'https://example.pk/1'],
  ])('%s', (line, field, value) => expect(readMetadata(line)).toEqual([{ field, value }]));

  it('reads tags, with and without a label', () => {
    expect(readMetadata('ٹیگز: باغ، درخت')).toEqual([{ field: 'tags', value: ['باغ', 'درخت'] }]);
    expect(readMetadata('متعلقہ موضوعات: باغ، درخت')).toEqual([{ field: 'tags', value: ['باغ', 'درخت'] }]);
    expect(readMetadata('Tags: garden, trees')).toEqual([{ field: 'tags', value: ['garden', 'trees'] }]);
    expect(readMetadata('#باغ #نئے_درخت')).toEqual([{ field: 'tags', value: ['باغ', 'نئے درخت'] }]);
  });

  it.each([
    [
      'شائع 14 جون 2023 اپ ڈیٹ 15 جون 2023 09:10am',
      [
        ['date', '2023-06-14'],
        ['date', '2023-06-15'],
      ],
    ],
    [
      'abcurdu نے Wednesday، 18 July 2018 کو شائع کیا.',
      [
        ['source', 'abcurdu'],
        ['date', '2018-07-18'],
      ],
    ],
    [
      'By admin - June 14, 2023 0 123',
      [
        ['author', null],
        ['date', '2023-06-14'],
      ],
    ],
    [
      'By Salman Ahmad - June 14, 2023 0',
      [
        ['author', 'Salman Ahmad'],
        ['date', '2023-06-14'],
      ],
    ],
    [
      'روزنامہ نئی روشنی، 14 جون 2023',
      [
        ['source', 'روزنامہ نئی روشنی'],
        ['date', '2023-06-14'],
      ],
    ],
    [
      'روزنامہ نئی روشنی کراچی 14 جون 2023',
      [
        ['source', 'روزنامہ نئی روشنی'],
        ['date', '2023-06-14'],
      ],
    ],
    [
      '(مطبوعہ: روزنامہ نئی روشنی، 14 جون 2023)',
      [
        ['source', 'روزنامہ نئی روشنی'],
        ['date', '2023-06-14'],
      ],
    ],
    [
      'سلمان احمد بدھ 14 جون 2023 10:30',
      [
        ['author', 'سلمان احمد'],
        ['date', '2023-06-14'],
      ],
    ],
    [
      'تحریر: سلمان احمد، بی بی سی اردو',
      [
        ['author', 'سلمان احمد'],
        ['source', 'بی بی سی اردو'],
      ],
    ],
    [
      'بشکریہ روزنامہ نئی روشنی 14 جون 2023',
      [
        ['source', 'روزنامہ نئی روشنی'],
        ['date', '2023-06-14'],
      ],
    ],
    [
      'سلمان احمد | 14 جون 2023',
      [
        ['author', 'سلمان احمد'],
        ['date', '2023-06-14'],
      ],
    ],
    [
      'لاہور، 14 جون 2023',
      [
        ['place', 'لاہور'],
        ['date', '2023-06-14'],
      ],
    ],
  ])('%s says two things', (line, said) => expect(readMetadata(line).map(({ field, value }) => [field, value])).toEqual(said));

  it.each([
    'ذرائع: وزیر تعلیم کا دورہ ملتوی',
    'رپورٹ: مہنگائی میں اضافہ',
    'موضوع: پانی کا بحران',
    'از سر نو تعمیر',
    'by the river',
    '(باغ)',
    'حوالہ: کلیات میر',
    'ماں کے قلم سے',
    'مصنف کا کہنا ہے کہ کتاب دس سال میں لکھی گئی',
    'ذریعہ معاش کی تلاش میں وہ شہر آیا۔',
    'ذریعہ: پولیس کے مطابق چوری رات کو ہوئی۔',
    'موضوع: کیا شہر رہنے کے قابل ہیں؟',
    'بشکریہ کا لفظ خط کے آخر میں لکھا جاتا ہے۔',
    'بشکریہ وہ سب کچھ یاد ہے',
    'بحوالہ تاریخ ہند',
    'اخبار: ایک زوال پذیر ذریعہ',
  ])('%s is text', (line) => expect(readMetadata(line, { isTop: true })).toEqual([]));
});

describe('a byline in two lines', () => {
  const report = (...above: string[]) => readPage([TITLE_OF_BYLINE, ...above, BODY, BODY.replace('آم', 'کیلے')].join('\n\n')).reports[0];
  const TITLE_OF_BYLINE = 'نئے باغ کا افتتاح';

  it('is a name over a paper and a town', () =>
    expect(report('سلمیٰ اعوان', 'بی بی سی اردو، لاہور', '14 جون 2023')).toMatchObject({
      title: TITLE_OF_BYLINE,
      author: 'سلمیٰ اعوان',
      source: 'بی بی سی اردو',
      date: '2023-06-14',
      body: `${BODY}\n${BODY.replace('آم', 'کیلے')}`,
    }));
  it('is of nobody where a desk is named', () =>
    expect(report('مانیٹرنگ ڈیسک', 'بی بی سی اردو ،اسلام آباد')).toMatchObject({ author: null, source: 'بی بی سی اردو' }));
  it.each([
    ['a name alone', ['سلمیٰ اعوان']],
    ['towns', ['باغ اور شہر', 'کراچی، لاہور']],
    ['papers', ['باغ اور اخبار', 'جنگ، دنیا']],
  ])('is not %s', (_what, lines) => {
    const found = report(...lines);
    expect(found).toMatchObject({ author: null, source: null });
    for (const line of lines) expect(found?.body).toContain(line);
  });
});

describe('a byline in one line', () => {
  const report = (line: string) => readPage(['نئے باغ کا افتتاح', line, BODY, BODY.replace('آم', 'کیلے')].join('\n\n')).reports[0];

  it.each([
    ['سلمیٰ اعوان / کراچی', { author: 'سلمیٰ اعوان', place: 'کراچی' }],
    ['سلمیٰ اعوان | لاہور', { author: 'سلمیٰ اعوان', place: 'لاہور' }],
    ['مانیٹرنگ ڈیسک / لاہور', { author: null, place: 'لاہور' }],
    ['Posted on June 14, 2023 by Salma Awan', { author: 'Salma Awan', date: '2023-06-14' }],
    ['By Salma Awan on Jun 14, 2023', { author: 'Salma Awan', date: '2023-06-14' }],
    ['رپورٹر: سلمیٰ اعوان', { author: 'سلمیٰ اعوان' }],
    ['سلمیٰ اعوان | وی نیوز', { author: 'سلمیٰ اعوان', source: 'وی نیوز' }],
    ['سلمیٰ اعوان - بی بی سی اردو، لاہور', { author: 'سلمیٰ اعوان', source: 'بی بی سی اردو' }],
  ])('%s', (line, parts) => {
    const found = report(line);
    expect(found).toMatchObject(parts);
    expect(found?.body).not.toContain(line);
  });
  it.each(['قومی اسمبلی، اسلام آباد', 'لاہور / کراچی', 'بجلی / لاہور', 'جنگ | دنیا', 'سلمیٰ اعوان / باغ'])('%s is text', (line) => {
    const found = report(line);
    expect(found).toMatchObject({ author: null, place: null });
    expect(found?.body).toContain(line);
  });
});

describe('datelineOf', () => {
  it.each([
    ['اسلام آباد: بارش ہوئی۔', 'اسلام آباد', false],
    ['اسلام\u200Cآباد — بارش ہوئی۔', 'اسلام آباد', false],
    ['كراچي: بارش ہوئی۔', 'کراچی', false],
    ['کراچی، 14 جون: بارش ہوئی۔', 'کراچی', false],
    ['لاہور (سٹاف رپورٹر) بارش ہوئی۔', 'لاہور', true],
    ['چک نورنگ (نامہ نگار): بارش ہوئی۔', 'چک نورنگ', true],
    ['ڈھاکہ۔ 4 دسمبر (اے پی پی) بارش ہوئی۔', 'ڈھاکہ', true],
    ['کراچی، لاہور (نیوز ایجنسیاں) بارش ہوئی۔', 'کراچی، لاہور', true],
    ['نئی دہلی، 19جون (یواین آئی) بارش ہوئی۔', 'نئی دہلی', true],
    ['پشاور (شہر نامہ اخبارتازہ ترین 03 دسمبر2018ء) بارش ہوئی۔', 'پشاور', true],
    // A town that is known and a name: no other report begins at it.
    ['لندن (مرتضیٰ وٹو) بارش ہوئی۔', 'لندن', false],
    ['جموں، 12 جنوری (اے بی سی) بارش ہوئی۔', 'جموں', true],
    ['ملتان (پریس ریلیز) بارش ہوئی۔', 'ملتان', true],
  ])('%s', (line, place, byReporter) => expect(datelineOf(line)).toMatchObject({ place, byReporter }));

  it.each([
    'سوال: بارش کب ہو گی؟',
    'ماہ جبین ترین: بارش کل ہو گی۔',
    'لاہور میں بارش: سڑکیں ڈوب گئیں',
    'ایسوسی ایٹڈ پریس (اے پی) کے مطابق بارش ہوئی۔',
    'تنظیم برائے باغات (ت ب) نے درخت لگائے۔',
    'لاہور (پنجاب) میں بارش ہوئی۔',
    'باغ جناح (پرانا نام) بارش میں بند رہا۔',
    'ملک نور محمد (پیدائش 12 جنوری 1907) نے باغ لگایا۔',
    'لاہور، 35 ڈگری: بارش ہوئی۔',
    'لاہور:',
  ])('%s has none', (line) => expect(datelineOf(line)).toBeNull());
});

describe('a dateline', () => {
  it.each<[string, string | null, string | null]>([
    ['پشاور (اردو باغ اخبارتازہ ترین 03 دسمبر2018ء) بارش ہوئی۔', 'اردو باغ', '2018-12-03'],
    ['لاہور (اُردو باغ اخبارتازہ ترین۔ 5 جولائی 2018ء) بارش ہوئی۔', 'اُردو باغ', '2018-07-05'],
    ['نئی دہلی، 19جون (یواین آئی) بارش ہوئی۔', 'یواین آئی', null],
    ['کراچی (ڈیلی باغ آن لائن) بارش ہوئی۔', 'ڈیلی باغ', null],
    ['کراچی (اردو باغ اخبارتازہ ترین - اے پی پی۔ 05 دسمبر2018ء) بارش ہوئی۔', 'اردو باغ', '2018-12-05'],
    ['لاہور (سٹاف رپورٹر) بارش ہوئی۔', null, null],
    ['لاہور (سٹاف رپورٹر، اے پی پی) بارش ہوئی۔', 'اے پی پی', null],
    ['لاہور (نمائندہ خصوصی) بارش ہوئی۔', null, null],
    ['لاہور (نمائندہ نوائے وقت) بارش ہوئی۔', 'نوائے وقت', null],
    ['اسلام آباد، 14 جون 2023 (این این آئی) بارش ہوئی۔', 'این این آئی', '2023-06-14'],
  ])('%s names its paper and its day', (line, source, date) => expect(datelineOf(line)).toMatchObject({ source, date }));

  const told = BODY.slice(0, -1);
  it.each([
    ['a place that no list has', `گوجر خان: ${told}۔`, 'گوجر خان'],
    ['a speaker who is quoted', `سلیم وٹو: ${told}۔\n\nاس پر سلیم وٹو نے کہا کہ درخت اچھے ہیں۔`, null],
    ['an interview', `سلیم وٹو: ${told}۔\n\nصحافی: ${told}۔`, null],
    ['a note', `نوٹ: ${told}۔`, null],
  ])('of %s', (_what, page, place) => expect(readPage(page).reports[0]?.place).toBe(place));
});

describe('title', () => {
  const first = (page: string) => {
    const [report] = readPage(page).reports;
    return { title: report?.title, titleDerived: report?.titleDerived, body: report?.body };
  };

  it.each([
    ['a short line above the text', `نئے باغ کا افتتاح\n${BODY}`],
    ['one that asks', `نئے باغ کا افتتاح کب ہو گا؟\n${BODY}`],
    ['one that closes with a full stop, before an empty line', `نئے باغ کا افتتاح ہو گیا۔\n\n${BODY}`],
    ['one that closes with a full stop, before the date', `نئے باغ کا افتتاح ہو گیا۔\n14 مارچ 2025\n${BODY}`],
    ['one that begins with a city', `لاہور: نئے باغ کا افتتاح\n\n${BODY}`],
    ['one below the date', `14 مارچ 2025\nنئے باغ کا افتتاح\n${BODY}`],
  ])('is %s', (_why, page) => {
    const line = page.split('\n').find((text) => text.includes('افتتاح'));
    expect(first(page)).toEqual({ title: line, titleDerived: false, body: BODY });
  });

  it('is the first sentence where the text begins at once, and the text keeps that sentence', () =>
    expect(first(`لاہور (سٹاف رپورٹر) ${BODY}\nدوسرا پیراگراف یہاں ہے۔`)).toEqual({
      title: BODY.slice(0, -1),
      titleDerived: true,
      body: `لاہور (سٹاف رپورٹر) ${BODY}\nدوسرا پیراگراف یہاں ہے۔`,
    }));
  it('is the only line, when there is only one', () =>
    expect(first('نئے باغ')).toEqual({ title: 'نئے باغ', titleDerived: true, body: 'نئے باغ' }));
  it('is shortened at a word boundary', () => {
    const title = deriveTitle(`کراچی: ${'درخت '.repeat(60)}۔`);
    expect(title).toMatch(/^(درخت )+درخت…$/u);
    expect(title.length).toBeLessThanOrEqual(DERIVED_TITLE_LENGTH + 1);
  });
  it('ends no sentence inside a number or after a single word', () => {
    expect(deriveTitle('درجہ حرارت 2.5 ڈگری بڑھ گیا۔ کل بارش ہو گی۔')).toBe('درجہ حرارت 2.5 ڈگری بڑھ گیا');
    expect(deriveTitle('ڈاکٹر۔ سلمیٰ نے باغ کھولا۔ پھر بارش ہوئی۔')).toBe('ڈاکٹر۔ سلمیٰ نے باغ کھولا');
  });
});

describe('several reports in a file', () => {
  const part = (place: string, what: string): string =>
    `${place} (نمائندہ خصوصی) ${what} کے بارے میں ایک لمبی خبر جس میں کئی لفظ ہیں اور جو یہاں ختم ہوتی ہے۔`;

  it('shares the date and source of one headline', () => {
    const page = ['باغوں کا سال', '14 مارچ 2025', '', part('لاہور', 'آم'), '', part('ملتان', 'جامن'), 'ذریعہ: شہر نامہ'].join('\n');
    expect(readPage(page).reports.map(({ date, source, place }) => [date, source, place])).toEqual([
      ['2025-03-14', 'شہر نامہ', 'لاہور'],
      ['2025-03-14', 'شہر نامہ', 'ملتان'],
    ]);
  });
  it('does not hand a related report the date of the one above', () => {
    const page = ['باغوں کا سال', '14 مارچ 2025', BODY, 'ذریعہ: شہر نامہ', 'پڑھیں:', 'آم کا موسم', BODY.replace('آم', 'کیلے')].join('\n');
    expect(readPage(page).reports.map(({ title, date, source }) => [title, date, source])).toEqual([
      ['باغوں کا سال', '2025-03-14', 'شہر نامہ'],
      ['آم کا موسم', null, null],
    ]);
  });
  it("hands it what stands above the first headline: that is the file's", () => {
    const page = ['ذریعہ: شہر نامہ', 'باغوں کا سال', BODY, 'پڑھیں:', 'آم کا موسم', BODY.replace('آم', 'کیلے')].join('\n');
    expect(readPage(page).reports.map(({ source }) => source)).toEqual(['شہر نامہ', 'شہر نامہ']);
  });
  it('is no list of cities', () => {
    const page = ['آج کا موسم', BODY, 'لاہور: 35 ڈگری، مطلع صاف رہے گا۔', 'کراچی: 33 ڈگری، مطلع ابر آلود رہے گا۔'].join('\n');
    expect(readPage(page).reports).toHaveLength(1);
  });
  it('is no standfirst above a dateline', () => {
    const page = ['باغوں کا سال', '', 'آم اور جامن کے درخت، شہریوں کی خوشی، وزیر کا وعدہ', '', part('لاہور', 'آم')].join('\n');
    expect(readPage(page).reports).toHaveLength(1);
  });
});
