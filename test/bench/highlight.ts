/**
 * What do marks and snippets cost? 20 hits of 5,000 code units; how time grows with the text; the longest turn of the event loop with a
 * field of 1 MB. A faster highlighter that marks less is not faster: the number of marks is asserted.
 *
 *   npx esbuild test/bench/highlight.ts --bundle --platform=node --format=esm --outfile=/tmp/highlight-bench.mjs && node /tmp/highlight-bench.mjs
 *
 * Budgets are for two cores with nothing else to do; on a loaded machine BENCH_SLACK=3 allows three times as much.
 */
import { analyze } from '@justuju/urdu';
import { type FormatOptions, type Formatted, formatDocument, formatNow } from '../../server/highlight/format.js';
import { createMatcher } from '../../server/highlight/match.js';
import type { Wanted } from '../../server/query/wanted.js';

const slack = Number(process.env['BENCH_SLACK'] ?? 1);

/** Written for this file; a document is these sentences in an order of its own. */
const SENTENCES = [
  'دریا کے کنارے ایک پرانا گاؤں تھا جس میں کمہار اور ملاح رہتے تھے۔',
  'ہر برس سیلاب آتا اور مٹی کے گھر بہا لے جاتا۔',
  'بوڑھے ملاح نے کہا کہ پل بننے سے پہلے لوگ کشتیوں پر سفر کرتے تھے۔',
  'حکومت نے 2019ء میں نئے پل کے لیے 35 کروڑ روپے منظور کیے!',
  'انجینئروں کی ٹیم Karachi اور لاہور سے آئی، مگر کام رک گیا۔',
  'کیا بچوں کو اسکول جانے کے لئے اب بھی دریا پار کرنا پڑتا ہے؟',
  'عورتیں کہتی ہیں کہ کتابیں بھیگ جاتی ہیں اور کپڑے بھی۔',
  'وزیراعظم کے ساتھ ملاقات میں گاؤں والوں نے اپنی بات رکھی۔',
];
const WORDS = ['دریا', 'گاؤں', 'پل', 'کتاب', 'وزیر', 'اعظم', 'نئے'];

const wanted: Wanted = {
  words: WORDS.map((text, i) => {
    const [token] = analyze(text);
    const term = token?.term ?? text;
    return {
      text,
      terms: new Map([[term, 'exact']]),
      roots: new Map([[token?.root ?? term, 'inflected']]),
      prefixes: i === WORDS.length - 1 ? [term] : [],
      sequences: [],
      weight: 1 / (i + 1),
    };
  }),
  phrases: [],
};

/** A text of about `length` code units, another one for each number. */
function textOf(number: number, length: number): string {
  let text = '';
  for (let i = number; text.length < length; i += 1)
    text += `${SENTENCES[(i * 7 + number * 3 + (i >> 3)) % SENTENCES.length]} ${i % 5 === 0 ? number : ''} `;
  return text.slice(0, text.lastIndexOf(' ', length));
}

const options = (changes: Partial<FormatOptions>): FormatOptions => ({
  highlight: [],
  crop: new Map(),
  preTag: '<em>',
  postTag: '</em>',
  cropMarker: '\u2026',
  showMatchesPosition: false,
  ...changes,
});

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

function assert(what: string, value: number, budget: number, unit: string): void {
  console.log(`${what}: ${value.toFixed(value < 10 ? 2 : 0)} ${unit} (at most ${budget})`);
  if (!(value <= budget * slack)) throw new Error(`${what}: ${value.toFixed(2)} ${unit}, at most ${budget * slack} allowed`);
}

/** Median of the time for 20 hits of 5,000 code units, in milliseconds. Each round has documents of its own when `isNew`. */
function hits(how: FormatOptions, isNew: boolean): number {
  const times: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const documents = Array.from({ length: 20 }, (_, i) => ({
      id: i,
      title: `عنوان ${i}`,
      text: textOf((isNew ? round * 20 : 0) + i, 5_000),
    }));
    const started = performance.now();
    const match = createMatcher(wanted);
    let marks = 0;
    for (const document of documents) marks += String(formatNow(document, how, match).formatted?.['text']).split('<em>').length - 1;
    times.push(performance.now() - started);
    if (how.highlight.length > 0 && marks < (how.crop.size > 0 ? 20 : 1_000)) throw new Error(`only ${marks} marks in 20 hits`);
  }
  return median(times.slice(20));
}

const all = options({ highlight: ['*'] });
const snippet = options({ highlight: ['*'], crop: new Map([['text', 30]]) });
const crop = options({ crop: new Map([['text', 30]]) });

assert('20 hits of 5,000, seen before: marked and cropped', hits(snippet, false), 5, 'ms');
assert('20 hits of 5,000, seen before: marked whole', hits(all, false), 5, 'ms');
assert('20 hits of 5,000, seen before: cropped', hits(crop, false), 5, 'ms');
assert('20 hits of 5,000, never seen: marked and cropped', hits(snippet, true), 20, 'ms');
assert('20 hits of 5,000, seen before: all with positions', hits({ ...snippet, showMatchesPosition: true }, false), 8, 'ms');

/** How much longer a text eight times as long takes; the best of some rounds, so that a collection of garbage does not count. */
function growth(): number {
  const [short, long] = [textOf(1, 200_000), textOf(1, 1_600_000)];
  const best = (text: string): number => {
    let least = Infinity;
    for (let i = 0; i < 5; i += 1) {
      const started = performance.now();
      formatNow({ text }, { ...snippet, showMatchesPosition: true }, createMatcher(wanted));
      least = Math.min(least, performance.now() - started);
    }
    return least;
  };
  return best(long) / best(short);
}
assert('time for 8 times the text', growth(), 16, 'times');

/** The longest turn of the event loop while a field is formatted, in milliseconds; the middle of some rounds. */
async function stall(text: string, how: FormatOptions): Promise<number> {
  const longest: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    let most = 0;
    let last = performance.now();
    let isRunning = true;
    const tick = (): void => {
      most = Math.max(most, performance.now() - last);
      last = performance.now();
      if (isRunning) setImmediate(tick);
    };
    setImmediate(tick);
    const formatted: Formatted = await formatDocument({ text }, how, createMatcher(wanted));
    await new Promise(setImmediate);
    isRunning = false;
    if (formatted.formatted === undefined) throw new Error('not formatted');
    longest.push(most);
  }
  return median(longest);
}

const MEGABYTE = 1_000_000;
const filled = (piece: string): string => piece.repeat(Math.ceil(MEGABYTE / Buffer.byteLength(piece)));
for (const [what, text] of [
  ['sentences', textOf(2, MEGABYTE / 1.8)],
  ['nothing but matches', filled('دریا ')],
  ['one word', filled('ب')],
  ['bidi controls', filled('\u202Bدریا ')],
  ['emoji', filled('😀')],
  ['one cluster', `ب${filled('\u0650')}`],
] as const) {
  for (const [how, chosen] of [
    ['marked', { ...all, showMatchesPosition: true }],
    ['cropped', snippet],
  ] as const) {
    assert(`longest turn, 1 MB of ${what}, ${how}`, await stall(text, chosen), 50, 'ms');
  }
}
