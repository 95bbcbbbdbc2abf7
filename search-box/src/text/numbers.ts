/** Digits as Urdu and English write them. */

/** EXTENDED ARABIC-INDIC DIGIT ZERO; the other nine follow it. */
const URDU_ZERO = 0x06f0;
/** ARABIC-INDIC DIGIT ZERO, from Arabic keyboards. */
const ARABIC_ZERO = 0x0660;
/** ARABIC THOUSANDS SEPARATOR */
const THOUSANDS = '\u066C';

/** Replaces the digits 0 to 9 and leaves the rest of the text as it is. */
export const urduDigits = (text: string): string => text.replace(/[0-9]/g, (digit) => String.fromCodePoint(URDU_ZERO + Number(digit)));

/** The way back: digits of any of the three kinds become 0 to 9. For what people type into a field. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u06F0-\u06F9\u0660-\u0669]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    return String(code - (code >= URDU_ZERO ? URDU_ZERO : ARABIC_ZERO));
  });

const grouped = (value: number, separator: string): string => String(Math.trunc(value)).replace(/\B(?=(?:\d{3})+$)/g, separator);

export const urduNumber = (value: number): string => urduDigits(grouped(value, THOUSANDS));

export const latinNumber = (value: number): string => grouped(value, ',');
