import { isUtf8 } from 'node:buffer';
import { Unreadable } from './unreadable.js';

/** The encodings in which Urdu comes, and how they are told apart. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'windows-1256' | 'iso-8859-6';

const NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  'utf-32le': 'UTF-32LE',
  'utf-32be': 'UTF-32BE',
  'windows-1256': 'Windows-1256',
  'iso-8859-6': 'ISO-8859-6',
};

export const nameOf = (encoding: Encoding): string => NAMES[encoding];

/** Bytes looked at to guess an encoding. */
export const SAMPLE = 64 * 1024;

/**
 * By its mark; else UTF-8 when the bytes are; else UTF-16 without a mark, Windows-1256 or ISO-8859-6, when the text that comes out reads like Arabic script.
 * @returns null for bytes that are no text in any of them: then `decode` names the byte that is wrong
 */
export function encodingOf(sample: Uint8Array): Encoding | null {
  const marked = markOf(sample);
  if (marked !== null) return marked;
  const unmarked = utf16Kind(sample);
  if (unmarked !== null) return unmarked;
  if (sample.includes(0)) return null;
  if (isUtf8(withoutCutTail(sample))) return 'utf-8';
  return oneByteKind(sample);
}

/** By its byte order mark; null where there is none. */
export function markOf(bytes: Uint8Array): Encoding | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  return null;
}

/** Without a mark: of Urdu and ASCII text every second byte is 06 or 00, which UTF-8 text never holds. */
function utf16Kind(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
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
  if (odd >= pairs * 0.8 && evenZero < pairs * 0.2) return 'utf-16le';
  if (even >= pairs * 0.8 && oddZero < pairs * 0.2) return 'utf-16be';
  return null;
}

/** A sample may end inside a letter. */
function withoutCutTail(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  for (let back = 1; back <= 3 && end - back >= 0; back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte >= 0xc2) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      if (needs > back && bytes.length >= SAMPLE) end -= back;
      break;
    }
    if (byte < 0x80) break;
  }
  return bytes.subarray(0, end);
}

/** The text of bytes as they come. Throws where they are not in that encoding. A byte order mark is no part of the text. */
export async function* decodeStream(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string, void, undefined> {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') {
    yield* decodeUtf32(chunks, encoding === 'utf-32le');
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  let before = 0;
  let lines = 1;
  for await (const chunk of chunks) {
    yield decodeOne(() => decoder.decode(chunk, { stream: true }), chunk);
    before += chunk.length;
    if (encoding === 'utf-8') for (let i = chunk.indexOf(10); i !== -1; i = chunk.indexOf(10, i + 1)) lines += 1;
  }
  yield decodeOne(() => decoder.decode(), new Uint8Array());

  function decodeOne(decode: () => string, chunk: Uint8Array): string {
    try {
      return decode();
    } catch {
      throw notInEncoding(chunk, encoding, before, lines);
    }
  }
}

function notInEncoding(chunk: Uint8Array, encoding: Encoding, before: number, lines: number): Unreadable {
  const bad = firstBadByte(chunk);
  let line = lines;
  for (let i = 0; i < Math.min(bad, chunk.length); i += 1) if (chunk[i] === 0x0a) line += 1;
  const where = `at offset ${before + bad} (line ${line})`;
  const byte = chunk[bad];
  const what = byte === undefined ? 'it is cut off' : `byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return new Unreadable(
    `is not ${nameOf(encoding)}: ${what} ${where}`,
    'Save it as UTF-8. When you know its encoding: iconv -f ENCODING -t UTF-8 OLD > NEW; to drop the damaged bytes: iconv -c -f UTF-8 -t UTF-8 OLD > NEW',
  );
}

async function* decodeUtf32(chunks: AsyncIterable<Uint8Array>, littleEndian: boolean): AsyncGenerator<string, void, undefined> {
  let rest = new Uint8Array();
  let isFirst = true;
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    const whole = bytes.length - (bytes.length % 4);
    const view = new DataView(bytes.buffer, 0, whole);
    let text = '';
    for (let i = 0; i < whole; i += 4) {
      const code = view.getUint32(i, littleEndian);
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        throw new Unreadable(`is not UTF-32: it holds ${code.toString(16)}`, 'Save it as UTF-8.');
      text += String.fromCodePoint(code);
    }
    yield isFirst ? text.replace(/^\uFEFF/, '') : text;
    isFirst = false;
    rest = bytes.slice(whole);
  }
  if (rest.length > 0) throw new Unreadable('is not UTF-32: it is cut off', 'Fetch it again.');
}

/** Why bytes are no text, in words. */
export function noText(sample: Uint8Array): Unreadable {
  const nul = sample.indexOf(0);
  if (nul !== -1) {
    let line = 1;
    for (let i = 0; i < nul; i += 1) if (sample[i] === 0x0a) line += 1;
    return new Unreadable(
      `holds a NUL byte at offset ${nul} (line ${line}), so it is no text file`,
      'Give the text of the article as a UTF-8 file.',
    );
  }
  return notInEncoding(sample, 'utf-8', 0, 1);
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

/**
 * In both alef, lam and meem are C7, E1 and E3, and almost every high byte is an Arabic letter. Windows-1256 has yeh at ED and letters of Urdu and Persian at 81, 8D, 90, 98;
 * ISO-8859-6 has yeh at EA, kaf at E3+1 and nothing below A0: the one whose text has more of the commonest letters, and no unassigned byte, is it.
 */
function oneByteKind(bytes: Uint8Array): 'windows-1256' | 'iso-8859-6' | null {
  const sample = bytes.subarray(0, SAMPLE);
  let wellFormed = 0;
  for (let i = 0; i < sample.length; ) {
    const length = sequenceAt(sample, i);
    if (length > 1) wellFormed += length;
    i += Math.max(1, length);
  }
  const high = sample.filter((byte) => byte >= 0x80).length;
  // Text has hardly any control characters but blanks and ends of lines.
  const controls = sample.filter((byte) => byte < 9 || (byte > 13 && byte < 0x1b)).length;
  if (controls > sample.length * 0.01) return null;
  const latin = sample.filter((byte) => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a).length;
  // Times of subtitles, blanks and signs say nothing of the language.
  if (high < (high + latin) * 0.3) return null;
  // Mostly well-formed: UTF-8 with a few damaged bytes. Letters of Windows-1256 are by chance ("اں" is C7 9F): up to a third of a short text.
  if (wellFormed > high * 0.5) return null;
  const windows = likeness(sample, 'windows-1256');
  const iso = sample.some((byte) => byte >= 0x80 && byte < 0xa0) ? 0 : likeness(sample, 'iso-8859-6');
  if (Math.max(windows, iso) < LEAST_LIKENESS) return null;
  return iso > windows ? 'iso-8859-6' : 'windows-1256';
}

/** Of the letters of an Urdu or Arabic text every fourth or so is one of these. */
const COMMONEST = new Set('المنويیرکكےہهں');
const LEAST_LIKENESS = 0.3;

/** Part of the letters beyond ASCII that are commonest; 0 where many are not Arabic letters at all. */
function likeness(sample: Uint8Array, encoding: string): number {
  const letters = Array.from(new TextDecoder(encoding).decode(sample)).filter((letter) => letter > '\u007F');
  const arabic = letters.filter((letter) => /[\u0600-\u06FF]/.test(letter)).length;
  if (arabic < letters.length * 0.8) return 0;
  return letters.filter((letter) => COMMONEST.has(letter)).length / letters.length;
}
