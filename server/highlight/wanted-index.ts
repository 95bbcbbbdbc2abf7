/** What is wanted, by the term that a text is looked up with: one lookup a token. */
import type { Reason, Wanted, WantedWord } from '../query/wanted.js';
import { REASONS } from '../query/wanted.js';
import type { Answer } from './span.js';

/** Terms that answer together when they follow each other, from the second on. */
export interface Run {
  readonly rest: readonly string[];
  readonly answer: Answer;
  /** For each term, the first too, how it is spelt where its vowels were written. */
  readonly spellings?: readonly (string | undefined)[];
}

/** What a token with a certain term may answer. */
export interface Entry {
  answers: readonly Answer[];
  readonly runs: Run[];
}

export interface WantedIndex {
  readonly terms: ReadonlyMap<string, Entry>;
  readonly roots: ReadonlyMap<string, readonly Answer[]>;
  /** By the root of the first, words that answer together in any of their forms: `rest` are roots. */
  readonly rootRuns: ReadonlyMap<string, readonly Run[]>;
  readonly prefixes: readonly { readonly prefix: string; readonly answer: Answer }[];
  /** What may be the whole of a compound or a code that the analyzer cuts, or the beginning of it. */
  readonly wholes: readonly { readonly term: string; readonly isBegun: boolean; readonly answer: Answer }[];
}

/** Meilisearch joins up to three words of a query (وزیر اعظم finds وزیراعظم): so much is marked. */
const JOINED_WORDS = 3;
/** Shorter words are not looked for in two pieces: ان would be found in every ا ن of initials. Longer ones are no words. In letters of the term. */
const SHORTEST_SPLIT = 4;
const LONGEST_SPLIT = 40;

/** Letters of what is written as one and cut, in its beginning too. */
const SHORTEST_WHOLE = 3;

export function indexWanted({ words, phrases }: Wanted): WantedIndex {
  const terms = new Map<string, Entry>();
  const roots = new Map<string, readonly Answer[]>();
  const rootRuns = new Map<string, Run[]>();
  const prefixes: { prefix: string; answer: Answer }[] = [];
  const wholes: { term: string; isBegun: boolean; answer: Answer }[] = [];
  const entry = (term: string): Entry => {
    const found = terms.get(term) ?? { answers: [], runs: [] };
    terms.set(term, found);
    return found;
  };
  const addRun = ([first, ...rest]: readonly string[], answer: Answer): void => {
    if (first === undefined) return;
    const found = entry(first);
    if (rest.length === 0) found.answers = withAnswer(found.answers, answer);
    else found.runs.push({ rest, answer });
  };

  const firsts = firstAlike(words);
  for (const [word, { terms: own, roots: ownRoots, prefixes: beginnings, sequences, weight }] of words.entries()) {
    if (firsts[word] !== word) continue;
    const answer = (reason: Reason): Answer => ({ word, reason, weight });
    for (const [term, reason] of own) addRun([term], answer(reason));
    for (const [root, reason] of ownRoots) roots.set(root, withAnswer(roots.get(root) ?? [], answer(reason)));
    for (const prefix of beginnings) if (prefix !== '') prefixes.push({ prefix, answer: answer(reasonOfPrefix(own, prefix)) });
    for (const [term, reason] of own) if (!beginnings.includes(term)) wholes.push({ term, isBegun: false, answer: answer(reason) });
    for (const term of beginnings) if (term !== '') wholes.push({ term, isBegun: true, answer: answer(reasonOfPrefix(own, term)) });
    for (const { terms: sequence, roots: anyForm, reason } of sequences) {
      const [first, ...rest] = anyForm ?? [];
      if (first === undefined) addRun(sequence, answer(reason));
      else rootRuns.set(first, [...(rootRuns.get(first) ?? []), { rest, answer: answer(reason) }]);
    }
    // The text writes the word apart: خوشگمان finds خوش گمان, as Meilisearch does by itself.
    const term = ownTerm(own);
    if (term.length < SHORTEST_SPLIT || term.length > LONGEST_SPLIT) continue;
    for (let cut = 1; cut < term.length; cut += 1) addRun([term.slice(0, cut), term.slice(cut)], answer('split'));
  }
  // The text writes them as one: خوش گمان finds خوشگمان.
  for (let first = 0; first < words.length; first += 1) {
    for (let count = 2; count <= JOINED_WORDS && first + count <= words.length; count += 1) {
      const joined = words.slice(first, first + count);
      const parts = joined.map((word) => ownTerm(word.terms));
      if (parts.includes('')) continue;
      const term = parts.join('');
      for (const [i, { weight }] of joined.entries()) addRun([term], { word: firsts[first + i] as number, reason: 'joined', weight });
    }
  }
  for (const [i, { terms: phrase, spellings }] of phrases.entries()) {
    const answer: Answer = { word: words.length + i, reason: 'exact', weight: phrase.length };
    const [first, ...rest] = phrase;
    if (spellings === undefined || first === undefined) addRun(phrase, answer);
    else entry(first).runs.push({ rest, answer, spellings });
  }
  return { terms, roots, rootRuns, prefixes, wholes: wholes.filter(({ term }) => term.length >= SHORTEST_WHOLE) };
}

/** For each word the first that is answered by the same: a word typed fifty times is one to the eye, and fifty answers of each token of a long text took seconds. */
function firstAlike(words: readonly WantedWord[]): readonly number[] {
  const known = new Map<string, number>();
  return words.map(({ terms, roots, prefixes, sequences }, word) => {
    const key = JSON.stringify([[...terms], [...roots], prefixes, sequences]);
    const first = known.get(key) ?? word;
    known.set(key, first);
    return first;
  });
}

/** The word's own term comes first; a guess (corrected, transliterated) is no ground for further guesses. */
function ownTerm(terms: ReadonlyMap<string, Reason>): string {
  const [first] = terms;
  return first?.[1] === 'exact' ? first[0] : '';
}

/** A beginning of the word itself is a 'prefix'; a beginning in other letters (کتا for `kita`) is there because it was transliterated. */
const reasonOfPrefix = (terms: ReadonlyMap<string, Reason>, prefix: string): Reason => {
  const own = terms.get(prefix);
  return own === undefined || own === 'exact' || own === 'spelling' ? 'prefix' : own;
};

const rank = new Map<Reason, number>(REASONS.map((reason, i) => [reason, i]));

export const isBetter = (reason: Reason, than: Reason): boolean => (rank.get(reason) ?? 0) < (rank.get(than) ?? 0);

/** The answers with one more: each word once, by its best reason. */
export function withAnswer(answers: readonly Answer[], answer: Answer): readonly Answer[] {
  const at = answers.findIndex(({ word }) => word === answer.word);
  if (at === -1) return [...answers, answer];
  return isBetter(answer.reason, (answers[at] as Answer).reason) ? answers.with(at, answer) : answers;
}
