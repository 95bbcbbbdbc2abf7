/** From what was asked to marks on the original text: which tokens answer, and how far their marks reach. */
import { codeAt, normalize, TATWEEL, type Token } from '@justuju/urdu';
import type { Wanted } from '../query/wanted.js';
import { mayBeReadAlike } from '../store/vowel-marks.js';
import { gluedAt, spellingOf, wholeTerm } from '../store/words.js';
import { boundaryFrom, cutsLamAlef } from './graphemes.js';
import type { Answer, Match } from './span.js';
import { indexWanted, type Run, type WantedIndex, withAnswer } from './wanted-index.js';

export interface MatchOptions {
  /**
   * What is marked of a word that goes on behind what was typed: the typed part, as Meilisearch marks it, or the whole word. Words in joined letters are marked whole in
   * any case: a mark inside would part letters that are one shape. Default: 'typed'.
   */
  readonly prefix?: 'typed' | 'whole';
}

/** Finds the marks in a text, given its tokens. They come in reading order and neither overlap nor touch. */
export type Matcher = (text: string, tokens: readonly Token[]) => Match[];

/**
 * A matcher for what was asked. A token answers by term, by root or by its beginning; several tokens answer together as a
 * sequence, as the two halves of a word written apart, or as a phrase, inside one sentence. One pass over the tokens.
 */
export function createMatcher(wanted: Wanted, { prefix = 'typed' }: MatchOptions = {}): Matcher {
  const index = indexWanted(wanted);
  if (index.terms.size + index.roots.size + index.rootRuns.size + index.prefixes.length === 0) return () => [];
  return (text, tokens) => {
    const answered = answer(text, tokens, index);
    return answered.answers.size === 0 ? [] : toMarks(text, tokens, answered, prefix === 'typed' ? index : undefined);
  };
}

interface Answered {
  /** By token, in reading order. */
  readonly answers: Map<number, readonly Answer[]>;
  /** Tokens that one mark joins with the next token. */
  readonly glued: Set<number>;
  /** Tokens that answer by their beginning alone. */
  readonly begun: Set<number>;
}

const NONE: readonly Answer[] = [];
const NO_RUNS: readonly Run[] = [];

function answer(text: string, tokens: readonly Token[], { terms, roots, rootRuns, prefixes, wholes }: WantedIndex): Answered {
  const answers = new Map<number, readonly Answer[]>();
  const glued = new Set<number>();
  const begun = new Set<number>();
  const glue = (at: number, { rest, answer: together }: Run): void => {
    for (let k = at; k <= at + rest.length; k += 1) {
      answers.set(k, withAnswer(answers.get(k) ?? NONE, together));
      if (k < at + rest.length) glued.add(k);
    }
  };
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] as Token;
    const entry = terms.get(token.term);
    let found = entry?.answers ?? NONE;
    const byRoot = roots.get(token.root);
    if (byRoot !== undefined) found = found.length === 0 ? byRoot : byRoot.reduce(withAnswer, found);
    for (const { prefix, answer: byPrefix } of prefixes) {
      if (!token.term.startsWith(prefix)) continue;
      if (found.length === 0 && token.term !== prefix) begun.add(i);
      found = withAnswer(found, byPrefix);
    }
    if (found.length > 0) {
      const known = answers.get(i);
      answers.set(i, known === undefined ? found : found.reduce(withAnswer, known));
    }
    for (const run of entry?.runs ?? NO_RUNS) if (follows(tokens, i, run.rest, termOf) && isSpeltSo(tokens, i, run)) glue(i, run);
    for (const run of rootRuns.get(token.root) ?? NO_RUNS) if (follows(tokens, i, run.rest, rootOf)) glue(i, run);
    for (const { term, isBegun, answer: byWhole } of wholes) {
      if (!term.startsWith(token.term)) continue;
      const rest = restOfWhole(text, tokens, i, term, isBegun);
      if (rest !== undefined) glue(i, { rest, answer: byWhole });
    }
  }
  dropBegun(tokens, answers, begun);
  return { answers, glued, begun };
}

/** Where a text holds the finished word, words in joined letters that only begin so are not what was meant: انٹرنیٹ beside ان. */
function dropBegun(tokens: readonly Token[], answers: Map<number, readonly Answer[]>, begun: ReadonlySet<number>): void {
  if (begun.size === 0) return;
  const held = new Set<number>();
  for (const [i, own] of answers) if (!begun.has(i)) for (const { word } of own) held.add(word);
  for (const i of begun) {
    const own = answers.get(i) ?? NONE;
    if (isJoined(tokens[i] as Token) && own.every(({ word }) => held.has(word))) answers.delete(i);
  }
}

const isJoined = ({ text }: Token): boolean => /^\p{Script=Arabic}/u.test(text);

const termOf = ({ term }: Token): string => term;
const rootOf = ({ root }: Token): string => root;

/** Whether these terms (or roots) follow the token at `at` in its sentence. */
function follows(tokens: readonly Token[], at: number, words: readonly string[], wordOf: (token: Token) => string): boolean {
  const last = tokens[at + words.length];
  if (last === undefined || last.sentence !== tokens[at]?.sentence) return false;
  return words.every((word, k) => wordOf(tokens[at + 1 + k] as Token) === word);
}

/**
 * The terms behind the first of what is written as one and cut by the analyzer, a compound or a code, where all of them together are what was asked or begin so: خوبصو of خوبصورت, 3520212 of 35202-12. The store has
 * such words whole too.
 */
function restOfWhole(text: string, tokens: readonly Token[], at: number, term: string, isBegun: boolean): readonly string[] | undefined {
  const first = tokens[at] as Token;
  if (first.term.length >= term.length || tokens[at - 1]?.end === first.start) return undefined;
  const count = first.type === 'word' ? gluedAt(tokens, at) : codeAt(text, tokens, at);
  const run = tokens.slice(at, at + count);
  const whole = wholeTerm(run);
  return count > 1 && (isBegun ? whole.startsWith(term) : whole === term) ? run.slice(1).map(termOf) : undefined;
}

/** Whether the words from `at` on may be read as those of a phrase whose vowels were written. */
const isSpeltSo = (tokens: readonly Token[], at: number, { spellings }: Run): boolean =>
  spellings === undefined ||
  spellings.every((spelling, k) => spelling === undefined || mayBeReadAlike(spellingOf(tokens[at + k] as Token), spelling));

/** Marks: touching ones become one, so the parts of a fused word (کیساتھ) or a compound (کتاب and خانہ with a ZWNJ) are one for the eye. */
function toMarks(text: string, tokens: readonly Token[], { answers, glued, begun }: Answered, typed: WantedIndex | undefined): Match[] {
  const marks: Match[] = [];
  for (const [i, own] of answers) {
    const token = tokens[i] as Token;
    const isPart = typed !== undefined && begun.has(i) && !glued.has(i) && !glued.has(i - 1);
    const end = isPart ? begunEnd(text, tokens, i, typed) : token.end;
    const mark = widen(text, tokens, { start: token.start, end, first: i, last: i, answers: own });
    const before = marks.at(-1);
    if (before !== undefined && (before.end >= mark.start || glued.has(i - 1))) {
      marks[marks.length - 1] = {
        ...before,
        end: Math.max(before.end, mark.end),
        last: mark.last,
        answers: own.reduce(withAnswer, before.answers),
      };
    } else marks.push(mark);
  }
  return marks;
}

/** Longer words are marked whole: each grapheme of a word is normalized anew. In code units. */
const LONGEST_TYPED = 64;

/** How far the mark of a word reaches that was typed in part; in joined letters to its end, behind the other parts of a compound written as one (خوبصورت). */
function begunEnd(text: string, tokens: readonly Token[], at: number, typed: WantedIndex): number {
  const token = tokens[at] as Token;
  if (!isJoined(token)) return typedEnd(text, token, typed);
  let { end } = token;
  for (let next = at + 1; tokens[next]?.start === end; next += 1) end = (tokens[next] as Token).end;
  return end;
}

/** Where the typed part of a word ends in the text: win of Windows. */
function typedEnd(text: string, token: Token, { prefixes }: WantedIndex): number {
  if (token.end - token.start > LONGEST_TYPED) return token.end;
  let typed = '';
  for (const { prefix } of prefixes) if (token.term.startsWith(prefix) && prefix.length > typed.length) typed = prefix;
  for (let end = boundaryFrom(text, token.start + 1); end < token.end; end = boundaryFrom(text, end + 1)) {
    if (normalize(text.slice(token.start, end), 'search').startsWith(typed)) return end;
  }
  return token.end;
}

/** A hamza on the line ends words, and begins none: that of ثناءاللہ belongs to ثناء. */
const HAMZA = '\u0621';

/** A mark with what belongs to it for the eye: the tatweel at its ends, the other half of a lam-alef. */
function widen(text: string, tokens: readonly Token[], mark: Match): Match {
  let { start, end, first, last } = mark;
  // دلآزار is written with one shape over the cut of دل and آزار: a mark on either takes both.
  const previous = tokens[first - 1];
  if (previous !== undefined && previous.end === start && cutsLamAlef(text, start)) {
    start = previous.start;
    first -= 1;
  }
  const next = tokens[last + 1];
  if (next !== undefined && next.start === end && cutsLamAlef(text, end)) {
    end = next.end;
    last += 1;
  }
  if (text[start] === HAMZA && end > start + 1 && tokens[first - 1]?.end === start) start += 1;
  const floor = tokens[first - 1]?.end ?? 0;
  if (start > floor && text[start - 1] === TATWEEL) {
    while (start > floor && text[start - 1] === TATWEEL) start -= 1;
    start = boundaryFrom(text, start);
  }
  const ceiling = tokens[last + 1]?.start ?? text.length;
  if (end < ceiling && text[end] === TATWEEL && end === tokens[last]?.end) {
    while (end < ceiling && text[end] === TATWEEL) end += 1;
    end = boundaryFrom(text, end);
  }
  return start === mark.start && end === mark.end ? mark : { ...mark, start, end, first, last };
}
