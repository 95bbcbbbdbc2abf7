/**
 * Formulas of Arabic that everybody knows, in Roman letters: written as one word or several and with any vowels (assalamualaikum, assalam o alaikum), they are no words of Urdu by their sound, for the vowel of a case stands
 * between their words. The consonants tell them. Source: written by the Justuju authors. Format: consonants as they are typed, then the words. To change: edit a line.
 */
import { analyze, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { type Slot, slotOf, togetherReading } from './slots.js';

const FORMULAS = `
  slmlkm السلام علیکم
  wlkmslm وعلیکم السلام
  nshlh ان شاء اللہ
  mshlh ماشاء اللہ
  sbhnlh سبحان اللہ
  lhmdlh الحمد للہ
  lhmdllh الحمد للہ
  jzklh جزاک اللہ
  stghfrlh استغفر اللہ
  lhkbr اللہ اکبر
  bsmlh بسم اللہ
  fmnlh فی امان اللہ`;

const TABLE: readonly (readonly [consonants: string, terms: readonly string[]])[] = FORMULAS.trim()
  .split('\n')
  .map((line) => {
    const [consonants = '', ...words] = line.trim().split(' ');
    if (!/^[b-df-hj-np-tv-z]+$/.test(consonants) || words.length < 2) throw new TypeError(`"${line.trim()}" is no formula`);
    return [consonants, analyze(words.join(' ')).map(({ term }) => term)];
  });

/** Words that such a formula is written as, at most: in sha al lah. */
const MOST_WORDS = 4;
/** Consonants of one that is still being typed: fewer begin other words too (mashal is مشعل). */
const SHORTEST_BEGUN = 5;
/** The conjunction of assalam-o-alaikum, which is none. */
const WAW = '\u0648';

/** What is left of a word without vowels; doubled letters are one. */
const consonantsOf = ({ text, term }: Token): string =>
  term === WAW
    ? ''
    : text
        .toLowerCase()
        .replace(/[^a-z]/g, '')
        .replace(/(.)\1/g, '$1')
        .replace(/[aeiouy]/g, '');

const isOfFormula = ({ type, term }: Token): boolean => type === 'latin' || term === WAW;

/** A formula that begins at a token, where the collection holds it; undefined where none does. The longest wins. */
export function readRomanFormula(
  tokens: readonly Token[],
  at: number,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): { readonly slot: Slot; readonly count: number } | undefined {
  if (tokens[at]?.type !== 'latin') return undefined;
  const others = tokens.slice(at, at + MOST_WORDS).findIndex((token) => !isOfFormula(token));
  for (let count = others === -1 ? Math.min(MOST_WORDS, tokens.length - at) : others; count > 0; count -= 1) {
    const run = tokens.slice(at, at + count);
    const typed = run.map(consonantsOf).join('');
    const isOpen = lastIsPrefix && at + count === tokens.length && typed.length >= SHORTEST_BEGUN;
    const isIt = (consonants: string): boolean => consonants === typed || (isOpen && consonants.startsWith(typed));
    const found = TABLE.filter(([consonants, terms]) => isIt(consonants) && knowledge.together(terms) > 0);
    const [reading, ...more] = found.map(([, terms]) => togetherReading(terms, 'transliterated', 1, knowledge));
    if (reading === undefined) continue;
    return { slot: slotOf(run.map(({ text }) => text).join(' '), [reading, ...more], knowledge, false), count };
  }
  return undefined;
}
