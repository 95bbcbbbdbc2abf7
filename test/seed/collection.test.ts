import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Article } from '../../seed/article.js';
import { readArticles } from '../../seed/articles.js';
import { collection } from '../../seed/collection.js';
import { fold } from '../../seed/fold.js';
import { wordsOf } from '../../seed/lines.js';
import { hash32, isSameReport, Sketches, wordHashesOf } from '../../seed/near-duplicates.js';
import { noRepairs, repaired, WordCounts } from '../../seed/repair.js';
import { countOf, formatReport, nameIn, newReport, type SeedReport } from '../../seed/report.js';
import { Spool } from '../../seed/spool.js';
import { Draw } from '../support/draw.js';

/** Words that stand for a text of some length: numbered, so that two texts differ where their numbers do. */
const LETTERS = 'ابپتجچدرسشفکگلمن';
const word = (n: number): string => `${LETTERS[n % 16]}${LETTERS[(n >> 4) % 16]}${LETTERS[(n >> 8) % 16]}`;
function text(from: number, count = 120): string {
  const draw = new Draw(from + 1);
  return Array.from({ length: count }, () => word(draw.whole(0, 4_095))).join(' ');
}
/** Every `every`th word another one. */
const edited = (body: string, every: number): string =>
  body
    .split(' ')
    .map((one, i) => (i % every === every - 1 ? `${one}ٹ` : one))
    .join(' ');

let made = 0;
function article(changes: Partial<Article>): Article {
  made += 1;
  return {
    id: `id${made}`,
    title: 'نئے باغ کا افتتاح',
    titleDerived: false,
    body: text(0),
    date: null,
    timestamp: null,
    updated: null,
    dateText: null,
    subtitle: null,
    author: null,
    source: null,
    topic: null,
    place: null,
    url: null,
    tags: [],
    partOf: null,
    file: `${made}.txt`,
    ...changes,
  };
}
const dated = (date: string): Partial<Article> => ({ date, timestamp: Date.parse(date) / 1_000 });

async function* each(articles: readonly Article[]): AsyncGenerator<Article, void, undefined> {
  for (const one of articles) yield await Promise.resolve(one);
}

async function collect(articles: readonly Article[], options = {}): Promise<{ kept: Article[]; report: SeedReport; leftOut: string[] }> {
  const report = newReport();
  report.articles = articles.length;
  const leftOut: string[] = [];
  const kept: Article[] = [];
  for await (const one of collection(each(articles), { report, onLeftOut: (id) => void leftOut.push(id), ...options })) kept.push(one);
  return { kept, report, leftOut };
}

it('does not say of a file whose report another file has that nothing is in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'justuju-collection-'));
  try {
    for (const [name, body] of [
      ['a.txt', text(0)],
      ['b.txt', edited(text(0), 40)],
    ] as const)
      writeFileSync(join(folder, name), `${name === 'a.txt' ? 'باغ کھل گیا' : 'نیا باغ کھل گیا'}\n\n${body}۔\n`);
    const report = newReport();
    const kept: Article[] = [];
    for await (const one of collection(readArticles([folder], { report }), { report })) kept.push(one);
    expect([kept.length, report.articles, report.nearDuplicates.length, report.skipped]).toEqual([1, 1, 1, []]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('the same report on two sites', () => {
  const one = article({ source: 'جنگ', body: text(0) });
  const other = (changes: Partial<Article>): Article => article({ source: 'ڈان', body: edited(text(0), 40), ...changes });

  it.each<[string, Article, Article]>([
    ['two sites, a word in forty otherwise', one, other({})],
    [
      'sites by their addresses',
      article({ url: 'https://a.example/1' }),
      article({ url: 'https://b.example/9', body: edited(text(0), 50) }),
    ],
    ['two days apart', { ...one, ...dated('2026-01-01') }, other(dated('2026-01-03'))],
    ['more numbers in the one that is kept', article({ source: 'جنگ', body: `${text(0)} 12` }), article({ source: 'ڈان' })],
  ])('is found: %s', (_, better, worse) => expect(isSameReport(better, worse)).toBe(true));

  it.each<[string, Article, Article]>([
    ['one site writes twice', one, other({ source: 'جنگ' })],
    ['one file, no site', article({ file: 'a.csv' }), article({ file: 'a.csv', body: edited(text(0), 50) })],
    [
      'bulletins that differ in numbers only',
      article({ source: 'جنگ', body: `ڈالر 280 روپے ${text(0)}` }),
      other({ body: `ڈالر 281 روپے ${text(0)}` }),
    ],
    ['a result the other way round', article({ source: 'جنگ', body: `میچ 3 2 ${text(0)}` }), other({ body: `میچ 2 3 ${text(0)}` })],
    [
      'numbers in other digits are numbers',
      article({ source: 'جنگ', body: `ڈالر 280 ${text(0)}` }),
      other({ body: `ڈالر ۲۸۱ ${text(0)}` }),
    ],
    ['the weather of two towns', { ...one, place: 'لاہور' }, other({ place: 'کراچی' })],
    ['a bulletin of every day', { ...one, ...dated('2026-01-01') }, other(dated('2026-01-04'))],
    ['a parody: a word in eight otherwise', one, other({ body: edited(text(0), 8) })],
    ['two matches', one, other({ body: `${text(0, 60)} ${text(500, 60)}` })],
    ['a poem of a few verses', article({ body: text(0, 50), source: 'جنگ' }), other({ body: `${text(0, 50)} اور` })],
    ['subtitles', article({ source: 'جنگ', times: [1] }), other({ times: [2] })],
  ])('is not: %s', (_, better, worse) => expect(isSameReport(better, worse)).toBe(false));

  it('comes as it is read where nobody sees the index yet, and what a better one stands in for is told', async () => {
    const [undated, apart, better] = [
      other({ source: 'اوصاف' }),
      article({ body: text(3_000), source: 'جنگ' }),
      other(dated('2026-01-01')),
    ];
    const came: string[] = [];
    async function* read(): AsyncGenerator<Article, void, undefined> {
      for (const one of [undated, apart, better, other({ source: 'دنیا' })]) {
        came.push(`read ${one.id}`);
        yield await Promise.resolve(one);
      }
    }
    const leftOut: string[] = [];
    const options = { report: newReport(), isEarly: true, onLeftOut: (id: string) => void leftOut.push(id) };
    for await (const { id } of collection(read(), options)) came.push(`sent ${id}`);
    expect(came.slice(0, 6)).toEqual([undated, apart, better].flatMap(({ id }) => [`read ${id}`, `sent ${id}`]));
    expect(came).toHaveLength(7);
    expect(leftOut).toEqual([undated.id, expect.any(String)]);
  });

  it('is indexed once: the dated one, else the longer, else the first; and all of it is told', async () => {
    const [undatedA, datedB, longerC] = [
      other({ source: 'اوصاف' }),
      other(dated('2026-01-01')),
      article({ source: 'دنیا', body: `${text(0)} ${text(900, 8)}` }),
    ];
    const { kept, report, leftOut } = await collect([undatedA, article({ body: text(3_000), source: 'جنگ' }), datedB, longerC]);
    expect(kept.map(({ id }) => id)).toEqual([expect.any(String), datedB.id]);
    expect(leftOut.sort()).toEqual([undatedA.id, longerC.id].sort());
    expect(report.nearDuplicates.map(({ because }) => because)).toEqual(['dated', 'dated']);
    expect(report.articles).toBe(2);
  });

  it('is indexed as often as it comes where that is wanted', async () => {
    const { kept, report } = await collect([one, other({})], { keepNearDuplicates: true });
    expect([kept.length, report.nearDuplicates]).toEqual([2, []]);
  });

  it('loses nothing: each article is kept or named, whatever comes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ from: fc.integer({ min: 0, max: 3 }), every: fc.integer({ min: 5, max: 60 }) }), { maxLength: 30 }),
        async (drawn) => {
          const articles = drawn.map(({ from, every }, i) => article({ body: edited(text(from * 1_000), every), source: `اخبار ${i}` }));
          const { kept, report, leftOut } = await collect(articles);
          expect([...kept.map(({ id }) => id), ...leftOut].sort()).toEqual(articles.map(({ id }) => id).sort());
          expect(report.nearDuplicates).toHaveLength(leftOut.length);
          expect(new Set(kept.map(({ body }) => body.slice(0, 10))).size).toBe(new Set(articles.map(({ body }) => body.slice(0, 10))).size);
        },
      ),
      { numRuns: 30 },
    ));

  it('is found among many, by hashes alone', () => {
    const sketches = new Sketches();
    for (let i = 0; i < 3_000; i += 1) sketches.add(article({ body: text(i * 500) }));
    let found = 0;
    for (let i = 0; i < 200; i += 1) if (sketches.add(article({ body: edited(text(i * 500), 40) })).includes(i)) found += 1;
    expect(found).toBeGreaterThan(190);
  });

  it('is found among so many that the table of hashes has grown, the latest first', () => {
    const sketches = new Sketches();
    const one = article({ body: text(1) });
    // The first and the last of these, and too short ones between them, which only have a number.
    const short = article({ body: 'باغ' });
    for (let i = 0; i < 70_000; i += 1) sketches.add(i % 10_000 === 9 || i === 69_999 ? article({ body: text(1) }) : short);
    expect(sketches.add(one)).toEqual([69_999, 60_009, 50_009, 40_009, 30_009, 20_009, 10_009, 9]);
    for (let i = 0; i < 300; i += 1) sketches.add(article({ body: text(i * 500 + 3) }));
    expect(sketches.add(article({ body: edited(text(1), 40) }))[0]).toBe(70_000);
  });

  it('is hashed as its words are, without cutting them out', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('ا', 'ب', 'ک', 'ہ', '3', 'a', ' ', '\n', '۔', '،', '-', '\u2019', '\u2026', '\u0915', '\u0301', '\u{1d7d8}'),
          {
            maxLength: 60,
          },
        ),
        (signs) => {
          const folded = fold(signs.join(''));
          expect([...Array.from(wordHashesOf(folded))]).toEqual(wordsOf(folded).map(hash32));
        },
      ),
    ));

  it('is not looked for among articles of one site, however many there are before it', () => {
    const sketches = new Sketches();
    for (let i = 0; i < 50; i += 1) expect(sketches.add(article({ body: text(0), source: 'جنگ' }))).toEqual([]);
    expect(sketches.add(article({ body: text(0), source: 'ایکسپریس' }))).toHaveLength(8);
  });

  it('is counted beyond ten thousand, and no more named', () => {
    const report = newReport();
    for (let i = 0; i < 10_003; i += 1) nameIn(report, 'duplicates', { file: `${i}.txt`, sameAs: 'a.txt' });
    expect([report.duplicates.length, report.unnamed, countOf(report, 'duplicates')]).toEqual([10_000, { duplicates: 3 }, 10_003]);
    const told = formatReport(report, { indexed: null, dryRun: true, failure: null });
    expect(told).toContain('Duplicates, indexed once: 10003');
    expect(told).toContain('  and 9953 more (--verbose lists all)');
  });
});

describe('repair', () => {
  const mend = (from: string, counts?: WordCounts): string => repaired(from, noRepairs(), counts);

  it.each([
    ['shapes of letters', '\uFE8D\uFEAD\uFEA9\uFEED میں', 'اردو میں'],
    ['an honorific in one sign stays', 'محمد \uFDFA نے', 'محمد \uFDFA نے'],
    ['Arabic yeh and kaf', '\u0643تاب ا\u064Aک ہے', 'کتاب ایک ہے'],
    ['one heh for both', 'ک\u0647یل ت\u0647ا \u0647م ج\u0647وٹ', 'کھیل تھا ہم جھوٹ'],
    ['one heh in a word that may be two, or none', 'گ\u0647ر اور ژب\u0647ژ ہے', 'گ\u0647ر اور ژب\u0647ژ ہے'],
    [
      'a verse in Arabic stays',
      '\u0642\u0644 \u0647\u0648 \u0627\u0644\u0644\u0647 \u0623\u062D\u062F',
      '\u0642\u0644 \u0647\u0648 \u0627\u0644\u0644\u0647 \u0623\u062D\u062F',
    ],
    [
      'a word with vowels in an Urdu line stays',
      'فرمایا: \u0627\u0650\u0646\u0651\u0650\u064A ہے',
      'فرمایا: \u0627\u0650\u0646\u0651\u0650\u064A ہے',
    ],
    ['letters and signs apart', 'ا\u0653پ گ\u06CC\u0654ے', 'آپ گئے'],
    ['a joiner that parts nothing', 'کار\u200C کے \u200Cلیے', 'کار کے لیے'],
    ['a joiner that parts two letters stays', 'خوب\u200Cصورت', 'خوب\u200Cصورت'],
    ['lines stay lines', 'ا\u0653پ\nہم', 'آپ\nہم'],
  ])('%s', (_, from, to) => expect(mend(from)).toBe(to));

  it('joins a broken word where the collection proves it, and nothing that is written apart', () => {
    const counts = new WordCounts();
    for (let i = 0; i < 30; i += 1) counts.add('پاکستان نے یہ کام کر دیا اور کردیا');
    counts.add('پاکستا ن');
    expect(mend('پاکستا ن نے کر دیا', counts)).toBe('پاکستان نے کر دیا');
  });

  it('is a law: what is repaired needs no repair', () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'\uFE8D\u064A\u0643\u0647\u0654\u0653\u200C \u0627\u06CC\u06D2\u06C1\u06A9\n'),
          maxLength: 30,
        }),
        (drawn) => {
          expect(mend(mend(drawn))).toBe(mend(drawn));
        },
      ),
    ));

  it('changes what is indexed only when it is asked to, and counts either way', async () => {
    const broken = article({ body: `\u0643تاب ہے ${text(0, 5)}` });
    expect((await collect([broken])).kept[0]?.body).toBe(broken.body);
    const told = await collect([broken], { inspect: true });
    expect([told.kept[0]?.body, told.report.repairs.arabic]).toEqual([broken.body, 1]);
    expect((await collect([broken], { repair: true })).kept[0]?.body).toMatch(/^کتاب ہے/);
  });
});

describe('what a record is known by', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'justuju-ids-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const ids = async (name: string, records: unknown): Promise<string[]> => {
    const path = join(folder, name);
    writeFileSync(path, typeof records === 'string' ? records : JSON.stringify(records));
    const found: string[] = [];
    for await (const { id } of readArticles([path])) found.push(id);
    return found;
  };
  const record = (n: number, more = {}): object => ({ title: `خبر نمبر ${n}`, body: `شہر میں ${n} نئے درخت لگا دیے گئے ہیں۔`, ...more });

  it('its address, or what it says, whatever the file is called and wherever it stands', async () => {
    const before = await ids('may.json', [record(1), record(2, { url: 'https://a.example/2', id: 2 })]);
    const after = await ids('june.json', [record(3), record(2, { url: 'https://a.example/2', id: 2 }), record(1)]);
    expect(after.slice(1)).toEqual([...before].reverse());
  });

  it('its number in its file only', async () => {
    const [a] = await ids('may.json', [record(1, { id: 7 }), record(2, { id: 8 })]);
    const [b] = await ids('june.json', [record(1, { id: 7 }), record(2, { id: 8 })]);
    expect(a).not.toBe(b);
  });

  it('its file, where it is all that the file holds', async () => {
    const [a] = await ids('one.json', record(1));
    const [b] = await ids('one.json', record(2));
    expect(a).toBe(b);
  });

  it('each by its own, where the front page is the address of all, or two say the same', async () => {
    const site = { url: 'https://a.example/' };
    const found = await ids('all.json', [record(1, site), record(2, site), record(1, { ...site, body: 'کچھ اور لکھا ہوا ہے یہاں۔' })]);
    expect(new Set(found).size).toBe(3);
  });
});

it('a spool gives each value back, while it is filled and afterwards', () => {
  const spool = new Spool<{ readonly text: string }>();
  const value = (i: number): { text: string } => ({ text: `${i} ${'باغ '.repeat(i % 50)}` });
  for (let i = 0; i < 20_000; i += 1) {
    expect(spool.push(value(i))).toBe(i);
    if (i % 997 === 0) expect(spool.read(Math.floor(i / 2))).toEqual(value(Math.floor(i / 2)));
  }
  for (const i of [0, 1, 8_191, 8_192, 8_193, 16_384, 19_999]) expect(spool.read(i)).toEqual(value(i));
  spool.close();
});
