import { readsFiles } from '../support/seed-file.js';
import { zipOf } from '../support/zip.js';

/** Files from an editor's desk that were once read wrongly, by kind. The texts are made up. */

const TITLE = 'مٹی کے برتن بنانے والے آخری کاریگر';
const OTHER = 'پہاڑی سڑک پر برف ہٹانے کا کام شروع';
const ONE = 'قصبے کے پرانے محلے میں چاک پر برتن بنانے والے اب صرف دو گھرانے رہ گئے ہیں اور ان کے بچے شہر میں مزدوری کرتے ہیں۔';
const TWO = 'بزرگ کاریگر نے بتایا کہ لکڑی مہنگی ہونے سے بھٹی مہینے میں ایک ہی بار جلتی ہے۔';
const THREE = 'سڑکوں کے محکمے نے کہا کہ چار مشینیں رات بھر چلتی رہیں تاکہ صبح تک ایک طرف کا راستہ کھل جائے۔';
const FOUR = 'مسافروں کو ہدایت کی گئی ہے کہ زنجیروں کے بغیر گاڑی اوپر نہ لائیں۔';

const read = readsFiles('desk');
const json = async (value: unknown) => read('a.json', typeof value === 'string' ? value : JSON.stringify(value));
/** As programs write it that know no letters but ASCII. */
const escaped = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** UTF-8 that was read as Latin-1. */
const misread = (text: string): string => Buffer.from(text).toString('latin1');

describe('what is no article', () => {
  it.each([
    [
      'an archive of a crawler (WARC)',
      `WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>${ONE}</p>`,
    ],
    [
      'a web page as MHTML',
      `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.pk/1\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n--x\r\n`,
    ],
    ['text whose letters are written as numbers (\\u0627)', `${escaped(TITLE)}\n\n${escaped(ONE)}\n\n${escaped(TWO)}\n`],
    [
      'the answer of a server with its header',
      `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><h1>${TITLE}</h1><p>${ONE}</p></body></html>`,
    ],
    ['a file with two versions in conflict (git)', `<<<<<<< HEAD\n${TITLE}\n\n${ONE}\n=======\n${OTHER}\n\n${TWO}\n>>>>>>> branch\n`],
    [
      'what a browser has fetched (HAR)',
      JSON.stringify({ log: { version: '1.2', creator: { name: 'x' }, entries: [{ response: { content: { text: `<p>${ONE}</p>` } } }] } }),
    ],
  ])('is refused by name: %s', async (name, content) => {
    const { articles, report } = await read('a.txt', content);
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain(`the file is ${name}`);
  });

  it('is no article about programs that shows such letters, and no page that has them in a script', async () => {
    const shown = `حرف الف کو ${escaped('ابپتٹثجچحخدڈذرڑزژسشصض')} لکھا جاتا ہے اور ہر زبان کے لیے الگ خانے ہیں۔`;
    expect((await read('a.txt', `${TITLE}\n\n${shown}\n`)).articles).toMatchObject([{ title: TITLE, body: shown }]);
    const page = `<html><head><title>x</title><script>var a = "${escaped(THREE)}"</script></head><body><article><h1>${TITLE}</h1><p>${ONE}</p><p>${TWO}</p></article></body></html>`;
    expect((await read('a.html', page)).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
  });
});

describe('JSON', () => {
  it.each([
    ['a call around an object', 'handle_news({"items": ', '});'],
    ['a call around an array', 'jQuery1102_5({"x": 1, "items": ', '})\n'],
    ['a call behind a comment', '/**/site.news.show(', ');\n'],
    ['a variable', 'var stories = ', ';\n'],
    ['a property', 'window.__NEWS__ = ', ';'],
  ])('stands in a program: %s', async (_, before, behind) => {
    const list = JSON.stringify([
      { title: TITLE, body: `${ONE}\n${TWO}` },
      { title: OTHER, body: `${THREE}\n${FOUR} ");" کے بعد بھی متن ہے۔` },
    ]);
    for (const file of ['a.json', 'a.txt'])
      expect((await read(file, before + list + behind)).articles).toMatchObject([
        { title: TITLE, body: `${ONE}\n${TWO}` },
        { title: OTHER, body: `${THREE}\n${FOUR} ");" کے بعد بھی متن ہے۔` },
      ]);
  });

  it('has letters that its program misread before it wrote them, as Facebook hands posts on', async () => {
    const posts = [{ timestamp: 1_584_180_000, text: misread(`${ONE}\n${TWO}`), title: misread(TITLE) }];
    const { articles, report } = await json(escaped(JSON.stringify(posts)));
    expect(articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, date: '2020-03-14' }]);
    expect(JSON.stringify([...report.notes])).toContain('UTF-8');
  });

  it('calls a post with a day of its own by its first sentence, and a chapter by its number', async () => {
    expect(
      (await json({ name: 'خبرنامہ', messages: [{ id: 2, date: '2020-03-14T10:00:00', text: `${ONE}\n${TWO}` }] })).articles,
    ).toMatchObject([{ title: expect.stringContaining('قصبے کے پرانے محلے') as string, titleDerived: true, source: 'خبرنامہ' }]);
    expect((await json({ name: 'داستان', chapters: [{ number: 2, text: ONE }] })).articles).toMatchObject([{ title: 'داستان 2' }]);
  });

  it('has the tree of an editor under any name', async () => {
    const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
    expect((await json({ title: TITLE, doc: { type: 'doc', content: [paragraph(ONE), paragraph(TWO)] } })).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}` },
    ]);
  });

  it('has paragraphs with their kind under any name, as newsrooms keep them', async () => {
    const parts = [
      { type: 'text', content: `<p>${ONE}</p>` },
      { type: 'image', url: 'https://example.pk/a.jpg' },
      { type: 'text', content: TWO },
    ];
    for (const article of [
      { headlines: { basic: TITLE }, headline: TITLE, content_elements: parts },
      { title: TITLE, body: parts },
      { article: { headline: { main: TITLE }, body: parts } },
    ])
      expect((await json(article)).articles).toMatchObject([{ body: `${ONE}\n${TWO}` }]);
    // Notes of one kind are notes, with a name above them and a day or number of their own.
    for (const own of [{ date: '2020-03-14' }, { number: 1 }, { id: 'a' }])
      expect(
        (
          await json({
            title: 'نوٹ',
            notes: [
              { type: 'text', ...own, text: ONE },
              { type: 'text', ...own, text: THREE },
            ],
          })
        ).articles,
      ).toHaveLength(2);
    // Stories of one kind are stories.
    expect(
      (
        await json([
          { type: 'text', title: TITLE, content: ONE },
          { type: 'text', title: OTHER, content: THREE },
        ])
      ).articles,
    ).toHaveLength(2);
    expect(
      (
        await json({
          items: [
            { type: 'poem', content: ONE },
            { type: 'poem', content: THREE },
          ],
        })
      ).articles,
    ).toHaveLength(2);
  });

  it('has the address of an entry among its links, as Google writes feeds', async () => {
    const entry = {
      title: { $t: TITLE },
      content: { type: 'html', $t: `<p>${ONE}</p>` },
      link: [
        { rel: 'replies', href: 'https://example.pk/c' },
        { rel: 'alternate', type: 'text/html', href: 'https://example.pk/1' },
      ],
    };
    expect((await json({ feed: { entry: [entry] } })).articles).toMatchObject([{ title: TITLE, url: 'https://example.pk/1' }]);
  });
});

describe('tables', () => {
  it.each(['NULL', '\\N', 'null', 'NaN', 'None'])('say that there is nothing: %s', async (nothing) => {
    const table = `id|heading|sub_heading|detail|category|author\n1|${TITLE}|${nothing}|${ONE}|${nothing}|${nothing}\n2|${OTHER}|نیچے لکھی سرخی|${THREE}|موسم|زبیر\n3|${nothing}|${nothing}|${FOUR}|موسم|زبیر\n`;
    expect((await read('a.csv', table)).articles).toMatchObject([
      { title: TITLE, subtitle: null, topic: null, author: null },
      { title: OTHER, subtitle: 'نیچے لکھی سرخی', topic: 'موسم', author: 'زبیر' },
      { titleDerived: true, body: FOUR },
    ]);
  });
});

it('columns are called as tables of papers call them', async () => {
  const table = `news_id,news_title,news_body,cat_name,reporter_name\n1,${TITLE},${ONE},موسم,زبیر\n`;
  expect((await read('a.csv', table)).articles).toMatchObject([{ title: TITLE, topic: 'موسم', author: 'زبیر' }]);
  expect((await read('b.csv', `سرخی,خبر کا متن,نمائندہ\n${OTHER},${THREE},زبیر\n`)).articles).toMatchObject([
    { title: OTHER, body: THREE, author: 'زبیر' },
  ]);
});

describe('records of TREC', () => {
  it.each([
    ['TITLE', 'TEXT'],
    ['HEADLINE', 'BODY'],
  ])('are an article each: %s, %s', async (head, text) => {
    const record = (id: number, title: string, lines: readonly string[]): string =>
      `<DOC>\n<DOCNO> UR-${id} </DOCNO>\n<${head}>${title}</${head}>\n<${text}>\n${lines.join('\n')}\n</${text}>\n</DOC>\n`;
    for (const file of ['a.trec', 'a.txt', 'a.xml', 'a'])
      expect((await read(file, record(1, TITLE, [ONE, TWO]) + record(2, `${OTHER} & دیگر`, [THREE, FOUR]))).articles).toMatchObject([
        { title: TITLE, body: `${ONE}\n${TWO}` },
        { title: `${OTHER} & دیگر`, body: `${THREE}\n${FOUR}` },
      ]);
  });
});

describe('EPUB', () => {
  it('was packed by hand: what it is stands packed too, or not first', async () => {
    const book = (first: Readonly<Record<string, string>>): Buffer =>
      zipOf({
        ...first,
        'META-INF/container.xml':
          '<container><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        'c.opf':
          '<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>کتاب</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
        'a.xhtml': `<html><body><h1>${TITLE}</h1><p>${ONE}</p><p>${TWO}</p></body></html>`,
      });
    for (const first of [{}, { 'MIMETYPE ': 'application/epub+zip' }])
      expect((await read('a.epub', book(first))).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, source: 'کتاب' }]);
  });
});

const text = async (...lines: readonly string[]) => (await read('a.txt', `${lines.join('\n\n')}\n`)).articles;

describe('lines beside the text, as crawled', () => {
  it.each([
    'مضمون اشتہار کے بعد جاری ہے',
    'خبر اشتہار کے بعد جاری ہے',
    '[ad_1]',
    'Click to share on Twitter (Opens in new window)',
    'مزید متعلقہ خبریں پڑھئیے\u200E',
    'مزید اردو خبریں',
    'یہ آڈیو سنیں',
    'آڈیو سننے کے لیے یہاں کلک کریں',
    'ہمارے چینل (example@) کو جوائن کرنے کے لئے یہاں کلک کریں اور تازہ ترین خبروں سے اپ ڈیٹ رہیں۔',
  ])('%s', async (line) => {
    expect(await text(TITLE, ONE, line, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
  });

  it.each([
    '(باقی صفحہ 7 نمبر 12)',
    '(بقیہ نمبر 12 صفحہ 7 پر)',
    'بقیہ صفحہ 5 بقیہ نمبر 31',
    'Rate it :',
    'Views: 812 Print Article Print 14 Mar, 2020',
    'About the Author: Farhan Ali Read More Articles by Farhan Ali: 12 Articles with 9834 views',
  ])('at the end: %s', async (line) => {
    expect(await text(TITLE, ONE, TWO, line)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
  });

  it.each([
    'اشتہار کے بعد جاری بحث',
    'کہانی جاری ہے',
    'باقی صفحے خالی تھے',
    'آڈیو سننے والے کم ہیں',
    'یہ آڈیو سنیں تو یقین نہیں آتا',
    'Views: ایک نیا رسالہ',
    'بقیہ زندگی',
  ])('and not what is told: %s', async (line) => {
    expect(await text(TITLE, ONE, line, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${line}\n${TWO}` }]);
  });

  it('hash tags one a line at the end are tags, and in the text they stay', async () => {
    expect(await text(TITLE, ONE, TWO, '#مٹی_کے_برتن', '#چاک')).toMatchObject([{ body: `${ONE}\n${TWO}`, tags: ['مٹی کے برتن', 'چاک'] }]);
    expect(await text(TITLE, ONE, '#چاک', TWO)).toMatchObject([{ body: `${ONE}\n#چاک\n${TWO}` }]);
  });

  it('the number of a page over the headline, and not those of parts', async () => {
    expect(await text('12', TITLE, ONE, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
    expect(await text(TITLE, '1', ONE, '2', TWO)).toMatchObject([{ body: `1\n${ONE}\n2\n${TWO}` }]);
    expect(await text('1947', ONE, TWO)).toMatchObject([{ title: '1947', body: `${ONE}\n${TWO}` }]);
  });

  it('a button for a PDF beside others', async () => {
    expect(await text(TITLE, ONE, TWO, 'Print', 'Email', 'PDF')).toMatchObject([{ body: `${ONE}\n${TWO}` }]);
  });

  it('a button for comments between those of networks, and not a crosshead', async () => {
    expect(await text(TITLE, 'شیئر', 'ٹویٹ', 'ای میل', 'تبصرے', 'مزید شیئر', ONE, TWO)).toMatchObject([{ body: `${ONE}\n${TWO}` }]);
    expect(await text(TITLE, ONE, 'تبصرے', TWO)).toMatchObject([{ body: `${ONE}\nتبصرے\n${TWO}` }]);
  });

  it('what readers have said below, as WordPress prints it, and not what somebody says in the text', async () => {
    const said = [
      'علی رضا says:',
      'March 3, 2020 at 4:12 pm',
      'بہت اچھی خبر ہے شکریہ',
      'Reply',
      'ثنا نے کہا:',
      '4 مارچ 2020 بوقت 1:02',
      FOUR,
      'جواب دیں',
    ];
    for (const label of [['2 تبصرے'], []])
      expect(await text(TITLE, ONE, TWO, ...label, ...said, 'Leave a Reply Cancel reply')).toMatchObject([
        { body: `${ONE}\n${TWO}`, date: null },
      ]);
    // Without the day below him, or without the button below his words, it is a report of what he said.
    for (const told of [
      ['علی رضا نے کہا:', TWO, 'جواب دیں', THREE],
      ['Ali says:', 'March 3, 2020 at 4:12 pm', TWO, THREE],
    ]) {
      const [{ body = '' } = {}] = await text(TITLE, ONE, ...told);
      expect(body).toContain(TWO);
      expect(body).toContain(THREE);
    }
  });

  it('the menu and search of a theme over the headline', async () => {
    for (const menu of [
      ['Skip to content', 'Menu', 'Search for:', 'Home » News » Sindh'],
      ['Home', 'Articles', 'معاشرہ'],
    ])
      expect(await text(...menu, TITLE, '14 مارچ 2020', ONE, TWO)).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
    expect(await text('معاشرہ', ONE, TWO)).toMatchObject([{ title: 'معاشرہ', body: `${ONE}\n${TWO}` }]);
  });

  it('what a handout is, over its headline', async () => {
    expect(await text('برائے فوری اشاعت', '14 مارچ 2020ء', 'پریس ریلیز', TITLE, ONE, TWO)).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, date: '2020-03-14' },
    ]);
    expect(await text('پریس ریلیز', ONE, TWO)).toMatchObject([{ title: 'پریس ریلیز', body: `${ONE}\n${TWO}` }]);
    expect(await text(TITLE, ONE, 'پریس ریلیز', TWO)).toMatchObject([{ body: `${ONE}\nپریس ریلیز\n${TWO}` }]);
  });
});

describe('who, when and where', () => {
  it('the hour in words behind a day', async () => {
    for (const line of ['اتوار یکم مارچ 2020ء، 11 بجے دن', '1 مارچ 2020 دن 11 بجے', '1 مارچ 2020، 12:30 بجے دن'])
      expect(await text(TITLE, line, ONE, TWO)).toMatchObject([{ date: '2020-03-01', body: `${ONE}\n${TWO}` }]);
  });

  it('day, writer, and a town with a dash, each on a line of its own', async () => {
    expect(await text(TITLE, 'مارچ 14, 2020', 'زبیر اختر', 'سکھر —', ONE, TWO)).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, date: '2020-03-14', author: 'زبیر اختر', place: 'سکھر' },
    ]);
    expect(await text(TITLE, 'مارچ 14, 2020', 'برف کا طوفان', ONE, TWO)).toMatchObject([
      { body: `برف کا طوفان\n${ONE}\n${TWO}`, author: null },
    ]);
    expect(await text(TITLE, ONE, 'سکھر —', TWO)).toMatchObject([{ body: `${ONE}\nسکھر —\n${TWO}` }]);
  });

  it('a translator below the writer, and no translation of what stands above it', async () => {
    expect(await text(TITLE, 'تحریر: جان کیری', 'ترجمہ: سعیدہ رضوی', ONE, TWO)).toMatchObject([
      { body: `${ONE}\n${TWO}`, author: 'جان کیری' },
    ]);
    expect(await text(TITLE, 'ترجمہ: سعیدہ رضوی', ONE, TWO)).toMatchObject([{ body: `${ONE}\n${TWO}`, author: 'سعیدہ رضوی' }]);
    for (const line of ['ترجمہ: اور اگر تم شکر کرو گے', 'ترجمہ: سیدھا راستہ', 'ترجمہ: ہم کو سیدھا راستہ دکھا'])
      expect(await text(TITLE, ONE, line, TWO)).toMatchObject([{ body: `${ONE}\n${line}\n${TWO}` }]);
    expect(await text(TITLE, 'ترجمہ: سورہ فاتحہ', ONE, TWO)).toMatchObject([{ body: `ترجمہ: سورہ فاتحہ\n${ONE}\n${TWO}` }]);
  });

  it('a line of parts with signs between them, with comments and minutes', async () => {
    expect(await text(TITLE, 'از: ساجدہ پروین | 14 مارچ 2020 | زمرہ: سندھ | 3 تبصرے | 5 منٹ میں پڑھیں', ONE, TWO)).toMatchObject([
      { body: `${ONE}\n${TWO}`, author: 'ساجدہ پروین', date: '2020-03-14', topic: 'سندھ' },
    ]);
  });

  it('a box below the text whose labels have no colon, beside the day', async () => {
    const box = [
      'تاریخ 12.03.2019',
      'مصنف نادیہ قریشی',
      'موضوعات پاکستان',
      'کلیدی الفاظ برتن، مٹی، چاک',
      'پیرما لنک https://example.pk/p/3AbCd',
    ];
    expect(await text(TITLE, ONE, TWO, ...box)).toMatchObject([
      { body: `${ONE}\n${TWO}`, date: '2019-03-12', author: 'نادیہ قریشی', tags: ['برتن', 'مٹی', 'چاک'] },
    ]);
    expect(await text(TITLE, ONE, TWO, 'مصنف نادیہ قریشی')).toMatchObject([{ body: `${ONE}\n${TWO}\nمصنف نادیہ قریشی` }]);
  });

  it('a name and town in Latin letters in parentheses, and an address for letters', async () => {
    expect(await text(TITLE, '(Farhan Ali, Karachi)', ONE, TWO)).toMatchObject([
      { body: `${ONE}\n${TWO}`, author: 'Farhan Ali', place: 'Karachi' },
    ]);
    expect(await text(TITLE, 'تحریر: زبیر اختر', 'zubair.akhtar@example.com', ONE, TWO)).toMatchObject([{ body: `${ONE}\n${TWO}` }]);
    expect(await text(TITLE, ONE, 'news@example.com', TWO)).toMatchObject([{ body: `${ONE}\nnews@example.com\n${TWO}` }]);
  });
});

describe('markup', () => {
  it('a list of links to the parts of the same file, with its heading, is no text', async () => {
    const contents = '- [چاک](#chaak)\n- [بھٹی](#bhatti)\n  - [لکڑی](#lakri)\n';
    for (const heading of ['## فہرست\n\n', '## Table of Contents\n\n', ''])
      expect((await read('a.md', `# ${TITLE}\n\n${heading}${contents}\n## چاک\n\n${ONE}\n\n## بھٹی\n\n${TWO}\n`)).articles).toMatchObject([
        { title: TITLE, body: `چاک\n${ONE}\nبھٹی\n${TWO}` },
      ]);
    expect((await read('a.md', `# ${TITLE}\n\n${ONE}\n\n- [چاک](https://example.pk)\n- [بھٹی](#bhatti)\n`)).articles).toMatchObject([
      { body: `${ONE}\nچاک\nبھٹی` },
    ]);
  });

  it('AsciiDoc is refused by name', async () => {
    const { articles, report } = await read('a.txt', `= ${TITLE}\nزبیر اختر\n:toc:\n\n== چاک\n\n${ONE}\n`);
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain('the file is AsciiDoc');
    expect((await read('b.txt', `= ${TITLE} =\n\n${ONE}\n\n${TWO}\n`)).articles).toHaveLength(1);
  });

  it('what a service of news has cut off is told no more', async () => {
    const articles = [
      { source: { id: null, name: 'ساحل' }, title: TITLE, content: `${ONE}… [+1200 chars]`, publishedAt: '2020-03-14T10:00:00Z' },
    ];
    expect((await json({ status: 'ok', articles })).articles).toMatchObject([{ title: TITLE, body: `${ONE}…` }]);
  });
});

describe('text in narrow columns', () => {
  /** Fills lines word by word. */
  const filled = (paragraph: string, width: number): string => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const open = lines.at(-1) ?? '';
      if (open === '') lines[lines.length - 1] = word;
      else if (open.length + 1 + word.length <= width) lines[lines.length - 1] = `${open} ${word}`;
      else lines.push(word);
    }
    return lines.join('\n');
  };

  it.each([30, 34, 38])('of %d characters is made whole', async (width) => {
    const paragraphs = [
      'گاؤں کے لوگوں نے پل کی مرمت کے لیے چندہ جمع کیا اور کام کی نگرانی کے لیے پانچ افراد کی کمیٹی بنائی جو ہر جمعے کو حساب پیش کرے گی تاکہ کسی کو شکایت نہ ہو۔',
      'ٹھیکے دار نے بتایا کہ لوہے کی قیمت میں اضافے کی وجہ سے کام کو دو حصوں میں تقسیم کیا گیا ہے اور پہلے حصے میں صرف ستونوں کی مرمت کی جائے گی۔',
      'علاقے کے اسکول کے بچے اب تک کشتی میں بیٹھ کر دریا کے پار جاتے ہیں جس کے لیے ان کے والدین کو ہر مہینے الگ سے رقم دینی پڑتی ہے۔',
    ];
    expect(await text(TITLE, ...paragraphs.map((paragraph) => filled(paragraph, width)))).toMatchObject([
      { title: TITLE, body: paragraphs.join('\n') },
    ]);
  });

  it('and verses are not, with or without full stops', async () => {
    const verses =
      'رات کے پچھلے پہر کون مجھے\nدور سے نام لے کے پکارتا ہے\nمیں کہ خود اپنے آپ میں\nکب سے گم ہوں۔\n\nچاند کے ساتھ ساتھ چلتے ہوئے\nایک سایہ مری گلی تک ہے\nاور پھر اس کے بعد کوئی\nبھی نہیں۔';
    const [{ body = '' } = {}] = await text('گم شدہ', verses);
    expect(body.split('\n')).toHaveLength(8);
  });
});
