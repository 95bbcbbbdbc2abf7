import type { Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { letterNames } from '../vocabulary/letter-names.js';
import { type Reading, type Slot, slotOf, wholeReading } from './slots.js';

/** Letters and digits without a space between, and what may stand between them in article numbers, flights and laws. */
const CHUNK = /(?<![\p{L}\p{M}\p{N}])[\p{Script=Latin}\p{Nd}]+(?:[-\u2010-\u2013/_.][\p{Script=Latin}\p{Nd}]+)*/gu;
/** Letters in a row that are a word beside a number rather than a code: COVID-19, iPhone15. Codes have few letters, and seldom a vowel. */
const WORD = /[a-z]*[aeiou][a-z]*/giu;
const SHORTEST_WORD = 4;

/** Where in a text the codes stand, in code units: AB-1428W, PK303, F-16. A code is what it is: its letters are never read as words. */
export function codesIn(text: string): { readonly start: number; readonly end: number }[] {
  return Array.from(text.matchAll(CHUNK))
    .filter(([chunk]) => isCode(chunk))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

const isCode = (chunk: string): boolean =>
  /\p{Nd}/u.test(chunk) &&
  /\p{Script=Latin}/u.test(chunk) &&
  !Array.from(chunk.matchAll(WORD)).some(([letters]) => letters.length >= SHORTEST_WORD);

/** A text in the parts between its codes and the codes themselves: `rewrite` sees only the former. */
export function besideCodes(text: string, rewrite: (part: string) => string): string {
  let written = '';
  let at = 0;
  for (const { start, end } of codesIn(text)) {
    written += rewrite(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return written + rewrite(text.slice(at));
}

/** A code among the words of a query. */
export interface Code {
  /** As it was typed. */
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** The codes among the words of a text, by the number of the first token of each. */
export function codesAmong(text: string, tokens: readonly Token[]): ReadonlyMap<number, Code> {
  const codes = new Map<number, Code>();
  for (const { start, end } of codesIn(text)) {
    const first = tokens.findIndex((token) => token.start >= start && token.end <= end);
    if (first === -1) continue;
    codes.set(first, { text: text.slice(start, end), tokens: tokens.filter((token) => token.start >= start && token.end <= end) });
  }
  return codes;
}

/** Words that an unfinished code may end with. */
const MOST_ENDINGS = 30;
const MOST_READINGS = 5;

/** A code: found as it was typed, its parts together, or not at all; F-16 also as Urdu names its letters. What of it is still being typed may go on. */
export function readCode({ text, tokens }: Code, knowledge: Knowledge, isPrefix: boolean): Slot {
  const terms = tokens.map(({ term }) => term);
  const typed = wholeReading(terms, 'exact', 1, knowledge);
  const readings = [
    ...(knowledge.together(terms) > 0 ? [typed] : []),
    ...inLetters(tokens, knowledge),
    ...(isPrefix ? begunWith(terms, knowledge) : []),
  ];
  if (readings.length === 0) return { ...slotOf(text, [typed], knowledge, isPrefix), rarity: 0 };
  return slotOf(text, readings.slice(0, MOST_READINGS), knowledge, isPrefix);
}

function inLetters(tokens: readonly Token[], knowledge: Knowledge): Reading[] {
  if (!tokens.some(({ type }) => type === 'latin')) return [];
  const terms = tokens.flatMap(({ type, term, text }) => (type === 'latin' ? (letterNames(text)[0] ?? [term]) : [term]));
  if (knowledge.together(terms) === 0) return [];
  return [{ ...wholeReading(terms, 'transliterated', 0.9, knowledge), isSame: true }];
}

function begunWith(terms: readonly string[], knowledge: Knowledge): Reading[] {
  const before = terms.slice(0, -1);
  return knowledge
    .completions(terms.at(-1) as string, MOST_ENDINGS)
    .map(({ term }) => [...before, term])
    .filter((run) => run.at(-1) !== terms.at(-1) && knowledge.together(run) > 0)
    .map((run) => ({ ...wholeReading(run, 'exact', 0.95, knowledge), isSame: true }));
}
