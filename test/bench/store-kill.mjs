#!/usr/bin/env node
/**
 * Kills a process (kill -9) again and again at random moments while it adds, updates, removes, merges and makes a store anew. Each time the store must open; in the end, after
 * the same writes are done once more, it must say the same as one that was built in peace. Ends with an error where it does not.
 *
 *   npm run build && node test/bench/store-kill.mjs [--kills 50] [--seed 1]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { BatchBuilder, packBatch } from '../../dist/server/store/batch.js';
import { PackedTerms } from '../../dist/server/store/packed-terms.js';
import { Stores } from '../../dist/server/store/stores.js';

const { values: arg } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    child: { type: 'string' },
  },
});
const INDEX = { createdAt: 'kill', primaryKey: 'id', searchable: ['title', 'body'], fields: ['id', 'title', 'body'] };
const OTHER = { ...INDEX, searchable: ['body'] };
const log = { error: console.error, warn() {}, info() {} };
const KEYS = 4_000;
const ROUNDS = 60;

if (arg.child !== undefined) await work(arg.child, () => process.send('did'));
else await main();

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'store-kill-'));
  const random = seeded(Number(arg.seed));
  console.log(`seed ${arg.seed}`);
  try {
    const killed = join(folder, 'killed');
    const times = [];
    for (let kill = 0; kill < Number(arg.kills); kill += 1) {
      const child = fork(fileURLToPath(import.meta.url), ['--child', killed]);
      let did = 0;
      child.on('message', () => {
        did += 1;
      });
      await once(child, 'message');
      await new Promise((resolve) => setTimeout(resolve, random() * 1_500));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { documents, opened } = await look(killed);
      times.push(opened);
      console.log(`kill ${kill + 1}: after ${did} writes; opened with ${documents} documents in ${times.at(-1).toFixed(0)} ms`);
    }
    await work(killed);
    const peaceful = join(folder, 'peaceful');
    await work(peaceful);
    const [left, right] = [await look(killed, true), await look(peaceful, true)];
    if (!isDeepStrictEqual(left.told, right.told)) throw new Error('the store that was killed differs from the one built in peace');
    console.log(
      `${arg.kills} kills: each time it opened (slowest ${Math.max(...times).toFixed(0)} ms), and the same writes made it equal to one built in peace (${right.documents} documents)`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The writes: the same ones each time, whatever is there already. */
async function work(folder, did = () => {}) {
  const stores = new Stores(folder, log);
  const store = stores.of(INDEX);
  await store.opened;
  did();
  const random = seeded(7);
  const random2 = seeded(8);
  for (const task of store.searcher.sync.pendingTasks) await store.settle(task, false);
  for (let round = 0; round < ROUNDS; round += 1) {
    const builder = new BatchBuilder('id');
    for (let i = 0; i < 150; i += 1) {
      const id = Math.floor(random() * KEYS);
      builder.add({ stamp: `${id}-${round}`, ids: { id } }, [
        { field: 'title', words: wordsOf(random, 5) },
        { field: 'body', words: wordsOf(random, 60) },
      ]);
    }
    const task = round % 2 === 0 ? undefined : 1_000 + round;
    await store.add(packBatch(builder.take()), task);
    did();
    if (task !== undefined) await store.settle(task, round % 9 !== 0);
    did();
    if (round % 5 === 4)
      await store.remove(
        Array.from({ length: 40 }, () => Math.floor(random2() * KEYS)),
        undefined,
      );
    if (round === 20) await store.configure(OTHER);
    if (round === 40) await store.configure(INDEX);
    did();
  }
  await until(store, () => store.searcher.settings.searchable.length === INDEX.searchable.length);
  // Whatever was there before: now only what was written.
  await store.remove(
    Array.from({ length: KEYS }, (_, id) => id),
    undefined,
  );
  const builder = new BatchBuilder('id');
  for (let id = 0; id < 500; id += 1) builder.add({ stamp: `last-${id}`, ids: { id } }, [{ field: 'title', words: wordsOf(random, 30) }]);
  await store.add(packBatch(builder.take()), undefined);
  for (let id = 500; id < 560; id += 1) {
    const one = new BatchBuilder('id');
    one.add({ stamp: `last-${id}`, ids: { id } }, [{ field: 'body', words: wordsOf(random, 30) }]);
    await store.add(packBatch(one.take()), undefined);
    did();
  }
  await stores.close();
}

/** Opens a store and reads all of it. */
async function look(folder, isWhole = false) {
  const started = performance.now();
  const stores = new Stores(folder, log);
  const store = stores.of(INDEX);
  await store.opened;
  const opened = performance.now() - started;
  await until(store, () => !isWhole || store.searcher.settings.searchable.length === INDEX.searchable.length);
  const { searcher } = store;
  const { dictionary } = searcher;
  const words = {};
  const texts = {};
  const reader = new PackedTerms();
  let live = 0;
  for (let document = 0; document < searcher.numbers; document += 1) {
    if (!searcher.isLive(document)) continue;
    live += 1;
    reader.open(searcher.vector(document), dictionary.rootsOfForms());
    const positions = [];
    for (let order = 0; order < reader.size; order += 1) {
      for (let at = reader.from(order); at < reader.to(order); at += 1)
        positions[reader.positionAt(at)] = dictionary.spellingOfForm(reader.termAt(order));
    }
    texts[searcher.keyOf(document)] = `${searcher.stampOf(document)} ${positions.join(' ')}`;
  }
  if (live !== searcher.documents) throw new Error(`${searcher.documents} documents are counted, ${live} are there`);
  for (const [term, documents] of dictionary.terms()) {
    const root = dictionary.rootOf(term);
    const postings = {};
    for (const one of dictionary.termsOfRoot(dictionary.findRoot(root)))
      searcher.postings(one, (list) => {
        for (let i = 0; i < list.length; i += 1) {
          if (!searcher.isLive(list.documents[i])) continue;
          const stamp = searcher.stampOf(list.documents[i]);
          postings[stamp] = { ...postings[stamp], [dictionary.textOfTerm(one)]: [list.impacts[i], list.masks[i]] };
        }
      });
    // A document that holds a word in several forms holds it once.
    const holders = Object.keys(postings).length;
    if (holders !== dictionary.documentsWithRoot(root))
      throw new Error(`${root}: counted ${dictionary.documentsWithRoot(root)}, held by ${holders}`);
    words[term] = [documents, root, postings];
  }
  const documents = searcher.documents;
  await stores.close();
  return { documents, opened, told: { words, texts } };
}

async function until(store, isSo) {
  for (let waited = 0; !isSo(); waited += 20) {
    if (waited > 60_000) throw new Error('it never happened');
    await new Promise((resolve) => setTimeout(resolve, 20));
    store.searcher.refresh();
  }
}

function wordsOf(random, count) {
  return Array.from({ length: count }, (_, i) => {
    const root = `w${Math.floor(Math.exp(random() * Math.log(20_000))).toString(36)}`;
    const term = root + (random() < 0.3 ? 'on' : '');
    return { root, term, spelling: random() < 0.1 ? term.toUpperCase() : term, sentence: Math.floor(i / 9) };
  });
}

function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
