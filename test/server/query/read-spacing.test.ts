import { analyze, type Token } from '@justuju/urdu';
import { joinWords, splitUnfinished, splitWord } from '../../../server/query/read-spacing.js';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../search/collection.js';
import { dictionaryOf } from '../store/dictionary-of.js';

const token = (word: string): Token => analyze(word)[0] as Token;
const tokens = (words: string): Token[] => words.split(' ').map(token);

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(
    [
      'عناصر اور حکومت کی تعلیم',
      'علاقے میں محرومی کا سوال، بنگالیوں کا سوال',
      'ان کا کار خانہ کام کا ہے، ان کے کام کا کار ساز',
      'ان کی کار، ان کا کام، انکار',
      'قصہ خوانی بازار اور حکومت',
    ],
    4,
  );
});

describe('joinWords', () => {
  it.each([
    ['عنا صر', 'عناصر', 'neither half is a word'],
    ['علا قے', 'علاقے', 'an inflected word'],
    ['حکو مت', 'حکومت', 'halves of four and two letters'],
    ['بن گالی وں', 'بنگالیوں', 'three pieces'],
  ])('%s → %s: %s', (words, joined) => {
    const found = joinWords(tokens(words), knowledge);
    expect(found).toMatchObject({ isLikelier: true, reading: { terms: [joined], reason: 'joined', weight: 1 } });
    expect(found?.reading.roots).toEqual([token(joined).root]);
  });

  it.each([
    ['حکومت تعلیم', 'the collection has no such word'],
    ['کراچی لاہور', 'nor of words that it does not hold'],
    ['1 2', 'numbers are not parts of a word'],
    ['حکو mat', 'nor are words of another script'],
  ])('leaves %s alone: %s', (words) => expect(joinWords(tokens(words), knowledge)).toBeUndefined());

  it('has doubts where both halves are words too', () => {
    const found = joinWords(tokens('ان کار'), knowledge);
    expect(found?.reading).toMatchObject({ terms: ['انکار'], weight: 0.9 });
  });

  it('leaves alone two words so frequent that nobody means the rare joined one', () => {
    const large = new Knowledge(dictionaryOf(['انکار', ...Array<string>(499).fill('ان کار')]));
    expect(joinWords(tokens('ان کار'), large)).toBeUndefined();
  });
});

describe('splitWord', () => {
  it.each([
    ['حکومتتعلیم', ['حکومت', 'تعلیم']],
    ['بنگالیوںمحرومی', ['بنگالیوں', 'محرومی']],
    ['قصہخوانیبازار', ['قصہ', 'خوانی', 'بازار']],
    ['حکومتکیتعلیم', ['حکومت', 'کی', 'تعلیم']],
  ])('%s → %j', (word, terms) => {
    const found = splitWord(word, knowledge);
    expect(found?.reading).toMatchObject({ terms, reason: 'split', weight: 0.9 });
    expect(found?.reading.roots).toEqual(terms.map((term) => token(term).root));
  });

  it.each([
    ['', 'nothing'],
    ['حکو', 'too short'],
    ['حکومت', 'one word'],
    ['حکومتزبر', 'a part that is not known'],
    ['حکومت'.repeat(13), 'longer than any slip'],
    ['حکومت'.repeat(6), 'more than five words'],
  ])('leaves %j alone: %s', (word) => expect(splitWord(word, knowledge)).toBeUndefined());

  it('trusts no part that only one document holds', async () => {
    const seenOnce = await knowledgeOf(['حکومت', 'حکومت', 'تعلیم']);
    expect(splitWord('حکومتتعلیم', seenOnce)).toBeUndefined();
    const seenTwice = await knowledgeOf(['حکومت', 'حکومت', 'تعلیم', 'تعلیم']);
    expect(splitWord('حکومتتعلیم', seenTwice)?.reading.terms).toEqual(['حکومت', 'تعلیم']);
  });

  it('prefers the likelier cut', async () => {
    // دربار کا and در بارکا are both possible.
    const both = await knowledgeOf([...Array<string>(20).fill('دربار کا حال'), 'در بارکا', 'در بارکا']);
    expect(splitWord('دربارکا', both)?.reading.terms).toEqual(['دربار', 'کا']);
  });

  it('needs no more time for the longest string than for many short ones', () => {
    const started = performance.now();
    for (let i = 0; i < 200; i += 1) splitWord('حکومت'.repeat(12), knowledge);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('splitUnfinished', () => {
  it.each([
    ['حکومتتع', 'حکومت', 'تع', 'the beginning of a word'],
    ['عناصرحکوم', 'عناصر', 'حکوم', 'more of it'],
    ['بازارحکومت', 'بازار', 'حکومت', 'all of it'],
  ])('%s → %s %s: %s', (typed, finished, begun) =>
    expect(splitUnfinished(typed, knowledge)).toMatchObject({ terms: [finished, begun], reason: 'split' }),
  );

  it.each([
    ['دلچ', 'دل', 'چ'],
    ['دلچس', 'دل', 'چس'],
    ['بیر', 'بے', 'ر'],
    ['بیروزگا', 'بے', 'روزگا'],
  ])('%s → %s %s: what stands behind a little word', async (typed, finished, begun) => {
    const small = await knowledgeOf(['دل چسپ مقابلہ', 'بیروزگاری کا حل']);
    expect(splitUnfinished(typed, small)).toMatchObject({ terms: [finished, begun] });
    expect(splitUnfinished('دلک', small)).toBeUndefined();
  });

  it.each([
    ['حکومتت', 'one letter begins anything'],
    ['کاتع', 'two letters end anything'],
    ['حکومتژژ', 'no word begins so'],
    ['ژژژژتع', 'no word stands before it'],
    ['', 'nothing'],
  ])('leaves %j alone: %s', (typed) => expect(splitUnfinished(typed, knowledge)).toBeUndefined());
});
