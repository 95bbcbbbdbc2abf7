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
