import { readsFiles } from '../support/seed-file.js';

/** Shapes in which programs hand articles on, each a kind that was once read wrongly. The texts are made up. */

const TITLE = 'نہر کا پانی بستیوں میں داخل';
const OTHER = 'گندم کی کاشت مکمل';
const ONE = 'ضلعی انتظامیہ نے نہر کے کنارے آباد بستیوں کو خالی کرانے کا حکم دیا ہے کیونکہ پانی کی سطح مسلسل بلند ہو رہی ہے۔';
const TWO = 'محکمہ زراعت کے ماہرین نے کسانوں کو مشورہ دیا ہے کہ وہ گندم کی کاشت نومبر کے آخر تک مکمل کر لیں۔';
const THREE = 'ماہی گیروں نے شکایت کی کہ ساحل پر کچرے کے ڈھیر لگے ہیں جس سے مچھلیوں کی افزائش رک گئی ہے۔';

const read = readsFiles('shapes');

const json = async (value: unknown) => read('a.json', JSON.stringify(value));

describe('JSON', () => {
  it('has addresses, numbers and days of pictures, writers and sections that are not those of the article', async () => {
    const { articles } = await json([
      {
        image: { url: 'https://example.pk/a.jpg', id: 9 },
        featured_image: { url: 'https://example.pk/b.jpg', date: '2001-01-01' },
        author: { id: 3, name: 'سائرہ بتول', url: 'https://example.pk/saira', created_at: '2001-01-01' },
        section: { name: 'پاکستان', description: 'ملک کی خبریں' },
        title: TITLE,
        body: ONE,
        url: 'https://example.pk/1',
        published_at: '2022-01-05',
      },
      { title: OTHER, body: TWO, image: { url: 'https://example.pk/a.jpg' } },
    ]);
    expect(articles).toMatchObject([
      { title: TITLE, url: 'https://example.pk/1', date: '2022-01-05', author: 'سائرہ بتول', topic: 'پاکستان' },
      { title: OTHER, url: null, date: null },
    ]);
  });

  it('has its own address before that of its paper, and that of its paper before none', async () => {
    const source = { name: 'روزنامہ صبح', url: 'https://example.pk/paper' };
    expect((await json({ source, title: TITLE, body: ONE, url: 'https://example.pk/1' })).articles).toMatchObject([
      { url: 'https://example.pk/1' },
    ]);
    expect((await json({ source, title: TITLE, body: ONE })).articles).toMatchObject([{ url: source.url, source: source.name }]);
  });

  it('has an address in an object of its own', async () => {
    expect((await json({ title: TITLE, body: ONE, links: { url: 'https://example.pk/1' } })).articles).toMatchObject([
      { url: 'https://example.pk/1' },
    ]);
  });

  const record = (attributes: object) => ({
    id: 1,
    attributes: { createdAt: '2021-12-31T00:00:00Z', updatedAt: '2021-12-31T00:00:00Z', ...attributes },
  });

  it('names what belongs to a record of Strapi', async () => {
    const { articles } = await json({
      data: [
        record({
          title: TITLE,
          body: ONE,
          publishedAt: '2022-01-05T00:00:00.000Z',
          author: { data: { id: 2, attributes: { name: 'سائرہ بتول', url: 'https://example.pk/saira' } } },
          category: { data: { id: 4, attributes: { name: 'پاکستان' } } },
          tags: {
            data: [
              { id: 1, attributes: { name: 'نہر' } },
              { id: 2, attributes: { name: 'سیلاب' } },
            ],
          },
          cover: { data: { id: 7, attributes: { name: 'a.jpg', url: '/uploads/a.jpg' } } },
          related: { data: [] },
          editor: { data: null },
        }),
      ],
    });
    expect(articles).toMatchObject([
      { title: TITLE, body: ONE, date: '2022-01-05', author: 'سائرہ بتول', topic: 'پاکستان', tags: ['نہر', 'سیلاب'], url: null },
    ]);
  });

  it('never indexes a draft of Strapi, and keeps a row whose column for the day is not used', async () => {
    const flat = { createdAt: '2021-12-31T00:00:00Z', updatedAt: '2021-12-31T00:00:00Z', publishedAt: null };
    const { articles, report } = await json({
      data: [
        { id: 1, attributes: { title: TITLE, body: ONE, publishedAt: null, createdAt: '2021-12-31T00:00:00Z' } },
        { id: 2, title: OTHER, body: TWO, ...flat },
      ],
    });
    expect(articles).toEqual([]);
    expect(report.left).toEqual({ 'not published (draft)': 2 });
    expect((await json([{ title: TITLE, body: ONE, created_at: '2021-12-31', published_at: null }])).articles).toHaveLength(1);
  });

  it('names what stands at the edges of GraphQL', async () => {
    const node = {
      title: TITLE,
      content: ONE,
      categories: { edges: [{ node: { name: 'پاکستان' } }] },
      tags: { edges: [{ node: { name: 'نہر' } }, { node: { name: 'سیلاب' } }] },
    };
    expect((await json({ data: { posts: { edges: [{ cursor: 'a', node }] } } })).articles).toMatchObject([
      { title: TITLE, topic: 'پاکستان', tags: ['نہر', 'سیلاب'] },
    ]);
  });
});

describe('tables', () => {
  it.each([
    ['a.tsv', `title\tbody\n${TITLE}\t${ONE}\\n\\n${TWO}\n`],
    ['a.csv', `title,body\n"${TITLE}","${ONE}\\r\\n${TWO}"\n`],
  ])('has line ends as databases write them (%s)', async (name, text) => {
    expect((await read(name, text)).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
  });

  it('keeps the path of a file', async () => {
    expect((await read('a.csv', `title,body\n"${TITLE}","${ONE} C:\\news\\a"\n`)).articles).toMatchObject([{ body: `${ONE} C:\\news\\a` }]);
  });

  it('says behind which line a quote is never closed', async () => {
    const { articles, report } = await read('a.csv', `title,body\n${TITLE},${ONE}\n${OTHER},"${TWO}\n${THREE}\n`);
    expect(articles).toMatchObject([{ title: TITLE }]);
    expect(report.skipped[0]?.reason).toContain('a quote is opened behind line 2 and never closed');
  });

  it('says that a row has swallowed others', async () => {
    const rows = `a,${TITLE},"${ONE}\nb,${OTHER},${TWO}\nc,x,${THREE}\nd,y,${THREE}"\n`;
    const { report } = await read('a.csv', `id,title,body\n${rows}`);
    expect(report.notes.map(({ note }) => note).join('\n')).toContain('holds 3 lines that look like rows');
    const told = await read('b.csv', `id,title,body\n1,${TITLE},"${ONE}\n${TWO}"\n`);
    expect(told.report.notes.map(({ note }) => note).join('\n')).not.toContain('look like rows');
  });
});

it('reads notes of Obsidian without their marks', async () => {
  const text = `# ${TITLE}\n\n${ONE} [[کتب خانہ|پرانا کتب خانہ]] اور [[دریا]]۔ %%یاد رہے%%\n\n%% ذاتی نوٹ\nدوسری سطر %%\n\n![[a.png]]\n\n${TWO} اس سال 5% اور 10%% کم۔\n`;
  expect((await read('a.md', text)).articles).toMatchObject([
    { title: TITLE, body: `${ONE} پرانا کتب خانہ اور دریا۔\n${TWO} اس سال 5% اور 10%% کم۔` },
  ]);
});

describe('pages', () => {
  const page = (title: string, body: string): string =>
    `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;

  it('says that one is for logging in, and reads an article beside a field for a password', async () => {
    const form = '<form><input name="log"><input type="password" name="pwd"></form>';
    const { articles, report } = await read(
      'a.html',
      page('لاگ اِن کریں - روزنامہ صبح', `<h1>لاگ اِن کریں</h1>${form}<p>پاس ورڈ بھول گئے؟</p>`),
    );
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain('is a page to log in');
    expect(
      (await read('b.html', page(TITLE, `${form}<article><h1>${TITLE}</h1><p>${ONE}</p><p>${TWO}</p></article>`))).articles,
    ).toMatchObject([{ title: TITLE }]);
  });

  it('leaves out what a server lists of a folder', async () => {
    const { articles, report } = await read(
      'a.html',
      page('Index of /uploads', '<h1>Index of /uploads</h1><pre><a href="../">../</a> <a href="a.jpg">a.jpg</a></pre>'),
    );
    expect(articles).toEqual([]);
    expect(report.left).toEqual({ 'a list of links': 1 });
  });

  it('has no headline in a name that a program gave it', async () => {
    expect(
      (await read('a.html', page('New Page 1', `<p><font size="6">${TITLE}</font></p><p>${ONE}</p><p>${TWO}</p>`))).articles,
    ).toMatchObject([{ title: TITLE, titleDerived: true }]);
  });

  it('is a blog of Blogger, with each post apart', async () => {
    const post = (title: string, href: string, text: string) =>
      `<div class="post hentry"><h3 class="post-title"><a href="${href}">${title}</a></h3><div class="post-body">${text}</div><div class="post-footer">Posted by سائرہ at 5:00 AM</div></div>`;
    const body =
      post(TITLE, 'http://blog.example.pk/1', `${ONE}<br/><br/>${TWO}`) + post(OTHER, 'http://blog.example.pk/2', `${TWO}<br/>${THREE}`);
    expect((await read('a.html', page('میرا بلاگ', body))).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, url: 'http://blog.example.pk/1' },
      { title: OTHER, body: `${TWO}\n${THREE}`, url: 'http://blog.example.pk/2' },
    ]);
  });

  it('names its writer in its data, in one word too', async () => {
    const body = `<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">${TITLE}</h1><span itemprop="author">اسلم</span><div itemprop="articleBody"><p>${ONE}</p><p>${TWO}</p></div></div>`;
    expect((await read('a.html', page(TITLE, body))).articles).toMatchObject([{ author: 'اسلم', body: `${ONE}\n${TWO}` }]);
  });
});
