#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
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
 * default: the first words of the documents' titles. "Same index content": Meilisearch is asked for what Justuju would send to it on the very index
 * that Justuju searches, so that the difference is the proxy alone; ingest is compared with an index of the raw documents.
 * Every answer is checked: status 200, and hits for at least one query in two.
 */
import autocannon from 'autocannon';
import { pino } from 'pino';
import { readArticles } from '../../dist/seed/articles.js';
import { createApp } from '../../dist/server/app.js';
import { findRunningEngine } from '../../dist/server/engine/engine.js';

const { values: arg } = parseArgs({
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    'queries-count': { type: 'string', default: '1000' },
    batch: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '8' },
    'no-ingest': { type: 'boolean', default: false },
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
const queries = readQueries().slice(0, Number(arg['queries-count']));

const dataDir = await mkdtemp(join(tmpdir(), 'justuju-bench-'));
const log = pino({ level: 'error' });
// A process of its own, as it runs in life: the load is made in this one.
const child = spawn(process.execPath, [fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))], {
  env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', JUSTUJU_SAMPLES: 'off', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [ready] = await once(child.stdout, 'data');
const justuju = { name: 'Justuju', url: String(ready).trim().split(' ').at(-1), headers: {} };
const engine = await findRunningEngine(dataDir);
const meilisearch = { name: 'Meilisearch', url: engine.url, headers: { authorization: `Bearer ${engine.adminKey}` } };
try {
  console.log(`${documents.length} documents, ${queries.length} queries`);
  const rates = {};
  for (const [target, index] of [[justuju, 'bench'], ...(arg['no-ingest'] ? [] : [[meilisearch, 'raw']])])
    rates[target.name] = await ingest(target, index);
  if (!arg['no-ingest']) report('ingest, documents a second', rates, rates.Justuju / rates.Meilisearch, LIMITS.ingest);

  // What Justuju makes of each query is recorded once, and sent directly: both sides then ask Meilisearch the same.
  const sent = await recordSent();
  const through = queries.map((q) => JSON.stringify({ q, limit: 10 }));
  for (const [target, bodies] of [
    [meilisearch, sent],
    [justuju, through],
  ])
    await latencies(target, bodies.slice(0, 100));
  const direct = await latencies(meilisearch, sent);
  const ours = await latencies(justuju, through);
  const added = { median: quantile(ours, 0.5) - quantile(direct, 0.5), p95: quantile(ours, 0.95) - quantile(direct, 0.95) };
  console.log(`latency, ms      Meilisearch ${show(direct)}   Justuju ${show(ours)}`);
  console.log(
    `added, ms        median ${added.median.toFixed(2)} (limit ${LIMITS.medianMs})   95 % ${added.p95.toFixed(2)} (limit ${LIMITS.p95Ms})`,
  );
  const perSecond = { Meilisearch: await throughput(meilisearch, sent), Justuju: await throughput(justuju, through) };
  report('searches a second, 16 connections', perSecond, perSecond.Justuju / perSecond.Meilisearch, LIMITS.throughput);
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);

function readQueries() {
  if (arg.queries !== undefined) {
    const lines = readFileSync(arg.queries, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const all = lines.map((line) => (line.startsWith('{') ? JSON.parse(line).query : line));
    // Spread over the file: kinds of queries stand together in it.
    const step = Math.max(1, Math.floor(all.length / Number(arg['queries-count'])));
    return all.filter((_query, i) => i % step === 0);
  }
  return Array.from({ length: 1_000 }, (_none, i) =>
    String(documents[i % documents.length].title ?? '')
      .split(/\s+/)
      .slice(0, 2 + (i % 3))
      .join(' '),
  );
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

async function ingest(target, index) {
  const started = performance.now();
  let last;
  for (let at = 0; at < documents.length; at += Number(arg.batch)) {
    const answer = await send(
      target,
      'POST',
      `/indexes/${index}/documents?primaryKey=id`,
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

/** The bodies that Justuju sends to Meilisearch first for each query. A second Justuju, before a listener that records. */
async function recordSent() {
  const bodies = [];
  let current;
  const recorder = createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      if (incoming.url === '/indexes/bench/search') current ??= body.toString();
      const forwarded = request(
        engine.url + incoming.url,
        { agent, method: incoming.method, headers: { ...incoming.headers, host: '127.0.0.1' } },
        (answer) => {
          outgoing.writeHead(answer.statusCode, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forwarded.end(body);
    });
  });
  await new Promise((done) => recorder.listen(0, '127.0.0.1', done));
  const recorded = createApp({ engine: { ...engine, open: true, url: `http://127.0.0.1:${recorder.address().port}` }, log });
  const listener = createServer(recorded.app);
  await new Promise((done) => listener.listen(0, '127.0.0.1', done));
  const target = { url: `http://127.0.0.1:${listener.address().port}`, headers: {} };
  for (const q of queries) {
    current = undefined;
    const answer = await send(target, 'POST', '/indexes/bench/search', JSON.stringify({ q, limit: 10 }));
    if (answer.status !== 200 || current === undefined) throw new Error(`"${q}": ${answer.status} ${answer.text.slice(0, 200)}`);
    bodies.push(current);
  }
  listener.closeAllConnections();
  listener.close();
  await recorded.close();
  recorder.closeAllConnections();
  recorder.close();
  return bodies;
}

async function latencies(target, bodies) {
  const all = [];
  let withHits = 0;
  for (const body of bodies) {
    const started = performance.now();
    const { status, text } = await send(target, 'POST', '/indexes/bench/search', body);
    all.push(performance.now() - started);
    if (status !== 200) throw new Error(`${target.name}: ${status} ${text.slice(0, 200)}`);
    if (!text.startsWith('{"hits":[]')) withHits += 1;
  }
  if (withHits * 2 < bodies.length) throw new Error(`${target.name} found something for ${withHits} of ${bodies.length} queries only`);
  return all.sort((a, b) => a - b);
}

async function throughput(target, bodies) {
  let at = 0;
  const result = await autocannon({
    url: target.url,
    connections: 16,
    duration: Number(arg.seconds),
    requests: [
      {
        method: 'POST',
        path: '/indexes/bench/search',
        headers: { 'content-type': 'application/json', ...target.headers },
        setupRequest: (one) => {
          at += 1;
          return { ...one, body: bodies[at % bodies.length] };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${target.name}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.average;
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
function show(sorted) {
  return `${quantile(sorted, 0.5).toFixed(2)} (95 %: ${quantile(sorted, 0.95).toFixed(2)})`;
}
function report(what, rates, share, limit) {
  console.log(
    `${what}: ${Object.entries(rates)
      .map(([name, rate]) => `${name} ${rate.toFixed(0)}`)
      .join(', ')}: ${(share * 100).toFixed(0)} % (limit ${limit * 100} %)`,
  );
}
