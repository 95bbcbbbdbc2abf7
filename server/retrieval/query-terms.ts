import type { Beginning, Reading, Slot } from '../query/slots.js';
import { hasArabicLetters } from '../store/arabic-letters.js';
import type { Dictionary } from '../store/dictionary.js';
import { FIELD_START, pairOf } from '../store/pairs.js';
import { NEGLIGIBLE, PAIRS, READING, weightsFor } from '../weights.js';

/** So many terms are looked up in a document one by one; of more each of its words is looked at, some 300. */
const FEW_TERMS = 24;

/** How a word of a document answers a slot of the query. */
export interface QueryTerm {
  readonly slot: number;
  readonly weight: number;
  /** Forms of it that are the very term that was asked. Undefined: all, since a word that is being typed may become any that begins so. */
  readonly exact: readonly number[] | undefined;
  /** Those of them that are written in Arabic letters. */
  readonly foreign: readonly number[];
  /** For a part of a reading of several words: which part of how many, and what the whole is worth. */
  readonly part?: Part;
}

export interface Part {
  /** Its number among all parts of all readings; the part before it has the number before it. */
  readonly number: number;
  readonly nth: number;
  readonly of: number;
  readonly whole: number;
}

/** Whether documents are looked at for it at all, or for what it begins: see `NEGLIGIBLE`. */
export const isLookedFor = ({ rarity, beginning }: Slot): boolean => rarity >= NEGLIGIBLE || beginning !== undefined;

/** What each reading of a slot is worth: no other more than the first, the likeliest. */
export function weightsOfReadings(readings: readonly Reading[]): number[] {
  const first = readings[0]?.weight ?? 1;
  return readings.map(({ weight }) => (weight === first ? first : Math.min(READING.second * first, weight)));
}

/** How sure the first, likeliest, reading of a slot is. A word that is still being typed may become many others: beside finished words it counts as little as it is sure. */
export const surenessOf = ({ readings: [first], isPrefix }: Slot): number => (isPrefix ? 1 : (first?.weight ?? 1));

/** All that answers a query, by the numbers of a dictionary. */
export class QueryTerms {
  /** In the order of their slots. */
  readonly all: readonly QueryTerm[];
  /** Roots that answer, by their numbers, rising. */
  readonly roots: readonly number[];
  /** For each of them, what it answers, by the place in `all`. */
  readonly ofRoot: readonly (readonly number[])[];
  /** The forms that begin as the unfinished word does, and what they answer, by the place in `all`. */
  readonly begun:
    | {
        readonly isBegun: (form: number) => boolean;
        /** Their roots, rising; undefined where they are many. */
        readonly roots: readonly number[] | undefined;
        readonly answer: number;
      }
    | undefined;
  /** Valid as long as nothing is added to the dictionary. */
  readonly rootOfForm: (form: number) => number;
  /** How many parts the readings of several words have. */
  readonly parts: number;

  constructor(slots: readonly Slot[], dictionary: Dictionary) {
    const all: QueryTerm[] = [];
    const ofRoot = new Map<number, number[]>();
    let begun: QueryTerms['begun'];
    let parts = 0;
    slots.forEach((slot, at) => {
      const { readings } = slot;
      if (!isLookedFor(slot)) return;
      const exact = readings.flatMap(({ terms }) => terms.flatMap((term) => formsOf(term, dictionary)));
      const foreign = exact.filter((form) => hasArabicLetters(dictionary.spellingOfForm(form)));
      const sureness = surenessOf(slot);
      weightsOfReadings(readings).forEach((absolute, r) => {
        const reading = readings[r] as Reading;
        const { roots } = reading;
        // Documents are compared with one another, so that only the readings' shares matter.
        const weight = absolute / sureness;
        const isOfParts = roots.length > 1;
        const first = parts;
        if (isOfParts) parts += roots.length;
        // The last part first: of a word that is two of them (the letters of BBC) the second goes on what the first has begun elsewhere.
        [...roots.entries()].reverse().forEach(([nth, text]) => {
          const root = dictionary.findRoot(text);
          if (root === undefined) return;
          const known = ofRoot.get(root) ?? [];
          ofRoot.set(root, known);
          if (isOfParts) {
            const part: Part = { number: first + nth, nth, of: roots.length, whole: weight };
            known.push(all.push({ slot: at, weight: weight * partAloneOf(reading, slots.length), exact, foreign, part }) - 1);
          } else if (!known.some((one) => all[one]?.slot === at && all[one].part === undefined))
            known.push(all.push({ slot: at, weight, exact, foreign }) - 1);
        });
      });
      if (slot.beginning === undefined) return;
      begun = {
        ...begunForms(slot.beginning, dictionary),
        answer: all.push({ slot: at, weight: slot.beginning.weight, exact: undefined, foreign: [] }) - 1,
      };
    });
    this.all = all;
    this.begun = begun;
    this.rootOfForm = dictionary.rootsOfForms();
    this.parts = parts;
    this.roots = [...ofRoot.keys()].sort((a, b) => a - b);
    this.ofRoot = this.roots.map((root) => ofRoot.get(root) as number[]);
  }
}

/** The forms that begin so, and their roots, rising; undefined: they are many. */
function begunForms({ text, others = [] }: Beginning, dictionary: Dictionary): Pick<NonNullable<QueryTerms['begun']>, 'isBegun' | 'roots'> {
  const roots = dictionary.rootsBeginningWith(text, FEW_TERMS);
  const ofOthers = others.flatMap((one) => dictionary.rootsBeginningWith(one, FEW_TERMS) ?? []);
  return {
    isBegun: dictionary.formsBeginningWith(text, ...others),
    roots: roots && [...new Set([...roots, ...ofOthers])].sort((a, b) => a - b),
  };
}

/** What one part of several words is worth alone. Of a synonym, an abbreviation or a code nothing; nor of a guess at other letters, where no other word speaks for the guess. */
const partAloneOf = ({ reason, isTogether }: Reading, words: number): number =>
  reason === 'synonym' || isTogether === true || (words === 1 && !AS_TYPED.has(reason)) ? 0 : READING.partAlone;

/** Readings that hold the letters that were typed: شمسیتوانائی is two words, and one of them is a part of what was asked for. */
const AS_TYPED: ReadonlySet<Reading['reason']> = new Set<Reading['reason']>(['exact', 'spelling', 'joined', 'split']);

/** What the words may begin with that answer an unfinished slot: as it was typed, or as a word of another script may go on. */
export function beginningsOf({ isPrefix, beginning }: Pick<Slot, 'isPrefix' | 'beginning'>): readonly Beginning[] {
  if (!isPrefix || beginning === undefined) return [];
  const { text, weight, others = [] } = beginning;
  return [text, ...others].map((one) => ({ text: one, weight }));
}

/** A pair that documents may hold, and what it is worth; see `PairReader`. */
export interface AskedPair {
  readonly pair: number;
  readonly worth: number;
}

/** The neighbours of a query, as pairs. */
export function pairsOf(slots: readonly Slot[], dictionary: Dictionary): readonly AskedPair[] {
  const { proximity } = weightsFor(slots.length);
  const pairs: AskedPair[] = [];
  let before: { readonly root: number; readonly rarity: number } | undefined = { root: FIELD_START, rarity: 0 };
  for (const slot of slots) {
    const { readings, rarity, beginning, isStop, isPrefix } = slot;
    const [best] = readings;
    const text = beginning?.text ?? best?.terms[0];
    if (before !== undefined && text !== undefined && (!isStop || isPrefix)) {
      const worth = before.root === FIELD_START ? PAIRS.start * rarity : PAIRS.words * proximity * pairRarity(before.rarity, slot);
      pairs.push({ pair: pairOf(before.root, text.charCodeAt(0)), worth });
    }
    if (isStop) continue;
    const root = dictionary.findRoot(best?.roots.at(-1) ?? '');
    before = root === undefined ? undefined : { root, rarity };
  }
  return pairs;
}

/** What it is worth that a word stands beside the one before it. */
export const pairRarity = (before: number, { rarity, beginning }: Pick<Slot, 'rarity' | 'beginning'>): number =>
  beginning === undefined ? Math.min(before, rarity) : OPEN_PAIR * (before + rarity);

/** Words that begin as the last word does are many, but few of them stand beside the word before it. */
const OPEN_PAIR = 0.8;

function formsOf(term: string, dictionary: Dictionary): readonly number[] {
  const number = dictionary.findTerm(term);
  return number === undefined ? [] : dictionary.formsOfTerm(number);
}
