import { codeAt, type Token } from '@justuju/urdu';
import { wholeTerm } from '../store/words.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { letterNames } from '../vocabulary/letter-names.js';
import { likenessOf } from '../vocabulary/skeleton.js';
import { LOAN } from '../weights.js';
import {
  begunFollowers,
  documentsBeginningWith,
  goingOn,
  isLeftOut,
  plainSlot,
  type Reading,
  type Slot,
  slotOf,
  togetherReading,
  unfinishedSlot,
} from './slots.js';

/** A code of the query, and how many tokens it is. */
export interface ReadCode {
  readonly slot: Slot;
  readonly length: number;
}

/** Letters of a part that may be a word: covid of COVID-19. Of letters before figures hardly any code has so many. */
const WORD_LIKE = /[a-z]{5}/;
/** What a code in the names of its letters is worth. */
const IN_LETTERS = 0.9;
/** A code in one token: B737, PK303. Not COVID19, of which letters alone may be meant. */
const CODE_TOKEN = /^(?=.*[0-9])[a-z0-9]{2,}$/;

/**
 * Reads the code that begins at a token: found as it was typed, whatever links the collection writes between its parts or none, also while it is being typed, and never in other letters.
 * One that the collection has in no document finds nothing, unless its parts follow each other there (PK 303).
 *
 * @param text that the tokens are of
 * @returns undefined where no code begins, or where what looks like one may be words (COVID-19 where the collection writes covid)
 */
export function readCode(
  text: string,
  tokens: readonly Token[],
  first: number,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): ReadCode | undefined {
  const figures = figuresAt(text, tokens, first);
  const length = codeAt(text, tokens, first) || gluedCode(tokens, first) || measured(tokens, first, knowledge) || figures;
  const run = tokens.slice(first, first + Math.max(1, length));
  const isPrefix = lastIsPrefix && first + run.length === tokens.length;
  const isOfFigures = figures > 0 && length === figures;
  const begun = isOfFigures && isPrefix ? begunFigures(text, run, knowledge) : undefined;
  if (begun !== undefined) return { slot: begun, length };
  if (isOfFigures && !isCodeOfFigures(text, run, knowledge, isPrefix)) return undefined;
  if (length === 0) return readToken(run[0] as Token, knowledge, isPrefix);
  const slot = slotOfCode(text.slice(run[0]?.start, run.at(-1)?.end), run, knowledge, isPrefix);
  return slot && { slot, length };
}

/** How many tokens of figures and letters by turns (2A7, which is 2 and a7) are one code; 0 if they are none: 5km, 4G. Neither the figure nor the letters are meant by themselves. */
function gluedCode(tokens: readonly Token[], first: number): number {
  if (tokens[first]?.type !== 'number') return 0;
  let last = first;
  while (tokens[last + 1]?.start === tokens[last]?.end && isCodeToken(tokens[last + 1] as Token)) last += 1;
  return last === first ? 0 : last - first + 1;
}

/** How many tokens from `first` on are figures with a hyphen, a slash or an underscore between: 2023-24, 35202-12, 456/2023; 0 if they are none. */
function figuresAt(text: string, tokens: readonly Token[], first: number): number {
  let last = first;
  while (isLinked(text, tokens[last], tokens[last + 1])) last += 1;
  return last === first ? 0 : last - first + 1;
}

const isLinked = (text: string, one: Token | undefined, next: Token | undefined): boolean =>
  one?.type === 'number' && next?.type === 'number' && /^[-\u2010-\u2013/_]$/.test(text.slice(one.end, next.start));

/**
 * Whether such figures are one thing: where the collection holds them so, one behind the other or as the beginning of a code (35202-12, of an identity card). Otherwise too, where they are more than a year, a date
 * or a result has, or the number of a case: then they are a code that it does not hold.
 */
function isCodeOfFigures(text: string, run: readonly Token[], knowledge: Knowledge, isPrefix: boolean): boolean {
  const term = wholeTerm(run);
  if (term.length >= FEWEST_OF_CODE || run.some((token) => token.term.length > YEAR) || isCase(text, run)) return true;
  const isHeld = knowledge.vocabulary.documentsWithTerm(term) > 0 || knowledge.together(run.map((token) => token.term)) > 0;
  return isHeld || (isPrefix && documentsBeginningWith(term, knowledge) > 0);
}

/** Figures that go on as the last of them was begun: 456/20 of 456/2023, by what the collection writes behind the others. */
function begunFigures(text: string, run: readonly Token[], knowledge: Knowledge): Slot | undefined {
  const before = run.slice(0, -1).map(({ term }) => term);
  const last = run.at(-1) as Token;
  const going = begunFollowers(before, last.term, (term) => /^\d+$/.test(term), knowledge);
  if (going.length === 0) return undefined;
  const isWhole = knowledge.together([...before, last.term]) > 0;
  const readings = goingOn(before, [...(isWhole ? [last.term] : []), ...going], knowledge);
  return slotOf(text.slice(run[0]?.start, last.end), readings, knowledge, false);
}

/** Figures of a code, and of a year. */
const FEWEST_OF_CODE = 9;
const YEAR = 4;

/** A number and its year, with a slash between (456/2023): nobody means either by itself. 3/2023 may be a month. */
function isCase(text: string, run: readonly Token[]): boolean {
  const [number, year, ...more] = run;
  if (number === undefined || year === undefined || more.length > 0 || text.slice(number.end, year.start) !== '/') return false;
  return Number(number.term) > MONTHS && /^(?:19|20)\d\d$/.test(year.term);
}

const MONTHS = 12;

/** A figure with letters against it, where the collection writes them so: of 5UP neither 5 nor up is meant by itself. */
function measured(tokens: readonly Token[], first: number, knowledge: Knowledge): number {
  const [figure, letters] = tokens.slice(first, first + 2);
  if (figure?.type !== 'number' || letters?.type !== 'latin' || letters.start !== figure.end) return 0;
  return knowledge.together([figure.term, letters.term]) > 0 ? 2 : 0;
}

function slotOfCode(written: string, run: readonly Token[], knowledge: Knowledge, isPrefix: boolean): Slot | undefined {
  const { vocabulary } = knowledge;
  const term = wholeTerm(run);
  // 2d1 is the term of 2.1, and 1b2 of 1/2.
  const isHeld = vocabulary.documentsWithTerm(term) > 0 && !/^\d+[db]\d+$/.test(term);
  const isBegun = isPrefix && documentsBeginningWith(term, knowledge) > 0 && (isHeld || !/^\d+[db]\d*$/.test(term));
  const terms = run.map((token) => token.term);
  const parts: Reading = { terms, roots: run.map(({ root }) => root), reason: 'exact', weight: 1, isTogether: true };
  if (!isHeld && !isBegun) {
    if (vocabulary.documents === 0 || run.some((token) => token.type === 'latin' && WORD_LIKE.test(token.term))) return undefined;
    const slot = slotOf(written, [parts, ...inLetters(terms, knowledge)], knowledge, false);
    return isLeftOut(slot, knowledge) ? { ...slot, rarity: 0 } : slot;
  }
  const code: Token = { ...(run[0] as Token), text: written, term, root: term };
  const slot = (isPrefix ? unfinishedSlot(code, knowledge) : undefined) ?? plainSlot(code, knowledge, false);
  return { ...slot, readings: [...slot.readings, parts, ...inLetters(terms, knowledge), ...asWord(terms, knowledge)] };
}

/** COVID-19 as Urdu writes its word: کووڈ 19. */
function asWord([word = '', ...figures]: readonly string[], knowledge: Knowledge): Reading[] {
  if (!WORD_LIKE.test(word) || figures.length === 0) return [];
  return (knowledge.sound?.english(word) ?? [])
    .filter(({ term, fit }) => fit >= LOAN.fit && likenessOf(word, term).others === 0 && knowledge.together([term, ...figures]) > 0)
    .slice(0, 1)
    .map(({ term }) => ({ ...togetherReading([term, ...figures], 'transliterated', IN_LETTERS, knowledge), isSame: true }));
}

/** The letters of a code. */
const LATIN = /^[a-z]+$/;

/** F-16 as Urdu names its letters: ایف 16. */
function inLetters(run: readonly string[], knowledge: Knowledge): Reading[] {
  const terms = run.flatMap((part) => (LATIN.test(part) ? (letterNames(part)[0] ?? [part]) : [part]));
  if (!run.some((part) => LATIN.test(part)) || knowledge.together(terms) === 0) return [];
  return [{ ...togetherReading(terms, 'transliterated', IN_LETTERS, knowledge), isSame: true }];
}

/** Whether a code stands among the words of a text: its letters are never read as words. */
export const hasCode = (text: string, tokens: readonly Token[]): boolean =>
  tokens.some((token, i) => codeAt(text, tokens, i) > 0 || isCodeToken(token));

const isCodeToken = ({ type, term }: Token): boolean => type === 'latin' && CODE_TOKEN.test(term) && !WORD_LIKE.test(term);

/** A code without links is one token already: only that it is none of Urdu must be said. */
function readToken(token: Token, knowledge: Knowledge, isPrefix: boolean): ReadCode | undefined {
  if (!isCodeToken(token)) return undefined;
  const slot = (isPrefix ? unfinishedSlot(token, knowledge) : undefined) ?? plainSlot(token, knowledge, isPrefix);
  // iso9001, of ISO 9001 and آئی ایس او 9001.
  const parts = token.term.match(/[a-z]+|[0-9]+/g) ?? [];
  if (parts.length < 2) return { slot, length: 1 };
  const isApart = knowledge.together(parts) > 0;
  const apart: Reading = { ...togetherReading(parts, 'exact', WRITTEN_APART, knowledge), isSame: true };
  const others = [...(isApart ? [apart] : []), ...inLetters(parts, knowledge)];
  const [first, ...more] = others;
  if (first === undefined) return { slot, length: 1 };
  if (slot.rarity > 0) return { slot: { ...slot, readings: [...slot.readings, ...others] }, length: 1 };
  return { slot: { ...slot, readings: [{ ...first, weight: 1 }, ...more], isPrefix: false }, length: 1 };
}

/** What a code is worth whose letters and figures are apart. */
const WRITTEN_APART = 0.95;
