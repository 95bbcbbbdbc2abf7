/**
 * Numbers, as they are written: 2024, ۲۰۲۴, 1,000, ۱،۰۰۰, 1,00,000, 3.14, ۳٫۱۴, 3۔5.
 *
 * The term of a whole number is its digits: ۱،۰۰۰ = 1,000 = 1000. The term of a decimal is written with `d` for the point: 3.14 → `3d14`.
 * Why not `3.14`: Meilisearch would cut it into 3 and 14, and 14 would find it. Why not `314`: that is another number.
 * The fractions that have a sign are one term too, with `b` for the bar: ½ and 1/2 are `1b2`. Not 5/12, which may be a date, a page or a score.
 */
import { digitValue } from './classes.js';

/** A number found in a text: one past its last code unit, and its term. */
export interface FoundNumber {
  end: number;
  term: string;
}

const isDigitAt = (text: string, at: number): boolean => at < text.length && digitValue(text.charCodeAt(at)) >= 0;

/** `,` and `،` (which also separate words) and the Arabic thousands separator. */
const isGroupSeparator = (unit: number): boolean => unit === 0x2c || unit === 0x060c || unit === 0x066c;
const FULL_STOP = 0x06d4;

const SLASH = 0x2f;
const FRACTION_SLASH = 0x2044;
/** `½` → `1b2`, `⅔` → `2b3`: all vulgar fractions of Unicode but 0/3 and the lone numerator. */
const VULGAR = new Map(
  Array.from('\u00BC\u00BD\u00BE\u2150\u2151\u2152\u2153\u2154\u2155\u2156\u2157\u2158\u2159\u215A\u215B\u215C\u215D\u215E', (sign) => [
    sign,
    sign.normalize('NFKC').replace('\u2044', 'b'),
  ]),
);
const FRACTIONS = new Set(VULGAR.values());

/** The term of a fraction of one character, or undefined. */
export const vulgarFraction = (character: string): string | undefined => VULGAR.get(character);

const found: FoundNumber = { end: 0, term: '' };

/** The number that starts at `start`, where a digit stands. The result object is reused. */
export function readNumber(text: string, start: number): FoundNumber {
  let end = digitsEnd(text, start);
  let term = digits(text, start, end);
  if (end - start <= 3 && end < text.length && isGroupSeparator(text.charCodeAt(end))) {
    const grouped = groupsEnd(text, end);
    if (grouped > end) {
      term = digits(text, start, grouped);
      end = grouped;
    }
  }
  const point = text.charCodeAt(end);
  if (end - start <= 2 && readFraction(text, start, end)) return found;
  if ((point === 0x2e || point === 0x066b || (point === FULL_STOP && end - start <= 3)) && isDigitAt(text, end + 1)) {
    const fractionEnd = digitsEnd(text, end + 1);
    // 14.8.1947 is a date and 1.2.3 a version, not decimals. ۔ after four digits is a dash: 2010۔11 is a financial year.
    const next = text.charCodeAt(fractionEnd);
    if (!((next === 0x2e || next === FULL_STOP) && isDigitAt(text, fractionEnd + 1)) && !isPartOfDots(text, start)) {
      term += `d${digits(text, end + 1, fractionEnd)}`;
      end = fractionEnd;
    }
  }
  // A decimal's own term: analysing terms again must give the same terms.
  if (point === 0x64 && isDigitAt(text, end + 1)) {
    const fractionEnd = digitsEnd(text, end + 1);
    if (!/[a-zA-Z]/.test(text[fractionEnd] ?? '')) {
      term += `d${digits(text, end + 1, fractionEnd)}`;
      end = fractionEnd;
    }
  }
  found.end = end;
  found.term = term;
  return found;
}

/** Reads `1/2` (and `1b2`, a fraction's own term) where nothing stands beside it that would make it a date: 1/2/2024, 11/2. */
function readFraction(text: string, start: number, end: number): boolean {
  const bar = text.charCodeAt(end);
  const isOwnTerm = bar === 0x62;
  if (!(bar === SLASH || bar === FRACTION_SLASH || isOwnTerm) || !isDigitAt(text, end + 1)) return false;
  const after = digitsEnd(text, end + 1);
  if (after - end > 3) return false;
  const term = `${digits(text, start, end)}b${digits(text, end + 1, after)}`;
  const next = text[after] ?? '';
  const isPartOfMore =
    isBar(text.charCodeAt(after)) || (start > 0 && isBar(text.charCodeAt(start - 1))) || (isOwnTerm && /[a-zA-Z]/.test(next));
  if (!FRACTIONS.has(term) || isPartOfMore) return false;
  found.end = after;
  found.term = term;
  return true;
}

const isBar = (unit: number): boolean => unit === SLASH || unit === FRACTION_SLASH || unit === 0x2d;

/** True for the 8.1947 of 14.8.1947: a dot and a digit stand before it. */
function isPartOfDots(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1);
  return start >= 2 && (before === 0x2e || before === FULL_STOP) && isDigitAt(text, start - 2);
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigitAt(text, end)) end = isVowelMarkAt(text, end + 1) ? afterMarks(text, end + 1) : end + 1;
  return end;
}

/** Past vowel marks that stand between two digits, as on a word where every letter was given one: 2\u064E0 is 20. Marks that end a number are not part of it. */
function afterMarks(text: string, start: number): number {
  let end = start;
  while (isVowelMarkAt(text, end)) end += 1;
  return isDigitAt(text, end) ? end : start;
}

/** Tanwin to sukun and their kin, and the dagger alef. Not the enclosing keycap: \u0031\u20E3\u0032\u20E3 are two numbers. */
function isVowelMarkAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit >= 0x064b && unit <= 0x065f) || unit === 0x0670;
}

/** Groups of three, or of two and a last of three as South Asia counts (1,00,000). Otherwise 1,2,3 would be one number. */
function groupsEnd(text: string, start: number): number {
  let at = start;
  let last = start;
  while (at < text.length && isGroupSeparator(text.charCodeAt(at))) {
    const end = digitsEnd(text, at + 1);
    const length = end - at - 1;
    if (length !== 2 && length !== 3) return start;
    at = end;
    if (length === 3) last = end;
    else last = start;
  }
  return last === at ? last : start;
}

function digits(text: string, start: number, end: number): string {
  let term = '';
  for (let i = start; i < end; i += 1) {
    const value = digitValue(text.charCodeAt(i));
    if (value >= 0) term += String(value);
  }
  return term;
}
