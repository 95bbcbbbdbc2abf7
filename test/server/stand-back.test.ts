import type { EventLoopUtilization } from 'node:perf_hooks';
import { jest } from '@jest/globals';
import { DemandTeller, Rests } from '../../server/stand-back.js';

/** How long this thread has been at work, and idle, in milliseconds: what `performance.eventLoopUtilization` tells. */
let loop = { active: 0, idle: 0 };

beforeEach(() => {
  loop = { active: 0, idle: 0 };
  jest.spyOn(performance, 'eventLoopUtilization').mockImplementation((now?: EventLoopUtilization, before?: EventLoopUtilization) => {
    const to = now ?? loop;
    const active = to.active - (before?.active ?? 0);
    const idle = to.idle - (before?.idle ?? 0);
    return { active, idle, utilization: active / (active + idle) };
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const demandOf = (part: number): SharedArrayBuffer => {
  const demand = new SharedArrayBuffer(4);
  new Int32Array(demand)[0] = part * 1_000;
  return demand;
};

describe('rests', () => {
  it.each([
    [0, 10, 0],
    [0.6, 10, 0],
    [0.775, 10, 20],
    [0.95, 10, 40],
    [1, 10, 40],
    [1, 500, 200],
  ])('where %p of the time is wanted, behind %p ms of work: %p ms', (part, worked, rest) => {
    const rests = new Rests(demandOf(part));
    loop.active += worked;
    loop.idle += 1_000;
    expect(rests.due()).toBeCloseTo(rest);
    expect(rests.due()).toBe(0);
  });

  it('adds up what is too short for a timer', () => {
    const rests = new Rests(demandOf(1));
    loop.active += 0.06;
    expect(rests.due()).toBe(0);
    loop.active += 0.24;
    expect(rests.due()).toBeCloseTo(1.2);
  });

  it('are shorter where the lock of a store is held, and are no work themselves', () => {
    const rests = new Rests(demandOf(1));
    const wait = jest.spyOn(Atomics, 'wait').mockImplementation(() => {
      loop.active += 20;
      return 'timed-out';
    });
    loop.active += 10;
    rests.takeLocked();
    rests.takeLocked();
    expect(wait.mock.calls.map(([, , , milliseconds]) => milliseconds)).toEqual([20]);
    expect(rests.due()).toBe(0);
  });

  it('forgets work that was done while nobody asked', () => {
    const demand = demandOf(0);
    const rests = new Rests(demand);
    loop.active += 5_000;
    expect(rests.due()).toBe(0);
    new Int32Array(demand)[0] = 1_000;
    loop.active += 1;
    expect(rests.due()).toBeCloseTo(4);
  });
});

it('tells, ten times a second, how much of it this thread was at work', () => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  const teller = new DemandTeller();
  const told = (): number => new Int32Array(teller.demand)[0] as number;
  expect(told()).toBe(0);
  loop = { active: 80, idle: 20 };
  jest.advanceTimersByTime(100);
  expect(told()).toBe(800);
  loop = { active: 90, idle: 110 };
  jest.advanceTimersByTime(100);
  expect(told()).toBe(100);
  teller.end();
  loop = { active: 900, idle: 110 };
  jest.advanceTimersByTime(1_000);
  expect(told()).toBe(100);
});
