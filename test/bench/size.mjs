#!/usr/bin/env node
/**
 * What a size of collection costs: documents made of sentences, loaded through Justuju and into plain Meilisearch, searched through both in turn.
 *
 *   npm run build && node test/bench/size.mjs [--documents 18000] [--sentences 12] [--corpus FILE] [--queries 200] [--batch 2000]
 *
 * Sentences are those of the samples, or of a corpus (JSON, one document a line, gzipped or not). Ends with an error where a bound is missed. Bounds of other sizes than
 * those named in BOUNDS are those of the next smaller one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  Bounds,
  engineIn,
  inStep,
  justujuOn,
  load,
  madeOf,
  memoryOf,
  quantile,
  search,
  sentencesOf,
  sizeOf,
  timed,
  wordsOf,
} from './support.mjs';

const { values: arg } = parseArgs({
  options: {
    documents: { type: 'string', default: '18000' },
    sentences: { type: 'string', default: '12' },
    corpus: { type: 'string' },
    queries: { type: 'string', default: '200' },
    batch: { type: 'string', default: '2000' },
  },
});
/** Times plain Meilisearch's, by the number of documents. */
const BOUNDS = [
  [1_000_000, 0.8],
  [120_000, 1],
  [0, 1.2],
];
const MOST_ROMAN = 2;
const LEAST_LOADING = 0.9;
const MOST_MEMORY = 500;
const SERVES_WITHIN = 2_000;

const count = Number(arg.documents);
const folder = await mkdtemp(join(tmpdir(), 'justuju-size-'));
const bounds = new Bounds();
const engine = await engineIn(folder);
const plain = { name: 'Meilisearch', url: engine.url, headers: engine.headers };
const dataDir = join(folder, 'justuju');
let justuju;
try {
  const sentences = await sentencesOf(arg.corpus);
  console.log(`${count} documents of ${arg.sentences} sentences out of ${sentences.length}; load ${loadavg()[0].toFixed(1)}`);
  justuju = await justujuOn(engine, dataDir);
  await loadBoth(sentences);
  await restart();
  await searchBoth(queriesOf(sentences));
  const { anon, file } = memoryOf(justuju.pid);
  console.log(`memory of Justuju: ${anon} MB of its own, ${file} MB of files in the page cache`);
  if (count <= 120_000) bounds.check('memory of its own', anon, MOST_MEMORY, { unit: ' MB' });
  const bytes = await sizeOf(join(dataDir, 'store'));
  console.log(`store: ${(bytes / 1e6).toFixed(0)} MB, ${(bytes / count).toFixed(0)} bytes a document`);
} finally {
  await justuju?.end('SIGTERM');
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}
bounds.end();

/** A part of the documents at a time, first here, then there: what else the machine does meets both. */
async function loadBoth(sentences) {
  const part = 10_000;
  const took = { bench: 0, raw: 0 };
  for (let from = 0; from < count; from += part) {
    const documents = madeOf(sentences, { count: Math.min(part, count - from), length: Number(arg.sentences), from });
    const both = [
      [justuju, 'bench'],
      [plain, 'raw'],
    ];
    for (const [target, index] of from % (2 * part) === 0 ? both : both.reverse())
      took[index] += documents.length / (await load(target, index, documents, Number(arg.batch)));
    console.log(`  ${from + documents.length}: ${took.bench.toFixed(1)} s through Justuju, ${took.raw.toFixed(1)} s in plain Meilisearch`);
  }
  bounds.check('loading, times plain Meilisearch', took.raw / took.bench, LEAST_LOADING, { least: true });
  console.log(`loading: ${(count / took.bench).toFixed(0)} documents a second, plain Meilisearch ${(count / took.raw).toFixed(0)}`);
  console.log(`the store is in step ${Math.round(await inStep(justuju, 'bench', count))} ms after`);
}

async function restart() {
  const { anon, file } = memoryOf(justuju.pid);
  console.log(`memory of Justuju after loading: ${anon} MB of its own, ${file} MB of files`);
  console.log(`stopped in ${Math.round(await timed(() => justuju.end('SIGTERM')))} ms`);
  const began = performance.now();
  justuju = await justujuOn(engine, dataDir);
  const listening = performance.now() - began;
  await inStep(justuju, 'bench', count);
  const serving = performance.now() - began;
  console.log(`started: listens after ${Math.round(listening)} ms, serves from the store after ${Math.round(serving)} ms`);
  bounds.check('from start to serving from the store', serving, SERVES_WITHIN, { unit: ' ms' });
}

/** Queries of each kind, all different, each asked once here and once there. */
function queriesOf(sentences) {
  const each = Number(arg.queries) + 40;
  const words = (i) => wordsOf(sentences[(i * 104_729) % sentences.length]).filter((word) => word.length > 2);
  const make = (make) => [...new Set(Array.from({ length: 4 * each }, (_, i) => make(i)).filter((one) => one.length > 2))].slice(0, each);
  return {
    short: make((i) =>
      words(i)
        .slice(1, 2 + (i % 2))
        .join(' '),
    ),
    long: make((i) => [...words(i).slice(0, 6), ...words(i + 1).slice(0, 6)].join(' ')),
    verse: make((i) =>
      wordsOf(sentences[(i * 7_919 + 13) % sentences.length])
        .slice(0, 9)
        .join(' '),
    ),
    roman: make((i) =>
      words(i + 7)
        .slice(1, 2 + (i % 2))
        .map(romanized)
        .join(' '),
    ),
  };
}

async function searchBoth(queries) {
  const bound = BOUNDS.find(([documents]) => count >= documents)[1];
  let short = 0;
  for (const [kind, list] of Object.entries(queries)) {
    const times = { bench: [], raw: [] };
    const found = { bench: 0, raw: 0 };
    for (const [i, q] of list.entries()) {
      const both = [
        [justuju, 'bench'],
        [plain, 'raw'],
      ];
      for (const [target, index] of i % 2 === 0 ? both : both.reverse()) {
        let hits;
        const took = await timed(async () => {
          ({ hits } = await search(target, index, { q, limit: 10 }));
        });
        // The first ones warm up what was never run.
        if (i < 40) continue;
        times[index].push(took);
        found[index] += Math.sign(hits.length);
      }
    }
    const [ours, theirs] = [times.bench, times.raw].map((all) => [0.5, 0.95].map((share) => quantile(all, share)));
    console.log(
      `${kind.padEnd(5)} median ${ours[0].toFixed(2)} ms, 95 % ${ours[1].toFixed(2)}; Meilisearch ${theirs[0].toFixed(2)} and ${theirs[1].toFixed(2)}; something found ${found.bench} and ${found.raw} of ${times.bench.length}`,
    );
    if (kind === 'short') short = ours[0];
    if (kind === 'roman') bounds.check('roman, median, times our short ones', ours[0] / short, MOST_ROMAN);
    else
      for (const [i, what] of ['median', '95 %'].entries())
        bounds.check(`${kind}, ${what}, times plain Meilisearch`, ours[i] / theirs[i], bound);
  }
}

/** Roughly as readers type it. */
function romanized(word) {
  const roman = {
    ا: 'a',
    آ: 'aa',
    ب: 'b',
    پ: 'p',
    ت: 't',
    ٹ: 't',
    ث: 's',
    ج: 'j',
    چ: 'ch',
    ح: 'h',
    خ: 'kh',
    د: 'd',
    ڈ: 'd',
    ذ: 'z',
    ر: 'r',
    ڑ: 'r',
    ز: 'z',
    ژ: 'zh',
  };
  Object.assign(roman, {
    س: 's',
    ش: 'sh',
    ص: 's',
    ض: 'z',
    ط: 't',
    ظ: 'z',
    ع: 'a',
    غ: 'gh',
    ف: 'f',
    ق: 'q',
    ک: 'k',
    گ: 'g',
    ل: 'l',
    م: 'm',
    ن: 'n',
    ں: 'n',
    و: 'o',
  });
  Object.assign(roman, { ہ: 'h', ھ: 'h', ی: 'i', ے: 'e', ئ: 'i', ؤ: 'o' });
  const letters = [...word].map((letter) => roman[letter] ?? '');
  return letters.map((letter, i) => (/^[^aeio]/.test(letter) && /^[^aeioh]/.test(letters[i + 1] ?? 'a') ? `${letter}a` : letter)).join('');
}
