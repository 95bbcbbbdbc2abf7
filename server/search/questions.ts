import { clauseOf, rarest, togetherIn } from '../query/plan.js';
import type { Slot } from '../query/slots.js';
import type { Fixed } from '../query/understand.js';
import type { Anchor } from '../retrieval/anchor.js';
import { STAMP } from '../shadow/shadow.js';
import type { Asked } from './verify.js';

/*
 * The questions that Meilisearch is asked in a search, all with the caller's own key and filter. Together they define the hits: what holds the anchor, and the candidates.
 */

export type Filter = unknown;

/** Phrases and unwanted words in Meilisearch's syntax: each document that is shown must keep to them, so they stand in every question. */
export const clausesOf = (fixed: readonly Fixed[]): string => fixed.map(clauseOf).join(' ');

const list = (stamps: readonly string[]): string => `[${stamps.map((stamp) => `"${stamp}"`).join(',')}]`;

/** The condition to be one of these versions of documents. */
export const oneOf = (stamps: readonly string[]): string => `${STAMP} IN ${list(stamps)}`;

/** The condition to be none of them. */
export const noneOf = (stamps: readonly string[]): string => `${STAMP} NOT IN ${list(stamps)}`;

/** The documents with these stamps, as far as the filter lets them through. A stamp is of one version of one document. */
export const among = (stamps: readonly string[], filter: Filter): Filter => passing(filter, oneOf(stamps));

/** The parameter that has both a filter and a condition of our own; none where there is neither. */
export const narrowedBy = (filter: Filter, condition: string | undefined): { readonly filter?: Filter } =>
  filter == null && condition === undefined ? {} : { filter: passing(filter, condition) };

/** A filter and a condition of our own; nothing where there is neither. */
function passing(filter: Filter, condition: string | undefined): Filter {
  if (condition === undefined) return filter;
  if (filter == null || filter === '') return condition;
  return Array.isArray(filter) ? [...(filter as unknown[]), condition] : [filter, condition];
}

/**
 * All documents that hold the anchor. In quotes, since a quoted word is looked up as it is, without beginnings and neighbours run together, and is never dropped.
 *
 * @param others words by which Meilisearch shall order them; none where they are only counted
 */
export function withAnchor({ roots }: Anchor, clauses: string, others: readonly Slot[] = []): string {
  const words = rarest(others).flatMap(({ readings }) => readings[0]?.roots ?? []);
  // The blank at the end says that the last word is finished.
  return `${[clauses, ...roots.map((root) => `"${root}"`), ...words.filter((word) => !roots.includes(word))].filter((part) => part !== '').join(' ')} `;
}

/**
 * The candidates that do not hold the anchor; undefined: there are none. Where it is not certain that Meilisearch finds the anchor in the same documents as the store does, Meilisearch
 * itself must tell.
 */
export function lackingAnchor({ candidates, fixed, filter, mustHoldAnchor }: Asked): Record<string, unknown> | undefined {
  const { anchor, stamps, withoutAnchor } = candidates;
  const clauses = clausesOf(fixed);
  if (anchor !== undefined && mustHoldAnchor) return undefined;
  const [root = '', ...more] = anchor?.roots ?? [];
  if (anchor?.isCertain === false && more.length === 0) return { q: `${clauses} -"${root}"`, filter: among(stamps, filter) };
  return withoutAnchor.size === 0 ? undefined : { q: clauses, filter: among([...withoutAnchor], filter) };
}

/** All words, each as it was most likely meant: for who wants no word to be missing. The last may go on where it is still being typed. */
export function allWords(clauses: string, slots: readonly Slot[]): string {
  const words = slots.map(
    (slot) =>
      togetherIn(slot) ??
      (slot.readings[0]?.roots ?? []).map((root, i, { length }) => (slot.isPrefix && i === length - 1 ? root : `"${root}"`)).join(' '),
  );
  const isOpen = slots.at(-1)?.isPrefix === true;
  return `${[clauses, ...words].filter((part) => part !== '').join(' ')}${isOpen ? '' : ' '}`;
}

/** The hits of a search as questions that count them: what holds the anchor, and the candidates that do not. Where there is neither, one that no document answers: Meilisearch must look at the caller's parameters all the same. */
export function countingQuestions(asked: Asked): Record<string, unknown>[] {
  const { candidates, fixed, slots, isAll, filter, condition } = asked;
  const clauses = clausesOf(fixed);
  const narrowed = condition !== undefined && { filter: passing(filter, condition) };
  if (isAll) return [{ q: allWords(clauses, slots), matchingStrategy: 'all', ...narrowed }];
  const holding = candidates.anchor === undefined ? [] : [{ q: withAnchor(candidates.anchor, clauses), ...narrowed }];
  const lacking = lackingAnchor(asked);
  if (lacking !== undefined) return [...holding, lacking];
  return holding.length > 0 ? holding : [{ q: clauses, filter: among([], filter) }];
}
