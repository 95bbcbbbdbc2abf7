import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pino from 'pino';
import type { Word } from '../../../server/store/batch.js';
import { Searcher } from '../../../server/store/searcher.js';
import { type Store, Stores } from '../../../server/store/stores.js';
import { batchOf, expected, Model, type TestDocument, told } from './model.js';

const ROOTS = ['ab', 'abc', 'abd', 'xyz', 'q'];
const BEGINNINGS = ['ab', 'abc', 'abx', 'abd', 'xy', 'xyz', 'qo', 'qon'];
const FIELDS = ['title', 'body', 'id', 'note'];
const SEARCHED = ['title', 'body'];

const word: fc.Arbitrary<Omit<Word, 'sentence'>> = fc
  .tuple(fc.constantFrom(...ROOTS), fc.constantFrom('', 'x', 'on'), fc.constantFrom('', 'X', 'Y'))
  .map(([root, suffix, writing]) => ({ root, term: root + suffix, spelling: root + suffix + writing }));

const text = fc.record({
  field: fc.constantFrom('title', 'body', 'note'),
  words: fc
    .array(fc.tuple(word, fc.boolean()), { maxLength: 6 })
    .map((words) => words.map(([one], i) => ({ ...one, sentence: words.slice(1, i + 1).filter(([, starts]) => starts).length }))),
});

const documents = fc.array(fc.record({ key: fc.integer({ min: 1, max: 6 }), texts: fc.array(text, { maxLength: 3 }) }), {
  minLength: 1,
  maxLength: 4,
});

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), documents, isPending: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('remove' as const),
      keys: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
      isPending: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), isPending: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), succeeded: fc.boolean(), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
);

const settings = { primaryKey: 'id', searchable: SEARCHED, fields: FIELDS };
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

async function open(createdAt: string): Promise<Store> {
  const store = stores.of({ createdAt, ...settings });
  await store.opened;
  return store;
}

test('after any writes a store says what a plain list of documents says', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      run += 1;
      const name = `run-${run}`;
      let store = await open(name);
      const model = new Model();
      let task = 0;
      let stamp = 0;
      for (const one of steps) {
        const own = 'isPending' in one && one.isPending ? ++task : undefined;
        if (one.do === 'add') {
          const added: TestDocument[] = one.documents.map((document) => ({ ...document, stamp: `s${++stamp}` }));
          model.add(added, own);
          await store.add(batchOf(added), own);
        } else if (one.do === 'remove') {
          model.remove(one.keys, own);
          await store.remove(one.keys, own);
        } else if (one.do === 'clear') {
          model.remove('all', own);
          await store.remove('all', own);
        } else if (one.do === 'settle') {
          const waiting = model.pending[one.which % Math.max(1, model.pending.length)]?.task ?? 99;
          model.settle(waiting, one.succeeded);
          await store.settle(waiting, one.succeeded);
        } else if (one.do === 'reopen') {
          await stores.close();
          stores = new Stores(folder, log);
          store = await open(name);
        } else await new Promise((resolve) => setTimeout(resolve, 20));
        store.searcher.refresh();
        expect(told(store.searcher, ROOTS, BEGINNINGS)).toEqual(expected(model, SEARCHED, ROOTS, BEGINNINGS));
      }
    }),
    { numRuns: 60 },
  );
});

const words = (...terms: string[]): Word[] => terms.map((term) => ({ term, root: term.slice(0, 2), spelling: term, sentence: 0 }));
const documentOf = (key: number, stamp: string, title: string[], body: string[] = []): TestDocument => ({
  key,
  stamp,
  texts: [
    { field: 'title', words: words(...title) },
    { field: 'body', words: words(...body) },
  ],
});

async function until(isSo: () => boolean): Promise<void> {
  const started = Date.now();
  while (!isSo()) {
    if (Date.now() - started > 20_000) throw new Error('it never happened');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('other searched fields: everything is weighed anew, while searches and writes go on', async () => {
  const store = await open('a');
  const model = new Model();
  const write = async (from: number, to: number): Promise<void> => {
    const added = Array.from({ length: to - from }, (_, i) =>
      documentOf(from + i, `s${from + i}`, ['ab', 'abc'], ['xyz', i % 2 === 0 ? 'abd' : 'xy']),
    );
    model.add(added, undefined);
    await store.add(batchOf(added), undefined);
  };
  await write(0, 600);
  const waiting = [documentOf(3, 'new3', ['xyz'])];
  model.add(waiting, 7);
  await store.add(batchOf(waiting), 7);
  await store.configure({ ...settings, searchable: ['body'] });
  expect(store.searcher.settings.searchable).toEqual(SEARCHED);
  await write(590, 700);
  await store.remove([1, 2], undefined);
  model.remove([1, 2], undefined);
  await until(() => store.searcher.settings.searchable[0] === 'body');
  const roots = ['ab', 'xy'];
  const beginnings = ['ab', 'abc', 'abd', 'xy', 'xyz'];
  expect(told(store.searcher, roots, beginnings)).toEqual(expected(model, ['body'], roots, beginnings));
  await store.settle(7, true);
  model.settle(7, true);
  expect(told(store.searcher, roots, beginnings)).toEqual(expected(model, ['body'], roots, beginnings));
  await stores.close();
  stores = new Stores(folder, log);
  const again = stores.of({ createdAt: 'a', ...settings, searchable: ['body'] });
  await again.opened;
  expect(told(again.searcher, roots, beginnings)).toEqual(expected(model, ['body'], roots, beginnings));
});

test('merging changes nothing but the number of segments', async () => {
  const store = await open('a');
  const model = new Model();
  for (let i = 0; i < 150; i += 1) {
    const task = i % 10 === 9 ? 1_000 + i : undefined;
    const added = [documentOf(i % 70, `s${i}`, ['ab', `a${String.fromCharCode(97 + (i % 26))}`], ['abc', `x${i % 9}y`])];
    model.add(added, task);
    await store.add(batchOf(added), task);
    if (i % 40 === 39) {
      model.remove([i % 70, 3], undefined);
      await store.remove([i % 70, 3], undefined);
    }
  }
  await until(() => {
    store.searcher.refresh();
    return store.searcher.segments < 15;
  });
  const roots = ['ab', 'ac', 'ax', 'x1', 'x6'];
  const beginnings = ['ab', 'abc', 'ax', 'x1', 'x1y', 'x6y'];
  expect(told(store.searcher, roots, beginnings)).toEqual(expected(model, SEARCHED, roots, beginnings));
  for (const { task } of [...model.pending]) {
    model.settle(task, task % 4 !== 1);
    await store.settle(task, task % 4 !== 1);
  }
  expect(told(store.searcher, roots, beginnings)).toEqual(expected(model, SEARCHED, roots, beginnings));
});

test('a reader that looks for news rarely finds all of it, also where the log was cut meanwhile', async () => {
  const store = await open('a');
  const often = new Searcher(store.folder, () => Promise.resolve());
  const rarely = new Searcher(store.folder, () => Promise.resolve());
  await often.open();
  await rarely.open();
  const model = new Model();
  for (let i = 0; i < 700; i += 1) {
    const added = [documentOf(i % 90, `s${i}`, ['ab', `a${String.fromCharCode(97 + (i % 26))}`], [`x${i}`])];
    model.add(added, undefined);
    await store.add(batchOf(added), undefined);
    if (i % 50 === 0) often.refresh();
  }
  for (const searcher of [often, rarely]) {
    await until(() => {
      searcher.refresh();
      return searcher.generation === store.searcher.generation;
    });
    const roots = ['ab', 'ac', 'x1', 'x6'];
    expect(told(searcher, roots, ['ab', 'x1'])).toEqual(expected(model, SEARCHED, roots, ['ab', 'x1']));
  }
  await often.close();
  await rarely.close();
  await stores.close();
  stores = new Stores(folder, log);
  const again = await open('a');
  expect(told(again.searcher, ['ab'], ['ab'])).toEqual(expected(model, SEARCHED, ['ab'], ['ab']));
});

test('documents without a primary key are not taken; those that wait for a task get theirs when it is known', async () => {
  const store = stores.of({ createdAt: 'a', ...settings, primaryKey: undefined });
  await store.opened;
  const waiting = documentOf(1, 's1', ['ab']);
  await store.add(batchOf([documentOf(2, 's2', ['ab'])]), undefined);
  await store.add(batchOf([waiting]), 4);
  expect(store.searcher.documents).toBe(0);
  expect([...Array(store.searcher.numbers).keys()].filter((number) => store.searcher.isPending(number))).toHaveLength(1);
  await store.configure(settings);
  await store.settle(4, true);
  expect(store.searcher.documents).toBe(1);
  expect(store.searcher.keyOf(store.searcher.numberOf(1) as number)).toBe(1);
  expect(store.searcher.numberOf('1')).toBe(store.searcher.numberOf(1));
  expect(store.searcher.numberOf('')).toBeUndefined();
  expect(store.searcher.numberOf('x'.repeat(9_999))).toBeUndefined();
});

test('documents that wait keep waiting for their key where all fields are searched, and the key is the first of them', async () => {
  const all = { primaryKey: undefined, searchable: ['*'] };
  const store = stores.of({ createdAt: 'a', ...all });
  await store.opened;
  const waiting: TestDocument = {
    key: 1,
    stamp: 's1',
    texts: [
      { field: 'id', words: words('q') },
      { field: 'title', words: words('ab') },
    ],
  };
  await store.add(batchOf([waiting]), 4);
  // Not one after the other: the store is made anew for the key as soon as it has time.
  await Promise.all([store.configure({ ...all, primaryKey: 'id' }), store.settle(4, true)]);
  expect(store.searcher.documents).toBe(1);
  await until(() => {
    store.searcher.refresh();
    return store.searcher.settings.primaryKey === 'id' && store.searcher.documents === 1;
  });
});

test('what is noted of the index is kept', async () => {
  const store = await open('a');
  await store.note({ lastTask: 7 });
  await store.note({ syncedUpdatedAt: '2026-01-01T00:00:00Z' });
  await store.remove([1], 9);
  expect(store.searcher.sync).toEqual({ lastTask: 7, syncedUpdatedAt: '2026-01-01T00:00:00Z', pendingTasks: [9] });
  await stores.close();
  stores = new Stores(folder, log);
  expect((await open('a')).searcher.sync).toEqual({ lastTask: 7, syncedUpdatedAt: '2026-01-01T00:00:00Z', pendingTasks: [9] });
});
