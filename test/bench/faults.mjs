#!/usr/bin/env node
/**
 * What readers and writers feel while things break: searches and acknowledged writes go on at a steady rate while the engine is killed, stopped and loses its disk, and Justuju is killed. Each request must have an answer, or a clear
 * error within its deadline; the service must be back soon; no acknowledged write may be lost.
 *
 *   npm run build && node test/bench/faults.mjs [--articles 20000] [--kills 50] [--stops 10] [--justuju 50] [--disk 1] [--workers 0]
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Bounds, madeOf, newWord, quantile, sentencesOf, wordsOf } from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    articles: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '50' },
    stops: { type: 'string', default: '10' },
    justuju: { type: 'string', default: '50' },
    disk: { type: 'string', default: '1' },
    workers: { type: 'string', default: '0' },
  },
});
const SEARCHES_A_SECOND = 20;
const WRITES_A_SECOND = 3;
/** What a client waits for, in milliseconds. */
const SEARCH_DEADLINE = 5_000;
const WRITE_DEADLINE = 30_000;
const STOPPED_MS = 10_000;
/** Between two faults. */
const PEACE_MS = 3_000;
const INDEX = 'bench';
const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'justuju-faults-'));
const dataDir = join(folder, 'data');
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const bounds = new Bounds();
const sentences = await sentencesOf();
const log = [];
const acknowledged = new Map();
let justuju;
let isJustujuDown = false;
let isOver = false;
let written = 0;

try {
  justuju = await startJustuju();
  await loadArticles(Number(arg.articles));
  const traffic = [steady(SEARCHES_A_SECOND, search), steady(WRITES_A_SECOND, write)];
  await pause(PEACE_MS);
  await rounds('engine killed', Number(arg.kills), killEngine);
  await rounds('engine stopped', Number(arg.stops), stopEngine);
  await rounds('Justuju killed', Number(arg.justuju), killJustuju);
  await rounds('disk emptied', Number(arg.disk), emptyDisk);
  isOver = true;
  await Promise.all(traffic);
  judge();
  bounds.check('acknowledged writes that are lost or not found', await lostWrites(), 0);
} finally {
  isOver = true;
  if (justuju !== undefined) await endJustuju('SIGTERM');
  bounds.check('processes left behind', processesNaming(dataDir).length, 0);
  for (const pid of processesNaming(dataDir)) process.kill(pid, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

async function rounds(what, count, fault) {
  const all = [];
  for (let round = 0; round < count; round += 1) {
    all.push(await fault());
    await pause(PEACE_MS + Math.random() * 1_000);
  }
  for (const name of Object.keys(all[0] ?? {})) {
    const times = all.map((one) => one[name]);
    console.log(
      `${what}, ${count} times: ${name}: median ${Math.round(quantile(times, 0.5))}, longest ${Math.round(Math.max(...times))} ms`,
    );
    const bound = { 'back after the engine': 5_000, 'seen after': 3_000, 'back after it goes on': 5_000 }[name];
    if (bound !== undefined) bounds.check(`${what}: ${name}`, Math.max(...times), bound, { unit: ' ms' });
  }
}

async function killEngine() {
  const { pid, url: engineUrl } = engine();
  const began = performance.now();
  process.kill(pid, 'SIGKILL');
  const [engineBack, serviceBack] = await Promise.all([until(() => answers(`${engineUrl}/health`)), until(searches, 20)]);
  return {
    'engine back after': engineBack - began,
    'service back after': serviceBack - began,
    'back after the engine': Math.max(0, serviceBack - engineBack),
  };
}

async function stopEngine() {
  const { pid } = engine();
  const began = performance.now();
  process.kill(pid, 'SIGSTOP');
  try {
    const seen = await until(async () => (await ask('POST', `/indexes/${INDEX}/search`, { q: 'اردو' }, SEARCH_DEADLINE)).status === 503);
    const health = await Promise.all(['/health', '/ready'].map((path) => ask('GET', path, undefined, 1_000)));
    bounds.check('/health and /ready that say 503 while the engine is stopped', health.filter(({ status }) => status === 503).length, 2, {
      least: true,
    });
    log.push({ kind: 'mark', name: 'stopped', from: began + 3_000, to: began + STOPPED_MS });
    await pause(STOPPED_MS - (performance.now() - began));
    process.kill(pid, 'SIGCONT');
    const goesOn = performance.now();
    const back = await until(searches, 20);
    return { 'seen after': seen - began, 'back after it goes on': back - goesOn };
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

async function killJustuju() {
  const began = performance.now();
  await endJustuju('SIGKILL');
  justuju = await startJustuju();
  await until(searches, 20);
  return { 'started and answering after': performance.now() - began };
}

/** The engine comes back with nothing. What was acknowledged before is gone with the disk; what is acknowledged from now on must not be. */
async function emptyDisk() {
  const { pid, url: engineUrl } = engine();
  const before = written;
  // It must not write while its files go.
  process.kill(pid, 'SIGSTOP');
  await rm(join(dataDir, 'meili', 'data.ms'), { recursive: true, force: true });
  const began = performance.now();
  process.kill(pid, 'SIGKILL');
  const back = await until(() => answers(`${engineUrl}/health`));
  for (const [number, { at }] of acknowledged) if (number <= before || at < back) acknowledged.delete(number);
  const service = await until(async () => (await ask('GET', '/health', undefined, 1_000)).status === 200, 20);
  await loadArticles(1_000);
  await until(searches, 20);
  return { 'engine back after': back - began, 'back after the engine': Math.max(0, service - back) };
}

function judge() {
  const marks = log.filter(({ kind }) => kind === 'mark');
  const requests = log.filter(({ kind }) => kind !== 'mark');
  const count = (which) => requests.filter(which).length;
  const searchTimes = requests.filter(({ kind, status }) => kind === 'search' && status === 200).map(({ ms }) => ms);
  console.log(
    `${requests.length} requests: ${count(({ status }) => status < 300)} good, ${count(({ status }) => status === 503)} 503, ${count(({ status }) => status === 502 || status === 504)} 502 or 504, ${count(({ status }) => status === 'down')} while Justuju was down; ` +
      `searches median ${Math.round(quantile(searchTimes, 0.5))}, 99 % ${Math.round(quantile(searchTimes, 0.99))}, longest ${Math.round(Math.max(...searchTimes))} ms`,
  );
  const unclear = requests.filter(
    ({ status, code }) => typeof status === 'number' && status >= 300 && (status === 500 || code === undefined),
  );
  for (const one of unclear.slice(0, 5)) console.log(JSON.stringify(one));
  bounds.check('errors that are not clear', unclear.length, 0);
  bounds.check(
    'requests without an answer within their deadline',
    count(({ status }) => status === 'late'),
    0,
  );
  bounds.check(
    'connections cut while Justuju ran',
    count(({ status }) => status === 'cut'),
    0,
  );
  const slow = requests.filter(
    ({ kind, at, ms }) => kind === 'search' && ms > 500 && marks.some(({ from, to }) => at > from && at + ms < to),
  );
  bounds.check('searches not refused within 500 ms while the engine was known to be stopped', slow.length, 0);
}

async function lostWrites() {
  await pause(PEACE_MS);
  const tasks = await until(
    async () => JSON.parse((await ask('GET', '/tasks?statuses=enqueued,processing&limit=1', undefined, 5_000)).text).total === 0,
    200,
    300_000,
  );
  let lost = 0;
  for (const [number, { id }] of acknowledged) {
    const stored = await ask('GET', `/indexes/${INDEX}/documents/${id}`, undefined, 5_000);
    const found = await ask('POST', `/indexes/${INDEX}/search`, { q: newWord(number), limit: 3 }, 5_000);
    const isFound = found.status === 200 && JSON.parse(found.text).hits.some((hit) => hit.id === id);
    if (stored.status === 200 && isFound) continue;
    lost += 1;
    if (lost <= 5) console.log(`write ${number}: stored ${stored.status}, found ${isFound}`);
  }
  console.log(`${acknowledged.size} acknowledged writes looked for, ${Math.round(performance.now() - tasks)} ms`);
  return lost;
}

async function search(nth) {
  const words = wordsOf(sentences[(nth * 104_729) % sentences.length]);
  await noted('search', SEARCH_DEADLINE, 'POST', `/indexes/${INDEX}/search`, { q: words.slice(0, 1 + (nth % 4)).join(' '), limit: 10 });
}

async function write() {
  written += 1;
  const number = written;
  const id = 1_000_000 + number;
  const document = { id, title: newWord(number), body: sentences[number % sentences.length] };
  const status = await noted('write', WRITE_DEADLINE, 'POST', `/indexes/${INDEX}/documents?primaryKey=id`, [document]);
  if (status === 202) acknowledged.set(number, { id, at: performance.now() });
}

async function noted(kind, deadline, method, path, body) {
  const at = performance.now();
  const wasDown = isJustujuDown;
  const { status, text } = await ask(method, path, body, deadline);
  const isDown = status === 'cut' && (wasDown || isJustujuDown);
  log.push({
    kind,
    at,
    ms: performance.now() - at,
    status: isDown ? 'down' : status,
    ...(status >= 300 && { code: codeIn(text), text: text.slice(0, 200) }),
  });
  return status;
}

function codeIn(text) {
  try {
    return JSON.parse(text).code;
  } catch {
    return undefined;
  }
}

/** At a steady rate, whether or not the answers come. */
async function steady(rate, work) {
  const running = new Set();
  const began = performance.now();
  for (let nth = 0; !isOver; nth += 1) {
    const one = work(nth).finally(() => running.delete(one));
    running.add(one);
    await pause(Math.max(0, began + ((nth + 1) * 1_000) / rate - performance.now()));
  }
  await Promise.all(running);
}

function ask(method, path, body, deadline) {
  return new Promise((done) => {
    const timer = setTimeout(() => {
      done({ status: 'late', text: '' });
      outgoing.destroy();
    }, deadline);
    const end = (answer) => {
      clearTimeout(timer);
      done(answer);
    };
    const outgoing = request(url + path, { agent, method, headers: { 'content-type': 'application/json' } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => end({ status: answer.statusCode, text: Buffer.concat(chunks).toString() }));
      answer.on('error', () => end({ status: 'cut', text: '' }));
    });
    outgoing.on('error', () => {
      // A kept connection that the other side had just closed: any client sends again.
      if (outgoing.reusedSocket && performance.now() - began < 100) ask(method, path, body, deadline).then(end);
      else end({ status: 'cut', text: '' });
    });
    const began = performance.now();
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function searches() {
  return (await ask('POST', `/indexes/${INDEX}/search`, { q: 'اردو', limit: 1 }, 1_000)).status === 200;
}

async function answers(address) {
  return fetch(address, { signal: AbortSignal.timeout(500) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function until(look, every = 20, longest = 120_000) {
  const began = performance.now();
  while (!(await look())) {
    if (performance.now() - began > longest) throw new Error(`not within ${longest / 1_000} s: ${look}`);
    await pause(every);
  }
  return performance.now();
}

async function loadArticles(count) {
  const documents = madeOf(sentences, { count, length: 12 });
  let last;
  for (let at = 0; at < count; at += 2_000) {
    const answer = await ask('POST', `/indexes/${INDEX}/documents?primaryKey=id`, documents.slice(at, at + 2_000), 120_000);
    if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
    last = JSON.parse(answer.text).taskUid;
  }
  await until(async () => JSON.parse((await ask('GET', `/tasks/${last}`, undefined, 30_000)).text).status === 'succeeded', 200, 900_000);
  console.log(`${count} articles loaded`);
}

async function startJustuju() {
  const child = spawn(process.execPath, [MAIN, '--workers', arg.workers], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      PORT: String(port),
      JUSTUJU_SAMPLES: 'off',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((done) => child.once('exit', done));
  await Promise.race([
    new Promise((done) => child.stdout.once('data', done)),
    exited.then(() => Promise.reject(new Error('Justuju ended before it was ready'))),
  ]);
  isJustujuDown = false;
  return { child, exited };
}

async function endJustuju(signal) {
  isJustujuDown = true;
  justuju.child.kill(signal);
  await justuju.exited;
  justuju = undefined;
}

function engine() {
  return JSON.parse(readFileSync(join(dataDir, 'justuju.json'), 'utf8')).engine;
}

function processesNaming(path) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(join('/proc', name, 'cmdline'), 'utf8').includes(path);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => done(free));
    });
  });
}
