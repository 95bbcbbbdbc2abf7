import type { Article } from '../../seed/articles.js';
import { readsFiles } from '../support/seed-file.js';

/** Lines and shapes of a newsroom's files that were once left in the text, lost, or taken for something else, by kind. The texts are made up. */

const TITLE = 'چھوٹے بند کی مرمت کا کام آخری مرحلے میں';
const OTHER = 'سکول کی نئی عمارت کا سنگ بنیاد';
const ONE = 'محکمہ آبپاشی نے بتایا کہ چھوٹے بند کی مرمت اگلے ماہ تک مکمل ہو جائے گی اور کسانوں کو پانی وقت پر ملے گا۔';
const TWO = 'گاؤں کے نمبردار فیض رسول کا کہنا ہے کہ پچھلے برس نہر سوکھ جانے سے آدھی فصل جل گئی تھی۔';
const VERSES = [
  'دریا کے پار دیکھا تو بستی اداس تھی',
  'ہر آنکھ اپنے آپ میں الجھی اداس تھی',
  'اک شور تھا ہوا میں پرندوں کے شہر کا',
  'لیکن وہ پیڑ پیڑ کی ٹہنی اداس تھی',
] as const;

const read = readsFiles('newsroom');
const textOf = async (...blocks: readonly string[]): Promise<Article[]> => (await read('a.txt', `${blocks.join('\n\n')}\n`)).articles;
const recordsOf = async (name: string, content: string): Promise<Article[]> => (await read(name, content)).articles;

describe('days', () => {
  it.each([
    ['آن لائن ڈیسکپیر 3 اگست 2020', '2020-08-03'],
    ['اشاعت 3 اگست 2020 – ترمیم 5 اگست 2020', '2020-08-03'],
    ['پہلی اگست 2020', '2020-08-01'],
    ['منگل 9 جمادى الآخر 1446هـ 10 دسمبر 2024م', '2024-12-10'],
  ])('are read below the headline: %s', async (line, date) => {
    expect(await textOf(TITLE, line, ONE, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, date }]);
  });
});

describe('who wrote it', () => {
  it.each<[string, Partial<Article>]>([
    ['تحقیق و تحریر: نعیم اختر', { author: 'نعیم اختر' }],
    ['رپورٹ : نعیم اختر / کیمرہ: شاہد گل', { author: 'نعیم اختر' }],
    ['نعیم اختر\nنمائندہ صبح نو، سوات', { author: 'نعیم اختر' }],
    ['Author: نعیم اختر   Date: 2020-08-03', { author: 'نعیم اختر', date: '2020-08-03' }],
  ])('stands below the headline: %s', async (line, said) => {
    expect(await textOf(TITLE, line, ONE, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, ...said }]);
  });

  it('stands in parentheses below a poem, whose first verse stays in it', async () => {
    const poem = `${VERSES[0]}\n${VERSES[1]}\n\n${VERSES[2]}\n${VERSES[3]}`;
    expect(await textOf(poem, '(نعیم اختر)')).toMatchObject([{ title: VERSES[0], body: VERSES.join('\n'), author: 'نعیم اختر' }]);
    expect(await textOf('آخری پہر', poem, '— نعیم اختر')).toMatchObject([{ body: VERSES.join('\n'), author: 'نعیم اختر' }]);
    // Below prose a dash may begin what somebody says.
    expect(await textOf(TITLE, ONE, TWO, '— نعیم اختر')).toMatchObject([{ author: null }]);
  });
});

describe('datelines', () => {
  it.each<[string, Partial<Article>]>([
    ['اسلام آباد۔۔۔ ', { place: 'اسلام آباد' }],
    ['پشاور ۔ ', { place: 'پشاور' }],
    ['حیدرآباد۔3۔اگست(سیاست نیوز)', { place: 'حیدر آباد', source: 'سیاست نیوز' }],
    ['نمائندہ جنگ: ', { place: null }],
  ])('%s', async (dateline, said) => {
    expect(await textOf(TITLE, dateline + ONE, TWO)).toMatchObject([{ title: TITLE, body: `${dateline}${ONE}\n${TWO}`, ...said }]);
  });

  it('stand below a teaser, or below the section', async () => {
    const opening = `لاہور: ${ONE}`;
    const teaser = 'بند کی دیوار میں دراڑیں، کسان پریشان';
    expect(await textOf(TITLE, teaser, opening, TWO)).toMatchObject([{ body: `${teaser}\n${opening}\n${TWO}`, place: 'لاہور' }]);
    expect(await textOf(TITLE, 'زراعت', opening, TWO)).toMatchObject([{ body: `${opening}\n${TWO}`, place: 'لاہور', topic: 'زراعت' }]);
    // A crosshead over a paragraph without one.
    expect(await textOf(TITLE, 'زراعت', ONE, TWO)).toMatchObject([{ body: `زراعت\n${ONE}\n${TWO}`, topic: null }]);
  });
});

describe('the paper over the headline', () => {
  it.each<[string, Partial<Article>]>([
    ['روزنامہ صبح نو\n\nپیر 3 اگست 2020', { source: 'روزنامہ صبح نو', date: '2020-08-03' }],
    ['اے ایف پی', { source: 'اے ایف پی' }],
  ])('is the source: %s', async (lines, said) => {
    expect(await textOf(lines, TITLE, ONE, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, ...said }]);
  });

  it('must not eat the title of a story about it', async () => {
    expect(await textOf('اردو پوسٹ', ONE, TWO)).toMatchObject([{ title: 'اردو پوسٹ', source: null }]);
    expect(await textOf('اردو پوسٹ', '3 اگست 2020', ONE, TWO)).toMatchObject([{ title: 'اردو پوسٹ', date: '2020-08-03' }]);
    expect(await textOf('جنگ', 'پہلا باب', ONE, TWO)).toMatchObject([{ title: 'جنگ', source: null }]);
  });
});

describe('what a site puts between paragraphs', () => {
  it.each([
    'فوٹو کیپشن: بند کی دیوار',
    'View this post on Instagram\n\nA post shared by Naeem (@naeem)',
    'ADVERTISEMENT\n\nCONTINUE READING BELOW',
    '[adrotate banner="3"]',
    'مواد پر جائیں\n\nسب سے زیادہ پڑھی جانے والی\n\nنہر کی صفائی کب ہوگی\n\nمواد پر جائیں',
  ])('is left out: %s', async (lines) => {
    expect(await textOf(TITLE, ONE, lines, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
  });

  it.each(['[موسیقی]', 'بند کریں', 'ای میل'])('must not eat a line of the author: %s', async (line) => {
    expect(await textOf(TITLE, ONE, line, TWO)).toMatchObject([{ body: `${ONE}\n${line}\n${TWO}` }]);
  });
});

describe('what a site puts below the text', () => {
  it.each<[string, Partial<Article>]>([
    ['ای میل', {}],
    ['اپنی رائے کا اظہار کریں\n\nتبصرہ 0\n\nآپ کا نام\n\nآپ کا ای میل\n\nتبصرہ لکھیں', {}],
    ['Facebook Comments\n\nFacebook Comments Box', {}],
    ['کیٹاگری میں : زراعت', { topic: 'زراعت' }],
    ['(21 بار پڑھی گئی)\n\n12 Views', {}],
    ["About The Author\n\nadmin\n\nSee author's posts", {}],
    ['Continue Reading\n\nPrevious نہر کی صفائی کب ہوگی\n\nNext گندم کی خریداری شروع', {}],
    ['آپ کے اشتہار یہاں\n\nNewsletter\n\nSubscribe', {}],
    ['خبر کا کوڈ: 123456', {}],
    ['واپس جائیں\n\nپرنٹ ورژن\n\nتمام حقوق محفوظ ہیں', {}],
    ['مزید خبروں کے لیے ہماری ویب سائٹ وزٹ کریں', {}],
    ['0 0 votes\n\nArticle Rating\n\nSubscribe\n\nNotify of\n\nguest\n\nInline Feedbacks', {}],
    ['Comment *\n\nName *\n\nEmail *\n\nWebsite\n\nPost Comment', {}],
    ['تبصرے (0)\n\nبند کریں', {}],
    ['سب سے زیادہ پڑھی جانے والی\n\nنہر کی صفائی کب ہوگی\n\nگندم کی خریداری شروع', {}],
    ['پچھلی خبرنہر کی صفائی کب ہوگی\n\nاگلی خبرگندم کی خریداری شروع', {}],
  ])('is left out: %s', async (lines, said) => {
    expect(await textOf(TITLE, ONE, TWO, lines)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, ...said }]);
  });

  it.each([
    'رابطے کا ذریعہ:\n\nای میل',
    'ہماری ویب سائٹ بند ہے',
    'شہریوں کو تمام حقوق ملنے چاہئیں',
    'اگلی خبر کا انتظار ہے۔',
    'اگلی خبر میں ملاقات ہوگی',
  ])('must not eat a line of the author: %s', async (lines) => {
    expect(await textOf(TITLE, ONE, TWO, lines)).toMatchObject([{ body: `${ONE}\n${TWO}\n${lines.replace('\n\n', '\n')}` }]);
  });

  it('and the label over it', async () => {
    expect(await textOf(`عنوان: ${TITLE}`, 'مصنف: نعیم اختر', 'متن:', ONE, TWO)).toMatchObject([
      { body: `${ONE}\n${TWO}`, author: 'نعیم اختر' },
    ]);
    expect(await textOf(TITLE, ONE, 'تفصیل:', TWO)).toMatchObject([{ body: `${ONE}\nتفصیل:\n${TWO}` }]);
  });
});

describe('tables', () => {
  it.each<[string, unknown]>([
    ['columns with numbered rows', { title: { 0: TITLE, 1: OTHER }, body: { 0: ONE, 1: TWO } }],
    ['columns as lists', { title: [TITLE, OTHER], body: [ONE, TWO] }],
    [
      'names beside rows',
      {
        columns: ['title', 'body'],
        index: [0, 1],
        data: [
          [TITLE, ONE],
          [OTHER, TWO],
        ],
      },
    ],
  ])('in JSON lose no row: %s', async (_, value) => {
    expect(await recordsOf('a.json', JSON.stringify(value))).toMatchObject([
      { title: TITLE, body: ONE },
      { title: OTHER, body: TWO },
    ]);
  });

  it('one article with its paragraphs in a list is none', async () => {
    expect(await recordsOf('a.json', JSON.stringify({ title: TITLE, body: [ONE, TWO] }))).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}` },
    ]);
  });

  it('have semicolons of Arabic between their cells', async () => {
    expect(await recordsOf('a.csv', `عنوان؛متن\n${TITLE}؛${ONE}\n`)).toMatchObject([{ title: TITLE, body: ONE }]);
  });

  it('keep the question beside its answer', async () => {
    const question = 'بند کب مکمل ہوگا؟';
    expect(await recordsOf('a.json', JSON.stringify([{ question, answer: ONE }]))).toMatchObject([{ title: question, body: ONE }]);
  });

  it.each(['مسودہ', 'غیر شائع', 'hidden', 'In Review'])('are not indexed where a row is %s', async (status) => {
    expect(await recordsOf('a.json', JSON.stringify([{ title: TITLE, body: ONE, status }]))).toEqual([]);
  });
});

describe('a standfirst', () => {
  const wxr = (excerpt: string): string =>
    `<?xml version="1.0"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>صبح نو</title><wp:wxr_version>1.2</wp:wxr_version><item><title>${TITLE}</title><content:encoded><![CDATA[<p>${ONE}</p>]]></content:encoded><excerpt:encoded><![CDATA[${excerpt}]]></excerpt:encoded><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>`;

  it('is the excerpt of a post, which is written by hand', async () => {
    expect(await recordsOf('a.xml', wxr(`<em>${TWO}</em>`))).toMatchObject([{ body: ONE, subtitle: TWO }]);
  });

  it.each(['', ONE, `${ONE.slice(0, 40)} ...`])('is not what the text says itself: %s', async (excerpt) => {
    expect(await recordsOf('a.xml', wxr(excerpt))).toMatchObject([{ body: ONE, subtitle: null }]);
  });
});

describe('a summary in a record', () => {
  it('is a standfirst where the text does not say it', async () => {
    expect(await recordsOf('a.json', JSON.stringify([{ title: TITLE, summary: TWO, body: `<p>${ONE}</p>` }]))).toMatchObject([
      { body: ONE, subtitle: TWO },
    ]);
  });

  it.each([ONE, ONE.slice(0, 30), `${TWO.slice(0, 30)}...`, '<p>نہر [&hellip;]</p>', `${TWO} `.repeat(4)])(
    'is none where it repeats the text, breaks off or is a text of its own: %s',
    async (summary) => {
      expect(await recordsOf('a.json', JSON.stringify([{ title: TITLE, summary, body: ONE }]))).toMatchObject([
        { body: ONE, subtitle: null },
      ]);
    },
  );
});

describe('the description of an item with its whole text', () => {
  const feed = (description: string): string =>
    `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صبح نو</title><item><title>${TITLE}</title><description><![CDATA[${description}]]></description><content:encoded><![CDATA[<p>${ONE}</p><p>${ONE}</p>]]></content:encoded></item></channel></rss>`;
  const foot = `<p>The post <a href="https://s.example/1">${TITLE}</a> appeared first on <a href="https://s.example">صبح نو</a>.</p>`;

  it('is its standfirst', async () => {
    expect(await recordsOf('a.xml', feed(`<p>${TWO}</p>\n${foot}`))).toMatchObject([{ subtitle: TWO }]);
  });

  it.each([`<p>${ONE}</p>\n${foot}`, `<p>${TWO.slice(0, 30)} [&#8230;]</p>\n${foot}`, '<img src="a.jpg">'])(
    'is none where the text says it, or it breaks off: %s',
    async (description) => {
      expect(await recordsOf('a.xml', feed(description))).toMatchObject([{ subtitle: null }]);
    },
  );
});

describe('pages', () => {
  const page = (head: string, foot = ''): string =>
    `<!doctype html><html><head><title>${TITLE}</title></head><body><article><h1>${TITLE}</h1>${head}<p>${ONE}</p><p>${TWO}</p>${foot}</article></body></html>`;

  it('have a day whose year is for programs only', async () => {
    expect(await recordsOf('a.html', page('<time datetime="2020-08-03">3 اگست</time>'))).toMatchObject([
      { body: `${ONE}\n${TWO}`, date: '2020-08-03' },
    ]);
    const timeline = page('<time datetime="1947-08-14">14 اگست</time>', `<time datetime="1956-03-23">23 مارچ</time><p>${ONE}</p>`);
    expect(await recordsOf('a.html', timeline)).toMatchObject([{ body: expect.stringContaining('14 اگست') as string }]);
  });

  it('name their tags for readers only', async () => {
    const foot =
      '<p><a rel="category tag" href="/c/1">زراعت</a></p><ul><li><a rel="tag" href="/t/1">بند</a></li><li><a rel="tag" href="/t/2">#نہر</a></li></ul>';
    expect(await recordsOf('a.html', page('', foot))).toMatchObject([{ tags: ['بند', 'نہر'] }]);
  });
});

describe('what holds no articles', () => {
  it.each([
    ['msgid ""\nmsgstr ""\n\nmsgid "news"\nmsgstr "خبریں"\n', 'translations of a program'],
    ['# page\ntitle=عنوان\nbody=متن\nfooter.text=جملہ حقوق\n', 'the settings of a program'],
  ])('is refused by name', async (content, name) => {
    const { articles, report } = await read('a.txt', content);
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain(name);
  });
});
