import fc from 'fast-check';
import { DocumentLines } from '../../../server/indexing/document-lines.js';

const linesOf = (texts: readonly string[]): DocumentLines => {
  const lines = new DocumentLines();
  for (const [i, text] of texts.entries()) lines.push(String(i), JSON.stringify({ text }));
  return lines;
};

it('holds what was pushed, and its halves the same again', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 20_000 }), { minLength: 2, maxLength: 20 }), (texts) => {
      const lines = linesOf(texts);
      expect(lines.length).toBe(texts.length);
      expect(lines.size).toBe(lines.body.length);
      expect(lines.body.toString()).toBe(texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
      const [one, other] = lines.halves();
      expect(one.length + other.length).toBe(texts.length);
      expect(Math.abs(one.length - other.length)).toBeLessThan(2);
      expect(Buffer.concat([one.body, other.body]).equals(lines.body)).toBe(true);
    }),
    { numRuns: 30, seed: 1 },
  );
});

it('halved on and on leaves each document alone', () => {
  const alone: unknown[] = [];
  const halve = (lines: DocumentLines): void => {
    if (lines.only === undefined) lines.halves().forEach(halve);
    else alone.push([lines.only.id, JSON.parse(lines.only.text)]);
  };
  halve(linesOf(['ایک', 'دو', 'تین', 'چار', 'پانچ']));
  expect(alone).toEqual(['ایک', 'دو', 'تین', 'چار', 'پانچ'].map((text, i) => [String(i), { text }]));
});

it('holds the same when it was put aside, in its halves too, and gives its memory to others', () => {
  const texts = ['ایک', 'دو', 'تین'];
  const lines = linesOf(texts);
  const body = lines.body.toString();
  const others = new DocumentLines(lines.putAside());
  others.push('x', '{"text":"دوسرے"}');
  expect(others.body.toString()).toBe('{"text":"دوسرے"}\n');
  expect(lines.size).toBe(Buffer.byteLength(body));
  expect(lines.body.toString()).toBe(body);
  const [one, other] = lines.halves();
  expect(`${one.body.toString()}${other.body.toString()}`).toBe(body);
  // Parts that are sent again are put aside themselves.
  other.putAside();
  expect(other.only).toEqual({ id: '2', text: '{"text":"تین"}' });
  lines.drop();
  other.drop();
});
