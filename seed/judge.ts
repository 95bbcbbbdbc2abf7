import { fold, foldedSet, pattern } from './fold.js';
import { type Line, wordsOf } from './lines.js';
import { knownPlace } from './places.js';

/** What a line reads like: a sentence, prose, a headline, a dateline. Every number here was set by reading crawled pages, not measured. */

/** Forms that only a sentence has. Left out on purpose: کی, دی, کیا, گئی and other forms that names and tags contain too. */
export const FINITE_VERBS = foldedSet(
  'ہے,ہیں,ہوں,تھا,تھی,تھے,تھیں,گا,گی,گے,ہوگا,ہوگی,ہونگے,ہوگئے,چاہیے,چاہیئے,چاہئے,سکتا,سکتی,سکتے,رہا,رہی,رہے,نہیں,کہا,بتایا',
);

/** Small words that tie a sentence together; a bare list of names has none. */
export const TYING_WORDS = foldedSet('نے,کو,سے,میں,پر,کا,کی,کے,اور,کہ,جو,تو,بھی,تک,لیے,لئے,کر,ہی');

const SENTENCE_END = /[۔.؟?!]["'’”»)\]]*$/u;
const CUT_OFF = /(?:\.{2,}|۔{2,})["'’”»)\]]*$/u;

/** Ends in "..." (an ellipsis, as the fold leaves it) or "۔۔". */
export const isCutOff = (folded: string): boolean => CUT_OFF.test(folded);

export const endsSentence = (folded: string): boolean => SENTENCE_END.test(folded) && !CUT_OFF.test(folded);

/** Closed by a full stop, as headlines are not; questions and exclamations may be headlines. */
const isClosed = (folded: string): boolean => /[۔.]["'’”»)\]]*$/u.test(folded) && !CUT_OFF.test(folded);

const PROSE_WORDS = 40;

/** A paragraph of a report: a closed sentence, or too long for anything else. */
export function isProse(line: Line): boolean {
  if (line.folded.length > 1_000) return true;
  const words = line.words.length;
  return words >= PROSE_WORDS || (words >= 4 && isClosed(line.folded)) || (words >= 12 && /[؟?!]["'’”»)\]]*$/u.test(line.folded));
}

/** Front pages put three headlines into one. */
const LONGEST_HEADLINE = { words: 60, characters: 400 } as const;
/** A line of more words is a headline only when it stands alone. */
const LONG_HEADLINE = 40;

/**
 * @param aloneOnTop a blank or a metadata line follows: then even a full stop at the end does not make it a paragraph
 */
export function isHeadline(line: Line, aloneOnTop: boolean): boolean {
  if (line.text.length > LONGEST_HEADLINE.characters) return false;
  const words = line.words.length;
  if (words === 0 || words > LONGEST_HEADLINE.words) return false;
  const dateline = datelineOf(line.text);
  if (dateline !== null && (dateline.byReporter || words > 25 || isClosed(line.folded))) return false;
  const fullStops = line.folded.match(/۔/gu)?.length ?? 0;
  if (isClosed(line.folded)) return aloneOnTop && words <= 25 && fullStops <= 1;
  return fullStops === 0 ? words <= LONG_HEADLINE || aloneOnTop : words <= 25;
}

/** How a report begins: "اسلام آباد: ...", "لاہور (سٹاف رپورٹر) ..." or "ڈھاکہ۔ 4 دسمبر (اے پی پی) ...". */
export interface Dateline {
  /** As usually written, when it is a place we know; else as the author wrote it. */
  readonly place: string;
  /** UTF-16 units of the line that it takes, with the space behind it. */
  readonly length: number;
  /** A reporter, desk or agency is named in parentheses: sure. Else it is a known place and a colon or dash. */
  readonly byReporter: boolean;
}

const BEFORE_PARENTHESIS =
  /^\s*([\p{L}\p{M}\p{Cf}\s،,/]{2,50}?)(?:[\s\p{Cf}۔،.]*(?:یکم|\p{Nd}{1,2})\s+\p{L}+)?\s*[(（]([^()（）]{2,120})[)）][\p{Cf}\s]*(?:[:：۔–—-][\p{Cf}\s]*)?/u;
const BEFORE_COLON = /^\s*([\p{L}\p{M}\p{Cf}\s،,/]{2,50}?)[\p{Cf}\s]*(?:[:：]|\s[-–]+\s|[—])[\p{Cf}\s]*(?=\S)/u;

const REPORTER = pattern(
  '(?<!\\p{L})(?:رپورٹر|رپورٹرز|نامہ نگار|نمائندہ|نمائندگان|نمائندے|ڈیسک|نیوز|ایجنسی|ایجنسیاں|ایجنسیز|بیورو|مانیٹرنگ|خبر نگار|خبرنگار|وقائع نگار|اے پی پی|این این آئی|آئی این پی|آن لائن|' +
    'ڈاٹ کام|اے ایف پی|رائٹرز|اے پی|یو این آئی|پی ٹی آئی|خصوصی|ڈیسک رپورٹ|رپورٹ|app|afp|ap|nni|inp|reuters|desk|reporter|correspondent|agencies)(?!\\p{L})',
);

export function datelineOf(text: string): Dateline | null {
  const parenthesis = BEFORE_PARENTHESIS.exec(text);
  if (parenthesis !== null) {
    const [whole, place = '', by = ''] = parenthesis;
    const [next = ''] = wordsOf(fold(text.slice(whole.length, whole.length + 40)));
    // "ایسوسی ایٹڈ پریس (اے پی) کے مطابق" is a sentence that explains an abbreviation.
    const goesOn = TYING_WORDS.has(next);
    if (wordsOf(fold(place)).length <= 4 && next !== '' && !goesOn && REPORTER.test(fold(by))) {
      return { place: placeName(place), length: whole.length, byReporter: true };
    }
    return null;
  }
  const colon = BEFORE_COLON.exec(text);
  if (colon === null) return null;
  const [whole, place = ''] = colon;
  const parts = place.split(/[،,/]/).filter((part) => fold(part) !== '');
  if (parts.length === 0 || !parts.every((part) => knownPlace(part) !== undefined)) return null;
  return { place: placeName(place), length: whole.length, byReporter: false };
}

function placeName(written: string): string {
  return (
    knownPlace(written) ??
    written
      .replace(/\p{Cf}/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}
