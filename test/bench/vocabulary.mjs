#!/usr/bin/env node
/**
 * What a large vocabulary costs: memory, and the time of each question that is asked of it while a query is read.
 *
 *   npm run bench:vocabulary [-- --words 200000]
 *
 * The words are made of Urdu letters in Urdu-like syllables, the same ones each time; they are as frequent as words of a text are (the nth as 1/n).
 * Real words are less like each other, so that spellings near a short one are more here than in life. Ends with an error when memory or time is over
 * what is promised, or when the cost grows with the vocabulary: ten times as many words may cost `GROWTH` times as much.
 */
import { parseArgs } from 'node:util';
import { correctUnknown } from '../../dist/server/query/read-spelling.js';
import { understand } from '../../dist/server/query/understand.js';
import { complete } from '../../dist/server/search/suggest.js';
import { Knowledge } from '../../dist/server/vocabulary/knowledge.js';

const { values: arg } = parseArgs({ options: { words: { type: 'string', default: '200000' } } });
const LARGE = Number(arg.words);
const SMALL = LARGE / 10;
const MEGABYTES = 150;
/** Of our own time, in milliseconds at the 95th percentile. */
const SUGGEST_MS = 10;
const GROWTH = 5;
/** What a clock adds, in milliseconds. */
const NOISE_MS = 0.2;
const QUESTIONS = 400;

if (globalThis.gc === undefined) throw new Error('Run with --expose-gc: npm run bench:vocabulary');

const CONSONANTS = 'بپتٹجچحخدڈرڑزسشصضطعغفقکگلمنوہی';
const VOWELS = 'اویے';
/** A way to type each letter. */
const ROMAN = lettersOf('بb پp تt ٹt جj چch حh خkh دd ڈd رr ڑr زz سs شsh صs ضz طt عa غgh فf قq کk گg لl مm نn وo ہh یi اa ےe');
const DEVANAGARI = lettersOf('بब پप تत ٹट جज چच حह خख دद ڈड رर ڑड زज سस شश صस ضज طत عअ غग فफ قक کक گग لल مम نन وो ہह یी اा ےे');

const small = await measure(SMALL);
const large = await measure(LARGE);
const faults = [];
if (large.megabytes > MEGABYTES) faults.push(`${LARGE} words take ${large.megabytes.toFixed(1)} MB, promised are ${MEGABYTES}`);
for (const [name, { median, p95 }] of Object.entries(large.times)) {
  const before = small.times[name].median;
  if (median > before * GROWTH + NOISE_MS) faults.push(`${name} grows from ${before.toFixed(3)} to ${median.toFixed(3)} ms`);
  if (name.startsWith('suggest') && p95 > SUGGEST_MS) faults.push(`${name} takes ${p95.toFixed(1)} ms at the 95th percentile`);
}
if (faults.length > 0) throw new Error(faults.join('; '));

async function measure(count) {
  const random = seeded(count);
  const words = wordsOf(count, random);
  const before = megabytes();
  const knowledge = new Knowledge();
  // Strings of their own, as when they are read from a store.
  const terms = words.map((word) => Buffer.from(word).toString());
  const numbers = Uint32Array.from(words, (_, i) => i);
  const changes = Int32Array.from(words, (_, i) => Math.max(1, Math.round(count / 4 / (i + 1))));
  const each = { numbers, changes };
  knowledge.vocabulary.add({ roots: terms, terms, termRoots: numbers, spellings: terms.map(() => ''), formTerms: numbers });
  knowledge.vocabulary.count({ documents: count / 2, roots: each, terms: each, forms: each });
  const counted = megabytes() - before;
  const started = performance.now();
  await knowledge.refresh();
  const built = performance.now() - started;
  const used = megabytes() - before;
  console.log(
    `${count} words: ${counted.toFixed(1)} MB of counts, ${used.toFixed(1)} MB with all that is derived, built in ${built.toFixed(0)} ms; in ms:`,
  );

  const pick = (from) => from[Math.floor(random() * from.length)];
  const sample = Array.from({ length: QUESTIONS }, () => pick(words)).filter((word) => word.length > 2);
  const misspelled = sample.map((word) => word.slice(0, 2) + pick(CONSONANTS) + word.slice(3));
  // Of the short vowels that Urdu leaves out a typist leaves out some.
  const short = (letter) => (VOWELS.includes(letter) ? '' : pick(['', 'a']));
  const roman = sample.map((word) => Array.from(word, (letter) => ROMAN.get(letter) + short(letter)).join(''));
  const devanagari = sample.map((word) => Array.from(word, (letter) => DEVANAGARI.get(letter)).join(''));
  const { sound } = knowledge;
  const forget = () => {
    for (let i = 0; i < 300; i += 1) sound.roman(`forget${'abcdefghijklmnopqrs'[i % 19]}${'abcdefghijklmnopqrs'[Math.floor(i / 19)]}`, 1);
  };
  const token = (term) => ({ text: term, term, root: term, start: 0, end: term.length, position: 0, sentence: 0, type: 'word' });
  const times = {
    'near spellings': timed(misspelled, (word) => correctUnknown(token(word), knowledge), forget),
    roman: timed(roman, (word) => sound.roman(word, 4), forget),
    devanagari: timed(devanagari, (word) => sound.devanagari(word, 4), forget),
    'beginning in Roman': timed(roman, (word) => sound.romanPrefix(word.slice(0, 3), 8), forget),
    'one Roman letter': timed([...'abcdefghijklmnopqrstuvwyz'], (letter) => sound.romanPrefix(letter, 8), forget),
    beginning: timed(sample, (word) => knowledge.completions(word.slice(0, 2), 8), forget),
    'one letter': timed([...CONSONANTS], (letter) => knowledge.completions(letter, 8), forget),
    'a query of three words': timed(sample, (word, i) => understand(`${word} ${misspelled[i]} ${roman[i]}`, knowledge), forget),
    'suggest, Urdu': timed(sample, (word, i) => suggest(`${words[i * 7]} ${word.slice(0, 1 + (i % 4))}`, knowledge), forget),
    'suggest, Roman': timed(
      roman,
      (word, i) => suggest(`${roman[(i * 7) % roman.length]} ${word.slice(0, 1 + (i % 4))}`, knowledge),
      forget,
    ),
    'suggest, Devanagari': timed(
      devanagari,
      (word, i) => suggest(`${devanagari[(i * 7) % devanagari.length]} ${word.slice(0, 1 + (i % 4))}`, knowledge),
      forget,
    ),
  };
  for (const [name, { median, p95 }] of Object.entries(times))
    console.log(`  ${name.padEnd(24)} median ${median.toFixed(3)}  p95 ${p95.toFixed(3)}`);
  return { megabytes: used, times };
}

/** What `/suggest` does beside the one question to Meilisearch. */
function suggest(typed, knowledge) {
  understand(typed, knowledge);
  return complete(typed, knowledge, 8);
}

/** Each question once in each of three rounds, its best time: another process may have had the processor. `between`: what makes it forget the last round. */
function timed(inputs, ask, between = () => undefined) {
  const times = new Float64Array(inputs.length).fill(Infinity);
  for (let round = 0; round < 3; round += 1) {
    between();
    for (const [i, input] of inputs.entries()) {
      const started = performance.now();
      ask(input, i);
      times[i] = Math.min(times[i], performance.now() - started);
    }
  }
  times.sort();
  return { median: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)] };
}

function lettersOf(list) {
  return new Map(list.split(' ').map((pair) => [pair[0], pair.slice(1)]));
}

function wordsOf(count, random) {
  const pick = (letters) => letters[Math.floor(random() * letters.length)];
  const words = new Set();
  while (words.size < count) {
    let word = random() < 0.15 ? 'ا' : '';
    for (let syllables = 1 + Math.floor(random() * 3.3); syllables > 0; syllables -= 1) {
      word += pick(CONSONANTS);
      if (random() < 0.55) word += pick(VOWELS);
      if (random() < 0.35) word += pick(CONSONANTS);
    }
    if (word.length > 1) words.add(word);
  }
  return [...words];
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function megabytes() {
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
