import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { utils as container, write as writeContainer } from 'cfb';
import { type Article, readArticles } from '../../seed/articles.js';
import { readFieldMap } from '../../seed/fields.js';
import { putRight } from '../../seed/formats/pdf.js';
import { newReport, type SeedReport } from '../../seed/report.js';
import { zipOf } from '../support/zip.js';

const ONE = 'شہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں جن میں آم اور جامن شامل ہیں۔';
const TWO = 'محکمہ جنگلات کے مطابق یہ درخت دس سال میں پھل دینے لگیں گے۔';
const TITLE = 'نئے باغ کا افتتاح';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-formats-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(
  name: string,
  content: string | Uint8Array,
  options: Parameters<typeof readArticles>[1] = {},
): Promise<{ articles: Article[]; report: SeedReport }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readPaths([path], options);
}

async function readPaths(
  paths: string[],
  options: Parameters<typeof readArticles>[1] = {},
): Promise<{ articles: Article[]; report: SeedReport }> {
  const report = newReport();
  const articles: Article[] = [];
  for await (const article of readArticles(paths, { ...options, report })) articles.push(article);
  return { articles, report };
}

describe('records', () => {
  it.each([
    ['semicolons', `title;body\n"نئے باغ کا افتتاح";"${ONE}"\n`],
    ['tabs', `title\tbody\n${TITLE}\t${ONE}\n`],
    ['a mark and Windows line ends', `\uFEFFtitle,body\r\n"${TITLE}","${ONE}"\r\n`],
    ['Urdu names of columns', `عنوان,متن\n"${TITLE}","${ONE}"\n`],
  ])('reads a table with %s, whatever its name', async (_what, text) => {
    for (const name of ['a.csv', 'a.txt']) expect((await read(name, text)).articles).toMatchObject([{ title: TITLE, body: ONE }]);
  });

  it.each(['sep=;\ntitle;body\n', '\uFEFFsep=;\r\ntitle;body\r\n', 'SEP=;\ntitle;body\n'])(
    'takes %j for what Excel is told, not for a row',
    async (head) => {
      const { articles, report } = await read('a.csv', `${head}"${TITLE}";"${ONE}"\n`);
      expect(articles).toMatchObject([{ title: TITLE, body: ONE }]);
      expect(report.left).toEqual({});
    },
  );

  it('reads rows that end in different ways, as in a file put together from two', async () => {
    const rows = `title,body\r\n${TITLE},"${ONE}"\n"دوسرا باغ","${TWO}"\r\nتیسرا باغ,${TWO}\n`;
    expect((await read('a.csv', rows)).articles).toMatchObject([
      { title: TITLE, body: ONE },
      { title: 'دوسرا باغ', body: TWO },
      { title: 'تیسرا باغ', body: TWO },
    ]);
  });

  it('reads articles that stand under their ids, and finds each again by it', async () => {
    const one = { title: TITLE, body: ONE };
    const two = { title: 'دوسرا باغ', body: TWO };
    const both = await read('a.json', JSON.stringify({ articles: { '-Nx1': one, '-Nx2': two } }));
    expect(both.articles).toMatchObject([one, two]);
    expect((await read('a.json', JSON.stringify({ '-Nx1': one, '-Nx2': two }))).articles).toEqual(both.articles);
    expect((await read('a.json', JSON.stringify({ '-Nx2': two }))).articles).toEqual([both.articles[1]]);
    // The parts of one article are none.
    const parts = { title: { text: TITLE, name: 'x' }, content: { html: `<p>${ONE}</p>` } };
    expect((await read('a.json', JSON.stringify(parts))).articles).toMatchObject([one]);
  });

  it('reads what MongoDB exports: a value in an object that names its kind', async () => {
    const record = (date: unknown, updated: unknown): string =>
      JSON.stringify({
        _id: { $oid: '5f0000000000000000000001' },
        title: TITLE,
        text: ONE,
        updatedAt: { $date: updated },
        createdAt: { $date: date },
      });
    const canonical = await read('a.ndjson', record({ $numberLong: '1763600000000' }, { $numberLong: '1763800000000' }));
    expect(canonical.articles).toMatchObject([{ title: TITLE, body: ONE, date: '2025-11-20', updated: '2025-11-22' }]);
    const relaxed = await read('a.ndjson', record('2025-11-20T00:53:20Z', '2025-11-22T08:26:40Z'));
    expect(relaxed.articles).toEqual([{ ...canonical.articles[0], dateText: '2025-11-20T00:53:20Z' }]);
  });

  it('takes the number of a writer, topic or place for no name, unless it is told so', async () => {
    const record = JSON.stringify([{ title: TITLE, body: ONE, author: 3, category: '17', city: 4, tags: ['2024', 'باغ'] }]);
    const { articles, report } = await read('a.json', record);
    expect(articles).toMatchObject([{ author: null, topic: null, place: null, tags: ['2024', 'باغ'] }]);
    expect(report.notes[0]?.note).toContain('left out: author, category, city');
    expect((await read('b.json', record, { map: readFieldMap('author=author') })).articles).toMatchObject([{ author: '3' }]);
  });

  it('reads writer, categories and tags that the REST interface of WordPress embeds', async () => {
    const post = {
      id: 5,
      status: 'publish',
      author: 3,
      categories: [8],
      tags: [4],
      title: { rendered: TITLE },
      content: { rendered: `<p>${ONE}</p>` },
      _embedded: {
        author: [{ id: 3, name: 'نسیم احمد' }],
        'wp:term': [
          [{ taxonomy: 'category', name: 'ماحول' }],
          [
            { taxonomy: 'post_tag', name: 'باغ' },
            { taxonomy: 'post_tag', name: 'درخت' },
          ],
          [],
        ],
      },
    };
    expect((await read('a.json', JSON.stringify([post]))).articles).toMatchObject([
      { title: TITLE, body: ONE, author: 'نسیم احمد', topic: 'ماحول', tags: ['باغ', 'درخت'] },
    ]);
  });

  it('knows the Roman Urdu names of a poetry site, and verses as a list', async () => {
    const verses = ['پتا پتا بوٹا بوٹا حال ہمارا جانے ہے', 'جانے نہ جانے گل ہی نہ جانے باغ تو سارا جانے ہے'];
    const poems = { poets: [{ name: 'میر', poems: [{ unwan: 'غزل', kalam: verses, shair: 'میر تقی میر' }] }] };
    expect((await read('a.json', JSON.stringify(poems))).articles).toMatchObject([
      { title: 'غزل', body: verses.join('\n'), author: 'میر تقی میر' },
    ]);
  });

  it('takes the names of fields that it is told, and says what it took', async () => {
    const { articles, report } = await read('a.csv', `h,t,x\n"${TITLE}","${ONE}","7"\n`, { map: readFieldMap('title=h,body=t') });
    expect(articles).toMatchObject([{ title: TITLE, body: ONE }]);
    expect(report.notes[0]?.note).toBe('fields: title=h, body=t; left out: x (--map FIELD=NAME,... to change that)');
  });

  it('calls columns by number where no row names them', async () => {
    const { articles, report } = await read('a.csv', `"${TITLE}","${ONE}"\n"دوسری خبر","${TWO} ${TWO}"\n`);
    expect(articles.map(({ body }) => body)).toEqual([ONE, `${TWO} ${TWO}`]);
    expect(report.notes.map(({ note }) => note).join()).toContain('the first row names no columns');
  });

  it('never indexes drafts, of whatever format', async () => {
    const drafts = [
      ['a.json', JSON.stringify([{ title: TITLE, body: ONE, status: 'draft' }])],
      ['a.ndjson', `${JSON.stringify({ title: TITLE, body: ONE, draft: true })}\n`],
      ['a.md', `---\ntitle: x\ndraft: true\n---\n${ONE}\n`],
      ['a.csv', `title,body,status\nx,"${ONE}",private\n`],
    ] as const;
    for (const [name, text] of drafts) {
      const { articles, report } = await read(name, text);
      expect([name, articles.length, report.leftOut]).toEqual([name, 0, 1]);
    }
  });

  it('reads JSON Feed, the REST interface of WordPress, and one object', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'باغ نامہ',
      items: [
        {
          id: '1',
          url: 'https://example.pk/1',
          title: TITLE,
          content_html: `<p>${ONE}</p><p>${TWO}</p>`,
          date_published: '2023-06-14T08:00:00+05:00',
          tags: ['باغ'],
        },
      ],
    };
    expect((await read('feed.json', JSON.stringify(feed))).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, source: 'باغ نامہ', date: '2023-06-14', url: 'https://example.pk/1', tags: ['باغ'] },
    ]);
    const posts = [
      {
        id: 5,
        date: '2023-06-14T08:00:00',
        link: 'https://example.pk/5',
        status: 'publish',
        title: { rendered: '&#8220;باغ&#8221;' },
        content: { rendered: `<p>${ONE}</p>` },
      },
    ];
    expect((await read('posts.json', JSON.stringify(posts))).articles).toMatchObject([
      { title: '“باغ”', body: ONE, date: '2023-06-14', url: 'https://example.pk/5' },
    ]);
    expect(
      (await read('one.json', JSON.stringify({ title: TITLE, body: ONE, comments: [{ author: 'x', text: TWO }] }))).articles,
    ).toMatchObject([{ title: TITLE, body: ONE }]);
  });

  it('reads verses that come as a list, and gives each poem its poet', async () => {
    const book = { name: 'دیوان', author: 'سلمیٰ', poems: [{ title: 'غزل', lines: ['ہوا کے دوش پر', 'چراغ جل گیا'] }] };
    expect((await read('book.json', JSON.stringify(book))).articles).toMatchObject([
      { title: 'غزل', author: 'سلمیٰ', source: 'دیوان', body: 'ہوا کے دوش پر\nچراغ جل گیا' },
    ]);
  });

  it('reads a list of articles in XML, and one article', async () => {
    const list = `<?xml version="1.0"?><articles><article><headline>${TITLE}</headline><byline>سلمیٰ</byline><text><para>${ONE}</para><para>${TWO}</para></text></article><article><headline>دو</headline><text><para>${TWO}</para></text></article></articles>`;
    expect((await read('a.xml', list)).articles).toMatchObject([
      { title: TITLE, author: 'سلمیٰ', body: `${ONE}\n${TWO}` },
      { title: 'دو', body: TWO },
    ]);
    const one = `<TEI><teiHeader><title>${TITLE}</title></teiHeader><text><body><p>${ONE}</p><p>${TWO}</p></body></text></TEI>`;
    expect((await read('b.xml', one)).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
  });

  it('takes chapters of a book apart', async () => {
    const book = {
      title: 'باغ نامہ',
      chapters: [
        {
          title: 'پہلا باب',
          poems: [
            { number: 1, text: ONE },
            { number: 2, text: TWO },
          ],
        },
      ],
    };
    expect((await read('book.json', JSON.stringify(book))).articles).toMatchObject([
      { title: 'پہلا باب 1', body: ONE },
      { title: 'پہلا باب 2', body: TWO },
    ]);
  });
});

describe('feeds and exports', () => {
  it('keeps the paragraphs of an Atom entry that is XHTML', async () => {
    const entry = (content: string): string =>
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>${TITLE}</title><id>tag:1</id>${content}</entry></feed>`;
    const xhtml = `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>${ONE}</p><p>5 &lt; 7 <b>اور</b><br/>${TWO}</p></div></content>`;
    const prefixed = `<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>${ONE}</x:p><x:p>5 &lt; 7 <x:b>اور</x:b><x:br></x:br>${TWO}</x:p></x:div></content>`;
    for (const content of [xhtml, prefixed])
      expect((await read('a.xml', entry(content))).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n5 < 7 اور\n${TWO}` }]);
  });

  it('drops the last line of items of WordPress, and no sentence that tells of a post', async () => {
    const feed = (last: string): string =>
      `<?xml version="1.0"?><rss version="2.0"><channel><title>خبریں</title><item><title>${TITLE}</title><description><![CDATA[<p>${ONE}</p><p>${last}</p>]]></description></item></channel></rss>`;
    for (const last of [
      `The post <a href="x">${TITLE}</a> appeared first on <a href="y">خبریں</a>.`,
      `The post ${TITLE} first appeared on خبریں.`,
    ])
      expect((await read('a.xml', feed(last))).articles).toMatchObject([{ body: ONE }]);
    expect((await read('a.xml', feed('The post office appeared in the film.'))).articles[0]?.body).toContain('post office');
  });

  it('reads Atom', async () => {
    const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>باغ نامہ</title><entry><title>${TITLE}</title><link rel="self" href="https://example.pk/x"/><link href="https://example.pk/1"/><id>urn:1</id><published>2023-06-14T08:00:00Z</published><updated>2023-06-15T08:00:00Z</updated><author><name>سلمیٰ</name></author><category term="شہر"/><content type="html">&lt;p&gt;${ONE}&lt;/p&gt;</content></entry></feed>`;
    expect((await read('a.atom', atom)).articles).toMatchObject([
      {
        title: TITLE,
        body: ONE,
        url: 'https://example.pk/1',
        date: '2023-06-14',
        updated: '2023-06-15',
        author: 'سلمیٰ',
        topic: 'شہر',
        source: 'باغ نامہ',
      },
    ]);
  });

  it('reads posts and pages of WordPress, with the names of writers, and comments when it is asked to', async () => {
    const item = (fields: string): string =>
      `<item><title>${TITLE}</title><link>https://example.pk/1</link><dc:creator>s</dc:creator><content:encoded><![CDATA[${ONE}\n\n[gallery ids="1"]\n\n${TWO}]]></content:encoded><wp:post_id>1</wp:post_id>${fields}</item>`;
    const comment = `<wp:comment><wp:comment_content>بہت خوب باغ ہے</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment><wp:comment><wp:comment_content>spam</wp:comment_content><wp:comment_approved>spam</wp:comment_approved></wp:comment>`;
    const types = ['revision', 'attachment', 'nav_menu_item'].map((type) =>
      item(`<wp:status>publish</wp:status><wp:post_type>${type}</wp:post_type>`),
    );
    const hidden = ['draft', 'private', 'trash'].map((status) => item(`<wp:status>${status}</wp:status><wp:post_type>post</wp:post_type>`));
    const wxr = `<?xml version="1.0"?><rss xmlns:wp="x"><channel><title>باغ نامہ</title><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>s</wp:author_login><wp:author_display_name>سلمیٰ</wp:author_display_name></wp:author>${[...types, ...hidden].join('')}${item(`<wp:status>publish</wp:status><wp:post_type>page</wp:post_type>${comment}`)}</channel></rss>`;
    const { articles, report } = await read('wp.xml', wxr);
    expect(articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}`, author: 'سلمیٰ' }]);
    expect(report.leftOut).toBe(6);
    expect((await read('wp.xml', wxr, { comments: true })).articles[0]?.body).toBe(`${ONE}\n${TWO}\nبہت خوب باغ ہے`);
  });

  it('reads other types of posts where they are named, and says of those that are left out how to take them', async () => {
    const item = (type: string, title: string): string =>
      `<item><title>${title}</title><content:encoded><![CDATA[${ONE} ${title}]]></content:encoded><wp:status>publish</wp:status><wp:post_type>${type}</wp:post_type></item>`;
    const wxr = `<?xml version="1.0"?><rss xmlns:wp="x"><channel><wp:wxr_version>1.2</wp:wxr_version>${item('post', 'خبر')}${item('recipe', 'حلیم')}${item('recipe', 'قورمہ')}${item('attachment', 'تصویر')}</channel></rss>`;
    const usual = await read('wp.xml', wxr);
    expect(usual.articles.map(({ title }) => title)).toEqual(['خبر']);
    expect(usual.report.left).toEqual({ 'not a post or page (recipe)': 2, 'not a post or page (attachment)': 1 });
    expect(usual.report.notes.map(({ note }) => note)).toEqual([
      'posts of the type "recipe" are left out (--types post,page,recipe takes them)',
    ]);
    const named = await read('wp.xml', wxr, { types: ['recipe'] });
    expect(named.articles.map(({ title }) => title)).toEqual(['حلیم', 'قورمہ']);
    expect(named.report.left).toEqual({ 'not of a type that was named (post)': 1, 'not of a type that was named (attachment)': 1 });
    // The table itself has the same types in a column.
    const rows = `post_title,post_content,post_type\nخبر,"${ONE}",post\nحلیم,"${TWO}",recipe\nمینو,"${TWO}",nav_menu_item\n`;
    expect((await read('a.csv', rows)).articles.map(({ title }) => title)).toEqual(['خبر']);
    expect((await read('a.csv', rows, { types: ['post', 'recipe'] })).articles.map(({ title }) => title)).toEqual(['خبر', 'حلیم']);
  });

  it.each([
    ['a link', `<p>${ONE} <a href="x">مزید پڑھیں</a></p>`, ONE],
    [
      'a link behind dots',
      `<p>${ONE.slice(0, 40)}&hellip; <a class="more" href="x">Read More <span>»</span></a></p>`,
      `${ONE.slice(0, 40)}…`,
    ],
    ['a link of WordPress', `${ONE} [<a href="x">Continue reading <span>${TITLE}</span></a>]`, ONE],
    ['a link to a source, which is a word of the text', `<p>${ONE} <a href="x">مزید آم</a></p>`.replace('مزید آم', 'آم'), `${ONE} آم`],
    ['such a link in the middle', `<p><a href="x">مزید پڑھیں</a> ${ONE}</p>`, `مزید پڑھیں ${ONE}`],
  ])('takes the link to the whole text from the end of a summary: %s', async (_what, html, body) => {
    const rss = `<?xml version="1.0"?><rss version="2.0"><channel><item><title>${TITLE}</title><description><![CDATA[${html}]]></description></item></channel></rss>`;
    expect((await read('a.rss', rss)).articles).toMatchObject([{ body }]);
  });

  it('reads what WordPress shows of shortcodes, and no address of a film that stands alone', async () => {
    const content = `[vc_row][vc_column width="1/2"]\n${ONE}\n[/vc_column][/vc_row]\n\nhttps://www.youtube.com/watch?v=x\n\n[youtube https://www.youtube.com/watch?v=x]\n\n${TWO}`;
    const wxr = `<?xml version="1.0"?><rss xmlns:wp="x"><channel><wp:wxr_version>1.2</wp:wxr_version><item><title>${TITLE}</title><content:encoded><![CDATA[${content}]]></content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>`;
    expect((await read('wp.xml', wxr)).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
    const address = `${ONE} دیکھیے https://www.youtube.com/watch?v=x`;
    expect((await read('wp.xml', wxr.replace(content, address))).articles).toMatchObject([{ body: address }]);
  });

  it.each(['باغ نامہ | ', ''])('takes the heading that stands in the title of the page, "%s" before it', async (site) => {
    const after = site === '' ? ' - باغ نامہ' : '';
    const page = `<html><head><title>${site}${TITLE}${after}</title></head><body><h2>موسم</h2><h2>${TITLE}</h2><p>${ONE}</p><p>${TWO}</p><p>${ONE.replace('آم', 'انار')}</p></body></html>`;
    expect((await read('a.html', page)).articles).toMatchObject([{ title: TITLE, source: 'باغ نامہ' }]);
  });

  it('puts elements that stand alone apart, and leaves those among letters in their line', async () => {
    const article = `<?xml version="1.0"?><article><title>${TITLE}</title><body><intro><writer>سلمیٰ اعوان</writer><town>لاہور</town></intro><p>${ONE}</p><p><b>محکمہ</b> <i>جنگلات</i> خوش ہے۔</p></body></article>`;
    expect((await read('a.xml', article)).articles).toMatchObject([
      { title: TITLE, body: `سلمیٰ اعوان\nلاہور\n${ONE}\nمحکمہ جنگلات خوش ہے۔` },
    ]);
  });

  it('knows the parts of NITF, whose body has a head of its own', async () => {
    const nitf = `<?xml version="1.0"?><nitf><head><title>${TITLE}</title><docdata><date.issue norm="20230614T080000Z"/></docdata></head><body><body.head><hedline><hl1>${TITLE}</hl1></hedline><byline>سلمیٰ اعوان</byline><dateline><location>لاہور</location></dateline></body.head><body.content><p>${ONE}</p><p>${TWO}</p></body.content></body></nitf>`;
    expect((await read('a.xml', nitf)).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, author: 'سلمیٰ اعوان', place: 'لاہور', date: '2023-06-14' },
    ]);
  });

  it("leaves out the numbers of notes, and not the text's own", async () => {
    const page = `<!doctype html><html><body><h1>${TITLE}</h1><p>${ONE}<a href="#n1">1</a></p><p>${TWO} <sup><a href="notes.xhtml#n2">[۲]</a></sup></p><p>وہ <a href="#x">سات</a> تھے، اور <b>7</b> رہ گئے۔ ${ONE}</p></body></html>`;
    expect((await read('a.html', page)).articles).toMatchObject([{ body: `${ONE}\n${TWO}\nوہ سات تھے، اور 7 رہ گئے۔ ${ONE}` }]);
  });

  it('reads writers as feeds of Google name them', async () => {
    const entry = { title: { $t: TITLE }, content: { $t: `<p>${ONE}</p>` }, author: [{ name: { $t: 'سلمیٰ' } }] };
    expect((await read('a.json', JSON.stringify({ feed: { entry: [entry] } }))).articles).toMatchObject([{ title: TITLE, author: 'سلمیٰ' }]);
  });

  it('reads a page that says little of itself, by what readers see', async () => {
    const html = `<!DOCTYPE html><html><head><title>${TITLE} | باغ نامہ</title></head><body><div class="menu">صفحہ اول</div><h1>${TITLE}</h1><div class="entry-meta">بدھ، 14 جون 2023</div><div class="entry-content"><p>${ONE}</p><p>${TWO}</p></div></body></html>`;
    expect((await read('a.html', html)).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\n${TWO}`, date: '2023-06-14', source: 'باغ نامہ' },
    ]);
  });

  it('reads what stands before the end of a feed that is cut off, and says that it is', async () => {
    const rss = `<rss><channel><title>x</title><item><title>${TITLE}</title><description>${ONE}</description></item><item><title>دو`;
    const { articles, report } = await read('a.rss', rss);
    expect(articles).toHaveLength(1);
    expect(report.skipped[0]?.reason).toBe('the file is cut off inside <item>');
  });
});

describe('documents', () => {
  it('reads Word', async () => {
    const paragraph = (text: string, style = ''): string =>
      `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
    const docx = zipOf({
      '[Content_Types].xml':
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      '_rels/.rels':
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph(TITLE)}${paragraph(ONE)}${paragraph(TWO)}</w:body></w:document>`,
    });
    expect((await read('a.docx', docx)).articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
  });

  it('reads the chapters of an EPUB in their order', async () => {
    const chapter = (title: string, text: string): string =>
      `<?xml version="1.0"?><html><body><h1>${title}</h1><p>${text}</p><p>${text}</p><p>${text}</p></body></html>`;
    const epub = zipOf({
      mimetype: 'application/epub+zip',
      'OEBPS/two.xhtml': chapter('دوسرا باب', TWO),
      'OEBPS/one.xhtml': chapter('پہلا باب', ONE),
      'OEBPS/cover.xhtml': '<html><body><p>سرورق</p></body></html>',
      'OEBPS/book.opf':
        '<package><metadata><dc:title>باغ نامہ</dc:title><dc:creator>سلمیٰ</dc:creator></metadata><manifest><item id="c" href="cover.xhtml"/><item id="a" href="one.xhtml"/><item id="b" href="two.xhtml"/></manifest><spine><itemref idref="c"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
    });
    expect((await read('a.epub', epub)).articles).toMatchObject([
      { title: 'پہلا باب', author: 'سلمیٰ', source: 'باغ نامہ' },
      { title: 'دوسرا باب', author: 'سلمیٰ', source: 'باغ نامہ' },
    ]);
  });

  it('reads InPage 1 and 2 by its code, and InPage 3', async () => {
    const file = (stream: string, content: Uint8Array): Uint8Array => {
      const box = container.cfb_new();
      container.cfb_add(box, `/${stream}`, content);
      return writeContainer(box, { type: 'buffer' }) as Uint8Array;
    };
    // "باغ ہے۔" and a second line "نئے"
    const bytes = [0x82, 0x81, 0x99].flatMap((code) => [4, code]);
    const legacy = Uint8Array.from([
      ...Buffer.alloc(600, 1),
      ...bytes,
      4,
      0x20,
      4,
      0xa6,
      4,
      0xa5,
      4,
      0xf3,
      0x0d,
      4,
      0xa0,
      4,
      0xa3,
      4,
      0xa5,
      0x0d,
      ...Buffer.alloc(600),
    ]);
    expect((await read('a.inp', file('InPage100', legacy))).articles).toMatchObject([{ body: 'باغ ہے۔\nنئے' }]);
    const modern = Buffer.concat([Buffer.alloc(1_000, 1), Buffer.from(`${TITLE}\r${ONE}\r`, 'utf16le'), Buffer.alloc(1_000)]);
    expect((await read('b.inp', file('InPage300', modern))).articles).toMatchObject([{ title: TITLE, body: ONE }]);
    const unknown = Uint8Array.from(Array.from({ length: 300 }, (_, i) => [4, i % 3 === 0 ? 0xf0 : 0x82]).flat());
    const { report } = await read('c.inp', file('InPage200', Uint8Array.from([...unknown, ...Buffer.alloc(600)])));
    expect(report.skipped[0]?.reason).toBe('the file is an InPage document with codes that are not known (0xF0 100 times)');
  });

  it('of an export of Blogger: posts and pages that are published, and nothing else', async () => {
    const kind = (name: string): string =>
      `<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#${name}'/>`;
    const entry = (name: string, title: string, more = ''): string =>
      `<entry><id>tag:blogger.com,1999:blog-1.${title}</id>${kind(name)}${more}<title>${title}</title><content type='html'>&lt;p&gt;${ONE}&lt;/p&gt;</content></entry>`;
    const draft = '<app:control><app:draft>yes</app:draft></app:control>';
    const export_ = `<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'><title>بلاگ</title>${entry('template', 'سانچہ')}${entry('settings', 'ترتیب')}${entry('post', TITLE, "<category scheme='http://www.blogger.com/atom/ns#' term='شہر'/>")}${entry('post', 'مسودہ', draft)}${entry('comment', 'تبصرہ')}</feed>`;
    const { articles, report } = await read('blog.xml', export_);
    expect(articles).toMatchObject([{ title: TITLE, topic: 'شہر', source: 'بلاگ' }]);
    expect(report.left).toEqual({
      'not a post or page (template)': 1,
      'not a post or page (settings)': 1,
      'not published (draft)': 1,
      'not a post or page (comment)': 1,
    });
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['status true', { status: true }, true],
    ['status false', { attributes: { status: false } }, false],
    ['status 1 and 0, as Drupal and Joomla have them', { status: 1 }, true],
    ['status 0', { status: 0 }, false],
    ['published false, as Jekyll has it', { published: false }, false],
    ['draft true', { draft: true }, false],
    ['draft false', { draft: false }, true],
    ['isPublished false beside a status', { status: 'ok', isPublished: false }, false],
  ])('of a database: %s', async (_, more, isPublished) => {
    const { articles } = await read('a.json', JSON.stringify([{ id: 'x1', title: TITLE, body: ONE, ...more }]));
    expect(articles).toMatchObject(isPublished ? [{ title: TITLE, body: ONE, date: null }] : []);
  });

  it('of Ghost: posts, and not its users, settings and tags', async () => {
    const long = 'میں ایک صحافی ہوں جو بیس سال سے لاہور میں کام کر رہی ہوں۔';
    const data = {
      posts: [{ id: 'a', title: TITLE, html: `<p>${ONE}</p>`, status: 'published' }],
      users: [{ name: 'سلمیٰ', email: 'a@example.pk', password: 'secret', bio: long }],
      settings: [{ key: 'description', value: long }],
      tags: [{ name: 'شہر', description: long }],
    };
    const { articles, report } = await read('ghost.json', JSON.stringify({ db: [{ data }] }));
    expect(articles).toMatchObject([{ title: TITLE, body: ONE }]);
    expect(report.left).toEqual({ 'not an article (users)': 1, 'not an article (settings)': 1, 'not an article (tags)': 1 });
    // Writers with their poems are a book of them.
    const books = { authors: [{ name: 'میر', poems: [{ title: 'غزل', couplets: [[TITLE, TWO], [ONE]] }] }] };
    expect((await read('books.json', JSON.stringify(books))).articles).toMatchObject([{ title: 'غزل', body: `${TITLE}\n${TWO}\n${ONE}` }]);
  });

  it('of search engines, of languages side by side, of elements that are all called alike', async () => {
    const hit = (id: number, title: string, body: string): string =>
      JSON.stringify({ _index: 'a', _id: String(id), _source: { title, body } });
    expect((await read('a.ndjson', `${hit(1, TITLE, ONE)}\n${hit(2, 'پل', TWO)}`)).articles).toMatchObject([
      { title: TITLE, body: ONE, source: null },
      { title: 'پل', body: TWO },
    ]);
    const languages = [{ headline: { en: 'Garden', ur: TITLE }, story: { en: 'It was opened today, and many came to see it.', ur: ONE } }];
    expect((await read('a.json', JSON.stringify(languages))).articles).toMatchObject([{ title: TITLE, body: ONE }]);
    const doc = (title: string, body: string): string =>
      `<doc><field name="title">${title}</field><field name="body">${body}</field><field name="tags">شہر</field><field name="tags">باغ</field></doc>`;
    expect((await read('solr.xml', `<?xml version="1.0"?><add>${doc(TITLE, ONE)}${doc('پل', TWO)}</add>`)).articles).toMatchObject([
      { title: TITLE, body: ONE, tags: ['شہر', 'باغ'] },
      { title: 'پل', body: TWO },
    ]);
  });

  it('of pages without a body, and of pages that say the wrong encoding', async () => {
    const table = `<html><table><tr><td>${TITLE}</td></tr><tr><td>${ONE}</td></tr></table></html>`;
    expect((await read('a.xls', table)).articles[0]?.body).toContain(ONE);
    const page = `<html><head><meta charset="windows-1256"><title>${TITLE}</title></head><body><h1>${TITLE}</h1><p>${ONE}</p></body></html>`;
    expect((await read('a.html', page)).articles).toMatchObject([{ title: TITLE, body: ONE }]);
  });

  it('of front matter in TOML, whatever the name of the file: own names of a site too, a day without an hour, drafts', async () => {
    const post = (more: string): string => `+++\ntitle = '${TITLE}'\ndate = 2024-03-05\n${more}[params]\nauthor = "سلمیٰ"\n+++\n\n${ONE}\n`;
    for (const name of ['a.md', 'a.txt'])
      expect((await read(name, post(''))).articles).toMatchObject([
        { title: TITLE, date: '2024-03-05', dateText: '2024-03-05', author: 'سلمیٰ', body: ONE },
      ]);
    expect((await read('a.md', post('draft = true\n'))).articles).toEqual([]);
    // A line of plus signs is an ornament where no name stands below it.
    expect((await read('a.txt', `+++\n${TITLE}\n\n${ONE}\n`)).articles).toMatchObject([{ title: TITLE, body: ONE }]);
  });

  it('of posts of Jekyll, whose day stands in their name', async () => {
    const post = `---\ntitle: "${TITLE}"\n---\n\n${ONE}\n`;
    expect((await read('2024-03-05-bagh.md', post)).articles).toMatchObject([{ title: TITLE, date: '2024-03-05' }]);
    expect((await read('2024-03-05-x.md', post.replace('---\n\n', 'date: 2023-01-02\n---\n\n'))).articles).toMatchObject([
      { date: '2023-01-02' },
    ]);
  });

  it('puts text of a PDF right that comes in shapes or from left to right', () => {
    const shapes = 'ﮐﺘﺎب';
    expect(putRight(shapes)).toBe('کتاب');
    const reversed = [...`${TWO} 2023`].reverse().join('').replace('3202', '2023');
    expect(putRight(reversed)).toBe(`${TWO} 2023`);
    expect(putRight(ONE)).toBe(ONE);
  });

  it('tells a hit of subtitles its time', async () => {
    const vtt = `WEBVTT\n\n00:01.500 --> 00:03.000\n<v سلمیٰ>آج ہم باغ\n\n00:04.000 --> 00:06.000\nدیکھیں گے۔\n\n00:07.000 --> 00:08.000\nچلیں۔\n`;
    const sounds = vtt.replace('\n00:01.500', '\n00:00.000 --> 00:01.000\n[موسیقی]\n\n00:01.500');
    expect(sounds).not.toBe(vtt);
    for (const text of [vtt, sounds])
      expect((await read('باغ کی سیر.vtt', text)).articles).toMatchObject([
        { title: 'باغ کی سیر', body: 'آج ہم باغ دیکھیں گے۔\nچلیں۔', times: [1.5, 7] },
      ]);
  });
});

describe('archives and addresses', () => {
  it('reads what is packed, in archives too, and names what it cannot', async () => {
    const zip = zipOf({
      'a/one.txt': `${TITLE}\n\n${ONE}`,
      'two.json.gz': gzipSync(JSON.stringify([{ title: 'دو', body: TWO }])),
      'dump.sql': 'CREATE TABLE x(id int);\nINSERT INTO x VALUES(1);\n',
    });
    const { articles, report } = await read('all.zip', zip);
    expect(articles.map(({ file, title }) => [file, title])).toEqual([
      ['all.zip!a/one.txt', TITLE],
      ['all.zip!two.json', 'دو'],
    ]);
    expect(report.skipped.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
      'all.zip!dump.sql: the file is an SQL dump, which holds no articles that can be read',
    ]);
  });

  describe('over HTTP', () => {
    let server: Server;
    let base: string;
    beforeEach(async () => {
      server = createServer((request, response) => {
        const page = new URL(request.url ?? '/', base).searchParams.get('page') ?? '1';
        if (request.url === '/sitemap.xml')
          response.end(`<urlset><url><loc>${base}/page</loc></url><url><loc>${base}/gone</loc></url></urlset>`);
        else if (request.url === '/page')
          response.end(
            `<!doctype html><html><head><meta property="og:title" content="${TITLE}"></head><body><article><p>${ONE}</p><p>${TWO}</p></article></body></html>`,
          );
        else if (request.url === '/moved') response.writeHead(302, { location: '/page' }).end();
        else if (request.url?.startsWith('/wp-json/') === true)
          response.setHeader('x-wp-totalpages', '2').end(
            JSON.stringify([
              {
                id: Number(page),
                link: `${base}/${page}`,
                title: { rendered: `خبر ${page}` },
                content: { rendered: `<p>${page === '1' ? ONE : TWO}</p>` },
              },
            ]),
          );
        else response.writeHead(404).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    it('fetches a page, where it was moved to, and all pages of a sitemap', async () => {
      const { articles, report } = await readPaths([`${base}/moved`, `${base}/sitemap.xml`]);
      expect(articles).toMatchObject([{ title: TITLE, body: `${ONE}\n${TWO}` }]);
      expect(report.duplicates).toHaveLength(1);
      expect(report.skipped.map(({ reason }) => reason)).toEqual(['this address answered 404']);
    });

    it('fetches all pages of the REST interface of WordPress', async () => {
      const { articles } = await readPaths([`${base}/wp-json/wp/v2/posts`]);
      expect(articles.map(({ title }) => title)).toEqual(['خبر 1', 'خبر 2']);
    });
  });
});
