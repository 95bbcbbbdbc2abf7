import { pattern } from './fold.js';
import { endsSentence, isProse } from './judge.js';
import { isText, type Line } from './lines.js';
import { type Drops, EDGE, START } from './noise.js';

/** Share bars: rows of buttons, which a crawler hands on as words. */

const NETWORK =
  '(?:facebook|twitter|whats ?app|telegram|linked ?in|pinterest|reddit|instagram|youtube|tiktok|messenger|e-?mail|فیس بک|فیسبک|ٹوئٹر|ٹویٹر|واٹس ایپ|واٹس اپ|واٹساپ|وٹس ایپ|وٹس اپ|گوگل پلس|google ?plus|ایکس|ٹیلی گرام|ٹیلیگرام|لنکڈ ان|انسٹاگرام|یوٹیوب|پنٹرسٹ|ای میل)';
const SHARE =
  '(?:shares?|share this(?: article| post| story)?|share on|tweets?|retweet|copy link|print|like|send|pin|شیئر کریں|شیئر کیجیے|شیئر کیجئے|مزید شیئر|شیئر|شیئرز|ٹویٹ|ٹویٹ کریں|لائک کریں|پرنٹ کریں|پرنٹ|ای میل کریں|لنک کاپی کریں|کاپی لنک|اس لنک کو کاپی (?:کریں|کیجیے|کیجئے)|لنک کاپی (?:کریں|کیجیے|کیجئے))';
const FILLER =
  '(?:x|pdf|اس خبر کو|اس پوسٹ کو|اس تحریر کو|اس کالم کو|یہ خبر|خبر|اس مضمون کو|اسے|دوستوں کے ساتھ|سوشل میڈیا پر|پر|میں|on|via|with|this|and|\\+|\\d+(?:\\.\\d+)?k?)';
const ROW = (words: string): RegExp => pattern(`${START}(?:(?:${words})${EDGE}[^\\p{L}\\p{N}]*)+$`);
const SHARE_ROW = ROW([SHARE, NETWORK, FILLER].join('|'));
const NETWORK_ROW = ROW([NETWORK, FILLER].join('|'));
/** "FacebookTwitterWhatsapp": buttons between which a crawler left no blank. */
const GLUED_ROW = pattern(
  `${START}(?:(?:facebook|twitter|whats ?app|telegram|linked ?in|pinterest|reddit|instagram|youtube|messenger|e-?mail|copy ?link|print|share|tweet)[^\\p{L}\\p{N}]*){2,}$`,
);
const LONE_NETWORK = pattern(`${START}${NETWORK}[^\\p{L}\\p{N}:]*$`);
const HAS_SHARE_WORD = pattern(`(?<![\\p{L}\\p{N}])${SHARE}${EDGE}`);
const HAS_NETWORK = pattern(`(?<![\\p{L}\\p{N}])${NETWORK}${EDGE}`);
const TWO_NETWORKS = pattern(`(?<![\\p{L}\\p{N}])${NETWORK}${EDGE}.*(?<![\\p{L}\\p{N}])${NETWORK}${EDGE}`);

/** "شیئرز" over a paragraph about the stock market is a crosshead, and so may be "پرنٹ". */
const LONE_NOUN = pattern(`${START}(?:شیئرز?|پرنٹ|ٹویٹ)[^\\p{L}\\p{N}:]*$`);

/** The button for comments, which is one only between two others: "تبصرے" may be a crosshead. */
const COMMENTS = pattern(`${START}(?:تبصرے|تبصرہ|comments?)[^\\p{L}\\p{N}]*$`);

/**
 * One network's name alone may be a crosshead ("فیس بک" over a paragraph about it), and "X" or "0" anything at all:
 * they are buttons only beside another one. Names of networks one below the other are a list of the author's where the text introduces them or goes on behind them.
 */
export const isShareBar: Drops = ({ folded }, page, index) => {
  if (folded.length > 200) return false;
  if (COMMENTS.test(folded)) return page[index - 1]?.noise === 'share' && page[index + 1]?.noise === 'share';
  if (GLUED_ROW.test(folded)) return true;
  if (!SHARE_ROW.test(folded)) return false;
  const above = [...buttonsFrom(page, index - 1, -1)];
  const below = [...buttonsFrom(page, index + 1, 1)];
  if (LONE_NOUN.test(folded)) return above.length + below.length > 0;
  if (HAS_SHARE_WORD.test(folded) || TWO_NETWORKS.test(folded)) return true;
  const buttons = [...above, ...below];
  if (buttons.some(({ noise }) => noise === 'share') || isLastButton(page, index)) return true;
  const named = [...buttons, page[index] as Line].filter((line) => HAS_NETWORK.test(line.folded)).length;
  return named > 1 && !isAuthorsList(page, index - above.length, index + below.length);
};

/** One button by itself as the last line, below a whole paragraph that does not announce it: what a list of one item or a crosshead is not. */
function isLastButton(page: readonly Line[], index: number): boolean {
  const above = page[index - 1];
  const line = page[index] as Line;
  return (
    line.afterBlank &&
    LONE_NETWORK.test(line.folded) &&
    above !== undefined &&
    (!isText(above) || (isProse(above) && endsSentence(above.folded))) &&
    page.slice(0, index).some((other) => isText(other) && isProse(other)) &&
    !page.slice(index + 1).some(isText)
  );
}

function isAuthorsList(page: readonly Line[], first: number, last: number): boolean {
  const before = page[first - 1];
  if (before === undefined || !isText(before)) return false;
  if (/[:：]$/u.test(before.folded)) return true;
  return isProse(before) && page.slice(last + 1, last + 1 + MOST_BUTTONS).some((line) => isText(line) && isProse(line));
}

/** Lines in a row that may be buttons, from `index` on, one way. */
function* buttonsFrom(page: readonly Line[], index: number, step: 1 | -1): Generator<Line, void, undefined> {
  for (let i = index; Math.abs(i - index) < MOST_BUTTONS; i += step) {
    const line = page[i];
    if (
      line === undefined ||
      line.folded.length > 40 ||
      !(line.noise === 'share' || NETWORK_ROW.test(line.folded) || LONE_NOUN.test(line.folded))
    )
      return;
    yield line;
  }
}

/** Buttons in the longest row. */
const MOST_BUTTONS = 12;

/** No filler: "میں" and "پر" may be the first word of the paragraph. The longest first, since nothing makes the row look for another way. */
const BAR_WORD = `(?:${NETWORK}|اس لنک کو کاپی (?:کریں|کیجیے|کیجئے)|لنک کاپی (?:کریں|کیجیے|کیجئے)|${SHARE})`;
/** A whole row of buttons, with an imperative, before the first words of a paragraph. */
const BAR_AT_START = pattern(
  `^(?:(?:اس|یہ) (?:پوسٹ|خبر|مضمون|تحریر|کالم)(?: کو)? (?:شیئر|share)(?: کریں| کیجیے| کیجئے)?|share this|شیئر (?:کریں|کیجیے|کیجئے))${EDGE}(?:[^\\p{L}\\p{N}]*${BAR_WORD}${EDGE})*`,
);

/**
 * How many words of a folded paragraph are a share bar that ran into it ("اس پوسٹ کو شیئر کریں ای میل فیس بک ... اس لنک کو کاپی کیجیے شہری حکومت ..."). 0: none.
 * It must name two networks: "شیئر کریں" alone may begin a sentence.
 */
export function barAtStart(folded: string): number {
  const bar = BAR_AT_START.exec(folded)?.[0] ?? '';
  return TWO_NETWORKS.test(bar) ? bar.split(' ').length : 0;
}
