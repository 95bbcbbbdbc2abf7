import { type CleanPage, countNoise } from './clean.js';
import { loadDom } from './dom.js';
import { readEntry } from './entry.js';
import type { Fields } from './fields.js';
import type { NoiseCounts } from './noise.js';
import type { Recognized } from './recognize.js';

/** What the report says of a text: how many lines were noise, and which told a day that is none. */
export interface Counted {
  readonly noise: Partial<NoiseCounts>;
  readonly impossibleDates: readonly { readonly number: number; readonly text: string }[];
}

/** What is read of a record, whatever stands beside it in its file: plain data. */
export interface ReadRecord extends Counted {
  readonly article: Recognized;
  /** As `readEntry`. */
  readonly badDate: string | null;
}

/** To be waited for before records are read: what is needed for markup, where there is some in them. */
export async function prepareFor(records: readonly Fields[]): Promise<void> {
  if (records.some(mayHoldMarkup)) await loadDom();
}

const mayHoldMarkup = ({ tags, ...fields }: Fields): boolean =>
  [...Object.values(fields), ...tags].some((value) => typeof value === 'string' && /[<&]/.test(value));

/** @param fields that were prepared for */
export function readRecord(fields: Fields): ReadRecord & { readonly page: CleanPage } {
  const { page, article, badDate } = readEntry(fields);
  return { page, article, badDate, ...counted(page) };
}

export const counted = (page: CleanPage): Counted => ({
  noise: countNoise(page),
  impossibleDates: page.lines
    .filter(({ metadata }) => metadata.some(({ field, value }) => field === 'date' && value === null))
    .map(({ number, text }) => ({ number, text })),
});
