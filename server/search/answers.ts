import type { TermTable } from '../forward-index/term-table.js';
import type { Reading, Slot } from './slots.js';

/** Any reading but the likeliest, at most. */
const SECOND = 0.9;
/** A beginning of an unfinished word. */
export const PREFIX = 0.8;
/** What one part of a word written apart is worth alone, of the whole. */
const PART_ALONE = 0.5;
/** A word of which nearly every document holds a form decides nothing, and stands everywhere: it is not looked for. See `Vocabulary.rarity`. */
export const NEGLIGIBLE = 0.1;

/** How a root answers a slot of the query. */
export interface Answer {
  readonly slot: number;
  readonly weight: number;
  /** Terms of this root that are the very form that was asked. */
  readonly exact: readonly number[];
  /** For a part of a reading of several words: which reading, which part of how many, and what the whole is worth. */
  readonly part?: Part;
}

export interface Part {
  readonly reading: number;
  readonly nth: number;
  readonly of: number;
  readonly whole: number;
}

/** What each reading of a slot is worth: no other more than the first, the likeliest. */
export function weightsOfReadings(readings: readonly Reading[]): number[] {
  const first = readings[0]?.weight ?? 1;
  return readings.map(({ weight }) => (weight === first ? first : Math.min(SECOND * first, weight)));
}

/** How sure the first, likeliest, reading of a slot is. A word that is still being typed may become many others: beside finished words it counts as little as it is sure. */
export const surenessOf = ({ readings: [first], isPrefix }: Slot): number => (isPrefix ? 1 : (first?.weight ?? 1));

/** All that answers a query, by the numbers of a table. */
export class Answers {
  /** In the order of their slots. */
  readonly all: readonly Answer[];
  /** Roots that answer, by their numbers, rising. */
  readonly roots: readonly number[];
  /** For each of them, its answers, by their place in `all`. */
  readonly ofRoot: readonly (readonly number[])[];
  /** How many readings are of several words. */
  readonly sequences: number;

  constructor(slots: readonly Slot[], table: TermTable) {
    const all: Answer[] = [];
    const ofRoot = new Map<number, number[]>();
    const beginnings: { readonly text: string; readonly nth: number }[] = [];
    let sequences = 0;
    slots.forEach((slot, at) => {
      const { readings, isPrefix, rarity } = slot;
      if (rarity < NEGLIGIBLE) return;
      const exact = readings.flatMap(({ terms }) => terms.map((term) => table.find(term) ?? -1));
      const sureness = surenessOf(slot);
      weightsOfReadings(readings).forEach((absolute, r) => {
        const { terms, roots, reason } = readings[r] as Reading;
        // Ranking compares documents, so that only the readings' shares matter.
        const weight = absolute / sureness;
        const reading = roots.length > 1 ? sequences++ : -1;
        roots.forEach((text, nth) => {
          const root = table.findRoot(text);
          if (root === undefined) return;
          const known = ofRoot.get(root) ?? [];
          ofRoot.set(root, known);
          if (reading >= 0) {
            const part: Part = { reading, nth, of: roots.length, whole: weight };
            known.push(all.push({ slot: at, weight: reason === 'synonym' ? 0 : weight * PART_ALONE, exact, part }) - 1);
          } else if (!known.some((one) => all[one]?.slot === at && all[one].part === undefined))
            known.push(all.push({ slot: at, weight, exact }) - 1);
        });
        const last = terms.at(-1);
        if (isPrefix && reason !== 'synonym' && last !== undefined && last.length > 1)
          beginnings.push({ text: last, nth: all.push({ slot: at, weight: weight * PREFIX, exact }) - 1 });
      });
    });
    this.all = all;
    this.sequences = sequences;
    const asked = new Set(ofRoot.keys());
    // A root that answers as a whole is counted already.
    for (const { text, nth } of beginnings)
      for (const root of table.rootsBeginningWith(text))
        if (!asked.has(root)) {
          asked.add(root);
          ofRoot.set(root, [nth]);
        }
    this.roots = [...ofRoot.keys()].sort((a, b) => a - b);
    this.ofRoot = this.roots.map((root) => ofRoot.get(root) as number[]);
  }
}
