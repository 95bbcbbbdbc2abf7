import { datelineOf } from './dateline.js';
import { pattern } from './fold.js';
import { endsSentence, isHeadline, isProse } from './judge.js';
import { isText, type Line } from './lines.js';
import { type Drops, EDGE, END, LONGEST_LINK, NEAR, START } from './noise.js';
import { isVerse } from './verse.js';

/** Links to other reports, and the blocks of them behind a label. */

const LOOK = '(?:پڑھیں|پڑھیے|پڑھئے|پڑھیئے|دیکھیں|دیکھیے|دیکھئے)';
/** "جانیں" is also "lives" ("مزید جانیں ضائع"): it needs a colon, or the line for itself. */
const READ = `(?:${LOOK}|جانیے|جانیں)`;
const ALSO =
  '(?:یہ بھی|یہ خبر بھی|یہ خبریں بھی|اسے بھی|اس کو بھی|اس خبر کو بھی|ان خبروں کو بھی|(?:اس سے متعلق|اس بارے میں|اس حوالے سے) مزید|مزید|مزید یہ بھی|اور بھی)';
const MORE = `(?:${ALSO} ${READ}|read more|read also|also read|see also|اسی بارے میں|اس بارے میں مزید|متعلقہ عنوانات|متعلقہ مضامین|متعلقہ تحریریں|متعلقہ کہانیاں|متعلقہ پوسٹس|(?:اسی|اس) موضوع پر(?: مزید)?|(?:بی بی سی اردو|وی او اے اردو|ڈی ڈبلیو اردو|انڈپینڈنٹ اردو|اسی سائٹ) پر مزید|ضرور پڑھیں|ضرور پڑھیے|یہ بھی سنیں|یہ بھی سنیے|آپ یہ بھی پڑھ سکتے ہیں|مزید تفصیل|مزید تفصیلات|مزید (?:متعلقہ |اردو )?خبریں(?: پڑھیں| پڑھیے| پڑھئے| پڑھیئے| پڑھئیے)?|متعلقہ خبریں|متعلقہ خبر|(?:سب سے )?زیادہ پڑھی جانے والی|related (?:news|posts|articles|stories)|more from author|you may also like|you might also like)`;
const LINK_WITH_COLON = pattern(`${START}${MORE}(?: on| about)?\\s*[:»>←-]`);
const LINK_WITHOUT_COLON = pattern(
  `${START}(?:${ALSO} (?:پڑھیں|پڑھیے|پڑھئے|پڑھیئے)|read more|also read)${EDGE}(?! (?:گے|گی|گا|تو|اور|کہ|کے|تاکہ|جس|جو))`,
);
const LINK_ALONE = pattern(`${START}(?:${MORE}|related|${READ}(?=\\s*[:»>←]))${END}`);
/** "پڑھیں:" stands, with or without a headline, before whatever the site calls related; "ویڈیو دیکھیں:" before a film. */
const READ_WITH_COLON = pattern(`${START}(?:(?:ویڈیو|آڈیو|تصاویر|تصویریں) )?${READ}\\s*[:»>←]`);
const CONTINUE = pattern(
  `${START}(?:continue reading(?: below)?|click here to read more|پوری خبر ${READ}|مکمل خبر ${READ}|تفصیلات ${READ}|تفصیل کے لیے یہاں کلک کریں|ویڈیو ${READ}|(?:یہ خبر|یہ مضمون|اس خبر کو|خبر|(?:یہ )?آڈیو|یہ پوڈکاسٹ|آواز میں) (?:سنیں|سنیے)|(?:آڈیو|خبر|مضمون|تحریر|پوڈکاسٹ) سننے کے ل(?:یے|ئے) (?:یہاں )?کلک (?:کریں|کیجیے|کیجئے)|watch (?:the )?video|listen(?: to (?:this|the) (?:article|story|news))?)${END}`,
);

/** Lists that a site puts below every report. */
const OTHER_NEWS = pattern(
  `${START}(?:(?:آپ کی پسند کی|آپ کے لیے|سب سے زیادہ پڑھی جانے والی|زیادہ پڑھی جانے والی|سب سے زیادہ پڑھی گئی|تازہ ترین|(?:سب سے زیادہ )?مقبول(?: ترین)?|دیگر|اہم|حالیہ) خبریں|تازہ ترین|most (?:read|popular)|latest news|trending(?: now)?|ایڈیٹر کا انتخاب|ایڈیٹرز کا انتخاب|آج کی اہم خبریں|editors? (?:picks?|choice)|recommended(?: for you)?|popular (?:posts|news))\\s*[:»>←]?${END}`,
);

/** Such a list stands below the text, and only headlines follow to the end: over a paragraph "اہم خبریں" is a crosshead, and on top it names the page. */
const opensOtherNews: Drops = ({ folded }, page, index) =>
  OTHER_NEWS.test(folded) &&
  page.slice(0, index).some((line) => isText(line) && isProse(line)) &&
  !page.slice(index + 1).some((line) => isText(line) && isProse(line));

/** A sentence that merely begins so ("مزید پڑھیں تو معلوم ہوتا ہے کہ ...۔") closes with a full stop; a link quotes a headline and does not. */
export const isLink: Drops = (line, page, index) => {
  const { folded, words } = line;
  if (words.length > LONGEST_LINK) return false;
  if (opensOtherNews(line, page, index)) return true;
  if (LINK_ALONE.test(folded) || CONTINUE.test(folded)) return true;
  if (LINK_WITH_COLON.test(folded)) return !/۔./u.test(folded) && !(endsSentence(folded) && words.length > 20);
  const mayBeLink = LINK_WITHOUT_COLON.test(folded) || READ_WITH_COLON.test(folded);
  return mayBeLink && !/۔|:$/u.test(folded) && !/(?<!\.)\.$/u.test(folded);
};

/** A folded line that is a marker and nothing else. */
export const isMarker = (folded: string): boolean => LINK_ALONE.test(folded);

/** The marker stands alone: what it points to are the next lines. */
export const isBareMarker = (line: Line | undefined): line is Line =>
  line?.noise === 'link' && (LINK_ALONE.test(line.folded) || OTHER_NEWS.test(line.folded));

/** "پڑھیں:" alone opens a related report with headline and text; "مزید پڑھیں" alone mostly points to a single headline. */
const isReportMarker = (line: Line): boolean => isBareMarker(line) && READ_WITH_COLON.test(line.folded);

/** A crosshead has up to so many words; the headline of another report has more. */
const LONGEST_CROSSHEAD = 3;

const mayBeLinked = (line: Line): boolean => line.words.length > LONGEST_CROSSHEAD;

/**
 * What stands behind a marker on a line of its own: a related report with headline and text, or only headlines that were links.
 * "پڑھیں:" opens a report; "مزید پڑھیں" does so only when the report above has ended (its source was named) or a dateline follows.
 * It must not eat verses ("پڑھیں:" and then the poem), nor the crosshead that stands behind the links or in place of them.
 */
export function followMarkers(page: readonly Line[]): void {
  let end = page.length;
  for (let index = page.length - 1; index >= 0; index -= 1) {
    const marker = page[index];
    if (!isBareMarker(marker)) continue;
    const behind = page.slice(index + 1, end).filter(isText);
    end = index;
    const [first, second] = behind;
    if (first === undefined) continue;
    const prose = behind.findIndex(isProse);
    const short = prose === -1 ? behind : behind.slice(0, prose);
    if (isVerse(short)) continue;
    if (prose === -1) {
      for (const line of behind) if (!endsSentence(line.folded)) line.noise = 'link';
      continue;
    }
    if (isProse(first) || !isHeadline(first, 'text')) continue;
    const hasEnded = (page[index - 1]?.metadata.length ?? 0) > 0 && page.slice(Math.max(0, index - NEAR), index).some(isText);
    if (isReportMarker(marker) || hasEnded || (second !== undefined && datelineOf(second.text) !== null)) marker.opensReport = true;
    else dropLinks(short);
  }
}

/** Headlines in a row, up to the first line that is none. */
function dropLinks(lines: readonly Line[]): void {
  for (const line of lines) {
    if (!mayBeLinked(line) || !isHeadline(line, 'text')) return;
    line.noise = 'link';
  }
}
