import { analyze, codeAt, isStopWord, type Token } from '@justuju/urdu';
import { sumsGoingOn } from '../query/read-sum.js';
import { togetherReading } from '../query/slots.js';
import { wholeTerm } from '../store/words.js';
import type { Knowledge } from '../vocabulary/knowledge.js';

/** A completion that may be told once Meilisearch finds its words for the caller. */
export interface Candidate {
  readonly text: () => string;
  /** What it tells the caller of the collection, as the index holds it: words, or several that stand together as one text. The completed one last. */
  readonly words: readonly string[];
  /** Told where there is room. */
  readonly isRare: boolean;
}

/**
 * A sum or a code whose figure is still being typed, as it may go on: what was typed stays as it was typed, sign, hyphen and capitals, and only the figure is completed (`Rs 7` to Rs 750, `NA-1` to NA-125). No document writes
 * the word of a sign before a figure.
 */
export function completeFigures(typed: string, knowledge: Knowledge, limit: number): readonly Candidate[] {
  const tokens = analyze(typed);
  const last = tokens.at(-1);
  if (last === undefined || last.end < typed.length) return [];
  return [...sums(typed, tokens, knowledge), ...codes(typed, tokens, knowledge)].slice(0, limit);
}

function sums(typed: string, tokens: readonly Token[], knowledge: Knowledge): readonly Candidate[] {
  const at = tokens.length - 2;
  return sumsGoingOn(tokens, at, knowledge)
    .map(({ figure, way }) => ({ figure, read: togetherReading(way, 'exact', 1, knowledge) }))
    .filter(({ read }) => isBeside(tokens.slice(0, at), read.roots, knowledge))
    .map(({ figure, read }) => ({
      text: () => typed.slice(0, tokens.at(-1)?.start) + figure.replace('d', '.'),
      words: [read.roots.join(' ')],
      isRare: false,
    }));
}

function codes(typed: string, tokens: readonly Token[], knowledge: Knowledge): readonly Candidate[] {
  const at = tokens.findIndex((_, i) => codeAt(typed, tokens, i) === tokens.length - i);
  const run = at < 0 ? [] : tokens.slice(at);
  if (run.at(-1)?.type !== 'number') return [];
  const begun = wholeTerm(run);
  return knowledge
    .completions(begun, MOST_CODES)
    .map(({ term }) => ({
      rest: term.slice(begun.length),
      code: term,
      parts: [...run.slice(0, -1), { term: run.at(-1)?.term + term.slice(begun.length) }],
    }))
    .filter(({ rest }) => /^[0-9]+$/.test(rest))
    .filter(({ code }) => isBeside(tokens.slice(0, at), [code], knowledge))
    .map(({ rest, code, parts }) => {
      const apart = parts.map(({ term }) => term);
      return { text: () => typed + rest, words: [knowledge.together(apart) > 0 ? apart.join(' ') : code], isRare: false };
    });
}

/** Codes that are looked at. */
const MOST_CODES = 16;

/** Whether a document holds it with the words before. */
const isBeside = (before: readonly Token[], roots: readonly string[], knowledge: Knowledge): boolean =>
  before.length === 0 || knowledge.areInOneDocument([...before.filter(({ term }) => !isStopWord(term)).map(({ root }) => root), ...roots]);
