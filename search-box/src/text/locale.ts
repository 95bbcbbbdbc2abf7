/** The interface's language and numerals, and how numbers and dates are written in them. */
import type { Language, Numerals } from '../model/config.js';
import { readDay } from './dates.js';
import { latinNumber, urduDigits, urduNumber } from './numbers.js';
import { STRINGS, type Strings } from './strings.js';

export interface Locale {
  readonly language: Language;
  readonly t: Strings;
  readonly dir: 'rtl' | 'ltr';
  readonly number: (value: number) => string;
  /** A year, which is not grouped. */
  readonly year: (value: number) => string;
  /** `undefined` for what is no date. */
  readonly date: (value: unknown) => string | undefined;
}

/** English is written with its own numerals only; Urdu with either. */
export function createLocale(language: Language, numerals: Numerals): Locale {
  const t = STRINGS[language];
  const isUrdu = language === 'ur' && numerals === 'urdu';
  const digits = isUrdu ? urduDigits : (text: string): string => text;
  return {
    language,
    t,
    dir: language === 'ur' ? 'rtl' : 'ltr',
    number: isUrdu ? urduNumber : latinNumber,
    year: (value) => digits(String(value)),
    date: (value) => {
      const day = readDay(value);
      if (day === undefined) return undefined;
      return digits(`${day.day} ${t.months[day.month - 1]} ${day.year}${language === 'ur' ? 'ء' : ''}`);
    },
  };
}
