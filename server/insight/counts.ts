import type { Asked } from './asked.js';

/** How often a query was typed in one spelling, and what that was read as. */
export interface Spelling {
  searches: number;
  /** Undefined: as it was typed. */
  meant?: string;
}

/** What is counted of one need in one index on one day; and, under no need, of all of them together. */
export interface Counts {
  searches: number;
  /** Searches that found nothing. */
  empty: number;
  /** Searches that were followed by a click. */
  clicked: number;
  clicks: number;
  conversions: number;
  /** Clicks by the place of the hit, from 0; the last stands for all further ones. */
  positions: number[];
  /** Of all clicks that said where: to tell the average. */
  positionSum: number;
  spellings: Record<string, Spelling>;
  /** Clicks by document. */
  documents: Record<string, number>;
}

/** Places that are told apart: the first page. Then one for the rest. */
export const PLACES = 20;
/** Of one need on one day so many spellings, and documents, are kept: the first that came. */
const MOST_SPELLINGS = 20;
const MOST_DOCUMENTS = 20;

export const noCounts = (): Counts => ({
  searches: 0,
  empty: 0,
  clicked: 0,
  clicks: 0,
  conversions: 0,
  positions: [],
  positionSum: 0,
  spellings: {},
  documents: {},
});

export function countSearch(counts: Counts, { text, meant, isEmpty }: Asked): void {
  counts.searches += 1;
  if (isEmpty) counts.empty += 1;
  addSpelling(counts, text, { searches: 1, ...(meant !== undefined && { meant }) });
}

export interface Click {
  /** From 0; undefined: not told. */
  readonly position: number | undefined;
  readonly document: string | undefined;
  /** The first of its search. */
  readonly isFirst: boolean;
}

export function countClick(counts: Counts, { position, document, isFirst }: Click): void {
  counts.clicks += 1;
  if (isFirst) counts.clicked += 1;
  if (position !== undefined) {
    const place = Math.min(position, PLACES);
    while (counts.positions.length <= place) counts.positions.push(0);
    counts.positions[place] = (counts.positions[place] as number) + 1;
    counts.positionSum += position;
  }
  if (document !== undefined) addDocument(counts, document, 1);
}

/** Adds what was counted elsewhere, or on another day. */
export function addCounts(
  counts: Counts,
  more: Counts,
  { spellings = MOST_SPELLINGS, documents = MOST_DOCUMENTS }: { readonly spellings?: number; readonly documents?: number } = {},
): void {
  for (const name of ['searches', 'empty', 'clicked', 'clicks', 'conversions', 'positionSum'] as const) counts[name] += more[name];
  more.positions.forEach((clicks, place) => {
    while (counts.positions.length <= place) counts.positions.push(0);
    counts.positions[place] = (counts.positions[place] as number) + clicks;
  });
  for (const [text, spelling] of Object.entries(more.spellings)) addSpelling(counts, text, spelling, spellings);
  for (const [id, clicks] of Object.entries(more.documents)) addDocument(counts, id, clicks, documents);
}

function addSpelling(counts: Counts, text: string, { searches, meant }: Spelling, most = MOST_SPELLINGS): void {
  const known = Object.hasOwn(counts.spellings, text) ? counts.spellings[text] : undefined;
  if (known !== undefined) {
    known.searches += searches;
    if (meant !== undefined) known.meant = meant;
  } else if (Object.keys(counts.spellings).length < most && text !== '__proto__')
    counts.spellings[text] = { searches, ...(meant !== undefined && { meant }) };
}

function addDocument(counts: Counts, id: string, clicks: number, most = MOST_DOCUMENTS): void {
  const { documents } = counts;
  if (Object.hasOwn(documents, id)) documents[id] = (documents[id] as number) + clicks;
  else if (Object.keys(documents).length < most && id !== '__proto__') documents[id] = clicks;
}
