import { jest } from '@jest/globals';
import { understand, understandInTurns } from '../../../server/query/understand.js';
import { describe as told } from '../../../server/search/describe.js';
import { Draw } from '../../support/draw.js';
import { inRounds } from '../../support/event-loop.js';
import { knowledgeOf } from '../search/collection.js';

const knowledge = await knowledgeOf(['وہ کتاب پڑھ رہا ہے', 'پاکستان کی تاریخ اور کتابیں', 'لاہور کے باغ']);

it('reads a long query in turns, and as it is read at once', async () => {
  // Two hundred words, each of which sounds like something.
  const draw = new Draw(1);
  const word = (): string => Array.from({ length: 6 }, () => draw.of([...'abcdefghijklmnoprstuyz'])).join('');
  const q = Array.from({ length: 200 }, word).join(' ');
  let rounds = 0;
  await inRounds(async (round) => {
    const began = round();
    const inTurns = await understandInTurns(q, knowledge, { isUrdu: true }, 0);
    rounds = round() - began;
    expect(inTurns).toEqual(understand(q, knowledge, { isUrdu: true }));
  });
  expect(rounds).toBeGreaterThan(200);
});

it('looks up a word without end as seldom as a word', async () => {
  const spied = await knowledgeOf(['وہ کتاب پڑھ رہا ہے']);
  const lookedUp = jest.spyOn(spied.vocabulary, 'documentsWithTerm');
  understand('ک'.repeat(6_000), spied, { isUrdu: true });
  expect(lookedUp.mock.calls.length).toBeLessThan(100);
});

it('analyzes for an answer no more of a query than is read: what is typed behind that is no word of the caller', () => {
  const [near, far] = ['kitab کتاب', `kitab ${'وہ '.repeat(20_000)} کتاب`].map((q) => {
    const { understood } = told(understand(q, knowledge, { isUrdu: true }), knowledge.vocabulary, () => false) as {
      understood: { words: readonly { text: string; readings: readonly { roots: readonly string[] }[] }[] };
    };
    return understood.words[0]?.readings.some(({ roots }) => roots.includes('کتاب'));
  });
  expect([near, far]).toEqual([true, false]);
});
