/** Marks of a text of any length, in steps of a few milliseconds, so that whoever asks for a book does not keep the others waiting. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Token } from '@justuju/urdu';
import { type Analyses, isLong } from './analyses.js';
import type { Matcher } from './match.js';
import { type BytePosition, bytePositions } from './positions.js';
import type { Match, Span } from './span.js';
import { withAnswer } from './wanted-index.js';

/** A text and what is known about it for one query. */
export interface MarkedText {
  readonly tokens: readonly Token[];
  readonly matches: readonly Match[];
  /** In bytes; empty when not asked for. */
  readonly positions: readonly BytePosition[];
  /** The whole text with its tags; the text itself when not asked for. */
  readonly tagged: string;
}

export interface Wishes {
  readonly positions: boolean;
  /** Tags for the whole text, or undefined. */
  readonly tags: readonly [open: string, close: string] | undefined;
  /** Whether the marks are needed for something else, such as a snippet. */
  readonly matches: boolean;
}

/** Tokens looked at, and marks written, in one step. */
const STEP = 4_096;

/** All in one go: for ordinary texts, which are one step anyway. */
export function markNow(text: string, wishes: Wishes, match: Matcher, analyses: Analyses): MarkedText {
  const work = marking(text, analyses.get(text), wishes, match);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The same with a turn of the event loop for each step. */
export async function markInTurns(text: string, wishes: Wishes, match: Matcher, analyses: Analyses): Promise<MarkedText> {
  const work = marking(text, await analyses.load(text), wishes, match);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await nextTurn();
  }
}

function* marking(text: string, tokens: readonly Token[], wishes: Wishes, match: Matcher): Generator<void, MarkedText> {
  const matches: Match[] = [];
  const isWanted = wishes.positions || wishes.tags !== undefined || wishes.matches;
  for (let from = 0; isWanted && from < tokens.length; ) {
    const to = isLong(text) ? stepEnd(tokens, from) : tokens.length;
    append(matches, match(text, from === 0 && to === tokens.length ? tokens : tokens.slice(from, to)), from);
    from = to;
    if (from < tokens.length) yield;
  }
  const positions: BytePosition[] = [];
  let tagged = '';
  let at = 0;
  let bytes = 0;
  for (let from = 0; from < matches.length; from += STEP) {
    if (from > 0) yield;
    const step = matches.length <= STEP ? matches : matches.slice(from, from + STEP);
    const end = step.at(-1)?.end ?? at;
    if (wishes.positions) {
      for (const position of bytePositions(text, step, at, bytes)) positions.push(position);
      bytes = (positions.at(-1)?.start ?? 0) + (positions.at(-1)?.length ?? 0);
    }
    if (wishes.tags !== undefined) tagged += writeMarks(text, { start: at, end }, step, wishes.tags);
    at = end;
  }
  return { tokens, matches, positions, tagged: wishes.tags === undefined ? text : tagged + text.slice(at) };
}

/** Where a step over the tokens ends: with a sentence, so that no phrase is missed; in an endless sentence anywhere between two words. */
function stepEnd(tokens: readonly Token[], from: number): number {
  for (let at = from + STEP; at < tokens.length; at += 1) {
    const [before, next] = [tokens[at - 1] as Token, tokens[at] as Token];
    if (before.sentence !== next.sentence || (at >= from + 2 * STEP && before.end < next.start) || at >= from + 4 * STEP) return at;
  }
  return tokens.length;
}

/** Adds the marks of one step, whose first token is number `offset`. */
function append(matches: Match[], found: readonly Match[], offset: number): void {
  for (const match of found) {
    const before = matches.at(-1);
    const { first, last } = match;
    // Only at the seam of two steps.
    if (before !== undefined && before.end >= match.start) {
      matches[matches.length - 1] = {
        ...before,
        end: match.end,
        last: last + offset,
        answers: match.answers.reduce(withAnswer, before.answers),
      };
    } else matches.push(offset === 0 ? match : { ...match, first: first + offset, last: last + offset });
  }
}

/** The part of a text in `window`, with tags around the marks that lie in it. */
export function writeMarks(
  text: string,
  { start: from, end: to }: Span,
  marks: readonly Span[],
  [open, close]: readonly [string, string],
): string {
  let shown = '';
  let at = from;
  for (const { start, end } of marks) {
    if (start < from) continue;
    if (end > to) break;
    shown += text.slice(at, start) + open + text.slice(start, end) + close;
    at = end;
  }
  return shown + text.slice(at, to);
}
