import { fold, pattern } from './fold.js';

/** Sections of news sites, as menus and trailers name them. */

/** They say where a report stood on a page, not what it is about. */
const PAGES = 'صفحہ اول|سرورق|ہوم|ہوم پیج|home|articles|اہم خبریں|تازہ ترین|تازہ خبریں|بریکنگ نیوز|top stories|latest';
const TOPICS =
  'قومی|بین الاقوامی|عالمی|دنیا|پاکستان|بھارت|ہندوستان|کشمیر|کھیل|کھیلوں کی دنیا|تجارت|کاروبار|معیشت|بزنس|تفریح|شوبز|سائنس|سائنس و ٹیکنالوجی|ٹیکنالوجی|صحت|تعلیم|علاقائی|صوبائی|جرم و انصاف|جرائم|سیاست|عدالت|موسم|مذہب|اسلام|زراعت|سیاحت|ثقافت|ادب|ادب و ثقافت|خواتین|معاشرہ|سماج|بچے|رائے|کالم|بلاگ|بلاگز|اداریہ|انٹرویو|دلچسپ و عجیب|مقامی خبریں|national|world|sports|business|entertainment|health|science|technology|education|opinion';
export const SECTIONS = `(?:${PAGES}|${TOPICS})`;

const TRAILER = pattern(`^مزید\\s*:\\s*(${SECTIONS}(?:\\s*[-–—/|>»›،,]+\\s*(?:${SECTIONS})?)*)$`);
const TOPIC = pattern(`^(?:${TOPICS})$`);

const PAGE = pattern(`^(?:${PAGES})$`);

/** A page of a site by itself: "صفحہ اول". */
export const isPage = (folded: string): boolean => PAGE.test(folded);

/** A section by itself: "پاکستان". It may be a title as well. */
export const isSection = (folded: string): boolean => TOPIC.test(folded);

/**
 * The topic that a trailer names ("مزید : اہم خبریں -کھیل -"), as it stands there; undefined where it is no trailer or names a page only. The last is the narrowest.
 */
export function sectionOf(text: string): string | undefined {
  if (text.length > 120 || !TRAILER.test(fold(text))) return undefined;
  return text
    .replace(/^[^:：]*[:：]/u, '')
    .split(/\s*[-–—/|>»›،,]+\s*/u)
    .map((name) => name.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, ''))
    .filter((name) => TOPIC.test(fold(name)))
    .at(-1);
}
