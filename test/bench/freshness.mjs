#!/usr/bin/env node
/**
 * How soon what is written is found, and what that does to searches. One document is written every second, and now and then one deleted, while searches run: through one process;
 * through two on one data folder; through two on two folders with one Meilisearch.
 *
 *   npm run build && node test/bench/freshness.mjs [--documents 18000] [--sentences 12] [--corpus FILE] [--seconds 60] [--searches 20]
 *
 * Ends with an error where a bound is missed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  ask,
  Bounds,
  engineIn,
  inStep,
  justujuOn,
  load,
  madeOf,
  newWord,
  quantile,
  search,
  sentencesOf,
  taskDone,
  timed,
  wordsOf,
} from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    documents: { type: 'string', default: '18000' },
    sentences: { type: 'string', default: '12' },
    corpus: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    searches: { type: 'string', default: '20' },
  },
});
const FOUND_WITHIN = 1_000;
const FOUND_WITHIN_BY_OTHERS = 3_000;
/** Times the quiet latency. */
const SLOWER_BY = 1.3;
/** A document that was not found in this time is lost. */
const LOST_AFTER = 15_000;

const index = 'bench';
const folder = await mkdtemp(join(tmpdir(), 'justuju-freshness-'));
const bounds = new Bounds();
const engine = await engineIn(folder);
const running = [];
const sentences = await sentencesOf(arg.corpus);
let written = 0;
let asked = 0;
try {
  const one = await start('first');
  const documents = madeOf(sentences, { count: Number(arg.documents), length: Number(arg.sentences) });
  console.log(`loaded: ${Math.round(await load(one, index, documents, 2_000))} a second; load ${loadavg()[0].toFixed(1)}`);
  await inStep(one, index);
  // Code that was never run is slow.
  await phase('warming up', [one], []);
  const quiet = await phase('quiet', [one], []);
  const busy = await phase('one process', [one], [one]);
  for (const share of [0.5, 0.95])
    bounds.check(
      `search latency, ${share * 100} %, times the quiet one`,
      quantile(busy.times, share) / quantile(quiet.times, share),
      SLOWER_BY,
    );
  tell('one process', busy, FOUND_WITHIN);
  const beside = await start('first');
  await inStep(beside, index);
  tell('two on one store', await phase('two on one store', [one, beside], [one, beside]), FOUND_WITHIN_BY_OTHERS);
  await beside.end('SIGTERM');
  running.pop();
  const far = await start('second');
  await inStep(far, index);
  tell('two on two stores', await phase('two on two stores', [one, far], [one, far]), FOUND_WITHIN_BY_OTHERS);
} finally {
  for (const justuju of running) await justuju.end('SIGTERM');
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

async function start(dataDir) {
  const justuju = await justujuOn(engine, join(folder, dataDir));
  running.push(justuju);
  return justuju;
}

/** Searches by the clock, in turn through each process, while each writer in turn writes once a second. */
async function phase(name, readers, writers) {
  const until = performance.now() + Number(arg.seconds) * 1_000;
  const result = { times: [], found: [], gone: [], lost: 0 };
  const under = [];
  const searching = every(1_000 / Number(arg.searches), until, (i) => {
    under.push(searchOnce(readers[i % readers.length], result));
  });
  const ids = [];
  const writing =
    writers.length > 0 &&
    every(1_000, until, (i) => {
      const writer = writers[i % writers.length];
      // Deleted through another process than it was written through, where there are two.
      under.push(i % 3 === 2 ? remove(writer, readers, ids.shift(), result) : write(writer, readers, ids, result));
    });
  await Promise.all([searching, writing]);
  await Promise.all(under);
  console.log(
    `${name}: ${result.times.length} searches, median ${quantile(result.times, 0.5).toFixed(1)} ms, 95 % ${quantile(result.times, 0.95).toFixed(1)} ms; load ${loadavg()[0].toFixed(1)}`,
  );
  return result;
}

async function every(milliseconds, until, work) {
  const began = performance.now();
  for (let i = 0; performance.now() < until; i += 1) {
    work(i);
    await pause(Math.max(0, began + (i + 1) * milliseconds - performance.now()));
  }
}

async function searchOnce(reader, { times }) {
  asked += 1;
  const words = wordsOf(sentences[(asked * 7_919) % sentences.length]);
  const q = words.slice(asked % 3, (asked % 3) + 2 + (asked % 4)).join(' ');
  times.push(await timed(() => search(reader, index, { q, limit: 10 })));
}

async function write(writer, readers, ids, result) {
  written += 1;
  const [document] = madeOf(sentences, { count: 1, length: Number(arg.sentences), from: 10_000_000 + written });
  const word = newWord(written);
  document.body += ` ${word}`;
  const { taskUid } = await ask(writer, 'POST', `/indexes/${index}/documents`, [document]);
  const done = await taskDone(engine, taskUid);
  await Promise.all(readers.map((reader) => becomes(reader, word, document.id, true, done, result.found, result)));
  ids.push({ id: document.id, word });
}

async function remove(writer, readers, last, result) {
  if (last === undefined) return;
  const { taskUid } = await ask(writer, 'DELETE', `/indexes/${index}/documents/${last.id}`);
  const done = await taskDone(engine, taskUid);
  await Promise.all(readers.map((reader) => becomes(reader, last.word, last.id, false, done, result.gone, result)));
}

/** Asks until a document is found, or not found any more. */
async function becomes(reader, word, id, wanted, since, times, result) {
  for (;;) {
    const { hits } = await search(reader, index, { q: word, limit: 5 });
    if (hits.some((hit) => hit.id === id) === wanted) break;
    if (performance.now() - since > LOST_AFTER) {
      result.lost += 1;
      return;
    }
    await pause(20);
  }
  times.push(performance.now() - since);
}

function tell(name, { found, gone, lost }, bound) {
  const shown = (times) => `median ${quantile(times, 0.5).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms of ${times.length}`;
  console.log(`${name}: found after its task's success: ${shown(found)}; gone: ${shown(gone)}`);
  bounds.check(`${name}: found, the longest`, Math.max(...found), bound, { unit: ' ms' });
  bounds.check(`${name}: gone, the longest`, Math.max(...gone), bound, { unit: ' ms' });
  bounds.check(`${name}: lost`, lost, 0);
}
