#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What searches feel of uploads that are refused: 20 searches a second, for some seconds alone, then with 24 uploads of 300 kB that Meilisearch refuses before it has read
 * them (a wrong key, a wrong parameter, a wrong content type).
 *
 *   npm run build && node test/bench/refused-uploads.mjs [seconds]
 *
 * Fails where a search takes longer than twice the 95th percentile of those before, or than `NOISE_MS`, if that is more: what other programs of the machine may cost.
 */
const SECONDS = Number(process.argv[2] ?? 8);
const PER_SECOND = 20;
const UPLOADS = 24;
const NOISE_MS = 50;
const QUERIES = ['پاکستان', 'کتاب', 'لاہور کا موسم', 'kitab', 'کرکٹ'];

const dataDir = await mkdtemp(join(tmpdir(), 'justuju-bench-'));
const child = spawn(process.execPath, [fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))], {
  env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'fatal' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [ready] = await once(child.stdout, 'data');
  const url = String(ready).trim().split(' ').at(-1);
  const searches = new Agent({ keepAlive: true });
  const search = (i) =>
    send(
      url,
      '/indexes/articles/search',
      { 'content-type': 'application/json' },
      JSON.stringify({ q: QUERIES[i % QUERIES.length] }),
      searches,
    );
  // Code that was never run is slow.
  for (let i = 0; i < 200; i += 1) await search(i);

  const usual = await load(search);
  const p95 = usual[Math.floor(usual.length * 0.95)];
  const during = load(search);
  await new Promise((resolve) => setTimeout(resolve, (SECONDS * 1000) / 4));
  const refused = await Promise.all(Array.from({ length: UPLOADS }, (_, i) => refusedUpload(url, i)));
  const times = await during;
  searches.destroy();

  const slowest = times.at(-1);
  const limit = Math.max(2 * p95, NOISE_MS);
  console.log(`searches alone: median ${ms(usual[usual.length >> 1])}, 95th percentile ${ms(p95)}, slowest ${ms(usual.at(-1))}`);
  console.log(
    `with ${UPLOADS} refused uploads (${[...new Set(refused)].join(', ')}): median ${ms(times[times.length >> 1])}, 95th percentile ${ms(times[Math.floor(times.length * 0.95)])}, slowest ${ms(slowest)}; at most ${ms(limit)}`,
  );
  if (slowest > limit || refused.some((status) => status < 400 || status >= 500)) process.exitCode = 1;
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(dataDir, { recursive: true, force: true });
}

/** Milliseconds of each search, rising. */
async function load(search) {
  const times = [];
  const running = [];
  for (let i = 0; i < SECONDS * PER_SECOND; i += 1) {
    const asked = performance.now();
    running.push(
      search(i).then((status) => {
        if (status !== 200) throw new Error(`a search was answered with ${status}`);
        times.push(performance.now() - asked);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND));
  }
  await Promise.all(running);
  return times.sort((a, b) => a - b);
}

function refusedUpload(url, i) {
  const body = JSON.stringify([{ id: i, title: 'x'.repeat(300_000) }]);
  const json = { 'content-type': 'application/json' };
  if (i % 3 === 0) return send(url, '/indexes/articles/documents', { ...json, authorization: 'Bearer wrong' }, body);
  if (i % 3 === 1) return send(url, '/indexes/articles/documents?unknown=1', json, body);
  return send(url, '/indexes/articles/documents', { 'content-type': 'text/plain' }, body);
}

function send(url, path, headers, body, agent = false) {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url + path,
      { method: 'POST', agent, timeout: 150_000, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function ms(value) {
  return `${value.toFixed(1)} ms`;
}
