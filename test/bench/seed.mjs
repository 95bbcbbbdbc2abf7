#!/usr/bin/env node
/**
 * What the command `justuju` costs: how fast it fills an index, beside plain Meilisearch that is given the same articles; how long a second run takes that finds
 * nothing new; memory. Articles are sentences of the samples. Ends with an error where a bound is missed; measure on a quiet machine.
 *
 *   npm run build && node test/bench/seed.mjs [--documents 20000] [--only load,again,memory] [--megabytes 400] [--profile folder]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { articleSettings } from '../../dist/seed/article.js';
import { ask, Bounds, engineIn, madeOf, sentencesOf, taskDone } from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    documents: { type: 'string', default: '20000' },
    sentences: { type: 'string', default: '12' },
    only: { type: 'string' },
    megabytes: { type: 'string', default: '400' },
    profile: { type: 'string' },
  },
});
const SEED = fileURLToPath(new URL('../../dist/seed/main.js', import.meta.url));
const DOCUMENTS = Number(arg.documents);
const BATCH = 1_000;
/** Part of the rate of plain Meilisearch; milliseconds; megabytes. */
const BOUNDS = { rate: 0.8, again: 10_000, memory: 300 };
const does = (what) => arg.only === undefined || arg.only.split(',').includes(what);

const folder = await mkdtemp(join(tmpdir(), 'justuju-bench-seed-'));
const bounds = new Bounds();
const sentences = await sentencesOf();
const engine = await engineIn(folder);
try {
  if (does('load') || does('again')) await filling();
  if (does('memory')) await memory();
} finally {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

async function filling() {
  const file = join(folder, 'articles.ndjson');
  await write(file, DOCUMENTS);
  const first = await seed(file, 'load');
  console.log(
    `filled with ${first.report.indexed.documents} articles in ${Math.round(first.milliseconds)} ms, ${first.memory} MB; processor: ${first.processor} s, Meilisearch ${first.engineProcessor} s`,
  );
  if (does('load')) {
    const before = processorOf(enginePid());
    const plain = await plainly(first.report.indexed.documents);
    console.log(
      `plain Meilisearch ${Math.round(plain)} ms; processor: ${(processorOf(enginePid()) - before).toFixed(1)} s, to read the articles back included`,
    );
    bounds.check('rate of plain Meilisearch', plain / first.milliseconds, BOUNDS.rate, { least: true });
  }
  if (!does('again')) return;
  const again = await seed(file, 'again');
  console.log(`a second run: processor: ${again.processor} s, Meilisearch ${again.engineProcessor} s`);
  bounds.check('articles sent by a second run', again.report.indexed.sent, 0);
  bounds.check('a second run', again.milliseconds, BOUNDS.again, { unit: ' ms' });
}

/** The articles of the index, without what we put beside them, into an index of their own, as its client would set it. */
async function plainly(count) {
  const articles = [];
  for (let offset = 0; offset < count; offset += BATCH) {
    const { results } = await ask(engine, 'GET', `/indexes/articles/documents?limit=${BATCH}&offset=${offset}`);
    for (const one of results) articles.push(Object.fromEntries(Object.entries(one).filter(([name]) => !name.startsWith('_urdu'))));
  }
  await taskDone(engine, (await ask(engine, 'PATCH', '/indexes/plain/settings', articleSettings)).taskUid);
  const batches = [];
  for (let at = 0; at < articles.length; at += BATCH) batches.push(articles.slice(at, at + BATCH));
  const began = performance.now();
  let last;
  for (const batch of batches) last = (await ask(engine, 'POST', '/indexes/plain/documents?primaryKey=id', batch)).taskUid;
  await taskDone(engine, last);
  return performance.now() - began;
}

/** A file as large as is asked for, read whole and indexed nowhere: what an article is does not depend on Meilisearch. */
async function memory() {
  const file = join(folder, 'large.ndjson');
  const each = Buffer.byteLength(linesFrom(0, 100).join('\n')) / 100;
  await write(file, Math.round((Number(arg.megabytes) * 1024 * 1024) / each));
  const { memory, milliseconds, report } = await seed(file, 'memory', 'large');
  console.log(`${arg.megabytes} MB: ${report.indexed.documents} articles in ${Math.round(milliseconds / 1000)} s`);
  bounds.check('memory of a large file', memory, BOUNDS.memory, { unit: ' MB' });
}

function linesFrom(from, count) {
  return madeOf(sentences, { from, count, length: Number(arg.sentences) }).map((one) =>
    JSON.stringify({ ...one, title: `${one.title} ${one.id}` }),
  );
}

async function write(file, count) {
  const out = createWriteStream(file);
  for (let from = 0; from < count; from += BATCH)
    if (!out.write(`${linesFrom(from, Math.min(BATCH, count - from)).join('\n')}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}

/** One run of the command: its report, its time, and the most memory that it held. */
async function seed(file, name, index = 'articles') {
  const profile = arg.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${arg.profile}`, `--cpu-prof-name=${name}.cpuprofile`];
  const began = performance.now();
  const engineBefore = processorOf(enginePid());
  const child = spawn(process.execPath, [...profile, SEED, file, '--index', index, '--json'], {
    env: {
      PATH: process.env.PATH,
      NODE_OPTIONS: process.env.JUSTUJU_NODE_OPTIONS ?? '',
      TMPDIR: folder,
      DATA_DIR: join(folder, 'data'),
      MEILI_URL: engine.url,
      MEILI_API_KEY: engine.adminKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  let memory = 0;
  let processor = 0;
  const watch = setInterval(() => {
    memory = Math.max(memory, peakOf(child.pid));
    processor = Math.max(processor, processorOf(child.pid));
  }, 50);
  const [status] = await once(child, 'close');
  clearInterval(watch);
  if (status !== 0) throw new Error(`status ${status}: ${said.slice(0, 2_000)}`);
  const milliseconds = performance.now() - began;
  const engineProcessor = (processorOf(enginePid()) - engineBefore).toFixed(1);
  return { milliseconds, memory, processor: processor.toFixed(1), engineProcessor, report: JSON.parse(said) };
}

/** Seconds that a process has had of a processor so far; 0 when it has ended. Unlike times on a clock they say the same on a busy machine. */
function processorOf(pid) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13).map(Number);
    return (user + system) / 100;
  } catch {
    return 0;
  }
}

/** The Meilisearch that this process has started. */
function enginePid() {
  const isOurs = (pid) => {
    try {
      const [name, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
      return name.includes('meilisearch') && Number(rest.split(' ')[1]) === process.pid;
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').find((name) => /^\d+$/.test(name) && isOurs(name));
}

/** The most that a process has held so far, in megabytes; 0 when it has ended. */
function peakOf(pid) {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024);
  } catch {
    return 0;
  }
}
