import { jest } from '@jest/globals';
import { Gate, Overloaded } from '../../server/routes/gate.js';

// By a clock that is turned: to this gate a busy machine would be a crowd. And each gate is told whether the machine is the bound: the clock of the event loop is not turned.
beforeEach(() => {
  jest.useFakeTimers().setTimerTickMode({ mode: 'nextAsync' });
});
afterEach(() => {
  jest.useRealTimers();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const gateOf = (atOnce: number, waiting: number, waitMs = 60_000): Gate =>
  new Gate({ atOnce, waiting, waitMs, what: 'searches', isBusy: () => false });

test('lets in as many as there is room for, then those who wait, in their order', async () => {
  const gate = gateOf(2, 10);
  const order: number[] = [];
  const leaves = await Promise.all([gate.enter(), gate.enter()]);
  const waiting = [1, 2, 3].map((nth) =>
    gate.enter().then((leave) => {
      order.push(nth);
      return leave;
    }),
  );
  expect(gate.state).toEqual({ inside: 2, waiting: 3, refused: 0 });
  for (const leave of leaves) leave();
  const next = await Promise.all(waiting.slice(0, 2));
  expect(order).toEqual([1, 2]);
  // Given back twice, it counts once.
  next[0]?.();
  next[0]?.();
  await waiting[2];
  expect(gate.state).toEqual({ inside: 2, waiting: 0, refused: 0 });
});

test('refuses at once who finds no place to wait', async () => {
  const gate = gateOf(1, 1);
  const leave = await gate.enter();
  const waiting = gate.enter();
  await expect(gate.enter()).rejects.toMatchObject({
    status: 503,
    code: 'too_many_search_requests',
    message: 'Too many searches are running at the same time. Try again in a moment.',
  });
  expect(gate.state.refused).toBe(1);
  leave();
  (await waiting)();
});

test('refuses who has waited too long, and forgets who went away', async () => {
  const gate = gateOf(1, 10, 50);
  const leave = await gate.enter();
  await expect(gate.enter()).rejects.toBeInstanceOf(Overloaded);
  const gone = new AbortController();
  const waiting = gate.enter(gone.signal);
  gone.abort();
  await expect(waiting).rejects.toBeInstanceOf(Overloaded);
  expect(gate.state.waiting).toBe(0);
  leave();
});

test('clients that each ask again when they have their answer are not refused, up to twice as many as there are places', async () => {
  const gate = gateOf(2, 10, 30_000);
  let refused = 0;
  let isOver = false;
  const clients = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      try {
        const leave = await gate.enter();
        await pause(60);
        leave();
      } catch {
        refused += 1;
      }
    }
  });
  // Two wait all the time, for longer than a cut queue lets anybody wait.
  await pause(2_600);
  isOver = true;
  await Promise.all(clients);
  expect(refused).toBe(0);
});

test('a queue that stays longer than there are places is cut to a short wait; one that did not is not', async () => {
  const gate = gateOf(1, 10, 30_000);
  let leave = await gate.enter();
  const refused: number[] = [];
  let isOver = false;
  // There is always somebody who waits.
  const crowd = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      try {
        const entered = await gate.enter();
        setTimeout(entered, 30);
      } catch {
        refused.push(performance.now());
      }
      await pause(1);
    }
  });
  leave();
  await pause(2_600);
  isOver = true;
  await Promise.all(crowd);
  expect(refused.length).toBeGreaterThan(0);
  // Nobody is refused for five seconds.
  await pause(5_200);
  leave = await gate.enter();
  const waiting = gate.enter();
  await pause(200);
  leave();
  (await waiting)();
});

/** Five come where one goes, for so long. @returns how many were inside at most in the last part, and the longest waits of those that were let in there, in milliseconds */
async function crowded(gate: Gate, forMs: number, lastMs: number): Promise<{ inside: number; waited: number }> {
  const began = performance.now();
  let inside = 0;
  let waited = 0;
  const running: Promise<void>[] = [];
  const ask = async (): Promise<void> => {
    const asked = performance.now();
    try {
      const leave = await gate.enter();
      if (asked - began > forMs - lastMs) {
        waited = Math.max(waited, performance.now() - asked);
        inside = Math.max(inside, gate.state.inside);
      }
      await pause(80);
      leave();
    } catch (error) {
      expect(error).toBeInstanceOf(Overloaded);
    }
  };
  while (performance.now() - began < forMs) {
    for (let i = 0; i < 5; i += 1) running.push(ask());
    await pause(10);
  }
  await Promise.all(running);
  return { inside, waited };
}

test.each([
  ['our own processor is the bound: few of the places are left', true, 1],
  ['Meilisearch is: all places are', false, 8],
])('while a queue stands nobody waits long, though it came before that was seen; where %s', async (_what, isBusy, places) => {
  let isBound = isBusy;
  const gate = new Gate({ atOnce: 8, waiting: 256, waitMs: 30_000, what: 'searches', isBusy: () => isBound });
  const { inside, waited } = await crowded(gate, 3_500, 1_000);
  expect(inside).toBe(places);
  expect(waited).toBeLessThan(200);
  isBound = false;
  // All places are there again, in their order, when the crowd is gone for a while.
  await pause(5_200);
  const leaves = await Promise.all(Array.from({ length: 8 }, () => gate.enter()));
  expect(gate.state.inside).toBe(8);
  for (const leave of leaves) leave();
});

test('where our own processor is the bound, few are inside and the others wait: as many as without it, and nobody is refused', async () => {
  const gate = new Gate({ atOnce: 16, waiting: 256, waitMs: 30_000, what: 'searches', isBusy: () => true });
  let inside = 0;
  let isOver = false;
  const clients = Array.from({ length: 30 }, async () => {
    while (!isOver) {
      const leave = await gate.enter();
      inside = Math.max(inside, gate.state.inside);
      await pause(10);
      leave();
    }
  });
  await pause(3_000);
  isOver = true;
  await Promise.all(clients);
  expect(inside).toBe(2);
  expect(gate.state.refused).toBe(0);
});

test('a queue that stood ends when less comes than can be done, though now and then somebody is refused until then', async () => {
  const gate = new Gate({ atOnce: 8, waiting: 256, waitMs: 30_000, what: 'searches', isBusy: () => false });
  await crowded(gate, 1_500, 400);
  const refusedOf = async (handfuls: number): Promise<number> => {
    const before = gate.state.refused;
    for (let nth = 0; nth < handfuls; nth += 1) {
      // Eight at once find a place, 40 a second where 100 can be served; but every fifth time nine come.
      for (let i = 0; i < (nth % 5 === 0 ? 9 : 8); i += 1)
        gate.enter().then(
          (leave) => void setTimeout(leave, 80),
          () => undefined,
        );
      await pause(200);
    }
    return gate.state.refused - before;
  };
  expect(await refusedOf(2)).toBeGreaterThan(0);
  await refusedOf(10);
  expect(await refusedOf(10)).toBe(0);
});

test('where a queue stood a short while ago, the same crowd is cut sooner; later it is a new one', async () => {
  const gate = new Gate({ atOnce: 8, waiting: 256, waitMs: 30_000, what: 'searches', isBusy: () => false });
  /** How many have waited at most, when five come where one goes for half a second. */
  const longest = async (): Promise<number> => {
    let most = 0;
    const running: Promise<void>[] = [];
    for (let nth = 0; nth < 50; nth += 1) {
      for (let i = 0; i < 5; i += 1)
        running.push(
          gate.enter().then(
            (leave) => void setTimeout(leave, 80),
            () => undefined,
          ),
        );
      most = Math.max(most, gate.state.waiting);
      await pause(10);
    }
    await Promise.all(running);
    return most;
  };
  const first = await longest();
  await pause(5_200);
  const again = await longest();
  expect(again).toBeLessThan(first / 2);
  await pause(15_500);
  expect(await longest()).toBeGreaterThan(2 * again);
});

test('a queue that grows is cut after half a second; a crowd that comes at once is not', async () => {
  const growing = new Gate({ atOnce: 8, waiting: 256, waitMs: 30_000, what: 'searches', isBusy: () => true });
  const { inside, waited } = await crowded(growing, 1_500, 400);
  // Uncut, all places to wait are taken by then, and who comes is refused at once.
  expect(inside).toBeGreaterThan(0);
  expect(waited).toBeLessThan(200);

  const gate = gateOf(8, 256, 30_000);
  await Promise.all(
    Array.from({ length: 150 }, async () => {
      const leave = await gate.enter();
      await pause(80);
      leave();
    }),
  );
  expect(gate.state.refused).toBe(0);
});
