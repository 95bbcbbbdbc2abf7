#!/usr/bin/env node
/**
 * A steady rate of mixed searches, whether or not the answers come; then three times as many; then uploads beside the steady rate. Asserts that nothing fails, that memory stays, that what is too much is shed at once, and that uploads
 * do not starve searches. Only on this machine; stops by itself.
 *
 * By default at 150 a second: what one process holds on two cores with the client and Meilisearch beside it (121 to 159 a second, docs/operating.md). At 500 most are shed from the first second on, and nothing is steady.
 *
 *   npm run build && node test/bench/load.mjs [--rate 150] [--seconds 600] [--articles 20000] [--workers 1] [--uploads 100] [--upload-mb 20] [--upload-seconds 1200] [--queries FILE]
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Bounds, madeOf, memoryOf, quantile, readQueries, sentencesOf, wordsOf } from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    rate: { type: 'string', default: '150' },
    seconds: { type: 'string', default: '600' },
    articles: { type: 'string', default: '20000' },
    workers: { type: 'string', default: '0' },
    uploads: { type: 'string', default: '100' },
    'upload-mb': { type: 'string', default: '20' },
    'upload-seconds': { type: 'string', default: '1200' },
    queries: { type: 'string' },
  },
});
const INDEX = 'bench';
/** At least; and until each query was asked once: what is remembered of queries, compiled code and connections are no growth. */
const WARM_UP_SECONDS = 10;
const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const rate = Number(arg.rate);
const seconds = Number(arg.seconds);
const folder = await mkdtemp(join(tmpdir(), 'justuju-load-'));
const bounds = new Bounds();
const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
const sentences = await sentencesOf();
const queries = arg.queries === undefined ? Array.from({ length: 2_000 }, (_none, i) => made(i)) : readQueries(arg.queries);
const justuju = await start();
try {
  await loadArticles();
  await steady(rate, Math.max(WARM_UP_SECONDS, queries.length / rate));
  const before = memory();
  await metrics();
  const usual = summed(await steady(rate, seconds));
  const after = memory();
  tell(`${rate} a second for ${seconds} s`, usual);
  console.log(`memory ${before} MB after warm-up, ${after} MB then; event loop held ${await longestHold()} ms at most`);
  bounds.check('errors at the steady rate', usual.failed, 0);
  bounds.check('searches shed at the steady rate', usual.shed, 0);
  bounds.check('growth of memory', (100 * (after - before)) / before, 5, { unit: ' %' });

  const crowded = summed(await steady(3 * rate, Math.min(seconds, 60)));
  tell(`${3 * rate} a second`, crowded);
  bounds.check('errors that are no shedding', crowded.failed, 0);
  bounds.check('95 % of what is accepted, against the usual', crowded.p95 / usual.p95, 2);
  if (crowded.shed > 0) bounds.check('95 % of the refusals', crowded.shed95, 50, { unit: ' ms' });
  await pause(3_000);

  if (Number(arg.uploads) > 0) {
    const [beside, statuses] = await besideUploads();
    tell(`${rate} a second beside ${arg.uploads} uploads of ${arg['upload-mb']} MB`, beside);
    console.log(`uploads: ${JSON.stringify(statuses)}; event loop held ${await longestHold()} ms at most`);
    bounds.check('95 % beside uploads, against the usual', beside.p95 / usual.p95, 2);
    bounds.check('uploads that were not taken', Number(arg.uploads) - (statuses[202] ?? 0), 0);
  }
} finally {
  justuju.kill('SIGTERM');
  await new Promise((done) => (justuju.exitCode === null ? justuju.once('exit', done) : done()));
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

/** A few words as people type them: the beginning of a sentence, single words, the last one unfinished. */
function made(i) {
  const words = wordsOf(sentences[(i * 104_729) % sentences.length]);
  const from = i % Math.max(1, words.length - 3);
  const some = words.slice(from, from + 1 + (i % 5));
  return (i % 4 === 0 ? some.join(' ').slice(0, -1) : some.join(' ')) || 'اردو';
}

/** Begins so many searches a second for so long, whatever becomes of them. */
async function steady(perSecond, forSeconds, isOver = () => false) {
  const answers = [];
  const running = new Set();
  const began = performance.now();
  for (let nth = 0; performance.now() - began < forSeconds * 1_000 && !isOver(); ) {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1_000);
    for (; nth < due; nth += 1) {
      const one = search(queries[nth % queries.length]).then((answer) => {
        answers.push(answer);
        running.delete(one);
      });
      running.add(one);
    }
    await pause(2);
  }
  await Promise.all(running);
  return answers;
}

async function search(q) {
  const began = performance.now();
  const status = await send('POST', `/indexes/${INDEX}/search`, JSON.stringify({ q, limit: 10 }));
  return { status, ms: performance.now() - began };
}

function summed(answers) {
  const times = (which) => answers.filter(which).map(({ ms }) => ms);
  const good = times(({ status }) => status === 200);
  const shed = times(({ status }) => status === 503);
  return {
    good: good.length,
    shed: shed.length,
    failed: answers.length - good.length - shed.length,
    median: quantile(good, 0.5),
    p95: quantile(good, 0.95),
    p99: quantile(good, 0.99),
    shed95: shed.length === 0 ? 0 : quantile(shed, 0.95),
  };
}

function tell(what, { good, shed, failed, median, p95, p99, shed95 }) {
  console.log(
    `${what}: ${good} good, ${shed} shed, ${failed} failed; median ${median.toFixed(1)}, 95 % ${p95.toFixed(1)}, 99 % ${p99.toFixed(1)} ms; refusals 95 % ${shed95.toFixed(1)} ms (${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)})`,
  );
}

async function besideUploads() {
  const document = (i) => ({
    id: 1_000_000 + i,
    title: sentences[i % sentences.length],
    body: Array.from({ length: 40 }, (_none, j) => sentences[(i * 31 + j) % sentences.length]).join(' '),
  });
  let body = '[';
  for (let i = 0; Buffer.byteLength(body) < Number(arg['upload-mb']) * 1e6; i += 200)
    body += `${body === '[' ? '' : ','}${Array.from({ length: 200 }, (_none, j) => JSON.stringify(document(i + j))).join(',')}`;
  const bytes = Buffer.from(`${body}]`);
  const statuses = {};
  let left = Number(arg.uploads);
  for (let i = 0; i < Number(arg.uploads); i += 1)
    void send('POST', `/indexes/uploaded/documents?primaryKey=id`, bytes).then((status) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
      left -= 1;
    });
  const began = performance.now();
  const answers = await steady(rate, Number(arg['upload-seconds']), () => left === 0);
  console.log(`${Number(arg.uploads) - left} uploads taken in ${Math.round((performance.now() - began) / 1_000)} s`);
  return [summed(answers), statuses];
}

function send(method, path, body, headers = { 'content-type': 'application/json' }) {
  return new Promise((done) => {
    const outgoing = request({ agent, host: '127.0.0.1', port: justuju.port, method, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => done(answer.statusCode));
      answer.on('error', () => done('cut'));
    });
    outgoing.on('error', () => done('cut'));
    outgoing.end(body);
  });
}

async function loadArticles() {
  const documents = madeOf(sentences, { count: Number(arg.articles), length: 12 });
  for (let at = 0; at < documents.length; at += 2_000)
    await send('POST', `/indexes/${INDEX}/documents?primaryKey=id`, JSON.stringify(documents.slice(at, at + 2_000)));
  for (;;) {
    const { total } = await (await fetch(`http://127.0.0.1:${justuju.port}/tasks?statuses=enqueued,processing&limit=1`)).json();
    if (total === 0) break;
    await pause(500);
  }
  console.log(`${documents.length} articles loaded`);
}

async function metrics() {
  return (await fetch(`http://127.0.0.1:${justuju.port}/metrics`)).text();
}

async function longestHold() {
  return Math.round(1_000 * Number(/justuju_event_loop_delay_seconds\{quantile="1"\} (\S+)/.exec(await metrics())?.[1]));
}

/** Of Justuju and its workers, in megabytes. */
function memory() {
  const children = readFileSync(`/proc/${justuju.pid}/task/${justuju.pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  const own = children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('main.js'));
  return [justuju.pid, ...own].reduce((sum, pid) => sum + memoryOf(pid).all, 0);
}

async function start() {
  const child = spawn(process.execPath, [MAIN, '--workers', arg.workers], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), PORT: '0', JUSTUJU_SAMPLES: 'off', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await new Promise((done) => child.stdout.once('data', (chunk) => done(String(chunk))));
  child.port = Number(new URL(ready.trim().split(' ').at(-1)).port);
  return child;
}
