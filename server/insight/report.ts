import { addCounts, type Counts, noCounts, PLACES } from './counts.js';
import { DAY_MS, type Day, type Ledger } from './ledger.js';

/** Which queries are listed: all; those that found nothing; those that were read as something else; those after which nobody clicked. */
export const LISTS = ['all', 'empty', 'corrected', 'unclicked'] as const;
export type List = (typeof LISTS)[number];

export interface ReportWish {
  readonly index: string;
  /** Both included. */
  readonly from: Day;
  readonly to: Day;
  readonly list: List;
  readonly offset: number;
  readonly limit: number;
}

/** What is told of one query, or of all together. */
export interface Told {
  readonly searches: number;
  readonly withoutResults: number;
  /** Share of the searches that were followed by a click, 0 to 1; null: there were none. */
  readonly clickThrough: number | null;
  readonly clickedSearches: number;
  readonly clicks: number;
  readonly conversions: number;
  /** From 0; null: no click said where. */
  readonly averagePosition: number | null;
  /** Clicks by the place of the hit; the last of 21 stands for all further ones. */
  readonly clicksByPosition: readonly number[];
}

export interface ToldQuery extends Told {
  /** The spelling that was typed most often. */
  readonly query: string;
  /** As it stands in logs. */
  readonly hash: string;
  /** What it was most often read as, where that is something else. */
  readonly readAs?: string;
  /** The most frequent first. */
  readonly spellings: readonly { readonly text: string; readonly searches: number; readonly readAs?: string }[];
  /** The most clicked first. */
  readonly documents: readonly { readonly id: string; readonly clicks: number }[];
}

export interface Report {
  readonly index: string;
  readonly from: string;
  readonly to: string;
  readonly list: List;
  readonly totals: Told;
  readonly results: readonly ToldQuery[];
  readonly offset: number;
  readonly limit: number;
  /** Queries in this list. */
  readonly total: number;
}

/** Of one query so many spellings and documents are put together before the most frequent are told. */
const MOST_GATHERED = 200;
const MOST_TOLD = 20;

const dateOf = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** What was counted of an index in some days, needs in the order of their searches. */
export async function report(ledger: Ledger, { index, from, to, list, offset, limit }: ReportWish): Promise<Report> {
  const all = noCounts();
  const needs = new Map<string, Counts>();
  for await (const { hash, counts } of ledger.read(index, from, to)) {
    let sum = all;
    if (hash !== '') {
      sum = needs.get(hash) ?? noCounts();
      needs.set(hash, sum);
    }
    addCounts(sum, counts, { spellings: MOST_GATHERED, documents: MOST_GATHERED });
  }
  const listed = [...needs].filter(([, counts]) => isIn(list, counts));
  return {
    index,
    from: dateOf(from),
    to: dateOf(to),
    list,
    totals: told(all),
    results: mostFrequent(listed, list, offset + limit)
      .slice(offset)
      .map(([hash, counts]) => toldQuery(hash, counts)),
    offset,
    limit,
    total: listed.length,
  };
}

function isIn(list: List, counts: Counts): boolean {
  if (list === 'empty') return counts.empty > 0;
  if (list === 'unclicked') return counts.clicked === 0;
  return list === 'all' || Object.values(counts.spellings).some(({ meant }) => meant !== undefined);
}

type Entry = readonly [hash: string, counts: Counts];

const frequencyOf = (list: List, { searches, empty }: Counts): number => (list === 'empty' ? empty : searches);

/**
 * The first so many, the most frequent first; of those that are alike the one whose hash comes first, so that pages do not overlap. There may be hundreds of thousands: numbers are sorted, and of the
 * rows only those that are told, and those like the last of them.
 */
function mostFrequent(rows: readonly Entry[], list: List, count: number): Entry[] {
  const frequencies = Float64Array.from(rows, ([, counts]) => frequencyOf(list, counts)).sort();
  const least = frequencies[Math.max(0, rows.length - count)] ?? 0;
  const byHash = ([one]: Entry, [other]: Entry): number => (one < other ? -1 : 1);
  const above = rows.filter(([, counts]) => frequencyOf(list, counts) > least);
  const alike = rows.filter(([, counts]) => frequencyOf(list, counts) === least);
  above.sort((one, other) => frequencyOf(list, other[1]) - frequencyOf(list, one[1]) || byHash(one, other));
  return [...above, ...alike.sort(byHash)].slice(0, count);
}

function told({ searches, empty, clicked, clicks, conversions, positions, positionSum }: Counts): Told {
  const placed = positions.reduce((sum, count) => sum + count, 0);
  return {
    searches,
    withoutResults: empty,
    clickThrough: searches === 0 ? null : rounded(Math.min(1, clicked / searches)),
    clickedSearches: clicked,
    clicks,
    conversions,
    averagePosition: placed === 0 ? null : rounded(positionSum / placed),
    clicksByPosition: positions.slice(0, PLACES + 1),
  };
}

function toldQuery(hash: string, counts: Counts): ToldQuery {
  const spellings = Object.entries(counts.spellings)
    .map(([text, { searches, meant }]) => ({ text, searches, ...(meant !== undefined && { readAs: meant }) }))
    .sort((a, b) => b.searches - a.searches || (a.text < b.text ? -1 : 1));
  const documents = Object.entries(counts.documents)
    .map(([id, clicks]) => ({ id, clicks }))
    .sort((a, b) => b.clicks - a.clicks || (a.id < b.id ? -1 : 1));
  const [first] = spellings;
  return {
    query: first?.text ?? '',
    hash,
    ...(first?.readAs !== undefined && { readAs: first.readAs }),
    ...told(counts),
    spellings: spellings.slice(0, MOST_TOLD),
    documents: documents.slice(0, MOST_TOLD),
  };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
