import { fold } from './fold.js';
import { TYING_WORDS } from './lines.js';

/** Text that was wrapped at a width, made whole again: a word that is cut in two cannot be found. */

export interface NumberedLine {
  /** Of the first line that it was made of, from 1. */
  readonly number: number;
  readonly text: string;
}

/** Characters in a line of a printer or a terminal. */
const WIDTHS = { least: 40, most: 250 } as const;
/** Characters in the narrowest column; below `WIDTHS.least` a text must break off often, since verses are as short. */
const NARROWEST = 28;
const ENOUGH_NARROW_BREAKS = 8;
/** Characters of the widest line that a program fills word by word. */
const WIDEST_FILLED = 120;
/** Lines of one width below which it is chance. */
const ENOUGH = 3;

const isBlank = (line: string): boolean => line.trim() === '';
const widthOf = (line: string): number => line.replace(/\r$/, '').length;

/** Joins the lines of wrapped paragraphs; a page that was not wrapped comes back as it is. */
export function unwrap(lines: readonly string[]): NumberedLine[] {
  const width = cutWidth(lines);
  if (width !== undefined) return join(lines, (line) => widthOf(line) === width, '');
  const numbered = lines.map((text, i) => ({ number: i + 1, text }));
  const blocks = blocksOf(numbered).map((block) => ({ block, texts: block.map(({ text }) => text.trim()) }));
  // A block that is wrapped beyond doubt tells the width of the page: then paragraphs of one sentence, and of two lines, were wrapped too.
  const widths = blocks.filter(({ texts }) => isWrapped(texts)).map(({ texts }) => longest(texts));
  const isJoined = (texts: readonly string[]): boolean => isWrapped(texts) || (widths.length > 0 && isFilled(texts, Math.min(...widths)));
  const areParagraphs = widths.length === 0 && areWrapped(blocks.map(({ texts }) => texts).filter((texts) => texts.length > 1));
  return blocks.flatMap(({ block, texts }, index) => {
    if (isJoined(texts) || (areParagraphs && texts.length > 1 && texts[0] !== '')) return [joined(block)];
    // A headline stands right over the first paragraph.
    return index === 0 && isWrapped(texts.slice(1)) ? [...block.slice(0, 1), joined(block.slice(1))] : block;
  });
}

const longest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

/** In each line but the last the first word of the next had no more room. */
function isFilled(texts: readonly string[], known: number): boolean {
  const width = Math.max(known, longest(texts));
  return (
    texts.length > 1 && texts.slice(0, -1).every((text, i) => text.length + 1 + (/^\S*/u.exec(texts[i + 1] ?? '')?.[0].length ?? 0) > width)
  );
}

/**
 * The width at which a program cut a text, in the middle of words: no line is longer, and nearly every line that goes on has exactly this length.
 */
function cutWidth(lines: readonly string[]): number | undefined {
  const width = Math.max(0, ...lines.map(widthOf));
  if (width < WIDTHS.least || width > WIDTHS.most) return undefined;
  const goOn = lines.filter((line, i) => !isBlank(line) && i + 1 < lines.length && !isBlank(lines[i + 1] ?? ''));
  const full = goOn.filter((line) => widthOf(line) === width).length;
  return full >= ENOUGH && full >= goOn.length * 0.9 ? width : undefined;
}

function join(lines: readonly string[], goesOn: (line: string) => boolean, glue: string): NumberedLine[] {
  const whole: NumberedLine[] = [];
  let open: { number: number; parts: string[] } | undefined;
  lines.forEach((line, index) => {
    const text = line.replace(/\r$/, '');
    open ??= { number: index + 1, parts: [] };
    open.parts.push(text);
    if (goesOn(line) && index + 1 < lines.length && !isBlank(lines[index + 1] ?? '')) return;
    whole.push({ number: open.number, text: open.parts.join(glue) });
    open = undefined;
  });
  return whole;
}

function blocksOf(lines: readonly NumberedLine[]): NumberedLine[][] {
  const blocks: NumberedLine[][] = [];
  let before: boolean | undefined;
  for (const line of lines) {
    const blank = isBlank(line.text);
    if (blank === before) blocks.at(-1)?.push(line);
    else blocks.push([line]);
    before = blank;
  }
  return blocks;
}

/**
 * Lines that were filled word by word, as mail programs do it: in each but the last the first word of the next had no more room. Verses of one length look alike,
 * but have no sentence that ends inside a line; paragraphs of one line each end with their sentence.
 */
function isWrapped(texts: readonly string[]): boolean {
  const width = longest(texts);
  if (texts.length < ENOUGH || width < WIDTHS.least || width > WIDEST_FILLED) return false;
  const endInside = texts.filter((text) => /[۔؟!.]\s/u.test(text)).length;
  const endWith = texts.filter((text) => /[۔؟!.]["'’”»)]*$/u.test(text)).length;
  return isFilled(texts, 0) && endInside > 0 && endWith <= texts.length / 2;
}

/** Paragraphs that together tell that they were wrapped, and the lines in them that go on. */
const ENOUGH_PARAGRAPHS = 2;
const ENOUGH_BREAKS = 4;

/**
 * Paragraphs of one sentence each, so that none of them tells it by itself: all are filled to one width, each ends with its sentence and no line before does, and a quarter of the lines break off
 * behind a word that ties, of which there are several. It must not eat verses: they end with their phrase, or with one word again and again.
 */
function areWrapped(paragraphs: readonly (readonly string[])[]): boolean {
  const texts = paragraphs.filter(([first]) => first !== '');
  const width = Math.max(0, ...texts.map(longest));
  if (texts.length < ENOUGH_PARAGRAPHS || width < NARROWEST || width > WIDEST_FILLED) return false;
  const ends = (text: string): boolean => /[۔؟!.:]["'’”»)]*$/u.test(text);
  if (!texts.every((lines) => isFilled(lines, width) && ends(lines.at(-1) ?? '') && !lines.slice(0, -1).some(ends))) return false;
  const breaks = texts.flatMap((lines) => lines.slice(0, -1).map((line) => fold(line).split(' ').at(-1) ?? ''));
  const ties = breaks.filter((word) => TYING_WORDS.has(word));
  const enough = width < WIDTHS.least ? ENOUGH_NARROW_BREAKS : ENOUGH_BREAKS;
  return breaks.length >= enough && ties.length * 4 >= breaks.length && new Set(ties).size > 1;
}

const joined = (block: readonly NumberedLine[]): NumberedLine => ({
  number: block[0]?.number ?? 1,
  text: block.map(({ text }) => text.trim()).join(' '),
});
