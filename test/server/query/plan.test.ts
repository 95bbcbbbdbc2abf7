import { planFirst } from '../../../server/query/plan.js';
import { understand } from '../../../server/query/understand.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../search/collection.js';

/** Words without other forms, so that a root is the word itself: the Latin letters of an index without Urdu would do, but are read by sound. */
const RARE = [
  'شطرنج',
  'قرنطینہ',
  'زعفران',
  'نستعلیق',
  'بریانی',
  'ڈولفن',
  'مشتری',
  'اجرک',
  'سیالکوٹ',
  'راولپنڈی',
  'گلگت',
  'چترال',
  'ملتان',
  'ٹیکسلا',
];

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf([
    ...RARE.map((word) => `حکومت ${word} کے لیے`),
    ...Array<string>(40).fill('حکومت کی خبر اور شہر'),
    'عناصر',
    'عناصر',
  ]);
});

const first = (q: string): ReturnType<typeof planFirst> => planFirst(understand(q, knowledge), knowledge.vocabulary.documents);
const wordsOf = (q: string): string[] => q.trim().split(/\s+/);

describe('planFirst', () => {
  it.each([
    ['شطرنج', 'شطرنج', 'a word that may go on'],
    ['شطرنج ', 'شطرنج ', 'a word that is finished'],
    ['شطرنج۔', 'شطرنج ', 'a full stop finishes it too'],
    ['زعفران شطرنج', 'زعفران شطرنج', 'in the order of the query'],
    ['عنا صر ', 'عنصر ', 'the likeliest reading, by its root'],
    ['"زعفران شطرنج"', '"زعفران شطرنج" ', 'a phrase stays one, and nothing goes on after it'],
    ['زعفران -شطرنج', '-شطرنج زعفران', 'negatives first, or Meilisearch would not read them in a long query'],
    ['زعفران "شطرنج اجرک"', '"شطرنج اجرک" زعفران ', 'phrases first'],
    ['زعفران -"شطرنج اجرک"', '-"شطرنج اجرک" زعفران ', 'unwanted phrases'],
    ['-شطرنج', '-شطرنج ', 'only what is not wanted'],
    ['', '', 'nothing'],
  ])('%j → %j: %s', (q, expected) => expect(first(q).q).toBe(expected));

  it('leaves the strategy of a short query to the caller', () => expect(first('زعفران شطرنج')).not.toHaveProperty('matchingStrategy'));

  it('lets rare words decide in a long one, and function words fall', () => {
    const planned = first('شطرنج کے لیے زعفران اور نستعلیق کی بریانی میں ڈولفن کی خبر ');
    expect(planned.matchingStrategy).toBe('frequency');
    expect(wordsOf(planned.q)).toEqual(['شطرنج', 'زعفران', 'نستعلیق', 'بریانی', 'ڈولفن']);
  });

  it('asks no more than ten words, the rarest, in the order of the query', () => {
    const { q } = first(`حکومت ${RARE.join(' ')} حکومت `);
    expect(wordsOf(q)).toHaveLength(10);
    expect(wordsOf(q)).toEqual(RARE.filter((word) => wordsOf(q).includes(word)));
  });

  it('does not take a word for a beginning when the last one was left out', () => {
    const { q } = first(`${RARE.slice(0, 11).join(' ')} کے`);
    expect(q).toMatch(/ $/);
  });

  it('keeps negatives and phrases readable in a long query', () => {
    const { q } = first(`${RARE.slice(0, 12).join(' ')} -ٹیکسلا "چترال گلگت"`);
    expect(wordsOf(q).slice(0, 3)).toEqual(['-ٹیکسلا', '"چترال', 'گلگت"']);
  });
});

describe('words that no document holds', () => {
  // They are the rarest of all, so that ten of them leave no room for words that could find something.
  it('do not keep known words out of the ten', () => {
    const unknown = ['ژظبپ', 'ژظتٹ', 'ژظجچ', 'ژظدڈ', 'ژظرڑ', 'ژظسش', 'ژظفق', 'ژظکگ', 'ژظلم', 'ژظنو', 'ژظہی', 'ژظخح'];
    expect(wordsOf(first(`شطرنج ${unknown.join(' ')} زعفران `).q)).toEqual(expect.arrayContaining(['شطرنج', 'زعفران']));
  });
});
