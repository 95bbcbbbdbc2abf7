import fc from 'fast-check';
import { compareByAlphabet, sortKeyOf } from '../../../server/shadow/alphabet.js';
import { fromShadow, isShadow, SHADOW_ROOT } from '../../../server/shadow/shadow.js';
import { keyedFields, sortKeys, sortShadow, withSortShadows } from '../../../server/shadow/sort-keys.js';

const byCodePoints = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

describe('the key of a text', () => {
  it.each([
    ['alefs', ['اب', 'آب', 'بات']],
    ['retroflex letters', ['تار', 'ٹار', 'ثار', 'دال', 'ڈال', 'ذال', 'رات', 'ڑات', 'زات', 'ژات', 'سات']],
    ['letters that Arabic lacks', ['بات', 'پات', 'تات', 'جات', 'چات', 'حات', 'قات', 'کات', 'گات', 'لات']],
    ['nasal', ['ماں', 'ماو']],
    ['hehs', ['بہا', 'بھا', 'بیا']],
    ['yehs', ['کی', 'کئ', 'کے']],
    ['digits, then Latin, then Urdu', ['۱ باب', '2 باب', '٣ باب', 'باب']],
    ['a word before one that goes on, and words before letters', ['آب', 'آب حیات', 'آبادی']],
    ['an alef with its hamza', ['اب', '\u0623\u062D\u0645\u062F', '\u0625\u062F', 'ار']],
    ['Arabic letters', ['\u0643\u0627\u062A', 'کال', '\u0643\u0627\u0645']],
  ])('%s', (_what, texts) => {
    const keys = texts.map(sortKeyOf);
    expect(keys.toSorted(byCodePoints)).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['کِتاب', 'کتاب'],
    ['\u0644\u0627\u0647\u0648\u0631', 'لاہور'],
    ['۱۲', '12'],
  ])('%s has that of %s', (one, other) => expect(sortKeyOf(one)).toBe(sortKeyOf(other)));

  it('orders texts as they are compared', () => {
    const text = fc.string({ unit: fc.constantFrom(...'اآبپتٹکگہھءیے ax1'), maxLength: 8 }).map((one) => one.trim());
    fc.assert(
      fc.property(text, text, (one, other) => {
        const order = byCodePoints(sortKeyOf(one), sortKeyOf(other));
        expect(order === 0 || Math.sign(order) === Math.sign(compareByAlphabet(one, other))).toBe(true);
      }),
    );
  });

  it('of a long text is short, and whole', () => {
    expect(sortKeyOf('ب'.repeat(1_000_000))).toHaveLength(100);
    // An emoji of two halves where the beginning ends.
    expect(sortKeyOf(`ب${'\u064E'.repeat(398)}\u{1F600}`)).toBe(sortKeyOf('ب'));
  });
});

describe('the keys of a document', () => {
  const keys = (document: object, keyed: string[], isPartial = false): object =>
    sortKeys(document as Record<string, unknown>, keyed, SHADOW_ROOT, isPartial);
  const name = sortShadow('name');

  it.each<[what: string, document: object, keyed: string[], expected: object]>([
    ['none where none is sorted', { name: 'بات' }, [], {}],
    ['of a text', { name: 'بات', text: 'خبر' }, ['name'], { [name]: sortKeyOf('بات') }],
    ['of a list, of its texts', { name: ['بات', 7, 'کان'] }, ['name'], { [name]: [sortKeyOf('بات'), sortKeyOf('کان')] }],
    ['of a field in an object', { name: { first: 'بات', last: 'کان' } }, ['name.last'], { [name]: { last: sortKeyOf('کان') } }],
    ['of a field with a dot', { 'name.last': 'کان' }, ['name.last'], { [sortShadow('name.last')]: sortKeyOf('کان') }],
    ['none of numbers and what else is no text', { name: 7, other: true, third: null }, ['name', 'other', 'third'], {}],
    ['none of a place', { _geo: { lat: '1', lng: '2' } }, ['_geo'], {}],
  ])('%s', (_what, document, keyed, expected) => expect(keys(document, keyed)).toEqual(expected));

  it('null in a part of a document where no text stands any more', () => {
    expect(keys({ name: 7, text: 'خبر' }, ['name'], true)).toEqual({ [name]: null });
  });
});

it('names of keys are Justuju\u2019s own, and lead back', () => {
  expect(sortShadow('name')).toBe(`${SHADOW_ROOT}_sort.name`);
  expect([isShadow(sortShadow('name')), isShadow(`${SHADOW_ROOT}_sorted`)]).toEqual([true, false]);
  for (const field of ['name', 'author.name', 'id', 'user_id']) expect(fromShadow(sortShadow(field))).toBe(field);
  const told = withSortShadows(['name', '_geo', 'rank'], SHADOW_ROOT, (field) => field !== 'rank');
  expect(told).toEqual(['name', '_geo', 'rank', sortShadow('name')]);
  expect(keyedFields(told, SHADOW_ROOT)).toEqual(['name']);
});
