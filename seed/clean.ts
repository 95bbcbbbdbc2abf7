import { foldedSet, pattern } from './fold.js';
import { datelineOf, endsSentence, FINITE_VERBS, isCutOff, isHeadline, isProse, TYING_WORDS } from './judge.js';
import { cutLines, isText, type Line, newLine } from './lines.js';
import { closesCode, opensCode, stripMarkup } from './markup.js';
import { readMetadata } from './metadata.js';

/** Kinds of noise in the order of the rules, each with what the report calls it. */
export const NOISE_KINDS = {
  blank: 'empty lines',
  markup: 'leftover HTML',
  ornament: 'lines without a letter',
  share: 'share bars',
  counter: 'view and comment counters',
  advertisement: 'advertisement marks',
  copyright: 'copyright lines',
  desk: 'desk names',
  section: 'section trailers',
  link: 'links to other reports',
  appeal: 'appeals to join, follow or subscribe',
  tags: 'tag lists',
  repeatedHeadline: 'repeated headlines',
  caption: 'captions between reports',
  metadata: 'further or empty date, source and topic lines',
} as const;

export type NoiseKind = keyof typeof NOISE_KINDS;
export type NoiseCounts = Record<NoiseKind, number>;

export const noNoise = (): NoiseCounts => Object.fromEntries(Object.keys(NOISE_KINDS).map((kind) => [kind, 0])) as NoiseCounts;

/** A line that was dropped: for `--verbose`, so that an editor can check every decision. */
export interface Dropped {
  readonly number: number;
  readonly kind: NoiseKind;
  readonly text: string;
}

export interface CleanPage {
  /** Every line that is not empty and not pure markup, in order, each marked as text, metadata or noise. */
  readonly lines: readonly Line[];
  readonly emptyLines: number;
  /** Lines that markup was taken from, or that were nothing else. */
  readonly markup: readonly Dropped[];
}

/** Whether `page[index]` is noise. Rules see what earlier rules and rounds have marked. */
type Drops = (line: Line, page: readonly Line[], index: number) => boolean;

interface NoiseRule {
  readonly kind: NoiseKind;
  readonly drops: Drops;
}

const START = '^[^\\p{L}\\p{N}]*';
const END = '[^\\p{L}\\p{N}]*$';
const EDGE = '(?![\\p{L}\\p{N}])';

/** Lines longer than this are paragraphs; no rule needs to read them. UTF-16 units. */
const LONGEST_NOISE = 1_500;

// --- share bars ---

const NETWORK =
  '(?:facebook|twitter|whats ?app|telegram|linked ?in|pinterest|reddit|instagram|youtube|tiktok|messenger|e-?mail|فیس بک|فیسبک|ٹوئٹر|ٹویٹر|واٹس ایپ|واٹس اپ|واٹساپ|ٹیلی گرام|ٹیلیگرام|لنکڈ ان|انسٹاگرام|یوٹیوب|پنٹرسٹ|ای میل)';
const SHARE =
  '(?:shares?|share this(?: article| post| story)?|share on|tweets?|retweet|copy link|print|like|send|pin|شیئر کریں|شیئر کیجیے|شیئر|شیئرز|ٹویٹ|ٹویٹ کریں|لائک کریں|پرنٹ کریں|پرنٹ|لنک کاپی کریں|کاپی لنک)';
const FILLER =
  '(?:x|ایکس|اس خبر کو|یہ خبر|خبر|اس مضمون کو|اسے|دوستوں کے ساتھ|سوشل میڈیا پر|پر|میں|on|via|with|this|and|\\+|\\d+(?:\\.\\d+)?k?)';
const ROW = (words: string): RegExp => pattern(`${START}(?:(?:${words})${EDGE}[^\\p{L}\\p{N}]*)+$`);
const SHARE_ROW = ROW([SHARE, NETWORK, FILLER].join('|'));
const NETWORK_ROW = ROW([NETWORK, FILLER].join('|'));
const HAS_SHARE_WORD = pattern(`(?<![\\p{L}\\p{N}])${SHARE}${EDGE}`);
const HAS_NETWORK = pattern(`(?<![\\p{L}\\p{N}])${NETWORK}${EDGE}`);
const TWO_NETWORKS = pattern(`(?<![\\p{L}\\p{N}])${NETWORK}${EDGE}.*(?<![\\p{L}\\p{N}])${NETWORK}${EDGE}`);

/**
 * One network's name alone may be a crosshead ("فیس بک" over a paragraph about it), and "X" or "0" anything at all:
 * they are buttons only beside another one.
 */
const isShareBar: Drops = ({ folded }, page, index) => {
  if (folded.length > 200 || !SHARE_ROW.test(folded)) return false;
  if (HAS_SHARE_WORD.test(folded) || TWO_NETWORKS.test(folded)) return true;
  const buttons = [...buttonsFrom(page, index, -1), ...buttonsFrom(page, index + 1, 1)];
  return buttons.some(({ noise }) => noise === 'share') || buttons.filter((line) => HAS_NETWORK.test(line.folded)).length > 1;
};

/** Lines in a row that may be buttons, from `index` on, one way. */
function* buttonsFrom(page: readonly Line[], index: number, step: 1 | -1): Generator<Line, void, undefined> {
  for (let i = index; Math.abs(i - index) < MOST_BUTTONS; i += step) {
    const line = page[i];
    if (line === undefined || line.folded.length > 40 || !(line.noise === 'share' || NETWORK_ROW.test(line.folded))) return;
    yield line;
  }
}

/** Buttons in the longest row. */
const MOST_BUTTONS = 12;

// --- lines that are told by themselves ---

const COUNTER_NOUN =
  '(?:views?|reads|hits|comments?|likes|min(?:utes?)? read|ویوز|ملاحظات|تبصرے|تبصرہ|مرتبہ دیکھا گیا|بار دیکھا گیا|مرتبہ پڑھا گیا|بار پڑھا گیا|افراد نے دیکھا|لوگوں نے دیکھا|لوگوں نے پڑھا|منٹ کا مطالعہ|منٹ مطالعہ)';
const COUNTER = [
  pattern(
    `${START}(?:post views|total views|views|hits|comments|ویوز|ملاحظات|قارئین|تبصرے|مشاہدات)\\s*[:(-]\\s*(?:[\\d,.]+\\s*[km]?)?${END}`,
  ),
  pattern(`${START}(?:no comments yet|no comments|[\\d,.]+\\s*(?:k|m|ہزار|لاکھ)?\\s*${COUNTER_NOUN})${END}`),
];

const ADVERTISEMENT = pattern(
  `${START}(?:advertisements?|advert|ads?|sponsored(?: content)?|promoted|اشتہار|اشتہارات|اشتہاری مواد)${EDGE}[^\\p{L}\\p{N}]*(?:scroll to continue(?: reading)?|continue reading(?: below)?|story continues below|by google)?${END}`,
);

const COPYRIGHT = [
  pattern(`^[^\\p{L}\\p{N}]*(?:©|\\(c\\)|copyright${EDGE}|all rights reserved)`),
  pattern(`^(?:.{0,60}?(?<!\\p{L}))?جملہ حقوق.{0,60}محفوظ(?: ہیں)?${END}`),
];

const isCopyright: Drops = ({ folded, words }) =>
  words.length <= 20 && COPYRIGHT.some((rule) => rule.test(folded)) && !words.some((word) => REPORTING.has(word));

const DESK = pattern(
  `${START}(?:(?:ویب|نیوز|مانیٹرنگ|سپورٹس|اسپورٹس|انٹرنیشنل|کامرس) ڈیسک|(?:سٹاف|اسٹاف) رپورٹر|(?:web|news) desk|staff reporter)${END}`,
);

const SECTIONS =
  '(?:صفحہ اول|سرورق|ہوم|ہوم پیج|home|قومی|بین الاقوامی|عالمی|دنیا|پاکستان|کھیل|تجارت|کاروبار|معیشت|تفریح|شوبز|سائنس|ٹیکنالوجی|صحت|تعلیم|علاقائی|جرم و انصاف|ادب|کالم|بلاگ|اداریہ|اہم خبریں|تازہ ترین|تازہ خبریں|بریکنگ نیوز|مقامی خبریں|top stories|latest|national|world|sports|business)';
const SECTION = [
  pattern('^مزید\\s*:?$'),
  pattern(`^(?:مزید\\s*:\\s*)${SECTIONS}(?:\\s*[-–—/|>»›]+\\s*(?:${SECTIONS})?)*$`),
  pattern(`^${SECTIONS}\\s*[-–—|>»›/]+(?:\\s*${SECTIONS}\\s*[-–—|>»›/]*)*$`),
  pattern('^(?:home|ہوم|صفحہ اول|سرورق)\\s*[>»›/|]'),
  pattern('^صفحہ اول$'),
];

// --- links to other reports ---

const LOOK = '(?:پڑھیں|پڑھیے|پڑھئے|پڑھیئے|دیکھیں|دیکھیے|دیکھئے)';
/** "جانیں" is also "lives" ("مزید جانیں ضائع"): it needs a colon, or the line for itself. */
const READ = `(?:${LOOK}|جانیے|جانیں)`;
const ALSO = '(?:یہ بھی|یہ خبر بھی|یہ خبریں بھی|اسے بھی|مزید|مزید یہ بھی|اور بھی)';
const MORE = `(?:${ALSO} ${READ}|read more|read also|also read|see also|مزید تفصیل|مزید تفصیلات|مزید خبریں|متعلقہ خبریں|متعلقہ خبر|related (?:news|posts|articles|stories))`;
const LINK_WITH_COLON = pattern(`${START}${MORE}(?: on| about)?\\s*[:»>←-]`);
const LINK_WITHOUT_COLON = pattern(
  `${START}(?:${ALSO} (?:پڑھیں|پڑھیے|پڑھئے|پڑھیئے)|read more|also read)${EDGE}(?! (?:گے|گی|گا|تو|اور|کہ|کے|تاکہ|جس|جو))`,
);
const LINK_ALONE = pattern(`${START}(?:${MORE}|${READ}(?=\\s*[:»>←]))${END}`);
/** "پڑھیں:" stands, with or without a headline, before whatever the site calls related. */
const READ_WITH_COLON = pattern(`${START}${READ}\\s*[:»>←]`);
const CONTINUE = pattern(
  `${START}(?:continue reading|click here to read more|پوری خبر ${READ}|مکمل خبر ${READ}|تفصیلات ${READ}|تفصیل کے لیے یہاں کلک کریں)${END}`,
);

/** Words in the longest headline that a link quotes. More is a paragraph. */
const LONGEST_LINK = 40;

/** A sentence that merely begins so ("مزید پڑھیں تو معلوم ہوتا ہے کہ ...۔") closes with a full stop; a link quotes a headline and does not. */
const isLink: Drops = ({ folded, words }) => {
  if (words.length > LONGEST_LINK) return false;
  if (LINK_ALONE.test(folded) || CONTINUE.test(folded)) return true;
  if (LINK_WITH_COLON.test(folded)) return !/۔./u.test(folded) && !(endsSentence(folded) && words.length > 20);
  const mayBeLink = LINK_WITHOUT_COLON.test(folded) || READ_WITH_COLON.test(folded);
  return mayBeLink && !/۔|:$/u.test(folded) && !/(?<!\.)\.$/u.test(folded);
};

/** The marker stands alone: what it points to are the next lines. */
const isBareMarker = (line: Line | undefined): line is Line => line?.noise === 'link' && LINK_ALONE.test(line.folded);

/** "پڑھیں:" alone opens a related report with headline and text; "مزید پڑھیں" alone mostly points to a single headline. */
const isReportMarker = (line: Line): boolean => isBareMarker(line) && READ_WITH_COLON.test(line.folded);

// --- appeals ---

const MEDIUM =
  '(?:واٹس ایپ|واٹس اپ|واٹساپ|یوٹیوب|ٹیلی گرام|ٹیلیگرام|فیس بک|ٹوئٹر|ٹویٹر|انسٹاگرام|ٹک ٹاک|چینل|گروپ|پیج|نیوز لیٹر|نیوزلیٹر|ایپ|ایپلی کیشن|whats ?app|telegram|youtube|facebook|twitter|instagram|channel|group|newsletter|app)';
const IMPERATIVE =
  '(?:جوائن|سبسکرائب|فالو|لائک|ڈاؤن لوڈ|ڈاؤنلوڈ|کلک|شمولیت اختیار|حاصل)(?: کریں| کیجیے| کیجئے| کر لیں)|شامل ہوں|شامل ہو جائیں|جڑیں|جڑے رہیں|join(?: now| us| here)?|subscribe(?: now)?|follow us';
const URDU_APPEAL = pattern(`(?:${IMPERATIVE})(?:\\s+یہاں کلک کریں)?[^\\p{L}\\p{N}]*(?:(?:https?:|www\\.)\\S*\\s*)?$`);
const ENGLISH_APPEAL = pattern(`${START}(?:join|follow|subscribe|like us|download|click here to (?:join|subscribe|follow))${EDGE}`);
const HAS_MEDIUM = pattern(`(?<!\\p{L})${MEDIUM}${EDGE}`);
const SPEAKS_TO_READER = pattern(`(?<!\\p{L})(?:آپ|ہمارا|ہمارے|ہماری|ہمیں|اپ ڈیٹس|اپڈیٹس|خبروں|خبریں|our|us|updates)${EDGE}`);
/** Somebody is quoted or something is told: a report about a channel, not an appeal to join it. */
const REPORTING = foldedSet('نے,کہ,کہنا,کہا,مطابق,said,told');

const isAppeal: Drops = ({ folded, words }) => {
  if (words.length > LONGEST_LINK || !HAS_MEDIUM.test(folded) || words.some((word) => REPORTING.has(word))) return false;
  if (ENGLISH_APPEAL.test(folded)) return true;
  return URDU_APPEAL.test(folded) && (SPEAKS_TO_READER.test(folded) || words.length <= 8);
};

// --- tag lists ---

const TAG_LABEL = pattern(`${START}(?:ٹیگز?|tags?|keywords|کلیدی الفاظ|labels)\\s*:`);
const HASHTAGS = /^(?:#[\p{L}\p{N}_]+[\s،,|]*){2,}$/u;

/** Lines of tags looked through at the end of a report; longer lists are not tags. */
const MOST_TAG_LINES = 60;

const isTagLike = ({ folded, words }: Line): boolean => {
  return (
    words.length > 0 && words.length <= 60 && !endsSentence(folded) && !words.some((word) => FINITE_VERBS.has(word) || REPORTING.has(word))
  );
};

const isTags: Drops = (line, page, index) => {
  if (TAG_LABEL.test(line.folded)) return !endsSentence(line.folded);
  if (HASHTAGS.test(line.folded)) return true;
  if (!isTagLike(line) || !isLastOfReport(page, index)) return false;
  return followsAppeal(page, index) || isListOfNamesFromText(line, page, index);
};

/** Nothing but tags, noise and metadata from here to the end of the file or of the report. */
function isLastOfReport(page: readonly Line[], index: number): boolean {
  const last = Math.min(page.length, index + MOST_TAG_LINES);
  for (let i = index + 1; i < last; i += 1) {
    const line = page[i] as Line;
    if (isBareMarker(line)) return true;
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

/** Lines around a headline among which its cut-off copy is looked for. */
const NEAR = 12;

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
          isHeadline(other, true) &&
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
    (next.metadata !== null || isProse(next))
  );
};

/** A dateline: one with a reporter, or a known place after an empty line. */
const opensReport = (line: Line | undefined, above: Line): boolean => {
  const dateline = line !== undefined && isProse(line) ? datelineOf(line.text) : null;
  return dateline !== null && (dateline.byReporter || above.afterBlank);
};

/** A photo's caption, left on a line of its own: a bare name that the text has too, before the next dateline or before the trailers of the page. */
const isCaption: Drops = (line, page, index) => {
  const { words } = line;
  if (words.length === 0 || words.length > 6 || /[۔،؟!:.؛"]/u.test(line.folded) || words.some((word) => FINITE_VERBS.has(word)))
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
  return page.some((other) => other !== line && isText(other) && isProse(other) && ` ${other.words.join(' ')} `.includes(phrase));
};

/** In order: what a line says by itself first, then what it is beside its neighbours. */
const RULES: readonly NoiseRule[] = [
  { kind: 'ornament', drops: ({ folded }) => !/[\p{L}\p{N}]/u.test(folded) },
  { kind: 'share', drops: isShareBar },
  { kind: 'counter', drops: ({ folded }) => COUNTER.some((rule) => rule.test(folded)) },
  { kind: 'advertisement', drops: ({ folded }) => ADVERTISEMENT.test(folded) },
  { kind: 'copyright', drops: isCopyright },
  { kind: 'desk', drops: ({ folded }) => DESK.test(folded) },
  { kind: 'section', drops: ({ folded }) => SECTION.some((rule) => rule.test(folded)) },
  { kind: 'link', drops: isLink },
  { kind: 'appeal', drops: isAppeal },
  { kind: 'tags', drops: isTags },
  { kind: 'repeatedHeadline', drops: isRepeatedHeadline },
  { kind: 'caption', drops: isCaption },
];

/** Real pages settle after two; the limit is for pages made to cost time. */
const ROUNDS = 20;

/** Marks every line of a file as text, metadata or noise. Nothing is removed here but empty lines and markup, and those are counted. */
export function clean(text: string): CleanPage {
  const page = readLines(text);
  markMetadata(page.lines);
  // A line that is marked may make its neighbour recognizable: until nothing changes.
  for (let round = 0; round < ROUNDS && markNoise(page.lines); round += 1) markMetadata(page.lines);
  followMarkers(page.lines);
  return page;
}

/** Every line that was dropped so far, in the order of the file. */
export function droppedFrom({ lines, markup }: CleanPage): Dropped[] {
  const noise = lines.flatMap(({ number, noise: kind, text }) => (kind === null ? [] : [{ number, kind, text }]));
  return [...markup, ...noise].sort((a, b) => a.number - b.number);
}

export function countNoise(page: CleanPage): NoiseCounts {
  const counts = noNoise();
  counts.blank = page.emptyLines;
  for (const { kind } of droppedFrom(page)) counts[kind] += 1;
  return counts;
}

function readLines(text: string): CleanPage {
  const markup: Dropped[] = [];
  let emptyLines = 0;
  const page: Line[] = [];
  let afterBlank = true;
  let inCode = false;
  const raw = cutLines(text);
  // The newline that ends the last line does not begin another one.
  if (raw.at(-1) === '') raw.pop();
  raw.forEach((rawLine, index) => {
    const number = index + 1;
    const written = rawLine.trim();
    const isCode = inCode || opensCode(written);
    if (closesCode(written)) inCode = false;
    else if (isCode) inCode = raw.slice(index + 1, index + LONGEST_SCRIPT).some(closesCode);
    const bare = isCode ? '' : stripMarkup(written);
    const line = newLine(number, bare, afterBlank);
    if (bare !== written) {
      markup.push({ number, kind: 'markup', text: written });
    }
    if (line.folded === '') {
      if (bare === written) emptyLines += 1;
      afterBlank = true;
      return;
    }
    page.push(line);
    afterBlank = false;
  });
  return { lines: page, emptyLines, markup };
}

/** Lines in which a `<script>` must end; without an end only its first line is code. */
const LONGEST_SCRIPT = 200;

/** Lines above the text where a bare date is the date of the report. Further down it is a heading, as in a timeline. */
function markMetadata(page: readonly Line[]): void {
  let inHeader = true;
  let isTop = true;
  for (const line of page) {
    if (line.noise !== null) {
      if (isBareMarker(line)) inHeader = isTop = true;
      continue;
    }
    if (line.metadata === null) {
      const metadata = readMetadata(line.text);
      if (metadata !== null && (metadata.field !== 'date' || metadata.labelled || inHeader)) line.metadata = metadata;
    }
    if (line.metadata !== null) continue;
    // A headline may close with a full stop, and the date still stands below it.
    if (isProse(line) && !(isTop && isHeadline(line, true))) inHeader = false;
    isTop = false;
  }
}

function markNoise(page: readonly Line[]): boolean {
  let changed = false;
  page.forEach((line, index) => {
    if (line.noise !== null || line.metadata !== null || line.folded.length > LONGEST_NOISE) return;
    const rule = RULES.find(({ drops }) => drops(line, page, index));
    if (rule === undefined) return;
    line.noise = rule.kind;
    changed = true;
  });
  return changed;
}

/**
 * What stands behind a marker on a line of its own: a related report with headline and text, or only headlines that were links.
 * "پڑھیں:" opens a report; "مزید پڑھیں" does so only when the report above has ended (its source was named) or a dateline follows.
 */
function followMarkers(page: readonly Line[]): void {
  let end = page.length;
  for (let index = page.length - 1; index >= 0; index -= 1) {
    const marker = page[index];
    if (!isBareMarker(marker)) continue;
    const behind = page.slice(index + 1, end).filter(isText);
    end = index;
    const [first, second] = behind;
    if (first === undefined) continue;
    if (!behind.some(isProse)) {
      for (const line of behind) if (!endsSentence(line.folded)) line.noise = 'link';
      continue;
    }
    if (isProse(first) || !isHeadline(first, false)) continue;
    const hasEnded = page[index - 1]?.metadata != null && page.slice(Math.max(0, index - NEAR), index).some(isText);
    if (isReportMarker(marker) || hasEnded || (second !== undefined && datelineOf(second.text) !== null)) marker.opensReport = true;
    else first.noise = 'link';
  }
}
