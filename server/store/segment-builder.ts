import type { Dictionary } from './dictionary.js';
import { Growing } from './growing.js';
import { APPEND, beginningKey, Postings, pairKey, type Tables, termKey } from './layout.js';
import { FIELD_START, pairOf, rootOfPair } from './pairs.js';

/** Letters of the beginnings that have posting lists: of either number. */
export const BEGINNINGS = [2, 3] as const;

const IMPACT_BITS = 8;
const IMPACT = 2 ** IMPACT_BITS - 1;
/** Of a term that is too short. */
const NO_LIST = 2 ** 32 - 2;
/** For each word of a document, about, the postings of its term with the beginnings, and pairs. Room for more is made as they come, which costs a copy of all. */
const POSTINGS_OF_WORD = 2;
const PAIRS_OF_WORD = 0.7;

/** Of each posting its document, and its impact and mask. */
interface Gathered {
  readonly documents: Growing;
  readonly worths: Growing;
}

/** Gathers the postings of documents, in the order of their numbers, and writes them as one segment. */
export class SegmentBuilder implements Gathered {
  /** For each term its list, and those of its beginnings, from 1. */
  private readonly listsOfTerms: Uint32Array;
  private readonly listsOfBeginnings: readonly Uint32Array[];
  private readonly beginnings = new Map<string, number>();
  private readonly terms: number[] = [];
  /** For each posting its list, its document, and its impact and mask; for each list its last posting, from 1. */
  private readonly lists: Growing;
  readonly documents: Growing;
  readonly worths: Growing;
  private readonly lasts = new Growing();
  private readonly pairs: Pairs;

  /** @param words how many the documents hold, about */
  constructor(
    private readonly dictionary: Dictionary,
    words = 0,
  ) {
    const room = Math.ceil(words * POSTINGS_OF_WORD);
    this.lists = new Growing(undefined, room);
    this.documents = new Growing(undefined, room);
    this.worths = new Growing(undefined, room);
    this.pairs = new Pairs(dictionary.rootCount, Math.ceil(words * PAIRS_OF_WORD));
    this.listsOfTerms = new Uint32Array(dictionary.termCount);
    this.listsOfBeginnings = BEGINNINGS.map(() => new Uint32Array(dictionary.termCount));
  }

  /** A term of the document: under each of its beginnings the document stands once, with the highest impact. */
  addTerm(term: number, document: number, impact: number, mask: number): void {
    if (this.listsOfTerms[term] === 0) {
      this.listsOfTerms[term] = this.newList() + 1;
      this.terms.push(term);
    }
    this.push((this.listsOfTerms[term] as number) - 1, document, impact, mask);
    for (let i = 0; i < BEGINNINGS.length; i += 1) {
      const lists = this.listsOfBeginnings[i] as Uint32Array;
      if (lists[term] === 0) lists[term] = this.listOfBeginning(this.dictionary.textOfTerm(term), BEGINNINGS[i] as number) + 1;
      const list = (lists[term] as number) - 1;
      if (list === NO_LIST) continue;
      const last = this.lasts.at(list) - 1;
      if (last === -1 || this.documents.at(last) !== document) this.push(list, document, impact, mask);
      else this.raise(last, impact, mask);
    }
  }

  /** A pair of the document, each once; see `pairOf`. */
  addPair(pair: number, document: number, impact: number, mask: number): void {
    this.pairs.add(pair, document, worthOf(impact, mask));
  }

  /** @param segment a number higher than any before */
  write(segment: number, { postings }: Tables): void {
    const { starts, order } = sortedBy(this.lists.view(), this.lasts.length);
    const list = new Postings();
    const put = (key: Buffer, number: number): void => {
      list.clear();
      for (let at = starts[number] as number; at < (starts[number + 1] as number); at += 1) pushWorth(list, order[at] as number, this);
      postings.putSync(key, list.bytes(), APPEND);
    };
    for (const term of this.terms.sort((a, b) => a - b)) put(termKey(segment, term), (this.listsOfTerms[term] as number) - 1);
    const beginnings = [...this.beginnings].map(([beginning, number]) => ({ key: beginningKey(segment, beginning), number }));
    for (const { key, number } of beginnings.sort((a, b) => a.key.compare(b.key))) put(key, number);
    this.pairs.each(list, (pair) => postings.putSync(pairKey(segment, pair), list.bytes(), APPEND));
  }

  private listOfBeginning(term: string, letters: number): number {
    if (term.length < letters) return NO_LIST;
    const beginning = term.slice(0, letters);
    let list = this.beginnings.get(beginning);
    if (list === undefined) {
      list = this.newList();
      this.beginnings.set(beginning, list);
    }
    return list;
  }

  private newList(): number {
    this.lasts.push(0);
    return this.lasts.length - 1;
  }

  private push(list: number, document: number, impact: number, mask: number): void {
    this.lists.push(list);
    this.documents.push(document);
    this.worths.push(worthOf(impact, mask));
    this.lasts.set(list, this.lists.length);
  }

  private raise(posting: number, impact: number, mask: number): void {
    const worth = this.worths.at(posting);
    this.worths.set(posting, Math.max(worth & IMPACT, impact) | (((worth >>> IMPACT_BITS) | mask) << IMPACT_BITS));
  }
}

const worthOf = (impact: number, mask: number): number => impact | (mask << IMPACT_BITS);

/** Puts one of the postings that were gathered at the end of a list. */
function pushWorth(list: Postings, posting: number, { documents, worths }: Gathered): void {
  const worth = worths.at(posting);
  list.push(documents.at(posting), worth & IMPACT, worth >>> IMPACT_BITS);
}

/** The postings of pairs. There are nearly as many pairs as words, and most have few documents: to sort them at the end takes a fifth of the time that it takes to find the list of each. */
class Pairs implements Gathered {
  private readonly roots: Growing;
  private readonly letters: Growing;
  readonly documents: Growing;
  readonly worths: Growing;

  /** @param rootCount `FIELD_START` comes behind them */
  constructor(
    private readonly rootCount: number,
    room: number,
  ) {
    this.roots = new Growing(undefined, room);
    this.letters = new Growing(undefined, room);
    this.documents = new Growing(undefined, room);
    this.worths = new Growing(undefined, room);
  }

  add(pair: number, document: number, worth: number): void {
    const root = rootOfPair(pair);
    this.roots.push(Math.min(root, this.rootCount));
    this.letters.push(pair - pairOf(root, 0));
    this.documents.push(document);
    this.worths.push(worth);
  }

  /** Pairs come rising. @param list holds the documents of each in turn */
  each(list: Postings, put: (pair: number) => void): void {
    const { roots, letters, rootCount } = this;
    const byLetter = sortedBy(letters.view(), highest(letters.view()) + 1).order;
    const { order } = sortedBy(roots.view(), rootCount + 1, byLetter);
    for (let at = 0; at < order.length; ) {
      const first = order[at] as number;
      const root = roots.at(first);
      const letter = letters.at(first);
      list.clear();
      for (; at < order.length; at += 1) {
        const posting = order[at] as number;
        if (roots.at(posting) !== root || letters.at(posting) !== letter) break;
        pushWorth(list, posting, this);
      }
      put(pairOf(root === rootCount ? FIELD_START : root, letter));
    }
  }
}

function highest(numbers: Uint32Array): number {
  let found = 0;
  for (const number of numbers) if (number > found) found = number;
  return found;
}

/**
 * Places of numbers by these numbers, rising, those of equal ones in the order in which they are given; and where each number begins.
 *
 * @param end above all numbers
 * @param places in another order, default: as they stand
 */
function sortedBy(numbers: Uint32Array, end: number, places?: Uint32Array): { readonly starts: Uint32Array; readonly order: Uint32Array } {
  const starts = new Uint32Array(end + 1);
  for (const number of numbers) starts[number + 1] = (starts[number + 1] as number) + 1;
  for (let number = 1; number < starts.length; number += 1) starts[number] = (starts[number] as number) + (starts[number - 1] as number);
  const next = starts.slice();
  const order = new Uint32Array(numbers.length);
  for (let i = 0; i < numbers.length; i += 1) {
    const place = places === undefined ? i : (places[i] as number);
    const number = numbers[place] as number;
    const at = next[number] as number;
    order[at] = place;
    next[number] = at + 1;
  }
  return { starts, order };
}
