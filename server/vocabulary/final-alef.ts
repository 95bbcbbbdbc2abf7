/**
 * Words whose last letter is a yeh that is said as alef (اعلیٰ, موسیٰ): in Roman letters they end in a, never in i. ali is علی, not اعلیٰ.
 * Source: written by the Justuju authors from the language; without the small alef, as terms are.
 */
const WORDS = `
  اعلی ادنی اولی اقصی عیسی موسی یحیی مصطفی مرتضی مجتبی لیلی سلمی کبری صغری وسطی عظمی حسنی بشری تقوی فتوی دعوی معلی مستثنی مولی ہدی طوبی عقبی کسری نصاری شوری مبتلی مصفی منتہی
  الہدی الاعلی الاقصی الکبری المصطفی المرتضی العظمی الوسطی`;

const SAID_WITH_A: ReadonlySet<string> = new Set(WORDS.trim().split(/\s+/));

const ALEF = '\u0627';

/** Such a word as it is said, with an alef at its end; undefined for all others. */
export const saidWithAlef = (term: string): string | undefined => (SAID_WITH_A.has(term) ? term.slice(0, -1) + ALEF : undefined);

/** Whether a Roman spelling ends as no such word does. */
export const endsOtherwise = (word: string, term: string): boolean => SAID_WITH_A.has(term) && /(?:i|ee|y)$/i.test(word);
