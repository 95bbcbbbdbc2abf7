import { Unreadable } from './unreadable.js';

/** UTF-8 that was read as Latin-1, Windows-1252 or Windows-1256 and saved again: "Ø¨Ø§Ø²Ø§Ø±" or "ط¨ط§ط²ط§ط±" for "بازار". What was done is undone. */

/** Letters that Windows-1252 has in place of the control characters of Latin-1. */
const WINDOWS_1252: ReadonlyMap<string, number> = new Map(
  [
    ...'\u20AC\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u017D\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u017E\u0178',
  ].map((letter, i) => [
    letter,
    (
      [
        0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
        0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
      ] as const
    )[i] ?? 0,
  ]),
);

/** What Latin-1 and Windows-1252 show for a byte that goes on a letter. */
const GOES_ON = '[\\u0080-\\u00BF\\u0152\\u0153\\u0160\\u0161\\u0178\\u017D\\u017E\\u0192\\u02C6\\u02DC\\u2013-\\u203A\\u20AC\\u2122]';
/** First bytes of Arabic letters in UTF-8 (D8 to DB) and what stands behind them; or, twice broken, those of Latin letters (C2, C3). Nobody writes so many in a row. */
const BROKEN = new RegExp(`(?:[\\u00D8-\\u00DB]${GOES_ON}\\s?){4}|(?:[\\u00C2\\u00C3]${GOES_ON}){6}`);

/** The byte for each letter of Windows-1256, which has one for every byte. */
const WINDOWS_1256: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 0x100 }, (_, byte) => [new TextDecoder('windows-1256').decode(Uint8Array.of(byte)), byte]),
);
const shownAs = (from: number, to: number): string =>
  [...WINDOWS_1256]
    .flatMap(([letter, byte]) => (byte >= from && byte <= to ? [`\\u{${letter.codePointAt(0)?.toString(16)}}`] : []))
    .join('');
/** The same in Windows-1256: tah, zah, ain and ghain, each before a sign or a letter of a few. No word of Urdu has four such pairs in a row. */
const BROKEN_1256 = new RegExp(`(?:[${shownAs(0xd8, 0xdb)}][${shownAs(0x80, 0xbf)}]\\s?){4}`, 'u');

const TABLES: readonly ReadonlyMap<string, number>[] = [
  new Map([...Array.from({ length: 0x100 }, (_, byte) => [String.fromCharCode(byte), byte] as const), ...WINDOWS_1252]),
  WINDOWS_1256,
];

/** By Latin-1 or Windows-1252, in a value of a record. A text without such a letter costs one look. */
export const isMisread = (text: string): boolean => /[\u00D8-\u00DB]/.test(text) && BROKEN.test(text);

export const isMojibake = (text: string): boolean => BROKEN.test(text) || BROKEN_1256.test(text);

/** Times that the mistake is looked for: some pages went through it twice. */
const ROUNDS = 3;

/** One such letter: in a text that is broken beyond doubt the short lines are broken too ("14 Ø¬Ù… 2023"). */
const BROKEN_LETTER = new RegExp(`[\\u00D8-\\u00DB]${GOES_ON}|[${shownAs(0xd8, 0xdb)}][${shownAs(0x80, 0xbf)}]`, 'u');

/** A line of a broken text made whole; a line that is in order comes back as it is. Throws where letters were lost on the way. */
function mendLine(line: string): string {
  let text = line;
  for (let round = 0; round < ROUNDS && (isMojibake(text) || BROKEN_LETTER.test(text)); round += 1) {
    const whole = undo(text);
    if (whole === undefined && isMojibake(text)) throw lost(text);
    text = whole ?? text;
  }
  return text;
}

export const mendText = (text: string): string => text.split('\n').map(mendLine).join('\n');

/** @returns undefined for what is no UTF-8 that was misread */
function undo(line: string): string | undefined {
  for (const table of TABLES) {
    const bytes = [...line].map((letter) => table.get(letter));
    if (bytes.some((byte) => byte === undefined)) continue;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes as number[]));
    } catch {
      // It was misread as something else, or not at all.
    }
  }
  return undefined;
}

const lost = (line: string): Unreadable =>
  new Unreadable(
    `is UTF-8 that was read as something else and saved again, and letters were lost on the way: "${line.slice(0, 40)}"`,
    'Fetch it again, and save it as UTF-8 without converting it.',
  );

/** The same for a text that comes in pieces; lines end with "\n" only, since the broken text holds other ends of lines that are letters. */
export async function* mendStream(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield `${lines.map(mendLine).join('\n')}\n`;
  }
  if (rest !== '') yield mendLine(rest);
}
