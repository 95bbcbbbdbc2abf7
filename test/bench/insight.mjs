/**
 * What counting costs: on the path of a search, when it is written, and when editors read it. `npm run bench:insight`; fails where it is more than it may be.
 * Runs the built code on a folder of its own.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { analyze } from '@justuju/urdu';
import { countSearch, noCounts } from '../../dist/server/insight/counts.js';
import { Insight } from '../../dist/server/insight/insight.js';
import { dayOf, Ledger } from '../../dist/server/insight/ledger.js';
import { report } from '../../dist/server/insight/report.js';
import { hashOf } from '../../dist/server/settings/need.js';

/** Microseconds a search may pay. */
const MOST_PER_SEARCH = 50;
/** Milliseconds that a turn of the event loop may take. */
const MOST_HELD = 50;
const SEARCHES = 200_000;
const DAYS = 5;
const NEEDS = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'justuju-insight-'));
const log = { error: console.error, warn: console.error, info() {}, debug() {} };
const typed = readFileSync(new URL('../server/insight/needs.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t')[0]);
const texts = [...typed, ...typed.map((text) => `خبر ${text}`), ...typed.map((text) => `تازہ ${text}`)];
const answers = texts.map((q) => ({
  estimatedTotalHits: 12,
  hits: [],
  urdu: {
    understood: {
      words: analyze(q).map(({ text, term, root }) => ({ text, readings: [{ terms: [term], roots: [root], reason: 'exact', weight: 1 }] })),
      phrases: [],
      unwanted: [],
    },
  },
}));
const quantile = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))];

async function onTheSearchPath(kind, withAnswer, wantsUid) {
  const insight = new Insight({ folder: join(folder, kind), days: 30, mostBytes: 200_000_000, log });
  const times = new Float64Array(SEARCHES);
  const before = process.cpuUsage();
  for (let i = 0; i < SEARCHES; i += 1) {
    const q = texts[i % texts.length];
    const answer = withAnswer ? answers[i % answers.length] : { estimatedTotalHits: 12 };
    const started = performance.now();
    insight.searched('articles', q, answer, { isCounted: true, wantsUid });
    times[i] = (performance.now() - started) * 1_000;
    // As in a service: other work comes between.
    if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const { user, system } = process.cpuUsage(before);
  times.sort();
  const median = quantile(times, 0.5);
  await insight.close();
  const again = new Insight({ folder: join(folder, kind), days: 30, mostBytes: 200_000_000, log });
  const { totals } = await again.report({ index: 'articles', from: 0, to: dayOf(Date.now()), list: 'all', offset: 0, limit: 1 });
  await again.close();
  if (totals.searches !== SEARCHES) throw new Error(`${totals.searches} of ${SEARCHES} searches are counted`);
  console.log(
    `${kind}: median ${median.toFixed(1)} µs, 99 % ${quantile(times, 0.99).toFixed(1)} µs a search; of processor time, writing included, ${((user + system) / SEARCHES).toFixed(1)} µs`,
  );
  // Processor time: on a busy machine the clock runs for others too.
  if (Math.max(median, (user + system) / SEARCHES) > MOST_PER_SEARCH) throw new Error(`a search pays more than ${MOST_PER_SEARCH} µs`);
}

const changesOf = (day) =>
  Array.from({ length: NEEDS }, (_, i) => {
    const counts = noCounts();
    countSearch(counts, { index: 'articles', at: 0, hash: '', text: `تلاش نمبر ${i}`, isEmpty: i % 7 === 0 });
    return { key: [day, 'articles', hashOf(String(i))], counts, followed: [] };
  });

async function onTheDisk() {
  const ledger = new Ledger(join(folder, 'ledger'));
  const held = monitorEventLoopDelay({ resolution: 5 });
  const days = Array.from({ length: DAYS }, (_, day) => changesOf(day + 1));
  await new Promise((resolve) => setTimeout(resolve, 100));
  held.enable();
  let started = performance.now();
  for (const changes of days) await ledger.write(changes, 0);
  console.log(
    `writing: ${(((performance.now() - started) / (DAYS * NEEDS)) * 1_000).toFixed(1)} µs a row, event loop held ${(held.max / 1e6).toFixed(0)} ms at most`,
  );
  held.reset();
  started = performance.now();
  const told = await report(ledger, { index: 'articles', from: 1, to: DAYS, list: 'all', offset: 0, limit: 20 });
  const milliseconds = performance.now() - started;
  if (told.total !== NEEDS || told.totals.searches !== DAYS * NEEDS)
    throw new Error(`${told.total} needs and ${told.totals.searches} searches are told`);
  console.log(
    `reading ${DAYS} days of ${NEEDS} needs: ${milliseconds.toFixed(0)} ms, event loop held ${(held.max / 1e6).toFixed(0)} ms at most`,
  );
  if (held.max / 1e6 > MOST_HELD) throw new Error(`the event loop is held for ${(held.max / 1e6).toFixed(0)} ms`);
  await ledger.close();
}

try {
  await onTheSearchPath('urdu', true, false);
  await onTheSearchPath('urdu-with-id', true, true);
  await onTheSearchPath('other', false, false);
  await onTheDisk();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
