import { analyze, type Token } from '@justuju/urdu';
import { besideOf, correctLatin, correctUnknown, doubtRare } from '../../../server/query/read-spelling.js';
import { DEFAULT_TYPOS, type Typos } from '../../../server/settings/typos.js';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { knowledgeOf } from '../search/collection.js';

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
    expect(correctUnknown(token('ضار'), many, DEFAULT_TYPOS, { limit: 2 }).length).toBeLessThanOrEqual(2);
    const uneven = await knowledgeOf(['حکومت', ...Array<string>(300).fill('حکمت')]);
    expect(correctUnknown(token('حکومتت'), uneven)[0]?.terms).toEqual(['حکومت']);
  });

  it('knows nothing before the indexes are built', () => expect(correctUnknown(token('حقومت'), new Knowledge())).toEqual([]));
});

describe('a good word that a small collection does not hold', () => {
  let small: Knowledge;
  beforeAll(async () => {
    small = await knowledgeOf([
      'پل پر دو ارب روپے لاگت آئی',
      'سوری خاندان کا قلعہ',
      'ایران کا شہر',
      'کرکٹ کا میدان',
      'محروم لوگ',
      'وزیر کا خط',
      'ادبی میلہ لاہور میں شروع',
      'کھیل کے بعد گیس بند',
      'اسٹیج پر شاعر',
    ]);
  });

  it.each([
    ['متحدہ عرب امارات', 'عرب is not ارب, beside words that are no bridge'],
    ['سحری', 'nor سوری, another letter altogether'],
    ['ایرانی', 'no ending makes a slip'],
    ['محرومی', 'nor here'],
    ['کرپٹ', 'کرکٹ has another letter'],
    ['زیر تعلیم', 'زیر is a word of the analyzer’s'],
    ['گیسٹ ہاؤس', 'a letter more'],
    ['اسٹیٹ بینک', 'another letter'],
  ])('%s: %s', (q) => {
    const tokens = analyze(q);
    tokens.forEach((one, i) => {
      expect(correctUnknown(one, small, DEFAULT_TYPOS, { beside: besideOf(tokens, i, small) })).toEqual([]);
    });
  });

  it.each([
    ['ادبیی میللہ', ['ادبی', 'میلہ'], 'two slips that stand together when they are mended'],
    ['کرقٹ', ['کرکٹ'], 'a letter of the same sound'],
    ['لاہور میللہ', [undefined, 'میلہ'], 'beside a word of the same document'],
    ['ایران میللہ', [undefined, undefined], 'not beside one of another'],
  ])('%s → %j: %s', (q: string, expected: (string | undefined)[], _why: string) => {
    const tokens = analyze(q);
    const corrected = tokens.map((one, i) =>
      small.vocabulary.documentsWithRoot(one.root) > 0
        ? []
        : correctUnknown(one, small, DEFAULT_TYPOS, { beside: besideOf(tokens, i, small) }),
    );
    expect(corrected.map(([best]) => best?.terms[0])).toEqual(expected);
  });
});

describe('doubtRare', () => {
  const collection = (rare: string, times: number): Promise<Knowledge> =>
    knowledgeOf([...Array<string>(200).fill('حکومت صورت'), ...Array<string>(times).fill(rare)]);

  it('doubts a word of one document that is one slip from a frequent one', async () => {
    const readings = doubtRare(token('حقومت'), await collection('حقومت', 1), DEFAULT_TYPOS, [['صورت']]);
    expect(readings).toMatchObject([{ terms: ['حکومت'], reason: 'corrected', weight: 0.5 }]);
  });

  it('does not where a document holds it with the other words, nor where there are none', async () => {
    const rare = await knowledgeOf([...Array<string>(200).fill('حکومت صورت'), 'حقومت صورت']);
    expect(doubtRare(token('حقومت'), rare, DEFAULT_TYPOS, [['صورت']])).toEqual([]);
    expect(doubtRare(token('حقومت'), await collection('حقومت', 1))).toEqual([]);
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

describe('the client’s typo settings', () => {
  const sizes = (oneTypo: number, twoTypos: number): Typos => ({ ...DEFAULT_TYPOS, minWordSizeForTypos: { oneTypo, twoTypos } });
  it.each([
    ['زلع', DEFAULT_TYPOS, 'ضلع', 'Meilisearch’s default does not weaken our own'],
    ['زلع', sizes(3, 9), 'ضلع', 'three letters are enough'],
    ['زلع', sizes(4, 9), undefined, 'four are needed'],
    ['حقومت', sizes(5, 6), 'حکومت', 'five letters'],
    ['حقومت', sizes(6, 9), undefined, 'six are needed'],
    ['حقومت', { ...DEFAULT_TYPOS, enabled: false }, undefined, 'off'],
    ['حقومت', { ...DEFAULT_TYPOS, disableOnWords: ['حقومت'] }, undefined, 'not this word'],
    ['حکومتت', { ...DEFAULT_TYPOS, disableOnWords: ['حقومت'] }, 'حکومت', 'another word'],
  ])('%s, %j → %s: %s', (word: string, typos: Typos, expected: string | undefined, _why: string) =>
    expect(correctUnknown(token(word), knowledge, typos)[0]?.terms[0]).toBe(expected),
  );

  it('hold for words of the collection that may be slips', async () => {
    const rare = await knowledgeOf([...Array<string>(200).fill('حکومت صورت'), 'حقومت']);
    expect(doubtRare(token('حقومت'), rare, DEFAULT_TYPOS, [['صورت']])).toHaveLength(1);
    expect(doubtRare(token('حقومت'), rare, { ...DEFAULT_TYPOS, enabled: false }, [['صورت']])).toEqual([]);
  });
});

describe('correctLatin', () => {
  let mixed: Knowledge;
  beforeAll(async () => {
    mixed = await knowledgeOf(['پاکستان میں Pakistan اور Meilisearch، کیفے Café، API'], 5);
  });
  const sizes = (oneTypo: number, twoTypos: number): Typos => ({ ...DEFAULT_TYPOS, minWordSizeForTypos: { oneTypo, twoTypos } });
  it.each([
    ['Pakistn', DEFAULT_TYPOS, 'pakistan', 'one letter missing'],
    ['Pkistn', DEFAULT_TYPOS, undefined, 'two, and it has six'],
    ['Meilisaerch', DEFAULT_TYPOS, 'meilisearch', 'two swapped'],
    ['mielisaerch', DEFAULT_TYPOS, 'meilisearch', 'twice'],
    ['apl', DEFAULT_TYPOS, undefined, 'three letters'],
    ['apl', sizes(3, 9), 'api', 'three letters are enough'],
    ['Meilisaerch', sizes(12, 20), undefined, 'twelve letters are needed'],
    ['Meilisaerch', { ...DEFAULT_TYPOS, enabled: false }, undefined, 'off'],
    ['Meilisaerch', { ...DEFAULT_TYPOS, disableOnWords: ['meilisaerch'] }, undefined, 'not this word'],
  ])('%s, %j → %s: %s', (word: string, typos: Typos, expected: string | undefined, _why: string) => {
    const [best] = correctLatin(token(word), mixed, typos);
    expect(best?.terms[0]).toBe(expected);
    if (expected !== undefined) expect(best).toMatchObject({ roots: [expected], reason: 'corrected' });
  });
});
