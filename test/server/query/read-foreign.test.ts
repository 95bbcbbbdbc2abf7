import { understand } from '../../../server/query/understand.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../search/collection.js';

const TEXTS = [
  'طوفانوں سے تباہی ہوئی',
  'مکانوں کی چھتیں گر گئیں اور لوگ بے گھر',
  'وزیر نے کہا کہ سب لوگ ٹیکس دیں اور حساب رکھیں',
  'دوا لیں اور آرام کریں',
  'کراچی کی بندرگاہ کھل گئی',
  'اگر بارش ہو تو کیا کرے',
  'کرکٹ کا میچ آج ہے',
  'وہ چل پڑے اور رک گئے',
];

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(TEXTS);
});

/** The likeliest reading of each word of a query. */
const readAs = (q: string): string[] => understand(q, knowledge).slots.map(({ readings: [best] }) => best?.terms.join(' ') ?? '');

describe('a Latin word is read the same while it is typed, when it is finished, and beside others that nobody knows', () => {
  it.each([
    ['toofan', 'طوفان'],
    ['makan', 'مکان'],
    ['karachi', 'کراچی'],
  ])('%s is %s', (word, term) => {
    for (const q of [word, `${word} `, `${word} kubernetes`, `kubernetes ${word} `]) expect(readAs(q)).toContain(term);
  });

  it.each(['tab'])('but %s, of two consonants, begins no longer word once it is finished', (word) => {
    expect(readAs(word)).not.toEqual([word]);
    expect(readAs(`${word} `)).toEqual([word]);
  });
});

describe('by itself no word of another language is a word of grammar by chance', () => {
  it.each(['over', 'ever', 'war', 'lion'])('%s', (word) => {
    expect(readAs(word)).toEqual([word]);
    expect(readAs(`${word} `)).toEqual([word]);
    expect(readAs(`kubernetes ${word} `)).toEqual(['kubernetes', word]);
  });

  it.each([
    ['aur', 'اور'],
    ['or', 'اور'],
    ['agar', 'اگر'],
    ['kare', 'کرے'],
    ['karen', 'کریں'],
    ['dein', 'دیں'],
    ['lein', 'لیں'],
    ['ruk', 'رک'],
  ])('but %s is %s', (word, term) => expect(readAs(`${word} `)).toEqual([term]));
});

describe('one word of Urdu does not make another of the query one', () => {
  it.each(['cricket player', 'karachi weather', 'karachi flag', 'cricket player '])('%s', (q) => {
    expect(readAs(q)[1]).toBe(q.trim().split(' ')[1]);
  });

  it.each([
    ['karachi hisab ', ['کراچی', 'حساب']],
    ['barsh kare ', ['بارش', 'کرے']],
  ])('but %s are two', (q, terms) => expect(readAs(q)).toEqual(terms));
});
