/**
 * How fast is the analyzer? Full analysis in MB/s of UTF-8, and times `Intl.Segmenter` by word on 8,000-character texts, in one run.
 * A faster analyzer that finds other tokens is not faster: the count of tokens is asserted in every timed round.
 *
 *   npx esbuild test/bench/analyze.ts --bundle --platform=node --format=esm --outfile=/tmp/analyze-bench.mjs && node --expose-gc /tmp/analyze-bench.mjs [corpus]
 *
 * `corpus`: a folder of .txt files, a .txt file, or .jsonl / .jsonl.gz with a `body` in each line. Default: samples/ of this repository.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createAnalyzer } from '@justuju/urdu';

const ROUNDS = 7;
/** UTF-16 code units, as in the claim. */
const TEXT_LENGTH = 8_000;
const TEXTS = 50;
const MB = 1e6;

const path = process.argv[2] ?? 'samples';
const texts = readCorpus(path);
const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
if (bytes < 2_500)
  throw new Error(`"${path}" holds ${bytes} bytes of text: too little to measure. Give a folder of .txt files or a .jsonl file.`);

const expected = countTokens(texts);
/** A small corpus is gone through several times a round: at least 4 MB. */
const repeats = Math.max(1, Math.ceil((4 * MB) / bytes));
const analyzer = createAnalyzer();
report('analyze', () => texts.reduce((sum, text) => sum + analyzer.analyze(text).length, 0), expected);
const encodedLength = texts.reduce((sum, text) => sum + analyzer.encode(text, 'root').length, 0);
report('encode', () => texts.reduce((sum, text) => sum + analyzer.encode(text, 'root').length, 0), encodedLength);
compareWithSegmenter();
reportMemory();

function report(name: string, work: () => number, result: number): void {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    for (let i = 0; i < repeats; i += 1) assertCount(name, work(), result);
    times.push((performance.now() - started) / 1_000);
  }
  const speeds = times.map((seconds) => (bytes * repeats) / MB / seconds);
  console.log(
    `${name.padEnd(10)} ${median(speeds).toFixed(1)} MB/s (median of ${ROUNDS}, first ${(speeds[0] ?? 0).toFixed(1)}, best ${Math.max(...speeds).toFixed(1)}), ${result} ${name === 'encode' ? 'code units' : 'tokens'}`,
  );
}

function compareWithSegmenter(): void {
  const pages = cutPages(texts.join('\n\n'));
  const tokens = countTokens(pages);
  const segmenter = new Intl.Segmenter('ur', { granularity: 'word' });
  const words = countWordLike(segmenter, pages);
  const ours = timePages(
    () =>
      assertCount(
        'analyze',
        pages.reduce((sum, page) => sum + analyzer.analyze(page).length, 0),
        tokens,
      ),
    30,
  );
  const theirs = timePages(() => assertCount('Intl.Segmenter', countWordLike(segmenter, pages), words), ROUNDS);
  const [a, b] = [median(ours) / pages.length, median(theirs) / pages.length];
  console.log(
    `8,000-character texts: analyze ${a.toFixed(3)} ms (${tokens} tokens in ${pages.length}), Intl.Segmenter ${b.toFixed(3)} ms (${words} words): ${(b / a).toFixed(1)} times as fast`,
  );
}

/** Seconds of each round after two that warm up. One after the other, not in turn: the garbage of one would be collected in the time of the other. */
function timePages(work: () => void, rounds: number): number[] {
  work();
  work();
  return Array.from({ length: rounds }, () => time(work));
}

function reportMemory(): void {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) {
    console.log('memory: start node with --expose-gc to measure it');
    return;
  }
  gc();
  const before = process.memoryUsage();
  const another = createAnalyzer();
  for (const text of texts) another.encode(text, 'root');
  gc();
  const after = process.memoryUsage();
  console.log(
    `memory of one more analyzer, its cache filled: ${((after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers) / MB).toFixed(1)} MB`,
  );
  another.analyze('');
}

function time(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function assertCount(name: string, found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${name}: expected ${wanted}, got ${found}`);
}

function countTokens(of: readonly string[]): number {
  const counter = createAnalyzer();
  return of.reduce((sum, text) => sum + counter.analyze(text).length, 0);
}

function countWordLike(segmenter: Intl.Segmenter, pages: readonly string[]): number {
  let words = 0;
  for (const page of pages) for (const { isWordLike } of segmenter.segment(page)) if (isWordLike) words += 1;
  return words;
}

/** Texts of exactly TEXT_LENGTH; a corpus that is too small is repeated. Each is a string of its own, not a slice of one long one. */
function cutPages(text: string): string[] {
  const enough = text.repeat(Math.ceil(TEXT_LENGTH / text.length) + 1);
  const pages: string[] = [];
  for (let at = 0; at + TEXT_LENGTH <= enough.length && pages.length < TEXTS; at += TEXT_LENGTH)
    pages.push(Buffer.from(enough.slice(at, at + TEXT_LENGTH)).toString());
  return pages;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function readCorpus(from: string): string[] {
  if (statSync(from).isDirectory()) {
    return readdirSync(from, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => readFileSync(join(from, name), 'utf8'));
  }
  const raw = readFileSync(from);
  const text = (from.endsWith('.gz') ? gunzipSync(raw) : raw).toString();
  if (!/\.jsonl(\.gz)?$/.test(from)) return [text];
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { body?: string }).body ?? '');
}
