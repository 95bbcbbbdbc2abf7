#!/usr/bin/env node
/**
 * Kills Justuju (kill -9) at random moments while documents are written, changed and deleted through it. Each time it is started again on the same folder; in the end it must find
 * the same, in the same order, as one whose store is built in peace.
 *
 *   npm run build && node test/bench/kill.mjs [--kills 20] [--batch 200] [--queries 200] [--seed 1]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ask, Bounds, engineIn, inStep, justujuOn, madeOf, newWord, search, sentencesOf, taskDone, wordsOf } from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    batch: { type: 'string', default: '200' },
    queries: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
  },
});
/** Documents have the numbers below: many are written more than once. */
const NUMBERS = 6_000;
const LONGEST_LIFE = 6_000;
/**
 * Each document holds one of so many words that stand nowhere else, and is asked for by it: the first pass looks closely at all that hold it. Among more it takes some of those
 * that are equal to it, by their numbers in the store, which another store gives otherwise.
 */
const GROUPS = 150;
const index = 'bench';
const folder = await mkdtemp(join(tmpdir(), 'justuju-kill-'));
const bounds = new Bounds();
const engine = await engineIn(folder);
const sentences = await sentencesOf();
const random = seeded(Number(arg.seed));
let justuju;
let peaceful;
try {
  console.log(`seed ${arg.seed}`);
  for (let kill = 0; kill < Number(arg.kills); kill += 1) {
    justuju = await justujuOn(engine, join(folder, 'killed'));
    // Half of them are killed while the store is opened or built.
    const life = random() * (kill % 2 === 0 ? LONGEST_LIFE : 600);
    const writes = await writeUntilKilled(life);
    console.log(`kill ${kill + 1}: after ${Math.round(life)} ms and ${writes} writes`);
  }
  const [last] = (await ask(engine, 'GET', '/tasks?limit=1')).results;
  await taskDone(engine, last.uid).catch(() => undefined);
  const { numberOfDocuments } = await ask(engine, 'GET', `/indexes/${index}/stats`);
  justuju = await justujuOn(engine, join(folder, 'killed'));
  const opened = await inStep(justuju, index);
  peaceful = await justujuOn(engine, join(folder, 'peaceful'));
  const built = await inStep(peaceful, index);
  console.log(`${numberOfDocuments} documents; in step after ${Math.round(opened)} ms, the one in peace after ${Math.round(built)} ms`);
  for (const one of [justuju, peaceful]) {
    const [store] = (await ask(one, 'GET', '/ready')).stores;
    bounds.check('documents that the store lacks or has too many', Math.abs(store.documents - numberOfDocuments), 0);
  }
  bounds.check(`queries of ${arg.queries} that find other hits or another order`, await differences(), 0);
} finally {
  for (const one of [justuju, peaceful]) await one?.end('SIGTERM');
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

/** Returns how many writes were answered. */
async function writeUntilKilled(life) {
  const target = justuju;
  let isKilled = false;
  let answered = 0;
  const killed = pause(life).then(() => {
    isKilled = true;
    return target.end('SIGKILL');
  });
  justuju = undefined;
  while (!isKilled) {
    try {
      const from = Math.floor(random() * NUMBERS);
      if (random() < 0.2) {
        const ids = Array.from({ length: 50 }, (_, i) => from + i);
        await ask(target, 'POST', `/indexes/${index}/documents/delete-batch`, ids);
      } else {
        // The same number, another text: by what is left of the seed.
        const turn = Math.floor(random() * 1_000);
        const documents = madeOf(sentences, { count: Number(arg.batch), length: 4, from: from + turn }).map((one, i) =>
          grouped(one, from + i),
        );
        await ask(target, 'POST', `/indexes/${index}/documents?primaryKey=id`, documents);
      }
      answered += 1;
      if (answered % 3 === 0) await search(target, index, { q: 'اردو' });
      // So that Meilisearch keeps up, about.
      await pause(150);
    } catch (error) {
      if (!isKilled && !/ECONN|socket/.test(String(error))) throw error;
    }
  }
  await killed;
  return answered;
}

async function differences() {
  let different = 0;
  for (let i = 0; i < Number(arg.queries); i += 1) {
    const words = wordsOf(sentences[(i * 104_729) % sentences.length]);
    const q = [newWord(i % GROUPS), ...words.slice(0, i % 2)].join(' ');
    const [left, right] = await Promise.all([justuju, peaceful].map((one) => search(one, index, { q, limit: 20, showRankingScore: true })));
    if (told(left) === told(right)) continue;
    different += 1;
    if (different <= 3) console.log(`${q}\n  ${told(left)}\n  ${told(right)}`);
  }
  return different;
}

/** The first ten, those of the same score in the order of their ids; of the last score, which may be cut off, only the number. */
function told({ hits: all, estimatedTotalHits }) {
  const score = ({ _rankingScore }) => _rankingScore.toFixed(6);
  const hits = all.slice(0, 10);
  const last = hits.length === 0 ? '' : score(hits.at(-1));
  const ordered = [...hits].sort((a, b) => b._rankingScore - a._rankingScore || a.id - b.id);
  return `${estimatedTotalHits}: ${ordered.map((hit) => (score(hit) === last ? last : `${hit.id} ${score(hit)}`)).join(', ')}`;
}

function grouped(document, id) {
  return { ...document, id, body: `${document.body} ${newWord(id % GROUPS)}` };
}

function seeded(seed) {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}
