import type { RetrieveOptions } from '../retrieval/retriever.js';
import type { IndexState } from '../settings/index-state.js';
import { bitOfField, FURTHER_FIELDS } from '../store/impact.js';
import type { Searcher } from '../store/searcher.js';
import { fieldWeight } from '../weights.js';

/** Whether the store's lists are of the fields that are searched now: they are made anew some time after the setting has changed. */
export const isWeighedFor = ({ searchable }: IndexState, { settings }: Searcher): boolean =>
  JSON.stringify(searchable) === JSON.stringify(settings.searchable);

/**
 * Which fields are searched, and what they weigh.
 *
 * @param searchable the setting as it is now: what it withdraws is not found from that moment on, whatever the store still holds
 */
export function fieldsOf(
  searchedOn: unknown,
  searchable: readonly string[],
  searcher: Searcher,
): Pick<RetrieveOptions, 'mask' | 'fieldWeights'> {
  const weightOf = (name: number): number => {
    const rank = searcher.rankOf(name);
    return rank === -1 ? 0 : fieldWeight(rank);
  };
  const isIn = namesIn(searchedOn);
  const isSearched = namesIn(searchable);
  if (isIn === undefined && isSearched === undefined) return { mask: ALL_FIELDS, fieldWeights: weightOf };
  const numbers = new Set<number>();
  let mask = 0;
  let withdrawn = 0;
  searcher.fieldNames.forEach((name, number) => {
    const rank = searcher.rankOf(number);
    if (rank === -1) return;
    const bit = bitOfField(rank);
    if (isSearched?.(name) === false) withdrawn |= bit;
    else if (isIn?.(name) !== false) {
      numbers.add(number);
      mask |= bit;
    }
  });
  mask &= ~withdrawn;
  return { mask, fieldWeights: (name) => (numbers.has(name) ? weightOf(name) : 0) };
}

/** Whether the store tells the searched fields from all others: it does not tell apart those of one object, nor those behind the seventh. */
export function areFieldsCertain(searchedOn: unknown, searcher: Searcher, { searchable }: IndexState): boolean {
  const isPart = (name: unknown): boolean => String(name).includes('.');
  if (searchable.some(isPart)) return false;
  if (!Array.isArray(searchedOn) || searchedOn.includes('*')) return true;
  const isFar = (name: string, number: number): boolean => searchedOn.includes(name) && searcher.rankOf(number) >= FURTHER_FIELDS;
  return !searchedOn.some(isPart) && !searcher.fieldNames.some(isFar);
}

/** Whether a field is named by a list, by itself or by one inside it; undefined: it names all. */
function namesIn(list: unknown): ((name: string) => boolean) | undefined {
  if (!Array.isArray(list) || list.includes('*')) return undefined;
  const names = new Set((list as unknown[]).map((field) => String(field).split('.')[0]));
  return (name) => names.has(name.split('.')[0]);
}

const ALL_FIELDS = 0xff;
