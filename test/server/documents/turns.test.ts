import { nextTurn } from '../../../server/documents/turns.js';
import { inRounds } from '../../support/event-loop.js';

it('gives one turn in each round of the event loop, in the order in which they were asked for', async () => {
  const turns: { who: number; round: number }[] = [];
  await inRounds((round) =>
    Promise.all(
      [1, 2, 3].map(async (who) => {
        for (let i = 0; i < 3; i += 1) {
          await nextTurn();
          turns.push({ who, round: round() });
        }
      }),
    ),
  );
  expect(turns.map(({ who }) => who)).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
  expect(new Set(turns.map(({ round: one }) => one)).size).toBe(9);
});
