import { pdfOf } from '../support/pdf.js';
import { type ReadFile, readsFiles } from '../support/seed-file.js';

/** Files with a layer of text as programs write them: glyphs as they stand on paper from left to right, or as they are spoken; with letters or with shapes behind them. */

const TITLE = 'نئے باغ کا افتتاح';
/** Of these some tell by their letters which way round they are, and some do not. */
const LINES = [
  'لاہور میں شہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں۔',
  'میئر نے کہا کہ 2024 میں مزید 500 درخت لگائے جائیں گے۔',
  'اس موقع پر NASA کا وفد موجود تھا۔',
  'لاہور اور کراچی کا موسم گرم رہا۔',
];

const readFile = readsFiles('pdf');
const read = (lines: readonly (readonly string[])[]): Promise<ReadFile> => readFile('a.pdf', pdfOf([lines]));

/** From left to right, as it stands on paper; numbers and Latin words the other way. */
const asSeen = (line: string): string[] => [
  ...[...line]
    .reverse()
    .join('')
    .replace(/[A-Za-z0-9]+/g, (run) => [...run].reverse().join('')),
];

/** Letter → its shapes: alone, at the end, at the beginning, in the middle. */
const SHAPES = new Map<string, string[]>();
for (let code = 0xfb50; code <= 0xfefc; code += 1) {
  const shape = String.fromCodePoint(code);
  const letter = shape.normalize('NFKC');
  if (letter.length === 1 && letter !== shape) SHAPES.set(letter, [...(SHAPES.get(letter) ?? []), shape]);
}
const shapesOf = (line: string): string =>
  [...line]
    .map((letter, i, all) => {
      const shapes = SHAPES.get(letter) ?? [letter];
      const joins = (other: string | undefined): boolean => (SHAPES.get(other ?? '')?.length ?? 0) > 1;
      const before = (SHAPES.get(all[i - 1] ?? '')?.length ?? 0) > 2 && shapes.length > 1;
      const after = shapes.length > 2 && joins(all[i + 1]);
      return shapes[(before ? 1 : 0) + (after ? 2 : 0)] ?? letter;
    })
    .join('');

it.each<[string, (line: string) => readonly string[]]>([
  ['letters as they stand on paper', asSeen],
  ['letters as they are spoken', (line) => [...line]],
  ['shapes as they stand on paper', (line) => asSeen(shapesOf(line))],
  ['shapes as they are spoken', (line) => [...shapesOf(line)]],
])('is read: %s', async (_, glyphs) => {
  const { articles, report } = await read([TITLE, '', ...LINES].map(glyphs));
  expect(report.skipped).toEqual([]);
  expect(articles).toHaveLength(1);
  expect(articles[0]).toMatchObject({ title: TITLE, body: LINES.join('\n') });
});

it.each<[string, (line: string) => readonly string[]]>([
  ['a font that draws letters and dots apart, of which a part is told', (line) => asSeen(line.replace(/[بپتثنیشچجخ]/gu, ' '))],
  ['a blank behind each letter', (line) => asSeen(line).flatMap((glyph) => [glyph, ' '])],
  ['letters that no table names', (line) => asSeen(line.replace(/[اے]/gu, '\uE012'))],
])('is refused: %s', async (_, glyphs) => {
  const { articles, report } = await read([TITLE, '', ...LINES].map(glyphs));
  expect(articles).toEqual([]);
  expect(report.skipped[0]?.reason).toContain('a PDF whose Urdu comes out in the wrong letters, torn apart or in the wrong order');
});

it('is refused where it holds pictures only', async () => {
  expect((await read([[]])).report.skipped[0]?.reason).toBe('the file is a PDF without a layer of text');
});

it('keeps English as it is', async () => {
  const english = ['A new garden for the city', '', 'The mayor opened it on Monday and said that 500 more trees will follow.'];
  expect((await read(english.map((line) => [...line]))).articles[0]).toMatchObject({ title: english[0], body: english[2] });
});
