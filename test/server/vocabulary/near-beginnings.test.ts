import { jest } from '@jest/globals';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { nearBeginnings } from '../../../server/vocabulary/near-beginnings.js';
import { dictionaryOf } from '../store/dictionary-of.js';

const knowledge = new Knowledge(dictionaryOf(['پاکستان', 'پاکستانی', 'حکومت', 'حکومتی', 'کتاب', 'کتابیں', 'نصاب']));

describe('beginnings of words one slip away', () => {
  it.each([
    // A letter too many, another one, one too few, two that changed places.
    ['پاکستاا', ['پاکستا', 'پاکستان']],
    ['حکومد', ['حکوم', 'حکومت']],
    ['پکست', ['پاکست']],
    ['کاتب', ['کتاب']],
    // At the first letter, before which nothing stands.
    ['بصاب', ['نصاب']],
    ['زنصاب', ['نصاب']],
    ['غغغغغغ', []],
  ])('%s: %p', (typed, expected) => {
    expect([...nearBeginnings(typed, knowledge, 5)].sort()).toEqual([...expected].sort());
  });

  it('asks for few beginnings of a long word that nobody has written', () => {
    const asked = jest.spyOn(knowledge, 'completions');
    expect(nearBeginnings('کتغغغغغغغغغغغغغغغغ', knowledge, 5)).toEqual([]);
    expect(asked.mock.calls.length).toBeLessThan(400);
    asked.mockRestore();
  });
});
