#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
/**
 * What Justuju costs: the same queries and the same documents, once to Meilisearch directly and once through Justuju.
 *
 *   npm run build && node test/bench/proxy.mjs [--corpus FILE] [--queries FILE] [--queries-count 1000] [--no-ingest]
 *
 * Corpus: JSON documents with an `id`, one a line, gzipped or not; default: the sample articles. Queries: `{"query": "..."}` a line, or plain lines;
 * default: the first words of the documents' titles.
 *
 * Meilisearch is asked twice. "As it comes": the same request, on an index of the same documents as they are; of what it does not find (other scripts, misspelled words) it
 * answers faster than it would if it did. "Understood": the words as Justuju understood them, on the very index that Justuju searches, which is leaner than Meilisearch's own.
 * Every answer is checked: status 200, and of Justuju and the understood words hits for at least one query in two.
 */
import autocannon from 'autocannon';
import { readArticles } from '../../dist/seed/articles.js';
import { findRunningEngine } from '../../dist/server/engine/engine.js';

const { values: arg } = parseArgs({
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    'queries-count': { type: 'string', default: '1000' },
    batch: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '8' },
  },
});

const LIMITS = { medianMs: 2, p95Ms: 5, throughput: 0.8, ingest: 0.7 };
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

const documents = [];
if (arg.corpus === undefined) for await (const article of readArticles([resolve('samples')])) documents.push(article);
else {
  const file = createReadStream(arg.corpus);
  for await (const line of createInterface({ input: arg.corpus.endsWith('.gz') ? file.pipe(createGunzip()) : file }))
    if (line !== '') documents.push(JSON.parse(line));
}
const [queries, others] = readQueries();

const dataDir = await mkdtemp(join(tmpdir(), 'justuju-bench-'));
// A process of its own, as it runs in life: the load is made in this one.
const child = spawn(process.execPath, [fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))], {
  env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', JUSTUJU_SAMPLES: 'off', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [ready] = await once(child.stdout, 'data');
const engine = await findRunningEngine(dataDir);
const direct = { url: engine.url, headers: { authorization: `Bearer ${engine.adminKey}` } };
const justuju = { name: 'Justuju', index: 'bench', url: String(ready).trim().split(' ').at(-1), headers: {} };
const asItComes = { ...direct, name: 'Meilisearch as it comes', index: 'raw', mayFindNothing: true };
const understood = { ...direct, name: 'Meilisearch, understood', index: 'bench' };
try {
  console.log(`${documents.length} documents, ${queries.length} queries`);
  const rates = [];
  for (const target of [justuju, asItComes]) rates.push(await ingest(target));
  report('ingest, documents a second', rates, LIMITS.ingest);

  await warm();
  const bodyOf = (q) => JSON.stringify({ q, limit: 10 });
  const through = queries.map(bodyOf);
  // Code that was never run is slow, on both sides: that is not what is measured.
  for (const target of [justuju, asItComes]) await latencies(target, others.slice(-300).map(bodyOf));
  const first = await latencies(justuju, through);
  const asked = await askedOf(through);
  const again = await latencies(justuju, through);
  const times = [await latencies(asItComes, through), await latencies(understood, asked)];
  [
    ['Justuju, asked for the first time', first],
    ['Justuju, asked again', again],
    [asItComes.name, times[0]],
    [understood.name, times[1]],
  ].forEach(([name, measured]) => {
    console.log(
      `latency, ms   ${name.padEnd(34)} median ${quantile(measured, 0.5).toFixed(2)}   95 % ${quantile(measured, 0.95).toFixed(2)}`,
    );
  });
  for (const [name, ours] of Object.entries({ 'first time': first, again })) {
    for (const [i, theirs] of times.entries()) {
      const added = [0.5, 0.95].map((share) => (quantile(ours, share) - quantile(theirs, share)).toFixed(2));
      const to = [asItComes, understood][i].name;
      console.log(`added to ${to}, ${name}: median ${added[0]} (limit ${LIMITS.medianMs})   95 % ${added[1]} (limit ${LIMITS.p95Ms})`);
    }
  }
  const once = others.slice(0, -300).map(bodyOf);
  if (once.length > 1_000) {
    const perSecond = [];
    for (const target of [justuju, asItComes]) perSecond.push(await throughput(target, once, { amount: once.length }));
    report(`searches a second, 16 connections, ${once.length} other queries once each`, perSecond, LIMITS.throughput);
  }
  const perSecond = [];
  for (const [target, bodies] of [
    [justuju, through],
    [asItComes, through],
    [understood, asked],
  ])
    perSecond.push(await throughput(target, bodies, { duration: Number(arg.seconds) }));
  report(`searches a second, 16 connections, the ${queries.length} queries for ${arg.seconds} s`, perSecond, LIMITS.throughput);
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);

/** The queries that are measured, and all others. */
function readQueries() {
  const count = Number(arg['queries-count']);
  if (arg.queries === undefined) {
    const titles = Array.from({ length: count + 300 }, (_none, i) =>
      String(documents[i % documents.length].title ?? '')
        .split(/\s+/)
        .slice(0, 2 + (i % 3))
        .join(' '),
    );
    return [titles.slice(0, count), titles.slice(count)];
  }
  const lines = readFileSync(arg.queries, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const all = lines.map((line) => (line.startsWith('{') ? JSON.parse(line).query : line));
  // Spread over the file: kinds of queries stand together in it.
  const step = Math.max(1, Math.floor(all.length / count));
  const isMeasured = (i) => i % step === 0 && i / step < count;
  return [all.filter((_query, i) => isMeasured(i)), all.filter((_query, i) => !isMeasured(i))];
}

function send(target, method, path, body) {
  return new Promise((done, fail) => {
    const outgoing = request(
      target.url + path,
      { agent, method, headers: { 'content-type': 'application/json', ...target.headers } },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(chunks).toString() }));
      },
    );
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

async function ingest(target) {
  const started = performance.now();
  let last;
  for (let at = 0; at < documents.length; at += Number(arg.batch)) {
    const answer = await send(
      target,
      'POST',
      `/indexes/${target.index}/documents?primaryKey=id`,
      JSON.stringify(documents.slice(at, at + Number(arg.batch))),
    );
    if (answer.status !== 202) throw new Error(`${target.name} did not take documents: ${answer.text}`);
    last = JSON.parse(answer.text).taskUid;
  }
  for (;;) {
    const { status, error } = JSON.parse((await send(target, 'GET', `/tasks/${last}`)).text);
    if (status === 'succeeded') break;
    if (status === 'failed') throw new Error(JSON.stringify(error));
    await new Promise((done) => setTimeout(done, 50));
  }
  return documents.length / ((performance.now() - started) / 1000);
}

/** Justuju reads an index into memory when it is searched first. */
async function warm() {
  const started = performance.now();
  const body = JSON.stringify({ q: queries[0], limit: 1 });
  while (performance.now() - started < 180_000) {
    const { urdu } = JSON.parse((await send(justuju, 'POST', '/indexes/bench/search', body)).text);
    if (urdu?.proposedBy === 'memory') return;
    await new Promise((done) => setTimeout(done, 250));
  }
  console.log('the index did not come into memory: RANKING_MEMORY_MB');
}

/** What Justuju makes of each query, as requests to Meilisearch. */
async function askedOf(bodies) {
  const fields = [...new Set(documents.slice(0, 100).flatMap((document) => Object.keys(document)))];
  const asked = [];
  for (const body of bodies) {
    const { urdu } = JSON.parse((await send(justuju, 'POST', '/indexes/bench/search', body)).text);
    const q = urdu?.asked?.[0].q ?? JSON.parse(body).q;
    asked.push(JSON.stringify({ q, limit: 10, locales: ['urd'], attributesToRetrieve: fields }));
  }
  return asked;
}

async function latencies(target, bodies) {
  const all = [];
  let withHits = 0;
  for (const body of bodies) {
    const started = performance.now();
    const { status, text } = await send(target, 'POST', `/indexes/${target.index}/search`, body);
    all.push(performance.now() - started);
    if (status !== 200) throw new Error(`${target.name}: ${status} ${text.slice(0, 200)}`);
    if (!text.startsWith('{"hits":[]')) withHits += 1;
  }
  if (withHits * 2 < bodies.length && !target.mayFindNothing)
    throw new Error(`${target.name} found something for ${withHits} of ${bodies.length} queries only`);
  return all.sort((a, b) => a - b);
}

async function throughput(target, bodies, until) {
  let at = 0;
  const result = await autocannon({
    url: target.url,
    connections: 16,
    ...until,
    requests: [
      {
        method: 'POST',
        path: `/indexes/${target.index}/search`,
        headers: { 'content-type': 'application/json', ...target.headers },
        setupRequest: (one) => {
          at += 1;
          return { ...one, body: bodies[at % bodies.length] };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${target.name}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.total / ((result.finish - result.start) / 1000);
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** @param rates of Justuju first, then of what it is compared with */
function report(what, [ours, ...others], limit) {
  const compared = others.map((rate) => `${rate.toFixed(0)} (${((100 * ours) / rate).toFixed(0)} % of it)`);
  console.log(`${what}: Justuju ${ours.toFixed(0)}, Meilisearch ${compared.join(', understood ')}, limit ${limit * 100} %`);
}
