import type { Article } from '../../seed/articles.js';
import { readsFiles } from '../support/seed-file.js';
import { zipOf } from '../support/zip.js';

/** Files as publishers have them that were once read wrongly, by kind. The texts are made up. */

const TITLE = 'پرانی لائبریری کی چھت گرنے سے نایاب کتابیں بھیگ گئیں';
const OTHER = 'ساحلی بستی میں کچھووں کے انڈوں کی حفاظت کا منصوبہ';
const THIRD = 'پہاڑی گاؤں کو پہلی بار بجلی مل گئی';
const ONE =
  'شہر کی سو سال پرانی لائبریری کی چھت رات کی بارش میں بیٹھ گئی جس سے دو ہزار کتابیں بھیگ گئیں۔ عملے نے رات بھر کتابیں باہر نکالیں اور انھیں سکھایا۔';
const TWO =
  'لائبریری کی نگران زہرہ منیر نے بتایا کہ چھت کی مرمت کی درخواست تین سال سے دفتر میں پڑی تھی۔ نقصان کا اندازہ لگانے میں دو ہفتے لگیں گے۔';
const THREE =
  'ساحل کے قریب رہنے والے ماہی گیروں نے کچھووں کے گھونسلوں کے گرد باڑ لگا دی ہے تاکہ کتے انڈے نہ کھا سکیں۔ یہ کام وہ ہر سال خود کرتے ہیں۔';
const FOUR = 'محکمے کے افسر نوید اصغر نے کہا کہ اس سال انڈوں کی تعداد پچھلے سال سے دگنی ہے۔ بچے رات کے وقت سمندر میں چھوڑے جائیں گے۔';
const VERSES = [
  'چراغ شام جلا ہے ہوا سے ڈرتا ہوا',
  'کوئی مسافر آیا ہے گھر سے ڈرتا ہوا',
  'ندی کے پار اترتی ہوئی سنہری دھوپ',
  'ٹھہر گئی ہے کسی خوف سے گزرتی ہوئی',
] as const;

const read = readsFiles('publishers');

const textOf = async (content: string): Promise<Article[]> => (await read('a.txt', content)).articles;
const page = (body: string, title = TITLE): string =>
  `<!doctype html><html><head><title>${title} - روزنامہ ساحل</title></head><body><nav><a href="/">ہوم</a></nav><article><h1>${title}</h1>${body}</article></body></html>`;

describe('a Hijri date alone on its line', () => {
  it.each([
    '25 ذوالحجہ 1444 ہجری',
    'بروز جمعہ، 12 ربیع الاول 1446ھ',
    'یکم محرم الحرام 1447',
    '٣ شعبان المعظم ١٤٤٥ ھ',
    '10 رمضان 1445ھ بروز جمعرات',
  ])('says when, and no common day is guessed from it: %s', async (line) => {
    expect(await textOf(`${TITLE}\n${line}\n\n${ONE}\n\n${TWO}\n`)).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, date: null, dateText: line },
    ]);
    expect((await read('a.json', JSON.stringify({ title: TITLE, body: ONE, date: line }))).report.impossibleDates).toEqual([]);
  });

  it('goes behind the common one, and days of history and headings of a timeline stay', async () => {
    expect(await textOf(`${TITLE}\n25 ذوالحجہ 1444 ہجری\n14 جون 2023\n\n${ONE}\n`)).toMatchObject([
      { body: ONE, date: '2023-06-14', dateText: '14 جون 2023' },
    ]);
    const timeline = `${ONE}\n10 محرم 61 ہجری\n${TWO}\n12 ربیع الاول 1446ھ\n${THREE}`;
    expect(await textOf(`${TITLE}\n\n${timeline.replaceAll('\n', '\n\n')}\n`)).toMatchObject([{ body: timeline }]);
  });
});

describe('dates beside which something stands', () => {
  it.each([
    '14 جون ، 2023 / 08:15 شب',
    '14 جون 2023ء رات 10 بج کر 30 منٹ',
    '14 جون 2023 بوقت 3:45 بعد دوپہر',
    '14 جون 2023 کی اشاعت',
    'اپ لوڈ: 14 جون 2023',
    'پہلی بار شائع: 14 جون 2023',
  ])('%s', async (line) => {
    expect(await textOf(`${TITLE}\n${line}\n\n${ONE}\n`)).toMatchObject([{ body: ONE, date: '2023-06-14', author: null }]);
  });
});

describe('several reports in one file, with lines between them', () => {
  it.each(['-----------------', '***', '* * * * *', '=====', '\u0640\u0640\u0640\u0640\u0640', '\u066D\u066D\u066D'])(
    '%s',
    async (line) => {
      const parts = [`${TITLE}\n\n${ONE}\n\n${TWO}`, `${OTHER}\n\n${THREE}\n\n${FOUR}`, `${THIRD}\n\n${FOUR} ${ONE}`];
      expect(await textOf(parts.join(`\n\n${line}\n\n`))).toMatchObject([
        { title: TITLE, body: `${ONE}\n${TWO}` },
        { title: OTHER, body: `${THREE}\n${FOUR}` },
        { title: THIRD, body: `${FOUR} ${ONE}` },
      ]);
    },
  );

  it('below a drawn line with headlines of a few words too', async () => {
    const found = await textOf(`نہر سے کشتی برآمد\n\n${ONE}\n\n=====\n\nآم کی نئی قسم\n\n${THREE}\n\n=====\n\nژالہ باری\n\n${FOUR}\n`);
    expect(found.map(({ title }) => title)).toEqual(['نہر سے کشتی برآمد', 'آم کی نئی قسم', 'ژالہ باری']);
  });

  it('each with its own day and writer above and below its text', async () => {
    const first = `${TITLE}\n14 جون 2023\n\n${ONE}\n\n${TWO}\n(اے پی پی)`;
    const second = `${OTHER}\nتحریر: سائرہ بتول\n15 جون 2023\n\n${THREE}\n\n${FOUR}`;
    expect(await textOf(`${first}\n----------\n${second}\n`)).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, date: '2023-06-14', source: 'اے پی پی', author: null },
      { title: OTHER, body: `${THREE}\n${FOUR}`, date: '2023-06-15', source: null, author: 'سائرہ بتول' },
    ]);
  });

  it.each([
    ['parts of an article without headlines', `${ONE}\n\n***\n\n${TWO}\n\n***\n\n${FOUR}`],
    ['parts with a crosshead', `${ONE}\n\n***\n\nچھت کا قصہ\n\n${TWO}`],
    ['a note', `${ONE}\n\n---------\n\nیہ تحریر پہلے روزنامہ نئی روشنی میں چھپی تھی۔`],
    ['a table', `${ONE}\n\n-----------\nضلع   شہد\n-----------\nسوات  20\nدیر  12\n-----------\n\n${TWO}`],
    ['verses', `${VERSES[0]}\n${VERSES[1]}\n\n٭٭٭\n\n${VERSES[2]}\n${VERSES[3]}`],
  ])('and not %s', async (_, text) => {
    expect(await textOf(`${TITLE}\n\n${text}\n`)).toHaveLength(1);
  });
});

describe('lines about a report', () => {
  it.each<[string, string, Partial<Article>]>([
    [
      'a paper of a long name and a town',
      `نسیم اختر\nبی بی سی اردو ڈاٹ کام، اسلام آباد\n14 جون 2023\n\n${ONE}`,
      { author: 'نسیم اختر', source: 'بی بی سی اردو ڈاٹ کام' },
    ],
    ['counts below the line of a theme', `By admin - June 14, 2023\n0\n215\n\n${ONE}`, { author: null }],
    ['leftovers of a theme', `admin\n14 جون 2023\n\n${ONE}\n\nLike this:\nLike Loading...\n\nRelated\n${OTHER}`, { author: null }],
    ['buttons one below the other', `14 جون 2023\nشیئر\nٹویٹ\n\n${ONE}`, {}],
    ['courtesy with town and day', `${ONE}\n\n(بشکریہ: روزنامہ ساحل، کراچی، 14 جون 2023)`, { source: 'روزنامہ ساحل' }],
    ['two labels with a bar between them', `اشاعت: 14-06-2023 | آخری تدوین: 15-06-2023\n\n${ONE}`, { updated: '2023-06-15' }],
    ['a bare name behind "By", and the day below', `By زہرہ منیر\nOn June 14, 2023\n\n${ONE}`, { author: 'زہرہ منیر' }],
    ['a desk behind "By", and the day below', `By نیا ساحل ڈیسک\nOn June 14, 2023\n\n${ONE}`, { author: null }],
    ['a channel over the day', `ساحل نیوز\n14 جون 2023\n\n${ONE}`, { source: 'ساحل نیوز' }],
    ['the source of a report, by its label', `14 جون 2023\n\n${ONE}\n\nخبر کا ماخذ: روزنامہ ساحل`, { source: 'روزنامہ ساحل' }],
    ['where an English paper printed it', `${ONE}\n\nPublished in Daily Sahil, June 14th, 2023.`, { source: 'Daily Sahil' }],
    ['where it was printed', `${ONE}\n\nیہ مضمون 14 جون 2023 کو روزنامہ ساحل میں شائع ہوا۔`, { source: 'روزنامہ ساحل' }],
    ['paper and day in two lines at the end', `${ONE}\n\nروزنامہ ساحل\n14 جون 2023`, { source: 'روزنامہ ساحل' }],
  ])('%s', async (_, text, expected) => {
    expect(await textOf(`${TITLE}\n${text}\n`)).toMatchObject([{ title: TITLE, body: ONE, date: '2023-06-14', ...expected }]);
  });

  it.each([
    ['a column of long ago that is told of', `${ONE}\n\nیہ کالم 3 جون 1975 کو روزنامہ ساحل میں شائع ہوا۔\n\n${TWO}`],
    ['a channel over a text about it', `ساحل نیوز\n\n${ONE}`],
    ['a poem that was printed', `${ONE}\n\nیہ نظم 3 جون 1975 کو اس کی ڈائری میں شائع ہوئی۔`],
  ])('%s stays', async (_, text) => {
    expect(await textOf(`${TITLE}\n\n${text}\n`)).toMatchObject([{ body: text.replace(/\n\n/g, '\n'), date: null, source: null }]);
  });

  it('a town before two slashes is the place', async () => {
    expect(await textOf(`${TITLE}\n\nسری نگر// ${ONE}\n`)).toMatchObject([{ place: 'سری نگر', body: `سری نگر// ${ONE}` }]);
    expect(await textOf(`${TITLE}\n\nلفظ // ${ONE}\n`)).toMatchObject([{ place: null }]);
  });

  it('a year over a paragraph and the number of a verse stay', async () => {
    expect(await textOf(`${TITLE}\n14 جون 2023\n\n${ONE}\n\n1947\n\n${TWO}\n`)).toMatchObject([{ body: `${ONE}\n1947\n${TWO}` }]);
    expect(await textOf(`${TITLE}\n\n1\n\n${ONE}\n\n2\n\n${TWO}\n`)).toMatchObject([{ body: `1\n${ONE}\n2\n${TWO}` }]);
  });
});

describe('paragraphs that were glued', () => {
  it('puts a short headline at the end of the line apart, and a dateline where the author writes no blanks at all', async () => {
    expect(await textOf(`${TITLE}\n\n${ONE}کتب خانے میں نئی نمائش\n\n${TWO}\n`)).toMatchObject([
      { body: `${ONE}\nکتب خانے میں نئی نمائش\n${TWO}` },
    ]);
    const dense = (text: string): string => text.replaceAll('۔ ', '۔');
    const found = await textOf(`${TITLE}\n\nکراچی (سٹاف رپورٹر) ${dense(ONE)}لاہور (اے پی پی) ${dense(THREE)}\n`);
    expect(found.map(({ place }) => place)).toEqual(['کراچی', 'لاہور']);
  });

  it('and no abbreviations', async () => {
    const text = `پولیس نے ایف۔آئی۔آر درج کر لی ہے اور ڈی۔ایس۔پی سلیم خان نے بتایا کہ ن۔م۔راشد روڈ بند رہے گا۔ ${TWO}`;
    expect(await textOf(`${TITLE}\n\n${text}\n`)).toMatchObject([{ body: text }]);
  });
});

describe('tables', () => {
  const TABLE =
    '<table><caption>پیداوار</caption><tr><th>ضلع</th><th>شہد (من)</th></tr><tr><td><p>دیر</p><p>بالا</p></td><td>80</td></tr></table>';
  const ROWS = 'پیداوار\nضلع | شہد (من)\nدیر بالا | 80';

  it('have a line for each row, in a page, in a column of CSV, in Markdown', async () => {
    expect((await read('a.html', page(`<p>${ONE}</p>${TABLE}<p>${TWO}</p>`))).articles).toMatchObject([
      { body: `${ONE}\n${ROWS}\n${TWO}` },
    ]);
    expect((await read('a.csv', `title,body\n"${TITLE}","<p>${ONE}</p>${TABLE}"\n`)).articles).toMatchObject([{ body: `${ONE}\n${ROWS}` }]);
    expect((await read('a.md', `# ${TITLE}\n\n${ONE}\n\n| ضلع | شہد |\n| --- | --- |\n| سوات | 120 |\n`)).articles).toMatchObject([
      { body: `${ONE}\nضلع | شہد\nسوات | 120` },
    ]);
  });

  it('that only lay out paragraphs or verses keep them on lines of their own', async () => {
    const layout = `<table><tr><td><p>${ONE}</p><p>${TWO}</p></td><td><p>${THREE}</p></td></tr></table>`;
    expect((await read('a.html', page(layout))).articles).toMatchObject([{ body: `${ONE}\n${TWO}\n${THREE}` }]);
    const [a, b, c, d] = VERSES;
    const couplets = `<table><tr><td>${a}</td><td>${b}</td></tr><tr><td>${c}</td><td>${d}</td></tr></table>`;
    expect((await read('b.html', page(couplets, a))).articles).toMatchObject([{ title: a, body: VERSES.join('\n') }]);
  });

  it('of which a text is spread over columns: pieces by their numbers, and two columns of one name', async () => {
    expect((await read('a.csv', `title,misra1,misra2\n"شعر","${VERSES[0]}","${VERSES[1]}"\n`)).articles).toMatchObject([
      { body: `${VERSES[0]}\n${VERSES[1]}` },
    ]);
    expect((await read('b.csv', `title,body,body\n"شعر","${VERSES[0]}","${VERSES[1]}"\n`)).articles).toMatchObject([
      { body: `${VERSES[0]}\n${VERSES[1]}` },
    ]);
    expect((await read('c.csv', `رپورٹ برائے جون\n\ntitle,body\n"${TITLE}","${ONE}"\n`)).articles).toMatchObject([
      { title: TITLE, body: ONE },
    ]);
  });
});

describe('pages', () => {
  it('leaves out a caption whose paragraph would lose its class, and links to other reports', async () => {
    const html = page(
      `<p>${ONE}</p><div class="story-image__caption"><p>عملہ کتابیں نکالتے ہوئے</p></div><p>${TWO}</p><div class="related-posts"><h3>مزید</h3><p>${OTHER}</p></div><p>${FOUR}</p>`,
    );
    expect((await read('a.html', html)).articles).toMatchObject([{ body: `${ONE}\n${TWO}\n${FOUR}` }]);
  });

  it.each([
    ['lines with breaks', (lines: readonly string[]) => `<p>${lines.join('<br>\n')}</p>`],
    ['a line an element', (lines: readonly string[]) => lines.map((line) => `<div>${line}</div>`).join('')],
    ['set as it stands', (lines: readonly string[]) => `<pre>${lines.join('\n')}</pre>`],
  ])('keeps the first verse of a poem that is called by it: %s', async (_, laidOut) => {
    expect((await read('a.html', page(laidOut(VERSES), VERSES[0]))).articles).toMatchObject([
      { title: VERSES[0], body: VERSES.join('\n') },
    ]);
  });

  it('keeps the heading that stands below a list of other reports, and drops the credit of a picture', async () => {
    const html = page(
      `<p>${ONE}</p><h3>مزید پڑھیں</h3><ul><li><a href="/1">${OTHER}</a></li></ul><h3>عجائب گھر کا ردعمل</h3><p>${TWO}</p><p>فوٹو اے ایف پی</p><p>${FOUR}</p>`,
    );
    expect((await read('a.html', html)).articles).toMatchObject([{ body: `${ONE}\nعجائب گھر کا ردعمل\n${TWO}\n${FOUR}` }]);
  });

  it('drops the headline as the page has it where its data have another one', async () => {
    const data = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${TITLE} اور شہر"}</script>`;
    const html = page(`${data}<p>${ONE}</p><p>${TWO}</p><p>${FOUR}</p>`);
    expect((await read('a.html', html)).articles).toMatchObject([{ title: `${TITLE} اور شہر`, body: `${ONE}\n${TWO}\n${FOUR}` }]);
  });

  it('takes posts one below the other apart, and no article out of a front page', async () => {
    const post = (title: string, id: number, ...texts: readonly string[]): string =>
      `<article><h2><a href="https://s.example/${id}">${title}</a></h2>${texts.map((text) => `<p>${text}</p>`).join('')}</article>`;
    const blog = `<!doctype html><html><head><title>ساحل</title></head><body>${post(TITLE, 1, ONE, TWO)}${post(OTHER, 2, THREE, FOUR)}</body></html>`;
    expect((await read('a.html', blog)).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, url: 'https://s.example/1' },
      { title: OTHER, body: `${THREE}\n${FOUR}`, url: 'https://s.example/2' },
    ]);
    const front = `<!doctype html><html><head><title>ساحل</title></head><body><h1>ساحل</h1><ul>${[TITLE, OTHER, THIRD].map((title) => `<li><a href="/x">${title}</a></li>`).join('')}</ul></body></html>`;
    const { articles, report } = await read('b.html', front);
    expect(articles).toEqual([]);
    expect(report.left).toEqual({ 'a list of links': 1 });
  });

  it('makes no article of one of many links, each in an element of its own', async () => {
    const link = (title: string): string => `<div><a href="/x">${title}</a></div>`;
    const list = `<!doctype html><html><head><title>ساحل</title></head><body>${[TITLE, OTHER, THIRD].map(link).join('')}</body></html>`;
    expect((await read('a.html', list)).report.left).toEqual({ 'a list of links': 1 });
    expect((await read('b.html', page(`<p><a href="/x">${ONE}</a></p>${link(OTHER)}${link(THIRD)}`))).articles).toMatchObject([
      { title: TITLE, body: expect.stringContaining(ONE) as string },
    ]);
  });
});

describe('feeds', () => {
  const rss = (item: string): string =>
    `<?xml version="1.0"?><rss version="2.0"><channel><title>ساحل</title><link>https://s.example</link><item>${item}</item></channel></rss>`;

  it('whose HTML was escaped twice keep their paragraphs', async () => {
    const text = `&amp;lt;p&amp;gt;${ONE}&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;${TWO}&amp;lt;/p&amp;gt;`;
    expect((await read('a.rss', rss(`<title>${TITLE}</title><description>${text}</description>`))).articles).toMatchObject([
      { body: `${ONE}\n${TWO}` },
    ]);
    const told = 'پیراگراف کے لیے &lt;p&gt; لکھیں اور صفحہ محفوظ کریں۔';
    expect((await read('b.json', JSON.stringify({ title: TITLE, body: told }))).articles[0]?.body).toBe(
      told.replace('&lt;', '<').replace('&gt;', '>'),
    );
  });

  it('with addresses below that of the site', async () => {
    expect(
      (await read('a.rss', rss(`<title>${TITLE}</title><link>/khabar/1</link><description>${ONE}</description>`))).articles,
    ).toMatchObject([{ url: 'https://s.example/khabar/1' }]);
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://s.example/blog/"><entry><title>${TITLE}</title><link href="2023/a.html"/><id>urn:1</id><content>${ONE}</content></entry></feed>`;
    expect((await read('b.xml', atom)).articles).toMatchObject([{ url: 'https://s.example/blog/2023/a.html' }]);
  });

  it('whose names all have a prefix', async () => {
    const atom = `<?xml version="1.0"?><atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>ساحل</atom:title><atom:entry><atom:title>${TITLE}</atom:title><atom:link href="https://s.example/1"/><atom:content type="html">&lt;p&gt;${ONE}&lt;/p&gt;</atom:content></atom:entry></atom:feed>`;
    expect((await read('a.xml', atom)).articles).toMatchObject([{ title: TITLE, body: ONE, source: 'ساحل', url: 'https://s.example/1' }]);
  });
});

describe('JSON', () => {
  it('with the text as a list of typed pieces', async () => {
    const body = [
      { type: 'paragraph', text: ONE },
      { type: 'image', caption: 'بھیگی کتابیں' },
      { type: 'heading', text: 'چھت کا قصہ' },
      { type: 'paragraph', text: TWO },
    ];
    expect((await read('a.json', JSON.stringify([{ title: TITLE, body }]))).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\nچھت کا قصہ\n${TWO}` },
    ]);
  });

  it('with sections, whose names are topics', async () => {
    const sections = [
      { name: 'ادب', articles: [{ title: TITLE, body: ONE }] },
      { name: 'ماحول', articles: [{ title: OTHER, body: THREE }] },
    ];
    expect((await read('a.json', JSON.stringify({ name: 'روزنامہ ساحل', sections }))).articles).toMatchObject([
      { topic: 'ادب', source: 'روزنامہ ساحل' },
      { topic: 'ماحول', source: 'روزنامہ ساحل' },
    ]);
  });

  it('in lists of wrappers, whose name is no id, and with a headline that is an object', async () => {
    const wrapped = (title: string, text: string): unknown => ({ post: { title, content: text } });
    const [first, second] = (await read('a.json', JSON.stringify([wrapped(TITLE, ONE), wrapped(OTHER, THREE)]))).articles;
    const turned = (await read('a.json', JSON.stringify([wrapped(OTHER, THREE), wrapped(TITLE, ONE)]))).articles;
    expect(turned.map(({ id }) => id)).toEqual([second?.id, first?.id]);
    expect((await read('b.json', JSON.stringify({ docs: [{ headline: { main: TITLE }, body: ONE }] }))).articles).toMatchObject([
      { title: TITLE },
    ]);
  });

  it('a line each, of which one is broken: the others are read', async () => {
    const line = (title: string, body: string): string => JSON.stringify({ title, body });
    const { articles, report } = await read('a.ndjson', `${line(TITLE, ONE)}\n{"title":\n[]\n${line(OTHER, THREE)}\n`);
    expect(articles).toMatchObject([{ title: TITLE }, { title: OTHER }]);
    expect(report.skipped[0]?.reason).toMatch(/^the file holds no JSON in line 2 /);
  });

  it.each(['null', '[]', `["${ONE}"]`])('without an object: %s', async (content) => {
    const { articles, report } = await read('a.json', content);
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toBe('the file is JSON without an object in it');
  });
});

describe('Markdown', () => {
  it.each([
    ['empty front matter', `---\n---\n\n# ${TITLE}\n\n${ONE}\n`],
    ['a headline that is underlined', `${TITLE}\n=======\n\n${ONE}\n`],
    ['front matter in JSON', `{\n  "title": "${TITLE}"\n}\n\n${ONE}\n`],
    ['a mark and an empty line before the front matter', `\uFEFF\n---\ntitle: ${TITLE}\n---\n${ONE}\n`],
    ['marks of notes', `# ${TITLE}\n\n${ONE}[^1]\n`],
  ])('%s', async (_, content) => {
    expect((await read('a.md', content)).articles).toMatchObject([{ title: TITLE, titleDerived: false, body: ONE }]);
  });

  it('a colon in a title without quotes', async () => {
    const { articles, report } = await read('a.md', `---\ntitle: زہرہ: ایک ملاقات\ndate: 2023-06-14\n---\n${ONE}\n`);
    expect(articles).toMatchObject([{ title: 'زہرہ: ایک ملاقات', date: '2023-06-14', body: ONE }]);
    expect(report.notes[0]?.note).toBe('a value of the front matter with a colon in it was read as if it stood in quotes');
  });

  it('verses line by line, and a text that was wrapped as one', async () => {
    expect((await read('a.md', `# غزل\n\n${VERSES[0]}\n${VERSES[1]}\n\n${VERSES[2]}\\\n${VERSES[3]}\n`)).articles).toMatchObject([
      { body: VERSES.join('\n') },
    ]);
    expect((await read('b.md', `# ${TITLE}\n\n${ONE.replace('بارش میں ', 'بارش میں\n')}\n`)).articles).toMatchObject([{ body: ONE }]);
  });
});

describe('books, archives, subtitles', () => {
  const chapter = (title: string, ...texts: readonly string[]): string =>
    `<html><body><h2>${title}</h2>${texts.map((text) => `<p>${text}</p>`).join('')}</body></html>`;

  it('finds chapters of an EPUB beside and above its list of contents, which is none, and says which is missing', async () => {
    const item = (id: string, href: string, more = ''): string => `<item id="${id}" href="${href}"${more}/>`;
    const spine = ['nav', 'b', 'a', 'lost'].map((id) => `<itemref idref="${id}"/>`).join('');
    const epub = zipOf({
      mimetype: 'application/epub+zip',
      'OPS/book.opf': `<package><metadata><dc:title>ساحل</dc:title></metadata><manifest>${item('nav', 'nav.xhtml', ' properties="nav"')}${item('a', '../Text/ch%201.xhtml')}${item('b', './b.xhtml#top')}</manifest><spine>${spine}</spine></package>`,
      'OPS/nav.xhtml': chapter('فہرست', TITLE, OTHER, THIRD),
      'Text/ch 1.xhtml': chapter('پہلا باب', ONE, TWO),
      'OPS/b.xhtml': chapter('دوسرا باب', THREE, FOUR),
    });
    const { articles, report } = await read('a.epub', epub);
    expect(articles).toMatchObject([
      { title: 'دوسرا باب', body: `${THREE}\n${FOUR}` },
      { title: 'پہلا باب', body: `${ONE}\n${TWO}` },
    ]);
    expect(report.notes.map(({ note }) => note)).toEqual(['a chapter is missing in it (lost)']);
  });

  it('makes no article of a picture in an archive', async () => {
    const { articles, report } = await read('a.zip', zipOf({ 'a.txt': `${TITLE}\n\n${ONE}\n`, 'thumb.jpg': 'x' }));
    expect(articles).toMatchObject([{ title: TITLE }]);
    expect(report.skipped).toEqual([]);
    expect(report.left).toEqual({ 'a picture, font or other file without articles': 1 });
  });

  it('says once what rolling captions show twice, and a refrain as often as it is sung', async () => {
    const cue = (seconds: string, ...lines: readonly string[]): string => `00:${seconds} --> 00:59.000\n${lines.join('\n')}\n\n`;
    const rolling = `WEBVTT\n\n${cue('00.000', ' ', 'دریا گہرا ہے')}${cue('02.000', 'دریا گہرا ہے', ' ')}${cue('02.010', 'دریا گہرا ہے', 'اور کشتی چھوٹی ہے۔')}${cue('04.000', 'اور کشتی چھوٹی ہے۔', 'ملاح گا رہا ہے۔')}`;
    expect((await read('a.vtt', rolling)).articles).toMatchObject([
      { body: 'دریا گہرا ہے اور کشتی چھوٹی ہے۔\nملاح گا رہا ہے۔', times: [0, 4] },
    ]);
    const song = `WEBVTT\n\n${cue('00.000', 'دریا گہرا ہے۔')}${cue('02.000', 'دریا گہرا ہے۔')}${cue('04.000', 'کشتی چھوٹی ہے۔')}`;
    expect((await read('b.vtt', song)).articles).toMatchObject([{ body: 'دریا گہرا ہے۔\nدریا گہرا ہے۔\nکشتی چھوٹی ہے۔' }]);
  });
});

describe('encodings', () => {
  it('mends the short lines of a broken text too', async () => {
    const text = `${TITLE}\n14 جون 2023\n\n${ONE}\n`;
    expect((await read('a.txt', Buffer.from(Buffer.from(text).toString('latin1')))).articles).toMatchObject([
      { title: TITLE, date: '2023-06-14', body: ONE },
    ]);
  });

  it('passes over marks where files were put together', async () => {
    const record = (title: string, body: string): string => `\uFEFF${JSON.stringify({ title, body })}\r\n`;
    const ndjson = await read('a.ndjson', record(TITLE, ONE) + record(OTHER, THREE));
    expect(ndjson.articles).toMatchObject([{ title: TITLE }, { title: OTHER }]);
    expect(ndjson.report.skipped).toEqual([]);
    expect((await read('a.csv', `\uFEFFtitle,body\n"${TITLE}","${ONE}"\n\uFEFF"${OTHER}","${THREE}"\n`)).articles).toMatchObject([
      { title: TITLE },
      { title: OTHER },
    ]);
  });
});

describe('Word', () => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const rels = (...targets: readonly (readonly [string, string])[]): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets.map(([type, target], i) => `<Relationship Id="r${i}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  const run = (text: string, look = ''): string => `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const paragraph = (inner: string, style = ''): string => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${inner}</w:p>`;
  const style = (id: string, name: string, more = ''): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${more}</w:style>`;
  const docx = (...body: readonly string[]): Uint8Array =>
    zipOf({
      '[Content_Types].xml':
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
      '_rels/.rels': rels(['officeDocument', 'word/document.xml']),
      'word/_rels/document.xml.rels': rels(['styles', 'styles.xml'], ['footnotes', 'footnotes.xml'], ['comments', 'comments.xml']),
      'word/styles.xml': `<w:styles ${W}>${style('Title', 'Title')}${style('Hidden', 'Hidden', '<w:rPr><w:vanish/></w:rPr>')}${style('Below', 'Below', '<w:basedOn w:val="Hidden"/>')}</w:styles>`,
      'word/footnotes.xml': `<w:footnotes ${W}><w:footnote w:id="2">${paragraph(run('ایک حاشیہ'))}</w:footnote></w:footnotes>`,
      'word/comments.xml': `<w:comments ${W}><w:comment w:id="0">${paragraph(run('اسے کاٹ دیں'))}</w:comment></w:comments>`,
      'word/document.xml': `<w:document ${W}><w:body>${paragraph(run(TITLE), 'Title')}${body.join('')}</w:body></w:document>`,
    });

  it.each<[string, string, string]>([
    ['hidden words', paragraph(run(ONE) + run(' خفیہ', '<w:vanish/>')) + paragraph(run(TWO, '<w:vanish/>')), ONE],
    [
      'words that are said to be shown',
      paragraph(run(ONE, '<w:vanish w:val="0"/>')) + paragraph(run(TWO, '<w:vanish w:val="false"/>')),
      `${ONE}\n${TWO}`,
    ],
    ['words that a style hides', paragraph(run(ONE) + run(' خفیہ', '<w:rStyle w:val="Hidden"/>')) + paragraph(run(TWO), 'Below'), ONE],
    ['words that a style hides and that are shown', paragraph(run(ONE, '<w:vanish w:val="0"/>'), 'Hidden'), ONE],
    [
      'deletions that are tracked',
      paragraph(`<w:del w:id="1"><w:r><w:delText>پرانا </w:delText></w:r></w:del><w:ins w:id="2">${run('نیا ')}</w:ins>${run(ONE)}`),
      `نیا ${ONE}`,
    ],
    [
      'notes and comments',
      paragraph(
        `<w:commentRangeStart w:id="0"/>${run(ONE)}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>`,
      ),
      ONE,
    ],
  ])('without %s', async (_, body, expected) => {
    expect((await read('a.docx', docx(body))).articles).toMatchObject([{ title: TITLE, body: expected }]);
  });
});

describe('wikis', () => {
  const wiki = (...pages: readonly string[]): string =>
    `<mediawiki><siteinfo><sitename>ویکی</sitename></siteinfo>${pages.join('')}</mediawiki>`;
  const page = (text: string, title = TITLE): string =>
    `<page><title>${title}</title><revision><text>${text.replaceAll('<', '&lt;')}</text></revision></page>`;

  it.each<[string, string, string]>([
    [
      'a table',
      `${ONE}\n\n{| class="wikitable"\n|+ پیداوار\n! ضلع !! style="width:9em" | شہد\n|-\n| align="right" | [[سوات|ضلع سوات]] || 120<ref>حوالہ</ref>\n|-\n| دیر\n| 80\n|}\n\n${TWO}`,
      `${ONE}\nپیداوار\nضلع | شہد\nضلع سوات | 120\nدیر | 80\n${TWO}`,
    ],
    ['a table that only lays out', `{|\n| ${ONE}\n| ${TWO}\n|}`, `${ONE}\n${TWO}`],
    ['a table in a table', `{|\n|\n{|\n| دیر || 80\n|}\n|}\n${ONE}`, `دیر | 80\n${ONE}`],
    ['a table without an end', `${ONE}\n\n{| class="wikitable"\n| دیر`, `${ONE}\nدیر`],
    ['a box of links', `{| class="navbox"\n| دیر || 80\n|}\n${ONE}`, ONE],
    ['verses', `<poem>\n${VERSES[0]}\n${VERSES[1]}\n</poem>`, `${VERSES[0]}\n${VERSES[1]}`],
    ['a numbered list', `# ${ONE}\n# ${TWO}`, `${ONE}\n${TWO}`],
    [
      'templates, notes and formulas',
      `لائبریری ({{دیگر نام|Library}}) ${ONE}<ref name="a">{{حوالہ|x}}</ref> <math>x^2</math>\n{{نامکمل}}`,
      `لائبریری ${ONE}`,
    ],
  ])('with %s', async (_, text, body) => {
    expect((await read('a.xml', wiki(page(text)))).articles).toMatchObject([{ title: TITLE, body }]);
  });

  it('of old dumps, which name the kind of a page in its title only, and with their history', async () => {
    const { articles } = await read('a.xml', wiki(page(ONE, 'سانچہ:کتاب'), page(ONE, 'تبادلۂ خیال صارف:زہرہ'), page(ONE)));
    expect(articles.map(({ title }) => title)).toEqual([TITLE]);
    const history = `<page><title>${TITLE}</title><revision><text>${TWO}</text></revision><revision><text>${ONE}</text></revision></page>`;
    expect((await read('a.xml', wiki(history))).articles).toMatchObject([{ body: ONE }]);
  });
});

describe('books whose files hold several chapters', () => {
  const epub = (body: string, more: Readonly<Record<string, string>> = {}): Uint8Array =>
    zipOf({
      mimetype: 'application/epub+zip',
      ...more,
      'OPS/book.opf': `<package><metadata><dc:title>ساحل</dc:title></metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`,
      'OPS/a.xhtml': `<html><body>${body}</body></html>`,
    });
  const p = (...texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('');

  it('are read chapter by chapter; what stands above the first belongs to it, and a number over a name is part of it', async () => {
    const body = `${p(FOUR)}<h1>باب 1</h1><h1>${TITLE}</h1>${p(ONE)}<section><h1>${OTHER}</h1>${p(THREE)}<h2>بچے</h2>${p(TWO)}</section>`;
    expect((await read('a.epub', epub(body))).articles).toMatchObject([
      { title: `باب 1: ${TITLE}`, body: `${FOUR}\n${ONE}`, source: 'ساحل' },
      { title: OTHER, body: `${THREE}\nبچے\n${TWO}` },
    ]);
  });

  it('keep a poem of two lines, and no cover', async () => {
    expect((await read('a.epub', epub(`<h2>شعر</h2><p>${VERSES[0]}<br/>${VERSES[1]}</p>`))).articles).toMatchObject([
      { title: 'شعر', body: `${VERSES[0]}\n${VERSES[1]}` },
    ]);
    expect((await read('b.epub', epub('<h1>ساحل</h1><p>زہرہ منیر</p><p>لاہور</p>'))).articles).toEqual([]);
  });

  it('keep a short chapter of one sentence, and no dedication', async () => {
    const short = 'صبح ہوئی تو کشتی نہیں تھی۔';
    const { articles } = await read('a.epub', epub(`<h1>آخری باب</h1><p>${short}</p>`));
    expect(articles).toMatchObject([{ title: 'آخری باب', body: short }]);
    const covers = ['<h1>انتساب</h1><p>زہرہ منیر کے نام</p>', '<h1>ساحل</h1><p>پہلی بار شائع ہوئی۔</p>', `<p>${short}</p>`];
    for (const cover of covers) expect((await read('b.epub', epub(cover))).articles).toEqual([]);
  });

  it('with a lock on their text are refused', async () => {
    const lock = '<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>';
    const { articles, report } = await read('a.epub', epub(p(ONE), { 'META-INF/encryption.xml': lock }));
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain('a lock on its text');
  });
});

describe('more shapes of JSON', () => {
  const one = async (value: unknown): Promise<Article[]> => (await read('a.json', JSON.stringify(value))).articles;

  it('a JSON Feed with addresses below its own, and notes without a title', async () => {
    const feed = (more: object): object => ({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'ساحل',
      home_page_url: 'https://s.example/',
      items: [
        { id: '1', url: '/khabar/1', title: TITLE, content_text: ONE },
        { id: '2', content_html: `<p>${THREE}</p>`, url: 'b.html' },
      ],
      ...more,
    });
    expect(await one(feed({}))).toMatchObject([
      { title: TITLE, url: 'https://s.example/khabar/1', source: 'ساحل' },
      { titleDerived: true, body: THREE, url: 'https://s.example/b.html' },
    ]);
    expect(await one(feed({ feed_url: 'https://s.example/blog/feed.json' }))).toMatchObject([
      { url: 'https://s.example/khabar/1' },
      { url: 'https://s.example/blog/b.html' },
    ]);
  });

  it.each<[string, unknown]>([
    [
      'names with their language',
      [
        {
          title: 'Roof',
          title_ur: TITLE,
          body_ur: ONE,
          body_en: 'The roof of the library fell in the rain of the night, and books got wet.',
        },
      ],
    ],
    ['names with the kinds of Solr', { response: { docs: [{ id: '1', title_s: TITLE, body_txt: ONE }] } }],
    [
      'fields of Drupal',
      [{ nid: [{ value: 1 }], title: [{ value: TITLE }], body: [{ value: `<p>${ONE}</p>`, format: 'html' }], status: [{ value: true }] }],
    ],
    [
      'Markdown as the text',
      [{ title: TITLE, body: `![تصویر](/a.jpg)\n${ONE.replace('چھت', '**چھت**').replace('بارش', '[بارش](https://s.example/1)')}` }],
    ],
    ['texts under their titles', { [TITLE]: ONE, [OTHER]: THREE }],
    [
      'pages of a wiki under their numbers',
      { query: { pages: { 12: { title: TITLE, extract: ONE }, 13: { title: OTHER, extract: THREE } } } },
    ],
    [
      'a draft of Sanity behind what is published',
      [
        { _id: '1', title: TITLE, body: ONE },
        { _id: 'drafts.1', title: OTHER, body: THREE },
      ],
    ],
  ])('%s', async (_, value) => {
    expect((await one(value))[0]).toMatchObject({ title: TITLE, titleDerived: false, body: ONE });
  });

  it.each<[string, object]>([
    ['deleted', { deleted: true }],
    ['is_deleted', { is_deleted: 1 }],
    ['a day on which it was deleted', { deleted_at: '2024-01-02 10:00:00' }],
    ['in the bin', { trashed: 'true' }],
    ['private', { is_private: true }],
  ])('what is %s is no article', async (_, gone) => {
    const { articles, report } = await read(
      'a.json',
      JSON.stringify([
        { title: TITLE, body: ONE },
        { title: OTHER, body: THREE, ...gone },
      ]),
    );
    expect(articles).toMatchObject([{ title: TITLE }]);
    expect(Object.values(report.left)).toEqual([1]);
  });

  it.each<[string, object]>([
    ['never deleted', { deleted_at: null }],
    ['never deleted, in words of a database', { deleted_at: 'NULL' }],
    ['never deleted, by the day that databases have for none', { deleted_at: '0000-00-00 00:00:00' }],
    ['not deleted', { deleted: false, is_private: 0 }],
    ['not deleted, in words', { deleted: 'no', status: 'publish' }],
  ])('what was %s stays', async (_, kept) => {
    expect(await one([{ title: TITLE, body: ONE, ...kept }])).toMatchObject([{ title: TITLE, body: ONE }]);
  });

  it('the writer that Ghost names first', async () => {
    expect(await one([{ title: TITLE, html: `<p>${ONE}</p>`, primary_author: { name: 'زہرہ منیر' } }])).toMatchObject([
      { author: 'زہرہ منیر' },
    ]);
  });

  it('dates as programs write them', async () => {
    expect(await one([{ title: TITLE, body: ONE, created_at: 'Wed Jun 14 08:00:00 +0000 2023' }])).toMatchObject([{ date: '2023-06-14' }]);
  });

  it('tags of the text and numbers of its parts stay', async () => {
    const body = `#شہر #باغ\n${ONE} [1] (دیکھیے)`;
    expect(await one([{ title: TITLE, body }])).toMatchObject([{ body: `${ONE} [1] (دیکھیے)`, tags: ['شہر', 'باغ'] }]);
  });

  it.each([
    [
      'an answer that says no',
      JSON.stringify({ code: 'rest_no_route', message: 'No route', data: { status: 404 } }),
      /gives nothing \(404: No route\)/,
    ],
    ['comments', `// export\n[{"title":"${TITLE}"}]`, /holds no whole JSON/],
  ])('%s is refused', async (_, content, reason) => {
    const { articles, report } = await read('a.json', content);
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toMatch(reason);
  });
});

describe('more tables', () => {
  it('without a row of names: the longest texts are the body, words before them the title, days the date', async () => {
    const rows = `7,"${TITLE}",2023-06-14,"${ONE}"\n8,"${OTHER}",2023-06-15,"${THREE}"\n`;
    expect((await read('a.csv', rows)).articles).toMatchObject([
      { title: TITLE, date: '2023-06-14', body: ONE },
      { title: OTHER, date: '2023-06-15', body: THREE },
    ]);
  });

  it('with backslashes before quotes', async () => {
    const quoted = `اس نے کہا "ہاں" اور ${ONE}`;
    const rows = `title,body\n"${TITLE}","${quoted.replaceAll('"', '\\"')}"\n"${OTHER}","${THREE}"\n`;
    expect((await read('a.csv', rows)).articles).toMatchObject([
      { title: TITLE, body: quoted },
      { title: OTHER, body: THREE },
    ]);
  });
});

describe('what pages say of themselves', () => {
  const html = (head: string, body: string): string => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
  const text = `<article><h1>${TITLE}</h1><p>${ONE}</p><p>${TWO}</p></article>`;

  it('in a graph whose parts refer to each other, with line ends in its texts', async () => {
    const data = `{"@graph":[{"@type":"NewsArticle","headline":"${TITLE}","datePublished":"2023-06-14","author":{"@id":"#z"},"description":"ایک\nدو",},{"@type":"Person","@id":"#z","name":"زہرہ منیر"}]}`;
    expect((await read('a.html', html(`<script type="application/ld+json">${data}</script>`, text))).articles).toMatchObject([
      { title: TITLE, date: '2023-06-14', author: 'زہرہ منیر' },
    ]);
  });

  it('a headline below the name of the site, which is a heading too', async () => {
    const below = `<h2>${TITLE}</h2><p>${ONE}</p><p>${TWO}</p>`;
    const title = `<title>${TITLE} - ساحل</title>`;
    for (const body of [`<h1>ساحل</h1>${below}`, `<h1>ساحل</h1>${below.replaceAll('h2', 'h1')}`, `<h1><a href="/">ساحل</a></h1>${below}`])
      expect((await read('a.html', html(title, body))).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, source: 'ساحل' }]);
    const poem = `<h1>شام</h1><p>${ONE}</p><footer><h3>${OTHER}</h3></footer>`;
    expect((await read('b.html', html(`<title>شام - ${OTHER}</title>`, poem))).articles).toMatchObject([{ title: 'شام' }]);
  });

  it('a day for programs only', async () => {
    const day = '<meta itemprop="datePublished" content="2023-06-14">';
    expect((await read('a.html', html('', `${day}${text}`))).articles).toMatchObject([{ date: '2023-06-14' }]);
  });

  it('an address below that of the site', async () => {
    const head = '<link rel="canonical" href="/khabar/1"><meta property="og:url" content="https://s.example/x">';
    expect((await read('a.html', html(head, text))).articles).toMatchObject([{ url: 'https://s.example/khabar/1' }]);
  });

  it.each([
    ['404 Not Found', '<h1>404 Not Found</h1><p>nginx</p>'],
    ['صفحہ نہیں ملا - ساحل', '<h1>404</h1><p>معذرت، یہ صفحہ موجود نہیں ہے۔</p>'],
    ['Just a moment...', '<p>Checking your browser before accessing s.example.</p>'],
    ['Runtime Error', "<h1>Server Error in '/' Application.</h1><p>An application error occurred.</p>"],
  ])('that there is none: %s', async (title, body) => {
    const { articles, report } = await read('a.html', html(`<title>${title}</title>`, body));
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain('a page that says there is none');
  });

  it('a story that is called by such a number stays', async () => {
    const story = `<h1>404</h1><p>${ONE}</p><p>${TWO}</p><p>${THREE}</p>`;
    expect((await read('a.html', html('<title>404 - ساحل</title>', story))).articles).toMatchObject([{ title: '404' }]);
  });
});

describe('pages of text, once more', () => {
  it('a poem without a title whose verses stand apart keeps its first verse', async () => {
    const verses = [VERSES[0], 'کوئی چراغ جلا ہے ہوا سے ڈرتا ہوا', VERSES[2], VERSES[3]];
    expect(await textOf(verses.join('\n\n'))).toMatchObject([{ title: VERSES[0], body: verses.join('\n') }]);
  });

  it('a paragraph that was wrapped right below its headline is whole', async () => {
    const long = `${ONE} ${TWO} ${THREE}`;
    const wrapped = (long.match(/.{1,64}(?: |$)/gu) ?? []).map((line) => line.trim()).join('\n');
    expect(await textOf(`${THIRD}\n${wrapped}\n`)).toMatchObject([{ title: THIRD, body: long }]);
  });
});

describe('XML of other kinds', () => {
  it('with sections beside paragraphs, whose text is one', async () => {
    const docbook = `<?xml version="1.0"?><article><info><title>${TITLE}</title><author><personname>زہرہ منیر</personname></author></info><para>${ONE}</para><section><title>قصہ</title><para>${TWO}</para></section></article>`;
    expect((await read('a.xml', docbook)).articles).toMatchObject([{ title: TITLE, author: 'زہرہ منیر', body: `${ONE}\nقصہ\n${TWO}` }]);
    const named = `<?xml version="1.0"?><article><title>${TITLE}</title><section>کھیل</section><body><p>${ONE}</p></body></article>`;
    expect((await read('a.xml', named)).articles).toMatchObject([{ topic: 'کھیل', body: ONE }]);
  });

  it.each([
    [
      'a list of feeds',
      '<opml version="2.0"><body><outline text="ساحل"/></body></opml>',
      /XML of a kind that holds no articles \(<opml>\)/,
    ],
    ['a dump of a database', '<mysqldump><database name="x"><table_data name="users"/></database></mysqldump>', /is an SQL dump/],
  ])('%s is refused', async (_, xml, reason) => {
    const { articles, report } = await read('a.xml', `<?xml version="1.0"?>${xml}`);
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toMatch(reason);
  });
});

describe('UTF-8 that was read as Windows-1256', () => {
  it('is mended, and words that look like it stay', async () => {
    const misread = new TextDecoder('windows-1256').decode(Buffer.from(`${TITLE}\n14 جون 2023\n\n${ONE}\n`));
    expect(await textOf(misread)).toMatchObject([{ title: TITLE, date: '2023-06-14', body: ONE }]);
    const text = `طے شدہ عکس غلط عکس ${ONE}`;
    expect(await textOf(`${TITLE}\n\n${text}\n`)).toMatchObject([{ body: text }]);
  });

  it('and text whose letters were lost is refused', async () => {
    const { articles, report } = await read('a.txt', `${TITLE}\n\n${ONE}\n`.replace(/[اہ]/g, '\uFFFD'));
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain('has lost letters');
  });
});
