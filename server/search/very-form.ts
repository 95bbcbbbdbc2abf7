import type { Token } from '@justuju/urdu';
import type { Candidates } from '../retrieval/retriever.js';
import type { Dictionary } from '../store/dictionary.js';
import { hasVowelMarks, mayBeReadAlike } from '../store/vowel-marks.js';
import { spellingOf } from '../store/words.js';
import type { Collection } from './collections.js';

/** A word that was quoted: its term, and how it is spelt where its vowels were written. */
export interface Quoted {
  readonly term: string;
  readonly spelling: string | undefined;
}

/** Documents whose forms are read, some 2 µs each, where a quoted word has vowel marks: what comes after them is not listed. */
const MOST_READ = 5_000;

export function quotedWord(token: Pick<Token, 'text' | 'term'>): Quoted {
  const spelling = spellingOf(token);
  return { term: token.term, spelling: hasVowelMarks(spelling) ? spelling : undefined };
}

/**
 * Of the candidates those that hold quoted words in the very form that was quoted: "کتابوں" is not کتاب, nor is "عِلم" عَلَم. A text without vowel marks answers a quoted word with any, since Urdu leaves
 * them unwritten. Meilisearch holds roots, so that its phrases find every form; the store knows which documents hold which. They are told one by one then: no anchor counts them.
 *
 * @param most documents that may ever be listed
 */
export function inVeryForm(
  candidates: Candidates,
  quoted: readonly Quoted[],
  { searcher, together }: Pick<Collection, 'searcher' | 'together'>,
  most: number,
): Candidates {
  const { dictionary } = searcher;
  const read = quoted.flatMap((word) => readAlike(word, dictionary));
  const isOnlyForm = ({ term }: Quoted): boolean =>
    dictionary.documentsWithTerm(term) > 0 &&
    dictionary.documentsWithTerm(term) === dictionary.documentsWithRoot(dictionary.rootOf(term) ?? term);
  // Where the collection has no other form of them roots say it all.
  if (quoted.length === 0 || (read.length === 0 && quoted.every(isOnlyForm))) return candidates;
  const terms = quoted.map(({ term }) => term);
  const holdingAll = (roots: readonly string[]): readonly string[] => {
    const documents = together.documentsHolding(terms, roots);
    const alike = read.length === 0 ? documents : documents.slice(0, MOST_READ).filter((document) => together.holdsForms(document, read));
    return alike.map((document) => searcher.stampOf(document));
  };
  const holding = new Set(holdingAll(candidates.anchor?.roots ?? []));
  const { stamps, scores, withoutAnchor } = candidates;
  // Without the anchor they are hits too, where they were found otherwise.
  const others = new Set(holdingAll([]));
  const isKept = (stamp: string): boolean => holding.has(stamp) || (withoutAnchor.has(stamp) && others.has(stamp));
  const kept = stamps.filter(isKept);
  const known = new Set(kept);
  const rest = candidates.anchor === undefined ? [] : [...holding].filter((stamp) => !known.has(stamp));
  const all = [...kept, ...rest].slice(0, most);
  return {
    stamps: all,
    scores: scores.filter((_, rank) => isKept(stamps[rank] as string)),
    anchor: undefined,
    withAnchor: 0,
    withoutAnchor: new Set(all),
  };
}

/** The forms of a word whose vowels were written that may be read so; nothing where all may. */
function readAlike({ term, spelling }: Quoted, dictionary: Dictionary): ReadonlySet<number>[] {
  const number = dictionary.findTerm(term);
  if (spelling === undefined || number === undefined) return [];
  const forms = dictionary.formsOfTerm(number);
  const alike = forms.filter((form) => mayBeReadAlike(dictionary.spellingOfForm(form), spelling));
  return alike.length === forms.length ? [] : [new Set(alike)];
}
