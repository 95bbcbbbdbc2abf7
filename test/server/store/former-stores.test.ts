import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { FORMER_INDEX } from '../../../server/meilisearch/own-indexes.js';
import { removeFormerIndex, removeFormerStores } from '../../../server/store/former-stores.js';
import { STORE_VERSION } from '../../../server/store/layout.js';
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

let folder: string;
let lines: string[];
const log = pino({}, { write: (line: string) => void lines.push(line) });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'justuju-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('at the start', () => {
  it('stores of other versions go, and nothing else', async () => {
    lines = [];
    for (const name of ['0-1', STORE_VERSION, 'writing']) {
      await mkdir(join(folder, name, 'an-index'), { recursive: true });
      await writeFile(join(folder, name, 'an-index', 'data.mdb'), 'x');
    }
    await removeFormerStores(folder, log);
    expect(['0-1', STORE_VERSION, 'writing'].filter((name) => existsSync(join(folder, name)))).toEqual([STORE_VERSION, 'writing']);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(join(folder, '0-1'));
  });

  it('a folder that is not there is no fault', async () => {
    lines = [];
    await removeFormerStores(join(folder, 'nowhere'), log);
    expect(lines).toEqual([]);
  });
});

describe('with an index', () => {
  let justuju: TestJustuju;
  beforeAll(async () => {
    justuju = await startJustuju({ masterKey: 'a-master-key-of-some-length' });
  });
  afterAll(() => justuju.stop());
  const admin = { authorization: 'Bearer a-master-key-of-some-length' };
  const own = (): { url: string; adminKey: string | undefined } => ({ url: justuju.engineUrl, adminKey: justuju.adminKey });

  it('the former index of vocabularies goes, once', async () => {
    lines = [];
    const { body } = await call(justuju.engineUrl, 'POST', '/indexes', { uid: FORMER_INDEX }, admin);
    await finished(justuju.engineUrl, body.taskUid, admin);
    await removeFormerIndex(own(), log);
    expect(lines).toHaveLength(1);
    const tasks = (await call(justuju.engineUrl, 'GET', `/tasks?indexUids=${FORMER_INDEX}&types=indexDeletion`, undefined, admin)).body;
    await finished(justuju.engineUrl, tasks.results[0].uid, admin);
    await removeFormerIndex(own(), log);
    expect(lines).toHaveLength(1);
  });

  it('/ready tells of its store to who may list it, and to nobody else', async () => {
    for (const uid of ['one', 'two']) {
      const { body } = await call(justuju.url, 'POST', `/indexes/${uid}/documents`, [{ id: 1, title: 'اردو کتاب' }], admin);
      await finished(justuju.url, body.taskUid, admin);
      await call(justuju.url, 'POST', `/indexes/${uid}/search`, { q: 'کتاب' }, admin);
    }
    const limited = await call(justuju.url, 'POST', '/keys', { actions: ['indexes.get'], indexes: ['two'], expiresAt: null }, admin);
    const storesFor = async (headers: Record<string, string>): Promise<unknown> =>
      (await call(justuju.url, 'GET', '/ready', undefined, headers)).body.stores;
    const store = (uid: string): object => ({ uid, documents: 1, inStep: true });
    const expected = [store('one'), store('two')];
    let told = await storesFor(admin);
    for (let look = 0; look < 50 && JSON.stringify(told) !== JSON.stringify(expected); look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      told = await storesFor(admin);
    }
    expect(told).toEqual(expected);
    expect(await storesFor({ authorization: `Bearer ${limited.body.key}` })).toEqual([store('two')]);
    expect(await storesFor({})).toBeUndefined();
  });
});
