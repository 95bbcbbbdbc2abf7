import fc from 'fast-check';
import { fold } from '../../seed/fold.js';

/** What `fold` says of itself, without its short cut for plain text. */
const ARABIC_TO_URDU: readonly (readonly [string, string])[] = [
  ['\u064A\u0649\u0626', '\u06CC'],
  ['\u0643', '\u06A9'],
  ['\u0647\u06BE\u06C2\u06C0\u06D5\u0629\u06C3', '\u06C1'],
  ['\u0622\u0623\u0625\u0671', '\u0627'],
  ['\u0624', '\u0648'],
  ['\u06D3', '\u06D2'],
];
function slow(text: string): string {
  let folded = text.normalize('NFKC').replace(/[\p{Cf}\p{Mn}\u0640]|(?!\s)\p{Cc}/gu, '');
  for (const [from, to] of ARABIC_TO_URDU) folded = [...folded].map((letter) => (from.includes(letter) ? to : letter)).join('');
  return folded
    .replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

it('folds plain text by a short cut as it folds any text', () => {
  const letter = fc.oneof(
    fc.integer({ min: 0x0600, max: 0x06ff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0x2000, max: 0x206f }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(' ', '  ', '\u00A0', '\t', '\n', 'a', 'Ü', '\u200C', '\u0653', '\uFEFB', '\uFB56', '…', '’', '۔'),
  );
  fc.assert(
    fc.property(
      fc.array(letter, { maxLength: 12 }).map((letters) => letters.join('')),
      (text) => expect(fold(text)).toBe(slow(text)),
    ),
    { numRuns: 3_000, seed: 1 },
  );
});
