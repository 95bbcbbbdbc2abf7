import fc from 'fast-check';
import { COST, editDistance, letterDistance, soundKey, soundsOf } from '../../../server/vocabulary/letter-distance.js';

describe('letterDistance', () => {
  it.each([
    ['صورت', 'سورت', COST.soundAlike, 'a sound-alike, first letter: the spelling is wrong, not the letter'],
    ['حصہ', 'حسہ', COST.soundAlike, 'a sound-alike within'],
    ['بطخ', 'بتخ', COST.soundAlike, 'ت for ط'],
    ['وقت', 'وکت', COST.soundAlike, 'ک for ق'],
    ['بعد', 'باد', COST.soundAlike, 'ا for ع'],
    ['سڑک', 'سرک', COST.shapeAlike, 'ر for ڑ'],
    ['خچر', 'خجر', COST.shapeAlike, 'ج for چ'],
    ['کفن', 'کقن', COST.shapeAlike, 'ق for ف'],
    ['کمل', 'کبل', COST.substitution, 'letters with nothing in common'],
    ['کنل', 'کمل', COST.neighbour, 'neighbours on the keyboard'],
    ['زندگی', 'زدنگی', COST.transposition, 'swapped'],
    ['حکومت', 'حکوممت', COST.doubled, 'doubled'],
    ['بازار', 'بزار', COST.vowel, 'a vowel missing'],
    ['مکتب', 'متب', COST.insertion, 'a consonant missing'],
    ['گھر', 'گر', COST.doChashmi, 'do-chashmi missing'],
    ['', 'ک', COST.insertion, 'everything missing'],
  ] as const)('%s / %s: %d (%s)', (a: string, b: string, cost: number, _why: string) => {
    expect(letterDistance(a, b)).toBeCloseTo(cost);
    expect(letterDistance(b, a)).toBeCloseTo(cost);
  });

  it('costs more the less likely the slip', () => {
    const { soundAlike, shapeAlike, neighbour, insertion, substitution, doubled, doChashmi, vowel } = COST;
    const order = [soundAlike, shapeAlike, neighbour, insertion, substitution];
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    for (const common of [doubled, doChashmi, vowel]) expect(common).toBeLessThan(insertion);
  });

  it('counts a wrong first letter for more', () =>
    expect(letterDistance('بازار', 'پازار')).toBeGreaterThan(letterDistance('بازار', 'بازاڑ')));

  it('adds up', () => expect(letterDistance('حسوست', 'حصوصت')).toBeCloseTo(2 * COST.soundAlike));

  describe('for any words', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہھیے'), maxLength: 9 });

    it('is 0 only for equal words', () => {
      fc.assert(fc.property(word, word, (a, b) => expect(letterDistance(a, b) === 0).toBe(a === b)));
    });

    it('is the same both ways', () => {
      fc.assert(fc.property(word, word, (a, b) => expect(letterDistance(a, b)).toBeCloseTo(letterDistance(b, a))));
    });

    it('is no more than writing one word anew', () => {
      fc.assert(
        fc.property(word, word, (a, b) => expect(letterDistance(a, b)).toBeLessThanOrEqual((a.length + b.length) * COST.insertion + 1e-9)),
      );
    });

    it('is no less than a detour of two slips allows', () => {
      // Costs depend on neighbours (doubled, first letter), so the triangle holds but for what those can make of it.
      const slack = COST.insertion - COST.doubled + COST.firstLetter + COST.substitution - COST.soundAlike;
      fc.assert(
        fc.property(word, word, word, (a, b, c) =>
          expect(letterDistance(a, c)).toBeLessThanOrEqual(2 * (letterDistance(a, b) + letterDistance(b, c)) + slack),
        ),
      );
    });

    it('within a bound is what it is without, and Infinity beyond', () => {
      fc.assert(
        fc.property(word, word, fc.constantFrom(0.4, 0.75, 1.1, 1.5, 3), (a, b, bound) => {
          const whole = letterDistance(a, b);
          expect(letterDistance(a, b, bound)).toBe(whole <= bound ? whole : Number.POSITIVE_INFINITY);
        }),
      );
    });
  });
});

describe('editDistance', () => {
  it.each([
    ['meilisearch', 'meilisaerch', 1, 'swapped'],
    ['pakistan', 'pakistn', 1, 'missing'],
    ['lahore', 'lahorre', 1, 'too many'],
    ['lahore', 'lahoke', 1, 'another letter'],
    ['meilisearch', 'mielisaerch', 2, 'twice swapped'],
    ['same', 'same', 0, 'the same'],
    ['lahore', 'multan', Number.POSITIVE_INFINITY, 'far'],
    ['a', 'abcd', Number.POSITIVE_INFINITY, 'much longer'],
  ])('%s / %s: %d (%s)', (a, b, expected) => {
    expect(editDistance(a, b, 2)).toBe(expected);
    expect(editDistance(b, a, 2)).toBe(expected);
    if (expected === 2) expect(editDistance(a, b, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('soundKey', () => {
  it.each([
    ['صورت', 'سورت'],
    ['ثابت', 'سابط'],
    ['ضلع', 'زلا'],
    ['گھر', 'گر'],
    ['محبّت'.normalize('NFC').replace(/\p{M}/gu, ''), 'محبت'],
    ['اللہ', 'الہ'],
  ])('%s and %s sound alike', (a, b) => expect(soundKey(soundsOf(a))).toBe(soundKey(soundsOf(b))));

  it.each([
    ['بات', 'پات'],
    ['کار', 'گار'],
    ['دال', 'ڈال'],
  ])('%s and %s do not', (a, b) => expect(soundKey(soundsOf(a))).not.toBe(soundKey(soundsOf(b))));

  it('of nothing is nothing', () => expect(soundKey(soundsOf(''))).toBe(''));
});
