/**
 * The two usual Urdu keyboards, by the keys of a Latin one. Phonetic: letters where they sound alike (the common "Phonetic" of Pakistan).
 * Standard: the national layout, as systems call it "Urdu".
 */

export const LAYOUTS = ['phonetic', 'standard'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

/** What a key writes, alone and with Shift. */
export type Key = readonly [latin: string, plain: string, shifted: string];

/** ARABIC FATHA, KASRA, DAMMA, SHADDA, SUKUN, letter superscript alef, fathatan, hamza above, by name, since marks cannot be read alone. */
const ZABAR = '\u064E';
const ZER = '\u0650';
const PESH = '\u064F';
const TASHDID = '\u0651';
const JAZM = '\u0652';
const KHARI_ZABAR = '\u0670';
const DO_ZABAR = '\u064B';
const HAMZA_ABOVE = '\u0654';
const TATWEEL = '\u0640';

const PHONETIC: readonly (readonly Key[])[] = [
  [
    ['q', 'ق', JAZM],
    ['w', 'و', TASHDID],
    ['e', 'ع', KHARI_ZABAR],
    ['r', 'ر', 'ڑ'],
    ['t', 'ت', 'ٹ'],
    ['y', 'ے', ZABAR],
    ['u', 'ئ', 'ء'],
    ['i', 'ی', ZER],
    ['o', 'ہ', 'ۃ'],
    ['p', 'پ', PESH],
  ],
  [
    ['a', 'ا', 'آ'],
    ['s', 'س', 'ص'],
    ['d', 'د', 'ڈ'],
    ['f', 'ف', TATWEEL],
    ['g', 'گ', 'غ'],
    ['h', 'ح', 'ھ'],
    ['j', 'ج', 'ض'],
    ['k', 'ک', 'خ'],
    ['l', 'ل', HAMZA_ABOVE],
  ],
  [
    ['z', 'ز', 'ذ'],
    ['x', 'ش', 'ژ'],
    ['c', 'چ', 'ث'],
    ['v', 'ط', 'ظ'],
    ['b', 'ب', DO_ZABAR],
    ['n', 'ن', 'ں'],
    ['m', 'م', 'ۓ'],
    [',', '،', 'ؤ'],
    ['.', '۔', 'ۂ'],
  ],
];

const STANDARD: readonly (readonly Key[])[] = [
  [
    ['q', 'ط', 'ظ'],
    ['w', 'ص', 'ض'],
    ['e', 'ھ', 'ذ'],
    ['r', 'د', 'ڈ'],
    ['t', 'ٹ', 'ث'],
    ['y', 'پ', TASHDID],
    ['u', 'ت', 'ۃ'],
    ['i', 'ب', TATWEEL],
    ['o', 'ج', 'چ'],
    ['p', 'ح', 'خ'],
  ],
  [
    ['a', 'م', 'ژ'],
    ['s', 'و', 'ز'],
    ['d', 'ر', 'ڑ'],
    ['f', 'ن', 'ں'],
    ['g', 'ل', 'ۂ'],
    ['h', 'ہ', 'ء'],
    ['j', 'ا', 'آ'],
    ['k', 'ک', 'گ'],
    ['l', 'ی', 'ئ'],
  ],
  [
    ['z', 'ق', ZER],
    ['x', 'ف', ZABAR],
    ['c', 'ے', 'ۓ'],
    ['v', 'س', PESH],
    ['b', 'ش', 'ؤ'],
    ['n', 'غ', HAMZA_ABOVE],
    ['m', 'ع', KHARI_ZABAR],
    [',', '،', DO_ZABAR],
    ['.', '۔', JAZM],
  ],
];

export const KEYS: Readonly<Record<LayoutName, readonly (readonly Key[])[]>> = { phonetic: PHONETIC, standard: STANDARD };

/** What a typed Latin letter stands for; a capital is a letter with Shift. `undefined`: itself. */
export function urduFor(typed: string, layout: LayoutName): string | undefined {
  const lower = typed.toLowerCase();
  const key = KEYS[layout].flat().find(([latin]) => latin === lower);
  return typed === lower ? key?.[1] : key?.[2];
}
