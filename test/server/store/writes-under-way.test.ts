import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WritesUnderWay } from '../../../server/store/writes-under-way.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-writes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each(['books', 'a'.repeat(400), '\0', '../../outside', 'a/b', ''])('takes whatever a client writes for a uid: %j', (uid) => {
  const writing = join(folder, 'store', 'writing');
  const writes = new WritesUnderWay(writing);
  const end = writes.begin(uid);
  expect(writes.of(uid)).toHaveLength(1);
  expect(readdirSync(writing)).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(['store']);
  end();
  expect(writes.of(uid)).toEqual([]);
});
