import { readsFiles } from '../support/seed-file.js';

/** Layouts of pages as crawlers hand them on, each a kind that was once read wrongly. The texts are made up. */

const TITLE = 'نہر کا پانی بستیوں میں داخل، سینکڑوں خاندان بے گھر';
const ONE = 'ضلعی انتظامیہ نے نہر کے کنارے آباد بستیوں کو خالی کرانے کا حکم دیا ہے کیونکہ پانی کی سطح مسلسل بلند ہو رہی ہے۔';
const TWO = 'محکمہ زراعت کے ماہرین نے کسانوں کو مشورہ دیا ہے کہ وہ گندم کی کاشت نومبر کے آخر تک مکمل کر لیں۔';
const BODY = `${ONE}\n${TWO}`;

const read = readsFiles('layouts');

const textOf = async (content: string) => (await read('a.txt', content)).articles;

it.each<[string, string, string?]>([
  ['ویب ڈیسک شائع ستمبر 12, 2023 اپ ڈیٹ ستمبر 13, 2023 11:20am', '2023-09-12', '2023-09-13'],
  ['03.02.2020 3 فروری 2020', '2020-02-03'],
  ['منگل15دسمبر2020ء', '2020-12-15'],
  ['ویب ڈیسک  جمعـء 2 اکتوبر 2020', '2020-10-02'],
  ['Wednesday 14th of June 2023', '2023-06-14'],
  ['9 مارچ 2023ء بروز جمعرات بوقت 2:15 بجے دن', '2023-03-09'],
  ['3 فروری 2020 تازہ کاری: 4 فروری 2020', '2020-02-03', '2020-02-04'],
])('reads the date line %s', async (line, date, ...[updated]) => {
  expect(await textOf(`${TITLE}\n${line}\n\n${ONE}\n\n${TWO}\n`)).toMatchObject([
    { title: TITLE, body: BODY, date, updated: updated ?? null, author: null },
  ]);
});

it('takes two different days on one line for no date of the report', async () => {
  expect(await textOf(`${TITLE}\n03.02.2020 4 فروری 2021\n\n${ONE}\n`)).toMatchObject([{ date: null }]);
});

describe('the dateline of an agency', () => {
  it('has the day behind its parenthesis', async () => {
    expect(await textOf(`${TITLE}\nنیروبی (اے پی پی/رائٹرز) 12 جولائی 2019ء۔ ${ONE}\n`)).toMatchObject([
      { place: 'نیروبی', date: '2019-07-12', source: 'اے پی پی' },
    ]);
  });

  it('stands below a standfirst', async () => {
    const opening = `ملتان (اسٹاف رپورٹر) ${TWO}`;
    expect(await textOf(`${TITLE}\n${ONE}\n14 جون 2023\n${opening}\n`)).toMatchObject([
      { place: 'ملتان', body: expect.stringContaining(opening) },
    ]);
  });
});

describe('a writer below the headline', () => {
  it.each([
    ['in a list', '•\tشمائلہ انور\n•\tبی بی سی اردو ڈاٹ کام، ملتان\n\n18 نومبر 2021', 'شمائلہ انور'],
    ['behind a dash', '- ندیم اختر\n- بی بی سی اردو، گلگت\n18 نومبر 2021', 'ندیم اختر'],
    ['with a town, over the day', 'فرح ناز، کراچی\n18 نومبر 2021', 'فرح ناز'],
  ])('%s', async (_what, lines, author) => {
    expect(await textOf(`${TITLE}\n\n${lines}\n\n${ONE}\n\n${TWO}\n`)).toMatchObject([
      { title: TITLE, body: BODY, author, date: '2021-11-18' },
    ]);
  });

  it('stands below the standfirst, with a trade and the day', async () => {
    expect(await textOf(`${TITLE}\n\n${ONE}\n\nحمزہ ریاض\nنامہ نگار\nجمعرات 9 مارچ 2023 14:15\n\n${TWO}\n`)).toMatchObject([
      { title: TITLE, body: BODY, author: 'حمزہ ریاض', date: '2023-03-09' },
    ]);
  });

  it('must not eat a crosshead below the first paragraph, nor a name and town over a text', async () => {
    expect(await textOf(`${TITLE}\n\n${ONE}\n\nحمزہ ریاض\n\n${TWO}\n`)).toMatchObject([{ body: `${ONE}\nحمزہ ریاض\n${TWO}` }]);
    expect(await textOf(`${TITLE}\n\nقومی اسمبلی، اسلام آباد\n\n${TWO}\n`)).toMatchObject([{ body: `قومی اسمبلی، اسلام آباد\n${TWO}` }]);
  });
});

describe('what stands over the headline', () => {
  it('is the menu of the site, with sections of its own', async () => {
    const menu = 'بی بی سی اردو\nصفحۂ اول\nپاکستان\nآس پاس\nکھیل';
    expect(await textOf(`${menu}\n\n${TITLE}\n\n18 نومبر 2021\n\n${ONE}\n\n${TWO}\n`)).toMatchObject([{ title: TITLE, body: BODY }]);
  });

  it('is the title of the page and the way to it', async () => {
    expect(await textOf(`${TITLE} | روزنامہ صبح\nہوم » پاکستان » ${TITLE}\n${TITLE}\n${ONE}\n${TWO}\n`)).toMatchObject([
      { title: TITLE, body: BODY, source: 'روزنامہ صبح' },
    ]);
  });

  it('keeps a poem whose verses are as short as sections', async () => {
    const verses = 'صبح کی دستک\nدھوپ کی چادر\nپاکستان\nماں کی لوری';
    expect(await textOf(`${verses}\n\n${TITLE}\n\n${ONE}\n`)).toMatchObject([{ title: 'صبح کی دستک' }]);
  });
});

it('reads the labels of a form, the second headline among them', async () => {
  expect(
    await textOf(`عنوان: ماہی گیروں کی شکایت\nذیلی سرخی: ساحل پر کچرے کے ڈھیر\nمصنف: راشد بلوچ\nتاریخ: 11/04/2021\n\n${ONE}\n`),
  ).toMatchObject([{ title: 'ماہی گیروں کی شکایت', subtitle: 'ساحل پر کچرے کے ڈھیر', author: 'راشد بلوچ', date: '2021-04-11', body: ONE }]);
  expect(await textOf(`${TITLE}\n\n${ONE}\n\nذیلی سرخی: ایک بحث\n\n${TWO}\n`)).toMatchObject([
    { subtitle: null, body: `${ONE}\nذیلی سرخی: ایک بحث\n${TWO}` },
  ]);
});

it.each([
  ['buttons that were glued', 'FacebookTwitterWhatsapp', ''],
  ['a count of shares', 'مزید شیئر', ''],
  ['the neighbours of a post', '', 'Previous article: بارش کی پیش گوئی\nNext article سونا سستا'],
  ['the wall of a paper', '', 'مکمل مضمون پڑھنے کے لیے سبسکرائب کریں۔'],
  ['the foot of a theme', '', 'Posted in متفرق | 3 Comments'],
])('drops %s', async (_what, above, below) => {
  expect(await textOf(`${TITLE}\n18 نومبر 2021\n${above}\n${ONE}\n${TWO}\n${below}\n`)).toMatchObject([{ title: TITLE, body: BODY }]);
});

it('keeps a sentence about sharing and subscribing', async () => {
  const text = 'مزید شیئر خریدنے والوں کو نقصان ہوا۔\nمکمل مضمون پڑھنے کے لیے وہ کتب خانے گیا۔';
  expect(await textOf(`${TITLE}\n\n${text}\n${ONE}\n`)).toMatchObject([{ body: `${text}\n${ONE}` }]);
});
