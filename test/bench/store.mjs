#!/usr/bin/env node
/**
 * What the store costs: writing, merging, opening, reading, memory, disk, and how long it holds the event loop.
 *
 *   npm run build && node test/bench/store.mjs [--documents 18000] [--batch 500] [--keep folder]
 *
 * Documents are sentences of the samples, some 400 words each, with some rare words (as frequent as words of a text are, the nth as 1/n), so that the dictionary grows as
 * one of real texts does: 200,000 forms. The same ones each time. Ends with an error where a bound is missed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyze } from '@justuju/urdu';
import { BatchBuilder, packBatch } from '../../dist/server/store/batch.js';
import { Stores } from '../../dist/server/store/stores.js';

const { values: arg } = parseArgs({
  options: {
    documents: { type: 'string', default: '18000' },
    batch: { type: 'string', default: '500' },
    rare: { type: 'string', default: '200000' },
    keep: { type: 'string' },
    read: { type: 'boolean', default: false },
  },
});
const DOCUMENTS = Number(arg.documents);
const BATCH = Number(arg.batch);
const RARE = Number(arg.rare);
const WORDS = 400;
const RARE_SHARE = 0.03;
/** Promised: documents a second; milliseconds to open 200,000 forms, for a first pass and for beginnings at 18,000 documents, and that the event loop is held. */
const BOUNDS = { written: 3_000, opened: 1_000, firstPass: 1, beginnings: 1, held: 50 };

const INDEX = { createdAt: 'bench', primaryKey: 'id', searchable: ['title', 'body'], fields: ['id', 'title', 'body'] };
const log = { error: console.error, warn: console.warn, info() {} };
const random = seeded(1);
const folder = arg.keep ?? mkdtempSync(join(tmpdir(), 'bench-store-'));
const faults = [];

if (arg.read) {
  console.log(JSON.stringify(await read()));
} else {
  try {
    await write();
    // A process of its own: what a reader takes, without what the writing left.
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--read', '--keep', folder, '--documents', arg.documents], {
      encoding: 'utf8',
    });
    if (child.status !== 0) throw new Error(child.stderr);
    report(JSON.parse(child.stdout));
  } finally {
    if (arg.keep === undefined) rmSync(folder, { recursive: true });
  }
  if (faults.length > 0) throw new Error(faults.join('; '));
}

async function write() {
  const sentences = sampleSentences();
  const rare = rareWords();
  const stores = new Stores(folder, log);
  const store = stores.of(INDEX);
  await store.opened;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const processor = process.cpuUsage();
  const started = performance.now();
  let gathered = 0;
  let waiting = Promise.resolve();
  for (let from = 0; from < DOCUMENTS; from += BATCH) {
    const builder = new BatchBuilder('id');
    for (let id = from; id < Math.min(DOCUMENTS, from + BATCH); id += 1) {
      const texts = documentOf(sentences, rare);
      const begun = performance.now();
      builder.add({ stamp: `stamp-${id}`, ids: { id } }, texts);
      gathered += performance.now() - begun;
      if (id % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await waiting;
    waiting = store.add(packBatch(builder.take()), undefined);
  }
  await waiting;
  const { user, system } = process.cpuUsage(processor);
  const written = performance.now() - started;
  const unmerged = store.searcher.segments;
  await settled(store);
  const merged = performance.now() - started - written;
  delay.disable();
  console.log(
    `${DOCUMENTS} documents of ${WORDS} words in batches of ${BATCH}; ${store.searcher.dictionary.formCount} forms, ${store.searcher.dictionary.rootCount} roots`,
  );
  const rate = bound('documents a second written', (1_000 * DOCUMENTS) / written, BOUNDS.written, true);
  console.log(
    `written: ${(written / 1_000).toFixed(1)} s, ${rate} documents/s (in the main thread ${((1_000 * gathered) / DOCUMENTS).toFixed(0)} µs a document); processor time ${((user + system) / DOCUMENTS).toFixed(0)} µs a document, making it up included`,
  );
  console.log(`merged: ${(merged / 1_000).toFixed(1)} s later, ${unmerged} segments → ${store.searcher.segments}`);
  console.log(
    `event loop held while writing: ${bound('ms the event loop was held while writing', delay.max / 1e6, BOUNDS.held)} ms at most, 99th percentile ${(delay.percentile(99) / 1e6).toFixed(1)}`,
  );
  await stores.close();
  const bytes = bytesIn(folder);
  console.log(`disk: ${(bytes / 1e6).toFixed(0)} MB, ${(bytes / DOCUMENTS / 1_000).toFixed(1)} kB a document`);
}

/** Until nothing is merged any more. */
async function settled(store) {
  let before = -1;
  for (let same = 0; same < 25; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    store.searcher.refresh();
    same = store.searcher.generation === before ? same + 1 : 0;
    before = store.searcher.generation;
  }
}

async function read() {
  const idle = memory();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 50));
  delay.reset();
  const started = performance.now();
  const stores = new Stores(folder, log);
  const store = stores.of(INDEX);
  await store.opened;
  const opened = performance.now() - started;
  await new Promise((resolve) => setTimeout(resolve, 50));
  const held = delay.max / 1e6;
  delay.disable();
  const taken = memory();
  const { searcher } = store;
  const { dictionary } = searcher;
  const common = [...dictionary.terms()]
    .map(([term, documents]) => [dictionary.findRoot(dictionary.rootOf(term)), documents])
    .sort(([, a], [, b]) => b - a);
  const worths = new Uint32Array(searcher.numbers);
  const firstPass = timesOf(1_000, () => {
    searcher.refresh();
    for (let i = 0; i < 10; i += 1) {
      // Words of a question: the more frequent in texts, the more frequent in it, but not the commonest of all.
      const [root] = common[Math.min(common.length - 1, 20 + Math.floor(Math.exp(random() * Math.log(common.length))))];
      searcher.postings(root, ({ length, documents, impacts }) => {
        for (let at = 0; at < length; at += 1) worths[documents[at]] += impacts[at];
      });
    }
    for (let i = 0; i < 120; i += 1) searcher.vector(Math.floor(random() * searcher.numbers));
  });
  const terms = [...dictionary.terms()].map(([term]) => term).filter((term) => term.length > 2);
  const beginnings = timesOf(1_000, () => {
    searcher.beginnings(terms[Math.floor(random() * terms.length)].slice(0, 2), ({ length, documents, impacts }) => {
      for (let at = 0; at < length; at += 1) worths[documents[at]] += impacts[at];
    });
  });
  const refresh = timesOf(1_000, () => searcher.refresh());
  const result = {
    opened,
    held,
    firstPass,
    beginnings,
    refresh,
    forms: dictionary.formCount,
    segments: searcher.segments,
    idle,
    taken,
    after: memory(),
  };
  await stores.close();
  return result;
}

function report({ opened, held, firstPass, beginnings, refresh, forms, segments, idle, taken, after }) {
  const isSmall = DOCUMENTS <= 18_000;
  console.log(
    `opened: ${bound('ms to open', opened, BOUNDS.opened)} ms (${forms} forms); event loop held ${bound('ms the event loop was held while opening', held, BOUNDS.held)} ms at most`,
  );
  console.log(
    `first pass (10 roots over ${segments} segments, 120 vectors): median ${isSmall ? bound('ms a first pass', firstPass.median, BOUNDS.firstPass) : firstPass.median.toFixed(2)} ms, 95th percentile ${firstPass.p95.toFixed(2)}`,
  );
  console.log(
    `beginnings of 2 letters: median ${isSmall ? bound('ms for beginnings', beginnings.median, BOUNDS.beginnings) : beginnings.median.toFixed(2)} ms, 95th percentile ${beginnings.p95.toFixed(2)}`,
  );
  console.log(`refresh with nothing new: median ${(1_000 * refresh.median).toFixed(1)} µs`);
  console.log(
    `memory: RssAnon ${taken.RssAnon.toFixed(0)} MB (before opening ${idle.RssAnon.toFixed(0)}), Rss ${taken.VmRSS.toFixed(0)} MB; after the searches RssAnon ${after.RssAnon.toFixed(0)} MB, Rss ${after.VmRSS.toFixed(0)} MB, of it pages of files ${after.RssFile.toFixed(0)} MB`,
  );
}

function bound(what, value, most, isLeast = false) {
  if (isLeast ? value < most : value > most) faults.push(`${what}: ${value.toFixed(2)}, promised ${most}`);
  return value.toFixed(value < 10 ? 2 : 0);
}

function timesOf(count, run) {
  for (let i = 0; i < 100; i += 1) run();
  const times = Array.from({ length: count }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return { median: times[count >> 1], p95: times[Math.floor(count * 0.95)] };
}

function memory() {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Object.fromEntries(
    ['RssAnon', 'RssFile', 'VmRSS'].map((name) => [name, Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1_000]),
  );
}

function bytesIn(path) {
  return readdirSync(path, { recursive: true }).reduce(
    (sum, name) => sum + (statSync(join(path, name)).isFile() ? statSync(join(path, name)).blocks * 512 : 0),
    0,
  );
}

function sampleSentences() {
  const samples = fileURLToPath(new URL('../../samples', import.meta.url));
  const sentences = [];
  for (const file of readdirSync(samples, { recursive: true })) {
    if (!file.endsWith('.txt')) continue;
    for (const line of readFileSync(join(samples, file), 'utf8').split('\n')) {
      const words = analyze(line).map(({ text, term, root, sentence }) => ({ spelling: text, term, root, sentence }));
      for (let at = 0; at < words.length; ) {
        const end = words.findIndex((word, i) => i > at && word.sentence !== words[at].sentence);
        sentences.push(words.slice(at, end === -1 ? words.length : end));
        at = end === -1 ? words.length : end;
      }
    }
  }
  return sentences;
}

function rareWords() {
  const letters = 'بپتٹجچحخدڈرڑزسشعغفقکگلمنوہی';
  const words = new Set();
  while (words.size < RARE)
    words.add(Array.from({ length: 3 + Math.floor(random() * 5) }, () => letters[Math.floor(random() * letters.length)]).join(''));
  return [...words];
}

function documentOf(sentences, rare) {
  const pick = (count) => {
    const words = [];
    for (let sentence = 0; words.length < count; sentence += 1) {
      for (const word of sentences[Math.floor(random() * sentences.length)]) {
        if (random() >= RARE_SHARE) words.push({ ...word, sentence });
        else {
          const term = rare[Math.floor(Math.exp(random() * Math.log(rare.length)))] ?? rare[0];
          words.push({ spelling: term, term, root: term, sentence });
        }
      }
    }
    return words;
  };
  return [
    { field: 'title', words: pick(8) },
    { field: 'body', words: pick(WORDS - 20) },
  ];
}

function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
