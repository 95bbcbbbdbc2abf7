/** Numbers as Urdu readers expect them: the digits ۰ to ۹, and words where a number is one. */

/** EXTENDED ARABIC-INDIC DIGIT ZERO; the other nine follow it. */
const URDU_ZERO = 0x06f0;
/** ARABIC-INDIC DIGIT ZERO, from Arabic keyboards. */
const ARABIC_ZERO = 0x0660;
/** ARABIC THOUSANDS SEPARATOR */
const THOUSANDS = '\u066C';

/** Meilisearch counts no further than its `maxTotalHits`, which is 1000 unless the operator changed it. */
export const COUNTED_UP_TO = 1000;

/** Replaces the digits 0 to 9 and leaves the rest of the text as it is. */
export const urduDigits = (text: string): string => text.replace(/[0-9]/g, (digit) => String.fromCodePoint(URDU_ZERO + Number(digit)));

/** The way back: digits of any of the three kinds become 0 to 9. For what people type into a field. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u06F0-\u06F9\u0660-\u0669]/g, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    return String(code - (code >= URDU_ZERO ? URDU_ZERO : ARABIC_ZERO));
  });

export const urduNumber = (value: number): string => urduDigits(String(Math.trunc(value)).replace(/\B(?=(?:\d{3})+$)/g, THOUSANDS));

/** What the status line says, also to a screen reader. */
export function countOfResults(total: number, milliseconds: number): string {
  if (total <= 0) return 'کوئی نتیجہ نہیں ملا';
  const count = total === 1 ? 'ایک نتیجہ' : total >= COUNTED_UP_TO ? `${urduNumber(total)} یا زیادہ نتائج` : `${urduNumber(total)} نتائج`;
  return `${count}، ${urduNumber(Math.max(1, milliseconds))} ملی سیکنڈ میں`;
}
