import { understand } from '../../../server/query/understand.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../search/collection.js';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(
    [
      'پرواز PK-303 لاہور سے',
      'پرواز PK-308 کراچی سے',
      'قانون SRO-1125/2011 نافذ ہوا',
      'طیارہ B737 اڑا',
      'فون 0300-1234567 پر',
      'بجٹ 2023-24 پیش ہوا',
      'covid کی لہر',
      'مذاہب کاباہمی اختلاف',
      'کامران کی کتاب',
      'کامران کا گھر',
      'کامران کی خبر',
      'اورفروعی مسائل',
    ],
    1,
  );
});

const read = (q: string): string[][] =>
  understand(q, knowledge, { isUrdu: true }).slots.map(({ readings }) =>
    readings.map(({ terms, reason, isTogether }) => `${terms.join(isTogether === true ? '-' : '+')} ${reason}`),
  );

describe('codes of a query', () => {
  it.each([
    ['PK-303 ', [['pk303 exact', 'pk-303 exact']], 'as the collection has it'],
    ['pk_303 ', [['pk303 exact', 'pk-303 exact']], 'with another link'],
    ['PK303 ', [['pk303 exact', 'pk-303 exact']], 'without a link'],
    ['PK-30', [['pk30 exact', 'pk-30 exact']], 'while it is being typed'],
    ['SRO-1125/2011 ', [['sro11252011 exact', 'sro-1125-2011 exact']], 'of three parts'],
    ['0300-1234567 ', [['03001234567 exact', '0300-1234567 exact']], 'a telephone number'],
    ['۰۳۰۰۔۱۲۳۴۵۶۷ ', [['03001234567 exact', '0300-1234567 exact']], 'in figures of Urdu'],
    ['PK-999 ', [['pk-999 exact']], 'one that no document holds, in parts that must follow each other'],
    ['XB-4471Q ', [['xb-4471-q exact']], 'made up: never read as Urdu'],
    ['B737 ', [['b737 exact']], 'in one token'],
    ['Q99 ', [['q99 exact']], 'made up, in one token'],
  ])('%j → %j: %s', (q, expected) => expect(read(q)).toEqual(expected));

  it('takes figures with a link for one where the collection has them so', () => expect(read('2023-24 ')).toEqual([['2023-24 exact']]));
  it('leaves dates and years in parts otherwise', () => expect(read('1923-25 ')).toEqual([['1923 exact'], ['25 exact']]));
  it('takes letters that may be a word for one where the code is unknown', () => expect(read('covid-19 ')[0]?.[0]).toBe('covid exact'));
  it('is what Justuju answers in an index of Urdu, and Meilisearch in others', () => {
    for (const q of ['PK-303', '0.5', '$500', '25°C', '½']) {
      expect(understand(q, knowledge, { isUrdu: true }).isUrdu).toBe(true);
      expect(understand(q, knowledge, { isUrdu: false }).isUrdu).toBe(false);
    }
  });
});

describe('words that stand glued to a word of grammar', () => {
  it.each([
    ['باہمی', ['باہمی exact', 'کاباہمی joined']],
    ['فروعی', ['فروعی exact', 'اورفروعی joined']],
  ])('%s', (q, expected) => expect(read(q)[0]?.slice(0, 2)).toEqual(expected));
  it('are no words of their own: کامران stands in three documents', () => expect(read('مران')[0]).not.toContain('کامران joined'));
  it('are no suggestion', () => expect(understand('باہمی', knowledge, { isUrdu: true }).slots[0]?.readings[0]?.reason).toBe('exact'));
});

describe('words of the settings', () => {
  const own = { signs: new Set(['#', '+', '@']), whole: new Set(['خوبصورت']) };
  const readOwn = (q: string): string[] =>
    understand(q, knowledge, { isUrdu: true, own }).slots.map(({ readings: [first] }) => first?.terms.join('+') ?? '');
  it.each([
    ['C++ ', ['c++']],
    ['C# ', ['c#']],
    ['#پاکستان ', ['#پاکستان']],
    ['@urdu ', ['@urdu']],
    ['خوبصورت ', ['خوبصورت']],
    ['خوب صورت ', ['خوب', 'صورت']],
  ])('%j → %j', (q, expected) => expect(readOwn(q)).toEqual(expected));
});
