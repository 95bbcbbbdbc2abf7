import { datelineOf } from './dateline.js';
import { isOnlyTime } from './dates.js';
import { DESK_NAME } from './desks.js';
import { pattern } from './fold.js';
import { endsSentence, isCutOff, isHeadline, isProse } from './judge.js';
import { FINITE_VERBS, isText, type Line, TYING_WORDS } from './lines.js';
import { followMarkers, isBareMarker, isLink } from './links.js';
import { markMetadata } from './mark-metadata.js';
import {
  type Dropped,
  type Drops,
  EDGE,
  END,
  LONGEST_LINK,
  NEAR,
  type NoiseCounts,
  type NoiseRule,
  REPORTING,
  START,
  TEXT_NAMES,
} from './noise.js';
import { isOutlet } from './outlets.js';
import { type PageLines, readLines } from './page-lines.js';
import { markReaders } from './readers.js';
import { isPage, SECTIONS } from './sections.js';
import { isShareBar } from './share.js';
import { isSiteMenu } from './site-menu.js';
import { followNeighbours, followTagLabel, isCredit, isEmbed, isFooter } from './site-parts.js';

export type CleanPage = PageLines;

/** Lines longer than this are paragraphs; no rule needs to read them. UTF-16 units. */
const LONGEST_NOISE = 1_500;

// --- lines that are told by themselves ---

const COUNTER_NOUN =
  '(?:views?|reads|hits|comments?|likes|min(?:utes?)? read|ویوز|ملاحظات|تبصرے|تبصرہ|(?:مرتبہ|بار) (?:(?:دیکھا|پڑھا) گیا|(?:دیکھی|پڑھی) گئی)|افراد نے دیکھا|لوگوں نے دیکھا|لوگوں نے پڑھا|منٹ کا مطالعہ|منٹ مطالعہ)';
const COUNTER = [
  pattern(
    `${START}(?:post views|total views|views|hits|comments|ویوز|ملاحظات|قارئین|تبصرے|مشاہدات)\\s*[:(-]\\s*(?:[\\d,.]+\\s*[km]?)?${END}`,
  ),
  pattern(`${START}(?:views|hits|ویوز|تبصرے|تبصرہ|comments?)\\s+\\d[\\d,.]*\\s*[km]?${END}`),
  pattern(`${START}\\d{1,2} منٹ (?:میں (?:پڑھیں|پڑھیے|پڑھئے)|پڑھنے کا وقت)${END}`),
  pattern(`${START}(?:پڑھنے کا وقت|مطالعے کا وقت|reading time)\\s*[:–—-]?\\s*\\d+\\s*(?:منٹ|min(?:utes?)?)${END}`),
  pattern(`${START}(?:no comments yet|no comments|[\\d,.]+\\s*(?:k|m|ہزار|لاکھ)?\\s*${COUNTER_NOUN})${END}`),
];

/**
 * "اپ ڈیٹ کی گئی 2 گھنٹے قبل": it says when the page was fetched, not when the report is from. Without a label only in figures, and of hours: "تین سال پہلے" is a crosshead.
 */
const AGO = [
  pattern(
    `${START}(?:آخری )?(?:اپ ڈیٹ|اپڈیٹ|شائع|اشاعت|updated|published|posted)(?: کی گئی| کیا گیا| شدہ| ہوا| ہوئی)?\\s*[:-]?\\s*(?:\\d+|ایک|an?)\\s*(?:منٹ|گھنٹے|گھنٹہ|دن|ہفتے|ہفتہ|ماہ|مہینے|سال|(?:minute|hour|day|week|month|year)s?) (?:قبل|پہلے|ago)${END}`,
  ),
  pattern(`${START}\\d{1,2}\\s*(?:منٹ|گھنٹے|گھنٹہ|(?:minute|min|hour)s?) (?:قبل|پہلے|ago)${END}`),
];

/** A number by itself right below the date and writer of a theme: comments, views. A year over a paragraph, a number of a verse stand below text. */
const isBareCount: Drops = ({ folded }, page, index) => {
  const above = page[index - 1];
  if (!/^\d{1,7}$/.test(folded) || above === undefined) return false;
  const isBelowDate = above.metadata.some(({ field }) => field === 'date') || (above.noise === 'counter' && /^\d+$/.test(above.folded));
  return isBelowDate && !page.slice(0, index).some((line) => isText(line) && isProse(line));
};

/** "1 / 5" over the headline: the first page of several. */
const isPager: Drops = ({ folded }, page, index) => {
  if (index !== 0 || page.length <= 2) return false;
  if (/^\d{1,3} ?\/ ?\d{1,3}$/.test(folded)) return true;
  // Of the paper that it was printed in. With others further down it is the number of a part.
  const [, headline, below] = page;
  return (
    BARE_NUMBER.test(folded) &&
    !page.slice(1).some((line) => BARE_NUMBER.test(line.folded)) &&
    headline !== undefined &&
    below !== undefined &&
    headline.words.length > 2 &&
    !isProse(headline) &&
    isHeadline(headline, 'blank') &&
    (isProse(below) || below.metadata.length > 0)
  );
};
const BARE_NUMBER = /^\d{1,3}$/;

/** The hour or the weekday on a line of its own, above or below that of the day, below the headline: a headline may be "منگل". */
const isBesideDay: Drops = ({ folded }, page, index) => {
  if (folded.length > LONGEST_HOUR || !isOnlyTime(folded)) return false;
  const isBeside = [page[index - 1], page[index + 1]].some((line) => line?.metadata.some(({ field }) => field === 'date') === true);
  const above = page.slice(0, index).filter(isText);
  return isBeside && above.length > 0 && !above.slice(1).some(isProse);
};

/** Characters. */
const LONGEST_HOUR = 30;

const ADVERTISEMENT = pattern(
  `${START}(?:advertisements?|advert|ads?|sponsored(?: content)?|promoted|اشتہار|اشتہارات|اشتہاری مواد)${EDGE}[^\\p{L}\\p{N}]*(?:scroll to continue(?: reading)?|continue reading(?: below)?|story continues below|by google|جاری ہے)?${END}`,
);

/** The whole line: "اشتہار کے بعد جاری بحث" is told. */
const GOES_ON_BELOW = pattern(
  `${START}(?:(?:یہ )?(?:مضمون|خبر|تحریر|رپورٹ|کالم)|متن) اشتہار کے (?:بعد|نیچے) (?:بھی )?جاری (?:ہے|رہے گی|رہے گا)${END}`,
);

/** A story may be called "اشتہار": one word of Urdu, alone on top, and the text follows. */
const isLoneTitle: Drops = ({ text, words }, page, index) => {
  const next = page[1];
  return (
    index === 0 &&
    words.length === 1 &&
    /^[\p{Script=Arabic}\p{M}]+$/u.test(text) &&
    next?.afterBlank === true &&
    isText(next) &&
    isProse(next)
  );
};

const COPYRIGHT = [
  pattern('^[^\\p{L}\\p{N}]*کاپی رائٹ\\s*(?:©|\\(c\\))'),
  pattern(`^[^\\p{L}\\p{N}]*(?:©|\\(c\\)|copyright${EDGE}|all rights reserved)`),
  pattern(`^(?:.{0,60}?(?<!\\p{L}))?(?:جملہ|تمام) حقوق.{0,60}محفوظ(?: ہیں)?${END}`),
];

const isCopyright: Drops = ({ folded, words }) =>
  words.length <= 20 && COPYRIGHT.some((rule) => rule.test(folded)) && !words.some((word) => REPORTING.has(word));

const DESK = pattern(`${START}(?:${DESK_NAME}|(?:سٹاف|اسٹاف) رپورٹر|staff reporter|admin|administrator|ایڈمن)${END}`);

const SECTION = [
  pattern('^مزید\\s*:?$'),
  pattern(`^(?:مزید\\s*:\\s*)${SECTIONS}(?:\\s*[-–—/|>»›]+\\s*(?:${SECTIONS})?)*$`),
  pattern(`^${SECTIONS}\\s*[-–—|>»›/]+(?:\\s*${SECTIONS}\\s*[-–—|>»›/]*)*$`),
  pattern('^(?:home|ہوم|صفحہ اول|سرورق)\\s*[>»›/|]'),
  pattern(`^(?:home|ہوم|صفحہ اول|سرورق) ${SECTIONS}$`),
  pattern('^صفحہ اول$'),
];

/** The list that the report stood in, as the first line of the page, and the headline below. Over a text at once such a line is its title. */
const PAGE_NAME = pattern(
  `${START}(?:اہم خبریں|اہم ترین|تازہ ترین|تازہ خبریں|بریکنگ نیوز|top stories|latest(?: news)?|breaking news)${END}`,
);

const MENU = pattern(`${START}(?:menu|مینو)${END}`);

/** The button of a menu, above all text and over another part of the site. A story may be called so. */
const isMenuButton: Drops = ({ folded }, page, index) =>
  MENU.test(folded) && page[index + 1]?.noise != null && !page.slice(0, index).some(isText);

/** What a handout is. By itself over a text it is its title, and in the text a crosshead. */
const HANDOUT = pattern(
  `${START}(?:برائے (?:فوری )?اشاعت|فوری اشاعت کے لیے|پریس ریلیز|ہینڈ آؤٹ|press release|for immediate release)${END}`,
);
/** Lines above a headline among which it stands. */
const MOST_ABOVE = 5;

const isHandout: Drops = ({ folded }, page, index) => {
  if (index >= MOST_ABOVE || !HANDOUT.test(folded)) return false;
  if (!page.slice(0, index).every((line) => !isText(line) || HANDOUT.test(line.folded))) return false;
  const below = page.slice(index + 1).filter((line) => isText(line) && !HANDOUT.test(line.folded));
  const [headline, next] = below;
  return headline !== undefined && next !== undefined && !isProse(headline) && isHeadline(headline, 'blank') && isProse(next);
};

/** The same, where the day of the report stands below its headline: over a text at once they are a headline. */
const PAGE_NAME_OF_DATED = pattern(`${START}(?:(?:تازہ ترین|قومی|بین الاقوامی|عالمی|مقامی|کھیلوں کی|تجارتی|کاروباری|شوبز) خبریں)${END}`);

const isPageName: Drops = ({ folded }, page, index) => {
  const isOfDated = PAGE_NAME_OF_DATED.test(folded);
  if (index !== 0 || !(isOfDated || PAGE_NAME.test(folded))) return false;
  const [, headline, below] = page;
  return (
    headline !== undefined &&
    isText(headline) &&
    isHeadline(headline, 'blank') &&
    below !== undefined &&
    (below.metadata.length > 0 || (!isOfDated && isProse(below)))
  );
};

const MENU_ITEM = pattern(`^(?:${SECTIONS}|menu|مینو)$`);
/** Items below which a row of them may be anything, if none names a page of a site. */
const SHORTEST_MENU = 3;

/**
 * The menu of a site over the headline, a section a line: three or more, or two of which the first is a page ("ہوم"). It ends at a headline with a date or a text below it,
 * so that a story called "پاکستان", a list of sections and the first verses of a poem stay.
 */
const isMenu: Drops = ({ folded }, page, index) => {
  if (!MENU_ITEM.test(folded)) return false;
  const end = page.findIndex((line) => !MENU_ITEM.test(line.folded));
  if (index >= end || end < (isPage(page[0]?.folded ?? '') ? 2 : SHORTEST_MENU)) return false;
  const headline = page[end];
  const below = page[end + 1];
  return (
    headline !== undefined &&
    isText(headline) &&
    !isProse(headline) &&
    isHeadline(headline, 'blank') &&
    below !== undefined &&
    (below.metadata.length > 0 || below.noise !== null || isProse(below))
  );
};

// --- appeals ---

const MEDIUM =
  '(?:واٹس ایپ|واٹس اپ|واٹساپ|یوٹیوب|ٹیلی گرام|ٹیلیگرام|فیس بک|ٹوئٹر|ٹویٹر|انسٹاگرام|ٹک ٹاک|گوگل نیوز|ویب سائٹ|google news|چینل|گروپ|پیج|نیوز لیٹر|نیوزلیٹر|ایپ|ایپلی کیشن|whats ?app|telegram|youtube|facebook|twitter|instagram|channel|group|newsletter|app)';
const IMPERATIVE =
  '(?:جوائن|سبسکرائب|فالو|لائک|ڈاؤن لوڈ|ڈاؤنلوڈ|کلک|شمولیت اختیار|حاصل|وزٹ)(?: کریں| کیجیے| کیجئے| کر لیں)|(?:اپنا )?ای میل (?:ایڈریس |پتہ )?درج (?:کریں|کیجیے|کیجئے)|شامل ہوں|شامل ہو جائیں|جڑیں|جڑے رہیں|join(?: now| us| here)?|subscribe(?: now)?|follow us';
/** What comes of it: "اور تازہ خبریں پائیں". */
const REWARD =
  '(?: اور (?:گھنٹی|بیل)(?: آئیکن)?(?: کا| کے| کی)?(?: بٹن| نشان)? ?(?:کو |پر )?(?:دبائیں|دبائیے|دبا دیں|کلک کریں)| اور (?:.{0,30} )?(?:(?:خبریں|اپ ڈیٹس) (?:پائیں|پائیے|حاصل کریں)|(?:خبروں |حالات )?(?:سے )?(?:باخبر|اپ ڈیٹ|اپڈیٹ) (?:رہیں|رہیے)))';
const URDU_APPEAL = pattern(`(?:${IMPERATIVE})(?:\\s+یہاں کلک کریں)?${REWARD}?[^\\p{L}\\p{N}]*(?:(?:https?:|www\\.)\\S*\\s*)?$`);
const ENGLISH_APPEAL = pattern(`${START}(?:join|follow|subscribe|like us|download|click here to (?:join|subscribe|follow))${EDGE}`);
const HAS_MEDIUM = pattern(`(?<!\\p{L})${MEDIUM}${EDGE}`);
const SPEAKS_TO_READER = pattern(`(?<!\\p{L})(?:آپ|ہمارا|ہمارے|ہماری|ہمیں|اپ ڈیٹس|اپڈیٹس|خبروں|خبریں|our|us|updates)${EDGE}`);

/** "بی بی سی اردو اب واٹس ایپ پر", and what stands below it. */
const ON_MEDIUM = pattern(`^(.{2,40}) اب ${MEDIUM} پر${END}`);
const ON_YOUR_PHONE = pattern('(?:خبریں|فیچرز|اپ ڈیٹس).{0,30} اپنے (?:فون|موبائل)(?: فون)? پر حاصل کریں');
const CLICK_TO_SUBSCRIBE = pattern(`${START}(?:سبسکرائب|فالو|جوائن|شامل ہونے) ?(?:کرنے)? کے لیے (?:یہاں )?کلک (?:کریں|کیجیے)${END}`);

/** A whole line; "ہمیں فالو کریں گے تو ..." goes on. */
const FOLLOW_US = pattern(
  `${START}(?:ہمیں|ہم کو) (?:(?:سوشل میڈیا|${MEDIUM}) پر )?(?:فالو|سبسکرائب|لائک|جوائن) (?:کریں|کیجیے|کیجئے)${END}`,
);
/** The way into a group or channel, which the line must name: for a form one clicks as well. */
const CLICK_TO_JOIN = pattern(
  `(?:شامل ہونے|جوائن کرنے|سبسکرائب کرنے|فالو کرنے|حاصل کرنے|ڈاؤن لوڈ کرنے) کے ل(?:یے|ئے) (?:یہاں|(?:اس |نیچے دیے گئے )?لنک پر) کلک (?:کریں|کیجیے|کیجئے)${REWARD}?${END}`,
);

/** Of news only: where a report sends its readers for more on its matter it is told. */
const VISIT_US = pattern(
  '^مزید (?:خبروں|تازہ خبروں|اپ ڈیٹس) کے ل(?:یے|ئے) .{0,40}(?:وزٹ|کلک|ملاحظہ) (?:کریں|کیجیے|کیجئے)\\s*[:۔.]?\\s*(?:(?:https?:|www\\.)\\S*)?$',
);

const isAppeal: Drops = ({ folded, words }) => {
  if (VISIT_US.test(folded)) return true;
  if (FOLLOW_US.test(folded)) return true;
  if (CLICK_TO_SUBSCRIBE.test(folded) || (words.length <= LONGEST_LINK && ON_YOUR_PHONE.test(folded))) return true;
  if (isOutlet(ON_MEDIUM.exec(folded)?.[1] ?? '')) return true;
  if (words.length > LONGEST_LINK || !HAS_MEDIUM.test(folded) || words.some((word) => REPORTING.has(word))) return false;
  if (ENGLISH_APPEAL.test(folded) || CLICK_TO_JOIN.test(folded)) return true;
  return URDU_APPEAL.test(folded) && (SPEAKS_TO_READER.test(folded) || words.length <= 8);
};

// --- tag lists ---

/** Lines of tags looked through at the end of a report; longer lists are not tags. */
const MOST_TAG_LINES = 60;

const isTagLike = ({ folded, words }: Line): boolean => {
  return (
    words.length > 0 && words.length <= 60 && !endsSentence(folded) && !words.some((word) => FINITE_VERBS.has(word) || REPORTING.has(word))
  );
};

const isTags: Drops = (line, page, index) => {
  if (!isTagLike(line) || !isLastOfReport(page, index)) return false;
  return followsAppeal(page, index) || isListOfNamesFromText(line, page, index);
};

/** Nothing but tags, noise and metadata from here to the end of the file or of the report. */
function isLastOfReport(page: readonly Line[], index: number): boolean {
  const last = Math.min(page.length, index + MOST_TAG_LINES);
  for (let i = index + 1; i < last; i += 1) {
    const line = page[i] as Line;
    if (line.opensReport || isBareMarker(line)) return true;
    if (isText(line) && !isTagLike(line)) return false;
  }
  return last === page.length;
}

function followsAppeal(page: readonly Line[], index: number): boolean {
  for (let i = index - 1; i >= Math.max(0, index - MOST_TAG_LINES); i -= 1) {
    const line = page[i] as Line;
    if (line.noise === 'appeal' || line.noise === 'tags') return true;
    if (isText(line) && !isTagLike(line)) return false;
  }
  return false;
}

/** Without an appeal before it a tag list must be beyond doubt: a verse, a list of ingredients, a signature must stay. */
function isListOfNamesFromText(line: Line, page: readonly Line[], index: number): boolean {
  const { words } = line;
  if (words.length < 6 || /[^\p{L}\p{N}\s]/u.test(line.folded) || words.some((word) => TYING_WORDS.has(word))) return false;
  const [, ...above] = page.slice(0, index).filter(isText);
  if (above.length === 0 || !above.every(isProse)) return false;
  const known = new Set<string>();
  for (const other of page.slice(0, index).filter(isText)) {
    for (const [i, word] of other.words.entries()) known.add(word).add(`${other.words[i - 1]} ${word}`);
  }
  const pairs = words.slice(1).filter((word, i) => known.has(`${words[i]} ${word}`));
  return words.filter((word) => known.has(word)).length >= words.length * 0.8 && pairs.length >= words.length * 0.4;
}

// --- headlines and captions that repeat the text ---

const textBefore = (page: readonly Line[], index: number): Line | undefined => {
  for (let i = index - 1; i >= 0; i -= 1) if (isText(page[i] as Line)) return page[i];
  return undefined;
};

/** The index of the next line of text; beyond the page when there is none. */
const textIndexAfter = (page: readonly Line[], index: number): number => {
  let i = index + 1;
  while (i < page.length && !isText(page[i] as Line)) i += 1;
  return i;
};

/** Only a copy of a headline is dropped. A refrain is not: the first verse of a poem is often its title, and "..." may be the poet's. */
const isRepeatedHeadline: Drops = (line, page, index) => {
  if (line.words.length < 3 || isProse(line)) return false;
  if (isCutOff(line.folded)) {
    const first = page.find(isText);
    const from = Math.max(0, index - NEAR);
    const stem = line.folded.replace(/[.۔\s"'’”»)\]]+$/u, '');
    const isTop = (other: Line, i: number): boolean => other === first || first === line || isBareMarker(page[from + i - 1]);
    return page
      .slice(from, index + NEAR)
      .some(
        (other, i) =>
          other !== line &&
          isText(other) &&
          isTop(other, i) &&
          isHeadline(other, 'blank') &&
          other.folded.length > stem.length + 2 &&
          other.folded.startsWith(stem),
      );
  }
  const first = page.find(isText);
  if (index >= NEAR || first === undefined || first === line || first.folded !== line.folded) return false;
  const next = page.slice(index + 1, index + NEAR).find((other) => other.noise === null);
  return (
    next !== undefined &&
    page.slice(0, index).every((other) => !isProse(other) || !isText(other)) &&
    (next.metadata.length > 0 || isProse(next))
  );
};

/** A dateline: one with a reporter, or a known place after an empty line. */
const opensReport = (line: Line | undefined, above: Line): boolean => {
  const dateline = line !== undefined && isProse(line) ? datelineOf(line.text) : null;
  return dateline !== null && (dateline.byReporter || above.afterBlank);
};

/**
 * A photo's caption, left on a line of its own: a bare name that the text above it has too, before the next dateline or before the trailers of the page.
 * The headline of the next report ("سونے کی قیمت میں اضافہ") has words that tie, and stands in the text below.
 */
const isCaption: Drops = (line, page, index) => {
  const { words } = line;
  if (
    words.length === 0 ||
    words.length > 6 ||
    /[۔،؟!:.؛"]/u.test(line.folded) ||
    words.some((word) => FINITE_VERBS.has(word) || TYING_WORDS.has(word))
  )
    return false;
  const previous = textBefore(page, index);
  if (previous === undefined) return false;
  const nextIndex = textIndexAfter(page, index);
  const next = page[nextIndex];
  const beforeDateline =
    next !== undefined && (opensReport(next, line) || (!isProse(next) && opensReport(page[textIndexAfter(page, nextIndex)], next)));
  const below = page[index + 1];
  const beforeTrailers = next === undefined && line.afterBlank && below?.noise != null && below.afterBlank && isProse(previous);
  if (!beforeDateline && !beforeTrailers) return false;
  if (!isProse(previous) && previous !== page.find(isText)) return false;
  const phrase = ` ${words.join(' ')} `;
  return page.slice(0, index).some((other) => isText(other) && isProse(other) && ` ${other.words.join(' ')} `.includes(phrase));
};

/** Code of advertisements and counters, by the names that only sites use. Other code may be shown by the author, and a line about it has words of Urdu. */
const SITE_SCRIPT = /(?<![\w-])(?:googletag|adsbygoogle|datalayer|gtag|fbq|_taboola|twttr|fbasyncinit)\s*[.(=|[]/u;

/** A shortcode of WordPress whose program is gone, as a whole line: "[adrotate banner="3"]", "[/row]". A word in brackets by itself may be the author's. */
const SHORTCODE = /^\[(?:ad_\d+|\/[a-z][\w-]*|[a-z][\w-]*(?:\s+[\w-]+=(?:"[^"]*"|'[^']*'|[^\s\]"']+))+\s*\/?)\]$/u;

/** "متن:" right over the text, in archives that name each part. With text above it, it is the author's. */
const TEXT_LABEL = pattern(`${START}(?:${TEXT_NAMES}|full text)\\s*:$`);

/** "Slug: nahr" below the writer and the day: what a generator of sites is told. Elsewhere an author may show it. */
const SETTING = /^(?:slug|lang|layout|template|permalink)\s*:\s*[\x21-\x7e]+$/u;

const isLeftover: Drops = ({ folded }, page, index) => {
  if (SHORTCODE.test(folded) || (SETTING.test(folded) && page[index - 1]?.metadata.length !== 0 && index > 0)) return true;
  if (TEXT_LABEL.test(folded)) {
    const next = page[index + 1];
    return next !== undefined && isText(next) && isProse(next) && page[index - 1]?.metadata.length !== 0 && index > 0;
  }
  return SITE_SCRIPT.test(folded) && !/\p{Script=Arabic}/u.test(folded);
};

/** The formula over a headline; over a text at once it is how that begins. */
const BASMALA = pattern(`${START}بسم ?اللہ ?الرحمن ?الرحیم${END}`);

const isOpening: Drops = ({ folded }, page, index) => {
  if (index !== 0 || !BASMALA.test(folded)) return false;
  const [, headline, below] = page;
  return (
    headline !== undefined &&
    below !== undefined &&
    !isProse(headline) &&
    isHeadline(headline, 'blank') &&
    (isProse(below) || below.metadata.length > 0)
  );
};

/** In order: what a line says by itself first, then what it is beside its neighbours. */
const RULES: readonly NoiseRule[] = [
  { kind: 'ornament', drops: (line, page, index) => !/[\p{L}\p{N}]/u.test(line.folded) || isOpening(line, page, index) },
  { kind: 'markup', drops: isLeftover },
  { kind: 'share', drops: isShareBar },
  {
    kind: 'counter',
    drops: (line, page, index) =>
      [...COUNTER, ...AGO].some((rule) => rule.test(line.folded)) ||
      isPager(line, page, index) ||
      isBareCount(line, page, index) ||
      isBesideDay(line, page, index),
  },
  {
    kind: 'advertisement',
    drops: (line, page, index) => GOES_ON_BELOW.test(line.folded) || (ADVERTISEMENT.test(line.folded) && !isLoneTitle(line, page, index)),
  },
  { kind: 'copyright', drops: isCopyright },
  { kind: 'desk', drops: ({ folded }) => DESK.test(folded) },
  {
    kind: 'section',
    drops: (line, page, index) =>
      SECTION.some((rule) => rule.test(line.folded)) ||
      isPageName(line, page, index) ||
      isHandout(line, page, index) ||
      isMenuButton(line, page, index) ||
      isMenu(line, page, index) ||
      isSiteMenu(line, page, index),
  },
  { kind: 'credit', drops: isCredit },
  { kind: 'embed', drops: isEmbed },
  { kind: 'footer', drops: isFooter },
  { kind: 'link', drops: isLink },
  { kind: 'appeal', drops: isAppeal },
  { kind: 'tags', drops: isTags },
  { kind: 'repeatedHeadline', drops: isRepeatedHeadline },
  { kind: 'caption', drops: isCaption },
];

/** Real pages settle after two; the limit is for pages made to cost time. */
const ROUNDS = 20;

/** Marks every line of a file as text, metadata or noise. Nothing is removed here but empty lines and what lines were rid of, and those are counted. */
export function clean(text: string): CleanPage {
  const page = readLines(text);
  markMetadata(page.lines);
  // A line that is marked may make its neighbour recognizable: until nothing changes.
  for (let round = 0; round < ROUNDS && markNoise(page.lines); round += 1) markMetadata(page.lines);
  markReaders(page.lines);
  followMarkers(page.lines);
  followNeighbours(page.lines);
  followTagLabel(page.lines);
  return page;
}

/** Every line that was dropped so far, in the order of the file. */
export function droppedFrom({ lines, cut }: CleanPage): Dropped[] {
  const noise = lines.flatMap(({ number, noise: kind, text }) => (kind === null ? [] : [{ number, kind, text }]));
  return [...cut, ...noise].sort((a, b) => a.number - b.number);
}

/** Lines of each kind that there is on the page. */
export function countNoise(page: CleanPage): Partial<NoiseCounts> {
  const counts: Partial<NoiseCounts> = page.emptyLines === 0 ? {} : { blank: page.emptyLines };
  for (const { kind } of droppedFrom(page)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function markNoise(page: readonly Line[]): boolean {
  let changed = false;
  page.forEach((line, index) => {
    if (line.noise !== null || line.metadata.length > 0 || line.folded.length > LONGEST_NOISE) return;
    const rule = RULES.find(({ drops }) => drops(line, page, index));
    if (rule === undefined) return;
    line.noise = rule.kind;
    changed = true;
  });
  return changed;
}
