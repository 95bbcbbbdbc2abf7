import fc from 'fast-check';
import { Dictionary } from '../../../server/store/dictionary.js';
import { Tally } from '../../../server/store/tally.js';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';

const LETTERS = 'بتجدرسکلمنہ';

/** Words of three consonants with an alef between: more than a small collection has, which is made anew at each change. */
const MANY = Array.from(LETTERS).flatMap((a) =>
  Array.from(LETTERS).flatMap((b) => Array.from(LETTERS).flatMap((c) => [`${a}ا${b}${c}`, `${a}${b}ی${c}`])),
);
const ROOT_OF: Readonly<Record<string, string>> = { لڑکے: 'لڑکا', لڑکوں: 'لڑکا', ججز: 'جج', حصے: 'حصہ' };
/** Words that come and go: forms and their roots, a name in two scripts, and one with signs. */
const CHANGING = [
  ...Object.keys(ROOT_OF),
  'لڑکا',
  'جج',
  'حصہ',
  'ہونڈا',
  'honda',
  'toyota',
  'ٹویوٹا',
  'c++',
  'کتاب',
  'کتابت',
  'باجد',
  'کیمن',
];

/** A dictionary in which single words come and go. */
class Words {
  readonly dictionary = new Dictionary();
  private readonly counts = new Map<string, number>();

  constructor(words: readonly string[]) {
    const all = [...new Set([...words, ...CHANGING, ...Object.values(ROOT_OF)])];
    const spellings = all.map(() => '');
    this.dictionary.add({
      roots: all,
      terms: all,
      termRoots: Uint32Array.from(all, (word) => all.indexOf(ROOT_OF[word] ?? word)),
      spellings,
      formTerms: Uint32Array.from(all, (_, i) => i),
    });
    this.set(new Map(words.map((word, i) => [word, 1 + (i % 7)])));
  }

  set(documents: ReadonlyMap<string, number>): void {
    const changes = { roots: new Tally(), terms: new Tally(), forms: new Tally() };
    for (const [word, count] of documents) {
      const by = count - (this.counts.get(word) ?? 0);
      this.counts.set(word, count);
      const term = this.dictionary.findTerm(word) as number;
      changes.terms.add(term, by);
      changes.forms.add(term, by);
      changes.roots.add(this.dictionary.rootOfTerm(term), by);
    }
    const { roots, terms, forms } = changes;
    this.dictionary.count({ documents: 1, roots: roots.take(), terms: terms.take(), forms: forms.take() });
  }
}

const QUESTIONS = ['larka', 'jaj', 'judge', 'hissa', 'kitab', 'kitabat', 'bajd', 'honda', 'toyota'];

/** What the derived indexes answer. */
const told = (knowledge: Knowledge): unknown => ({
  sound: QUESTIONS.map((word) => knowledge.sound?.roman(word)),
  begun: QUESTIONS.map((word) => knowledge.sound?.romanPrefix(word.slice(0, 3))),
  unwritten: QUESTIONS.map((word) => knowledge.soundOfUnwritten?.roman(word)),
  near: ['کتاپ', 'لڑکہ', 'حصا', 'باجر', 'کیمت'].map((word) => knowledge.spelling?.near(word, 2, 20)),
  nearLatin: ['hunda', 'tayota'].map((word) => knowledge.spelling?.nearLatin(word, 2)),
  names: ['ہونڈا', 'ٹویوٹا'].map((word) => knowledge.latinNames(word)),
  unseen: knowledge.unseenShare,
});

describe('what is derived from a dictionary', () => {
  it('answers after any changes as if it were made anew', async () => {
    const some = fc.uniqueArray(fc.tuple(fc.constantFrom(...CHANGING, ...MANY.slice(0, 40)), fc.integer({ min: 0, max: 60 })), {
      selector: ([word]) => word,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(some, { minLength: 1, maxLength: 4 }), async (rounds) => {
        const words = new Words(MANY);
        const knowledge = new Knowledge(words.dictionary);
        await knowledge.refresh();
        for (const round of rounds) {
          words.set(new Map(round));
          await knowledge.refresh();
        }
        const anew = new Knowledge(words.dictionary);
        await anew.refresh();
        expect(told(knowledge)).toEqual(told(anew));
      }),
      { numRuns: 20 },
    );
  });

  it('follows word by word: what did not change is not read again', async () => {
    const words = new Words(MANY);
    const knowledge = new Knowledge(words.dictionary);
    await knowledge.refresh();
    const { spelling, sound } = knowledge;
    words.set(new Map([['کتاب', 3]]));
    await knowledge.refresh();
    expect([knowledge.spelling, knowledge.sound]).toEqual([spelling, sound]);
    expect(knowledge.spelling).toBe(spelling);
    expect(knowledge.sound?.roman('kitab').map(({ term }) => term)).toContain('کتاب');
  });

  it('is made anew when twice as many words were taken in as there are', async () => {
    const words = new Words(MANY);
    const knowledge = new Knowledge(words.dictionary);
    await knowledge.refresh();
    const { spelling } = knowledge;
    for (let documents = 10; knowledge.spelling === spelling && documents < 20; documents += 1) {
      words.set(new Map(MANY.map((word) => [word, documents])));
      await knowledge.refresh();
    }
    expect(knowledge.spelling).not.toBe(spelling);
  });

  it('is made anew where all counts were set at once', async () => {
    const words = new Words(MANY);
    const knowledge = new Knowledge(words.dictionary);
    await knowledge.refresh();
    words.dictionary.clearCounts();
    words.set(new Map([['کتاب', 3]]));
    await knowledge.refresh();
    expect(knowledge.spelling?.near('کتاپ', 2).map(({ term }) => term)).toEqual(['کتاب']);
    expect(knowledge.spelling?.near('باجر', 2)).toEqual([]);
  });
});
