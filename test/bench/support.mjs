/** What the benchmarks share: an engine, processes of Justuju before it, documents made of sentences, and times. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { pino } from 'pino';
import { readConfig } from '../../dist/server/config.js';
import { startEngine } from '../../dist/server/engine/engine.js';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

/** A Meilisearch of the benchmark's own, that outlives the processes of Justuju before it. */
export async function engineIn(folder) {
  const config = readConfig({ DATA_DIR: join(folder, 'engine'), PORT: '0', JUSTUJU_SAMPLES: 'off', LOG_LEVEL: 'silent' });
  const engine = await startEngine(config, pino({ level: 'silent' }));
  return { ...engine, headers: { authorization: `Bearer ${engine.adminKey}` } };
}

/** A process of Justuju, as it runs in life. */
export async function justujuOn(engine, dataDir) {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      NODE_OPTIONS: process.env.JUSTUJU_NODE_OPTIONS ?? '',
      DATA_DIR: dataDir,
      MEILI_URL: engine.url,
      MEILI_API_KEY: engine.adminKey,
      PORT: '0',
      JUSTUJU_SAMPLES: 'off',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [ready] = await once(child.stdout, 'data');
  const end = async (signal) => {
    child.kill(signal);
    await exited;
  };
  return { name: 'Justuju', pid: child.pid, headers: engine.headers, url: String(ready).trim().split(' ').at(-1), end };
}

export function send(target, method, path, body) {
  return new Promise((done, fail) => {
    const outgoing = request(
      target.url + path,
      { agent, method, headers: { 'content-type': 'application/json', ...target.headers } },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(chunks).toString() }));
        answer.on('error', fail);
      },
    );
    outgoing.on('error', fail);
    outgoing.end(typeof body === 'object' ? JSON.stringify(body) : body);
  });
}

/** As `send`; what is not as expected is an error. */
export async function ask(target, method, path, body) {
  const { status, text } = await send(target, method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** Waits for a task. Returns when it was found finished. */
export async function taskDone(target, uid, every = 20) {
  for (;;) {
    const { status, error } = await ask(target, 'GET', `/tasks/${uid}`);
    if (status === 'succeeded') return performance.now();
    if (status === 'failed') throw new Error(JSON.stringify(error));
    await pause(every);
  }
}

export const search = (target, index, body) => ask(target, 'POST', `/indexes/${index}/search`, body);

/** Waits until the store of an index holds all that the index holds. Returns how long that took, in milliseconds. */
export async function inStep(justuju, index, documents) {
  const began = performance.now();
  for (;;) {
    await search(justuju, index, { q: 'اردو', limit: 1 });
    const { stores = [] } = await ask(justuju, 'GET', '/ready');
    const store = stores.find(({ uid }) => uid === index);
    if (store?.inStep && (documents === undefined || store.documents === documents)) return performance.now() - began;
    if (process.env.DEBUG) console.log(JSON.stringify(store));
    if (performance.now() - began > 60_000) throw new Error(`the store is not in step: ${JSON.stringify(store)}`);
    await pause(50);
  }
}

/** Loads documents in batches. Returns how many a second. */
export async function load(target, index, documents, batch) {
  const began = performance.now();
  let last;
  for (let at = 0; at < documents.length; at += batch)
    last = (await ask(target, 'POST', `/indexes/${index}/documents?primaryKey=id`, documents.slice(at, at + batch))).taskUid;
  return documents.length / (((await taskDone(target, last, 50)) - began) / 1_000);
}

/** Documents of a file: JSON, one a line, gzipped or not. */
export async function* readCorpus(file) {
  const bytes = createReadStream(file);
  for await (const line of createInterface({ input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes }))
    if (line.trim() !== '') yield JSON.parse(line);
}

/** Sentences of the samples, or of the texts of a corpus. */
export async function sentencesOf(corpus) {
  const texts = [];
  if (corpus === undefined) {
    const root = fileURLToPath(new URL('../../samples/', import.meta.url));
    for (const topic of await readdir(root))
      for (const file of await readdir(join(root, topic))) texts.push(await readFile(join(root, topic, file), 'utf8'));
  } else for await (const document of readCorpus(corpus)) texts.push(...Object.values(document).filter((one) => String(one).length > 60));
  return texts.flatMap((text) => String(text).match(/[^\n\u06D4]{20,}\u06D4?/gu) ?? []);
}

/** Documents made of sentences: the same ones for the same numbers. */
export function madeOf(sentences, { count, length, from = 0 }) {
  const pick = (i) => sentences[(i * 7_919) % sentences.length];
  return Array.from({ length: count }, (_, i) => {
    const id = from + i;
    const body = Array.from({ length }, (_none, j) => pick(id * 31 + j * (1 + (id % 17)))).join(' ');
    return { id, title: wordsOf(pick(id)).slice(0, 8).join(' '), body };
  });
}

export const wordsOf = (text) => text.match(/[\p{L}\p{M}]+/gu) ?? [];

/** A word that no document holds. */
export function newWord(number) {
  const letters = 'بپتجچدرزسشفکگلمن';
  let word = '';
  for (let rest = number + 1; rest > 0; rest = Math.floor(rest / letters.length)) word += `${letters[rest % letters.length]}ژ`;
  return `ژغ${word}غڑ`;
}

export function readQueries(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (line.startsWith('{') ? JSON.parse(line).query : line));
}

export const sorted = (times) => [...times].sort((a, b) => a - b);
export const quantile = (times, share) => sorted(times)[Math.min(times.length - 1, Math.floor(share * times.length))];

export async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name) => Math.round(Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))?.[1]) / 1_024);
  return { anon: megabytes('RssAnon'), file: megabytes('RssFile'), all: megabytes('VmRSS') };
}

/** Bytes that a folder takes on the disk: files of lmdb have holes. */
export async function sizeOf(folder) {
  let bytes = 0;
  for (const { parentPath, name, ...entry } of await readdir(folder, { recursive: true, withFileTypes: true }).then((all) =>
    all.map((one) => ({ parentPath: one.parentPath, name: one.name, isFile: one.isFile() })),
  ))
    if (entry.isFile) bytes += (await stat(join(parentPath, name))).blocks * 512;
  return bytes;
}

/** Bounds that were missed end the benchmark with an error, when all is measured. */
export class Bounds {
  missed = 0;

  /** @param bound the most, or with `least` the least */
  check(what, value, bound, { least = false, unit = '' } = {}) {
    const isMet = least ? value >= bound : value <= bound;
    if (!isMet) this.missed += 1;
    const shown = Math.abs(value) < 100 ? value.toFixed(2) : value.toFixed(0);
    console.log(
      `${isMet ? 'met   ' : 'MISSED'} ${what}: ${shown}${unit} (${least ? 'at least' : 'at most'} ${bound}${unit}; load ${loadavg()[0].toFixed(1)})`,
    );
  }

  end() {
    process.exit(this.missed > 0 ? 1 : 0);
  }
}
