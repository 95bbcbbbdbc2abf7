import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type Store, Stores } from '../../../server/store/stores.js';
import { eventually } from '../../support/processes.js';
import { enlargeDisk, itOnSmallDisk, onSmallDisk } from '../../support/small-disk.js';
import { batchOf, type TestDocument } from './model.js';

const INDEX = { createdAt: 'a', primaryKey: 'id', searchable: ['title'], fields: ['id', 'title'] };
const log = pino({ level: 'silent' });
let folder: string;
let stores: Stores;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  stores = new Stores(folder, log);
});

afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
});

const documentsOf = (from: number, count: number, words = 20): TestDocument[] =>
  Array.from({ length: count }, (_, i) => {
    const terms = Array.from({ length: words }, (_, word) => `t${(from + i) * 31 + word * word}`);
    return {
      key: from + i,
      stamp: `s${from + i}`,
      texts: [{ field: 'title', words: terms.map((term) => ({ term, root: term, spelling: term, sentence: 0 })) }],
    };
  });

async function open(): Promise<Store> {
  const store = stores.of(INDEX);
  await store.opened;
  return store;
}

function dataFile(): string {
  const [name] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('data.mdb'));
  return join(folder, name as string);
}

describe('a damaged file', () => {
  const damages: readonly (readonly [string, (file: string) => void])[] = [
    ['holds something else', (file) => writeFileSync(file, Buffer.alloc(100_000, 'no store '))],
    ['is cut off', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['is cut off within its first page', (file) => truncateSync(file, 100)],
  ];
  test.each(damages)('that %s is named as such, and after its removal the store is made anew', async (_name, damage) => {
    await (await open()).add(batchOf(documentsOf(0, 300)), undefined);
    await stores.close();
    damage(dataFile());
    stores = new Stores(folder, log);
    const damaged = stores.of(INDEX);
    await expect(damaged.opened).rejects.toMatchObject({ name: 'StoreError', fault: 'damaged' });
    await expect(damaged.add(batchOf(documentsOf(0, 1)), undefined)).rejects.toMatchObject({ fault: 'damaged' });
    expect(damaged.searcher.documents).toBe(0);
    await stores.remove(INDEX.createdAt);
    const store = await open();
    await store.add(batchOf(documentsOf(0, 2)), undefined);
    expect(store.searcher.documents).toBe(2);
  });

  test('whose folder was deleted while it was open is named as such where it is compared', async () => {
    const store = await open();
    await store.add(batchOf(documentsOf(0, 3)), undefined);
    rmSync(join(dataFile(), '../..'), { recursive: true });
    const compared = { engine: { url: 'http://127.0.0.1:1' }, uid: 'x', primaryKey: 'id' };
    await expect(store.reconcile(compared as never)).rejects.toMatchObject({ fault: 'damaged' });
  });

  test('whose folder was deleted while it was open takes no write that would be lost', async () => {
    const store = await open();
    await store.add(batchOf(documentsOf(0, 3)), undefined);
    rmSync(join(dataFile(), '../..'), { recursive: true });
    await expect(store.add(batchOf(documentsOf(3, 3)), undefined)).rejects.toMatchObject({ fault: 'damaged' });
  });

  test('whose folder is deleted while the store is made anew is told of, though nobody writes', async () => {
    const store = await open();
    for (let from = 0; from < 6_000; from += 1_000) await store.add(batchOf(documentsOf(from, 1_000)), undefined);
    const lost = new Promise((resolve) => {
      store.onLost = resolve;
    });
    await store.configure({ primaryKey: 'id', searchable: ['body', 'title'] });
    rmSync(join(dataFile(), '../..'), { recursive: true });
    await expect(lost).resolves.toMatchObject({ fault: 'damaged' });
  });

  test('that is empty is begun anew', async () => {
    await (await open()).add(batchOf(documentsOf(0, 3)), undefined);
    await stores.close();
    truncateSync(dataFile(), 0);
    stores = new Stores(folder, log);
    expect((await open()).searcher.documents).toBe(0);
  });
});

itOnSmallDisk('on a full disk writes are refused by that name, readers go on, and with room again so do writers', async () => {
  const disk = join(folder, 'disk');
  await onSmallDisk(disk, '6m', async () => {
    try {
      await stores.close();
      stores = new Stores(disk, log);
      const store = await open();
      const fill = async (): Promise<number> => {
        for (let from = 0; ; from += 200) await store.add(batchOf(documentsOf(from, 200, 60)), undefined);
      };
      await expect(fill()).rejects.toMatchObject({ name: 'StoreError', fault: 'full' });
      expect(store.fault?.fault).toBe('full');
      const { documents } = store.searcher;
      expect(documents).toBeGreaterThan(0);
      expect(store.searcher.numberOf(0)).toBe(0);
      expect(store.searcher.stampOf(0)).toBe('s0');
      enlargeDisk(disk, '60m');
      await store.add(batchOf(documentsOf(100_000, 200)), undefined);
      expect(store.fault).toBeUndefined();
      // A searcher that has much to take in does it between searches.
      await eventually('the searcher has them', () => store.searcher.documents === documents + 200 || undefined);
      await stores.close();
      stores = new Stores(disk, log);
      expect((await open()).searcher.documents).toBe(documents + 200);
    } finally {
      await stores.close();
    }
  });
});
