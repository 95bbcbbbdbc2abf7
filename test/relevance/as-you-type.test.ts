/**
 * A search while it is typed, letter by letter, over the sample articles. What a reader wants is measured so: once the hit that the whole query finds
 * first has come first, with at least three letters of the last word typed, it stays among the first three. Not "stays first": a beginning may well be
 * another word (کتا of کتاب), and what is seen without scrolling has not jumped away. Fewer letters are too many words' beginning to promise anything.
 */
import { call } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju({ samples: true });
  await eventually('Roman letters are read', async () => (await firstOf('biryani ', 1))[0] === 'chicken-biryani');
}, 60_000);
afterAll(() => justuju.stop());

async function firstOf(q: string, limit = 3): Promise<string[]> {
  const { status, body } = await call(justuju.url, 'POST', '/indexes/articles/search', { q, limit });
  expect(status).toBe(200);
  return (body.hits as { file: string }[]).map(({ file }) => file.replace(/^.*\//, '').replace(/\.txt$/, ''));
}

const QUERIES: Readonly<Record<string, readonly string[]>> = {
  Urdu: [
    'بریانی',
    'شطرنج',
    'ہاکی',
    'کبڈی',
    'ڈولفن',
    'قوالی',
    'مشاعرہ',
    'غالب کے خطوط',
    'برقی بسیں',
    'شیر خرما',
    'آتش فشاں پہاڑ',
    'شمسی توانائی',
    'نیزہ طلائی تمغہ',
    'بلیک ہول',
    'گلابی کشمیری چائے',
    'خون کا عطیہ',
    'شہد کی مکھی',
    'سندھی کڑھی',
  ],
  inflected: ['بسوں', 'مکھیوں', 'چاندوں', 'گلیشیروں', 'کھلاڑیوں کا تمغہ', 'ڈولفنوں', 'آتش فشاؤں', 'قوالیاں', 'مشاعروں', 'عجائب گھروں'],
  joined: ['عجائبگھر', 'آتشفشاں', 'بلیکہول', 'شیرخرما', 'برقیبسیں', 'شمسیتوانائی', 'نیلی کاشیگری'],
  Roman: [
    'biryani',
    'shatranj',
    'kabaddi',
    'qawwali',
    'mushaira',
    'ghalib ke khutoot',
    'hockey',
    'shehad ki makhi',
    'khoon ka atiya',
    'dolphin',
  ],
};
const all = Object.values(QUERIES).flat();

/** Beginnings of the query with at least three letters of its last word, the whole last. */
function beginnings(q: string): string[] {
  const last = q.lastIndexOf(' ') + 1;
  return Array.from({ length: q.length - last - 2 }, (_, i) => q.slice(0, last + 3 + i));
}

describe.each(Object.entries(QUERIES))('%s', (_kind, queries) => {
  it.each(queries)('%s: what has come first stays in sight', staysInSight);
});

async function staysInSight(q: string): Promise<void> {
  const wanted = (await firstOf(q))[0];
  expect(wanted).toBeDefined();
  let hasComeFirst = false;
  const jumped: string[] = [];
  for (const typed of beginnings(q)) {
    const seen = await firstOf(typed);
    if (seen[0] === wanted) hasComeFirst = true;
    else if (hasComeFirst && !seen.includes(wanted as string)) jumped.push(`${typed}: ${seen.join(', ')}`);
  }
  expect(jumped).toEqual([]);
}

it.each(all)('%s: the same first with a space after it', async (q) => expect((await firstOf(`${q} `))[0]).toBe((await firstOf(q))[0]));

it('of enough queries', () => expect(all.length).toBeGreaterThanOrEqual(40));
