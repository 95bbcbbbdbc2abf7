import { utils as container, write as writeContainer } from 'cfb';
import { readsFiles } from '../support/seed-file.js';

/** The same things in the many forms in which people write them. */
const ONE = 'شہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں جن میں آم اور جامن شامل ہیں۔';
const TWO = 'محکمہ جنگلات کے مطابق یہ درخت دس سال میں پھل دینے لگیں گے۔';
const TITLE = 'نئے باغ کا افتتاح';
const BODY = `${ONE}\n${TWO}`;

const read = readsFiles('forms');

it.each<[string, string, string?]>([
  ['یکم دسمبر 2018', '2018-12-01'],
  ['پیر، 3 دسمبر 2018', '2018-12-03'],
  ['03 دسمبر2018ء', '2018-12-03'],
  ['3دسمبر2018', '2018-12-03'],
  ['یکم جنوری2019ء', '2019-01-01'],
  ['۳ دسمبر ۲۰۱۸ء بروز پیر', '2018-12-03'],
  ['٣ دسمبر ٢٠١٨', '2018-12-03'],
  ['ویب ڈیسک پیر 3 دسمبر 2018', '2018-12-03'],
  ['3 دسمبر 2018ء بمطابق 25 ربیع الاول 1440ھ', '2018-12-03'],
  ['25 ربیع الاول 1440ھ، 3 دسمبر 2018ء', '2018-12-03'],
  ['اتوار 2 دسمبر 2018 - 23 ربیع الاول 1440', '2018-12-02'],
  ['جمعۃ المبارک 7 دسمبر 2018ء', '2018-12-07'],
  ['شائع 3 دسمبر 2018 اپ ڈیٹ 4 دسمبر 2018', '2018-12-03', '2018-12-04'],
  ['Published: December 3, 2018 | Updated: December 4, 2018', '2018-12-03', '2018-12-04'],
  ['پہلی اشاعت: 3 دسمبر 2018', '2018-12-03'],
  ['تاریخ اشاعت: یکم جنوری 2019', '2019-01-01'],
  ['Dec 3, 2018 10:30am PKT', '2018-12-03'],
  ['3-دسمبر-2018', '2018-12-03'],
])('reads the date line %s', async (line, date, ...[updated]) => {
  const { articles } = await read('a.txt', `${TITLE}\n${line}\n\n${BODY}\n`);
  expect(articles).toMatchObject([{ title: TITLE, body: BODY, date, updated: updated ?? null, author: null }]);
});

it.each([
  ['تحریر: احمد علی'],
  ['از: احمد علی'],
  ['رپورٹ: احمد علی'],
  ['قلم کار: احمد علی'],
  ['کالم نگار: احمد علی'],
  ['بقلم: احمد علی'],
  ['بائی لائن: احمد علی'],
])('reads the byline %s', async (line) => {
  const { articles } = await read('a.txt', `${TITLE}\n${line}\n3 دسمبر 2018\n\n${BODY}\n`);
  expect(articles).toMatchObject([{ title: TITLE, body: BODY, author: 'احمد علی' }]);
});

it.each([
  ['a fragment with a headline', `<h1>${TITLE}</h1>\n<p>${ONE}</p>\n<p>${TWO}</p>\n`],
  [
    'a whole page',
    `<!DOCTYPE html><html><head><title>${TITLE}</title></head><body><nav>گھر</nav><article><h1>${TITLE}</h1><p>${ONE}</p><p>${TWO}</p></article></body></html>`,
  ],
])('reads HTML in a .txt: %s', async (_, html) => {
  expect((await read('a.txt', html)).articles).toMatchObject([{ title: TITLE, body: BODY }]);
});

describe('JSON', () => {
  const blocks = [
    { id: 'x', type: 'paragraph', data: { text: ONE } },
    { type: 'image', data: { file: { url: 'https://a.example/1.jpg' }, caption: 'تصویر' } },
    { type: 'list', data: { style: 'unordered', items: ['آم', { content: 'جامن', items: [{ content: 'انار', items: [] }] }] } },
    { type: 'quote', data: { text: TWO, caption: 'محکمہ' } },
  ];

  it.each([
    ['an article', { title: TITLE, time: 1, blocks, version: '2.2' }],
    ['a field of an article', [{ title: TITLE, content: { time: 1, blocks } }]],
  ])('takes blocks of Editor.js for the text: %s', async (_, value) => {
    expect((await read('a.json', JSON.stringify(value))).articles).toMatchObject([
      { title: TITLE, body: `${ONE}\nآم\nجامن\nانار\n${TWO}` },
    ]);
  });

  const text = (letters: string): object => ({ type: 'text', text: letters });
  const [head, tail] = [ONE.slice(0, 20), ONE.slice(20)];
  it.each<[string, unknown]>([
    [
      'ProseMirror',
      {
        type: 'doc',
        content: [
          { type: 'paragraph', content: [text(head), { ...text(tail), marks: [{ type: 'bold' }] }] },
          { type: 'horizontalRule' },
          { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [text(TWO)] }] }] },
        ],
      },
    ],
    [
      'Slate and Strapi',
      [
        {
          type: 'paragraph',
          children: [{ text: head }, { type: 'link', url: 'https://a.example', children: [{ text: tail, bold: true }] }],
        },
        { type: 'image', url: 'https://a.example/1.jpg', children: [{ text: '' }] },
        { children: [{ text: TWO }] },
      ],
    ],
    [
      'Sanity',
      [
        {
          _type: 'block',
          style: 'normal',
          markDefs: [],
          children: [
            { _type: 'span', text: head },
            { _type: 'span', text: tail },
          ],
        },
        { _type: 'image', asset: { _ref: 'x' } },
        { _type: 'block', children: [{ _type: 'span', text: TWO }] },
      ],
    ],
    [
      'Lexical',
      {
        root: {
          type: 'root',
          children: [{ type: 'paragraph', children: [text(ONE), { type: 'linebreak' }, text(TWO)] }],
        },
      },
    ],
    [
      'Contentful',
      {
        nodeType: 'document',
        data: {},
        content: [ONE, TWO].map((value) => ({ nodeType: 'paragraph', data: {}, content: [{ nodeType: 'text', value, marks: [] }] })),
      },
    ],
  ])('reads the tree that an editor keeps: %s', async (_, body) => {
    expect((await read('a.json', JSON.stringify([{ id: 1, title: TITLE, body }]))).articles).toMatchObject([{ title: TITLE, body: BODY }]);
  });

  it('takes chapters and lists of articles for no such tree', async () => {
    const chapters = {
      type: 'book',
      content: [
        { type: 'chapter', title: TITLE, text: ONE },
        { type: 'chapter', title: 'دوسرا باب', text: TWO },
      ],
    };
    expect((await read('a.json', JSON.stringify(chapters))).articles).toMatchObject([
      { title: TITLE, body: ONE },
      { title: 'دوسرا باب', body: TWO },
    ]);
  });

  it('reads couplets, whose verses are numbered', async () => {
    const verses = ['ہوا کے ساتھ اک پتا گرا ہے', 'شجر نے آج کیا کیا کچھ سنا ہے'];
    const [line1, line2] = verses;
    for (const couplets of [[{ line1, line2 }], [{ 'misra 1': line1, 'misra 2': line2 }]])
      expect((await read('a.json', JSON.stringify([{ title: TITLE, couplets }]))).articles).toMatchObject([
        { title: TITLE, body: verses.join('\n') },
      ]);
    expect((await read('a.json', JSON.stringify({ poet: 'میر', ghazals: [{ title: TITLE, sher: [verses] }] }))).articles).toMatchObject([
      { title: TITLE, author: 'میر', body: verses.join('\n') },
    ]);
  });

  it('reads objects over many lines, one behind another, whatever stands in their strings', async () => {
    const second = 'دوسری خبر "} {[" کے ساتھ \\';
    const pretty = [
      { title: TITLE, body: ONE },
      { title: second, body: TWO },
    ].map((one) => JSON.stringify(one, null, 2));
    for (const between of ['\n', '', '\n\n']) {
      const { articles, report } = await read('a.json', pretty.join(between));
      expect(articles).toMatchObject([
        { title: TITLE, body: ONE },
        { title: second, body: TWO },
      ]);
      expect(report.skipped).toEqual([]);
    }
  });

  it('keeps what stood before a mistake', async () => {
    const { articles, report } = await read('a.json', `${JSON.stringify({ title: TITLE, body: ONE }, null, 1)}\n{ "title": `);
    expect(articles).toMatchObject([{ title: TITLE }]);
    expect(report.skipped[0]?.reason).toContain('holds no whole JSON');
  });
});

describe('InPage', () => {
  /** One byte behind 0x04 for each letter, as InPage 1 and 2 write it: written from the table that the reader has. */
  const CODES: Readonly<Record<string, number>> = { ب: 0x82, ا: 0x81, غ: 0x99, ' ': 0x20, ہ: 0xa6, ے: 0xa5, '۔': 0xf3, ن: 0xa0, ئ: 0xa3 };
  const legacy = (text: string): Uint8Array =>
    Uint8Array.from([...text].flatMap((letter) => (letter === '\n' ? [0x0d] : [4, CODES[letter] ?? 0])));
  const modern = (text: string): Uint8Array => Buffer.from(text.replaceAll('\n', '\r'), 'utf16le');
  const document = (stream: string, text: Uint8Array, around: number): Uint8Array => {
    const box = container.cfb_new();
    container.cfb_add(box, `/${stream}`, Buffer.concat([Buffer.alloc(around, 1), text, Buffer.alloc(around)]));
    return writeContainer(box, { type: 'buffer' }) as Uint8Array;
  };

  it.each([
    ['InPage100', legacy],
    ['InPage200', legacy],
    ['InPage300', modern],
  ])('is read from its stream %s', async (stream, encode) => {
    const { articles } = await read('a.inp', document(stream, encode('باغ ہے۔\nنئے باغ ہے۔\n'), 1_200));
    expect(articles).toMatchObject([{ body: 'باغ ہے۔\nنئے باغ ہے۔' }]);
  });

  it('is read without a container, as it was copied out', async () => {
    expect((await read('a.txt', legacy('باغ ہے۔\nنئے باغ ہے۔\n'))).articles).toMatchObject([{ body: 'باغ ہے۔\nنئے باغ ہے۔' }]);
  });
});
