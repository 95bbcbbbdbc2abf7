/**
 * The letters by name and code point. Nothing invisible and no look-alike is ever written literally in this package:
 * ARABIC YEH and FARSI YEH look the same in most fonts, and telling them apart is half of our work.
 */

export const ZWNJ = '\u200C'; //             zero width non-joiner: people type it where others type a space
export const ZWJ = '\u200D'; //              zero width joiner: changes shapes, never a word
export const TATWEEL = '\u0640'; //          stretches a letter, never a word
export const HAMZA_ABOVE = '\u0654'; //      combining; NFC joins it to U+06D2 and U+06C1 but not to U+06CC
export const MADDAH_ABOVE = '\u0653'; //     combining; alef + this is U+0622
export const DAGGER_ALEF = '\u0670'; //      small alef above: rahman, and over the yeh of aala
export const HIGH_HAMZA = '\u0674'; //       Kazakh; converters of InPage files write it for HAMZA_ABOVE

export const HAMZA = '\u0621'; //            ء
export const ALEF_MADDA = '\u0622'; //       آ
export const ALEF_HAMZA = '\u0623'; //       أ
export const WAW_HAMZA = '\u0624'; //        ؤ
export const YEH_HAMZA = '\u0626'; //        ئ
export const ALEF = '\u0627'; //             ا
export const TEH = '\u062A'; //              ت
export const NOON = '\u0646'; //             ن
export const SEEN = '\u0633'; //             س
export const MEEM = '\u0645'; //             م
export const WAW = '\u0648'; //              و
export const LAM = '\u0644'; //              ل
export const THAL = '\u0630'; //             ذ
export const TTEH = '\u0679'; //             ٹ
export const PEH = '\u067E'; //              پ
export const DDAL = '\u0688'; //             ڈ
export const RREH = '\u0691'; //             ڑ
export const KEHEH = '\u06A9'; //            ک   the Urdu letter; an Arabic keyboard types U+0643
export const GAF = '\u06AF'; //              گ
export const NOON_GHUNNA = '\u06BA'; //      ں   only ever the last letter of a word
export const HEH_DOACHASHMEE = '\u06BE'; //  ھ   aspirates the letter before it
export const HEH_GOAL = '\u06C1'; //         ہ   the Urdu letter h; an Arabic keyboard types U+0647
export const TEH_MARBUTA_GOAL = '\u06C3'; // ۃ
export const FARSI_YEH = '\u06CC'; //        ی   the Urdu letter; an Arabic keyboard types U+064A or U+0649
export const YEH_BARREE = '\u06D2'; //       ے   only ever the last letter of a word
export const YEH_BARREE_HAMZA = '\u06D3'; // ۓ

export const FULL_STOP = '\u06D4'; //        ۔
export const QUESTION_MARK = '\u061F'; //    ؟
export const ALLAH = '\uFDF2'; //            ﷲ   one character, one word; fonts differ on whether it shows an alef
export const SALLALLAHOU = '\uFDFA'; //      ﷺ   one character, one grapheme, four words
export const SALLALLAHOU_WA_AALIHI = '\uFD4C'; //  the same with وآلہ, from Unicode 14
export const JALLAJALALOUHOU = '\uFDFB'; //  ﷻ
export const BISMILLAH = '\uFDFD'; //        ﷽

/**
 * The 40 letters a term of type `word` is made of: those that Meilisearch's tokenizer leaves exactly as they are
 * (measured on 200,000 random words). آ أ ؤ ئ ۂ ۓ are not among them: it would decompose those, ئ even to the Arabic yeh.
 */
export const TERM_LETTERS = 'اءبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھۃیے';

/** Letters that ھ can aspirate. After any other letter ھ is only another way to write ہ: انھوں is انہوں, but کھا is not کہا. */
export const ASPIRABLE = 'بپتٹجچدڈرڑکگ';

/** `ك` → `U+0643`: for messages, where look-alikes must be told apart. */
export const codePoints = (text: string): string =>
  Array.from(text, (c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
