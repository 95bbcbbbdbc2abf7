/**
 * Which of the languages written in Arabic script a document is in. Urdu shares most of its letters with Arabic and Persian, so letters that only one has count, and
 * the small words of each. Text in Arabic or Persian is left to Meilisearch, which has its own treatment for it; a document that may be either is Urdu unless its
 * index is told otherwise.
 */

/** As Meilisearch names them. Undefined: it cannot be told, or the text is in another script. */
export type Language = 'urd' | 'ara' | 'pes' | undefined;

/** Tteh, ddal, rreh, noon ghunna, yeh barree (with hamza), heh goal (with hamza), teh marbuta goal, heh doachashmee, and the full stop. */
const ONLY_URDU = /[\u0679\u0688\u0691\u06BA\u06D2\u06D3\u06C1\u06C2\u06C3\u06BE\u06D4]/;
/** Keheh, Farsi yeh, gaf, tcheh, peh, jeh: Urdu or Persian. */
const NOT_ARABIC = /[\u06A9\u06CC\u06AF\u0686\u067E\u0698]/;
/** Teh marbuta, alef with hamza above or below, alef maksura: Urdu writes them in few words. */
const ARABIC = /[\u0629\u0623\u0625\u0649]/;
/** Arabic yeh and kaf: Arabic, or anything typed on an Arabic keyboard. */
const ARABIC_KEYS = /[\u064A\u0643]/;
const ARTICLE = /^[\u0648\u0628\u0641\u0643\u0644]?\u0627\u0644..../;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** Compared with yeh, kaf and heh as Urdu types them. */
const URDU_WORDS = words('کا کی کے کو میں سے نے اور پر ہے ہیں یہ وہ بھی نہیں تھا تھی تھے ہو گیا گئی ایک اس ان جو کر تو ہی کہا نی');
const ARABIC_WORDS = words('في من على إلى عن مع هذا هذه ذلك التي الذي الذين كان كانت قد أن إن لم لن هو هي بين بعد قبل عند');
const PERSIAN_WORDS = words('که از به را این است در با برای آن شد شده کرد می نمی بود باشد هم یا تا خود های ها کند شود');

const asUrdu = (word: string): string =>
  word
    .replace(/\u064A/g, '\u06CC')
    .replace(/\u0643/g, '\u06A9')
    .replace(/\u0647/g, '\u06C1');
const isPersianWord = (word: string): boolean => PERSIAN_WORDS.has(word.replace(/\u064A/g, '\u06CC').replace(/\u0643/g, '\u06A9'));

/** Runs of Arabic script, without marks. */
const WORD = /[\u0600-\u06FF\u0750-\u077F\u0870-\u08FF\uFB50-\uFDFF\uFE70-\uFEFC]+/g;
const MARKS = /[\u064B-\u065F\u0670\u0640]/g;
/** Alef wasla, dagger alef, and signs of recitation. */
const QURANIC = /[\u0670\u0671\u06D6-\u06ED]/;
/** Where so great a share of the words has one, it is the Quran, which all three languages quote in its own spelling: such a text tells nothing. */
const QURANIC_SHARE = 0.25;

function isQuran(text: string): boolean {
  const words = text.trim().split(/\s+/, MOST_WORDS);
  return !ONLY_URDU.test(text) && QURANIC.test(text) && words.filter((word) => QURANIC.test(word)).length >= words.length * QURANIC_SHARE;
}

/** So many words tell enough, and as many without a letter of Urdu alone are hardly Urdu. */
const MOST_WORDS = 400;
const TELLING_WORDS = 12;

/** The language of texts that belong together. */
export function languageOf(texts: readonly string[]): Language {
  const votes = { urd: 0, ara: 0, pes: 0 };
  let notArabic = 0;
  let count = 0;
  for (const word of wordsOf(texts)) {
    count += 1;
    if (ONLY_URDU.test(word)) votes.urd += 2;
    if (URDU_WORDS.has(asUrdu(word))) votes.urd += 1;
    if (isPersianWord(word)) votes.pes += 1;
    if (NOT_ARABIC.test(word)) notArabic += 1;
    else if (ARABIC_WORDS.has(word) || ARABIC.test(word) || ARTICLE.test(word)) votes.ara += 2;
    else if (ARABIC_KEYS.test(word) && !URDU_WORDS.has(asUrdu(word))) votes.ara += 1;
  }
  // Typed on an Arabic keyboard, Urdu has yeh and kaf of Arabic in many words, but few of its small words or letters.
  if (votes.urd > 0 && votes.urd >= Math.max(votes.ara, votes.pes)) return 'urd';
  // Of a few words one with the article (الاؤنس, الرحمن) tells no more than one in letters that Arabic lacks.
  const against = count < TELLING_WORDS ? 2 * notArabic : notArabic;
  if (votes.ara > against && votes.ara > votes.pes) return 'ara';
  if (notArabic > 0 && (votes.pes > votes.urd || (votes.urd === 0 && count >= TELLING_WORDS))) return 'pes';
  return votes.urd > 0 ? 'urd' : undefined;
}

function* wordsOf(texts: readonly string[]): Generator<string> {
  let left = MOST_WORDS;
  for (const text of texts.filter((one) => !isQuran(one)))
    for (const [word] of text.replace(MARKS, '').matchAll(WORD)) {
      if (left === 0) return;
      left -= 1;
      yield word.normalize('NFKC');
    }
}

/** Letters that an Urdu keyboard types for those of Arabic. */
const ARABIC_FOR: Readonly<Record<string, string>> = {
  '\u06A9': '\u0643',
  '\u06CC': '\u064A',
  '\u06D0': '\u064A',
  '\u06D2': '\u064A',
  '\u06C1': '\u0647',
  '\u06BE': '\u0647',
  '\u06D5': '\u0647',
  '\u06C3': '\u0629',
};

/** A query from an Urdu keyboard, in the letters of Arabic text. */
export const inArabicLetters = (text: string): string =>
  text.replace(/[\u06A9\u06CC\u06D0\u06D2\u06C1\u06BE\u06D5\u06C3]/g, (letter) => ARABIC_FOR[letter] ?? letter);

/** Whether an Urdu keyboard typed it rather than an Arabic one. */
export const hasUrduLetters = (text: string): boolean => ONLY_URDU.test(text) || NOT_ARABIC.test(text) || inArabicLetters(text) !== text;
