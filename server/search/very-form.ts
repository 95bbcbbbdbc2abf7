import { type Token, rootOf as toRoot } from '@justuju/urdu';
import type { Candidates } from '../retrieval/retriever.js';
import type { Dictionary } from '../store/dictionary.js';
import { hasVowelMarks, mayBeReadAlike } from '../store/vowel-marks.js';
import { spellingOf } from '../store/words.js';
import type { Collection } from './collections.js';
import { noneOf, oneOf } from './questions.js';

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

/** Documents that are named in a filter, so that Meilisearch counts them or leaves them out: some 5 µs each. */
const MOST_NAMED = 2_000;

/** What answers quoted words in their very form. */
export interface InVeryForm {
  readonly candidates: Candidates;
  /** The condition that what is found by the anchor must pass, in Meilisearch's words; undefined: none. */
  readonly condition?: string;
}

interface Wanted {
  /** Documents that may ever be listed. */
  readonly most: number;
  /** The store knows all documents, and by itself which of them are hits: then no anchor counts them. */
  readonly isToldInFull: boolean;
}

/**
 * Of the candidates those that hold quoted words in the very form that was quoted: "کتابوں" is not کتاب, nor is "عِلم" عَلَم. A text without vowel marks answers a quoted word with any, since Urdu leaves
 * them unwritten. Meilisearch holds roots, so that its phrases find every form; the store knows which documents hold which. They are told one by one then, or, where Meilisearch counts, it is told which
 * are of another form: so a document that the store does not know yet is a hit until it does.
 */
export function inVeryForm(
  candidates: Candidates,
  quoted: readonly Quoted[],
  { searcher, together }: Pick<Collection, 'searcher' | 'together'>,
  { most, isToldInFull }: Wanted,
): InVeryForm {
  const { dictionary } = searcher;
  const read = quoted.flatMap((word) => readAlike(word, dictionary));
  const rootOf = ({ term }: Quoted): string => dictionary.rootOf(term) ?? toRoot(term);
  const isOnlyForm = (word: Quoted): boolean =>
    dictionary.documentsWithTerm(word.term) > 0 && dictionary.documentsWithTerm(word.term) === dictionary.documentsWithRoot(rootOf(word));
  // Where the collection has no other form of them roots say it all; of what is not in the store yet nothing is known.
  if (quoted.length === 0 || (read.length === 0 && isToldInFull && quoted.every(isOnlyForm))) return { candidates };
  const terms = quoted.map(({ term }) => term);
  const holdingAll = (roots: readonly string[]): readonly string[] => {
    const documents = together.documentsHolding(terms, roots);
    const alike = read.length === 0 ? documents : documents.slice(0, MOST_READ).filter((document) => together.holdsForms(document, read));
    return alike.map((document) => searcher.stampOf(document));
  };
  const holding = new Set(holdingAll(candidates.anchor?.roots ?? []));
  const { stamps, scores, withoutAnchor, anchor } = candidates;
  // Without the anchor they are hits too, where they were found otherwise.
  const others = new Set(holdingAll([]));
  const isKept = (stamp: string): boolean => holding.has(stamp) || (withoutAnchor.has(stamp) && others.has(stamp));
  const kept = stamps.filter(isKept);
  const keptScores = scores.filter((_, rank) => isKept(stamps[rank] as string));
  if (isToldInFull) {
    const known = new Set(kept);
    const rest = anchor === undefined ? [] : [...holding].filter((stamp) => !known.has(stamp));
    const all = [...kept, ...rest].slice(0, most);
    return { candidates: { stamps: all, scores: keptScores, anchor: undefined, withAnchor: 0, withoutAnchor: new Set(all) } };
  }
  const inOtherForms = together
    .documentsHolding([], quoted.map(rootOf))
    .map((document) => searcher.stampOf(document))
    .filter((stamp) => !others.has(stamp));
  return {
    candidates: {
      stamps: kept,
      scores: keptScores,
      anchor,
      withAnchor: holding.size,
      withoutAnchor: new Set(kept.filter((stamp) => withoutAnchor.has(stamp))),
    },
    ...(inOtherForms.length > 0 && {
      condition: inOtherForms.length <= MOST_NAMED ? noneOf(inOtherForms) : oneOf([...others].slice(0, most)),
    }),
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
