/**
 * What the last word of a query stands for while it is typed, in a collection of sentences made for it: each row says which sentences must be among the hits, or first, and why.
 */
import { call } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

const SENTENCES: Readonly<Record<string, string>> = {
  sialkot: 'سیالکوٹ میں میلہ لگا',
  tailor: 'درزی نے کپڑے سیے',
  politics: 'سیاست کا میدان گرم ہے',
  tourism: 'سیاحت کا فروغ جاری ہے',
  valley: 'خوبصورت وادی میں برف گری',
  pm: 'وزیراعظم کا دورہ ملتوی ہوا',
  america: 'امیروں کی دعوت امریکہ میں ہوئی',
  rich: 'امری نام کی بستی پرانی ہے',
  meeting: 'ادبی مجلس لاہور میں شروع ہوئی',
  well: 'ج حرف کے بعد چ آتا ہے',
  elements: 'کیمیائی عناصر کا جدول',
  bakery: 'بسکٹ کی دکان بند ہے',
  cheetah: 'چیتا جنگل میں دوڑا',
  talks: 'بات چیت جاری رہی',
  buses: 'بسیں سڑک پر چلیں',
};
const HEADLINES = {
  oil: { title: 'تیل کی قیمت بڑھ گئی', text: 'پٹرول مہنگا ہوا' },
  sesame: { title: 'باورچی خانہ', text: 'تل کا تیل اور سرسوں کا تیل گرم کریں' },
};

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju();
  const documents = [
    ...Object.entries(SENTENCES).map(([id, text]) => ({ id, title: '', text })),
    ...Object.entries(HEADLINES).map(([id, texts]) => ({ id, ...texts })),
  ];
  const { status } = await call(justuju.url, 'PUT', '/indexes/typed/settings/searchable-attributes', ['title', 'text']);
  expect(status).toBe(202);
  expect((await call(justuju.url, 'POST', '/indexes/typed/documents?primaryKey=id', documents)).status).toBe(202);
  await eventually('all are found', async () => (await hitsOf('')).length === documents.length);
  await eventually('words are known', async () => (await hitsOf('خوبصور')).includes('valley'));
}, 60_000);
afterAll(() => justuju.stop());

async function hitsOf(q: string): Promise<string[]> {
  const { body } = await call(justuju.url, 'POST', '/indexes/typed/search', { q });
  return ((body.hits ?? []) as { id: string }[]).map(({ id }) => id);
}

/** Every beginning of the last word from its second letter on. */
const letters = (q: string, from = q.lastIndexOf(' ') + 3): string[] =>
  Array.from({ length: q.length - from + 1 }, (_, i) => q.slice(0, from + i));

it.each([
  ['سیا', ['sialkot', 'politics', 'tourism'], 'a form of سینا, but first of all what was typed'],
  ['بس', ['bakery', 'buses'], 'a word by itself, and the beginning of others'],
  ['امری', ['america', 'rich'], 'the finished word does not hide the longer one'],
])('%s finds %j: %s', async (q, wanted) => expect(await hitsOf(q)).toEqual(expect.arrayContaining(wanted)));

it.each([
  ['خوبصورت', 'valley', 'the analyzer cuts it in two'],
  ['وزیراعظم', 'pm', 'the analyzer cuts it in two'],
  ['سیالکوٹ', 'sialkot', 'other words begin so up to its fourth letter'],
  ['ادبی مجلس', 'meeting', 'the other word finds it'],
  ['کیمیائی عناصر', 'elements', 'the other word finds it'],
])('%s finds %s at every letter: %s', async (q, wanted) => {
  for (const typed of letters(q))
    expect({ typed, hits: await hitsOf(typed) }).toEqual({ typed, hits: expect.arrayContaining([wanted]) as string[] });
});

it('completed words come before beginnings', async () => expect((await hitsOf('امری'))[0]).toBe('rich'));

it.each([
  ['ادبی', 'ج', 'meeting', 'the only document with the letter ج as a word is not meant'],
  ['دعوت', 'چ', 'america', 'the only document with the letter چ as a word is not meant'],
  ['بات چیت', 'آ', 'talks', 'the letter makes another word, چیتا, of the one before it'],
])('one letter behind another word says nothing: %s %s', async (word, letter, wanted) => {
  const before = await hitsOf(`${word} `);
  expect(before[0]).toBe(wanted);
  expect(await hitsOf(`${word} ${letter}`)).toEqual(before);
});

it('a finished letter is a word like any other', async () => expect(await hitsOf('ادبی ج ')).toContain('well'));

it('a rare word form does not push out what the other word finds with a longer one', async () => {
  expect((await hitsOf('دعوت امری'))[0]).toBe('america');
});

it('who types one word sees first what is named so', async () => expect((await hitsOf('تیل'))[0]).toBe('oil'));
