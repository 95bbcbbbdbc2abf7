#!/usr/bin/env node
/**
 * Malformed requests and bodies over all routes, bombs, connections that send a byte a second, and requests that are broken off: nothing may crash, hang, answer 500, write to the log or keep memory.
 *
 *   npm run build && node test/bench/fuzz.mjs [--requests 100000] [--slow 500] [--slow-seconds 90] [--idle 2000] [--aborted 1000] [--seed N]
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { OPERATIONS } from '../../dist/server/reference/operations.js';
import { Bounds, memoryOf, quantile } from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    slow: { type: 'string', default: '500' },
    'slow-seconds': { type: 'string', default: '90' },
    idle: { type: 'string', default: '2000' },
    aborted: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
  },
});
const MASTER_KEY = 'a-master-key-for-the-benchmark';
const AT_ONCE = 32;
/** A request without an answer for so long hangs, in milliseconds. */
const HANGS_AFTER = 20_000;
const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
/** More routes of Meilisearch than are described: whatever passes through is asked too. */
const ROUTES = [
  ...OPERATIONS.map(({ method, path }) => [method.toUpperCase(), path]),
  ...[
    'GET /tasks',
    'GET /tasks/{uid}',
    'GET /batches',
    'GET /stats',
    'GET /version',
    'GET /keys',
    'GET /indexes',
    'POST /indexes',
    'POST /swap-indexes',
    'PATCH /indexes/{uid}/settings',
    'PUT /indexes/{uid}/settings/synonyms',
    'POST /indexes/{uid}/documents/fetch',
    'POST /indexes/{uid}/documents/delete',
    'POST /indexes/{uid}/documents/delete-batch',
    'POST /tasks/cancel?uids=999999',
    'POST /export',
    'GET /indexes/{uid}/documents',
    'POST /indexes/{uid}/similar',
    'GET /docs',
    'GET /openapi.json',
    'GET /',
  ].map((one) => one.split(' ')),
];
const NAMES = [
  'books',
  'nowhere',
  '0',
  '%00',
  '..',
  '%2e%2e',
  '_justuju',
  'a'.repeat(600),
  '%',
  '%ff',
  '*',
  'a%2fb',
  '%F0%9F%98%80',
  "'",
  '__proto__',
];
const QUERIES = [
  '?',
  '?q=%',
  '?q=%ff%fe',
  '?limit=-1',
  '?limit=1e9',
  '?q[]=a&q[]=b',
  '?filter=a%20=%20',
  `?q=${'a'.repeat(20_000)}`,
  '?__proto__[x]=1',
  '?attributesToRetrieve=*&page=0',
  '?uids=a',
  '?index=a/b',
];
const TYPES = [
  { 'content-type': 'application/json' },
  { 'content-type': 'application/json' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/x-ndjson' },
  { 'content-type': 'text/csv' },
  { 'content-type': 'x' },
  {},
];
const EXTRAS = [
  {},
  {},
  {},
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'deflate' },
  { 'content-encoding': 'zstd' },
  { expect: '100-continue' },
  { 'x-request-id': '{"a":1}' },
  { 'x-forwarded-for': 'x'.repeat(1_000) },
  { range: 'bytes=0-' },
  { 'accept-encoding': 'br;q=x' },
  { connection: 'authorization' },
  { 'if-none-match': '*' },
];
const FIELDS = [
  'q',
  'filter',
  'facets',
  'sort',
  'limit',
  'offset',
  'page',
  'hitsPerPage',
  'queries',
  'federation',
  'indexUid',
  'attributesToHighlight',
  'attributesToCrop',
  'cropLength',
  'matchingStrategy',
  'urdu',
  'text',
  'facetName',
  'facetQuery',
  'ids',
  'id',
  'vector',
  'hybrid',
  'locales',
  'distinct',
  'rankingScoreThreshold',
  '__proto__',
  'constructor',
  'synonyms',
  'stopWords',
  '_urdu5',
  '_urdu5_stamp',
  'eventType',
  'eventName',
  'queryUid',
  'position',
];
const bomb = `{"q":"${'a'.repeat(30_000_000)}"}`;
const BOMBS = [gzipSync(bomb), brotliCompressSync(bomb), deflateSync(bomb)];
const BODIES = [
  () => '',
  () => '{',
  () => '[]',
  () => 'null',
  () => '"x"',
  () => bytes(200),
  () => '['.repeat(20_000),
  () => '{"a":'.repeat(20_000),
  () => json(),
  () => json(),
  () => json(),
  () => damaged(),
  () => damaged(),
  () => damaged(),
  () => `\uFEFF${json()}`,
  () => gzipSync(json()).subarray(0, 30),
  () => deflateSync(damaged()),
  () => `${json()}\n${json()}\n${damaged()}`,
  () => 'a,b\n1,"',
  () => (random() < 0.02 ? pick(BOMBS) : json()),
  () => (random() < 0.02 ? `[${'1,'.repeat(1_000_000)}1]` : '[1]'),
];
const RAW = [
  () => 'GET\r\n\r\n',
  () => bytes(300).toString('latin1'),
  () => 'GET / HTTP/9.9\r\n\r\n',
  () => `GET /${'a'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  () => 'GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n',
  () => 'POST /multi-search HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  () => 'POST /multi-search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  () => 'POST /analyze HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"text":',
  () =>
    `OPTIONS ${pick(['*', '/', '/indexes'])} HTTP/1.1\r\nHost: x\r\nOrigin: a\r\nAccess-Control-Request-Method: ${pick(['GET', 'X', ''])}\r\n\r\n`,
  () => `GET /indexes HTTP/1.1\r\n${'X: y\r\n'.repeat(3_000)}\r\n`,
  () => 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
  () => 'GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n',
  () => 'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
];
const random = seeded(Number(arg.seed));
const pick = (list) => list[Math.floor(random() * list.length)];
const folder = await mkdtemp(join(tmpdir(), 'justuju-fuzz-'));
const bounds = new Bounds();
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let loggedLines = 0;
const justuju = await start();
try {
  console.log(`seed ${arg.seed}`);
  const task = JSON.parse(
    (await ask('POST', '/indexes/books/documents', '[{"id":1,"title":"نئی کتاب"}]', { 'content-type': 'application/json' })).text,
  );
  while (['enqueued', 'processing'].includes(JSON.parse((await ask('GET', `/tasks/${task.taskUid}`)).text).status)) await pause(100);
  await malformed(2_000);
  await pause(3_000);
  const before = memoryOf(justuju.pid).all;
  loggedLines = 0;
  const usual = await searchTimes(200);
  const counts = await malformed(Number(arg.requests));
  console.log(JSON.stringify(counts.statuses));
  bounds.check('answers 500 to bad input', counts.statuses[500] ?? 0, 0);
  bounds.check(
    'other 5xx',
    Object.entries(counts.statuses).reduce((sum, [status, count]) => sum + (Number(status) > 500 ? count : 0), 0),
    0,
  );
  bounds.check('requests without an answer', counts.hung, 0);
  await aborted(Number(arg.aborted));
  bounds.check('lines in the log for them', loggedLines, 20);
  bounds.check('connections that sent a byte a second and were not ended', await slow(), 0);
  bounds.check('searches beside idle and slow connections, 95 %, against the usual', counts.beside / Math.max(5, quantile(usual, 0.95)), 2);
  await pause(5_000);
  const after = memoryOf(justuju.pid).all;
  console.log(`memory ${before} MB before, ${after} MB after`);
  bounds.check('growth of memory', after - before, 100, { unit: ' MB' });
  bounds.check('good searches afterwards, of 200', (await searchTimes(200)).length, 200, { least: true });
  bounds.check('crashes', justuju.exitCode === null ? 0 : 1, 0);
} finally {
  justuju.kill('SIGTERM');
  await new Promise((done) => (justuju.exitCode === null ? justuju.once('exit', done) : done()));
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

/** Sends so many; how they were answered. Idle connections stand beside them. */
async function malformed(count) {
  const statuses = {};
  let hung = 0;
  let left = count;
  const idle = await Promise.all(Array.from({ length: Math.min(Number(arg.idle), count) }, () => open()));
  const beside = quantile(await searchTimes(200), 0.95);
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const { status, text, what } = random() < 0.1 ? await sendRaw() : await sendRequest();
      if (status === 'late') {
        hung += 1;
        if (hung <= 5) console.log(`no answer to ${what}`);
      }
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status >= 500 && statuses[status] <= 5) console.log(`${status} to ${what}: ${text.slice(0, 200)}`);
      if (left % 5_000 === 0 && left > 0) console.log(`${left} to go, ${memoryOf(justuju.pid).all} MB`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  for (const socket of idle) socket.destroy();
  return { statuses, hung, beside };
}

async function sendRequest() {
  const [method, route] = pick(ROUTES);
  const path = route.replace(/\{\w+\}/g, () => pick(NAMES)) + (random() < 0.2 ? pick(QUERIES) : '');
  const isRead = method === 'GET' || method === 'DELETE';
  const body = isRead && random() < 0.8 ? undefined : pick(BODIES)();
  const headers = { ...pick(TYPES), ...pick(EXTRAS) };
  // What would take the master key's word for something harmful goes without it.
  const isHarmless = !/keys|dumps|snapshots|export|settings|swap|DELETE/.test(method + path);
  if (isHarmless && random() < 0.7) headers.authorization = `Bearer ${MASTER_KEY}`;
  else headers.authorization = pick(['Bearer wrong', 'Bearer a.b.c', 'Basic x', 'Bearer ', '']);
  return {
    ...(await ask(method, path, body, headers, false)),
    what: `${method} ${path} ${JSON.stringify(headers)} ${String(body).slice(0, 100)}`,
  };
}

/** Bytes that are no HTTP, or hardly. */
async function sendRaw() {
  const text = pick(RAW)();
  const socket = await open();
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1').slice(0, 1_000);
  });
  const closed = new Promise((done) => socket.once('close', done));
  socket.end(Buffer.from(text, 'latin1'));
  const late = await Promise.race([closed.then(() => false), pause(HANGS_AFTER, true, { ref: false })]);
  socket.destroy();
  const status = late === true ? 'late' : Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
  return { status, text: answer, what: JSON.stringify(text.slice(0, 200)) };
}

/** Requests whose client goes away at any moment. */
async function aborted(count) {
  for (let i = 0; i < count; i += 1) {
    const socket = await open();
    const body = JSON.stringify({ q: 'کتاب'.repeat(1 + Math.floor(random() * 200)) });
    const head = `POST /indexes/books/${pick(['search', 'documents'])} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${MASTER_KEY}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const whole = Buffer.concat([Buffer.from(head), Buffer.from(body)]);
    socket.write(whole.subarray(0, 1 + Math.floor(random() * whole.length)));
    await pause(random() * 5);
    socket.destroy();
  }
}

/** How many of the connections that send a byte a second are still there in the end. */
async function slow() {
  const seconds = Number(arg['slow-seconds']);
  const sockets = await Promise.all(
    Array.from({ length: Number(arg.slow) }, async (_none, i) => {
      const socket = await open();
      // Half of them within the headers, half within the body.
      const head =
        i % 2 === 0
          ? 'GET /indexes HTTP/1.1\r\n'
          : `POST /indexes/books/${i % 4 === 1 ? 'search' : 'documents'} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${MASTER_KEY}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n[`;
      socket.write(head);
      return socket;
    }),
  );
  const times = [];
  for (let second = 0; second < seconds; second += 1) {
    for (const socket of sockets) if (!socket.destroyed) socket.write('a');
    if (second % 5 === 0) times.push(...(await searchTimes(5)));
    await pause(1_000);
  }
  const left = sockets.filter((socket) => !socket.destroyed && !socket.closed && socket.readyState === 'open').length;
  for (const socket of sockets) socket.destroy();
  console.log(
    `searches beside ${arg.slow} slow connections: median ${quantile(times, 0.5).toFixed(1)}, 95 % ${quantile(times, 0.95).toFixed(1)} ms`,
  );
  return left;
}

async function searchTimes(count) {
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const began = performance.now();
    const { status } = await ask('POST', '/indexes/books/search', '{"q":"کتابیں"}', { 'content-type': 'application/json' });
    if (status === 200) times.push(performance.now() - began);
  }
  return times;
}

function ask(method, path, body, headers = {}, isKeyed = true) {
  return new Promise((done) => {
    let outgoing;
    try {
      outgoing = request({
        agent,
        host: '127.0.0.1',
        port: justuju.port,
        method,
        path,
        headers: { ...(isKeyed && { authorization: `Bearer ${MASTER_KEY}` }), ...headers },
      });
    } catch (error) {
      done({ status: 'not sent', text: String(error) });
      return;
    }
    const timer = setTimeout(() => {
      done({ status: 'late', text: '' });
      outgoing.destroy();
    }, HANGS_AFTER);
    const end = (answer) => {
      clearTimeout(timer);
      done(answer);
    };
    outgoing.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        if (text.length < 100_000) text += chunk;
      });
      answer.on('end', () => end({ status: answer.statusCode, text }));
      answer.on('error', () => end({ status: 'cut', text }));
    });
    outgoing.on('error', () => end({ status: 'cut', text: '' }));
    outgoing.end(body);
  });
}

function open() {
  return new Promise((done, fail) => {
    const socket = connect(justuju.port, '127.0.0.1', () => done(socket));
    socket.on('error', fail);
    socket.once('connect', () => socket.off('error', fail).on('error', () => undefined));
  });
}

async function start() {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: folder,
      PORT: '0',
      JUSTUJU_SAMPLES: 'off',
      MEILI_MASTER_KEY: MASTER_KEY,
      PAYLOAD_LIMIT_MB: '5',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (chunk) => {
    const lines = String(chunk).trim().split('\n');
    loggedLines += lines.length;
    if (loggedLines <= 10) for (const line of lines) console.log(line.slice(0, 400));
  });
  const [ready] = await new Promise((done) => child.stdout.once('data', (chunk) => done([String(chunk)])));
  child.port = Number(new URL(ready.trim().split(' ').at(-1)).port);
  return child;
}

function seeded(seed) {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}

function bytes(count) {
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
}

function json() {
  const value = (depth) =>
    pick([
      () => null,
      () => random() * 1e20,
      () => 'کتاب'.repeat(Math.floor(random() * 50)),
      () => true,
      () => (depth > 4 ? [] : Array.from({ length: Math.floor(random() * 5) }, () => value(depth + 1))),
      () => (depth > 4 ? {} : Object.fromEntries(Array.from({ length: Math.floor(random() * 6) }, () => [pick(FIELDS), value(depth + 1)]))),
    ])();
  return JSON.stringify(
    random() < 0.8 ? Object.fromEntries(Array.from({ length: 1 + Math.floor(random() * 5) }, () => [pick(FIELDS), value(0)])) : value(0),
  );
}

function damaged() {
  const text = json();
  const at = Math.floor(random() * text.length);
  return random() < 0.5
    ? text.slice(0, at)
    : `${text.slice(0, at)}${pick(['"', '{', ']', ',', '\u0000', '\\u', '\\ud800', '1e999'])}${text.slice(at)}`;
}
