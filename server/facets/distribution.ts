import { normalize } from '@justuju/urdu';
import { compareByAlphabet } from '../shadow/alphabet.js';
import { hasArabicScript, isShadow } from '../shadow/shadow.js';
import { foldValue } from './fold.js';

type Counts = Readonly<Record<string, number>>;

/** Facet counts where spellings of one value count as one, under the spelling that most documents have; without shadow fields. */
export function foldDistribution(distribution: unknown): unknown {
  if (distribution === null || typeof distribution !== 'object') return distribution;
  return Object.fromEntries(
    Object.entries(distribution as Record<string, Counts>)
      .filter(([attribute]) => !isShadow(attribute))
      .map(([attribute, counts]) => [attribute, foldCounts(counts)]),
  );
}

export const withoutShadowStats = (stats: unknown): unknown =>
  stats === null || typeof stats !== 'object'
    ? stats
    : Object.fromEntries(Object.entries(stats).filter(([attribute]) => !isShadow(attribute)));

function foldCounts(counts: Counts): Counts {
  const entries = Object.entries(counts).map(([value, count]) => ({ value, count }));
  return Object.fromEntries(inOrderOf([entries], mergeAlike(entries)).map(({ value, count }) => [value, count]));
}

/** Merged values in the order of the lists that they come from: by count, or by name, and then of Urdu in the order of the alphabet, where Meilisearch gives that of code points. */
export function inOrderOf(lists: readonly (readonly FacetHit[])[], merged: FacetHit[]): FacetHit[] {
  const isByName =
    lists.some(({ length }) => length > 1) &&
    lists.every((list) => list.every(({ value }, i) => i === 0 || nameOf(value) >= nameOf((list[i - 1] as FacetHit).value)));
  if (isByName && merged.some(({ value }) => hasArabicScript(value))) return merged.sort((a, b) => compareByAlphabet(a.value, b.value));
  if (isByName) return merged.sort((a, b) => (nameOf(a.value) < nameOf(b.value) ? -1 : 1));
  const isByCount = lists.every((list) => list.every(({ count }, i) => i === 0 || count <= (list[i - 1] as FacetHit).count));
  return isByCount ? merged.sort((a, b) => b.count - a.count) : merged;
}

/** By what Meilisearch orders values: it takes letters apart, so that آم stands behind ابر (`normalize_facet` in milli). */
export const nameOf = (value: string): string => value.trim().normalize('NFKD').toLowerCase();

export interface FacetHit {
  readonly value: string;
  readonly count: number;
}

/** Of two spellings that are as frequent the one in Urdu letters is shown: لاہور, not the same word from an Arabic keyboard. */
const isInUrduLetters = (value: string): boolean => normalize(value, 'canonical') === value;

/** Values that fold alike become one, in the place of the first, under the spelling with the highest count. */
export function mergeAlike(hits: readonly FacetHit[]): FacetHit[] {
  const merged = new Map<string, { value: string; count: number; highest: number }>();
  for (const { value, count } of hits) {
    const fold = foldValue(value);
    const known = merged.get(fold);
    if (known === undefined) merged.set(fold, { value, count, highest: count });
    else {
      known.count += count;
      if (count > known.highest || (count === known.highest && isInUrduLetters(value) && !isInUrduLetters(known.value))) {
        known.value = value;
        known.highest = count;
      }
    }
  }
  return [...merged.values()].map(({ value, count }) => ({ value, count }));
}
