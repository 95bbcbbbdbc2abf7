import fc from 'fast-check';
import { editDistance, letterDistance, soundKey, soundsOf } from '../../../server/vocabulary/letter-distance.js';
import { likeliness, SpellingIndex } from '../../../server/vocabulary/spelling-index.js';
import { VOCABULARY } from './words.js';

const LETTERS = 'ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہھیے';
const WORDS = new Map(VOCABULARY);

/** The edit brings two letters that sound alike together, or parts them: then the sound keys differ by two letters. See the known fault below. */
const collapses = (a: string, b: string): boolean => Math.abs(soundKey(soundsOf(a)).length - soundKey(soundsOf(b)).length) > 1;

let index: SpellingIndex;
beforeAll(async () => {
  index = await SpellingIndex.build(WORDS);
});

describe('SpellingIndex', () => {
  it.each([
    ['حقومت', 'حکومت', 'a sound-alike'],
    ['سورط', 'صورت', 'two sound-alikes'],
    ['زرورط', 'ضرورت', 'two sound-alikes, one of them first'],
    ['کراجی', 'کراچی', 'dots'],
    ['زدنگی', 'زندگی', 'swapped'],
    ['پاکستن', 'پاکستان', 'missing'],
    ['پاکستاان', 'پاکستان', 'doubled'],
    ['یونیورسٹیی', 'یونیورسٹی', 'doubled at the end'],
    ['گر', 'گھر', 'do-chashmi'],
  ])('%s → %s: %s', (word, expected) => expect(index.near(word, 1.5, 20).map(({ term }) => term)).toContain(expected));

  it('leaves the word itself out', () => expect(index.near('حکومت', 1.5).map(({ term }) => term)).not.toContain('حکومت'));

  it('gives each word once, within the bound, likeliest first, no more than asked for', () => {
    for (const word of ['باد', 'کم', 'شاعر', 'عالم', 'ڈال']) {
      const found = index.near(word, 1.1, 5);
      expect(found.length).toBeLessThanOrEqual(5);
      expect(new Set(found.map(({ term }) => term)).size).toBe(found.length);
      for (const { term, distance, documents } of found) {
        expect(distance).toBeLessThanOrEqual(1.1);
        expect(distance).toBe(letterDistance(word, term));
        expect(documents).toBe(WORDS.get(term));
      }
      const fits = found.map(likeliness);
      expect([...fits].sort((a, b) => b - a)).toEqual(fits);
    }
  });

  it('prefers the more frequent of two equally near', async () => {
    const two = await SpellingIndex.build([
      ['کبال', 3],
      ['کپال', 300],
    ]);
    expect(two.near('کتال', 1.5).map(({ term }) => term)).toEqual(['کپال', 'کبال']);
  });

  it('finds nothing far away, nor among nothing', async () => {
    expect(index.near('قرنطینہ', 1)).toEqual([]);
    expect((await SpellingIndex.build([])).near('حکومت', 2)).toEqual([]);
    expect(index.near('', 1.5).every(({ distance }) => distance <= 1.5)).toBe(true);
  });

  describe('finds by hashes what a look at every word finds', () => {
    /** A word of the collection with one edit: a letter left out, put in, replaced, or swapped with the next. */
    const slip = fc
      .tuple(
        fc.constantFrom(...[...WORDS.keys()].filter((word) => word.length >= 4)),
        fc.nat(20),
        fc.constantFrom(...LETTERS),
        fc.constantFrom('out', 'in', 'other', 'swap'),
      )
      .map(([word, at, letter, kind]) => {
        const i = at % word.length;
        if (kind === 'out') return { word, typed: word.slice(0, i) + word.slice(i + 1) };
        if (kind === 'in') return { word, typed: word.slice(0, i) + letter + word.slice(i) };
        if (kind === 'other') return { word, typed: word.slice(0, i) + letter + word.slice(i + 1) };
        return { word, typed: word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2) };
      })
      .filter(({ word, typed }) => word !== typed && !collapses(word, typed));

    it('every word one edit away', () => {
      fc.assert(
        fc.property(slip, ({ word, typed }) => {
          expect(index.near(typed, 2, 1_000).map(({ term }) => term)).toContain(word);
        }),
        { numRuns: 1_000 },
      );
    });

    it('and every word that a scan puts within one sound-alike and one slip', () => {
      fc.assert(
        fc.property(slip, ({ typed }) => {
          const found = new Set(index.near(typed, 0.75, 1_000).map(({ term }) => term));
          for (const term of WORDS.keys()) {
            // Costs up to .75 are sound-alikes, or one slip: nothing of it needs two letters more.
            if (term.length >= 4 && term !== typed && !collapses(term, typed) && letterDistance(typed, term, 0.75) <= 0.75)
              expect([typed, term, found.has(term)]).toEqual([typed, term, true]);
          }
        }),
        { numRuns: 150 },
      );
    });
  });

  // `filings` takes a letter out of the key after doubled letters have been dropped from it. It should take it out before: the key of حققت is حقت,
  // which حقیقت reaches only if the letters left beside each other when ی goes become one.
  it.each([
    ['حققت', 'حقیقت', 'a vowel missing between two equal letters'],
    ['چایاے', 'چایے', 'a letter put in between two that sound alike'],
    ['ممال', 'مثمال', 'a consonant missing between two equal letters'],
  ])('%s → %s: %s', async (typed, word) => {
    const one = await SpellingIndex.build([[word, 10]]);
    expect(one.near(typed, 1.5).map(({ term }) => term)).toEqual([word]);
  });

  // A key is filed once for each of its letters, each time hashed whole: quadratic, 20 s for what a query may hold. No word has 60 letters.
  it('does not spend its time on a string that is no word', () => {
    const started = performance.now();
    index.near('شطرنج'.repeat(400), 1.5);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  describe('of Latin words', () => {
    const latin = ['meilisearch', 'elasticsearch', 'postgresql', 'pakistan', 'lahore', 'lehar', 'database', 'indexing', 'covid19', 'kebab'];
    let mixed: SpellingIndex;
    beforeAll(async () => {
      mixed = await SpellingIndex.build([...WORDS, ...latin.map((word, i) => [word, i + 1] as const), ['2019', 500]]);
    });
    const edit = fc.tuple(fc.nat(30), fc.constantFrom(...'abehsz'), fc.constantFrom('out', 'in', 'other', 'swap'));
    const edited = (word: string, [at, letter, kind]: readonly [number, string, string]): string => {
      const i = at % word.length;
      if (kind === 'out') return word.slice(0, i) + word.slice(i + 1);
      if (kind === 'in') return word.slice(0, i) + letter + word.slice(i);
      if (kind === 'other') return word.slice(0, i) + letter + word.slice(i + 1);
      return word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2);
    };

    it('finds what a look at every word finds, one letter off or two', () => {
      fc.assert(
        fc.property(fc.constantFrom(...latin), edit, edit, fc.constantFrom(1, 2), (word, one, two, edits) => {
          const typed = edits === 1 ? edited(word, one) : edited(edited(word, one), two);
          // Words of seven letters and more are filed for two.
          if (edits === 2 && typed.length < 9) return;
          const expected = latin.filter((term) => term !== typed && editDistance(typed, term, edits) <= edits);
          expect(
            mixed
              .nearLatin(typed, edits, 100)
              .map(({ term }) => term)
              .sort(),
          ).toEqual(expected.sort());
        }),
        { numRuns: 2_000 },
      );
    });

    it('nearest first, and numbers are no words', () => {
      expect(mixed.nearLatin('lahar', 2).map(({ term }) => term)).toEqual(['lehar']);
      expect(mixed.nearLatin('2018', 1)).toEqual([]);
    });

    it('does not spend its time on a string that is no word', () => {
      const started = performance.now();
      mixed.nearLatin('meilisearch'.repeat(400), 2);
      expect(performance.now() - started).toBeLessThan(2_000);
    });
  });

  it('lets others work while it is built', async () => {
    let turns = 0;
    const turn = setInterval(() => turns++, 0);
    await SpellingIndex.build(
      Array.from({ length: 20_000 }, (_, i) => [String(i).replace(/\d/g, (digit) => LETTERS[Number(digit)] ?? ''), 1] as const),
    );
    clearInterval(turn);
    expect(turns).toBeGreaterThan(2);
  });
});
