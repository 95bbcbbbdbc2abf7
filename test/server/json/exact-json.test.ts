import { parseExactly, stringifyExactly } from '../../../server/json/exact-json.js';

it.each([
  ['12345678901234567890'],
  ['{"a":1.0,"b":[2.50,-0,1e3,1E-7],"c":"1.0, \\"2.0\\", \\\\"}'],
  ['{"id":7,"text":"کتاب 1.0","n":null}'],
])('%s is written as it was read', (text) => expect(stringifyExactly(parseExactly(text))).toBe(text));

it.each([['{"a":1.0,"b":01}'], ['{"a":1.0,"b":1.2.3}'], ['{"a":1.0,"b":1.e5}'], ['{"a":1.0'], ['[-]']])('%s is no JSON', (text) => {
  expect(() => parseExactly(text)).toThrow(SyntaxError);
});

it('reads a text of any length', () => {
  const text = `{"text":${JSON.stringify('کتاب "'.repeat(4_000_000))},"n":1.0}`;
  expect(String((parseExactly(text) as { n: unknown }).n)).toBe('1.0');
});

it('sees at once that a text of many quotes is cut off', () => {
  const started = performance.now();
  expect(() => parseExactly(`{"n":1.0,"html":"${'\\"x'.repeat(300_000)}`)).toThrow(SyntaxError);
  expect(performance.now() - started).toBeLessThan(10_000);
});
