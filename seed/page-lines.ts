import { fold, pattern } from './fold.js';
import { endsSentence } from './judge.js';
import { cutLines, type Line, newLine, wordsOf } from './lines.js';
import { closesCode, opensCode, stripMarkup } from './markup.js';
import type { Dropped } from './noise.js';
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
  const isGlued = gluedParagraphs(whole.map((line) => line.text));
  whole.forEach(({ number, text: rawLine }, index) => {
    const written = rawLine.trim();
    const isCode = inCode || opensCode(written);
    if (closesCode(written)) inCode = false;
    else if (isCode) inCode = whole.slice(index + 1, index + LONGEST_SCRIPT).some((line) => closesCode(line.text));
    const bare = isCode ? '' : stripMarkup(written);
    if (bare !== written) cut.push({ number, kind: 'markup', text: written });
    const line = newLine(number, bare, afterBlank);
    if (line.folded === '') {
      if (bare === written) emptyLines += 1;
      afterBlank = true;
      return;
    }
    const clear = withoutPrefix(line, lines.length === 0, cut);
    const paragraphs = isGlued ? cutGlued(clear) : [clear];
    for (const paragraph of paragraphs) {
      lines.push(paragraph === bare ? line : newLine(number, paragraph, afterBlank));
      afterBlank = false;
    }
  });
  return { lines, emptyLines, cut };
}

const DESK_NAME = '(?:ویب|نیوز|مانیٹرنگ|سپورٹس|اسپورٹس|انٹرنیشنل|کامرس|شوبز|web|news) (?:ڈیسک|desk)';
const DESK_PREFIX = pattern(`^(?:${DESK_NAME}\\s*[:：–—-]|[(\\[]${DESK_NAME}[)\\]]\\s*[:：–—-]?)\\s*`);
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
    return text.replace(/^\s*(?:[([][^)\]]*[)\]]\s*[:：–—-]?|[^:：–—-]*[:：–—-])\s*/u, '');
  }
  const once = isFirst ? printedTwice(text, folded) : undefined;
  if (once !== undefined) {
    cut.push({ number, kind: 'doubled', text });
    return once;
  }
  return text;
}

/** Words as blanks part them: fold changes no blank inside a line but their number. */
const dropWords = (text: string, count: number): string => text.trim().split(/\s+/u).slice(count).join(' ');

/** "A A" → "A": a headline that was printed twice in one line; a sentence that is said twice is the author's. Three words at least, so that "ہو ہو" and the names of rhymes stay. */
function printedTwice(text: string, folded: string): string | undefined {
  const words = [...text.matchAll(/\S+/gu)];
  const half = words.length / 2;
  if (words.length < 6 || !Number.isInteger(half) || endsSentence(folded)) return undefined;
  const same = words.slice(0, half).every((word, i) => fold(word[0]) === fold(words[half + i]?.[0] ?? ''));
  return same ? text.slice(0, words[half]?.index).trim() : undefined;
}

const GLUE = /(?<=\p{L}["'’”»)]?۔)(?=["'‘“«(]?\p{Script=Arabic}(?<!۔))/gu;
const SPACED = /۔\s/gu;
/** Words of a paragraph that a crawler may have glued to another one: "ڈاکٹر۔سلمیٰ" is no border. */
const SHORTEST_PARAGRAPH = 8;

/**
 * Whether full stops without a blank behind them are borders of paragraphs that a crawler lost. They are where the author writes a blank behind most of his full stops;
 * who never does so has his paragraphs as they are.
 */
function gluedParagraphs(lines: readonly string[]): boolean {
  const count = (rule: RegExp): number => lines.reduce((sum, line) => sum + (line.match(rule)?.length ?? 0), 0);
  const glued = count(GLUE);
  return glued > 0 && count(SPACED) >= glued;
}

/** Words of a sentence at a border: "ایف۔آئی۔آر" is an abbreviation. */
const SHORTEST_SENTENCE = 4;

function cutGlued(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  const wordsIn = (part: string | undefined): number => wordsOf(fold(part ?? '')).length;
  for (const { index } of text.matchAll(GLUE)) {
    const [before, after] = [text.slice(start, index), text.slice(index)];
    const [last, first] = [before.slice(0, -1).split('۔').at(-1), after.split('۔')[0]];
    if (Math.min(wordsIn(before), wordsIn(after)) < SHORTEST_PARAGRAPH || Math.min(wordsIn(last), wordsIn(first)) < SHORTEST_SENTENCE)
      continue;
    parts.push(before);
    start = index;
  }
  return [...parts, text.slice(start)];
}
