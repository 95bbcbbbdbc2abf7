import { spawnSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lease } from '../../../server/store/lease.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'justuju-lease-'));
  file = join(folder, 'reconciling');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ended = (): number => spawnSync(process.execPath, ['-e', '']).pid;

it.each<[what: string, content: () => string, secondsAgo: number, isFree: boolean]>([
  ['of a process that is at work', () => `${hostname()} ${process.ppid}`, 0, false],
  ['of one that was killed', () => `${hostname()} ${ended()}`, 0, true],
  ['of one that had our own number, as in a container that is started again', () => `${hostname()} ${process.pid}`, 0, true],
  ['of one elsewhere', () => `elsewhere ${process.pid}`, 20, false],
  ['of one elsewhere that has not said for long that it is at it', () => `elsewhere ${process.pid}`, 40, true],
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
