/** What is suggested over the sample articles while a reader types: read by one who reads Urdu, and written down as it should be. */
import { call } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

interface Suggestion {
  readonly text: string;
  readonly kind: 'words' | 'title';
  readonly documents?: number;
}

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju({ samples: true });
  await eventually('words are completed', async () => (await wordsOf('شہ')).length > 0);
}, 60_000);
afterAll(() => justuju.stop());

async function suggest(q: string, limit = 8): Promise<Suggestion[]> {
  const { status, body } = await call(justuju.url, 'GET', `/suggest?limit=${limit}&q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
  return body.suggestions as Suggestion[];
}
const wordsOf = async (q: string): Promise<string[]> => (await suggest(q)).filter(({ kind }) => kind === 'words').map(({ text }) => text);

const BEGINNINGS: readonly (readonly [typed: string, first: string, why: string])[] = [
  ['ش', 'شہر', 'one letter: the most frequent word'],
  ['پ', 'پانی', 'function words are no suggestion'],
  ['پا', 'پانی', 'two letters'],
  ['پاک', 'پاکستان', 'three'],
  ['زن', 'زندگی', 'a word, not its rare forms'],
  ['کت', 'کتاب', 'one form of a word for all'],
  ['حک', 'حکم', 'the most frequent'],
  ['مو', 'موجود', 'as it was typed before مؤثر'],
  ['موس', 'موسم', 'unfinished'],
  ['شاع', 'شاعری', 'unfinished'],
  ['کھی', 'کھیل', 'with a do-chashmi'],
  ['آ', 'آج', 'آ is not ا'],
  ['ا\u0653', 'آج', 'in two code points either'],
  ['لاہ', 'لاہور', 'a name'],
  ['وز', 'وزیر', 'an office'],
  ['روشنی کی رف', 'روشنی کی رفتار', 'what stands before stays'],
  ['روشنی  کی رف', 'روشنی کی رفتار', 'with one space'],
  ['"شہ', '"شہر', 'a phrase is gone on with'],
  ['آبشار -شہ', 'آبشار -شہر', 'and what is not wanted'],
  ['p', 'پانی', 'one Roman letter'],
  ['pak', 'پاکستان', 'Roman'],
  ['zin', 'زندگی', 'and not جن'],
  ['kit', 'کتاب', 'the short vowel that Urdu leaves out'],
  ['hak', 'ہاکی', 'the long one that it writes'],
  ['mus', 'مؤثر', 'u for ؤ'],
  ['gha', 'غالب', 'two letters for غ'],
  ['khel', 'کھیل', 'two letters for کھ'],
  ['lah', 'لاہور', 'and not لیے'],
  ['dil', 'دل', 'and not ضلع'],
  ['mosam ka', 'موسم کا', 'the words before in Urdu'],
  ['roshni ki raf', 'روشنی کی رفتار', 'three of them'],
  ['شہد کی makh', 'شہد کی مکھی', 'Roman after Urdu'],
  ['श', 'شہر', 'one letter of Devanagari'],
  ['जिं', 'زندگی', 'an unfinished syllable'],
  ['पाक', 'پاکستان', 'Devanagari'],
  ['DN', 'DNA', 'capitals are Latin words of the collection'],
];

describe('the first word', () => {
  it.each(BEGINNINGS)('%s → %s: %s', async (typed, first) => expect((await wordsOf(typed))[0]).toBe(first));
});

describe('no word', () => {
  it.each([
    ['zin', 'جن'],
    ['lah', 'لوگ'],
    ['hak', 'ایک'],
    ['dil', 'ضلع'],
    ['mos', 'مسئلہ'],
    ['sadar', 'ادارے'],
    ['کت', 'کتابیں'],
    ['آ', 'افق'],
  ])('%s → not %s', async (typed, word) => expect((await suggest(typed, 8)).map(({ text }) => text)).not.toContain(word));
});

it.each(BEGINNINGS.map(([typed]) => typed))('%s: nothing twice, words before titles, no more than asked', async (typed) => {
  const all = await suggest(typed, 6);
  expect(all.length).toBeLessThanOrEqual(6);
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  const kinds = all.map(({ kind }) => kind);
  expect(kinds).toEqual([...kinds].sort().reverse());
});

it.each(['-شط', '"', '-', '۔'])('%s: no title, for no word was typed that one could hold', async (typed) =>
  expect((await suggest(typed)).filter(({ kind }) => kind === 'title')).toEqual([]),
);
