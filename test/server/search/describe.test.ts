import { understand } from '../../../server/query/understand.js';
import { didYouMean, describe as say } from '../../../server/search/describe.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from './collection.js';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(['آج حکومت نے عناصر پر کتابیں شائع کیں', 'شطرنج اور مشاعرہ', 'افتتاح کے بعد زندگی'], 10);
});

const suggestion = (q: string): string | undefined => didYouMean(understand(q, knowledge), knowledge.vocabulary);

describe('didYouMean', () => {
  it.each([
    ['حقومت ', 'حکومت', 'corrected'],
    ['عنا صر ', 'عناصر', 'joined'],
    ['حکومتشطرنج ', 'حکومت شطرنج', 'split'],
    ['shatranj ', 'شطرنج', 'in another script'],
    ['شطرنج حقومت عناصر ', 'شطرنج حکومت عناصر', 'the other words as they were typed'],
    ['اج حقومت ', 'اج حکومت', 'a word that was not doubted as it was typed'],
    ['افتتاہ ', 'افتتاح', 'in the spelling of the collection'],
    ['xvrnj ', 'شطرنج', 'on another keyboard'],
  ])('%j → %j: %s', (q, expected) => expect(suggestion(q)).toBe(expected));

  it.each([
    ['حکومت ', 'right'],
    ['حكومت ', 'another code point'],
    ['حکومتوں ', 'another form'],
    ['کتاب', 'the beginning of a word'],
    ['قرنطینہ ', 'unknown, and nothing near'],
    ['"حقومت"', 'a phrase is meant as it stands'],
    ['شطرنج -حقومت', 'and so is what is not wanted'],
    ['', 'nothing'],
    ['۔', 'no word'],
    ['2014', 'a number'],
  ])('says nothing of %j: %s', (q) => expect(suggestion(q)).toBeUndefined());
});

describe('describe', () => {
  const of = (q: string, isConfirmed = (_root: string) => true): Record<string, unknown> => {
    const query = understand(q, knowledge);
    return say(query, knowledge.vocabulary, isConfirmed);
  };

  it('says what was understood of each word, and why', () => {
    expect(of('شطرنج حقومت ')).toMatchObject({
      understood: {
        words: [
          { text: 'شطرنج', readings: [{ terms: ['شطرنج'], roots: ['شطرنج'], reason: 'exact', weight: 1 }] },
          { text: 'حقومت', readings: [{ terms: ['حکومت'], reason: 'corrected' }] },
        ],
        phrases: [],
        unwanted: [],
      },
      didYouMean: 'شطرنج حکومت',
    });
  });

  it('names phrases and what is not wanted', () => {
    expect(of('کتاب "شطرنج اور" -حکومت')).toMatchObject({ understood: { phrases: ['شطرنج اور'], unwanted: ['حکومت'] } });
  });

  it('says which keyboard was meant only when it was the wrong one', () => {
    expect(of('xvrnj')).toMatchObject({ understood: { retyped: 'شطرنج' } });
    expect(of('شطرنج')).not.toHaveProperty('understood.retyped');
    expect(of('شطرنج')).not.toHaveProperty('didYouMean');
  });

  it('is short to read: weights have two digits', () => {
    const { understood } = of('حقومت صونا shatranj ') as { understood: { words: { readings: { weight: number }[] }[] } };
    for (const { weight } of understood.words.flatMap(({ readings }) => readings)) expect(Math.round(weight * 100) / 100).toBe(weight);
  });

  describe('of words that the caller would not find', () => {
    const toNobody = (): boolean => false;

    it.each(['حقومت ', 'عنا صر ', 'حکومتشطرنج ', 'shatranj ', 'xvrnj '])('says nothing: %j', (q) => {
      const said = of(q, toNobody);
      expect(said).not.toHaveProperty('didYouMean');
      expect(said).not.toHaveProperty('understood.retyped');
      expect(JSON.stringify(said)).not.toMatch(/"(corrected|joined|split|transliterated)"/);
      for (const word of ['حکومت', 'عناصر', 'شطرنج']) if (!q.includes(word)) expect(JSON.stringify(said)).not.toContain(word);
    });

    it('names the other words', () => {
      const { understood } = of('شطرنج حقومت ', toNobody);
      expect(understood).toMatchObject({
        words: [
          { text: 'شطرنج', readings: [{ roots: ['شطرنج'], reason: 'exact' }] },
          { text: 'حقومت', readings: [{ terms: ['حقومت'], reason: 'exact' }] },
        ],
      });
    });

    it('says those that he would', () => {
      const said = of('حقومت shatranj ', (root) => root === 'حکومت');
      expect(said).toMatchObject({ didYouMean: 'حکومت shatranj' });
    });
  });
});
