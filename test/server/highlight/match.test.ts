/** What the table of marks cannot say: tokens made by hand, options, limits. */

import { analyze, createAnalyzer, learnLexicon, type Token } from '@justuju/urdu';
import { Analyses } from '../../../server/highlight/analyses.js';
import { type FormatOptions, formatDocument, formatNow } from '../../../server/highlight/format.js';
import { createMatcher } from '../../../server/highlight/match.js';
import { inRounds } from '../../support/event-loop.js';
import { ask, bracketed, marksOf } from './ask.js';

const part = (text: string, start: number, position: number): Token => ({
  text,
  term: text.replace('آ', 'ا'),
  root: text.replace('آ', 'ا'),
  start,
  end: start + text.length,
  position,
  sentence: 0,
  type: 'word',
});

describe('a lam-alef over the cut of a compound', () => {
  const text = 'بات دلآزار تھی';
  const tokens = [part('بات', 0, 0), part('دل', 4, 1), part('آزار', 6, 2), part('تھی', 11, 3)];

  it.each(['دل', 'آزار'])('is not halved by a mark on %s', (query) => {
    expect(bracketed(text, createMatcher(ask(query))(text, tokens))).toBe('بات ⟦دلآزار⟧ تھی');
  });
});

describe('a hamza at the end of a name', () => {
  it.each([
    ['ثناءاللہ خان', 'ثناء⟦اللہ⟧ خان'],
    ['ثناء\uFDF2 بھٹہ', 'ثناء⟦\uFDF2⟧ بھٹہ'],
    ['ضیاءاللہ', 'ضیاء⟦اللہ⟧'],
  ])('%s is marked behind it', (text, marked) => {
    expect(bracketed(text, marksOf(ask('اللہ'), text))).toBe(marked);
  });

  it('is marked where it is all that was asked for', () => {
    const tokens = [part('۱۹۴۷', 0, 0), part('ء', 4, 1), part('میں', 6, 2)];
    expect(bracketed('۱۹۴۷ء میں', createMatcher(ask('ء'))('۱۹۴۷ء میں', tokens))).toBe('۱۹۴۷⟦ء⟧ میں');
  });
});

describe('a mark', () => {
  it('names the tokens and the words it stands for', () => {
    const [mark, ...more] = marksOf(ask('وزیر اعظم', { weights: { وزیر: 0.5 } }), 'نیا وزیراعظم');
    expect(more).toEqual([]);
    expect(mark).toMatchObject({
      first: 1,
      last: 2,
      answers: [
        { word: 0, reason: 'exact', weight: 0.5 },
        { word: 1, reason: 'exact', weight: 1 },
      ],
    });
  });

  it('answers a word once, however often it was typed', () => {
    const [mark] = marksOf(ask(Array.from({ length: 50 }, () => 'کتاب').join(' ')), 'ایک کتاب ہے');
    expect(mark?.answers.map(({ word, reason }) => [word, reason])).toEqual([[0, 'exact']]);
  });

  it('takes the best reason where a word answers by several', () => {
    expect(marksOf(ask('کتاب', { readings: { کتاب: [['کتابیں', 'synonym']] } }), 'کتابیں')[0]?.answers[0]?.reason).toBe('inflected');
  });

  it('follows what the analyzer knows: a learned lexicon changes nothing in a text it is not used for', () => {
    expect(createAnalyzer({ lexicon: learnLexicon([]) }).analyze('کتاب')[0]?.term).toBe(analyze('کتاب')[0]?.term);
  });
});

describe('remembered analyses', () => {
  it('are the same object the second time', () => {
    const analyses = new Analyses();
    expect(analyses.get('ایک دو')).toBe(analyses.get(['ایک', 'دو'].join(' ')));
  });

  it('go, the longest unused first, when there are too many', () => {
    const analyses = new Analyses(80);
    const first = analyses.get('ایک دو تین');
    const second = analyses.get('چار پانچ');
    for (let i = 0; i < 7; i += 1) {
      analyses.get(`نمبر ${i} ہے`);
      expect(analyses.get('ایک دو تین')).toBe(first);
    }
    expect(analyses.get('چار پانچ')).not.toBe(second);
  });
});

describe('formatting in turns', () => {
  const options: FormatOptions = {
    highlight: ['*'],
    crop: new Map(),
    preTag: '[',
    postTag: ']',
    cropMarker: '…',
    showMatchesPosition: true,
  };
  const match = createMatcher(ask('دریا'));

  it('is at once for ordinary sizes', async () => {
    await new Promise(setImmediate);
    expect(formatDocument({ text: 'ایک دریا ہے' }, options, match)).toMatchObject({ formatted: { text: 'ایک [دریا] ہے' } });
  });

  it.each([
    ['words', 'ایک دریا کے پار۔ '],
    ['one word', 'ب'],
    ['marks', 'ب\u0650'],
    ['dots', 'a.b'],
    ['emoji', '😀'],
    ['matches only', 'دریا '],
    ['controls', '\u202Bدریا '],
  ])('leaves the event loop free with a megabyte of %s, and gives the same', async (_, piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / Buffer.byteLength(piece)));
    // What the compiler has not seen yet is slow in any case.
    formatNow({ text: text.slice(0, 200_000) }, { ...options, crop: new Map([['*', 20]]) }, match);
    let turns = 0;
    let formatted: unknown;
    await inRounds(async (round) => {
      formatted = await formatDocument({ text }, options, match);
      turns = round();
    });
    expect(formatted).toEqual(formatNow({ text }, options, match));
    // 17 and more, here; a turn is a few milliseconds, and the benchmark measures them.
    expect(turns).toBeGreaterThan(4);
  });
});
