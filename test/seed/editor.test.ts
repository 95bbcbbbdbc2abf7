import type { Article } from '../../seed/articles.js';
import { readsFiles } from '../support/seed-file.js';

/** What an editor who wrote files of a newsroom, a library and a blog found lost, misread or left over, by kind. The texts are made up. */

const TITLE = 'نہر کی صفائی کا کام اگلے ہفتے سے';
const OTHER = 'بازار دو دن بند رہے گا';
const ONE = 'محکمہ آبپاشی نے کہا ہے کہ نہر کی صفائی اگلے ہفتے شروع ہوگی اور اس پر چالیس لاکھ روپے خرچ آئیں گے۔';
const TWO = 'کسانوں کی تنظیم کے صدر کے مطابق پانی کی بندش سے پنیری کو نقصان پہنچ سکتا ہے، اس لیے متبادل انتظام ضروری ہے۔';
const BOTH = `${ONE}\n${TWO}`;

const read = readsFiles('editor');
const textOf = async (...blocks: readonly string[]): Promise<Article[]> => (await read('a.txt', `${blocks.join('\n\n')}\n`)).articles;
const recordsOf = async (name: string, content: string): Promise<Article[]> => (await read(name, content)).articles;

describe('a first paragraph with the day below it', () => {
  it.each([
    'صدر نے ایوان کا اجلاس طلب کر لیا ہے۔',
    'خلیل آباد کے مکینوں نے بدھ کو پانی کی قلت کے خلاف مرکزی شاہراہ پر دھرنا دیا اور ٹریفک معطل کر دی۔',
  ])('stays in the text: %s', async (lead) => {
    expect(await textOf(lead, '12 مارچ 2021', ONE, TWO)).toMatchObject([
      { titleDerived: true, body: `${lead}\n${BOTH}`, date: '2021-03-12' },
    ]);
  });

  it('is a headline where it is short and leaves its verb out', async () => {
    expect(await textOf('نئے باغ کا افتتاح ہو گیا۔', '12 مارچ 2021', ONE)).toMatchObject([
      { title: 'نئے باغ کا افتتاح ہو گیا۔', body: ONE },
    ]);
  });
});

describe('days', () => {
  it.each([
    ['دوم اگست 2019', '2019-08-02'],
    ['مورخہ ۲۱؍نومبر ۲۰۲۰ء', '2020-11-21'],
    ['21؍11؍2020', '2020-11-21'],
  ])('are read below the headline: %s', async (line, date) => {
    expect(await textOf(TITLE, line, ONE, TWO)).toMatchObject([{ title: TITLE, body: BOTH, date }]);
  });

  it('of a month are kept as written; on top, and over several paragraphs, a month is a title', async () => {
    expect(await textOf(TITLE, 'مارچ ۲۰۱۸ء', ONE, TWO)).toMatchObject([{ body: BOTH, date: null, dateText: 'مارچ ۲۰۱۸ء' }]);
    expect(await textOf('مارچ 2018', ONE, TWO)).toMatchObject([{ title: 'مارچ 2018', body: BOTH }]);
    expect(await textOf(TITLE, 'مارچ 2018', ONE, 'اپریل 2018', TWO)).toMatchObject([
      { body: ['مارچ 2018', ONE, 'اپریل 2018', TWO].join('\n') },
    ]);
  });
});

describe('who wrote it', () => {
  it.each<[string, Partial<Article>]>([
    ['بذریعہ صبا کنول', { author: 'صبا کنول' }],
    ['انتخاب و ترجمہ: ریاض حسین', { author: 'ریاض حسین' }],
    ['مرتب: ریاض حسین', { author: 'ریاض حسین' }],
    ['ریاض حسین | منگل 12 مئی 2020', { author: 'ریاض حسین', date: '2020-05-12' }],
    ['ریاض حسین\n12 مئی 2020', { author: 'ریاض حسین', date: '2020-05-12' }],
    ['کلام: ریاض حسین', { author: 'ریاض حسین' }],
    ['مصنف: ریاض حسین | 12 مئی 2020', { author: 'ریاض حسین', date: '2020-05-12' }],
  ])('stands below the headline: %s', async (line, said) => {
    expect(await textOf(TITLE, line, ONE, TWO)).toMatchObject([{ title: TITLE, body: BOTH, ...said }]);
  });

  it.each<[string, Partial<Article>]>([
    ['ریاض حسین · 3 مئی 2021 · 5 منٹ مطالعہ', { author: 'ریاض حسین', date: '2021-05-03' }],
    ['پوسٹ کیا گیا: 3 مئی 2021 | زمرہ: زراعت | تبصرے: 4', { topic: 'زراعت', date: '2021-05-03' }],
    ['نئی دہلی\n3 مئی 2021', { author: null, place: 'نئی دہلی', date: '2021-05-03' }],
  ])('is told with the day, the section, the town: %s', async (line, said) => {
    expect(await textOf(TITLE, line, ONE, TWO)).toMatchObject([{ title: TITLE, body: BOTH, ...said }]);
  });

  it('is no line that stands apart from the day, and no kind of report', async () => {
    for (const line of ['ذیلی عنوان یہاں\n\n3 مئی 2021', 'سپیشل رپورٹ\n3 مئی 2021', 'دریا آباد\n3 مئی 2021']) {
      const [own] = line.split('\n');
      expect(await textOf(TITLE, line, ONE, TWO)).toMatchObject([{ body: `${own}\n${BOTH}`, author: null, date: '2021-05-03' }]);
    }
  });

  it('stands below the text, with "از" before it; a source, a phrase and a verse stay', async () => {
    expect(await textOf(TITLE, ONE, TWO, 'از ریاض حسین')).toMatchObject([{ body: BOTH, author: 'ریاض حسین' }]);
    for (const line of ['از دیوان حسین', 'از سر نو تعمیر']) {
      expect(await textOf(TITLE, ONE, TWO, line)).toMatchObject([{ body: `${BOTH}\n${line}`, author: null }]);
    }
  });

  it('has "از" before it in a page, and a profile around it in JSON', async () => {
    const page = `<!doctype html><html><body><article><h1>${TITLE}</h1><p class="byline">از <a rel="author">صبا کنول</a></p><p>${ONE}</p><p>${TWO}</p></article></body></html>`;
    expect(await recordsOf('a.html', page)).toMatchObject([{ author: 'صبا کنول' }]);
    const nested = [{ title: TITLE, content: ONE, author: { id: 5, profile: { display_name: 'صبا کنول' } } }];
    expect(await recordsOf('a.json', JSON.stringify(nested))).toMatchObject([{ author: 'صبا کنول' }]);
    const writers = [{ title: TITLE, content: ONE, meta: { writers: ['صبا کنول', 'ریاض حسین'] } }];
    expect(await recordsOf('a.json', JSON.stringify(writers))).toMatchObject([{ author: 'صبا کنول، ریاض حسین' }]);
  });

  it('is named for a whole feed of Atom, or by a podcast', async () => {
    const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>نہر</title><author><name>صبا کنول</name></author><entry><title>${TITLE}</title><content>${ONE}</content></entry><entry><title>${OTHER}</title><author><name>ریاض حسین</name></author><content>${TWO}</content></entry></feed>`;
    expect(await recordsOf('a.xml', atom)).toMatchObject([{ author: 'صبا کنول' }, { author: 'ریاض حسین' }]);
    const podcast = `<?xml version="1.0"?><rss version="2.0"><channel><title>نہر</title><textInput><name>q</name></textInput><item><title>${TITLE}</title><itunes:author>صبا کنول</itunes:author><description>${ONE}</description></item><item><title>${OTHER}</title><description>${TWO}</description></item></channel></rss>`;
    expect(await recordsOf('a.rss', podcast)).toMatchObject([{ author: 'صبا کنول' }, { author: null }]);
  });
});

describe('fields of a header', () => {
  it.each([
    ['of Org', `#+TITLE: ${TITLE}\n#+AUTHOR: صبا کنول\n#+DATE: 2021-05-03\n`],
    ['of reStructuredText', `${TITLE}\n=======\n\n:date: 2021-05-03\n:author: صبا کنول\n`],
  ])('%s are no text', async (_, header) => {
    expect(await recordsOf('a.txt', `${header}\n${ONE}\n\n${TWO}\n`)).toMatchObject([
      { title: TITLE, author: 'صبا کنول', date: '2021-05-03', body: BOTH },
    ]);
  });

  it('of Nikola stand in a comment', async () => {
    const page = `<!--\n.. title: ${TITLE}\n.. date: 2021-05-03 10:00:00 UTC+05:00\n.. tags: نہر, پانی\n.. author: صبا کنول\n-->\n\n${ONE}\n\n${TWO}\n`;
    expect(await recordsOf('a.md', page)).toMatchObject([
      { title: TITLE, author: 'صبا کنول', date: '2021-05-03', tags: ['نہر', 'پانی'], body: BOTH },
    ]);
  });
});

describe('paragraphs that were wrapped', () => {
  const wrap = (text: string, width: number): string =>
    text.split(' ').reduce((whole, word) => {
      const last = whole.slice(whole.lastIndexOf('\n') + 1);
      return whole === '' ? word : last.length + 1 + word.length > width ? `${whole}\n${word}` : `${whole} ${word}`;
    }, '');

  it.each(['', '    '])('are whole again where each is one sentence (indent "%s")', async (indent) => {
    const three = 'افسروں نے کہا کہ کام کے دوران ٹیوب ویلوں کے لیے بجلی ملتی رہے گی اور کسی گاؤں کا پانی کام کی وجہ سے بند نہیں ہو گا۔';
    const paragraphs = [ONE, TWO, three].map((text) => wrap(text, 42).replace(/^/gm, indent));
    expect(await textOf(TITLE, ...paragraphs)).toMatchObject([{ title: TITLE, body: `${BOTH}\n${three}` }]);
  });

  it('and verses with a full stop below each stanza stay verses', async () => {
    const stanzas = [
      'وہ گاؤں جس میں کبھی نیم کے درخت بہت تھے\nوہ صحن جس میں چراغوں کے قافلے تھے بہت\nاب اس میں گرد ہے اور راستے اداس بہت۔',
      'وہ شام جس میں پرندوں کا شور ہوتا تھا\nوہ رات جس میں کہانی کا دور ہوتا تھا\nاب اس میں چپ ہے اور آئینے اداس بہت۔',
    ];
    expect(await textOf('پرانا گاؤں', ...stanzas)).toMatchObject([{ body: stanzas.join('\n') }]);
  });
});

describe('datelines', () => {
  it.each<[string, Partial<Article>]>([
    ['[کوئٹہ] ', { place: 'کوئٹہ' }],
    ['کوئٹہ (بی این این، 12 مئی): ', { place: 'کوئٹہ', source: 'بی این این' }],
    ['[نوٹ] ', { place: null }],
  ])('%s', async (dateline, said) => {
    expect(await textOf(TITLE, dateline + ONE, TWO)).toMatchObject([{ title: TITLE, body: `${dateline}${BOTH}`, ...said }]);
  });
});

describe('above the headline', () => {
  it('what a text is', async () => {
    expect(await textOf('اداریہ', TITLE, ONE, TWO)).toMatchObject([{ title: TITLE, topic: 'اداریہ', body: BOTH }]);
    expect(await textOf('تجزیہ', ONE, TWO)).toMatchObject([{ title: 'تجزیہ', body: BOTH }]);
  });

  it('what a list of reports is called', async () => {
    expect(await textOf('مختصر خبریں', '***', OTHER, ONE, '***', 'سکولوں میں چھٹیوں کا اعلان', TWO)).toMatchObject([
      { title: OTHER, body: ONE, topic: 'مختصر خبریں' },
      { title: 'سکولوں میں چھٹیوں کا اعلان', body: TWO },
    ]);
    // Parts of one article.
    expect(await textOf('پرانی بستی', '***', ONE, '***', TWO)).toMatchObject([{ title: 'پرانی بستی' }]);
  });

  it('the sign of a heading, and the number of the page', async () => {
    expect(await textOf(`## ${TITLE}`, ONE, TWO)).toMatchObject([{ title: TITLE, body: BOTH }]);
    expect(await textOf('1 / 5', TITLE, ONE, TWO)).toMatchObject([{ title: TITLE, body: BOTH }]);
  });

  it('the formula with which books begin', async () => {
    expect(await textOf('بسم اللہ الرحمٰن الرحیم', TITLE, ONE, TWO)).toMatchObject([{ title: TITLE, body: BOTH }]);
  });

  it('labels of an archive, in any order, and of each report', async () => {
    expect(await textOf(`زمرہ: زراعت\nعنوان: ${TITLE}\nمصنف: صبا کنول\nSlug: nahr`, BOTH)).toMatchObject([
      { title: TITLE, topic: 'زراعت', author: 'صبا کنول', body: BOTH },
    ]);
    const reports = [TITLE, OTHER].map((title, i) => `عنوان: ${title}\nتاریخ: ${i + 3} مئی 2021\nمتن: ${[ONE, TWO][i] ?? ''}`);
    expect(await textOf(...reports)).toMatchObject([
      { title: TITLE, date: '2021-05-03', body: ONE },
      { title: OTHER, date: '2021-05-04', body: TWO },
    ]);
    // A paragraph may begin so.
    expect(await textOf(TITLE, `تفصیل: ${ONE}`, TWO)).toMatchObject([{ body: `تفصیل: ${BOTH}` }]);
  });
});

describe('below the text', () => {
  it.each([
    'ختم شد',
    'آپ کی رائے',
    'پچھلی تحریر | اگلی تحریر',
    'کاپی رائٹ © 2021 روزنامہ نہر',
    'مزید خبروں کے لیے وزٹ کریں: www.example.pk',
    'ہمارے یوٹیوب چینل کو سبسکرائب کریں اور گھنٹی کا بٹن دبائیں۔',
    'اگر آپ کو یہ تحریر پسند آئی تو ہمارے نیوز لیٹر کے لیے اپنا ای میل درج کیجیے',
  ])('is dropped: %s', async (line) => {
    expect(await textOf(TITLE, ONE, TWO, line)).toMatchObject([{ body: BOTH }]);
  });

  it.each(['آپ کی رائے', 'ختم شد'])('stays among paragraphs: %s', async (line) => {
    expect(await textOf(TITLE, ONE, line, TWO)).toMatchObject([{ body: `${ONE}\n${line}\n${TWO}` }]);
  });
});

it('the town and the day below a text are no text', async () => {
  expect(await textOf(TITLE, ONE, TWO, 'لاہور\n3 مئی 2021')).toMatchObject([{ body: BOTH, place: 'لاہور', date: '2021-05-03' }]);
});

describe('several reports', () => {
  it.each(['◆◆◆', '۔۔۔۔۔۔۔۔', '■ ■ ■'])('stand with a line between them: %s', async (line) => {
    const second = 'سکولوں میں نئی چھٹیوں کا اعلان';
    expect(await textOf('بازار دو دن تک بند رہے گا', ONE, line, second, TWO)).toMatchObject([{ body: ONE }, { title: second, body: TWO }]);
  });
});

describe('objects', () => {
  it('of paragraphs are one text, and of a year, a month and a day a date', async () => {
    const record = { title: TITLE, body: [{ p: ONE }, { p: TWO }], publishedDate: { year: 2021, month: 5, day: 3 } };
    expect(await recordsOf('a.json', JSON.stringify([record]))).toMatchObject([{ title: TITLE, body: BOTH, date: '2021-05-03' }]);
  });

  it('have the day by Greenwich where they have no other', async () => {
    expect(await recordsOf('a.json', JSON.stringify([{ title: TITLE, body: ONE, date_gmt: '2021-05-03T05:00:00' }]))).toMatchObject([
      { date: '2021-05-03' },
    ]);
  });
});

describe('no article', () => {
  it('is a page that says there is none, saved as text', async () => {
    const { articles, report } = await read('a.txt', '404 صفحہ نہیں ملا\n\nمعذرت، آپ جو صفحہ تلاش کر رہے ہیں وہ موجود نہیں۔\n');
    expect(articles).toEqual([]);
    expect(report.skipped).toMatchObject([{ reason: expect.stringContaining('says there is none') }]);
    expect(await textOf('420', ONE)).toMatchObject([{ title: '420' }]);
  });

  it('is the menu of a site alone', async () => {
    expect(await textOf('صفحۂ اول\nپاکستان\nدنیا\nکھیل\nشوبز\nکالم\nرابطہ')).toEqual([]);
  });
});

describe('pages', () => {
  const page = (head: string, body: string): string => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;

  it('have words with what they mean, and answers that open by a click', async () => {
    const list = `<h1>${TITLE}</h1><dl><dt>صفائی کب شروع ہوگی؟</dt><dd>${ONE}</dd></dl><details><summary>نقصان کیا ہوگا؟</summary><p>${TWO}</p></details>`;
    expect(await recordsOf('a.html', page('', list))).toMatchObject([
      { title: TITLE, body: ['صفائی کب شروع ہوگی؟', ONE, 'نقصان کیا ہوگا؟', TWO].join('\n') },
    ]);
  });

  it('that a script would fill hold their article as data', async () => {
    const article = {
      headline: TITLE,
      content: `<p>${ONE}</p><p>${TWO}</p>`,
      publishedAt: '2021-05-03T10:00:00Z',
      author: { name: 'صبا کنول' },
    };
    const data = { props: { pageProps: { related: [{ headline: OTHER, content: TWO.repeat(9) }], article } } };
    const shell = page(
      `<title>${TITLE} - روزنامہ نہر</title>`,
      `<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(data)}</script>`,
    );
    const state = page(
      `<title>${TITLE}</title>`,
      `<div id="root"></div><script>window.__INITIAL_STATE__ = ${JSON.stringify({ story: article })};</script>`,
    );
    expect(await recordsOf('a.html', state)).toMatchObject([{ title: TITLE, body: BOTH }]);
    expect(await recordsOf('a.html', shell)).toMatchObject([{ title: TITLE, body: BOTH, author: 'صبا کنول', date: '2021-05-03' }]);
  });

  it('without a text have the summary that they tell networks, as an item of a feed has', async () => {
    const og = (type: string, text: string): string =>
      page(
        `<meta property="og:title" content="${TITLE}"><meta property="og:type" content="${type}"><meta property="og:description" content="${text}">`,
        '<div id="app"></div>',
      );
    expect(await recordsOf('a.html', og('article', ONE))).toMatchObject([{ title: TITLE, body: ONE }]);
    expect(await recordsOf('a.html', og('website', ONE))).toEqual([]);
    expect(await recordsOf('a.html', og('article', `${ONE.slice(0, 60)}...`))).toEqual([]);
  });
});

describe('front matter of Hexo', () => {
  it.each([
    ['JSON between semicolons', `;;;\n"title": "${TITLE}",\n"date": "2021-05-03",\n"tags": ["نہر"]\n;;;\n`],
    ['JSON above semicolons', `"title": "${TITLE}",\n"date": "2021-05-03",\n"tags": ["نہر"]\n;;;\n`],
    ['names above dashes', `title: ${TITLE}\ndate: 2021-05-03 10:00:00\ntags:\n- نہر\n---\n`],
  ])('%s', async (_, front) => {
    expect(await recordsOf('a.md', `${front}\n${ONE}\n\n${TWO}\n{: .note}\n`)).toMatchObject([
      { title: TITLE, date: '2021-05-03', tags: ['نہر'], body: BOTH },
    ]);
  });

  it('must not eat a text over a line', async () => {
    expect(await recordsOf('a.md', `# ${TITLE}\n\n${ONE}\n\n---\n\n${TWO}\n`)).toMatchObject([{ title: TITLE, body: BOTH }]);
  });
});

describe('a quote in a table that is never closed', () => {
  it('loses no row, and is named', async () => {
    const { articles, report } = await read('a.csv', `title,body,date\n"${TITLE},${ONE},2021-05-03\n"${OTHER}","${TWO}",2021-05-04\n`);
    expect(articles).toMatchObject([
      { title: TITLE, body: ONE, date: '2021-05-03' },
      { title: OTHER, body: TWO, date: '2021-05-04' },
    ]);
    expect(report.notes.map(({ note }) => note)).toContainEqual(expect.stringContaining('a quote in line 2 is opened and never closed'));
  });

  it('loses no row of two columns either, where nothing closes it', async () => {
    const { articles } = await read('a.csv', `title,body\n"${TITLE},${ONE}\n${OTHER},${TWO}\n`);
    expect(articles).toMatchObject([
      { title: TITLE, body: ONE },
      { title: OTHER, body: TWO },
    ]);
  });

  it('is not seen in a cell of several lines', async () => {
    const cell = `${ONE}\nپہلا, دوسرا, تیسرا\n${TWO}`;
    expect(await recordsOf('a.csv', `id,title,body\n1,${TITLE},"${cell}"\n2,${OTHER},"${TWO}"\n`)).toMatchObject([
      { body: cell },
      { body: TWO },
    ]);
  });
});
