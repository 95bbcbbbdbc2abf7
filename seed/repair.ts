import { ASPIRABLE, isKnownWord, normalize } from '@justuju/urdu';
import type { Article } from './article.js';
import { fold } from './fold.js';

/**
 * `--repair`: the letters of stored texts as Urdu writes them. Without it they stay as they are: searches find them all the same. `inspect` counts what it would change.
 * Every rule leaves alone what may be meant: honorifics in one sign, verses in Arabic, a joiner that parts two letters.
 */

const ARABIC_YEH = '\u064A';
const ALEF_MAKSURA = '\u0649';
const ARABIC_KAF = '\u0643';
const ARABIC_HEH = '\u0647';
const FARSI_YEH = '\u06CC';
const KEHEH = '\u06A9';
const HEH_GOAL = '\u06C1';
const HEH_DOACHASHMEE = '\u06BE';
const YEH_HAMZA = '\u0626';
const HAMZA_ABOVE = '\u0654';
const ZWNJ = '\u200C';

export const REPAIRS = {
  shapes: 'shapes of letters in place of letters (presentation forms)',
  arabic: 'Arabic yeh, kaf or heh in place of the Urdu ones',
  decomposed: 'letters and their signs apart (decomposed)',
  joiners: 'zero-width non-joiners that part nothing, and other invisible signs',
  spaces: 'words that are broken by a space (as the other articles prove)',
} as const;
export type RepairKind = keyof typeof REPAIRS;
export type RepairCounts = Record<RepairKind, number>;

export const noRepairs = (): RepairCounts => ({ shapes: 0, arabic: 0, decomposed: 0, joiners: 0, spaces: 0 });

/** Shapes of letters. Not words and blessings in one sign (FDF0 to FDFF): they are meant. */
const SHAPES = /[\uFB50-\uFBB1\uFBD3-\uFD3D\uFD50-\uFDC7\uFE70-\uFEFC]+/gu;

/** Letters that Arabic lacks: where a paragraph has none it is a verse or a saying in Arabic. */
const URDU_ONLY = /[\u0679\u0688\u0691\u06BA\u06D2\u06AF\u0686\u067E\u0698\u06BE\u06C1\u06A9\u06CC]/u;
const ARABIC_WORD = /[\p{L}\p{M}]*[\u064A\u0649\u0643\u0647][\p{L}\p{M}]*/gu;
const ASPIRATED = new RegExp(`(?<=[${ASPIRABLE}])${ARABIC_HEH}`, 'gu');
const CERTAIN = new RegExp(`(?<![${ASPIRABLE}])${ARABIC_HEH}`, 'gu');
/** Signs of vowels as the Quran and sayings of the Prophet are printed with. */
const VOWELS = /[\u064B-\u0652]/gu;

const DECOMPOSED = /[\u0627\u0648\u06C1\u06D2\u06D5\u064A][\u0653\u0654\u0655]|\u06CC\u0654/gu;

/** Letters behind which none is joined: a non-joiner there parts nothing. */
const APART = '\u0622\u0627\u062F\u0688\u0630\u0631\u0691\u0632\u0698\u0648\u0624\u06D2\u06D3';
const IDLE_JOINERS = new RegExp(
  `(?<![\\p{L}\\p{M}])${ZWNJ}+|${ZWNJ}+(?![\\p{L}\\p{M}])|(?<=[${APART}])${ZWNJ}+|(?<=${ZWNJ})${ZWNJ}+`,
  'gu',
);
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/gu;

/** Times that a word stands whole in the collection before it proves anything. */
const PROVEN = 5;
/** So many times rarer must a piece be than the whole word. */
const RARER = 10;

/** How often each word stands in a collection, as far as it is bounded. */
export class WordCounts {
  private readonly counts = new Map<string, number>();
  /** Different words that are counted. Behind that only those that are known are. */
  private static readonly MOST = 300_000;

  add(text: string): void {
    for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
      const folded = fold(word);
      const count = this.counts.get(folded);
      if (count !== undefined || this.counts.size < WordCounts.MOST) this.counts.set(folded, (count ?? 0) + 1);
    }
  }

  of(word: string): number {
    return this.counts.get(fold(word)) ?? 0;
  }
}

/** @param counts what was repaired, by its kind: added to */
export function repaired(text: string, counts: RepairCounts, collection?: WordCounts): string {
  const change = (kind: RepairKind, from: string, pattern: RegExp, to: (found: string) => string): string =>
    from.replace(pattern, (found: string) => {
      const mended = to(found);
      if (mended !== found) counts[kind] += 1;
      return mended;
    });
  const letters = (line: string): string => {
    let mended = change('shapes', line, SHAPES, (found) => found.normalize('NFKC'));
    if (URDU_ONLY.test(mended) || isUrduTyped(mended)) mended = change('arabic', mended, ARABIC_WORD, urduLetters);
    mended = change('decomposed', mended, DECOMPOSED, (found) => (found === FARSI_YEH + HAMZA_ABOVE ? YEH_HAMZA : found.normalize('NFC')));
    mended = change('joiners', mended, IDLE_JOINERS, () => '');
    mended = change('joiners', mended, INVISIBLE, () => '');
    // One repair may lay another one bare: a joiner between a letter and its sign. Each makes the line shorter or plainer, so it ends.
    return mended === line ? line : letters(mended);
  };
  return text
    .split('\n')
    .map((line) => (collection === undefined ? letters(line) : joined(letters(line), counts, collection)))
    .join('\n');
}

/** Words of grammar as an Arabic keyboard types them, where a line has no letter that Arabic lacks. */
const isUrduTyped = (line: string): boolean =>
  /(?<!\p{L})(?:\u0643\u064A|\u0643\u0627|\u0643\u0648|\u0627\u0648\u0631|\u0645\u064A\u0646)(?!\p{L})/u.test(line);

/** A word with signs of vowels stands in a verse or a saying: it stays. */
function urduLetters(word: string): string {
  if ((word.match(VOWELS)?.length ?? 0) >= 2) return word;
  const plain = word.replaceAll(ARABIC_YEH, FARSI_YEH).replaceAll(ALEF_MAKSURA, FARSI_YEH).replaceAll(ARABIC_KAF, KEHEH);
  if (!plain.includes(ARABIC_HEH)) return plain;
  // Arabic keyboards have one heh for both of ours. Behind a letter that can be aspirated the tables must know one of the two words, and one alone; else the letter stays.
  const whole = plain.replaceAll(ARABIC_HEH, HEH_GOAL);
  const aspirated = plain.replace(ASPIRATED, HEH_DOACHASHMEE).replaceAll(ARABIC_HEH, HEH_GOAL);
  const isKnown = (spelling: string): boolean => isKnownWord(normalize(spelling, 'search'));
  if (whole === aspirated) return whole;
  const [asHeh, asAspirate] = [isKnown(whole), isKnown(aspirated)];
  return asHeh === asAspirate ? plain.replace(CERTAIN, HEH_GOAL) : asHeh ? whole : aspirated;
}

/** "پاکستا ن" where "پاکستان" stands often and one of the pieces hardly anywhere. What is rightly written apart (کر دیا) stays: both of its parts are frequent. */
function joined(line: string, counts: RepairCounts, collection: WordCounts): string {
  return line.replace(
    /(?<![\p{L}\p{M}])([\p{L}\p{M}]+) ([\p{L}\p{M}]+)(?![\p{L}\p{M}])/gu,
    (apart: string, first: string, second: string) => {
      const whole = collection.of(first + second);
      if (whole < PROVEN) return apart;
      const piece = collection.of(first) < collection.of(second) ? first : second;
      if (collection.of(piece) * RARER > whole || isKnownWord(normalize(piece, 'search'))) return apart;
      counts.spaces += 1;
      return first + second;
    },
  );
}

const TEXTS = ['title', 'subtitle', 'body', 'author', 'source', 'topic', 'place', 'partOf'] as const;

/** An article with its texts repaired. */
export function repairedArticle(article: Article, counts: RepairCounts, collection?: WordCounts): Article {
  const mended: Record<string, unknown> = { ...article };
  for (const field of TEXTS) if (article[field] !== null) mended[field] = repaired(article[field], counts, collection);
  mended['tags'] = article.tags.map((tag) => repaired(tag, counts));
  return mended as Article;
}
