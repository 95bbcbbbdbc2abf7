import { type Channel, type Emissions, LONGEST_CHUNK, ROWS } from './channel.js';

/** Longer input is no word. */
export const LONGEST_INPUT = 28;

/** More than there are places in an input. */
export const PLACES = 32;

/** What is looked for. */
export interface SoundSearch {
  readonly channel: Channel;
  readonly input: string;
  /** Words may go on after the input. */
  readonly open: boolean;
  /** Words may end before the input does; found by node * PLACES + place, not by node. */
  readonly anyEnd: boolean;
}

/** What each place of the input may stand for. */
export interface Lattice {
  /** By place, length - 1 and row; only where `lengths` has the bit. */
  readonly costs: Float32Array;
  /** By place and row: bit n for a piece of n + 1 characters. */
  readonly lengths: Uint8Array;
  /** By place and length. */
  readonly vowels: Float32Array;
  readonly strays: Float32Array;
  /** Where the word may end, and at what cost. */
  readonly endPlaces: Uint8Array;
  readonly endCosts: Float64Array;
}

/** Used again by each search: searching is synchronous, one at a time. */
const latticeCosts = new Float32Array((LONGEST_INPUT + 1) * LONGEST_CHUNK * ROWS);
const latticeLengths = new Uint8Array((LONGEST_INPUT + 1) * ROWS);

/** What it costs that a character stands for nothing. A doubled consonant is one letter in Urdu; a doubled vowel is a long one. */
function strayAt(channel: Channel, input: string, at: number): number {
  const character = input[at] as string;
  return character === input[at - 1] && !/[aeiou]/i.test(character) ? channel.doubled : channel.stray(character);
}

export function latticeOf({ channel, input, open, anyEnd }: SoundSearch): Lattice {
  const end = input.length;
  const costs = latticeCosts.fill(Infinity, 0, (end + 1) * LONGEST_CHUNK * ROWS);
  const lengths = latticeLengths.fill(0, 0, (end + 1) * ROWS);
  const vowels = new Float32Array((end + 1) * 3).fill(Infinity);
  const strays = new Float32Array(end + 1).fill(Infinity);
  const ends = anyEnd ? Array.from({ length: end }, (_, i) => ({ place: i + 1, cost: 0 })) : [{ place: end, cost: 0 }];
  for (const [chunk, cost] of channel.tails)
    if (end > chunk.length + 1 && input.endsWith(chunk)) ends.push({ place: end - chunk.length, cost });
  if (end > 2) ends.push({ place: end - 1, cost: strayAt(channel, input, end - 1) });
  const emit = (at: number, length: number, { rows, costs: each }: Emissions): void => {
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const slot = (at * LONGEST_CHUNK + length - 1) * ROWS + row;
      costs[slot] = Math.min(costs[slot] as number, each[i] as number);
      lengths[at * ROWS + row] = (lengths[at * ROWS + row] as number) | (1 << (length - 1));
    }
  };
  for (let at = 0; at < end; at++) {
    strays[at] = strayAt(channel, input, at);
    for (let length = 1; length <= LONGEST_CHUNK && at + length <= end; length++) {
      const chunk = input.slice(at, at + length);
      const emitted = channel.emissions.get(chunk);
      if (emitted) emit(at, length, emitted);
      const begun = open && at + length === end ? channel.begun.get(chunk) : undefined;
      if (begun) emit(at, length, begun);
      if (length <= 2) vowels[at * 3 + length] = channel.shortVowels.get(chunk) ?? Infinity;
    }
  }
  const endPlaces = Uint8Array.from(ends, ({ place }) => place);
  const endCosts = Float64Array.from(ends, ({ cost }) => cost);
  return { costs, lengths, vowels, strays, endPlaces, endCosts };
}
