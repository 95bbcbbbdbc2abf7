import { Rounds } from '../../server/rounds.js';
import { inRounds } from '../support/event-loop.js';

test('work that comes in one round of the event loop is done in as many rounds as there are pieces, in order', async () => {
  const rounds = new Rounds();
  const done: { piece: number; round: number }[] = [];
  await inRounds((round) =>
    Promise.all(
      [1, 2, 3, 4].map(async (piece) => {
        await rounds.next();
        done.push({ piece, round: round() });
        // What a piece asks for comes behind those who wait.
        if (piece < 3) {
          await rounds.next();
          done.push({ piece: piece + 10, round: round() });
        }
      }),
    ),
  );
  expect(done.map(({ piece }) => piece)).toEqual([1, 2, 3, 4, 11, 12]);
  expect(new Set(done.map((one) => one.round)).size).toBe(6);
  // Later ones are served too.
  await rounds.next();
});
