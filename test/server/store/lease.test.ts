import { spawnSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessIdentity, startTimeOf } from '../../../server/engine/process.js';
import { Lease } from '../../../server/store/lease.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'justuju-lease-'));
  file = join(folder, 'reconciling');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const taker = (process: ProcessIdentity, machine = hostname()): string => JSON.stringify({ ...process, machine });
const alive = (pid: number): ProcessIdentity => ({ pid, startTime: startTimeOf(pid) as string });
const ended = (): number => spawnSync(process.execPath, ['-e', '']).pid;

it.each<[what: string, content: () => string, secondsAgo: number, isFree: boolean]>([
  ['of a process that is at work', () => taker(alive(process.ppid)), 0, false],
  ['of one that was killed', () => taker({ pid: ended(), startTime: 'long ago' }), 0, true],
  ['of one whose number another process has by now', () => taker({ pid: process.ppid, startTime: 'long ago' }), 0, true],
  [
    'of one that had our own number, as in a container that is started again',
    () => taker({ pid: process.pid, startTime: 'then' }),
    0,
    true,
  ],
  ['of a thread of this process that was ended', () => taker(alive(process.pid)), 0, true],
  ['of one elsewhere', () => taker(alive(process.pid), 'elsewhere'), 20, false],
  ['of one elsewhere that has not said for long that it is at it', () => taker(alive(process.pid), 'elsewhere'), 40, true],
  ['that is cut off', () => '', 0, false],
  ['that has been cut off for long', () => '', 40, true],
])('a lease %s', (_what, content, secondsAgo, isFree) => {
  writeFileSync(file, content());
  const at = Date.now() / 1_000 - secondsAgo;
  utimesSync(file, at, at);
  expect(new Lease(file).take()).toBe(isFree);
});

it('is free when it was given back', () => {
  const lease = new Lease(file);
  expect(lease.take()).toBe(true);
  lease.release();
  expect(new Lease(file).take()).toBe(true);
});
