#!/usr/bin/env node
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
/**
 * What Justuju costs: the same queries and the same documents, once to Meilisearch directly and once through Justuju.
 *
 *   npm run build && node test/bench/proxy.mjs [--corpus FILE] [--queries FILE] [--queries-count 1000] [--batch 1000]
 *
 * Corpus: JSON documents with an `id`, one a line, gzipped or not; default: the sample articles. Queries: `{"query": "..."}` a line, or plain lines;
 * default: the first words of the documents' titles. Plain Meilisearch has the same documents as they are; of what it does not find (other scripts, misspelled words) it answers
 * faster than it would if it did. Ends with an error where a bound is missed.
 */
import autocannon from 'autocannon';
import { readArticles } from '../../dist/seed/articles.js';
import { Bounds, engineIn, inStep, justujuOn, load, quantile, readCorpus, readQueries, send } from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    'queries-count': { type: 'string', default: '1000' },
    batch: { type: 'string', default: '1000' },
  },
});

const LIMITS = { median: 1.2, p95: 1.2, throughput: 0.8, ingest: 0.9 };
const bounds = new Bounds();

const documents = [];
if (arg.corpus === undefined) for await (const article of readArticles([resolve('samples')])) documents.push(article);
else for await (const document of readCorpus(arg.corpus)) documents.push(document);
const [queries, others] = splitQueries();

const folder = await mkdtemp(join(tmpdir(), 'justuju-bench-'));
const engine = await engineIn(folder);
const plain = { name: 'Meilisearch', index: 'raw', url: engine.url, headers: engine.headers };
const justuju = { index: 'bench', ...(await justujuOn(engine, join(folder, 'justuju'))) };
try {
  console.log(`${documents.length} documents, ${queries.length} queries`);
  const [ours, theirs] = [
    await load(justuju, 'bench', documents, Number(arg.batch)),
    await load(plain, 'raw', documents, Number(arg.batch)),
  ];
  console.log(`ingest: ${ours.toFixed(0)} documents a second, plain Meilisearch ${theirs.toFixed(0)}`);
  bounds.check('ingest, times plain Meilisearch', ours / theirs, LIMITS.ingest, { least: true });
  await inStep(justuju, 'bench', documents.length);

  const bodyOf = (q) => JSON.stringify({ q, limit: 10 });
  // Code that was never run is slow, on both sides: that is not what is measured.
  for (const q of others.slice(-300)) for (const target of [justuju, plain]) await searchOnce(target, bodyOf(q));
  await compareLatency(queries.map(bodyOf));
  // All different, each once: nothing that is remembered helps.
  const once = others.slice(0, -300).slice(0, 5_000).map(bodyOf);
  if (once.length > 0) {
    const perSecond = [await throughput(justuju, once, { amount: once.length }), await throughput(plain, once, { amount: once.length })];
    console.log(
      `${once.length} queries, once each, 16 connections: ${perSecond.map((rate) => rate.toFixed(0)).join(' a second, plain Meilisearch ')}`,
    );
    bounds.check('searches a second, times plain Meilisearch', perSecond[0] / perSecond[1], LIMITS.throughput, { least: true });
  }
} finally {
  await justuju.end('SIGTERM');
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

/** The queries that are measured, and all others. */
function splitQueries() {
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
  const all = readQueries(arg.queries);
  // Spread over the file: kinds of queries stand together in it.
  const step = Math.max(1, Math.floor(all.length / count));
  const isMeasured = (i) => i % step === 0 && i / step < count;
  return [all.filter((_query, i) => isMeasured(i)), all.filter((_query, i) => !isMeasured(i))];
}

async function searchOnce(target, body) {
  const began = performance.now();
  const { status, text } = await send(target, 'POST', `/indexes/${target.index}/search`, body);
  if (status !== 200) throw new Error(`${target.name}: ${status} ${text.slice(0, 200)}`);
  return { took: performance.now() - began, hasHits: !text.startsWith('{"hits":[]') };
}

/** One request at a time, in turn here and there. */
async function compareLatency(bodies) {
  const times = { bench: [], raw: [] };
  let withHits = 0;
  for (const [i, body] of bodies.entries()) {
    for (const target of i % 2 === 0 ? [justuju, plain] : [plain, justuju]) {
      const { took, hasHits } = await searchOnce(target, body);
      times[target.index].push(took);
      if (target === justuju && hasHits) withHits += 1;
    }
  }
  if (withHits * 2 < bodies.length) throw new Error(`something was found for ${withHits} of ${bodies.length} queries only`);
  for (const [share, name, limit] of [
    [0.5, 'median', LIMITS.median],
    [0.95, '95 %', LIMITS.p95],
  ]) {
    const [ours, theirs] = [quantile(times.bench, share), quantile(times.raw, share)];
    console.log(`latency, ${name}: ${ours.toFixed(2)} ms, plain Meilisearch ${theirs.toFixed(2)} ms`);
    bounds.check(`latency, ${name}, times plain Meilisearch`, ours / theirs, limit);
  }
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
