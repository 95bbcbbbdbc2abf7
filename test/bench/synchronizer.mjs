#!/usr/bin/env node
/**
 * What it costs to build a store from an index, and how soon others' documents are known.
 *
 *   npm run build && node test/bench/synchronizer.mjs [--documents 18000] [--sentences 12]
 *
 * Documents are made of sentences of the samples. Needs a Meilisearch executable, as `npm start` does.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../../dist/server/config.js';
import { DocumentEncoder } from '../../dist/server/documents/document-encoder.js';
import { startEngine } from '../../dist/server/engine/engine.js';
import { adminAuthorization } from '../../dist/server/meilisearch/client.js';
import { EngineHttp } from '../../dist/server/meilisearch/http.js';
import { SHADOW_ROOT, STAMP, shadowFields, stampOf } from '../../dist/server/shadow/shadow.js';
import { Stores } from '../../dist/server/store/stores.js';
import { Synchronizer } from '../../dist/server/store/synchronizer.js';

const { values: arg } = parseArgs({
  options: { documents: { type: 'string', default: '18000' }, sentences: { type: 'string', default: '12' } },
});
const folder = await mkdtemp(join(tmpdir(), 'justuju-bench-'));
const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
const engine = await startEngine(
  readConfig({ DATA_DIR: join(folder, 'data'), PORT: '0', JUSTUJU_SAMPLES: 'off', LOG_LEVEL: 'silent' }),
  log,
);
const http = new EngineHttp(engine.url);
const uid = 'articles';
/** Searches are answered by the same thread. */
const LONGEST_DELAY_MS = 50;
const longestDelays = [];
let synchronizer;
let stores;
try {
  await prepare();
  const began = performance.now();
  open();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await until(() => status()?.inStep);
  report('built', { seconds: (performance.now() - began) / 1_000, documents: status().documents, longestDelayMs: delay.max / 1e6 });
  const times = [];
  for (let id = 0; id < 10; id += 1) {
    await pause(1_500 + 90 * id);
    const word = `ژ${'ابتثجحدرس'[id % 9]}${'ابتثجحدرس'[(id * 4) % 9]}ژ`;
    await done(http.send('POST', `/indexes/${uid}/documents`, adminAuthorization(engine), [shadowed({ id: 1_000_000 + id, text: word })]));
    const written = performance.now();
    await until(() => synchronizer.use(uid).searcher.dictionary.findTerm(word) !== undefined);
    times.push(performance.now() - written);
  }
  times.sort((a, b) => a - b);
  report('a document of others is known', { medianMs: times[5], longestMs: times[9], longestDelayMs: delay.max / 1e6 });
  synchronizer.close();
  await stores.close();
  delay.reset();
  const again = performance.now();
  open();
  await until(() => status()?.inStep);
  report('opened again', { ms: performance.now() - again, documents: status().documents, longestDelayMs: delay.max / 1e6 });
  if (longestDelays.some((ms) => ms > LONGEST_DELAY_MS)) {
    console.error(`the main thread was held for more than ${LONGEST_DELAY_MS} ms`);
    process.exitCode = 1;
  }
} finally {
  synchronizer?.close();
  await stores?.close();
  await http.close();
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}

function open() {
  stores = new Stores(join(folder, 'store'), log);
  synchronizer = new Synchronizer({ stores, folder: join(folder, 'store'), http, engine, log });
}

function status() {
  synchronizer.use(uid);
  return synchronizer.status()[0];
}

async function until(holds) {
  while (!holds()) await pause(5);
}

async function prepare() {
  await done(http.send('POST', '/indexes', adminAuthorization(engine), { uid, primaryKey: 'id' }));
  await done(http.send('PUT', `/indexes/${uid}/settings/searchable-attributes`, adminAuthorization(engine), [SHADOW_ROOT]));
  const sentences = await sentencesOfSamples();
  const count = Number(arg.documents);
  const length = Number(arg.sentences);
  const pick = (i) => sentences[(i * 7_919) % sentences.length];
  for (let from = 0; from < count; from += 2_000) {
    const documents = Array.from({ length: Math.min(2_000, count - from) }, (_, i) => {
      const id = from + i;
      return shadowed({ id, title: pick(id), text: Array.from({ length }, (_, j) => pick(id * 31 + j * (1 + (id % 17)))).join(' ') });
    });
    await done(http.send('POST', `/indexes/${uid}/documents`, adminAuthorization(engine), documents));
  }
}

async function sentencesOfSamples() {
  const root = new URL('../../samples/', import.meta.url);
  const sentences = [];
  for (const topic of await readdir(root)) {
    for (const file of await readdir(new URL(`${topic}/`, root))) {
      const text = await readFile(new URL(`${topic}/${file}`, root), 'utf8');
      sentences.push(...(text.match(/[^\n\u06D4]{20,}\u06D4?/gu) ?? []));
    }
  }
  return sentences;
}

function shadowed(document) {
  return { ...document, ...shadowFields(document, new DocumentEncoder().encode), [STAMP]: stampOf(JSON.stringify(document)) };
}

async function done(sent) {
  const { taskUid } = (await sent).json();
  for (;;) {
    const answer = await http.request({ method: 'GET', path: `/tasks/${taskUid}`, authorization: adminAuthorization(engine) });
    const { status, error } = answer.json();
    if (status === 'succeeded') return;
    if (status === 'failed') throw new Error(error.message);
    await pause(50);
  }
}

function report(what, numbers) {
  const rounded = Object.entries(numbers).map(([name, value]) => `${name} ${Math.round(value * 100) / 100}`);
  console.log(`${what}: ${rounded.join(', ')}`);
  longestDelays.push(numbers.longestDelayMs);
}
