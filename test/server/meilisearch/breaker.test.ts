import { Breaker, type BreakerState, type BreakerTimes } from '../../../server/meilisearch/breaker.js';

const TIMES: BreakerTimes = { quietMs: 100, probeMs: 100, pauseMs: 20, writesMs: 300 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Of an engine that answers to probes as long as `isThere`. */
function breakerOf(times: Partial<BreakerTimes> = {}) {
  const engine = { isThere: true, probes: 0 };
  const states: BreakerState[] = [];
  const breaker = new Breaker({
    probe: (signal) => {
      engine.probes += 1;
      if (engine.isThere) return Promise.resolve(true);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));
    },
    onChange: (state) => states.push(state),
    times: { ...TIMES, ...times },
  });
  open.push(breaker);
  return { breaker, engine, states };
}

const open: Breaker[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function eventually(look: () => boolean): Promise<void> {
  const until = Date.now() + 20_000;
  while (!look()) {
    if (Date.now() > until) throw new Error(`not within 20 s: ${look.toString()}`);
    await pause(10);
  }
}

test('a slow answer is waited for as long as the engine is there', async () => {
  const { breaker, engine, states } = breakerOf();
  const pending = breaker.begin();
  await eventually(() => engine.probes >= 2);
  expect(pending.signal.aborted).toBe(false);
  expect(states).toEqual([]);
  pending.end();
});

test('what waits is given up when nothing is heard, and it is closed again by the first answer', async () => {
  const { breaker, engine, states } = breakerOf({ writesMs: 600_000 });
  engine.isThere = false;
  const search = breaker.begin();
  const write = breaker.begin({ isWrite: true });
  await eventually(() => search.signal.aborted);
  expect(breaker.isOpen).toBe(true);
  // It may have had its effect: its answer is worth waiting for.
  expect(write.signal.aborted).toBe(false);
  engine.isThere = true;
  await eventually(() => !breaker.isOpen);
  expect(states[0]).toBe('open');
  expect(states.slice(-2)).toEqual(['half-open', 'closed']);
  expect(write.signal.aborted).toBe(false);
});

test('writes are given up later', async () => {
  const { breaker, engine } = breakerOf();
  engine.isThere = false;
  const write = breaker.begin({ isWrite: true });
  await eventually(() => breaker.isOpen);
  await eventually(() => write.signal.aborted);
});

test('an answer that comes while it is asked proves that it is there', async () => {
  const { breaker, engine, states } = breakerOf({ probeMs: 400 });
  engine.isThere = false;
  const one = breaker.begin();
  breaker.begin();
  await eventually(() => engine.probes === 1);
  one.heard();
  one.end();
  await pause(500);
  expect(states).toEqual([]);
});

test('a refused connection is looked into at once, by one question however many were refused', async () => {
  const { breaker, engine, states } = breakerOf();
  engine.isThere = false;
  for (let i = 0; i < 50; i += 1) breaker.suspect();
  expect(engine.probes).toBe(1);
  await eventually(() => states.includes('open'));
});

test('nobody is asked while nothing is awaited', async () => {
  const { breaker, engine } = breakerOf();
  breaker.begin().end();
  await pause(500);
  expect(engine.probes).toBe(0);
});
