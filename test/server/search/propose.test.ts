import fc from 'fast-check';
import { ForwardIndex } from '../../../server/forward-index/forward-index.js';
import { InvertedIndex } from '../../../server/inverted-index/inverted-index.js';
import { propose } from '../../../server/search/propose.js';
import { recall } from '../../../server/search/recall.js';
import { type Understood, understand } from '../../../server/search/understand.js';
import { Synonyms } from '../../../server/settings/synonyms.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from './collection.js';

const FILLER = 'موسم خوشگوار رہا اور لوگ باغ میں گھومتے رہے۔';
const TEXTS = {
  chess: `شطرنج کا کھیل۔ ${FILLER}`,
  books: `کتاب اور بازار۔ ${FILLER}`,
  bookshops: `کتابوں کی دکان۔ ${FILLER}`,
  apart: `حکومت۔ ${FILLER} ${FILLER} ${FILLER} اعلان۔`,
  together: `حکومت کا اعلان۔ ${FILLER} ${FILLER} ${FILLER}`,
  elements: `عناصر کی فہرست۔ ${FILLER}`,
  life: `زندگی اور موت۔ ${FILLER}`,
  doctor: `ڈاکٹر کا مطب۔ ${FILLER}`,
  health: `عالمی مقابلہ۔ ${FILLER}`,
} as const;
type Name = keyof typeof TEXTS;

let knowledge: Knowledge;
let index: InvertedIndex;
beforeAll(async () => {
  knowledge = await knowledgeOf(Object.values(TEXTS), 3);
  index = await indexOf(TEXTS);
});

async function indexOf(texts: Readonly<Record<string, string>>, isSearched = (): boolean => true): Promise<InvertedIndex> {
  const forward = new ForwardIndex(1e8);
  const terms = Object.values(texts).map((body) => forward.read({ body }, undefined));
  const documents = Object.keys(texts).map((id) => ({ id, stamp: id }));
  return (await InvertedIndex.build(documents, terms, forward.table, isSearched)) as InvertedIndex;
}

const read = (q: string, synonyms = Synonyms.NONE): Understood => understand(q, knowledge, { isUrdu: true, synonyms });
const proposed = (q: string, synonyms?: Synonyms): unknown[] => propose(read(q, synonyms), index).best.map(({ id }) => id);

describe('propose', () => {
  it.each<[string, Name, string]>([
    ['شطرنج ', 'chess', 'the only one'],
    ['کتاب ', 'books', 'the form that was typed before another'],
    ['کتابوں ', 'bookshops', 'also when the other form was typed'],
    ['حکومت کا اعلان ', 'together', 'words together before words apart'],
    ['موسم شطرنج ', 'chess', 'the rare word decides'],
    ['عنا صر ', 'elements', 'two pieces of one word'],
    ['شطرنجکھیل ', 'chess', 'two words run together'],
    ['شترنج ', 'chess', 'a letter that sounds alike'],
    ['zindagi ', 'life', 'Roman letters'],
    ['شطر', 'chess', 'the beginning of a word'],
  ])('%s → %s: %s', (q, first) => expect(proposed(q)[0]).toBe(first));

  it('names both forms of a word, and nothing that holds none', () => {
    expect(proposed('کتاب ').sort()).toEqual(['books', 'bookshops']);
  });

  it('looks for other readings only where the likeliest find too little', () => {
    expect(propose(read('شطرنج '), index).isEnough).toBe(true);
    expect(propose(read('شترنج '), index).isEnough).toBe(false);
  });

  it('does not take a part of a synonym for the synonym', () => {
    const synonyms = Synonyms.read({ ڈاکٹر: ['عالمی طبیب'] });
    expect(proposed('ڈاکٹر ', synonyms)).toEqual(['doctor']);
  });

  it('finds nothing for words that nobody wrote', () => expect(proposed('قحبخث ')).toEqual([]));

  it('passes over fields that are not searched', async () => {
    expect(propose(read('شطرنج '), await indexOf(TEXTS, () => false)).best).toEqual([]);
  });

  it('gives the same answer to the same question, and not to another', () => {
    const question = read('کتاب ');
    const once = propose(question, index);
    expect(propose(read('کتاب '), index)).toBe(once);
    expect(propose(read('شطرنج '), index)).not.toEqual(once);
  });
});

describe('recall', () => {
  const words = ['کتاب', 'کتابوں', 'بازار', 'حکومت', 'اعلان', 'شطرنج', 'عنا صر', 'zindagi', 'موسم', 'دکان', 'قحبخث'];

  it('names no document twice, none that holds nothing of the query, and the same ones every time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 9 }),
        fc.constantFrom('first', 'all'),
        (some, readings) => {
          const { slots } = read(`${some.join(' ')} `);
          const found = recall(slots, index, readings, 5);
          expect(new Set(found).size).toBe(found.length);
          expect(recall(slots, index, readings, 5)).toEqual(found);
          const texts = Object.values(TEXTS);
          const stems = slots.flatMap((slot) => slot.readings.flatMap(({ terms }) => terms.map((term) => term.slice(0, 3))));
          for (const document of found) expect(stems.some((stem) => (texts[document] as string).includes(stem))).toBe(true);
        },
      ),
    );
  });

  it('finds the best of many, and leaves out those that are hopeless beside them', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_none, i) => [`d${i}`, i < 50 ? `حکومت کا اعلان ${FILLER}` : `حکومت ${FILLER}`]),
    );
    const large = await indexOf(many);
    const { slots } = read('حکومت کا اعلان ');
    expect(recall(slots, large, 'first', 500)).toEqual(Array.from({ length: 50 }, (_none, i) => i));
    expect(recall(slots, large, 'first', 20)).toHaveLength(20);
  });
});
