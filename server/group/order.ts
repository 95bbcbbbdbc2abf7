import { isObject } from '../json/is-object.js';

export type Hit = Record<string, unknown>;

/** One ranking rule's judgement of a hit, as `_rankingScoreDetails` tells it. */
interface Detail {
  readonly order?: unknown;
  readonly score?: unknown;
  readonly value?: unknown;
  readonly distance?: unknown;
}

/**
 * Which of two hits of different servers stands first: by their ranking rules, one after the other, as each server has compared its own. The scores of these rules hold no figures of the whole collection, so that servers
 * give the same document the same ones. Negative: the first. 0: they are equal to all rules.
 */
export function compareHits(one: Hit, other: Hit): number {
  const [left, right] = [detailsOf(one), detailsOf(other)];
  for (const [i, [name, detail]] of left.entries()) {
    const [otherName, otherDetail] = right[i] ?? [];
    if (otherName !== name || otherDetail === undefined) return 0;
    const order = compareDetails(name, detail, otherDetail);
    if (order !== 0) return order;
  }
  return 0;
}

function detailsOf(hit: Hit): [string, Detail][] {
  const details = hit['_rankingScoreDetails'];
  if (!isObject(details)) return [];
  return (Object.entries(details) as [string, Detail][])
    .filter(([, detail]) => isObject(detail))
    .sort(([, a], [, b]) => Number(a.order ?? 0) - Number(b.order ?? 0));
}

function compareDetails(name: string, one: Detail, other: Detail): number {
  const direction = name.endsWith(':desc') ? -1 : 1;
  if ('distance' in one || 'distance' in other) return compareValues(one.distance, other.distance, direction);
  if ('value' in one || 'value' in other) return compareValues(one.value, other.value, direction);
  return Number(other.score ?? 0) - Number(one.score ?? 0);
}

/** As Meilisearch sorts: numbers before texts, what has neither last, in both directions. Texts by their code points, small and large letters alike. */
export function compareValues(one: unknown, other: unknown, direction: number): number {
  const kind = kindOf(one) - kindOf(other);
  if (kind !== 0) return kind;
  if (kindOf(one) === 0) return direction * (Number(one) - Number(other));
  if (kindOf(one) === 2) return 0;
  return direction * compareTexts(String(one), String(other));
}

const kindOf = (value: unknown): number =>
  typeof value === 'number' || value instanceof Number ? 0 : typeof value === 'string' || typeof value === 'boolean' ? 1 : 2;

/** UTF-8 keeps the order of code points, UTF-16 does not. */
const compareTexts = (one: string, other: string): number => Buffer.compare(folded(one), folded(other));
const folded = (text: string): Buffer => Buffer.from(text.toLowerCase().normalize('NFKD'));

/**
 * Lists of several servers as one. Each keeps its own order; which of them comes next `compare` says, and where it cannot tell, what stands further ahead in its own list: servers hold shares of equal size, so
 * that documents which nothing tells apart come in about the order in which they were added.
 */
export function merged<T>(lists: readonly (readonly T[])[], compare: (one: T, other: T) => number, most: number): T[] {
  const at = lists.map(() => 0);
  const result: T[] = [];
  while (result.length < most) {
    let best = -1;
    for (const [i, list] of lists.entries()) {
      const head = list[at[i] as number];
      if (head === undefined) continue;
      const leader = best === -1 ? undefined : (lists[best] as readonly T[])[at[best] as number];
      const order = leader === undefined ? -1 : compare(head, leader);
      if (order < 0 || (order === 0 && (at[i] as number) < (at[best] as number))) best = i;
    }
    if (best === -1) break;
    result.push((lists[best] as readonly T[])[at[best] as number] as T);
    at[best] = (at[best] as number) + 1;
  }
  return result;
}

/**
 * Where each list begins when several are read in turn, the first of each, the second of each and so on, and so many are passed over.
 *
 * @returns for each list how many of it are passed over
 */
export function inTurn(lengths: readonly number[], offset: number): number[] {
  // Whole rounds first: the most of each list that together do not exceed the offset.
  let [low, high] = [0, Math.max(0, ...lengths)];
  const passed = (rounds: number): number => lengths.reduce((sum, length) => sum + Math.min(length, rounds), 0);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (passed(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  const starts = lengths.map((length) => Math.min(length, low));
  let rest = Math.min(offset, passed(Number.MAX_SAFE_INTEGER)) - passed(low);
  for (const [i, length] of lengths.entries()) {
    if (rest <= 0) break;
    if (length <= (starts[i] as number)) continue;
    starts[i] = (starts[i] as number) + 1;
    rest -= 1;
  }
  return starts;
}

/**
 * The next of these lists in turn.
 *
 * @param starts how many of each list were passed over before its first item here
 */
export function takenInTurn<T>(lists: readonly (readonly T[])[], starts: readonly number[], most: number): T[] {
  const items = lists.flatMap((list, place) => list.map((item, i) => ({ item, round: (starts[place] as number) + i, place })));
  return items
    .sort((a, b) => a.round - b.round || a.place - b.place)
    .slice(0, most)
    .map(({ item }) => item);
}
