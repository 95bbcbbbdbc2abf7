import fc from 'fast-check';
import { runsOf, withoutControls } from '../../search-box/src/text/runs.js';

const show = (text: string): string =>
  runsOf(text)
    .map(({ text: piece, kind }) => (kind === 'urdu' ? piece : `[${kind[0]}:${piece}]`))
    .join('');

describe('runs', () => {
  it.each([
    ['زبان C++ اور C#', 'زبان [l:C++] اور [l:C#]'],
    ['شرح 3.5% رہی', 'شرح [n:3.5%] رہی'],
    ['سال 2024–25 میں', 'سال [n:2024–25] میں'],
    ['قیمت $4,100,000 ہے', 'قیمت [n:$4,100,000] ہے'],
    ['فون +92-300-1234567 پر', 'فون [n:+92-300-1234567] پر'],
    ['فون 0300 1234567 پر', 'فون [n:0300 1234567] پر'],
    ['نمبر 5 6 7', 'نمبر [n:5] [n:6] [n:7]'],
    ['۱۴ اگست ۱۹۴۷ء', '[n:۱۴] اگست [n:۱۹۴۷]ء'],
    ['New York Times نے', '[l:New York Times] نے'],
    ['درجہ 25° ہے۔', 'درجہ [n:25°] ہے۔'],
    ['ہے (BBC) میں', 'ہے ([l:BBC]) میں'],
    // A sign that Nastaliq lacks takes its whole word along.
    ['وَلَا ٱلضَّآلِّينَ\u06D6 ختم', 'وَلَا [q:ٱلضَّآلِّينَ\u06D6] ختم'],
    // So does a letter with two marks; one mark has room.
    ['درود اَللّٰهُمَّ پڑھیں', 'درود [s:اَللّٰهُمَّ] پڑھیں'],
    ['فوراً اِس مُلک میں', 'فوراً اِس مُلک میں'],
    ['نبی کریم \uFDFA کی', 'نبی کریم [h:\uFDFA] کی'],
  ])('%s', (text, shown) => expect(show(text)).toBe(shown));

  it('add up to the text, whatever it is', () => {
    const text = fc.string({
      unit: fc.constantFrom('ک', ' ', 'A', '5', '۵', '-', '+', '%', '$', '\u06D6', '\u0650', '\u0651', '\uFDFA', '.', '\u202E', '\uD800'),
    });
    fc.assert(
      fc.property(text, (any) =>
        expect(
          runsOf(any)
            .map((run) => run.text)
            .join(''),
        ).toBe(any),
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('let go of controls that would turn the page around', () => expect(withoutControls('a\u202Eb\u2067c\u2069')).toBe('abc'));
});
