import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Word } from '../../../server/store/batch.js';
import { type Store, Stores } from '../../../server/store/stores.js';
import { Child, type ChildAction } from './child.js';
import { batchOf, expected, Model, type TestDocument, told } from './model.js';

const SEARCHED = ['title', 'body'];
const INDEX = { createdAt: '2026-01-02T03:04:05Z', primaryKey: 'id', searchable: SEARCHED, fields: ['id', 'title', 'body'] };
const log = pino({ level: 'silent' });
let folder: string;
let stores: Stores;
const children: Child[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  stores = new Stores(folder, log);
});

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  await stores.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<Store> {
  const store = stores.of(INDEX);
  await store.opened;
  return store;
}

async function start(): Promise<Child> {
  const child = await Child.start(folder, INDEX);
  children.push(child);
  return child;
}

/** Words of a small language, the same ones for the same number. */
function wordsOf(seed: number, count: number): Word[] {
  return Array.from({ length: count }, (_, i) => {
    const number = (seed * 7919 + i * i * 31) % 97;
    const root = `r${String.fromCharCode(97 + (number % 26))}${number % 7}`;
    const term = number % 3 === 0 ? root : `${root}x`;
    return { root, term, spelling: number % 5 === 0 ? `${term}Y` : term, sentence: Math.floor(i / 5) };
  });
}

const documentOf = (key: number, version = 0): TestDocument => ({
  key,
  stamp: `${key}-${version}`,
  texts: [
    { field: 'title', words: wordsOf(key + version * 1000, 3) },
    { field: 'body', words: wordsOf(key + version * 1000 + 500, 12) },
  ],
});

const ROOTS = [...new Set(Array.from({ length: 97 }, (_, n) => `r${String.fromCharCode(97 + (n % 26))}${n % 7}`))];
const BEGINNINGS = [...new Set(ROOTS.flatMap((root) => [root.slice(0, 2), root.slice(0, 3)]))];

function expectAlike(store: Store, model: Model, searched = SEARCHED): void {
  store.searcher.refresh();
  expect(told(store.searcher, ROOTS, BEGINNINGS)).toEqual(expected(model, searched, ROOTS, BEGINNINGS));
}

test('two processes write to one store in turn, and each finds what the other wrote', async () => {
  const store = await open();
  const child = await start();
  const model = new Model();
  for (let round = 0; round < 12; round += 1) {
    const own = [documentOf(2 * round), documentOf(1, round)];
    const others = [documentOf(2 * round + 101), documentOf(1, round + 100)];
    model.add(own, undefined);
    await store.add(batchOf(own), undefined);
    model.add(others, undefined);
    await child.ask({ do: 'add', documents: others });
    expectAlike(store, model);
  }
  await Promise.all([store.add(batchOf([documentOf(900)]), 5), child.ask({ do: 'remove', keys: [0, 2], task: 6 })]);
  store.searcher.refresh();
  expect(new Set(store.searcher.sync.pendingTasks)).toEqual(new Set([5, 6]));
  await child.ask({ do: 'settle', task: 5, succeeded: true });
  await store.settle(6, true);
  model.add([documentOf(900)], undefined);
  model.remove([0, 2], undefined);
  expectAlike(store, model);
  await child.close();
});

test('a store that another process makes anew is followed, by readers and by writers', async () => {
  const store = await open();
  const child = await start();
  const model = new Model();
  const documents = Array.from({ length: 300 }, (_, key) => documentOf(key));
  model.add(documents, undefined);
  await store.add(batchOf(documents), undefined);
  await child.ask({ do: 'configure', settings: { ...INDEX, searchable: ['body'] } });
  const started = Date.now();
  while (store.searcher.settings.searchable[0] !== 'body' && Date.now() - started < 30_000)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expectAlike(store, model, ['body']);
  const more = [documentOf(1, 1), documentOf(400)];
  model.add(more, undefined);
  await store.add(batchOf(more), undefined);
  expectAlike(store, model, ['body']);
  await child.ask({ do: 'remove', keys: [7] });
  model.remove([7], undefined);
  expectAlike(store, model, ['body']);
});

test('a process that is killed while it writes leaves a store that opens, and the same writes make it whole', async () => {
  const model = new Model();
  const actions: ChildAction[] = [];
  for (let round = 0; round < 30; round += 1) {
    const documents = Array.from({ length: 20 }, (_, i) => documentOf((round * 13 + i * 7) % 200, round));
    const task = round + 1;
    actions.push({ do: 'add', documents, task }, { do: 'settle', task, succeeded: round % 5 !== 4 });
    if (round % 4 === 3) actions.push({ do: 'remove', keys: [round, round + 1, round + 2] });
    if (round === 14) actions.push({ do: 'configure', settings: { ...INDEX, searchable: ['body', 'title'] } });
    if (round === 20) actions.push({ do: 'configure', settings: INDEX });
  }
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const child = await start();
    const kill = new Promise<void>((resolve) => setTimeout(() => void child.kill().then(resolve), 30 + 60 * attempt));
    try {
      for (const action of actions) await child.ask(action);
    } catch (error) {
      expect(String(error)).toContain('the process ended');
    }
    await kill;
  }
  const store = await open();
  // What waited when its process was killed: its task is known to have ended.
  for (const task of store.searcher.sync.pendingTasks) await store.settle(task, false);
  await store.configure(INDEX);
  await store.remove('all', undefined);
  for (const action of actions) {
    if (action.do === 'add') {
      model.add(action.documents, action.task);
      await store.add(batchOf(action.documents), action.task);
    } else if (action.do === 'settle') {
      model.settle(action.task, action.succeeded);
      await store.settle(action.task, action.succeeded);
    } else if (action.do === 'remove') {
      model.remove(action.keys, undefined);
      await store.remove(action.keys, undefined);
    }
  }
  // A process that was killed while it made the store anew is believed to be at it for half a minute.
  const started = Date.now();
  while (store.searcher.settings.searchable[0] !== 'title' && Date.now() - started < 60_000)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expectAlike(store, model);
});
