import { shadowFields } from '../../../server/documents/shadow.js';
import { type Ranked, rankCandidates } from '../../../server/search/rank.js';
import { understand } from '../../../server/search/understand.js';
import { CountingEncoder } from '../../../server/vocabulary/counting-encoder.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from './collection.js';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf([
    ...Array<string>(60).fill('حکومت نے اعلان کیا اور شہر میں خبر پھیلی'),
    ...Array<string>(20).fill('کتاب اور بازار'),
    'شطرنج کا کھیل',
    'شطرنج',
    'زعفران',
    'عناصر',
    'عناصر',
  ]);
});

type Texts = Record<string, string | Record<string, unknown>>;

/** Candidates that Meilisearch ranked alike, so that only the texts decide; `id` tells which came where. */
function ranked(q: string, documents: Texts): Ranked[] {
  const encoder = new CountingEncoder();
  const candidates = Object.entries(documents).map(([id, text]) => {
    const fields = typeof text === 'string' ? { body: text } : text;
    return { hit: { id, ...fields, ...shadowFields(fields, encoder.encode) }, rank: 3 };
  });
  return rankCandidates(candidates, understand(q, knowledge).slots);
}
const order = (q: string, documents: Texts): string[] => ranked(q, documents).map(({ hit }) => hit['id'] as string);

/** Words that no query asks for, so that bodies are of a length. */
const FILLER = 'موسم خوشگوار رہا اور لوگ باغ میں گھومتے رہے۔';

describe('rankCandidates', () => {
  it.each<[string, string, Texts]>([
    ['the form that was typed above another', 'کتاب ', { other: `${FILLER} کتابوں ${FILLER}`, typed: `${FILLER} کتاب ${FILLER}` }],
    ['also when the other form was typed', 'کتابوں ', { other: `${FILLER} کتاب ${FILLER}`, typed: `${FILLER} کتابوں ${FILLER}` }],
    [
      'a joined reading that is likely above its halves',
      'عنا صر ',
      { other: `${FILLER} صر ${FILLER} عنا ${FILLER}`, typed: `${FILLER} عناصر ${FILLER}` },
    ],
    ['the rare word above the common one', 'حکومت شطرنج ', { other: `حکومت ${FILLER}`, typed: `شطرنج ${FILLER}` }],
    ['the rare word above many of the common one', 'حکومت شطرنج ', { other: `حکومت حکومت حکومت ${FILLER}`, typed: `شطرنج ${FILLER}` }],
    ['both words above one', 'زعفران شطرنج ', { other: `زعفران زعفران زعفران ${FILLER}`, typed: `زعفران ${FILLER} شطرنج` }],
    [
      'words of one sentence above words of two',
      'زعفران شطرنج ',
      { other: `زعفران ${FILLER} ${FILLER} ${FILLER} شطرنج ${FILLER}`, typed: `${FILLER} زعفران اور شطرنج ${FILLER} ${FILLER}` },
    ],
    [
      'neighbours above words apart',
      'زعفران شطرنج ',
      { other: 'زعفران ایک دو تین چار پانچ چھ سات آٹھ شطرنج', typed: 'ایک دو تین چار زعفران شطرنج پانچ چھ سات آٹھ' },
    ],
    ['neighbours in the right order', 'زعفران شطرنج ', { other: 'ایک دو شطرنج زعفران تین', typed: 'ایک دو زعفران شطرنج تین' }],
    [
      'a title above a text',
      'شطرنج ',
      { other: { title: 'خبر', body: `شطرنج ${FILLER.repeat(4)}` }, typed: { title: 'شطرنج', body: `خبر ${FILLER.repeat(4)}` } },
    ],
    [
      'a short text about it above a long one that mentions it',
      'شطرنج ',
      { other: `شطرنج ${FILLER.repeat(60)}`, typed: `شطرنج ${FILLER.repeat(4)}` },
    ],
  ])('%s', (_rule, q, documents) => expect(order(q, documents)).toEqual(['typed', 'other']));

  it('puts the typed word above the corrected one', async () => {
    const withSlip = await knowledgeOf([...Array<string>(200).fill('حکومت'), 'حقومت']);
    const hit = (id: string, body: string): Record<string, unknown> => ({
      id,
      body,
      ...shadowFields({ body }, new CountingEncoder().encode),
    });
    const slots = understand('حقومت ', withSlip).slots;
    const found = rankCandidates(
      [
        { hit: hit('corrected', `حکومت ${FILLER}`), rank: 0 },
        { hit: hit('typed', `حقومت ${FILLER}`), rank: 1 },
      ],
      slots,
    );
    expect(found.map(({ hit }) => hit['id'])).toEqual(['typed', 'corrected']);
  });

  it('leaves Meilisearch’s order to documents that are alike', () => {
    const { slots } = understand('شطرنج ', knowledge);
    for (const body of ['شطرنج', FILLER]) {
      const candidates = ['c', 'a', 'b'].map((id, i) => ({ hit: { id, body }, rank: [2, 0, 1][i] ?? 0 }));
      expect(rankCandidates(candidates, slots).map(({ hit }) => hit['id'])).toEqual(['a', 'b', 'c']);
    }
  });

  it('is the same each time, whatever the order of the candidates', () => {
    const documents: Texts = { a: `شطرنج ${FILLER}`, b: 'زعفران شطرنج', c: `زعفران ${FILLER}`, d: FILLER };
    const once = ranked('زعفران شطرنج ', documents);
    expect(ranked('زعفران شطرنج ', documents)).toEqual(once);
    const { slots } = understand('زعفران شطرنج ', knowledge);
    const reversed = once.map(({ hit, rank }) => ({ hit, rank })).reverse();
    expect(rankCandidates(reversed, slots)).toEqual(once);
  });

  it('says how much of the query a document holds', () => {
    const [both, one, none] = ranked('زعفران شطرنج ', { both: 'زعفران شطرنج', one: 'زعفران', none: FILLER });
    expect(both?.coverage).toBeCloseTo(1);
    expect(one?.coverage).toBeGreaterThan(0.3);
    expect(one?.coverage).toBeLessThan(0.7);
    expect(none?.coverage).toBe(0);
  });

  it('takes a beginning for a match while the word is typed, and not once it is finished', () => {
    const documents = { no: FILLER, yes: 'شطرنج' };
    expect(ranked('شطر', documents)[0]?.hit['id']).toBe('yes');
    expect(ranked('شطر', documents)[0]?.coverage).toBeGreaterThan(0);
  });

  it('reads nested texts', () => {
    const [first, second] = ranked('شطرنج ', { other: FILLER, nested: { a: [{ b: 'شطرنج' }] } });
    expect(first?.hit['id']).toBe('nested');
    expect(second?.coverage).toBe(0);
  });

  it('orders nothing without words or candidates', () => {
    expect(rankCandidates([], understand('شطرنج', knowledge).slots)).toEqual([]);
    expect(order('', { a: FILLER, b: 'شطرنج' })).toEqual(['a', 'b']);
  });

  it('is not held up by a book', () => {
    const started = performance.now();
    ranked('زعفران شطرنج ', { book: `${FILLER} `.repeat(20_000), note: 'شطرنج' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
