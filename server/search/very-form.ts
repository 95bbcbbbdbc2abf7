import type { Candidates } from '../retrieval/retriever.js';
import type { Collection } from './collections.js';

/**
 * Of the candidates those that hold quoted words in the very form that was quoted: "کتابوں" is not کتاب. Meilisearch holds roots, so that its phrases find every form; the store knows which documents
 * hold which. They are told one by one then: no anchor counts them.
 *
 * @param quoted the terms that must be held
 * @param most documents that may ever be listed
 */
export function inVeryForm(
  candidates: Candidates,
  quoted: readonly string[],
  { searcher, together }: Pick<Collection, 'searcher' | 'together'>,
  most: number,
): Candidates {
  const { dictionary } = searcher;
  const isOnlyForm = (term: string): boolean =>
    dictionary.documentsWithTerm(term) === dictionary.documentsWithRoot(dictionary.rootOf(term) ?? term);
  // Where the collection has no other form of them roots say it all.
  if (quoted.length === 0 || quoted.every((term) => dictionary.documentsWithTerm(term) > 0 && isOnlyForm(term))) return candidates;
  const hits = together.documentsHolding(quoted, candidates.anchor?.roots ?? []);
  const holding = new Set(hits.map((document) => searcher.stampOf(document)));
  const { stamps, scores, withoutAnchor } = candidates;
  // Without the anchor they are hits too, where they were found otherwise.
  const others = new Set(together.documentsHolding(quoted, []).map((document) => searcher.stampOf(document)));
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
