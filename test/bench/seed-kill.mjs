#!/usr/bin/env node
/**
 * Kills the command `justuju`, Meilisearch, or both (kill -9) at random moments of a first build, an update and a rebuild. After a plain re-run the index must be the one that is built in
 * peace, every byte of its documents and settings; while Meilisearch ran, no search may have failed or seen half an index; nothing may be left over.
 *
 *   npm run build && node test/bench/seed-kill.mjs [--command 50] [--engine 20] [--both 10] [--documents 2000] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findExecutable } from '../../dist/server/engine/find-executable.js';
import { findFreePort } from '../../dist/server/engine/launch.js';
import { toClient } from '../../dist/server/settings/terms.js';
import { ask, Bounds, madeOf, send, sentencesOf, taskDone } from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    command: { type: 'string', default: '50' },
    engine: { type: 'string', default: '20' },
    both: { type: 'string', default: '10' },
    documents: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
  },
});
const SEED = fileURLToPath(new URL('../../dist/seed/main.js', import.meta.url));
const KEY = 'a-key-of-the-benchmark-alone';
const DOCUMENTS = Number(arg.documents);
/** What the client has set, and no run may lose. */
const SETTINGS = { pagination: { maxTotalHits: 777 } };
const MODES = ['first build', 'update', 'rebuild'];

const folder = await mkdtemp(join(tmpdir(), 'justuju-seed-kill-'));
const { path: executable } = await findExecutable({ dataDir: folder, searchPath: process.env.PATH, meiliBin: process.env.MEILI_BIN });
const port = await findFreePort();
const target = { url: `http://127.0.0.1:${port}`, headers: { authorization: `Bearer ${KEY}` } };
const random = seeded(Number(arg.seed));
const bounds = new Bounds();
const troubles = [];
const counts = { killed: 0, late: 0, wrong: 0, failed: 0, left: 0, resumed: 0 };
let engine;
let isUp = false;
/** Fewest documents that a search may see now; 0 while there may be no index. */
let least = 0;
let searching = true;
try {
  console.log(`seed ${arg.seed}, ${DOCUMENTS} documents`);
  await startEngine();
  const sentences = await sentencesOf();
  await write('a', sentences, 0);
  await write('b', sentences, 40);
  const peace = { a: await inPeace('a'), b: await inPeace('b') };
  const length = await timeOf('a', 'rebuild');
  console.log(`a rebuild in peace takes ${Math.round(length)} ms`);
  const searches = searcher();
  let round = 0;
  for (const who of ['command', 'engine', 'both']) {
    for (let kill = 0; kill < Number(arg[who]); kill += 1, round += 1)
      await oneKill(who, MODES[round % 3], round % 2 === 0 ? 'b' : 'a', length, peace);
    console.log(`${who}: ${JSON.stringify(counts)}`);
  }
  searching = false;
  await searches;
  bounds.check('re-runs that failed', counts.failed, 0);
  bounds.check('indexes that differ from the one built in peace', counts.wrong, 0);
  bounds.check('indexes left over', counts.left, 0);
  bounds.check('searches that failed or saw half an index while Meilisearch ran', troubles.length, 0);
  for (const trouble of troubles.slice(0, 5)) console.log(JSON.stringify(trouble));
  bounds.check('runs that were still at work when they were killed', counts.killed, (counts.killed + counts.late) / 2, { least: true });
} finally {
  searching = false;
  await stopEngine();
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

async function oneKill(who, mode, version, length, peace) {
  const args = mode === 'rebuild' ? ['--rebuild'] : [];
  if (mode === 'first build') {
    least = 0;
    for (const uid of await indexes()) await taskDone(target, (await ask(target, 'DELETE', `/indexes/${uid}`)).taskUid);
  } else least = DOCUMENTS;
  const run = seed(version, args);
  // Starting Node takes a quarter of a second, in which there is nothing to kill.
  await pause(250 + random() * length);
  const isLate = run.child.exitCode !== null;
  counts[isLate ? 'late' : 'killed'] += 1;
  if (who !== 'engine') run.child.kill('SIGKILL');
  if (who !== 'command') await stopEngine('SIGKILL');
  await run.ended;
  if (who !== 'command') await startEngine();
  const again = seed(version, args);
  const status = await again.ended;
  if (status !== 0) {
    counts.failed += 1;
    console.log(`${who} ${mode}: status ${status}\n${again.said()}`);
  }
  if (/going on with what a killed run has built/.test(again.said())) counts.resumed += 1;
  if (mode === 'first build') await set('news');
  const found = await hashOf('news');
  const wrong = Object.keys({ ...found, ...peace[version] }).filter((name) => found[name] !== peace[version][name]);
  if (wrong.length > 0) {
    counts.wrong += 1;
    console.log(`${who} ${mode}: ${wrong} other than in peace\n${again.said()}`);
  }
  const left = (await indexes()).filter((uid) => uid !== 'news' && !/^news_former_/.test(uid));
  counts.left += left.length;
  if (left.length > 0) console.log(`${who} ${mode}: left over ${left}`);
}

/** Some of the documents differ between the two versions of the collection. */
async function write(version, sentences, changed) {
  const documents = madeOf(sentences, { count: DOCUMENTS, length: 8 });
  const others = madeOf(sentences, { count: DOCUMENTS, length: 8, from: 1_000_000 });
  const lines = documents.map((one, i) => JSON.stringify({ ...(i % 100 < changed ? others[i] : one), id: i }));
  await writeFile(join(folder, `${version}.ndjson`), lines.join('\n'));
}

function seed(version, args) {
  const child = spawn(process.execPath, [SEED, '-', '--index', 'news', ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), MEILI_URL: target.url, MEILI_API_KEY: KEY },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  child.stdin.on('error', () => undefined);
  createReadStream(join(folder, `${version}.ndjson`)).pipe(child.stdin);
  return { child, ended: once(child, 'close').then(([code]) => code), said: () => said };
}

async function inPeace(version) {
  for (const uid of await indexes()) await taskDone(target, (await ask(target, 'DELETE', `/indexes/${uid}`)).taskUid);
  const run = seed(version, []);
  if ((await run.ended) !== 0) throw new Error(run.said());
  await set('news');
  return hashOf('news');
}

async function timeOf(version, mode) {
  const began = performance.now();
  const run = seed(version, mode === 'rebuild' ? ['--rebuild'] : []);
  if ((await run.ended) !== 0) throw new Error(run.said());
  return performance.now() - began;
}

async function set(uid) {
  await taskDone(target, (await ask(target, 'PATCH', `/indexes/${uid}/settings/pagination`, SETTINGS.pagination)).taskUid);
  await taskDone(target, (await ask(target, 'PUT', `/indexes/${uid}/settings/separator-tokens`, ['|'])).taskUid);
}

async function indexes() {
  return (await ask(target, 'GET', '/indexes?limit=1000')).results.map(({ uid }) => uid);
}

/** Of all documents, with all that stands beside their fields, and of the settings as the client sees them. */
async function hashOf(uid) {
  const { results } = await ask(target, 'GET', `/indexes/${uid}/documents?limit=${DOCUMENTS * 2}`);
  const documents = results.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  const settings = toClient(await ask(target, 'GET', `/indexes/${uid}/settings`));
  return Object.fromEntries([...Object.entries(settings), ['documents', documents]].map(([name, value]) => [name, digest(value)]));
}

function digest(value) {
  return createHash('sha1').update(JSON.stringify(value)).digest('hex').slice(0, 10);
}

async function searcher() {
  while (searching) {
    const wanted = least;
    const wasUp = isUp;
    try {
      const { status, text } = await send(target, 'POST', '/indexes/news/search', { q: '', limit: 1 });
      const total = status === 200 ? JSON.parse(text).estimatedTotalHits : undefined;
      // The index has at most 777 hits a search by its settings.
      if (wasUp && isUp && wanted > 0 && least > 0 && (total ?? 0) < Math.min(777, wanted))
        troubles.push({ status, text: text.slice(0, 200) });
    } catch (error) {
      if (wasUp && isUp) troubles.push({ error: String(error) });
    }
    await pause(10);
  }
}

async function startEngine() {
  engine = spawn(
    executable,
    ['--http-addr', `127.0.0.1:${port}`, '--db-path', join(folder, 'meili'), '--no-analytics', '--log-level', 'ERROR'],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, MEILI_MASTER_KEY: KEY, MEILI_ENV: 'production' },
      stdio: 'ignore',
    },
  );
  for (;;) {
    try {
      await ask(target, 'GET', '/health');
      break;
    } catch (error) {
      if (engine.exitCode !== null) throw error;
      await pause(30);
    }
  }
  isUp = true;
}

async function stopEngine(signal = 'SIGTERM') {
  isUp = false;
  if (engine === undefined || engine.exitCode !== null || engine.signalCode !== null) return;
  const gone = once(engine, 'exit');
  engine.kill(signal);
  await gone;
}

function seeded(seed) {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}
