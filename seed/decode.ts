import { isUtf8 } from 'node:buffer';

export type Decoded = { readonly text: string } | { readonly problem: string; readonly wayOut: string };

/** Bytes looked at to guess an encoding. */
const SAMPLE = 64 * 1024;

/** Text of a file, or what it is instead. Nothing is guessed into the index: another encoding is named and refused. `name` goes into the way out. */
export function decode(bytes: Uint8Array, name: string): Decoded {
  const utf16 = utf16Kind(bytes);
  if (utf16 !== null) return refused(`is ${utf16}, not UTF-8`, convert(utf16, name));
  const nul = bytes.indexOf(0);
  if (nul !== -1)
    return refused(`holds a NUL byte ${at(bytes, nul)}, so it is no text file`, 'Give the text of the article as a UTF-8 file.');
  if (isUtf8(bytes)) return { text: new TextDecoder('utf-8').decode(bytes) };
  const bad = firstBadByte(bytes);
  if (looksLikeWindows1256(bytes))
    return refused(`is Windows-1256, not UTF-8 (first such byte ${at(bytes, bad)})`, convert('WINDOWS-1256', name));
  return refused(
    `is not UTF-8: byte 0x${(bytes[bad] ?? 0).toString(16).toUpperCase().padStart(2, '0')} ${at(bytes, bad)}`,
    `Give it as UTF-8. When you know its encoding: ${command('ENCODING', name)}; to drop the damaged bytes: ${command('UTF-8', name, '-c ')}`,
  );
}

const refused = (problem: string, wayOut: string): Decoded => ({ problem, wayOut });
const convert = (encoding: string, name: string): string => `Convert it: ${command(encoding, name)}`;

function command(encoding: string, name: string, option = ''): string {
  const quoted = (text: string): string => (/^[\w./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`);
  return `iconv ${option}-f ${encoding} -t UTF-8 ${quoted(name)} > ${quoted(name.replace(/(\.[^./]*)?$/, '.utf8$1'))}`;
}

/** Offsets count from 0, lines from 1. */
function at(bytes: Uint8Array, offset: number): string {
  let line = 1;
  for (let i = 0; i < offset; i += 1) if (bytes[i] === 0x0a) line += 1;
  return `at offset ${offset} (line ${line})`;
}

function utf16Kind(bytes: Uint8Array): 'UTF-32' | 'UTF-16LE' | 'UTF-16BE' | null {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) return 'UTF-32';
  if (a === 0xff && b === 0xfe) return 'UTF-16LE';
  if (a === 0xfe && b === 0xff) return 'UTF-16BE';
  // Without a mark: of Urdu and ASCII text every second byte is 06 or 00, which UTF-8 text never holds.
  const pairs = Math.floor(Math.min(bytes.length, SAMPLE) / 2);
  if (pairs < 4) return null;
  const high = [0, 0];
  const zero = [0, 0];
  for (let i = 0; i < pairs * 2; i += 1) {
    const byte = bytes[i];
    if (byte === 0x06 || byte === 0) high[i % 2] = (high[i % 2] ?? 0) + 1;
    if (byte === 0) zero[i % 2] = (zero[i % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = high;
  const [evenZero = 0, oddZero = 0] = zero;
  if (odd >= pairs * 0.8 && evenZero < pairs * 0.2) return 'UTF-16LE';
  if (even >= pairs * 0.8 && oddZero < pairs * 0.2) return 'UTF-16BE';
  return null;
}

/** Length of the well-formed UTF-8 sequence at `i` (Unicode 16, table 3-7), or 0. */
function sequenceAt(bytes: Uint8Array, i: number): number {
  const first = bytes[i] ?? 0;
  const follows = (n: number, low = 0x80, high = 0xbf): boolean => {
    const byte = bytes[i + n];
    return byte !== undefined && byte >= low && byte <= high;
  };
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    return follows(1, first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf) && follows(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    return follows(1, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

function firstBadByte(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const length = sequenceAt(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return bytes.length;
}

/** In Windows-1256 alef, lam and meem are C7, E1 and E3: almost every high byte is an Arabic letter, and hardly two of them look like UTF-8. */
function looksLikeWindows1256(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  let wellFormed = 0;
  for (let i = 0; i < sample.length; ) {
    const length = sequenceAt(sample, i);
    if (length > 1) wellFormed += length;
    i += Math.max(1, length);
  }
  const high = sample.filter((byte) => byte >= 0x80).length;
  // Mostly well-formed: UTF-8 with a few damaged bytes.
  if (high < sample.length * 0.3 || wellFormed > high * 0.3) return false;
  const letters = Array.from(new TextDecoder('windows-1256').decode(sample)).filter((letter) => letter > '\u007F');
  const arabic = letters.filter((letter) => /[\u0600-\u06FF]/.test(letter)).length;
  const commonest = letters.filter((letter) => 'المنوي'.includes(letter)).length;
  return arabic >= letters.length * 0.8 && commonest >= letters.length * 0.2;
}
