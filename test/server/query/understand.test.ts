import { understand } from '../../../server/query/understand.js';
import { didYouMean } from '../../../server/search/describe.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../search/collection.js';

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(
    [
      'حکومت نے تعلیم کے عناصر پر کتابیں شائع کیں',
      'زندگی میں علاقے کی صورت اور محبت کے سوال',
      'بنگالیوں کی محرومی کا سوال اور کراچی کے بازار',
      'پاکستان کی ٹیم نے کراچی میں میچ جیتا',
      'ضلع کے مریض ہسپتال پہنچے، DNA کی جانچ ہوئی',
      'آج وزیر نے سڑک کا افتتاح کیا',
    ],
    10,
  );
});

const readings = (q: string): string[] =>
  understand(q, knowledge).slots.map(({ readings: [best] }) => `${best?.terms.join('+') ?? ''} ${best?.reason ?? ''}`);

describe('a word that the collection holds stays as it is', () => {
  it.each(['حکومت', 'کراچی', 'سوال', 'DNA', 'زندگی'])('%s', (word) => {
    expect(readings(`${word} `)[0]).toMatch(/ exact$/);
    expect(didYouMean(understand(`${word} `, knowledge), knowledge.vocabulary)).toBeUndefined();
  });
});

describe('spacing', () => {
  it.each([
    ['حکومتتعلیم ', ['حکومت+تعلیم split'], 'run together'],
    ['عنا صر ', ['عناصر joined'], 'a space inside a word'],
    ['علا قے ', ['علاقے joined'], 'a space inside an inflected word'],
    ['کراچی بازار ', ['کراچی exact', 'بازار exact'], 'two words of the collection'],
  ])('%s (%#)', (q, expected) => expect(readings(q)).toEqual(expected));
});

describe('spelling', () => {
  it.each([
    ['حقومت ', 'حکومت', 'a sound-alike'],
    ['زلع ', 'ضلع', 'a sound-alike at the start'],
    ['کراجی ', 'کراچی', 'dots'],
    ['پاکستاان ', 'پاکستان', 'a doubled letter'],
    ['ہسپتل ', 'ہسپتال', 'a missing letter'],
    ['محبتت ', 'محبت', 'one letter too many'],
    ['زدنگی ', 'زندگی', 'swapped'],
    ['سڑق ', 'سڑک', 'a word of three letters'],
  ])('%s → %s', (q, expected) => {
    const understood = understand(q, knowledge);
    expect(understood.slots[0]?.readings[0]).toMatchObject({ terms: [expected], reason: 'corrected' });
    expect(didYouMean(understood, knowledge.vocabulary)).toBe(expected);
  });

  it('shows the collection’s own spelling, not the term', () => {
    expect(didYouMean(understand('افتتاہ ', knowledge), knowledge.vocabulary)).toBe('افتتاح');
    expect(knowledge.vocabulary.spellingOf('اج')).toBe('آج');
  });
});

describe('other scripts', () => {
  it.each([
    ['zindagi ', 'زندگی'],
    ['zindgi ', 'زندگی'],
    ['pakistan ', 'پاکستان'],
    ['karachi ', 'کراچی'],
    ['ज़िंदगी ', 'زندگی'],
    ['कराची ', 'کراچی'],
  ])('%s → %s', (q, expected) =>
    expect(understand(q, knowledge).slots[0]?.readings[0]).toMatchObject({ terms: [expected], reason: 'transliterated' }),
  );

  it('mixes in one query', () => {
    expect(readings('karachi بازار DNA ')).toEqual(['کراچی transliterated', 'بازار exact', 'dna exact']);
  });
});

describe('the word being typed', () => {
  it('is completed by what the collection holds, not corrected', () => {
    expect(understand('کتابی', knowledge).slots[0]).toMatchObject({ isPrefix: true });
    expect(readings('محروم')[0]).toMatch(/^محروم/);
  });
  it('is finished by a space', () => expect(understand('کتابی ', knowledge).slots[0]?.isPrefix).toBe(false));
});

describe('syntax', () => {
  it.each([
    ['"کراچی میں"', 0, 'phrase'],
    ['“کراچی میں”', 0, 'phrase'],
    ['’’کراچی میں‘‘', 0, 'phrase'],
    ['«کراچی میں»', 0, 'phrase'],
    ['سوال -کراچی', 1, 'unwanted'],
    ['سوال –کراچی', 1, 'unwanted'],
    ['-کراچی سوال', 1, 'unwanted'],
    ['سوال -"کراچی میں"', 1, 'unwanted'],
  ])('%s', (q, words, kind) => {
    const { slots, fixed } = understand(q, knowledge);
    expect(slots).toHaveLength(words);
    expect(fixed.map((one) => one.kind)).toEqual([kind]);
  });

  it.each(['', '   ', '"', '-', '--', '"""', '\u202E', '۔', '😀', '\uD800', '- -'])('reads %j without complaint', (q) => {
    expect(() => understand(q, knowledge)).not.toThrow();
  });

  it('takes every word as typed when asked to be exact', () => {
    const { slots } = understand('حقومت عنا صر zindagi', knowledge, { exact: true });
    expect(slots.flatMap((slot) => slot.readings.map((reading) => reading.reason))).toEqual(['exact', 'exact', 'exact', 'exact']);
  });

  it.each(['"کراچی" ', '-کراچی ', '"کراچی'])('and of clauses such as %j as many words', (clause) => {
    const { fixed, slots } = understand(clause.repeat(8_000), knowledge);
    expect(fixed.reduce((sum, { tokens }) => sum + tokens.length, slots.length)).toBeLessThanOrEqual(400);
  });

  it('reads at most 200 words', () => expect(understand('کراچی '.repeat(2_000), knowledge).slots.length).toBeLessThanOrEqual(200));
});
