import { analyze, type Token } from '@justuju/urdu';
import { correctUnknown, doubtRare } from '../../../server/search/read-spelling.js';
import { DEFAULT_TYPOS } from '../../../server/settings/typos.js';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from './collection.js';

const token = (word: string): Token => analyze(word)[0] as Token;

let knowledge: Knowledge;
beforeAll(async () => {
  knowledge = await knowledgeOf(
    [
      'ضلع کے ہسپتال میں مریض، سڑک پر حادثہ',
      'پاکستان کی حکومت اور صورت حال',
      'کراچی کے بازار میں گھر، ثابت قدم',
      'محبت اور زندگی، طاقت کا توازن، پھول، شہد',
    ],
    10,
  );
});

describe('correctUnknown', () => {
  it.each([
    ['زلع', 'ضلع', 'sound-alike, first letter, three letters'],
    ['صابت', 'ثابت', 'sound-alike of three'],
    ['تاقت', 'طاقت', 'ت for ط'],
    ['حقومت', 'حکومت', 'ق for ک'],
    ['ہسپتل', 'ہسپتال', 'a vowel missing'],
    ['ہہسپتال', 'ہسپتال', 'a letter doubled'],
    ['ہسپتاال', 'ہسپتال', 'a vowel doubled'],
    ['کراجی', 'کراچی', 'one dot for three'],
    ['بازاز', 'بازار', 'a dot too many'],
    ['کارچی', 'کراچی', 'swapped'],
    ['پاکستن', 'پاکستان', 'missing'],
    ['زندکی', 'زندگی', 'a stroke missing'],
    ['محنبت', 'محبت', 'a letter too many'],
    ['شحد', 'شہد', 'ح for ہ, three letters'],
    ['سڑق', 'سڑک', 'ق for ک, three letters'],
    ['پول', 'پھول', 'do-chashmi forgotten'],
  ])('%s → %s: %s', (word, expected) => {
    const [best] = correctUnknown(token(word), knowledge);
    expect(best).toMatchObject({ terms: [expected], roots: [token(expected).root], reason: 'corrected' });
    expect(best?.weight).toBeGreaterThanOrEqual(0.3);
    expect(best?.weight).toBeLessThan(0.85);
  });

  it.each([
    ['قرنطینہ', 'nothing is near'],
    ['کتبخنہ', 'two letters and more are missing'],
    ['زل', 'two letters say too little'],
    ['pakstan', 'Latin letters are another step'],
    ['1947', 'a number'],
  ])('leaves %s alone: %s', (word) => expect(correctUnknown(token(word), knowledge)).toEqual([]));

  it('surer of a sound-alike than of another letter', () => {
    const [alike] = correctUnknown(token('حقومت'), knowledge);
    const [other] = correctUnknown(token('حکوبت'), knowledge);
    expect(alike?.terms).toEqual(other?.terms);
    expect(alike?.weight).toBeGreaterThan(other?.weight ?? 1);
  });

  it('gives no more than asked for, and only what is nearly as likely as the best', async () => {
    const many = await knowledgeOf(['کار بار یار تار چار مار ہار دار'], 5);
    expect(correctUnknown(token('ضار'), many, DEFAULT_TYPOS, 2).length).toBeLessThanOrEqual(2);
    const uneven = await knowledgeOf(['حکومت', ...Array<string>(300).fill('حکمت')]);
    expect(correctUnknown(token('حکومتت'), uneven)[0]?.terms).toEqual(['حکومت']);
  });

  it('knows nothing before the indexes are built', () => expect(correctUnknown(token('حقومت'), new Knowledge())).toEqual([]));
});

describe('doubtRare', () => {
  const collection = (rare: string, times: number): Promise<Knowledge> =>
    knowledgeOf([...Array<string>(200).fill('حکومت صورت'), ...Array<string>(times).fill(rare)]);

  it('doubts a word of one document that is one slip from a frequent one', async () => {
    const readings = doubtRare(token('حقومت'), await collection('حقومت', 1));
    expect(readings).toMatchObject([{ terms: ['حکومت'], reason: 'corrected', weight: 0.5 }]);
  });

  it.each([
    ['حقومت', 6, 'it is not so rare'],
    ['قرنطینہ', 1, 'nothing is near'],
    ['صو', 1, 'too short'],
  ])('takes %s in %d documents as it is: %s', async (word, times) =>
    expect(doubtRare(token(word), await collection(word, times))).toEqual([]),
  );

  it('does not doubt a form by another form of the same word', async () => {
    expect(doubtRare(token('حکومتی'), await collection('حکومتوں', 1)).filter(({ terms }) => terms[0] === 'حکومتوں')).toEqual([]);
    expect(doubtRare(token('صورتیں'), await collection('صورتیں', 1))).toEqual([]);
  });

  it('does not doubt a rare word by one hardly more frequent', async () => {
    const even = await knowledgeOf([...Array<string>(20).fill('حکومت'), 'حقومت']);
    expect(doubtRare(token('حقومت'), even)).toEqual([]);
  });
});
