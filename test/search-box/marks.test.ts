import fc from 'fast-check';
import { MARK_END, MARK_START, paragraphs, plain, segments } from '../../search-box/src/model/marks.js';
import { directionOf } from '../../search-box/src/text/direction.js';

/** Readable markers for the cases below. */
const text = (readable: string): string => readable.replaceAll('[', MARK_START).replaceAll(']', MARK_END);
const show = (formatted: string): string =>
  segments(formatted)
    .map(({ text: part, marked }) => (marked ? `[${part}]` : part))
    .join('|');

describe('segments', () => {
  it.each([
    ['', ''],
    ['کوئی نشان نہیں', 'کوئی نشان نہیں'],
    ['[پاکستان] کی تاریخ', '[پاکستان]| کی تاریخ'],
    ['ایک [دو] تین [چار]', 'ایک |[دو]| تین |[چار]'],
    ['[دو][دو]', '[دودو]'],
    ['[]خالی', 'خالی'],
    // Not what a server should send; nothing gets lost all the same.
    ['بند نہیں [ہوا', 'بند نہیں |[ہوا]'],
    ['کھلا نہیں] تھا', 'کھلا نہیں تھا'],
    ['[اندر [اور] اندر]', '[اندر اور]| اندر'],
  ])('"%s"', (readable, shown) => expect(show(text(readable))).toBe(shown));

  it('leaves HTML as text: it is the page that decides what an element is', () => {
    expect(segments(text('<mark>[<b>]</mark>'))).toEqual([
      { text: '<mark>', marked: false },
      { text: '<b>', marked: true },
      { text: '</mark>', marked: false },
    ]);
  });

  it('adds up to the text without markers, whatever the text; no segment is empty, no two neighbours are alike', () => {
    const anyText = fc.string({ unit: fc.constantFrom(MARK_START, MARK_END, 'ک', 'ِ', ' ', '<', '\n', '\uD800') });
    fc.assert(
      fc.property(anyText, (formatted) => {
        const found = segments(formatted);
        expect(found.map((part) => part.text).join('')).toBe(plain(formatted));
        expect(found.every((part, index) => part.text !== '' && part.marked !== found[index + 1]?.marked)).toBe(true);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});

describe('paragraphs', () => {
  it('are the lines that are not blank', () => {
    expect(paragraphs('ایک\n\n  \r\nدو\u2029تین').map((line) => line.map((part) => part.text).join(''))).toEqual(['ایک', 'دو', 'تین']);
    expect(paragraphs('\n \n')).toEqual([]);
  });
  it('carry a mark over a line break', () => {
    expect(paragraphs(text('ایک [دو\nتین] چار'))).toEqual([
      [
        { text: 'ایک ', marked: false },
        { text: 'دو', marked: true },
      ],
      [
        { text: 'تین', marked: true },
        { text: ' چار', marked: false },
      ],
    ]);
  });
});

describe('directionOf', () => {
  it.each([
    ['پاکستان کی تاریخ', 'rtl'],
    ['NASA نے تصویریں جاری کیں', 'rtl'],
    ['…Karakoram Highway (KKH) کی لمبائی', 'rtl'],
    ['An article in English that says پاکستان only once', 'ltr'],
    ['BBC', 'ltr'],
    ['2023', 'rtl'],
    ['', 'rtl'],
    ['ﭘﺎﮐﺴﺘﺎﻥ', 'rtl'],
  ])('"%s" runs %s', (line, direction) => expect(directionOf(line)).toBe(direction));
});
