import { ForwardIndex } from '../../../server/forward-index/forward-index.js';
import type { Score } from '../../../server/search/comparison.js';
import { type Candidate, rankCandidates } from '../../../server/search/rank.js';
import { understand } from '../../../server/search/understand.js';
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

interface Named extends Candidate {
  readonly id: string;
}

const fieldsOf = (text: Texts[string]): Record<string, unknown> => (typeof text === 'string' ? { body: text } : text);

/** Candidates that Meilisearch ranked alike, so that only the texts decide; `id` tells which came where. */
function ranked(q: string, documents: Texts, from = knowledge): (Named & Score)[] {
  const forward = new ForwardIndex(1e8);
  const candidates = Object.entries(documents).map(
    ([id, text]): Named => ({ id, terms: forward.read(fieldsOf(text), undefined), rank: 3 }),
  );
  return rankCandidates(candidates, understand(q, from).slots, forward.table);
}
const order = (q: string, documents: Texts): string[] => ranked(q, documents).map(({ id }) => id);

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
    const found = ranked('حقومت ', { corrected: `حکومت ${FILLER}`, typed: `حقومت ${FILLER}` }, withSlip);
    expect(found.map(({ id }) => id)).toEqual(['typed', 'corrected']);
  });

  it('leaves Meilisearch’s order to documents that are alike', () => {
    const { slots } = understand('شطرنج ', knowledge);
    const forward = new ForwardIndex(1e8);
    for (const body of ['شطرنج', FILLER]) {
      const candidates = ['c', 'a', 'b'].map((id, i) => ({ id, terms: forward.read({ body }, undefined), rank: [2, 0, 1][i] ?? 0 }));
      expect(rankCandidates(candidates, slots, forward.table).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    }
  });

  it('is the same each time, whatever the order of the candidates', () => {
    const documents: Texts = { a: `شطرنج ${FILLER}`, b: 'زعفران شطرنج', c: `زعفران ${FILLER}`, d: FILLER };
    const once = ranked('زعفران شطرنج ', documents);
    expect(ranked('زعفران شطرنج ', documents)).toEqual(once);
    const reversed = Object.fromEntries(Object.entries(documents).reverse());
    const scores = (found: readonly (Named & Score)[]): unknown => found.map(({ id, score }) => [id, score]);
    expect(scores(ranked('زعفران شطرنج ', reversed))).toEqual(scores(once));
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
    expect(ranked('شطر', documents)[0]?.id).toBe('yes');
    expect(ranked('شطر', documents)[0]?.coverage).toBeGreaterThan(0);
  });

  it('reads nested texts', () => {
    const [first, second] = ranked('شطرنج ', { other: FILLER, nested: { a: [{ b: 'شطرنج' }] } });
    expect(first?.id).toBe('nested');
    expect(second?.coverage).toBe(0);
  });

  it('orders nothing without words or candidates', () => {
    expect(rankCandidates([], understand('شطرنج', knowledge).slots, new ForwardIndex(1e8).table)).toEqual([]);
    expect(order('', { a: FILLER, b: 'شطرنج' })).toEqual(['a', 'b']);
  });

  it('counts searched fields only', () => {
    const forward = new ForwardIndex(1e8);
    const terms = forward.read({ title: 'زعفران', body: 'شطرنج' }, undefined);
    const { slots } = understand('شطرنج ', knowledge);
    const coverage = (field: string): number | undefined =>
      rankCandidates([{ terms, rank: 0 }], slots, forward.table, { isSearched: (name) => name === forward.nameOf(field) })[0]?.coverage;
    expect(coverage('body')).toBe(1);
    expect(coverage('title')).toBe(0);
  });

  it('leaves a document that could not be read at Meilisearch’s rank, below those that hold the query', () => {
    const forward = new ForwardIndex(1e8);
    const found = rankCandidates(
      [
        { id: 'gone', terms: undefined, rank: 0 },
        { id: 'there', terms: forward.read({ body: 'شطرنج' }, undefined), rank: 1 },
      ],
      understand('شطرنج ', knowledge).slots,
      forward.table,
    );
    expect(found.map(({ id }) => id)).toEqual(['there', 'gone']);
  });
});
