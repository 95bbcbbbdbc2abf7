import { SoundIndex } from '../../../server/vocabulary/sound-index.js';
import { VOCABULARY } from './words.js';

/** Words by the thousand, of letters that no two share a spelling. */
function* manyWords(count: number): Generator<readonly [string, number]> {
  const letters = 'بپتجچدرزسشفکگلمنوہیا';
  for (let i = 0; i < count; i++) {
    let word = '';
    for (let rest = i * 7919 + 8000; rest > 0; rest = Math.floor(rest / letters.length)) word += letters[rest % letters.length];
    yield [word, 1 + (i % 97)];
  }
}

describe('SoundIndex', () => {
  it('is empty at first, and says so', () => {
    const index = SoundIndex.build([]);
    expect(index.size).toBe(0);
    expect(index.roman('kitab')).toEqual([]);
    expect(index.romanPrefix('kitab')).toEqual([]);
    expect(index.romanSplit('kitab')).toEqual([]);
    expect(index.devanagari('किताब')).toEqual([]);
  });

  it('takes words in, changes them and takes them out while it is used', () => {
    const index = SoundIndex.build([['کتاب', 5]]);
    index.add('کاتب', 900);
    expect(index.roman('katib')[0]).toMatchObject({ term: 'کاتب', documents: 900 });
    index.add('کاتب', 7);
    expect(index.roman('katib')[0]).toMatchObject({ term: 'کاتب', documents: 7 });
    index.add('کاتب', 0);
    expect(index.roman('katib').map(({ term }) => term)).not.toContain('کاتب');
    expect(index.size).toBe(1);
  });

  it('passes over what is no Urdu term', () => {
    const index = SoundIndex.build([
      ['pakistan', 5],
      ['2014', 5],
      ['', 5],
      ['ك\u0650تاب', 5],
      ['ب'.repeat(41), 5],
    ]);
    expect(index.size).toBe(0);
  });

  it('is the same built in slices', async () => {
    const whole = SoundIndex.build(VOCABULARY);
    const sliced = await SoundIndex.buildInTurns(VOCABULARY);
    expect(sliced.size).toBe(whole.size);
    for (const word of ['zindagi', 'hukumat', 'school', 'k']) expect(sliced.roman(word)).toEqual(whole.roman(word));
  });

  it('lets others work while it is built', async () => {
    let turns = 0;
    const turn = setInterval(() => turns++, 0);
    await SoundIndex.buildInTurns(manyWords(20_000));
    clearInterval(turn);
    expect(turns).toBeGreaterThan(2);
  });

  it('weighs spelling against frequency', () => {
    const index = SoundIndex.build([
      ['دل', 10],
      ['دال', 10],
    ]);
    expect(index.roman('dil').map(({ term }) => term)[0]).toBe('دل');
    expect(index.roman('daal').map(({ term }) => term)[0]).toBe('دال');
    index.add('دال', 1_000_000);
    expect(index.roman('dal')[0]?.term).toBe('دال');
  });

  it('keeps to the limit', () => {
    const index = SoundIndex.build(VOCABULARY);
    expect(index.roman('bat', 3)).toHaveLength(3);
    expect(index.roman('bat', 0)).toEqual([]);
  });

  it('stands long and odd input', () => {
    const index = SoundIndex.build(VOCABULARY);
    for (const word of ['a'.repeat(10_000), 'zqxj'.repeat(7), "''''", 'b', '\u202E', '😀', 'अ'.repeat(500)]) {
      expect(() => [
        index.roman(word),
        index.romanPrefix(word),
        index.romanSplit(word),
        index.devanagari(word),
        index.devanagariSplit(word),
      ]).not.toThrow();
    }
  });
});
