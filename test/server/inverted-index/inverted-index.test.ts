import fc from 'fast-check';
import type { DocumentTerms } from '../../../server/forward-index/document-terms.js';
import { ForwardIndex } from '../../../server/forward-index/forward-index.js';
import { documentOf, InvertedIndex, impactOf, MOST_IMPACT } from '../../../server/inverted-index/inverted-index.js';

type Fields = Readonly<Record<string, string>>;

async function indexOf(documents: readonly Fields[], searched: readonly string[] = ['*']): Promise<InvertedIndex> {
  const forward = new ForwardIndex(1e8);
  const terms = documents.map((document): DocumentTerms => forward.read(document, undefined));
  const stamped = documents.map((_document, id) => ({ id, stamp: String(id) }));
  return (await InvertedIndex.build(stamped, terms, forward.table, forward.fieldsNamed(searched))) as InvertedIndex;
}

/** Document → impact, of a root. */
function holding(index: InvertedIndex, root: string): Map<number, number> {
  const number = index.table.findRoot(root);
  const found = new Map<number, number>();
  if (number === undefined) return found;
  for (let at = index.from(number); at < index.to(number); at += 1) {
    const posting = index.postings[at] as number;
    expect(found.has(documentOf(posting))).toBe(false);
    found.set(documentOf(posting), impactOf(posting));
  }
  return found;
}

const FILLER = 'موسم خوشگوار رہا اور لوگ باغ میں گھومتے رہے۔ '.repeat(4);

describe('an inverted index', () => {
  it('names the documents that hold any form of a word', async () => {
    const index = await indexOf([{ body: 'کتاب' }, { body: 'قلم' }, { body: 'کتابوں کا بازار' }]);
    expect([...holding(index, 'کتاب').keys()]).toEqual([0, 2]);
    expect([...holding(index, 'قلم').keys()]).toEqual([1]);
    expect(holding(index, 'شطرنج').size).toBe(0);
  });

  it.each<[string, Fields, Fields]>([
    ['a word twice above once', { body: `کتاب اور کتاب ${FILLER}` }, { body: `کتاب ${FILLER}` }],
    ['a title above a text', { title: 'کتاب', body: FILLER }, { body: `کتاب ${FILLER}` }],
    ['a short document above a long one', { body: `کتاب ${FILLER}` }, { body: `کتاب ${FILLER.repeat(20)}` }],
  ])('weighs %s', async (_what, more, less) => {
    const found = holding(await indexOf([more, less]), 'کتاب');
    expect(found.get(0)).toBeGreaterThan(found.get(1) as number);
    expect(found.get(0)).toBeLessThanOrEqual(MOST_IMPACT);
  });

  it('gives no weight to fields that are not searched', async () => {
    const found = holding(await indexOf([{ title: 'کتاب' }, { note: 'کتاب' }], ['title']), 'کتاب');
    expect(found.get(0)).toBeGreaterThan(0);
    expect(found.get(1)).toBe(0);
  });

  it('of nothing holds nothing, and does not know words that came later', async () => {
    const forward = new ForwardIndex(1e6);
    const index = (await InvertedIndex.build([], [], forward.table, () => true)) as InvertedIndex;
    forward.read({ body: 'کتاب' }, undefined);
    expect(holding(index, 'کتاب').size).toBe(0);
  });

  const word = fc.constantFrom('کتاب', 'کتابیں', 'کتابوں', 'قلم', 'لڑکا', 'لڑکے', 'شطرنج', '1947');
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));

  it('agrees with the terms of each document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 8 }), async (texts) => {
        const index = await indexOf(texts.map((body) => ({ body })));
        const roots = { کتاب: /کتاب/, قلم: /قلم/, لڑکا: /لڑک/, شطرنج: /شطرنج/, 1947: /1947/ };
        for (const [root, form] of Object.entries(roots)) {
          const expected = texts.flatMap((body, id) => (form.test(body) ? [id] : []));
          const found = holding(index, root);
          expect([...found.keys()]).toEqual(expected);
          for (const impact of found.values()) expect(impact).toBeGreaterThan(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});
