import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { understand } from '../../../server/query/understand.js';
import { type Candidates, Retriever } from '../../../server/retrieval/retriever.js';
import { Synonyms } from '../../../server/settings/synonyms.js';
import { BatchBuilder, packBatch } from '../../../server/store/batch.js';
import { Stores } from '../../../server/store/stores.js';
import { wordsOfDocument } from '../../../server/store/words.js';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { fieldWeight } from '../../../server/weights.js';

/** What the words are found among: each is a document, under its number. */
const BACKGROUND = [
  ...Array<string>(60).fill('حکومت نے اعلان کیا اور شہر میں خبر پھیلی'),
  ...Array<string>(20).fill('کتاب اور بازار'),
  'شطرنج کا کھیل',
  'شطرنج',
  'زعفران',
  'عناصر',
  'عناصر',
  'عالمی مقابلہ',
  'زندگی اور موت',
  'زندگی کی خبر',
];
/** Words that no query asks for, so that texts are of a length. */
const FILLER = 'موسم خوشگوار رہا اور لوگ باغ میں گھومتے رہے۔';

let folder: string;
let stores: Stores;
let opened = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  stores = new Stores(folder, pino({ level: 'silent' }));
});
afterAll(async () => {
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
});

type Texts = Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;

/** Looks for queries in an index of these documents beside the others. */
async function indexOf(
  documents: Texts,
  { searchable = ['*'], background = BACKGROUND }: { searchable?: string[]; background?: string[] } = {},
): Promise<(q: string, synonyms?: Synonyms) => Candidates> {
  opened += 1;
  const store = stores.of({ createdAt: `index-${opened}`, primaryKey: 'id', searchable });
  await store.opened;
  const builder = new BatchBuilder('id');
  for (const [id, text] of [...Object.entries(documents), ...background.map((text, i) => [`background-${i}`, text] as const)]) {
    const own = typeof text === 'string' ? { body: text } : text;
    builder.add({ stamp: id, ids: { id } }, wordsOfDocument(own));
  }
  await store.add(packBatch(builder.take()), undefined);
  const { searcher } = store;
  searcher.refresh();
  const knowledge = new Knowledge(searcher.dictionary);
  await knowledge.refresh();
  const retriever = new Retriever(searcher);
  const weightOf = (name: number): number => (searcher.rankOf(name) === -1 ? 0 : fieldWeight(searcher.rankOf(name)));
  return (q, synonyms = Synonyms.NONE) =>
    retriever.retrieve(understand(q, knowledge, { isUrdu: true, synonyms }).slots, {
      mask: 0xff,
      fieldWeights: weightOf,
      isExact: false,
      most: 1_000,
    });
}
const order = ({ stamps }: Candidates): string[] => stamps.filter((stamp) => !stamp.startsWith('background'));

it('a space behind the last word, a function word, changes no order', async () => {
  const find = await indexOf({
    a: `زعفران زعفران زعفران ${FILLER} ہوئے`,
    b: `${FILLER} زعفران ہونا ${FILLER}`,
    c: `${FILLER} زعفران ${FILLER} ہونا`,
    d: `زعفران ${FILLER}`,
    ...Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`background-of-forms-${i}`, 'حکومت ہوئی اور ہوگی'])),
  });
  expect(order(find('زعفران ہونا '))).toEqual(order(find('زعفران ہونا')));
});

describe('what comes first', () => {
  it.each<[string, string, Texts]>([
    ['the form that was typed', 'کتاب ', { other: `${FILLER} کتابوں ${FILLER}`, typed: `${FILLER} کتاب ${FILLER}` }],
    ['also when the other form was typed', 'کتابوں ', { other: `${FILLER} کتاب ${FILLER}`, typed: `${FILLER} کتابوں ${FILLER}` }],
    ['the rare word before the common one', 'حکومت شطرنج ', { other: `حکومت حکومت حکومت ${FILLER}`, typed: `شطرنج ${FILLER}` }],
    ['both words before one', 'زعفران شطرنج ', { other: `زعفران زعفران زعفران ${FILLER}`, typed: `زعفران ${FILLER} شطرنج` }],
    [
      'words of one sentence before words of two',
      'زعفران شطرنج ',
      { other: `زعفران ${FILLER} ${FILLER} ${FILLER} شطرنج ${FILLER}`, typed: `${FILLER} زعفران اور شطرنج ${FILLER} ${FILLER}` },
    ],
    [
      'neighbours before words apart',
      'زعفران شطرنج ',
      { other: 'زعفران ایک دو تین چار پانچ چھ سات آٹھ شطرنج', typed: 'ایک دو تین چار زعفران شطرنج پانچ چھ سات آٹھ' },
    ],
    [
      'beside an unfinished word that before it as it was typed',
      'زندگیوں کتا',
      { other: `${FILLER} زندگی کتاب زندگیوں`, typed: `${FILLER} زندگیوں کتاب ${FILLER} ${FILLER}` },
    ],
    [
      'a function word that is the only neighbour, before the same words apart',
      'سامنے شطرنج ',
      { other: `شطرنج سامنے ${FILLER}`, typed: `${FILLER} سامنے شطرنج ${FILLER}` },
    ],
    ['neighbours in the right order', 'زعفران شطرنج ', { other: 'ایک دو شطرنج زعفران تین', typed: 'ایک دو زعفران شطرنج تین' }],
    [
      'a title before a text',
      'شطرنج ',
      { other: { title: 'خبر', body: `شطرنج ${FILLER.repeat(4)}` }, typed: { title: 'شطرنج', body: `خبر ${FILLER.repeat(4)}` } },
    ],
    ['a short text about it before a long one', 'شطرنج ', { other: `شطرنج ${FILLER.repeat(60)}`, typed: `شطرنج ${FILLER.repeat(4)}` }],
    ['two pieces of one word', 'عنا صر ', { typed: `عناصر کی فہرست۔ ${FILLER}` }],
    ['two words run together', 'شطرنجکھیل ', { typed: `شطرنج کھیل۔ ${FILLER}` }],
    ['a letter that sounds alike', 'شترنج ', { typed: `شطرنج۔ ${FILLER}` }],
    ['Roman letters', 'zindagi ', { typed: `زندگی۔ ${FILLER}` }],
    ['the beginning of a word', 'شطر', { typed: `شطرنج۔ ${FILLER}` }],
    [
      'a word beside which one begins with the letter that was typed',
      'زعفران ش',
      { other: `${FILLER} زعفران کتاب ${FILLER} شطرنج`, typed: `${FILLER} زعفران شطرنج ${FILLER} کتاب` },
    ],
    [
      'the same with a function word between',
      'زعفران کا ش',
      { other: `${FILLER} زعفران کا کتاب ${FILLER} کا شطرنج`, typed: `${FILLER} زعفران کا شطرنج ${FILLER} کا کتاب` },
    ],
    [
      'words with a function word between them, as in the query',
      'زعفران کی شطرنج ',
      { other: `${FILLER} زعفران اور کئی اور کی شطرنج ${FILLER}`, typed: `${FILLER} زعفران کی شطرنج اور کئی اور ${FILLER}` },
    ],
    [
      'what is said early',
      'زعفران ',
      { other: `خبر ${FILLER} ${FILLER} ${FILLER} زعفران`, typed: `خبر زعفران ${FILLER} ${FILLER} ${FILLER}` },
    ],
    [
      'other forms side by side before the very ones apart',
      'شہر بازار زعفران ',
      { other: `شہر ${FILLER} بازار ${FILLER} ${FILLER} زعفران`, typed: `شہروں بازاروں ${FILLER} ${FILLER} زعفران` },
    ],
    ['nested texts', 'شطرنج ', { typed: { a: [{ b: 'شطرنج' }] } }],
  ])('%s', async (_rule, q, documents) => {
    const found = order((await indexOf(documents))(q));
    expect(found[0]).toBe('typed');
  });

  it('is what stands side by side, however many documents hold the words apart', async () => {
    const apart = Object.fromEntries(
      Array.from({ length: 700 }, (_, i) => [`background-a${i}`, `زعفران ${FILLER} زعفران ${FILLER} شطرنج کتاب ${i}`]),
    );
    const find = await indexOf({ ...apart, typed: `${FILLER} ${FILLER} زعفران شطرنج ${FILLER} ${FILLER}` });
    for (const q of ['زعفران ش', 'زعفران شط', 'زعفران شطرنج']) expect([q, find(q).stamps[0]]).toEqual([q, 'typed']);
  });

  it.each([
    ['word for word', 'زعفران شطرنج موسم '],
    ['with a word of grammar that decides nothing', 'زعفران کی شطرنج '],
    ['as far as it is typed', 'زعفران شطرنج مو'],
    ['while its last word goes on', 'زعفران شطرنج'],
  ])('puts first the heading that begins as the query does, %s', async (_how, q) => {
    const isOpen = q === 'زعفران شطرنج';
    // In the very forms that were typed, but apart.
    const often = isOpen ? `شطرنج دیکھی۔ ${FILLER} زعفران لی۔` : 'زعفران شطرنج موسم میں، زعفران کی شطرنج۔ موسم، شطرنج اور زعفران۔';
    const heading = q.includes('کی')
      ? 'زعفران کی شطرنج آئی'
      : q === 'زعفران شطرنج'
        ? 'زعفران شطرنجوں کا موسم آیا'
        : 'زعفران شطرنج موسم آیا';
    const search = await indexOf(
      {
        a: { title: `نئی ${heading}`, body: often },
        b: { title: 'شہر کی خبر', body: often },
        wanted: { title: heading, body: `${FILLER} ${FILLER} ${FILLER}` },
      },
      { searchable: ['title', 'body'] },
    );
    expect(order(search(q))[0]).toBe('wanted');
  });

  it('is the same in every store of an index: what is alike comes by its key', async () => {
    const documents = { c: `شطرنج ${FILLER}`, a: `شطرنج ${FILLER}`, b: `شطرنج ${FILLER}` };
    const reversed = Object.fromEntries(Object.entries(documents).reverse());
    expect(order((await indexOf(documents))('شطرنج '))).toEqual(['a', 'b', 'c']);
    expect(order((await indexOf(reversed))('شطرنج '))).toEqual(['a', 'b', 'c']);
  });
});

describe('what is found', () => {
  it('is the same in every store also where more documents are alike than are compared', async () => {
    const documents = Array.from({ length: 400 }, (_, i) => [`d${i}`, `شطرنج ${FILLER}`] as const);
    const one = await indexOf(Object.fromEntries(documents));
    const other = await indexOf(Object.fromEntries([...documents].reverse()));
    for (const q of ['شطرنج', 'شطرنج ', 'شطرنج موسم']) expect(order(other(q))).toEqual(order(one(q)));
  });

  it('every document once, with falling scores, and counted by the anchor', async () => {
    const found = (await indexOf({ both: 'زعفران شطرنج', one: 'زعفران', none: FILLER }))('زعفران شطرنج ');
    expect(new Set(found.stamps).size).toBe(found.stamps.length);
    expect(found.scores).toEqual([...found.scores].sort((a, b) => b - a));
    expect(found.scores[0]).toBe(1);
    expect(order(found)).toEqual(['both', 'one']);
    const holding = found.stamps.filter((stamp) => !found.withoutAnchor.has(stamp));
    expect(found.withAnchor).toBe(holding.length);
  });

  it('nothing for words that nobody wrote', async () => {
    expect((await indexOf({ a: FILLER }))('قحبخث ')).toMatchObject({ stamps: [], anchor: undefined, withAnchor: 0 });
  });

  it('nothing in fields that are not searched', async () => {
    const search = await indexOf(
      { hidden: { note: 'شطرنج', title: 'خبر' }, shown: { title: 'شطرنج' } },
      { searchable: ['title'], background: [] },
    );
    expect(search('شطرنج ').stamps).toEqual(['shown']);
  });

  it('synonyms as well as the word, behind it; a part of one is none', async () => {
    const search = await indexOf({ word: 'ڈاکٹر کی آمد', synonym: 'طبیب کی آمد', part: 'عالمی دن', whole: 'عالمی معالج آیا' });
    const synonyms = Synonyms.read({ ڈاکٹر: ['طبیب', 'عالمی معالج'] });
    expect(order(search('ڈاکٹر ', synonyms))).toEqual(['word', 'synonym', 'whole']);
    expect(order(search('ڈاکٹر '))).toEqual(['word']);
  });

  it('all documents with a synonym, however many', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_none, i) => [`d${i}`, i < 100 ? 'ڈاکٹر کی آمد' : 'طبیب کی آمد']));
    const found = (await indexOf(many))('ڈاکٹر ', Synonyms.read({ ڈاکٹر: ['طبیب'] }));
    expect(found.stamps).toHaveLength(200);
    expect([found.withAnchor, found.withoutAnchor.size]).toEqual([100, 100]);
  });

  it('the same answer to the same question, and another after a change of what is asked', async () => {
    const search = await indexOf({ a: 'شطرنج' });
    expect(search('شطرنج ')).toBe(search('شطرنج '));
    expect(search('زعفران ')).not.toEqual(search('شطرنج '));
  });
});
