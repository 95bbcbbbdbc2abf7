import { datelineOf } from './dateline.js';
import { DESK_NAME } from './desks.js';
import { fold, pattern } from './fold.js';
import { endsSentence } from './judge.js';
import { cutLines, type Line, newLine, wordsOf } from './lines.js';
import { closesCode, opensCode, stripMarkup } from './markup.js';
import { type Dropped, TEXT_NAMES } from './noise.js';
import { isRule } from './partings.js';
import { barAtStart } from './share.js';
import { unwrap } from './unwrap.js';

/** The lines of a page before any is judged: words that were wrapped are whole, paragraphs that were glued are apart, markup is gone. */
export interface PageLines {
  /** Every line that is not empty and not pure markup, in order. */
  readonly lines: readonly Line[];
  readonly emptyLines: number;
  /** What was taken from lines: markup, a share bar, the name of a desk, a headline's second print. The line as it was written. */
  readonly cut: readonly Dropped[];
}

/** Lines in which a `<script>` must end; without an end only its first line is code. */
const LONGEST_SCRIPT = 200;

export function readLines(text: string): PageLines {
  const cut: Dropped[] = [];
  const lines: Line[] = [];
  let emptyLines = 0;
  let afterBlank = true;
  let inCode = false;
  const raw = cutLines(text);
  // The newline that ends the last line does not begin another one.
  if (raw.at(-1) === '') raw.pop();
  const whole = unwrap(raw);
  const glued = gluedParagraphs(whole.map((line) => line.text));
  whole.forEach(({ number, text: rawLine }, index) => {
    const written = withoutFieldSign(rawLine.trim(), lines.length);
    const isCode = inCode || opensCode(written);
    if (closesCode(written)) inCode = false;
    else if (isCode) inCode = whole.slice(index + 1, index + LONGEST_SCRIPT).some((line) => closesCode(line.text));
    const bare = isCode ? '' : stripMarkup(written);
    if (bare !== written) cut.push({ number, kind: 'markup', text: written });
    const line = newLine(number, bare, afterBlank);
    // A row of tatweels is a line between reports, though nothing of it is left for comparing.
    if (line.folded === '' && !isRule(bare)) {
      if (bare === written) emptyLines += 1;
      afterBlank = true;
      return;
    }
    const below = TITLE_LABEL.test(line.folded)
      ? whole
          .slice(index + 1)
          .find((other) => other.text.trim() !== '')
          ?.text.trim()
          .replace(FIELD_SIGN, '')
      : undefined;
    const labelled = withoutTitleLabel(withoutPrefix(line, lines.length === 0, cut), below);
    const clear = OTHER_LABEL.test(lines.at(-1)?.folded ?? '') ? withoutTextLabel(labelled) : labelled;
    const paragraphs = glued === 'nowhere' ? [clear] : cutGlued(clear, glued);
    for (const paragraph of paragraphs) {
      lines.push(paragraph === bare ? line : newLine(number, paragraph, afterBlank));
      afterBlank = false;
    }
  });
  return { lines, emptyLines, cut };
}

const DESK_PREFIX = pattern(`^(?:${DESK_NAME}\\s*[:：|–—-]|[(\\[]${DESK_NAME}[)\\]]\\s*[:：|–—-]?)\\s*`);
/** Words that must follow the name of a desk: "نیوز ڈیسک: ایک تعارف" is a headline. */
const SHORTEST_REPORT = 8;

function withoutPrefix({ text, folded, number }: Line, isFirst: boolean, cut: Dropped[]): string {
  const bar = barAtStart(folded);
  if (bar > 0) {
    cut.push({ number, kind: 'share', text });
    return dropWords(text, bar);
  }
  const desk = DESK_PREFIX.exec(folded)?.[0];
  if (desk !== undefined && wordsOf(folded.slice(desk.length)).length >= SHORTEST_REPORT) {
    cut.push({ number, kind: 'desk', text });
    return text.replace(/^\s*(?:[([][^)\]]*[)\]]\s*[:：|–—-]?|[^:：|–—-]*[:：|–—-])\s*/u, '');
  }
  const once = isFirst ? printedTwice(text, folded) : undefined;
  if (once !== undefined) {
    cut.push({ number, kind: 'doubled', text });
    return once;
  }
  return text;
}

/** Lines of a header. */
const LONGEST_HEADER = 12;
/** "#+TITLE: ..." of Org, ":date: ..." of reStructuredText: the sign before a name. */
const FIELD_SIGN = /^(?:#\+|:|\.\. )(?=(?:title|subtitle|author|date|tags|keywords|category|slug|lang|language):\s*\S)/i;
/** The headline as Markdown has it, in a file that is called a text: "# نہر کی صفائی". A tag ("#نہر") has no blank. */
const HEADING = /^#{1,6}\s+(?=\S)/;
const withoutFieldSign = (text: string, above: number): string =>
  above === 0 ? text.replace(FIELD_SIGN, '').replace(HEADING, '') : above < LONGEST_HEADER ? text.replace(FIELD_SIGN, '') : text;

const TITLE_LABEL = pattern('^(?:title|headline|عنوان|سرخی)\\s*:');
const OTHER_LABEL = pattern(
  '^(?:ذیلی سرخی|ذیلی عنوان|subtitle|author|writer|by|date|published|source|url|link|category|مصنف|تحریر|رپورٹ|تاریخ|ماخذ|ذریعہ|لنک|زمرہ|موضوع|کیٹاگری|کیٹیگری|ٹیگز?)\\s*:',
);

/** "عنوان: پل کی مرمت" over "مصنف: ..." → the title. By itself it may be called so. */
const withoutTitleLabel = (text: string, below: string | undefined): string =>
  below !== undefined && TITLE_LABEL.test(fold(text)) && OTHER_LABEL.test(fold(below)) ? behindColon(text) : text;

const behindColon = (text: string): string => text.replace(/^[^:：]*[:：]\s*/u, '');

const TEXT_LABEL = pattern(`^(?:${TEXT_NAMES})\\s*:`);

/** "متن: ..." below "تاریخ: ...": archives name the text too. By itself a paragraph may begin so. */
const withoutTextLabel = (text: string): string => {
  const folded = fold(text);
  return TEXT_LABEL.test(folded) && wordsOf(folded).length > SHORTEST_PARAGRAPH ? behindColon(text) : text;
};

/** Words as blanks part them: fold changes no blank inside a line but their number. */
const dropWords = (text: string, count: number): string => text.trim().split(/\s+/u).slice(count).join(' ');

/** "A A", "A | A" → "A": a headline that was printed twice in one line; a sentence that is said twice is the author's. Three words at least, so that "ہو ہو" and the names of rhymes stay. */
function printedTwice(text: string, folded: string): string | undefined {
  if (endsSentence(folded)) return undefined;
  const all = [...text.matchAll(/\S+/gu)];
  const middle = all[(all.length - 1) / 2];
  const words = middle !== undefined && /^[|\u2010-\u2015-]$/u.test(middle[0]) ? all.filter((word) => word !== middle) : all;
  const half = words.length / 2;
  if (words.length < 6 || !Number.isInteger(half)) return undefined;
  const same = words.slice(0, half).every((word, i) => fold(word[0]) === fold(words[half + i]?.[0] ?? ''));
  const last = words[half - 1];
  return same && last !== undefined ? text.slice(0, last.index + last[0].length).trim() : undefined;
}

/** The full stop first: looked for as what stands between two letters it took a look at each of them. */
const GLUE = /۔(?<=\p{L}["'’”»)]?۔)(?=["'‘“«(]?\p{Script=Arabic}(?<!۔))/gu;
const SPACED = /۔\s/gu;
/** Words of a paragraph that a crawler may have glued to another one: "ڈاکٹر۔سلمیٰ" is no border. */
const SHORTEST_PARAGRAPH = 8;

/**
 * Where full stops without a blank behind them are borders of paragraphs that a crawler lost: everywhere if the author writes a blank behind most of his full stops.
 * Who never does so has his paragraphs as they are, but where a dateline stands behind one ("لاہور (اے پی پی) ...").
 */
function gluedParagraphs(lines: readonly string[]): 'nowhere' | 'at datelines' | 'everywhere' {
  const count = (rule: RegExp): number => lines.reduce((sum, line) => sum + (line.match(rule)?.length ?? 0), 0);
  const glued = count(GLUE);
  return glued === 0 ? 'nowhere' : count(SPACED) >= glued ? 'everywhere' : 'at datelines';
}

/** Words of a sentence at a border: "ایف۔آئی۔آر" is an abbreviation. */
const SHORTEST_SENTENCE = 4;

function cutGlued(text: string, glued: 'at datelines' | 'everywhere'): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const stop of text.matchAll(GLUE)) {
    const index = stop.index + 1;
    const [before, after] = [text.slice(start, index), text.slice(index)];
    if (!(glued === 'everywhere' ? isBorder(before, after) : datelineOf(after)?.byReporter === true)) continue;
    parts.push(before);
    start = index;
  }
  return [...parts, text.slice(start)];
}

function isBorder(before: string, after: string): boolean {
  const wordsIn = (part: string | undefined): number => wordsOf(fold(part ?? '')).length;
  const [last, first] = [before.slice(0, -1).split('۔').at(-1), after.split('۔')[0]];
  // What goes on to the end of the line without a full stop is the next headline.
  const shortest = after.includes('۔') ? SHORTEST_PARAGRAPH : SHORTEST_SENTENCE;
  return (
    wordsIn(before) >= SHORTEST_PARAGRAPH && wordsIn(after) >= shortest && Math.min(wordsIn(last), wordsIn(first)) >= SHORTEST_SENTENCE
  );
}
