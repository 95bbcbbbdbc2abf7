import { analyze } from '@justuju/urdu';
import { readEachWord } from '../../../server/query/read-words.js';
import type { Slot } from '../../../server/query/slots.js';
import { DEFAULT_TYPOS } from '../../../server/settings/typos.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { atOnce } from '../../../server/vocabulary/turns.js';
import { knowledgeOf } from '../search/collection.js';

const readWords = (...asked: Parameters<typeof readEachWord>): Slot[] => atOnce(readEachWord(...asked));

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(
    ['حکومت نے عناصر پر کتابیں شائع کیں', 'زندگی میں علاقے کی صورت', 'بنگالیوں کی محرومی اور شطرنج', 'سونا اور چاندی، PTI کا ذکر', 'صو نا'],
    10,
  );
});

const read = (q: string, isPrefix = false): Slot[] => readWords(analyze(q), knowledge, isPrefix);
const best = (q: string, isPrefix = false): string[] =>
  read(q, isPrefix).map(({ readings: [first] }) => `${first?.terms.join('+') ?? ''} ${first?.reason ?? ''}`);

describe('readWords', () => {
  it.each([
    ['', [], 'nothing'],
    ['حکومت', ['حکومت exact'], 'a word of the collection'],
    ['حکومتوں', ['حکومتوں exact'], 'a form that nobody wrote, of a word of the collection'],
    ['عنا صر', ['عناصر joined'], 'two pieces of a word are one slot'],
    ['حکومت عنا صر', ['حکومت exact', 'عناصر joined'], 'the right pair is joined'],
    ['حکومتزندگی', ['حکومت+زندگی split'], 'two words without a space'],
    ['بنگالیوںمحرومی', ['بنگالیوں exact', 'محرومی exact'], 'the tokenizer itself sees where ں ends a word'],
    ['حقومت', ['حکومت corrected'], 'a slip'],
    ['صونا', ['سونا corrected'], 'a slip is likelier than two scraps'],
    ['قرنطینہ', ['قرنطینہ exact'], 'unknown, and nothing near: as typed'],
    ['2014 حکومت', ['2014 exact', 'حکومت exact'], 'numbers are left alone'],
    ['😀', ['😀 exact'], 'a picture is what it is'],
    ['shatranj', ['شطرنج transliterated'], 'Roman'],
    ['शतरंज', ['شطرنج transliterated'], 'Devanagari'],
    ['PTI', ['pti exact'], 'Latin in the collection'],
    ['shatranj حکومت PTI', ['شطرنج transliterated', 'حکومت exact', 'pti exact'], 'each word by its script'],
  ])('%j → %j: %s', (q, expected) => expect(best(q)).toEqual(expected));

  describe('an unfinished word that the collection does not hold', () => {
    let held: Knowledge;
    beforeAll(async () => {
      held = await knowledgeOf(['دروازہ کھلا ہے', 'قوالی سنی', 'بلا اور جلا', 'اس کا مال', 'زور سے سنا', 'شہر کے مشاعر', 'عجائب گھر'], 10);
    });
    const readingsOf = (q: string): string[] =>
      readWords(analyze(q), held, true).flatMap(({ readings }) => readings.map(({ terms }) => terms.join('+')));

    it.each(['کھلاڑی', 'بلال', 'جلال', 'مالک', 'زورق', 'شہرت', 'گلال'])('%s has not grown out of a shorter one', (q) =>
      // A correction is told; another form is not.
      expect(readWords(analyze(q), held, true).flatMap(({ readings }) => readings.filter(({ reason }) => reason === 'inflected'))).toEqual(
        [],
      ),
    );

    it.each([
      ['قوالیا', 'قوالی'],
      ['مالو', 'مال'],
      ['عجائبگ', 'عجایب'],
    ])('%s is going to be a form of %s, or to have a word behind it', (q, root) => expect(readingsOf(q)).toContain(root));
  });

  it('never reads a word of the collection as something else first', () => {
    for (const word of ['حکومت', 'عناصر', 'زندگی', 'علاقے', 'صورت', 'محرومی', 'سونا', 'چاندی', 'شطرنج']) {
      expect(read(word)[0]?.readings[0]).toMatchObject({ reason: 'exact', weight: 1 });
    }
  });

  it('gives every slot a reading, of as many roots as terms, surest first where it matters', () => {
    for (const slot of read('حقومت عنا صر حکومتزندگی shatranj 12 قرنطینہ PTI')) {
      expect(slot.readings.length).toBeGreaterThan(0);
      for (const { terms, roots, weight } of slot.readings) {
        expect(roots).toHaveLength(terms.length);
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThanOrEqual(1);
      }
    }
  });

  it('keeps what was typed as the text of the slot', () => {
    expect(read('عنا صر حقومت shatranj').map(({ text }) => text)).toEqual(['عنا صر', 'حقومت', 'shatranj']);
  });

  it('makes only the last word a beginning, and only when it may go on', () => {
    expect(read('حکومت زندگ', true).map(({ isPrefix }) => isPrefix)).toEqual([false, true]);
    expect(read('حکومت زندگ').map(({ isPrefix }) => isPrefix)).toEqual([false, false]);
  });

  it.each(['کتابی', 'محرو', 'شطر'])('leaves the beginning %s as it is rather than correcting it: the store knows its words', (q) => {
    expect(best(q, true)).toEqual([`${q} exact`]);
    expect(read(q, true).at(-1)?.isPrefix).toBe(true);
  });

  it('knows function words, and how rare the others are', () => {
    const [government, of, unknown] = read('حکومت میں قرنطینہ');
    expect(of?.isStop).toBe(true);
    expect(government?.isStop).toBe(false);
    // A word that no document holds decides nothing.
    expect(unknown?.rarity).toBe(0);
  });
});

describe('Latin words in an index of Urdu documents', () => {
  let mixed: Knowledge;
  beforeAll(async () => {
    mixed = await knowledgeOf(
      ['زندگی اور کتاب، شطرنج کی حکومت، محبت', 'Meilisearch کا kebab، zinda اور Windows، Kashmir میں muhammad'],
      10,
    );
  });
  const readings = (q: string, { isPrefix = false, isUrdu = true } = {}): string[] =>
    (readWords(analyze(q), mixed, isPrefix, { isUrdu, typos: DEFAULT_TYPOS })[0]?.readings ?? []).map(
      ({ terms, reason }) => `${terms.join('+')} ${reason}`,
    );

  it.each([
    ['Meilisaerch', 'meilisearch corrected'],
    ['Windws', 'windows corrected'],
    ['Meilisearch', 'meilisearch exact'],
  ])('%s → %s', (q, expected) => expect(readings(q)[0]).toBe(expected));

  it.each([
    'zindagi',
    'zindgi',
    'zindagee',
    'kitab',
    'ketab',
    'kitaab',
    'shatranj',
    'hukumat',
    'hakoomat',
    'mohabbat',
    'muhabbat',
    'muhabat',
  ])('Roman Urdu comes first: %s', (q) => {
    expect(readings(q)[0]).toMatch(/ transliterated$/);
    expect(readings(q)[0]).toBe(readings(q, { isUrdu: false })[0]);
  });

  it('a beginning is no slip', () => {
    expect(readings('Meilise', { isPrefix: true })).toContain('meilise exact');
    expect(readings('Meilise', { isPrefix: true }).join()).not.toContain('corrected');
  });

  it('are left to Meilisearch in an index of other documents', () =>
    expect(readings('Meilisaerch', { isUrdu: false }).join()).not.toContain('corrected'));
});
