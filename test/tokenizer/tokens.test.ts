/** What is a token, and what is its term: one concern a block. */
import {
  ANALYZER_VERSION,
  analyze,
  createAnalyzer,
  encode,
  explain,
  isStopWord,
  LexiconError,
  learnLexicon,
  lexiconFromJson,
  normalize,
  normalizeWithOffsets,
  stopWordClass,
  TERM_LETTERS,
  type Token,
} from '@justuju/urdu';

const terms = (text: string): string =>
  analyze(text)
    .map(({ term }) => term)
    .join(' ');
const types = (text: string): string =>
  analyze(text)
    .map(({ type }) => type)
    .join(' ');
const cut = (text: string, tokens: readonly Token[]): string[] => tokens.map(({ start, end }) => text.slice(start, end));
const sentences = (text: string): number[] => analyze(text).map(({ sentence }) => sentence);
/** Invisible characters by name, so that none stands in this file. */
const [ZWNJ, ZWJ, RLM] = ['\u200C', '\u200D', '\u200F'];

describe('letters that meet', () => {
  it.each([
    ['Arabic yeh and kaf', 'كراچي', 'کراچی'],
    ['Arabic heh', 'هم', 'ہم'],
    ['yeh barree with hamza', 'آۓ', 'آئے'],
    ['yeh barree with a combining hamza', 'آ\u06D2\u0654', 'آئے'],
    ['yeh with a combining hamza', 'کو\u06CC\u0654ی', 'کوئی'],
    ['hamza where ئ is meant', 'کوءی', 'کوئی'],
    ['two ways to write a hamza glide', 'دیئے', 'دیے'],
    ['decomposed alef madda', 'ا\u0653م', 'آم'],
    ['ھ that cannot aspirate', 'ھمیشہ', 'ہمیشہ'],
    ['ے before ں', 'کرےں', 'کریں'],
    ['silent hamza', 'شعراء', 'شعرا'],
    ['vowel marks', 'قَلَم', 'قلم'],
    ['honorific marks', 'علی\u0611', 'علی'],
    ['tatweel', 'کـــتاب', 'کتاب'],
    ['zero width joiner', `کت${ZWJ}اب`, 'کتاب'],
    ['right-to-left mark', `کتاب${RLM}`, 'کتاب'],
    ['presentation forms', '\uFB90\uFE98\uFE8E\uFE8F', 'کتاب'],
    ['the ligature of Allah', '\uFDF2', 'اللہ'],
    ['the honorific phrase and its ligature', '\uFDFA', 'صلی اللہ علیہ وسلم'],
    ['second spellings', 'سکول', 'اسکول'],
  ])('%s', (_, one, other) => expect(terms(one)).toBe(terms(other)));
});

it('keeps every code unit there is in its alphabet, alone and between letters', () => {
  const word = new RegExp(`^[${TERM_LETTERS}]+$`);
  const outside: string[] = [];
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    for (const { term, root, type } of analyze(`${character} ب${character}ب`)) {
      const alphabet = type === 'word' ? word : type === 'number' || type === 'latin' ? /^[a-z0-9]+$/ : /^[^ ]+$/;
      if (!alphabet.test(term) || !alphabet.test(root)) outside.push(`U+${unit.toString(16)} gives ${type} "${term}"`);
    }
  }
  expect(outside).toEqual([]);
});

describe('letters that stay apart', () => {
  it.each([
    ['ے and ی', 'لڑکے', 'لڑکی'],
    ['ں and ن', 'ماں', 'مان'],
    ['ھ that aspirates', 'پھر', 'پہر'],
    ['retroflex', 'گاڑی', 'گاری'],
    ['ق and ک', 'قلب', 'کلب'],
    ['ع', 'عام', 'ام'],
    ['ح and ہ', 'حرم', 'ہرم'],
    ['please come, and came', 'آئیے', 'آئے'],
  ])('%s', (_, one, other) => expect(terms(one)).not.toBe(terms(other)));
});

describe('words written together', () => {
  it.each([
    ['کیساتھ', ['کی', 'ساتھ'], 'کے ساتھ'],
    ['جائیگا', ['جائی', 'گا'], 'جایے گا'],
    ['کرونگا', ['کرون', 'گا'], 'کروں گا'],
    ['آنیوالوں', ['آنیوالوں'], undefined],
    ['وزیراعظم', ['وزیر', 'اعظم'], 'وزیر اعظم'],
    ['کےلیے', ['کے', 'لیے'], 'کے لیے'],
    ['میںنے', ['میں', 'نے'], 'میں نے'],
    ['بھیجدیا', ['بھیج', 'دیا'], 'بھیج دیا'],
    ['جادو', ['جادو'], 'جادو'],
    ['بندے', ['بندے'], 'بندے'],
    ['سردی', ['سردی'], 'سردی'],
    ['چکر', ['چکر'], 'چکر'],
  ])('%s', (word, parts, expected) => {
    if (expected === undefined) return;
    expect(cut(word, analyze(word))).toEqual(parts);
    expect(terms(word)).toBe(expected);
  });

  it('takes ZWNJ for a space and leaves it in the token before, whose grapheme it belongs to', () => {
    const text = `خوب${ZWNJ}صورت`;
    expect(cut(text, analyze(text))).toEqual([`خوب${ZWNJ}`, 'صورت']);
  });
});

describe('numbers', () => {
  it.each([
    ['۲۰۲۴', '2024'],
    ['٢٠٢٤', '2024'],
    ['2024ء', '2024'],
    ['1445ھ', '1445'],
    ['۱،۰۰۰', '1000'],
    ['1,00,000', '100000'],
    ['3.14', '3d14'],
    ['۳٫۱۴', '3d14'],
    ['3۔5', '3d5'],
    ['2010۔11', '2010 11'],
    ['14.8.1947', '14 8 1947'],
    ['50ہزار', '50 ہزار'],
    ['1,2,3', '1 2 3'],
    ['8:30', '8 30'],
    ['5km', '5 km'],
    // Marks on digits, as on a word where every letter was given one.
    ['2\u064F01\u06504', '2014'],
    ['3.1\u064E4', '3d14'],
    ['20\u064E ارب', '20 ارب'],
    ['1\u20E32\u20E3', '1 2'],
  ])('%s', (text, expected) => expect(terms(text)).toBe(expected));
});

describe('everything else', () => {
  it.each([
    ["Pakistan's Café", 'latin latin', 'pakistan cafe'],
    ['https://dawn.com/news/12', 'url url url url url', 'https dawn com news 12'],
    ['ali@example.com', 'email email email', 'ali example com'],
    ['#اردو_ادب', 'hashtag hashtag', 'اردو ادب'],
    ['@ali', 'mention', 'ali'],
    ['👍🏽 🇵🇰', 'emoji emoji', '👍 🇵🇰'],
    ['Привет', 'other', 'привет'],
    ['B.A. پاس', 'latin word', 'ba پاس'],
  ])('%s', (text, expectedTypes, expectedTerms) => {
    expect(types(text)).toBe(expectedTypes);
    expect(terms(text)).toBe(expectedTerms);
  });

  it('finds nothing in nothing', () => {
    expect(analyze('')).toEqual([]);
    expect(analyze(' ۔ \u064E \uD800 ')).toEqual([]);
    expect(encode('', 'term')).toBe('');
  });
});

describe('sentences', () => {
  it.each([
    ['وہ آیا۔ میں گیا', [0, 0, 1, 1]],
    ['کون؟ میں!', [0, 1]],
    ['پی۔آئی۔اے کا جہاز', [0, 0, 0, 0, 0]],
    ['م۔ ا۔ جناح', [0, 0, 0]],
    ['قیمت 3.5 روپے', [0, 0, 0]],
    ['Dr. Khan came. He left.', [0, 0, 0, 1, 1]],
    ['ایک\nدو\n\nتین', [0, 0, 1]],
  ])('%s', (text, expected) => expect(sentences(text)).toEqual(expected));

  it('are what encode puts its breaks between', () => expect(encode('وہ آیا۔ میں گیا؟', 'term')).toBe('وہ ایا ۔ میں گیا'));
});

describe('learnLexicon', () => {
  const texts = ['گلبدن بیگم آئیں۔ گل بدن نے کہا۔', 'گلبدن کا ہمایوں نامہ۔ گل بدن کی کتاب۔'];

  it('learns what is written both joined and apart, and cuts it', () => {
    const lexicon = learnLexicon(texts);
    expect(lexicon.toJSON().compounds).toEqual(['گل بدن']);
    expect(createAnalyzer({ lexicon }).encode('گلبدن', 'term')).toBe('گل بدن');
    expect(encode('گلبدن', 'term')).toBe('گلبدن');
  });

  it('does not depend on the order of the texts', () => {
    expect(learnLexicon([...texts].reverse()).toJSON()).toEqual(learnLexicon(texts).toJSON());
  });

  it('comes back from JSON', () => {
    const again = lexiconFromJson(JSON.parse(JSON.stringify(learnLexicon(texts))));
    expect(again.parts('گلبدن')).toEqual(['گل', 'بدن']);
  });

  it('refuses what is no lexicon and says how to make one', () => {
    expect(() => lexiconFromJson({ version: 2 })).toThrow(LexiconError);
    expect(() => lexiconFromJson({ version: 2 })).toThrow(
      'not a lexicon of version 1: got {"version":2}. Make it anew with learnLexicon(texts).',
    );
  });
});

describe('explain', () => {
  it('names the rules in the order of the work', () => {
    const { steps, parts } = explain('كيساتھ');
    expect(steps.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`)).toEqual([
      'letters: كيساتھ → کیساتھ',
      'fused-word: کیساتھ → کے ساتھ',
      'function-form: کے → کا',
    ]);
    expect(parts.map(({ term, root }) => `${term}/${root}`)).toEqual(['کے/کا', 'ساتھ/ساتھ']);
  });

  it('agrees with analyze', () => {
    for (const word of ['کیساتھ', 'لڑکیوں', 'علماء', 'کردیا', 'گذرتا', 'وزیراعظم', 'ﻻہور', 'دواخانوں']) {
      expect(explain(word).parts.map(({ term, root }) => `${term}/${root}`)).toEqual(
        analyze(word).map(({ term, root }) => `${term}/${root}`),
      );
    }
  });
});

describe('normalize', () => {
  it('has three levels', () => {
    const text = `كتابِ ہ\u0654 ۲۰${RLM}`;
    expect(normalize(text, 'exact')).toBe('كتابِ ۂ ۲۰');
    expect(normalize(text, 'canonical')).toBe('کتابِ ۂ 20');
    expect(normalize(text, 'search')).toBe('کتاب ہ 20');
  });

  it('knows the way back', () => {
    const text = 'مُحَمَّدﷺ کہا';
    const { text: normalized, toOriginal } = normalizeWithOffsets(text, 'search');
    const at = normalized.indexOf('کہا');
    const { start, end } = toOriginal(at, at + 3);
    expect(text.slice(start, end)).toBe('کہا');
  });
});

it('knows stop words by class', () => {
  expect(stopWordClass('کے')).toBe('postposition');
  expect(isStopWord('کتاب')).toBe(false);
});

it('has a version', () => expect(ANALYZER_VERSION).toBeGreaterThan(0));
